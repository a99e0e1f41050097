"""The charts of the report: what each one shows, from the year's figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from lkip_desktop.documents.report import Chart, ChartKind, Note, Part, Series
from lkip_desktop.documents.report_words import Facts, cell, name_of
from lkip_desktop.numbers import format_number, read_number, rounded, without_limit
from lkip_desktop.performance.model import Indicator
from lkip_desktop.performance.summary import IndicatorResult, ObjectiveResult

MOST = 20
"""Columns that stay readable on the width of a page."""
LETTERS = 168
"""Characters of names, in two lines, that fit under all columns of a chart."""
MILLION, BILLION = Decimal(10**6), Decimal(10**9)
FEWEST_YEARS = 3


def overview(f: Facts) -> Iterator[Chart]:
    """The achievement of every indicator beside 100 %, by its number in the table."""
    results = f.results.results
    known = [(n, r) for n, r in enumerate(results, start=1) if r.achievement.value is not None]
    for start in range(0, len(known), MOST):
        part = known[start : start + MOST]
        numbers = {"first": str(part[0][0]), "last_number": str(part[-1][0])}
        caption = f.say("charts", "overview" if len(known) <= MOST else "overview_part", **numbers)
        values = tuple(_number(r.achievement.text) for _, r in part)
        points = "; ".join(f"{n} {name_of(r.indicator)} {r.achievement.text}" for n, r in part)
        yield Chart(
            caption,
            ChartKind.COLUMNS,
            tuple(str(n) for n, _ in part),
            (
                Series(f.say("charts", "overview_limit"), tuple(Decimal(100) for _ in part)),
                Series(f.say("charts", "overview_name"), values),
            ),
            "%",
            f.say("charts", "overview_about", points=points),
            "capaian" if start == 0 else "",
        )


def objective(f: Facts, ordinal: int, found: ObjectiveResult) -> Iterator[Part]:
    """Target beside actual of the indicators of a sasaran, where at least two are counted in one unit."""
    units: dict[str, list[tuple[int, IndicatorResult]]] = {}
    for number, result in enumerate(found.results, start=1):
        if None not in _pair(result.indicator, result.indicator.target, result.indicator.actual):
            units.setdefault(" ".join(result.indicator.unit.split()), []).append((number, result))
    for unit, numbered in units.items():
        for start in range(0, len(numbered), MOST):
            part = numbered[start : start + MOST]
            if len(part) > 1:
                named = _fitting(name_of(result.indicator) for _, result in part)
                yield _targets(f, ordinal, unit, part, named or tuple(str(n) for n, _ in part))
                if not named:
                    yield Note(f.say("overview", "labels"))


def _targets(
    f: Facts, ordinal: int, unit: str, numbered: Sequence[tuple[int, IndicatorResult]], labels: tuple[str, ...]
) -> Chart:
    results = [result for _, result in numbered]
    pairs = [_pair(r.indicator, r.indicator.target, r.indicator.actual) for r in results]
    caption = f.say("charts", "objective", ordinal=str(ordinal)) + (f" ({unit})" if unit else "")
    points = "; ".join(
        f"{name_of(r.indicator)} {r.indicator.target.strip()} dan {r.indicator.actual.strip()}" for r in results
    )
    return Chart(
        caption,
        ChartKind.COLUMNS,
        labels,
        (
            Series(f.say("charts", "target"), tuple(target for target, _ in pairs)),
            Series(f.say("charts", "actual"), tuple(actual for _, actual in pairs)),
        ),
        unit,
        f.say("charts", "objective_about", points=points),
        f"sasaran-{ordinal}",
    )


def trend(f: Facts, result: IndicatorResult) -> Iterator[Chart]:
    """Target and actual of an indicator over the years, from three years with a figure on."""
    found = result.indicator
    years = [
        (f.year - back, actual, _pair(found, target, actual))
        for back, (target, actual) in enumerate(((found.target, found.actual), *found.earlier))
        if _pair(found, target, actual)[1] is not None
    ]
    if len(years) < FEWEST_YEARS:
        return
    years.reverse()
    points = "; ".join(f"{year} {actual.strip()}" for year, actual, _ in years)
    names = {"name": name_of(found), "first": str(years[0][0]), "last_year": str(years[-1][0])}
    targets = tuple(target for _, _, (target, _) in years)
    series = [Series(f.say("charts", "actual"), tuple(actual for _, _, (_, actual) in years))]
    if any(value is not None for value in targets):
        series.insert(0, Series(f.say("charts", "target"), targets))
    about = f.say("charts", "trend_about", points=points, **names)
    categories = tuple(str(year) for year, _, _ in years)
    unit = " ".join(found.unit.split())
    yield Chart(f.say("charts", "trend", **names), ChartKind.LINES, categories, tuple(series), unit, about)


def absorption(f: Facts) -> Iterator[Chart]:
    """Money planned and spent of every programme, in millions or billions of rupiah."""
    programmes = f.results.programmes
    if not 1 <= len(programmes) <= MOST:
        return
    large = max(one.absorption.ceiling for one in programmes) >= 10 * BILLION
    unit = BILLION if large else MILLION
    points = "; ".join(
        f"{cell(one.line.name)} {format_number(one.absorption.ceiling)} dan {format_number(one.absorption.spent)}"
        for one in programmes
    )
    yield Chart(
        f.say("charts", "absorption"),
        ChartKind.COLUMNS,
        _fitting(cell(one.line.name) for one in programmes) or tuple(cell(one.line.code) for one in programmes),
        (
            Series(f.say("charts", "ceiling"), tuple(_shown(one.absorption.ceiling / unit) for one in programmes)),
            Series(f.say("charts", "spent"), tuple(_shown(one.absorption.spent / unit) for one in programmes)),
        ),
        f.say("charts", "billions" if large else "millions"),
        f.say("charts", "absorption_about", points=points),
        "serapan",
    )


def _fitting(names: Iterable[str]) -> tuple[str, ...]:
    """The names that stand under columns, or none where they do not fit: names that are cut may look alike."""
    found = tuple(names)
    return found if all(len(name) * len(found) <= LETTERS for name in found) else ()


def _pair(found: Indicator, target: str, actual: str) -> tuple[Decimal | None, Decimal | None]:
    """Target and actual of a year as numbers, None where they are none."""
    return _number(without_limit(target, falling=found.falling), found.unit), _number(actual, found.unit)


def _number(text: str, unit: str = "") -> Decimal | None:
    found = read_number(text, unit=unit)
    return found if isinstance(found, Decimal) else None


def _shown(value: Decimal | None) -> Decimal | None:
    """A value as precise as a reader sees it."""
    return None if value is None else rounded(value, 2)
