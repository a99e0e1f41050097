"""The schedule of a cycle: facts, planned against actual as a bar chart, and the same as a table."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.cycle_calendar import calendar
from lkip_desktop.errors import UserError
from ui import theme
from ui.labels import text_label
from ui.lists import calm
from ui.schedule_chart import ScheduleChart, line_pen
from ui.schedule_words import Plan, facts, holidays, rows
from ui.session import Session
from ui.tokens import GRID, Tokens

HEADINGS = ("No", "Langkah", "Rencana mulai", "Rencana selesai", "Mulai", "Selesai", "Keadaan")
LEGEND = ("Rencana", "Pelaksanaan", "Terlambat", "Hari ini", "Batas waktu", "Mulai paling lambat", "Bukan hari kerja")
LEGEND_WIDTH = GRID * 19
MOST_HOLIDAYS = 6


class ScheduleView(QWidget):
    """Read anew when it is seen, since time passes without any act."""

    stepRequested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.chart = ScheduleChart(theme.current())
        self.table = QTableWidget(0, len(HEADINGS))
        self.views = QButtonGroup(self)
        self._pages = QStackedWidget()
        self._facts = QGridLayout()
        self._told = text_label(role="muted")
        self._holidays = text_label(role="small")
        self._lines: list[tuple[QLabel, QLabel]] = []
        self._key = QGridLayout()
        self._legend: list[tuple[QLabel, QLabel]] = []
        self._set_up_table()
        self._lay_out()
        self.chart.selected.connect(self._tell)
        self.chart.activated.connect(self.stepRequested)
        session.changed.connect(self._refresh)
        theme.notifier().changed.connect(self.set_tokens)

    # Building

    def _set_up_table(self) -> None:
        self.table.setHorizontalHeaderLabels(HEADINGS)
        calm(self.table, "Jadwal sebagai tabel")
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().setDefaultSectionSize(GRID * 4)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        chart = QWidget()
        column = QVBoxLayout(chart)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.chart, 1)
        column.addLayout(self._make_legend())
        self._pages.addWidget(chart)
        self._pages.addWidget(self.table)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID)
        layout.setSpacing(GRID)
        self._facts.setHorizontalSpacing(GRID * 2)
        self._facts.setVerticalSpacing(GRID // 2)
        layout.addLayout(self._facts)
        layout.addLayout(self._switch())
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._told)
        layout.addWidget(self._holidays)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _switch(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        for number, name in enumerate(("Bagan", "Tabel")):
            chip = QToolButton()
            chip.setText(name)
            chip.setCheckable(True)
            chip.setChecked(number == 0)
            self.views.addButton(chip, number)
            row.addWidget(chip)
        row.addStretch()
        self.views.idClicked.connect(self._pages.setCurrentIndex)
        return row

    def _make_legend(self) -> QGridLayout:
        self._key.setHorizontalSpacing(GRID // 2)
        self._key.setVerticalSpacing(0)
        for name in LEGEND:
            self._legend.append((QLabel(), text_label(name, "small", wrap=False)))
        return self._key

    def _arrange(self) -> None:
        """Facts and legend in as many columns as there is room for."""
        room = self.width() - GRID * 6
        pairs = 2 if room >= GRID * 90 else 1
        for number, (name, value) in enumerate(self._lines):
            row, column = divmod(number, pairs)
            self._facts.addWidget(name, row, column * 2, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, row, column * 2 + 1, Qt.AlignmentFlag.AlignTop)
        self._facts.setColumnStretch(1, 1)
        self._facts.setColumnStretch(3, pairs - 1)
        columns = max(min(room // LEGEND_WIDTH, len(LEGEND)), 1)
        for number, (mark, text) in enumerate(self._legend):
            row, column = divmod(number, columns)
            self._key.addWidget(mark, row, column * 2)
            self._key.addWidget(text, row, column * 2 + 1)
        for column in range(len(LEGEND)):
            self._key.setColumnStretch(column * 2 + 1, int(column < columns))

    # Showing

    def set_tokens(self, tokens: Tokens) -> None:
        self.chart.set_tokens(tokens)
        for mark, name in self._legend:
            mark.setPixmap(_swatch(name.text(), tokens, self.devicePixelRatioF()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        try:
            self._show(self._plan())
        except UserError as error:
            self._pages.hide()
            self._told.setText(str(error))

    def _plan(self) -> Plan:
        state = self._session.state
        work = calendar(state)
        titles = {step.id: step.title for step in state.sop.steps}
        return Plan(self._session.progress(), work, titles, work.local(self._session.cycle.now()))

    def _show(self, plan: Plan) -> None:
        self._pages.show()
        self._show_facts(plan)
        self.chart.show_plan(plan)
        self._fill_table(plan)
        self.set_tokens(theme.current())
        off = holidays(*plan.days, plan.calendar)
        more = f" dan {len(off) - MOST_HOLIDAYS} hari lain" if len(off) > MOST_HOLIDAYS else ""
        self._holidays.setText(f"Hari libur dalam masa ini: {', '.join(off[:MOST_HOLIDAYS])}{more}.")
        self._holidays.setVisible(bool(off))
        self._tell()

    def _show_facts(self, plan: Plan) -> None:
        told = facts(plan.progress, plan.calendar)
        for label in (label for line in self._lines[len(told) :] for label in line):
            label.hide()
            label.deleteLater()
        del self._lines[len(told) :]
        while len(self._lines) < len(told):
            self._lines.append((text_label(role="muted", wrap=False), text_label()))
        for (name, value), (what, says, role) in zip(self._lines, told, strict=True):
            name.setText(what)
            value.setText(says)
            theme.set_role(value, role or "strong")
        self._arrange()

    def _fill_table(self, plan: Plan) -> None:
        lines = [line for bar in plan.progress.bars for line in rows(bar, plan.titles[bar.step])]
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                self.table.setItem(row, column, QTableWidgetItem(text))

    def _tell(self) -> None:
        self._told.setText(self.chart.sentence)


def _swatch(name: str, tokens: Tokens, scale: float) -> QPixmap:
    """The sign of the legend, drawn as the chart draws it."""
    width, height = GRID * 3, GRID * 2
    picture = QPixmap(round(width * scale), round(height * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bar = QRectF(2, 4, width - 4, height - 8)
    if name in ("Hari ini", "Batas waktu", "Mulai paling lambat"):
        painter.setPen(line_pen(name, tokens))
        painter.drawLine(2, height // 2, width - 2, height // 2)
    else:
        _bar(painter, bar, name, tokens)
    painter.end()
    return picture


def _bar(painter: QPainter, rect: QRectF, name: str, tokens: Tokens) -> None:
    fill, edge, pattern = {
        "Rencana": (tokens.surface, tokens.outline, Qt.BrushStyle.NoBrush),
        "Pelaksanaan": (tokens.accent, tokens.accent, Qt.BrushStyle.NoBrush),
        "Terlambat": (tokens.warn, tokens.warn, Qt.BrushStyle.BDiagPattern),
        "Bukan hari kerja": (tokens.line, tokens.line, Qt.BrushStyle.NoBrush),
    }[name]
    painter.fillRect(rect, QColor(fill))
    brush = painter.brush()
    brush.setStyle(pattern)
    brush.setColor(QColor(tokens.surface))
    painter.fillRect(rect, brush)
    painter.setPen(QPen(QColor(edge), 1.4))
    painter.drawRect(rect)
