"""The years before beside this one, and comparisons with other targets than the year's."""

from __future__ import annotations

from lkip_desktop.cycle_data import Snapshot
from tests.documents.builders import rows, sample_indicators, snapshot
from tests.documents.test_report import captions, opened, table_after

YEARS = "Realisasi dan Capaian Sasaran 2 Tahun 2023–2026"


def with_columns(place: int, **columns: str) -> Snapshot:
    entries = sample_indicators()
    entries[place].update(columns)
    return snapshot(**rows("indicators", entries))


def test_each_year_has_its_figure_and_its_achievement_by_the_rules_of_this_one() -> None:
    found = table_after(
        opened(with_columns(4, previous="27", previous_target="24", previous_3="35", previous_3_target="30")), YEARS
    )
    assert found[0] == ["No", "Indikator Kinerja", "Ukuran", "2023", "2024", "2025", "2026"]
    # Less is better: (2 × 30 − 35) ÷ 30 and (2 × 24 − 27) ÷ 24.
    assert found[5] == ["3.", "Temuan berulang", "Realisasi", "35", "–", "27", "24"]
    assert found[6][2:] == ["Capaian", "83,33 %", "–", "87,50 %", "80,00 %"]
    assert found[1][2:] == ["Realisasi", "–", "–", "–", "86,50"]


def test_this_years_changed_target_and_quarters_are_not_those_of_other_years() -> None:
    source = with_columns(
        2, previous="83,10", previous_target="84", target_revised="87", target_q4="50", actual_q4="50", manual="70"
    )
    found = table_after(opened(source), "Realisasi dan Capaian Sasaran 2 Tahun 2025–2026")
    assert found[2][3:] == ["98,93 %", "99,43 %"]


def test_the_plans_target_is_compared_with_whatever_target_the_year_had() -> None:
    plain = with_columns(2, renstra_target="90")
    changed = with_columns(2, renstra_target="90", target_revised="87")
    found = [table_after(opened(one), "Perbandingan Kinerja Sasaran 2")[1][5] for one in (plain, changed)]
    assert found == ["96,11 %", "96,11 %"]


def test_last_years_figure_alone_stands_in_the_comparison() -> None:
    assert not [one for one in captions(opened(with_columns(2, previous="83,10"))) if "Realisasi dan Capaian" in one]
