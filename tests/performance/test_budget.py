"""Absorption, totals over programme rows and parts, and efficiency."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.numbers import format_number, rupiah
from lkip_desktop.performance.budget import absorption, efficiency, line_absorption, total
from lkip_desktop.performance.model import BudgetLine
from lkip_desktop.performance.rules import EfficiencyMethod, Rules

RUPIAH = st.integers(0, 10**14).map(Decimal)
PMK = Rules(efficiency=EfficiencyMethod.PMK)


def line(code: str, ceiling: str, spent: str, objective: str = "") -> BudgetLine:
    return BudgetLine(code, code, f"Program {code}", ceiling, spent, objective)


SAMPLE = [
    line("6.01.01", "16.908.184.145", "16.000.000.000"),
    line("6.01.01.2.01", "46.435.800", "46.000.000"),
    line("6.01.01.2.02", "14.819.633.945", "14.000.000.000"),
    line("6.01.02", "592.694.700", "580.000.000"),
    line("6.01.03.", "141.352.600", "141.000.000"),
]


def test_programme_rows_make_the_total() -> None:
    whole = total(SAMPLE)
    assert rupiah(whole.absorption.ceiling) == "Rp 17.642.231.445"
    assert rupiah(whole.absorption.spent) == "Rp 16.721.000.000"
    assert whole.absorption.text == "94,78 %"
    assert [row.code for row in whole.lines] == ["6.01.01", "6.01.02", "6.01.03."]
    assert whole.warnings == ()


def test_without_programme_rows_every_row_counts() -> None:
    parts = total([SAMPLE[1], SAMPLE[2]])
    assert parts.absorption.ceiling == Decimal(14866069745)


@pytest.mark.parametrize(
    ("code", "programme"),
    [("6.01.01", True), (" 6.01.02. ", True), ("6.01", False), ("6.01.01.2.01", False), ("", False), ("a.b.c", False)],
)
def test_what_a_programme_code_is(code: str, programme: bool) -> None:
    assert line(code, "1", "1").is_programme is programme


def test_figures_that_cannot_be_read_are_named() -> None:
    whole = total([line("6.01.01", "1.000", "x"), line("6.01.02", "", "5")])
    assert whole.absorption.ceiling == 1000
    assert whole.warnings == (
        "realisasi 6.01.01 (“x”) bukan jumlah uang.",
        "pagu 6.01.02 belum diisi.",
    )
    broken = line_absorption(line("6.01.01", "1.000", "x"))
    assert broken.value is None
    assert broken.why == "Tidak dapat dihitung: realisasi 6.01.01 (“x”) bukan jumlah uang."


def test_spending_more_than_planned_is_odd() -> None:
    assert line_absorption(line("6.01.01", "1.000", "1.001")).warnings
    assert line_absorption(line("6.01.01", "1.000", "1.000")).warnings == ()
    assert line_absorption(line("6.01.01", "1.000", "1.000")).value == 100


def test_nothing_planned_cannot_be_divided_by() -> None:
    nothing = absorption(Decimal(0), Decimal(0))
    assert (nothing.value, nothing.text) == (None, "Tidak dapat dihitung")
    assert "pagu 0" in nothing.why
    assert total([]).absorption.value is None


@given(RUPIAH.filter(bool), RUPIAH)
def test_absorption_is_exact(ceiling: Decimal, spent: Decimal) -> None:
    used = absorption(ceiling, spent)
    assert used.value is not None
    assert abs(Fraction(used.value) - Fraction(spent) / Fraction(ceiling) * 100) < Fraction(1, 10**40)
    assert bool(used.warnings) is (spent > ceiling)


@given(st.lists(st.tuples(RUPIAH, RUPIAH), max_size=6))
def test_totals_add_up_whatever_the_spelling(figures: list[tuple[Decimal, Decimal]]) -> None:
    lines = [line("6.01.01", rupiah(c), format_number(s, 2)) for c, s in figures]
    whole = total(lines)
    assert whole.absorption.ceiling == sum(c for c, _ in figures)
    assert whole.absorption.spent == sum(s for _, s in figures)


@given(st.text(), st.text(), st.text())
def test_no_text_raises(code: str, ceiling: str, spent: str) -> None:
    row = line(code, ceiling, spent)
    total([row])
    line_absorption(row)


@pytest.mark.parametrize(
    ("achieved", "used", "label"),
    [
        ("100", "94.99", "Efisien"),
        ("100", "95", "Cukup efisien"),
        ("90", "95", "Cukup efisien"),
        ("90", "95.01", "Tidak efisien"),
    ],
)
def test_efficiency_by_difference(achieved: str, used: str, label: str) -> None:
    result = efficiency(Decimal(achieved), absorption(Decimal(100), Decimal(used)))
    assert result is not None
    assert result.label == label
    assert result.value == Decimal(achieved) - Decimal(used)
    assert (result.achievement, result.absorption) == (Decimal(achieved), Decimal(used))


@pytest.mark.parametrize(
    ("achieved", "used", "value", "label"),
    [
        ("100", "90", "10,00", "Efisien (nilai efisiensi 75,00)"),
        ("100", "100", "0,00", "Cukup efisien (nilai efisiensi 50,00)"),
        ("100", "50", "20,00", "Efisien (nilai efisiensi 100,00)"),
        ("50", "90", "-20,00", "Tidak efisien (nilai efisiensi 0,00)"),
    ],
)
def test_efficiency_by_the_ministry_of_finance(achieved: str, used: str, value: str, label: str) -> None:
    result = efficiency(Decimal(achieved), absorption(Decimal(100), Decimal(used)), PMK)
    assert result is not None
    assert format_number(result.value, 2) == value
    assert result.label == label


def test_efficiency_needs_both() -> None:
    used = absorption(Decimal(100), Decimal(90))
    assert efficiency(None, used) is None
    assert efficiency(Decimal(90), absorption(Decimal(0), Decimal(0))) is None
    assert efficiency(Decimal(0), used, PMK) is None
