"""The register of letters of a year over all cycles of the folder: looked through, sorted, printed and exported."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.documents import register_words
from lkip_desktop.documents.catalog import Made
from lkip_desktop.documents.register_words import HEADINGS
from lkip_desktop.register import Register, RegisterLine, Standing, in_order
from ui.documents.actions import DocumentActions
from ui.forms.editors import CalmCombo
from ui.forms.widgets import button, label
from ui.letters.acts import REGISTER, LetterActs
from ui.lists import Index, ListModel, calm
from ui.session import Session
from ui.tokens import GRID

COLUMNS = (*HEADINGS, "Siklus")
NUMBER = 1
WIDTHS = (GRID * 9, GRID * 24, GRID * 17, GRID * 20, GRID * 23, 0, GRID * 22, GRID * 16, GRID * 8)
"""Pixels; 0 takes what is left. A number is never cut: its column grows with the longest."""
READING = "Membaca register…"
NOTHING = "Belum ada surat yang diterbitkan. Surat bernomor dari semua siklus di folder ini tercatat di sini."
NO_MATCH = "Tidak ada surat yang cocok. Pilih Semua atau hapus kata yang dicari."

_LINE = Qt.ItemDataRole.UserRole
_SORT = Qt.ItemDataRole.UserRole + 1


class RegisterModel(ListModel):
    """The lines of a year; `_LINE` gives the line of a row, `_SORT` what a column sorts by."""

    headings = COLUMNS

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[RegisterLine, ...] = ()
        self._cells: list[tuple[str, ...]] = []

    def show(self, lines: tuple[RegisterLine, ...]) -> None:
        self.beginResetModel()
        self._lines = lines
        self._cells = [(*register_words.cells(line), str(line.cycle)) for line in lines]
        self.endResetModel()

    def things(self) -> tuple[object, ...]:
        return self._lines

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, text = self._lines[index.row()], self._cells[index.row()][index.column()]
        if role == _LINE:
            return line
        if role == _SORT:
            # A number by its running part, a date by its day; the order of letters settles what is equal.
            first = {0: f"{line.letter.sequence:015d}", 2: line.letter.date}.get(index.column(), text.casefold())
            return f"{first}\t{line.letter.date}\t{line.letter.sequence:015d}\t{line.letter.version:04d}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        return None


class _Filter(QSortFilterProxyModel):
    """Keeps lines of one standing (or all) that hold every word looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.setSortRole(_SORT)
        self._standing: Standing | None = None
        self._words: list[str] = []

    def look_for(self, standing: Standing | None, text: str) -> None:
        self.beginFilterChange()
        self._standing, self._words = standing, text.casefold().split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        model = self.sourceModel()
        line: RegisterLine = model.index(row, 0).data(_LINE)
        if self._standing is not None and line.standing is not self._standing:
            return False
        whole = " ".join(str(model.index(row, column).data()) for column in range(len(COLUMNS))).casefold()
        return all(word in whole for word in self._words)


