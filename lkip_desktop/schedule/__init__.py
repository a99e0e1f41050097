"""When work falls due: working days, office hours, the plan of the steps and how a running cycle keeps to it."""
