"""What changes when the rows of a table are added, removed, moved, pasted or filled down: one act's changes each."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lkip_desktop.defaults import row_defaults
from lkip_desktop.documents.workbook_layout import fold
from lkip_desktop.errors import UserError
from lkip_desktop.ledger import INDICATORS
from lkip_desktop.numbers import in_unit
from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.values import parse
from lkip_desktop.workflow.events import Json
from lkip_desktop.workflow.state import CycleState

Changes = dict[str, Json]
MAX_PASTED_ROWS = 5000
USUAL = {
    "sasaran": "objective",
    "sasaran strategis": "objective",
    "indikator": "name",
    "indikator kinerja": "name",
    "indikator kinerja utama": "name",
    "indikator sasaran": "name",
    "satuan": "unit",
    "arah": "direction",
    "target": "target",
    "realisasi": "actual",
}
"""What offices call the columns of indicators in tables of their own."""


def fresh_ids(state: CycleState, table: str, count: int) -> list[str]:
    """Row ids ``r<n>`` that no row of the table has or had: rows that were taken out keep their values and files."""
    prefix = f"{table}/"
    paths = [*state.values, *(attachment.field for attachment in state.attachments)]
    known = {path.split("/")[1] for path in paths if path.startswith(prefix)} | set(state.rows(table))
    highest = max((int(row[1:]) for row in known if row[:1] == "r" and row[1:].isdecimal()), default=0)
    return [f"r{highest + number}" for number in range(1, count + 1)]


def added(state: CycleState, table: FormField, at: int | None = None) -> tuple[str, Changes]:
    """A new row before the row at index `at`, last without it: its id, and the changes with its default cells."""
    rows = list(state.rows(table.id))
    (row,) = fresh_ids(state, table.id, 1)
    rows.insert(len(rows) if at is None else at, row)
    return row, {table.id: rows, **row_defaults(state, table, row)}


def removed(state: CycleState, table: FormField, rows: Sequence[str]) -> Changes:
    """Rows taken out of the list; their cells and files stay, so that they can come back."""
    return {table.id: [row for row in state.rows(table.id) if row not in rows]}


def moved(state: CycleState, table: FormField, row: str, by: int) -> Changes:
    """A row moved `by` places (up is negative), as far as the table goes; empty when it stands there already."""
    rows = list(state.rows(table.id))
    here = rows.index(row)
    there = min(max(here + by, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    return {table.id: rows} if there != here else {}


def filled_down(state: CycleState, table: FormField, rows: Sequence[str], columns: Sequence[str]) -> Changes:
    """The cells of the first of `rows` copied into the others, in the given columns."""
    source, *others = rows
    changes = {f"{table.id}/{row}/{c}": state.cell(table.id, source, c) for row in others for c in columns}
    return changed(state, changes)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a grid is put: into `columns` of `rows`, one line each; further lines become rows below all others.

    None is a column that the program works out: what is put there falls away.
    `money_unit` is what plain amounts are counted in: empty for rupiah, ``ribu`` or ``juta``.
    """

    table: FormField
    columns: Sequence[FormField | None]
    rows: Sequence[str] = ()
    money_unit: str = ""


def pasted(state: CycleState, into: Target, grid: Sequence[Sequence[str]]) -> Changes:
    """A grid of texts put into a table.

    A first line of headings of the table says which columns the others go to. Texts are read by the columns' kinds;
    what cannot be read is kept as typed. File columns stay as they are. An empty line empties the row that it falls
    on, but makes none. Raises UserError for more than MAX_PASTED_ROWS lines.
    """
    table = into.table
    headed = headings(grid[0], table, state.year) if grid else ()
    lines, columns = (list(grid[1:]), headed) if headed else (list(grid), into.columns)
    over = len(into.rows)
    lines = [*lines[:over], *(line for line in lines[over:] if any(line))]
    if len(lines) > MAX_PASTED_ROWS:
        raise UserError(f"Paling banyak {MAX_PASTED_ROWS} baris dapat ditempel sekaligus. Tempel sebagian-sebagian.")
    new = fresh_ids(state, table.id, max(0, len(lines) - len(into.rows)))
    changes: Changes = {}
    for row in new:
        changes.update(row_defaults(state, table, row))
    for row, line in zip((*into.rows, *new), lines, strict=False):
        for column, text in zip(columns, line, strict=False):
            if column is not None and column.kind is not FieldKind.FILES:
                read = parse(column.kind, counted_in(column, text, into.money_unit), column)
                changes[f"{table.id}/{row}/{column.id}"] = read.value
    kept = changed(state, changes)
    return {table.id: [*state.rows(table.id), *new], **kept} if new else kept


