"""Proposed Indonesian sentences from an indicator's figures, for the report's draft."""

from __future__ import annotations

from decimal import Decimal

from lkip_desktop.numbers import format_number, is_blank, label_of, read_number
from lkip_desktop.performance.achievement import achievement
from lkip_desktop.performance.model import Indicator
from lkip_desktop.performance.rules import DEFAULT_RULES, Rules, predicate
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.values import show


def sentence(indicator: Indicator, year: int, rules: Rules = DEFAULT_RULES) -> str:
    """One sentence: actual against target with achievement and predicate, then against the year before.

    For an indicator of which less is better it says so, and whether a rise or fall is an improvement.
    """
    achieved = achievement(indicator, rules)
    name = " ".join(indicator.name.split()) or "indikator ini"
    since = f"tahun {year}{' (data sementara)' if indicator.provisional else ''}"
    if achieved.value is None:
        return f"Capaian {name} {since} tidak dapat dihitung karena {achieved.reason}{_as_typed(indicator)}."
    actual = _figure(indicator, indicator.actual)
    amount = f" sebesar {actual}" if isinstance(read_number(indicator.actual), Decimal) else f", yaitu {actual},"
    return (
        f"Realisasi {name} {since}{amount} {_against_target(indicator)}, "
        f"dengan capaian {achieved.text} ({predicate(achieved.value, rules)}), {_against_last_year(indicator)}."
    )


def _against_target(indicator: Indicator) -> str:
    target, actual = read_number(indicator.target), read_number(indicator.actual)
    shown = _figure(indicator, indicator.target)
    if not isinstance(target, Decimal) or not isinstance(actual, Decimal) or target == actual:
        return f"sama dengan target {shown}"
    if indicator.falling:
        better = actual < target
        return f"{'lebih baik daripada' if better else 'belum memenuhi'} target paling banyak {shown}"
    return f"{'melampaui' if actual > target else 'belum mencapai'} target {shown}"


def _against_last_year(indicator: Indicator) -> str:
    if is_blank(indicator.previous):
        return "dan belum ada realisasi tahun sebelumnya sebagai pembanding"
    before, actual = read_number(indicator.previous), read_number(indicator.actual)
    shown = _figure(indicator, indicator.previous)
    if isinstance(before, Decimal) and isinstance(actual, Decimal) and before != actual:
        return _change(indicator, actual - before, shown)
    if before == actual or label_of(indicator.previous) == label_of(indicator.actual):
        return f"dan sama dengan realisasi tahun sebelumnya ({shown})"
    return f"sedangkan realisasi tahun sebelumnya {shown}"


def _change(indicator: Indicator, difference: Decimal, before: str) -> str:
    moved = "naik" if difference > 0 else "turun"
    amount = format_number(difference.copy_abs())
    meaning = ""
    if indicator.falling:
        meaning = ", yang berarti memburuk" if difference > 0 else ", yang berarti membaik"
    return f"dan {moved} {amount} dari realisasi tahun sebelumnya ({before}){meaning}"


def _as_typed(indicator: Indicator) -> str:
    figures = (("target", indicator.target), ("realisasi", indicator.actual))
    known = [f"{name} {_figure(indicator, text)}" for name, text in figures if not is_blank(text)]
    return f"; {', '.join(known)}" if known else ""


def _figure(indicator: Indicator, text: str) -> str:
    """A figure with its unit; a grade alone."""
    shown = show(FieldKind.NUMBER, text.strip())
    unit = indicator.unit.strip()
    plain = "(" not in shown and isinstance(read_number(text), Decimal)
    return f"{shown} {unit}" if plain and unit and not shown.endswith(unit) else shown
