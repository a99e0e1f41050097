"""Reads a workbook or a CSV file from outside into plain cells, within bounds of size and time."""

from __future__ import annotations

import csv
import io
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from functools import partial
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

from lkip_desktop.errors import Cancelled, UserError
from lkip_desktop.numbers import canonical
from lkip_desktop.outside import MB, Limits, Package, broken, open_package, plain_text, require_xlsx

if TYPE_CHECKING:
    from lkip_desktop.ports import Progress

MAX_SHEETS, MAX_ROWS, MAX_COLUMNS = 40, 10_000, 256
MAX_SECONDS = 20.0
MAX_TEXT = 5000
"""Characters kept of one cell."""
ROWS_AT_ONCE = 100
"""After how many rows it is asked whether to go on."""
LIMITS = Limits(file=20 * MB, entry=24 * MB, total=80 * MB)
# What is read whole, not row by row: styles, names, properties.
MAX_WHOLE = 4 * MB
_STREAMED = ("xl/worksheets/", "xl/sharedstrings", "xl/media/", "xl/drawings/", "xl/externallinks/", "xl/pivotcache/")

# openpyxl checks little of what it reads: a crooked workbook ends in any of these.
_FAULTS = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    SyntaxError,
    RecursionError,
    NotImplementedError,
    OSError,
    AssertionError,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Finance systems export web pages and Excel's old XML that are called .xls.
_HTML = re.compile(rb"<(?:!doctype html|html|head|meta|table|style|body)\b|^mime-version:", re.IGNORECASE)
_OLD_XML = re.compile(rb"<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet", re.IGNORECASE)
# The apostrophe that keeps spreadsheets from reading a formula, and not that of ’Aisyiyah.
_APART = re.compile(r"^'(?![^\W\d_])")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
FEW = 3
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
SEPARATORS = (";", ",", "\t", "|")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says: its text, a figure in its canonical spelling, or why it cannot be taken as it stands.

    `spaced` tells that a space stood before it in a text file, `exact` that a spreadsheet kept it as a number: then
    its comma parts decimals.
    """

    text: str = ""
    problem: str = ""
    spaced: bool = field(default=False, compare=False)
    exact: bool = field(default=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.text or self.problem)


EMPTY = Cell()
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows from its first, without empty ones at the end; rows may differ in length."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Encoded:
    """How a text file was read: `encoding` is one of ENCODINGS, `separator` one of SEPARATORS."""

    encoding: str
    separator: str

    @property
    def in_words(self) -> str:
        """``teks UTF-8 dengan pemisah “;”``"""
        mark = {"\t": "tab"}.get(self.separator, self.separator)
        return f"teks {self.encoding.removesuffix('-sig').upper()} dengan pemisah “{mark}”"


def read_workbook(name: str, data: bytes, progress: Progress | None = None) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx, hidden ones last; a formula counts as the value that it last had.

    Raises UserError for what is no workbook, is damaged, locked, or beyond the bounds; Cancelled when stopped.
    """
    _require_kind(name, data)
    require_xlsx(data, name, LIMITS)
    with open_package(data, LIMITS, name) as package:
        large = [p for p in package.names if not p.lower().startswith(_STREAMED) and package.size(p) > MAX_WHOLE]
        if large:
            raise UserError(f"“{name}” memuat gaya atau nama yang terlalu banyak. Salin datanya ke buku kerja baru.")
        computed = _has_formulas(package)
    try:
        with warnings.catch_warnings():
            # Of what openpyxl leaves out when it reads (validations, print settings), nothing is needed here.
            warnings.simplefilter("ignore")
            return _Reading(name, data, progress).sheets(computed)
    except _FAULTS as error:
        raise broken(name) from error


