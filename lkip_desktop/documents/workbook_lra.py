"""Finds the budget inside an LRA export: the row of headings, the columns, the rows with a code, the stated total."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lkip_desktop.documents.workbook_layout import fold
from lkip_desktop.documents.workbook_read import EMPTY, Cell, Row, Sheet
from lkip_desktop.numbers import canonical, read_number
from lkip_desktop.performance.model import Key, code_key
from lkip_desktop.words import MONTHS

HEADINGS_WITHIN = 40
HEADING_ROWS = 3
UNSURE = -2

# What headings of finance systems contain, the surest first; what marks a column that is none of these.
_WORDS = {
    "code": ("kode rekening", "kode", "rekening", "urusan"),
    "name": ("uraian", "nama", "program/kegiatan", "program", "kegiatan"),
    "ceiling": ("anggaran setelah perubahan", "pagu perubahan", "pagu", "anggaran", "alokasi"),
    "spent": ("realisasi s.d", "realisasi sampai", "total realisasi", "jumlah realisasi", "realisasi"),
}
# Of two budgets in one export: the one that the year began with, and the one in force since the budget change.
_FIRST = re.compile(r"murni|sebelum|semula|awal|induk")
_REVISED = re.compile(r"perubahan|revisi|menjadi|pergeseran|setelah|papbd|dppa")
_PLAIN = re.compile(r"(?:pagu|anggaran|alokasi|jumlah|realisasi)(?: (?:anggaran|belanja|keuangan))?(?: \(?rp\.?\)?)?")
_NOT = re.compile(r"%|persen|sisa|selisih|lebih|kurang|\blalu\b|sebelumnya|capaian|fisik|sasaran")
# What of money is none of the year: a plan, a measure of work, a part of the year without those before it.
_NOT_MONEY = re.compile(r"target|rencana|kinerja|volume|keluaran|output")
_PART = re.compile(rf"\b(?:tw|triwulan|semester|bulan|minggu|{'|'.join(MONTHS).casefold()})\b")
_UP_TO = re.compile(r"\b(?:s\.? ?/?d|sampai|per [0-9]+)\b|total|jumlah")
_YEAR = re.compile(r"\b20[0-9]{2}\b")
_PERCENT = re.compile(r"%|persen|serapan")
_NOT_ABSORPTION = re.compile(r"sisa|selisih|lebih|kurang|lalu|fisik|target|sasaran")
_TOTAL = re.compile(r"^(?:grand |sub[ -]?)?(?:jumlah|total)\b")
# (dalam ribuan rupiah), Rp juta, (Rp000), dalam jutaan, (Rp 1.000), x Rp1.000.000
# 17,6 miliar rupiah is an amount and no unit.
_COUNTED = re.compile(
    r"\b(?:dalam|rp\.?|rupiah)\s*(?:rp\.?\s*)?(ribu|juta|mil[iy]ar)(?:an)?\b"
    r"|(?<![0-9]\s)\b(ribu|juta|mil[iy]ar)(?:an)?\s+(?:rupiah|rp)\b"
    r"|(?:\brp\.?\s*['.]?|(?:\bdalam|\bx|\()\s*(?:rp\.?\s*)?(?:x\s*)?1[.,])(000(?:[.,]000){0,2})\b",
    re.IGNORECASE,
)
_DOT_DECIMALS = re.compile(r"[^0-9]*(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.(?:[0-9]{1,2}|[0-9]{4,})[^0-9]*")
_LEVELS = ("program", "kegiatan", "sub kegiatan")
# A code begins with a figure, or with few letters before one; “Jumlah”, “Kode” and “Halaman 2” are none.
_CODE = re.compile(r"\W*(?:[0-9]|[a-z]{1,4}(?:[.\s,/\-]+[a-z]{1,4})*[.\s,/\-]*[0-9])", re.IGNORECASE)
# 6.01.02 Program …, [6.01.02] Program …, 6.01.02 - Program …
_CODED = re.compile(r"\W*((?:[0-9x]+\s*\.\s*)+[0-9x]+)(?!\w)[\s\W]*([^\W\d].*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a sheet: rows and columns count from 0, a column that is not there is -1.

    UNSURE is one of several that nobody can tell apart; a budget whose money is unsure is a budget all the same.
    """

    header: int
    code: int
    name: int
    ceiling: int
    spent: int

    @property
    def found(self) -> int:
        unsure = self.ceiling == self.spent == UNSURE
        return unsure + sum(place >= 0 for place in (self.code, self.name, self.ceiling, self.spent))

    @property
    def named(self) -> int:
        """How many are named at all, so that the parts of a year count more than the heading above them."""
        return sum(place != -1 for place in (self.code, self.name, self.ceiling, self.spent))


