"""The plan of a cycle along the SOP's way, and the sum of its times against the printed total."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.schedule.plan import plan, total, total_in_words, total_problem, way
from lkip_desktop.schedule.seed import load_calendar
from lkip_desktop.sop.load import load_sop
from lkip_desktop.sop.model import Duration, Edge, Shape, Sop, Step, TimeUnit

RESOURCES = Path(__file__).parents[2] / "resources"
CALENDAR = load_calendar(RESOURCES / "holidays.toml")
SOP = load_sop(RESOURCES / "sop" / "lkip-2025-05.toml")


def with_steps(*steps: Step) -> Sop:
    return replace(SOP, steps=steps)


def step(number: int, *edges: Edge, time: Duration | None = None) -> Step:
    shape = Shape.START if number == 1 else Shape.PROCESS
    duration = time or Duration(1, TimeUnit.DAY)
    return replace(SOP.steps[0], id=f"s{number}", number=number, shape=shape, edges=edges, duration=duration)


def test_the_way_follows_the_arrows_without_returns() -> None:
    assert [s.number for s in way(SOP)] == list(range(1, 11))
    assert [s.number for s in way(SOP, SOP.steps[6])] == [7, 8, 9, 10]


def test_the_way_prefers_yes_to_a_detour() -> None:
    detour = Edge("s2", "tidak")
    sop = with_steps(step(1, detour, Edge("s3", "ya")), step(2, Edge("s3")), step(3))
    assert [s.number for s in way(sop)] == [1, 3]
    assert [s.number for s in way(with_steps(step(1, detour), step(2)))] == [1, 2]


def test_the_times_of_the_sop_add_up() -> None:
    assert total(SOP) == (9, 210)
    assert total_in_words(SOP) == "9 hari 3 jam 30 menit"
    assert total_problem(SOP) == ""


@pytest.mark.parametrize("printed", [9, 11])
def test_a_wrong_printed_total_is_said(printed: int) -> None:
    assert total_problem(replace(SOP, total_days=printed)) == (
        "Waktu semua langkah berjumlah 9 hari 3 jam 30 menit (dibulatkan 10 hari), "
        f"tetapi SOP mencantumkan total {printed} hari."
    )


def test_minutes_that_fill_a_day_count_as_one() -> None:
    sop = with_steps(step(1, Edge("s2"), time=Duration(7, TimeUnit.HOUR)), step(2))
    assert total_problem(replace(sop, total_days=2)) == ""
    longer = with_steps(step(1, Edge("s2"), time=Duration(451, TimeUnit.MINUTE)), step(2))
    assert "dibulatkan 3 hari" in total_problem(replace(longer, total_days=2))


def test_the_plan_that_starts_on_the_latest_day_ends_in_time() -> None:
    plans = plan(SOP, datetime(2027, 2, 15, 8), CALENDAR)
    assert [(p.number, p.start, p.due) for p in plans[:3]] == [
        (1, datetime(2027, 2, 15, 8), datetime(2027, 2, 15, 8, 15)),
        (2, datetime(2027, 2, 15, 8, 15), datetime(2027, 2, 16, 8, 15)),
        (3, datetime(2027, 2, 16, 8, 15), datetime(2027, 2, 22, 8, 15)),
    ]
    assert plans[-1].due == datetime(2027, 2, 26, 11, 30)


def test_the_plan_jumps_holidays() -> None:
    plans = plan(SOP, datetime(2027, 1, 4, 7, 30), CALENDAR)
    assert plans[-1].due == datetime(2027, 1, 18, 11)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2030, 11, 1)))
def test_steps_follow_each_other_inside_office_hours(start: datetime) -> None:
    plans = plan(SOP, start, CALENDAR)
    assert plans[0].start == CALENDAR.office_time(start)
    for earlier, later in itertools.pairwise(plans):
        assert later.start == CALENDAR.office_time(earlier.due)
        assert earlier.start < earlier.due
    first_day: date = plans[0].start.date()
    assert CALENDAR.working_days(first_day, plans[-1].due.date()) in (10, 11)
