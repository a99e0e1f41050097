"""A calm line at the foot of the window that says what was just done, with what one may want to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QMainWindow, QPushButton, QSizePolicy, QWidget

from lkip_desktop.office import Changed
from lkip_desktop.workflow.events import Act
from ui import theme
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
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        self._row.setSpacing(GRID)
        self._row.addWidget(self.label, 1)
        self._buttons: list[QPushButton] = []
        self._offered: tuple[str, ...] = ()
        self.tell(text, actions)
        _column(window).addWidget(self)
        self.show()

    def tell(self, text: str, actions: Sequence[Action] = (), *, kind: str = "ok") -> None:
        """Say something else in its place; `kind` is ok, warn or danger."""
        theme.set_role(self, f"notice-{kind}")
        self.label.setText(text)
        self.setAccessibleName(text)
        offered = tuple(words for words, _ in actions)
        # Buttons that stay the same are left alone: the keyboard may stand on one.
        if offered != self._offered or not self._buttons:
            self._offered = offered
            self._offer((*actions, ("Tutup", self.close)))

    def _offer(self, actions: Sequence[Action]) -> None:
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        for words, act in actions:
            button = QPushButton(words)
            button.setProperty("role", "quiet")
            button.clicked.connect(lambda _=False, act=act: act())
            self._row.addWidget(button)
            button.show()
            self._buttons.append(button)

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
