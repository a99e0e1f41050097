"""The sample year as a whole."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lkip_desktop.numbers import percent
from lkip_desktop.performance import summary as module
from lkip_desktop.performance.model import BudgetLine, Indicator
from lkip_desktop.performance.summary import summary

INDICATORS = [
    Indicator("1", "S1", "Maturitas SPIP", "skor", "naik", "3,10", "3,05"),
    Indicator("2", "S1", "Kapabilitas APIP", "level", "naik", "3", "3"),
    Indicator("3", "S2", "TL rekomendasi BPK", "%", "naik", "85", "86,50"),
    Indicator("4", "S2", "TL rekomendasi Inspektorat", "%", "naik", "80", "74,20"),
    Indicator("5", " S2 ", "Temuan berulang", "temuan", "turun", "20", "24"),
    Indicator("6", "S3", "Nilai SAKIP", "nilai", "naik", "80,50", "79,40"),
    Indicator("7", "S3", "Indeks kepuasan obrik", "indeks", "naik", "85", "87,20"),
]
BUDGET = [
    BudgetLine("1", "6.01.01", "Penunjang", "1.000.000", "900.000"),
    BudgetLine("2", "6.01.01.2.01", "Perencanaan", "600.000", "500.000"),
    BudgetLine("3", "6.01.02", "Pengawasan", "500.000", "400.000", "S2"),
]


def test_the_sample_year() -> None:
    year = summary(INDICATORS, BUDGET)
    assert year.mean is not None
    assert (percent(year.mean), year.predicate, year.counted) == ("95,68 %", "Sangat Tinggi", 7)
    assert [(o.objective, len(o.results), percent(o.mean or Decimal())) for o in year.objectives] == [
        ("S1", 2, "99,19 %"),
        ("S2", 3, "90,92 %"),
        ("S3", 2, "99,32 %"),
    ]
    assert [o.predicate for o in year.objectives] == ["Sangat Tinggi", "Tinggi", "Sangat Tinggi"]
    assert [r.indicator.id for r in year.results] == ["1", "2", "3", "4", "5", "6", "7"]
    assert year.results[4].predicate == "Tinggi"


def test_its_money() -> None:
    year = summary(INDICATORS, BUDGET)
    assert year.budget.absorption.text == "86,67 %"
    assert year.efficiency is not None
    assert (percent(year.efficiency.value), year.efficiency.label) == ("9,01 %", "Efisien")
    first, second = year.programmes
    assert (first.absorption.text, first.efficiency) == ("90,00 %", None)
    assert second.efficiency is not None
    assert percent(second.efficiency.value) == "10,92 %"


def test_a_year_without_figures() -> None:
    year = summary([], [])
    assert (year.mean, year.predicate, year.counted) == (None, "Tidak dapat dihitung", 0)
    assert (year.objectives, year.programmes, year.efficiency) == ((), (), None)


def test_what_cannot_be_computed_is_not_counted() -> None:
    year = summary([*INDICATORS, Indicator("8", "S4", "Opini BPK", "", "naik", "WTP", "WDP")], BUDGET)
    assert year.counted == 7
    assert year.objectives[3].mean is None
    assert year.objectives[3].predicate == "Tidak dapat dihitung"


def test_a_year_of_many_objectives_is_put_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(module, "_objective", lambda text: read.append(text) or " ".join(text.split()))
    many = [replace(INDICATORS[0], id=str(n), objective=f"S{n}") for n in range(30)]
    year = summary(many, [])
    assert len(read) == len(many)
    assert year.results is year.results
