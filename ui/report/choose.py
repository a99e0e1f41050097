"""Small dialogs over the text of a section: choose something to refer to, the size of a table, a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.forms.widgets import button, label
from ui.labels import show_part
from ui.lists import calm
from ui.tokens import GRID

MAX_COLUMNS, MAX_ROWS = 8, 40


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be referred to: its name, what it is now, and what goes into the text."""

    name: str
    now: str
    markup: str


class _Dialog(QDialog):
    """Over its window; gone when closed."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.cancel = button("Batal", self.reject)

    def _lay_out(self, title: str, body: QLayout, *buttons: QPushButton) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        for made in buttons:
            foot.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(label(title, "title"))
        column.addLayout(body, 1)
        column.addLayout(foot)


class ChooseDialog(_Dialog):
    """A list that is narrowed by typing. `chosen` gives the markup."""

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        headings: tuple[str, str],
        choices: Sequence[Choice],
        empty: str,
        parent: QWidget,
        *more: QPushButton,
    ) -> None:
        super().__init__(title, parent)
        self._choices = choices
        self.search = QLineEdit()
        self.search.setPlaceholderText("Cari…")
        self.search.setAccessibleName("Cari dalam daftar")
        self.table = QTableWidget(len(choices), 2)
        self.insert = button("Sisipkan", self._insert, "primary")
        self.insert.setDefault(True)
        self._fill(headings)
        body = QVBoxLayout()
        body.setSpacing(GRID)
        body.addWidget(self.search)
        body.addWidget(self.table, 1)
        if not choices:
            body.addWidget(label(empty, "muted"))
        show_part(self.search, bool(choices))
        show_part(self.table, bool(choices))
        self._lay_out(title, body, *more, self.insert)
        self.search.textChanged.connect(self._narrow)
        self.table.itemActivated.connect(self._insert)
        room = self.screen().availableGeometry()
        self.resize(min(GRID * 88, room.width() - GRID * 4), min(GRID * 60, room.height() - GRID * 8))
        self._narrow("")

    def _fill(self, headings: tuple[str, str]) -> None:
        table = self.table
        calm(table, self.windowTitle())
        table.setHorizontalHeaderLabels(headings)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, choice in enumerate(self._choices):
            for column, text in enumerate((choice.name, choice.now)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(row, column, item)
        table.resizeColumnToContents(1)
        table.setColumnWidth(1, min(table.columnWidth(1) + GRID, GRID * 32))

    def _narrow(self, typed: str) -> None:
        words = typed.casefold().split()
        for row, choice in enumerate(self._choices):
            said = f"{choice.name} {choice.now}".casefold()
            self.table.setRowHidden(row, not all(word in said for word in words))
        first = next((row for row in range(len(self._choices)) if not self.table.isRowHidden(row)), None)
        if first is not None:
            self.table.setCurrentCell(first, 0)
        self.insert.setEnabled(first is not None)

    def _insert(self) -> None:
        row = self.table.currentRow()
        if row >= 0 and not self.table.isRowHidden(row):
            self.chosen.emit(self._choices[row].markup)
            self.accept()


class TableDialog(_Dialog):
    """The caption and the size of a new table."""

    chosen = Signal(str, int, int)  # caption, columns, rows

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Sisipkan tabel", parent)
        self.caption = QLineEdit()
        self.columns, self.rows = _spin(3, MAX_COLUMNS), _spin(3, MAX_ROWS)
        insert = button("Sisipkan", self._insert, "primary")
        insert.setDefault(True)
        body = QVBoxLayout()
        body.setSpacing(GRID // 2)
        for text, field in (
            ("&Judul tabel", self.caption),
            ("Jumlah &kolom", self.columns),
            ("Jumlah &baris isi", self.rows),
        ):
            name = label(text)
            name.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            body.addWidget(name)
            body.addWidget(field)
        body.addWidget(label("Isi sel ditulis di antara garis tegak dalam teks.", "small"))
        self._lay_out("Sisipkan tabel", body, insert)
        self.setMinimumWidth(GRID * 48)
        self.caption.setFocus()

    def _insert(self) -> None:
        self.chosen.emit(" ".join(self.caption.text().split()), self.columns.value(), self.rows.value())
        self.accept()


class TitleDialog(_Dialog):
    """The title of a sub-chapter. `chosen` gives it; with `may_be_empty` an empty one is taken too."""

    chosen = Signal(str)

    def __init__(self, title: str, help_text: str, now: str, parent: QWidget, *, may_be_empty: bool = False) -> None:
        super().__init__(title, parent)
        self._may_be_empty = may_be_empty
        self.edit = QLineEdit(now)
        self.edit.setAccessibleName("Judul subbab")
        self.edit.selectAll()
        self.keep = button("Simpan", self._keep, "primary")
        self.keep.setDefault(True)
        name = label("&Judul subbab")
        name.setBuddy(self.edit)
        body = QVBoxLayout()
        body.setSpacing(GRID // 2)
        body.addWidget(name)
        body.addWidget(self.edit)
        body.addWidget(label(help_text, "small"))
        self._lay_out(title, body, self.keep)
        self.setMinimumWidth(GRID * 56)
        self.edit.textChanged.connect(self._check)
        self.edit.setFocus()
        self._check()

    def _check(self) -> None:
        self.keep.setEnabled(self._may_be_empty or bool(self.edit.text().strip()))

    def _keep(self) -> None:
        self.chosen.emit(" ".join(self.edit.text().split()))
        self.accept()


def _spin(value: int, most: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(1, most)
    made.setValue(value)
    made.setMaximumWidth(GRID * 14)
    return made
