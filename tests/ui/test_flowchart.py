"""The painted flowchart, driven as a person does: clicks at places, keys, the wheel; and what the pixels show."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from lkip_desktop.sop.drawing import Drawing, Figure, Item, Words
from lkip_desktop.sop.geometry import Options, layout
from lkip_desktop.sop.symbols import Box, Symbol
from lkip_desktop.workflow.chart import Chart, RowKind, RowState, notes
from lkip_desktop.workflow.drawing import draw, symbol
from tests.factories import TEN, long_sop, make_sop
from tests.ui.shown import activate
from ui.flowchart.painter import Fonts, Painting
from ui.flowchart.table import WIDTHS, FlowchartTable
from ui.flowchart.view import FlowchartView
from ui.lists import CELL_PADDING
from ui.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens

IDS = [row[0] for row in TEN]
FAMILY = "Liberation Sans"
CHART = Chart(
    {step: RowState(RowKind.DONE, step == "format", 1, "3 Feb", "Dewi Lestari") for step in IDS[:5]}
    | {
        "koreksi": RowState(RowKind.CURRENT, True, 2, "", "Sekretaris"),
        "tanda_tangan": RowState(RowKind.RETURNED, False, 2, "9 Feb", "Rudy"),
    }
    | {step: RowState() for step in IDS[7:]},
    frozenset({*((step, "") for step in IDS[:5]), ("koreksi", "ya"), ("tanda_tangan", "tidak")}),
)


@pytest.fixture
def view(qtbot: QtBot) -> FlowchartView:
    """The view in a window of 800×560, with the ten steps and their states."""
    view = FlowchartView()
    qtbot.addWidget(view)
    view.resize(800, 560)
    view.set_sop(make_sop())
    view.set_states(CHART, "Langkah 6 dari 10: giliran Sekretaris, putaran 2, terlambat.")
    activate(qtbot, view)
    view.setFocus()
    return view


def click_place(view: FlowchartView, step: str) -> QPoint:
    return view.row_rect(step).center()


def image(drawing: Drawing, zoom: float = 1, ratio: float = 1, tokens: Tokens = LIGHT) -> QImage:
    """All of a drawing in device pixels."""
    made = QImage(
        round(drawing.width * zoom * ratio) + 2, round(drawing.height * zoom * ratio) + 2, QImage.Format.Format_RGB32
    )
    made.fill(QColor(tokens.surface))
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    for items in (drawing.body, drawing.head):
        Painting(items, Fonts(FAMILY, zoom), ratio, tokens).paint(painter, 0, drawing.height * zoom)
    painter.end()
    return made


def drawn(zoom: float = 1, complete: bool = False, width: float = 800) -> Drawing:
    options = Options(width=width, complete=complete, notes=notes(CHART, names=complete))
    return draw(layout(make_sop(), Fonts(FAMILY, zoom), options), CHART)


@pytest.mark.parametrize("step", IDS)
def test_a_click_in_a_row_tells_its_step(view: FlowchartView, qtbot: QtBot, step: str) -> None:
    with qtbot.waitSignal(view.stepClicked) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=click_place(view, step))
    assert caught.args == [step]
    assert view.selected == step


def test_a_click_on_the_symbol_counts_for_its_row(view: FlowchartView, qtbot: QtBot) -> None:
    geometry = layout(make_sop(), Fonts(view.font().family(), 1), Options(width=799, complete=False))
    at = geometry.rows[0].symbol_box
    with qtbot.waitSignal(view.stepClicked) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(at.cx), int(at.cy)))
    assert caught.args == [IDS[0]]


def test_a_double_click_activates(view: FlowchartView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.stepActivated) as caught:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=click_place(view, "data"))
    assert caught.args == ["data"]


def test_a_pointer_that_leaves_the_row_takes_the_click_back(view: FlowchartView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.stepClicked):
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=click_place(view, "data"))
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=click_place(view, "rapat"))


def test_the_head_is_no_row(view: FlowchartView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.stepClicked):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 10))


def test_keys_walk_the_rows(view: FlowchartView, qtbot: QtBot) -> None:
    told: list[tuple[str, str]] = []
    view.stepClicked.connect(lambda step: told.append(("clicked", step)))
    view.stepActivated.connect(lambda step: told.append(("activated", step)))
    keys = Qt.Key
    for key in (keys.Key_Home, keys.Key_Up, keys.Key_Return, keys.Key_Down, keys.Key_Space, keys.Key_End):
        qtbot.keyClick(view, key)
    for key in (keys.Key_Down, keys.Key_Enter, keys.Key_Up, keys.Key_Space):
        qtbot.keyClick(view, key)
    assert told == [
        ("activated", IDS[0]),
        ("clicked", IDS[1]),
        ("activated", IDS[9]),
        ("clicked", IDS[8]),
    ]


def test_the_focus_row_begins_at_the_current_step(view: FlowchartView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.stepActivated) as caught:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == ["koreksi"]


def test_focus_and_selection_can_be_seen(view: FlowchartView, qtbot: QtBot) -> None:
    qtbot.waitUntil(view.hasFocus)
    focused = view.grab().toImage()
    view.clearFocus()
    plain = view.grab().toImage()
    assert focused != plain
    view.select("kirim")
    rect = view.row_rect("kirim")
    assert view.grab().toImage().pixelColor(rect.left() + 30, rect.top() + 1).name().upper() == LIGHT.accent


def test_zoom_by_keys_and_wheel(view: FlowchartView, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    fitted = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus, control)
    assert view.zoom == pytest.approx(fitted * 1.1)
    qtbot.keyClick(view, Qt.Key.Key_Minus, control)
    qtbot.keyClick(view, Qt.Key.Key_Minus, control)
    assert view.zoom == pytest.approx(fitted / 1.1)
    place = QPointF(100, 300)
    up = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        control,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), up)
    assert view.zoom == pytest.approx(fitted * 1.1)
    qtbot.keyClick(view, Qt.Key.Key_0, control)
    assert view.zoom == fitted


def test_the_zoom_has_limits(view: FlowchartView) -> None:
    view.set_zoom(99)
    assert view.zoom == 3
    view.set_zoom(0)
    assert view.zoom == 0.5


@pytest.mark.parametrize("width", [640, 800, 1100, 1900])
@pytest.mark.parametrize("complete", [False, True])
def test_fit_width_follows_the_view_and_stays_readable(view: FlowchartView, width: int, complete: bool) -> None:
    view.set_complete(complete)
    view.fit_width()
    view.resize(width, 560)
    assert 10 / 12 <= view.zoom <= 1
    if view.zoom > 10 / 12:
        assert view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", [(800, 400), (800, 560), (1366, 700), (2200, 1400)])
def test_fit_all_leaves_nothing_to_scroll(view: FlowchartView, size: tuple[int, int]) -> None:
    view.resize(*size)
    view.fit_all()
    assert (view.horizontalScrollBar().maximum(), view.verticalScrollBar().maximum()) == (0, 0)


def test_a_long_chart_opens_at_its_current_step(qtbot: QtBot) -> None:
    sop = long_sop(60)
    view = FlowchartView()
    qtbot.addWidget(view)
    view.resize(800, 560)
    view.set_sop(sop)
    view.set_states(Chart({"s40": RowState(RowKind.CURRENT, who="Sekretaris", round=1)}))
    activate(qtbot, view)
    assert view.viewport().rect().contains(view.row_rect("s40"))
    view.set_states(Chart({"s3": RowState(RowKind.CURRENT, who="Sekretaris", round=1)}))
    assert view.viewport().rect().contains(view.row_rect("s3"))


def test_keys_bring_the_focus_row_into_sight_below_the_head(qtbot: QtBot, view: FlowchartView) -> None:
    view.set_sop(long_sop(60))
    head = 60
    for key, step in ((Qt.Key.Key_End, "s59"), (Qt.Key.Key_Home, "s0")):
        qtbot.keyClick(view, key)
        rect = view.row_rect(step)
        assert rect.top() >= head - 8
        assert rect.bottom() <= view.viewport().height()


def test_the_head_stays_in_sight(view: FlowchartView) -> None:
    view.set_sop(long_sop(60))
    view.clearFocus()
    before = view.grab().toImage().copy(0, 0, 780, 40)
    view.verticalScrollBar().setValue(500)
    assert view.grab().toImage().copy(0, 0, 780, 40) == before


def test_a_hint_gives_the_issued_words(view: FlowchartView) -> None:
    at = click_place(view, "koreksi")
    QApplication.sendEvent(view.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))
    text = QToolTip.text()
    QToolTip.hideText()
    assert make_sop().by_id["koreksi"].activity.issued in text
    assert "Terlambat" in text


def test_a_screen_reader_gets_a_name_and_the_sentence(view: FlowchartView) -> None:
    assert view.accessibleName() == "Bagan alir SOP"
    assert view.accessibleDescription().startswith("Langkah 6 dari 10")


def test_schemes_are_painted_in_their_colours(view: FlowchartView) -> None:
    for tokens in (LIGHT, DARK, HIGH_CONTRAST):
        view.set_tokens(tokens)
        rect = view.row_rect("pengantar")
        assert view.grab().toImage().pixelColor(rect.left() + 4, rect.center().y()).name().upper() == tokens.surface


@pytest.mark.parametrize(("zoom", "ratio"), [(1, 1), (1, 2), (1, 1.25), (1.1, 1), (0.85, 1.5), (2, 1)])
def test_grid_lines_are_crisp(zoom: float, ratio: float) -> None:
    """Across the middle of a coming row there are only whole pixels of paper, line and symbol colours."""
    drawing = drawn(zoom)
    row = next(item for item in drawing.body if isinstance(item, Words) and item.text == "Penyerahan dokumen")
    y = round((row.box.y - 12) * zoom * ratio)
    made = image(drawing, zoom, ratio)
    left = round(drawing.width * zoom * ratio * 0.08)
    right = round(drawing.width * zoom * ratio * 0.55)
    colours = Counter(made.pixelColor(x, y).name().upper() for x in range(left, right))
    assert set(colours) == {LIGHT.surface, LIGHT.line}


@pytest.mark.parametrize("zoom", [0.5, 0.85, 1, 1.1, 1.5, 3])
@pytest.mark.parametrize("complete", [False, True])
def test_no_text_is_wider_than_its_cell(qapp: QApplication, zoom: float, complete: bool) -> None:
    drawing, fonts = drawn(zoom, complete), Fonts(FAMILY, zoom)
    for item in words_of((*drawing.head, *drawing.body)):
        advance = fonts.metrics(item.role).horizontalAdvance(item.text)
        assert advance <= item.box.w * zoom + 0.51, item.text


def words_of(items: tuple[Item, ...]) -> list[Words]:
    return [item for item in items if isinstance(item, Words)]


def test_all_texts_of_the_sop_are_painted_in_the_complete_form(qapp: QApplication) -> None:
    said = " ".join(item.text for item in words_of(drawn(complete=True, width=1100).body))
    for step in make_sop().steps:
        for text in (step.activity.clean, step.requirement.clean, step.output.clean, str(step.duration)):
            assert all(word in said for word in text.split())


def test_states_differ_without_colour(qapp: QApplication) -> None:
    """The four symbols in shades of grey: each pair differs in many pixels, and in shape as well as in shade."""
    shown = {}
    for kind in RowKind:
        items = tuple(symbol(Symbol.BOX, Box(4, 4, 44, 24), kind))
        made = image(Drawing(52, 32, 0, (), items)).convertToFormat(QImage.Format.Format_Grayscale8)
        shown[kind] = [made.pixelColor(x, y).value() < 160 for x in range(52) for y in range(32)]
    for one in RowKind:
        for other in RowKind:
            differ = sum(a != b for a, b in zip(shown[one], shown[other], strict=True))
            assert (differ > 15) == (one is not other)


def test_taken_arrows_are_thicker() -> None:
    drawing = drawn()
    widths = Counter(item.style for item in drawing.body if not isinstance(item, Words | Figure))
    assert widths["edge.taken"] == 7
    assert widths["edge"] == 5


def test_the_table_says_the_same(qtbot: QtBot) -> None:
    table = FlowchartTable()
    qtbot.addWidget(table)
    table.set_sop(make_sop())
    table.set_states(CHART, "Langkah 6 dari 10.")
    rows = [[table.item(r, c).text().replace("\u00a0", " ") for c in range(6)] for r in range(10)]
    assert rows[5] == [
        "6",
        make_sop().by_id["koreksi"].activity.clean,
        "Sekretaris",
        "Giliran Sekretaris, putaran 2 · Terlambat",
        "1 Hari",
        "Ya: 7; Tidak: 4",
    ]
    assert rows[9][5] == "Diterima Bag. Organisasi Setda"
    assert table.accessibleDescription() == "Langkah 6 dari 10."
    table.select("data")
    assert table.currentRow() == 2
    table.show()
    with qtbot.waitSignal(table.stepClicked) as caught:
        place = table.visualItemRect(table.item(3, 1)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == ["draf"]
    with qtbot.waitSignal(table.stepActivated) as caught:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert caught.args == ["draf"]


@pytest.mark.parametrize("width", [420, 640, 1100])
def test_the_table_shows_every_text_whole_and_keeps_its_columns_wide(qtbot: QtBot, width: int) -> None:
    table = FlowchartTable()
    qtbot.addWidget(table)
    table.set_sop(make_sop())
    table.set_states(CHART)
    table.resize(width, 560)
    activate(qtbot, table)
    assert all(table.columnWidth(column) >= wide for column, wide in enumerate(WIDTHS))
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            cell = table.visualItemRect(table.item(row, column))
            room = cell.width() - 2 * CELL_PADDING
            wrap = Qt.TextFlag.TextWordWrap
            needed = table.fontMetrics().boundingRect(0, 0, room, 2000, wrap, table.item(row, column).text())
            assert needed.height() <= cell.height(), table.item(row, column).text()
