"""Makes the report's content from a snapshot: all its parts in the order that Permenpan RB 53/2014 asks for."""

from __future__ import annotations

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.cycle_rules import rules
from lkip_desktop.documents.report import (
    Chart,
    Contents,
    ListOfFigures,
    ListOfTables,
    Numbering,
    Part,
    Picture,
    Report,
    Section,
)
from lkip_desktop.documents.report_annexes import pact, reviewed
from lkip_desktop.documents.report_end import annexes, closing, measurement
from lkip_desktop.documents.report_front import cover, executive_summary, preface
from lkip_desktop.documents.report_plan import introduction, planning
from lkip_desktop.documents.report_results import accountability
from lkip_desktop.documents.report_words import Facts
from lkip_desktop.performance.rules import Rules

HEAD = 16
"""Hex digits of the history's head that a report carries, so that a copy edited elsewhere can be compared."""


def report(snapshot: Snapshot, rules_: Rules | None = None) -> Report:
    """The whole report. What nobody wrote is proposed from the figures, or left as a marked gap.

    `rules_` go before those of the cycle.
    """
    f = Facts(snapshot, rules_ or rules(snapshot.state))
    agency = snapshot.agency
    made = _made(f)
    return Report(
        title=f"{agency.report_title} ({agency.report_abbreviation}) Tahun {snapshot.state.year}",
        author=agency.short,
        year=snapshot.state.year,
        running=(f"{agency.report_abbreviation} Tahun {snapshot.state.year}", agency.short),
        sections=made,
        head=snapshot.state.head[:HEAD],
        figures=tuple(f.figures.items()),
    )


def _made(f: Facts) -> tuple[Section, ...]:
    body = (*introduction(f), *planning(f), *accountability(f), *closing(f), *annexes(f), *pact(f), *reviewed(f))
    wide = measurement(f)
    figures = any(isinstance(part, Chart | Picture) for part in body)
    lists: tuple[Part, ...] = (f.heading(1, "contents"), Contents(), f.heading(1, "tables"), ListOfTables())
    if figures:
        lists = (*lists, f.heading(1, "figures"), ListOfFigures())
    front = (*preface(f), *lists, *executive_summary(f))
    return (
        Section((cover(f),), Numbering.NONE),
        Section(front, Numbering.ROMAN),
        Section(body, Numbering.ARABIC),
        Section(wide, Numbering.ON, landscape=True),
    )
