"""Lists: tables that are read row by row. How they look, and a model that has one row for each thing it shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CELL_PADDING = 8
"""Pixels beside the text of a cell, as the stylesheet has them."""


def calm(table: QTableView, name: str, widths: Sequence[int] = ()) -> None:
    """Whole rows are chosen, Tab leaves the table, and only its rows are drawn.

    `name` is what a screen reader calls it; `widths` are its columns' in pixels, 0 for those that take what is left.
    """
    table.setAccessibleName(name)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate(widths):
        if width:
            header.resizeSection(column, width)
        else:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


class WrappingDelegate(QStyledItemDelegate):
    """For rows as high as their texts: Qt reckons their height with the room that a cell's padding takes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        narrower = QStyleOptionViewItem(option)
        narrower.rect.setWidth(option.rect.width() - 2 * CELL_PADDING)
        return super().sizeHint(narrower, index)


class ListModel(QAbstractTableModel):
    """Rows under fixed headings; who makes one of a kind says what the rows are, and what a cell shows."""

    headings: Sequence[str] = ()

    def things(self) -> tuple[object, ...]:
        """What the rows stand for, in order."""
        raise NotImplementedError

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.things())

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        return None
