"""A running cycle against its plan, with visits made by real events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from lkip_desktop.errors import UserError
from lkip_desktop.schedule.progress import Interval, Progress, progress
from lkip_desktop.schedule.seed import load_calendar
from lkip_desktop.sop.load import load_sop
from lkip_desktop.sop.model import Sop
from lkip_desktop.workflow.events import GENESIS, Act, Draft, Event, Who, seal
from lkip_desktop.workflow.state import CycleState, replay

RESOURCES = Path(__file__).parents[2] / "resources"
CALENDAR = load_calendar(RESOURCES / "holidays.toml")
SOP = load_sop(RESOURCES / "sop" / "lkip-2025-05.toml")
DEADLINE = date(2027, 2, 28)


def utc(*local: int) -> datetime:
    """The moment of a local time in WIB."""
    return datetime(*local, tzinfo=UTC) - timedelta(hours=7)  # type: ignore[arg-type, misc]


def cycle(*moves: tuple[int, str, datetime], began: datetime) -> CycleState:
    """A cycle that began at a moment, with moves (printed number of the step, decision, moment)."""
    events: list[Event] = []

    def keep(draft: Draft, at: datetime) -> None:
        events.append(seal(draft, len(events) + 1, at, events[-1].digest if events else GENESIS))

    keep(Draft(Who("Siti"), Act.CREATED, {"year": 2026, "sop": SOP.id}), began)
    for number, decision, at in moves:
        keep(Draft(Who("Siti"), Act.COMPLETED, completion(SOP, number, decision)), at)
    return replay(SOP, events)


def completion(sop: Sop, number: int, decision: str) -> dict[str, object]:
    step = sop.step(number)
    assert step is not None
    edge = step.edge(decision)
    target = edge.target if edge else ""
    return {"step": step.id, "round": 1, "decision": decision, "target": target, "reason": "", "answers": {}}


# Monday 15 February 2027, in Ramadan: 08.00 to 15.00.
BEGAN = utc(2027, 2, 15, 8)
TO_SIX = [
    (1, "", utc(2027, 2, 15, 8, 10)),
    (2, "", utc(2027, 2, 16, 8)),
    (3, "", utc(2027, 2, 19, 14)),
    (4, "", utc(2027, 2, 23, 9)),
    (5, "", utc(2027, 2, 24, 9)),
]


def at(state: CycleState, now: datetime, **more: date) -> Progress:
    return progress(state, CALENDAR, now, deadline=more.get("deadline", DEADLINE), start=more.get("start"))


@pytest.mark.parametrize(
    ("now", "late", "near"),
    [
        (utc(2027, 2, 15, 8, 11), False, False),
        # The day of step 2 ends on Tuesday 08.10: a quarter of its 390 minutes is left from Monday 13.32 and a half on.
        (utc(2027, 2, 15, 13, 32, 30), False, False),
        (utc(2027, 2, 15, 13, 33), False, True),
        (utc(2027, 2, 16, 8, 10), False, True),
        (utc(2027, 2, 16, 8, 11), True, False),
        (utc(2027, 2, 20, 8), True, False),
    ],
)
def test_the_clock_of_the_open_step(now: datetime, late: bool, near: bool) -> None:
    current = at(cycle(TO_SIX[0], began=BEGAN), now).current
    assert current is not None
    assert (current.number, current.round) == (2, 1)
    assert current.due == datetime(2027, 2, 16, 8, 10)
    assert (current.late, current.near) == (late, near)


def test_a_short_step_is_not_near_from_its_beginning() -> None:
    state = cycle(began=BEGAN)
    first, last = at(state, utc(2027, 2, 15, 8, 5)).current, at(state, utc(2027, 2, 15, 8, 12)).current
    assert first is not None
    assert last is not None
    assert (first.near, last.near) == (False, True)


def test_a_cycle_on_time() -> None:
    seen = at(cycle(*TO_SIX, began=BEGAN), utc(2027, 2, 24, 10))
    assert (seen.days_used, seen.total_days) == (8, 10)
    assert seen.end == datetime(2027, 2, 25, 12, 45)
    assert seen.outlook is not None
    assert seen.outlook.effective_deadline == date(2027, 2, 26)
    assert seen.outlook.latest_start == date(2027, 2, 15)
    assert seen.outlook.days_left == 3
    assert not seen.outlook.will_be_late
    assert [bar.late for bar in seen.bars] == [False] * 10


def test_returns_are_intervals_of_their_bar() -> None:
    moves = [*TO_SIX, (6, "tidak", utc(2027, 2, 24, 11)), (4, "", utc(2027, 2, 25, 9))]
    seen = at(cycle(*moves, began=BEGAN), utc(2027, 2, 25, 10))
    bar = seen.bars[3]
    assert bar.number == 4
    assert bar.planned_end == datetime(2027, 2, 24, 8, 15)
    assert bar.actual == (
        Interval(datetime(2027, 2, 19, 14), datetime(2027, 2, 23, 9), 1),
        Interval(datetime(2027, 2, 24, 11), datetime(2027, 2, 25, 9), 2),
    )
    assert seen.bars[4].actual[-1] == Interval(datetime(2027, 2, 25, 9), None, 2)
    assert seen.bars[9].actual == ()
    assert seen.end == datetime(2027, 3, 1, 12, 45)
    assert seen.outlook is not None
    assert seen.outlook.will_be_late


def test_a_late_stay_marks_its_bar_for_good() -> None:
    moves = [(1, "", utc(2027, 2, 15, 8, 10)), (2, "", utc(2027, 2, 18, 8))]
    seen = at(cycle(*moves, began=BEGAN), utc(2027, 2, 18, 9))
    assert [bar.number for bar in seen.bars if bar.late] == [2]


def test_the_forecast_of_a_late_step_begins_now() -> None:
    state = cycle(*TO_SIX[:2], began=BEGAN)
    soon, later = at(state, utc(2027, 2, 22, 8)), at(state, utc(2027, 2, 27, 9))
    assert soon.end == datetime(2027, 2, 26, 11, 15)
    assert soon.outlook is not None
    assert later.end == datetime(2027, 3, 5, 11, 15)
    assert later.outlook is not None
    assert later.outlook.will_be_late
    assert later.outlook.days_left == 0


def test_days_past_the_deadline_are_negative() -> None:
    outlook = at(cycle(*TO_SIX, began=BEGAN), utc(2027, 3, 2, 9)).outlook
    assert outlook is not None
    assert outlook.days_left == -2


def test_a_closed_cycle() -> None:
    moves = [
        *TO_SIX,
        (6, "ya", utc(2027, 2, 24, 14)),
        (7, "ya", utc(2027, 2, 24, 14, 30)),
        (8, "", utc(2027, 2, 24, 14, 40)),
        (9, "", utc(2027, 2, 25, 9)),
        (10, "", utc(2027, 2, 25, 9, 30)),
    ]
    seen = at(cycle(*moves, began=BEGAN), utc(2027, 6, 1, 9))
    assert seen.current is None
    assert seen.end == datetime(2027, 2, 25, 9, 30)
    assert seen.days_used == 9
    assert seen.outlook is not None
    assert not seen.outlook.will_be_late


def test_to_end_on_the_deadline_is_in_time() -> None:
    state = cycle(*TO_SIX, began=BEGAN)
    for deadline, late in ((date(2027, 2, 25), False), (date(2027, 2, 24), True)):
        outlook = at(state, utc(2027, 2, 24, 10), deadline=deadline).outlook
        assert outlook is not None
        assert outlook.will_be_late is late


def test_the_last_step_at_its_last_minute_still_ends_today() -> None:
    moves = [
        *TO_SIX,
        (6, "ya", utc(2027, 2, 25, 9)),
        (7, "ya", utc(2027, 2, 25, 10)),
        (8, "", utc(2027, 2, 25, 10, 15)),
        (9, "", utc(2027, 2, 25, 14)),
    ]
    state = cycle(*moves, began=BEGAN)
    assert at(state, utc(2027, 2, 25, 15)).end == datetime(2027, 2, 25, 15)
    assert at(state, utc(2027, 2, 25, 15, 1)).end == datetime(2027, 2, 26, 8)


def test_a_chosen_start_moves_the_plan_alone() -> None:
    state = cycle(began=utc(2027, 1, 28, 14))
    seen = at(state, utc(2027, 1, 28, 15), start=date(2027, 2, 14))
    assert seen.started == datetime(2027, 2, 15, 8)
    assert seen.bars[0].planned_start == datetime(2027, 2, 15, 8)
    assert seen.bars[0].actual[0].start == datetime(2027, 1, 28, 14)
    assert seen.days_used == 0


def test_without_a_deadline_there_is_no_outlook() -> None:
    assert progress(cycle(began=BEGAN), CALENDAR, BEGAN).outlook is None


def test_a_deadline_of_year_one_is_a_sentence() -> None:
    with pytest.raises(UserError, match="Tahun 2 di luar kalender"):
        at(cycle(began=BEGAN), BEGAN, deadline=date(2, 2, 28))
