"""The flowchart as pure numbers: every cell, symbol, arrow and word in one unit, for screen and print alike.

The unit is a pixel at 100 %; a painter scales it. The layout follows the SOP as printed (Permenpan RB 35/2012):
No, Kegiatan, one column per actor, Mutu Baku; a row per step with one symbol in its main actor's column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from lkip_desktop.sop.columns import SYMBOL_WIDTH, Column, Columns, fit_columns
from lkip_desktop.sop.model import Sop, Step, Wording
from lkip_desktop.sop.paths import LABEL_HEIGHT, DeliveryPath, EdgePath, Placed, Tracer, side_height
from lkip_desktop.sop.routing import Plan, Port, route
from lkip_desktop.sop.sheets import Sheet, SheetRow, whole
from lkip_desktop.sop.symbols import Box, Symbol
from lkip_desktop.sop.text import Measure, TextRole, line_height, wrap

PAD_X, PAD_Y = 8, 5
CENTRED_PAD = 5
ABOVE, BELOW = 10, 12
"""Room in a row above its symbol (an arrow head) and below it (a stub and a track off the grid line)."""
HEIGHTS = {Symbol.BOX: 24, Symbol.CAPSULE: 24, Symbol.DIAMOND: 28, Symbol.PENTAGON: 24}
CLOCK_INDENT = 16
"""Room for the clock mark before the word that says late."""


@dataclass(frozen=True, slots=True)
class Note:
    """A line on a step's state that stands under its activity."""

    text: str
    role: TextRole = TextRole.NOTE


