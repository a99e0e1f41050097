"""Values of form fields: what a person typed is read into one kept spelling, and shown again for people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lkip_desktop.dates import read_date, read_time
from lkip_desktop.errors import UserError
from lkip_desktop.numbering import Numbering
from lkip_desktop.numbers import (
    Ambiguous,
    NotANumber,
    canonical,
    format_number,
    is_range,
    read_number,
    rounded,
    rupiah,
)
from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.words import long_date

__all__ = [
    "Ambiguous",
    "NotANumber",
    "Parsed",
    "format_number",
    "parse",
    "read_number",
    "rupiah",
    "show",
    "show_nip",
]

# What XML 1.0 forbids, and so no DOCX can hold: control characters, lone surrogates, two non-characters.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMERIC = re.compile(r"[0-9.,%+\-\s]*[0-9][0-9.,%+\-\s]*")
_LEVEL = re.compile(r"[0-9]+ ?\+")
_NIP = re.compile(r"([0-9]{8})([0-9]{6})([0-9])([0-9]{3})")
_YES_NO = {"ya": "ya", "y": "ya", "yes": "ya", "tidak": "tidak", "t": "tidak", "no": "tidak"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value as it is to be kept. With a `problem` it is the text as typed, so that nothing is lost.

    `problem` and `warning` are Indonesian sentences that say how to mend it; a warning does not block. Of a figure
    that is kept as typed, `meaning` is what the program computes with, where that looks different; `readings` are the
    spellings to choose from where a figure can be read in two ways.
    """

    value: str
    problem: str = ""
    warning: str = ""
    meaning: str = ""
    readings: tuple[str, ...] = ()


def parse(kind: FieldKind, text: str, field: FormField | None = None) -> Parsed:
    """Read what a person typed, or what was kept before, for a field of a kind. Never raises; empty is no problem."""
    clean = unicodedata.normalize("NFC", _FORBIDDEN.sub("", text)).strip()
    reader = _READERS.get(kind, _text)
    return reader(clean, field) if clean else Parsed("")


def show(kind: FieldKind, value: str) -> str:
    """A kept value as screens and documents show it; what is not in its kept spelling is shown as it stands.

    ``5 Mei 2025``, ``19670612 198603 1 003``, ``Rp 14.819.633.945``, ``Ya``. Read again by `parse`, it gives the same
    value. A number is kept and shown as it was typed.
    """
    writer = _WRITERS.get(kind)
    return writer(value) if writer and value else value


def show_nip(value: str) -> str:
    """A NIP of 18 digits in its four groups; anything else as it stands."""
    match = _NIP.fullmatch(value)
    return " ".join(match.groups()) if match else value


# Reading


def _text(text: str, field: FormField | None) -> Parsed:
    line = " ".join(text.splitlines()).replace("\t", " ").strip()
    return Parsed(line, Numbering(line).problem) if field is not None and field.id == "letter_pattern" else Parsed(line)


def _paragraph(text: str, _: FormField | None) -> Parsed:
    return Parsed(text.replace("\r\n", "\n").replace("\r", "\n"))


def _date(text: str, _: FormField | None) -> Parsed:
    try:
        return Parsed(read_date(text).isoformat())
    except UserError as problem:
        return Parsed(text, str(problem))


def _time(text: str, _: FormField | None) -> Parsed:
    try:
        return Parsed(f"{read_time(text):%H.%M}")
    except UserError as problem:
        return Parsed(text, str(problem))


def _number(text: str, field: FormField | None) -> Parsed:
    """A figure, a grade or a mark for nothing, always as typed: that is what is printed."""
    typed = " ".join(text.split())
    number = read_number(typed)
    if isinstance(number, NotANumber):
        # The words behind may be the unit of the row: 1.234 dokumen is as ambiguous as 1.234.
        beside = read_number(typed, unit=typed.lstrip("0123456789.,-+ "))
        number = beside if isinstance(beside, Ambiguous) else number
    if isinstance(number, Ambiguous):
        return Parsed(typed, number.question, readings=_readings(typed, number))
    if isinstance(number, Decimal):
        meaning = canonical(number)
        return Parsed(typed, meaning="" if typed in (meaning, format_number(number)) else meaning)
    if field is not None and field.plain:
        return Parsed(typed, f"{_quoted(typed)} bukan satu angka. Tulis angkanya saja, misalnya 91 atau 12,5.")
    if is_range(typed):
        return Parsed(typed, warning=f"{_quoted(typed)} adalah rentang; capaian tidak dapat dihitung darinya.")
    if _NUMERIC.fullmatch(typed) and not _LEVEL.fullmatch(typed):
        return Parsed(typed, f"{_quoted(typed)} tidak terbaca sebagai angka. Tulis misalnya 85,5 atau 1.250.000.")
    return Parsed(typed)


