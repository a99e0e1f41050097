"""Figures as offices write them, and numbers written the Indonesian way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.numbers import (
    Ambiguous,
    NotANumber,
    canonical,
    format_number,
    label_of,
    percent,
    read_number,
    rounded,
    rupiah,
    without_limit,
)

NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=3)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("85,5", "85.5"),
        ("85.5", "85.5"),
        ("85.5 %", "85.5"),
        ("85,50%", "85.50"),
        ("86 persen", "86"),
        ("1.250.000", "1250000"),
        ("1.250.000,50", "1250000.50"),
        ("1,250,000", "1250000"),
        ("1,250,000.50", "1250000.50"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 250 000,5", "1250000.5"),
        ("1\u00a0250\u00a0000", "1250000"),
        ("1,234", "1.234"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        (",5", "0.5"),
        ("0", "0"),
        ("-5,25", "-5.25"),
        ("−5", "-5"),
        ("+3", "3"),
        ("Rp 14.819.633.945", "14819633945"),
        ("Rp.1.250.000,-", "1250000"),
        ("Rp1.250.000", "1250000"),
        ("-Rp 1.250.000", "-1250000"),
        ("Rp 1.234", "1234"),
        ("Rp 2,5 juta", "2500000"),
        ("Rp 17,642 miliar", "17642000000"),
        ("Rp 1.234 juta", "1234000000"),
        ("Level 3 (3,35)", "3.35"),
        ("Nilai A (80,5)", "80.5"),
        ("Level 0 (0)", "0"),
        ("2 (dua)", "2"),
    ],
)
def test_figures_are_read(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "WTP",
        "BB",
        "3+",
        "N/A",
        "-",
        "",
        "  ",
        "Level 3",
        "1.2.3",
        "85,5,2",
        "12.34.567",
        "1e5",
        "NaN",
        "Infinity",
        "٣",
        "3²",
        "½",
        "(85)",
        "BB (baik)",
        "5-",
        "1_000",
        "2,5 juta",
        "9" * 19,
        "😀 5",
        "1.250.00",
        "0x10",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert read_number(text) == NotANumber(text.strip())


@pytest.mark.parametrize(
    ("text", "thousands", "decimal"),
    [("1.234", "1234", "1.234"), ("85.125", "85125", "85.125"), ("-1.000", "-1000", "-1.000")],
)
def test_one_dot_before_three_digits_asks(text: str, thousands: str, decimal: str) -> None:
    read = read_number(text)
    assert read == Ambiguous(text, Decimal(thousands), Decimal(decimal))
    assert isinstance(read, Ambiguous)
    assert f"Tulis {thousands} bila ribuan" in read.question
    assert f"atau {decimal.replace('.', ',')} bila pecahan" in read.question


def test_the_score_in_brackets_may_be_ambiguous_too() -> None:
    assert isinstance(read_number("Level 3 (3.125)"), Ambiguous)


@pytest.mark.parametrize(("text", "number"), [("1.234", "1234"), ("1,234", "1234"), ("Rp 850.000", "850000")])
def test_money_groups_by_thousands(text: str, number: str) -> None:
    assert read_number(text, money=True) == Decimal(number)


@pytest.mark.parametrize("text", ["(1.250.000,50)", "Rp (1.250.000,50)", "(Rp 1.250.000,50)"])
def test_money_in_brackets_is_below_zero(text: str) -> None:
    assert read_number(text, money=True) == Decimal("-1250000.50")


@pytest.mark.parametrize("text", ["Level 3 (5)", "(-5)", "()", "lima (5)"])
def test_brackets_around_anything_else_are_no_money(text: str) -> None:
    assert isinstance(read_number(text, money=True), NotANumber)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("12 dokumen", "Dokumen", "12"),
        ("1.250,5 hari", "hari", "1250.5"),
        ("2 (dua) orang", "orang", "2"),
        ("12 dokumen LHP", "dokumen  LHP", "12"),
        ("13m2", "m2", "13"),
        ("-3 poin", "poin", "-3"),
        ("Skor 3,10", "skor", "3.10"),
        ("nilai 80", "nilai", "80"),
        ("Rp 12 juta", "Rp juta", "12"),
        ("12 juta rupiah", "juta rupiah", "12"),
        ("Rp 12 juta", "Rp", "12000000"),
        ("2,5 juta", "Rp", "2500000"),
        ("1.250 rupiah", "", "1250"),
        ("11", "1", "11"),
        ("12 000", "000", "12000"),
    ],
)
def test_a_figure_beside_its_own_unit(text: str, unit: str, number: str) -> None:
    assert read_number(text, unit=unit) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("12 LHP", "dokumen"),
        ("45 dari 49 OPD", "OPD"),
        ("70-80 poin", "poin"),
        ("temuan", "temuan"),
        ("Level 3", "level"),
        ("Kategori 3", "kategori"),
        ("12 dokumen", ""),
    ],
)
def test_other_words_beside_a_figure_are_no_unit(text: str, unit: str) -> None:
    assert isinstance(read_number(text, unit=unit), NotANumber)


def test_a_figure_with_its_unit_may_be_ambiguous_too() -> None:
    assert isinstance(read_number("1.234 dokumen", unit="dokumen"), Ambiguous)


@given(NUMBERS, st.sampled_from(["dokumen", "m2", "Rp juta", "orang (PNS)"]))
def test_a_unit_behind_changes_no_figure(number: Decimal, unit: str) -> None:
    assert read_number(f"{canonical(number)} {unit}", unit=unit) == number


@given(st.text(), st.text())
def test_no_unit_raises(text: str, unit: str) -> None:
    read_number(text, unit=unit)
    read_number(f"5 {unit}", unit=unit)
    without_limit(text, falling=True)


@given(NUMBERS)
def test_the_canonical_spelling_reads_back(number: Decimal) -> None:
    assert read_number(canonical(number)) == number


@given(NUMBERS)
def test_money_reads_back_as_written(number: Decimal) -> None:
    exact = rounded(number, 2)
    assert read_number(rupiah(exact), money=True) == exact
    assert read_number(format_number(exact, 2), money=True) == exact


@given(st.text())
def test_reading_never_raises(text: str) -> None:
    read_number(text)
    read_number(text, money=True)
    label_of(text)


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        ("1234567.89", 2, "1.234.567,89"),
        ("98.387096774", 2, "98,39"),
        ("92.745", 2, "92,75"),
        ("-92.745", 2, "-92,75"),
        ("0.005", 2, "0,01"),
        ("-0.001", 2, "0,00"),
        ("100", 2, "100,00"),
        ("3.10", None, "3,10"),
        ("1250000", None, "1.250.000"),
        ("2.5", 0, "3"),
        ("1E+29", 2, "100.000.000.000.000.000.000.000.000.000,00"),
    ],
)
def test_numbers_are_written(number: str, places: int | None, text: str) -> None:
    assert format_number(Decimal(number), places) == text


def test_money_and_percent() -> None:
    assert rupiah(Decimal(14819633945)) == "Rp 14.819.633.945"
    assert rupiah(Decimal("1000.50")) == "Rp 1.000,50"
    assert rupiah(Decimal("-1000")) == "-Rp 1.000"
    assert percent(Decimal("98.387")) == "98,39 %"


def test_the_label_of_a_grade() -> None:
    assert label_of("Level 3 (3,35)") == label_of(" LEVEL  3") == "level 3"
