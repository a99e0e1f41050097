"""The one painting program of the flowchart: from geometry and states to a list of items for every painter."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

from lkip_desktop.sop.drawing import Area, Drawing, Figure, Item, Point, Stroke, Style, Words, rectangle
from lkip_desktop.sop.geometry import CLOCK_INDENT, Geometry, HeadCell, RowLayout, TextBlock
from lkip_desktop.sop.paths import EdgePath, Label
from lkip_desktop.sop.symbols import Box, Symbol
from lkip_desktop.sop.text import TextRole
from lkip_desktop.workflow.chart import Chart, RowKind, RowState

TIP_LENGTH, TIP_HALF = 8.0, 4.0
CLOCK = 11.0
SYMBOL_STYLES = {
    RowKind.DONE: Style.SYMBOL_DONE,
    RowKind.CURRENT: Style.SYMBOL_CURRENT,
    RowKind.RETURNED: Style.SYMBOL_RETURNED,
    RowKind.COMING: Style.SYMBOL,
}
DOUBLE = 4.0
"""Between the two borders of the current symbol."""


def draw(geometry: Geometry, chart: Chart | None = None) -> Drawing:
    """The chart as items in painting order; without states it is the blank SOP."""
    chart = chart or Chart()
    return Drawing(
        geometry.width,
        geometry.height,
        geometry.head_height,
        tuple(_head(geometry)),
        tuple(_body(geometry, chart)),
    )


def _head(geometry: Geometry) -> Iterator[Item]:
    yield Area(rectangle(Box(0, 0, geometry.width, geometry.head_height)), Style.HEAD)
    yield from _cells(geometry.head)
    yield Stroke(_closed(Box(0, 0, geometry.width, geometry.head_height)), Style.FRAME)


def _cells(cells: tuple[HeadCell, ...]) -> Iterator[Item]:
    for cell in cells:
        yield Stroke(_closed(cell.box), Style.GRID)
        yield from _lines(cell.text)


def _body(geometry: Geometry, chart: Chart) -> Iterator[Item]:
    states = {row.step: chart.rows.get(row.step, RowState()) for row in geometry.rows}
    for row in geometry.rows:
        if states[row.step].kind is RowKind.CURRENT:
            yield Area(rectangle(row.box), Style.ROW_CURRENT)
    yield from _grid(geometry)
    yield from _cells(geometry.total)
    below_head = Box(0, geometry.head_height, geometry.width, geometry.height - geometry.head_height)
    yield Stroke(_closed(below_head), Style.FRAME)
    yield from _edges(geometry, chart)
    for row in geometry.rows:
        yield from _row(row, states[row.step])


def _grid(geometry: Geometry) -> Iterator[Item]:
    for column in geometry.columns[1:]:
        yield Stroke(((column.x, column.y), (column.x, column.bottom)), Style.GRID)
    for row in geometry.rows[1:]:
        yield Stroke(((0, row.box.y), (geometry.width, row.box.y)), Style.GRID)


def _edges(geometry: Geometry, chart: Chart) -> Iterator[Item]:
    """Taken arrows lie over the others."""
    for delivery in geometry.deliveries:
        taken = chart.rows.get(geometry.rows[delivery.row].step, RowState()).kind is RowKind.DONE
        yield from arrow(delivery.points, taken)
        yield _word(delivery.word)
    for edge in sorted(geometry.edges, key=lambda edge: _is_taken(edge, chart)):
        yield from arrow(edge.points, _is_taken(edge, chart))
        if edge.word is not None:
            yield _word(edge.word)


def _is_taken(edge: EdgePath, chart: Chart) -> bool:
    return (edge.step, edge.decision) in chart.taken


def arrow(points: tuple[Point, ...], taken: bool) -> Iterator[Item]:
    """The line stops inside its head, so that a thick one does not show beside the point."""
    (x0, y0), (x, y) = points[-2:]
    dx, dy = _direction(x - x0, y - y0)
    base = (x - TIP_LENGTH * dx, y - TIP_LENGTH * dy)
    yield Stroke((*points[:-1], (x - dx * TIP_LENGTH / 2, y - dy * TIP_LENGTH / 2)), _edge_style(taken))
    wings = ((base[0] - TIP_HALF * dy, base[1] + TIP_HALF * dx), (base[0] + TIP_HALF * dy, base[1] - TIP_HALF * dx))
    yield Area(((x, y), *wings), Style.TIP_TAKEN if taken else Style.TIP)


def _direction(dx: float, dy: float) -> Point:
    length = hypot(dx, dy)
    return dx / length, dy / length


def _edge_style(taken: bool) -> Style:
    return Style.EDGE_TAKEN if taken else Style.EDGE


def _word(label: Label) -> Words:
    return Words(label.text, label.box, TextRole.LABEL, 0)


def _row(row: RowLayout, state: RowState) -> Iterator[Item]:
    yield from symbol(row.symbol, row.symbol_box, state.kind)
    if row.connects:
        box = row.symbol_box
        yield Words(row.connects, Box(box.x, box.y, box.w, box.h * 0.75), TextRole.TOTAL, 0)
    if state.kind is RowKind.CURRENT:
        y = row.box.cy
        yield Area(((6, y - 6), (13, y), (6, y + 6)), Style.HERE)
    for text in row.texts:
        current = state.kind is RowKind.CURRENT and text.role is TextRole.NUMBER
        yield from _lines(text, TextRole.NUMBER_CURRENT if current else text.role)
        if text.role is TextRole.NOTE_LATE:
            yield from clock(text.box.x - CLOCK_INDENT, text.box.y + (text.box.h / len(text.lines) - CLOCK) / 2)


def symbol(kind: Symbol, box: Box, state: RowKind) -> Iterator[Item]:
    """A step's symbol as its state shows it: checked, double, dashed or plain."""
    yield Figure(kind, box, SYMBOL_STYLES[state])
    if state is RowKind.CURRENT:
        yield Figure(kind, _inner(kind, box), Style.SYMBOL_CURRENT_INNER)
    if state is RowKind.DONE:
        x, y = box.cx, box.cy
        yield Stroke(((x - 6, y), (x - 2, y + 4), (x + 6, y - 4)), Style.CHECK)


def _inner(kind: Symbol, box: Box) -> Box:
    """The second border, everywhere as far from the first: a diamond's corners draw in more than its sides."""
    if kind is not Symbol.DIAMOND:
        return box.inset(DOUBLE)
    side = hypot(box.w, box.h)
    across, down = DOUBLE * side / box.h, DOUBLE * side / box.w
    return Box(box.x + across, box.y + down, box.w - 2 * across, box.h - 2 * down)


def clock(x: float, y: float) -> Iterator[Item]:
    """The mark that says late: a clock, `CLOCK` wide, with its corner at a point."""
    box = Box(x, y, CLOCK, CLOCK)
    yield Figure(Symbol.CAPSULE, box, Style.CLOCK)
    yield Stroke(((box.cx, box.y + 2.5), (box.cx, box.cy), (box.cx + 3, box.cy)), Style.CLOCK)


def _lines(text: TextBlock, role: TextRole | None = None) -> Iterator[Words]:
    for i, line in enumerate(text.lines):
        height = text.box.h / len(text.lines)
        yield Words(line, Box(text.box.x, text.box.y + i * height, text.box.w, height), role or text.role, text.align)


def _closed(box: Box) -> tuple[Point, ...]:
    points = rectangle(box)
    return (*points, points[0])
