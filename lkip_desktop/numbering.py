"""Letter numbers: written by the office's pattern, read back, proposed from those issued before, and doubted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from string import ascii_uppercase

from lkip_desktop.errors import UserError
from lkip_desktop.words import long_date, roman_month
from lkip_desktop.workflow.events import Json

DEFAULT_PATTERN = "{kode}/{urut}/{unit}/{tahun}"
MAX_WIDTH = 9
# The names a pattern may hold, each with what another office's or another letter's text may be there.
_ANY = {"kode": ".+?", "unit": ".+?", "tahun": "[0-9]{4}", "bulan": "[0-9]{1,2}", "bulan_romawi": "[IVX]+"}
_NAMES = ("kode", "urut", "unit", "tahun", "bulan", "bulan_romawi")
_WIDTHS = {"urut": 3, "bulan": 2}
_TOKEN = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"([a-z_]+)(?::([0-9]{1,2}))?")
_RUNNING = r"(?P<number>[0-9]+)(?P<suffix>\.?[A-Za-z]+|\.[0-9]+)?"


@dataclass(frozen=True, slots=True)
class Running:
    """The running part of a number: 12, or 12 with ``A``, ``.a`` or ``.1`` for a letter dated back; 0 is none."""

    number: int
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """A number of the register: its text, the letter's day, its running part, and the letter in words."""

    text: str
    day: date
    running: Running
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How an office writes its numbers: the pattern, its classification code and its unit code.

    The pattern holds ``{urut}`` once and any of ``{kode} {unit} {tahun} {bulan} {bulan_romawi}``; ``{urut:4}`` sets
    the least number of digits (3 without it, 2 for ``{bulan}``).
    """

    pattern: str = DEFAULT_PATTERN
    code: str = ""
    unit: str = ""

    @property
    def problem(self) -> str:
        """A sentence that says how to mend the pattern, or empty."""
        return next(_problems(self.pattern), "")

    def write(self, running: Running, day: date) -> str:
        """The number of a letter of a day, never cut. Raises UserError when the pattern cannot be used."""
        before, after, width = self._around(day)
        return f"{before}{running.number:0{width}d}{running.suffix}{after}"

    def read(self, text: str, day: date) -> Running:
        """The running part of a number that follows the pattern, also with another classification; else Running(0).

        Raises UserError when the pattern cannot be used.
        """
        match = self._match(text, day)
        return Running(int(match["number"]), match["suffix"] or "") if match else Running(0)

    def other_year(self, text: str, day: date) -> str:
        """The year in a number when it is not that of its letter's day; empty when they agree or none is written."""
        match = None if self.problem else self._match(text, day)
        found = str((match.groupdict() if match else {}).get("tahun", day.year))
        return "" if found == str(day.year) else found

    def _match(self, text: str, day: date) -> re.Match[str] | None:
        before, after, _ = self._around(day)
        exact = re.escape(before) + _RUNNING + re.escape(after)
        return re.fullmatch(exact, text.strip()) or re.fullmatch(self._loose(), text.strip())

    def _around(self, day: date) -> tuple[str, str, int]:
        """What stands before and after the running number, and its least digits."""
        if self.problem:
            raise UserError(self.problem)
        sides, width = [""], 0
        for literal, name, digits in _tokens(self.pattern):
            sides[-1] += literal
            if name == "urut":
                sides.append("")
                width = digits
            elif name:
                sides[-1] += self._text(name, digits, day)
        return sides[0], sides[1], width

    def _text(self, name: str, digits: int, day: date) -> str:
        texts = {
            "kode": self.code,
            "unit": self.unit,
            "tahun": str(day.year),
            "bulan": f"{day.month:0{digits}d}",
            "bulan_romawi": roman_month(day.month),
        }
        return texts[name]

    def _loose(self) -> str:
        """A pattern for numbers with another classification or date; the first year in it is the group ``tahun``.

        Another unit code means another series, as decisions (*Kep-Insp*) have.
        """
        texts = {**_ANY, "urut": _RUNNING, "": "", **({"unit": re.escape(self.unit)} if self.unit else {})}
        whole = "".join(re.escape(literal) + texts[name] for literal, name, _ in _tokens(self.pattern))
        return whole.replace(_ANY["tahun"], f"(?P<tahun>{_ANY['tahun']})", 1)


def numbering(values: Mapping[str, Json]) -> Numbering:
    """The numbering that a cycle's profile asks for."""

    def text(path: str) -> str:
        value = values.get(path)
        return value.strip() if isinstance(value, str) else ""

    return Numbering(text("letter_pattern") or DEFAULT_PATTERN, text("letter_code"), text("letter_unit_code"))


def _tokens(pattern: str) -> Iterator[tuple[str, str, int]]:
    """Literal text, the name that follows it (empty at the end), and its least digits."""
    end = 0
    for found in _TOKEN.finditer(pattern):
        named = _NAME.fullmatch(found[1])
        name, digits = (named[1], named[2]) if named else (found[1], None)
        yield pattern[end : found.start()], name, int(digits) if digits else _WIDTHS.get(name, 0)
        end = found.end()
    yield pattern[end:], "", 0


