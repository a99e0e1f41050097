"""Asks which printer, paper, pages and copies: everything is preset, so that Enter prints."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.errors import UserError
from lkip_desktop.printing.orders import Printer, PrintOrder, page_numbers
from lkip_desktop.printing.papers import Paper
from ui import theme
from ui.tokens import GRID

MAX_COPIES = 99


class PrintDialog(QDialog):
    """For a document of `count` pages on `paper`. `last` are the printer and the paper used before, by name."""

    ordered = Signal(object)  # PrintOrder
    saveRequested = Signal()

    def __init__(
        self,
        title: str,
        paper: Paper,
        count: int,
        printers: tuple[Printer, ...],
        last: tuple[str, str] = ("", ""),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._paper, self._count = title, paper, count
        self._printers, self._last_paper = printers, last[1]
        self.setWindowTitle(f"Cetak: {title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_fields()
        self._lay_out()
        self._fill(last[0])

    # Building

    def _make_fields(self) -> None:
        self.printer = QComboBox()
        self.papers = QComboBox()
        self.pages = QLineEdit()
        self.pages.setPlaceholderText("semua, atau misalnya 1-3, 5")
        self.copies = QSpinBox()
        self.copies.setRange(1, MAX_COPIES)
        self.copies.setMaximumWidth(GRID * 10)
        self.note = QLabel()
        self.note.setProperty("role", "warn")
        self.problem = QLabel()
        self.problem.setProperty("role", "danger")
        for label in (self.note, self.problem):
            label.setWordWrap(True)
            label.hide()
        self.printer.currentIndexChanged.connect(self._printer_chosen)
        self.papers.currentIndexChanged.connect(self._explain)
        self.pages.textEdited.connect(self.problem.hide)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(GRID * 2)
        form.setVerticalSpacing(GRID)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Printer", self.printer),
            ("Kertas", self.papers),
            ("Halaman", self.pages),
            ("Rangkap", self.copies),
        )
        for name, field in rows:
            field.setAccessibleName(name)
            form.addRow(name, field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        layout.setSpacing(GRID * 2)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(self.problem)
        layout.addStretch()
        layout.addLayout(self._buttons())
        self.setMinimumWidth(GRID * 56)

    def _buttons(self) -> QHBoxLayout:
        self.save = QPushButton("Simpan PDF…")
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self._save)
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
        if not self._printers:
            self._without_printer()

    def _without_printer(self) -> None:
        for field in (self.printer, self.papers, self.pages, self.copies, self.go):
            field.setEnabled(False)
        self.printer.setPlaceholderText("tidak ada printer")
        self._show(
            self.note, "Komputer ini belum mempunyai printer. Simpan dokumen sebagai PDF untuk dicetak di tempat lain."
        )
        self.go.setDefault(False)
        self.save.setDefault(True)
        self.save.setFocus()

    # Choosing

    def _printer_chosen(self) -> None:
        printer = self.printer.currentData()
        if printer is None:
            return
        papers = self._offered(printer)
        self.papers.blockSignals(True)
        self.papers.clear()
        for paper in papers:
            self.papers.addItem(str(paper), paper)
        self.papers.setCurrentIndex(papers.index(self._first_choice(printer)))
        self.papers.blockSignals(False)
        self._explain()

    def _offered(self, printer: Printer) -> list[Paper]:
        """The printer's papers, and the document's own where the printer takes any size."""
        own = printer.paper_like(self._paper)
        extra = [self._paper] if own is None and printer.custom else []
        return [*printer.papers, *extra]

    def _first_choice(self, printer: Printer) -> Paper:
        """The document's own paper; on a printer without it the one used last time, else what lies in the printer."""
        last = next((paper for paper in self._offered(printer) if str(paper) == self._last_paper), None)
        return printer.paper_like(self._paper) or last or printer.usual

    def _explain(self) -> None:
        printer, paper = self.printer.currentData(), self.papers.currentData()
        if printer is None or paper is None:
            return
        notes = []
        if printer.stopped:
            notes.append("Printer ini sedang berhenti; dokumen menunggu dalam antrean sampai printer dijalankan lagi.")
        if printer.paper_like(self._paper) is None:
            notes.append(f"Printer ini tidak mendaftarkan kertas {self._paper}.")
            notes.append(self._consequence(paper))
        elif not paper.same(self._paper):
            notes.append(self._consequence(paper))
        self._show(self.note, " ".join(notes))

    def _consequence(self, paper: Paper) -> str:
        if paper.same(self._paper):
            return "Ukuran dikirim apa adanya: pastikan kertas itu sudah dipasang."
        return f"Isi halaman disesuaikan agar muat di {paper}; untuk ukuran asli, simpan sebagai PDF."

    def _order(self) -> None:
        try:
            pages = page_numbers(self.pages.text(), self._count)
        except UserError as error:
            self._show(self.problem, str(error))
            self.pages.setFocus()
            self.pages.selectAll()
            return
        paper: Paper = self.papers.currentData()
        fit = not paper.same(self._paper)
        name = self.printer.currentData().name
        self.ordered.emit(PrintOrder(name, self._title, paper, self.copies.value(), pages, fit))
        self.accept()

    def _save(self) -> None:
        self.reject()
        self.saveRequested.emit()

    def _show(self, label: QLabel, text: str) -> None:
        theme.set_role(label, "danger" if label is self.problem else "warn")
        label.setText(text)
        label.setVisible(bool(text))
        label.setAccessibleName(text)
