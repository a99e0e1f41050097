"""Out to the units and back: what a return changes, what it cannot change, and that a second import changes nothing."""

from __future__ import annotations

import difflib
import random
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from lkip_desktop import exchange, office
from lkip_desktop.documents.workbook_form import unit_form
from lkip_desktop.documents.workbook_layout import form_columns
from lkip_desktop.documents.workbook_read import Cell, Sheet
from lkip_desktop.documents.workbook_return import recognise
from lkip_desktop.errors import UserError
from lkip_desktop.exchange import Verdict
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.workflow.events import Act
from lkip_desktop.workflow.transitions import Refusal
from tests.exchange_office import TODAY, WHO, cycle_at_forms, edited, look, place, write


@pytest.fixture
def cycle(tmp_path: Path) -> Iterator[Cycle]:
    made = cycle_at_forms(tmp_path)
    yield made
    made.close()


def form(cycle: Cycle, unit: str = "r2") -> bytes:
    return unit_form(replace(office.snapshot(cycle, TODAY), subject=unit), lambda done, total: True)


def back(cycle: Cycle, folder: Path, edit: object, name: str = "kembali.xlsx") -> Path:
    path = folder / name
    path.write_bytes(edited(form(cycle), edit))  # type: ignore[arg-type]
    return path


def test_an_unchanged_form_only_notes_that_it_came_back(cycle: Cycle, tmp_path: Path) -> None:
    seen = look(cycle, back(cycle, tmp_path, lambda sheet: None))
    assert (seen.unit, seen.lines, seen.field) == ("r2", (), "unit_forms/r2/file")
    assert seen.changes == {"unit_forms/r2/returned": "2027-02-02"}


