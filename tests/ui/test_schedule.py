"""The schedule: facts in words, bars and lines at their places, clicks on what is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from lkip_desktop import resources
from lkip_desktop.schedule.calendar import WorkCalendar
from lkip_desktop.schedule.progress import Bar, Interval, Outlook, Progress, StepStatus
from lkip_desktop.schedule.seed import load_calendar
from ui.schedule import ScheduleView
from ui.schedule_chart import HEAD, ROW, ScheduleChart
from ui.schedule_words import Plan, facts, holidays, rows, sentence
from ui.session import Session
from ui.tokens import DARK, LIGHT

CALENDAR = load_calendar(resources.root() / "holidays.toml")
START = datetime(2027, 2, 15, 7, 30)
NOW = datetime(2027, 2, 24, 10, 0)


def bar(number: int, start: int, days: int, *stays: Interval) -> Bar:
    begin = START + timedelta(days=start)
    late = any(stay.late for stay in stays)
    return Bar(f"s{number}", number, begin, begin + timedelta(days=days, hours=8), stays, late)


def stay(start: int, days: int | None, turn: int = 1, *, late: bool = False) -> Interval:
    begin = START + timedelta(days=start)
    return Interval(begin, None if days is None else begin + timedelta(days=days, hours=6), turn, late)


BARS = (
    bar(1, 0, 0, stay(0, 0)),
    bar(2, 1, 3, stay(1, 1), stay(3, 0, 2, late=True), stay(8, None, 3)),
    bar(3, 4, 0),
)


def progress(bars: tuple[Bar, ...] = BARS, **changes: object) -> Progress:
    current = StepStatus("s2", 2, 3, START + timedelta(days=8), NOW, late=False, near=False)
    outlook = Outlook(date(2027, 2, 28), date(2027, 2, 26), date(2027, 2, 15), 3, will_be_late=False)
    base = Progress(START, current, bars, 8, 10, datetime(2027, 2, 26, 12), outlook)
    return replace(base, **changes)  # type: ignore[arg-type]


def plan(made: Progress | None = None, now: datetime = NOW) -> Plan:
    found = made or progress()
    return Plan(found, CALENDAR, {b.step: f"Langkah uji {b.number}" for b in found.bars}, now)


@pytest.fixture
def chart(qtbot: QtBot) -> ScheduleChart:
    made = ScheduleChart(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.show_plan(plan())
    return made


def pixel(chart: ScheduleChart, x: float, y: float) -> QColor:
    image: QImage = chart.viewport().grab().toImage()
    return image.pixelColor(round(x), round(y))


# Words


def test_the_facts_name_the_real_limit_and_why_it_is_earlier() -> None:
    assert [(name, value) for name, value, _ in facts(progress(), CALENDAR)] == [
        ("Batas waktu", "Jumat, 26 Februari 2027 (28 Februari adalah Minggu)"),
        ("Mulai paling lambat", "Senin, 15 Februari 2027"),
        ("Sisa sampai batas", "3 hari kerja, termasuk hari ini"),
        ("Perkiraan selesai", "Jumat, 26 Februari 2027"),
        ("Hari kerja terpakai", "8 dari 10"),
    ]


def test_the_facts_of_a_late_cycle_stand_out() -> None:
    outlook = Outlook(date(2027, 2, 26), date(2027, 2, 26), date(2027, 2, 15), -2, will_be_late=True)
    late = progress(days_used=12, outlook=outlook, end=datetime(2027, 3, 2, 12))
    told = {name: (value, role) for name, value, role in facts(late, CALENDAR)}
    assert told["Batas waktu"] == ("Jumat, 26 Februari 2027", "")
    assert told["Sisa sampai batas"] == ("lewat 2 hari kerja", "danger")
    assert told["Hari kerja terpakai"] == ("12 dari 10, melewati waktu SOP", "warn")
    assert told["Perkiraan selesai"] == ("Selasa, 2 Maret 2027, melewati batas waktu", "warn")


def test_a_closed_cycle_without_deadline_says_when_it_ended() -> None:
    closed = progress(current=None, outlook=None)
    assert [name for name, *_ in facts(closed, CALENDAR)] == ["Selesai", "Hari kerja terpakai"]


def test_a_step_is_told_with_all_its_rounds() -> None:
    assert sentence(BARS[1], "Draf") == (
        "Langkah 2, Draf: rencana 16 Feb 2027 07.30 sampai 19 Feb 2027 15.30; "
        "selesai: 16 Feb 2027 07.30 sampai 17 Feb 2027 13.30; "
        "selesai, terlambat, putaran 2: 18 Feb 2027 07.30 sampai 18 Feb 2027 13.30; "
        "berjalan, putaran 3: 23 Feb 2027 07.30 sampai sekarang"
    )
    assert [row[-1] for row in rows(BARS[1], "Draf")] == [
        "selesai",
        "selesai, terlambat, putaran 2",
        "berjalan, putaran 3",
    ]
    assert rows(BARS[2], "Rapat") == (
        ("3", "Rapat", "19 Feb 2027 07.30", "19 Feb 2027 15.30", "–", "–", "belum dimulai"),
    )
    assert "tanpa rencana" in sentence(replace(BARS[2], planned_start=None, planned_end=None), "Rapat")


def test_holidays_on_weekdays_are_named() -> None:
    assert holidays(date(2027, 3, 5), date(2027, 3, 8), CALENDAR)[-1].startswith("8 Maret (libur: ")
    assert holidays(date(2027, 2, 20), date(2027, 2, 21), WorkCalendar()) == ()


# The painted chart


def test_bars_lie_on_their_days(chart: ScheduleChart) -> None:
    for row, made in enumerate(BARS):
        assert made.planned_start is not None
        assert made.planned_end is not None
        first, last = chart.day_rect(made.planned_start.date()), chart.day_rect(made.planned_end.date())
        planned = chart.planned_rect(row)
        assert first.left() <= planned.left() <= planned.right() <= last.right() + 1
    assert len(chart.actual_rects(1)) == 3
    assert chart.actual_rects(2) == ()
    running = chart.actual_rects(1)[2]
    assert chart.day_rect(NOW.date()).left() < running.right() < chart.day_rect(NOW.date()).right()


def test_a_working_day_fills_its_column(chart: ScheduleChart) -> None:
    whole = bar(1, 0, 0, Interval(START, START.replace(hour=16, minute=0), 1))
    chart.show_plan(plan(progress((whole,))))
    assert chart.actual_rects(0)[0].width() == pytest.approx(chart.day_rect(START.date()).width(), abs=0.5)


def test_actual_bars_are_filled_and_planned_ones_are_not(chart: ScheduleChart) -> None:
    done, planned = chart.actual_rects(0)[0], chart.planned_rect(0)
    assert pixel(chart, done.center().x(), done.center().y()) == QColor(LIGHT.accent)
    assert pixel(chart, planned.center().x(), planned.center().y()) == QColor(LIGHT.surface)
    chart.set_tokens(DARK)
    assert pixel(chart, done.center().x(), done.center().y()) == QColor(DARK.accent)


def test_a_late_bar_is_hatched(chart: ScheduleChart) -> None:
    late = chart.actual_rects(1)[1]
    image = chart.viewport().grab().toImage()
    inside = late.toRect().adjusted(2, 2, -2, -2)
    seen = {image.pixelColor(x, y).name() for x in range(inside.left(), inside.right()) for y in (inside.center().y(),)}
    assert QColor(LIGHT.warn).name() in seen
    assert len(seen) > 1


def test_a_click_on_a_bar_selects_its_step_and_a_double_click_opens_it(qtbot: QtBot, chart: ScheduleChart) -> None:
    place = chart.actual_rects(0)[0].center().toPoint()
    with qtbot.waitSignal(chart.selected) as chosen:
        qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["s1"]
    assert chart.sentence.startswith("Langkah 1, Langkah uji 1")
    with qtbot.waitSignal(chart.activated) as opened:
        qtbot.mouseDClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=chart.row_rect(2).center())
    assert opened.args == ["s3"]


def test_a_click_beside_the_rows_changes_nothing(qtbot: QtBot, chart: ScheduleChart) -> None:
    before = chart.sentence
    qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, HEAD - 5))
    qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=chart.row_rect(3).center())
    assert chart.sentence == before


def test_the_keyboard_reaches_every_step(qtbot: QtBot, chart: ScheduleChart) -> None:
    assert chart.sentence.startswith("Langkah 2")  # the current one
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.sentence.startswith("Langkah 3")
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.accessibleDescription() == chart.sentence
    with qtbot.waitSignal(chart.activated) as opened:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args == ["s1"]


def test_hovering_names_days_lines_and_bars(chart: ScheduleChart) -> None:
    def over(day: date) -> str:
        return chart.text_at(QPoint(round(chart.day_rect(day).center().x()), HEAD // 2))

    assert over(date(2027, 2, 21)) == "Minggu, 21 Februari 2027"
    assert over(date(2027, 2, 26)) == "Jumat, 26 Februari 2027, Batas waktu"
    assert over(NOW.date()) == "Rabu, 24 Februari 2027, Hari ini"
    assert chart.text_at(chart.actual_rects(1)[0].center().toPoint()) == chart.sentence
    assert chart.text_at(QPoint(10, chart.row_rect(0).center().y())).startswith("Langkah 1")


def test_a_holiday_is_named(chart: ScheduleChart) -> None:
    chart.show_plan(plan(progress(end=datetime(2027, 3, 9, 9))))
    centre = chart.day_rect(date(2027, 3, 8)).center().toPoint()
    assert chart.text_at(centre).startswith("Senin, 8 Maret 2027, libur: ")


@pytest.mark.parametrize(
    ("bars", "now"),
    [
        ((bar(1, 0, 0, stay(0, None)),), START + timedelta(hours=1)),
        ((bar(1, 0, 364, stay(0, 340), stay(350, None, 2)),), START + timedelta(days=364)),
    ],
    ids=["one day", "a year"],
)
def test_short_and_long_cycles_fit_the_chart(chart: ScheduleChart, bars: tuple[Bar, ...], now: datetime) -> None:
    chart.show_plan(plan(progress(bars, outlook=None, end=now + timedelta(days=1)), now))
    reach = chart.viewport().width() + chart.horizontalScrollBar().maximum()
    last = chart.actual_rects(0)[-1]
    assert last.width() >= 4
    assert last.right() + chart.horizontalScrollBar().value() <= reach
    assert not chart.viewport().grab().isNull()


def test_a_long_cycle_opens_where_it_stands(qtbot: QtBot) -> None:
    chart = ScheduleChart(LIGHT)
    qtbot.addWidget(chart)
    chart.resize(700, 300)
    chart.show()
    now = START + timedelta(days=300)
    chart.show_plan(plan(progress((bar(1, 0, 400, stay(0, None)),)), now))
    assert 0 < chart.day_rect(now.date()).center().x() < chart.viewport().width()


# The view on a real cycle


def test_the_view_shows_facts_chart_and_table(qtbot: QtBot, make_session: Callable[..., Session]) -> None:
    session = make_session(7, returned=True)
    view = ScheduleView(session)
    qtbot.addWidget(view)
    view.show()
    assert view.chart.sentence.startswith("Langkah 7, Tanda tangan")
    states = [view.table.item(row, 6).text() for row in range(view.table.rowCount())]
    assert len(states) == 13  # ten steps, three of them in two rounds
    assert sum("putaran 2" in state for state in states) == 3
    assert states[-1] == "belum dimulai"
    assert not view.table.isVisible()
    view.views.button(1).click()
    assert view.table.isVisible()
    with qtbot.waitSignal(view.stepRequested) as asked:
        view.chart.activated.emit("draf")
    assert asked.args == ["draf"]


def test_the_view_follows_what_happens(qtbot: QtBot, make_session: Callable[..., Session]) -> None:
    session = make_session(8, ahead=True)
    view = ScheduleView(session)
    qtbot.addWidget(view)
    view.show()
    step = session.state.step
    assert step is not None
    session.complete(step)
    states = {view.table.item(row, 0).text(): view.table.item(row, 6).text() for row in range(view.table.rowCount())}
    assert states["9"].startswith("berjalan")


@pytest.mark.parametrize("width", [420, 700, 1200])
def test_facts_and_legend_never_widen_the_view(qtbot: QtBot, make_session: Callable[..., Session], width: int) -> None:
    view = ScheduleView(make_session(2))
    qtbot.addWidget(view)
    view.resize(width, 500)
    view.show()
    inside = view.chart.window().findChild(QScrollArea).widget()
    assert inside.minimumSizeHint().width() <= width
    assert view.chart.viewport().height() >= HEAD + 10 * ROW
