"""A calm line at the foot of the window that says what was just done, with what one may want to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QMainWindow, QPushButton, QSizePolicy, QWidget

from lkip_desktop.office import Changed
from lkip_desktop.workflow.events import Act
from ui.tokens import GRID

Action = tuple[str, Callable[[], object]]
MOVES = (Act.COMPLETED, Act.UNDONE, Act.REOPENED)


class Strip(QFrame):
    """Stands at the foot of `window` until it is closed or another takes its place; it covers nothing."""

    def __init__(self, window: QWidget, text: str, actions: Sequence[Action] = ()) -> None:
        super().__init__(window)
        for other in window.findChildren(Strip):
            if other is not self:
                other.close()
        self.setProperty("role", "notice-ok")
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(text)
        label = QLabel(text)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        row.setSpacing(GRID)
        row.addWidget(label, 1)
        for name, act in (*actions, ("Tutup", self.close)):
            button = QPushButton(name)
            button.setProperty("role", "quiet")
            button.clicked.connect(act)
            row.addWidget(button)
        _column(window).addWidget(self)
        self.show()

    def follow(self, changed: Changed) -> None:
        """Go when the cycle has moved on: what was done at the step before is no news any more."""
        if changed.event.act in MOVES:
            self.close()


def _column(window: QWidget) -> QBoxLayout:
    """The layout of a window from top to bottom."""
    inside = window.centralWidget() if isinstance(window, QMainWindow) else window
    column = inside.layout() if inside else None
    assert isinstance(column, QBoxLayout)
    return column
