"""*Ambil perubahan dari Word*: what colleagues changed, text by text, with a box to take it or leave it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QTableView, QVBoxLayout, QWidget

from lkip_desktop.exchange import Line, Preview, Verdict
from ui import marks, theme
from ui.forms.widgets import button, label
from ui.lists import Index, ListModel
from ui.report_review.sides import Sides
from ui.report_review.tables import roomy
from ui.tokens import GRID

HEADINGS = ("Ambil", "Bagian", "Keadaan", "Di siklus", "Di berkas")
TAKE, PLACE, STATE, OLD, NEW = range(len(HEADINGS))
WIDTHS = (GRID * 8, GRID * 28, GRID * 20, 0, 0)
TEXT = "Teks"
WORDS = {
    Verdict.CHANGE: ("Berubah di Word", "running", "accent"),
    Verdict.NEW: ("Catatan untuk koreksi", "info", "accent"),
    Verdict.CHECK: ("Pilih dengan teliti", "late", "warn"),
    Verdict.NOTE: ("Hanya diberitahukan", "info", "muted"),
    Verdict.PROBLEM: ("Tidak dapat diambil", "bad", "danger"),
}
GONE = ("Tidak ada lagi di Word", "late", "warn")
CHANGE = "Berubah di Word dan tidak berubah di program sejak berkas itu dibuat."
REMARK = "Bila diambil, menjadi baris daftar koreksi pada langkah 6."
NOTHING = "Tidak ada teks, catatan, atau angka yang berbeda dari siklus."
SHORT = 300


class TakeModel(ListModel):
    """The lines of the preview; those that may be imported have a box, ticked unless they ask for care."""

    headings = HEADINGS

    chosenChanged = Signal()

    def __init__(self, lines: tuple[Line, ...]) -> None:
        super().__init__()
        self.lines = lines
        self.chosen = {line.path for line in lines if line.verdict in (Verdict.CHANGE, Verdict.NEW)}

    def things(self) -> tuple[object, ...]:
        return self.lines

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        box = index.column() == TAKE and self.lines[index.row()].verdict.imported
        return flags | Qt.ItemFlag.ItemIsUserCheckable if box else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.lines[index.row()], index.column()
        words, mark, colour = looks(line)
        if role == Qt.ItemDataRole.DisplayRole:
            return ("" if column == TAKE else (place(line), words, line.old, line.new)[column - 1][:SHORT]) or None
        if role == Qt.ItemDataRole.CheckStateRole and column == TAKE and line.verdict.imported:
            return Qt.CheckState.Checked if line.path in self.chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and column == TAKE:
            return ("diambil" if line.path in self.chosen else "tidak diambil") + f": {place(line)}"
        if column == STATE and role == Qt.ItemDataRole.DecorationRole:
            return marks.icon(mark, getattr(theme.current(), colour))
        if column == STATE and role == Qt.ItemDataRole.ForegroundRole:
            return QColor(getattr(theme.current(), colour))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.lines[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or not line.verdict.imported:
            return False
        ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        (self.chosen.add if ticked else self.chosen.discard)(line.path)
        self.dataChanged.emit(index, index)
        self.chosenChanged.emit()
        return True

    def turn(self, index: QModelIndex) -> None:
        """Take a line that is left, or leave it."""
        line = self.lines[index.row()]
        state = Qt.CheckState.Unchecked if line.path in self.chosen else Qt.CheckState.Checked
        self.setData(self.index(index.row(), TAKE), state, Qt.ItemDataRole.CheckStateRole)

    def tick_all(self, ticked: bool) -> None:
        """Take everything that can be taken, or nothing."""
        self.chosen = {line.path for line in self.lines if ticked and line.verdict.imported}
        if self.lines:
            self.dataChanged.emit(self.index(0, TAKE), self.index(len(self.lines) - 1, TAKE))
        self.chosenChanged.emit()


def place(line: Line) -> str:
    """Where a line stands: the field, or a heading or the table's caption with what is there."""
    if line.column in (TEXT, "Koreksi"):
        return line.subject
    column = [line.column] if line.column != "Baris" else []
    row = [f"baris {line.number}"] if line.number else []
    return f"{line.subject}: {', '.join([*column, *row])}"


