"""Rows of indicators out of a file: found, kept as typed in their order, looked at first, and back out as CSV."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from lkip_desktop.documents.workbook_read import Cell
from lkip_desktop.outside import plain_cell
from lkip_desktop.torn_rows import Slot, mended, set_aside
from tests.test_cli import run

HEADINGS = ("sasaran", "indikator", "satuan", "arah", "target", "realisasi")
ROWS = [
    ("S1", "Maturitas SPIP", "skor", "naik", "3,10", "3,05"),
    ("S1", "Kapabilitas APIP", "level", "Naik", "Level 3", "Level 3 (3,35)"),
    ("S2", "Temuan berulang", "temuan", "turun", "20", "24"),
    ("S2", "Temuan berulang", "temuan", "turun", "0", "0"),
    ("S2", "Nilai SAKIP", "nilai", "naik", "Nilai A (80,5)", "79.4"),
    ("S3", "Opini", "opini", "naik", "WTP", "WDP"),
    ("S3", "Aset", "unit", "naik", "1.234", "1.300"),
    ("S3", "Belum dirilis", "skor", "naik", "10", ""),
    ("S3", "Rentang", "x", "naik", "70-80", "75"),
    ("", "", "x", "miring", "3+", "3"),
    ("S3", "=SUM(A1)", "x", "turun", "10", "30"),
    ("S3", "Teliti", "x", "naik", "3,125", "3,0625"),
]
EXPECTED = [
    ("98,39", "Sangat Tinggi", ""),
    ("100,00", "Sangat Tinggi", ""),
    ("80,00", "Tinggi", ""),
    ("100,00", "Sangat Tinggi", ""),
    ("98,63", "Sangat Tinggi", ""),
    ("Tidak dapat dihitung", "", "“WTP” bukan angka"),
    ("Tidak dapat dihitung", "", "“1.234” dapat dibaca dua cara"),
    ("Tidak dapat dihitung", "", "realisasi belum diisi"),
    ("Tidak dapat dihitung", "", "rentang"),
    ("Tidak dapat dihitung", "", "“miring” tidak dikenal"),
    ("0,00", "Sangat Rendah", "di bawah nol"),
    ("98,0000", "Sangat Tinggi", ""),
]


def text_of(rows: list[tuple[str, ...]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([HEADINGS, *rows])
    return out.getvalue()


@pytest.fixture
def cycle(tmp_path: Path) -> Path:
    path = tmp_path / "LKIP-2026.lkip"
    run("new", path, "--year", "2026")
    return path


def exported(cycle: Path) -> list[dict[str, str]]:
    out = cycle.with_suffix(".csv")
    run("export", cycle, "achievement", out, "--force")
    return list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))


def events(cycle: Path) -> int:
    return int(json.loads(run("status", cycle, "--json"))["events"])


def test_every_row_is_kept_as_typed_and_measured(cycle: Path, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(text_of(ROWS), encoding="utf-8")
    said = run("import", cycle, "indicators", source)
    assert "12 baris dibaca, 12 di antaranya baru" in said
    found = exported(cycle)
    typed = [tuple(plain_cell(text) if text != "Naik" else "naik" for text in row) for row in ROWS]
    assert [tuple(row[name] for name in HEADINGS) for row in found] == typed
    for row, (achieved, predicate, note) in zip(found, EXPECTED, strict=True):
        assert (row["capaian"], row["predikat"]) == (achieved, predicate)
        assert note in row["catatan"]
    assert events(cycle) == 2


def test_five_thousand_rows_are_kept_in_their_order(cycle: Path, tmp_path: Path) -> None:
    rows = [("S", f"Indikator {n % 4999}", "x", "naik", "5000", str(n)) for n in range(5000)]
    source = tmp_path / "rows.csv"
    source.write_text(text_of(rows, ";"), encoding="utf-8")
    run("import", cycle, "indicators", source)
    found = exported(cycle)
    assert [(row["indikator"], row["realisasi"]) for row in found] == [(row[1], row[5]) for row in rows]
    assert (found[1]["capaian"], found[4999]["capaian"]) == ("0,02", "99,98")


def test_what_is_not_there_and_what_is_empty_are_told_apart(cycle: Path, tmp_path: Path) -> None:
    assert "tidak ditemukan" in run("import", cycle, "indicators", tmp_path / "hilang.csv", status=1)
    assert "bukan folder" in run("import", cycle, "indicators", tmp_path, status=1)
    (tmp_path / "kosong.csv").write_text(text_of([]), encoding="utf-8")
    assert "Tidak ada nilai dalam berkas ini" in run("import", cycle, "indicators", tmp_path / "kosong.csv")


def test_importing_twice_changes_nothing(cycle: Path, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(text_of(ROWS), encoding="utf-8")
    run("import", cycle, "indicators", source)
    before, first = events(cycle), exported(cycle)
    assert "Tidak ada yang berubah" in run("import", cycle, "indicators", source)
    again = tmp_path / "lain.csv"
    again.write_text(text_of(ROWS, ";"), encoding="utf-16")
    assert "Tidak ada yang berubah" in run("import", cycle, "indicators", again)
    assert (events(cycle), exported(cycle)) == (before, first)


def test_a_changed_row_is_found_by_its_names(cycle: Path, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(text_of(ROWS), encoding="utf-8")
    run("import", cycle, "indicators", source)
    newer = [ROWS[3], (*ROWS[0][:5], "3,20"), (*ROWS[2][:5], "19"), ("S4", "Tambahan", "x", "naik", "1", "1")]
    source.write_text(text_of(newer), encoding="utf-8")
    said = run("import", cycle, "indicators", source)
    assert "baris 3  berubah  Maturitas SPIP  Realisasi  3,05 → 3,20" in said
    found = exported(cycle)
    assert [row["indikator"] for row in found] == [*(row["indikator"] for row in found[:12]), "Tambahan"]
    assert found[0]["realisasi"] == "3,20"
    # The first of two rows of one name belongs to the first in the table.
    assert [(row["target"], row["realisasi"]) for row in found[2:4]] == [("0", "0"), ("20", "19")]


def test_an_empty_cell_takes_nothing_away(cycle: Path, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(text_of([("S", "'Aisyiyah", "skor", "naik", "80", "74")]), encoding="utf-8")
    run("import", cycle, "indicators", source)
    source.write_text(text_of([("S", "'Aisyiyah", "", "naik", "85", "")]), encoding="utf-8")
    said = run("import", cycle, "indicators", source)
    assert "baris 2  catatan  'Aisyiyah  Realisasi  74  Kosong dalam berkas; isian siklus dibiarkan." in said
    assert "belum diisi" not in said
    (row,) = exported(cycle)
    assert (row["indikator"], row["satuan"], row["target"], row["realisasi"]) == ("'Aisyiyah", "skor", "85", "74")


def test_headings_of_this_year_are_known_and_of_another_are_not(cycle: Path, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text("Indikator Kinerja Utama;Target 2025;Target 2026;Realisasi Tahun 2026\nA;70;80;78\n", "utf-8")
    assert "tidak diimpor: Target 2025." in run("import", cycle, "indicators", source)
    (row,) = exported(cycle)
    assert (row["indikator"], row["target"], row["realisasi"]) == ("A", "80", "78")


def test_a_preview_writes_nothing_and_lists_what_to_look_at(cycle: Path, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(text_of(ROWS), encoding="utf-8")
    before = cycle.read_bytes()
    lines = run("import", cycle, "indicators", source, "--preview").splitlines()
    assert cycle.read_bytes() == before
    assert any(line.startswith("baris 8  periksa  Aset  Target") and "dua cara" in line for line in lines)
    assert any(line.startswith("baris 11  periksa") and "Pilih salah satu: naik, turun" in line for line in lines)
    assert not any("periksa  Maturitas" in line for line in lines)
    assert lines[-1] == "Pratinjau saja; siklus tidak diubah."


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "cp1252"), ("\t", "utf-8-sig"), ("|", "utf-8"), (",", "utf-16")]
)
def test_separator_and_encoding_are_found(cycle: Path, tmp_path: Path, separator: str, encoding: str) -> None:
    source = tmp_path / "rows.csv"
    rows = [("Sasaran – é", "Indikator “A”", "%", "naik", "85,5", "86")]
    source.write_text(text_of(rows, separator), encoding=encoding)
    run("import", cycle, "indicators", source)
    (row,) = exported(cycle)
    assert (row["sasaran"], row["indikator"], row["capaian"]) == ("Sasaran – é", "Indikator “A”", "100,58")


TORN = [
    ("S1,A,%,naik,85,5,86,2", ("85,5", "86,2", "100,82")),
    ("S1,B,%,naik,3,10,3,05", ("3,10", "3,05", "98,39")),
    ("S1,C,%,naik,85,86", ("85", "86", "101,18")),
    ("S2,D,%,turun,85,5,", ("85,5", "", "Tidak dapat dihitung")),
    ("S2,E,%,naik,,85,5", ("", "85,5", "Tidak dapat dihitung")),
    ("S2,F,%,naik,85,5 %,86", ("85,5 %", "86", "100,58")),
    ("S2,G,level,naik,Level 3 (3,35),3", ("Level 3 (3,35)", "3", "89,55")),
    ("S2,H,Rp,naik,1.250.000,75,1.250.000", ("1.250.000,75", "1.250.000", "100,00")),
    ("Sasaran, dengan, koma,I,%,naik,80,74", ("80", "74", "92,50")),
    ("S3,J,%,naik,85,5,86", ("85,5,86", "", "Tidak dapat dihitung")),
    ("S3,K,%,naik,70-80,WTP,3", ("70-80,WTP,3", "", "Tidak dapat dihitung")),
    ('"S3,L,%,naik,""3,10"",3"', ("3,10", "3", "96,77")),
    ("S4,M,%,naik,80", ("80", "", "Tidak dapat dihitung")),
]


def test_commas_without_quotes_never_shift_a_figure(cycle: Path, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text("\n".join([",".join(HEADINGS), *(line for line, _ in TORN)]), encoding="utf-8")
    said = run("import", cycle, "indicators", source).splitlines()
    found = exported(cycle)
    assert [row["indikator"] for row in found] == list("ABCDEFGHIJKLM")
    assert [(row["target"], row["realisasi"], row["capaian"]) for row in found] == [kept for _, kept in TORN]
    assert found[8]["sasaran"] == "Sasaran, dengan, koma"
    assert sum("angkanya disatukan kembali" in line for line in said) == 8
    assert any("baris 11  periksa  J" in line and "7 sel, judulnya 6" in line for line in said)
    assert "Tidak ada yang berubah" in run("import", cycle, "indicators", source)


@pytest.mark.parametrize(
    ("text", "name", "figures"),
    [
        ("{h},,\nS,A,%,naik,85,86,,\nS,B,%,naik,80,74,,\n", "A", ("85", "86")),
        ("{h}\nS,A,%,naik,85,86,\nS,B,%,naik,80,74,\n", "A", ("85", "86")),
        ('sasaran, indikator, satuan, arah, target, realisasi\nS, "A, b", %, naik, "3,10", 3\n', "A, b", ("3,10", "3")),
        ("sasaran, indikator, satuan, arah, target, realisasi\nS, A, %, naik, 3,10, 3\n", "A", ("3,10", "3")),
        ("sep=,\n{h}\nS,A,%,naik,85,86\n", "A", ("85", "86")),
        ("{h}\nS,A x, y z\n", "A x", ("", "")),
        ("{h}\nA,b,S,x,naik,85,5,86,2\n", "b,S,x,naik,85,5,86,2", ("", "")),
    ],
)
def test_ways_to_write_a_row(cycle: Path, tmp_path: Path, text: str, name: str, figures: tuple[str, str]) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(text.format(h=",".join(HEADINGS)), encoding="utf-8")
    run("import", cycle, "indicators", source)
    row = exported(cycle)[0]
    assert (row["indikator"], (row["target"], row["realisasi"])) == (name, figures)


@given(st.lists(st.decimals(0, 10**6, places=2) | st.integers(0, 999), min_size=1, max_size=4))
def test_a_torn_row_is_put_together_rightly_or_not_at_all(figures: list[Decimal | int]) -> None:
    typed = [str(figure).replace(".", ",") for figure in figures]
    cells = tuple(Cell(text) for text in ",".join(["S", *typed]).split(","))
    slots = (Slot(), *[Slot(figure=True)] * len(figures))
    whole = mended(cells, slots, (Cell("sasaran"), *[Cell("target")] * len(figures)))
    assert whole is None or [cell.text for cell in whole] == ["S", *typed]
    kept, rest = set_aside(cells, slots, 0)
    assert (len(kept), rest, kept[1].text) == (len(slots), 1, ",".join(typed))


def test_headings_may_stand_lower_and_be_worded_as_in_the_table(cycle: Path, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(
        "Rekap Inspektorat;;;;;;\n;;;;;;\n"
        "Indikator kinerja;Sasaran;Target;Realisasi;Realisasi tahun lalu;Capaian;Kabupaten\n"
        "TL;S1;80;74,2;70;74,2;Serang\n;;;;;;\n",
        encoding="utf-8",
    )
    said = run("import", cycle, "indicators", source)
    assert "Kolom yang tidak dikenal dan tidak diimpor: Kabupaten." in said
    assert "Capaian sama dengan realisasi, padahal target bukan 100" in said
    assert "Capaian tertulis 74,2, sedangkan dari target dan realisasi 92,75" in said
    (row,) = exported(cycle)
    assert (row["indikator"], row["arah"], row["capaian"]) == ("TL", "naik", "92,75")


@pytest.mark.parametrize(
    ("above", "below", "figures"),
    [
        ("Target;;;Realisasi;;", "TW I;TW II;2026;Triwulan I;Triwulan II;Tahun 2026", "20;40;80;21;42;79"),
        ("Triwulan I;;Triwulan II;;2026;", "Target;Realisasi;Target;Realisasi;Target;Realisasi", "20;21;40;42;80;79"),
    ],
)
def test_a_year_is_not_taken_from_the_first_quarter_below_its_heading(
    cycle: Path, tmp_path: Path, above: str, below: str, figures: str
) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(f"No;Sasaran;Indikator;{above}\n;;;{below}\n1;S1;TL;{figures}\n", "utf-8")
    said = run("import", cycle, "indicators", source)
    assert "1 baris dibaca" in said
    assert "posisi akhir, triwulan II adalah 42" in said
    (row,) = exported(cycle)
    assert (row["target"], row["realisasi"]) == ("80", "79")


@pytest.mark.parametrize("line", ["1;2;3;4;5", "(1);(2);(3);(4);(5)"])
def test_the_numbers_of_columns_are_no_indicator(cycle: Path, tmp_path: Path, line: str) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(f"Sasaran;Indikator;Satuan;Target;Realisasi\n{line}\nS1;TL;%;80;74\n", "utf-8")
    assert "1 baris dibaca" in run("import", cycle, "indicators", source)
    assert [row["indikator"] for row in exported(cycle)] == ["TL"]


def test_a_figure_that_nobody_rounded_is_doubted(cycle: Path, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text(text_of([("S", "TL", "%", "naik", "80", "66,6666666666667")]), encoding="utf-8")
    assert "13 desimal dan dicetak begitu. Periksa apakah maksudnya 66,67." in run(
        "import", cycle, "indicators", source
    )
    (row,) = exported(cycle)
    assert row["realisasi"] == "66,6666666666667"


def test_other_sheets_with_indicators_are_told(cycle: Path, tmp_path: Path) -> None:
    book = Workbook()
    for name, actual in (("2025", 65), ("Catatan", None), ("2026", 74)):
        sheet = book.create_sheet(name)
        for row in [("Sasaran", "Indikator", "Target", "Realisasi"), ("S1", "TL", 80, actual)] if actual else []:
            sheet.append(row)
    book.save(tmp_path / "rows.xlsx")
    said = run("import", cycle, "indicators", tmp_path / "rows.xlsx", "--preview")
    assert "Dibaca dari lembar “2025”. Indikator juga ada di lembar “2026”; tidak dibaca." in said


def test_a_sasaran_merged_over_its_indicators_is_that_of_each(cycle: Path, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [("S1", "TL BPK"), (None, "TL Inspektorat"), ("S2", "Opini"), (None, None), (None, "Temuan")]
    for row in [("Sasaran", "Indikator", "Target", "Realisasi"), *((*names, 80, 74) for names in rows)]:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "rows.xlsx")
    assert "Pada 2 baris sasarannya kosong" in run("import", cycle, "indicators", tmp_path / "rows.xlsx")
    assert [row["sasaran"] for row in exported(cycle)] == ["S1", "S1", "S2", "", "S2"]
    assert "Tidak ada yang berubah" in run("import", cycle, "indicators", tmp_path / "rows.xlsx")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a,b\n1,2\n", "tidak mempunyai judul kolom"),
        (b"", ""),
        (b"%PDF-1.7\n", ""),
        (b"\x00\x01\x02", ""),
        (b"indikator\nsatu\n", "tidak mempunyai judul kolom"),
    ],
)
def test_other_files_get_a_sentence(cycle: Path, tmp_path: Path, content: bytes, says: str) -> None:
    source = tmp_path / "rows.csv"
    source.write_bytes(content)
    assert says in run("import", cycle, "indicators", source, status=1)
    assert events(cycle) == 1


def test_a_step_that_is_done_keeps_its_figures(tmp_path: Path) -> None:
    path, source = tmp_path / "LKIP.lkip", tmp_path / "rows.csv"
    run("new", path, "--year", "2026", "--sample", "--until-step", "6")
    source.write_text(text_of(ROWS), encoding="utf-8")
    assert "sudah selesai" in run("import", path, "indicators", source, status=1)
    assert "tidak dikenal" in run("import", path, "entah", source, status=1)
