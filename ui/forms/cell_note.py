"""What there is to say of the current cell of a table: what is wrong, how it is read, which reading was meant."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.values import parse
from ui import theme
from ui.forms.readings import ReadingButtons
from ui.forms.table_columns import ComputedColumn
from ui.forms.table_model import MarkRole, TableModel
from ui.forms.table_view import TableView
from ui.forms.widgets import label


class CellNote(QWidget):
    """Below a table; hidden while there is nothing to say."""

    def __init__(self, view: TableView) -> None:
        super().__init__()
        self._view = view
        self.text = label("", "muted")
        self.choice: ReadingButtons | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.text, 1)
        model = view.table_model
        view.selectionModel().currentChanged.connect(self.refresh)
        for signal in (model.dataChanged, model.layoutChanged, model.rowsInserted, model.rowsRemoved):
            signal.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Say what there is to say of the current cell."""
        index = self._view.currentIndex()
        model = self._view.table_model
        if not index.isValid():
            self._say("", "muted", ())
            return
        column = model.columns[index.column()]
        if isinstance(column, ComputedColumn):
            why = index.data(Qt.ItemDataRole.ToolTipRole)
            self._say(f"{column.label}: {why}" if why else "", "muted", ())
            return
        mark = index.data(MarkRole)
        parsed = parse(column.kind, self._typed(model, column), column)
        read_as = f"“{parsed.value}” dibaca {parsed.meaning}." if parsed.meaning else ""
        if mark is not None:
            word = "Perbaiki" if mark.blocks else "Periksa"
            readings = parsed.readings if model.context.editable else ()
            said = " ".join(filter(None, (f"{word}: {mark.text}", read_as)))
            self._say(said, "danger" if mark.blocks else "warn", readings)
        else:
            self._say(read_as, "muted", ())

    def _typed(self, model: TableModel, column: FormField) -> str:
        if column.kind is not FieldKind.NUMBER:
            return ""
        return model.context.state.text(model.path(self._view.currentIndex()))

    def _say(self, text: str, role: str, readings: tuple[str, ...]) -> None:
        self.text.setText(text)
        theme.set_role(self.text, role)
        if self.choice is not None:
            self.choice.hide()
            self.choice.deleteLater()
            self.choice = None
        if readings:
            index = self._view.currentIndex()
            model = self._view.table_model
            where = f"{model.columns[index.column()].label}, baris {model.number(index.row())}"
            self.choice = ReadingButtons(readings, self._choose, where)
            self._row.addWidget(self.choice)
        self.setVisible(bool(text))

    def _choose(self, text: str) -> None:
        index = self._view.currentIndex()
        if index.isValid():
            self._view.table_model.setData(index, text)
            self._view.setFocus()
