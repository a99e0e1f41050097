"""A calm line at the foot of the window that says what was just done, with what one may want to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.tokens import GRID

Action = tuple[str, Callable[[], object]]

FOOT = 7 * GRID


class Strip(QFrame):
    """Lies over the foot of `window` until it is closed or another takes its place."""

    def __init__(self, window: QWidget, text: str, actions: Sequence[Action] = ()) -> None:
        super().__init__(window)
        self._window = window
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
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Above the status bar, or above a dialog's row of buttons."""
        width = self._window.width() - 4 * GRID
        height = max(self.heightForWidth(width), self.sizeHint().height())
        self.setGeometry(2 * GRID, self._window.height() - height - FOOT, width, height)
