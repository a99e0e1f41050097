"""Works out on which page each heading and table of a report will stand, from the metrics of its font.

Word and LibreOffice fill in page numbers only when asked to; so that the lists of contents are right when the file is
first opened, the report is laid out here as they would. Each chapter begins a page, so that a difference stays small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lkip_desktop.documents.fonts import text_width
from lkip_desktop.documents.report import Contents, Cover, Heading, ListOfTables, Numbering, Part, Report, Row, Table
from lkip_desktop.documents.report_blocks import LABEL, Block, Entry, Key, blocks, headings, spaced, tables
from lkip_desktop.documents.report_style import MM, TextStyle, page, table_style, text_styles

# Arial's line is this much higher than its type size; a style's least line height goes before it when larger.
NATURAL_LINE = 1.149
# Word keeps two lines of a paragraph together at either end of a page.
ORPHANS = 2
BORDER = 0.5
# A table below this share of the page moves to the next page rather than being broken.
LOW_TABLE = 0.3
LOW_MERGED_TABLE = 0.5
# Stands for the page number behind an entry of a list of contents.
PAGE_NUMBER = "..00"
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that takes height: `lines` of `line` points, with spaces around."""

    lines: int
    line: float
    before: float
    after: float
    keep_next: bool = False
    breaks: bool = False
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table's heights: its heading row and its rows."""

    head: float
    rows: tuple[float, ...]
    whole: bool

    @property
    def first(self) -> float:
        """What must stand on the page where the table begins."""
        return self.head + (sum(self.rows) if self.whole else sum(self.rows[:1]))


@dataclass
class _Flow:
    """Where the next piece goes: `page` counts from 1 in the section, `y` in points from the top of the text."""

    height: float
    page: int = 1
    y: float = 0
    gap: float = 0
    found: dict[Key, int] = field(default_factory=dict)

    def turn(self) -> None:
        self.page, self.y, self.gap = self.page + 1, 0, 0

    def room(self, before: float) -> float:
        return self.height - self.y - self.space(before)

    def space(self, before: float) -> float:
        """Two spaces that meet count as the larger one; at the top of a page there is none."""
        return max(self.gap, before) if self.y else 0


def page_labels(report: Report) -> dict[Key, str]:
    """The printed page number of every heading and table: roman in the front matter, arabic after."""
    labels: dict[Key, str] = {}
    shown = 0
    for number, section in enumerate(report.sections):
        shown = 0 if section.numbering is not Numbering.ON else shown
        flow = _section(report, number)
        for key, place in flow.found.items():
            labels[key] = roman(shown + place) if section.numbering is Numbering.ROMAN else str(shown + place)
        shown += flow.page
    return labels


def roman(number: int) -> str:
    """1 → ``i``; for the few pages of a front matter."""
    text = ""
    for value, letters in ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _section(report: Report, number: int) -> _Flow:
    section = report.sections[number]
    width, height = page().text_area(landscape=section.landscape)
    flow = _Flow(height)
    items = [
        item
        for position, part, after in spaced(section)
        for item in _items(report, (number, position), part, after, width)
    ]
    for index, item in enumerate(items):
        if isinstance(item, _Grid):
            _place_grid(flow, item)
        else:
            _place(flow, item, items[index + 1 :])
    return flow


def _items(report: Report, key: Key, part: Part, after_table: bool, width: float) -> Iterator[_Piece | _Grid]:
    if isinstance(part, Table):
        number = next(n for n, entry in enumerate(tables(report), start=1) if entry.key == key)
        yield _piece(Block("Caption", f"{LABEL} {number}. {part.caption}"), width, key)
        yield _grid(part, width, landscape=report.sections[key[0]].landscape)
    elif isinstance(part, (Contents, ListOfTables)):
        entries: Sequence[Entry] = headings(report) if isinstance(part, Contents) else tables(report)
        yield from (_piece(Block(entry.style, f"{entry.text} {PAGE_NUMBER}"), width) for entry in entries)
    elif not isinstance(part, Cover):
        listed = key if isinstance(part, Heading) else None
        yield from (_piece(block, width, listed) for block in blocks(part, after_table=after_table))


def _piece(block: Block, width: float, key: Key | None = None) -> _Piece:
    style = text_styles()[block.style]
    return _Piece(
        lines=line_count(block.text, style, width),
        line=line_height(style),
        before=style.before if block.before is None else block.before,
        after=style.after,
        keep_next=style.keep_next and not (block.style == "TandaTangan" and block.last),
        breaks=style.page_break,
        key=key,
    )


def line_height(style: TextStyle) -> float:
    return max(style.line, style.size * NATURAL_LINE)


