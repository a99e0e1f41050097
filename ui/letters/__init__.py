"""Letters in the window: the list of a cycle's letters, issuing one, its signed copy, the register."""
