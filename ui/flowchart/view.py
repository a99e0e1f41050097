"""The painted flowchart: zoom, fit, keyboard, selection and hints. What is painted comes from the drawing list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from lkip_desktop.sop.geometry import Geometry, Options, RowLayout, layout
from lkip_desktop.sop.model import Sop
from lkip_desktop.workflow.chart import Chart, notes
from lkip_desktop.workflow.drawing import draw
from ui.flowchart.hints import hint
from ui.flowchart.painter import Painting, fonts_for
from ui.tokens import LIGHT, Tokens

LEAST_ZOOM, MOST_ZOOM, ZOOM_STEP = 0.5, 3.0, 1.1
READABLE = 10 / 12
"""Fitting to the width keeps the smallest text, 12 px, at 10 px at least."""
FIT_MOST = 1.5
SELECTED_WIDTH = 2


class Fit(Enum):
    """What the zoom follows when the view changes its size."""

    WIDTH = "width"
    ALL = "all"
    NOTHING = "nothing"


@dataclass(frozen=True)
class _Ready:
    """The chart laid out and made ready to paint."""

    geometry: Geometry
    head: Painting
    body: Painting


class FlowchartView(QAbstractScrollArea):
    """The flowchart of one SOP, with the states of a cycle if there is one.

    `stepClicked` and `stepActivated` (double click, Enter) carry a step's id. Up, Down, Home and End move the focus
    row, Space clicks it; Ctrl with plus, minus, 0 or the wheel zooms.
    """

    stepClicked = Signal(str)
    stepActivated = Signal(str)
    zoomChanged = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sop: Sop | None = None
        self._chart: Chart | None = None
        self._tokens: Tokens = LIGHT
        self._complete = False
        self._zoom, self._fit = 1.0, Fit.WIDTH
        self._selected = self._focused = self._pressed = ""
        self._ready: _Ready | None = None
        self._show_current = False
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Bagan alir SOP")

    # What is shown

    def set_sop(self, sop: Sop) -> None:
        """Show another SOP; states, selection and focus row are forgotten."""
        self._sop, self._chart = sop, None
        self._selected, self._focused = "", sop.first.id
        self._relay()

    def set_states(self, chart: Chart | None, sentence: str = "") -> None:
        """Show how each step stands, and scroll to the current one when it is another than before.

        `sentence` says the same for a screen reader.
        """
        self.setAccessibleDescription(sentence)
        if chart is not None and chart == self._chart:
            return
        before = self._chart.current if self._chart else ""
        self._chart = chart
        if chart and chart.current and chart.current != before:
            self._focused = chart.current
            self._show_current = True
        self._relay()

    def set_tokens(self, tokens: Tokens) -> None:
        """Paint with another colour scheme."""
        self._tokens = tokens
        self._relay()

    def set_complete(self, complete: bool) -> None:
        """*Lengkap*: activity and Mutu Baku as printed; otherwise *Ringkas*: title and time."""
        self._complete = complete
        self._relay()

    @property
    def selected(self) -> str:
        """The id of the selected step, or empty."""
        return self._selected

    def select(self, step: str) -> None:
        """Outline a step's row, make it the focus row and bring it into sight; an empty id selects nothing."""
        self._selected = step
        if step:
            self._focused = step
            self.ensure_visible(step)
        self.viewport().update()

    def ensure_visible(self, step: str) -> None:
        """Scroll so far that a step's whole row is in sight, with a bit of its neighbour."""
        row = self._ready.geometry.row_of(step) if self._ready else None
        if row is None:
            return
        around = self.row_rect(row.step).adjusted(0, -24, 0, 24)
        bar, head = self.verticalScrollBar(), self._head_height()
        if around.top() < head:
            bar.setValue(bar.value() + around.top() - head)
        elif around.bottom() > self.viewport().height():
            bar.setValue(bar.value() + min(around.bottom() - self.viewport().height(), around.top() - head))

    def row_rect(self, step: str) -> QRect:
        """Where a step's row lies now, in the viewport's coordinates; null for an unknown step."""
        row = self._ready.geometry.row_of(step) if self._ready else None
        if row is None:
            return QRect()
        box, zoom = row.box, self._zoom
        top, bottom = round(box.y * zoom), round(box.bottom * zoom)
        return QRect(0, top, round(box.w * zoom), bottom - top).translated(-self._offset())

    # Zoom

    @property
    def zoom(self) -> float:
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Set the zoom (1 is 100 %) and keep it when the view's size changes."""
        self._fit = Fit.NOTHING
        self._apply_zoom(zoom)

    def fit_width(self) -> None:
        """Let the chart fill the width, and follow it: at 100 %, or smaller if it needs more room."""
        self._fit = Fit.WIDTH
        self._relay()

    def fit_all(self) -> None:
        """Show the whole chart, and follow the view's size."""
        self._fit = Fit.ALL
        self._relay()

    def _apply_zoom(self, zoom: float) -> None:
        before = self._zoom
        self._zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self._prepare()
        if self._zoom != before:
            self.zoomChanged.emit(self._zoom)

    def _relay(self) -> None:
        """Lay the chart out anew for what it shows and for the room there is; once it is shown, when it is hidden."""
        if self._sop is None or not self.isVisible():
            return
        if self._fit is Fit.WIDTH:
            self._apply_zoom(self._zoom_for_width())
        elif self._fit is Fit.ALL:
            self._apply_zoom(self._zoom_for_all())
        else:
            self._prepare()

    def _zoom_for_width(self) -> float:
        room = self.maximumViewportSize()
        least = self._lay_out(1.0, 0)
        bar = self._bar_width() if least.height * (room.width() - 1) / least.width >= room.height() else 0
        return min(1.0, max(READABLE, (room.width() - bar - 1) / least.width))

    def _bar_width(self) -> int:
        return self.verticalScrollBar().sizeHint().width()

    def _zoom_for_all(self) -> float:
        """The largest zoom at which the chart, laid out for it, is not higher than the view; found by halving."""
        room = self.maximumViewportSize()
        low, high = LEAST_ZOOM, FIT_MOST
        for _ in range(7):
            middle = (low + high) / 2
            geometry = self._lay_out(middle, (room.width() - 1) / middle)
            fits = geometry.height * middle < room.height() and geometry.width * middle < room.width()
            low, high = (middle, high) if fits else (low, middle)
        return low

    def _lay_out(self, zoom: float, width: float) -> Geometry:
        assert self._sop is not None
        lines = notes(self._chart, names=self._complete) if self._chart else {}
        options = Options(width=width, complete=self._complete, notes=lines)
        return layout(self._sop, fonts_for(self.font().family(), zoom), options)

    def _fitted(self) -> Geometry:
        """The chart for the width there is, less the scroll bar's if it needs one.

        Reckoned from the room without scroll bars, since a layout that follows the bar that it brings about never
        comes to rest.
        """
        room = self.maximumViewportSize()
        geometry = self._lay_out(self._zoom, (room.width() - 1) / self._zoom)
        if geometry.height * self._zoom < room.height():
            return geometry
        return self._lay_out(self._zoom, (room.width() - self._bar_width() - 1) / self._zoom)

    def _prepare(self) -> None:
        if self._sop is None:
            return
        fonts, ratio = fonts_for(self.font().family(), self._zoom), self.devicePixelRatioF()
        geometry = self._fitted()
        drawing = draw(geometry, self._chart)
        head = Painting(drawing.head, fonts, ratio, self._tokens)
        self._ready = _Ready(geometry, head, Painting(drawing.body, fonts, ratio, self._tokens))
        self._set_scroll_bars(geometry)
        if self._show_current and self.isVisible() and self._chart:
            self._show_current = False
            self.ensure_visible(self._chart.current)
        self.viewport().update()

    def _set_scroll_bars(self, geometry: Geometry) -> None:
        """Reckoned from the room without bars too: the viewport knows of a bar that goes only after it has gone."""
        room, bar = self.maximumViewportSize(), self._bar_width()
        wide, tall = (round(side * self._zoom) + 1 for side in (geometry.width, geometry.height))
        down = tall > room.height()
        across = wide > room.width() - bar * down
        down = tall > room.height() - bar * across
        shown = QSize(room.width() - bar * down, room.height() - bar * across)
        self.horizontalScrollBar().setRange(0, max(wide - shown.width(), 0))
        self.verticalScrollBar().setRange(0, max(tall - shown.height(), 0))
        self.horizontalScrollBar().setPageStep(shown.width())
        self.verticalScrollBar().setPageStep(shown.height() - self._head_height())
        self.horizontalScrollBar().setSingleStep(32)
        self.verticalScrollBar().setSingleStep(48)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._tokens.window))
        if self._ready is None:
            return
        offset = self._offset()
        paper = QRect(0, 0, round(self._ready.geometry.width * self._zoom), self._paper_height())
        painter.fillRect(paper.translated(-offset), QColor(self._tokens.surface))
        painter.translate(-offset)
        self._ready.body.paint(painter, offset.y() + event.rect().top(), offset.y() + event.rect().bottom())
        painter.resetTransform()
        self._paint_outlines(painter)
        painter.translate(-offset.x(), 0)
        self._ready.head.paint(painter, 0, self._head_height())

    def _paint_outlines(self, painter: QPainter) -> None:
        """The selected row is outlined; the row that keys act on has a dashed line around its words."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._selected:
            pen = QPen(QColor(self._tokens.accent), SELECTED_WIDTH)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(self.row_rect(self._selected).adjusted(1, 1, 0, 0))
        if self.hasFocus() and self._focused and self._ready:
            words = self.row_rect(self._focused)
            words.setWidth(round(self._ready.geometry.columns[1].right * self._zoom))
            painter.setPen(QPen(QColor(self._tokens.focus), 1, Qt.PenStyle.DashLine))
            painter.drawRect(words.adjusted(3, 3, -3, -3))

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _paper_height(self) -> int:
        return round(self._ready.geometry.height * self._zoom) if self._ready else 0

    def _head_height(self) -> int:
        return round(self._ready.geometry.head_height * self._zoom) if self._ready else 0

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relay()

    def event(self, event: QEvent) -> bool:
        # The ratio is known once the window is on a screen, and changes when it moves to another one.
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange, QEvent.Type.Show):
            self._relay()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos())
            if row and self._sop:
                state = self._chart.rows.get(row.step) if self._chart else None
                QToolTip.showText(event.globalPos(), hint(self._sop, row.step, state), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _row_at(self, at: QPoint) -> RowLayout | None:
        if self._ready is None or at.y() < self._head_height():
            return None
        if at.x() + self._offset().x() > self._ready.geometry.width * self._zoom:
            return None
        return self._ready.geometry.row_at((at.y() + self._offset().y()) / self._zoom)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._row_at(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        self._pressed = row.step if row and event.button() is Qt.MouseButton.LeftButton else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click ends where it began; a pointer that has left the row meanwhile takes it back."""
        row = self._row_at(event.position().toPoint())
        event.accept()
        if row and row.step == self._pressed:
            self._click(row.step)
        self._pressed = ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row and event.button() is Qt.MouseButton.LeftButton:
            self.stepActivated.emit(row.step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * ZOOM_STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._zoom_by_key(event.key()):
                return
        elif self._act_by_key(event.key()):
            return
        super().keyPressEvent(event)

    def _zoom_by_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_zoom(self._zoom * ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.set_zoom(self._zoom / ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            return False
        return True

    def _act_by_key(self, key: int) -> bool:
        steps = [step.id for step in self._sop.steps] if self._sop else []
        if not steps:
            return False
        here = steps.index(self._focused) if self._focused in steps else 0
        places = {
            Qt.Key.Key_Up: max(here - 1, 0),
            Qt.Key.Key_Down: min(here + 1, len(steps) - 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(steps) - 1,
        }
        if key in places:
            self._focused = steps[places[Qt.Key(key)]]
            self.ensure_visible(self._focused)
            self.viewport().update()
        elif key == Qt.Key.Key_Space:
            self._click(steps[here])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepActivated.emit(steps[here])
        else:
            return False
        return True

    def _click(self, step: str) -> None:
        self.select(step)
        self.stepClicked.emit(step)