def _problems(pattern: str) -> Iterator[str]:
    known = ", ".join(f"{{{name}}}" for name in _NAMES)
    names = [name for _, name, _ in _tokens(pattern) if name]
    for found in _TOKEN.finditer(pattern):
        named = _NAME.fullmatch(found[1])
        if named is None or named[1] not in _NAMES:
            yield f"Pola nomor surat memuat “{found[0]}” yang tidak dikenal. Yang dapat dipakai: {known}."
        elif named[2] and (named[1] not in _WIDTHS or int(named[2]) > MAX_WIDTH):
            yield f"Pola nomor surat memuat “{found[0]}”. Tulis banyaknya angka 1 sampai {MAX_WIDTH}: {{urut:3}}."
    if re.search(r"[{}]", _TOKEN.sub("", pattern)):
        yield "Pola nomor surat memuat kurung kurawal tanpa pasangan. Tulis misalnya {kode}/{urut}/{unit}/{tahun}."
    if names.count("urut") != 1:
        yield "Pola nomor surat harus memuat {urut} tepat satu kali, misalnya {kode}/{urut}/{unit}/{tahun}."


# Proposing


def propose(used: Iterable[Used], day: date) -> Running:
    """The next running number for a letter of a day: one series for each calendar year.

    The last number of the year and one; for a day before that of the letter issued last, the number before that day
    with the next free suffix. A gap is not filled: the office's paper agenda may have used it for another letter.
    """
    year = [u for u in used if u.day.year == day.year and u.running.number]
    if not year:
        return Running(1)
    latest = max(u.day for u in year)
    if day >= latest:
        return Running(max(u.running.number for u in year) + 1)
    before = [u.running.number for u in year if u.day <= day]
    base = max(before) if before else max(1, min(u.running.number for u in year) - 1)
    taken = {u.running.suffix.casefold() for u in year if u.running.number == base}
    usual = next((u.running.suffix for u in year if u.running.suffix), "A")
    suffixes = (_like(usual, n) for n in count(1))
    return Running(base, next(suffix for suffix in suffixes if suffix.casefold() not in taken))


def _like(usual: str, number: int) -> str:
    """The suffix of a number in the way of another: ``B`` like A, ``b`` like a, ``.b`` like .a, ``.2`` like .1"""
    dot, text = ("." if usual.startswith(".") else ""), usual.removeprefix(".")
    letters = _letters(number)
    return dot + (str(number) if text.isdecimal() else letters.lower() if text.islower() else letters)


def _letters(number: int) -> str:
    """1 → A, 26 → Z, 27 → AA"""
    text = ""
    while number:
        number, rest = divmod(number - 1, len(ascii_uppercase))
        text = ascii_uppercase[rest] + text
    return text


# Doubting


def doubts(rule: Numbering, text: str, day: date, used: Iterable[Used]) -> tuple[str, ...]:
    """Sentences about a number that a person may yet want: none of them forbids it.

    `used` must leave out the letter itself. A bad pattern gives its own sentence; the rest is looked at all the same.
    """
    year = [u for u in used if u.day.year == day.year]
    running = Running(0) if rule.problem else rule.read(text, day)
    return tuple(dict.fromkeys(_doubts(rule, text, day, running, year)))


def _doubts(rule: Numbering, text: str, day: date, running: Running, year: list[Used]) -> Iterator[str]:
    if rule.problem:
        yield rule.problem
    same = next((u for u in year if _plain(u.text) == _plain(text)), None)
    if same is not None:
        yield f"Nomor ini sudah dipakai: {_named(same)}."
        return
    if not running.number:
        if text.strip() and not rule.problem:
            yield "Nomor ini tidak mengikuti pola nomor surat, jadi tidak ikut menentukan nomor urut berikutnya."
        return
    if other := rule.other_year(text, day):
        yield f"Nomor ini memuat tahun {other}, sedangkan suratnya bertanggal {long_date(day)}."
    twin = next((u for u in year if _same(u.running, running)), None)
    if twin is not None:
        yield f"Nomor urut {running.number}{running.suffix} sudah dipakai: {_named(twin)}."
    later = [u for u in year if u.running.number and u.running.number < running.number and u.day > day]
    if later:
        yield f"Tanggal surat lebih awal daripada surat bernomor urut lebih kecil: {_named(max(later, key=_by_day))}."
    earlier = [u for u in year if u.running.number > running.number and u.day < day]
    if earlier and not running.suffix:
        first = min(earlier, key=_by_day)
        yield f"Tanggal surat lebih akhir daripada surat bernomor urut lebih besar: {_named(first)}."
    yield from _gap(running, year)


def _same(one: Running, other: Running) -> bool:
    return (one.number, one.suffix.casefold()) == (other.number, other.suffix.casefold())


def _gap(running: Running, year: list[Used]) -> Iterator[str]:
    last = max((u.running.number for u in year if u.running.number < running.number), default=0)
    if last and running.number > last + 1:
        first, until = last + 1, running.number - 1
        skipped = f"{first}" if first == until else f"{first} sampai {until}"
        yield f"Nomor urut {skipped} belum dipakai program ini. Benar bila dipakai surat lain dalam buku agenda."


def _by_day(used: Used) -> date:
    return used.day


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _named(used: Used) -> str:
    return ", ".join(part for part in (used.letter, used.text, long_date(used.day)) if part)
