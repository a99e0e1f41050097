"""Working days and office hours, against days counted by hand and against slow, plain counting."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.errors import UserError
from lkip_desktop.schedule.calendar import WIT, WITA, Holiday, WorkCalendar, to_local
from lkip_desktop.schedule.hours import RAMADAN_HOURS, REGULAR_HOURS, OfficeDay, OfficeHours, Ramadan
from lkip_desktop.schedule.seed import load_calendar
from lkip_desktop.sop.model import Duration, TimeUnit

SEED = load_calendar(Path(__file__).parents[2] / "resources" / "holidays.toml")

DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 1))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 1))
MINUTES = st.integers(0, 3000)


def minutes(amount: int) -> Duration:
    return Duration(amount, TimeUnit.MINUTE)


def hours(amount: int) -> Duration:
    return Duration(amount, TimeUnit.HOUR)


def days(amount: int) -> Duration:
    return Duration(amount, TimeUnit.DAY)


# Days


@pytest.mark.parametrize(
    ("deadline", "start"),
    [
        (date(2027, 2, 26), date(2027, 2, 15)),
        (date(2027, 2, 28), date(2027, 2, 15)),
        (date(2026, 2, 27), date(2026, 2, 12)),
        (date(2026, 2, 28), date(2026, 2, 12)),
    ],
)
def test_latest_start_of_ten_working_days(deadline: date, start: date) -> None:
    assert SEED.latest_start(deadline, 10) == start


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2027, 1, 4), date(2027, 1, 18)), (date(2027, 2, 1), date(2027, 2, 15))],
)
def test_ten_working_days_count_the_day_they_start(start: date, end: date) -> None:
    assert SEED.add_working_days(start, 10) == end
    assert SEED.working_days(start, end) == 10


def test_a_sunday_deadline_is_really_the_friday() -> None:
    assert SEED.last_working_day(date(2027, 2, 28)) == date(2027, 2, 26)
    assert SEED.first_working_day(date(2027, 2, 28)) == date(2027, 3, 1)
    assert SEED.next_working_day(date(2027, 2, 26)) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 3, 8), "libur: Hari Suci Nyepi"),
        (date(2027, 2, 5), "cuti bersama: Tahun Baru Imlek"),
        (date(2027, 2, 28), "Minggu"),
        (date(2027, 2, 27), "Sabtu"),
        (date(2027, 2, 26), ""),
        (date(2027, 3, 10), "libur: Hari Raya Idul Fitri (perkiraan)"),
    ],
)
def test_why_a_day_is_off(day: date, why: str) -> None:
    assert SEED.why_not(day) == why
    assert SEED.is_working_day(day) is (why == "")


def test_a_day_off_on_which_the_office_works() -> None:
    saturday, holiday = date(2027, 1, 9), date(2027, 1, 5)
    calendar = WorkCalendar(SEED.holidays, extra_workdays=frozenset({saturday, holiday}))
    assert calendar.is_working_day(saturday)
    assert calendar.why_not(holiday) == ""
    assert calendar.add_working_days(date(2027, 1, 4), 10) == date(2027, 1, 14)
    assert calendar.closing(saturday) == datetime(2027, 1, 9, 16)


def test_a_local_day_off_is_named() -> None:
    calendar = WorkCalendar((Holiday(date(2026, 10, 8), "Hari Jadi Kabupaten Serang", "lokal"),))
    assert calendar.why_not(date(2026, 10, 8)) == "libur setempat: Hari Jadi Kabupaten Serang"


@given(DAYS, st.integers(1, 40))
def test_forward_and_backward_meet(day: date, count: int) -> None:
    end = SEED.add_working_days(day, count)
    assert SEED.working_days(day, end) == count
    assert SEED.latest_start(end, count) == SEED.first_working_day(day)


@given(DAYS, DAYS)
def test_working_days_are_counted_one_by_one(first: date, last: date) -> None:
    span = [first + timedelta(n) for n in range((last - first).days + 1)]
    assert SEED.working_days(first, last) == len([day for day in span if SEED.why_not(day) == ""])


# Hours


def test_the_week_has_the_hours_of_the_decree() -> None:
    monday, week = datetime(2026, 7, 6), timedelta(days=7)
    assert WorkCalendar().worked(monday, monday + week) == timedelta(hours=37, minutes=30)
    fasting = WorkCalendar(ramadan=(Ramadan(monday.date(), (monday + week).date()),))
    assert fasting.worked(monday, monday + week) == timedelta(hours=32, minutes=30)


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        # Thursday 7 January 2027, ordinary hours.
        (datetime(2027, 1, 7, 9), minutes(15), datetime(2027, 1, 7, 9, 15)),
        (datetime(2027, 1, 7, 11, 50), minutes(15), datetime(2027, 1, 7, 13, 5)),
        (datetime(2027, 1, 7, 11, 45), minutes(15), datetime(2027, 1, 7, 12)),
        (datetime(2027, 1, 7, 12, 20), hours(1), datetime(2027, 1, 7, 14)),
        (datetime(2027, 1, 7, 15, 30), hours(1), datetime(2027, 1, 8, 8)),
        (datetime(2027, 1, 7, 16), minutes(15), datetime(2027, 1, 8, 7, 45)),
        (datetime(2027, 1, 7, 4), minutes(15), datetime(2027, 1, 7, 7, 45)),
        (datetime(2027, 1, 8, 16, 20), hours(1), datetime(2027, 1, 11, 8, 20)),
        (datetime(2027, 1, 9, 10), hours(1), datetime(2027, 1, 11, 8, 30)),
        # A day keeps the clock time, jumps the holiday on Tuesday 5 January, stays in hours and out of the rest.
        (datetime(2027, 1, 4, 10, 12), days(1), datetime(2027, 1, 6, 10, 12)),
        (datetime(2027, 1, 7, 11, 45), days(1), datetime(2027, 1, 8, 13)),
        (datetime(2027, 1, 7, 11, 30), days(1), datetime(2027, 1, 8, 11, 30)),
        (datetime(2027, 1, 8, 16, 20), days(1), datetime(2027, 1, 11, 16)),
        (datetime(2027, 2, 4, 15, 30), days(1), datetime(2027, 2, 8, 15)),
        # Days that begin at an opening fill whole days.
        (datetime(2027, 1, 4, 7, 30), days(10), datetime(2027, 1, 18, 16)),
        (datetime(2027, 2, 15, 8), days(10), datetime(2027, 2, 26, 15, 30)),
        (datetime(2027, 2, 14, 20), days(1), datetime(2027, 2, 15, 15)),
        (datetime(2027, 2, 15, 7, 45), days(1), datetime(2027, 2, 15, 15)),
        (datetime(2027, 1, 7, 9), days(0), datetime(2027, 1, 7, 9)),
    ],
)
def test_when_work_ends(start: datetime, duration: Duration, due: datetime) -> None:
    assert SEED.add(start, duration) == due


@given(MOMENTS, MINUTES)
def test_minutes_added_are_minutes_worked(start: datetime, amount: int) -> None:
    due = SEED.add(start, minutes(amount))
    assert SEED.worked(start, due) == timedelta(minutes=amount)


@given(MOMENTS, MINUTES, MINUTES)
def test_minutes_can_be_added_in_parts(start: datetime, first: int, second: int) -> None:
    halfway = SEED.add(start, minutes(first))
    assert SEED.add(SEED.add(halfway, minutes(second)), minutes(0)) == SEED.office_time(
        SEED.add(start, minutes(first + second))
    )


@given(MOMENTS, st.integers(1, 15), st.sampled_from(TimeUnit))
def test_work_ends_in_office_hours_and_not_before_it_began(start: datetime, amount: int, unit: TimeUnit) -> None:
    due = SEED.add(start, Duration(amount, unit))
    assert due > SEED.office_time(start) >= start
    day = SEED.hours_on(due.date())
    assert day is not None
    assert day.opens < due.time() <= day.rest_from or day.rest_to <= due.time() <= day.closes


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=3)), st.integers(1, 9), st.sampled_from(TimeUnit))
def test_who_begins_later_ends_no_earlier(start: datetime, later: timedelta, amount: int, unit: TimeUnit) -> None:
    duration = Duration(amount, unit)
    if unit is TimeUnit.DAY and (start + later).date() != start.date():
        # Shorter hours on the next day may bring the same clock time forward.
        return
    assert SEED.add(start + later, duration) >= SEED.add(start, duration)


@given(MOMENTS)
def test_office_time_is_the_first_worked_moment(moment: datetime) -> None:
    at = SEED.office_time(moment)
    assert SEED.worked(moment, at) == timedelta()
    assert SEED.worked(at, at + timedelta(seconds=1)) == timedelta(seconds=1)


# Zones and bounds


def test_local_time_of_the_three_zones() -> None:
    moment = datetime(2027, 2, 14, 20, 30, tzinfo=UTC)
    assert WorkCalendar().local(moment) == datetime(2027, 2, 15, 3, 30)
    assert WorkCalendar(offset_hours=WITA).local(moment) == datetime(2027, 2, 15, 4, 30)
    assert to_local(moment, WIT) == datetime(2027, 2, 15, 5, 30)


FAR = [date.min, date(1, 2, 28), date(1899, 12, 31), date(2101, 1, 1), date.max]


@pytest.mark.parametrize("day", FAR)
def test_years_outside_the_calendar_are_a_sentence(day: date) -> None:
    noon = datetime.combine(day, time(12))
    for act in (
        lambda: SEED.latest_start(day, 10),
        lambda: SEED.add_working_days(day, 10),
        lambda: SEED.next_working_day(day),
        lambda: SEED.last_working_day(day),
        lambda: SEED.working_days(day, day),
        lambda: SEED.worked(noon, noon),
        lambda: SEED.add(datetime.combine(day, time(23)), hours(1)),
        lambda: SEED.opening(day),
    ):
        with pytest.raises(UserError, match="di luar kalender program"):
            act()


def test_the_ends_of_time_have_no_local_time() -> None:
    for moment in (datetime.max.replace(tzinfo=UTC), datetime(9999, 12, 31, 18, tzinfo=UTC)):
        with pytest.raises(UserError, match="Tahun 9999"):
            to_local(moment)
    assert to_local(datetime.min.replace(tzinfo=UTC)) == datetime(1, 1, 1, 7)


def test_an_office_that_never_opens_is_a_sentence() -> None:
    with pytest.raises(UserError):
        WorkCalendar(hours=OfficeHours((None,) * 7)).next_working_day(date(2090, 1, 1))


def test_hours_need_seven_days() -> None:
    with pytest.raises(ValueError, match="seven days"):
        OfficeHours((None,))


@pytest.mark.parametrize("clock", [(16, 12, 13, 8), (8, 7, 7, 16), (8, 12, 17, 16), (8, 13, 12, 16), (8, 8, 8, 8)])
def test_hours_out_of_order_are_refused(clock: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="out of order"):
        OfficeDay(*(time(hour) for hour in clock))


def test_an_office_of_six_days_without_a_rest_on_saturday() -> None:
    saturday = OfficeDay(time(8), time(11), time(11), time(13))
    calendar = WorkCalendar(hours=OfficeHours((*REGULAR_HOURS.days[:5], saturday, None)))
    assert calendar.is_working_day(date(2027, 1, 9))
    assert calendar.add(datetime(2027, 1, 9, 10), hours(2)) == datetime(2027, 1, 9, 12)
    assert RAMADAN_HOURS.on(date(2027, 1, 9)) is None
