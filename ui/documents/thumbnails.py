"""The pages of a document in small, beside the preview: a list that leads to each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.documents.pages import Pages
from ui.documents.renderer import Renderer, Wish
from ui.tokens import GRID, Tokens

WIDTH = GRID * 12
_KEPT = 80
"""Pictures kept at a time, about 40 kB each."""

Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Halaman {index.row() + 1}"
        return None


class Thumbnails(QListView):
    """Emits `chosen` with a page (from 0). Closing is by `finish`."""

    chosen = Signal(int)

    def __init__(self, pages: Pages, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages, self.tokens = pages, tokens
        self._images: dict[int, QImage] = {}
        self._renderer = Renderer(pages, self)
        self._renderer.rendered.connect(self._arrived)
        self.setModel(_Model(len(pages.sizes)))
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(self.Shape.NoFrame)
        self.setFixedWidth(WIDTH + GRID * 6)
        self.setAccessibleName("Halaman-halaman dokumen")
        self.selectionModel().currentChanged.connect(self._current)
        self.verticalScrollBar().valueChanged.connect(self._ask)
        self._following = False

    def follow(self, page: int) -> None:
        """Mark the page that the preview shows."""
        self._following = True
        self.setCurrentIndex(self.model().index(page, 0))
        self._following = False

    def image(self, page: int) -> QImage | None:
        return self._images.get(page)

    def set_tokens(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.viewport().update()

    def finish(self) -> None:
        """Stop rendering, and wait for what has begun."""
        self._renderer.finish()

    def cell(self) -> QSize:
        """What one page takes: its picture, its number, and room around both."""
        tallest = max(size.height() / size.width() for size in self._pages.sizes)
        return QSize(WIDTH + GRID * 2, min(round(WIDTH * tallest), WIDTH * 2) + GRID * 5)

    def _current(self, index: QModelIndex) -> None:
        if index.isValid() and not self._following:
            self.chosen.emit(index.row())

    def _ask(self) -> None:
        if not self.isVisible():
            return
        ratio = self.devicePixelRatioF()
        step = self.cell().height()
        first = max(self.verticalScrollBar().value() // step, 0)
        rows = range(first, min(first + self.viewport().height() // step + 3, len(self._pages.sizes)))
        self._renderer.want(
            [Wish(row, WIDTH * ratio / self._pages.sizes[row].width()) for row in rows if row not in self._images]
        )

    def _arrived(self, wish: Wish, image: QImage) -> None:
        self._images[wish.page] = image
        while len(self._images) > _KEPT:
            self._images.pop(max(self._images, key=lambda page: abs(page - wish.page)))
        self.viewport().update()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._ask()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._ask()


class _Painter(QStyledItemDelegate):
    def __init__(self, view: Thumbnails) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._view.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, cell = self._view.tokens, option.rect
        state = option.state
        image = self._view.image(index.row())
        room = cell.adjusted(GRID, GRID, -GRID, -GRID * 3)
        size = image.size() / self._view.devicePixelRatioF() if image else QSize(WIDTH, room.height())
        place = QRect(0, 0, *size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio).toTuple())
        place.moveCenter(room.center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(place, Qt.GlobalColor.white)
        if image:
            painter.drawImage(place, image)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        colour = QColor(tokens.accent if chosen else tokens.line)
        painter.setPen(QPen(colour, 2 if chosen else 1))
        painter.drawRect(place.adjusted(-1, -1, 1, 1) if chosen else place.adjusted(-1, -1, 0, 0))
        painter.setPen(QColor(tokens.text if chosen else tokens.muted))
        words = QRect(cell.left(), room.bottom() + 2, cell.width(), GRID * 3 - 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.focus), 2, Qt.PenStyle.DotLine))
            painter.drawRect(cell.adjusted(2, 2, -3, -3))
        painter.restore()
