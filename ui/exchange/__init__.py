"""Out to the units and back: sending forms, looking at what comes in, importing it."""
