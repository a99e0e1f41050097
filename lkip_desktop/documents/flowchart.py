"""The flowchart as vector PDF on landscape A4: the blank SOP, or a cycle's status with sentence and legend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from lkip_desktop.documents import fonts
from lkip_desktop.documents.chart_canvas import ChartCanvas, PrintMeasure
from lkip_desktop.sop.drawing import Item, Words
from lkip_desktop.sop.geometry import Geometry, Options, layout
from lkip_desktop.sop.model import Sop
from lkip_desktop.sop.sheets import Sheet, part
from lkip_desktop.sop.symbols import Box, Symbol
from lkip_desktop.sop.text import TextRole, line_height
from lkip_desktop.workflow.chart import LATE, WORDS, Chart, RowKind, notes
from lkip_desktop.workflow.drawing import CLOCK, arrow, clock, draw, symbol

LANGUAGE = "id-ID"
CREATOR = "LKIP Desktop"
PAGE_WIDTH, PAGE_HEIGHT = landscape(A4)
SIDE, TOP, BOTTOM = 36.0, 34.0, 40.0
FOOT = 24.0
LEAST_SCALE = 7 / 12
"""The chart's smallest text, 12 units, is printed at 7 points at least."""
SCALES = (0.75, 0.71, 0.67, 0.63, LEAST_SCALE)
PAGED_SCALES = SCALES[1:4]
EVENING = 20
TITLE_SIZE, LEAD_SIZE, SMALL_SIZE = 13.0, 10.0, 8.0
MUTED = 0.25
LEGEND_SCALE = 0.67
LEGEND_SYMBOL = Box(0, 0, 30, 16)


@dataclass(frozen=True, slots=True)
class ChartMeta:
    """What stands around a chart: `facts` (name, value) at the top right, `sentence` under the title."""

    title: str
    agency: str
    facts: tuple[tuple[str, str], ...] = ()
    sentence: str = ""
    foot: str = ""


def sop_meta(sop: Sop) -> ChartMeta:
    """The cover facts that stand over the blank SOP."""
    cover = sop.cover
    facts = (
        ("Nomor SOP", cover.number),
        ("Tanggal Revisi", cover.revised),
        ("Tanggal Efektif", cover.effective),
    )
    return ChartMeta(f"SOP {cover.name.clean}", cover.unit, facts, foot=f"SOP Nomor {cover.number}")


