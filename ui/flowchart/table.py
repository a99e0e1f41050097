"""The flowchart as a table, for readers of text and for screen readers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from lkip_desktop.sop.model import Sop, Step
from lkip_desktop.workflow.chart import Chart, state_text
from ui.lists import WrappingDelegate, calm
from ui.tokens import GRID

HEADINGS = ("No", "Kegiatan", "Pelaksana", "Keadaan", "Waktu", "Berikutnya")
WIDTHS = (GRID * 5, GRID * 26, GRID * 14, GRID * 16, GRID * 9, GRID * 14)
"""Pixels; what is left goes to the activity and the state, and a view with less room than this scrolls."""
ACTIVITY, STATE = HEADINGS.index("Kegiatan"), HEADINGS.index("Keadaan")
STEP_ID = Qt.ItemDataRole.UserRole


class FlowchartTable(QTableWidget):
    """One row per step. `stepClicked` follows the current row, `stepActivated` a double click or Enter."""

    stepClicked = Signal(str)
    stepActivated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(HEADINGS), parent)
        self._steps: list[str] = []
        self.setHorizontalHeaderLabels(HEADINGS)
        self.setAlternatingRowColors(True)
        calm(self, "Bagan alir SOP sebagai tabel", WIDTHS)
        self.setItemDelegate(WrappingDelegate(self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(lambda item: self.stepClicked.emit(item.data(STEP_ID)))
        self.itemActivated.connect(lambda item: self.stepActivated.emit(item.data(STEP_ID)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        spare = max(0, self.viewport().width() - sum(WIDTHS))
        self.setColumnWidth(ACTIVITY, WIDTHS[ACTIVITY] + spare * 2 // 3)
        self.setColumnWidth(STATE, WIDTHS[STATE] + spare // 3)
        self.resizeRowsToContents()

    def set_sop(self, sop: Sop) -> None:
        """Show another SOP, without states."""
        self._steps = [step.id for step in sop.steps]
        self.setRowCount(len(sop.steps))
        for row, step in enumerate(sop.steps):
            texts = (
                str(step.number),
                step.activity.clean,
                sop.actor_names[step.actor],
                "",
                str(step.duration),
                following(sop, step),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(STEP_ID, step.id)
                self.setItem(row, column, item)

    def set_states(self, chart: Chart | None, sentence: str = "") -> None:
        """Show how each step stands; `sentence` says it for a screen reader."""
        self.setAccessibleDescription(sentence)
        for row, step in enumerate(self._steps):
            state = chart.rows.get(step) if chart else None
            item = self.item(row, STATE)
            if item is not None:
                item.setText(state_text(state) if state else "")

    def select(self, step: str) -> None:
        """Select a step's row; an unknown id selects nothing."""
        if step in self._steps:
            self.selectRow(self._steps.index(step))
        else:
            self.clearSelection()


def following(sop: Sop, step: Step) -> str:
    """Where a step leads: ``7``, ``Ya: 7; Tidak: 4``, or who receives the last output."""
    ways = [(edge.label, sop.by_id[edge.target].number) for edge in step.edges if edge.target]
    if not ways:
        receiver = sop.actor_names.get(step.receiver, "")
        return f"Diterima {receiver}" if receiver else "Selesai"
    return "; ".join(f"{label.capitalize()}: {number}" if label else str(number) for label, number in ways)
