"""Documents in the window: preview, print, save, keep as a version, open a copy."""
