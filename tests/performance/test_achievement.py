"""Achievement of indicators: the sample year, its edges, and exactness against fractions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.numbers import canonical, format_number
from lkip_desktop.performance.achievement import Achievement, achievement, mean
from lkip_desktop.performance.model import Indicator
from lkip_desktop.performance.rules import PERMENDAGRI_SCALE, Grade, MinimiseFormula, Rules, predicate

FIGURES = st.decimals(0, 10**6, places=2)
POSITIVE = st.decimals(Decimal("0.01"), 10**6, places=2)
INVERSE = Rules(minimise=MinimiseFormula.INVERSE)


def of(target: str, actual: str, direction: str = "naik") -> Indicator:
    return Indicator("1", "S", "Nama", "satuan", direction, target, actual)


SAMPLE = [
    (of("3,10", "3,05"), "98,39"),
    (of("3", "3"), "100,00"),
    (of("85", "86,50"), "101,76"),
    (of("80", "74,20"), "92,75"),
    (of("20", "24", "turun"), "80,00"),
    (of("80,50", "79,40"), "98,63"),
    (of("85", "87,20"), "102,59"),
]


def shown(value: Decimal | None) -> str:
    assert value is not None
    return format_number(value, 2)


@pytest.mark.parametrize(("indicator", "expected"), SAMPLE)
def test_the_sample_year(indicator: Indicator, expected: str) -> None:
    assert shown(achievement(indicator).value) == expected
    assert achievement(indicator).text == f"{expected} %"


def test_the_mean_of_the_sample_year() -> None:
    average = mean(achievement(indicator) for indicator, _ in SAMPLE)
    assert shown(average) == "95,68"
    assert predicate(average) == "Sangat Tinggi"
    assert shown(mean((achievement(i) for i, _ in SAMPLE), cap=None)) == "96,30"
    assert shown(mean((achievement(i) for i, _ in SAMPLE), cap=Decimal("101.5"))) == "96,11"


@pytest.mark.parametrize(
    ("indicator", "rules", "expected"),
    [
        (of("20", "15", "turun"), Rules(), "125,00"),
        (of("20", "50", "turun"), Rules(), "0,00"),
        (of("20", "24", "turun"), INVERSE, "83,33"),
        (of("20", "16", "Turun "), INVERSE, "125,00"),
        (of("20", "24", "naik"), INVERSE, "120,00"),
        (of("0", "0", "turun"), Rules(), "100,00"),
        (of("0", "0", "turun"), INVERSE, "100,00"),
        (of("10", "0"), Rules(), "0,00"),
        (of("10", "-5"), Rules(), "0,00"),
        (of("Level 3 (3,00)", "Level 3 (3,35)"), Rules(), "111,67"),
        (of("WTP", " wtp "), Rules(), "100,00"),
        (of("Level 3", "Level 3 (3,35)"), Rules(), "100,00"),
        (of("3+", "3+"), Rules(), "100,00"),
        (of("1.234", "1.234"), Rules(), "100,00"),
        (of("85 %", "85.0 %"), Rules(), "100,00"),
    ],
)
def test_formulas_and_grades(indicator: Indicator, rules: Rules, expected: str) -> None:
    assert shown(achievement(indicator, rules).value) == expected


@pytest.mark.parametrize(
    ("indicator", "rules", "why"),
    [
        (of("0", "0"), Rules(), "target 0 tidak dapat menjadi pembagi"),
        (of("0", "2", "turun"), Rules(), "target 0 terlampaui"),
        (of("-1", "2"), Rules(), "target kurang dari nol"),
        (of("5", "0", "turun"), INVERSE, "realisasi 0 tidak dapat menjadi pembagi"),
        (of("", "5"), Rules(), "target belum diisi"),
        (of("5", " - "), Rules(), "realisasi belum diisi"),
        (of("N/A", "N/A"), Rules(), "target belum diisi"),
        (of("WTP", "WDP"), Rules(), "“WTP” bukan angka. Tulis angkanya, atau tambahkan skor dalam kurung"),
        (of("3", "Level 2"), Rules(), "“Level 2” bukan angka"),
        (of("1.234", "5"), Rules(), "“1.234” dapat dibaca dua cara. Tulis 1234 bila ribuan"),
    ],
)
def test_what_cannot_be_computed_says_why(indicator: Indicator, rules: Rules, why: str) -> None:
    result = achievement(indicator, rules)
    assert result.value is None
    assert result.text == "Tidak dapat dihitung"
    assert result.why.startswith(f"Tidak dapat dihitung: {why}")
    assert result.reason
    assert result.reason in result.why


def test_the_computation_is_shown() -> None:
    assert achievement(of("3,10", "3,05")).why == "3,05 ÷ 3,10 × 100"
    assert achievement(of("20", "24", "turun")).why == "(2 × 20 − 24) ÷ 20 × 100"
    assert achievement(of("20", "24", "turun"), INVERSE).why == "20 ÷ 24 × 100"


@pytest.mark.parametrize(
    ("indicator", "warned"),
    [
        (of("100", "100"), []),
        (of("100", "101"), ["di atas 100 %"]),
        (of("100", "150"), ["di atas 100 %"]),
        (of("100", "151"), ["di atas 150 %"]),
        (of("20", "50", "turun"), ["di bawah nol"]),
        (of("100", "80"), []),
        (of("50", "66,666666", "turun"), []),
        (of("60", "75", "turun"), ["sama dengan realisasi"]),
        (of("80", "0"), []),
        (of("WTP", "WTP"), []),
    ],
)
def test_odd_figures_are_warned_about(indicator: Indicator, warned: list[str]) -> None:
    warnings = achievement(indicator).warnings
    assert len(warnings) == len(warned)
    assert all(part in text for part, text in zip(warned, warnings, strict=True))


@given(POSITIVE, FIGURES)
def test_rising_and_falling_mirror_each_other_at_the_target(target: Decimal, actual: Decimal) -> None:
    up = achievement(of(canonical(target), canonical(actual))).exact
    down = achievement(of(canonical(target), canonical(actual), "turun")).exact
    assert up is not None
    assert up == Fraction(actual) / Fraction(target) * 100
    mirrored = Fraction(200) - up
    assert down == (mirrored if mirrored > 0 else 0)


@given(POSITIVE, FIGURES, st.integers(1, 1000))
def test_the_scale_of_the_unit_does_not_matter(target: Decimal, actual: Decimal, factor: int) -> None:
    small = achievement(of(canonical(target), canonical(actual)))
    large = achievement(of(canonical(target * factor), canonical(actual * factor)))
    assert small.exact == large.exact
    assert small.value == large.value


@given(st.lists(st.tuples(POSITIVE, FIGURES), min_size=1, max_size=8), st.sampled_from([None, 100, 120]))
def test_the_mean_is_exact(figures: list[tuple[Decimal, Decimal]], cap: int | None) -> None:
    achieved = [achievement(of(canonical(t), canonical(a))) for t, a in figures]
    exact = [Fraction(a) / Fraction(t) * 100 for t, a in figures]
    limited = [min(value, Fraction(cap)) if cap else value for value in exact]
    average = mean(achieved, None if cap is None else Decimal(cap))
    assert average is not None
    assert abs(Fraction(average) - sum(limited, Fraction()) / len(limited)) < Fraction(1, 10**40)


@given(st.text(), st.text(), st.sampled_from(["naik", "turun", "", "?"]))
def test_no_text_raises(target: str, actual: str, direction: str) -> None:
    for rules in (Rules(), INVERSE):
        result = achievement(of(target, actual, direction), rules)
        assert (result.value is None) is result.why.startswith("Tidak dapat dihitung")
        assert result.value is None or result.value >= 0


def test_the_mean_leaves_out_what_cannot_be_computed() -> None:
    assert mean([achievement(of("WTP", "WDP")), achievement(of("4", "3"))]) == 75
    assert mean([achievement(of("", ""))]) is None
    assert mean([]) is None


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("91", "Sangat Tinggi"),
        ("90.9999999999999999999999999999", "Tinggi"),
        ("90.995", "Tinggi"),
        ("76", "Tinggi"),
        ("75.9", "Sedang"),
        ("66", "Sedang"),
        ("51", "Rendah"),
        ("50.99", "Sangat Rendah"),
        ("0", "Sangat Rendah"),
        ("250", "Sangat Tinggi"),
    ],
)
def test_predicates_take_the_unrounded_value(value: str, label: str) -> None:
    assert predicate(Decimal(value)) == label


def test_three_thirds_reach_a_limit_exactly() -> None:
    thirds = [achievement(of("3", figure)) for figure in ("2", "3", "3,19")]
    assert mean(thirds, cap=None) == Decimal(91)
    assert predicate(mean(thirds, cap=None)) == "Sangat Tinggi"


def test_an_own_scale_and_no_value() -> None:
    sampang = tuple(
        replace(grade, label=label)
        for grade, label in zip(
            PERMENDAGRI_SCALE, ["Sangat Baik", "Baik", "Cukup", "Kurang", "Sangat Kurang"], strict=True
        )
    )
    assert predicate(Decimal(80), Rules(scale=sampang)) == "Baik"
    assert predicate(Decimal(5), Rules(scale=(Grade(Decimal(90), "hijau"), Grade(Decimal(70), "merah")))) == "merah"
    assert predicate(None) == "Tidak dapat dihitung"
    assert Achievement(None, "").text == "Tidak dapat dihitung"


@pytest.mark.parametrize(
    ("target", "actual", "figure", "label", "said"),
    [
        # 90,999 / 100 prints as 91,00 and is Tinggi; 75,9996 needs four decimals to be seen below 76.
        ("100000", "90999", "91,00", "Tinggi", ("Predikat menurut capaian sebelum dibulatkan, 90,999 %.",)),
        ("1000000", "759996", "76,00", "Sedang", ("Predikat menurut capaian sebelum dibulatkan, 75,9996 %.",)),
        # 849.999 of 850.000 prints as 100,00 and has not reached it.
        ("850000", "849999", "100,00", "Sangat Tinggi", ("Sebelum dibulatkan 99,9999 %, belum mencapai 100 %.",)),
        ("100", "91", "91,00", "Sangat Tinggi", ()),
        ("100000", "90994", "90,99", "Tinggi", ()),
    ],
)
def test_a_predicate_that_the_printed_figure_would_not_have_says_so(
    target: str, actual: str, figure: str, label: str, said: tuple[str, ...]
) -> None:
    found = achievement(of(target, actual))
    assert found.value is not None
    assert (found.figure, predicate(found.value), found.warnings) == (figure, label, said)
    assert not achievement(of(target, actual), Rules(cut=True)).warnings


def test_equal_figures_that_can_be_read_in_two_ways_are_asked_about() -> None:
    found = achievement(of("1.234", "1.234"))
    assert found.value == 100
    assert found.warnings == ("“1.234” dapat dibaca dua cara. Tulis 1234 bila ribuan, atau 1,234 bila pecahan.",)
    assert achievement(of("WTP", "WTP")).warnings == ()
