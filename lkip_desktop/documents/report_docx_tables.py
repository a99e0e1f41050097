"""Draws the tables of a report in WordprocessingML: repeated headings, merged cells, rows that are never torn."""

from __future__ import annotations

from typing import Any

from lkip_desktop.documents.docx_xml import Element, cell, el, paragraph, row, run, table, twips
from lkip_desktop.documents.report import Signatures, Table
from lkip_desktop.documents.report_layout import SIGNATURES_BEFORE, keeps_whole, signing_rows
from lkip_desktop.documents.report_style import MM, page, table_style


def ruled_table(part: Table, landscape: bool) -> Element:
    """A table over the whole text width; the heading row is repeated on each page."""
    shares = sum(column.share for column in part.columns)
    width, _ = page().text_area(landscape=landscape)
    widths = [twips(width * column.share / shares) for column in part.columns]
    head = row(
        [
            cell(wide, _cell_text(column.heading, "center", bold=True, keep=True), fill=table_style().head_fill)
            for wide, column in zip(widths, part.columns, strict=True)
        ],
        head=True,
    )
    whole = keeps_whole(part, landscape=landscape)
    rows = [_row(part, number, widths, whole=whole) for number in range(len(part.rows))]
    return table(widths, twips(table_style().cell * MM), [head, *rows])


def side_by_side(part: Signatures) -> Element:
    """Two signatures in a table without lines, which no page tears."""
    width, _ = page().text_area(landscape=False)
    widths = [twips(width / 2)] * 2
    bare = dict.fromkeys(("top", "left", "bottom", "right"), "nil")
    rows = []
    for number, texts in enumerate(signing_rows(part)):
        # Space before the first line, as the layout has it.
        before = SIGNATURES_BEFORE if number == 0 else None
        cells = [cell(widths[0], paragraph("IsiTandaTangan", run(text), before=before), borders=bare) for text in texts]
        rows.append(row(cells))
    return table(widths, 0, rows)


def _row(part: Table, number: int, widths: list[int], *, whole: bool) -> Element:
    """A row. Cells that continue the one above are merged in a table on one page; else they only lack the line between,
    since a merged cell's text is torn where the page ends."""
    own, last = part.rows[number], number + 1 == len(part.rows)
    keep = (whole and not last) or len(own.cells) == 1
    if len(own.cells) == 1:
        heading = _cell_text(own.cells[0] or "", "left", bold=True, keep=keep)
        return row([cell(sum(widths), heading, span=len(widths), fill=table_style().group_fill)])
    below = (NOTHING,) * len(widths) if last else part.rows[number + 1].cells
    below = below if len(below) == len(widths) else (NOTHING,) * len(widths)
    cells = []
    for wide, column, text, under in zip(widths, part.columns, own.cells, below, strict=True):
        content = _cell_text(text or "", column.align.value, bold=own.strong, keep=keep)
        cells.append(cell(wide, content, **_joined(text is None, under is None, whole)))
    return row(cells)


def _joined(above: bool, below: bool, whole: bool) -> dict[str, Any]:
    """How a cell is joined with its neighbours in the column."""
    if whole:
        return {"merge": "continue" if above else "restart" if below else ""}
    sides = {"top": above, "bottom": below}
    return {"borders": {side: "nil" for side, joined in sides.items() if joined}}


# Stands for the cells under the last row: they continue nothing.
NOTHING = ""


def _cell_text(text: str, align: str, *, bold: bool, keep: bool) -> Element:
    """A cell's paragraph; `keep` holds its row on the page of the next one."""
    element = paragraph("IsiTabel", *([run(text, bold=bold)] if text else []), keep=True if keep else None)
    element.pPr.append(el("jc", {"val": align}))
    return element
