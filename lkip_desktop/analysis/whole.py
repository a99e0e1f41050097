"""Proposes the executive summary and the closing chapter from the year's figures and from what the analysts wrote.

Texts come as lines in the markup of the report. What figures cannot tell is left as ``[lengkapi: …]``; obstacles and
steps are taken from the texts of the indicators that missed their target, never invented.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from lkip_desktop.analysis.case import lowered
from lkip_desktop.analysis.proposals import joined, words
from lkip_desktop.numbers import rupiah
from lkip_desktop.performance.budget import Absorption, Efficiency
from lkip_desktop.performance.rules import Rules
from lkip_desktop.performance.summary import IndicatorResult, PerformanceSummary
from lkip_desktop.words import number_in_words

MOST = 5
"""Indicators that a summary names one by one; of more, the lowest achievements."""
_LISTED = re.compile(r"\||!\[|tabel *:", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)%]{3})[.!?] (?=[A-Z])")
_ENDED = re.compile(r"[.!?…\]][\"”’)]*$")
_BULLET = re.compile(r"^(?:[-•–*]|[0-9]{1,3}[.)]) +")


@dataclass(frozen=True)
class Whole:
    """A year's performance of an agency, named as in sentences, under its rules; `turn` takes another wording."""

    agency: str
    year: int
    results: PerformanceSummary
    rules: Rules
    turn: int = 0

    def say(self, part: str, key: str, **filled: str) -> str:
        found: Any = words()[part][key]
        chosen = found if isinstance(found, str) else found[self.turn % len(found)]
        common = {"agency": self.agency, "year": str(self.year), "next_year": str(self.year + 1)}
        common["counted"] = " yang dapat dihitung" if self.uncounted else ""
        return str(chosen).format(**{**common, **filled})

    @cached_property
    def counted(self) -> tuple[IndicatorResult, ...]:
        return tuple(r for r in self.results.results if r.achievement.value is not None)

    @cached_property
    def uncounted(self) -> tuple[IndicatorResult, ...]:
        return tuple(r for r in self.results.results if r.achievement.value is None)

    @cached_property
    def missed(self) -> tuple[IndicatorResult, ...]:
        """Those below their target, the lowest achievement first."""
        below = (r for r in self.counted if _value(r) < 100)
        return tuple(sorted(below, key=_value))


def summary_text(whole: Whole) -> str:
    """The *Ikhtisar Eksekutif*: goals, main results, obstacles and next steps; empty without indicators."""
    if not whole.results.results:
        return ""
    return "\n".join((_plan(whole), _results(whole), *_money(whole, "summary"), *_obstacles(whole), *_steps(whole)))


def conclusion_text(whole: Whole) -> str:
    """The general conclusion; empty without indicators."""
    if not whole.results.results:
        return ""
    if not whole.counted:
        return whole.say("closing", "nothing")
    said = [_opening(whole)]
    if whole.missed:
        said.append(whole.say("closing", "missed", names=_named(whole.missed)))
    if whole.uncounted:
        number = _how_many(len(whole.uncounted))
        said.append(whole.say("closing", "not_computable", number=number, names=_named(whole.uncounted)))
    return "\n".join((" ".join(said), " ".join((*_money(whole, "closing"), whole.say("closing", "last")))))


def improvement_text(whole: Whole) -> str:
    """What is to be done for each indicator that missed its target, lacks data, or has a follow-up; empty without."""
    if not whole.results.results:
        return ""
    steps = list(_improvements(whole))
    if whole.counted and not whole.missed:
        steps.append(whole.say("closing", "improve_keep"))
    return "\n".join((whole.say("closing", "improve"), *(f"{n}. {step}" for n, step in enumerate(steps, start=1))))


def _plan(whole: Whole) -> str:
    objectives = [found.objective for found in whole.results.objectives if found.objective]
    goals = list(dict.fromkeys(" ".join(r.indicator.goal.split()) for r in whole.results.results))
    goals = [lowered(goal) for goal in goals if goal]
    counts = {
        "objectives": _how_many(len(whole.results.objectives)),
        "indicators": _how_many(len(whole.results.results)),
        "names": f", yaitu {joined([lowered(name) for name in objectives])}," if 0 < len(objectives) <= MOST else "",
    }
    if goals:
        return whole.say("summary", "plan_goals", goals=joined(goals), **counts)
    return whole.say("summary", "plan", **counts)


def _results(whole: Whole) -> str:
    said = []
    if whole.counted:
        grades = Counter(result.predicate for result in whole.counted)
        shown = [f"{grades[g.label]} indikator berpredikat {g.label}" for g in whole.rules.scale if grades[g.label]]
        key = "mean_same" if set(grades) == {whole.results.predicate} else "mean"
        said.append(whole.say("summary", key, grades=joined(shown), **_mean(whole)))
        reached = len(whole.counted) - len(whole.missed)
        key = "all_reached" if not whole.missed else "none_reached" if not reached else "some_reached"
        said.append(
            whole.say("summary", key, reached=_how_many(reached), names=_named(whole.missed) if whole.missed else "")
        )
    if whole.uncounted:
        key = "uncounted" if whole.counted else "nothing_counted"
        said.append(whole.say("summary", key, number=_how_many(len(whole.uncounted))))
    return " ".join(said)


