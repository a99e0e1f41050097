"""Paints the flowchart's drawing list with Qt, every line on whole device pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from lkip_desktop.sop.drawing import LOOKS, Area, Figure, Item, Point, Stroke, Style, Words, corners
from lkip_desktop.sop.symbols import Box, Symbol
from lkip_desktop.sop.text import TEXT_STYLES, TextRole
from ui.tokens import Tokens

LINE_OF = {Style.TIP: Style.EDGE, Style.TIP_TAKEN: Style.EDGE_TAKEN}
"""An arrow's head stands on the middle of its line."""


@dataclass(frozen=True)
class Fonts:
    """The chart's fonts at one zoom. Sizes are whole pixels, since text measured and set otherwise drifts apart."""

    family: str
    zoom: float

    @cached_property
    def _made(self) -> dict[TextRole, tuple[QFont, QFontMetricsF]]:
        return {role: self._make(role) for role in TextRole}

    @cached_property
    def _widths(self) -> dict[tuple[str, TextRole], float]:
        return {}

    def _make(self, role: TextRole) -> tuple[QFont, QFontMetricsF]:
        style = TEXT_STYLES[role]
        font = QFont(self.family)
        font.setPixelSize(max(round(style.size * self.zoom), 1))
        if style.bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font, QFontMetricsF(font)

    def font(self, role: TextRole) -> QFont:
        return self._made[role][0]

    def metrics(self, role: TextRole) -> QFontMetricsF:
        return self._made[role][1]

    def width(self, text: str, role: TextRole) -> float:
        """The width of a text in drawing units (pixels at 100 %)."""
        key = (text, role)
        if key not in self._widths:
            self._widths[key] = self._made[role][1].horizontalAdvance(text) / self.zoom
        return self._widths[key]


@lru_cache(maxsize=8)
def fonts_for(family: str, zoom: float) -> Fonts:
    """The fonts of a zoom, kept with the widths that were measured, since a window lays out anew at each resize."""
    return Fonts(family, zoom)


@dataclass(frozen=True, slots=True)
class _Path:
    """`smooth` is False for what lies on the grid: it looks the same without smoothing and is painted faster."""

    top: float
    bottom: float
    path: QPainterPath
    pen: QPen
    brush: QBrush
    smooth: bool


@dataclass(frozen=True, slots=True)
class _Text:
    top: float
    bottom: float
    at: QPointF
    text: str
    font: QFont
    pen: QPen


class Painting:
    """A list of items made ready for one zoom, device pixel ratio and colour scheme; painted as often as needed."""

    def __init__(self, items: Sequence[Item], fonts: Fonts, ratio: float, tokens: Tokens) -> None:
        self._fonts, self._ratio, self._tokens = fonts, ratio, tokens
        self._scale = fonts.zoom * ratio
        self._pens = {style: self._pen(style) for style in Style}
        self._brushes = {style: self._brush(style) for style in Style}
        self._inks = {role: QPen(QColor(getattr(tokens, TEXT_STYLES[role].ink))) for role in TextRole}
        self._ready = [self._prepare(item) for item in items]

    def paint(self, painter: QPainter, top: float, bottom: float) -> None:
        """Paint what lies between two heights (logical pixels of the painter)."""
        for item in self._ready:
            if item.bottom < top or item.top > bottom:
                continue
            painter.setPen(item.pen)
            if isinstance(item, _Text):
                painter.setFont(item.font)
                painter.drawText(item.at, item.text)
            else:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, item.smooth)
                painter.setBrush(item.brush)
                painter.drawPath(item.path)

    def _pen(self, style: Style) -> QPen:
        look = LOOKS[style]
        if not look.ink:
            return QPen(Qt.PenStyle.NoPen)
        pen = QPen(QColor(getattr(self._tokens, look.ink)), self._thickness(style) / self._ratio)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if look.dash:
            pen.setDashPattern(list(look.dash))
        return pen

    def _brush(self, style: Style) -> QBrush:
        fill = LOOKS[style].fill
        return QBrush(QColor(getattr(self._tokens, fill))) if fill else QBrush(Qt.BrushStyle.NoBrush)

    def _thickness(self, style: Style) -> int:
        """A line's width in whole device pixels."""
        return max(round(LOOKS[style].width * self._scale), 1)

    def _snap(self, value: float, style: Style) -> float:
        """A place on the device's grid: lines of odd width run through the middle of a pixel."""
        half = 0.5 if LOOKS[style].ink and self._thickness(style) % 2 else 0.0
        return (round(value * self._scale) + half) / self._ratio

    def _points(self, points: Sequence[Point], style: Style) -> QPolygonF:
        return QPolygonF([QPointF(self._snap(x, style), self._snap(y, style)) for x, y in points])

    def _prepare(self, item: Item) -> _Path | _Text:
        if isinstance(item, Words):
            return self._text(item)
        path = QPainterPath()
        if isinstance(item, Stroke):
            path.addPolygon(self._points(item.points, item.style))
        elif isinstance(item, Area):
            path.addPolygon(self._area(item))
        else:
            self._add_figure(path, item)
        extent = path.boundingRect().adjusted(-4, -4, 4, 4)
        pen, brush = self._pens[item.style], self._brushes[item.style]
        return _Path(extent.top(), extent.bottom(), path, pen, brush, not _on_grid(item))

    def _area(self, item: Area) -> QPolygonF:
        """A rectangle on the grid; an arrow's head with its point on the line's grid and its shape unbent."""
        if len(item.points) == 4:
            return self._points(item.points, item.style)
        (x, y), zoom = item.points[0], self._fonts.zoom
        line = LINE_OF.get(item.style, item.style)
        tip = QPointF(self._snap(x, line), self._snap(y, line))
        return QPolygonF([tip + QPointF((px - x) * zoom, (py - y) * zoom) for px, py in item.points])

    def _add_figure(self, path: QPainterPath, item: Figure) -> None:
        if item.symbol is Symbol.CAPSULE:
            rect = self._rect(item.box, item.style)
            radius = min(rect.width(), rect.height()) / 2
            path.addRoundedRect(rect, radius, radius)
        else:
            path.addPolygon(self._points(corners(item.symbol, item.box), item.style))
            path.closeSubpath()

    def _rect(self, box: Box, style: Style) -> QRectF:
        a = QPointF(self._snap(box.x, style), self._snap(box.y, style))
        return QRectF(a, QPointF(self._snap(box.right, style), self._snap(box.bottom, style)))

    def _text(self, item: Words) -> _Text:
        zoom, metrics = self._fonts.zoom, self._fonts.metrics(item.role)
        free = item.box.w * zoom - metrics.horizontalAdvance(item.text)
        x = item.box.x * zoom + free * (item.align + 1) / 2
        middle = (item.box.y + item.box.h / 2) * zoom
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        at = QPointF(self._whole(x), self._whole(baseline))
        font, pen = self._fonts.font(item.role), self._inks[item.role]
        return _Text(middle - metrics.height(), middle + metrics.height(), at, item.text, font, pen)

    def _whole(self, value: float) -> float:
        return round(value * self._ratio) / self._ratio


def _on_grid(item: Stroke | Area | Figure) -> bool:
    """Whether an item has only level and upright sides."""
    if isinstance(item, Figure):
        return item.symbol is Symbol.BOX
    sides = zip(item.points, (*item.points[1:], *item.points[:1]), strict=True)
    kept = list(sides)[:-1] if isinstance(item, Stroke) else sides
    return all(a[0] == b[0] or a[1] == b[1] for a, b in kept)
