"""Chapters I and II of the report: why it is who the office is, and what was planned for the year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count

from lkip_desktop.documents import facts
from lkip_desktop.documents.report import Align, Column, Items, Paragraph, Part, Row, Table
from lkip_desktop.documents.report_outline import chapter
from lkip_desktop.documents.report_words import EMPTY, Facts, cell, figure, gap, words
from lkip_desktop.numbers import format_number, read_number
from lkip_desktop.performance.model import Indicator
from lkip_desktop.performance.summary import ObjectiveResult
from lkip_desktop.words import long_date

# More indicators than this do not fit on a page beside text.
MANY = 10


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


def _objectives(f: Facts) -> tuple[Part, ...]:
    names = tuple(found.objective for found in f.results.objectives if found.objective)
    return (Paragraph(f.say("renstra")), Items(names)) if names else ()


def _indicators(f: Facts) -> tuple[Part, ...]:
    if not f.results.results:
        return (gap(f, "indicators"),)
    last = f.column("renstra", 17, Align.CENTRE)
    return (
        Paragraph(f.say("indicators")),
        replace(by_objective(f, f.say("indicators", "table"), last, lambda i: i.renstra_target), anchor="indikator"),
    )


def _agreement(f: Facts) -> tuple[Part, ...]:
    if not f.results.results:
        return f.written("report_agreement") or (gap(f, "agreement"),)
    last = f.column("target", 17, Align.CENTRE)
    table = by_objective(f, f.say("agreement", "table"), last, lambda i: i.target)
    return (*f.written_or("report_agreement", (Paragraph(f.say("agreement")),)), replace(table, anchor="perjanjian"))


def by_objective(f: Facts, caption: str, last: Column, value: Callable[[Indicator], str]) -> Table:
    """Number, sasaran, indikator, satuan and one figure.

    Number and sasaran stand once for all its indicators; in a table of many indicators, which goes on over pages, the
    sasaran is a heading above them instead.
    """
    if len(f.results.results) > MANY:
        return _under_headings(f, caption, last, value)
    columns = (
        f.column("number", 6, Align.CENTRE),
        f.column("objective", 30),
        f.column("indicator", 33),
        f.column("unit", 14, Align.CENTRE),
        last,
    )
    rows = []
    for number, objective in enumerate(f.results.objectives, start=1):
        for place, result in enumerate(objective.results):
            first = (f"{number}.", cell(objective.objective)) if place == 0 else (None, None)
            found = result.indicator
            rows.append(Row((*first, cell(found.name), cell(found.unit), figure(value(found)))))
    return Table(caption, columns, tuple(rows))


def _under_headings(f: Facts, caption: str, last: Column, value: Callable[[Indicator], str]) -> Table:
    columns = (
        f.column("number", 7.5 if f.many else 6, Align.CENTRE),
        f.column("indicator", 61.5 if f.many else 63),
        f.column("unit", 14, Align.CENTRE),
        last,
    )
    rows: list[Row] = []
    numbers = count(1)
    for ordinal, objective in enumerate(f.results.objectives, start=1):
        rows.append(Row((objective_heading(f, ordinal, objective),)))
        for result in objective.results:
            found = result.indicator
            rows.append(Row((f"{next(numbers)}.", cell(found.name), cell(found.unit), figure(value(found)))))
    return Table(caption, columns, tuple(rows))


def objective_heading(f: Facts, ordinal: int, found: ObjectiveResult) -> str:
    """``Sasaran 1: …``"""
    name = found.objective or f.say("objective", "unnamed")
    return f.say("measurement", "objective", ordinal=str(ordinal), objective=name)


def _programmes(f: Facts) -> tuple[Part, ...]:
    if not f.has_budget:
        return (gap(f, "programmes"),)
    columns = (f.column("number", 6, Align.CENTRE), f.column("programme", 64), f.column("budget", 30, Align.RIGHT))
    lines = f.results.budget.lines
    rows = [Row((f"{n}.", cell(line.name), money(line.valid_ceiling))) for n, line in enumerate(lines, start=1)]
    total = Row(("", f.say("programmes", "total"), format_number(f.results.budget.absorption.ceiling)), strong=True)
    return (Paragraph(f.say("programmes")), Table(f.say("programmes", "table"), columns, (*rows, total), "program"))


def money(text: str) -> str:
    """An amount in rupiah without its sign; what is not an amount as it was typed."""
    found = read_number(text, money=True)
    return format_number(found) if isinstance(found, Decimal) else text.strip() or EMPTY
