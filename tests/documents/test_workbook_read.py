"""Broken and hostile workbooks end in a sentence, soon and without much memory; honest ones are read as they look."""

from __future__ import annotations

import contextlib
import io
import random
import resource
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from datetime import time as clock_time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from lkip_desktop.documents.workbook_lra import UNSURE, find_columns, rows_of, stated_total, without_code
from lkip_desktop.documents.workbook_read import EMPTY, Cell, Encoded, Sheet, read_csv, read_workbook
from lkip_desktop.errors import Cancelled, UserError
from lkip_desktop.performance.model import code_key

MB = 1024 * 1024


def book(fill: Callable[[Workbook], None]) -> bytes:
    made = Workbook()
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rows(*lines: list[object]) -> bytes:
    def fill(made: Workbook) -> None:
        for line in lines:
            made.worksheets[0].append(line)

    return book(fill)


def repacked(data: bytes, **parts: bytes | None) -> bytes:
    """A workbook with parts replaced (``xl_workbook_xml``) or added; None takes one away."""
    named = {name.replace("__", "/"): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, content in named.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def sheet_xml(body: str, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = rows(["Kode", "Nama"], ["1", "a"])
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
PAGE = b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name="ProgId" content="Excel.Sheet">'
BINARY_TYPES = b'<Types><a ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'


@cache
def hostile() -> dict[str, tuple[bytes, str]]:
    many = "".join(CELL.format(n) for n in range(10_000))
    external = repacked(PLAIN, **{SHEET: sheet_xml(f"<row>{CELL.format('&b;')}</row>", BOMB)})
    return {
        "pdf": (b"%PDF-1.7 " + b"x" * 100, "sebenarnya berkas PDF"),
        "web page": (b"\r\n<table border=1><tr><td>Kode</td></tr></table>", "halaman web"),
        "styled page": (b"\xef\xbb\xbf<!-- x --><style>td{}</style><table>", "halaman web"),
        "page for Excel": (PAGE, "halaman web"),
        "page of two bytes": ("<html><table></table></html>".encode("utf-16"), "halaman web"),
        "mailed page": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "halaman web"),
        "old xml": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML Excel lama"),
        "binary": (repacked(PLAIN, **{"[Content_Types].xml": BINARY_TYPES}), "xlsb"),
        "empty": (b"", "kosong"),
        "text": (b"halo dunia " * 20, "rusak"),
        "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        "locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        "cut": (PLAIN[: len(PLAIN) // 2], "rusak"),
        "wide": (repacked(PLAIN, **{SHEET: sheet_xml(f"<row>{many}</row>")}), "kolom"),
        "long": (rows(*[["x"]] * 10_002), "baris"),
        "entities": (external, "entitas"),
        "zip bomb": (repacked(PLAIN, **{SHEET: b" " * (30 * MB)}), "terlalu besar"),
        "no sheet": (repacked(PLAIN, **{SHEET: None}), "rusak"),
        "bad xml": (repacked(PLAIN, **{SHEET: sheet_xml("<row><c>")}), "rusak"),
        "bad string": (repacked(PLAIN, **{SHEET: sheet_xml('<row><c t="s"><v>99</v></c></row>')}), "rusak"),
        "bad style": (repacked(PLAIN, **{SHEET: sheet_xml('<row><c s="99999"><v>1</v></c></row>')}), "rusak"),
        "many styles": (
            repacked(PLAIN, **{"xl__styles.xml": b"<a>" + random.Random(1).randbytes(3 * MB).hex().encode() + b"</a>"}),
            "gaya",
        ),
        "macro": (repacked(PLAIN, **{"xl/vbaProject.bin": b"x"}), "makro"),
        "word": (repacked(PLAIN, **{"[Content_Types].xml": b"<Types/>"}), "bukan buku kerja"),
        "ods": (_ods(), "OpenDocument"),
    }


def _ods() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return out.getvalue()


@pytest.mark.parametrize("name", hostile())
def test_a_sentence_soon_and_small(name: str) -> None:
    data, says = hostile()[name]
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(UserError, match=says) as caught:
        read_workbook("data.xlsx", data)
    assert "data.xlsx" in str(caught.value) or "Lembar" in str(caught.value)
    assert time.monotonic() - began < 15
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


@given(st.integers(0, len(PLAIN) - 1), st.integers(0, 255))
def test_any_damaged_byte_is_read_or_refused(place: int, byte: int) -> None:
    data = PLAIN[:place] + bytes([byte]) + PLAIN[place + 1 :]
    with contextlib.suppress(UserError):
        read_workbook("data.xlsx", data)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_csv_or_a_sentence(data: bytes) -> None:
    with contextlib.suppress(UserError):
        read_csv("data.csv", data)


def test_cells_are_read_as_they_look() -> None:
    def fill(made: Workbook) -> None:
        sheet = made.worksheets[0]
        sheet.append(["  teks ", 3, 3.05, 0.1 + 0.2, True, date(2027, 2, 1)])
        sheet["A2"] = 0.865
        sheet["A2"].number_format = "0.00%"
        sheet["B2"] = "=1+1"
        sheet.merge_cells("C2:D3")
        sheet["C2"] = "gabung"
        made.create_sheet("Tersembunyi").sheet_state = "hidden"

    one, two = read_workbook("a.xlsx", book(fill))
    assert [cell.text for cell in one.rows[0]][:5] == ["teks", "3", "3,05", "0,3", "ya"]
    assert "tanggal" in one.rows[0][5].problem
    assert (one.rows[1][0], one.rows[1][2]) == (Cell("86,5"), Cell("gabung"))
    assert "rumus belum dihitung" in one.rows[1][1].problem
    assert (two.name, two.rows) == ("Tersembunyi", ())


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (3.1, "General", "3,1"),
        (3.1, "0.00", "3,10"),
        (80, "0.0%", "8000"),
        (0.85, "0%", "85"),
        (3, '0.00" %"', "3,00"),
        (3, "0\\%", "3"),
        (1250000, "#,##0.00", "1250000,00"),
        (-2.5, "#,##0.00;-#,##0.00", "-2,50"),
        (98.387, "0.00", "98,387"),
        (3.1, "[$-421]0.00", "3,10"),
        (0.865, "[$-421]0.00%", "86,5"),
        (1250, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "1250,00"),
        (1250, "[$Rp-421]#,##0.00", "1250,00"),
    ],
)
def test_a_figure_keeps_the_zeros_that_its_cell_shows(value: float, number_format: str, text: str) -> None:
    def fill(made: Workbook) -> None:
        cell = made.worksheets[0]["A1"]
        cell.value, cell.number_format = value, number_format

    (sheet,) = read_workbook("a.xlsx", book(fill))
    assert sheet.rows[0][0] == Cell(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("'3,05", "3,05"),
        ("\u202d3,05\u202c", "3,05"),
        ("satu_x000D_\ndua_x000D_tiga", "satu\ndua\ntiga"),
        ("bel_x0007__x005F_", "bel_"),
        ("'Aisyiyah", "'Aisyiyah"),
    ],
)
def test_a_text_is_read_as_it_looks(typed: str, text: str) -> None:
    (sheet,) = read_workbook("a.xlsx", rows([typed]))
    assert sheet.rows == ((Cell(text),),)