def _require_kind(name: str, data: bytes) -> None:
    """Say what a file is that only calls itself a workbook."""
    # Without the zeros, in which UTF-16 tells nothing else here.
    start = data[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    start = start if start[:1] == b"<" or start[:4].lower() == b"mime" else b""
    if data.startswith(b"%PDF-"):
        raise UserError(f"“{name}” sebenarnya berkas PDF. Mintalah buku kerja aslinya (.xlsx).")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UserError(f"“{name}” dikunci dengan kata sandi. Simpan ulang tanpa kata sandi, lalu impor lagi.")
        raise UserError(f"“{name}” memakai format Excel lama (.xls). Simpan ulang sebagai .xlsx, lalu impor lagi.")
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:120]:
        raise UserError(f"“{name}” adalah lembar OpenDocument (.ods). Simpan ulang sebagai .xlsx, lalu impor lagi.")
    if _OLD_XML.search(start):
        raise UserError(f"“{name}” memakai format XML Excel lama. Simpan ulang sebagai .xlsx, lalu impor lagi.")
    if _HTML.search(start):
        raise UserError(f"“{name}” sebenarnya halaman web. Buka di Excel, simpan sebagai .xlsx, lalu impor lagi.")
    if not data:
        raise UserError(f"“{name}” kosong (0 byte). Mintalah berkasnya kembali.")


_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def _has_formulas(package: Package) -> bool:
    sheets = [name for name in package.names if name.lower().startswith("xl/worksheets/")]
    return any(_FORMULA.search(package.read(name)) for name in sheets)


class _Reading:
    """One workbook being read, against the clock."""

    def __init__(self, name: str, data: bytes, progress: Progress | None) -> None:
        self._name, self._data, self._progress = name, data, progress
        self._end = time.monotonic() + MAX_SECONDS

    def sheets(self, computed: bool) -> tuple[Sheet, ...]:
        values = self._open(values=True)
        formulas = self._open(values=False) if computed else None
        try:
            if not values.worksheets:
                raise broken(self._name)
            if len(values.worksheets) > MAX_SHEETS:
                raise UserError(f"“{self._name}” memuat lebih dari {MAX_SHEETS} lembar. Hapus yang tidak diperlukan.")
            return tuple(self._sheet(values, formulas))
        finally:
            values.close()
            if formulas is not None:
                formulas.close()

    def _open(self, *, values: bool) -> Any:
        from openpyxl import load_workbook

        return load_workbook(io.BytesIO(self._data), read_only=True, data_only=values, keep_links=False)

    def _sheet(self, values: Any, formulas: Any) -> Iterator[Sheet]:
        count = len(values.worksheets)
        for number, sheet in sorted(enumerate(values.worksheets), key=lambda one: one[1].sheet_state != "visible"):
            bounds = {"max_row": MAX_ROWS + 1, "max_col": MAX_COLUMNS + 1}
            other = formulas.worksheets[number].iter_rows(**bounds) if formulas is not None else repeat(())
            rows: list[Row] = []
            for row, typed in zip(sheet.iter_rows(**bounds), other, strict=False):
                if not len(rows) % ROWS_AT_ONCE:
                    self._watch(number, count)
                rows.append(_row(row, typed))
                self._require_bounds(sheet.title, rows)
            while rows and not any(rows[-1]):
                rows.pop()
            yield Sheet(sheet.title, tuple(rows))

    def _watch(self, number: int, count: int) -> None:
        if self._progress is not None and not self._progress(number, count):
            raise Cancelled
        if time.monotonic() > self._end:
            raise UserError(f"“{self._name}” terlalu lama dibaca. Salin datanya ke buku kerja baru, lalu impor lagi.")

    def _require_bounds(self, sheet: str, rows: list[Row]) -> None:
        if len(rows[-1]) > MAX_COLUMNS:
            raise UserError(f"Lembar “{sheet}” memuat lebih dari {MAX_COLUMNS} kolom. Hapus yang tidak diperlukan.")
        if len(rows) > MAX_ROWS and any(rows[-1]):
            raise UserError(f"Lembar “{sheet}” memuat lebih dari {MAX_ROWS} baris. Impor sebagian-sebagian.")


