"""Indonesian words for dates and numbers: own small tables, so that no locale data is needed."""

from __future__ import annotations

from datetime import date

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def weekday_name(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def month_name(month: int) -> str:
    """The name of month 1 to 12."""
    return MONTHS[month - 1]


def roman(number: int) -> str:
    """1 → ``i``; for the few pages of a front matter."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def roman_month(month: int) -> str:
    """Month 1 to 12 as letter numbers write it: ``II`` for February."""
    return ROMAN_MONTHS[month - 1]


def long_date(day: date) -> str:
    """``5 Mei 2025``"""
    return f"{day.day} {month_name(day.month)} {day.year}"


def full_date(day: date) -> str:
    """``Senin, 15 Februari 2027``"""
    return f"{weekday_name(day)}, {long_date(day)}"


def number_in_words(number: int) -> str:
    """A whole number in words: 15 → ``lima belas``, -3 → ``minus tiga``.

    The library reads numbers below 10**36; from there on the digits themselves are returned.
    """
    # Costs 60 ms at the first use, and only documents and letters need it.
    from num2words import num2words

    if abs(number) >= 10**36:
        return str(number)
    words = str(num2words(abs(number), lang="id"))
    return f"minus {words}" if number < 0 else words


def count(unit: str, number: int) -> str:
    """How many of a thing, as letters write it: ``count("eksemplar", 2)`` → ``2 (dua) eksemplar``."""
    return f"{number} ({number_in_words(number)}) {unit}".rstrip()


def day_in_words(day: date) -> str:
    """A date as records begin: ``Senin, tanggal lima belas bulan Februari tahun dua ribu dua puluh tujuh``."""
    return (
        f"{weekday_name(day)}, tanggal {number_in_words(day.day)} "
        f"bulan {month_name(day.month)} tahun {number_in_words(day.year)}"
    )
