"""Draws any letter as PDF: the same input always gives the same bytes, and the font is inside."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from lkip_desktop.documents import fonts
from lkip_desktop.documents.letter import Letter
from lkip_desktop.documents.letter_flow import flow
from lkip_desktop.documents.letter_marks import draw_qr
from lkip_desktop.documents.letter_pen import Pen
from lkip_desktop.documents.letter_style import letter_style
from lkip_desktop.errors import UserError

LANGUAGE = "id-ID"
CREATOR = "LKIP Desktop"
GREY = 0.35
LINES = 1.25
"""The leading of the small print as a share of its size."""

_TOO_LONG = (
    "“{title}” tidak dapat dibuat: salah satu isiannya terlalu panjang untuk satu halaman. Persingkat isian itu, atau "
    "perkecil huruf dan tepi surat dalam Profil instansi, lalu ulangi."
)


def letter_pdf(first: Letter, *more: Letter) -> bytes:
    """The PDF of a letter, or of several that begin a page each.

    Raises UserError when a part that cannot be torn is taller than a page.
    """
    letters = (first, *more)
    pens = [Pen(letter_style(letter.look)) for letter in letters]
    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=pens[0].measure.page,
        title=fonts.printable(first.title),
        author=fonts.printable(first.author),
        creator=CREATOR,
        lang=LANGUAGE,
        subject="",
        displayDocTitle=True,
        initialFontName=pens[0].measure.font.regular,
        invariant=1,
        pageTemplates=[_template(str(n), *pair) for n, pair in enumerate(zip(letters, pens, strict=True))],
    )
    story: list[Flowable] = []
    for number, (letter, pen) in enumerate(zip(letters, pens, strict=True)):
        story += [NextPageTemplate(str(number)), PageBreak()] if number else []
        story += flow(letter, pen)
    try:
        document.build(story)
    except LayoutError as error:
        raise UserError(_TOO_LONG.format(title=first.title)) from error
    return out.getvalue()


def _template(name: str, letter: Letter, pen: Pen) -> PageTemplate:
    style = pen.measure
    frame = Frame(style.left, style.bottom, *style.inner, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    return PageTemplate(id=name, frames=[frame], onPage=_small_print(letter, pen), pagesize=style.page)


def _small_print(letter: Letter, pen: Pen) -> Callable[[Canvas, Any], None]:
    """What stands below the text of each page: the lines of the footer, the page's number in the letter, the code."""
    style = pen.measure
    face, size = style.font.regular, style.footer_size
    right = style.page[0] - style.right
    edge = right - (style.qr[0] + style.gap if letter.qr else 0)
    room = edge - style.left - pen.width("Halaman 000", size) - style.gap
    lines = [part for line in letter.footer for part in simpleSplit(fonts.printable(line, face), face, size, room)]
    pages = 0

    def draw(canvas: Canvas, document: Any) -> None:
        nonlocal pages
        pages += 1
        canvas.saveState()
        canvas.setFont(face, size)
        canvas.setFillGray(GREY)
        for place, line in enumerate(lines):
            canvas.drawString(style.left, style.footer_baseline - place * size * LINES, line)
        if pages > 1 and lines:
            canvas.drawRightString(edge, style.footer_baseline, f"Halaman {pages}")
        canvas.restoreState()
        if letter.qr:
            draw_qr(canvas, letter.qr, right - style.qr[0], style.qr[1], style.qr[0])

    return draw
