"""Rows of indicators from a file of an office's own: looked at first, then kept as typed, every row in its order."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from lkip_desktop.attachments import IncomingFile
from lkip_desktop.cycle_rules import rules
from lkip_desktop.defaults import row_defaults
from lkip_desktop.documents.kinds import CSV
from lkip_desktop.documents.workbook_layout import fold
from lkip_desktop.documents.workbook_read import EMPTY, SEPARATORS, Cell, Encoded, Row, Sheet, read_csv, read_workbook
from lkip_desktop.errors import UserError
from lkip_desktop.exchange import INDICATORS, SOURCES, Line, Preview, Request, Verdict, place_of
from lkip_desktop.exchange_units import many_decimals
from lkip_desktop.numbers import read_number
from lkip_desktop.performance.achievement import achievement, printed_doubts
from lkip_desktop.performance.model import Indicator
from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.table_rows import USUAL, changed, fresh_ids, heading_in
from lkip_desktop.torn_rows import Slot, mended, set_aside
from lkip_desktop.values import parse
from lkip_desktop.workflow.events import Json
from lkip_desktop.workflow.state import CycleState

PRINTED = "capaian"
_HEADING_ROWS = 20
_YEAR = re.compile(r"20[0-9]{2}")
_COUNTED = re.compile(r"\(?([0-9]{1,2})\)?")
_TRIWULAN = re.compile(r"\btriwulan\b")
MENDED = "Koma dalam baris ini tidak diberi tanda kutip; angkanya disatukan kembali. Periksa."
TORN = (
    "Baris ini mempunyai {cells} sel, judulnya {headings}, dan batas angkanya tidak jelas. Isinya disimpan utuh di "
    "kolom {label}; betulkan di sana, dan beri tanda kutip pada angka berkoma."
)
CARRIED = "Pada {rows} baris sasarannya kosong; dipakai sasaran di atasnya, seperti dalam sel gabungan."
LEFT = "Kosong dalam berkas; isian siklus dibiarkan."
_WANTED = "Judul kolom yang dikenal: sasaran, indikator, satuan, arah, target, realisasi."


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the headings stand: the row from 0, the column ids by position, headings that mean nothing.

    `slots` says what each cell of a row may hold, where commas part them; else it is empty.
    """

    row: int
    columns: Mapping[int, str]
    unknown: tuple[str, ...]
    heading: Row = ()
    slots: tuple[Slot, ...] = ()


def indicator_preview(file: IncomingFile, request: Request) -> Preview:
    """What importing rows of indicators would do; separator, encoding and columns are found. Nothing is changed.

    A row belongs to the row of the table with the same sasaran and indikator, the second such to the second; all
    others are added below, in the order of the file. Raises UserError when no heading *indikator* can be found.
    """
    columns = _columns(request.state)
    found, sheet, read_as = _read(file, columns, request.state.year)
    sheet, carried = _carried(sheet, found) if file.media_type != CSV else (sheet, 0)
    comparing = _Comparing(request.state, columns, found)
    for number, row in enumerate(sheet.rows[found.row + 1 :], start=found.row + 2):
        if any(cell for cell in row) and not (number == found.row + 2 and _numbers_columns(row)):
            comparing.take(number, row)
    changes = comparing.changes()
    notices = [read_as, f"{comparing.rows} baris dibaca, {comparing.added} di antaranya baru."]
    if carried:
        notices.append(CARRIED.format(rows=carried))
    if found.unknown:
        notices.append(f"Kolom yang tidak dikenal dan tidak diimpor: {', '.join(found.unknown)}.")
    return Preview(
        kind=INDICATORS,
        title="Indikator kinerja",
        file=file,
        lines=tuple(comparing.lines),
        changes=changes,
        before={path: request.state.values.get(path) for path in changes},
        field=place_of(request, file, SOURCES) if changes else "",
        same=comparing.same,
        notices=tuple(notices),
    )


