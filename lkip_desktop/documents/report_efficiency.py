"""The report on how efficiently money was used: of the whole office, and of each sasaran by the programmes it has."""

from __future__ import annotations

from collections.abc import Iterator

from lkip_desktop.analysis.case import Money
from lkip_desktop.documents.report import Align, Note, Paragraph, Part, Row, Table
from lkip_desktop.documents.report_words import EMPTY, Facts, cell, gap, sourced
from lkip_desktop.numbers import format_number, rounded
from lkip_desktop.performance.budget import Efficiency, judged
from lkip_desktop.performance.rules import EfficiencyMethod

MOST_PLACES = 10


def efficiency(f: Facts) -> Iterator[Part]:
    """Point 6 of what a report must analyse (Permenpan RB 53/2014), by the method that the office chose."""
    found, narrative = f.results.efficiency, f.written("efficiency_note")
    if f.rules.efficiency is EfficiencyMethod.NARRATIVE:
        yield from narrative or sourced("efficiency_note", [gap(f, "efficiency")])
        return
    if found is None:
        yield Paragraph(f.say("efficiency", "none"))
        yield from narrative
        return
    pmk = f.rules.efficiency is EfficiencyMethod.PMK
    yield Paragraph(f.say("efficiency", "text_pmk") if pmk else f.say("efficiency", band=format_number(f.rules.band)))
    places = 2 if pmk else _telling_places(f, found)
    shown = {
        "achievement": f.rules.percent(found.achievement, places),
        "absorption": f.rules.percent(found.absorption, places),
        "value": f.rules.number(found.value, places).replace("-", "−"),
    }
    yield Paragraph(f.say("efficiency", "result_pmk" if pmk else "result", label=found.label.lower(), **shown))
    yield from _by_objective(f)
    yield from narrative


def _telling_places(f: Facts, found: Efficiency) -> int:
    """The least decimals, from two on, at which the printed difference is that of the printed figures, and is called
    what the exact one is."""
    figures = (found.achievement, found.absorption, found.value)
    for places in range(2, MOST_PLACES):
        achieved, used, difference = (rounded(figure, places, cut=f.rules.cut) for figure in figures)
        if achieved - used == difference and judged(difference, f.rules.band) == found.label:
            return places
    return 2


def _by_objective(f: Facts) -> Iterator[Part]:
    """Each sasaran that has programmes of its own; those that serve several count at each of them."""
    found = [(objective, f.cases[objective.results[0].indicator.id].money) for objective in f.results.objectives]
    own = [(objective.objective, money) for objective, money in found if money is not None and money.own]
    if not own:
        return
    columns = (
        f.column("number", 6, Align.CENTRE),
        f.column("objective", 28),
        f.column("ceiling", 17, Align.RIGHT),
        f.column("spent", 17, Align.RIGHT),
        f.column("absorption", 10, Align.RIGHT),
        f.column("mean", 10, Align.RIGHT),
        f.column("efficiency", 12, Align.CENTRE),
    )
    rows = tuple(Row((f"{number}.", cell(name), *_figures(f, money))) for number, (name, money) in enumerate(own, 1))
    yield Paragraph(f.say("efficiency", "by_objective"))
    yield Table(f.say("efficiency", "table"), columns, rows, "efisiensi")
    names = [programme.name for _, money in own for programme in money.programmes]
    if len(set(names)) < len(names):
        yield Note(f.say("efficiency", "shared"))


def _figures(f: Facts, money: Money) -> tuple[str, ...]:
    used = money.absorption
    return (
        format_number(used.ceiling),
        format_number(used.spent),
        EMPTY if used.value is None else used.text,
        EMPTY if money.mean is None else f.rules.percent(money.mean),
        EMPTY if money.efficiency is None else money.efficiency.label or EMPTY,
    )
