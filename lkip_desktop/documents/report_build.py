"""Makes the report's content from a snapshot: all its parts in the order that Permenpan RB 53/2014 asks for."""

from __future__ import annotations

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.report import Contents, ListOfTables, Numbering, Report, Section
from lkip_desktop.documents.report_end import annexes, closing, measurement
from lkip_desktop.documents.report_front import cover, executive_summary, preface
from lkip_desktop.documents.report_plan import introduction, planning
from lkip_desktop.documents.report_results import accountability
from lkip_desktop.documents.report_words import Facts
from lkip_desktop.performance.rules import DEFAULT_RULES, Rules


def report(snapshot: Snapshot, rules: Rules = DEFAULT_RULES) -> Report:
    """The whole report. What nobody wrote is proposed from the figures, or left as a marked gap."""
    f = Facts(snapshot, rules)
    agency = snapshot.agency
    lists = (f.heading(1, "contents"), Contents(), f.heading(1, "tables"), ListOfTables())
    front = (*preface(f), *lists, *executive_summary(f))
    body = (*introduction(f), *planning(f), *accountability(f), *closing(f), *annexes(f))
    return Report(
        title=f"{agency.report_title} ({agency.report_abbreviation}) Tahun {snapshot.state.year}",
        author=agency.short,
        year=snapshot.state.year,
        running=(f"{agency.report_abbreviation} Tahun {snapshot.state.year}", agency.short),
        sections=(
            Section((cover(f),), Numbering.NONE),
            Section(front, Numbering.ROMAN),
            Section(body, Numbering.ARABIC),
            Section(measurement(f), Numbering.ON, landscape=True),
        ),
    )