@pytest.mark.parametrize("data", [b'"' + b"a\n" * 2_000_000, b"\n" * 2_000_000, b"6.01;a;1;2\n" * 500_000])
def test_a_csv_without_end_takes_little_memory(data: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(UserError, match="10000 baris"):
            read_csv("data.csv", data)
        assert tracemalloc.get_traced_memory()[1] < 60 * MB
    finally:
        tracemalloc.stop()


def test_what_became_a_time_is_told() -> None:
    (sheet,) = read_workbook("a.xlsx", rows([clock_time(6, 1, 2), timedelta(hours=30)]))
    assert [(cell.text, "jam" in cell.problem) for cell in sheet.rows[0]] == [("06.01.02", True), ("30.00.00", True)]


def test_a_formula_counts_as_its_last_value_and_its_error_is_told() -> None:
    body = '<row><c><f>1+1</f><v>2</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    (sheet,) = read_workbook("a.xlsx", repacked(PLAIN, **{SHEET: sheet_xml(body)}))
    assert sheet.rows[0][0] == Cell("2")
    assert sheet.rows[0][1].problem == "rumus menghasilkan kesalahan (#DIV/0!)"


def test_a_formula_that_came_to_an_empty_text_is_an_empty_cell() -> None:
    body = '<row><c t="str"><f>IF(1=1,"",5)</f><v></v></c><c><v>2</v></c><c><f>1+1</f><v></v></c></row>'
    (sheet,) = read_workbook("a.xlsx", repacked(PLAIN, **{SHEET: sheet_xml(body)}))
    assert sheet.rows[0][:2] == (EMPTY, Cell("2"))
    assert "belum dihitung" in sheet.rows[0][2].problem


def test_a_formula_without_a_value_is_told_whatever_the_prefix() -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = '<x:row><x:c r="B1"><x:v>5</x:v></x:c><x:c r="C1"><x:f>1+1</x:f></x:c></x:row>'
    head = '<x:dimension ref="A1"/>'
    xml = f'<x:worksheet xmlns:x="{space}">{head}<x:sheetData>{body}</x:sheetData></x:worksheet>'
    (sheet,) = read_workbook("a.xlsx", repacked(PLAIN, **{SHEET: xml.encode()}))
    assert [cell.text for cell in sheet.rows[0]] == ["", "5", ""]
    assert "belum dihitung" in sheet.rows[0][2].problem


def test_links_to_other_files_are_left_alone() -> None:
    def fill(made: Workbook) -> None:
        made.worksheets[0]["A1"] = "='[lain.xlsx]Data'!A1"

    (sheet,) = read_workbook("a.xlsx", book(fill))
    assert sheet.rows[0][0].problem


def test_reading_can_be_stopped_within_a_sheet() -> None:
    asked = []
    with pytest.raises(Cancelled):
        read_workbook("a.xlsx", rows(*[["x"]] * 900), lambda done, total: asked.append(done) or len(asked) < 4)
    assert asked == [0, 0, 0, 0]


def test_reading_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        read_workbook("a.xlsx", PLAIN, lambda done, total: False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found(encoding: str, separator: str) -> None:
    lines = [["Kode", "Uraian", "Pagu"], ["6.01", "Belanja – “café”", '"1.000,00"'], ["6.02", "é", "2"]]
    data = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    found, sheet = read_csv("a.csv", data)
    told = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16"}.get(encoding, encoding)
    assert found == Encoded(told, separator)
    assert [cell.text for cell in sheet.rows[1]] == ["6.01", "Belanja – “café”", "1.000,00"]


def test_lines_in_a_quoted_cell_stay_where_another_quote_is_odd() -> None:
    _, sheet = read_csv("a.csv", b'Kode,Uraian,Pagu\n1,"A\nB",10\n2,"Zona" Integritas,20\n', Encoded("utf-8-sig", ","))
    assert [len(row) for row in sheet.rows] == [3, 3, 3]
    assert sheet.rows[1][1].text == "A\nB"


def test_a_quote_that_is_never_closed_swallows_no_line() -> None:
    text = 'Kode,Uraian,Pagu\n1,Meja 5" kayu,10\n2,"A,20\n3,"C, D","1.000,50"\n' + "4,E,30\n" * 20_000
    _, sheet = read_csv("a.csv", text[: text.index("4,E") + 21].encode(), Encoded("utf-8-sig", ","))
    assert [[cell.text for cell in row] for row in sheet.rows[1:5]] == [
        ["1", 'Meja 5" kayu', "10"],
        ["2", '"A', "20"],
        ["3", "C, D", "1.000,50"],
        ["4", "E", "30"],
    ]
    _, long = read_csv("a.csv", text[: text.index("4,E") + 7 * 9_000].encode(), Encoded("utf-8-sig", ","))
    assert len(long.rows) == 9_004


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            '1,"Layar 14,2,20\n2,Meja,3,30\n3,Layar 15",4,40\n',
            ["1", '"Layar 14', "2", "20", "2", "Meja", "3", "30", "3", 'Layar 15"', "4", "40"],
        ),
        (
            '1,"Honor, bahan, dan\nsewa, gedung, kursi",2,20\n',
            ["1", "Honor, bahan, dan\nsewa, gedung, kursi", "2", "20"],
        ),
        ('1,"A\nB",2,20\n', ["1", "A\nB", "2", "20"]),
        ('1,"a,b,c\nd",2,20\n', ["1", "a,b,c\nd", "2", "20"]),
    ],
    ids=["rows", "text with commas", "lines", "commas"],
)
def test_two_odd_quotes_merge_no_rows_and_lines_of_a_cell_stay(text: str, cells: list[str]) -> None:
    _, sheet = read_csv("a.csv", f"Kode,Uraian,Jumlah,Pagu\n{text}".encode(), Encoded("utf-8-sig", ","))
    assert [cell.text for row in sheet.rows[1:] for cell in row] == cells


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("6.01.02.2.01.0003", "6.1.2.2.1.3"),
        ("6.01.02.", " 6 . 01 . 02 "),
        ("6.01.02", "6 01 02"),
        ("X.XX.01", "x.xx.1"),
    ],
)
def test_codes_are_compared_by_their_parts(one: str, other: str) -> None:
    assert code_key(one) == code_key(other)
    assert code_key("6.01.02") != code_key("6.01.20")
    assert code_key("9" * 5000) != code_key("8" * 5000)


