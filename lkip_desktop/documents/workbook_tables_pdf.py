"""Draws a report of one table as PDF, under the letters' own letterhead; the same input gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Spacer

from lkip_desktop.documents import fonts
from lkip_desktop.documents.kinds import Watch, tell
from lkip_desktop.documents.letter import Closing, Letter, Look, Signatures, Title
from lkip_desktop.documents.letter_flow import flow
from lkip_desktop.documents.letter_marks import LeadingTable
from lkip_desktop.documents.letter_pdf import CREATOR, GREY, LANGUAGE
from lkip_desktop.documents.letter_pen import CENTRE, LEFT, RIGHT, Align, Pen
from lkip_desktop.documents.letter_style import letter_style
from lkip_desktop.documents.report_columns import fitted
from lkip_desktop.documents.workbook_tables import Shape, TableReport, TableRow

SIZE, NOTE_SIZE, TEXT_SIZE = 9.0, 8.0, 10.0
SIDE = 18.0
"""Millimetres at the left and right: a landscape sheet is punched at its top or its left."""
PADDING = 3.0
ROUNDED = 0.1
"""Points that measuring may be wrong by."""
HEAD_FILL, STRONG_FILL, LINE = (0.906, 0.925, 0.933), (0.961, 0.969, 0.973), (0.36, 0.42, 0.45)
_ALIGN: dict[Shape, Align] = {Shape.TEXT: LEFT, Shape.MIDDLE: CENTRE, Shape.FIGURE: RIGHT}


def table_pdf(report: TableReport, watch: Watch) -> bytes:
    """The PDF of a report, landscape, with its headings on each page. Raises Cancelled when the watcher says so."""
    look = Look(paper=report.paper, size=TEXT_SIZE, margins=(15, 18, SIDE, SIDE), landscape=True)
    pen = Pen(letter_style(look))
    title = f"{report.title} {report.subtitle}"
    head = Letter(title, report.letterhead.agency, look, (report.letterhead, Title(report.title, report.subtitle)))
    closing = Letter(title, "", look, (Closing((Signatures(None, report.signatory),)),))
    end = flow(closing, pen)
    tell(watch, 1, 3)
    table = _table(report, pen)
    last = [Spacer(0, pen.measure.gap), *_notes(report, pen), *end]
    table.closing = sum(part.wrap(pen.measure.inner[0], 10_000)[1] for part in last)
    if table.closing > pen.measure.inner[1] / 2:
        # More notes than go along with a row: the last of them goes along with the signature.
        last, table.closing = [*last[: -len(end) - 1], KeepTogether(last[-len(end) - 1 :])], 0
    story: list[Flowable] = [*flow(head, pen), table, *last]
    tell(watch, 2, 3)
    out = BytesIO()
    BaseDocTemplate(
        out,
        pagesize=pen.measure.page,
        title=fonts.printable(title),
        author=fonts.printable(report.letterhead.agency),
        creator=CREATOR,
        lang=LANGUAGE,
        subject="",
        displayDocTitle=True,
        initialFontName=pen.measure.font.regular,
        invariant=1,
        pageTemplates=[_template(report, pen)],
    ).build(story)
    return out.getvalue()


def _table(report: TableReport, pen: Pen) -> LeadingTable:
    width, height = pen.measure.inner
    whole = sum(column.share for column in report.columns)
    heads = [pen.text(column.heading, CENTRE, bold=True, size=SIZE) for column in report.columns]
    style: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), pen.measure.font.regular),
        ("GRID", (0, 0), (-1, -1), 0.5, LINE),
        ("BACKGROUND", (0, 0), (-1, 0), HEAD_FILL),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        *((name, (0, 0), (-1, -1), PADDING) for name in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING")),
        ("BOTTOMPADDING", (0, 0), (-1, -1), PADDING * 1.4),
    ]
    for number, row in enumerate(report.rows, start=1):
        missing = len(report.columns) - len(row.values)
        if missing:
            style.append(("SPAN", (0, number), (missing, number)))
        if row.strong:
            style.append(("BACKGROUND", (0, number), (-1, number), STRONG_FILL))
    cells = [heads, *(_cells(report, row, pen) for row in report.rows)]
    meant = tuple(width * column.share / whole for column in report.columns)
    widths = fitted(meant, [_widest(report, place, pen) for place in range(len(meant))])
    table = LeadingTable(cells, widths, style=style, repeatRows=1)
    table.page = height
    # Headings do not stand last on a page, nor the total first without a row that it adds up.
    strong = {number for number, row in enumerate(report.rows[:-1], start=1) if row.strong}
    table.heads = frozenset({*strong, len(report.rows) - 1})
    return table


def _widest(report: TableReport, place: int, pen: Pen) -> float:
    """The width in points that the longest word of a column needs: no sum of money is torn."""
    texts = [(report.columns[place].heading, True)]
    for row in report.rows:
        missing = len(report.columns) - len(row.values)
        if place > missing or not missing:
            texts.append((row.values[place - missing].text, row.strong))
    widths = (pen.width(word, SIZE, bold=bold) for text, bold in texts for word in text.split())
    return max(widths, default=0.0) + 2 * PADDING + ROUNDED


def _cells(report: TableReport, row: TableRow, pen: Pen) -> list[Any]:
    missing = len(report.columns) - len(row.values)
    aligned = [_ALIGN[column.shape] for column in report.columns[missing:]]
    if missing:
        aligned[0] = LEFT
    texts = [
        pen.text(value.text, align, bold=row.strong, size=SIZE)
        for value, align in zip(row.values, aligned, strict=True)
    ]
    return [texts[0], *[""] * missing, *texts[1:]]


def _notes(report: TableReport, pen: Pen) -> list[Flowable]:
    return [pen.text(note, size=NOTE_SIZE) for note in report.notes]


def _template(report: TableReport, pen: Pen) -> PageTemplate:
    style = pen.measure
    frame = Frame(style.left, style.bottom, *style.inner, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    def foot(canvas: Canvas, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(style.font.regular, style.footer_size)
        canvas.setFillGray(GREY)
        canvas.drawString(style.left, style.footer_baseline, fonts.printable(report.footer))
        page = f"Halaman {canvas.getPageNumber()}"
        canvas.drawRightString(style.page[0] - style.right, style.footer_baseline, page)
        canvas.restoreState()

    return PageTemplate(id="table", frames=[frame], onPage=foot, pagesize=style.page)
