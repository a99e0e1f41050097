"""The table of the work folder's cycles: one row each, opened by double-click or Enter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from ui import marks, theme
from ui.lists import calm
from ui.tokens import Tokens

if TYPE_CHECKING:
    from lkip_desktop.overview import CycleCard

HEADINGS = ("Tahun", "Instansi", "Langkah", "Giliran", "Tenggat", "Keadaan")
WIDTHS = (72, 0, 232, 168, 104, 152)
"""Pixels; 0 takes what is left."""

STATE_WORDS = {
    "running": "Berjalan",
    "near": "Hampir tenggat",
    "late": "Terlambat",
    "closed": "Selesai",
    "bad": "Tidak terbaca",
}
ROW_HEIGHT = 40


def short_date(day: date) -> str:
    """``12 Mar``, with the year when it is not the PC's present one."""
    from lkip_desktop.words import month_name

    year = "" if day.year == date.today().year else f" {day.year}"
    return f"{day.day} {month_name(day.month)[:3]}{year}"


class CycleTable(QTableWidget):
    """The cards as rows. A file that cannot be read has its sentence in place of the step."""

    chosen = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(HEADINGS), parent)
        self._cards: tuple[CycleCard, ...] = ()
        calm(self, "Siklus di folder kerja", WIDTHS)
        self.setHorizontalHeaderLabels(HEADINGS)
        self.setWordWrap(True)
        self.cellDoubleClicked.connect(lambda row, _: self.chosen.emit(self._cards[row].path))
        theme.notifier().changed.connect(self._recolour)

    def show_cards(self, cards: tuple[CycleCard, ...]) -> None:
        self._cards = cards
        self.clearSpans()
        self.setRowCount(len(cards))
        for row, card in enumerate(cards):
            self._fill(row, card)
        if cards and self.currentRow() < 0:
            self.setCurrentCell(0, 0)
        self._fit_height()

    def card(self, row: int) -> CycleCard:
        return self._cards[row]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.chosen.emit(self._cards[self.currentRow()].path)
        else:
            super().keyPressEvent(event)

    def _fill(self, row: int, card: CycleCard) -> None:
        for column, text in enumerate(_bad_texts(card) if card.problem else _texts(card)):
            item = QTableWidgetItem(text)
            item.setToolTip(card.problem or card.in_use or str(card.path))
            self.setItem(row, column, item)
        if card.problem:
            self.setSpan(row, 2, 1, 3)
        self._mark(row, card, theme.current())
        self.setRowHeight(row, ROW_HEIGHT if not card.problem else ROW_HEIGHT + 16)

    def _mark(self, row: int, card: CycleCard, tokens: Tokens) -> None:
        colours = {"near": tokens.warn, "late": tokens.danger, "bad": tokens.danger, "closed": tokens.ok}
        colour = colours.get(card.state, tokens.accent)
        item = self.item(row, len(HEADINGS) - 1)
        if item is None:
            return
        item.setIcon(marks.icon(card.state, colour))
        item.setForeground(QColor(colour))

    def _recolour(self, tokens: Tokens) -> None:
        for row, card in enumerate(self._cards):
            self._mark(row, card, tokens)

    def _fit_height(self) -> None:
        """As high as its rows: the page scrolls, not the table in it."""
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 4)


def _texts(card: CycleCard) -> tuple[str, ...]:
    if card.state == "closed":
        step, turn, due = f"{card.steps} dari {card.steps}", "–", "–"
    else:
        again = f", putaran {card.round}" if card.round > 1 else ""
        step = f"{card.step} dari {card.steps} · {card.title}{again}"
        turn, due = card.actor, short_date(card.due) if card.due else "–"
    state = "Sedang dibuka" if card.in_use else STATE_WORDS[card.state]
    return str(card.year), card.agency or card.path.name, step, turn, due, state


def _bad_texts(card: CycleCard) -> tuple[str, ...]:
    return "–", card.path.name, card.problem, "", "", STATE_WORDS[card.state]