def _money(whole: Whole, part: str) -> Iterator[str]:
    if not whole.results.budget.lines:
        return
    if whole.results.budget.warnings:
        yield whole.say(part, "money_gap")
        return
    used: Absorption = whole.results.budget.absorption
    amounts = {"ceiling": rupiah(used.ceiling), "spent": rupiah(used.spent), "absorption": used.text}
    said = [whole.say(part, "money", **amounts)] if used.value is not None else []
    found: Efficiency | None = whole.results.efficiency
    if found is not None and found.label:
        said.append(whole.say(part, "efficiency", label=found.label.lower(), **amounts, **_mean(whole)))
    if said:
        yield " ".join(said)


def _obstacles(whole: Whole) -> Iterator[str]:
    """The causes that were written for what missed its target."""
    told = [(result, text) for result in whole.missed if (text := first_sentence(result.indicator.analysis))]
    if whole.counted and not whole.missed:
        yield whole.say("summary", "attention")
    elif not told:
        yield whole.say("summary", "obstacles_gap")
    else:
        yield whole.say("summary", "obstacles")
        yield from (f"- {_name(result)}: {text}" for result, text in told[:MOST])
        rest = len(whole.missed) - len(told[:MOST])
        if rest:
            yield whole.say("summary", "more", number=_how_many(rest))


def _steps(whole: Whole) -> Iterator[str]:
    ordered = (*whole.missed, *_others(whole))
    written = [text for r in ordered if (text := first_paragraph(r.indicator.follow_up))]
    if not written:
        yield whole.say("summary", "steps_gap")
        return
    yield whole.say("summary", "steps")
    for text in list(dict.fromkeys(written))[:MOST]:
        yield f"- {text}"


def _opening(whole: Whole) -> str:
    reached = len(whole.counted) - len(whole.missed)
    counts = {"count": _how_many(len(whole.results.results)), "reached": _how_many(reached), **_mean(whole)}
    if not whole.missed and not whole.uncounted:
        return whole.say("closing", "all_reached", **counts)
    return whole.say("closing", "opening" if reached else "none_reached", **counts)


def _improvements(whole: Whole) -> Iterator[str]:
    for result in whole.missed:
        written = first_paragraph(result.indicator.follow_up)
        key = "improve_less" if result.indicator.falling else "improve_missed"
        yield _improve(whole, result, written) if written else whole.say("closing", key, name=lowered(_name(result)))
    for result in whole.uncounted:
        yield whole.say("closing", "improve_data", name=lowered(_name(result)))
    for result in _others(whole):
        written = first_paragraph(result.indicator.follow_up)
        if written:
            yield _improve(whole, result, written)


def _improve(whole: Whole, result: IndicatorResult, text: str) -> str:
    return whole.say("closing", "improve_one", name=_name(result), text=text)


def _others(whole: Whole) -> tuple[IndicatorResult, ...]:
    """The indicators that did not miss their target, in order."""
    missed = {result.indicator.id for result in whole.missed}
    return tuple(result for result in whole.results.results if result.indicator.id not in missed)


def _mean(whole: Whole) -> dict[str, str]:
    mean = whole.results.mean
    return {"mean": "" if mean is None else whole.rules.told(mean), "predicate": whole.results.predicate}


def _named(results: tuple[IndicatorResult, ...]) -> str:
    """The names; of many, the first few and how many more."""
    names = [lowered(_name(result)) for result in results[:MOST]]
    if len(results) > MOST:
        return f"{', '.join(names)}, dan {_how_many(len(results) - MOST)} indikator lainnya"
    return joined(names)


def _name(result: IndicatorResult) -> str:
    return " ".join(result.indicator.name.split()) or "indikator tanpa nama"


def _value(result: IndicatorResult) -> Decimal:
    return result.achievement.value if result.achievement.value is not None else Decimal(100)


def _how_many(number: int) -> str:
    """``7 (tujuh)``"""
    return f"{number} ({number_in_words(number)})"


def first_paragraph(text: str) -> str:
    """The first line of running text, without the sign of a list, ended by a full stop; empty where there is none."""
    lines: Iterable[str] = (" ".join(line.split()) for line in text.splitlines())
    found = next((_BULLET.sub("", line) for line in lines if line and not _LISTED.match(line)), "")
    return found if not found or _ENDED.search(found) else f"{found.rstrip(';:,')}."


def first_sentence(text: str) -> str:
    """The first sentence of a text; a full stop after an abbreviation does not end one."""
    paragraph = first_paragraph(text)
    found = _SENTENCE_END.search(paragraph)
    return paragraph[: found.start() + 1] if found else paragraph