def flowchart_pdf(sop: Sop, chart: Chart | None, meta: ChartMeta, *, issued: bool = False) -> bytes:
    """The chart as a PDF of its own; without `chart` the blank SOP. `issued` prints the issued wording.

    The same input gives the same bytes.
    """
    fonts.register()
    out = BytesIO()
    # Without it every page would name Helvetica, which is not embedded. The stub takes the name for a number.
    first_font: Any = fonts.REGULAR
    size = (PAGE_WIDTH, PAGE_HEIGHT)
    canvas = Canvas(out, pagesize=size, initialFontName=first_font, invariant=1, lang=LANGUAGE)
    canvas.setTitle(fonts.printable(meta.title))
    canvas.setSubject("")
    canvas.setAuthor(fonts.printable(meta.agency))
    canvas.setCreator(CREATOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    flowchart_pages(canvas, sop, chart, meta, issued=issued)
    canvas.save()
    return out.getvalue()


def flowchart_pages(
    canvas: Canvas, sop: Sop, chart: Chart | None, meta: ChartMeta, *, issued: bool = False, more: int = 0
) -> int:
    """Draw the chart on landscape pages of a canvas, each ended by showPage; returns how many.

    `more` pages follow in the same document and are counted in the page numbers.
    """
    lines = notes(chart, names=True) if chart else {}
    top = PAGE_HEIGHT - TOP - _head_height(meta, chart)
    room = top - BOTTOM

    def lay(scale: float, sheet: Sheet | None = None) -> Geometry:
        width = int((PAGE_WIDTH - 2 * SIDE) / scale)
        return layout(sop, PrintMeasure(), Options(width, complete=True, issued=issued, notes=lines), sheet)

    sheets = _sheets(sop, lay, room)
    for number, geometry in enumerate(sheets, start=1):
        scale = min((PAGE_WIDTH - 2 * SIDE) / geometry.width, room / geometry.height)
        _head(canvas, meta, chart)
        drawing = draw(geometry, chart)
        left = (PAGE_WIDTH - geometry.width * scale) / 2
        ChartCanvas(canvas, left, top, scale).paint((*drawing.body, *drawing.head))
        foot(canvas, meta, number, len(sheets) + more)
        canvas.showPage()
    return len(sheets)


def _sheets(sop: Sop, lay: Callable[..., Geometry], room: float) -> list[Geometry]:
    """One page at the largest readable scale that holds all, else as few pages as the comfortable scales allow."""
    for scale in SCALES:
        geometry = lay(scale)
        if geometry.height * scale <= room:
            return [geometry]
    return min((_split(sop, partial(lay, scale), room / scale) for scale in PAGED_SCALES), key=len)


def _split(sop: Sop, lay: Callable[..., Geometry], full: float) -> list[Geometry]:
    """The fewest pages no higher than `full` units, of about the same height."""
    pages = list(_filled(sop, lay, full))
    whole = lay()
    even = whole.head_height + (whole.height - whole.head_height) / len(pages)
    while even < full:
        evener = list(_filled(sop, lay, even))
        if len(evener) == len(pages):
            return evener
        even += EVENING
    return pages


def _filled(sop: Sop, lay: Callable[..., Geometry], height: float) -> Iterator[Geometry]:
    """Pages filled one after the other, no higher than `height` units, but for a page of one row."""
    rows = lay().rows
    first = 0
    while first < len(rows):
        fits = (i for i in range(first + 1, len(rows)) if rows[i].box.bottom - rows[first].box.y > height)
        end = next(fits, len(rows))
        geometry = lay(part(sop, first, end))
        while geometry.height > height and end > first + 1:
            end -= 1
            geometry = lay(part(sop, first, end))
        yield geometry
        first = end


def _head_height(meta: ChartMeta, chart: Chart | None) -> float:
    rows = max(len(meta.facts) * 11.0, 11 + TITLE_SIZE * 1.3)
    return rows + (18 if meta.sentence else 0) + (20 if chart else 0) + 8


def _head(canvas: Canvas, meta: ChartMeta, chart: Chart | None) -> None:
    y = PAGE_HEIGHT - TOP
    _print(canvas, SIDE, y - SMALL_SIZE, meta.agency, SMALL_SIZE, bold=True, grey=MUTED)
    _print(canvas, SIDE, y - 12 - TITLE_SIZE, meta.title, TITLE_SIZE, bold=True)
    names = max((fonts.text_width(name, SMALL_SIZE) for name, _ in meta.facts), default=0)
    values = max((fonts.text_width(value, SMALL_SIZE, bold=True) for _, value in meta.facts), default=0)
    for i, (name, value) in enumerate(meta.facts):
        line = y - SMALL_SIZE - i * 11
        _print(canvas, PAGE_WIDTH - SIDE - values - 10 - names, line, name, SMALL_SIZE, grey=MUTED)
        _print(canvas, PAGE_WIDTH - SIDE - values, line, value, SMALL_SIZE, bold=True)
    y = PAGE_HEIGHT - TOP - _head_height(meta, chart) + 8
    if chart:
        ChartCanvas(canvas, SIDE, y + 14, LEGEND_SCALE).paint(legend())
        y += 20
    if meta.sentence:
        _print(canvas, SIDE, y + 4, meta.sentence, LEAD_SIZE, bold=True)


def foot(canvas: Canvas, meta: ChartMeta, page: int, pages: int) -> None:
    """The small print at the foot of a page, with its number when there are more than one."""
    _print(canvas, SIDE, FOOT, meta.foot, SMALL_SIZE, grey=MUTED)
    if pages > 1:
        text = f"Halaman {page} dari {pages}"
        width = fonts.text_width(text, SMALL_SIZE)
        _print(canvas, PAGE_WIDTH - SIDE - width, FOOT, text, SMALL_SIZE, grey=MUTED)


def _print(
    canvas: Canvas, x: float, y: float, text: str, size: float, *, bold: bool = False, grey: float = 0.0
) -> None:
    canvas.setFillGray(grey)
    canvas.setFont(fonts.BOLD if bold else fonts.REGULAR, size)
    canvas.drawString(x, y, fonts.printable(text))


def legend() -> tuple[Item, ...]:
    """The signs of the states with their words, in a row from the origin."""
    return tuple(_legend())


def _legend() -> Iterator[Item]:
    x, measure = 0.0, PrintMeasure()
    box, line = LEGEND_SYMBOL, line_height(TextRole.CELL)

    def word(text: str, at: float) -> tuple[Words, float]:
        width = measure.width(text, TextRole.CELL)
        return Words(text, Box(at, box.cy - line / 2, width, line), TextRole.CELL), at + width + 24

    for kind in RowKind:
        yield from symbol(Symbol.BOX, Box(x, box.y, box.w, box.h), kind)
        words, x = word(WORDS[kind], x + box.w + 8)
        yield words
    yield from clock(x, box.cy - CLOCK / 2)
    words, x = word(LATE, x + CLOCK + 6)
    yield words
    yield from arrow(((x, box.cy), (x + 36, box.cy)), taken=True)
    words, x = word("Sudah dilalui", x + 44)
    yield words
