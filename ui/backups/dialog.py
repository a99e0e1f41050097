"""*Pulihkan cadangan*: the backups of a cycle with what each holds; one is restored as a new file and opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from lkip_desktop.backups import Contents, megabytes
from lkip_desktop.words import long_date
from ui import jobs, marks, theme
from ui.labels import ElidedLabel, text_label
from ui.lists import calm
from ui.tokens import GRID

if TYPE_CHECKING:
    from ui.main_window import MainWindow

HEADINGS = ("Dibuat", "Langkah", "Lampiran", "Ukuran", "Keadaan")
WIDTHS = (200, 0, 152, 88, 136)
"""Pixels; 0 takes what is left."""
SIZE = (GRID * 110, GRID * 64)
ROW_HEIGHT = 40
LEAD = "Cadangan dipulihkan sebagai berkas baru. Berkas yang sekarang tidak berubah."
EMPTY = (
    "Belum ada cadangan. Cadangan dibuat sendiri setelah ada perubahan, dan dengan Berkas ▸ Cadangkan sekarang; "
    "letaknya di folder “Cadangan” di samping berkas siklus."
)
NO_SECOND = "Tempat kedua belum dipilih: flashdisk atau folder di disk lain."


class BackupDialog(QDialog):
    """`restored` carries the path of the new file."""

    restored = Signal(object)  # Path

    def __init__(self, window: MainWindow, cycle: Path) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Pulihkan cadangan")
        self._window, self._cycle = window, cycle
        self._shown: tuple[Contents, ...] = ()
        self.lead = text_label(LEAD, "lead")
        self.table = QTableWidget(0, len(HEADINGS))
        self.second = ElidedLabel("", "muted")
        self.choose, self.forget = QPushButton("Pilih tempat kedua…"), QPushButton("Lepas")
        self.close_, self.restore = QPushButton("Tutup"), QPushButton("Pulihkan sebagai berkas baru")
        self._set_up_table()
        self._lay_out()
        self._connect()
        self._show_second()
        self.read()

    def _set_up_table(self) -> None:
        table = self.table
        calm(table, "Cadangan siklus ini", WIDTHS)
        table.setHorizontalHeaderLabels(HEADINGS)

    def _lay_out(self) -> None:
        place, buttons = QHBoxLayout(), QHBoxLayout()
        for button in (self.choose, self.forget):
            button.setProperty("role", "quiet")
        self.restore.setProperty("role", "primary")
        self.restore.setDefault(True)
        place.addWidget(self.second, 1)
        place.addWidget(self.choose)
        place.addWidget(self.forget)
        buttons.addStretch()
        buttons.addWidget(self.close_)
        buttons.addWidget(self.restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(self.lead)
        column.addWidget(self.table, 1)
        column.addLayout(place)
        column.addLayout(buttons)
        for button in (self.choose, self.forget, self.close_):
            button.setAutoDefault(False)
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height() - GRID * 6))

    def _connect(self) -> None:
        self.close_.clicked.connect(self.reject)
        self.restore.clicked.connect(self._restore)
        self.table.cellDoubleClicked.connect(lambda *_: self._restore())
        self.table.itemSelectionChanged.connect(self._enable)
        self.choose.clicked.connect(self._choose)
        self.forget.clicked.connect(lambda: self._set_second(None))
        theme.notifier().changed.connect(self._recolour)

    def read(self) -> None:
        """Look into every backup, beside the window."""
        desk, cycle, second = self._window.desk, self._cycle, self._window.settings.backup_place
        self.restore.setEnabled(False)
        jobs.start(
            self,
            "Membaca cadangan…",
            lambda _: desk.backup_contents(cycle, second),
            self.show_backups,
            self.lead.setText,
        )

    def show_backups(self, found: tuple[Contents, ...]) -> None:
        """Fill the table, newest first."""
        self._shown = found
        self.lead.setText(LEAD if found else EMPTY)
        self.table.setVisible(bool(found))
        self.table.clearSpans()
        self.table.setRowCount(len(found))
        for row, one in enumerate(found):
            for column, text in enumerate(_texts(one)):
                item = QTableWidgetItem(text)
                item.setToolTip(one.problem or str(one.backup.path))
                self.table.setItem(row, column, item)
            if one.problem:
                self.table.setSpan(row, 1, 1, len(HEADINGS) - 2)
            self.table.setRowHeight(row, ROW_HEIGHT + (GRID * 2 if one.problem else 0))
        self._recolour()
        if found:
            whole = next((row for row, one in enumerate(found) if not one.problem), 0)
            self.table.setCurrentCell(whole, 0)
            self.table.setFocus()
        self._enable()

    def _recolour(self, _: object = None) -> None:
        tokens = theme.current()
        for row, one in enumerate(self._shown):
            item = self.table.item(row, len(HEADINGS) - 1)
            if item is not None:
                kind, colour = ("bad", tokens.danger) if one.problem else ("closed", tokens.ok)
                item.setIcon(marks.icon(kind, colour))
                item.setForeground(QColor(colour))

    def chosen(self) -> Contents | None:
        row = self.table.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _enable(self) -> None:
        chosen = self.chosen()
        self.restore.setEnabled(chosen is not None and not chosen.problem)
        why = chosen.problem if chosen else "" if self._shown else "Belum ada cadangan."
        self.restore.setToolTip(why)

    def _restore(self) -> None:
        chosen = self.chosen()
        if chosen is None or chosen.problem:
            return
        desk, backup, cycle = self._window.desk, chosen.backup, self._cycle
        folder = cycle.parent
        if desk.files.unsafe_place(folder / cycle.name):
            folder = self._window.settings.work_folder
        jobs.start(
            self,
            "Memulihkan cadangan…",
            lambda progress: desk.restore_backup(backup, cycle, folder, progress),
            self._done,
            self._failed,
        )

    def _done(self, path: Path) -> None:
        self.restored.emit(path)
        self.accept()

    def _failed(self, problem: str) -> None:
        from ui.opening import ask

        ask(self, "Cadangan tidak dapat dipulihkan", f"{problem} Pilih cadangan lain.")

    # The second place

    def _choose(self) -> None:
        now = self._window.settings.backup_place
        dialog = QFileDialog(self, "Pilih tempat kedua untuk cadangan", str(now or Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self._set_second(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set_second(self, place: Path | None) -> None:
        if place is not None:
            self._window.desk.choose_second_place(place)
        self._window.settings.backup_place = place
        self._show_second()
        self.read()

    def _show_second(self) -> None:
        place = self._window.settings.backup_place
        away = " (tidak terpasang)" if place is not None and not self._window.desk.second_place_is_there(place) else ""
        self.second.setText(f"Tempat kedua: {place}{away}" if place else NO_SECOND)
        self.choose.setText("Ganti…" if place else "Pilih tempat kedua…")
        self.forget.setVisible(place is not None)


def _texts(one: Contents) -> tuple[str, ...]:
    made = f"{long_date(one.backup.at.date())} {one.backup.at:%H.%M}"
    if one.problem:
        return made, one.problem, "–", "–", "Tidak terbaca"
    step = "Selesai" if one.closed else f"{one.step} · {one.title}"
    attached = f"{one.attachments} berkas, {megabytes(one.attached_bytes)}" if one.attachments else "–"
    return made, step, attached, megabytes(one.file_bytes), "Terverifikasi"