@dataclass(frozen=True, slots=True)
class LraRow:
    """A row of the export: its number in the sheet (from 1), its code as written, what it is called, its figures.

    `revised` says that its ceiling is called that of the budget change; `first` is then the one before, if the export
    has both. `percent` is the absorption that stands beside them, if any.
    """

    number: int
    code: str
    name: str
    ceiling: Cell
    spent: Cell
    percent: Cell = EMPTY
    first: Cell = EMPTY
    revised: bool = False

    @property
    def key(self) -> Key:
        return code_key(self.code)


def find_columns(sheet: Sheet) -> Columns | None:
    """The row that names most of what is needed: a code, and what was planned or spent.

    Where headings take several rows, the lowest one.
    """
    best = None
    for number in range(min(HEADINGS_WITHIN, len(sheet.rows))):
        found = [_with_codes(sheet, columns) for columns, _ in _stacked(sheet, number)]
        columns = max(reversed(found), key=lambda one: one.named)
        if columns.code >= 0 and columns.found >= 3 and (best is None or columns.found > best.found):
            best = columns
    return best


def _stacked(sheet: Sheet, number: int) -> Iterator[tuple[Columns, Row]]:
    """A row of headings by itself, and together with each of those below it that name its parts."""
    row = sheet.rows[number]
    columns = _columns(number, row)
    yield columns, row
    for lower in sheet.rows[number + 1 : number + HEADING_ROWS]:
        row = _two_rows(row, lower, columns)
        if not row:
            return
        columns = _columns(columns.header + 1, row)
        yield columns, row


def _with_codes(sheet: Sheet, columns: Columns) -> Columns:
    """Codes without a column of their own stand before the names: then both are in one."""
    if columns.code >= 0 or columns.name < 0 or columns.found < 3:
        return columns
    texts = [text for row in sheet.rows[columns.header + 1 :] if (text := _at(row, columns.name).text)]
    coded = sum(_CODED.fullmatch(text) is not None for text in texts)
    return replace(columns, code=columns.name) if coded and coded * 2 >= len(texts) else columns


def _two_rows(upper: Row, lower: Row, columns: Columns) -> Row:
    """Each heading below the one that it is part of, as in *Jumlah (Rp)* over *Anggaran* and *Realisasi*.

    Empty where the second row is none of headings: those of code and name stand above it, and it holds no figures.
    """
    texts = [cell.text for cell in lower]
    if columns.name < 0 or not any(texts):
        return ()
    if _at(lower, columns.code) or _at(lower, columns.name) or any(isinstance(read_number(t), Decimal) for t in texts):
        return ()
    whole, group = [], ""
    for place in range(max(len(upper), len(lower))):
        own, below = _at(upper, place).text, _at(lower, place).text
        # Merged cells leave empty ones behind them in both rows.
        group = own or group
        whole.append(Cell(f"{group} {below}".strip() if below else own))
    return tuple(whole)


def _heading_words(text: str) -> str:
    """A heading for comparing; those of databases have underscores: ``kode_sub_kegiatan``."""
    return fold(text.replace("_", " "))


