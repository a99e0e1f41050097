"""How the office of a cycle measures: the settings of its profile as `Rules`; what was never set is the default."""

from __future__ import annotations

from decimal import Decimal

from lkip_desktop.numbers import label_of, read_number
from lkip_desktop.performance.rules import DEFAULT_RULES, EfficiencyMethod, Grade, MinimiseFormula, Rules
from lkip_desktop.workflow.state import CycleState

INVERSE = "target ÷ realisasi"
NO_CAP = "tanpa batas"
CUT = "potong"
_EFFICIENCY = {
    "rumus PMK 22/2021": EfficiencyMethod.PMK,
    "uraian": EfficiencyMethod.NARRATIVE,
}


def rules(state: CycleState) -> Rules:
    """The choices of the group *Aturan capaian*. A number that cannot be read counts as never set."""
    return Rules(
        minimise=MinimiseFormula.INVERSE if state.text("rule_minimise") == INVERSE else MinimiseFormula.MIRROR,
        cap=None if state.text("rule_cap") == NO_CAP else _number(state.text("rule_cap"), Decimal(100)),
        scale=_scale(state) or DEFAULT_RULES.scale,
        efficiency=_EFFICIENCY.get(state.text("rule_efficiency"), EfficiencyMethod.DIFFERENCE),
        band=_number(state.text("rule_band"), DEFAULT_RULES.band),
        zero=_number(state.text("rule_zero"), DEFAULT_RULES.zero),
        floor=state.text("rule_floor") != "tidak",
        cut=state.text("rule_rounding") == CUT,
        grades=_grades(state),
    )


def _scale(state: CycleState) -> tuple[Grade, ...]:
    """The office's own scale from high to low; rows without a limit or a label are left out."""
    rows = [(read_number(state.cell("rule_scale", row, "least")), row) for row in state.rows("rule_scale")]
    grades = [
        Grade(least, label)
        for least, row in rows
        if isinstance(least, Decimal) and (label := state.cell("rule_scale", row, "label").strip())
    ]
    return tuple(sorted(grades, key=lambda grade: grade.least, reverse=True))


def _grades(state: CycleState) -> tuple[tuple[str, Decimal], ...]:
    rows = [
        (state.cell("rule_grades", row, "label"), read_number(state.cell("rule_grades", row, "number")))
        for row in state.rows("rule_grades")
    ]
    return tuple((label_of(label), number) for label, number in rows if label.strip() and isinstance(number, Decimal))


def _number(text: str, otherwise: Decimal) -> Decimal:
    number = read_number(text)
    return number if isinstance(number, Decimal) and number >= 0 else otherwise
