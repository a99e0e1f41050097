"""Recognises a unit's workbook that came back, wherever its rows and columns now stand."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lkip_desktop.documents.workbook_layout import MARK, PREFIX, FormColumn, fold
from lkip_desktop.documents.workbook_read import EMPTY, Cell, Row, Sheet

HEADINGS_WITHIN = 40
"""Rows from the top in which headings are looked for."""
ALIKE = 0.72
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")


@dataclass(frozen=True, slots=True)
class Mark:
    """Which form a workbook is: the cycle's mark, the row of ``unit_forms`` (or empty), the year."""

    cycle: str
    unit: str
    year: str


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row of a return: its number in the sheet (from 1), the id that it was sent with, and cells by column id."""

    number: int
    id: str
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        return self.cells.get(column, EMPTY).text


@dataclass(frozen=True, slots=True)
class Returned:
    """A recognised return. `mark` is None when only its headings tell what it is; `missing` are columns not found."""

    sheet: str
    mark: Mark | None
    rows: tuple[ReturnedRow, ...]
    missing: tuple[FormColumn, ...]
    notices: tuple[str, ...] = ()


def recognise(sheets: tuple[Sheet, ...], columns: tuple[FormColumn, ...]) -> Returned | None:
    """The form inside a workbook, or None when there is none."""
    mark = next((found for sheet in sheets for found in _marks(sheet)), None)
    found = [(sheet, head) for sheet in sheets if (head := _head(sheet, columns))]
    marked = [one for one in found if one[1].marked] or found
    if not marked:
        return None
    sheet, head = marked[0]
    rows = tuple(_rows(sheet, head))
    notices = []
    if len(marked) > 1:
        names = ", ".join(f"“{other.name}”" for other, _ in marked[1:])
        notices.append(f"Isian diambil dari lembar “{sheet.name}”; lembar {names} tidak dibaca.")
    if mark is None:
        notices += _odd_year(sheet.rows[head.row], columns)
    missing = tuple(column for column in columns if column.entry and column.id not in head.places)
    return Returned(sheet.name, mark, rows, missing, tuple(notices))


def _odd_year(heading: Row, columns: tuple[FormColumn, ...]) -> Iterator[str]:
    """Without a mark, only the years in its headings tell that a form is an older one."""
    told, wanted = (
        max((year for text in texts for year in _YEAR.findall(text)), default="")
        for texts in ([cell.text for cell in heading], [column.heading for column in columns])
    )
    if told and told < wanted:
        yield f"Judul kolomnya hanya menyebut tahun {told}. Pastikan berkas ini memang untuk tahun {wanted}."


def _marks(sheet: Sheet) -> Iterator[Mark]:
    for row in sheet.rows[:HEADINGS_WITHIN]:
        for cell in row:
            parts = cell.text.split("|")
            if parts[0] == MARK and len(parts) == 5:
                yield Mark(parts[2], parts[3], parts[4])


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the columns stand: column id → place from 0; `ids` is the place of the row ids, or None."""

    row: int
    places: Mapping[str, int]
    ids: int | None
    marked: bool


def _head(sheet: Sheet, columns: tuple[FormColumn, ...]) -> _Head | None:
    top = sheet.rows[:HEADINGS_WITHIN]
    for number, row in enumerate(top):
        places = {cell.text.removeprefix(PREFIX): at for at, cell in enumerate(row) if cell.text.startswith(PREFIX)}
        known = {column.id: places[column.id] for column in columns if column.id in places}
        if len(known) >= 2:
            ids = next((at for at, cell in enumerate(row) if cell.text.startswith(f"{MARK}|")), None)
            return _Head(_last_heading(sheet, number, columns), known, ids, marked=True)
    named = [column for column in columns if column.id == "name"]
    for number, row in enumerate(top):
        # Comparing is slow, and no other row is one of headings.
        alike = (_likeness(column, cell.text) for column in named for cell in row if cell)
        found = _by_headings(row, columns) if any(score >= ALIKE for score in alike) else {}
        if "name" in found and any(column.entry and column.id in found for column in columns):
            ids = next((at for at, cell in enumerate(row) if fold(cell.text) == "id"), None)
            return _Head(number, found, ids, marked=False)
    return None


def _last_heading(sheet: Sheet, marks: int, columns: tuple[FormColumn, ...]) -> int:
    """The row of headings below the hidden one; the hidden one itself when somebody took the headings away."""
    for number in range(marks + 1, min(marks + 4, len(sheet.rows))):
        if len(_by_headings(sheet.rows[number], columns)) >= 3:
            return number
    return marks


def _by_headings(row: Row, columns: tuple[FormColumn, ...]) -> dict[str, int]:
    """The columns that a row of headings names, also when a heading was changed a little; each place serves once."""
    scores = sorted(
        ((_likeness(column, cell.text), column.id, at) for column in columns for at, cell in enumerate(row) if cell),
        key=lambda one: -one[0],
    )
    found: dict[str, int] = {}
    for score, name, at in scores:
        if score >= ALIKE and name not in found and at not in found.values():
            found[name] = at
    return found


def _likeness(column: FormColumn, text: str) -> float:
    heading, given = fold(column.heading), fold(text)
    if 2 * min(len(heading), len(given)) < ALIKE * (len(heading) + len(given)):
        return 0
    if _YEAR.findall(heading) != _YEAR.findall(given):
        return 0
    matcher = difflib.SequenceMatcher(None, heading, given)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0


def _rows(sheet: Sheet, head: _Head) -> Iterator[ReturnedRow]:
    for number, row in enumerate(sheet.rows[head.row + 1 :], start=head.row + 2):
        cells = {name: row[at] for name, at in head.places.items() if at < len(row) and row[at]}
        row_id = row[head.ids].text if head.ids is not None and head.ids < len(row) else ""
        if cells:
            yield ReturnedRow(number, row_id, cells)
