"""The bundled fonts that every PDF embeds: registering them, and what they can print."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
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
ARIAL = "Arial"
# Printed for a character that the font lacks: a reader sees that something stood here, which a box would hide.
STAND_IN = "?"


@dataclass(frozen=True, slots=True)
class Family:
    """A font of letters: the names of its two faces in reportlab."""

    regular: str
    bold: str


@cache
def register() -> None:
    """Make the four faces of Liberation Sans known to reportlab under their names here, as one family."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    # Fonts and pictures as they are, not spelt in letters for the mail of old: a quarter less, and sooner made.
    rl_config.useA85 = 0
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(assets.font(file))))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


@cache
def family(name: str) -> Family:
    """The faces of a font named in ``letter.toml``, registered; those of Arial for a name that is not there."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    register()
    known = assets.toml("letter.toml")["fonts"]
    if name == ARIAL or name not in known:
        return Family(REGULAR, BOLD)
    regular, bold = (file.removesuffix(".ttf") for file in known[name])
    for face in (regular, bold):
        pdfmetrics.registerFont(TTFont(face, str(assets.font(f"{face}.ttf"))))
    pdfmetrics.registerFontFamily(regular, normal=regular, bold=bold, italic=regular, boldItalic=bold)
    return Family(regular, bold)


def text_width(text: str, size: float, *, bold: bool = False, face: str = "") -> float:
    """The width of a line in points at a type size in points; without a `face`, in Arial's own widths."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    return float(stringWidth(text, face or (BOLD if bold else REGULAR), size))


def printable(text: str, face: str = REGULAR) -> str:
    """The text with only what the font can show: invisible marks go, a character that is missing becomes ``?``."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    known = _glyphs(face)
    return "".join(_shown(char, known) for char in composed)


def unprintable(text: str) -> str:
    """The characters of a text that the font of reports lacks, each once."""
    known = _glyphs(REGULAR)
    letters = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(char for char in letters if char != STAND_IN and _shown(char, known) == STAND_IN)


def _shown(char: str, known: dict[int, Any]) -> str:
    if char in "\n\t":
        return char
    if unicodedata.category(char) in ("Cc", "Cf", "Cs"):
        return ""
    if ord(char) in known:
        return char
    return "" if unicodedata.category(char) in ("Mn", "Me", "Sk") else STAND_IN


@cache
def _glyphs(face: str) -> dict[int, Any]:
    from reportlab.pdfbase.pdfmetrics import getFont

    register()
    font: Any = getFont(face)
    glyphs: dict[int, Any] = font.face.charToGlyph
    return glyphs
