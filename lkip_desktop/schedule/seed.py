"""Reads the shipped table of holidays and Ramadan months, which an office may edit when a decree moves a day."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from lkip_desktop.errors import UserError, reason_of
from lkip_desktop.schedule.calendar import Holiday, HolidayKind, WorkCalendar
from lkip_desktop.schedule.hours import Ramadan

_KINDS = get_args(HolidayKind)


def load_calendar(path: Path) -> WorkCalendar:
    """The calendar of a TOML table, with the hours of Perpres 21/2023 and WIB.

    Raises UserError that names the file and the place when the table cannot be read.
    """
    return read_calendar(_text(path), path.name)


def load_holidays(path: Path) -> tuple[Holiday, ...]:
    """The holidays of a TOML table, by date. Raises UserError as `load_calendar` does."""
    return load_calendar(path).holidays


def read_calendar(text: str, name: str = "") -> WorkCalendar:
    """The calendar of a table's text; `name` is what errors call it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"Daftar libur {name} tidak terbaca ({error}). Perbaiki baris itu.") from error
    _only(table, {"holiday", "ramadan"}, name)
    holidays = [_holiday(entry, f"{name}, libur ke-{n}") for n, entry in _entries(table, "holiday", name)]
    ramadan = [_ramadan(entry, f"{name}, Ramadan ke-{n}") for n, entry in _entries(table, "ramadan", name)]
    return WorkCalendar(
        holidays=tuple(sorted(holidays, key=lambda holiday: holiday.day)),
        ramadan=tuple(sorted(ramadan, key=lambda month: month.first)),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"Daftar libur {path.name} tidak dapat dibuka ({reason_of(error)}).") from error
    except UnicodeDecodeError as error:
        raise UserError(f"Daftar libur {path.name} bukan teks UTF-8. Simpan ulang sebagai UTF-8.") from error


def _entries(table: dict[str, Any], key: str, name: str) -> list[tuple[int, dict[str, Any]]]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UserError(f"Daftar libur {name}: “{key}” harus berupa daftar [[{key}]].")
    return list(enumerate(entries, start=1))


def _holiday(entry: dict[str, Any], place: str) -> Holiday:
    _only(entry, {"day", "name", "kind"}, place)
    kind = entry.get("kind", "libur")
    if kind not in _KINDS:
        raise UserError(f"{place}: jenis “{kind}” tidak dikenal. Pilih salah satu: {', '.join(_KINDS)}.")
    return Holiday(_date(entry, "day", place), _string(entry, "name", place), kind)


def _ramadan(entry: dict[str, Any], place: str) -> Ramadan:
    _only(entry, {"first", "last", "note"}, place)
    month = Ramadan(_date(entry, "first", place), _date(entry, "last", place), str(entry.get("note", "")))
    if month.first > month.last:
        raise UserError(f"{place}: hari pertama sesudah hari terakhir. Tukar kedua tanggalnya.")
    return month


def _date(entry: dict[str, Any], key: str, place: str) -> date:
    value = entry.get(key)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise UserError(f"{place}: “{key}” harus tanggal seperti 2027-02-15.")
    return value


def _string(entry: dict[str, Any], key: str, place: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise UserError(f"{place}: “{key}” harus diisi dengan teks dalam tanda kutip.")
    return value


def _only(entry: dict[str, Any], known: set[str], place: str) -> None:
    for key in entry:
        if key not in known:
            raise UserError(f"Daftar libur {place}: “{key}” tidak dikenal. Hapus atau perbaiki tulisannya.")