def sheet_of(*lines: str) -> Sheet:
    return Sheet("", tuple(tuple(Cell(text) for text in line.split(";")) for line in lines))


def test_an_export_is_found_below_its_title_and_numbering() -> None:
    sheet = sheet_of(
        "PEMERINTAH KABUPATEN",
        "LAPORAN REALISASI ANGGARAN",
        "Kode Rekening;Uraian;Anggaran Setelah Perubahan;Realisasi Bulan Lalu;Realisasi s.d. Bulan Ini;%;Sisa Anggaran",
        "1;2;3;4;5;6;7",
        "6.01.01;Program;1.000;400;500;50;500",
        ";JUMLAH;1.000;400;500;50;500",
    )
    columns = find_columns(sheet)
    assert columns is not None
    assert (columns.header, columns.code, columns.name, columns.ceiling, columns.spent) == (2, 0, 1, 2, 4)
    (row,) = rows_of(sheet, columns)
    assert (row.number, row.key, row.spent.text) == (5, (6, 1, 1), "500")
    total = stated_total(sheet, columns)
    assert total is not None
    assert total.ceiling.text == "1.000"


@pytest.mark.parametrize(
    ("upper", "lower", "places"),
    [
        # One heading over two: the merged cell's text stands in its first.
        ("Kode Rekening;;;Uraian;Jumlah (Rp);;Bertambah/(Berkurang);", ";;;;Anggaran;Realisasi;(Rp);%", (4, 5)),
        ("Kode;Uraian;;Anggaran;Realisasi;", ";;;(Rp);%;(Rp)", (3, 5)),
        ("Kode;Uraian;Pagu;Realisasi;;", ";;;Bulan lalu;Bulan ini;s.d. bulan ini", (2, 5)),
        ("Kode;Uraian;Pagu;Realisasi;;;", ";;;TW I;TW II;TW III;TW IV", (2, UNSURE)),
        ("Kode;Uraian;Pagu;Realisasi;Sisa", "6;Urusan;10;9;1", (2, 3)),
        ("Kode;Uraian;Pagu;Realisasi;Sisa", ";JUMLAH;10;9;1", (2, 3)),
    ],
)
def test_headings_may_take_two_rows(upper: str, lower: str, places: tuple[int, int]) -> None:
    sheet = sheet_of("LAPORAN REALISASI ANGGARAN", upper, lower, "6.01;Program;10;9;8;7;6;5")
    columns = find_columns(sheet)
    assert columns is not None
    assert (columns.code, columns.ceiling, columns.spent) == (0, *places)
    assert "6.01" in [row.code.split(".Program")[0] for row in rows_of(sheet, columns)]


