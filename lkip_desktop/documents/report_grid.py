"""How high the rows of a report's tables are, and which of them stay together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from lkip_desktop.documents.report import Row, Table
from lkip_desktop.documents.report_columns import column_widths
from lkip_desktop.documents.report_lines import line_count, line_height
from lkip_desktop.documents.report_style import MM, TextStyle, page, table_style, text_styles

BORDER = 0.5
# Word keeps two lines of a paragraph together at either end of a page.
ORPHANS = 2
# A table below this share of the page moves to the next page rather than being broken.
LOW_TABLE = 0.3
LOW_MERGED_TABLE = 0.5


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the widths of its columns and the heights of its heading row and its rows, in points.

    `room` is the height of the page that it stands on.
    """

    table: Table
    widths: tuple[float, ...]
    head: float
    rows: tuple[float, ...]
    whole: bool
    room: float

    def torn(self, height: float) -> bool:
        """Whether rows of a height stand on no page, and have to be broken."""
        return self.head + height + BORDER > self.room

    @property
    def first(self) -> float:
        """What must stand on the page where the table begins."""
        return self.head + (sum(self.rows) if self.whole else self.kept(0))

    def kept(self, index: int) -> float:
        """The height of a row with those that it keeps by its side: a heading within the table has a row below it."""
        last = index
        while last + 1 < len(self.rows) and len(self.table.rows[last].cells) == 1:
            last += 1
        kept = sum(self.rows[index : last + 1])
        if not self.torn(kept):
            return kept
        style = text_styles()["IsiTabel"]
        return sum(self.rows[index:last]) + style.before + ORPHANS * line_height(style)


def grid(table: Table, width: float, *, landscape: bool) -> Grid:
    """A table's measures in a text area of `width` points."""
    padding = 2 * table_style().cell * MM
    full = column_widths(table, width)
    widths = [wide - padding for wide in full]
    head = _row_height(Row(tuple(column.heading for column in table.columns), strong=True), widths, width - padding)
    merged = _merged_heights(table, widths, width - padding)
    joins = any(None in row.cells for row in table.rows)
    room = page().text_area(landscape=landscape)[1]
    if head + sum(merged) < (LOW_MERGED_TABLE if joins else LOW_TABLE) * room:
        return Grid(table, full, head, merged, whole=True, room=room)
    rows = tuple(_row_height(row, widths, width - padding) for row in table.rows)
    return Grid(table, full, head, rows, whole=False, room=room)


def _merged_heights(table: Table, widths: list[float], width: float) -> tuple[float, ...]:
    """The rows' heights when cells that continue are merged: what a merged text needs more goes to its last row."""
    heights: list[float] = []
    start = 0
    for number, row in enumerate(table.rows):
        if None not in row.cells:
            start = number
        below = table.rows[number + 1].cells if number + 1 < len(table.rows) else ()
        merging = len(below) == len(row.cells) and None in below
        if merging:
            own = tuple(text if below[n] is not None else None for n, text in enumerate(row.cells))
            heights.append(_row_height(replace(row, cells=own), widths, width))
        else:
            heights.append(_row_height(row, widths, width))
        if number > start and not merging:
            needed = _row_height(table.rows[start], widths, width)
            heights[-1] += max(0.0, needed - sum(heights[start:]))
    return tuple(heights)


def _row_height(row: Row, widths: list[float], whole: float) -> float:
    style = text_styles()["IsiTabel"]
    heading = len(row.cells) == 1
    face = _bold(style) if row.strong or heading else style
    wide = [whole] if heading else widths
    counts = [line_count(cell, face, width) if cell else 1 for cell, width in zip(row.cells, wide, strict=True)]
    return max(counts) * line_height(style) + style.before + style.after + BORDER


@cache
def _bold(style: TextStyle) -> TextStyle:
    return replace(style, bold=True)