class RegisterView(QWidget):
    """The register; read anew beside the window whenever it is seen or a letter changes."""

    def __init__(
        self, session: Session, documents: DocumentActions, acts: LetterActs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._documents, self._acts = session, documents, acts
        self._register = Register()
        self._told: tuple[object, ...] | None = None
        self.model, self.filter = RegisterModel(), _Filter()
        self.filter.setSourceModel(self.model)
        self.year = CalmCombo()
        self.search, self.chips = QLineEdit(), QButtonGroup(self)
        self.table = QTableView()
        self.none, self.unread = label(READING, "muted"), label("", "warn")
        self.print = button("Cetak…", lambda: self._out("pdf", documents.print_bytes))
        self.preview = button("Pratinjau", lambda: self._out("pdf", documents.preview_bytes))
        self.save = QPushButton("Simpan")
        self._set_up_table()
        self._lay_out()
        self._connect()

    # Building

    def _set_up_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setModel(self.filter)
        calm(table, "Register surat", WIDTHS)
        table.setAlternatingRowColors(True)
        table.setSortingEnabled(True)
        table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
        table.verticalHeader().setDefaultSectionSize(GRID * 4)
        header.setMinimumSectionSize(GRID * 8)

    def _lay_out(self) -> None:
        self.year.setAccessibleName("Tahun surat")
        self.year.setMinimumContentsLength(5)
        self.search.setPlaceholderText("Cari dalam register (Ctrl+F)")
        self.search.setAccessibleName("Cari dalam register")
        self.search.setClearButtonEnabled(True)
        menu = QMenu(self.save)
        for words, ending in (("PDF…", "pdf"), ("Excel (.xlsx)…", "xlsx"), ("Tabel CSV…", "csv")):
            save = partial(self._out, ending, self._documents.export_bytes)
            menu.addAction(words).triggered.connect(lambda _=False, save=save: save())
        self.save.setMenu(menu)
        self.save.setAutoDefault(False)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(label("Tahun", wrap=False))
        head.addWidget(self.year)
        for number, standing in enumerate((None, *Standing)):
            chip = QToolButton()
            chip.setText(str(standing) if standing else "Semua")
            chip.setCheckable(True)
            chip.setChecked(standing is None)
            self.chips.addButton(chip, number)
            head.addWidget(chip)
        head.addWidget(self.search, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.unread, 1)
        for made in (self.preview, self.print, self.save):
            foot.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID * 2, 0, GRID * 2)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.none, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self._acts.registerRead.connect(self.show_register)
        self.year.currentIndexChanged.connect(self._show_year)
        self.search.textChanged.connect(self._look)
        self.chips.idClicked.connect(self._look)
        self._session.changed.connect(self._read)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    # Showing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._told = None
        self._read()

    def _read(self) -> None:
        """Read the folder again, unless nothing is seen or no letter of this cycle has changed since."""
        letters = self._session.state.letters
        if self.isVisible() and letters != self._told:
            self._told = letters
            self._acts.read_register()

    def show_register(self, register: Register) -> None:
        """Show what was read, in the year that was looked at."""
        self._register = register
        years = register.years or (self._session.today().year,)
        kept = self.year.currentData()
        self.year.blockSignals(True)
        self.year.clear()
        for year in years:
            self.year.addItem(str(year), year)
        self.year.setCurrentIndex(max(0, self.year.findData(kept)))
        self.year.blockSignals(False)
        self.unread.setText(" ".join(f"Tidak ikut dibaca: {problem}" for problem in register.unread))
        self._show_year()

    def _show_year(self) -> None:
        self.model.show(self._register.of(self.year.currentData() or 0))
        self.table.setColumnWidth(NUMBER, max(WIDTHS[NUMBER], self.table.sizeHintForColumn(NUMBER) + GRID))
        self._look()

    def _look(self) -> None:
        self.filter.look_for((None, *Standing)[self.chips.checkedId()], self.search.text())
        empty = self.filter.rowCount() == 0
        self.none.setText(NO_MATCH if self.model.rowCount() else NOTHING)
        self.none.setVisible(empty)
        self.table.setVisible(not empty)
        if not empty and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def lines(self) -> tuple[RegisterLine, ...]:
        """The lines as they are shown: filtered, in the order of the table."""
        return tuple(self.filter.index(row, 0).data(_LINE) for row in range(self.filter.rowCount()))

    def _out(self, ending: str, act: Callable[[Made, str], object]) -> None:
        """Write the whole year in the order of its days, whatever is filtered, and hand it on."""
        year = self.year.currentData() or self._session.today().year
        lines = sorted(self._register.of(year), key=in_order)
        sheet = register_words.sheet(self._session.snapshot(), lines, str(year))
        self._acts.write_register(sheet, ending, lambda made: act(made, REGISTER))
