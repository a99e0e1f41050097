"""The table of several years: realisation and achievement of the indicators of a sasaran, year by year."""

from __future__ import annotations

from collections.abc import Iterator

from lkip_desktop.documents.report import Align, Column, Row, Table
from lkip_desktop.documents.report_words import EMPTY, Facts, actual, cell, figure
from lkip_desktop.numbers import is_blank
from lkip_desktop.performance.achievement import other
from lkip_desktop.performance.summary import IndicatorResult, ObjectiveResult


def years_table(f: Facts, ordinal: int, found: ObjectiveResult) -> Table | None:
    """Point 2 of what a report must analyse (Permenpan RB 53/2014): *realisasi* and *capaian* beside those of the years
    before. None where no year but the last is known, and of it no achievement: the comparison has its figures."""
    back = _years_back(found)
    targets = any(not is_blank(result.indicator.previous_target) for result in found.results)
    if not back or (back == 1 and not targets):
        return None
    columns = (
        f.column("number", 6, Align.CENTRE),
        f.column("indicator", 26),
        f.column("measure", 14),
        *(Column(str(f.year - n), 54 / (back + 1), Align.CENTRE) for n in range(back, -1, -1)),
    )
    rows = tuple(row for number, one in enumerate(found.results, start=1) for row in _rows(f, number, one, back))
    names = {"ordinal": str(ordinal), "first": str(f.year - back)}
    return Table(f.say("years", "table", **names), columns, rows, f"tahun-{ordinal}")


def _years_back(found: ObjectiveResult) -> int:
    """How many years ago the oldest known figure is."""
    known = (
        n
        for result in found.results
        for n, (_, reached) in enumerate(result.indicator.earlier, start=1)
        if not is_blank(reached)
    )
    return max(known, default=0)


def _rows(f: Facts, number: int, result: IndicatorResult, back: int) -> Iterator[Row]:
    found = result.indicator
    years = found.earlier[back - 1 :: -1]
    reached = (*(figure(text) for _, text in years), actual(found))
    before = (other(found, f.rules, target, text) for target, text in years)
    achieved = (one.text if one.value is not None else EMPTY for one in (*before, result.achievement))
    yield Row((f"{number}.", cell(found.name), f.say("years", "actual"), *reached))
    yield Row((None, None, f.say("years", "achievement"), *achieved))
