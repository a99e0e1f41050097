"""How far a printer's paper path shifts the picture, measured on the ruler page and taken back when printing."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST = 15.0
"""Millimetres; a printer that is off by more needs its tray set, not its picture shifted."""


@dataclass(frozen=True, slots=True)
class Offset:
    """Millimetres to shift the picture: `right` and `down`, on the sheet as the reader holds it upright."""

    right: float = 0.0
    down: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.right or self.down)

    def __str__(self) -> str:
        """As kept in the settings: ``1.5 -0.5``"""
        return f"{self.right:g} {self.down:g}"


NO_OFFSET = Offset()


def offset_of(text: str) -> Offset:
    """An offset read back from the settings; what is unreadable or too large counts as none."""
    try:
        right, down = (float(part) for part in text.split())
    except ValueError:
        return NO_OFFSET
    return Offset(right, down) if abs(right) <= LARGEST and abs(down) <= LARGEST else NO_OFFSET
