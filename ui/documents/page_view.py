"""Shows the pages of a PDF, sharp on every screen; a page is rendered beside the window when it comes into view."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.documents.pages import Pages
from ui.documents.renderer import Renderer, Wish
from ui.documents.sheets import MARGIN, PIXELS_A_POINT, Sheets, desk_size
from ui.documents.text_layer import Box
from ui.tokens import GRID, Tokens

STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_WHOLE = 6_000_000
"""Pixels up to which a page is rendered whole; of a larger one only what is seen, or 400 % would take 100 MB a page."""


class Fit(Enum):
    """What the zoom follows when the window changes."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


class PageView(QAbstractScrollArea):
    """The pages on their desk. Closing is by `finish`, which waits for the renderer."""

    pageChanged = Signal(int)  # from 0
    zoomChanged = Signal(float)
    layoutChanged = Signal()

    def __init__(self, pages: Pages, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages, self._tokens = pages, tokens
        self._zoom, self._fit, self._page, self._columns = 1.0, Fit.WIDTH, 0, 1
        self._sheets = Sheets(pages.sizes, 1.0, 1, 0)
        self._images: dict[int, tuple[Wish, QImage]] = {}
        self._coarse: dict[int, QImage] = {}
        self.renderer = Renderer(pages, self)
        self.renderer.rendered.connect(self._arrived)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMinimumSize(QSize(GRID * 20, GRID * 12))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self._name()

    # What others see

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def fit(self) -> Fit:
        return self._fit

    @property
    def columns(self) -> int:
        """1, or 2 for pages side by side."""
        return self._columns

    @property
    def page(self) -> int:
        """The page (from 0) that fills most of the view."""
        return self._page

    @property
    def count(self) -> int:
        return len(self._pages.sizes)

    def image(self, index: int) -> QImage | None:
        """What is shown of a page, or None until it has been rendered at the present zoom."""
        wish, image = self._images.get(index, (None, QImage()))
        return image if wish is not None and wish == self._wish(index) else None

    def page_rect(self, index: int) -> QRect:
        """Where a page (from 0) is, in pixels of the viewport."""
        return self._sheets.rect(index).translated(-self._origin())

    def point_on(self, index: int, place: QPoint) -> tuple[float, float]:
        """A place of the viewport in points from the upper left corner of a page."""
        off = place - self.page_rect(index).topLeft()
        return off.x() / (PIXELS_A_POINT * self._zoom), off.y() / (PIXELS_A_POINT * self._zoom)

    def box_rect(self, index: int, box: Box) -> QRectF:
        """Where a box in points of a page is, in pixels of the viewport."""
        k, corner = PIXELS_A_POINT * self._zoom, self.page_rect(index).topLeft()
        return QRectF(corner.x() + box[0] * k, corner.y() + box[1] * k, (box[2] - box[0]) * k, (box[3] - box[1]) * k)

    def page_at(self, place: QPoint) -> int:
        """The page at a place of the viewport, or the nearest."""
        spot = place + self._origin()
        return self._sheets.at(spot.x(), spot.y())

    def go_to(self, page: int) -> None:
        page = min(max(page, 0), self.count - 1)
        self.verticalScrollBar().setValue(self._sheets.top(page))
        self._settle(page)

    def go_to_box(self, page: int, box: Box) -> None:
        """Bring a box in points of a page into the view, in the middle when it was not in it."""
        rect = self.box_rect(page, box).toRect()
        if not self.viewport().rect().adjusted(0, GRID, 0, -GRID).contains(rect):
            middle = rect.center() - self.viewport().rect().center()
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + middle.y())
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + middle.x())
        self._settle(page)

    def set_fit(self, fit: Fit) -> None:
        self._fit = fit
        self._follow()

    def set_columns(self, columns: int) -> None:
        self._columns = columns
        page = self._page
        self._measure()
        self._follow()
        self.go_to(page)
        self.layoutChanged.emit()

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
        self.renderer.finish()

    # Sizes

    def _origin(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _scale(self) -> float:
        """Device pixels a point."""
        return PIXELS_A_POINT * self._zoom * self.devicePixelRatioF()

    def _follow(self) -> None:
        if self._fit is Fit.FREE:
            self._measure()
            self._scrolled()
            return
        size = desk_size(self._pages.sizes, self._columns)
        # The scroll bar's room is kept free, or the width would jump when it appears.
        width = self.width() - self.verticalScrollBar().sizeHint().width() - (self._columns + 1) * MARGIN
        zoom = width / size.width()
        if self._fit is Fit.PAGE:
            zoom = min(zoom, (self.viewport().height() - 2 * MARGIN) / size.height())
        self._set_zoom(zoom)

    def _set_zoom(self, zoom: float) -> None:
        page = self._page
        old = self.page_rect(page)
        # The place in the middle of the view stays in the middle, as a part of its page.
        middle = self.viewport().rect().center()
        across, down = ((middle.x() - old.left()) / old.width(), (-old.top() + MARGIN) / old.height())
        self._zoom = min(max(zoom, STEPS[0]), STEPS[-1])
        self._measure()
        new = self._sheets.rect(page)
        self.verticalScrollBar().setValue(new.top() - MARGIN + round(down * new.height()))
        self.horizontalScrollBar().setValue(new.left() + round(across * new.width()) - middle.x())
        self.zoomChanged.emit(self._zoom)
        self._scrolled()

    def _measure(self) -> None:
        view = self.viewport().size()
        self._sheets = Sheets(self._pages.sizes, self._zoom, self._columns, view.width())
        for bar, whole, seen in (
            (self.verticalScrollBar(), self._sheets.height, view.height()),
            (self.horizontalScrollBar(), self._sheets.width, view.width()),
        ):
            bar.setRange(0, max(whole - seen, 0))
            bar.setPageStep(seen)
            bar.setSingleStep(GRID * 5)

    def visible_pages(self) -> range:
        top = self.verticalScrollBar().value()
        return self._sheets.between(top, top + self.viewport().height())

    def _scrolled(self) -> None:
        seen = self.viewport().rect()
        parts = {i: self.page_rect(i).intersected(seen) for i in self.visible_pages()}
        whole = {i: r.width() * r.height() / max(self._sheets.rect(i).width(), 1) ** 2 for i, r in parts.items()}
        self._settle(max(whole, key=lambda i: (round(whole[i], 3), -i)) if whole else self._page)

    def _settle(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self._name()
            self.pageChanged.emit(page)
        self._ask()
        self.viewport().update()

    def _name(self) -> None:
        self.setAccessibleName(f"Pratinjau, halaman {self._page + 1} dari {self.count}")

    # Rendering

    def _wish(self, index: int) -> Wish:
        """The picture that is to be shown of a page: all of it, or a part around what is seen."""
        scale = self._scale()
        sides = self._pages.sizes[index] * scale
        if sides.width() * sides.height() <= _WHOLE:
            return Wish(index, scale)
        old = self._images.get(index, (None, None))[0]
        seen = self._seen(index)
        if old is not None and old.scale == scale and old.part is not None and QRect(*old.part).contains(seen):
            return old
        whole = QRect(0, 0, int(sides.width()), int(sides.height()))
        more = QSize(seen.width() // 2, seen.height() // 2)
        part = seen.adjusted(-more.width(), -more.height(), more.width(), more.height()).intersected(whole)
        return Wish(index, scale, (part.x(), part.y(), part.width(), part.height()))

    def _seen(self, index: int) -> QRect:
        """What of a page is in the view, in device pixels of the page."""
        rect, k = self.page_rect(index), self.devicePixelRatioF()
        seen = rect.intersected(self.viewport().rect()).translated(-rect.topLeft())
        sides = self._pages.sizes[index] * self._scale()
        whole = QRect(0, 0, int(sides.width()), int(sides.height()))
        return QRectF(seen.x() * k, seen.y() * k, seen.width() * k, seen.height() * k).toRect().intersected(whole)

    def _ask(self) -> None:
        """Wish for what is in the view first, then for its neighbours; the words of a page follow its picture."""
        if not self.isVisible():
            return
        seen = self.visible_pages()
        near = [i for i in (seen.stop, seen.start - 1) if 0 <= i < self.count]
        wishes = []
        for index in seen:
            wish = self._wish(index)
            if wish.part is not None and index not in self._coarse:
                sides = self._pages.sizes[index]
                wishes.append(Wish(index, (_WHOLE / 4 / (sides.width() * sides.height())) ** 0.5))
            wishes.append(wish)
        wishes += [wish for wish in map(self._wish, near) if wish.part is None]
        self.renderer.want([wish for wish in wishes if self._images.get(wish.page, (None,))[0] != wish])
        for index in seen:
            if self.image(index) is not None:
                self.renderer.read_words(index)
        kept = {*seen, *near}
        self._images = {i: image for i, image in self._images.items() if i in kept}
        self._coarse = {i: image for i, image in self._coarse.items() if i in kept}

    def _arrived(self, wish: Wish, image: QImage) -> None:
        if wish.scale != self._scale():
            if wish.part is None:
                self._coarse[wish.page] = image
        else:
            old = self._images.get(wish.page)
            if old is not None and old[0].part is None:
                self._coarse[wish.page] = old[1]
            self._images[wish.page] = (wish, image)
            self.renderer.read_words(wish.page)
        self.viewport().update()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._tokens.window))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index in self.visible_pages():
            self._paint(painter, index)
            self.paint_marks(painter, index)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._tokens.focus), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def paint_marks(self, painter: QPainter, index: int) -> None:
        """What lies over a page."""

    def _paint(self, painter: QPainter, index: int) -> None:
        rect = self.page_rect(index)
        painter.fillRect(rect, Qt.GlobalColor.white)
        wish, image = self._images.get(index, (None, QImage()))
        ratio = self.devicePixelRatioF()
        if wish is None or wish.part is not None or wish.scale != self._scale():
            # Until the sharp picture arrives, an older one stretched.
            old = image if wish is not None and wish.part is None else self._coarse.get(index, QImage())
            if not old.isNull():
                painter.drawImage(QRectF(rect), old)
        if wish is not None and wish.scale == self._scale():
            # One image pixel on one device pixel.
            corner = QPoint(*wish.part[:2]) if wish.part else QPoint()
            place = QRectF(rect.x() + corner.x() / ratio, rect.y() + corner.y() / ratio, 0, 0)
            place.setSize(QSizeF(image.size()) / ratio)
            painter.drawImage(place, image)
        painter.setPen(QColor(self._tokens.line))
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._ask()
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y() > 0:
            self.zoom_in()
        else:
            self.zoom_out()
