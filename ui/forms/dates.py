"""The editor of a date: typed as people type dates, or picked from a calendar that knows the holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from lkip_desktop.cycle_calendar import calendar, iso_date
from lkip_desktop.dates import FIRST_YEAR, LAST_YEAR
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.values import parse, show
from lkip_desktop.workflow.state import CycleState
from ui import theme
from ui.forms.editors import Editor

BUTTON_WIDTH = 28


class DateEditor(Editor):
    """A line that takes ``5/5/2025``, and a button that opens a calendar."""

    def __init__(
        self, state: Callable[[], CycleState], today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state, self._today = state, today
        self.line = QLineEdit()
        self.line.setPlaceholderText("tanggal/bulan/tahun")
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self.left)
        self.button = QToolButton()
        self.button.setArrowType(Qt.ArrowType.DownArrow)
        self.button.setToolTip("Buka kalender (Alt+↓)")
        # One stop of Tab to a date; with the focus here, keys would go on to the line unseen.
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.open_calendar)
        self.popup: CalendarPopup | None = None
        self._wrap(self.line)
        # The button sits at the right end of the line, as in a list that opens.
        self.line.setTextMargins(0, 0, BUTTON_WIDTH, 0)
        self.button.setFixedWidth(BUTTON_WIDTH)
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        inside = QHBoxLayout(self.line)
        inside.setContentsMargins(0, 2, 2, 2)
        inside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)

    def typed(self) -> str:
        return self.line.text()

    def show_text(self, text: str) -> None:
        if text != self.line.text():
            self.line.setText(text)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self.line.setPlaceholderText("" if read_only else "tanggal/bulan/tahun")
        self.button.setVisible(not read_only)

    def inner(self) -> QWidget:
        return self.line

    def describe(self, name: str, description: str) -> None:
        super().describe(name, description)
        self.button.setAccessibleName(f"Kalender untuk {name}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar at the typed day, else today."""
        if self.popup is None:
            self.popup = CalendarPopup(self)
            self.popup.month.clicked.connect(self._take)
            self.popup.month.activated.connect(self._take)
        day = iso_date(parse(FieldKind.DATE, self.line.text()).value) or self._today()
        self.popup.open_at(day, self._state())

    def _take(self, day: QDate) -> None:
        if self.popup is not None and self.popup.isVisible():
            self.popup.hide()
            self.line.setText(show(FieldKind.DATE, date(day.year(), day.month(), day.day()).isoformat()))
            self.line.setFocus()
            self.edited.emit()
            self.left.emit()


class CalendarPopup(QFrame):
    """A month in Indonesian below its field; days that are no working days are marked, holidays with their names."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self._field = field
        self.setProperty("role", "panel")
        self.month = QCalendarWidget()
        self.month.setLocale(QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia))
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setDateRange(QDate(FIRST_YEAR, 1, 1), QDate(LAST_YEAR, 12, 31))
        self.month.setGridVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.month)

    def open_at(self, day: date, state: CycleState) -> None:
        self._mark(state)
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        self.move(self._place())
        self.show()
        self.month.setFocus()

    def _place(self) -> QPoint:
        """Below the field; above it, or moved left, where the screen ends."""
        below = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        screen = self._field.screen().availableGeometry()
        if below.y() + self.height() > screen.bottom():
            below.setY(self._field.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        below.setX(max(screen.left(), min(below.x(), screen.right() - self.width())))
        return below

    def _mark(self, state: CycleState) -> None:
        tokens = theme.current()
        off, plain = QTextCharFormat(), QTextCharFormat()
        off.setForeground(QColor(tokens.danger))
        plain.setForeground(QColor(tokens.text))
        for weekday in Qt.DayOfWeek:
            weekend = weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
            self.month.setWeekdayTextFormat(weekday, off if weekend else plain)
        self.month.setDateTextFormat(QDate(), QTextCharFormat())
        for holiday in calendar(state).holidays:
            named = QTextCharFormat(off)
            named.setToolTip(f"{holiday.kind}: {holiday.name}")
            named.setFontUnderline(True)
            self.month.setDateTextFormat(QDate(holiday.day.year, holiday.day.month, holiday.day.day), named)
