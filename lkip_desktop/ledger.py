"""The tables of figures worked out row by row: after a change only what it touches is computed anew."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from math import lcm

from lkip_desktop.cycle_data import table_row
from lkip_desktop.cycle_rules import rules
from lkip_desktop.numbers import to_decimal
from lkip_desktop.performance.achievement import Achievement, achievement
from lkip_desktop.performance.budget import Absorption, BudgetTotal, line_absorption, total
from lkip_desktop.performance.model import BudgetLine, Indicator
from lkip_desktop.performance.plausibility import budget_warnings
from lkip_desktop.performance.rules import DEFAULT_RULES
from lkip_desktop.workflow.state import CycleState

INDICATORS, BUDGET = "indicators", "budget"


class IndicatorLedger:
    """Achievements of the table ``indicators`` by row id, in `results`, and their mean."""

    def __init__(self) -> None:
        self.rules = DEFAULT_RULES
        self.results: dict[str, Achievement] = {}
        self._sum = _CappedSum(self.rules.cap)

    def follow(self, state: CycleState, rows: Collection[str] | None = None) -> None:
        """Take over a state of which only `rows` changed; None when any may have."""
        now = rules(state)
        if rows is None or now != self.rules:
            self.rules, self.results, self._sum = now, {}, _CappedSum(now.cap)
        standing = state.rows(INDICATORS)
        gone = self.results.keys() - set(standing)
        new = [row for row in standing if row not in self.results or (rows and row in rows)]
        for row in (*gone, *new):
            old = self.results.pop(row, None)
            if old is not None:
                self._sum.take(old.exact)
        for row in new:
            found = achievement(table_row(state, INDICATORS, row, Indicator), now)
            self.results[row] = found
            self._sum.add(found.exact)

    @property
    def counted(self) -> int:
        """How many rows could be computed."""
        return self._sum.count

    @property
    def mean(self) -> Decimal | None:
        """As `achievement.mean` of all rows, each capped by the rules."""
        return self._sum.mean

    @property
    def doubtful(self) -> int:
        """How many rows have warnings."""
        return sum(bool(found.warnings) for found in self.results.values())


class _CappedSum:
    """An exact running sum of fractions over one common denominator, each at most `cap`."""

    def __init__(self, cap: Decimal | None) -> None:
        self._cap = None if cap is None else Fraction(cap)
        self._whole, self._total = 1, 0
        self.count = 0

    def add(self, value: Fraction | None, times: int = 1) -> None:
        """Add a value, or nothing for None."""
        if value is None:
            return
        limited = value if self._cap is None or value <= self._cap else self._cap
        whole = lcm(self._whole, limited.denominator)
        self._total *= whole // self._whole
        self._total += times * limited.numerator * (whole // limited.denominator)
        self._whole = whole
        self.count += times

    def take(self, value: Fraction | None) -> None:
        """Take a value out again."""
        self.add(value, -1)

    @property
    def mean(self) -> Decimal | None:
        return to_decimal(Fraction(self._total, self._whole * self.count)) if self.count else None


class BudgetLedger:
    """Absorption of the table ``budget`` by row id, in `results`; `warnings` by row id; `total` of all rows."""

    def __init__(self) -> None:
        self.rules = DEFAULT_RULES
        self.lines: dict[str, BudgetLine] = {}
        self.results: dict[str, Absorption] = {}
        self.warnings: dict[str, tuple[str, ...]] = {}
        self.total: BudgetTotal = total(())

    def follow(self, state: CycleState, rows: Collection[str] | None = None) -> None:
        """Take over a state of which only `rows` changed; None when any may have."""
        now = rules(state)
        if rows is None or now != self.rules:
            self.rules, self.lines = now, {}
        standing = state.rows(BUDGET)
        known = self.lines
        self.lines = {
            row: known[row]
            if row in known and not (rows and row in rows)
            else table_row(state, BUDGET, row, BudgetLine)
            for row in standing
        }
        fresh = {row for row, line in self.lines.items() if known.get(row) is not line}
        self.results = {
            row: line_absorption(line, now) if row in fresh or row not in self.results else self.results[row]
            for row, line in self.lines.items()
        }
        if fresh or known.keys() != self.lines.keys():
            self.total = total(self.lines.values(), now)
            self.warnings = dict(budget_warnings(self.lines.values()))
