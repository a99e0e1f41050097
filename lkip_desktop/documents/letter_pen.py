"""Sets text in a letter's font and sizes: paragraphs of plain text, in which nothing is markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from lkip_desktop.documents import fonts
from lkip_desktop.documents.letter import Look
from lkip_desktop.documents.letter_style import LetterStyle, letter_style

Align = Literal[0, 1, 2, 4]
LEFT: Align = 0
CENTRE: Align = 1
RIGHT: Align = 2
JUSTIFIED: Align = 4


class Text(Paragraph):
    """A paragraph that breaks its lines once for a width: tables ask twice, and once more to draw."""

    _known: tuple[float, tuple[float, float]] | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        # reportlab forgets the lines when it finds no room for them on a page.
        if self._known is None or self._known[0] != width or not hasattr(self, "blPara"):
            self._known = (width, super().wrap(width, height))
        return self._known[1]


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in one letter's style."""

    measure: LetterStyle

    def text(
        self,
        content: str,
        align: Align = LEFT,
        *,
        bold: bool = False,
        size: float = 0,
        leading: float = 0,
        indent: float = 0,
    ) -> Text:
        """A paragraph; its line breaks stay. Sizes in points, 0 for the letter's own; `indent` is of its first line."""
        font = self.measure.font.bold if bold else self.measure.font.regular
        style = _style(self.measure, align, font, size or self.measure.size, leading, indent)
        return Text("", style, frags=list(_pieces(fonts.printable(content, font), style)))

    def width(self, content: str, size: float = 0, *, bold: bool = False) -> float:
        """The width of a line in points."""
        face = self.measure.font.bold if bold else self.measure.font.regular
        return fonts.text_width(fonts.printable(content, face), size or self.measure.size, face=face)

    @property
    def plain(self) -> list[Any]:
        """The commands of a table without lines and padding.

        reportlab sets even an empty cell, in Helvetica unless told: that font would then be in the file, not embedded.
        """
        pads = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
        return [
            ("FONTNAME", (0, 0), (-1, -1), self.measure.font.regular),
            *((name, (0, 0), (-1, -1), 0) for name in pads),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]


def plain_pen() -> Pen:
    """The pen of a letter that the office has set in no way of its own."""
    return Pen(letter_style(Look()))


@cache
def _style(measure: LetterStyle, align: Align, font: str, size: float, leading: float, indent: float) -> ParagraphStyle:
    return ParagraphStyle(
        "letter",
        fontName=font,
        fontSize=size,
        leading=leading or size * measure.leading / measure.size,
        alignment=align,
        firstLineIndent=indent,
        embeddedHyphenation=int(align == JUSTIFIED),
    )


def _pieces(content: str, style: ParagraphStyle) -> Iterator[ParaFrag]:
    """What reportlab's parser would make of the text: ours holds no markup, and looking for it takes time."""
    fixed: dict[str, Any] = {
        "fontName": style.fontName,
        "fontSize": style.fontSize,
        "textColor": style.textColor,
        "rise": 0,
        "greek": 0,
        "link": [],
        "bold": 0,
        "italic": 0,
        "us_lines": [],
    }
    for number, line in enumerate(content.split("\n")):
        if number:
            yield ParaFrag(text="", lineBreak=True, **fixed)
        yield ParaFrag(text=line.strip(" \t"), **fixed)
