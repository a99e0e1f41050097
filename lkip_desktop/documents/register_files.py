"""Writes the register of letters as PDF, as a workbook and as CSV; the same register always gives the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO, StringIO
from types import MappingProxyType
from typing import Any

from lkip_desktop.documents.register_words import HEADINGS, SHARES, Sheet
from lkip_desktop.outside import XLSX_OPTIONS, plain_cell, plain_text
from lkip_desktop.words import long_date

SIZE, HEADING_SIZE, TITLE_SIZE = 8.5, 8.5, 13.0
MARGIN, FOOT = 42.5, 28.3
"""Points: 15 and 10 mm."""
PAD = 3.0
_XLSX_WIDTHS = (9, 30, 18, 22, 36, 30, 28, 18)


def register_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a mark that Excel knows, separated by semicolons as Indonesian Excel reads them; no formulas."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([plain_cell(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def register_xlsx(sheet: Sheet) -> bytes:
    """One worksheet with a frozen, filtered head; numbers and dates are real ones."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **XLSX_OPTIONS})
    book.set_properties(
        {"title": sheet.name, "author": sheet.agency, "created": datetime.combine(sheet.made, datetime.min.time())}
    )
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E1EEF1"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"border": 1, "valign": "top", "align": "left", "num_format": "d mmmm yyyy"})
    page = book.add_worksheet(f"Register {sheet.years}")
    page.write_string(0, 0, f"Register surat keluar {sheet.years}", bold)
    page.write_string(1, 0, plain_text(sheet.agency))
    for column, (heading, width) in enumerate(zip(HEADINGS, _XLSX_WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(3, column, heading, head)
    for number, (line, row) in enumerate(zip(sheet.lines, sheet.rows, strict=True), start=4):
        for column, text in enumerate(row):
            page.write_string(number, column, plain_text(text), cell)
        if line.letter.sequence:
            page.write_number(number, 0, line.letter.sequence, cell)
        page.write_datetime(number, 2, datetime.combine(line.day, datetime.min.time()), day)
    page.freeze_panes(4, 2)
    page.autofilter(3, 0, 3 + max(1, len(sheet.rows)), len(HEADINGS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(3)
    book.close()
    return out.getvalue()


def register_pdf(sheet: Sheet) -> bytes:
    """A4 across, the head on every page, numbered pages; an empty year says so."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    from lkip_desktop.documents import fonts

    fonts.register()
    out = BytesIO()
    size = landscape(A4)
    width, height = size[0] - 2 * MARGIN, size[1] - 2 * MARGIN
    frame = Frame(MARGIN, MARGIN, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document = BaseDocTemplate(
        out,
        pagesize=size,
        title=fonts.printable(f"{sheet.name} {sheet.agency}"),
        author=fonts.printable(sheet.agency),
        creator="LKIP Desktop",
        lang="id-ID",
        subject="",
        displayDocTitle=True,
        initialFontName=fonts.REGULAR,
        invariant=1,
        pageTemplates=[PageTemplate(id="register", frames=[frame], onPage=lambda c, _: _foot(c, sheet, size[0]))],
    )
    document.build(_story(sheet, width))
    return out.getvalue()


def _foot(canvas: Any, sheet: Sheet, width: float) -> None:
    from lkip_desktop.documents import fonts

    canvas.saveState()
    canvas.setFont(fonts.REGULAR, 7.5)
    canvas.setFillGray(0.35)
    canvas.drawString(MARGIN, FOOT, fonts.printable(f"{sheet.agency} · keadaan {long_date(sheet.made)}"))
    canvas.drawRightString(width - MARGIN, FOOT, f"Halaman {canvas.getPageNumber()}")
    canvas.restoreState()


def _story(sheet: Sheet, width: float) -> list[Any]:
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer, Table

    from lkip_desktop.documents import fonts

    def styled(size: float, *, bold: bool = False, align: Any = 0) -> ParagraphStyle:
        face = fonts.BOLD if bold else fonts.REGULAR
        return ParagraphStyle("r", fontName=face, fontSize=size, leading=size * 1.25, alignment=align, splitLongWords=1)

    def text(words: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(escape(fonts.printable(words)), style)

    title, head, body = styled(TITLE_SIZE, bold=True, align=1), styled(HEADING_SIZE, bold=True, align=1), styled(SIZE)
    story: list[Any] = [
        text(sheet.title, title),
        text(f"{sheet.agency}, tahun {sheet.years}", styled(10.5, align=1)),
        Spacer(0, 12),
    ]
    if not sheet.rows:
        return [*story, text(f"Belum ada surat yang diterbitkan pada tahun {sheet.years}.", styled(10.5, align=1))]
    rows = [[text(h, head) for h in HEADINGS], *([text(cell, body) for cell in row] for row in sheet.rows)]
    style: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR),
        ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
        *((side, (0, 0), (-1, -1), PAD) for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")),
    ]
    return [*story, Table(rows, [width * share / sum(SHARES) for share in SHARES], style=style, repeatRows=1)]


WRITERS: Mapping[str, Callable[[Sheet], bytes]] = MappingProxyType(
    {"pdf": register_pdf, "xlsx": register_xlsx, "csv": register_csv}
)
"""Each ending with its writer."""
