"""The flowchart in the window: a painted view, and the same as a table."""
