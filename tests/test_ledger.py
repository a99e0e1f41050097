"""The ledgers of figures: worked out row by row they say the same as worked out at once."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.cycle_data import budget, indicators
from lkip_desktop.cycle_rules import rules
from lkip_desktop.ledger import BudgetLedger, IndicatorLedger
from lkip_desktop.performance.achievement import achievement, mean
from lkip_desktop.performance.budget import line_absorption, total
from lkip_desktop.performance.plausibility import budget_warnings
from lkip_desktop.workflow.state import CycleState
from tests.factories import make_sop

FIGURES = st.sampled_from(["", "0", "3", "7,5", "80", "86,50", "1.234", "WTP", "-", "Level 3 (3,35)", "999"])
CODES = st.sampled_from(["6.01.01", "6.01.01.2.01", "6.01.02", "", "x"])
EDITS = st.lists(
    st.tuples(st.sampled_from(["set", "rows", "cap"]), st.sampled_from(["r1", "r2", "r3"]), FIGURES, FIGURES, CODES),
    max_size=12,
)


def state_of(values: dict[str, object]) -> CycleState:
    return CycleState(make_sop(), 2026, datetime(2027, 1, 4, tzinfo=UTC), (), values)


@given(EDITS)
def test_step_by_step_is_the_same_as_at_once(edits: list[tuple[str, str, str, str, str]]) -> None:
    values: dict[str, object] = {"indicators": ["r1", "r2"], "budget": ["r1", "r2"]}
    marks, money = IndicatorLedger(), BudgetLedger()
    marks.follow(state_of(values))
    money.follow(state_of(values))
    for what, row, first, second, code in edits:
        touched = {row}
        if what == "set":
            values |= {f"indicators/{row}/target": first, f"indicators/{row}/actual": second}
            values |= {f"budget/{row}/ceiling": first, f"budget/{row}/spent": second, f"budget/{row}/code": code}
        elif what == "rows":
            for table in ("indicators", "budget"):
                rows = values[table]
                assert isinstance(rows, list)
                values[table] = [r for r in rows if r != row] if row in rows else [row, *rows]
        else:
            values["rule_cap"] = "120 %" if first else "tanpa batas"
            touched = set()
        state = state_of(dict(values))
        marks.follow(state, touched)
        money.follow(state, touched)
        whole = {i.id: achievement(i, rules(state)) for i in indicators(state)}
        assert marks.results == whole
        assert marks.mean == mean(whole.values(), rules(state).cap)
        assert marks.counted == sum(a.value is not None for a in whole.values())
        lines = budget(state)
        assert money.results == {line.id: line_absorption(line, rules(state)) for line in lines}
        assert money.total == total(lines, rules(state))
        assert money.warnings == budget_warnings(lines)