def test_a_return_is_one_act_with_its_file(cycle: Cycle, tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        write(sheet, 0, actual="86,50", actual_q1="20", source="Aplikasi SIPTL", status="sementara")
        write(sheet, 1, actual=74.2, analysis="Rekomendasi aset belum tuntas.")

    seen = look(cycle, back(cycle, tmp_path, fill))
    assert seen.count(Verdict.CHANGE) == seen.importable == 6
    before = cycle.state.seq
    outcome = exchange.import_file(cycle, WHO, seen)
    assert isinstance(outcome, Changed)
    assert (outcome.event.act, cycle.state.seq) == (Act.IMPORTED, before + 1)
    state = cycle.state
    assert [state.cell("indicators", row, "actual") for row in ("r3", "r4", "r5")] == ["86,50", "74,2", ""]
    assert state.cell("indicators", "r3", "status") == "sementara"
    assert state.cell("unit_forms", "r2", "returned") == "2027-02-02"
    assert [file.name for file in state.files("unit_forms/r2/file")] == ["kembali.xlsx"]


def test_imported_twice_changes_nothing(cycle: Cycle, tmp_path: Path) -> None:
    path = back(cycle, tmp_path, lambda sheet: write(sheet, 0, actual="86,50"))
    assert isinstance(exchange.import_file(cycle, WHO, look(cycle, path)), Changed)
    kept = cycle.state
    again = look(cycle, path)
    assert (again.empty, again.lines) == (True, ())
    assert isinstance(exchange.import_file(cycle, WHO, again), Refusal)
    assert cycle.state is kept


def test_columns_moved_rows_added_headings_changed_and_a_sheet_in_front(cycle: Cycle, tmp_path: Path) -> None:
    def stir(sheet: Worksheet) -> None:
        write(sheet, 0, actual="86,50")
        write(sheet, 2, actual="24")
        sheet.insert_rows(8)
        sheet.cell(8, 4).value = "Catatan bidang"
        sheet.insert_cols(5)
        sheet.insert_cols(1)
        heading = sheet.cell(7, place(sheet, "actual"))
        heading.value = "Realisasi th 2026"
        assert sheet.parent is not None
        sheet.parent.move_sheet(sheet, -1)
        front = sheet.parent.create_sheet("Rekap kami", 0)
        front["A1"] = "Indikator kinerja"

    seen = look(cycle, back(cycle, tmp_path, stir))
    assert {line.path: line.new for line in seen.lines if line.verdict is Verdict.CHANGE} == {
        "indicators/r3/actual": "86,50",
        "indicators/r5/actual": "24",
    }
    assert seen.unit == "r2"


def test_without_marks_the_headings_and_names_tell(cycle: Cycle, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Laporan dari Irban"])
    sheet.append(["Indikator Kinerja", "Satuan", "Realisasi  2026", "Sumber Data"])
    sheet.append(["Temuan  berulang", "temuan", "24", "SIMWAS"])
    book.save(tmp_path / "baru.xlsx")
    seen = look(cycle, tmp_path / "baru.xlsx")
    assert {line.path: line.new for line in seen.lines} == {
        "indicators/r5/actual": "24",
        "indicators/r5/source": "SIMWAS",
    }
    assert (seen.unit, seen.field) == ("", "figure_sources")
    assert "Tanda pengenal" in seen.notices[0]


@pytest.mark.parametrize(
    ("column", "value", "verdict", "says"),
    [
        ("actual", "1.234", Verdict.PROBLEM, "dua cara"),
        ("actual", "12..5", Verdict.PROBLEM, "tidak terbaca"),
        ("actual", "belum dihitung", Verdict.CHECK, "Bukan angka"),
        ("actual", "=1/0", Verdict.PROBLEM, "belum dihitung"),
        ("actual", TODAY, Verdict.PROBLEM, "tanggal"),
        ("status", "mungkin", Verdict.PROBLEM, "Pilih salah satu"),
        ("target", "1", Verdict.NOTE, "terkunci"),
        ("keterangan", "Menunggu rilis resmi", Verdict.NOTE, "Keterangan unit"),
    ],
)
def test_what_a_value_needs_said(
    cycle: Cycle, tmp_path: Path, column: str, value: object, verdict: Verdict, says: str
) -> None:
    seen = look(cycle, back(cycle, tmp_path, lambda sheet: write(sheet, 0, **{column: value})))
    (line,) = seen.lines
    assert (line.verdict, says in line.note) == (verdict, True), line
    assert line.number == 8
    assert (line.path in seen.changes) is verdict.imported


def test_a_formula_that_a_text_cell_kept_is_no_value(cycle: Cycle, tmp_path: Path) -> None:
    def typed(sheet: Worksheet) -> None:
        write(sheet, 0, actual="=SUM(K8:N8)", source="=A1")
        for name in ("actual", "source"):
            sheet.cell(8, place(sheet, name)).data_type = "s"

    seen = look(cycle, back(cycle, tmp_path, typed))
    assert [(line.verdict, "tulis hasilnya" in line.note) for line in seen.lines] == [(Verdict.PROBLEM, True)] * 2
    assert set(seen.changes) == {"unit_forms/r2/returned"}


def test_a_problem_is_answered_in_the_preview(cycle: Cycle, tmp_path: Path) -> None:
    path = back(cycle, tmp_path, lambda sheet: write(sheet, 0, actual="1.234"))
    seen = look(cycle, path, answers={"indicators/r3/actual": "1234"})
    assert [(line.verdict, line.new) for line in seen.lines] == [(Verdict.CHANGE, "1234")]


def test_per_cent_cells_count_as_they_look(cycle: Cycle, tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        write(sheet, 0, actual=0.865)
        sheet.cell(8, place(sheet, "actual")).number_format = "0.00%"

    assert [line.new for line in look(cycle, back(cycle, tmp_path, fill)).lines] == ["86,5"]


def test_a_row_copied_for_another_indicator_is_not_the_first(cycle: Cycle, tmp_path: Path) -> None:
    def copy(sheet: Worksheet) -> None:
        sheet.insert_rows(8)
        for cell in sheet[9]:
            sheet.cell(8, cell.column).value = cell.value
        write(sheet, 0, name="Indikator lain", actual="1")
        write(sheet, 1, actual="2")

    lines = look(cycle, back(cycle, tmp_path, copy)).lines
    assert [(line.number, line.verdict, line.new) for line in lines if line.column != "Indikator kinerja"] == [
        (8, Verdict.PROBLEM, ""),
        (9, Verdict.CHANGE, "2"),
    ]
    assert "tidak dikenal" in lines[0].note


def test_rows_sorted_without_their_hidden_ids_keep_their_figures(cycle: Cycle, tmp_path: Path) -> None:
    def swap(sheet: Worksheet) -> None:
        write(sheet, 0, actual="86,50")
        write(sheet, 1, actual="74,20")
        for column in range(3, sheet.max_column + 1):
            upper, lower = sheet.cell(8, column), sheet.cell(9, column)
            upper.value, lower.value = lower.value, upper.value

    names = {row: cycle.state.cell("indicators", row, "name") for row in cycle.state.rows("indicators")}
    lines = look(cycle, back(cycle, tmp_path, swap)).lines
    assert [(names[line.path.split("/")[1]], line.new) for line in lines] == [
        ("Tindak lanjut rekomendasi Inspektorat", "74,20"),
        ("Tindak lanjut rekomendasi BPK", "86,50"),
    ]


@pytest.mark.parametrize(("row", "value", "doubted"), [(0, 0.865, True), (0, 1.5, False), (2, 0.865, False)])
def test_a_per_cent_without_its_format_is_doubted(
    cycle: Cycle, tmp_path: Path, row: int, value: float, doubted: bool
) -> None:
    (line,) = look(cycle, back(cycle, tmp_path, lambda sheet: write(sheet, row, actual=value))).lines
    assert (line.verdict is Verdict.CHECK, "maksudnya 86,5" in line.note) == (doubted, doubted)


def test_a_figure_that_nobody_rounded_is_doubted(cycle: Cycle, tmp_path: Path) -> None:
    (line,) = look(cycle, back(cycle, tmp_path, lambda sheet: write(sheet, 0, actual=260 / 3))).lines
    assert (line.verdict, line.new) == (Verdict.CHECK, "86,6666666666667")
    assert "13 desimal" in line.note
    assert "maksudnya 86,67." in line.note


def test_unknown_and_doubled_rows_are_problems(cycle: Cycle, tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        names = {"name": "Indikator rekaan", "actual": "5"}
        write(sheet, 4, **names)
        write(sheet, 5, **{**names, "name": "Temuan berulang"})

    lines = look(cycle, back(cycle, tmp_path, fill)).lines
    assert [line.verdict for line in lines] == [Verdict.PROBLEM] * 2
    assert "tidak dikenal" in lines[0].note
    assert "sudah ada di baris 10" in lines[1].note


def test_an_empty_cell_erases_nothing(cycle: Cycle, tmp_path: Path) -> None:
    path = back(cycle, tmp_path, lambda sheet: write(sheet, 0, status=None))
    assert look(cycle, path).lines == ()


def test_a_blank_form_brings_new_indicators(tmp_path: Path) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    path = back(
        cycle, tmp_path, lambda sheet: write(sheet, 0, name="Skor SPIP", unit="skor", target="3,10", actual="3,05")
    )
    seen = look(cycle, path)
    assert seen.count(Verdict.NEW) == 4
    assert isinstance(exchange.import_file(cycle, WHO, seen), Changed)
    assert [cycle.state.cell("indicators", row, "name") for row in cycle.state.rows("indicators")] == ["Skor SPIP"]
    assert cycle.state.cell("indicators", "r1", "in_charge") == "Irban Wilayah I"
    assert look(cycle, path).empty
    cycle.close()


def test_a_form_of_another_cycle_is_refused(cycle: Cycle, tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    other = cycle_at_forms(tmp_path / "lain", figures=False)
    path = tmp_path / "lain.xlsx"
    path.write_bytes(form(other))
    other.close()
    if other.state.created == cycle.state.created:
        book = load_workbook(path)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(max_row=7, max_col=1):
                row[0].value = str(row[0].value or "").replace("|1|", "|1|0000")
        book.save(path)
    with pytest.raises(UserError, match="siklus lain"):
        look(cycle, path)


def test_a_preview_that_is_out_of_date_is_refused(cycle: Cycle, tmp_path: Path) -> None:
    seen = look(cycle, back(cycle, tmp_path, lambda sheet: write(sheet, 0, actual="86,50")))
    assert isinstance(office.fill(cycle, WHO, {"indicators/r3/actual": "80"}), Changed)
    refused = exchange.import_file(cycle, WHO, seen)
    assert isinstance(refused, Refusal)
    assert "pratinjau" in refused.message


def test_an_older_return_is_told(cycle: Cycle, tmp_path: Path) -> None:
    first = back(cycle, tmp_path, lambda sheet: write(sheet, 0, actual="1,5"), "a.xlsx")
    second = back(cycle, tmp_path, lambda sheet: write(sheet, 0, actual="2,5"), "b.xlsx")
    assert not look(cycle, first).notices
    assert isinstance(exchange.import_file(cycle, WHO, look(cycle, first)), Changed)
    assert "sudah diimpor “a.xlsx”" in look(cycle, second).notices[0]
    assert isinstance(exchange.import_file(cycle, WHO, look(cycle, second)), Changed)
    again = look(cycle, first).notices
    assert [words in notice for words, notice in zip(("Berkas ini", "“b.xlsx”"), again, strict=True)] == [True, True]
    assert not look(cycle, second).notices


def test_a_unit_that_is_gone_is_told(cycle: Cycle, tmp_path: Path) -> None:
    path = back(cycle, tmp_path, lambda sheet: write(sheet, 0, actual="1,5"))
    assert isinstance(office.fill(cycle, WHO, {"unit_forms": ["r1"]}), Changed)
    assert "tidak ada lagi" in look(cycle, path).notices[0]


def test_the_headings_of_another_year_are_told(cycle: Cycle, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Indikator kinerja", "Target 2025", "Realisasi TW I"])
    sheet.append(["Temuan berulang", "20", "5"])
    book.save(tmp_path / "lama.xlsx")
    assert any("hanya menyebut tahun 2025" in notice for notice in look(cycle, tmp_path / "lama.xlsx").notices)


def test_many_texts_are_soon_told_from_headings(cycle: Cycle) -> None:
    letters = random.Random(3)
    texts = ["".join(letters.choices("realistgn 2026", k=24)) for _ in range(250)]
    sheet = Sheet("Lain", tuple(tuple(Cell(text) for text in texts) for _ in range(40)))
    began = time.monotonic()
    assert recognise((sheet,), form_columns(cycle.state)) is None
    once = time.monotonic() - began
    began = time.monotonic()
    for text in texts * 40:
        difflib.SequenceMatcher(None, "indikator kinerja", text).ratio()
    assert once < 1.5 * (time.monotonic() - began)


def test_who_still_owes(cycle: Cycle) -> None:
    assert not any(unit.owes for unit in exchange.units(cycle.state))
    assert isinstance(exchange.record_sent(cycle, WHO, ("r1", "r2"), TODAY), Changed)
    assert isinstance(office.fill(cycle, WHO, {"unit_forms/r1/due": "2027-02-01"}), Changed)
    assert [(unit.unit, unit.owes, unit.late(TODAY)) for unit in exchange.units(cycle.state)] == [
        ("Sekretariat", True, True),
        ("Irban Wilayah I", True, False),
    ]


def test_a_return_saved_by_libreoffice_reads_the_same(cycle: Cycle, tmp_path: Path) -> None:
    """Through Calc's own format and back, as someone who works in Calc would send it."""
    back(cycle, tmp_path, lambda sheet: write(sheet, 0, actual="86,50", status="sementara", source="SIPTL"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for source, kind, folder in (("kembali.xlsx", "ods", "ods"), ("ods/kembali.ods", "xlsx", "calc")):
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / folder)]
        subprocess.run([*command, str(tmp_path / source)], check=True, capture_output=True, timeout=240)
    seen = look(cycle, tmp_path / "calc" / "kembali.xlsx")
    assert {line.path: line.new for line in seen.lines} == {
        "indicators/r3/actual": "86,50",
        "indicators/r3/status": "sementara",
        "indicators/r3/source": "SIPTL",
    }
    assert (seen.unit, seen.field, seen.notices) == ("r2", "unit_forms/r2/file", ())
