"""Renders pages and reads their words on a thread of its own; what has gone out of sight meanwhile is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

from ui.documents.pages import Pages
from ui.documents.text_layer import TextLayer


class Wish(NamedTuple):
    """A picture of a page at device pixels a point; `part` of it in those pixels, or the whole when it is empty."""

    page: int
    scale: float
    part: tuple[int, int, int, int] | None = None


class _Task(QRunnable):
    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


class Renderer(QObject):
    """Signals arrive on the GUI thread. `finish` waits for what has begun and is to be called before it goes."""

    rendered = Signal(object, QImage)  # Wish
    read = Signal(int, object)  # page, TextLayer

    _rendered = Signal(object, QImage)
    _read = Signal(int, object)

    def __init__(self, pages: Pages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._wanted: frozenset[Wish] = frozenset()
        self._asked: set[Wish] = set()
        self._reading: set[int] = set()
        self.layers: dict[int, TextLayer] = {}
        self._closed = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        queued = Qt.ConnectionType.QueuedConnection
        self._rendered.connect(self._deliver_image, queued)
        self._read.connect(self._deliver_layer, queued)

    def want(self, wishes: list[Wish]) -> None:
        """Render these, in this order; earlier wishes that are not among them are dropped."""
        self._wanted = frozenset(wishes)
        for wish in wishes:
            if wish not in self._asked:
                self._asked.add(wish)
                self._pool.start(_Task(lambda wish=wish: self._render(wish)), 1)  # type: ignore[misc]

    def read_words(self, page: int) -> None:
        """Read the words of a page, unless that is done or under way."""
        if page not in self.layers and page not in self._reading and not self._closed:
            self._reading.add(page)
            self._pool.start(_Task(lambda: self._read.emit(page, self._pages.text(page))), 0)

    def finish(self) -> None:
        """Stop, and wait for what has begun."""
        self._closed = True
        self._wanted = frozenset()
        self._pool.clear()
        self._pool.waitForDone()

    def _render(self, wish: Wish) -> None:
        """On the worker's thread."""
        image = QImage()
        if wish in self._wanted:
            image = self._pages.image(wish.page, wish.scale, QRect(*wish.part) if wish.part else None)
        self._rendered.emit(wish, image)

    @Slot(object, QImage)
    def _deliver_image(self, wish: Wish, image: QImage) -> None:
        self._asked.discard(wish)
        if not image.isNull():
            self.rendered.emit(wish, image)

    @Slot(int, object)
    def _deliver_layer(self, page: int, layer: TextLayer) -> None:
        self._reading.discard(page)
        self.layers[page] = layer
        self.read.emit(page, layer)
