"""Chapters I and II of the report: why it is who the office is, and what was planned for the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lkip_desktop.documents import facts
from lkip_desktop.documents.report import Align, Items, Paragraph, Part
from lkip_desktop.documents.report_outline import chapter
from lkip_desktop.documents.report_plan_tables import (
    ValueColumn,
    basis_table,
    by_objective,
    measuring_table,
    programme_table,
    target_columns,
    targets_changed,
)
from lkip_desktop.documents.report_words import Facts, gap, words
from lkip_desktop.performance.summary import ObjectiveResult
from lkip_desktop.words import long_date


def introduction(f: Facts) -> tuple[Part, ...]:
    contents: dict[str, Iterable[Part]] = {
        "background": f.written_or("report_background", (*f.says("background"), *_occasion(f))),
        "organisation": (*f.written_or("report_organisation", (gap(f, "organisation"),)), *_units(f)),
        "issues": f.written_or("report_issues", (gap(f, "issues"),)),
        "law": _law(f),
        "outline": (
            Paragraph(f.say("outline")),
            Items(tuple(text.format(**f.common) for text in words()["outline"]["items"])),
        ),
    }
    return chapter(f, "introduction", contents)


def _occasion(f: Facts) -> Iterator[Part]:
    """The circular and the team's decree, where they are recorded."""
    said = []
    written_on, decreed_on = f.day("circular_date"), f.day("team_decree_date")
    number, decree = f.text("circular_number").strip(), f.text("team_decree_number").strip()
    if number and written_on:
        sender, subject = facts.given(f.text("circular_sender")), facts.given(f.text("circular_subject"))
        said.append(
            f.say("background", "circular", sender=sender, number=number, date=long_date(written_on), subject=subject)
        )
    if decree and decreed_on:
        said.append(f.say("background", "team", number=decree, date=long_date(decreed_on)))
    if said:
        yield Paragraph(" ".join(said))


def _units(f: Facts) -> tuple[Part, ...]:
    state = f.snapshot.state
    names = tuple(name for row in state.rows("units") if (name := state.cell("units", row, "name").strip()))
    return (Paragraph(f.say("organisation", "units")), Items(names)) if names else ()


def _law(f: Facts) -> tuple[Part, ...]:
    listed = next((one for one in f.snapshot.state.sop.lists if one.id == words()["law"]["list"]), None)
    texts = tuple(item.clean.strip() for item in listed.items if item.clean.strip()) if listed else ()
    return (Paragraph(f.say("law")), Items(texts)) if texts else (gap(f, "law"),)


def planning(f: Facts) -> tuple[Part, ...]:
    contents: dict[str, Iterable[Part]] = {
        "renstra": f.written_or("report_renstra", (gap(f, "renstra"), *_objectives(f))),
        "indicators": _indicators(f),
        "agreement": _agreement(f),
        "programmes": _programmes(f),
    }
    return chapter(f, "planning", contents)


def _objectives(f: Facts) -> Iterator[Part]:
    goals = dict.fromkeys(" ".join(result.indicator.goal.split()) for result in f.results.results)
    named = tuple(goal for goal in goals if goal)
    names = tuple(found.objective for found in f.results.objectives if found.objective)
    if named:
        yield from (Paragraph(f.say("renstra", "goals")), Items(named))
    if names:
        yield from (Paragraph(f.say("renstra", "under_goals" if named else "text")), Items(names))


def _indicators(f: Facts) -> Iterator[Part]:
    if not f.results.results:
        yield gap(f, "indicators")
        return
    last = ValueColumn(f.column("renstra", 17, Align.CENTRE), lambda i: i.renstra_target)
    key = _key(f)
    table = by_objective(f, f.say("indicators", "table"), (last,), key)
    said = "text" if len(key) == len(f.results.objectives) else "some"
    yield from (Paragraph(f.say("indicators", said)), replace(table, anchor="indikator"))
    if measured := measuring_table(f):
        yield from (Paragraph(f.say("measuring")), measured)


def _key(f: Facts) -> tuple[ObjectiveResult, ...]:
    """The objectives with their key indicators alone; all of them where the office marked none."""
    if not any(result.indicator.key for result in f.results.results):
        return f.results.objectives
    found = (replace(o, results=tuple(r for r in o.results if r.indicator.key)) for o in f.results.objectives)
    return tuple(objective for objective in found if objective.results)


def _agreement(f: Facts) -> Iterator[Part]:
    if not f.results.results:
        yield from f.written("report_agreement") or (gap(f, "agreement"),)
        return
    yield from f.written_or("report_agreement", (Paragraph(f.say("agreement")),))
    if targets_changed(f):
        yield Paragraph(f.say("agreement", "changed"))
    yield replace(by_objective(f, f.say("agreement", "table"), target_columns(f)), anchor="perjanjian")
    if basis := basis_table(f):
        yield from (Paragraph(f.say("basis")), basis)


def _programmes(f: Facts) -> tuple[Part, ...]:
    if not f.has_budget:
        return (gap(f, "programmes"),)
    return (Paragraph(f.say("programmes")), replace(programme_table(f), anchor="program"))