def _columns(number: int, row: Row) -> Columns:
    places: dict[str, int] = {}
    texts = [_heading_words(cell.text) for cell in row]
    newest = max((int(year) for text in texts for year in _YEAR.findall(text)), default=0)
    for role, words in _WORDS.items():
        ranks = [(at, _rank(role, text, newest)) for at, text in enumerate(texts) if at not in places.values()]
        # Of two columns up to a day, the later day stands behind.
        fitting = [
            (rank, -at if _UP_TO.search(texts[at]) else at)
            for at, rank in ranks
            if rank is not None and rank[-1] < len(words)
        ]
        if fitting:
            places[role] = _surest(role, fitting, texts)
    levels = _levels(row)
    if levels:
        places["code"], places["name"] = levels[-1]
    return Columns(number, *(places.get(role, -1) for role in _WORDS))


def _surest(role: str, fitting: Sequence[tuple[tuple[int, int, int, int], int]], texts: Sequence[str]) -> int:
    """The column that fits best; UNSURE where nobody can tell it from the others.

    Of several parts of a year none is the year, and of several kinds of money none is all of it.
    """
    rank, place = min(fitting)
    if rank[0] and len(fitting) > 1:
        return UNSURE
    alike = [abs(at) for other, at in fitting if other == rank]
    if role in ("ceiling", "spent") and not _UP_TO.search(texts[abs(place)]) and len({texts[at] for at in alike}) > 1:
        return next((at for at in alike if _PLAIN.fullmatch(texts[at])), UNSURE)
    return abs(place)


def _rank(role: str, heading: str, newest: int) -> tuple[int, int, int, int] | None:
    """How well a heading fits a role, the lowest best; None for what it is surely not.

    That it is of a part of the year, of which budget, that it names what was spent, and the place of its word.
    """
    score = _score(_WORDS[role], heading)
    if role in ("code", "name"):
        return 0, 0, 0, score
    years = [int(year) for year in _YEAR.findall(heading)]
    if _NOT_MONEY.search(heading) or (years and max(years) < newest):
        return None
    part = _PART.search(heading) is not None and _UP_TO.search(heading) is None
    other = role == "ceiling" and "realisasi" in heading
    return int(part), _place_in_year(heading), int(other), score


def _place_in_year(heading: str) -> int:
    """0 for a column of the budget change, 2 for one of the budget before it, 1 for any other."""
    text = _heading_words(heading)
    return 2 if _FIRST.search(text) else 0 if _REVISED.search(text) else 1


def _levels(heading: Row) -> tuple[tuple[int, int], ...]:
    """Code and name of program, kegiatan and subkegiatan where they have columns of their own; else nothing.

    So does a list of details, one row for each account of each subkegiatan.
    """
    texts = [_heading_words(cell.text).replace("subkegiatan", "sub kegiatan") for cell in heading]
    found = {
        level: (texts.index(f"kode {level}"), texts.index(name))
        for level in _LEVELS
        for name in (f"nama {level}", f"uraian {level}", level)
        if name in texts and f"kode {level}" in texts
    }
    details = len(found) > 1 or any("rekening" in text for text in texts)
    return tuple(found.values()) if details and _LEVELS[-1] in found else ()


def _score(words: Sequence[str], text: str) -> int:
    """How sure a heading is: the place of the first word that it holds; the number of words when it holds none."""
    heading = _heading_words(text)
    if not heading or len(heading) > 60 or _NOT.search(heading):
        return len(words)
    return next((place for place, word in enumerate(words) if word in heading), len(words))


def counted_in(sheet: Sheet, columns: Columns) -> str:
    """What the headings and what stands above them say that amounts are counted in; empty for rupiah."""
    for row in sheet.rows[: columns.header + 1]:
        for cell in row:
            found = _COUNTED.search(" ".join(cell.text.split()))
            if found:
                zeros = {3: "ribu", 6: "juta", 9: "miliar"}
                word = (found[1] or found[2] or zeros[found[3].count("0")]).casefold()
                return "miliar" if word == "milyar" else word
    return ""


