"""Small parts that forms and the step panel share: labels that elide or wrap, a notice with one button, times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from lkip_desktop.cycle_calendar import calendar
from lkip_desktop.words import long_date
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.state import CycleState

KILO = 1000


class WrappedLabel(QLabel):
    """Text in as many lines as its width asks for; Qt's own minimum is the height at the narrowest width."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.fontMetrics().lineSpacing())


def label(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """A label of plain text with one of the theme's roles."""
    made = WrappedLabel(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, act: Callable[[], object], role: str = "") -> QPushButton:
    """A button with a word on it. It never becomes a dialog's default by itself."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    made.clicked.connect(lambda: act())
    return made


class ElidedLabel(QLabel):
    """One line that gives up its middle where it does not fit; the whole text is its tool tip."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Notice(QWidget):
    """A sentence about what was just done, with a button that takes it back; hidden when there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = label("", "muted")
        self.undo = button("Urungkan", self._take_back, "quiet")
        self._act: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.undo)
        self.hide()

    def say(self, text: str, take_back: Callable[[], object] | None = None) -> None:
        """Show a sentence; with `take_back`, the button *Urungkan* runs it once."""
        self.text.setText(text)
        self._act = take_back
        self.undo.setVisible(take_back is not None)
        self.setVisible(bool(text))

    def _take_back(self) -> None:
        act = self._act
        self.say("")
        if act is not None:
            act()


def file_size(size: int) -> str:
    """``340 KB``, ``1,2 MB``; decimal thousands, as file managers count."""
    if size < KILO:
        return f"{size} byte"
    if size < KILO * KILO:
        return f"{round(size / KILO)} KB"
    return f"{size / KILO / KILO:.1f} MB".replace(".", ",")


def moment(state: CycleState, at: datetime) -> str:
    """A moment in the office's own time: ``12 Februari 2027 10.42``."""
    local = calendar(state).local(at)
    return f"{long_date(local.date())} {local:%H.%M}"


def signed(who: Who) -> str:
    """A name, and for whom it acted."""
    return f"{who.name} atas nama {who.behalf}" if who.behalf else who.name


def clear(layout: object) -> None:
    """Take all widgets out of a layout and delete them."""
    while (item := layout.takeAt(0)) is not None:  # type: ignore[attr-defined]
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
