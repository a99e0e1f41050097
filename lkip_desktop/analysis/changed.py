"""*Angka berubah*: the texts of a report under which figures, links or rules moved after they were written.

A figure that does not count is left out: a quarter beside the year's own figure, the PK murni beside the perubahan, a
part of a programme, a programme of another sasaran, a rule that changes nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial

from lkip_desktop.analysis.case import Case, Point
from lkip_desktop.analysis.gather import TABLE, cases, text_path
from lkip_desktop.analysis.proposals import propose
from lkip_desktop.analysis.stale import AsOf, Moved, Timeline
from lkip_desktop.analysis.whole import Whole, conclusion_text, summary_text
from lkip_desktop.cycle_data import budget, table_row
from lkip_desktop.cycle_data import indicators as indicators_of
from lkip_desktop.cycle_rules import rules
from lkip_desktop.numbers import format_number
from lkip_desktop.performance.accumulation import measured
from lkip_desktop.performance.budget import parents
from lkip_desktop.performance.model import BudgetLine, Indicator
from lkip_desktop.performance.rules import Rules
from lkip_desktop.performance.summary import PerformanceSummary, served, summary
from lkip_desktop.workflow.events import Event
from lkip_desktop.workflow.state import CycleState

BUDGET = "budget"
ABOUT_ALL = ("report_summary", "report_conclusion", "report_improvement")
"""Texts that speak of every indicator and of the money."""
ABOUT_MONEY = "report_budget"
ABOUT_EFFICIENCY = "efficiency_note"
_MEASURED = ("target", "actual", "direction", "manual")
_COMPARED = ("actual", "direction", "unit")
DEPENDS = {
    Point.TARGET: (*_MEASURED, "unit", "status"),
    Point.YEARS: (*_COMPARED, "previous", "previous_2", "previous_3", "previous_4", "previous_5"),
    Point.RENSTRA: (*_COMPARED, "renstra_target"),
    Point.NATIONAL: (*_COMPARED, "national"),
    Point.CAUSES: (*_MEASURED, "previous"),
    Point.EFFICIENCY: ("objective",),
    Point.PROGRAMMES: (*_MEASURED, "objective"),
}
"""The figures of an indicator that the text of a point speaks of; `target` and `actual` are the ones that count."""
_SOURCES = {
    "target": ("target", "target_revised", "target_q1", "target_q2", "target_q3", "target_q4", "accumulation"),
    "actual": ("actual", "actual_q1", "actual_q2", "actual_q3", "actual_q4", "accumulation"),
}
_FIGURES = {
    TABLE: frozenset((*_MEASURED, "objective", *(source for found in _SOURCES.values() for source in found))),
    BUDGET: frozenset(("ceiling", "ceiling_revised", "spent", "objective", "code")),
}
_MEANS = ("rule_cap", "rule_efficiency", "rule_band")
"""Rules that touch only averages and what is judged by them."""


Known = dict[str, tuple[tuple[int, int], tuple[Moved, ...]]]
"""By text, when it was written and when any figure last changed, and what had moved under it by then."""


def changed_figures(
    state: CycleState, events: Iterable[Event], known: Known | None = None
) -> dict[str, tuple[Moved, ...]]:
    """For each text that speaks of figures, what moved after it was last written.

    Who asks again and again hands over the same `known`: while people write, no figure moves.
    """
    known = {} if known is None else known
    changes = _Changes(state, Timeline(events))
    under: dict[str, Callable[[int], Iterator[Moved]]] = {
        text_path(row, point): partial(changes.of_point, row, point) for row in state.rows(TABLE) for point in Point
    }
    under |= dict.fromkeys(ABOUT_ALL, changes.of_all)
    under |= {ABOUT_MONEY: changes.of_money, ABOUT_EFFICIENCY: changes.of_efficiency}
    latest = changes.timeline.latest(under)
    written = [path for path in under if state.text(path).strip()]
    for path in written:
        when = changes.timeline.written(path), latest
        if path not in known or known[path][0] != when:
            known[path] = when, tuple(dict.fromkeys(under[path](when[0])))
    return {path: known[path][1] for path in written if known[path][1]}


@dataclass(frozen=True)
class _Figures:
    """A cycle's figures at one time."""

    state: CycleState

    @cached_property
    def rules(self) -> Rules:
        return rules(self.state)

    @cached_property
    def rows(self) -> frozenset[str]:
        return frozenset(self.state.rows(BUDGET))

    @cached_property
    def added_up(self) -> frozenset[str]:
        """The rows of the budget that are added up: those within none of the others."""
        return frozenset(row for row, above in parents(budget(self.state)).items() if above is None)

    @cached_property
    def objectives(self) -> dict[str, str]:
        """The sasaran of each indicator."""
        cell = self.state.cell
        return {row: " ".join(cell(TABLE, row, "objective").split()) for row in self.state.rows(TABLE)}

    @cached_property
    def serving(self) -> dict[str, frozenset[str]]:
        """For each sasaran the added up rows of the budget that serve it."""
        names = list(dict.fromkeys(self.objectives.values()))
        by_row = {row: served(self.line(row), names) for row in self.added_up}
        return {name: frozenset(row for row, found in by_row.items() if name in found) for name in names}

    def told(self, objective: str | None) -> frozenset[str]:
        """The rows of the budget that a text on a sasaran tells of: where none serves it, and for None, all."""
        return (self.serving.get(objective) if objective is not None else None) or self.added_up

    def indicator(self, row: str) -> Indicator:
        return table_row(self.state, TABLE, row, Indicator)

    def line(self, row: str) -> BudgetLine:
        """A row of the budget; without amounts where it was taken out or is not there yet."""
        there = row in self.rows
        return table_row(self.state, BUDGET, row, BudgetLine) if there else BudgetLine(row, "", "", "", "")