def rows_of(sheet: Sheet, columns: Columns) -> Iterator[LraRow]:
    """Every row below the headings that has a code and a figure, or a code and a name.

    Of a list of details, what they add up to for each program, kegiatan and subkegiatan.
    """
    heading = sheet.rows[columns.header] if 0 <= columns.header < len(sheet.rows) else ()
    levels = _levels(heading)
    if (columns.code, columns.name) not in levels:
        yield from _single_rows(sheet, columns)
        return
    upto = levels[: levels.index((columns.code, columns.name)) + 1]
    each = [_single_rows(sheet, replace(columns, code=code, name=name)) for code, name in upto]
    added: dict[Key, LraRow] = {}
    for row in sorted((row for rows in each for row in rows), key=lambda row: row.number):
        other = added.get(row.key)
        added[row.key] = _sum(other, row) if other else row
    yield from added.values()


def _sum(one: LraRow, other: LraRow) -> LraRow:
    ceiling, spent = _added(one.ceiling, other.ceiling), _added(one.spent, other.spent)
    return replace(one, ceiling=ceiling, spent=spent, percent=EMPTY, first=_added(one.first, other.first))


def _added(one: Cell, other: Cell) -> Cell:
    """The sum of two amounts; what cannot be added stays, so that it is told."""
    amounts = [amount_of(cell) for cell in (one, other)]
    if not (one and other) or one.problem or other.problem:
        return one if one.problem or not other else other
    if amounts[0] is None:
        return one
    return other if amounts[1] is None else Cell(canonical(amounts[0] + amounts[1]), exact=True)


def amount_of(cell: Cell) -> Decimal | None:
    """The amount of money in a cell, before it is multiplied by what the file counts in; None where there is none."""
    if cell.exact:
        return Decimal(cell.text.replace(",", "."))
    amount = read_number(cell.text, money=True)
    return amount if isinstance(amount, Decimal) else None


def decimal_mark(rows: Iterable[LraRow]) -> str:
    """What parts decimals in amounts that are text: a comma, unless one of them can only have a dot for it."""
    cells = (cell for row in rows for cell in (row.ceiling, row.spent, row.first) if not cell.exact)
    return "." if any(_DOT_DECIMALS.fullmatch(cell.text) for cell in cells) else ","


def _single_rows(sheet: Sheet, columns: Columns) -> Iterator[LraRow]:
    percent, heading = _percent_place(sheet, columns), _heading(sheet, columns)
    revised = _place_in_year(_at(heading, columns.ceiling).text) == 0
    first = _first_place(heading, columns) if revised else -1
    above: Row = ()
    for number, own in enumerate(sheet.rows[columns.header + 1 :], start=columns.header + 2):
        row = _with_parents(own, above, columns)
        found = replace(_lra_row(number, row, columns, percent), first=_at(row, first), revised=revised)
        if found.code and (found.name or found.ceiling or found.spent) and not _is_numbering(row):
            above = _code_cells(row, columns)
            yield found


def _with_parents(row: Row, above: Row, columns: Columns) -> Row:
    """A row with the first parts of its code, where they stand only in the row above: merged, or written once."""
    cells = _code_cells(row, columns)
    empty = next((place for place, cell in enumerate(cells) if cell), 0)
    if len(code_key(_at(cells, empty).text)) > 2:
        return row  # A whole code, of an account.
    return (*row[: columns.code], *above[:empty], *row[columns.code + empty :]) if above[:empty] else row


