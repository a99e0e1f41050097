"""Sentences for the report's draft, word for word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.performance.model import Indicator
from lkip_desktop.performance.sentences import sentence


def of(target: str, actual: str, previous: str = "", direction: str = "naik", unit: str = "%") -> Indicator:
    return Indicator("1", "S", "Penyelesaian temuan", unit, direction, target, actual, previous)


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        (
            of("85", "86,50", "80,25"),
            "Realisasi Penyelesaian temuan tahun 2026 sebesar 86,50 % melampaui target 85 %, dengan capaian 101,76 % "
            "(Sangat Tinggi), dan naik 6,25 dari realisasi tahun sebelumnya (80,25 %).",
        ),
        (
            of("80", "74,20", "75,00"),
            "Realisasi Penyelesaian temuan tahun 2026 sebesar 74,20 % belum mencapai target 80 %, dengan capaian "
            "92,75 % (Sangat Tinggi), dan turun 0,80 dari realisasi tahun sebelumnya (75,00 %).",
        ),
        (
            of("20", "24", "30", "turun", "temuan"),
            "Realisasi Penyelesaian temuan tahun 2026 sebesar 24 temuan belum memenuhi target paling banyak "
            "20 temuan, dengan capaian 80,00 % (Tinggi), dan turun 6 dari realisasi tahun sebelumnya (30 temuan), "
            "yang berarti membaik.",
        ),
        (
            of("20", "18", "15", "turun", "temuan"),
            "Realisasi Penyelesaian temuan tahun 2026 sebesar 18 temuan lebih baik daripada target paling banyak "
            "20 temuan, dengan capaian 110,00 % (Sangat Tinggi), dan naik 3 dari realisasi tahun sebelumnya "
            "(15 temuan), yang berarti memburuk.",
        ),
        (
            of("3", "3", "3,0", unit="level"),
            "Realisasi Penyelesaian temuan tahun 2026 sebesar 3 level sama dengan target 3 level, dengan capaian "
            "100,00 % (Sangat Tinggi), dan sama dengan realisasi tahun sebelumnya (3,0 level).",
        ),
        (
            of("WTP", "WTP", "WDP", unit="opini"),
            "Realisasi Penyelesaian temuan tahun 2026, yaitu WTP, sama dengan target WTP, dengan capaian 100,00 % "
            "(Sangat Tinggi), sedangkan realisasi tahun sebelumnya WDP.",
        ),
        (
            of("80", "40", "-"),
            "Realisasi Penyelesaian temuan tahun 2026 sebesar 40 % belum mencapai target 80 %, dengan capaian "
            "50,00 % (Sangat Rendah), dan belum ada realisasi tahun sebelumnya sebagai pembanding.",
        ),
        (
            of("WTP", "WDP"),
            "Capaian Penyelesaian temuan tahun 2026 tidak dapat dihitung karena “WTP” bukan angka; target WTP, "
            "realisasi WDP.",
        ),
        (
            of("80", ""),
            "Capaian Penyelesaian temuan tahun 2026 tidak dapat dihitung karena realisasi belum diisi; target 80 %.",
        ),
        (of("", ""), "Capaian Penyelesaian temuan tahun 2026 tidak dapat dihitung karena target belum diisi."),
    ],
)
def test_sentences(indicator: Indicator, text: str) -> None:
    assert sentence(indicator, 2026) == text


def test_provisional_figures_are_called_so() -> None:
    indicator = Indicator("1", "S", "Maturitas SPIP", "skor", "naik", "3,10", "3,05", status="sementara")
    assert "tahun 2026 (data sementara) sebesar 3,05 skor" in sentence(indicator, 2026)


def test_a_level_with_a_score_keeps_both() -> None:
    text = sentence(of("Level 3 (3,00)", "Level 3 (3,35)", "Level 2 (2,80)", unit="level"), 2026)
    assert "sebesar Level 3 (3,35) melampaui target Level 3 (3,00), dengan capaian 111,67 %" in text
    assert "naik 0,55 dari realisasi tahun sebelumnya (Level 2 (2,80))" in text


@given(st.text(), st.text(), st.text(), st.sampled_from(["naik", "turun"]))
def test_any_figures_make_one_sentence(target: str, actual: str, previous: str, direction: str) -> None:
    text = sentence(of(target, actual, previous, direction), 2026)
    assert text.startswith(("Realisasi Penyelesaian temuan", "Capaian Penyelesaian temuan"))
    assert text.endswith(".")
