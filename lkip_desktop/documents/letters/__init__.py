"""One module for each letter: what it says, from a snapshot of the cycle."""
