"""A bar above the page that says what is the matter and offers what to do: a mark, a sentence, buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui import marks, theme
from ui.labels import text_label
from ui.tokens import GRID, Tokens

Action = tuple[str, Callable[[], object]]

_MARKS = {"info": "info", "warn": "near", "danger": "late", "ok": "closed"}


class Banner(QFrame):
    """Hidden until it has something to say. `kind` is info, warn, danger or ok."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "info"
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text = text_label()
        self.buttons: list[QPushButton] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        self._layout.setSpacing(GRID)
        self._layout.addWidget(self._mark)
        self._layout.addWidget(self.text, 1)
        theme.notifier().changed.connect(self._repaint)
        self.hide()

    def say(self, kind: str, text: str, actions: Sequence[Action] = (), *, closable: bool = True) -> None:
        """Show a sentence; each action is a button's words and what it does. *Tutup* is added when `closable`."""
        self._kind = kind
        self.text.setText(text)
        self.setAccessibleName(text)
        theme.set_role(self, "notice" if kind == "info" else f"notice-{kind}")
        self._repaint(theme.current())
        self._offer([*actions, *([("Tutup", self.hide)] if closable else [])])
        self.show()

    def _offer(self, actions: Sequence[Action]) -> None:
        for old in self.buttons:
            self._layout.removeWidget(old)
            old.deleteLater()
        self.buttons = [self._button(*action) for action in actions]

    def _button(self, words: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "quiet")
        button.clicked.connect(lambda: act())
        self._layout.addWidget(button)
        return button

    def _repaint(self, tokens: Tokens) -> None:
        colour = {"info": tokens.accent, "warn": tokens.warn, "danger": tokens.danger, "ok": tokens.ok}[self._kind]
        self._mark.setPixmap(marks.pixmap(_MARKS[self._kind], colour, self.devicePixelRatioF()))
