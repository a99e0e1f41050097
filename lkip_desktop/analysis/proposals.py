"""Proposes a short paragraph for each of the seven points from an indicator's figures, in official Indonesian.

The wordings are data (`resources/documents/analysis.toml`). What figures cannot tell is left as ``[lengkapi: …]``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from lkip_desktop.analysis.case import Case, Money, Point, Programme, Standing, lowered
from lkip_desktop.documents.assets import toml
from lkip_desktop.numbers import format_number, is_blank, read_number, rupiah
from lkip_desktop.performance.rules import Rules, telling_places

OPEN = "[lengkapi:"
"""Begins a place that only the office can fill."""
LOW_ABSORPTION = Decimal(80)
_FIGURE = re.compile(r"(?:Rp )?[-−]?[0-9]")


def propose(case: Case, point: Point, turn: int = 0) -> str:
    """A paragraph for one point; `turn` takes another wording, so that neighbours do not read alike."""
    return _PROPOSALS[point](case, turn)


def title(point: Point) -> str:
    return str(words()["titles"][point.value])


@cache
def words() -> dict[str, Any]:
    """The wordings, by point and case."""
    return toml("analysis.toml")


def say(point: Point, key: str, case: Case, turn: int, **filled: str) -> str:
    """One wording of a case; each point begins with another one, so that they do not all turn together."""
    found: list[str] = words()[point.value][key]
    common = {"name": lowered(case.name), "year": str(case.year), "actual": case.shown(case.actual)}
    texts = {**common, **filled}
    fitting = [wording for wording in found if _fits(wording, texts)] or found
    seed = int.from_bytes(hashlib.sha256(point.value.encode()).digest()[:4])
    return fitting[(seed + turn) % len(fitting)].format(**texts)


def _fits(wording: str, texts: dict[str, str]) -> bool:
    """Whether no brackets come to stand within brackets, and nothing but an amount behind *sebesar*."""
    return not any(
        (f"({{{key}}}" in wording and "(" in text) or (f"sebesar {{{key}}}" in wording and not _FIGURE.match(text))
        for key, text in texts.items()
    )


def _target(case: Case, turn: int) -> str:
    key, difference = _target_case(case)
    return say(
        Point.TARGET,
        key,
        case,
        turn,
        target=case.shown(case.target),
        achievement=_achieved(case),
        predicate=case.predicate,
        reason=case.achievement.reason,
        difference="" if difference is None else case.amount(difference),
    ) + _provisional(case)


def _achieved(case: Case) -> str:
    """The achievement as printed; where rounding hides that it misses a target or a grade, as it is beside it."""
    found = case.achievement
    return found.text if found.value is None else case.rules.told(found.value, found.places)


def _target_case(case: Case) -> tuple[str, Decimal | None]:
    standing, difference = case.against(case.target)
    if case.achievement.value is None:
        return "none", None
    if case.achievement.manual:
        return "set", None
    if difference is None:
        better = standing is (Standing.BELOW if case.falling else Standing.ABOVE)
        return ("grade_above" if better else "grade_equal" if case.reached else "grade_below"), None
    if standing is Standing.EQUAL:
        return "equal", difference
    if case.falling:
        return ("less_below" if standing is Standing.ABOVE else "less_above"), difference
    return standing.value, difference


def _provisional(case: Case) -> str:
    if not case.provisional or is_blank(case.actual):
        return ""
    return str(words()["target"]["provisional"])


def _years(case: Case, turn: int) -> str:
    before = case.before
    if before is None:
        return say(Point.YEARS, "none", case, turn)
    year, text = before
    filled = {"before_year": str(year), "before": case.shown(text)}
    if is_blank(case.actual):
        return say(Point.YEARS, "unknown", case, turn, **filled)
    standing, difference = case.against(text)
    if standing is Standing.OTHER:
        return say(Point.YEARS, "other", case, turn, **filled)
    if standing is Standing.EQUAL:
        return say(Point.YEARS, "same", case, turn, **filled) + _trend(case)
    if difference is None:
        return say(Point.YEARS, _graded(standing, falling=case.falling), case, turn, **filled)
    key = _moved(standing, falling=case.falling)
    return say(Point.YEARS, key, case, turn, change=case.amount(difference), **filled) + _trend(case)


def _moved(standing: Standing, *, falling: bool) -> str:
    if standing is Standing.ABOVE:
        return "worse_up" if falling else "better_up"
    return "better_down" if falling else "worse_down"


def _graded(standing: Standing, *, falling: bool) -> str:
    return "grade_better" if standing is (Standing.BELOW if falling else Standing.ABOVE) else "grade_worse"


def _trend(case: Case) -> str:
    """A clause about three years and more in a row that all have figures."""
    series = case.series
    values = [read_number(text, unit=case.unit) for _, text in series]
    numbers = [value for value in values if isinstance(value, Decimal)]
    if len(numbers) < max(3, len(series)):
        return ""
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    key = "trend_mixed"
    if all(step > 0 for step in steps):
        key = "trend_up"
    elif all(step < 0 for step in steps):
        key = "trend_down"
    elif not any(steps):
        key = "trend_flat"
    elif all(step >= 0 for step in steps):
        key = "trend_not_down"
    elif all(step <= 0 for step in steps):
        key = "trend_not_up"
    texts = [case.shown(text) for _, text in series]
    return str(words()["years"][key]).format(
        first_year=series[0][0],
        first=texts[0],
        lowest=texts[numbers.index(min(numbers))],
        highest=texts[numbers.index(max(numbers))],
    )


def _renstra(case: Case, turn: int) -> str:
    if is_blank(case.renstra):
        return say(Point.RENSTRA, "none", case, turn)
    end = str(words()["renstra"]["end"]).format(end_year=case.renstra_year) if case.renstra_year else ""
    filled = {"renstra": case.shown(case.renstra), "end": end}
    if is_blank(case.actual):
        return say(Point.RENSTRA, "unknown", case, turn, **filled)
    standing, difference = case.against(case.renstra)
    if standing is Standing.OTHER:
        return say(Point.RENSTRA, "other", case, turn, **filled)
    if standing is not (Standing.ABOVE if case.falling else Standing.BELOW):
        return say(Point.RENSTRA, "reached", case, turn, **filled)
    key = "grade_short" if difference is None else "less_short" if case.falling else "short"
    if case.renstra_year is not None and case.renstra_year <= case.year:
        key += "_ended"
    if difference is not None:
        filled |= {"gap": case.amount(difference), "progress": _progress(case)}
    return say(Point.RENSTRA, key, case, turn, **filled)


def _progress(case: Case) -> str:
    """How much of the medium-term target is reached: actual ÷ target × 100."""
    actual, target = (read_number(text, unit=case.unit) for text in (case.actual, case.renstra))
    if isinstance(actual, Decimal) and isinstance(target, Decimal) and target > 0:
        reached = max(actual, Decimal()) / target * 100
        return case.rules.percent(reached, telling_places(reached, 2, case.rules))
    return case.shown(case.actual)


def _national(case: Case, turn: int) -> str:
    if is_blank(case.national):
        return say(Point.NATIONAL, "none", case, turn)
    standing, difference = case.against(case.national)
    key = "unknown" if is_blank(case.actual) else standing.value
    if standing in (Standing.ABOVE, Standing.BELOW):
        if difference is None:
            key = _graded(standing, falling=case.falling)
        elif case.falling:
            key = "less_below" if standing is Standing.ABOVE else "less_above"
    apart = "" if difference is None else case.amount(difference)
    return say(Point.NATIONAL, key, case, turn, national=case.shown(case.national), difference=apart)


def _causes(case: Case, turn: int) -> str:
    if case.reached is None:
        return say(Point.CAUSES, "none", case, turn)
    text = say(Point.CAUSES, "reached" if case.reached else "missed", case, turn)
    before = case.before
    if case.reached and before is not None:
        standing, _ = case.against(before[1])
        if standing is (Standing.ABOVE if case.falling else Standing.BELOW):
            worse = str(words()["causes"]["worse_up" if case.falling else "worse"])
            text += worse.format(before_year=before[0])
    return text


def _efficiency(case: Case, turn: int) -> str:
    money, none = case.money, "none" if case.first else "none_again"
    if money is None or money.absorption.value is None:
        return say(Point.EFFICIENCY, none, case, turn, reason=str(words()["efficiency"]["no_budget"]))
    if money.efficiency is None or money.mean is None:
        reason = "no_mean" if money.mean is None else "no_value"
        return say(Point.EFFICIENCY, none, case, turn, reason=str(words()["efficiency"][reason]))
    used = money.absorption
    judged, whole, again = (
        ("judged", "whole", "again") if money.efficiency.label else ("told", "told_whole", "told_again")
    )
    text = say(
        Point.EFFICIENCY,
        again if not case.first else judged if money.own else whole,
        case,
        turn,
        ceiling=rupiah(used.ceiling),
        spent=rupiah(used.spent),
        absorption=used.text,
        mean=case.rules.percent(money.mean),
        label=money.efficiency.label.lower(),
    )
    return text + (_capped(money, case.rules) if case.first else "")


def _capped(money: Money, rules: Rules) -> str:
    """With a cap an under-spending office always looks efficient: both means are told (domain §2, trap)."""
    if money.cap is None or money.raw is None or money.raw == money.mean:
        return ""
    return str(words()["efficiency"]["capped"]).format(cap=format_number(money.cap), raw=rules.percent(money.raw))


def _programmes(case: Case, turn: int) -> str:
    programmes = case.money.programmes if case.money and case.money.own else ()
    if not programmes:
        return say(Point.PROGRAMMES, "none", case, turn)
    key = "plain" if case.reached is None else "reached" if case.reached else "missed"
    return say(Point.PROGRAMMES, key, case, turn, programmes=joined([_named(p) for p in programmes])) + _lowest(
        programmes
    )


def _named(programme: Programme) -> str:
    key = "unmeasured" if programme.absorption.value is None else "one"
    return str(words()["programmes"][key]).format(name=programme.name, absorption=programme.absorption.text)


def _lowest(programmes: tuple[Programme, ...]) -> str:
    known = [(p.absorption.value, p) for p in programmes if p.absorption.value is not None]
    if len(known) < 2:
        return ""
    value, programme = min(known, key=lambda pair: pair[0])
    if value >= LOW_ABSORPTION:
        return ""
    return str(words()["programmes"]["low"]).format(name=programme.name, absorption=programme.absorption.text)


def joined(texts: list[str]) -> str:
    """``a``, ``a dan b``, ``a, b, dan c``"""
    if len(texts) < 3:
        return " dan ".join(texts)
    return f"{', '.join(texts[:-1])}, dan {texts[-1]}"


_PROPOSALS: dict[Point, Callable[[Case, int], str]] = {
    Point.TARGET: _target,
    Point.YEARS: _years,
    Point.RENSTRA: _renstra,
    Point.NATIONAL: _national,
    Point.CAUSES: _causes,
    Point.EFFICIENCY: _efficiency,
    Point.PROGRAMMES: _programmes,
}
