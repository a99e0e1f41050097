"""The symbols of SOP AP as shapes with exact borders (Permenpan RB 35/2012: five symbols, the fifth is the arrow)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from lkip_desktop.sop.model import Shape

SHOULDER = 0.6
"""The part of a pentagon's height above its point."""


class Symbol(StrEnum):
    """What is drawn: start and end, activity, decision, off-page connector."""

    CAPSULE = "capsule"
    BOX = "box"
    DIAMOND = "diamond"
    PENTAGON = "pentagon"


SYMBOL_OF = {
    Shape.START: Symbol.CAPSULE,
    Shape.PROCESS: Symbol.BOX,
    Shape.DECISION: Symbol.DIAMOND,
    Shape.END: Symbol.CAPSULE,
}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downward, as in every drawing here."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def cx(self) -> float:
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        return self.y + self.h / 2

    def inset(self, by: float) -> Box:
        """The box smaller by `by` on each side (larger when negative)."""
        return Box(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)

    def overlaps(self, other: Box) -> bool:
        """Whether the insides meet; boxes that only touch do not."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside or on the border."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom


def half_width(symbol: Symbol, box: Box, dy: float) -> float:
    """How far the border of a symbol lies from its vertical axis, `dy` below its centre (above when negative).

    `dy` must lie within the box. The unit is the box's own.
    """
    half, tall = box.w / 2, box.h / 2
    if symbol is Symbol.DIAMOND:
        return half * (1 - abs(dy) / tall)
    if symbol is Symbol.CAPSULE:
        radius = min(half, tall)
        return half - radius + sqrt(max(radius * radius - dy * dy, 0.0))
    if symbol is Symbol.PENTAGON:
        below_shoulder = dy + tall - SHOULDER * box.h
        return half * (1 - max(below_shoulder, 0.0) / ((1 - SHOULDER) * box.h))
    return half
