"""Writes the shipped table of holidays, resources/holidays.toml, from the `holidays` package. Not used at run time.

Run it when a new release of the package knows the decree of a further year, and read the difference before keeping
it: days marked "(perkiraan)" move.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from holidays import country_holidays

from lkip_desktop.files import write_atomically
from lkip_desktop.schedule.calendar import Holiday, HolidayKind
from lkip_desktop.schedule.hours import Ramadan

TABLE = Path(__file__).parent.parent / "resources" / "holidays.toml"
YEARS = range(2025, 2031)
# First fasting days as expected for Indonesia; each month ends on the day before the package's Idul Fitri.
RAMADAN_FIRST = (
    date(2026, 2, 19),
    date(2027, 2, 8),
    date(2028, 1, 28),
    date(2029, 1, 16),
    date(2030, 1, 5),
    date(2030, 12, 26),
)
HEAD = """\
# Hari libur nasional, cuti bersama, dan bulan Ramadan. Tanggal yang bertanda (perkiraan) dapat bergeser:
# sesuaikan dengan keputusan bersama (SKB) tiga menteri tahun itu. Jenis (kind): libur, cuti bersama, lokal.
"""


def holidays() -> tuple[Holiday, ...]:
    """Public holidays and *cuti bersama* of YEARS, by date, with the package's Indonesian names."""
    return tuple(sorted((*_of("public", "libur"), *_of("government", "cuti bersama")), key=lambda h: h.day))


def ramadan() -> tuple[Ramadan, ...]:
    """The months of Ramadan that begin in 2026 to 2030."""
    return tuple(Ramadan(first, _before_idul_fitri(first), "perkiraan") for first in RAMADAN_FIRST)


def toml(days: tuple[Holiday, ...], months: tuple[Ramadan, ...]) -> str:
    """The table as text."""
    parts = [HEAD]
    for month in months:
        parts.append(
            f'[[ramadan]]\nfirst = {month.first}\nlast = {month.last}\nnote = "{month.note}"\n',
        )
    for holiday in days:
        parts.append(f'[[holiday]]\nday = {holiday.day}\nname = "{holiday.name}"\nkind = "{holiday.kind}"\n')
    return "\n".join(parts)


def _of(category: str, kind: HolidayKind) -> Iterator[Holiday]:
    found = country_holidays("ID", categories=(category,), language="id", years=YEARS)
    for day, names in found.items():
        for name in names.split("; "):
            yield Holiday(day, name, kind)


def _before_idul_fitri(first: date) -> date:
    known = country_holidays("ID", language="id", years=range(first.year, first.year + 2))
    feast = min(d for d, name in known.items() if name.startswith("Hari Raya Idul Fitri") and d > first)
    return feast - timedelta(days=1)


if __name__ == "__main__":
    write_atomically(TABLE, toml(holidays(), ramadan()).encode())
