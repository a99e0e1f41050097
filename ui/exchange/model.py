"""The lines of an import preview as a table; what a problem was read from can be typed anew."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QColor

from lkip_desktop.exchange import BUDGET, Line, Preview, Verdict
from lkip_desktop.numbers import read_number
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.values import show
from ui import theme
from ui.lists import Index, ListModel

HEADINGS = ("Keadaan", "Baris", "Untuk", "Kolom", "Nilai sekarang", "Nilai baru", "Catatan")
STATE, ROW, SUBJECT, COLUMN, OLD, NEW, NOTE = range(len(HEADINGS))
WORDS = {
    Verdict.CHANGE: "Berubah",
    Verdict.NEW: "Baru",
    Verdict.CHECK: "Periksa",
    Verdict.NOTE: "Tidak diimpor",
    Verdict.PROBLEM: "Masalah",
}
TROUBLED = (Verdict.PROBLEM, Verdict.CHECK)


class PreviewModel(ListModel):
    """One line for each value that differs or needs a word."""

    headings = HEADINGS

    answered = Signal(str, str)  # path, and the text typed in place of what the file says

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self._kind = FieldKind.NUMBER

    def show(self, seen: Preview) -> None:
        self.beginResetModel()
        self.lines = seen.lines
        self._kind = FieldKind.MONEY if seen.kind == BUDGET else FieldKind.NUMBER
        self.endResetModel()

    def things(self) -> tuple[object, ...]:
        return self.lines

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(line, index.column()) or None
        if role == Qt.ItemDataRole.EditRole:
            return line.new
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == STATE:
            return QColor(_colour(line.verdict))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(line, index.column())
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        line = self.lines[index.row()]
        mendable = index.column() == NEW and line.verdict is Verdict.PROBLEM and line.path
        return usual | Qt.ItemFlag.ItemIsEditable if mendable else usual

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line, text = self.lines[index.row()], str(value).strip()
        if role != Qt.ItemDataRole.EditRole or text == line.new:
            return False
        self.answered.emit(line.path, text)
        return True

    def _text(self, line: Line, column: int) -> str:
        cells = (
            WORDS[line.verdict],
            str(line.number) if line.number else "–",
            line.subject,
            line.column,
            self._value(line.old),
            self._value(line.new),
            line.note,
        )
        return cells[column]

    def _value(self, text: str) -> str:
        return show(self._kind, text).removeprefix("Rp ")


def _alignment(line: Line, column: int) -> Qt.AlignmentFlag:
    """Figures and row numbers stand at the right."""
    text = {OLD: line.old, NEW: line.new}.get(column, "")
    figure = column == ROW or isinstance(read_number(text, money=True), Decimal)
    return Qt.AlignmentFlag.AlignTop | (Qt.AlignmentFlag.AlignRight if figure else Qt.AlignmentFlag.AlignLeft)


def _colour(verdict: Verdict) -> str:
    tokens = theme.current()
    if verdict is Verdict.PROBLEM:
        return tokens.danger
    return {Verdict.CHECK: tokens.warn, Verdict.NOTE: tokens.muted}.get(verdict, tokens.ok)


class TroubledFilter(QSortFilterProxyModel):
    """All lines, or those alone that need a look."""

    def __init__(self, source: PreviewModel) -> None:
        super().__init__()
        self._lines = source
        self._only = False
        self.setSourceModel(source)

    def set_only_troubled(self, only: bool) -> None:
        self.beginFilterChange()
        self._only = only
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        return not self._only or self._lines.lines[row].verdict in TROUBLED
