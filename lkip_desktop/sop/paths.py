"""Turns planned routes into coordinates: the polylines of arrows, and where their labels stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from lkip_desktop.sop.columns import DELIVERED, LABEL_GAP, OFF_GRID, Column, Columns, spoken
from lkip_desktop.sop.routing import Delivery, Detour, Link, Plan, Port, Side
from lkip_desktop.sop.symbols import Box, Symbol, half_width
from lkip_desktop.sop.text import Measure, TextRole, line_height

Point = tuple[float, float]

LABEL_HEIGHT = line_height(TextRole.LABEL)
PORT_PITCH = 10
ABOVE_RUN = 3
"""Between a label's box and the run under it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its symbol in place."""

    box: Box
    symbol: Symbol
    symbol_box: Box


@dataclass(frozen=True, slots=True)
class Label:
    """A word beside an arrow."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class EdgePath:
    """An arrow as a polyline with its head at the last point. `step` and `decision` name it in the SOP."""

    step: str
    decision: str
    source: int
    target: int
    points: tuple[Point, ...]
    word: Label | None = None


@dataclass(frozen=True, slots=True)
class DeliveryPath:
    """The output's way to its receiver: a run along the row that ends at a word in the receiver's cell."""

    row: int
    points: tuple[Point, ...]
    word: Label


def port_pitch(port: Port) -> int:
    """The distance between the runs of one side; where words stand between them, one word and a half."""
    return 2 * ceil(0.75 * LABEL_HEIGHT + 4) if port.roomy else PORT_PITCH


def side_height(port: Port) -> int:
    """The least height of a symbol whose side has as many ports as this one's."""
    if port.of == 1:
        return 0
    margin = LABEL_HEIGHT - 4 if port.roomy else 8
    return (port.of - 1) * port_pitch(port) + 2 * margin


class Tracer:
    """Draws the routes of one plan between rows that are in place."""

    def __init__(self, plan: Plan, columns: Columns, rows: Sequence[Placed], measure: Measure) -> None:
        self._plan, self._columns, self._rows, self._measure = plan, columns, rows, measure

    def edges(self) -> tuple[EdgePath, ...]:
        """All arrows, in the order of their source rows."""
        drops = (self._drop(link) for link in self._plan.drops)
        detours = (self._detour(detour) for detour in self._plan.detours)
        return tuple(sorted((*drops, *detours), key=lambda edge: edge.source))

    def deliveries(self) -> tuple[DeliveryPath, ...]:
        return tuple(self._delivery(delivery) for delivery in self._plan.deliveries)

    def _lane(self, row: int) -> Column:
        return self._columns.lanes[self._plan.nodes[row].column]

    def _port(self, port: Port) -> Point:
        placed = self._rows[port.row]
        down = (port.place - (port.of - 1) / 2) * port_pitch(port)
        reach = half_width(placed.symbol, placed.symbol_box, down)
        return placed.symbol_box.cx + port.side * reach, placed.symbol_box.cy + down

    def _drop(self, link: Link) -> EdgePath:
        source, target = self._rows[link.source], self._rows[link.target]
        start = (source.symbol_box.cx, source.symbol_box.bottom)
        end = (target.symbol_box.cx, target.symbol_box.y)
        if start[0] == end[0]:
            points: tuple[Point, ...] = (start, end)
        else:
            track = source.box.bottom - OFF_GRID
            points = (start, (start[0], track), (end[0], track), end)
        word = self._drop_word(link.label, source, turns_right=end[0] > start[0]) if link.label else None
        return EdgePath(link.step, link.decision, link.source, link.target, points, word)

    def _drop_word(self, label: str, source: Placed, *, turns_right: bool) -> Label:
        """Below the symbol, on the side that the arrow turns away from."""
        text = spoken(label)
        width = self._measure.width(text, TextRole.LABEL)
        x = source.symbol_box.cx + (-LABEL_GAP - width if turns_right else LABEL_GAP)
        free = source.box.bottom - source.symbol_box.bottom - LABEL_HEIGHT
        return Label(text, Box(x, source.symbol_box.bottom + min(free / 2, 3), width, LABEL_HEIGHT))

    def _detour(self, detour: Detour) -> EdgePath:
        link = detour.link
        start, end = self._port(detour.leave), self._port(detour.enter)
        x = self._gutter_x(detour)
        points = (start, (x, start[1]), (x, end[1]), end)
        word = self._detour_word(detour, start, x) if link.label else None
        return EdgePath(link.step, link.decision, link.source, link.target, points, word)

    def _gutter_x(self, detour: Detour) -> float:
        column = self._plan.nodes[detour.link.target].column
        inner = self._columns.inner[column, detour.enters]
        return self._columns.lanes[column].track_x(detour.enters, detour.track, inner)

    def _detour_word(self, detour: Detour, start: Point, turn: float) -> Label:
        """Above the run: in its own gutter, or in the next cell; beside the run's corner if it ends before that."""
        text, side = spoken(detour.link.label), detour.leaves
        width = self._measure.width(text, TextRole.LABEL)
        above = start[1] - ABOVE_RUN - LABEL_HEIGHT
        here, there = (self._plan.nodes[i].column for i in (detour.link.source, detour.link.target))
        if here == there:
            # Beside the symbol's widest place, since a diamond's lower runs leave under its corner.
            symbol = self._rows[detour.link.source].symbol_box
            x = symbol.right + LABEL_GAP if side is Side.RIGHT else symbol.x - LABEL_GAP - width
            return Label(text, Box(x, above, width, LABEL_HEIGHT))
        zone = self._columns.lanes[here + side]
        passes = (turn - zone.axis) * side > 0
        if passes:
            return Label(text, Box(zone.axis - width / 2, above, width, LABEL_HEIGHT))
        x = zone.zone_x if side is Side.RIGHT else zone.zone_x + zone.zone_w - width
        return Label(text, Box(x, start[1] - LABEL_HEIGHT / 2, width, LABEL_HEIGHT))

    def _delivery(self, delivery: Delivery) -> DeliveryPath:
        start = self._port(delivery.leave)
        side, lane = delivery.leave.side, self._columns.lanes[delivery.column]
        width = self._measure.width(DELIVERED, TextRole.LABEL)
        box = Box(lane.axis - width / 2, start[1] - LABEL_HEIGHT / 2, width, LABEL_HEIGHT)
        end = box.x - LABEL_GAP if side is Side.RIGHT else box.right + LABEL_GAP
        return DeliveryPath(delivery.row, (start, (end, start[1])), Label(DELIVERED, box))
