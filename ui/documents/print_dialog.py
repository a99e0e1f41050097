"""Asks which printer, paper, pages and copies: everything is preset, so that Enter prints."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.errors import UserError
from lkip_desktop.printing.fitting import first_choice, offered, warning
from lkip_desktop.printing.orders import Printer, PrintOrder, Sides, page_numbers
from lkip_desktop.printing.papers import Paper
from ui import theme
from ui.labels import show_part
from ui.tokens import GRID

MAX_COPIES = 99
_SIDES = {
    Sides.ONE: "Satu sisi",
    Sides.LONG: "Dua sisi, dijilid di sisi panjang",
    Sides.SHORT: "Dua sisi, dijilid di sisi pendek",
}
_OWN, _FIT = "Ukuran asli", "Sesuaikan dengan kertas"


@dataclass(frozen=True, slots=True)
class PrintSubject:
    """What is to be printed: its title, the paper of each of its documents, and their pages in all."""

    title: str
    papers: tuple[Paper, ...]
    count: int

    @property
    def paper(self) -> Paper:
        return self.papers[0]

    @property
    def alone(self) -> bool:
        """One document, of which pages can be chosen."""
        return len(self.papers) == 1

    @property
    def mixed(self) -> bool:
        """Documents on different papers: each goes on its own."""
        return any(not paper.same(self.paper) for paper in self.papers)


class PrintDialog(QDialog):
    """`last` are the printer and the paper used before, by name."""

    ordered = Signal(object)  # PrintOrder; of mixed documents its paper and fit are meant for the first
    saveRequested = Signal()
    offsetRequested = Signal(str, object)  # a printer's name, and the Paper chosen

    def __init__(
        self,
        subject: PrintSubject,
        printers: tuple[Printer, ...],
        last: tuple[str, str] = ("", ""),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._subject, self._paper, self._count = subject, subject.paper, subject.count
        self._printers, self._last_paper = printers, last[1]
        self.setWindowTitle(f"Cetak: {subject.title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_fields()
        self._make_choices()
        self._lay_out()
        self._fill(last[0])

    # Building

    def _make_fields(self) -> None:
        self.printer = QComboBox()
        self.papers = QComboBox()
        self.scale = QComboBox()
        self.scale.addItems([_OWN, _FIT])
        self.pages = QLineEdit()
        self.pages.setPlaceholderText("semua, atau misalnya 1,3-5")
        self.copies = QSpinBox()
        self.copies.setRange(1, MAX_COPIES)
        self.copies.setMaximumWidth(GRID * 10)
        self.copies.lineEdit().setTextMargins(GRID, 0, 0, 0)
        self.note = QLabel()
        self.note.setProperty("role", "warn")
        self.problem = QLabel()
        self.problem.setProperty("role", "danger")
        for label in (self.note, self.problem):
            label.setWordWrap(True)
            label.hide()
        self.printer.currentIndexChanged.connect(self._printer_chosen)
        self.papers.currentIndexChanged.connect(self._paper_chosen)
        self.scale.currentIndexChanged.connect(self._explain)
        self.pages.textEdited.connect(self.problem.hide)

    def _make_choices(self) -> None:
        self.collate = QCheckBox("Urut per rangkap (1, 2, 3, 1, 2, 3)")
        self.collate.setChecked(True)
        self.collate.setEnabled(False)
        self.copies.valueChanged.connect(lambda number: self.collate.setEnabled(number > 1))
        self.sides = QComboBox()
        self.trays = QComboBox()
        self.grey = QCheckBox("Hitam putih (skala abu-abu)")
        self.trays_elsewhere = QLabel("Baki kertas dipilih dalam preferensi printer Windows.")
        self.trays_elsewhere.setProperty("role", "small")
        self.shift = QPushButton("Geser cetakan…")
        self.shift.setProperty("role", "quiet")
        self.shift.setAutoDefault(False)
        self.shift.setToolTip("Bila cetakan bergeser dari tempatnya di kertas: halaman penggaris dan geseran printer")
        self.shift.clicked.connect(self._ask_offset)

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setHorizontalSpacing(GRID * 2)
        self.form.setVerticalSpacing(GRID)
        rows: tuple[tuple[str, QWidget, QWidget | None], ...] = (
            ("Printer", self.printer, self.shift),
            ("Kertas", self.papers, None),
            ("Ukuran", self.scale, None),
            ("Halaman", self.pages, None),
            ("Rangkap", self.copies, self.collate),
            ("Sisi", self.sides, None),
            ("Baki", self.trays, None),
        )
        for name, field, beside in rows:
            field.setAccessibleName(name)
            self.form.addRow(name, field if beside is None else _row(field, beside))
        self.form.addRow("", self.trays_elsewhere)
        self.form.addRow("", self.grey)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID * 2)
        column.addLayout(self.form)
        column.addWidget(self.note)
        column.addWidget(self.problem)
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        layout.setSpacing(GRID * 2)
        layout.addWidget(self._scrolled(inside), 1)
        layout.addLayout(self._buttons())

    def _scrolled(self, inside: QWidget) -> QScrollArea:
        self._inside = inside
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _size(self) -> None:
        """As high as its content, never higher than the screen."""
        room = self.screen().availableSize()
        width = min(GRID * 70, room.width() - GRID * 6)
        layout = self._inside.layout()
        assert layout is not None
        wide = width - GRID * 7
        inside = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        self.resize(width, min(inside + GRID * 14, room.height() - GRID * 8))

    def _buttons(self) -> QHBoxLayout:
        self.save = QPushButton("Simpan PDF…")
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self._save)
        show_part(self.save, self._subject.alone)
        cancel = QPushButton("Batal")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.go = QPushButton("Cetak")
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self._order)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.save)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.go)
        return row

    def _fill(self, last: str) -> None:
        for printer in self._printers:
            state = " (berhenti)" if printer.stopped else ""
            self.printer.addItem(printer.description + state, printer)
        names = [printer.name for printer in self._printers]
        usual = next((printer.name for printer in self._printers if printer.default), "")
        chosen = last if last in names else usual
        self.printer.setCurrentIndex(names.index(chosen) if chosen in names else 0)
        self.form.setRowVisible(self.papers, not self._subject.mixed)
        self.form.setRowVisible(self.pages, self._subject.alone and self._count > 1)
        if not self._printers:
            self._without_printer()
        self._size()

    def _without_printer(self) -> None:
        for field in (self.printer, self.papers, self.scale, self.pages, self.copies, self.grey, self.shift, self.go):
            field.setEnabled(False)
        for row in (self.sides, self.trays, self.trays_elsewhere):
            self.form.setRowVisible(row, False)
        self.printer.setPlaceholderText("tidak ada printer")
        self._show(
            self.note, "Komputer ini belum mempunyai printer. Simpan dokumen sebagai PDF untuk dicetak di tempat lain."
        )
        self.go.setDefault(False)
        self.save.setDefault(True)
        self.save.setFocus()

    # Choosing

    def chosen(self) -> Printer | None:
        """The printer that is chosen, or None when there is none at all."""
        printer: Printer | None = self.printer.currentData()
        return printer

    def _printer_chosen(self) -> None:
        printer = self.chosen()
        if printer is None:
            return
        papers = offered(printer, self._paper)
        self.papers.blockSignals(True)
        self.papers.clear()
        for paper in papers:
            self.papers.addItem(str(paper), paper)
        self.papers.setCurrentIndex(papers.index(first_choice(printer, self._paper, self._last_paper)))
        self.papers.blockSignals(False)
        self.sides.clear()
        for side in printer.sides:
            self.sides.addItem(_SIDES[side], side)
        self.sides.setCurrentIndex(max(self.sides.findData(Sides.ONE), 0))
        self.trays.clear()
        for tray in printer.trays:
            self.trays.addItem(tray.words, tray.key)
        self.form.setRowVisible(self.sides, len(printer.sides) > 1)
        self.form.setRowVisible(self.trays, bool(printer.trays))
        # Windows tells Qt no trays; what its own settings of the printer say holds.
        self.form.setRowVisible(self.trays_elsewhere, sys.platform == "win32" and not printer.trays)
        self.grey.setVisible(printer.colour)
        self._paper_chosen()

    def _paper_chosen(self) -> None:
        """On its own paper a document keeps its size; on another it is fitted until somebody says otherwise."""
        paper = self.papers.currentData()
        if paper is not None:
            self.scale.setCurrentText(_OWN if paper.same(self._paper) else _FIT)
        self._explain()

    def _explain(self) -> None:
        printer, paper = self.chosen(), self.papers.currentData()
        if printer is None or paper is None:
            return
        notes = []
        if printer.stopped:
            notes.append("Printer ini sedang berhenti; dokumen menunggu dalam antrean sampai printer dijalankan lagi.")
        if self._subject.mixed:
            different = {str(own): own for own in self._subject.papers}
            for own in different.values():
                notes.append(warning(printer, own, first_choice(printer, own), fit=True))
        else:
            notes.append(warning(printer, self._paper, paper, fit=self.fit))
        self._show(self.note, " ".join(filter(None, notes)))

    @property
    def fit(self) -> bool:
        return self.scale.currentText() == _FIT

    def _order(self) -> None:
        printer = self.chosen()
        try:
            pages = page_numbers(self.pages.text(), self._count)
        except UserError as error:
            self._show(self.problem, str(error))
            self.pages.setFocus()
            self.pages.selectAll()
            return
        assert printer is not None
        order = PrintOrder(
            printer=printer.name,
            title=self._subject.title,
            paper=self.papers.currentData(),
            copies=self.copies.value(),
            pages=pages,
            fit=self.fit,
            collate=self.collate.isChecked(),
            sides=Sides(self.sides.currentData() or Sides.ONE),
            tray=self._tray(printer),
            grey=self.grey.isChecked() and printer.colour,
        )
        self.accept()
        self.ordered.emit(order)

    def _tray(self, printer: Printer) -> str:
        """The first one is the printer's own choice and is not asked for."""
        return self.trays.currentData() if printer.trays and self.trays.currentIndex() > 0 else ""

    def _ask_offset(self) -> None:
        printer = self.chosen()
        if printer is not None:
            self.offsetRequested.emit(printer.name, self.papers.currentData())

    def _save(self) -> None:
        self.reject()
        self.saveRequested.emit()

    def _show(self, label: QLabel, text: str) -> None:
        theme.set_role(label, "danger" if label is self.problem else "warn")
        label.setText(text)
        label.setVisible(bool(text))
        label.setAccessibleName(text)
        if self.isVisible():
            self._size()


def _row(field: QWidget, beside: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID * 2)
    row.addWidget(field, 1)
    row.addWidget(beside)
    return row
