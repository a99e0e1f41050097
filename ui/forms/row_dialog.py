"""One row of a table as a form, for tables that are wider than their place; the neighbours are one click away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.sop.model import FieldKind, FormField
from ui.forms.boxes import FieldBox, FilesBox, ValueBox
from ui.forms.context import FormContext
from ui.forms.table_columns import ComputedColumn, groups_of, in_group
from ui.forms.table_model import TableModel
from ui.forms.widgets import button, label
from ui.labels import show_part


class RowDialog(QDialog):
    """The row at index `number` of a model."""

    def __init__(self, context: FormContext, model: TableModel, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self.number = number
        self._groups = groups_of(model.columns)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Kelompok isian")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for group in self._groups:
            self.tabs.addTab(group)
        show_part(self.tabs, bool(self._groups))
        self.tabs.currentChanged.connect(lambda _: self._build())
        self.boxes: dict[str, FieldBox] = {}
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.before = button("Baris sebelumnya", lambda: self.go(-1), "quiet")
        self.after = button("Baris berikutnya", lambda: self.go(1), "quiet")
        foot = QHBoxLayout()
        foot.addWidget(self.before)
        foot.addWidget(self.after)
        foot.addStretch(1)
        foot.addWidget(button("Tutup", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self.tabs)
        layout.addWidget(self.area, 1)
        layout.addLayout(foot)
        room = parent.screen().availableGeometry()
        self.resize(min(680, room.width() - 48), min(720, room.height() - 96))
        context.session.changed.connect(self._follow)
        self._build()

    def go(self, by: int) -> None:
        """Show a neighbouring row."""
        self._context.keeper.flush()
        self.number = min(max(self.number + by, 0), len(self._model.rows) - 1)
        self._build()

    def done(self, result: int) -> None:
        self._context.keeper.flush()
        super().done(result)

    def _build(self) -> None:
        table, rows = self._model.table, self._model.rows
        whole = len(self._context.state.rows(table.id))
        self.setWindowTitle(f"{table.label}, baris {self._model.number(self.number)} dari {whole}")
        self.before.setEnabled(self.number > 0)
        self.after.setEnabled(self.number + 1 < len(rows))
        inside = QWidget()
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 16, 0)
        column.setSpacing(16)
        self.boxes.clear()
        for position in in_group(self._model.columns, self._group()):
            part = self._model.columns[position]
            if isinstance(part, ComputedColumn):
                continue
            path = f"{table.id}/{rows[self.number]}/{part.id}"
            self.boxes[path] = _box(self._context, path, part)
            column.addWidget(self.boxes[path])
        column.addWidget(self._computed())
        column.addStretch(1)
        self.area.setWidget(inside)
        next(iter(self.boxes.values())).setFocus()

    def _group(self) -> str:
        return self._groups[max(0, self.tabs.currentIndex())] if self._groups else ""

    def _computed(self) -> QWidget:
        """What the program worked out for this row, each with how."""
        frame = QFrame()
        frame.setProperty("role", "panel")
        lines = QVBoxLayout(frame)
        index = self._model.index
        for position, part in enumerate(self._model.columns):
            if isinstance(part, ComputedColumn):
                cell = index(self.number, position)
                lines.addWidget(label(f"{part.label}: {cell.data()}", "strong"))
                lines.addWidget(label(str(cell.data(Qt.ItemDataRole.ToolTipRole) or ""), "muted"))
        show_part(frame, lines.count() > 0)
        self._strip = frame
        return frame

    def _follow(self) -> None:
        if self.number >= len(self._model.rows):
            self.reject()
            return
        for box in self.boxes.values():
            box.refresh()
        old = self._strip
        self._column.replaceWidget(old, self._computed())
        old.deleteLater()


def _box(context: FormContext, path: str, field: FormField) -> FieldBox:
    return (FilesBox if field.kind is FieldKind.FILES else ValueBox)(context, path, field)
