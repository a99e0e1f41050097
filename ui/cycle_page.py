"""The cycle: its head, the flowchart, and beside it the step's panel, the dossier, the history and the schedule."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from ui import theme
from ui.chart_area import ChartArea
from ui.cycle_header import CycleHeader
from ui.documents.actions import DocumentActions
from ui.dossier import DossierView
from ui.history import HistoryView
from ui.schedule import ScheduleView
from ui.session import Session
from ui.settings import Settings
from ui.step.panel import StepPanel
from ui.tokens import GRID, Tokens

PANEL_WIDTH = 456
LEAST_CHART, LEAST_PANEL = 400, 376


class CyclePage(QWidget):
    """One open cycle. The step shown in the panel is the selected row of the chart."""

    stepShown = Signal(str)  # its id

    def __init__(
        self, session: Session, documents: DocumentActions, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session, self._settings = session, settings
        self._current = ""
        # Each part is made in its place: to move one there that is made takes as long once more.
        self.header = CycleHeader(session, self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.chart = ChartArea(session, self.splitter)
        self.tabs = QTabWidget(self.splitter)
        # Before the panel follows by itself: else it would build the step that was just left once more.
        session.changed.connect(self._follow)
        self.panel = StepPanel(session, documents, self.tabs)
        self.dossier = DossierView(session, self.tabs)
        self.history = HistoryView(session, self.tabs)
        self.schedule = ScheduleView(session, self.tabs)
        self._lay_out()
        self._connect()
        self.chart.set_complete(settings.complete_chart)
        self._set_tokens(theme.current())
        self._follow()

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.setMinimumWidth(LEAST_PANEL)
        for page, title in (
            (self.panel, "Langkah"),
            (self.dossier, "Pencatatan"),
            (self.history, "Riwayat"),
            (self.schedule, "Jadwal"),
        ):
            self.tabs.addTab(page, title)
        self.chart.setMinimumWidth(LEAST_CHART)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([GRID * 110, PANEL_WIDTH])
        self.splitter.restoreState(self._settings.splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.chart.stepClicked.connect(self.show_step)
        self.chart.stepActivated.connect(self._enter_step)
        self.chart.completeChanged.connect(self._keep_complete)
        self.header.missingRequested.connect(self.show_field)
        self.panel.stepRequested.connect(self.show_field)
        self.dossier.fieldRequested.connect(self.show_field)
        self.history.stepRequested.connect(self.show_step)
        self.schedule.stepRequested.connect(self.show_step)
        theme.notifier().changed.connect(self._set_tokens)
        QShortcut(QKeySequence("F6"), self).activated.connect(self._switch_focus)

    @property
    def step(self) -> str:
        """The id of the step that is shown."""
        return self.chart.view.selected

    def show_step(self, step: str) -> None:
        """Select a step in the chart and show its panel."""
        self.chart.select(step)
        self.panel.show_step(step)
        self.tabs.setCurrentWidget(self.panel)
        self.stepShown.emit(step)

    def show_field(self, step: str, path: str) -> None:
        """Show a step and lead to one of its fields; an empty path leads to the step alone."""
        self.show_step(step)
        if path:
            self.panel.focus_path(path)

    def flush(self) -> bool:
        """Keep what is being typed now; False when something could not be kept."""
        return self.panel.flush()

    def remember(self) -> None:
        """Keep the layout for the next start."""
        self._settings.splitter = self.splitter.saveState()

    def _follow(self, _: object = None) -> None:
        """Show the current step when the cycle has moved to another one; a closed cycle shows its last."""
        state = self.session.state
        current = state.visits[-1].step
        if current != self._current:
            self._current = current
            self.show_step(current)

    def _enter_step(self, step: str) -> None:
        self.show_step(step)
        self.panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_complete(self, complete: bool) -> None:
        self._settings.complete_chart = complete

    def _switch_focus(self) -> None:
        if any(view.hasFocus() for view in (self.chart.view, self.chart.table)):
            self.tabs.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.chart.take_focus()

    def _set_tokens(self, tokens: Tokens) -> None:
        for view in (self.dossier, self.history, self.schedule):
            view.set_tokens(tokens)
