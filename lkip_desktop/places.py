"""Where the program's own data lies; imports nothing of the program, so that a window can paint before it loads."""

from __future__ import annotations

import sys
from pathlib import Path


def root() -> Path:
    """The folder ``resources``, also inside a frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    return (Path(frozen) if frozen else Path(__file__).resolve().parent.parent) / "resources"
