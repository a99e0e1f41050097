"""Shows what an import would change, value by value, before anything is kept."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.exchange import LraLayout, Preview, Total, Verdict
from lkip_desktop.values import rupiah
from ui.exchange.layout_bar import LayoutBar
from ui.exchange.model import COLUMN, NEW, NOTE, OLD, ROW, STATE, SUBJECT, PreviewModel, TroubledFilter
from ui.forms.widgets import button, label
from ui.lists import WrappingDelegate, calm
from ui.row_heights import RowHeights
from ui.tokens import GRID

WIDTHS = {STATE: 14, ROW: 7, SUBJECT: 25, COLUMN: 16, OLD: 15, NEW: 20}
LEAST_NOTE = 28
"""Columns in units of the grid; the note takes what is left, and at least this."""
MOST_LINES = 3
"""Lines of a long text; the whole of it stands below the table."""
HINT = "Nilai bermasalah dapat diketik ulang di kolom Nilai baru (klik dua kali atau F2)."


class ImportDialog(QDialog):
    """`importRequested` when the person agrees.

    `lookRequested` brings answers (path → text), a layout or None, and whether unknown budget codes are to be added.
    """

    importRequested = Signal()
    lookRequested = Signal(dict, object, bool)

    def __init__(self, seen: Preview, parent: QWidget) -> None:
        super().__init__(parent)
        self.seen = seen
        self.answers: dict[str, str] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("Pratinjau impor")
        self.heading, self.counts = label("", "title"), label("", "muted")
        self.notices, self.problem = label("", "warn"), label("", "danger")
        self.whole = label("", "small")
        self.bar = LayoutBar()
        self.model = PreviewModel()
        self.filter = TroubledFilter(self.model)
        self.table = QTableView()
        self.heights = RowHeights(self.table)
        self.only = QCheckBox("Hanya yang bermasalah")
        self.adopt = QCheckBox()
        self.totals = QGridLayout()
        self.confirm = button("", self.importRequested.emit, "primary")
        self.cancel = button("Batal", self.reject)
        self._set_up_table()
        self._lay_out()
        self.adopt.toggled.connect(lambda: self._look(self.seen.layout))
        self.only.toggled.connect(self._show_troubled)
        self.model.answered.connect(self._answer)
        self.bar.changed.connect(self._read_anew)
        self.show_preview(seen)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.filter)
        calm(table, "Nilai yang akan diimpor")
        edit = QAbstractItemView.EditTrigger
        table.setEditTriggers(edit.DoubleClicked | edit.EditKeyPressed | edit.AnyKeyPressed)
        table.setAlternatingRowColors(True)
        table.setWordWrap(True)
        table.setItemDelegate(WrappingDelegate(table))
        header = table.horizontalHeader()
        for column, units in WIDTHS.items():
            header.resizeSection(column, GRID * units)
        header.setMinimumSectionSize(GRID * 6)
        table.verticalHeader().setMaximumSectionSize(MOST_LINES * table.fontMetrics().lineSpacing() + GRID // 2)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalScrollBar().rangeChanged.connect(self._widen_note)
        table.selectionModel().currentRowChanged.connect(self._show_whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen_note()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._widen_note()
        self.heights.measure()
        self.table.setFocus()

    def _widen_note(self) -> None:
        left = self.table.viewport().width() - GRID * sum(WIDTHS.values())
        self.table.horizontalHeader().resizeSection(NOTE, max(left, GRID * LEAST_NOTE))

    def _show_whole(self, current: QModelIndex, _: QModelIndex) -> None:
        """The whole of a line that the table cuts."""
        row = current.row()
        if not current.isValid():
            self.whole.setText("")
            return
        texts = [str(self.filter.index(row, column).data() or "") for column in (SUBJECT, COLUMN, NEW, NOTE)]
        self.whole.setText(" · ".join(text for text in texts if text))

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self.counts, 1)
        tools.addWidget(self.adopt)
        tools.addWidget(self.only)
        foot = QHBoxLayout()
        foot.addWidget(label(HINT, "small"), 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        self.totals.setHorizontalSpacing(GRID * 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        layout.setSpacing(GRID)
        layout.addWidget(self.heading)
        layout.addWidget(self.notices)
        layout.addWidget(self.bar)
        layout.addLayout(tools)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.whole)
        layout.addLayout(self.totals)
        layout.addWidget(self.problem)
        layout.addLayout(foot)
        self.problem.hide()
        room = self.screen().availableGeometry()
        self.resize(min(GRID * 140, room.width() - 48), min(GRID * 80, room.height() - 80))

    def show_preview(self, seen: Preview) -> None:
        """Show another look at the same file."""
        self.seen = seen
        self.heading.setText(f"{seen.title} · {seen.file.name}")
        self.notices.setText("\n".join(seen.notices))
        self.notices.setVisible(bool(seen.notices))
        self.bar.setVisible(seen.layout is not None)
        if seen.layout is not None:
            self.bar.show_layout(seen)
        self.model.show(seen)
        self.heights.measure()
        if self.filter.rowCount():
            self.table.setCurrentIndex(self.filter.index(0, STATE))
        self.counts.setText(counts_in_words(seen))
        troubled = seen.count(Verdict.PROBLEM, Verdict.CHECK)
        self.only.setText(f"Hanya yang bermasalah ({troubled})")
        self.only.setEnabled(bool(troubled) or self.only.isChecked())
        self.adopt.setText(f"Tambahkan {seen.unknown} kode yang belum ada")
        self.adopt.setVisible(bool(seen.unknown))
        self.confirm.setText(_verb(seen))
        self.confirm.setEnabled(not seen.empty)
        self._show_totals(seen.totals)
        self._widen_note()
        self.complain(_idle(seen))

    def _show_troubled(self, only: bool) -> None:
        self.filter.set_only_troubled(only)
        self.heights.measure()

    def complain(self, problem: str) -> None:
        """A sentence above the buttons; empty takes it away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _show_totals(self, totals: tuple[Total, ...]) -> None:
        while item := self.totals.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        if not totals:
            return
        for place, word in enumerate(("Jumlah", "Sekarang", "Sesudah impor", "Menurut berkas")):
            self.totals.addWidget(label(word, "small", wrap=False), 0, place)
        for line, total in enumerate(totals, start=1):
            texts = (total.label, rupiah(total.before), rupiah(total.after), _stated(total.stated, total.after))
            differs = total.stated is not None and total.stated != total.after
            for place, text in enumerate(texts):
                role = "warn" if differs and place == 3 else "strong" if not place else ""
                self.totals.addWidget(label(text, role, wrap=False), line, place)
        self.totals.setColumnStretch(4, 1)

    def _answer(self, path: str, text: str) -> None:
        self.answers[path] = text
        self._look(self.seen.layout)

    def _read_anew(self, layout: LraLayout) -> None:
        self.answers.clear()
        self._look(layout)

    def _look(self, layout: LraLayout | None) -> None:
        self.lookRequested.emit(dict(self.answers), layout, self.adopt.isChecked())


