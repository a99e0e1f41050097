"""Dates and times as people in an Indonesian office type them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time

from lkip_desktop.errors import UserError
from lkip_desktop.words import MONTHS, WEEKDAYS, month_name

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Two digits mean 1969 to 2068, as in the POSIX rule.
_PIVOT = 69

_MIDNIGHT = re.compile(r"[ t]00[:.]00(?:[:.]00)?(?:\.0+)?$")
_WEEKDAY = re.compile(rf"^(?:hari\s+)?(?:{'|'.join(WEEKDAYS)}|jum'at)\s*,?\s*", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:\s*[-/.]\s*|\s+)([0-9]{1,2})(?:\s*[-/.]\s*|\s+)([0-9]+)")
_NAMED = re.compile(r"([0-9]{1,2})[\s\-/.]*([a-z]+)[\s\-/.,]*([0-9]+)")
_CLOCK = re.compile(r"(?:pukul|jam)?\s*([0-9]{1,2})(?:\s*[.:]\s*([0-9]{2})(?:[.:][0-9]{2})?)?\s*(?:wib|wita|wit)?")
_CLOCK_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})")

# Older spellings, and what an English Excel writes.
_OTHER_NAMES = (
    *((2, "pebruari"), (8, "agt"), (8, "ags"), (11, "nopember")),
    *((1, "january"), (2, "february"), (3, "march"), (5, "may"), (6, "june"), (7, "july")),
    *((8, "august"), (10, "october"), (12, "december")),
)
_MONTH_NUMBERS = {
    name.casefold()[:length]: number
    for number, name in (*enumerate(MONTHS, start=1), *_OTHER_NAMES)
    for length in range(3, len(name) + 1)
}


def read_date(text: str) -> date:
    """The day of ``5/5/2025``, ``5-5-25``, ``05.05.2025``, ``5 Mei 2025``, ``Senin, 5 mei 25``, ``2025-05-05``.

    Raises UserError with a sentence for an impossible day, a year outside FIRST_YEAR to LAST_YEAR, or another text.
    """
    plain = _WEEKDAY.sub("", _MIDNIGHT.sub("", " ".join(text.casefold().split())))
    if match := _YEAR_FIRST.fullmatch(plain):
        year, month, day = match.groups()
        return _day(text, int(day), int(month), year)
    if match := _DAY_FIRST.fullmatch(plain):
        day, month, year = match.groups()
        return _day(text, int(day), int(month), year)
    match = _NAMED.fullmatch(plain)
    number = _MONTH_NUMBERS.get(match[2]) if match else None
    if match is None or number is None:
        raise UserError(f"{_quoted(text)} tidak terbaca sebagai tanggal. Tulis misalnya 5/5/2025 atau 5 Mei 2025.")
    return _day(text, int(match[1]), number, match[3])


def read_time(text: str) -> time:
    """The time of ``9``, ``9.00``, ``09:30``, ``0930``, ``pukul 9.30 WIB``. Raises UserError with a sentence."""
    plain = " ".join(text.casefold().split())
    match = _CLOCK_DIGITS.fullmatch(plain) or _CLOCK.fullmatch(plain)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 99)
    if hour > 23 or minute > 59:
        raise UserError(f"{_quoted(text)} bukan jam antara 00.00 dan 23.59. Tulis misalnya 09.30.")
    return time(hour, minute)


def _day(text: str, day: int, month: int, year_text: str) -> date:
    year = _year(text, year_text)
    if not 1 <= month <= 12:
        raise UserError(f"{_quoted(text)}: tidak ada bulan {month}. Urutannya tanggal/bulan/tahun.")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise UserError(f"{_quoted(text)}: {month_name(month)} {year} hanya bertanggal 1 sampai {last}.")
    return date(year, month, day)


def _year(text: str, digits: str) -> int:
    if len(digits) == 2:
        return int(digits) + (1900 if int(digits) >= _PIVOT else 2000)
    if len(digits) != 4:
        raise UserError(f"{_quoted(text)}: tulis tahun dengan empat angka, misalnya 2027.")
    if not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise UserError(f"{_quoted(text)}: tahun harus antara {FIRST_YEAR} dan {LAST_YEAR}.")
    return int(digits)


def _quoted(text: str) -> str:
    return f"“{text}”" if len(text) <= 40 else f"“{text[:40]}…”"