def test_headings_may_take_three_rows() -> None:
    sheet = sheet_of(
        "Kode;Uraian;Anggaran;Realisasi;;;",
        ";;;Triwulan I;;s.d. Triwulan II;",
        ";;;Fisik (%);Keuangan;Fisik (%);Keuangan",
        "6.01.01;Program;9;1;2;3;4",
    )
    columns = find_columns(sheet)
    assert columns is not None
    assert (columns.header, columns.code, columns.ceiling, columns.spent) == (2, 0, 2, 6)
    assert [(row.number, row.spent.text) for row in rows_of(sheet, columns)] == [(4, "4")]


def test_a_code_spread_over_columns_is_joined() -> None:
    sheet = sheet_of("Kode;;;Uraian;Pagu;Realisasi", "6;01;;Bidang;9;8", "6;01;02;Program;7;6")
    columns = find_columns(sheet)
    assert columns is not None
    assert [row.code for row in rows_of(sheet, columns)] == ["6.01", "6.01.02"]
    lines = (
        "6;;;;Urusan;9;9",
        ";01;;;Bidang;9;8",
        ";;02;;Program;7;6",
        ";;;2.01;Kegiatan;5;4",
        ";;03;;Program;2;1",
        ";;;;Jumlah;9;9",
    )
    sheet = sheet_of("Kode;;;;Uraian;Pagu;Realisasi", *lines)
    columns = find_columns(sheet)
    assert columns is not None
    assert [row.code for row in rows_of(sheet, columns)] == ["6", "6.01", "6.01.02", "6.01.02.2.01", "6.01.03"]
    sheet = sheet_of("Kode;;Uraian;Pagu;Realisasi", "6.01.02;;Program;7;6", ";5.1.02;Belanja;7;6")
    columns = find_columns(sheet)
    assert columns is not None
    assert [row.code for row in rows_of(sheet, columns)] == ["6.01.02", "5.1.02"]
    sheet = sheet_of("Urusan;Bidang;Program;Nama;Pagu;Realisasi", "6;01;02;Program;7;6")
    columns = find_columns(sheet)
    assert columns is not None
    assert [(row.code, row.name) for row in rows_of(sheet, columns)] == [("6.01.02", "Program")]


