"""The office's calendar and a cycle's progress, read from the tables that the cycle file keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from lkip_desktop.cycle_data import table
from lkip_desktop.schedule.calendar import Holiday, HolidayKind, WorkCalendar
from lkip_desktop.schedule.hours import RAMADAN_HOURS, REGULAR_HOURS, OfficeDay, OfficeHours, Ramadan
from lkip_desktop.schedule.progress import Progress, progress
from lkip_desktop.workflow.memory import remembered
from lkip_desktop.workflow.state import CycleState

ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
_WORK_ON_HOLIDAY = "kerja di hari libur"
_KINDS: dict[str, HolidayKind] = {"libur": "libur", "cuti bersama": "cuti bersama", "lokal": "lokal"}


@dataclass(frozen=True, slots=True)
class _HolidayRow:
    id: str
    day: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class _MonthRow:
    id: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class _HoursRow:
    id: str
    period: str
    days: str
    open: str
    close: str
    break_start: str
    break_end: str


@remembered
def calendar(state: CycleState) -> WorkCalendar:
    """The cycle's own calendar. Rows whose dates or times cannot be read yet are left out, not guessed."""
    rows = table(state, "holidays", _HolidayRow)
    days = [(iso_date(row.day), row) for row in rows]
    hours = table(state, "hours", _HoursRow)
    return WorkCalendar(
        holidays=tuple(Holiday(d, r.name, _KINDS[r.kind]) for d, r in days if d and r.kind in _KINDS),
        extra_workdays=frozenset(d for d, r in days if d and r.kind == _WORK_ON_HOLIDAY),
        ramadan=_ramadan(state),
        hours=_hours(hours, "biasa", REGULAR_HOURS),
        ramadan_hours=_hours(hours, "Ramadan", RAMADAN_HOURS),
        offset_hours=ZONES.get(state.text("time_zone"), ZONES["WIB"]),
    )


def deadline(state: CycleState) -> date:
    """The circular's deadline; without one, the last day of February after the reported year (two months)."""
    given = iso_date(state.text("circular_deadline"))
    if given:
        return given
    leap = state.year + 1
    return date(leap, 2, 29 if leap % 4 == 0 and (leap % 100 != 0 or leap % 400 == 0) else 28)


def cycle_progress(state: CycleState, now: datetime) -> Progress:
    """Due dates, lateness, bars and outlook at `now` (aware). Raises UserError for dates outside 1900–2100."""
    return progress(state, calendar(state), now, deadline(state))


def iso_date(text: str) -> date | None:
    """A kept date, or None when it is empty or was kept as typed because it is no date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _ramadan(state: CycleState) -> tuple[Ramadan, ...]:
    spans = ((iso_date(r.first), iso_date(r.last)) for r in table(state, "ramadan", _MonthRow))
    return tuple(Ramadan(first, last) for first, last in spans if first and last)


def _hours(rows: tuple[_HoursRow, ...], period: str, usual: OfficeHours) -> OfficeHours:
    week = list(usual.days)
    for row in rows:
        day = _office_day(row)
        if row.period == period and day is not None:
            for index in (4,) if row.days == "Jumat" else range(4):
                week[index] = day
    return OfficeHours(tuple(week))


def _office_day(row: _HoursRow) -> OfficeDay | None:
    opens, closes = _time(row.open), _time(row.close)
    if opens is None or closes is None or opens >= closes:
        return None
    rest_from, rest_to = _time(row.break_start) or closes, _time(row.break_end) or closes
    if not opens <= rest_from <= rest_to <= closes:
        rest_from = rest_to = closes
    return OfficeDay(opens, rest_from, rest_to, closes)


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text.replace(".", ":"))
    except ValueError:
        return None
