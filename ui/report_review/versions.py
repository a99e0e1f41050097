"""*Versi laporan*: every version that is kept, when and by whom, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.report_versions import ReportVersion, report_versions
from lkip_desktop.workflow.state import KeptDocument
from ui.forms.widgets import button, file_size, label, moment, signed
from ui.report_review.tables import roomy
from ui.session import Session
from ui.tokens import GRID

HEADINGS = ("Versi", "Asal", "Disimpan", "Oleh", "Ukuran", "Keterangan")
WIDTHS = (GRID * 8, GRID * 17, GRID * 22, GRID * 22, GRID * 10, 0)
SOURCES = {"generated": "Dibuat program", "imported": "Dari Word"}
EMPTY = "Belum ada versi laporan. Buat draf DOCX pada langkah penyusunan, atau ambil berkas dari Word."
HINT = (
    "Pilih dua versi (Ctrl dan klik, atau Shift dan panah) untuk membandingkannya; satu versi dibandingkan dengan "
    "yang sebelumnya."
)


class VersionsDialog(QDialog):
    """Newest first. Signals bring kept documents; the acts belong to whoever opened it."""

    openRequested = Signal(object)  # KeptDocument
    exportRequested = Signal(object)  # KeptDocument
    compareRequested = Signal(object, object)  # older and newer KeptDocument
    takeRequested = Signal(object)  # KeptDocument
    fileRequested = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.versions: tuple[ReportVersion, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Versi laporan")
        self.table = QTableWidget(0, len(HEADINGS))
        self.none = label(EMPTY, "muted")
        self.open_button = button("Buka", self._for_one(self.openRequested.emit))
        self.export = button("Simpan sebagai…", self._for_one(self.exportRequested.emit))
        self.compare = button("Bandingkan", self._compare, "primary")
        self.take = button("Ambil perubahan…", self._for_one(self.takeRequested.emit))
        self.file = button("Ambil dari berkas Word…", self.fileRequested.emit)
        self._set_up()
        self._lay_out()
        session.changed.connect(self._follow)
        self._fill()

    def _set_up(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(HEADINGS)
        roomy(table, "Versi laporan", WIDTHS)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.itemSelectionChanged.connect(self._offer)
        table.activated.connect(self._open_row)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        for made in (self.open_button, self.export, self.take, self.file):
            foot.addWidget(made)
        foot.addStretch(1)
        foot.addWidget(button("Tutup", self.close))
        foot.addWidget(self.compare)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(label("Versi laporan", "title"))
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        column.addWidget(label(HINT, "small"))
        column.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(GRID * 132, room.width() - GRID * 4), min(GRID * 56, room.height() - GRID * 8))

    def _follow(self, _: object) -> None:
        if len(self._session.state.versions("report")) != len(self.versions):
            self._fill()

    def _fill(self) -> None:
        state = self._session.state
        self.versions = report_versions(state, self._session.cycle.store.events())
        self.table.setRowCount(len(self.versions))
        for row, version in enumerate(self.versions):
            kept = version.document
            texts = (
                f"Versi {kept.version}",
                SOURCES.get(kept.source, kept.source),
                moment(state, kept.at),
                signed(kept.who),
                file_size(kept.size),
                version.note,
            )
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                cell.setToolTip(f"{kept.name}\n{text}" if not column else text)
                self.table.setItem(row, column, cell)
        self.none.setVisible(not self.versions)
        self.table.setVisible(bool(self.versions))
        if self.versions:
            # Whatever keys are held down: a click with Ctrl on what opens the list would toggle the row again.
            whole_row = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(self.table.model().index(0, 0), whole_row)
        self._offer()

    def _chosen(self) -> list[KeptDocument]:
        """The chosen versions, oldest first."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()}, reverse=True)
        return [self.versions[row].document for row in rows if row < len(self.versions)]

    def _pair(self) -> tuple[KeptDocument, KeptDocument] | None:
        """The two to compare: both that are chosen, or the one chosen and the one before it."""
        chosen = self._chosen()
        if len(chosen) == 2:
            return chosen[0], chosen[1]
        before = [v.document for v in self.versions if len(chosen) == 1 and v.document.version < chosen[0].version]
        return (before[0], chosen[0]) if before else None

    def _offer(self) -> None:
        one, pair = len(self._chosen()) == 1, self._pair()
        self.open_button.setEnabled(one)
        self.export.setEnabled(one)
        self.take.setEnabled(one and not self._session.read_only)
        self.file.setEnabled(not self._session.read_only)
        self.compare.setEnabled(pair is not None)
        words = f"Bandingkan versi {pair[0].version} dan {pair[1].version}" if pair else "Bandingkan"
        self.compare.setText(words)

    def _for_one(self, act: Callable[[KeptDocument], object]) -> Callable[[], object]:
        def call() -> None:
            chosen = self._chosen()
            if len(chosen) == 1:
                act(chosen[0])

        return call

    def _open_row(self, index: QModelIndex) -> None:
        self.openRequested.emit(self.versions[index.row()].document)

    def _compare(self) -> None:
        pair = self._pair()
        if pair is not None:
            self.compareRequested.emit(*pair)
