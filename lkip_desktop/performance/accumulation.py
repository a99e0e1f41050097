"""What a year's target and actual are: the last valid PK, and a year's figure from its quarters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lkip_desktop.numbers import (
    Ambiguous,
    NotANumber,
    canonical,
    decimals_of,
    is_blank,
    read_number,
    rounded,
    to_decimal,
    without_limit,
)
from lkip_desktop.performance.model import Indicator

QUARTERS = ("I", "II", "III", "IV")


class Accumulation(StrEnum):
    """How quarters become a year: their sum, the last filled one, the mean of the filled ones, or not at all.

    RELEASED is a figure that somebody else publishes once a year (SPIP by BPKP, opinion by BPK): empty until then.
    """

    SUM = "kumulatif"
    LAST = "posisi akhir"
    MEAN = "rata-rata"
    RELEASED = "rilis tahunan"


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A year's figure as text. `derived` says that it comes from quarters; `note` says how, or why there is none."""

    text: str
    derived: bool = False
    note: str = ""


def accumulation_of(indicator: Indicator) -> Accumulation:
    """The indicator's kind; *posisi akhir* where none or an unknown one is chosen."""
    text = indicator.accumulation.strip().casefold()
    return Accumulation(text) if text in {kind.value for kind in Accumulation} else Accumulation.LAST


def from_quarters(kind: Accumulation, quarters: Sequence[str], unit: str = "") -> YearFigure:
    """The year's figure that quarters make. An empty quarter is not zero: it is left out.

    A mean is rounded half up to the decimals that the quarters show, at least two, since that is what is printed and
    what a reader divides. Text is empty when the kind makes none, no quarter is filled, or one cannot be read.
    """
    if not any(quarters):
        return YearFigure("")
    filled = [(QUARTERS[n], text.strip()) for n, text in enumerate(quarters) if not is_blank(text)]
    if not filled or kind is Accumulation.RELEASED:
        return YearFigure("")
    if kind is Accumulation.LAST:
        last, text = filled[-1]
        return YearFigure(text, True, f"posisi akhir, triwulan {last}")
    figures = [(quarter, read_number(text, unit=unit), text) for quarter, text in filled]
    for quarter, figure, text in figures:
        if not isinstance(figure, Decimal):
            return YearFigure("", True, f"triwulan {quarter} (“{text}”) tidak terbaca sebagai satu angka")
    numbers = [figure for _, figure, _ in figures if isinstance(figure, Decimal)]
    names = ", ".join(quarter for quarter, _ in filled)
    if kind is Accumulation.SUM:
        return YearFigure(canonical(sum(numbers, Decimal())), True, f"jumlah triwulan {names}")
    mean = to_decimal(sum(map(Fraction, numbers), Fraction()) / len(numbers))
    places = max(2, *(decimals_of(text, unit) for _, text in filled))
    return YearFigure(canonical(rounded(mean, places).normalize()), True, f"rata-rata triwulan {names}")


def valid_target(indicator: Indicator) -> YearFigure:
    """The target that counts: PK perubahan, else PK murni, else what the quarters' targets make."""
    if not is_blank(indicator.target_revised):
        return YearFigure(indicator.target_revised.strip(), note="PK perubahan")
    if not is_blank(indicator.target):
        return YearFigure(indicator.target.strip())
    made = from_quarters(accumulation_of(indicator), indicator.target_quarters, indicator.unit)
    return made if made.text or made.note else YearFigure(indicator.target.strip())


def year_actual(indicator: Indicator) -> YearFigure:
    """The year's actual as typed, else what the quarters make."""
    if not is_blank(indicator.actual):
        return YearFigure(indicator.actual.strip())
    made = from_quarters(accumulation_of(indicator), indicator.actual_quarters, indicator.unit)
    return made if made.text or made.note else YearFigure(indicator.actual.strip())


def unfinished_year(indicator: Indicator) -> str:
    """What an actual is that was made while quarters were still empty: ``jumlah triwulan I, II; triwulan III, IV belum
    diisi``. Empty where the year was typed or has all that it needs; a last position needs the last quarter alone."""
    made = year_actual(indicator)
    filled = [not is_blank(text) for text in indicator.actual_quarters]
    if not made.derived or not made.text or all(filled):
        return ""
    last = max(n for n, known in enumerate(filled) if known)
    later_only = accumulation_of(indicator) is Accumulation.LAST
    empty = [QUARTERS[n] for n, known in enumerate(filled) if not known and (n > last or not later_only)]
    return f"{made.note}; triwulan {', '.join(empty)} belum diisi" if empty else ""


def measured(indicator: Indicator) -> Indicator:
    """The indicator with the `target` and `actual` that count, for computing and for printing beside an achievement.

    The target of the PK murni stands only in the indicator as typed.
    """
    target, actual = valid_target(indicator).text, year_actual(indicator).text
    if (target, actual) == (indicator.target, indicator.actual):
        return indicator
    return replace(indicator, target=target, actual=actual)


def quarter_warnings(indicator: Indicator) -> tuple[str, ...]:
    """Sentences where a typed year does not follow from its quarters, or quarters make a doubtful year."""
    return tuple(
        sentence
        for name, typed, quarters in (
            ("Realisasi", indicator.actual, indicator.actual_quarters),
            ("Target", indicator.target, indicator.target_quarters),
        )
        for sentence in _doubts(indicator, name, typed, quarters)
    )


def _limit(indicator: Indicator, text: str) -> Decimal | Ambiguous | NotANumber:
    return read_number(without_limit(text, falling=indicator.falling), unit=indicator.unit)


def _doubts(indicator: Indicator, name: str, typed: str, quarters: Sequence[str]) -> list[str]:
    kind = accumulation_of(indicator)
    made = from_quarters(kind, quarters, indicator.unit)
    if not made.derived:
        return []
    if not made.text:
        return [f"{name} setahun tidak dapat dihitung dari triwulan: {made.note}."]
    said = []
    if is_blank(typed):
        empty = [QUARTERS[n] for n, text in enumerate(quarters) if is_blank(text)]
        if empty and kind is not Accumulation.LAST:
            said.append(f"{name} setahun {made.text} dihitung tanpa triwulan {', '.join(empty)} yang masih kosong.")
    elif _limit(indicator, typed) != _limit(indicator, made.text):
        said.append(f"{name} setahun tertulis {typed.strip()}, sedangkan {made.note} adalah {made.text}. Periksa.")
    if kind is Accumulation.MEAN and indicator.unit.strip() in ("%", "persen"):
        said.append(f"{name} setahun adalah rata-rata persen triwulan. Hitung dari jumlahnya bila datanya ada.")
    return said
