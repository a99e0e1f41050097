"""Paints a cycle's schedule: for each step the planned bar above the actual one, over a grid of days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from lkip_desktop.schedule.progress import Bar, Interval
from lkip_desktop.words import full_date, month_name
from ui.schedule_words import Plan, sentence
from ui.tokens import GRID, TYPE, Tokens

ROW = GRID * 4
HEAD = GRID * 6
MIN_DAY, MAX_DAY = 4.0, 56.0
"""How wide a day may be, in pixels."""

MOST_ROWS = 15
"""Up to so many steps stand in sight at once; what is around the chart scrolls then."""

_WEEKDAYS = ("Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg")
_OPENS, _CLOSES = time(7, 30), time(16)


class ScheduleChart(QAbstractScrollArea):
    """One row a step. The selected row is told by `sentence`; Enter or a double-click asks for its step."""

    selected = Signal(str)  # step id
    activated = Signal(str)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._plan: Plan | None = None
        self._row = -1
        self._first, self._last = date.min, date.min
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)

    # What others see

    def show_plan(self, plan: Plan) -> None:
        begun = self._plan is None
        self._plan = plan
        self._first, self._last = plan.days
        if not 0 <= self._row < len(self._bars):
            here = plan.progress.current
            self._row = next((n for n, bar in enumerate(self._bars) if here and bar.step == here.step), 0)
        self.setMinimumHeight(HEAD + min(len(self._bars), MOST_ROWS) * ROW + GRID * 2)
        self._measure()
        if begun:
            self._show_today(plan)
        self._tell()

    def _show_today(self, plan: Plan) -> None:
        """A long cycle opens where it stands now."""
        day = min(max(plan.now.date(), self._first), self._last)
        self.horizontalScrollBar().setValue(round(self._x_of(day) - self._label_width() - self._room().width() / 2))

    def set_tokens(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self.viewport().update()

    def select(self, row: int) -> None:
        """Select the row of a step (from 0)."""
        if self._plan is None:
            return
        self._row = min(max(row, 0), len(self._plan.progress.bars) - 1)
        top = self._row * ROW
        bar = self.verticalScrollBar()
        bar.setValue(min(max(bar.value(), top + ROW - self._room().height()), top))
        self._tell()
        self.selected.emit(self._bar.step)

    @property
    def sentence(self) -> str:
        """The selected row in words."""
        return sentence(self._bar, self._title(self._bar)) if self._plan else ""

    def row_rect(self, row: int) -> QRect:
        """A whole row, in pixels of the viewport."""
        return QRect(0, HEAD + row * ROW - self.verticalScrollBar().value(), self.viewport().width(), ROW)

    def day_rect(self, day: date) -> QRectF:
        """A day's column from its head to the last row, in pixels of the viewport."""
        foot = HEAD + len(self._bars) * ROW - self.verticalScrollBar().value()
        return QRectF(self._x_of(day), 0, self._day_width(), foot)

    def planned_rect(self, row: int) -> QRectF:
        """The planned bar of a row; empty when the step has no plan."""
        bar = self._bars[row]
        if bar.planned_start is None or bar.planned_end is None:
            return QRectF()
        return self._span(row, bar.planned_start, bar.planned_end, GRID // 2, GRID)

    def actual_rects(self, row: int) -> tuple[QRectF, ...]:
        """The actual bars of a row, one for each stay."""
        return tuple(self._span(row, s.start, s.end or self._now, GRID * 2, GRID * 1.5) for s in self._bars[row].actual)

    def text_at(self, point: QPoint) -> str:
        """What lies under a point of the viewport: a step's bars, or a day with its name."""
        row = self._row_at(point)
        if row is not None and point.x() < self._label_width():
            return sentence(self._bars[row], self._title(self._bars[row]))
        if row is not None:
            spots = (self.planned_rect(row), *self.actual_rects(row))
            if any(rect.adjusted(-2, -2, 2, 2).contains(point) for rect in spots):
                return sentence(self._bars[row], self._title(self._bars[row]))
        day = self._day_at(point.x())
        return self._day_text(day) if day else ""

    # Measures

    @property
    def _bars(self) -> tuple[Bar, ...]:
        return self._plan.progress.bars if self._plan else ()

    @property
    def _bar(self) -> Bar:
        return self._bars[self._row]

    @property
    def _now(self) -> datetime:
        assert self._plan is not None
        return self._plan.now

    def _title(self, bar: Bar) -> str:
        return self._plan.titles[bar.step] if self._plan else ""

    def _label_width(self) -> int:
        return GRID * 24 if self.viewport().width() >= GRID * 80 else GRID * 16

    def _room(self) -> QRect:
        """The grid's part of the viewport."""
        return self.viewport().rect().adjusted(self._label_width(), HEAD, 0, 0)

    def _count(self) -> int:
        return (self._last - self._first).days + 1

    def _day_width(self) -> float:
        return min(max(self._room().width() / self._count(), MIN_DAY), MAX_DAY)

    def _measure(self) -> None:
        room = self._room()
        for bar, whole, seen, step in (
            (self.horizontalScrollBar(), round(self._count() * self._day_width()), room.width(), GRID * 4),
            (self.verticalScrollBar(), len(self._bars) * ROW, room.height(), ROW),
        ):
            bar.setRange(0, max(whole - seen, 0))
            bar.setPageStep(max(seen, 1))
            bar.setSingleStep(step)
        self.viewport().update()

    def _x_of(self, day: date) -> float:
        past = (day - self._first).days * self._day_width()
        return self._label_width() + past - self.horizontalScrollBar().value()

    def _x(self, at: datetime) -> float:
        """A moment's place: office hours fill the day's column, so that a working day is as wide as its day."""
        hours = self._plan.calendar.hours_on(at.date()) if self._plan else None
        opens, closes = (hours.opens, hours.closes) if hours else (_OPENS, _CLOSES)
        part = (_minutes(at.time()) - _minutes(opens)) / (_minutes(closes) - _minutes(opens))
        return self._x_of(at.date()) + min(max(part, 0.0), 1.0) * self._day_width()

    def _span(self, row: int, start: datetime, end: datetime, top: float, height: float) -> QRectF:
        left, right = self._x(start), self._x(end)
        return QRectF(left, self.row_rect(row).top() + top, max(right - left, 4.0), height)

    def _row_at(self, point: QPoint) -> int | None:
        row = (point.y() - HEAD + self.verticalScrollBar().value()) // ROW
        return row if point.y() >= HEAD and 0 <= row < len(self._bars) else None

    def _day_at(self, x: int) -> date | None:
        past = x - self._label_width() + self.horizontalScrollBar().value()
        number = int(past // self._day_width())
        return self._first + timedelta(days=number) if x >= self._label_width() and number < self._count() else None

    def _day_text(self, day: date) -> str:
        assert self._plan is not None
        lines = [full_date(day)]
        why = self._plan.calendar.why_not(day)
        if why and why not in lines[0]:
            lines.append(why)
        return ", ".join(lines + [name for marked, name in self._plan.marks if marked == day])

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(self._tokens.surface))
        if self._plan is not None:
            self._paint_grid(painter, self._plan)
            for row, bar in enumerate(self._bars):
                self._paint_bars(painter, row, bar)
            self._paint_marks(painter, self._plan)
            self._paint_head(painter)
            self._paint_labels(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_grid(self, painter: QPainter, plan: Plan) -> None:
        painter.fillRect(self.row_rect(self._row), QColor(self._tokens.tint))
        for number in range(self._count()):
            day = self._first + timedelta(days=number)
            rect = self.day_rect(day).adjusted(0, HEAD, 0, 0)
            if not plan.calendar.is_working_day(day):
                painter.fillRect(rect, _veiled(self._tokens.muted, 26))
                if day.weekday() < 5:
                    painter.fillRect(rect, QBrush(_veiled(self._tokens.muted, 110), Qt.BrushStyle.Dense6Pattern))
            if self._day_width() >= GRID or day.weekday() == 0:
                painter.setPen(QPen(QColor(self._tokens.line), 1))
                painter.drawLine(rect.topLeft(), rect.bottomLeft())

    def _paint_bars(self, painter: QPainter, row: int, bar: Bar) -> None:
        painter.setPen(QPen(QColor(self._tokens.outline), 1.4))
        painter.setBrush(QColor(self._tokens.surface))
        if bar.planned_start:
            painter.drawRect(self.planned_rect(row))
        for stay, rect in zip(bar.actual, self.actual_rects(row), strict=True):
            self._paint_stay(painter, stay, rect)
        if bar.late and bar.actual:
            self._word(painter, self.actual_rects(row)[-1], "terlambat")

    def _paint_stay(self, painter: QPainter, stay: Interval, rect: QRectF) -> None:
        colour = QColor(self._tokens.warn if stay.late else self._tokens.accent)
        painter.fillRect(rect, colour)
        if stay.late:
            painter.fillRect(rect, QBrush(QColor(self._tokens.surface), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)

    def _word(self, painter: QPainter, beside: QRectF, text: str) -> None:
        """A word to the right of a bar, or to its left where the chart ends."""
        painter.setFont(self._font(TYPE.small))
        painter.setPen(QColor(self._tokens.warn))
        width = painter.fontMetrics().horizontalAdvance(text) + GRID
        right = beside.right() + GRID // 2
        left = right if right + width <= self.viewport().width() else beside.left() - width
        where = QRectF(left, beside.top() - 4, width, beside.height() + 8)
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_marks(self, painter: QPainter, plan: Plan) -> None:
        for day, name in plan.marks:
            rect = self.day_rect(day)
            x = self._x(plan.now) if name == "Hari ini" else rect.right() if name == "Batas waktu" else rect.left()
            painter.setPen(line_pen(name, self._tokens))
            painter.drawLine(
                QRectF(x, HEAD - GRID, 0, rect.height()).topLeft(), QRectF(x, 0, 0, rect.height()).bottomLeft()
            )

    def _paint_head(self, painter: QPainter) -> None:
        painter.fillRect(QRect(0, 0, self.viewport().width(), HEAD), QColor(self._tokens.panel))
        painter.setPen(QPen(QColor(self._tokens.outline), 1))
        painter.drawLine(0, HEAD, self.viewport().width(), HEAD)
        painter.setFont(self._font(TYPE.small))
        painter.setClipRect(self._room().adjusted(0, -HEAD, 0, 0))
        for number in range(self._count()):
            day = self._first + timedelta(days=number)
            if day.day == 1 or number == 0:
                self._month(painter, day)
            self._day(painter, day)
        painter.setClipping(False)

    def _month(self, painter: QPainter, day: date) -> None:
        """The month's name, kept in sight while any of its days is, and only where it has room."""
        following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        left = max(self._x_of(day), self._label_width()) + 4
        room = min(self._x_of(following), self._x_of(self._last) + self._day_width()) - left
        for text in (f"{month_name(day.month)} {day.year}", month_name(day.month)[:3]):
            if painter.fontMetrics().horizontalAdvance(text) <= room:
                painter.setPen(QColor(self._tokens.text))
                painter.drawText(QRectF(left, 4, room, GRID * 2), Qt.AlignmentFlag.AlignLeft, text)
                return

    def _day(self, painter: QPainter, day: date) -> None:
        width = self._day_width()
        if width < GRID * 2.5 and (day.weekday() != 0 or width * 7 < GRID * 3):
            return
        text = f"{_WEEKDAYS[day.weekday()]} {day.day}" if width >= GRID * 5 else str(day.day)
        rect = self.day_rect(day)
        painter.setPen(QColor(self._tokens.muted))
        where = QRectF(rect.left() + 3, HEAD - GRID * 2.5, max(width, GRID * 3), GRID * 2)
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft, text)

    def _paint_labels(self, painter: QPainter) -> None:
        width = self._label_width()
        painter.setClipRect(QRect(0, HEAD + 1, width, self.viewport().height()))
        painter.fillRect(QRect(0, HEAD + 1, width, self.viewport().height()), QColor(self._tokens.surface))
        painter.fillRect(self.row_rect(self._row), QColor(self._tokens.tint))
        for row, bar in enumerate(self._bars):
            rect = self.row_rect(row)
            painter.setPen(QColor(self._tokens.line))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            painter.setFont(self._font(TYPE.body, bold=row == self._row))
            painter.setPen(QColor(self._tokens.text))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rect.adjusted(GRID, 0, 0, 0), middle, str(bar.number))
            place = QRect(GRID * 4, rect.top(), width - GRID * 5, ROW)
            text = painter.fontMetrics().elidedText(self._title(bar), Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, middle, text)
        painter.setPen(QColor(self._tokens.outline))
        painter.drawLine(width - 1, HEAD, width - 1, self.row_rect(len(self._bars) - 1).bottom())
        painter.setClipping(False)

    def _font(self, pixels: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _tell(self) -> None:
        self.setAccessibleName("Bagan jadwal")
        self.setAccessibleDescription(self.sentence)
        self.viewport().update()

    # Events

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.text_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row is not None:
            self.select(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row is not None:
            self.activated.emit(self._bars[row].step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = {
            Qt.Key.Key_Up: self._row - 1,
            Qt.Key.Key_Down: self._row + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._bars) - 1,
        }
        if event.key() in rows:
            self.select(rows[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._bars:
            self.activated.emit(self._bar.step)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._plan is not None:
            self._measure()


def line_pen(name: str, tokens: Tokens) -> QPen:
    """Each line through the chart has a colour and a dash of its own."""
    colour, style = {
        "Hari ini": (tokens.accent, Qt.PenStyle.SolidLine),
        "Batas waktu": (tokens.danger, Qt.PenStyle.DashLine),
        "Mulai paling lambat": (tokens.muted, Qt.PenStyle.DotLine),
    }[name]
    return QPen(QColor(colour), 2, style)


def _veiled(colour: str, alpha: int) -> QColor:
    made = QColor(colour)
    made.setAlpha(alpha)
    return made


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
