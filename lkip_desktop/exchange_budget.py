"""Compares an LRA export with the cycle's budget, row by row and in total."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import accumulate

from lkip_desktop.attachments import IncomingFile
from lkip_desktop.cycle_data import budget
from lkip_desktop.documents.workbook_lra import (
    HEADINGS_WITHIN,
    Columns,
    LraRow,
    amount_of,
    counted_in,
    decimal_mark,
    find_columns,
    rows_of,
    stated_total,
    without_code,
)
from lkip_desktop.documents.workbook_read import Cell, Encoded, Sheet
from lkip_desktop.exchange import BUDGET, SOURCES, Line, LraLayout, Preview, Request, Total, Verdict, place_of, unsought
from lkip_desktop.exchange_units import same_value, sentence
from lkip_desktop.numbers import decimals_of, in_unit, read_number
from lkip_desktop.performance.budget import parents, total
from lkip_desktop.performance.model import BudgetLine, Key, code_key
from lkip_desktop.performance.plausibility import percent_doubts
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.table_rows import fresh_ids
from lkip_desktop.values import parse, rupiah
from lkip_desktop.workflow.events import Json

TABLE = "budget"
SHOWN_ROWS = HEADINGS_WITHIN + 1
"""How many rows of the file the person chooses the headings from: all in which they are looked for."""
COUNTED = "Jumlah uang dalam berkas dibaca dalam {unit} rupiah; yang disimpan rupiah penuh."
# A programme's code begins with urusan and bidang, of two digits; an account of spending with 5.1 to 5.4.
_PROGRAMME = re.compile(r"\s*[0-9x]\s*\.\s*[0-9x]{2}\b", re.IGNORECASE)
_ACCOUNT = re.compile(r"\s*5\s*(?:\.\s*[1-4]\b|\.?\s*$)")
# Perangkat daerah: 6.01.0.00.0.00.01.0000 (Permendagri 90/2019).
_AGENCY = re.compile(r"[0-9]\.[0-9]{2}\.[0-9]\.[0-9]{2}\.[0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
_SUB_ACTIVITY_PARTS = 6
_ACCOUNT_NOTE = "Rekening; uangnya sudah termasuk dalam program di atasnya, jadi tidak ditambahkan."
Sortable = tuple[tuple[bool, int, str], ...]
_AGENCY_NOTE = "Perangkat daerah; uangnya sama dengan jumlah baris di bawahnya, jadi tidak ditambahkan."
_DASHES = ("-", "–", "—", "--")
_CURRENCY = re.compile(r"\b(?:rp|idr)(?![a-z])", re.IGNORECASE)
_NO_CODE = "Baris ini tidak mempunyai kode; tidak diimpor."
_COLUMN_NOT_FOUND = "Kolom {names} tidak dapat dipastikan dari judulnya; tunjukkan kolomnya."
_TORN = (
    "Kebanyakan baris mempunyai lebih banyak sel daripada judulnya: koma dalam angka mungkin terbaca sebagai pemisah "
    "kolom. Simpan ulang dengan pemisah lain, atau periksa angkanya."
)
_OTHER_SHEETS = "Dibaca dari lembar “{sheet}”. Anggaran juga ada di lembar {names}; pilih lembarnya bila bukan ini."
_NOT_FOUND = "Judul kolom tidak ditemukan. Tunjukkan baris judul dan kolomnya."


def budget_preview(
    file: IncomingFile, sheets: tuple[Sheet, ...], request: Request, encoded: Encoded | None = None
) -> Preview | None:
    """What importing an LRA export would do; None when it has no such headings and nobody said that it is one."""
    read = _layout(sheets, request, encoded)
    if read is None:
        return None
    layout, notices = read
    sheet = next((one for one in sheets if one.name == layout.sheet), sheets[0] if sheets else Sheet("", ()))
    columns = Columns(layout.header, layout.code, layout.name, layout.ceiling, layout.spent)
    said_unit = counted_in(sheet, columns)
    unit = said_unit if layout.unit is None else layout.unit
    layout = replace(layout, encoded=encoded, unit=unit)
    others = [f"“{one.name}”" for one in sheets if one.name != sheet.name and find_columns(one)]
    if others:
        names = ", ".join(others[:3]) + (f", dan {len(others) - 3} lainnya" if len(others) > 3 else "")
        notices.append(_OTHER_SHEETS.format(sheet=sheet.name, names=names))
    if encoded is not None and _torn(sheet, columns):
        notices.append(_TORN)
    if unit:
        notices.append(COUNTED.format(unit=unit))
    found = tuple(rows_of(sheet, columns)) if columns.code >= 0 else ()
    mark = decimal_mark(found)
    found = tuple(_in_rupiah(row, unit, mark) for row in found)
    comparing = _Comparing(request, _step(found, unit))
    comparing.run(found)
    if columns.code >= 0:
        comparing.say_uncoded(without_code(sheet, columns))
    stated = stated_total(sheet, columns) if columns.code >= 0 else None
    stated = _in_rupiah(stated, unit, mark) if stated else None
    comparing.lines += _percent_notes(found, stated)
    changes = comparing.changes
    return Preview(
        kind=BUDGET,
        title="Realisasi anggaran",
        file=file,
        lines=tuple(comparing.lines),
        changes=changes,
        before={path: request.state.values.get(path) for path in changes},
        field=place_of(request, file, SOURCES) if changes else "",
        same=comparing.same,
        notices=tuple(notices),
        totals=tuple(_totals(request, changes, stated)),
        layout=replace(layout, sheet=sheet.name),
        table=tuple(tuple(cell.text for cell in row) for row in sheet.rows[:SHOWN_ROWS]),
        sheets=tuple(one.name for one in sheets),
        unknown=comparing.unknown,
        said_unit=said_unit,
    )


def _torn(sheet: Sheet, columns: Columns) -> bool:
    """Whether most rows of a text have more cells than their headings, as where a separator also parts thousands."""
    if not 0 <= columns.header < len(sheet.rows):
        return False
    head, below = sheet.rows[columns.header], [row for row in sheet.rows[columns.header + 1 :] if any(row)]
    return sum(any(row[len(head) :]) for row in below) * 2 > len(below)


def _layout(sheets: tuple[Sheet, ...], request: Request, encoded: Encoded | None) -> tuple[LraLayout, list[str]] | None:
    """How a file is read: as a person chose, else by its headings; and what is to be said of it."""
    asked = request.layout
    if asked is not None and asked != unsought(asked.sheet, asked.encoded):
        return asked, []
    found = _found((sheet for sheet in sheets if asked is None or sheet.name == asked.sheet), encoded)
    if found is None:
        first = sheets[0].name if sheets else ""
        return (unsought(asked.sheet if asked else first, encoded), [_NOT_FOUND]) if request.kind == BUDGET else None
    missing = [name for name, place in (("pagu", found.ceiling), ("realisasi", found.spent)) if place < 0]
    return found, [_COLUMN_NOT_FOUND.format(names=" dan ".join(missing))] if missing else []


def _found(sheets: Iterable[Sheet], encoded: Encoded | None) -> LraLayout | None:
    best = [(columns, sheet) for sheet in sheets if (columns := find_columns(sheet))]
    if not best:
        return None
    columns, sheet = max(best, key=lambda one: one[0].found)
    ceiling, spent = max(columns.ceiling, -1), max(columns.spent, -1)
    return LraLayout(columns.header, columns.code, columns.name, ceiling, spent, sheet.name, encoded)


@dataclass
class _Comparing:
    request: Request
    step: Decimal = Decimal()
    lines: list[Line] = field(default_factory=list)
    changes: dict[str, Json] = field(default_factory=dict)
    same: int = 0
    unknown: int = 0

    def run(self, found: tuple[LraRow, ...]) -> None:
        state = self.request.state
        known: dict[Key, str] = {}
        for one in state.rows(TABLE):
            known.setdefault(code_key(state.cell(TABLE, one, "code")), one)
        rows = self._without_accounts(found, known)
        if not known:
            self._adopt(_unique(rows))
            self._say_twice(rows)
            return
        strangers = _unique(tuple(row for row in rows if row.key not in known))
        self.unknown = len(strangers)
        if self.request.adopt:
            self._adopt(strangers)
            self._say_twice(tuple(row for row in rows if row.key not in known))
            rows = tuple(row for row in rows if row.key in known)
        often = Counter(row.key for row in rows)
        seen: set[Key] = set()
        for row in rows:
            target = known.get(row.key)
            if target is None:
                self._say(
                    row, "", Verdict.NOTE, "Kode ini tidak ada dalam tabel anggaran; tidak diimpor.", new=_said(row)
                )
            elif row.key in seen:
                self._say(row, "", Verdict.PROBLEM, _twice(row), new=_said(row))
            else:
                seen.add(row.key)
                self._matched(row, target, doubled=often[row.key] > 1)
        for key, target in known.items():
            if key not in seen:
                named = f"{state.cell(TABLE, target, 'code')} {state.cell(TABLE, target, 'name')}".strip()
                note = "Baris anggaran ini tidak ada dalam berkas; nilainya tetap."
                self.lines.append(Line(0, named, "", "", "", Verdict.NOTE, note))

    def _without_accounts(self, rows: tuple[LraRow, ...], known: Mapping[Key, str]) -> tuple[LraRow, ...]:
        """Accounts (``5.1.02``, ``6.01.02.2.01.0003.5.1.02``) and the agency itself are in the money of programmes
        or subkegiatan already: told, and left out."""
        parts = tuple(row for row in rows if not _is_agency(row))
        programmes = any(_PROGRAMME.match(row.code) for row in parts)
        above = {*known, *(row.key for row in rows)}
        notes = {row.key: _ACCOUNT_NOTE for row in parts if programmes and _is_account(row, above)}
        notes |= {row.key: _AGENCY_NOTE for row in rows if parts and _is_agency(row)}
        for row in rows:
            if row.key in notes and row.key not in known:
                self._say(row, "", Verdict.NOTE, notes[row.key], new=_said(row))
        return tuple(row for row in rows if row.key in known or row.key not in notes)

    def say_uncoded(self, rows: Iterator[tuple[LraRow, str]]) -> None:
        for row, spoilt in rows:
            verdict, note = (Verdict.PROBLEM, sentence(spoilt)) if spoilt else (Verdict.NOTE, _NO_CODE)
            self._say(row, "Kode" if spoilt else "", verdict, note, new=_said(row))

    def _say_twice(self, adopted: tuple[LraRow, ...]) -> None:
        firsts = {row.number for row in _unique(adopted)}
        for row in adopted:
            if row.number not in firsts:
                self._say(row, "", Verdict.PROBLEM, _twice(row), new=_said(row))

    def _matched(self, row: LraRow, target: str, *, doubled: bool) -> None:
        for column, cell in self._ceilings(row, target):
            self._money(row, target, column, cell, Verdict.CHANGE)
        self._money(row, target, "spent", row.spent, Verdict.CHANGE, doubled=doubled)

    def _ceilings(self, row: LraRow, target: str) -> tuple[tuple[str, Cell], ...]:
        """The columns that a row's budgets go to: the one before the change, and the one in force.

        Finance systems export the budget in force. It is the revised one where its heading says so and the first is
        not known otherwise, and as soon as it differs from the first.
        """
        state = self.request.state
        first, revised = state.cell(TABLE, target, "ceiling"), state.cell(TABLE, target, "ceiling_revised")
        columns = {column.id for column in state.sop.fields[TABLE][1].columns}
        if "ceiling_revised" not in columns:
            return (("ceiling", row.ceiling),)
        if row.first or not first:
            return (("ceiling", row.first), ("ceiling_revised" if row.revised else "ceiling", row.ceiling))
        differs = not self._same(first, parse(FieldKind.MONEY, row.ceiling.text).value)
        return (("ceiling_revised" if revised or differs else "ceiling", row.ceiling),)

    def _adopt(self, rows: tuple[LraRow, ...]) -> None:
        """Rows of the export become rows of the budget, each before the first with a higher code."""
        state = self.request.state
        ids = fresh_ids(state, TABLE, len(rows))
        for row, made in zip(rows, ids, strict=True):
            self.changes[f"{TABLE}/{made}/code"] = row.code
            if row.name:
                self.changes[f"{TABLE}/{made}/name"] = row.name
            self._say(row, "Kode dan nama", Verdict.NEW, new=row.code, path=f"{TABLE}/{made}/code")
            for column, cell in self._ceilings(row, made):
                self._money(row, made, column, cell, Verdict.NEW)
            self._money(row, made, "spent", row.spent, Verdict.NEW)
        if ids:
            keys = [_sortable(row.key) for row in rows]
            self.changes[TABLE] = self._ordered(list(zip(keys, ids, strict=True)))

    def _ordered(self, adopted: list[tuple[Sortable, str]]) -> list[Json]:
        """The ids of all rows; in an empty table as the file has them."""
        state = self.request.state
        known = state.rows(TABLE)
        highest = list(accumulate((_sortable(code_key(state.cell(TABLE, one, "code"))) for one in known), max))
        before: defaultdict[int, list[Json]] = defaultdict(list)
        for key, made in sorted(adopted) if known else adopted:
            before[bisect_right(highest, key)].append(made)
        return [one for place in range(len(known) + 1) for one in (*before[place], *known[place : place + 1])]

    def _money(
        self, row: LraRow, target: str, column: str, cell: Cell, verdict: Verdict, *, doubled: bool = False
    ) -> None:
        path = f"{TABLE}/{target}/{column}"
        if path in self.request.answers:
            cell = Cell(self.request.answers[path])
        if not cell:
            return
        label = next(c.label for c in self.request.state.sop.fields[TABLE][1].columns if c.id == column)
        old, parsed = self.request.state.text(path), parse(FieldKind.MONEY, cell.text)
        if cell.problem or parsed.problem:
            problem = sentence(cell.problem) if cell.problem else parsed.problem
            self._say(row, label, Verdict.PROBLEM, problem, old, cell.text, path)
        elif self._same(old, parsed.value):
            self.same += 1
        else:
            doubt = self._doubt(row, column, parsed.value, doubled)
            self.changes[path] = parsed.value
            self._say(row, label, Verdict.CHECK if doubt else verdict, doubt, old, parsed.value, path)

    def _same(self, old: str, new: str) -> bool:
        """Whether two amounts are one, also where the file only rounds or cuts what is known to the rupiah."""
        one, other = read_number(old, money=True), read_number(new, money=True)
        if self.step and isinstance(one, Decimal) and isinstance(other, Decimal):
            return abs(one - other) < self.step
        return same_value(FieldKind.MONEY, old, new)

    def _doubt(self, row: LraRow, column: str, value: str, doubled: bool) -> str:
        if doubled:
            return "Kode ini tercantum lebih dari sekali; baris pertamanya yang dipakai."
        spent, ceiling = read_number(value, money=True), read_number(row.ceiling.text, money=True)
        if column == "spent" and isinstance(spent, Decimal) and isinstance(ceiling, Decimal) and spent > ceiling:
            return "Realisasi melebihi pagu. Periksa kedua angkanya."
        return ""

    def _say(
        self, row: LraRow, column: str, verdict: Verdict, note: str = "", old: str = "", new: str = "", path: str = ""
    ) -> None:
        subject = f"{row.code} {row.name}".strip()
        self.lines.append(Line(row.number, subject, column, old, new, verdict, note, path))


def _unique(rows: tuple[LraRow, ...]) -> tuple[LraRow, ...]:
    """The first row of each code."""
    return tuple({row.key: row for row in reversed(rows)}.values())[::-1]


def _is_account(row: LraRow, above: Set[Key]) -> bool:
    """Whether a row is an account: by itself, or below a subkegiatan that has a row of its own."""
    own = ".".join(str(part) for part in row.key[_SUB_ACTIVITY_PARTS:])
    below = row.key[:_SUB_ACTIVITY_PARTS] in above and _ACCOUNT.match(own) is not None
    return below or _ACCOUNT.match(row.code) is not None


def _is_agency(row: LraRow) -> bool:
    return _AGENCY.fullmatch("".join(row.code.split()).strip(".")) is not None


def _sortable(key: Key) -> Sortable:
    """Numbers before words, so that any two codes can be compared."""
    return tuple((isinstance(part, str), part if isinstance(part, int) else 0, str(part)) for part in key)


def _in_rupiah(row: LraRow, unit: str, mark: str) -> LraRow:
    ceiling, spent, first = (_counted(cell, unit, mark) for cell in (row.ceiling, row.spent, row.first))
    return replace(row, ceiling=ceiling, spent=spent, first=first)


def _step(rows: Iterable[LraRow], unit: str) -> Decimal:
    """The least that amounts of a file can differ by: ten thousand in millions with two decimals; 0 in rupiah."""
    one = read_number(f"1 {unit}", money=True)
    if not unit or not isinstance(one, Decimal):
        return Decimal()
    cells = (cell.text.removesuffix(f" {unit}") for row in rows for cell in (row.ceiling, row.spent, row.first))
    return one.scaleb(-max(map(decimals_of, cells), default=0))


def _counted(cell: Cell, unit: str, mark: str) -> Cell:
    """An amount with the unit that the file counts in; what names its own, or is no amount, stays.

    `mark` parts the decimals of amounts that are text. A dash stands for 0, as in every account: a spreadsheet shows
    one where the sum is 0, also behind Rp.
    """
    if _CURRENCY.sub("", cell.text).strip(" .") in _DASHES:
        return Cell("0")
    if cell.exact:
        # With one more decimal, three of them are never taken for thousands.
        amount = f"{amount_of(cell):.4f}".replace(".", ",") if cell.text[-4:-3] == "," else cell.text
        return replace(cell, text=f"{amount} {unit}".strip())
    own = any(c.isalpha() for c in _CURRENCY.sub("", cell.text))
    if not unit or cell.problem or own:
        return cell
    return replace(cell, text=in_unit(cell.text, unit, mark))


def _percent_notes(rows: tuple[LraRow, ...], stated: LraRow | None) -> Iterator[Line]:
    """A note where an absorption that the file prints does not follow from the figures of its row, or of the total."""
    lines = [_as_line(str(n), row) for n, row in enumerate(rows)]
    above, parts = parents(lines), defaultdict(list)
    for line in lines:
        parent = above[line.id]
        parts[parent.id if parent else ""].append(line)
    printed = [(row, line, parts[line.id]) for row, line in zip(rows, lines, strict=True)]
    if stated is not None:
        printed.append((stated, _as_line("jumlah", stated), parts[""]))
    for row, line, within in printed:
        for note in percent_doubts(row.percent.text, line, within):
            subject = f"{row.code} {row.name}".strip()
            yield Line(row.number, subject, "Serapan", "", row.percent.text, Verdict.NOTE, note)


def _as_line(name: str, row: LraRow) -> BudgetLine:
    code = ".".join(str(part) for part in row.key)
    return BudgetLine(name, code, row.name, row.ceiling.text, row.spent.text)


def _twice(row: LraRow) -> str:
    return f"Kode {row.code} sudah ada di baris sebelumnya; baris ini tidak diimpor."


def _said(row: LraRow) -> str:
    parts = (("pagu", row.ceiling), ("realisasi", row.spent))
    return ", ".join(f"{name} {_shown(cell)}" for name, cell in parts if cell.text)


def _shown(cell: Cell) -> str:
    number = read_number(cell.text, money=True)
    return rupiah(number) if isinstance(number, Decimal) else cell.text


def _totals(request: Request, changes: dict[str, Json], stated: LraRow | None) -> Iterator[Total]:
    """What the budget adds up to before and after, beside what the file itself says."""
    state = request.state
    before = total(budget(state)).absorption
    after = total(budget(replace(state, values={**state.values, **changes}))).absorption
    yield Total("Pagu", before.ceiling, after.ceiling, _stated(stated.ceiling if stated else None))
    yield Total("Realisasi", before.spent, after.spent, _stated(stated.spent if stated else None))


def _stated(cell: Cell | None) -> Decimal | None:
    number = read_number(cell.text, money=True) if cell is not None else None
    return number if isinstance(number, Decimal) else None