def line_count(text: str, style: TextStyle, width: float) -> int:
    """How many lines a paragraph takes in a text area of `width` points."""
    first, inner = style.first_line * MM, width - (style.left + style.right) * MM
    number, tab, rest = text.partition("\t")
    lines = (rest if tab else number).split("\n")
    return sum(_wrapped(line, style, inner, first if place == 0 else 0) for place, line in enumerate(lines))


def _wrapped(text: str, style: TextStyle, width: float, indent: float) -> int:
    space = text_width(" ", style.size, bold=style.bold)
    lines, x = 1, indent
    # Not split(): a no-break space must not break here either.
    for word in text.split(" "):
        wide = text_width(word, style.size, bold=style.bold)
        if x > indent * (lines == 1) and x + wide > width:
            lines, x = lines + 1, 0.0
        overlong = int(wide // width) if wide > width else 0
        lines, x = lines + overlong, x + wide - overlong * width + space
    return lines


def keeps_whole(table: Table, *, landscape: bool) -> bool:
    """Whether a table is so low that it is not spread over two pages."""
    return _grid(table, page().text_area(landscape=landscape)[0], landscape=landscape).whole


def _grid(table: Table, width: float, *, landscape: bool) -> _Grid:
    shares = sum(column.share for column in table.columns)
    padding = 2 * table_style().cell * MM
    widths = [width * column.share / shares - padding for column in table.columns]
    head = _row_height(Row(tuple(column.heading for column in table.columns), strong=True), widths, width - padding)
    merged = _merged_heights(table, widths, width - padding)
    joins = any(None in row.cells for row in table.rows)
    limit = (LOW_MERGED_TABLE if joins else LOW_TABLE) * page().text_area(landscape=landscape)[1]
    if head + sum(merged) < limit:
        return _Grid(head, merged, whole=True)
    return _Grid(head, tuple(_row_height(row, widths, width - padding) for row in table.rows), whole=False)


def _merged_heights(table: Table, widths: list[float], width: float) -> tuple[float, ...]:
    """The rows' heights when cells that continue are merged: what a merged text needs more goes to its last row."""
    heights: list[float] = []
    start = 0
    for number, row in enumerate(table.rows):
        if None not in row.cells:
            start = number
        below = table.rows[number + 1].cells if number + 1 < len(table.rows) else ()
        merging = len(below) == len(row.cells) and None in below
        own = (
            tuple(text if below[n] is not None else None for n, text in enumerate(row.cells)) if merging else row.cells
        )
        heights.append(_row_height(replace(row, cells=own), widths, width))
        if number > start and not merging:
            needed = _row_height(table.rows[start], widths, width)
            heights[-1] += max(0.0, needed - sum(heights[start:]))
    return tuple(heights)


def _row_height(row: Row, widths: list[float], whole: float) -> float:
    style = text_styles()["IsiTabel"]
    heading = len(row.cells) == 1
    bold = replace(style, bold=row.strong or heading)
    wide = [whole] if heading else widths
    counts = [line_count(cell or "", bold, width) for cell, width in zip(row.cells, wide, strict=True)]
    return max(counts) * line_height(style) + style.before + style.after + BORDER


def _place(flow: _Flow, piece: _Piece, following: Sequence[_Piece | _Grid]) -> None:
    if piece.breaks and (flow.y or flow.page > 1):
        flow.turn()
    if flow.y and _needed(piece, following) > flow.room(piece.before):
        flow.turn()
    flow.y += flow.space(piece.before)
    if piece.key is not None:
        flow.found[piece.key] = flow.page
    _set_lines(flow, piece)
    flow.gap = piece.after


def _needed(piece: _Piece, following: Sequence[_Piece | _Grid]) -> float:
    """The height that must be left on the page: the piece, or its first lines, with what it keeps by its side."""
    if not piece.keep_next:
        rest = piece.lines - ORPHANS
        return piece.line * (piece.lines if rest < ORPHANS else ORPHANS)
    own = piece.lines * piece.line
    if not following:
        return own
    follower = following[0]
    if isinstance(follower, _Grid):
        return own + piece.after + follower.first
    return own + max(piece.after, follower.before) + _needed(follower, following[1:])


def _set_lines(flow: _Flow, piece: _Piece) -> None:
    left = piece.lines
    while left * piece.line > flow.height - flow.y + 0.01:
        fit = int((flow.height - flow.y + 0.01) // piece.line)
        if left - fit < ORPHANS:
            fit = left - ORPHANS
        left -= max(fit, 0)
        flow.turn()
        if left <= 0:
            return
    flow.y += left * piece.line


def _place_grid(flow: _Flow, grid: _Grid) -> None:
    flow.y += flow.gap + grid.head
    flow.gap = 0
    for row in grid.rows:
        if flow.y + row > flow.height and flow.y > grid.head:
            flow.turn()
            flow.y = grid.head
        flow.y += row