def _columns(state: CycleState) -> dict[str, FormField]:
    owner = state.sop.fields.get(INDICATORS)
    if owner is None:
        raise UserError("SOP siklus ini tidak mempunyai tabel indikator.")
    return {column.id: column for column in owner[1].columns if column.kind is not FieldKind.FILES}


def _read(file: IncomingFile, columns: Mapping[str, FormField], year: int) -> tuple[_Found, Sheet, str]:
    """The headings, the sheet that has them, and a sentence on how a text file was read."""
    sheets = _sheets(file)
    for sheet, read_as, separator in sheets:
        found = _headings(sheet, columns, year)
        if found is not None:
            if file.media_type != CSV:
                others = [f"“{other.name}”" for other, _, _ in sheets if _headings(other, columns, year)]
                read_as += f" Indikator juga ada di lembar {', '.join(others)}; tidak dibaca." if others else ""
            slots = _slots(found, columns) if separator == "," else ()
            return replace(found, slots=slots), _trimmed(sheet, found), read_as
    raise UserError(f"“{file.name}” tidak mempunyai judul kolom “indikator”. {_WANTED}")


def _trimmed(sheet: Sheet, found: _Found) -> Sheet:
    """Without the empty cells beyond the headings that every row ends with."""
    width, head = len(found.heading), found.row
    below = sheet.rows[head + 1 :]
    if len(below) < 2 or not all(len(row) > width and not any(row[width:]) for row in below if any(row)):
        return sheet
    return replace(sheet, rows=(*sheet.rows[: head + 1], *(row[:width] for row in below)))


def _carried(sheet: Sheet, found: _Found) -> tuple[Sheet, int]:
    """The sheet with each sasaran in all rows that it stands for, and how many had none of their own.

    In a workbook it is written once, in a cell merged over its indicators, and only the first row holds it.
    """
    places = {column: place for place, column in found.columns.items()}
    if "objective" not in places:
        return sheet, 0
    at, name = places["objective"], places["name"]
    rows, above, carried = list(sheet.rows), EMPTY, 0
    for number in range(found.row + 1, len(rows)):
        row = (*rows[number], *[EMPTY] * (at + 1 - len(rows[number])))
        if above and not row[at] and name < len(row) and row[name]:
            rows[number], carried = (*row[:at], above, *row[at + 1 :]), carried + 1
        above = row[at] or above
    return replace(sheet, rows=tuple(rows)), carried


def _slots(found: _Found, columns: Mapping[str, FormField]) -> tuple[Slot, ...]:
    return tuple(_slot(columns.get(found.columns.get(place, ""))) for place in range(len(found.heading)))


def _slot(column: FormField | None) -> Slot:
    if column is None:
        return Slot()
    figure = column.kind in (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.INTEGER)
    return Slot(figure, frozenset(choice.casefold() for choice in column.choices))


def _sheets(file: IncomingFile) -> Iterator[tuple[Sheet, str, str]]:
    """Each sheet, or each way to read a text file, with a sentence on it and the separator (none in a workbook)."""
    if file.media_type != CSV:
        for sheet in read_workbook(file.name, file.data):
            yield sheet, f"Dibaca dari lembar “{sheet.name}”.", ""
        return
    encoded, sheet = read_csv(file.name, file.data)
    others = [Encoded(encoded.encoding, mark) for mark in SEPARATORS if mark != encoded.separator]
    for chosen in (encoded, *others):
        how, sheet = read_csv(file.name, file.data, chosen)
        yield sheet, f"Dibaca sebagai {how.in_words}.", how.separator


def _headings(sheet: Sheet, columns: Mapping[str, FormField], year: int) -> _Found | None:
    known = {fold(column.label): column.id for column in columns.values()} | {column: column for column in columns}
    known |= {text: column for text, column in USUAL.items() if column in columns} | {PRINTED: PRINTED}
    for number, row in enumerate(sheet.rows[:_HEADING_ROWS]):
        found = _placed(number, row, known, year)
        if found is None:
            continue
        lower = sheet.rows[number + 1] if number + 1 < len(sheet.rows) else ()
        grouped = _grouped(found, lower, known, year) if _names_parts(found, lower) else None
        return grouped or found
    return None


