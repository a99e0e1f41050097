"""The completeness check of the report as a sheet to print, and as a table."""

from __future__ import annotations

import csv
from io import StringIO

from lkip_desktop.completeness import Group, Item, Standing, completeness
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.letter import Column, Heading, Letter, Look, Paragraph, Part, Table, Title
from lkip_desktop.documents.letter_pdf import letter_pdf
from lkip_desktop.outside import plain_cell
from lkip_desktop.words import long_date

TITLE = "Pemeriksaan Kelengkapan"
HEADINGS = ("Kelompok", "Butir", "Keadaan", "Keterangan")
COLUMNS = (
    Column("No", 6, centred=True),
    Column("Butir", 44),
    Column("Keadaan", 14, centred=True),
    Column("Keterangan", 36),
)


def items(snapshot: Snapshot) -> tuple[Item, ...]:
    return completeness(snapshot.state, snapshot.events, snapshot.today, snapshot.style)


def completeness_pdf(snapshot: Snapshot) -> bytes:
    """The sheet as PDF, group by group."""
    return letter_pdf(completeness_sheet(snapshot))


def completeness_sheet(snapshot: Snapshot) -> Letter:
    """What the sheet says."""
    found, agency = items(snapshot), snapshot.agency
    there = sum(item.standing is Standing.THERE for item in found)
    head = f"{agency.report_abbreviation} {agency.short} Tahun {snapshot.state.year}"
    parts: list[Part] = [
        Title("PEMERIKSAAN KELENGKAPAN LAPORAN", "", (head.upper(),)),
        Paragraph(f"Keadaan per {long_date(snapshot.today)}: {there} dari {len(found)} butir lengkap."),
    ]
    for group in Group:
        own = [item for item in found if item.group is group]
        rows = tuple((f"{n}.", item.text, item.standing.capitalize(), item.note) for n, item in enumerate(own, start=1))
        parts += [Heading(group.value), Table(COLUMNS, rows, size=10)]
    name = f"{TITLE} {agency.report_abbreviation} {snapshot.state.year}"
    foot = f"{agency.report_abbreviation} {snapshot.state.year} · riwayat {snapshot.state.head[:8]}"
    return Letter(name, agency.short, Look(paper=agency.paper), tuple(parts), (foot,))


def completeness_csv(snapshot: Snapshot) -> bytes:
    """The items as CSV: UTF-8 with a mark, semicolons; no text can become a formula."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([plain_cell(text) for text in row] for row in _table(snapshot))
    return out.getvalue().encode("utf-8-sig")


def completeness_xlsx(snapshot: Snapshot) -> bytes:
    """The items as a workbook."""
    from lkip_desktop.documents.workbook_tables_xlsx import data_xlsx

    return data_xlsx(f"{TITLE} {snapshot.state.year}", snapshot.agency.short, _table(snapshot))


def _table(snapshot: Snapshot) -> list[tuple[str, ...]]:
    found = items(snapshot)
    return [HEADINGS, *((item.group.value, item.text, item.standing.value, item.note) for item in found)]
