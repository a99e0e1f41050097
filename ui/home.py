"""The home screen: the most urgent cycle as one statement and one button, then the work folder's cycles.

Its head is the first thing that the program paints, so this module brings in nothing but widgets; the namespace
``Qt`` alone costs 28 ms when it is first touched, and the list below comes with the first cards.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.tokens import GRID

if TYPE_CHECKING:
    from lkip_desktop.overview import CycleCard
    from ui.home_list import CycleList, RecentFiles
    from ui.home_table import CycleTable

CONTENT_WIDTH = 1040
BEGUN = "Isian awal yang Anda tinggalkan masih tersimpan. Lanjutkan, atau lihat dahulu sebuah contoh."
EMPTY = "Belum ada siklus LKIP di folder kerja ini. Mulailah siklus pertama, atau lihat dahulu sebuah contoh."


def statement(card: CycleCard) -> str:
    """``Langkah 6 dari 10: giliran Sekretaris, tenggat 12 Mar``"""
    from ui.home_table import short_date

    due = f", tenggat {short_date(card.due)}" if card.due else ""
    return f"Langkah {card.step} dari {card.steps}: giliran {card.actor}{due}"


def under_statement(card: CycleCard) -> str:
    """``Siklus 2026 · Inspektorat Kabupaten Serang · Koreksi, putaran 2 · batas akhir 26 Feb``"""
    from ui.home_table import short_date

    again = f", putaran {card.round}" if card.round > 1 else ""
    limit = f"batas akhir {short_date(card.deadline)}" if card.deadline else ""
    return " · ".join(part for part in (f"Siklus {card.year}", card.agency, card.title + again, limit) if part)


class HomePage(QScrollArea):
    """Shows what it is given; what the person wants goes out as signals."""

    openRequested = Signal(object)  # Path
    newRequested = Signal()
    sampleRequested = Signal()
    browseRequested = Signal()
    folderRequested = Signal()
    findRequested = Signal(object)  # Path of a file that is gone
    forgetRequested = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._urgent: CycleCard | None = None
        self._filled = False
        self._list: CycleList | None = None
        self.statement = _label("LKIP Desktop", "display")
        self.under = _label("Membaca folder kerja…", "lead")
        self._mark, self._state = QLabel(), QLabel()
        self.primary = QPushButton("Lanjutkan")
        self.secondary = QPushButton("Coba dengan contoh")
        self.primary.setProperty("role", "primary")
        self.primary.setMinimumWidth(GRID * 18)
        self.secondary.setProperty("role", "quiet")
        self._column = self._lay_out()
        for widget in (self.primary, self.secondary, self._mark, self._state):
            widget.hide()
        self.primary.clicked.connect(self._go_on)
        self.secondary.clicked.connect(lambda: self.sampleRequested.emit())
        theme.notifier().changed.connect(self._show_mark)

    def _lay_out(self) -> QVBoxLayout:
        content, holder = QWidget(), QWidget()
        content.setMaximumWidth(CONTENT_WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(GRID * 4, GRID * 5, GRID * 4, GRID * 4)
        column.setSpacing(GRID)
        column.addWidget(self.statement)
        column.addWidget(self.under)
        column.addLayout(_row(self._mark, self._state))
        column.addSpacing(GRID)
        column.addLayout(_row(self.primary, self.secondary))
        column.addSpacing(GRID * 4)
        column.addStretch()
        centred = QHBoxLayout(holder)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addWidget(content)
        self.setWidget(holder)
        return column

    @property
    def list(self) -> CycleList:
        """The list below the head, made when it is first asked for."""
        if self._list is None:
            self._list = self._make_list()
        return self._list

    @property
    def table(self) -> CycleTable:
        return self.list.table

    @property
    def recent(self) -> RecentFiles:
        return self.list.recent

    def _make_list(self) -> CycleList:
        from PySide6.QtCore import Qt

        from ui.home_list import CycleList

        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for label in (self.statement, self.under):
            label.setTextFormat(Qt.TextFormat.PlainText)
        made = CycleList()
        for name in ("open", "new", "browse", "folder", "find", "forget"):
            getattr(made, f"{name}Requested").connect(getattr(self, f"{name}Requested"))
        self._column.insertWidget(self._column.count() - 1, made)
        made.show()
        return made

    def show_cards(
        self, cards: tuple[CycleCard, ...], folder: Path, recent: Sequence[Path], *, begun: bool = False
    ) -> None:
        """Show a folder's cycles, the most urgent first, and recent files that lie elsewhere.

        `begun` tells that the welcome was left half-way.
        """
        running = [card for card in cards if card.state in ("running", "near", "late")]
        self._filled = bool(cards)
        self._urgent = min(running, key=_urgency) if running else None
        self.list.show_cards(cards, folder, recent)
        self._say(cards, begun)
        self._show_mark()

    @property
    def has_cycles(self) -> bool:
        """Whether the work folder holds cycles."""
        return self._filled

    def _say(self, cards: tuple[CycleCard, ...], begun: bool) -> None:
        if self._urgent:
            self.statement.setText(statement(self._urgent))
            self.under.setText(under_statement(self._urgent))
        elif cards:
            self.statement.setText("Tidak ada siklus yang berjalan")
            self.under.setText("Mulailah siklus baru, atau buka salah satu siklus di bawah ini.")
        else:
            self.statement.setText("Selamat datang di LKIP Desktop")
            self.under.setText(BEGUN if begun else EMPTY)
        self.primary.setText(
            "Lanjutkan" if self._urgent else "Lanjutkan isian" if begun and not cards else "Siklus baru"
        )
        self.primary.show()
        self.secondary.setVisible(not cards)
        if not any(widget.hasFocus() for widget in self.findChildren(QWidget)):
            self.primary.setFocus()

    def _show_mark(self, _: object = None) -> None:
        told = self._urgent is not None and self._urgent.state != "running"
        self._mark.setVisible(told)
        self._state.setVisible(told)
        if self._urgent is None or not told:
            return
        from ui import marks
        from ui.home_table import STATE_WORDS

        tokens = theme.current()
        role, colour = ("danger", tokens.danger) if self._urgent.state == "late" else ("warn", tokens.warn)
        self._mark.setPixmap(marks.pixmap(self._urgent.state, colour, self.devicePixelRatioF()))
        self._state.setText(STATE_WORDS[self._urgent.state])
        theme.set_role(self._state, role)

    def _go_on(self) -> None:
        if self._urgent:
            self.openRequested.emit(self._urgent.path)
        else:
            self.newRequested.emit()


def _urgency(card: CycleCard) -> tuple[int, float, int]:
    """Late before near before the rest, then by what is due first, then by year."""
    order = {"late": 0, "near": 1}
    return order.get(card.state, 2), card.due.timestamp() if card.due else float("inf"), -card.year


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def _row(*widgets: QWidget) -> QHBoxLayout:
    """Widgets beside each other at the left."""
    row = QHBoxLayout()
    row.setSpacing(GRID)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
