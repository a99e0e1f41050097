"""What changes when the rows of a table are added, removed, moved, pasted or filled down: one act's changes each."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from lkip_desktop.defaults import row_defaults
from lkip_desktop.errors import UserError
from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.values import parse
from lkip_desktop.workflow.events import Json
from lkip_desktop.workflow.state import CycleState

Changes = dict[str, Json]
MAX_PASTED_ROWS = 5000


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


def pasted(
    state: CycleState, table: FormField, at: int, columns: Sequence[FormField], grid: Sequence[Sequence[str]]
) -> Changes:
    """A grid of texts put into `columns`, its first line into the row at index `at`; missing rows are added.

    A first line that repeats the headings is left out. Texts are read by the columns' kinds; what cannot be read is
    kept as typed. File columns stay as they are. Raises UserError for more than MAX_PASTED_ROWS lines.
    """
    lines = list(grid[1:] if grid and _is_heading(grid[0], columns) else grid)
    if len(lines) > MAX_PASTED_ROWS:
        raise UserError(f"Paling banyak {MAX_PASTED_ROWS} baris dapat ditempel sekaligus. Tempel sebagian-sebagian.")
    rows = list(state.rows(table.id))
    new = fresh_ids(state, table.id, max(0, at + len(lines) - len(rows)))
    changes: Changes = {}
    for row in new:
        changes.update(row_defaults(state, table, row))
    rows += new
    for row, line in zip(rows[at:], lines, strict=False):
        for column, text in zip(columns, line, strict=False):
            if column.kind is not FieldKind.FILES:
                changes[f"{table.id}/{row}/{column.id}"] = parse(column.kind, text, column).value
    kept = changed(state, changes)
    return {table.id: rows, **kept} if new else kept


def _is_heading(line: Sequence[str], columns: Sequence[FormField]) -> bool:
    pairs = list(zip(line, columns, strict=False))
    return bool(pairs) and all(text.strip().casefold() == column.label.casefold() for text, column in pairs)


def read_grid(text: str) -> list[list[str]]:
    """The lines and cells of a text as spreadsheets put it on the clipboard. Raises UserError when it is none."""
    try:
        return [line for line in csv.reader(io.StringIO(text, newline=""), delimiter="\t") if any(line)]
    except csv.Error as error:
        raise UserError("Isi papan klip tidak terbaca sebagai tabel. Salin ulang dari lembar kerja.") from error


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
