"""Draws any letter as PDF: the same input always gives the same bytes, and the font is inside."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from lkip_desktop.documents import fonts
from lkip_desktop.documents.letter import Letter
from lkip_desktop.documents.letter_flow import flow
from lkip_desktop.documents.letter_style import letter_style, paper_size
from lkip_desktop.errors import UserError

LANGUAGE = "id-ID"
CREATOR = "LKIP Desktop"
GREY = 0.35

_TOO_LONG = (
    "“{title}” tidak dapat dibuat: salah satu isiannya terlalu panjang untuk satu halaman. Persingkat isian itu, lalu "
    "ulangi."
)


def letter_pdf(letter: Letter) -> bytes:
    """The PDF of a letter. Raises UserError when a part that cannot be torn is taller than a page."""
    fonts.register()
    style = letter_style()
    width, height = paper_size(letter.paper)
    inner = (width - style.left - style.right, height - style.top - style.bottom)
    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=(width, height),
        title=fonts.printable(letter.title),
        author=fonts.printable(letter.author),
        creator=CREATOR,
        lang=LANGUAGE,
        displayDocTitle=True,
        initialFontName=fonts.REGULAR,
        invariant=1,
        pageTemplates=[_template(letter, width, inner)],
    )
    story: list[Flowable] = flow(letter, *inner)
    try:
        document.build(story)
    except LayoutError as error:
        raise UserError(_TOO_LONG.format(title=letter.title)) from error
    return out.getvalue()


def _template(letter: Letter, page_width: float, inner: tuple[float, float]) -> PageTemplate:
    style = letter_style()
    frame = Frame(style.left, style.bottom, *inner, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    def small_print(canvas: Canvas, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(fonts.REGULAR, style.footer_size)
        canvas.setFillGray(GREY)
        canvas.drawString(style.left, style.footer_baseline, fonts.printable(letter.footer))
        if canvas.getPageNumber() > 1:
            right = page_width - style.right
            canvas.drawRightString(right, style.footer_baseline, f"Halaman {canvas.getPageNumber()}")
        canvas.restoreState()

    return PageTemplate(id="letter", frames=[frame], onPage=small_print)
