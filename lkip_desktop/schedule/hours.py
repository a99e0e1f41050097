"""Office hours as data: when an office opens, rests and closes on each weekday, and which days are Ramadan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """One day at the office, local time, in this order. A day without a rest has `rest_from` equal to `rest_to`."""

    opens: time
    rest_from: time
    rest_to: time
    closes: time

    def __post_init__(self) -> None:
        if not self.opens <= self.rest_from <= self.rest_to <= self.closes or self.opens == self.closes:
            raise ValueError(f"office hours out of order: {self}")


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Seven entries, Monday first; None on a day when the office stays closed."""

    days: tuple[OfficeDay | None, ...]

    def __post_init__(self) -> None:
        if len(self.days) != 7:
            raise ValueError(f"office hours need seven days, Monday first; got {len(self.days)}")

    def on(self, day: date) -> OfficeDay | None:
        return self.days[day.weekday()]

    @property
    def typical(self) -> OfficeDay | None:
        """The hours of the week's first open day: used when the office works on a day that is otherwise closed."""
        return next((day for day in self.days if day is not None), None)


@dataclass(frozen=True, slots=True)
class Ramadan:
    """The first and the last day of one month of Ramadan, both fasting days."""

    first: date
    last: date
    note: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def _week(usual: OfficeDay, friday: OfficeDay) -> OfficeHours:
    return OfficeHours((usual, usual, usual, usual, friday, None, None))


# Perpres 21/2023 art. 3 and 4: five days; 37 h 30 min a week without rests, from 07.30, rest 60 min (Friday 90);
# in Ramadan 32 h 30 min, from 08.00, rest 30 min (Friday 60). It leaves the hour of the rest to each region:
# noon, and half past eleven on Fridays, is the usual choice.
REGULAR_HOURS = _week(
    OfficeDay(time(7, 30), time(12), time(13), time(16)),
    OfficeDay(time(7, 30), time(11, 30), time(13), time(16, 30)),
)
RAMADAN_HOURS = _week(
    OfficeDay(time(8), time(12), time(12, 30), time(15)),
    OfficeDay(time(8), time(11, 30), time(12, 30), time(15, 30)),
)
