"""Backups in the window: made quietly beside the work, listed, restored as new files; and rescue of damaged files."""
