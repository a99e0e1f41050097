"""A year's performance in one value: every indicator, every objective, the budget, and how they compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from lkip_desktop.performance.achievement import Achievement, achievement, mean
from lkip_desktop.performance.budget import (
    Absorption,
    BudgetTotal,
    Efficiency,
    efficiency,
    line_absorption,
    total,
)
from lkip_desktop.performance.model import BudgetLine, Indicator
from lkip_desktop.performance.rules import DEFAULT_RULES, Rules, predicate


@dataclass(frozen=True, slots=True)
class IndicatorResult:
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
    """One added-up row of the budget. `efficiency` is known only when the row names an objective with a mean."""

    line: BudgetLine
    absorption: Absorption
    efficiency: Efficiency | None


@dataclass(frozen=True, slots=True)
class PerformanceSummary:
    """All of it. `mean` is over all indicators; `counted` says how many of them it could use."""

    objectives: tuple[ObjectiveResult, ...]
    mean: Decimal | None
    predicate: str
    counted: int
    budget: BudgetTotal
    programmes: tuple[ProgrammeResult, ...]
    efficiency: Efficiency | None

    @property
    def results(self) -> tuple[IndicatorResult, ...]:
        """Every indicator, by objective."""
        return tuple(result for objective in self.objectives for result in objective.results)


def summary(
    indicators: Iterable[Indicator], budget: Iterable[BudgetLine], rules: Rules = DEFAULT_RULES
) -> PerformanceSummary:
    """The year's performance under an office's rules. Objectives come in the order of their first indicator."""
    results = [_result(indicator, rules) for indicator in indicators]
    names = dict.fromkeys(_objective(result.indicator.objective) for result in results)
    objectives = tuple(_of_objective(name, results, rules) for name in names)
    average = mean((result.achievement for result in results), rules.cap)
    money = total(budget)
    means = {objective.objective: objective.mean for objective in objectives}
    return PerformanceSummary(
        objectives=objectives,
        mean=average,
        predicate=predicate(average, rules),
        counted=sum(result.achievement.value is not None for result in results),
        budget=money,
        programmes=tuple(_programme(line, means, rules) for line in money.lines),
        efficiency=efficiency(average, money.absorption, rules),
    )


def _result(indicator: Indicator, rules: Rules) -> IndicatorResult:
    achieved = achievement(indicator, rules)
    return IndicatorResult(indicator, achieved, predicate(achieved.value, rules))


def _of_objective(name: str, results: Iterable[IndicatorResult], rules: Rules) -> ObjectiveResult:
    own = tuple(result for result in results if _objective(result.indicator.objective) == name)
    average = mean((result.achievement for result in own), rules.cap)
    return ObjectiveResult(name, own, average, predicate(average, rules))


def _programme(line: BudgetLine, means: dict[str, Decimal | None], rules: Rules) -> ProgrammeResult:
    used = line_absorption(line)
    served = means.get(_objective(line.objective)) if line.objective.strip() else None
    return ProgrammeResult(line, used, efficiency(served, used, rules))


def _objective(text: str) -> str:
    return " ".join(text.split())