@dataclass(frozen=True)
class Options:
    """How to lay out. `width` is the wish for the whole; a chart that needs more is wider.

    `complete` shows activity and Mutu Baku as the SOP prints them, otherwise each step's title and time. `issued`
    takes the issued wording instead of the clean one. `notes` holds lines on the state per step id.
    """

    width: float = 0
    complete: bool = True
    issued: bool = False
    notes: Mapping[str, Sequence[Note]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text in a box just as high as they are; `align` is -1 left, 0 centred, 1 right."""

    lines: tuple[str, ...]
    role: TextRole
    box: Box
    align: int = -1


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of the table's head."""

    box: Box
    text: TextBlock


@dataclass(frozen=True, slots=True)
class RowLayout:
    """A row in place. `step` is empty for an off-page connector, which shows what it `connects` to instead."""

    step: str
    box: Box
    symbol: Symbol
    symbol_box: Box
    texts: tuple[TextBlock, ...]
    connects: str = ""


@dataclass(frozen=True)
class Geometry:
    """A whole sheet. The head lies at y 0 to `head_height`, the rows and the total row follow."""

    width: int
    height: int
    head_height: int
    head: tuple[HeadCell, ...]
    columns: tuple[Box, ...]
    rows: tuple[RowLayout, ...]
    edges: tuple[EdgePath, ...]
    deliveries: tuple[DeliveryPath, ...]
    total: tuple[HeadCell, ...]

    def row_at(self, y: float) -> RowLayout | None:
        """The row of a step at a height, or None."""
        return next((r for r in self.rows if r.step and r.box.y <= y < r.box.bottom), None)

    def row_of(self, step: str) -> RowLayout | None:
        return next((r for r in self.rows if r.step == step), None)


def layout(sop: Sop, measure: Measure, options: Options, sheet: Sheet | None = None) -> Geometry:
    """Lay out a sheet of the SOP (all of it when `sheet` is None). Work and size grow with the number of rows."""
    sheet = sheet or whole(sop)
    plan = route([row.node for row in sheet.rows], sheet.links)
    columns = fit_columns(plan, len(sop.actors), options.width, options.complete, measure)
    head = tuple(_head(sop, columns, measure, options))
    head_height = round(max(cell.box.bottom for cell in head))
    rows = _Rows(plan, columns, measure, options).place(sheet, head_height)
    bottom = round(rows[-1].box.bottom)
    total = tuple(_total(sop, columns, measure, bottom)) if sheet.ends else ()
    tracer = Tracer(plan, columns, [Placed(r.box, r.symbol, r.symbol_box) for r in rows], measure)
    return Geometry(
        width=columns.width,
        height=round(total[0].box.bottom) if total else bottom,
        head_height=head_height,
        head=head,
        columns=tuple(Box(c.x, head_height, c.w, bottom - head_height) for c in columns.all),
        rows=rows,
        edges=tracer.edges(),
        deliveries=tracer.deliveries(),
        total=total,
    )


def block(text: str, role: TextRole, box: Box, measure: Measure, align: int = -1, indent: float = 0) -> TextBlock:
    """A text wrapped to a box's width less the padding, at the box's top; its box is as high as its lines."""
    pad = PAD_X if align else CENTRED_PAD
    width = box.w - 2 * pad - indent
    lines = wrap(text, role, width, measure)
    height = len(lines) * line_height(role)
    return TextBlock(lines, role, Box(box.x + pad + indent, box.y, width, height), align)


def _moved(text: TextBlock, top: float) -> TextBlock:
    box = text.box
    return TextBlock(text.lines, text.role, Box(box.x, top, box.w, box.h), text.align)


def _centred(text: TextBlock, box: Box) -> TextBlock:
    return _moved(text, box.y + (box.h - text.box.h) // 2)


class _Rows:
    """Sets rows below each other, each as high as its texts, its symbol and the runs around it need."""

    def __init__(self, plan: Plan, columns: Columns, measure: Measure, options: Options) -> None:
        self._plan, self._columns, self._measure, self._options = plan, columns, measure, options
        self._below = {link.source: BELOW for link in plan.drops}
        for link in plan.drops:
            if link.label:
                self._below[link.source] = LABEL_HEIGHT + 2
        self._sides: dict[int, list[Port]] = {}
        for port in _ports(plan):
            self._sides.setdefault(port.row, []).append(port)

    def place(self, sheet: Sheet, top: int) -> tuple[RowLayout, ...]:
        rows = []
        for index, row in enumerate(sheet.rows):
            rows.append(self._row(index, row, top))
            top = round(rows[-1].box.bottom)
        return tuple(rows)

    def _row(self, index: int, row: SheetRow, top: int) -> RowLayout:
        symbol = row.node.symbol
        tall = self._symbol_height(index, symbol)
        below = self._below.get(index, BELOW)
        cells = [list(cell) for cell in (self._cells(row.step) if row.step else self._connector(row.words))]
        texts = max((sum(text.box.h for text in cell) for cell in cells), default=0)
        height = _even(max(ABOVE + tall + below, texts + 2 * PAD_Y))
        lane = self._columns.lanes[row.node.column]
        y = min(max((height - tall) // 2, ABOVE), height - below - tall)
        return RowLayout(
            step=row.step.id if row.step else "",
            box=Box(0, top, self._columns.width, height),
            symbol=symbol,
            symbol_box=Box(lane.axis - SYMBOL_WIDTH / 2, top + y, SYMBOL_WIDTH, tall),
            texts=tuple(text for cell in cells for text in _stack(cell, top, height)),
            connects=row.connects,
        )

    def _symbol_height(self, index: int, symbol: Symbol) -> int:
        sides = (side_height(port) for port in self._sides.get(index, ()))
        return _even(max((HEIGHTS[symbol], *sides)))

    def _cells(self, step: Step) -> Iterator[Iterator[TextBlock]]:
        """The texts of a row, cell by cell, not yet at their height."""
        columns = self._columns
        yield iter((self._text(str(step.number), TextRole.NUMBER, columns.number, 0),))
        yield self._activity(step)
        yield iter((self._text(str(step.duration), TextRole.CELL, columns.time, 0),))
        for column, wording in ((columns.requirement, step.requirement), (columns.output, step.output)):
            if column is not None:
                yield iter((self._text(self._worded(wording), TextRole.CELL, column),))

    def _connector(self, words: str) -> Iterator[Iterator[TextBlock]]:
        yield iter((self._text(words, TextRole.NOTE, self._columns.activity),))

    def _activity(self, step: Step) -> Iterator[TextBlock]:
        column = self._columns.activity
        if self._options.complete:
            yield self._text(self._worded(step.activity), TextRole.CELL, column)
        else:
            yield self._text(step.title, TextRole.TITLE, column)
        for note in self._options.notes.get(step.id, ()):
            indent = CLOCK_INDENT if note.role is TextRole.NOTE_LATE else 0
            yield self._text(note.text, note.role, column, indent=indent)

    def _text(self, text: str, role: TextRole, column: Column, align: int = -1, indent: float = 0) -> TextBlock:
        return block(text, role, Box(column.x, 0, column.w, 0), self._measure, align, indent)

    def _worded(self, wording: Wording) -> str:
        return wording.issued if self._options.issued else wording.clean


def _ports(plan: Plan) -> Iterator[Port]:
    for detour in plan.detours:
        yield detour.leave
        yield detour.enter
    for delivery in plan.deliveries:
        yield delivery.leave


def _stack(cell: Sequence[TextBlock], top: float, height: float) -> Iterator[TextBlock]:
    """The texts of one cell below each other, in the middle of their row."""
    y = top + (height - sum(text.box.h for text in cell)) // 2
    for text in cell:
        yield _moved(text, y)
        y += text.box.h


def _even(value: float) -> int:
    return ceil(value / 2) * 2


def _head(sop: Sop, columns: Columns, measure: Measure, options: Options) -> Iterator[HeadCell]:
    """One row of headings in the short form; in the complete form two, as printed."""
    names = [(a.issued if options.issued else a.name, lane) for a, lane in zip(sop.actors, columns.lanes, strict=True)]
    quality = [
        (title, column)
        for title, column in (
            ("Persyaratan/Kelengkapan", columns.requirement),
            ("Waktu", columns.time),
            ("Output", columns.output),
        )
        if column is not None
    ]
    line = line_height(TextRole.HEAD)
    group = line + 2 * PAD_Y if options.complete else 0
    below = [*names, *quality]
    lines = max(_head_cell(title, Box(c.x, 0, c.w, 0), measure).text.box.h for title, c in below)
    tall = _even(lines + 2 * PAD_Y)
    for title, column in (("No", columns.number), ("Kegiatan", columns.activity)):
        yield _head_cell(title, Box(column.x, 0, column.w, group + tall), measure)
    for title, column in below:
        yield _head_cell(title, Box(column.x, group, column.w, tall), measure)
    if options.complete:
        actors = "Penanggung Jawab" if options.issued else "Pelaksana"
        yield _span(actors, columns.lanes[0], columns.lanes[-1], group, measure)
        yield _span("Mutu Baku", quality[0][1], quality[-1][1], group, measure)


def _span(title: str, first: Column, last: Column, height: float, measure: Measure) -> HeadCell:
    return _head_cell(title, Box(first.x, 0, last.right - first.x, height), measure)


def _head_cell(title: str, box: Box, measure: Measure) -> HeadCell:
    return HeadCell(box, _centred(block(title, TextRole.HEAD, box, measure, 0), box))


def _total(sop: Sop, columns: Columns, measure: Measure, top: int) -> Iterator[HeadCell]:
    """The last row: the sum that the SOP prints under Waktu, which is not the sum of its rows."""
    height = _even(line_height(TextRole.TOTAL) + 2 * PAD_Y - 2)
    before = columns.requirement or columns.lanes[-1]
    cells = [("Total", 0, before.right, 1), (f"{sop.total_days} Hari", columns.time.x, columns.time.w, 0)]
    if columns.output is not None:
        cells.append(("", columns.output.x, columns.output.w, 0))
    for text, x, width, align in cells:
        box = Box(x, top, width, height)
        yield HeadCell(box, _centred(block(text, TextRole.TOTAL, box, measure, align), box))
