"""The lower part of the home screen: the work folder's cycles, and files opened lately elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.home_table import CycleTable
from ui.labels import ElidedLabel, text_label
from ui.tokens import GRID

if TYPE_CHECKING:
    from lkip_desktop.overview import CycleCard


class CycleList(QWidget):
    """Title, folder, table and recent files; without cycles only the recent files show."""

    openRequested = Signal(object)  # Path
    newRequested = Signal()
    browseRequested = Signal()
    folderRequested = Signal()
    findRequested = Signal(object)  # Path of a file that is gone
    forgetRequested = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = ElidedLabel("", "muted")
        self.table = CycleTable()
        self.recent = RecentFiles()
        self.cycles = QWidget()
        self._lay_out()
        self.table.chosen.connect(self.openRequested)
        self.recent.openRequested.connect(self.openRequested)
        self.recent.findRequested.connect(self.findRequested)
        self.recent.forgetRequested.connect(self.forgetRequested)

    def _lay_out(self) -> None:
        new = QPushButton("Siklus baru…")
        new.clicked.connect(lambda: self.newRequested.emit())
        browse = QPushButton("Buka berkas…")
        browse.clicked.connect(lambda: self.browseRequested.emit())
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(text_label("Siklus di folder kerja", "title", wrap=False))
        head.addStretch()
        head.addWidget(browse)
        head.addWidget(new)
        line = QHBoxLayout()
        line.addWidget(self.folder, 1)
        line.addWidget(quiet_button("Ganti folder…", lambda: self.folderRequested.emit()))
        column = QVBoxLayout(self.cycles)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(self.table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.cycles)
        whole.addWidget(self.recent)

    def show_cards(self, cards: tuple[CycleCard, ...], folder: Path, recent: Sequence[Path]) -> None:
        self.folder.setText(str(folder))
        self.table.show_cards(cards)
        self.cycles.setVisible(bool(cards))
        self.recent.show_paths(recent)


class RecentFiles(QWidget):
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
            row.hide()
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
        line.addWidget(text_label(path.stem, "strong" if there else "muted", wrap=False))
        line.addWidget(ElidedLabel(str(path.parent) if there else f"tidak ditemukan lagi di {path.parent}", "muted"), 1)
        if there:
            line.addWidget(quiet_button("Buka", lambda: self.openRequested.emit(path), f"Buka {path.name}"))
        else:
            line.addWidget(quiet_button("Cari…", lambda: self.findRequested.emit(path), f"Cari {path.name}"))
        forget = f"Hapus {path.name} dari daftar"
        line.addWidget(quiet_button("Hapus dari daftar", lambda: self.forgetRequested.emit(path), forget))
        return row


def quiet_button(words: str, act: Callable[[], object], accessible: str = "") -> QPushButton:
    """A button without a border; `accessible` says what it does where its words alone would not."""
    button = QPushButton(words)
    button.setProperty("role", "quiet")
    button.setAccessibleName(accessible or words)
    button.clicked.connect(lambda: act())
    return button
