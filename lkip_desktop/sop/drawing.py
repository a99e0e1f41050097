"""A drawing as a list of plain items, and how each kind of item looks; painters only translate it.

Colours are names (``text``, ``accent`` …) that each painter resolves with its own scheme, so that the screen and the
printed page show the same chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lkip_desktop.sop.symbols import SHOULDER, Box, Symbol
from lkip_desktop.sop.text import TextRole

Point = tuple[float, float]


class Style(StrEnum):
    """What a line or an area is for."""

    GRID = "grid"
    FRAME = "frame"
    HEAD = "head"
    ROW_CURRENT = "row.current"
    EDGE = "edge"
    EDGE_TAKEN = "edge.taken"
    TIP = "tip"
    TIP_TAKEN = "tip.taken"
    SYMBOL = "symbol"
    SYMBOL_DONE = "symbol.done"
    SYMBOL_CURRENT = "symbol.current"
    SYMBOL_CURRENT_INNER = "symbol.current.inner"
    SYMBOL_RETURNED = "symbol.returned"
    CHECK = "mark.check"
    HERE = "mark.here"
    CLOCK = "mark.clock"


@dataclass(frozen=True, slots=True)
class Look:
    """Line colour, width and dashes (in line widths), and fill colour; an empty name draws none."""

    ink: str = ""
    width: float = 0
    dash: tuple[float, ...] = ()
    fill: str = ""


LOOKS = {
    Style.GRID: Look("line", 1),
    Style.FRAME: Look("outline", 1),
    Style.HEAD: Look(fill="panel"),
    Style.ROW_CURRENT: Look(fill="tint"),
    Style.EDGE: Look("outline", 1),
    Style.EDGE_TAKEN: Look("text", 2),
    Style.TIP: Look(fill="outline"),
    Style.TIP_TAKEN: Look(fill="text"),
    Style.SYMBOL: Look("outline", 1, fill="surface"),
    Style.SYMBOL_DONE: Look("outline", 1, fill="done"),
    Style.SYMBOL_CURRENT: Look("accent", 3, fill="surface"),
    Style.SYMBOL_CURRENT_INNER: Look("accent", 1),
    Style.SYMBOL_RETURNED: Look("text", 2, dash=(2.5, 2), fill="surface"),
    Style.CHECK: Look("text", 2),
    Style.HERE: Look(fill="accent"),
    Style.CLOCK: Look("warn", 1),
}


@dataclass(frozen=True, slots=True)
class Stroke:
    """A polyline."""

    points: tuple[Point, ...]
    style: Style


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    style: Style


@dataclass(frozen=True, slots=True)
class Figure:
    """A symbol of SOP AP; a capsule in a square is a circle."""

    symbol: Symbol
    box: Box
    style: Style


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text in a box as high as the line; `align` is -1 left, 0 centred, 1 right."""

    text: str
    box: Box
    role: TextRole
    align: int = -1


Item = Stroke | Area | Figure | Words


@dataclass(frozen=True)
class Drawing:
    """A chart to be painted in order. The head is apart, since a view keeps it in sight."""

    width: float
    height: float
    head_height: float
    head: tuple[Item, ...]
    body: tuple[Item, ...]


def rectangle(box: Box) -> tuple[Point, ...]:
    return ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))


def corners(symbol: Symbol, box: Box) -> tuple[Point, ...]:
    """The corners of a symbol with straight sides, clockwise from the top (left). A capsule's are its box's."""
    if symbol is Symbol.DIAMOND:
        return ((box.cx, box.y), (box.right, box.cy), (box.cx, box.bottom), (box.x, box.cy))
    if symbol is Symbol.PENTAGON:
        shoulder = box.y + SHOULDER * box.h
        top = ((box.x, box.y), (box.right, box.y))
        return (*top, (box.right, shoulder), (box.cx, box.bottom), (box.x, shoulder))
    return rectangle(box)
