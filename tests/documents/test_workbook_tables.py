"""Laporan Capaian Kinerja and Laporan Realisasi Anggaran as workbooks, PDF and CSV: the same figures in each."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.workbook_tables import absorption_report, achievement_report
from lkip_desktop.documents.workbook_tables_pdf import table_pdf
from tests.documents import builders
from tests.documents.pdf import kept, text


@pytest.fixture(scope="module")
def sample() -> Snapshot:
    return builders.snapshot(logo=builders.logo_png())


def with_rows(table: str, *entries: dict[str, str]) -> Snapshot:
    return builders.snapshot(**builders.rows(table, entries))


def text_of(data: bytes, folder: Path) -> str:
    return text(kept(data, folder), "-layout")


def sheet(snapshot: Snapshot, kind: str, *, values: bool = False) -> Worksheet:
    book = load_workbook(io.BytesIO(make(kind, snapshot, ending="xlsx").data), data_only=values)
    page = book.worksheets[-1]
    assert isinstance(page, Worksheet)
    return page


def cells(page: Worksheet, first: str) -> list[object]:
    """The row whose cell in column A or B reads `first`."""
    return next([c.value for c in row] for row in page.iter_rows() if first in (row[0].value, row[1].value))


def test_achievement_keeps_what_was_typed_and_computes(sample: Snapshot) -> None:
    rows = achievement_report(sample).rows
    texts = [[value.text for value in row.values] for row in rows]
    assert texts[1][:7] == ["1.", "Maturitas SPIP", "skor 1–5", "3,10", "3,05", "98,39", "Sangat Tinggi"]
    assert texts[-1][:3] == ["Rata-rata capaian", "95,68", "Sangat Tinggi"]
    assert [row.strong for row in rows].count(True) == 4


def test_a_figure_longer_than_a_spreadsheet_keeps_is_text() -> None:
    entry = {"objective": "S", "name": "Aset", "unit": "Rp", "direction": "naik"}
    entry |= {"target": "123456789012345678", "actual": "123456789012345000"}
    page = sheet(with_rows("indicators", entry), "achievement")
    assert cells(page, "1.")[3:6] == ["123456789012345678", 1.23456789012345e17, 100]


def test_figures_are_printed_as_typed() -> None:
    entry = {"objective": "S", "name": "Aset", "unit": "Rp", "direction": "naik"}
    found = achievement_report(with_rows("indicators", {**entry, "target": "Rp 2,5 miliar", "actual": "2.600.000.000"}))
    target, actual = found.rows[1].values[3:5]
    assert (target.text, actual.text) == ("Rp 2,5 miliar", "2.600.000.000")
    assert (target.number, actual.number) == (Decimal(2_500_000_000), Decimal(2_600_000_000))


def test_a_level_with_its_score_is_kept_as_text() -> None:
    entry = {"objective": "S", "name": "APIP", "unit": "level", "direction": "naik", "target": "Level 3 (3,0)"}
    found = achievement_report(with_rows("indicators", {**entry, "actual": "Level 3 (3,35)"}))
    target, actual, reached = found.rows[1].values[3:6]
    assert (target.text, target.number, actual.text) == ("Level 3 (3,0)", None, "Level 3 (3,35)")
    assert reached.text == "111,67"


def test_a_changed_target_is_told_with_the_one_before_it() -> None:
    entry = {"objective": "S", "name": "IEPK", "unit": "indeks", "direction": "naik", "target": "2,90"}
    found = achievement_report(with_rows("indicators", {**entry, "target_revised": "3,05", "actual": "2,95"}))
    values = found.rows[1].values
    assert (values[3].text, values[5].text, values[-1].text) == ("3,05", "96,72", "target murni 2,90")


def test_figures_in_the_workbook_are_numbers(sample: Snapshot) -> None:
    page = sheet(sample, "achievement")
    row = cells(page, "Maturitas SPIP")
    assert row[3:6] == [3.1, 3.05, 98.39]
    found = next(c for r in page.iter_rows() for c in r if c.value == 3.05)
    assert found.number_format == "[$-421]#,##0.00"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows


def test_the_workbook_begins_with_plain_rows_for_other_programs(sample: Snapshot) -> None:
    book = load_workbook(io.BytesIO(make("achievement", sample, ending="xlsx").data))
    assert book.sheetnames == ["Data", "Laporan Capaian Kinerja"]
    rows = [[cell or "" for cell in row] for row in book["Data"].iter_rows(values_only=True)]
    plain = list(csv.reader(io.StringIO(make("achievement", sample, ending="csv").data.decode())))
    assert rows == plain
    assert plain[0][1:2] + plain[0][4:] == ["indikator", "target", "realisasi", "capaian", "predikat", "catatan"]
    assert [row[6] for row in plain[1:]] == ["98,39", "100,00", "101,76", "92,75", "80,00", "98,63", "102,59"]


def test_the_total_of_the_budget_adds_its_programmes(sample: Snapshot) -> None:
    formula, value = (cells(sheet(sample, "absorption", values=v), "Jumlah") for v in (False, True))
    assert str(formula[2]).startswith("=SUM(C")
    assert value[2:] == [17642231445, 16609250000, 1032981445, 94.14]


def test_pdf_and_csv_say_the_same(sample: Snapshot, tmp_path: Path) -> None:
    said = " ".join(text_of(make("absorption", sample).data, tmp_path).split())
    for part in ("LAPORAN REALISASI ANGGARAN", "17.642.231.445", "94,14", "Drs. Rudy Suhartanto, M.Si"):
        assert part in said
    rows = list(csv.reader(io.StringIO(make("absorption", sample, ending="csv").data.decode())))
    assert rows[-1] == ["Jumlah", "", "17.642.231.445", "16.609.250.000", "1.032.981.445", "94,14"]


def test_a_budget_change_shows_both_ceilings() -> None:
    line = {"code": "6.01.01", "name": "Program", "ceiling": "1000", "ceiling_revised": "800", "spent": "400"}
    found = absorption_report(with_rows("budget", line))
    assert [value.text for value in found.rows[0].values][2:] == ["1.000", "800", "400", "400", "50,00"]
    assert found.columns[2].heading == "Pagu murni (Rp)"


def test_text_never_becomes_a_formula() -> None:
    evil = '=HYPERLINK("http://contoh","klik")'
    entry = {"objective": evil, "name": "@SUM(A1)", "unit": "-1+1", "target": "+3", "actual": "=2"}
    data = make("achievement", with_rows("indicators", entry), ending="xlsx").data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [package.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
    assert not any("<f>" in xml or "hyperlink" in xml.lower() for xml in sheets)


def test_nothing_to_show_is_still_a_report() -> None:
    empty = builders.empty_snapshot()
    for kind in ("achievement", "absorption"):
        for ending in ("pdf", "xlsx"):
            assert make(kind, empty, ending=ending).data


def test_many_rows_repeat_their_headings(tmp_path: Path) -> None:
    entry = {"objective": "S", "name": "Indikator " * 12, "unit": "%", "target": "100", "actual": "90"}
    many = with_rows("indicators", *[entry] * 80)
    assert text_of(make("achievement", many).data, tmp_path).count("Indikator kinerja") > 3


@pytest.mark.parametrize("number", [5, 6, 30, 31])
def test_a_signature_never_stands_alone(number: int, tmp_path: Path) -> None:
    entry = {"objective": "S", "name": "Indikator", "unit": "%", "target": "100", "actual": "90"}
    pages = text_of(make("achievement", with_rows("indicators", *[entry] * number)).data, tmp_path).split("\f")
    (last,) = [page for page in pages if "NIP" in page]
    assert "Rata-rata capaian" in last


def test_a_signature_goes_along_with_the_last_of_many_notes(tmp_path: Path) -> None:
    report = replace(achievement_report(builders.snapshot()), notes=tuple(f"Catatan {n}." for n in range(90)))
    pages = text_of(table_pdf(report, lambda done, total: True), tmp_path).split("\f")
    (last,) = [page for page in pages if "NIP" in page]
    assert "Catatan 89." in last


@pytest.mark.parametrize(
    ("typed", "shown", "number_format"),
    [
        ("2026", "2026", "[$-421]0"),
        ("1.250.000", "1.250.000", "[$-421]#,##0"),
        ("1,250.5", "1,250.5", "[$-421]#,##0.0"),
        ("1234,50", "1234,50", "[$-421]0.00"),
    ],
)
def test_a_figure_is_parted_as_it_was_typed(typed: str, shown: str, number_format: str) -> None:
    entry = {"objective": "S", "name": "A", "unit": "%", "target": typed, "actual": "1"}
    snapshot = with_rows("indicators", entry)
    assert achievement_report(snapshot).rows[1].values[3].text == shown
    page = sheet(snapshot, "achievement")
    assert next(row[3].number_format for row in page.iter_rows() if row[0].value == "1.") == number_format


def test_plain_rows_are_as_high_as_their_texts() -> None:
    entry = {"objective": "Meningkatnya kualitas " * 6, "name": "A", "unit": "%", "target": "1", "actual": "1"}
    book = load_workbook(io.BytesIO(make("achievement", with_rows("indicators", entry), ending="xlsx").data))
    assert book["Data"].row_dimensions[2].height > 40


@pytest.mark.parametrize("words", [3, 70])
def test_a_heading_row_does_not_stand_last_on_a_page(words: int, tmp_path: Path) -> None:
    """Nor does it hold up a row that is higher than a page."""
    entries = [
        {"objective": f"Nomor {n // 4}", "name": "Indikator " * (4 + n % 3), "target": "1", "source": "SIMWAS " * words}
        for n in range(33)
    ]
    pages = text_of(make("achievement", with_rows("indicators", *entries)).data, tmp_path).split("\f")
    last = [[line for line in page.splitlines() if line.strip() and "Halaman" not in line][-1] for page in pages[:-1]]
    assert len(last) > 2
    assert not [line for line in last if "Sasaran:" in line]
    assert sum(page.count("SIMWAS") for page in pages) == 33 * words


def test_the_total_takes_a_row_along_to_its_page(tmp_path: Path) -> None:
    for count in range(12, 40):
        entries = [{"objective": "S", "name": f"Indikator {n}", "target": "1"} for n in range(1, count + 1)]
        pages = text_of(make("achievement", with_rows("indicators", *entries)).data, tmp_path).split("\f")
        place = next(page for page in pages if "Rata-rata capaian" in page)
        assert f"Indikator {count}" in place


def test_a_large_sum_is_not_torn_in_the_pdf(tmp_path: Path) -> None:
    entry = {"objective": "S", "name": "Nilai temuan material", "unit": "Rp", "direction": "turun"}
    sums = {"target": "1.250.000.000.000", "actual": "3.000.000.000.000", "previous": "1.100.000.000.000"}
    said = text_of(make("achievement", with_rows("indicators", {**entry, **sums})).data, tmp_path)
    assert all(typed in said for typed in sums.values())


def test_long_names_and_figures_have_room_in_the_workbook() -> None:
    line = {"code": "6.01.01", "name": "Program", "ceiling": "123456789012345,67", "spent": "abc"}
    named = builders.rows("budget", [line]) | {"agency_name": "INSPEKTORAT DAERAH KABUPATEN " * 4}
    page = sheet(builders.snapshot(**named), "absorption")
    assert page.row_dimensions[2].height > 40
    amount = next(row[2] for row in page.iter_rows() if row[0].value == "6.01.01")
    assert (amount.alignment.shrink_to_fit, bool(amount.alignment.wrap_text)) == (True, False)
    assert "Realisasi 6.01.01 (“abc”) bukan jumlah uang." in [row[0].value for row in page.iter_rows()]
