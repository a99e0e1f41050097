"""The value axis of a chart: whole steps, room for labels, zero under columns."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.documents.chart_axis import Axis, value_axis
from lkip_desktop.documents.report import Chart, ChartKind, Series


def axis(kind: ChartKind, *texts: str) -> Axis:
    values = tuple(Decimal(text) for text in texts)
    return value_axis(Chart("Grafik", kind, tuple("abcdefgh"[: len(values)]), (Series("Realisasi", values),), "", ""))


@pytest.mark.parametrize(
    ("kind", "values", "lines", "places"),
    [
        (
            ChartKind.LINES,
            ("2.88", "2.96", "3.00", "3.10"),
            ("2.85", "2.90", "2.95", "3.00", "3.05", "3.10", "3.15"),
            2,
        ),
        (ChartKind.LINES, ("2", "3", "3"), ("1", "2", "3", "4"), 0),
        (ChartKind.LINES, ("80.5",), ("60", "80", "100"), 0),
        (ChartKind.LINES, ("2", "0", "1"), ("0", "1", "2", "3"), 0),
        (ChartKind.COLUMNS, ("98.39", "102.59", "80"), ("0", "20", "40", "60", "80", "100", "120"), 0),
        (ChartKind.COLUMNS, ("-3", "5"), ("-4", "-2", "0", "2", "4", "6"), 0),
        (ChartKind.COLUMNS, ("0", "0"), ("0", "1"), 0),
    ],
)
def test_lines_stand_at_round_values(
    kind: ChartKind, values: tuple[str, ...], lines: tuple[str, ...], places: int
) -> None:
    found = axis(kind, *values)
    assert found.lines == tuple(map(Decimal, lines))
    assert found.places == places


@given(st.lists(st.decimals("-1e12", "1e12", places=2), min_size=1, max_size=8), st.sampled_from(ChartKind))
def test_every_value_is_within_and_the_lines_can_be_told_apart(values: list[Decimal], kind: ChartKind) -> None:
    found = axis(kind, *map(str, values))
    assert found.low <= min(values)
    assert max(values) <= found.high
    assert 2 <= len(found.lines) <= 11
    assert len({f"{line:.{found.places}f}" for line in found.lines}) == len(found.lines)
