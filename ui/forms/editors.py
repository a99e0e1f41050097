"""Editors of one value each: a line or a paragraph of text, with what all editors have in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from lkip_desktop.sop.model import FieldKind

MIN_LINES, MAX_LINES = 3, 16
RIGHT_ALIGNED = (FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY)
LINE_WIDTHS = {
    FieldKind.DATE: 200,
    FieldKind.TIME: 104,
    FieldKind.INTEGER: 104,
    FieldKind.NUMBER: 160,
    FieldKind.MONEY: 208,
    FieldKind.NIP: 208,
}
"""The widest, in pixels, that an editor of a kind gets: its width tells how much belongs in it."""


class Editor(QWidget):
    """One value being edited. What it holds is text as `lkip_desktop.values.parse` reads it."""

    edited = Signal()  # the person typed or chose
    left = Signal()  # the person is done with it for now

    def typed(self) -> str:
        """What stands in it now."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Put a shown value into it, without telling that it was edited."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        raise NotImplementedError

    def inner(self) -> QWidget:
        """The widget that takes the focus."""
        raise NotImplementedError

    def has_focus(self) -> bool:
        inner = self.inner()
        focused = QApplication.focusWidget()
        return inner.hasFocus() or (focused is not None and inner.isAncestorOf(focused))

    def describe(self, name: str, description: str) -> None:
        """What a screen reader says of it."""
        self.inner().setAccessibleName(name)
        self.inner().setAccessibleDescription(description)

    def set_look(self, look: str) -> None:
        """Border for ``danger`` or ``warn``; empty for none."""
        set_property(self.inner(), "state", look)

    def _wrap(self, *widgets: QWidget) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in widgets:
            layout.addWidget(widget)
        self.setFocusProxy(self.inner())


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class _Line(QLineEdit):
    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.entered.emit()
        super().focusInEvent(event)


class LineEditor(Editor):
    """One line: text, number, money, time, NIP."""

    entered = Signal()  # the focus came

    def __init__(self, kind: FieldKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line()
        self.line.entered.connect(self.entered)
        if kind in RIGHT_ALIGNED:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self.left)
        self._wrap(self.line)

    def typed(self) -> str:
        return self.line.text()

    def show_text(self, text: str) -> None:
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def inner(self) -> QWidget:
        return self.line

    def suggest(self, model: QStringListModel) -> None:
        """Offer earlier texts while typing."""
        completer = suggestions_of(model, self.line)
        completer.activated.connect(self.edited)
        self.line.setCompleter(completer)


def suggestions_of(model: QStringListModel, parent: QObject) -> QCompleter:
    """A completer that finds the typed words anywhere in the earlier texts."""
    completer = QCompleter(model, parent)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(7)
    return completer


class GrowingText(QPlainTextEdit):
    """Plain text as high as what is written in it, between three lines and a handful; beyond that it scrolls."""

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.read_pasted: Callable[[QMimeData], str] = lambda source: ""
        """What of a paste stands for more than its plain text, as text; empty to take that."""
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(4)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = self.read_pasted(source)
        if text:
            self.textCursor().insertText(text)
            self.ensureCursorVisible()
        else:
            super().insertFromMimeData(source)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finished.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Without the focus the wheel scrolls the form, not this text.
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now the style's frame around the text is known.
        self._grow()

    def _grow(self) -> None:
        lines, block = 0, self.document().begin()
        while block.isValid() and lines < MAX_LINES:
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        lines = min(max(lines, MIN_LINES), MAX_LINES)
        around = 2 * self.document().documentMargin() + self.height() - self.viewport().height()
        self.setFixedHeight(int(lines * self.fontMetrics().lineSpacing() + max(around, 12)) + 2)


class ParagraphEditor(Editor):
    """Several lines of text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = GrowingText()
        self._showing = False
        self.text.textChanged.connect(self._changed)
        self.text.finished.connect(self.left)
        self._wrap(self.text)

    def typed(self) -> str:
        return self.text.toPlainText()

    def show_text(self, text: str) -> None:
        if text != self.text.toPlainText():
            self._showing = True
            self.text.setPlainText(text)
            self._showing = False

    def set_read_only(self, read_only: bool) -> None:
        self.text.setReadOnly(read_only)
        set_property(self.text, "readOnly", read_only)
        if read_only:
            self.text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    def inner(self) -> QWidget:
        return self.text

    def _changed(self) -> None:
        if not self._showing:
            self.edited.emit()


class CalmCombo(QComboBox):
    """A combo box that the wheel changes only while it has the focus, so that scrolling a form alters nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
        else:
            super().keyPressEvent(event)
