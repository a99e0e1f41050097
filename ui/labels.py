"""Small parts with manners: a label that never widens its window, one that shortens a path, parts without a place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget


def text_label(text: str = "", role: str = "", *, wrap: bool = True, parent: QWidget | None = None) -> QLabel:
    """Plain text in a role of the theme (``title``, ``lead``, ``muted`` …)."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    return label


def show_part(part: QWidget, wanted: bool) -> None:
    """Show or hide a part of a page. One that has no place yet appears with its page: alone it would open a window."""
    if not wanted or part.parentWidget() is not None:
        part.setVisible(wanted)


def back_button(page: QWidget) -> QPushButton:
    """*Kembali ke siklus*, which emits the page's `backRequested`."""
    button = QPushButton("Kembali ke siklus")
    button.setProperty("role", "quiet")
    button.clicked.connect(lambda: page.backRequested.emit())  # type: ignore[attr-defined]
    return button


class ElidedLabel(QLabel):
    """One line that is shortened in its middle when there is no room; the tool tip tells all of it."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shortened = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), shortened)