def _readings(typed: str, number: Ambiguous) -> tuple[str, ...]:
    """The whole text with its figure spelled in either way: ``Level 3 (3.125)`` → ``Level 3 (3125)``, …"""
    digits = f"{abs(number.thousands):,}".replace(",", ".")
    return tuple(typed.replace(digits, spelling.lstrip("-"), 1) for spelling in number.spellings)


def _integer(text: str, _: FormField | None) -> Parsed:
    number = read_number(text, money=True)
    if not isinstance(number, Decimal) or number != number.to_integral_value():
        return Parsed(text, f"{_quoted(text)} bukan bilangan bulat. Tulis angka saja, misalnya 3.")
    if number < 0:
        return Parsed(text, "Jumlah tidak boleh kurang dari nol. Hapus tanda minusnya.")
    return Parsed(canonical(rounded(number, 0)))


def _money(text: str, _: FormField | None) -> Parsed:
    number = read_number(text, money=True)
    if not isinstance(number, Decimal):
        return Parsed(text, f"{_quoted(text)} bukan jumlah uang. Tulis misalnya 1.250.000 atau 1.250.000,50.")
    if number != rounded(number, 2):
        return Parsed(text, "Rupiah paling banyak dua angka di belakang koma. Bulatkan dahulu.")
    whole = number == number.to_integral_value()
    return Parsed(canonical(rounded(number, 0 if whole else 2)))


def _yes_no(text: str, _: FormField | None) -> Parsed:
    answer = _YES_NO.get(text.casefold())
    return Parsed(answer) if answer else Parsed(text, "Jawab dengan ya atau tidak.")


def _choice(text: str, field: FormField | None) -> Parsed:
    chosen = _chosen(text, field)
    return Parsed(chosen) if chosen else Parsed(text, _pick(field))


def _choices(text: str, field: FormField | None) -> Parsed:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    chosen = [_chosen(line, field) for line in lines]
    return Parsed("\n".join(dict.fromkeys(chosen))) if all(chosen) else Parsed(text, _pick(field))


def _chosen(text: str, field: FormField | None) -> str:
    """The choice that a text means, whatever its capitals; a field without a list takes any."""
    if field is None or not field.choices:
        return text
    return next((choice for choice in field.choices if choice.casefold() == text.casefold()), "")


def _pick(field: FormField | None) -> str:
    choices = ", ".join(field.choices) if field else ""
    return f"Pilih salah satu: {choices.removesuffix('.')}."


def _nip(text: str, _: FormField | None) -> Parsed:
    digits = re.sub(r"^NIP|[\s.:\-]", "", text, flags=re.IGNORECASE)
    if not re.fullmatch(r"[0-9]+", digits):
        return Parsed(text, "NIP terdiri atas 18 angka, tanpa huruf. Kosongkan bila tidak ada.")
    if len(digits) != 18:
        return Parsed(text, f"NIP terdiri atas 18 angka; yang tertulis {len(digits)}. Periksa kembali.")
    return Parsed(digits, warning=_nip_warning(digits))


def _nip_warning(digits: str) -> str:
    """Says what looks odd in 18 digits: birth YYYYMMDD, appointment YYYYMM, sex, serial.

    PPPK numbers have 21 and more in place of the month of appointment.
    """
    try:
        date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}")
    except ValueError:
        return f"Delapan angka pertama NIP ({digits[:8]}) bukan tanggal lahir. Periksa kembali."
    month = int(digits[12:14])
    if month == 0 or 12 < month < 21:
        return f"Angka ke-13 dan ke-14 NIP ({digits[12:14]}) bukan bulan pengangkatan. Periksa kembali."
    if digits[14] not in "12":
        return f"Angka ke-15 NIP ({digits[14]}) seharusnya 1 (pria) atau 2 (wanita). Periksa kembali."
    return ""


def _quoted(text: str) -> str:
    return f"“{text}”" if len(text) <= 40 else f"“{text[:40]}…”"


_READERS: dict[FieldKind, Callable[[str, FormField | None], Parsed]] = {
    FieldKind.PARAGRAPH: _paragraph,
    FieldKind.DATE: _date,
    FieldKind.TIME: _time,
    FieldKind.NUMBER: _number,
    FieldKind.INTEGER: _integer,
    FieldKind.MONEY: _money,
    FieldKind.YESNO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.NIP: _nip,
}


# Showing


def _show_date(value: str) -> str:
    try:
        return long_date(date.fromisoformat(value))
    except ValueError:
        return value


def _show_integer(value: str) -> str:
    """Grouped from five digits on: a year or a serial number of four digits stays whole."""
    return format_number(Decimal(value)) if re.fullmatch(r"[1-9][0-9]{4,29}", value) else value


def _show_money(value: str) -> str:
    number = read_number(value, money=True)
    return rupiah(number) if isinstance(number, Decimal) else value


_WRITERS: dict[FieldKind, Callable[[str], str]] = {
    FieldKind.DATE: _show_date,
    FieldKind.INTEGER: _show_integer,
    FieldKind.MONEY: _show_money,
    FieldKind.NIP: show_nip,
    FieldKind.YESNO: lambda value: value.capitalize(),
}
