"""Comparing the open cycle with another copy of it, and with what is printed of its history."""
