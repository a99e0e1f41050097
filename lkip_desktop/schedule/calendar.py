"""Working days and office hours: what counts as time when the SOP says minutes, hours and days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal

from lkip_desktop.dates import FIRST_YEAR, LAST_YEAR
from lkip_desktop.errors import UserError
from lkip_desktop.schedule.hours import RAMADAN_HOURS, REGULAR_HOURS, OfficeDay, OfficeHours, Ramadan
from lkip_desktop.sop.model import Duration, TimeUnit
from lkip_desktop.words import WEEKDAYS

WIB, WITA, WIT = 7, 8, 9

HolidayKind = Literal["libur", "cuti bersama", "lokal"]
_ONE_DAY = timedelta(days=1)
_LABELS: dict[HolidayKind, str] = {
    "libur": "libur",
    "cuti bersama": "cuti bersama",
    "lokal": "libur setempat",
}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off by decree, or by the region's own (``lokal``)."""

    day: date
    name: str
    kind: HolidayKind = "libur"

    def __str__(self) -> str:
        """As screens say it: ``libur: Hari Suci Nyepi``, ``cuti bersama: Hari Raya Natal``."""
        name = self.name
        if self.kind == "cuti bersama":
            name = name.removeprefix("Cuti Bersama ")
        return f"{_LABELS[self.kind]}: {name}"


