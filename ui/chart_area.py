"""The flowchart with its small toolbar: short or complete, as a table, zoom and fit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from lkip_desktop.workflow.chart import row_states, sentence
from ui import theme
from ui.flowchart.table import FlowchartTable
from ui.flowchart.view import ZOOM_STEP, FlowchartView
from ui.labels import text_label
from ui.session import Session
from ui.tokens import GRID, Tokens

BAR_WIDTH = GRID * 60
"""Pixels that all words of the bar need."""


class ChartArea(QWidget):
    """Shows the session's cycle; a click asks for a step, a double click or Enter for its form."""

    stepClicked = Signal(str)
    stepActivated = Signal(str)
    completeChanged = Signal(bool)
    tableChanged = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view = FlowchartView()
        self.table = FlowchartTable()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.table)
        self.short = _tool("Ringkas", "Bagan ringkas: judul langkah dan waktu", checkable=True)
        self.complete = _tool("Lengkap", "Bagan lengkap dengan Mutu Baku", checkable=True)
        self.as_table = _tool("Tabel", "Bagan sebagai tabel", checkable=True)
        self.zoom_text = text_label("100 %", "small", wrap=False)
        self.short.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._stack, 1)
        for part in (self.view, self.table):
            part.set_sop(session.state.sop)
            part.stepClicked.connect(self.stepClicked)
            part.stepActivated.connect(self.stepActivated)
        self.view.zoomChanged.connect(lambda zoom: self.zoom_text.setText(f"{zoom * 100:.0f} %"))
        theme.notifier().changed.connect(self.set_tokens)
        session.changed.connect(self.refresh)
        self.set_tokens(theme.current())
        self.refresh()

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID // 2)
        group = QButtonGroup(self)
        for button in (self.short, self.complete):
            group.addButton(button)
            row.addWidget(button)
        row.addSpacing(GRID)
        row.addWidget(self.as_table)
        row.addStretch()
        self._zoom_tools = (
            _tool("−", "Perkecil bagan", self.zoom_out),
            _tool("+", "Perbesar bagan", self.zoom_in),
            _tool("Lebar", "Sesuaikan dengan lebar", self.view.fit_width),
            _tool("Semua", "Tampilkan seluruh bagan", self.view.fit_all),
        )
        row.addWidget(self._zoom_tools[0])
        row.addWidget(self.zoom_text)
        for tool in self._zoom_tools[1:]:
            row.addWidget(tool)
        self.complete.toggled.connect(self.set_complete)
        self.as_table.toggled.connect(self.set_table)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the bar has no room for all its words, those that the menu has too give way."""
        super().resizeEvent(event)
        for tool in self._zoom_tools[2:]:
            tool.setVisible(self.width() >= BAR_WIDTH)

    def refresh(self, _: object = None) -> None:
        """Show how each step stands now."""
        state = self._session.state
        late = [bar.step for bar in self._session.progress().bars if bar.late]
        chart, words = row_states(state, late), sentence(state, late)
        self.view.set_states(chart, words)
        self.table.set_states(chart, words)

    def set_tokens(self, tokens: Tokens) -> None:
        self.view.set_tokens(tokens)

    def select(self, step: str) -> None:
        self.view.select(step)
        self.table.select(step)

    def set_complete(self, complete: bool) -> None:
        (self.complete if complete else self.short).setChecked(True)
        self.view.set_complete(complete)
        self.completeChanged.emit(complete)

    def set_table(self, table: bool) -> None:
        self.as_table.setChecked(table)
        self._stack.setCurrentWidget(self.table if table else self.view)
        for tool in (*self._zoom_tools, self.short, self.complete):
            tool.setEnabled(not table)
        self.tableChanged.emit(table)

    def zoom_in(self) -> None:
        self.view.set_zoom(self.view.zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        self.view.set_zoom(self.view.zoom / ZOOM_STEP)

    def take_focus(self) -> None:
        (self.table if self.as_table.isChecked() else self.view).setFocus()


def _tool(words: str, description: str, act: object = None, *, checkable: bool = False) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolTip(description)
    button.setAccessibleName(description)
    button.setCheckable(checkable)
    if callable(act):
        button.clicked.connect(lambda: act())
    return button
