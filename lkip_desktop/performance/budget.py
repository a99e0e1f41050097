"""Budget absorption (*serapan*), totals over a budget's rows, and efficiency against achievement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lkip_desktop.numbers import format_number, percent, read_number, to_decimal
from lkip_desktop.performance.model import BudgetLine, Key, code_key
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
    cut: bool = False

    @property
    def text(self) -> str:
        return NOT_COMPUTABLE if self.value is None else percent(self.value, cut=self.cut)


@dataclass(frozen=True, slots=True)
class BudgetTotal:
    """A budget as a whole. `lines` are the rows that were added up; `warnings` name figures that could not be."""

    absorption: Absorption
    lines: tuple[BudgetLine, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Efficiency:
    """Achievement beside absorption, both in per cent, and what the rules make of them.

    `value` is their difference in points, or PMK's efficiency in per cent; `label` is what reports call it, empty
    where the office describes it in its own words.
    """

    achievement: Decimal
    absorption: Decimal
    value: Decimal
    label: str


def absorption(ceiling: Decimal, spent: Decimal, rules: Rules = DEFAULT_RULES) -> Absorption:
    """Spent ÷ planned × 100."""
    if ceiling <= 0:
        why = f"{NOT_COMPUTABLE}: pagu 0 tidak dapat menjadi pembagi."
        return Absorption(ceiling, spent, None, why, (_OVER,) if spent > ceiling else ())
    value = to_decimal(Fraction(spent) / Fraction(ceiling) * 100)
    odd = (_OVER,) if spent > ceiling else ()
    why = f"{format_number(spent)} ÷ {format_number(ceiling)} × 100"
    return Absorption(ceiling, spent, value, why, odd, rules.cut)


_OVER = "Realisasi melebihi pagu. Periksa kedua angkanya."


def line_absorption(line: BudgetLine, rules: Rules = DEFAULT_RULES) -> Absorption:
    """The absorption of one row, of its last valid *pagu*; figures that cannot be read say so."""
    problems = tuple(_problems(line))
    ceiling, spent = money(line.valid_ceiling), money(line.spent)
    if problems:
        return Absorption(ceiling, spent, None, f"{NOT_COMPUTABLE}: {problems[0]}")
    return absorption(ceiling, spent, rules)


def total(lines: Iterable[BudgetLine], rules: Rules = DEFAULT_RULES) -> BudgetTotal:
    """The sum of the topmost rows: a row whose code goes on from another row's code is in that row already.

    A figure that is missing or cannot be read counts as 0 and is named in `warnings`.
    """
    rows = tuple(lines)
    within = parents(rows)
    summed = tuple(row for row in rows if within[row.id] is None)
    ceiling = sum((money(row.valid_ceiling) for row in summed), Decimal())
    spent = sum((money(row.spent) for row in summed), Decimal())
    warnings = tuple(problem for row in summed for problem in _problems(row))
    return BudgetTotal(absorption(ceiling, spent, rules), summed, warnings)


def parents(lines: Iterable[BudgetLine]) -> dict[str, BudgetLine | None]:
    """For each row, by id, the row right above it by code (``6.01.01`` of ``6.01.01.2.01``), or None."""
    rows = tuple(lines)
    codes = {row.id: code_key(row.code) for row in rows}
    by_code = {codes[row.id]: row for row in reversed(rows) if codes[row.id]}
    return {row.id: _above(codes[row.id], by_code) for row in rows}


def _above(code: Key, by_code: dict[Key, BudgetLine]) -> BudgetLine | None:
    shorter = (by_code.get(code[:length]) for length in range(len(code) - 1, 0, -1))
    return next((row for row in shorter if row is not None), None)


def money(text: str) -> Decimal:
    """An amount in rupiah as kept; 0 where it cannot be read."""
    number = read_number(text, money=True)
    return number if isinstance(number, Decimal) else Decimal()


def efficiency(achieved: Decimal | None, used: Absorption, rules: Rules = DEFAULT_RULES) -> Efficiency | None:
    """How efficient the money was used for an achievement in per cent; None when either cannot be computed.

    By difference: achievement − absorption in points, above `rules.band` *efisien*, below −`band` *tidak efisien*.
    """
    if achieved is None or used.value is None:
        return None
    if rules.efficiency is EfficiencyMethod.PMK:
        return efficiency_by_pmk([(used.ceiling, achieved, used.spent)], rules)
    value = achieved - used.value
    label = "" if rules.efficiency is EfficiencyMethod.NARRATIVE else judged(value, rules.band)
    return Efficiency(achieved, used.value, value, label)


def judged(difference: Decimal, band: Decimal) -> str:
    """What achievement less absorption, in points, is called."""
    return "Efisien" if difference > band else "Cukup efisien" if difference >= -band else "Tidak efisien"


def efficiency_by_pmk(
    parts: Iterable[tuple[Decimal, Decimal, Decimal]], rules: Rules = DEFAULT_RULES
) -> Efficiency | None:
    """PMK 249/2011, 214/2017 and 22/2021: E = Σ(PAK × CK − RAK) ÷ Σ(PAK × CK) × 100, kept within ±20 %.

    `parts` are budget (PAK), achievement of its output in per cent (CK × 100) and money spent (RAK), one each for what
    was planned together. The label holds the value of efficiency NE = 50 + E ÷ 20 × 50. None where nothing was
    achieved.
    """
    rows = [(Fraction(pak), Fraction(ck), Fraction(rak)) for pak, ck, rak in parts]
    planned = sum((pak for pak, _, _ in rows), Fraction())
    earned = sum((pak * ck / 100 for pak, ck, _ in rows), Fraction())
    spent = sum((rak for _, _, rak in rows), Fraction())
    if earned <= 0 or planned <= 0:
        return None
    rate = min(max((earned - spent) / earned * 100, -_PMK_LIMIT), _PMK_LIMIT)
    score = to_decimal(50 + rate / _PMK_LIMIT * 50)
    achieved, used = to_decimal(earned / planned * 100), to_decimal(spent / planned * 100)
    label = "Efisien" if rate > 0 else "Tidak efisien" if rate < 0 else "Cukup efisien"
    return Efficiency(achieved, used, to_decimal(rate), f"{label} (nilai efisiensi {rules.number(score)})")


def _problems(line: BudgetLine) -> Iterator[str]:
    for name, text in (("pagu", line.valid_ceiling), ("realisasi", line.spent)):
        if not text.strip():
            yield f"{name} {named(line)} belum diisi."
        elif not isinstance(read_number(text, money=True), Decimal):
            yield f"{name} {named(line)} (“{text.strip()}”) bukan jumlah uang."


def named(line: BudgetLine) -> str:
    """What a sentence calls a row."""
    return line.code.strip() or line.name.strip() or "tanpa kode"