def without_code(sheet: Sheet, columns: Columns) -> Iterator[tuple[LraRow, str]]:
    """Rows that name money and have no code to be matched by, and why, where a code was spoilt. Totals are none."""
    for number, row in enumerate(sheet.rows[columns.header + 1 :], start=columns.header + 2):
        found = _lra_row(number, row, columns, -1)
        spoilt = next((cell.problem for cell in _code_cells(row, columns) if cell.problem), "")
        amounts = (read_number(cell.text, money=True) for cell in (found.ceiling, found.spent))
        told = (found.name or spoilt) and any(isinstance(amount, Decimal) for amount in amounts)
        if told and not found.code and not _is_total(row) and not _is_numbering(row):
            yield found, spoilt


def _is_total(row: Row) -> bool:
    return any(_TOTAL.match(fold(cell.text)) for cell in row[:8])


def stated_total(sheet: Sheet, columns: Columns) -> LraRow | None:
    """The last row that calls itself *Jumlah* or *Total* and has no code of its own."""
    percent = _percent_place(sheet, columns)
    totals = [
        found
        for number, row in enumerate(sheet.rows[columns.header + 1 :], start=columns.header + 2)
        if _is_total(row)
        for found in (_lra_row(number, row, columns, percent),)
        if not any(isinstance(part, int) for part in found.key)
    ]
    return totals[-1] if totals else None


def _percent_place(sheet: Sheet, columns: Columns) -> int:
    """The column behind the money spent whose heading says that it is its share of the budget; -1 if there is none."""
    if columns.spent < 0:
        return -1
    texts = [_heading_words(cell.text) for cell in _heading(sheet, columns)]
    fitting = (n for n, text in enumerate(texts) if _PERCENT.search(text) and not _NOT_ABSORPTION.search(text))
    return next((place for place in fitting if place > columns.spent), -1)


def _first_place(heading: Row, columns: Columns) -> int:
    """The column of the budget before its change, beside that of the change; -1 if there is none."""
    texts = [_heading_words(cell.text) for cell in heading]
    budgets = (n for n, text in enumerate(texts) if _score(_WORDS["ceiling"], text) < len(_WORDS["ceiling"]))
    named = [n for n in budgets if n != columns.ceiling and (_FIRST.search(texts[n]) or _PLAIN.fullmatch(texts[n]))]
    return named[0] if named else -1


def _heading(sheet: Sheet, columns: Columns) -> Row:
    """The row of headings, each with those above that it is part of."""
    if not 0 <= columns.header < len(sheet.rows):
        return ()
    for above in range(min(HEADING_ROWS - 1, columns.header), 0, -1):
        stacked = list(_stacked(sheet, columns.header - above))
        if len(stacked) > above:
            return stacked[above][1]
    return sheet.rows[columns.header]


def _lra_row(number: int, row: Row, columns: Columns, percent: int) -> LraRow:
    cells = _code_cells(row, columns)
    # ="6.01.02" is how some systems keep a spreadsheet from reading a code as a figure.
    code = ".".join(cell.text.strip('="').replace(",", ".") for cell in cells if cell.text)
    name = _at(row, columns.name).text
    if columns.code == columns.name or not name:
        coded = _CODED.fullmatch(_at(row, columns.code).text)
        code, name = (coded[1], coded[2]) if coded else (code, name if name != code else "")
    if not _CODE.match(code) or any(cell.problem for cell in cells):
        code = ""
    ceiling, spent, share = (_at(row, place) for place in (columns.ceiling, columns.spent, percent))
    return LraRow(number, code, " ".join(name.split()), ceiling, spent, share)


def _code_cells(row: Row, columns: Columns) -> Row:
    """Some exports spread a code over several columns between the heading's own and the name."""
    end = columns.name if columns.name > columns.code else columns.code + 1
    return row[columns.code : end] if columns.code >= 0 else ()


def _at(row: Row, place: int) -> Cell:
    return row[place] if 0 <= place < len(row) else EMPTY


def _is_numbering(row: Row) -> bool:
    """The line ``1 2 3 4 …`` that stands below headings."""
    texts = [cell.text for cell in row if cell]
    return len(texts) > 2 and all(re.fullmatch(r"\(?[0-9]{1,2}(?:=.*)?\)?", text) for text in texts)
