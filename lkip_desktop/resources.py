"""Where the program's own data lies, and what of it the use cases read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from lkip_desktop.places import root as root
from lkip_desktop.schedule.hours import RAMADAN_HOURS, REGULAR_HOURS, OfficeHours
from lkip_desktop.schedule.seed import load_calendar
from lkip_desktop.sop.load import load_fields
from lkip_desktop.sop.model import FormField
from lkip_desktop.workflow.events import Json

DEFAULT_SOP = "lkip-2025-05"
DEFAULT_TEMPLATE = "inspektorat"


def sop_text(name: str = DEFAULT_SOP) -> str:
    """The text of a shipped SOP revision."""
    return (root() / "sop" / f"{name}.toml").read_text(encoding="utf-8")


@cache
def profile_fields() -> tuple[FormField, ...]:
    """The fields of the agency's profile."""
    return load_fields(root() / "profile.toml")


def template_values(name: str = DEFAULT_TEMPLATE) -> dict[str, Json]:
    """What a new cycle begins with when there is no earlier one: plain values, and tables as lists of rows."""
    values: dict[str, Json] = {}
    template = tomllib.loads((root() / "templates" / f"{name}.toml").read_text(encoding="utf-8"))
    for key, value in template.items():
        if isinstance(value, list):
            _rows(values, key, value)
        else:
            values[key] = value
    return values


def calendar_values(year: int) -> dict[str, Json]:
    """Holidays and Ramadan of the reported year and the two after it, as rows of the profile's tables."""
    calendar = load_calendar(root() / "holidays.toml")
    span = (date(year, 1, 1), date(year + 2, 12, 31))
    values: dict[str, Json] = {}
    days = [h for h in calendar.holidays if span[0] <= h.day <= span[1]]
    _rows(values, "holidays", [{"day": h.day.isoformat(), "name": h.name, "kind": h.kind} for h in days])
    months = [r for r in calendar.ramadan if span[0] <= r.first <= span[1]]
    _rows(values, "ramadan", [{"first": r.first.isoformat(), "last": r.last.isoformat()} for r in months])
    _rows(values, "hours", _hours("biasa", REGULAR_HOURS) + _hours("Ramadan", RAMADAN_HOURS))
    return values


def _hours(period: str, hours: OfficeHours) -> list[dict[str, str]]:
    rows = []
    for days, day in (("Senin–Kamis", hours.days[0]), ("Jumat", hours.days[4])):
        if day is not None:
            times = {"open": day.opens, "close": day.closes, "break_start": day.rest_from, "break_end": day.rest_to}
            rows.append({"period": period, "days": days, **{key: f"{at:%H.%M}" for key, at in times.items()}})
    return rows


def _rows(values: dict[str, Json], table: str, rows: Sequence[Mapping[str, str]]) -> None:
    values[table] = [f"r{number}" for number, _ in enumerate(rows, start=1)]
    for number, row in enumerate(rows, start=1):
        values.update({f"{table}/r{number}/{column}": text for column, text in row.items()})
