"""The look that the tables of this room share: lists whose rows have room for several lines of text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from ui.lists import calm
from ui.tokens import GRID


def roomy(table: QTableView, name: str, widths: tuple[int, ...], lines: int = 2) -> None:
    """Set up a list whose model is there; `widths` as in `calm`, rows as high as `lines` of text."""
    calm(table, name, widths)
    table.setAlternatingRowColors(True)
    table.setWordWrap(True)
    table.setTextElideMode(Qt.TextElideMode.ElideRight)
    table.verticalHeader().setDefaultSectionSize(QFontMetrics(table.font()).lineSpacing() * lines + GRID)