def _words(heading: str, year: int) -> str:
    return _TRIWULAN.sub("tw", heading_in(heading, year))


def _placed(number: int, heading: Row, known: Mapping[str, str], year: int) -> _Found | None:
    texts = [_words(cell.text, year) for cell in heading]
    placed: dict[int, str] = {}
    for position, text in enumerate(texts):
        if text in known and known[text] not in placed.values():
            placed[position] = known[text]
    if "name" not in placed.values() or len(placed) < 2:
        return None
    unknown = tuple(heading[n].text for n, text in enumerate(texts) if text and n not in placed)
    return _Found(number, placed, unknown, heading)


def _names_parts(found: _Found, lower: Row) -> bool:
    """Whether a row names the parts of the headings above it, as quarters below *Target*: it has words or years only,
    none below sasaran and indikator, and some beside the heading that they are part of."""
    whole = [place for place, column in found.columns.items() if column in ("objective", "name")]
    texts = {place: cell.text for place, cell in enumerate(lower) if cell}
    named = all(_YEAR.fullmatch(text) or not isinstance(read_number(text), Decimal) for text in texts.values())
    beside = any(place >= len(found.heading) or not found.heading[place] for place in texts)
    return named and beside and not any(place in texts for place in whole)


def _numbers_columns(row: Row) -> bool:
    """The line ``1 2 3 4 …`` or ``(1) (2) (3) …`` that stands below headings."""
    counted = [_COUNTED.fullmatch(cell.text) for cell in row if cell]
    numbers = [int(found[1]) for found in counted if found]
    return len(counted) == len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _grouped(found: _Found, lower: Row, known: Mapping[str, str], year: int) -> _Found | None:
    """The headings with the ones that they are part of: ``Target`` over ``TW I``, ``2026`` over ``Target``."""
    whole, group = [], ""
    for place in range(max(len(found.heading), len(lower))):
        upper, below = (row[place].text if place < len(row) else "" for row in (found.heading, lower))
        group = upper or (group if below else "")
        ways = (f"{group} {below}".strip(), f"{below} {group}".strip())
        whole.append(Cell(next((way for way in ways if _words(way, year) in known), ways[0])))
    return _placed(found.row + 1, tuple(whole), known, year)


