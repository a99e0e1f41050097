"""Liberation Sans, metric-compatible with Arial and embedded in every PDF: registering it, and what it can print."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from lkip_desktop.documents import assets

REGULAR, BOLD, ITALIC, BOLD_ITALIC = (
    "LiberationSans",
    "LiberationSans-Bold",
    "LiberationSans-Italic",
    "LiberationSans-BoldItalic",
)
_FILES = {
    REGULAR: "LiberationSans-Regular.ttf",
    BOLD: "LiberationSans-Bold.ttf",
    ITALIC: "LiberationSans-Italic.ttf",
    BOLD_ITALIC: "LiberationSans-BoldItalic.ttf",
}
# Printed for a character that the font lacks: a reader sees that something stood here, which a box would hide.
STAND_IN = "?"


@cache
def register() -> None:
    """Make the four faces known to reportlab under their names here, as one family."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(assets.font(file))))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in points at a type size in points; Arial's is the same."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    return float(stringWidth(text, BOLD if bold else REGULAR, size))


def printable(text: str) -> str:
    """The text with only what the font can show: invisible marks go, a character that is missing becomes ``?``."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    known = _glyphs()
    return "".join(_shown(char, known) for char in composed)


def _shown(char: str, known: dict[int, Any]) -> str:
    if char in "\n\t":
        return char
    if unicodedata.category(char) in ("Cc", "Cf", "Cs"):
        return ""
    if ord(char) in known:
        return char
    return "" if unicodedata.category(char) in ("Mn", "Me", "Sk") else STAND_IN


@cache
def _glyphs() -> dict[int, Any]:
    from reportlab.pdfbase.pdfmetrics import getFont

    register()
    font: Any = getFont(REGULAR)
    glyphs: dict[int, Any] = font.face.charToGlyph
    return glyphs