def counted_in(column: FormField, text: str, unit: str) -> str:
    """An amount of money with the unit that plain amounts are counted in; one that names its own stays.

    ``1,2`` counted in *juta* is ``1,2 juta``; ``Rp 1.200.000`` and ``1.200 ribu`` stay.
    """
    plain = column.kind is FieldKind.MONEY and unit and not any(c.isalpha() for c in text)
    return in_unit(text, unit) if plain else text


def headings(line: Sequence[str], table: FormField, year: int) -> tuple[FormField | None, ...]:
    """The columns that a line names by their headings, one or all of two and more beside others; else none.

    A heading of this `year` is that of the year's own column: ``Target 2026``.
    """
    by_label = {column.label.casefold(): column for column in table.columns}
    if table.id == INDICATORS:
        by_id = {column.id: column for column in table.columns}
        by_label |= {text: by_id[column] for text, column in USUAL.items() if column in by_id}
    found = [by_label.get(heading_in(text, year)) for text in line]
    known = len(found) - found.count(None)
    return tuple(found) if known > 1 or None not in found else ()


def pasted_in_words(grid: Sequence[Sequence[str]], table: FormField, year: int, computed: Collection[str]) -> str:
    """How many rows a grid brought, and which columns it named that the table has not; `computed` ones go unsaid."""
    head = headings(grid[0], table, year) if grid else ()
    said = f"{len(grid) - bool(head)} baris ditempel."
    unsaid = {"", "no", *(label.casefold() for label in computed)}
    left = [text for text, column in zip(grid[0], head, strict=True) if not column] if head else []
    named = [f"“{text}”" for text in left if heading_in(text, year).rstrip(".") not in unsaid]
    return f"{said} Kolom yang tidak dikenal dan dilewati: {', '.join(named)}." if named else said


def heading_in(text: str, year: int) -> str:
    """A heading for comparing: ``target`` of ``Target tahun 2026 *`` in that year."""
    heading = fold(text).rstrip(" *")
    this_year = heading.endswith(f" {year}")
    return heading.removesuffix(str(year)).rstrip().removesuffix(" tahun") if this_year else heading


def read_grid(text: str) -> list[list[str]]:
    """The lines and cells of a text as spreadsheets put it on the clipboard, without empty lines at the end.

    Raises UserError when it is none.
    """
    try:
        grid = [line or [""] for line in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]
    except csv.Error as error:
        raise UserError("Isi papan klip tidak terbaca sebagai tabel. Salin ulang dari lembar kerja.") from error
    filled = max((n for n, line in enumerate(grid, 1) if any(line)), default=0)
    return grid[:filled]


def write_grid(grid: Sequence[Sequence[str]]) -> str:
    """Lines and cells as spreadsheets read them from the clipboard."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(grid)
    return out.getvalue()


def changed(state: CycleState, changes: Mapping[str, Json]) -> Changes:
    """The changes that do change something."""
    return {path: value for path, value in changes.items() if (state.values.get(path) or "") != (value or "")}


def inverse(state: CycleState, changes: Mapping[str, Json]) -> Changes:
    """The changes that would take `changes` back, seen before they are made."""
    return {
        path: list(state.rows(path)) if isinstance(value, list) else state.values.get(path)
        for path, value in changes.items()
    }
