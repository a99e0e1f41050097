"""The analysis that the figures write themselves: proposals for the seven points, and what changed since."""
