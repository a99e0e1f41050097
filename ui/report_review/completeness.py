"""*Kelengkapan laporan*: what the report still lacks, group by group, each with the way to the place that mends it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.completeness import Group, Item, Standing, lacking
from ui import marks, theme
from ui.forms.widgets import button, label
from ui.lists import WrappingDelegate, calm
from ui.tokens import GRID, Tokens

HEADINGS = ("Butir", "Keadaan", "Keterangan")
ITEM, STATE, NOTE = range(len(HEADINGS))
LOOKS = {
    Standing.THERE: ("closed", "ok"),
    Standing.CHECK: ("late", "warn"),
    Standing.MISSING: ("bad", "danger"),
}
STATE_WIDTH = GRID * 15
LEAD = "Menurut Permenpan RB 53/2014 dan penilaian pelaporan kinerja (Permenpan RB 88/2021)."
WHOLE = "Semua butir lengkap."
NO_PLACE = "Butir ini tidak mempunyai isian sendiri."


class CompletenessDialog(QDialog):
    """Not modal, so that it can stay beside the work. The acts belong to whoever opened it."""

    placeRequested = Signal(str)  # path
    printRequested = Signal()
    saveRequested = Signal()
    refreshRequested = Signal()

    def __init__(self, known: frozenset[str], parent: QWidget) -> None:
        """`known` are the fields (before the first slash) that can be led to."""
        super().__init__(parent)
        self._known = known
        self.items: tuple[Item, ...] = ()
        self._rows: list[Item | None] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Kelengkapan laporan")
        self.count = label("", "title")
        self.only = QCheckBox("Hanya yang belum lengkap")
        self.table = QTableWidget(0, len(HEADINGS))
        self.hint = label("", "small")
        self.go = button("Buka isiannya", self._go, "primary")
        self.again = button("Periksa ulang", self.refreshRequested.emit)
        self.print = button("Cetak…", self.printRequested.emit)
        self.save = button("Simpan PDF…", self.saveRequested.emit)
        self.close_button = button("Tutup", self.close)
        self._set_up_table()
        self._lay_out()
        self.only.toggled.connect(lambda _: self._fill())
        theme.notifier().changed.connect(self._colour)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show a check that has just been made."""
        self.items = tuple(items)
        missing = sum(item.standing is Standing.MISSING for item in items)
        check = sum(item.standing is Standing.CHECK for item in items)
        parts = [f"{missing} belum ada"] if missing else []
        parts += [f"{check} perlu diperiksa"] if check else []
        there = len(items) - missing - check
        self.count.setText(f"{there} dari {len(items)} butir lengkap" + (f": {', '.join(parts)}" if parts else ""))
        self._fill()

    def _set_up_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        calm(table, "Butir kelengkapan laporan")
        table.setHorizontalHeaderLabels(HEADINGS)
        table.setWordWrap(True)
        table.setItemDelegate(WrappingDelegate(table))
        header.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(STATE, STATE_WIDTH)
        header.sectionResized.connect(table.resizeRowsToContents)
        table.currentCellChanged.connect(lambda *_: self._offer())
        table.activated.connect(lambda _: self._go())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(LEAD, "muted"), 1)
        head.addWidget(self.only)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        for made in (self.print, self.save, self.again):
            foot.addWidget(made)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(self.count)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.hint)
        column.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(GRID * 120, room.width() - GRID * 4), min(GRID * 84, room.height() - GRID * 8))

    def _fill(self) -> None:
        shown = lacking(self.items) if self.only.isChecked() else self.items
        self._rows = []
        for group in Group:
            own = [item for item in shown if item.group is group]
            self._rows += [None, *own] if own else []
        self.table.clearSpans()
        self.table.setRowCount(len(self._rows))
        for row, item in enumerate(self._rows):
            if item is None:
                following = next(one for one in self._rows[row:] if one is not None)
                self._head(row, following.group.value)
            else:
                self._item(row, item)
        self._colour(theme.current())
        self.table.resizeRowsToContents()
        first = next((row for row, item in enumerate(self._rows) if item and item.standing is not Standing.THERE), 1)
        if self._rows:
            self.table.setCurrentCell(min(first, len(self._rows) - 1), ITEM)
        self._offer()

    def _head(self, row: int, text: str) -> None:
        cell = QTableWidgetItem(text)
        font = self.table.font()
        font.setBold(True)
        cell.setFont(font)
        cell.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.table.setItem(row, ITEM, cell)
        self.table.setSpan(row, ITEM, 1, len(HEADINGS))

    def _item(self, row: int, item: Item) -> None:
        for column, text in enumerate((item.text, item.standing.capitalize(), item.note)):
            cell = QTableWidgetItem(text)
            cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, cell)

    def _colour(self, tokens: Tokens) -> None:
        for row, item in enumerate(self._rows):
            cell = self.table.item(row, ITEM if item is None else STATE)
            if cell is None:
                continue
            if item is None:
                cell.setBackground(QColor(tokens.panel))
                continue
            kind, colour = LOOKS[item.standing]
            cell.setIcon(marks.icon(kind, getattr(tokens, colour)))
            cell.setForeground(QColor(getattr(tokens, colour)))

    def _chosen(self) -> Item | None:
        row = self.table.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _offer(self) -> None:
        item = self._chosen()
        place = bool(item and item.where.split("/")[0] in self._known)
        self.go.setEnabled(place)
        self.hint.setText(WHOLE if self.items and not lacking(self.items) else "" if place or not item else NO_PLACE)

    def _go(self) -> None:
        item = self._chosen()
        if item is not None and self.go.isEnabled():
            self.placeRequested.emit(item.where)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()