def counts_in_words(seen: Preview) -> str:
    """``6 nilai diimpor · 2 perlu diperiksa · 1 bermasalah · 12 sudah sama``"""
    parts = [f"{seen.importable} nilai diimpor"]
    for verdict, words in (
        (Verdict.CHECK, "di antaranya perlu diperiksa"),
        (Verdict.PROBLEM, "bermasalah, tidak diimpor"),
        (Verdict.NOTE, "catatan"),
    ):
        if number := seen.count(verdict):
            parts.append(f"{number} {words}")
    if seen.same:
        parts.append(f"{seen.same} sudah sama")
    return " · ".join(parts)


def _verb(seen: Preview) -> str:
    if seen.importable:
        return f"Impor {seen.importable} nilai"
    return "Catat berkas kembali" if not seen.empty else "Impor"


def _idle(seen: Preview) -> str:
    """Why there is nothing to import; empty when there is, or when problems tell it."""
    if not seen.empty or seen.count(Verdict.PROBLEM):
        return ""
    return (
        f"Belum ada yang diimpor. Centang kotak di atas untuk menambahkan {seen.unknown} kode."
        if seen.unknown
        else seen.idle
    )


def _stated(stated: Decimal | None, after: Decimal) -> str:
    if stated is None:
        return "tidak disebut"
    return rupiah(stated) if stated == after else f"{rupiah(stated)} (berbeda)"
