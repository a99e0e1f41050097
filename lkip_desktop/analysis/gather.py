"""Gathers the cases of a cycle: each indicator with its years, its standards and the money of its sasaran."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lkip_desktop.analysis.case import Case, Money, Point, Programme
from lkip_desktop.numbers import is_blank, without_limit
from lkip_desktop.performance.achievement import goal, mean
from lkip_desktop.performance.budget import Absorption, BudgetTotal, efficiency, named, total
from lkip_desktop.performance.model import BudgetLine, Indicator
from lkip_desktop.performance.rules import Rules
from lkip_desktop.performance.summary import IndicatorResult, ObjectiveResult, PerformanceSummary

TABLE = "indicators"
COLUMNS = {
    Point.TARGET: "point_target",
    Point.YEARS: "point_years",
    Point.RENSTRA: "point_renstra",
    Point.NATIONAL: "point_national",
    Point.CAUSES: "analysis",
    Point.EFFICIENCY: "point_efficiency",
    Point.PROGRAMMES: "point_programmes",
}
"""The columns of the table of indicators that keep what the analyst wrote for a point."""


def cases(results: PerformanceSummary, year: int, rules: Rules, renstra_year: int | None = None) -> dict[str, Case]:
    """Every indicator's case by its row id. `renstra_year` is the last year of the medium-term plan, if known."""
    found = {}
    for objective in results.objectives:
        money = _money(results, objective, rules)
        for place, result in enumerate(objective.results):
            case = _case(result, year, renstra_year, money)
            found[result.indicator.id] = replace(case, rules=rules, first=place == 0)
    return found


def text_path(case_id: str, point: Point) -> str:
    """Where the analyst's text for a point is kept."""
    return f"{TABLE}/{case_id}/{COLUMNS[point]}"


def _case(result: IndicatorResult, year: int, renstra_year: int | None, money: Money | None) -> Case:
    found = result.indicator
    return Case(
        id=found.id,
        name=" ".join(found.name.split()) or "indikator ini",
        year=year,
        unit=" ".join(found.unit.split()),
        falling=found.falling,
        target=goal(found),
        actual=found.actual,
        achievement=result.achievement,
        predicate=result.predicate,
        earlier=tuple(reversed(list(_earlier(found, year)))),
        renstra=without_limit(found.renstra_target, falling=found.falling),
        renstra_year=renstra_year,
        national=without_limit(found.national, falling=found.falling),
        source=found.source,
        provisional=found.provisional,
        money=money,
    )


def _earlier(found: Indicator, year: int) -> Iterator[tuple[int, str]]:
    """The years before that have a figure, last year's first."""
    for back, (_, actual) in enumerate(found.earlier, start=1):
        if not is_blank(actual):
            yield year - back, actual


def _money(results: PerformanceSummary, objective: ObjectiveResult, rules: Rules) -> Money | None:
    """The budget of a sasaran's own programmes; where none names it, the whole budget against the whole mean."""
    own = [one for one in results.programmes if objective.objective in one.objectives]
    if own:
        used = _known(total((one.line for one in own), rules))
        programmes = tuple(Programme(_named(one.line), one.absorption) for one in own)
        raw = mean((result.achievement for result in objective.results), None)
        judged = efficiency(objective.mean, used, rules)
        return Money(used, objective.mean, raw, rules.cap, judged, own=True, programmes=programmes)
    if not results.budget.lines:
        return None
    whole = _known(results.budget)
    return Money(whole, results.mean, results.raw_mean, rules.cap, results.efficiency, own=False)


def _named(line: BudgetLine) -> str:
    return " ".join(line.name.split()) or f"program {named(line)}"


def _known(found: BudgetTotal) -> Absorption:
    """The absorption of a budget; none where a figure is missing, which is not zero."""
    return replace(found.absorption, value=None) if found.warnings else found.absorption