class _Comparing:
    """Goes through the file row by row and remembers what would be kept, and what needs a look."""

    def __init__(self, state: CycleState, columns: Mapping[str, FormField], found: _Found) -> None:
        self._state, self._columns, self._found = state, columns, found
        self._rules = rules(state)
        self._known: defaultdict[tuple[str, str], deque[str]] = defaultdict(deque)
        for row in state.rows(INDICATORS):
            self._known[
                self._key(state.cell(INDICATORS, row, "objective"), state.cell(INDICATORS, row, "name"))
            ].append(row)
        self._cells: dict[str, Json] = {}
        self._new: list[dict[str, str]] = []
        self.lines: list[Line] = []
        self.rows = self.same = 0

    @property
    def added(self) -> int:
        return len(self._new)

    def changes(self) -> dict[str, Json]:
        """What would be kept: changed cells, and new rows with their defaults below the others."""
        changes = changed(self._state, self._cells)
        ids = fresh_ids(self._state, INDICATORS, len(self._new))
        owner = self._state.sop.fields[INDICATORS][1]
        for row, values in zip(ids, self._new, strict=True):
            given = {f"{INDICATORS}/{row}/{column}": text for column, text in values.items()}
            filled = {**row_defaults(self._state, owner, row), **given}
            changes.update({path: text for path, text in filled.items() if text})
        if ids:
            changes[INDICATORS] = [*self._state.rows(INDICATORS), *ids]
        return changes

    def take(self, number: int, row: Row) -> None:
        self.rows += 1
        places = self._found.columns
        row, torn = self._whole(row)
        cells = {column: row[n] if n < len(row) else Cell() for n, column in places.items()}
        values = {
            column: parse(self._columns[column].kind, cell.text, self._columns[column]).value
            for column, cell in cells.items()
            if column != PRINTED
        }
        waiting = self._known[self._key(values.get("objective", ""), values["name"])]
        existing = waiting.popleft() if waiting else ""
        subject = values["name"] or "tanpa nama"
        if existing:
            self._compare(number, subject, existing, values)
            values = {c: text or self._state.cell(INDICATORS, existing, c) for c, text in values.items()}
        else:
            self._new.append(values)
            self.lines.append(Line(number, subject, "Baris baru", "", _figures_in(values), Verdict.NEW))
        if torn:
            self.lines.append(Line(number, subject, "", "", _figures_in(values), Verdict.CHECK, torn))
        self._check(number, subject, cells, values)

    def _whole(self, row: Row) -> tuple[Row, str]:
        """The row with one cell for each heading, and what to say if its own commas had parted it further."""
        slots = self._found.slots
        if not slots or len(row) <= len(slots):
            return row, ""
        whole = mended(row, slots, self._found.heading)
        if whole is not None:
            return whole, MENDED
        if not any(row[len(slots) :]):
            return row[: len(slots)], ""
        name = next(place for place, column in self._found.columns.items() if column == "name")
        kept, rest = set_aside(row, slots, name)
        label = self._columns[self._found.columns[rest]].label if rest in self._found.columns else "terakhir"
        return kept, TORN.format(cells=len(row), headings=len(slots), label=label)

    def _compare(self, number: int, subject: str, row: str, values: Mapping[str, str]) -> None:
        for column, new in values.items():
            old = self._state.cell(INDICATORS, row, column)
            if old == new:
                self.same += 1
                continue
            path, label = f"{INDICATORS}/{row}/{column}", self._columns[column].label
            if not new:
                self.lines.append(Line(number, subject, label, "", old, Verdict.NOTE, LEFT, path=path))
                continue
            self._cells[path] = new
            self.lines.append(Line(number, subject, label, old, new, Verdict.CHANGE, path=path))

    def _check(self, number: int, subject: str, cells: Mapping[str, Cell], values: Mapping[str, str]) -> None:
        """Lines for what is kept as typed and needs a look; nothing of it stops the import."""
        for column, cell in cells.items():
            if column == PRINTED:
                continue
            field = self._columns[column]
            parsed = parse(field.kind, cell.text, field)
            figure = field.kind is FieldKind.NUMBER
            note = cell.problem or parsed.problem or parsed.warning or (figure and many_decimals(parsed.value))
            if note:
                self.lines.append(Line(number, subject, field.label, "", values[column], Verdict.CHECK, note))
        self._check_achievement(number, subject, cells, values)

    def _check_achievement(
        self, number: int, subject: str, cells: Mapping[str, Cell], values: Mapping[str, str]
    ) -> None:
        known = {column: text for column, text in values.items() if column in Indicator.__dataclass_fields__}
        empty = Indicator("", "", "", "", "", "", "")
        indicator = replace(empty, **known)
        found = achievement(indicator, self._rules)
        said = [found.why] if found.value is None else []
        if PRINTED in cells:
            said += printed_doubts(indicator, cells[PRINTED].text, self._rules)
        for note in (*said, *found.warnings):
            self.lines.append(Line(number, subject, "Capaian", "", found.figure, Verdict.CHECK, note))

    def _key(self, objective: str, name: str) -> tuple[str, str]:
        return fold(objective), fold(name)


def _figures_in(values: Mapping[str, str]) -> str:
    return f"target {values.get('target') or '–'}, realisasi {values.get('actual') or '–'}"
