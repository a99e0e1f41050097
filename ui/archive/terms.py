"""*Retensi arsip*: until when each cycle of the work folder is kept, and those whose term is over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from lkip_desktop.retention import Phase, Reminder, reminders
from lkip_desktop.words import long_date
from ui import jobs, marks, theme
from ui.labels import text_label
from ui.lists import calm
from ui.tokens import GRID

if TYPE_CHECKING:
    from ui.main_window import MainWindow

HEADINGS = ("Siklus", "Kode", "Aktif sampai", "Inaktif sampai", "Sesudahnya", "Keadaan")
WIDTHS = (0, 96, 144, 144, 128, 160)
NARROWEST = 96
SIZE = (GRID * 116, GRID * 52)
ROW_HEIGHT = 40
LEAD = (
    "Masa simpan siklus di folder kerja, dihitung dari akhir tahun penutupan siklus. Program tidak pernah menghapus "
    "arsip; pemusnahan memerlukan persetujuan dan berita acara."
)
EMPTY = "Belum ada siklus di folder kerja."
_STATES = {
    Phase.RUNNING: ("running", "Masih berjalan"),
    Phase.ACTIVE: ("closed", "Aktif"),
    Phase.INACTIVE: ("near", "Inaktif"),
    Phase.OVER: ("late", "Masa simpan habis"),
}


class RetentionDialog(QDialog):
    """`shown` holds what the table shows, in its order."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Retensi arsip")
        self.shown: tuple[Reminder, ...] = ()
        self.lead = text_label(LEAD, "muted")
        self.table = QTableWidget(0, len(HEADINGS))
        self.close_ = QPushButton("Tutup")
        self._set_up_table()
        self._lay_out()
        self.close_.clicked.connect(self.reject)
        theme.notifier().changed.connect(self._recolour)

    def read(self, window: MainWindow) -> None:
        """Look into every cycle of the work folder, beside the window."""
        desk, folder = window.desk, window.settings.work_folder
        day = desk.clock.now().date()
        jobs.start(
            self, "Membaca folder kerja…", lambda _: reminders(desk.files, folder, day), self.show_terms, self._fail
        )

    def _fail(self, problem: str) -> None:
        self.lead.setText(problem)

    def show_terms(self, found: tuple[Reminder, ...]) -> None:
        """Fill the table; those whose term ends first stand first."""
        self.shown = found
        self.lead.setText(LEAD if found else EMPTY)
        self.table.setVisible(bool(found))
        self.table.setRowCount(len(found))
        for row, one in enumerate(found):
            for column, text in enumerate(_texts(one)):
                item = QTableWidgetItem(text)
                item.setToolTip(str(one.path) if column == 0 else text)
                self.table.setItem(row, column, item)
            self.table.setRowHeight(row, ROW_HEIGHT)
        self._recolour()
        if found:
            self.table.setCurrentCell(0, 0)

    def _recolour(self, _: object = None) -> None:
        tokens = theme.current()
        colours = {Phase.RUNNING: tokens.accent, Phase.ACTIVE: tokens.ok}
        colours |= {Phase.INACTIVE: tokens.warn, Phase.OVER: tokens.danger}
        for row, one in enumerate(self.shown):
            item = self.table.item(row, len(HEADINGS) - 1)
            if item is not None:
                item.setIcon(marks.icon(_STATES[one.phase][0], colours[one.phase]))
                item.setForeground(QColor(colours[one.phase]))

    def _set_up_table(self) -> None:
        table = self.table
        calm(table, "Masa simpan tiap siklus", WIDTHS)
        table.setHorizontalHeaderLabels(HEADINGS)
        header = table.horizontalHeader()
        header.setMinimumSectionSize(NARROWEST)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(self.lead)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height() - GRID * 6))


def _texts(one: Reminder) -> tuple[str, ...]:
    terms = one.retention
    running = one.phase is Phase.RUNNING
    active = "belum dihitung" if running else long_date(terms.active_until)
    inactive = "belum dihitung" if running else long_date(terms.inactive_until)
    return one.path.stem, terms.code, active, inactive, terms.fate, _STATES[one.phase][1]


def show_retention(window: MainWindow) -> None:
    dialog = RetentionDialog(window)
    dialog.open()
    dialog.read(window)


def remind(window: MainWindow) -> None:
    """Once the home screen is there: say when a cycle's term is over, unless something more urgent is being said."""
    desk, folder = window.desk, window.settings.work_folder
    day = desk.clock.now().date()
    job = jobs.Job(lambda _: reminders(desk.files, folder, day))
    job.succeeded.connect(lambda found: _say(window, [one.path for one in found if one.due]))
    job.start()


def _say(window: MainWindow, due: list[Path]) -> None:
    if due and not window.banner.isVisible():
        one = f"Masa simpan arsip “{due[0].stem}” sudah habis."
        text = one if len(due) == 1 else f"Masa simpan {len(due)} siklus di folder kerja sudah habis."
        window.banner.say("info", text, [("Lihat retensi", lambda: show_retention(window))])
