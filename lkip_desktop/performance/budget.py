"""Budget absorption (*serapan*), totals over a budget's rows, and efficiency against achievement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lkip_desktop.numbers import format_number, percent, read_number, to_decimal
from lkip_desktop.performance.model import BudgetLine
from lkip_desktop.performance.rules import DEFAULT_RULES, NOT_COMPUTABLE, EfficiencyMethod, Rules

# PMK 22/2021: the efficiency of outputs is limited to ±20 % and becomes a value of 0 to 100.
_PMK_LIMIT = Fraction(20)


@dataclass(frozen=True, slots=True)
class Absorption:
    """Rupiah planned and spent, and spent of planned in per cent, unrounded; None when it cannot be computed."""

    ceiling: Decimal
    spent: Decimal
    value: Decimal | None
    why: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return NOT_COMPUTABLE if self.value is None else percent(self.value)


@dataclass(frozen=True, slots=True)
class BudgetTotal:
    """A budget as a whole. `lines` are the rows that were added up; `warnings` name figures that could not be."""

    absorption: Absorption
    lines: tuple[BudgetLine, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Efficiency:
    """Achievement beside absorption, both in per cent, and what the rules make of them.

    `value` is their difference in points, or PMK's efficiency in per cent; `label` is what reports call it.
    """

    achievement: Decimal
    absorption: Decimal
    value: Decimal
    label: str


def absorption(ceiling: Decimal, spent: Decimal) -> Absorption:
    """Spent ÷ planned × 100."""
    if ceiling <= 0:
        return Absorption(ceiling, spent, None, f"{NOT_COMPUTABLE}: pagu 0 tidak dapat menjadi pembagi.")
    value = to_decimal(Fraction(spent) / Fraction(ceiling) * 100)
    odd = ("Realisasi melebihi pagu. Periksa kedua angkanya.",) if spent > ceiling else ()
    return Absorption(ceiling, spent, value, f"{format_number(spent)} ÷ {format_number(ceiling)} × 100", odd)


def line_absorption(line: BudgetLine) -> Absorption:
    """The absorption of one row; figures that cannot be read say so."""
    problems = tuple(_problems(line))
    if problems:
        return Absorption(_money(line.ceiling), _money(line.spent), None, f"{NOT_COMPUTABLE}: {problems[0]}")
    return absorption(_money(line.ceiling), _money(line.spent))


def total(lines: Iterable[BudgetLine]) -> BudgetTotal:
    """The sum of the programme rows; their parts are already in them. A table without a programme row sums all rows.

    A figure that is missing or cannot be read counts as 0 and is named in `warnings`.
    """
    rows = tuple(lines)
    summed = tuple(row for row in rows if row.is_programme) or rows
    ceiling = sum((_money(row.ceiling) for row in summed), Decimal())
    spent = sum((_money(row.spent) for row in summed), Decimal())
    warnings = tuple(problem for row in summed for problem in _problems(row))
    return BudgetTotal(absorption(ceiling, spent), summed, warnings)


def efficiency(achieved: Decimal | None, used: Absorption, rules: Rules = DEFAULT_RULES) -> Efficiency | None:
    """How efficient the money was used for an achievement in per cent; None when either cannot be computed."""
    if achieved is None or used.value is None:
        return None
    if rules.efficiency is EfficiencyMethod.PMK:
        return _by_pmk(achieved, used.value)
    value = achieved - used.value
    label = "Efisien" if value > rules.band else "Cukup efisien" if value >= -rules.band else "Tidak efisien"
    return Efficiency(achieved, used.value, value, label)


def _by_pmk(achieved: Decimal, used: Decimal) -> Efficiency | None:
    """E = (PAK × CK − RAK) / (PAK × CK), which only needs the two rates; NE = 50 + E / 20 × 50."""
    if not achieved:
        return None
    rate = (1 - Fraction(used) / Fraction(achieved)) * 100
    limited = min(max(rate, -_PMK_LIMIT), _PMK_LIMIT)
    score = to_decimal(50 + limited / _PMK_LIMIT * 50)
    return Efficiency(achieved, used, to_decimal(limited), f"Nilai efisiensi {format_number(score, 2)}")


def _money(text: str) -> Decimal:
    number = read_number(text, money=True)
    return number if isinstance(number, Decimal) else Decimal()


def _problems(line: BudgetLine) -> Iterator[str]:
    for name, text in (("pagu", line.ceiling), ("realisasi", line.spent)):
        if not text.strip():
            yield f"{name} {_named(line)} belum diisi."
        elif not isinstance(read_number(text, money=True), Decimal):
            yield f"{name} {_named(line)} (“{text.strip()}”) bukan jumlah uang."


def _named(line: BudgetLine) -> str:
    return line.code.strip() or line.name.strip() or "tanpa kode"
