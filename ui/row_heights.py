"""Gives the rows of a table the height of their texts without holding up the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTableView

ROWS_AT_ONCE = 60


class RowHeights(QObject):
    """Measures the rows in sight first, the rest a few at a time between the events."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._waiting: list[int] = []
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._measure_some)

    @property
    def settling(self) -> bool:
        """Whether rows out of sight are still being measured."""
        return bool(self._waiting)

    def measure(self) -> None:
        """Measure every row anew."""
        first, count = max(self._table.rowAt(0), 0), self._table.model().rowCount()
        self._waiting = [*range(first, count), *range(first)]
        self._measure_some()

    def _measure_some(self) -> None:
        rows, self._waiting = self._waiting[:ROWS_AT_ONCE], self._waiting[ROWS_AT_ONCE:]
        for row in rows:
            if row < self._table.model().rowCount():
                self._table.resizeRowToContents(row)
        if self._waiting:
            self._rest.start()