def _row(row: tuple[Any, ...], typed: tuple[Any, ...]) -> Row:
    cells = [_cell(cell) for cell in row]
    for place, cell in enumerate(typed):
        # A formula may well have come to an empty text.
        waiting = cell.data_type == "f" and place < len(cells) and row[place].data_type != "str"
        if waiting and not cells[place]:
            cells[place] = Cell(problem="rumus belum dihitung; buka di Excel atau LibreOffice, simpan, lalu impor lagi")
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return EMPTY
    if cell.data_type == "e":
        return Cell(str(value), f"rumus menghasilkan kesalahan ({value})")
    if isinstance(value, bool):
        return Cell("ya" if value else "tidak")
    if isinstance(value, (int, float)):
        return _figure(value, str(cell.number_format or ""))
    if isinstance(value, (date, datetime)):
        return Cell(f"{value.day}/{value.month}/{value.year}", _DATE)
    if isinstance(value, clock_time):
        return Cell(f"{value:%H.%M.%S}", _DATE)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return Cell(f"{minutes // 60}.{minutes % 60:02}.{seconds:02}", _DATE)
    return Cell(_text(str(value)))


# Letters that XML cannot hold are spelled out (ECMA-376 22.9.2.19), as Excel does with the ends of pasted lines.
_SPELLED = re.compile(r"_x([0-9A-F]{4})_")
# Marks without a shape, which come along with figures copied from messages and web pages.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Calc keeps the apostrophe that is typed before a figure in a text cell.
_AS_TEXT = re.compile(r"^'(?=[-+]?[0-9])")


def _text(value: str) -> str:
    spelled = _SPELLED.sub(lambda found: chr(int(found[1], 16)), value[:MAX_TEXT])
    return _AS_TEXT.sub("", _seen("\n".join(spelled.splitlines())))


def _seen(text: str) -> str:
    # Most texts need nothing, and there may be a million of them.
    return text.strip() if text.isprintable() else plain_text(_UNSEEN.sub("", text)).strip()


# What a format says beside the figure: " %", \\%, _- and * for room, [$-421] and [$Rp-421] for a language.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')
# Two decimals: 0.00, #,##0.00, #,##0.00;-#,##0.00
_DECIMALS = re.compile(r"\s*(?:#,##)?0\.(0{1,6})\s*(?:;.*)?")
_DATE = "isian berubah menjadi tanggal atau jam; ketik ulang angkanya sebagai teks"


def _figure(value: float, number_format: str) -> Cell:
    """A figure as the sheet shows it: 15 digits as spreadsheets keep them, and 0,85 formatted as per cent is 85.

    Zeros that a chosen format shows behind the comma are kept, as in 3,10; nothing is rounded. Per cents take theirs
    from the spreadsheet and not from a person.
    """
    number = Decimal(format(value, ".15g"))
    if not number.is_finite():
        return Cell(str(value), "bukan angka yang dapat dipakai")
    plain = _LITERAL.sub("", number_format)
    if "%" in plain:
        number *= 100
    text, shown = canonical(number.normalize() + 0), _DECIMALS.fullmatch(plain)
    if shown is not None:
        whole, _, decimals = text.partition(",")
        text = f"{whole},{decimals.ljust(len(shown[1]), '0')}"
    return Cell(text, exact=True)


# Text files


def read_csv(name: str, data: bytes, chosen: Encoded | None = None) -> tuple[Encoded, Sheet]:
    """The rows of a CSV file and how it was read, found from the text unless it was chosen.

    Raises UserError when it is no text or beyond the bounds.
    """
    _require_kind(name, data)
    if len(data) > LIMITS.file:
        raise UserError(f"“{name}” lebih besar dari {LIMITS.file // MB} MB dan tidak dibaca.")
    encoding = chosen.encoding if chosen else _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        if chosen is None:
            raise _no_text(name) from error
        said = encoding.removesuffix("-sig").upper()
        raise UserError(f"“{name}” tidak terbaca sebagai teks {said}. Pilih penyandian yang lain.") from error
    if "\x00" in text:
        raise _no_text(name)
    separator = chosen.separator if chosen else _separator(text)
    return Encoded(encoding, separator), Sheet("", tuple(_csv_rows(name, text, separator)))


