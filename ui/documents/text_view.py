"""The pages with their words: marked with mouse or keys, copied, and searched with every hit shown."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QMenu, QWidget

from ui.documents.page_view import PageView
from ui.documents.pages import Pages
from ui.documents.selection import Gap, Marked
from ui.documents.text_layer import TextLayer
from ui.tokens import Tokens

Hit = tuple[int, int, int]
"""A page (from 0), the first character, and the one behind the last."""

_FOUND = QColor(255, 214, 64, 110)
_CURRENT = QColor(255, 140, 0, 150)
_MARKED = QColor(20, 120, 200, 80)
"""On white paper in every scheme: the page does not follow the theme."""
_DRAG_MS = 40


class TextView(PageView):
    """Pages whose words can be taken. `found` tells the current hit (from 1, 0: none) and how many there are."""

    found = Signal(int, int, bool)  # current, all, whether every page has been searched
    copied = Signal(str)

    def __init__(self, pages: Pages, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(pages, tokens, parent)
        self._marked: Marked | None = None
        self._words, self._hits, self._hit = "", [], -1  # type: tuple[str, list[Hit], int]
        self._copying = False
        self._drag = QTimer(self, interval=_DRAG_MS)
        self._drag.timeout.connect(self._drag_on)
        self.renderer.read.connect(self._words_read)
        self.viewport().setMouseTracking(True)

    # Marking

    @property
    def marked(self) -> Marked | None:
        """What is marked, or None."""
        return self._marked if self._marked is not None and not self._marked.empty else None

    def mark(self, marked: Marked | None) -> None:
        self._marked = marked
        self.viewport().update()

    def mark_all(self) -> None:
        """Everything; the words of pages never seen are read first when it is copied."""
        last = self.count - 1
        layer = self.renderer.layers.get(last)
        self.mark(Marked(Gap(0, 0), Gap(last, len(layer.text) if layer else 1 << 30)))

    def copy(self) -> None:
        """Put what is marked on the clipboard, as soon as its words have been read."""
        marked = self.marked
        if marked is None:
            return
        missing = [page for page in marked.pages if page not in self.renderer.layers]
        self._copying = bool(missing)
        for page in missing:
            self.renderer.read_words(page)
        if not missing:
            text = marked.text(self.renderer.layers)
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def _words_read(self, page: int, layer: TextLayer) -> None:
        if self._copying:
            self.copy()
        if self._words:
            self._collect(page, layer)

    # Searching

    def search(self, words: str) -> None:
        """Show every hit, and go to the first one from the present page on; empty words end the search."""
        words = " ".join(words.split())
        if words == self._words:
            self.next_hit()
            return
        self._words, self._hits, self._hit = words, [], -1
        self._origin_page = self.page
        if words:
            for page in [*range(self.page, self.count), *range(self.page)]:
                layer = self.renderer.layers.get(page)
                if layer is not None:
                    self._collect(page, layer)
                else:
                    self.renderer.read_words(page)
        self._tell()
        self.viewport().update()

    def next_hit(self, step: int = 1) -> None:
        """Go to the next hit, or with -1 to the one before; behind the last comes the first."""
        if self._hits:
            self._show_hit((self._hit + step) % len(self._hits))

    @property
    def hits(self) -> tuple[Hit, ...]:
        return tuple(self._hits)

    def _collect(self, page: int, layer: TextLayer) -> None:
        if any(hit[0] == page for hit in self._hits):
            return
        current = self._hits[self._hit] if self._hit >= 0 else None
        self._hits = sorted([*self._hits, *((page, *span) for span in layer.find(self._words))])
        if current is not None:
            self._hit = self._hits.index(current)
        elif self._hits:
            self._hit_from_here()
        self._tell()
        self.viewport().update()

    def _hit_from_here(self) -> None:
        """The first hit from the page on which the search began; one before it only when all after it were read."""
        begun = self._origin_page
        after = next((i for i, hit in enumerate(self._hits) if hit[0] >= begun), None)
        if after is not None:
            if all(page in self.renderer.layers for page in range(begun, self._hits[after][0])):
                self._show_hit(after)
        elif all(page in self.renderer.layers for page in range(begun, self.count)):
            self._show_hit(0)

    def _show_hit(self, number: int) -> None:
        self._hit = number
        page, first, last = self._hits[number]
        boxes = self.renderer.layers[page].lines(first, last)
        if boxes:
            self.go_to_box(page, boxes[0])
        self.mark(Marked(Gap(page, first), Gap(page, last)))
        self._tell()

    def _tell(self) -> None:
        self.found.emit(self._hit + 1, len(self._hits), len(self.renderer.layers) == self.count)

    # Painting

    def paint_marks(self, painter: QPainter, index: int) -> None:
        layer = self.renderer.layers.get(index)
        if layer is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        for number, (page, first, last) in enumerate(self._hits):
            if page == index:
                colour = _CURRENT if number == self._hit else _FOUND
                self._fill(painter, index, layer, (first, last), colour)
        marked = self.marked
        if marked is not None and index in marked.pages and not self._is_hit(marked):
            self._fill(painter, index, layer, marked.span(index, layer), _MARKED)

    def _is_hit(self, marked: Marked) -> bool:
        return self._hit >= 0 and self._hits[self._hit] == (marked.anchor.page, marked.anchor.chars, marked.caret.chars)

    def _fill(self, painter: QPainter, index: int, layer: TextLayer, span: tuple[int, int], colour: QColor) -> None:
        for box in layer.lines(span[0], min(span[1], len(layer.text))):
            painter.fillRect(self.box_rect(index, box), colour)

    # Mouse

    def _gap_at(self, place: QPoint) -> Gap | None:
        page = self.page_at(place)
        layer = self.renderer.layers.get(page)
        return Gap(page, layer.at(*self.point_on(page, place))) if layer is not None else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            gap = self._gap_at(event.position().toPoint())
            held = (
                self._marked.anchor if self._marked and event.modifiers() & Qt.KeyboardModifier.ShiftModifier else gap
            )
            self.mark(Marked(held, gap) if gap is not None and held is not None else None)
            self._drag.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._extend(place)
            return
        page = self.page_at(place)
        layer = self.renderer.layers.get(page)
        over = layer is not None and self.page_rect(page).contains(place) and layer.over(*self.point_on(page, place))
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag.stop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        gap = self._gap_at(event.position().toPoint())
        if gap is not None:
            first, last = self.renderer.layers[gap.page].word(gap.chars)
            self.mark(Marked(Gap(gap.page, first), Gap(gap.page, last)))

    def _extend(self, place: QPoint) -> None:
        gap = self._gap_at(place)
        if gap is not None and self._marked is not None:
            self.mark(Marked(self._marked.anchor, gap))

    def _drag_on(self) -> None:
        """Scroll while the mouse is held outside the view."""
        place = self.viewport().mapFromGlobal(self.cursor().pos())
        outside = min(place.y(), 0) or max(place.y() - self.viewport().height(), 0)
        if outside and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + outside)
            self._extend(place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction("Salin", self.copy)
        copy.setEnabled(self.marked is not None)
        menu.addAction("Pilih semua", self.mark_all)
        menu.popup(event.globalPos())

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.mark_all()
        elif shift and event.key() in _CARET_KEYS:
            self._move_caret(Qt.Key(event.key()), word=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(self.count - 1)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            super().keyPressEvent(event)

    def _move_caret(self, key: Qt.Key, *, word: bool) -> None:
        """Marking by keys begins at the hit or at what was marked, else at the upper edge of what is seen."""
        marked = self._marked or self._first_in_view()
        if marked is None:
            return
        page, index = marked.caret
        layer = self.renderer.layers.get(page)
        if layer is None:
            return
        index = min(index, len(layer.text))
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            moved = layer.line_step(index, key == Qt.Key.Key_Down)
        else:
            moved = _stepped(layer, index, 1 if key == Qt.Key.Key_Right else -1, word=word)
        self.mark(Marked(marked.anchor, Gap(page, moved)))
        box = layer.lines(max(moved - 1, 0), max(moved, 1))
        if box:
            self.go_to_box(page, box[0])

    def _first_in_view(self) -> Marked | None:
        gap = self._gap_at(QPoint(self.page_rect(self.page).left() + 1, max(self.page_rect(self.page).top(), 0)))
        return Marked(gap, gap) if gap is not None else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


_CARET_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


def _stepped(layer: TextLayer, index: int, way: int, *, word: bool) -> int:
    """The gap one character or one word further, past what has no width."""
    at = index
    while 0 <= at + way <= len(layer.text):
        at += way
        passed = layer.text[at - 1 : at] if way > 0 else layer.text[at : at + 1]
        if not passed.isspace() and (not word or at in layer.word(at)):
            break
    return at
