"""*Bandingkan dengan salinan lain*: what each copy did since they parted, and what is taken over."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.compare import Comparison, Difference, Relation, Side
from lkip_desktop.cycle_calendar import calendar
from lkip_desktop.merge import Other, take
from lkip_desktop.workflow.narrate import Entry
from lkip_desktop.workflow.transitions import Refusal
from ui.forms.widgets import button, label
from ui.labels import text_label
from ui.lists import Index, ListModel, calm
from ui.session import Session
from ui.tokens import GRID

HEADINGS = ("Isian", "Diubah", "Saat berpisah", "Di sini", "Di salinan itu")
DETAILS_HEIGHT, LOW_DETAILS, LOW_SCREEN = GRID * 17, GRID * 9, 640
EMPTY_WORD = "–"
NOTHING = "Tidak ada isian, teks, atau berkas yang berbeda; yang berbeda hanya kegiatan lain pada tab di sebelah."


class DifferenceModel(ListModel):
    """Differences, those that can be taken with a box to tick; `refusals` (id → why) cannot be ticked."""

    headings = HEADINGS

    chosenChanged = Signal()

    def __init__(self, differences: tuple[Difference, ...], refusals: Mapping[str, str]) -> None:
        super().__init__()
        self.differences, self._refusals = differences, refusals
        self.chosen: set[str] = set()

    def things(self) -> tuple[object, ...]:
        return self.differences

    def can_take(self, row: int) -> bool:
        difference = self.differences[row]
        return difference.takeable and not self._refusals.get(difference.id)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 and self.can_take(index.row()) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        difference = self.differences[index.row()]
        words = (
            difference.label,
            self._changed(difference),
            difference.then,
            difference.here,
            difference.there,
        )[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words or EMPTY_WORD
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self.explain(index.row())
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and self.can_take(index.row()):
            return Qt.CheckState.Checked if difference.id in self.chosen else Qt.CheckState.Unchecked
        return None

    def _changed(self, difference: Difference) -> str:
        if difference.takeable and self._refusals.get(difference.id):
            return "di sana, terkunci"
        return "di keduanya" if difference.clash else "di sana" if difference.takeable else "di sini"

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self.can_take(index.row()):
            return False
        self.tick(index.row(), Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def tick(self, row: int, ticked: bool) -> None:
        """Choose a difference, or leave it."""
        (self.chosen.add if ticked else self.chosen.discard)(self.differences[row].id)
        cell = self.index(row, 0)
        self.dataChanged.emit(cell, cell)
        self.chosenChanged.emit()

    def tick_all(self, *, clashes: bool) -> None:
        """Choose everything that can be taken; where both copies changed something, only with `clashes`."""
        for row, difference in enumerate(self.differences):
            if self.can_take(row) and (clashes or not difference.clash):
                self.chosen.add(difference.id)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.differences) - 1, 0))
        self.chosenChanged.emit()

    def explain(self, row: int) -> str:
        """How a difference stands, in a sentence."""
        difference = self.differences[row]
        refusal = self._refusals.get(difference.id, "")
        if difference.takeable and refusal:
            return f"Tidak dapat diambil sekarang. {refusal}"
        if not difference.takeable:
            return "Hanya diubah di sini; di salinan itu masih seperti saat berpisah."
        if difference.clash:
            return "Diubah di kedua salinan. Bila dicentang, isi di sini diganti dengan isi salinan itu."
        return "Hanya diubah di salinan itu. Bila dicentang, isinya diambil ke sini."

    def details(self, row: int) -> str:
        """The whole of a difference: how it stands, then each text in full."""
        difference = self.differences[row]
        texts = zip(HEADINGS[2:], (difference.then, difference.here, difference.there), strict=True)
        return "\n".join((self.explain(row), *(f"{words}: {text or EMPTY_WORD}" for words, text in texts)))


class CompareDialog(QDialog):
    """Shows a comparison; `taken` after something was taken over."""

    taken = Signal(int)  # how many differences

    def __init__(self, session: Session, other: Other, refusals: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._other = session, other
        self.setWindowTitle("Bandingkan dengan salinan lain")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = DifferenceModel(other.comparison.differences, refusals)
        self.table = QTableView()
        self.explanation = QPlainTextEdit()
        self.problem = label("", "danger")
        self.problem.hide()
        self.tabs = QTabWidget()
        self.all = button("Centang yang tidak berbenturan", lambda: self.model.tick_all(clashes=False), "quiet")
        self.take = button("", self._take, "primary")
        self.close_button = button("Tutup", self.reject)
        self._set_up()
        self._lay_out()
        self.model.chosenChanged.connect(self._count)
        self._count()
        self._explain()

    def _set_up(self) -> None:
        table = self.table
        table.setModel(self.model)
        calm(table, "Perbedaan isian dan berkas")
        table.setAlternatingRowColors(True)
        table.verticalHeader().setDefaultSectionSize(QFontMetrics(table.font()).lineSpacing() * 2 + GRID)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.selectionModel().currentRowChanged.connect(self._explain)
        self.explanation.setReadOnly(True)
        self.explanation.setTabChangesFocus(True)
        self.explanation.setAccessibleName("Rincian perbedaan")
        low = self.screen().availableGeometry().height() < LOW_SCREEN
        self.explanation.setFixedHeight(LOW_DETAILS if low else DETAILS_HEIGHT)
        if self.model.differences:
            table.setCurrentIndex(self.model.index(0, 0))

    def _lay_out(self) -> None:
        found = self._other.comparison
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(text_label(f"Bandingkan dengan “{self._other.path.name}”", "title"))
        column.addWidget(label(found.sentence))
        if found.relation is Relation.PARTED:
            self.tabs.setDocumentMode(True)
            self.tabs.addTab(self._differences_tab(), f"Perbedaan ({len(found.differences)})")
            for title, side in (("Kegiatan di sini", found.mine), ("Kegiatan di salinan itu", found.theirs)):
                self.tabs.addTab(_acts(side, title), f"{title} ({len(side.acts)})")
            column.addWidget(self.tabs, 1)
        else:
            column.addStretch(1)
        column.addWidget(self.problem)
        column.addLayout(self._foot(found))
        room = self.screen().availableGeometry()
        high = GRID * 86 if found.relation is Relation.PARTED else GRID * 26
        wide = GRID * 150 if found.relation is Relation.PARTED else GRID * 72
        self.resize(min(wide, room.width() - GRID * 4), min(high, room.height() - GRID * 8))

    def _differences_tab(self) -> QWidget:
        tab = QWidget()
        inside = QVBoxLayout(tab)
        inside.setContentsMargins(0, GRID, 0, 0)
        inside.setSpacing(GRID)
        if self.model.differences:
            inside.addWidget(self.table, 1)
            inside.addWidget(self.explanation)
        else:
            inside.addWidget(label(NOTHING, "muted"))
            inside.addStretch(1)
        return tab

    def _foot(self, found: Comparison) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        parted = found.relation is Relation.PARTED and bool(found.takeable) and not self._session.read_only
        if parted:
            row.addWidget(self.all)
        row.addStretch(1)
        row.addWidget(self.close_button)
        if parted:
            row.addWidget(self.take)
        return row

    def _explain(self, *_: object) -> None:
        row = self.table.currentIndex().row()
        self.explanation.setPlainText(self.model.details(row) if row >= 0 else "")

    def _count(self) -> None:
        count = len(self.model.chosen)
        self.take.setText(f"Ambil {count} perbedaan" if count else "Ambil yang dicentang")
        self.take.setEnabled(count > 0)

    def _take(self) -> None:
        self.take.setEnabled(False)
        self._session.back_up_first(self._take_now, self._complain)

    def _complain(self, problem: str) -> None:
        self.take.setEnabled(True)
        self.problem.setText(f"Belum ada yang diambil. {problem}")
        self.problem.show()

    def _take_now(self) -> None:
        chosen = frozenset(self.model.chosen)
        outcome = self._session.act(lambda cycle, who: take(cycle, who, self._other, chosen))
        if isinstance(outcome, Refusal):
            self._complain(outcome.message)
        elif outcome is None:
            self._complain("Berkas siklus menolak ditulis. Isinya aman.")
        else:
            self.accept()
            self.taken.emit(len(chosen))


def _acts(side: Side, title: str) -> QPlainTextEdit:
    """What one copy did since the two parted, a paragraph for each act."""
    text = QPlainTextEdit()
    text.setReadOnly(True)
    text.setAccessibleName(title)
    text.setTabChangesFocus(True)
    local = calendar(side.state).local
    text.setPlainText("\n\n".join(_paragraph(entry, f"{local(entry.last):%d/%m/%Y %H.%M}") for entry in side.acts))
    return text


def _paragraph(entry: Entry, when: str) -> str:
    who = f"{entry.who.name} a.n. {entry.who.behalf}" if entry.who.behalf else entry.who.name
    return "\n".join((f"{when}, {who}", entry.text, *(f"    {line}" for line in entry.details)))
