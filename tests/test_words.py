"""Dates and numbers in Indonesian words; numbers are read back by a reader written for the test."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop import words

UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read(text: str) -> int:
    """Indonesian number words as a number."""
    total = group = last = 0
    for word in text.split():
        if word in UNITS:
            last = UNITS.index(word)
            group += last
        elif word in ("sepuluh", "sebelas"):
            group += {"sepuluh": 10, "sebelas": 11}[word]
        elif word in ("belas", "puluh", "ratus"):
            group += -last + {"belas": 10 + last, "puluh": 10 * last, "ratus": 100 * last}[word]
        elif word == "seratus":
            group += 100
        elif word == "seribu":
            total, group = total + 1000, 0
        else:
            total, group = total + group * SCALES[word], 0
    return total + group


@given(st.integers(0, 10**15 - 1))
def test_number_words_read_back(number: int) -> None:
    assert read(words.number_in_words(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (15, "lima belas"),
        (100, "seratus"),
        (1000, "seribu"),
        (2027, "dua ribu dua puluh tujuh"),
        (-3, "minus tiga"),
        (10**36, "1" + "0" * 36),
    ],
)
def test_number_words(number: int, text: str) -> None:
    assert words.number_in_words(number) == text


def test_counts_of_things() -> None:
    assert words.count("eksemplar", 2) == "2 (dua) eksemplar"
    assert words.count("", 1) == "1 (satu)"


def test_dates() -> None:
    day = date(2027, 2, 15)
    assert words.long_date(date(2025, 5, 5)) == "5 Mei 2025"
    assert words.full_date(day) == "Senin, 15 Februari 2027"
    assert words.roman_month(2) == "II"
    assert words.month_name(12) == "Desember"
    assert words.day_in_words(day) == "Senin, tanggal lima belas bulan Februari tahun dua ribu dua puluh tujuh"