def _no_text(name: str) -> UserError:
    return UserError(f"“{name}” bukan berkas teks. Simpan ulang sebagai CSV atau .xlsx.")


def is_text(data: bytes) -> bool:
    """Whether some bytes are text: nothing in their beginning that no text holds."""
    return data.startswith(_MARKS) or not _BINARY.search(data[:8192])


def _csv_rows(name: str, text: str, separator: str) -> Iterator[Row]:
    try:
        for number, raw in enumerate(_records(text, separator)):
            # A spreadsheet that takes another separator saves a whole line of this one as one quoted cell.
            line = next(csv.reader(raw, delimiter=separator)) if len(raw) == 1 and separator in raw[0] else raw
            if number >= MAX_ROWS or len(line) > MAX_COLUMNS:
                raise UserError(
                    f"“{name}” memuat lebih dari {MAX_ROWS} baris atau {MAX_COLUMNS} kolom. Impor sebagian-sebagian."
                )
            yield tuple(Cell(_APART.sub("", _seen(cell[:MAX_TEXT])), spaced=cell[:1] == " ") for cell in line)
    except csv.Error as error:
        raise broken(name) from error


def _records(text: str, separator: str) -> list[list[str]]:
    """The rows of a text. Where quotes do not fit, a quote that was never closed may have swallowed rows: then each
    line is read as a row, with an odd quote as a letter, and the reading that makes more rows of one length counts."""
    # Behind a separator and a space, quotes count only when the space is skipped.
    cut = partial(csv.reader, delimiter=separator, skipinitialspace=f'{separator} "' in text)
    lines = _first(
        next(cut([line], quoting=csv.QUOTE_NONE) if line.count('"') % 2 else cut([line]), [])
        for line in io.StringIO(text, None)
    )
    with suppress(csv.Error):
        return _first(_unmerged(cut(io.StringIO(text, None), strict=True), lines))
    whole: list[list[str]] = []
    with suppress(csv.Error):
        whole = _first(cut(io.StringIO(text, newline="")))
    return max(whole, lines, key=lambda rows: max(Counter(map(len, rows)).values(), default=0))


def _first(rows: Iterable[list[str]]) -> list[list[str]]:
    """No more rows than it takes to see that there are too many."""
    return list(islice(rows, MAX_ROWS + 1))


def _unmerged(reader: Any, lines: list[list[str]]) -> Iterator[list[str]]:
    """The rows of a reader. Two odd quotes make one row of all the lines between them: where each of these could be a
    row by itself, they are rows."""
    start = 0
    for row in reader:
        alone, start = lines[start : reader.line_num], reader.line_num
        yield from alone if len(alone) > 1 and all(_could_be_row(line, len(row)) for line in alone) else [row]


def _could_be_row(line: list[str], length: int) -> bool:
    """Whether a line that was read alone is a row, and not part of a text with commas: of FEW cells nobody can say."""
    quotes = sum(cell.count('"') for cell in line)
    return FEW < length == len(line) and quotes < 2 and not any(cell[:1] == " " for cell in line)


def _encoding(data: bytes) -> str:
    # Without a mark, every other byte of a text of two bytes is 0.
    high = data[1:400:2]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or high.count(0) * 2 > len(high) > 2:
        return "utf-16"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252" if _decodes(data, "cp1252") else "utf-8-sig"
    return "utf-8-sig"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _separator(text: str) -> str:
    """The mark that cuts most lines into the same number of cells, more than one."""
    lines = [line for line in islice(io.StringIO(text, None), 60) if line.strip()]
    score: Callable[[str], tuple[int, int]] = lambda mark: _evenness(lines, mark)  # noqa: E731
    return max(SEPARATORS, key=score)


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    """How many lines have the commonest number of cells, and that number; nothing when it is one."""
    counts = [len(re.sub(r'"[^"]*"', "", line).split(mark)) for line in lines]
    many = [count for count in counts if count > 1]
    if not many:
        return 0, 0
    usual = max(set(many), key=many.count)
    return many.count(usual), usual
