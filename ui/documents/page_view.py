"""Shows the pages of a PDF one below the other, sharp on every screen; a page is rendered when it comes into view."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QRunnable, QSize, QSizeF, Qt, QThreadPool, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.documents.pages import Pages
from ui.tokens import GRID, Tokens

MARGIN = GRID * 2
PIXELS_A_POINT = 96 / 72
"""How many logical pixels a point has at a zoom of 1."""

STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


class Fit(Enum):
    """What the zoom follows when the window changes."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


class _Told(QObject):
    rendered = Signal(int, float, QImage)


class _Render(QRunnable):
    def __init__(self, pages: Pages, index: int, scale: float, told: _Told) -> None:
        super().__init__()
        self._pages, self._index, self._scale, self._told = pages, index, scale, told

    def run(self) -> None:
        image = self._pages.image(self._index, self._scale)
        self._told.rendered.emit(self._index, self._scale, image)


class PageView(QAbstractScrollArea):
    """A scrolled column of pages. Closing is by `finish`, which waits for the renderer."""

    pageChanged = Signal(int)  # from 0
    zoomChanged = Signal(float)

    def __init__(self, pages: Pages, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages, self._tokens = pages, tokens
        self._zoom, self._fit, self._page = 1.0, Fit.WIDTH, 0
        self._images: dict[int, tuple[float, QImage]] = {}
        self._asked: dict[int, float] = {}
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._told = _Told()
        self._told.rendered.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMinimumSize(QSize(GRID * 20, GRID * 12))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        self._name()

    # What others see

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def fit(self) -> Fit:
        return self._fit

    @property
    def page(self) -> int:
        """The page (from 0) that fills most of the view."""
        return self._page

    def image(self, index: int) -> QImage | None:
        """What is shown of a page, or None until it has been rendered at the present zoom."""
        scale, image = self._images.get(index, (0.0, QImage()))
        return image if scale == self._scale() else None

    def page_rect(self, index: int) -> QRect:
        """Where a page (from 0) is, in pixels of the viewport."""
        top = MARGIN + sum(self._height(i) + MARGIN for i in range(index))
        width = self._width(index)
        left = max((self.viewport().width() - width) // 2, MARGIN) - self.horizontalScrollBar().value()
        return QRect(left, top - self.verticalScrollBar().value(), width, self._height(index))

    def go_to(self, page: int) -> None:
        page = min(max(page, 0), len(self._pages.sizes) - 1)
        self.verticalScrollBar().setValue(sum(self._height(i) + MARGIN for i in range(page)))
        self._scrolled()

    def set_fit(self, fit: Fit) -> None:
        self._fit = fit
        self._follow()

    def set_zoom(self, zoom: float) -> None:
        self._fit = Fit.FREE
        self._set_zoom(zoom)

    def zoom_in(self) -> None:
        self.set_zoom(next((step for step in STEPS if step > self._zoom + 0.005), STEPS[-1]))

    def zoom_out(self) -> None:
        self.set_zoom(next((step for step in reversed(STEPS) if step < self._zoom - 0.005), STEPS[0]))

    def set_tokens(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self.viewport().update()

    def finish(self) -> None:
        """Stop rendering, and wait for what has begun."""
        self._pool.clear()
        self._pool.waitForDone()

    # Sizes

    def _width(self, index: int) -> int:
        return round(self._pages.sizes[index].width() * PIXELS_A_POINT * self._zoom)

    def _height(self, index: int) -> int:
        return round(self._pages.sizes[index].height() * PIXELS_A_POINT * self._zoom)

    def _scale(self) -> float:
        """Device pixels a point."""
        return PIXELS_A_POINT * self._zoom * self.devicePixelRatioF()

    def _largest(self) -> QSizeF:
        sizes = self._pages.sizes
        return QSizeF(max(s.width() for s in sizes), max(s.height() for s in sizes)) * PIXELS_A_POINT

    def _follow(self) -> None:
        if self._fit is Fit.FREE:
            self._measure()
            return
        size = self._largest()
        # The scroll bar's room is kept free, or the width would jump when it appears.
        width = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * MARGIN
        zoom = width / size.width()
        if self._fit is Fit.PAGE:
            zoom = min(zoom, (self.viewport().height() - 2 * MARGIN) / size.height())
        self._set_zoom(zoom)

    def _set_zoom(self, zoom: float) -> None:
        here, page = self._offset(), self._page
        self._zoom = min(max(zoom, STEPS[0]), STEPS[-1])
        self._measure()
        top = sum(self._height(i) + MARGIN for i in range(page))
        self.verticalScrollBar().setValue(top + round(here * self._height(page)))
        self.zoomChanged.emit(self._zoom)
        self._scrolled()

    def _offset(self) -> float:
        """How far the present page is scrolled, as a part of its height."""
        return (MARGIN - self.page_rect(self._page).top()) / max(self._height(self._page), 1)

    def _measure(self) -> None:
        count = len(self._pages.sizes)
        height = MARGIN + sum(self._height(i) + MARGIN for i in range(count))
        width = max(self._width(i) for i in range(count)) + 2 * MARGIN
        view = self.viewport().size()
        for bar, whole, seen in (
            (self.verticalScrollBar(), height, view.height()),
            (self.horizontalScrollBar(), width, view.width()),
        ):
            bar.setRange(0, max(whole - seen, 0))
            bar.setPageStep(seen)
            bar.setSingleStep(GRID * 5)

    def _visible(self) -> list[int]:
        seen = self.viewport().rect()
        return [i for i in range(len(self._pages.sizes)) if self.page_rect(i).intersects(seen)]

    def _scrolled(self) -> None:
        seen = self.viewport().rect()
        parts = {i: self.page_rect(i).intersected(seen).height() / max(self._height(i), 1) for i in self._visible()}
        page = max(parts, key=lambda i: (parts[i], -i)) if parts else 0
        if page != self._page:
            self._page = page
            self._name()
            self.pageChanged.emit(page)
        self.viewport().update()

    def _name(self) -> None:
        self.setAccessibleName(f"Pratinjau, halaman {self._page + 1} dari {len(self._pages.sizes)}")

    # Rendering

    def _ask(self, index: int) -> None:
        scale = self._scale()
        if self._images.get(index, (0.0, None))[0] != scale and self._asked.get(index) != scale:
            self._asked[index] = scale
            self._pool.start(_Render(self._pages, index, scale, self._told))

    def _arrived(self, index: int, scale: float, image: QImage) -> None:
        if scale != self._scale():
            return
        self._asked.pop(index, None)
        self._images[index] = (scale, image)
        near = range(min(self._visible(), default=0) - 2, max(self._visible(), default=0) + 3)
        self._images = {i: kept for i, kept in self._images.items() if i in near}
        self.viewport().update()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._tokens.window))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index in self._visible():
            self._paint(painter, index)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._tokens.focus), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint(self, painter: QPainter, index: int) -> None:
        rect = self.page_rect(index)
        painter.fillRect(rect, Qt.GlobalColor.white)
        self._ask(index)
        scale, image = self._images.get(index, (0.0, QImage()))
        if not image.isNull():
            # One image pixel on one device pixel; until the sharp one arrives, the old one stretched.
            exact = QSizeF(image.size()) / self.devicePixelRatioF()
            painter.drawImage(QRectF(rect.topLeft(), exact) if scale == self._scale() else QRectF(rect), image)
        painter.setPen(QColor(self._tokens.line))
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(len(self._pages.sizes) - 1),
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        else:
            move()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y() > 0:
            self.zoom_in()
        else:
            self.zoom_out()
