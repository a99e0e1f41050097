"""The unit's workbook: what is locked, what may be chosen, what is hidden, and what no text can become."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from lkip_desktop import exchange, office
from lkip_desktop.documents.workbook_form import row_height, unit_form
from lkip_desktop.documents.workbook_layout import cycle_mark, form_columns, own_indicators
from lkip_desktop.office import Changed, Cycle
from tests.documents import builders
from tests.exchange_office import TODAY, WHO, cycle_at_forms, place


@pytest.fixture
def cycle(tmp_path: Path) -> Iterator[Cycle]:
    made = cycle_at_forms(tmp_path)
    yield made
    made.close()


def made(cycle: Cycle, unit: str = "r2") -> bytes:
    return unit_form(replace(office.snapshot(cycle, TODAY), subject=unit), lambda done, total: True)


def data_sheet(cycle: Cycle, unit: str = "r2") -> Worksheet:
    return load_workbook(io.BytesIO(made(cycle, unit)))["Data"]


def names(sheet: Worksheet) -> list[object]:
    return [sheet.cell(row, place(sheet, "name")).value for row in range(8, sheet.max_row + 1)]


def test_a_unit_gets_its_own_indicators_and_those_of_nobody(cycle: Cycle) -> None:
    sample = [row[1] for row in builders.SAMPLE]
    assert names(data_sheet(cycle)) == sample[2:6]
    assert names(data_sheet(cycle, "r1")) == [*sample[:2], sample[5], sample[6]]
    assert names(data_sheet(cycle, "")) == sample


def test_only_entry_cells_are_open(cycle: Cycle) -> None:
    sheet = data_sheet(cycle)
    assert sheet.protection.sheet
    open_columns = {
        column.id
        for column in form_columns(cycle.state)
        if not sheet.cell(8, place(sheet, column.id)).protection.locked
    }
    assert open_columns == {column.id for column in form_columns(cycle.state) if column.entry}
    assert {"actual", "actual_q1", "actual_q4", "status", "keterangan", "source"} <= open_columns
    assert not {"name", "target", "previous"} & open_columns


def test_status_and_remark_are_chosen_from_lists(cycle: Cycle) -> None:
    sheet = data_sheet(cycle)
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert any('"final,sementara"' in rule.formula1 for rule in lists)
    assert any("Menunggu rilis resmi" in rule.formula1 for rule in lists)


def test_last_years_figures_and_headings_name_their_years(cycle: Cycle) -> None:
    sheet = data_sheet(cycle)
    headings = [cell.value for cell in sheet[7]]
    assert {"Target 2026", "Realisasi 2026", "Realisasi 2025"} <= set(headings)
    assert sheet.cell(8, place(sheet, "previous")).value == "3,00"


def test_entry_cells_are_text_so_that_no_spreadsheet_turns_a_comma_round(cycle: Cycle) -> None:
    sheet = data_sheet(cycle)
    assert sheet.cell(8, place(sheet, "actual")).number_format == "@"


def test_the_machines_marks_are_hidden(cycle: Cycle) -> None:
    book = load_workbook(io.BytesIO(made(cycle)))
    sheet = book["Data"]
    assert book["_lkip"].sheet_state == "hidden"
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[6].hidden
    assert [sheet.cell(row, 1).value for row in range(8, 12)] == ["r3", "r4", "r5", "r6"]
    assert cycle_mark(cycle.state) in str(sheet["A6"].value)


def test_the_same_form_has_the_same_bytes(cycle: Cycle) -> None:
    assert made(cycle) == made(cycle)


def test_typed_text_is_never_a_formula(cycle: Cycle) -> None:
    office.fill(cycle, WHO, {"indicators/r3/name": '=cmd|" /C calc"!A0', "indicators/r3/actual": "=1+1"})
    with zipfile.ZipFile(io.BytesIO(made(cycle))) as package:
        xml = "".join(package.read(name).decode() for name in package.namelist() if "worksheets/" in name)
    assert "<f>" not in xml


def test_a_revised_target_is_the_one_that_goes_out(cycle: Cycle) -> None:
    office.fill(cycle, WHO, {"indicators/r3/target_revised": "90"})
    sheet = data_sheet(cycle)
    assert sheet.cell(8, place(sheet, "target")).value == "90"


def test_a_unit_that_stands_at_no_indicator_gets_those_of_nobody(cycle: Cycle) -> None:
    office.fill(cycle, WHO, {"unit_forms/r2/unit": "Irban Baru"})
    assert own_indicators(cycle.state, "r2") == ("r6",)


def test_files_have_names_of_their_own(cycle: Cycle) -> None:
    office.fill(cycle, WHO, {"unit_forms/r1/unit": "A/B: ?", "unit_forms/r2/unit": "AB"})
    found = exchange.form_files(office.snapshot(cycle, TODAY), cycle.state.rows("unit_forms"))
    assert list(found.values()) == ["Format Data LKIP 2026 AB.xlsx", "Format Data LKIP 2026 AB (2).xlsx"]


def test_forms_and_letters_are_written_side_by_side(cycle: Cycle, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    folder = tmp_path / "keluar"
    folder.mkdir()
    rows = cycle.state.rows("unit_forms")
    snapshot = office.snapshot(cycle, TODAY)
    written = exchange.write_forms(
        snapshot, rows, folder, cycle.store.path, letters={"r1": b"%PDF-surat"}, progress=watch
    )
    assert [path.suffix for path in written] == [".xlsx", ".pdf", ".xlsx", ".pdf"]
    assert written[1].read_bytes() == b"%PDF-surat"
    assert written[3].read_bytes().startswith(b"%PDF-1")
    assert told == [(0, 2), (1, 2)]


def test_a_printed_form_can_be_read(cycle: Cycle) -> None:
    """The page is as wide as its columns, of which A4 lying shows some 145 characters at full size."""
    sheet = data_sheet(cycle)
    assert 10 * 145 / sum(column.width for column in form_columns(cycle.state)) > 6.5
    assert not sheet.HeaderFooter.scaleWithDoc
    assert sheet.cell(8, place(sheet, "name")).alignment.horizontal == "left"


def test_columns_are_wide_enough_for_long_figures(cycle: Cycle) -> None:
    def widths() -> set[float]:
        sheet = data_sheet(cycle)
        wanted = [place(sheet, name) for name in ("target", "actual_q1", "actual")]
        groups = sheet.column_dimensions.values()
        return {round(group.width) for at in wanted for group in groups if group.min <= at <= group.max}

    assert max(widths()) < 12
    assert isinstance(office.fill(cycle, WHO, {"indicators/r3/previous": "1.250.000.000,50"}), Changed)
    assert min(widths()) > 18


def test_rows_grow_with_their_texts() -> None:
    assert row_height(["a"], [10]) < row_height(["a" * 50], [10]) < row_height(["a" * 100_000], [10]) == 409