class _Changes:
    """Compares what stands now with what stood after an event."""

    def __init__(self, state: CycleState, timeline: Timeline) -> None:
        self.state, self.timeline = state, timeline
        self.now = _Figures(state)
        self._then: dict[int, _Figures] = {}
        self._rows: dict[tuple[str, int], tuple[str, ...]] = {}
        self._results: dict[Rules, PerformanceSummary] = {}
        self._cases: dict[Rules, dict[str, Case]] = {}

    def then(self, since: int) -> _Figures:
        if since not in self._then:
            self._then[since] = _Figures(replace(self.state, values=AsOf(self.timeline, since)))
        return self._then[since]

    def of_point(self, row: str, point: Point, since: int) -> Iterator[Moved]:
        yield from self._own(row, DEPENDS[point], since)
        if point is Point.RENSTRA:
            yield from self._plain("renstra_end", since)
        if point in (Point.EFFICIENCY, Point.PROGRAMMES):
            objective = self.now.objectives[row]
            yield from self._money(since, objective)
            if point is Point.EFFICIENCY:
                yield from self._measures(since, objective if self.now.serving[objective] else None)
        skipped = () if point is Point.EFFICIENCY else _MEANS
        yield from self._rules(since, lambda found: propose(self._case(row, found), point), skipped)

    def of_all(self, since: int) -> Iterator[Moved]:
        yield from self._measures(since, None)
        yield from self._money(since, None)
        yield from self._rules(since, self._said_of_all)

    def of_money(self, since: int) -> Iterator[Moved]:
        yield from self._amounts(since, self._touched(BUDGET, since))
        yield from self._rules(since, lambda found: self._result(found).budget.absorption.text, _MEANS)

    def of_efficiency(self, since: int) -> Iterator[Moved]:
        yield from self._measures(since, None)
        yield from self._money(since, None)
        yield from self._rules(since, lambda found: self._result(found).efficiency)

    def _touched(self, table: str, since: int) -> tuple[str, ...]:
        """The rows of a table of which a figure changed, or that came or went."""
        if (table, since) not in self._rows:
            parts = (path.split("/") for path in self.timeline.changed(since) if path.startswith(table))
            changed = {part[1] for part in parts if len(part) == 3 and part[2] in _FIGURES[table]}
            before, now = (at.state.rows(table) for at in (self.then(since), self.now))
            changed |= set(before) ^ set(now)
            self._rows[table, since] = tuple(row for row in dict.fromkeys((*now, *before)) if row in changed)
        return self._rows[table, since]

    # Figures of indicators

    def _own(self, row: str, columns: Iterable[str], since: int) -> Iterator[Moved]:
        changed = self.timeline.changed(since)
        touched = {
            (column, source)
            for column in columns
            for source in _SOURCES.get(column, (column,))
            if f"{TABLE}/{row}/{source}" in changed
        }
        if not touched:
            return
        before, now = self.then(since).indicator(row), self.now.indicator(row)
        counted = measured(before), measured(now)
        for column, source in sorted(touched):
            pair = getattr(before, source), getattr(now, source)
            if pair[0] != pair[1] and getattr(counted[0], column) != getattr(counted[1], column):
                yield Moved(f"{TABLE}/{row}/{source}", *pair)

    def _measures(self, since: int, objective: str | None) -> Iterator[Moved]:
        """What the mean of a sasaran, or of all, is made of; also indicators that came or went."""
        rows = self._touched(TABLE, since)
        before, now = (self.then(since).objectives, self.now.objectives) if rows else ({}, {})
        for row in rows:
            was, is_ = before.get(row), now.get(row)
            if objective is not None and objective not in (was, is_):
                continue
            if was is None or is_ is None:
                yield Moved(f"{TABLE}/{row}/actual", self._actual(self.then(since), row), self._actual(self.now, row))
                continue
            yield from self._own(row, _MEASURED, since)
            if objective is not None and was != is_:
                yield Moved(f"{TABLE}/{row}/objective", was, is_)

    def _actual(self, at: _Figures, row: str) -> str:
        return measured(at.indicator(row)).actual if row in at.objectives else ""

    # Money

    def _money(self, since: int, objective: str | None) -> Iterator[Moved]:
        """Amounts of the rows that are added up for a sasaran, or for all, and which rows these are."""
        rows = self._touched(BUDGET, since)
        if not rows:
            return
        before, now = self.then(since), self.now
        was, is_ = (before if self._rearranged(since) else now).told(objective), now.told(objective)
        yield from self._amounts(since, [row for row in rows if row in was or row in is_])
        for row in rows if was != is_ else ():
            links = before.line(row).objective, now.line(row).objective
            if (row in was) != (row in is_) and links[0] != links[1]:
                yield Moved(f"{BUDGET}/{row}/objective", *links)

    def _rearranged(self, since: int) -> bool:
        """Whether rows came or went, or got another code or sasaran."""
        places = ("/objective", "/code")
        return any(path in (BUDGET, TABLE) or path.endswith(places) for path in self.timeline.changed(since))

    def _amounts(self, since: int, rows: Iterable[str]) -> Iterator[Moved]:
        for row in rows:
            before, now = self.then(since).line(row), self.now.line(row)
            names = [] if before.valid_ceiling == now.valid_ceiling else ["ceiling", "ceiling_revised"]
            for name in (*names, "spent"):
                pair = getattr(before, name), getattr(now, name)
                if pair[0] != pair[1]:
                    yield Moved(f"{BUDGET}/{row}/{name}", *pair)

    # Settings

    def _plain(self, path: str, since: int) -> Iterator[Moved]:
        pair = self.then(since).state.text(path), self.state.text(path)
        if pair[0] != pair[1]:
            yield Moved(path, *pair)

    def _rules(self, since: int, said: Callable[[Rules], object], skipped: tuple[str, ...] = ()) -> Iterator[Moved]:
        """The rules that changed, where what they let the figures say is not what it was."""
        changed = {path.partition("/")[0] for path in self.timeline.changed(since) if path.startswith("rule_")}
        if not changed:
            return
        before, now = self.then(since).rules, self.now.rules
        if before == now or said(before) == said(now):
            return
        for path in sorted(changed.difference(skipped)):
            if path in _TABLES:
                pair = _TABLES[path](before), _TABLES[path](now)
                if pair[0] != pair[1]:
                    yield Moved(path, *pair)
            else:
                yield from self._plain(path, since)

    def _result(self, found: Rules) -> PerformanceSummary:
        if found not in self._results:
            self._results[found] = summary(indicators_of(self.state), budget(self.state), found)
        return self._results[found]

    def _case(self, row: str, found: Rules) -> Case:
        if found not in self._cases:
            self._cases[found] = cases(self._result(found), self.state.year, found)
        return self._cases[found][row]

    def _said_of_all(self, found: Rules) -> tuple[str, ...]:
        whole = Whole("", self.state.year, self._result(found), found)
        return summary_text(whole), conclusion_text(whole)


def _scale(found: Rules) -> str:
    return "; ".join(f"{format_number(grade.least)} {grade.label}" for grade in found.scale)


def _grades(found: Rules) -> str:
    return "; ".join(f"{label} {format_number(number)}" for label, number in found.grades)


_TABLES = {"rule_scale": _scale, "rule_grades": _grades}
