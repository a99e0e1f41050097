"""Draws the tables of a report in WordprocessingML: repeated headings, merged cells, rows that are never torn."""

from __future__ import annotations

from lkip_desktop.documents.docx_xml import paragraph, run, table, twips, words
from lkip_desktop.documents.report import Signatures, Table
from lkip_desktop.documents.report_grid import Grid
from lkip_desktop.documents.report_layout import SIGNATURES_BEFORE, signing_rows
from lkip_desktop.documents.report_style import MM, page, table_style


def ruled_table(grid: Grid) -> str:
    """A table as it was laid out; the heading row is repeated on each page."""
    part, whole = grid.table, grid.whole
    widths = [twips(wide) for wide in grid.widths]
    fill = table_style().head_fill
    head = "".join(
        _cell(wide, _text(column.heading, "center", bold=True, keep=True), fill=fill)
        for wide, column in zip(widths, part.columns, strict=True)
    )
    rows = (_row(part, number, widths, whole=whole) for number in range(len(part.rows)))
    return table(widths, twips(table_style().cell * MM), (f"<w:tr>{_HEAD}{head}</w:tr>", *rows))


def side_by_side(part: Signatures) -> str:
    """Two signatures in a table without lines, which no page tears."""
    width, _ = page().text_area(landscape=False)
    wide = twips(width / 2)
    rows = []
    for number, texts in enumerate(signing_rows(part)):
        # Space before the first line, as the layout has it.
        before = SIGNATURES_BEFORE if number == 0 else None
        cells = [_cell(wide, paragraph("IsiTandaTangan", run(text), before=before), joined=_BARE) for text in texts]
        rows.append(f"<w:tr>{_KEPT}{''.join(cells)}</w:tr>")
    return table((wide, wide), 0, rows)


_KEPT = "<w:trPr><w:cantSplit/></w:trPr>"
_HEAD = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_BOLD = "<w:rPr><w:b/><w:bCs/></w:rPr>"
_SIDES = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))
_BARE = f"<w:tcBorders>{_SIDES}</w:tcBorders>"


def _row(part: Table, number: int, widths: list[int], *, whole: bool) -> str:
    """A row. Cells that continue the one above are merged in a table on one page; else they only lack the line between,
    since a merged cell's text is torn where the page ends."""
    own, last = part.rows[number], number + 1 == len(part.rows)
    keep = (whole and not last) or len(own.cells) == 1
    if len(own.cells) == 1:
        heading = _text(own.cells[0] or "", "left", bold=True, keep=keep)
        return f"<w:tr>{_KEPT}{_cell(sum(widths), heading, span=len(widths), fill=table_style().group_fill)}</w:tr>"
    below = (NOTHING,) * len(widths) if last else part.rows[number + 1].cells
    below = below if len(below) == len(widths) else (NOTHING,) * len(widths)
    cells = []
    for wide, column, text, under in zip(widths, part.columns, own.cells, below, strict=True):
        content = _text(text or "", column.align.value, bold=own.strong, keep=keep)
        cells.append(_cell(wide, content, joined=_joined(text is None, under is None, whole)))
    return f"<w:tr>{_KEPT}{''.join(cells)}</w:tr>"


def _joined(above: bool, below: bool, whole: bool) -> str:
    """How a cell is joined with its neighbours in the column."""
    if whole:
        merge = "continue" if above else "restart" if below else ""
        return f'<w:vMerge w:val="{merge}"/>' if merge else ""
    sides = "".join(f'<w:{side} w:val="nil"/>' for side, joined in (("top", above), ("bottom", below)) if joined)
    return f"<w:tcBorders>{sides}</w:tcBorders>" if sides else ""


# Stands for the cells under the last row: they continue nothing.
NOTHING = ""


def _cell(width: int, content: str, *, span: int = 1, joined: str = "", fill: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shaded = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{joined}{shaded}</w:tcPr>{content}</w:tc>'


def _text(text: str, align: str, *, bold: bool, keep: bool) -> str:
    """A cell's paragraph; `keep` holds its row on the page of the next one."""
    kept = '<w:keepNext w:val="1"/>' if keep else ""
    head = f'<w:p><w:pPr><w:pStyle w:val="IsiTabel"/>{kept}<w:jc w:val="{align}"/></w:pPr>'
    if not text:
        return f"{head}</w:p>"
    return f"{head}<w:r>{_BOLD if bold else ''}{words(text)}</w:r></w:p>"