@pytest.mark.parametrize(
    ("heading", "places"),
    [
        ("Kode;Uraian;Realisasi 2025;Anggaran 2026;Realisasi 2026", (3, 4)),
        ("Kode;Uraian;Anggaran;Target Realisasi;Realisasi Keuangan", (2, 4)),
        ("Kode;Uraian;Pagu;Realisasi Kinerja;Realisasi Anggaran", (2, 4)),
        ("Kode;Uraian;Realisasi Anggaran;Anggaran;Sisa", (3, 2)),
        ("Kode;Uraian;Anggaran Sebelum Efisiensi;Anggaran Setelah Efisiensi;Realisasi", (3, 4)),
        ("Kode;Uraian;Pagu;Realisasi TW I;Realisasi TW II;Realisasi s.d. TW II", (2, 5)),
        ("Kode;Uraian;Pagu;Realisasi TW IV;Sisa", (2, 3)),
        ("Kode;Uraian;Pagu;Realisasi s.d. Minggu Lalu;%;Realisasi Minggu Ini;%;Realisasi s.d. Minggu Ini", (2, 7)),
        ("Kode;Uraian;Pagu;Realisasi s.d. November;Realisasi Desember;Realisasi s.d. Desember", (2, 5)),
        ("Kode;Uraian;Pagu;Realisasi Bulan yang Lalu;Realisasi Bulan Ini;Jumlah Realisasi S/D Bulan Ini", (2, 5)),
        ("Kode;Uraian;Pagu;Realisasi per 31 Desember 2026;Realisasi Desember", (2, 3)),
        ("Kode;Uraian;Pagu;Realisasi TW I;Realisasi TW II", (2, UNSURE)),
        ("Kode;Uraian;Pagu;Realisasi Belanja Pegawai;Realisasi Belanja Modal", (2, UNSURE)),
        ("Kode;Uraian;Pagu;Realisasi Belanja Pegawai;Realisasi Belanja Modal;Jumlah Realisasi", (2, 5)),
        ("Kode;Uraian;Pagu APBD;Pagu DAK;Realisasi APBD;Realisasi DAK", (UNSURE, UNSURE)),
        ("Kode;Uraian;Pagu Kas;Pagu;Realisasi SP2D;Realisasi Keuangan", (3, 5)),
    ],
)
def test_the_money_of_this_year_is_found_beside_other_columns(heading: str, places: tuple[int, int]) -> None:
    columns = find_columns(sheet_of(heading, "6.01.01;Program;5;4;3"))
    assert columns is not None
    assert (columns.ceiling, columns.spent) == places


@pytest.mark.parametrize("heading", ["Program/Kegiatan;Pagu;Realisasi", "Kode dan Nama Program;Pagu;Realisasi"])
def test_a_code_may_stand_before_its_name(heading: str) -> None:
    lines = ("6.01.02 Program A, dan B;9;8", "[6.01.02.2.01] - Kegiatan;7;6", "Jumlah;9;8")
    sheet = sheet_of(heading, *lines)
    columns = find_columns(sheet)
    assert columns is not None
    found = [(row.code, row.name, row.spent.text) for row in rows_of(sheet, columns)]
    assert found == [("6.01.02", "Program A, dan B", "8"), ("6.01.02.2.01", "Kegiatan", "6")]
    assert find_columns(sheet_of(heading.removeprefix("Kode dan "), "Program A;9;8", "Program B;7;6")) is None


def test_what_stands_between_pages_is_no_row() -> None:
    lines = (
        "6.01.01;Program;9;8",
        "Dicetak 31/12/2026;;;Halaman 2",
        "Kode;Uraian;Pagu;Realisasi",
        "6.01.02;Program;7;6",
        "JUMLAH;;16;14",
    )
    sheet = sheet_of("Kode;Uraian;Pagu;Realisasi", *lines, "Sub Total;;16;14", ";Belanja tanpa kode;2;1")
    columns = find_columns(sheet)
    assert columns is not None
    assert [row.code for row in rows_of(sheet, columns)] == ["6.01.01", "6.01.02"]
    assert [(row.number, row.name) for row, _ in without_code(sheet, columns)] == [(8, "Belanja tanpa kode")]


def test_a_table_of_other_things_is_no_export() -> None:
    assert find_columns(sheet_of("Nama;Jabatan;NIP", "Rina;Analis;1")) is None
