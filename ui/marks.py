"""Small marks that stand before a word of state, drawn in the colours of the scheme, sharp at every scale."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

SIZE = 14
"""Pixels at 100 %."""


def icon(kind: str, colour: str) -> QIcon:
    """A mark of MARKS as an icon; pixmaps for 100 to 300 %."""
    made = QIcon()
    for scale in (1.0, 1.5, 2.0, 3.0):
        made.addPixmap(pixmap(kind, colour, scale))
    return made


def pixmap(kind: str, colour: str, scale: float) -> QPixmap:
    """A mark of MARKS for a screen of a device pixel ratio."""
    picture = QPixmap(round(SIZE * scale), round(SIZE * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    MARKS[kind](painter, QColor(colour))
    painter.end()
    return picture


def _running(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(4, 3), QPointF(11, 7), QPointF(4, 11)]))


def _near(painter: QPainter, _: QColor) -> None:
    painter.drawEllipse(QRectF(2, 2, 10, 10))
    painter.drawPolyline(QPolygonF([QPointF(7, 4), QPointF(7, 7), QPointF(9, 8.5)]))


def _late(painter: QPainter, _: QColor) -> None:
    painter.drawPolygon(QPolygonF([QPointF(7, 2), QPointF(12.5, 12), QPointF(1.5, 12)]))
    painter.drawLine(QPointF(7, 6), QPointF(7, 8.3))
    painter.drawPoint(QPointF(7, 10.2))


def _closed(painter: QPainter, _: QColor) -> None:
    painter.drawPolyline(QPolygonF([QPointF(2, 7.5), QPointF(5.5, 11), QPointF(12, 3.5)]))


def _bad(painter: QPainter, _: QColor) -> None:
    painter.drawLine(QPointF(3, 3), QPointF(11, 11))
    painter.drawLine(QPointF(11, 3), QPointF(3, 11))


def _info(painter: QPainter, _: QColor) -> None:
    painter.drawEllipse(QRectF(1.5, 1.5, 11, 11))
    painter.drawLine(QPointF(7, 6.5), QPointF(7, 10))
    painter.drawPoint(QPointF(7, 4))


MARKS: dict[str, Callable[[QPainter, QColor], None]] = {
    "running": _running,
    "near": _near,
    "late": _late,
    "closed": _closed,
    "bad": _bad,
    "info": _info,
}
