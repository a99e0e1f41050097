"""A year's performance in one value: every indicator, every objective, the budget, and how they compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from lkip_desktop.numbers import to_decimal
from lkip_desktop.performance.accumulation import measured
from lkip_desktop.performance.achievement import Achievement, achievement, mean
from lkip_desktop.performance.budget import (
    Absorption,
    BudgetTotal,
    Efficiency,
    efficiency,
    efficiency_by_pmk,
    line_absorption,
    total,
)
from lkip_desktop.performance.model import BudgetLine, Indicator
from lkip_desktop.performance.rules import DEFAULT_RULES, EfficiencyMethod, Rules, predicate


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """An indicator as measured (`target` and `actual` are the ones that count), and what came of it."""

    indicator: Indicator
    achievement: Achievement
    predicate: str


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    """One *sasaran*: its indicators, in order, and the mean of their capped achievements."""

    objective: str
    results: tuple[IndicatorResult, ...]
    mean: Decimal | None
    predicate: str


@dataclass(frozen=True, slots=True)
class ProgrammeResult:
    """One added-up row of the budget.

    `objectives` are the *sasaran* that it serves; `efficiency` is known only when one of them has a mean.
    """

    line: BudgetLine
    absorption: Absorption
    efficiency: Efficiency | None
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True)
class PerformanceSummary:
    """All of it. `mean` is over all indicators, each capped, `raw_mean` without a cap; `counted` says how many of them
    it could use."""

    objectives: tuple[ObjectiveResult, ...]
    mean: Decimal | None
    predicate: str
    counted: int
    budget: BudgetTotal
    programmes: tuple[ProgrammeResult, ...]
    efficiency: Efficiency | None
    raw_mean: Decimal | None = None

    @cached_property
    def results(self) -> tuple[IndicatorResult, ...]:
        """Every indicator, by objective."""
        return tuple(result for objective in self.objectives for result in objective.results)


def summary(
    indicators: Iterable[Indicator], budget: Iterable[BudgetLine], rules: Rules = DEFAULT_RULES
) -> PerformanceSummary:
    """The year's performance under an office's rules. Objectives come in the order of their first indicator."""
    results = [_result(indicator, rules) for indicator in indicators]
    groups: dict[str, list[IndicatorResult]] = {}
    for result in results:
        groups.setdefault(_objective(result.indicator.objective), []).append(result)
    objectives = tuple(_of_objective(name, own, rules) for name, own in groups.items())
    average = mean((result.achievement for result in results), rules.cap)
    money = total(budget, rules)
    means = {objective.objective: objective.mean for objective in objectives}
    programmes = tuple(_programme(line, means, rules) for line in money.lines)
    return PerformanceSummary(
        objectives=objectives,
        mean=average,
        predicate=predicate(average, rules),
        counted=sum(result.achievement.value is not None for result in results),
        budget=money,
        programmes=programmes,
        efficiency=_whole_efficiency(average, money, programmes, means, rules),
        raw_mean=mean((result.achievement for result in results), None),
    )


def served(line: BudgetLine, objectives: Sequence[str]) -> tuple[str, ...]:
    """The objectives that a budget line serves, of those that exist: named in full, or by number from 1."""
    by_name = {_objective(name).casefold(): name for name in objectives}
    found = []
    for part in line.objective.split(";"):
        text = _objective(part).casefold()
        number = text.removeprefix("sasaran").strip().rstrip(".")
        if text in by_name:
            found.append(by_name[text])
        elif number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= len(objectives):
            found.append(objectives[int(number) - 1])
    return tuple(dict.fromkeys(found))


def _result(indicator: Indicator, rules: Rules) -> IndicatorResult:
    achieved = achievement(indicator, rules)
    return IndicatorResult(measured(indicator), achieved, predicate(achieved.value, rules))


def _of_objective(name: str, results: Sequence[IndicatorResult], rules: Rules) -> ObjectiveResult:
    average = mean((result.achievement for result in results), rules.cap)
    return ObjectiveResult(name, tuple(results), average, predicate(average, rules))


def _programme(line: BudgetLine, means: dict[str, Decimal | None], rules: Rules) -> ProgrammeResult:
    used = line_absorption(line, rules)
    names = served(line, list(means))
    return ProgrammeResult(line, used, efficiency(_mean_of(names, means), used, rules), names)


def _mean_of(names: Sequence[str], means: dict[str, Decimal | None]) -> Decimal | None:
    """The mean of the objectives' means; None when none is known."""
    known = [Fraction(value) for name in names if (value := means[name]) is not None]
    return to_decimal(sum(known, Fraction()) / len(known)) if known else None


def _whole_efficiency(
    average: Decimal | None,
    money: BudgetTotal,
    programmes: Sequence[ProgrammeResult],
    means: dict[str, Decimal | None],
    rules: Rules,
) -> Efficiency | None:
    """Of the whole budget; by PMK over the programmes, each with the achievement of what it serves, if all say so.

    None while an amount is missing: what was not filled in is not money saved.
    """
    if money.warnings:
        return None
    own = [(found.absorption, _mean_of(found.objectives, means)) for found in programmes]
    if rules.efficiency is EfficiencyMethod.PMK and own and average is not None:
        parts = [(used.ceiling, achieved, used.spent) for used, achieved in own if achieved is not None]
        if len(parts) == len(own):
            return efficiency_by_pmk(parts, rules)
    return efficiency(average, money.absorption, rules)


def _objective(text: str) -> str:
    return " ".join(text.split())
