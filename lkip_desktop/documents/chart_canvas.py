"""Draws the flowchart's drawing list on a PDF page: vector, in tones that a monochrome printer keeps apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from lkip_desktop.documents import fonts
from lkip_desktop.sop.drawing import LOOKS, Area, Figure, Item, Point, Style, Words, corners
from lkip_desktop.sop.symbols import Symbol
from lkip_desktop.sop.text import TEXT_STYLES, TextRole

INKS = {
    "text": "#000000",
    "muted": "#3A4347",
    "line": "#8A9499",
    "outline": "#20282B",
    "accent": "#0B4655",
    "warn": "#000000",
}
FILLS = {
    "surface": "#FFFFFF",
    "panel": "#F0F2F3",
    "tint": "#EDF2F4",
    "done": "#D3D8DA",
    "accent": "#0B4655",
    "text": "#000000",
    "outline": "#20282B",
}
ASCENT, DESCENT = 0.905, 0.212
"""Of Liberation Sans, in parts of the size."""


class PrintMeasure:
    """Measures text in the font that is printed."""

    def width(self, text: str, role: TextRole) -> float:
        style = TEXT_STYLES[role]
        return _width(text, style.size, style.bold)


@cache
def _width(text: str, size: float, bold: bool) -> float:
    return fonts.text_width(fonts.printable(text), size, bold=bold)


class ChartCanvas:
    """A place on a page for drawing items: `left` and `top` in points from the page's lower left corner."""

    def __init__(self, canvas: Canvas, left: float, top: float, scale: float) -> None:
        self._canvas, self._left, self._top, self._scale = canvas, left, top, scale

    def paint(self, items: Iterable[Item]) -> None:
        """Draw items in order; their units are scaled to points."""
        for item in items:
            if isinstance(item, Words):
                self._words(item)
            else:
                self._lines(item)

    def _x(self, x: float) -> float:
        return self._left + x * self._scale

    def _y(self, y: float) -> float:
        return self._top - y * self._scale

    def _lines(self, item: Item) -> None:
        if isinstance(item, Words):
            return
        stroked, filled = self._prepare(item.style)
        if isinstance(item, Figure) and item.symbol is Symbol.CAPSULE:
            box, scale = item.box, self._scale
            radius = min(box.w, box.h) / 2 * scale
            self._canvas.roundRect(
                self._x(box.x), self._y(box.bottom), box.w * scale, box.h * scale, radius, stroked, filled
            )
            return
        closed = isinstance(item, Area | Figure)
        points = corners(item.symbol, item.box) if isinstance(item, Figure) else item.points
        self._polygon(points, closed, stroked, filled)

    def _polygon(self, points: Sequence[Point], closed: bool, stroked: int, filled: int) -> None:
        path = self._canvas.beginPath()
        path.moveTo(self._x(points[0][0]), self._y(points[0][1]))
        for x, y in points[1:]:
            path.lineTo(self._x(x), self._y(y))
        if closed:
            path.close()
        self._canvas.drawPath(path, stroke=stroked, fill=filled)

    def _prepare(self, style: Style) -> tuple[int, int]:
        """Set pen and brush; returns what to do with them: stroke, fill."""
        look = LOOKS[style]
        if look.ink:
            self._canvas.setStrokeColor(_colour(INKS[look.ink]))
            width = look.width * self._scale
            self._canvas.setLineWidth(width)
            self._canvas.setDash([part * width for part in look.dash] if look.dash else [])
        if look.fill:
            self._canvas.setFillColor(_colour(FILLS[look.fill]))
        return int(bool(look.ink)), int(bool(look.fill))

    def _words(self, item: Words) -> None:
        style, text = TEXT_STYLES[item.role], fonts.printable(item.text)
        free = item.box.w - _width(item.text, style.size, style.bold)
        x = item.box.x + free * (item.align + 1) / 2
        baseline = item.box.cy + (ASCENT - DESCENT) / 2 * style.size
        self._canvas.setFillColor(_colour(INKS[style.ink]))
        self._canvas.setFont(fonts.BOLD if style.bold else fonts.REGULAR, style.size * self._scale)
        self._canvas.drawString(self._x(x), self._y(baseline), text)


@cache
def _colour(name: str) -> Color:
    return HexColor(name)
