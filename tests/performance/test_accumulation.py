"""Years out of quarters, and the PK that counts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.numbers import canonical, read_number
from lkip_desktop.performance.accumulation import (
    Accumulation,
    from_quarters,
    measured,
    quarter_warnings,
    unfinished_year,
    valid_target,
    year_actual,
)
from lkip_desktop.performance.achievement import achievement
from lkip_desktop.performance.model import Indicator

SUM, LAST, MEAN, RELEASED = Accumulation.SUM, Accumulation.LAST, Accumulation.MEAN, Accumulation.RELEASED


def of(target: str = "", actual: str = "", quarters: tuple[str, ...] = ("", "", "", ""), **more: str) -> Indicator:
    own = {f"actual_q{n}": text for n, text in enumerate(quarters, start=1)}
    return Indicator("1", "S", "Nama", more.pop("unit", "%"), "naik", target, actual, **own, **more)


@pytest.mark.parametrize(
    ("kind", "quarters", "year"),
    [
        (SUM, ("10", "12,5", "7", "20"), "49,5"),
        (SUM, ("10", "", "-", "20"), "30"),
        (LAST, ("10", "12,5", "", ""), "12,5"),
        (LAST, ("Level 2", "Level 3 (3,05)", "N/A", ""), "Level 3 (3,05)"),
        (MEAN, ("80", "85", "90", "87"), "85,5"),
        (MEAN, ("80", "", "", "85"), "82,5"),
        (MEAN, ("1", "1", "2", ""), "1,33"),
        (MEAN, ("0,125", "0,125", "0,25", ""), "0,167"),
        (RELEASED, ("1", "2", "3", "4"), ""),
        (SUM, ("", "", "", ""), ""),
        (SUM, ("1.234", "5", "", ""), ""),
        (MEAN, ("WTP", "WTP", "", ""), ""),
        (SUM, ("0", "0", "0", "0"), "0"),
    ],
)
def test_quarters_make_a_year(kind: Accumulation, quarters: tuple[str, ...], year: str) -> None:
    assert from_quarters(kind, quarters).text == year


def test_an_empty_quarter_is_not_zero() -> None:
    half = of("80", quarters=("70", "90", "", ""), accumulation="rata-rata")
    assert year_actual(half).text == "80"
    assert achievement(half).figure == "100,00"
    assert any("tanpa triwulan III, IV" in warning for warning in achievement(half).warnings)


def test_a_year_made_before_its_end_says_so() -> None:
    def told(*quarters: str, kind: str, typed: str = "") -> str:
        return unfinished_year(of("80", typed, quarters, accumulation=kind))

    assert told("10", "12", "", "", kind="kumulatif") == "jumlah triwulan I, II; triwulan III, IV belum diisi"
    assert told("", "80", "", "85", kind="rata-rata") == "rata-rata triwulan II, IV; triwulan I, III belum diisi"
    assert told("", "80", "", "", kind="posisi akhir") == "posisi akhir, triwulan II; triwulan III, IV belum diisi"
    assert told("", "80", "", "85", kind="posisi akhir") == ""
    assert told("1", "2", "3", "4", kind="kumulatif") == told("10", "", "", "", kind="kumulatif", typed="40") == ""
    assert told("", "", "", "", kind="kumulatif") == told("1", "", "", "", kind="rilis tahunan") == ""


def test_quarters_may_name_their_unit() -> None:
    counted = of("12 LHP", quarters=("3 LHP", "2 LHP", "", "5"), unit="LHP", accumulation="kumulatif")
    assert year_actual(counted).text == "10"
    assert achievement(counted).figure == "83,33"
    assert quarter_warnings(replace(counted, actual="10 LHP", target_q1="12 LHP")) == ()
    assert quarter_warnings(of("≥ 80", target_q4="80", unit="nilai")) == ()


def test_what_is_typed_for_the_year_counts_and_is_compared() -> None:
    typed = of("40", "31", ("10", "10", "10", ""), accumulation="kumulatif", unit="laporan")
    assert year_actual(typed).text == "31"
    assert quarter_warnings(typed) == (
        "Realisasi setahun tertulis 31, sedangkan jumlah triwulan I, II, III adalah 30. Periksa.",
    )
    assert quarter_warnings(of("40", "30,0", ("10", "10", "10", ""), accumulation="kumulatif")) == ()
    assert quarter_warnings(of("40", "30")) == ()


def test_a_yearly_release_is_empty_until_it_is_published() -> None:
    waiting = of("3", "", ("2", "3", "", ""), accumulation="rilis tahunan")
    assert year_actual(waiting).text == ""
    assert achievement(waiting).reason == "realisasi belum dirilis"
    assert quarter_warnings(waiting) == ()


def test_quarters_that_cannot_be_added_say_so() -> None:
    odd = of("3", "", ("1.234", "3", "", ""), accumulation="kumulatif")
    assert quarter_warnings(odd) == (
        "Realisasi setahun tidak dapat dihitung dari triwulan: triwulan I (“1.234”) tidak terbaca sebagai satu angka.",
    )


def test_a_mean_of_percentages_is_odd() -> None:
    assert "rata-rata persen" in quarter_warnings(of("80", "85", ("80", "90", "", ""), accumulation="rata-rata"))[0]
    assert quarter_warnings(of("80", "85", ("80", "90", "", ""), accumulation="rata-rata", unit="indeks")) == ()


def test_the_last_valid_agreement_counts() -> None:
    revised = of("80", "72", target_revised="75", target_q1="20")
    assert (valid_target(revised).text, valid_target(revised).note) == ("75", "PK perubahan")
    assert achievement(revised).figure == "96,00"
    assert measured(revised).target == "75"
    assert measured(measured(revised)) == measured(revised)
    assert valid_target(of("80", target_revised=" - ")).text == "80"
    assert valid_target(of("", target_q1="20", target_q2="30", accumulation="kumulatif")).text == "50"


FIGURES = st.decimals(-(10**6), 10**6, places=2)


@given(st.lists(FIGURES, min_size=4, max_size=4))
def test_a_sum_is_exact(figures: list[Decimal]) -> None:
    made = from_quarters(SUM, [canonical(figure) for figure in figures])
    assert read_number(made.text) == sum(figures)


@given(st.lists(st.text(), min_size=8, max_size=8), st.sampled_from(["", *Accumulation, "entah"]))
def test_no_text_raises(texts: list[str], kind: str) -> None:
    names = [f"{what}_q{n}" for what in ("target", "actual") for n in range(1, 5)]
    odd = Indicator("1", "", "", "", "naik", "", "", accumulation=kind, **dict(zip(names, texts, strict=True)))
    achievement(odd)
    quarter_warnings(odd)
