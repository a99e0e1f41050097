"""A budget export against the cycle: matched by code, both sides' strangers listed, totals compared, one act."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from lkip_desktop import exchange, office
from lkip_desktop.__main__ import main
from lkip_desktop.errors import UserError
from lkip_desktop.exchange import BUDGET, LraLayout, Verdict
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.workflow.events import Act
from lkip_desktop.workflow.transitions import Refusal
from tests.exchange_office import WHO, cycle_at_forms, look

HEAD = ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "%"]
LINES = [
    ["6.01.01", "Program Penunjang", "16.908.184.145,00", "15.900.000.000,00", "94,04"],
    ["6 . 1 . 2", "Program Pengawasan", "600.000.000", "571.000.000", "95"],
    ["6.01.09", "Program lain", "1.000", "2.000", "200"],
    ["", "Jumlah", "17.508.185.145", "16.471.002.000", "94"],
]


@pytest.fixture
def cycle(tmp_path: Path) -> Iterator[Cycle]:
    made = cycle_at_forms(tmp_path)
    yield made
    made.close()


def csv_file(folder: Path, *lines: list[str], name: str = "LRA.csv", separator: str = ";") -> Path:
    path = folder / name
    path.write_text("\n".join(separator.join(line) for line in [["LAPORAN"], HEAD, *lines]), "utf-8")
    return path


def xlsx_file(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["PEMERINTAH KABUPATEN CONTOH"])
    sheet.merge_cells("A1:E1")
    sheet.append(HEAD)
    sheet.append([1, 2, 3, 4, 5])
    sheet.append(["6.01.01", "Program Penunjang", 16908184145, 15900000000.5, 0.94])
    book.create_sheet("Catatan", 0)["A1"] = "Kode"
    path = folder / "LRA.xlsx"
    book.save(path)
    return path


def test_lines_are_matched_by_code_and_strangers_listed(cycle: Cycle, tmp_path: Path) -> None:
    seen = look(cycle, csv_file(tmp_path, *LINES))
    found = [(line.number, line.column, line.new, line.verdict) for line in seen.lines]
    assert found == [
        (3, "Realisasi (Rp)", "15900000000", Verdict.CHANGE),
        (4, "Pagu perubahan (Rp)", "600000000", Verdict.CHANGE),
        (4, "Realisasi (Rp)", "571000000", Verdict.CHANGE),
        (5, "", "pagu Rp 1.000, realisasi Rp 2.000", Verdict.NOTE),
        (0, "", "", Verdict.NOTE),
    ]
    assert seen.lines[-1].subject.startswith("6.01.03")
    assert (seen.same, seen.field) == (1, "figure_sources")
    ceiling, spent = seen.totals
    assert (ceiling.before, ceiling.after) == (Decimal("17642231445"), Decimal("17649536745"))
    assert (spent.before, spent.after, spent.stated) == (0, Decimal("16471000000"), Decimal("16471002000"))


def test_an_import_is_one_act_and_the_second_changes_nothing(cycle: Cycle, tmp_path: Path) -> None:
    path = csv_file(tmp_path, *LINES)
    outcome = exchange.import_file(cycle, WHO, look(cycle, path))
    assert isinstance(outcome, Changed)
    assert outcome.event.act is Act.IMPORTED
    assert cycle.state.cell("budget", "r2", "ceiling_revised") == "600000000"
    assert [file.name for file in cycle.state.files("figure_sources")] == ["LRA.csv"]
    assert look(cycle, path).empty


def test_a_workbook_with_a_merged_title_and_a_sheet_in_front(cycle: Cycle, tmp_path: Path) -> None:
    seen = look(cycle, xlsx_file(tmp_path))
    assert seen.layout is not None
    assert (seen.layout.sheet, seen.layout.header, seen.sheets) == ("Sheet", 1, ("Catatan", "Sheet"))
    assert [line.new for line in seen.lines if line.verdict is Verdict.CHANGE] == ["15900000000,50"]


def test_an_empty_budget_takes_every_line(tmp_path: Path) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    assert isinstance(exchange.import_file(cycle, WHO, look(cycle, csv_file(tmp_path, *LINES))), Changed)
    state = cycle.state
    assert [state.cell("budget", row, "code") for row in state.rows("budget")] == ["6.01.01", "6 . 1 . 2", "6.01.09"]
    cycle.close()


def test_doubled_codes_and_bad_money_are_told(cycle: Cycle, tmp_path: Path) -> None:
    twice = [["6.01.01", "Program", "16.908.184.145", "1"], ["6.01.01", "Program", "16.908.184.145", "2"]]
    bad = ["6.01.02", "Program", "banyak", "5,555"]
    lines = look(cycle, csv_file(tmp_path, *twice, bad)).lines
    told = [(line.number, line.verdict) for line in lines if line.number]
    assert told == [
        (3, Verdict.CHECK),
        (4, Verdict.PROBLEM),
        (5, Verdict.PROBLEM),
        (5, Verdict.CHANGE),
    ]


def test_a_code_that_stands_twice_is_told_in_an_empty_budget_too(tmp_path: Path) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    twice = [["6.01.01", "Program", "10", "4"], ["6.01.01", "Program", "20", "5"]]
    lines = look(cycle, csv_file(tmp_path, *twice)).lines
    (told,) = [line for line in lines if line.verdict is Verdict.PROBLEM]
    assert (told.number, told.new) == (4, "pagu Rp 20, realisasi Rp 5")
    cycle.close()


DETAILS = [
    "No;Kode SKPD;Kode Program;Nama Program;Kode Kegiatan;Nama Kegiatan;Kode Sub Kegiatan;Nama Sub Kegiatan;"
    "Kode Rekening;Nama Rekening;Nilai Anggaran;Nilai Realisasi",
    "1;6.01.0;6.01.01;Penunjang;6.01.01.2.01;Perencanaan;6.01.01.2.01.0006;Laporan;5.1.02.01;ATK;1.000.000;900.000,50",
    "2;6.01.0;6.01.01;Penunjang;6.01.01.2.01;Perencanaan;6.01.01.2.01.0006;Laporan;5.1.02.04;Dinas;500.000;500.000",
    "3;6.01.0;6.01.01;Penunjang;6.01.01.2.06;Umum;6.01.01.2.06.0009;Rapat;5.1.02.01;ATK;250.000;0",
    "4;6.01.0;6.01.02;Pengawasan;6.01.02.2.01;Internal;6.01.02.2.01.0001;Kinerja;5.1.02.01;ATK;2.000.000;1.500.000",
]


def test_details_of_accounts_are_added_up_to_their_programmes(tmp_path: Path) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    path = tmp_path / "rincian.csv"
    path.write_text("\n".join(DETAILS), "utf-8")
    assert isinstance(exchange.import_file(cycle, WHO, look(cycle, path)), Changed)
    kept = [
        tuple(cycle.state.cell("budget", row, column) for column in ("code", "name", "ceiling", "spent"))
        for row in cycle.state.rows("budget")
    ]
    assert kept == [
        ("6.01.01", "Penunjang", "1750000", "1400000,50"),
        ("6.01.01.2.01", "Perencanaan", "1500000", "1400000,50"),
        ("6.01.01.2.01.0006", "Laporan", "1500000", "1400000,50"),
        ("6.01.01.2.06", "Umum", "250000", "0"),
        ("6.01.01.2.06.0009", "Rapat", "250000", "0"),
        ("6.01.02", "Pengawasan", "2000000", "1500000"),
        ("6.01.02.2.01", "Internal", "2000000", "1500000"),
        ("6.01.02.2.01.0001", "Kinerja", "2000000", "1500000"),
    ]
    assert look(cycle, path).empty
    path.write_text("\n".join(DETAILS).replace("250.000;0", "250.000;habis"), "utf-8")
    told = [line for line in look(cycle, path).lines if line.verdict is Verdict.PROBLEM]
    assert [(line.subject.split()[0], line.new) for line in told] == [
        ("6.01.01", "habis"),
        ("6.01.01.2.06", "habis"),
        ("6.01.01.2.06.0009", "habis"),
    ]
    cycle.close()


def test_levels_may_be_named_by_their_words_alone(tmp_path: Path) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    path = tmp_path / "LRA.csv"
    heads = "Kode Program;Program;Kode Kegiatan;Kegiatan;Kode Sub Kegiatan;Sub Kegiatan;Anggaran;Realisasi"
    rows = [f"6.01.01;P;6.01.01.2.01;K;6.01.01.2.01.000{n};S{n};{n}0;{n}" for n in (1, 2, 3)]
    path.write_text("\n".join([heads, *rows]), "utf-8")
    seen = look(cycle, path)
    assert [line.new for line in seen.lines if line.column == "Kode dan nama"][:3] == [
        "6.01.01",
        "6.01.01.2.01",
        "6.01.01.2.01.0001",
    ]
    assert [total.after for total in seen.totals] == [60, 6]
    path.write_text("\n".join([heads.casefold().replace(" ", "_"), *rows]), "utf-8")
    assert look(cycle, path).lines == seen.lines
    path.write_text("Kode Sub Kegiatan;Sub Kegiatan;Pagu;Realisasi\n6.01.01.2.01.0001;S;5;4\n" * 2, "utf-8")
    assert [total.after for total in look(cycle, path).totals] == [5, 4]
    cycle.close()


def test_a_printed_absorption_that_does_not_follow_is_noted(cycle: Cycle, tmp_path: Path) -> None:
    printed = [
        ["6.01.01", "Program Penunjang", "1.000", "500", "50,00"],
        ["6.01.02", "Program Pengawasan", "100", "100", "90"],
        ["", "Jumlah", "1.100", "600", "75,00"],
    ]
    seen = look(cycle, csv_file(tmp_path, *printed))
    # 100 ÷ 100 is not 90; 600 ÷ 1.100 is 54,55, and 75 is the mean of 50 and 100.
    assert [(line.number, line.new, line.note) for line in seen.lines if line.column == "Serapan"] == [
        (4, "90", "Serapan tertulis 90, sedangkan dari jumlah uangnya 100,00. Periksa."),
        (5, "75,00", "Serapan 75,00 adalah rata-rata persen setiap baris; dari jumlah uangnya 54,55."),
    ]


def test_columns_can_be_chosen_by_hand(cycle: Cycle, tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    path.write_text("a;b;c\n6.01.01;5;7\n", "utf-8")
    with pytest.raises(UserError, match="tidak dikenali"):
        look(cycle, path)
    blank = look(cycle, path, kind=BUDGET)
    assert "Judul kolom tidak ditemukan" in blank.notices[0]
    seen = look(
        cycle, path, kind=BUDGET, layout=LraLayout(0, 0, -1, -1, 2, encoded=blank.layout and blank.layout.encoded)
    )
    assert [(line.column, line.new) for line in seen.lines if line.verdict is Verdict.CHANGE] == [
        ("Realisasi (Rp)", "7")
    ]


def test_codes_that_the_cycle_has_not_can_be_added(cycle: Cycle, tmp_path: Path) -> None:
    below = ["6.01.01.2.01", "Perencanaan", "500", "400"]
    path = csv_file(tmp_path, *LINES, below, below)
    assert look(cycle, path).unknown == 2
    seen = look(cycle, path, adopt=True)
    assert [(line.number, line.column) for line in seen.lines if line.number >= 5 and line.verdict.imported] == [
        (number, column) for number in (5, 7) for column in ("Kode dan nama", "Pagu murni (Rp)", "Realisasi (Rp)")
    ]
    assert isinstance(exchange.import_file(cycle, WHO, seen), Changed)
    state = cycle.state
    codes = [state.cell("budget", row, "code") for row in state.rows("budget")]
    assert codes == ["6.01.01", "6.01.01.2.01", "6.01.02", "6.01.03", "6.01.09"]
    assert state.cell("budget", state.rows("budget")[1], "spent") == "400"
    assert look(cycle, path, adopt=True).empty


def test_added_codes_stand_before_the_first_higher_one(tmp_path: Path) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    rows = {code: [code, "Program", "1", "1"] for code in ("6.01.05", "6.01.03", "6.01.06", "6.01.04", "6.01.01")}
    first = csv_file(tmp_path, rows["6.01.05"], rows["6.01.03"], name="satu.csv")
    assert isinstance(exchange.import_file(cycle, WHO, look(cycle, first)), Changed)
    all_ = csv_file(tmp_path, *rows.values(), name="semua.csv")
    assert isinstance(exchange.import_file(cycle, WHO, look(cycle, all_, adopt=True)), Changed)
    codes = [cycle.state.cell("budget", row, "code") for row in cycle.state.rows("budget")]
    assert codes == ["6.01.01", "6.01.04", "6.01.05", "6.01.03", "6.01.06"]
    cycle.close()


@pytest.mark.parametrize(
    ("heading", "unit", "spent"),
    [
        ("LAPORAN (dalam ribuan rupiah)", "ribu", "15900500"),
        ("(Rp juta)", "juta", "15900500000"),
        ("Dalam Rp000", "ribu", "15900500"),
        ("(Rp 1.000)", "ribu", "15900500"),
        ("Dalam Rp1.000", "ribu", "15900500"),
        ("(x Rp1.000.000)", "juta", "15900500000"),
        ("Pagu 17,6 miliar rupiah, sisa Rp 1.000", "", "15900,50"),
        ("Realisasi program bernilai ribuan", "", "15900,50"),
        ("LAPORAN", "", "15900,50"),
    ],
)
def test_amounts_in_thousands_become_rupiah(cycle: Cycle, tmp_path: Path, heading: str, unit: str, spent: str) -> None:
    path = csv_file(tmp_path, ["6.01.01", "Program", "16.908.184", "15.900,50"])
    path.write_text(path.read_text("utf-8").replace("LAPORAN", heading), "utf-8")
    seen = look(cycle, path)
    assert seen.layout is not None
    assert seen.layout.unit == unit
    assert any("rupiah penuh" in notice for notice in seen.notices) is bool(unit)
    assert [line.new for line in seen.lines if line.column == "Realisasi (Rp)"] == [spent]
    plain = look(cycle, path, layout=replace(seen.layout, unit=""))
    assert [line.new for line in plain.lines if line.column == "Realisasi (Rp)"] == ["15900,50"]


def test_three_decimals_of_millions_are_no_thousands(cycle: Cycle, tmp_path: Path) -> None:
    book = Workbook()
    for line in (["Dalam jutaan rupiah"], HEAD, ["6.01.01", "Program", 16908.184145, 592.695, 3.51]):
        book.active.append(line)  # type: ignore[union-attr]
    book.save(tmp_path / "LRA.xlsx")
    indonesian = csv_file(tmp_path, ["6.01.01", "Program", "16.908,184145", "592,695", "3,51"], name="id.csv")
    english = csv_file(tmp_path, ["6.01.01", "Program", "16,908.184145", "592.695", "3.51"], name="en.csv")
    for path in (indonesian, english):
        path.write_text(path.read_text("utf-8").replace("LAPORAN", "Dalam jutaan rupiah"), "utf-8")
    for path in (tmp_path / "LRA.xlsx", indonesian, english):
        seen = look(cycle, path)
        changed = [(line.column, line.new) for line in seen.lines if line.subject.startswith("6.01.01")]
        assert changed == [("Realisasi (Rp)", "592695000")], path.name


def test_what_a_file_in_millions_rounds_is_no_change(cycle: Cycle, tmp_path: Path) -> None:
    assert cycle.state.cell("budget", "r2", "ceiling") == "592694700"
    lines = [["6.01.02", "Pengawasan", "592,70", "571,13", "96"], ["6.01.03", "Asistensi", "141,40", "100,00", "71"]]
    path = csv_file(tmp_path, *lines)
    path.write_text(path.read_text("utf-8").replace("LAPORAN", "Dalam jutaan rupiah"), "utf-8")
    seen = look(cycle, path)
    assert [(line.subject[:7], line.column, line.new) for line in seen.lines if line.verdict is Verdict.CHANGE] == [
        ("6.01.02", "Realisasi (Rp)", "571130000"),
        ("6.01.03", "Pagu perubahan (Rp)", "141400000"),
        ("6.01.03", "Realisasi (Rp)", "100000000"),
    ]


def test_an_import_is_taken_back_at_once(cycle: Cycle, tmp_path: Path) -> None:
    before = dict(cycle.state.values)
    seen = look(cycle, csv_file(tmp_path, *LINES), adopt=True)
    assert isinstance(exchange.import_file(cycle, WHO, seen), Changed)
    assert cycle.state.files("figure_sources")
    assert isinstance(exchange.take_back(cycle, WHO, seen), Changed)
    assert {path: value for path, value in cycle.state.values.items() if value} == before
    assert not cycle.state.files("figure_sources")
    assert isinstance(exchange.import_file(cycle, WHO, look(cycle, csv_file(tmp_path, *LINES))), Changed)
    assert isinstance(office.fill(cycle, WHO, {"budget/r1/spent": "7"}), Changed)
    assert isinstance(exchange.take_back(cycle, WHO, look(cycle, csv_file(tmp_path, *LINES))), Refusal)


def test_on_the_command_line(cycle: Cycle, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, source = str(cycle.store.path), str(csv_file(tmp_path, *LINES))
    cycle.close()
    folder = tmp_path / "keluar"
    folder.mkdir()
    assert main(["forms", path, str(folder)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(list(folder.glob("*.xlsx"))) == 2
    assert main(["import", path, "budget", source, "--preview"]) == 0
    said = capsys.readouterr().out
    assert "siklus tidak diubah" in said
    assert "Dibaca dari teks UTF-8 dengan pemisah “;”, judul di baris 2: kode kolom 1, uraian kolom 2" in said
    assert not (tmp_path / "Cadangan").exists()
    assert main(["import", path, "budget", source]) == 0
    said = capsys.readouterr().out
    assert "Diimpor: 3 isian" in said
    assert "Cadangan: " in said
    assert len(list((tmp_path / "Cadangan").rglob("*.lkip"))) == 1
    assert main(["import", path, "budget", source]) == 0
    assert exchange.NOTHING in capsys.readouterr().out
    assert main(["import", path, "unit-form", source]) == 1
    assert "bukan buku kerja" in capsys.readouterr().err
    assert main(["status", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["step"] == 2


def test_a_filled_form_is_not_written_over(cycle: Cycle, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(cycle.store.path)
    cycle.close()
    filled = tmp_path / "Format Data LKIP 2026 Irban Wilayah I.xlsx"
    filled.write_bytes(b"diisi unit")
    assert main(["forms", path, str(tmp_path)]) == 1
    assert "tidak ditimpa" in capsys.readouterr().err
    assert (filled.read_bytes(), len(list(tmp_path.glob("*.xlsx")))) == (b"diisi unit", 1)
    assert main(["forms", path, str(tmp_path), "--force"]) == 0
    assert len(list(tmp_path.glob("*.xlsx"))) == 2


def test_a_file_without_a_budget_is_not_called_known(
    cycle: Cycle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, source = str(cycle.store.path), tmp_path / "aneh.csv"
    source.write_text("Angka;Nama;Uang\n6.01.01;Program;5\n", "utf-8")
    cycle.close()
    assert main(["import", path, "budget", str(source)]) == 1
    assert "tidak mempunyai judul kolom kode, uraian, pagu, dan realisasi" in capsys.readouterr().err
    assert main(["import", path, "budget", str(csv_file(tmp_path, name="kosong.csv"))]) == 0
    said = capsys.readouterr().out
    assert exchange.NONE_READ in said
    assert exchange.NOTHING not in said


def test_a_budget_that_moved_meanwhile_is_looked_at_again(cycle: Cycle, tmp_path: Path) -> None:
    seen = look(cycle, csv_file(tmp_path, *LINES))
    assert isinstance(office.fill(cycle, WHO, {"budget/r1/spent": "1"}), Changed)
    assert isinstance(exchange.import_file(cycle, WHO, seen), Refusal)


@pytest.mark.parametrize(
    ("first", "revised"),
    [
        ("Anggaran Sebelum Perubahan", "Anggaran Setelah Perubahan"),
        ("Pagu Murni", "Anggaran Perubahan"),
        ("Anggaran (Rp)", "Anggaran Perubahan (Rp)"),
        ("Pagu Awal", "Pagu Revisi"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_budget_and_its_change_go_to_their_own_columns(
    tmp_path: Path, first: str, revised: str, turned: bool
) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    heads, money = ([revised, first], "120.000;100.000") if turned else ([first, revised], "100.000;120.000")
    path = tmp_path / "LRA.csv"
    path.write_text(f"Kode;Uraian;{';'.join(heads)};Realisasi\n6.01.01;Program;{money};90.000\n", "utf-8")
    assert isinstance(exchange.import_file(cycle, WHO, look(cycle, path)), Changed)
    (row,) = cycle.state.rows("budget")
    kept = [cycle.state.cell("budget", row, column) for column in ("ceiling", "ceiling_revised", "spent")]
    assert kept == ["100000", "120000", "90000"]
    assert look(cycle, path).empty
    cycle.close()


def test_accounts_between_programmes_are_not_counted_again(tmp_path: Path) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    accounts = [["5.1.02.01", "ATK", "400", "300"], ["5.2", "Modal", "600", "200"]]
    seen = look(cycle, csv_file(tmp_path, ["6.01.01", "Program", "1.000", "500"], *accounts))
    told = [line.subject for line in seen.lines if line.verdict is Verdict.NOTE]
    assert told == ["5.1.02.01 ATK", "5.2 Modal"]
    assert [total.after for total in seen.totals] == [1000, 500]
    below = [["6.01.01.2.01.0006", "LKIP", "1.000", "500"], ["6.01.01.2.01.0006.5.1.02", "ATK", "400", "300"]]
    seen = look(cycle, csv_file(tmp_path, *below, name="rinci.csv"))
    assert [line.subject for line in seen.lines if line.verdict is Verdict.NOTE] == ["6.01.01.2.01.0006.5.1.02 ATK"]
    whole = [["5", "BELANJA", "1.000", "500"], ["6.01.0.00.0.00.01.0000", "Inspektorat", "1.000", "500"]]
    seen = look(cycle, csv_file(tmp_path, *whole, ["6.01.01", "Program", "1.000", "500"], name="daerah.csv"))
    assert [total.after for total in seen.totals] == [1000, 500]
    assert seen.count(Verdict.NOTE) == 2
    seen = look(cycle, csv_file(tmp_path, whole[1], *accounts, name="satu.csv"))
    assert [total.after for total in seen.totals] == [1000, 500]
    alone = look(cycle, csv_file(tmp_path, *accounts, name="belanja.csv"))
    assert [total.after for total in alone.totals] == [1000, 500]
    cycle.close()


def test_no_total_and_no_code_in_another_spelling_is_counted_again(tmp_path: Path) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    rows = [["6-01-01", "Program", "10", "5"], ["6.1.1.2.01", "Kegiatan", "10", "5"], ["JUMLAH", "", "10", "5"]]
    seen = look(cycle, csv_file(tmp_path, *rows))
    assert [(total.after, total.stated) for total in seen.totals] == [(10, 10), (5, 5)]
    cycle.close()


def test_rows_without_a_code_are_told(cycle: Cycle, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["LAPORAN"], HEAD, ["", "Belanja lain", "5", "4"], [datetime(2001, 1, 6), "Program", "3", "2"]):
        sheet.append(line)
    book.save(tmp_path / "LRA.xlsx")
    lines = look(cycle, tmp_path / "LRA.xlsx").lines
    told = [(line.number, line.verdict, line.note[:19]) for line in lines if line.number]
    assert told == [(3, Verdict.NOTE, "Baris ini tidak mem"), (4, Verdict.PROBLEM, "Isian berubah menja")]


def test_a_hidden_sheet_in_front_is_not_read_before_the_others(cycle: Cycle, tmp_path: Path) -> None:
    book = Workbook()
    for name, spent in (("2025", 1), ("2026", 2)):
        sheet = book.create_sheet(name)
        for line in (HEAD, ["6.01.01", "Program Penunjang", 16908184145, spent]):
            sheet.append(line)
    book["2025"].sheet_state = "hidden"
    del book["Sheet"]
    book.active = 1
    book.save(tmp_path / "LRA.xlsx")
    seen = look(cycle, tmp_path / "LRA.xlsx")
    assert [line.new for line in seen.lines if line.column == "Realisasi (Rp)"] == ["2"]


def test_other_sheets_with_a_budget_are_told(cycle: Cycle, tmp_path: Path) -> None:
    book = Workbook()
    for month in ("Januari", "Februari", "Maret", "April", "Mei"):
        sheet = book.create_sheet(month)
        sheet.append(HEAD)
        sheet.append(["6.01.01", "Program", 5, 4])
    book.save(tmp_path / "LRA.xlsx")
    (notice,) = look(cycle, tmp_path / "LRA.xlsx").notices
    assert "Januari" in notice
    assert "“Februari”, “Maret”, “April”, dan 1 lainnya" in notice


def test_thousands_that_the_separator_tears_are_told(cycle: Cycle, tmp_path: Path) -> None:
    lines = [["6.01.01", "Program", "16,908,184,145.00", "15,900,000,000.00"], ["6.01.02", "B", "1,000,000.00", "1"]]
    assert "pemisah kolom" in look(cycle, csv_file(tmp_path, *lines, separator=",")).notices[0]
    assert not look(cycle, csv_file(tmp_path, *lines)).notices


def test_text_that_is_called_a_workbook_is_read_as_text(cycle: Cycle, tmp_path: Path) -> None:
    seen = look(cycle, csv_file(tmp_path, *LINES, name="LRA.xls", separator="\t"))
    assert seen.layout is not None
    assert seen.layout.encoded is not None
    assert (seen.layout.encoded.separator, seen.totals[0].stated) == ("\t", 17_508_185_145)


def test_a_year_that_is_only_there_in_parts_is_asked_for(cycle: Cycle, tmp_path: Path) -> None:
    path = tmp_path / "LRA.csv"
    path.write_text("Kode;Uraian;Pagu;Realisasi TW I;Realisasi TW II\n6.01.01;A;5;1;2\n", "utf-8")
    seen = look(cycle, path)
    assert seen.notices == ("Kolom realisasi tidak dapat dipastikan dari judulnya; tunjukkan kolomnya.",)
    assert not [line for line in seen.lines if "Realisasi" in line.column]


def test_amounts_as_accounts_write_them(tmp_path: Path) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    rows = [
        ["6.01.01", "A", "Rp 1.000,50", "(200)"],
        ["6.01.02", "B", "2 juta", "Rp -"],
        ['="6.01.03"', "C", "3", "Rp (1)"],
    ]
    path = csv_file(tmp_path, *rows)
    path.write_text(path.read_text("utf-8").replace("LAPORAN", "(dalam ribuan rupiah)"), "utf-8")
    assert isinstance(exchange.import_file(cycle, WHO, look(cycle, path)), Changed)
    state = cycle.state
    kept = [
        tuple(state.cell("budget", row, column) for column in ("code", "ceiling", "spent"))
        for row in state.rows("budget")
    ]
    assert kept == [("6.01.01", "1000500", "-200000"), ("6.01.02", "2000000", "0"), ("6.01.03", "3000", "-1000")]
    cycle.close()