@dataclass(frozen=True)
class WorkCalendar:
    """One office's calendar. Times are the office's own, naive; `offset_hours` is their distance from UTC.

    `extra_workdays` are days off on which the office works all the same (*kerja di hari libur*). Every method that
    walks along days raises UserError when it leaves the years FIRST_YEAR to LAST_YEAR.
    """

    holidays: tuple[Holiday, ...] = ()
    extra_workdays: frozenset[date] = frozenset()
    ramadan: tuple[Ramadan, ...] = ()
    hours: OfficeHours = REGULAR_HOURS
    ramadan_hours: OfficeHours = RAMADAN_HOURS
    offset_hours: int = WIB

    @cached_property
    def _off(self) -> dict[date, Holiday]:
        return {holiday.day: holiday for holiday in reversed(self.holidays)}

    def hours_on(self, day: date) -> OfficeDay | None:
        """The office hours of a day, or None when nobody works then."""
        hours = self.ramadan_hours if any(day in month for month in self.ramadan) else self.hours
        if day in self.extra_workdays:
            return hours.on(day) or hours.typical
        return None if day in self._off else hours.on(day)

    def is_working_day(self, day: date) -> bool:
        return self.hours_on(day) is not None

    def why_not(self, day: date) -> str:
        """Why a day is no working day, in Indonesian: ``libur: Hari Suci Nyepi``, ``Minggu``; empty if it is one."""
        if self.is_working_day(day):
            return ""
        holiday = self._off.get(day)
        return str(holiday) if holiday else WEEKDAYS[day.weekday()]

    # Days

    def first_working_day(self, on_or_after: date) -> date:
        return next(self._working(on_or_after, _ONE_DAY))

    def last_working_day(self, on_or_before: date) -> date:
        return next(self._working(on_or_before, -_ONE_DAY))

    def next_working_day(self, after: date) -> date:
        """The first working day later than `after`."""
        return self.first_working_day(_moved(after, _ONE_DAY))

    def working_days(self, first: date, last: date) -> int:
        """How many working days lie from `first` to `last`, both counted; 0 when `last` comes first."""
        _known(first)
        _known(last)
        span = (last - first).days + 1
        return sum(self.is_working_day(first + timedelta(days=n)) for n in range(span))

    def add_working_days(self, start: date, days: int) -> date:
        """The last of `days` working days (at least one) that begin at `start`, which counts if it is one."""
        return self._nth(start, days, _ONE_DAY)

    def latest_start(self, deadline: date, days: int) -> date:
        """The day to start, counted as the first, so that the last of `days` working days is not after `deadline`."""
        return self._nth(deadline, days, -_ONE_DAY)

    def _nth(self, start: date, days: int, step: timedelta) -> date:
        walk = self._working(start, step)
        for _ in range(max(days, 1) - 1):
            next(walk)
        return next(walk)

    def _working(self, start: date, step: timedelta) -> Iterator[date]:
        day = _known(start)
        while True:
            if self.is_working_day(day):
                yield day
            day = _moved(day, step)

    # Clock times

    def local(self, moment: datetime) -> datetime:
        """An aware moment as the office's naive local time."""
        return to_local(moment, self.offset_hours)

    def opening(self, day: date) -> datetime:
        """When the office opens on that day, or on the first working day after it."""
        return self._sessions(self.first_working_day(day))[0][0]

    def closing(self, day: date) -> datetime:
        """When the office closes on that day, or on the last working day before it."""
        return self._sessions(self.last_working_day(day))[-1][1]

    def office_time(self, moment: datetime) -> datetime:
        """The moment itself if the office works then, else the next moment at which it begins to."""
        for begins, ends in self._sessions(moment.date()):
            if moment < ends:
                return max(moment, begins)
        return self.opening(_moved(moment.date(), _ONE_DAY))

    def add(self, start: datetime, duration: Duration) -> datetime:
        """When work of an SOP time ends that begins at `start` (local); outside hours it begins at the next opening.

        Minutes and hours run in office hours alone, the rest left out. A day is the same clock time on the next
        working day, kept inside that day's hours; an end at an opening is the closing of the working day before, so
        that *n* days begun at an opening fill exactly *n* working days.
        """
        begin = self.office_time(start)
        if duration.unit is TimeUnit.DAY:
            return self._days_later(begin, duration.amount) if duration.amount else begin
        in_minutes = duration.amount * (60 if duration.unit is TimeUnit.HOUR else 1)
        return self._run(begin, timedelta(minutes=in_minutes))

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Office time between two local moments; zero when `end` is not after `start`."""
        _known(start.date())
        _known(end.date())
        total = timedelta()
        for n in range((end.date() - start.date()).days + 1):
            for begins, ends in self._sessions(start.date() + timedelta(days=n)):
                total += max(min(ends, end) - max(begins, start), timedelta())
        return total

    def _days_later(self, begin: datetime, days: int) -> datetime:
        day = self._nth(_moved(begin.date(), _ONE_DAY), days, _ONE_DAY)
        (opens, rest), (resumes, closes) = self._sessions(day)
        due = min(max(datetime.combine(day, begin.time()), opens), closes)
        if due == opens:
            return self.closing(_moved(day, -_ONE_DAY))
        return resumes if rest < due < resumes else due

    def _run(self, begin: datetime, left: timedelta) -> datetime:
        at = begin
        while True:
            ends = next(ends for _, ends in self._sessions(at.date()) if at < ends)
            if left <= ends - at:
                return at + left
            left -= ends - at
            at = self.office_time(ends)

    def _sessions(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        hours = self.hours_on(day)
        if hours is None:
            return ()

        def at(clock: time) -> datetime:
            return datetime.combine(day, clock)

        return (at(hours.opens), at(hours.rest_from)), (at(hours.rest_to), at(hours.closes))


def to_local(moment: datetime, offset_hours: int = WIB) -> datetime:
    """An aware moment as naive local time of a zone without summer time (WIB 7, WITA 8, WIT 9 hours before UTC)."""
    try:
        return moment.astimezone(UTC).replace(tzinfo=None) + timedelta(hours=offset_hours)
    except OverflowError:
        raise _outside(moment.date()) from None


def _known(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _outside(day)
    return day


def _moved(day: date, by: timedelta) -> date:
    return _known(_known(day) + by)


def _outside(day: date) -> UserError:
    return UserError(f"Tahun {day.year} di luar kalender program. Isi tahun antara {FIRST_YEAR} dan {LAST_YEAR}.")
