"""The measurement of a year as plain rows: one for each indicator, in the order of the table, for files and sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lkip_desktop.numbers import is_blank
from lkip_desktop.performance.accumulation import measured, valid_target, year_actual
from lkip_desktop.performance.achievement import Achievement, achievement
from lkip_desktop.performance.model import Indicator
from lkip_desktop.performance.rules import DEFAULT_RULES, NOT_COMPUTABLE, Rules, predicate


@dataclass(frozen=True, slots=True)
class AchievementRow:
    """One indicator, as printed. `target` and `actual` are the ones that count, as typed; `achievement` is ``98,39``
    or “Tidak dapat dihitung”, `predicate` empty then; `note` holds why not, and what looks odd. `result` and
    `indicator` are what it was made from."""

    indicator: Indicator
    result: Achievement
    objective: str
    name: str
    unit: str
    direction: str
    target: str
    actual: str
    achievement: str
    predicate: str
    note: str


def achievement_rows(indicators: Iterable[Indicator], rules: Rules = DEFAULT_RULES) -> tuple[AchievementRow, ...]:
    """Every indicator, whether it can be computed or not."""
    return tuple(achievement_row(indicator, rules) for indicator in indicators)


def achievement_row(indicator: Indicator, rules: Rules = DEFAULT_RULES) -> AchievementRow:
    found, result = measured(indicator), achievement(indicator, rules)
    return AchievementRow(
        indicator=found,
        result=result,
        objective=_line(found.objective),
        name=_line(found.name),
        unit=_line(found.unit),
        direction=_line(found.direction),
        target=_line(found.target),
        actual=_line(found.actual),
        achievement=result.figure,
        predicate="" if result.value is None else predicate(result.value, rules),
        note=" ".join(_notes(indicator, result)),
    )


def _notes(indicator: Indicator, result: Achievement) -> Iterator[str]:
    if result.value is None:
        yield f"{NOT_COMPUTABLE}: {result.reason}."
    elif result.manual:
        yield result.why
    target, actual = valid_target(indicator), year_actual(indicator)
    if target.derived and target.text:
        yield f"Target: {target.note}."
    elif target.note and not is_blank(indicator.target):
        yield f"Target menurut {target.note}; target PK murni {_line(indicator.target)}."
    if actual.derived and actual.text:
        yield f"Realisasi: {actual.note}."
    if indicator.provisional:
        yield "Data sementara."
    yield from result.warnings


def _line(text: str) -> str:
    return " ".join(text.split())
