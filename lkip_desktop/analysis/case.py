"""One indicator as the proposals see it: its figures, the years before, its money, and how they compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lkip_desktop.numbers import NotANumber, format_number, is_blank, label_of, read_number
from lkip_desktop.performance.achievement import Achievement, graded, level_of
from lkip_desktop.performance.budget import Absorption, Efficiency
from lkip_desktop.performance.rules import DEFAULT_RULES, Rules

MEASURES = ("nilai", "indeks", "skor", "skala", "angka", "rasio", "predikat", "kategori", "opini")
"""Units that name what is measured and not what is counted: ``79,40``, never ``79,40 nilai``."""
STAGES = ("level", "tingkat", "peringkat")
"""Units that stand before their figure: ``level 3``."""
MONEY = ("rp", "rp.")
"""Signs that stand before an amount: ``Rp 5.000``."""
PERCENT = ("%", "persen")
_COUNTS = (*MEASURES, *STAGES, *PERCENT, "jumlah", "persentase", "cakupan")
_JOINING = ("atas", "bagi", "dan", "dari", "dengan", "di", "ke", "oleh", "pada", "untuk", "yang")
"""Words that stay small in a title."""
_WORD = re.compile(r"[^\W\d_]+\.?|%")


class Point(StrEnum):
    """The seven points that a report analyses for each indicator (Permenpan RB 53/2014, Lampiran II, III.A)."""

    TARGET = "target"
    YEARS = "years"
    RENSTRA = "renstra"
    NATIONAL = "national"
    CAUSES = "causes"
    EFFICIENCY = "efficiency"
    PROGRAMMES = "programmes"


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme that serves the indicator's sasaran, and how much of its money was used."""

    name: str
    absorption: Absorption


@dataclass(frozen=True, slots=True)
class Money:
    """What an indicator's sasaran cost beside what it reached, in per cent; `own` unless it is the whole budget.

    `mean` is capped as the rules say, `raw` is not; `efficiency` is None when either side cannot be computed.
    """

    absorption: Absorption
    mean: Decimal | None
    raw: Decimal | None
    cap: Decimal | None
    efficiency: Efficiency | None
    own: bool
    programmes: tuple[Programme, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """`target`, `actual`, `renstra`, `national` and the `earlier` years (oldest first) are texts as typed."""

    id: str
    name: str
    year: int
    unit: str
    falling: bool
    target: str
    actual: str
    achievement: Achievement
    predicate: str
    earlier: tuple[tuple[int, str], ...] = ()
    renstra: str = ""
    renstra_year: int | None = None
    national: str = ""
    source: str = ""
    provisional: bool = False
    money: Money | None = None
    rules: Rules = DEFAULT_RULES
    first: bool = True
    """Whether it is the first of its sasaran, at which the money of the sasaran is told in full."""

    @property
    def before(self) -> tuple[int, str] | None:
        """The newest earlier year that has a figure."""
        known = [(year, text) for year, text in self.earlier if not is_blank(text)]
        return known[-1] if known else None

    @property
    def series(self) -> list[tuple[int, str]]:
        """The years up to this one that follow each other without a gap, and their figures."""
        figures = dict((*self.earlier, (self.year, self.actual)))
        year = self.year
        while not is_blank(figures.get(year, "")):
            year -= 1
        return [(known, figures[known]) for known in range(year + 1, self.year + 1)]

    def against(self, other: str) -> tuple[Standing, Decimal | None]:
        """How the actual figure stands to another one, and their difference; of grades only how they stand, by the
        office's table or by the number behind *Level*; OTHER where one of them is neither."""
        texts = self.actual, other
        first, second = (read_number(text, unit=self.unit) for text in texts)
        if isinstance(first, Decimal) and isinstance(second, Decimal):
            return _standing(first - second), first - second
        if not is_blank(self.actual) and label_of(self.actual) == label_of(other):
            return Standing.EQUAL, None
        one, another = graded(self.actual, first, self.rules), graded(other, second, self.rules)
        if None in (one, another) and not any(map(_bare, texts)):
            one, another = (graded(text, read_number(text), self.rules) for text in map(level_of, texts))
        if one is None or another is None:
            return Standing.OTHER, None
        return _standing(one - another), None

    @property
    def reached(self) -> bool | None:
        """Whether the target was reached; None when the achievement cannot be computed."""
        return None if self.achievement.value is None else self.achievement.value >= 100

    def shown(self, text: str) -> str:
        """A figure as typed with its unit; a grade alone."""
        text = " ".join(text.split())
        if isinstance(read_number(text), NotANumber) or "(" in text or not self.unit:
            return text
        if text.casefold().endswith(PERCENT):
            return _spaced(text)
        kind = self._measure
        if kind in MEASURES or text.endswith(self.unit):
            return text
        if kind in MONEY:
            return text if text.casefold().startswith("rp") else _in_rupiah(text, self.unit)
        if kind in STAGES:
            return f"{kind} {text}"
        return f"{text} {'%' if '%' in self.unit else lowered(self.unit)}"

    def amount(self, difference: Decimal) -> str:
        """The size of a difference; of per cents and of scores it is counted in points."""
        size = format_number(difference.copy_abs())
        if self._measure in MONEY:
            return _in_rupiah(size, self.unit)
        between = self._measure in STAGES and difference != difference.to_integral_value()
        points = self._measure in ("", *PERCENT, *MEASURES) or between
        return f"{size} {'poin' if points else self._measure if self._measure in STAGES else lowered(self.unit)}"

    @property
    def _measure(self) -> str:
        """The first word of the unit, in small letters: ``nilai`` of ``Nilai/Kategori``."""
        found = _WORD.search(self.unit)
        return found[0].casefold() if found else ""


def _spaced(text: str) -> str:
    """``86,5 %``: a per cent sign stands apart from its figure."""
    return text if not text.endswith("%") else f"{text[:-1].rstrip()} %"


def _in_rupiah(amount: str, unit: str) -> str:
    """``Rp 5.000``; ``Rp 5 juta`` where the unit is ``Rp juta``."""
    return " ".join(("Rp", amount, *unit.split()[1:]))


def _bare(text: str) -> bool:
    """Whether a text is a figure alone: of a level with its score the level can be compared with one that has none."""
    return isinstance(read_number(text), Decimal) and "(" not in text


class Standing(StrEnum):
    """How one figure stands to another, in the direction in which figures grow."""

    ABOVE = "above"
    EQUAL = "equal"
    BELOW = "below"
    OTHER = "other"


def _standing(difference: Decimal) -> Standing:
    return Standing.EQUAL if not difference else Standing.ABOVE if difference > 0 else Standing.BELOW


def lowered(text: str) -> str:
    """Words as they stand inside a sentence: the first letter small, unless an abbreviation or a name begins them,
    or all of them are written large, as in *Indeks Kepuasan Masyarakat*. A verb such as *Terwujudnya* and a measure
    such as *Jumlah* begin no name, whatever name stands behind them."""
    first, *others = text.split() or [""]
    if len(first) > 1 and not first[1:].islower():
        return text
    named = bool(others) and others[0][:1].isupper() and others[0][1:].islower()
    plain = first.endswith("nya") or first.casefold() in _COUNTS
    titled = not any(word.islower() for word in others if word not in _JOINING)
    return text if named and (titled or not plain) else text[:1].lower() + text[1:]