def looks(line: Line) -> tuple[str, str, str]:
    """The words of a line's state, its mark and its colour."""
    return GONE if line.verdict is Verdict.CHECK and not line.new else WORDS[line.verdict]


def explained(line: Line) -> str:
    """A sentence on what taking a line means, or why it cannot be taken."""
    return line.note or {Verdict.CHANGE: CHANGE, Verdict.NEW: REMARK}.get(line.verdict, "")


class TakeBackDialog(QDialog):
    """`takeRequested` brings the paths that were chosen; `keepRequested` asks to keep the file as a version alone."""

    takeRequested = Signal(frozenset)
    keepRequested = Signal()

    def __init__(self, seen: Preview, *, kept: bool, parent: QWidget) -> None:
        """`kept` when the file is a version of the report already."""
        super().__init__(parent)
        self.seen, self._kept = seen, kept
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("Ambil perubahan dari Word")
        self.model = TakeModel(seen.lines)
        self.table = QTableView()
        self.table.setModel(self.model)
        roomy(self.table, "Perubahan dalam berkas Word", WIDTHS)
        self.sides = Sides("Di siklus sekarang", "Di berkas Word")
        self.why, self.problem = label("", "muted"), label("", "danger")
        self.problem.hide()
        self.all = button("Pilih semua", lambda: self.model.tick_all(True), "quiet")
        self.none = button("Kosongkan pilihan", lambda: self.model.tick_all(False), "quiet")
        self.keep = button("Simpan sebagai versi saja", self.keepRequested.emit)
        self.take = button("", lambda: self.takeRequested.emit(frozenset(self.model.chosen)), "primary")
        self.cancel = button("Batal" if seen.lines else "Tutup", self.reject)
        self._lay_out()
        self.model.chosenChanged.connect(self._count)
        self.table.activated.connect(self.model.turn)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show())
        if seen.lines:
            self.table.setCurrentIndex(self.model.index(0, TAKE))
            self.table.setFocus()
        self._count()

    def _lay_out(self) -> None:
        seen = self.seen
        figures = seen.count(Verdict.NOTE)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(label(seen.title, "title"))
        for notice in seen.notices:
            column.addWidget(label(notice, "warn"))
        if figures:
            column.addWidget(label(_figures(figures), "warn"))
        if seen.lines:
            parts = QSplitter(Qt.Orientation.Vertical)
            parts.addWidget(self.table)
            parts.addWidget(self.sides)
            parts.setSizes([GRID * 34, GRID * 26])
            parts.setChildrenCollapsible(False)
            column.addWidget(parts, 1)
            column.addWidget(self.why)
        else:
            column.addWidget(label(NOTHING, "muted"))
            column.addStretch(1)
        column.addWidget(self.problem)
        column.addLayout(self._foot())
        room = self.screen().availableGeometry()
        wide, high = (GRID * 150, GRID * 88) if seen.lines else (GRID * 80, GRID * 28)
        self.resize(min(wide, room.width() - GRID * 4), min(high, room.height() - GRID * 8))

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        takeable = bool(self.seen.importable)
        foot.addWidget(self.all)
        foot.addWidget(self.none)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.keep)
        foot.addWidget(self.take)
        if not takeable:
            for made in (self.all, self.none, self.take):
                made.hide()
        if self._kept:
            self.keep.hide()
        return foot

    def _count(self) -> None:
        count = len(self.model.chosen)
        self.take.setText(f"Ambil {count} yang dipilih" if count else "Ambil yang dipilih")
        self.take.setEnabled(count > 0)

    def _show(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.seen.lines):
            line = self.seen.lines[row]
            self.sides.show_texts(line.old, line.new)
            self.why.setText(explained(line))

    def complain(self, problem: str) -> None:
        """A sentence above the buttons; nothing was kept."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))


def _figures(count: int) -> str:
    return (
        f"{count} angka, tabel, atau gambar diubah di Word dan tidak diambil: angka berasal dari data siklus. "
        "Perbaiki datanya bila angka di Word yang benar."
    )
