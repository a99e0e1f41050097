"""Two versions of the report side by side: every place where they differ, and the words that differ in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QSplitter, QTableView, QVBoxLayout, QWidget

from lkip_desktop.documents.docx_compare import Difference, Kind
from lkip_desktop.documents.docx_words import figures_differ
from ui.forms.widgets import button, label
from ui.lists import Index, ListModel
from ui.report_review.sides import Sides
from ui.report_review.tables import roomy
from ui.tokens import GRID

HEADINGS = ("Bagian", "Jenis", "Perubahan", "Sebelum", "Sesudah")
WIDTHS = (GRID * 26, GRID * 10, GRID * 12, 0, 0)
ALL, FIGURES = "Semua perbedaan", "Yang angkanya berbeda"
SAME = "Kedua versi berisi sama."
SHORT = 300
"""Characters of a text in the table; the whole of it stands below."""


class DifferenceModel(ListModel):
    """A row for each difference that the chosen filter shows."""

    headings = HEADINGS

    def __init__(self, differences: tuple[Difference, ...]) -> None:
        super().__init__()
        self.all = differences
        self.shown = differences

    def filter(self, kind: str) -> None:
        """Show all (ALL), those whose numbers differ (FIGURES), or those of a Kind."""
        self.beginResetModel()
        if kind == FIGURES:
            self.shown = tuple(d for d in self.all if figures_differ(d.old, d.new))
        else:
            self.shown = tuple(d for d in self.all if kind in (ALL, d.kind.value))
        self.endResetModel()

    def things(self) -> tuple[object, ...]:
        return self.shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        found = self.shown[index.row()]
        texts = (found.heading or "Awal laporan", found.kind.value.capitalize(), change(found), found.old, found.new)
        return texts[index.column()][:SHORT] or "–"


def change(found: Difference) -> str:
    return "Ditambah" if not found.old else "Dihapus" if not found.new else "Diubah"


class DifferencesDialog(QDialog):
    """Shows what `compare` found between two named versions."""

    def __init__(self, differences: tuple[Difference, ...], old: str, new: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("Bandingkan versi laporan")
        self.model = DifferenceModel(differences)
        self.table = QTableView()
        self.table.setModel(self.model)
        roomy(self.table, "Perbedaan dua versi laporan", WIDTHS)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("Jenis perbedaan yang ditampilkan")
        self.kinds.addItems([ALL, FIGURES, *(kind.value for kind in Kind)])
        for place, kind in enumerate(Kind, start=2):
            self.kinds.setItemText(place, kind.value.capitalize())
        self.count = label("", "muted")
        self.sides = Sides(old, new)
        self._lay_out(f"{old} dan {new}")
        self.kinds.currentIndexChanged.connect(self._filter)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show())
        self._filter()

    def _lay_out(self, title: str) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(GRID)
        tools.addWidget(self.count, 1)
        tools.addWidget(self.kinds)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(self.sides)
        parts.setSizes([GRID * 40, GRID * 26])
        parts.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("Tutup", self.close))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(label(title, "title"))
        column.addLayout(tools)
        column.addWidget(parts, 1)
        column.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(GRID * 150, room.width() - GRID * 4), min(GRID * 88, room.height() - GRID * 8))

    def _filter(self) -> None:
        chosen = self.kinds.currentIndex()
        self.model.filter((ALL, FIGURES, *(kind.value for kind in Kind))[chosen])
        shown, whole = len(self.model.shown), len(self.model.all)
        self.count.setText(SAME if not whole else f"{shown} dari {whole} perbedaan")
        if shown:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show()

    def _show(self) -> None:
        row = self.table.currentIndex().row()
        found = self.model.shown[row] if 0 <= row < len(self.model.shown) else None
        self.sides.show_texts(found.old if found else "", found.new if found else "")
