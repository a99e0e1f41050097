"""Two buttons that ask which reading of a figure was meant."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.forms.widgets import button

WORDS = ("ribuan", "pecahan")


class ReadingButtons(QWidget):
    """For a figure that can be read in two ways; the chosen spelling is handed to `choose`."""

    def __init__(self, readings: tuple[str, ...], choose: Callable[[str], object], where: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons = []
        for reading, word in zip(readings, WORDS, strict=False):
            one = button(f"{reading} ({word})", partial(choose, reading), "quiet")
            one.setAccessibleName(f"Maksudnya {reading}, {word}: {where}")
            row.addWidget(one)
            self.buttons.append(one)
        row.addStretch(1)
