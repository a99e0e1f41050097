"""The home screen: the most urgent cycle as one statement and one button, then the work folder's cycles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui import marks, theme
from ui.home_table import STATE_WORDS, CycleTable, short_date
from ui.labels import ElidedLabel, text_label
from ui.tokens import GRID

if TYPE_CHECKING:
    from lkip_desktop.overview import CycleCard

CONTENT_WIDTH = 1040
EMPTY = "Belum ada siklus LKIP di folder kerja ini. Mulailah siklus pertama, atau lihat dahulu sebuah contoh."


def statement(card: CycleCard) -> str:
    """``Langkah 6 dari 10: giliran Sekretaris, tenggat 12 Mar``"""
    due = f", tenggat {short_date(card.due)}" if card.due else ""
    return f"Langkah {card.step} dari {card.steps}: giliran {card.actor}{due}"


def under_statement(card: CycleCard) -> str:
    """``Siklus 2026 · Inspektorat Kabupaten Serang · Koreksi, putaran 2 · batas akhir 26 Feb``"""
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
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._urgent: CycleCard | None = None
        self.statement = text_label("LKIP Desktop", "display")
        self.under = text_label("Membaca folder kerja…", "lead")
        self._mark = QLabel()
        self._state = text_label(wrap=False)
        self.primary = QPushButton("Lanjutkan")
        self.secondary = QPushButton("Coba dengan contoh")
        self.folder = ElidedLabel("", "muted")
        self.table = CycleTable()
        self.recent = _RecentFiles()
        self._dress()
        self._lay_out()
        self._connect()

    def _dress(self) -> None:
        self.primary.setProperty("role", "primary")
        self.primary.setMinimumWidth(GRID * 18)
        self.secondary.setProperty("role", "quiet")
        for widget in (self.primary, self.secondary, self._mark, self._state):
            widget.hide()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setMaximumWidth(CONTENT_WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(GRID * 4, GRID * 5, GRID * 4, GRID * 4)
        column.setSpacing(GRID)
        column.addWidget(self.statement)
        column.addWidget(self.under)
        column.addLayout(_row(self._mark, self._state, None))
        column.addSpacing(GRID)
        column.addLayout(_row(self.primary, self.secondary, None))
        column.addSpacing(GRID * 4)
        self._list = QWidget()
        self._lay_out_list(QVBoxLayout(self._list))
        column.addWidget(self._list)
        column.addWidget(self.recent)
        column.addStretch()
        self._list.hide()
        holder = QWidget()
        centred = QHBoxLayout(holder)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addWidget(content)
        self.setWidget(holder)

    def _lay_out_list(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        change = _quiet("Ganti folder…", self.folderRequested.emit)
        new = QPushButton("Siklus baru…")
        new.clicked.connect(lambda: self.newRequested.emit())
        browse = QPushButton("Buka berkas…")
        browse.clicked.connect(lambda: self.browseRequested.emit())
        title = text_label("Siklus di folder kerja", "title", wrap=False)
        column.addLayout(_row(title, None, browse, new))
        line = QHBoxLayout()
        line.addWidget(self.folder, 1)
        line.addWidget(change)
        column.addLayout(line)
        column.addWidget(self.table)

    def _connect(self) -> None:
        self.primary.clicked.connect(self._go_on)
        self.secondary.clicked.connect(lambda: self.sampleRequested.emit())
        self.table.chosen.connect(self.openRequested)
        self.recent.openRequested.connect(self.openRequested)
        self.recent.findRequested.connect(self.findRequested)
        self.recent.forgetRequested.connect(self.forgetRequested)
        theme.notifier().changed.connect(self._show_mark)

    def show_cards(self, cards: tuple[CycleCard, ...], folder: Path, recent: Sequence[Path]) -> None:
        """Show a folder's cycles, the most urgent first, and recent files that lie elsewhere."""
        running = [card for card in cards if card.state in ("running", "near", "late")]
        self._urgent = min(running, key=_urgency) if running else None
        self.folder.setText(str(folder))
        self.table.show_cards(cards)
        self._list.setVisible(bool(cards))
        self.recent.show_paths(recent)
        self._say(cards)
        self._show_mark()

    def _say(self, cards: tuple[CycleCard, ...]) -> None:
        if self._urgent:
            self.statement.setText(statement(self._urgent))
            self.under.setText(under_statement(self._urgent))
        elif cards:
            self.statement.setText("Tidak ada siklus yang berjalan")
            self.under.setText("Mulailah siklus baru, atau buka salah satu siklus di bawah ini.")
        else:
            self.statement.setText("Selamat datang di LKIP Desktop")
            self.under.setText(EMPTY)
        self.primary.setText("Lanjutkan" if self._urgent else "Siklus baru")
        self.primary.setAccessibleName(self.primary.text())
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


class _RecentFiles(QWidget):
    """Files opened lately outside the work folder; those that are gone are greyed, to be looked for or forgotten."""

    openRequested = Signal(object)
    findRequested = Signal(object)
    forgetRequested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GRID * 3, 0, 0)
        self._column.setSpacing(GRID // 2)
        self._column.addWidget(text_label("Terakhir dibuka di tempat lain", "title", wrap=False))
        self._rows: list[QWidget] = []
        self.hide()

    def show_paths(self, paths: Sequence[Path]) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(path) for path in paths]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(paths))

    def _row(self, path: Path) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        there = path.is_file()
        name = text_label(path.stem, "strong" if there else "muted", wrap=False)
        line.addWidget(name)
        line.addWidget(ElidedLabel(str(path.parent) if there else f"tidak ditemukan lagi di {path.parent}", "muted"), 1)
        if there:
            line.addWidget(_quiet("Buka", lambda: self.openRequested.emit(path), f"Buka {path.name}"))
        else:
            line.addWidget(_quiet("Cari…", lambda: self.findRequested.emit(path), f"Cari {path.name}"))
        forget = f"Hapus {path.name} dari daftar"
        line.addWidget(_quiet("Hapus dari daftar", lambda: self.forgetRequested.emit(path), forget))
        return row


def _urgency(card: CycleCard) -> tuple[int, float, int]:
    """Late before near before the rest, then by what is due first, then by year."""
    order = {"late": 0, "near": 1}
    return order.get(card.state, 2), card.due.timestamp() if card.due else float("inf"), -card.year


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Widgets beside each other; None takes the room between."""
    row = QHBoxLayout()
    row.setSpacing(GRID)
    for widget in widgets:
        if widget is None:
            row.addStretch()
        else:
            row.addWidget(widget)
    return row


def _quiet(words: str, act: Callable[[], object], accessible: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "quiet")
    button.setAccessibleName(accessible or words)
    button.clicked.connect(lambda: act())
    return button
