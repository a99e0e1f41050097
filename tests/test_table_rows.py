"""Changes of tables: ids that never come back, pastes of spreadsheets, and the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lkip_desktop import resources, table_rows
from lkip_desktop.errors import UserError
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.sop.model import FormField
from lkip_desktop.table_rows import Changes, Target
from lkip_desktop.workflow.events import GENESIS, Act, Draft, Json, Who, seal
from lkip_desktop.workflow.state import CycleState, replay
from tests.ui.conftest import NOW

SOP = parse_sop(resources.sop_text())
TEAM = SOP.fields["team"][1]
ROWS = SOP.fields["letter_rows"][1]


def pasted(state: CycleState, table: FormField, columns: tuple[FormField, ...], grid: list[list[str]]) -> Changes:
    """A paste into the table from its first row on."""
    return table_rows.pasted(state, Target(table, columns, state.rows(table.id)), grid)


def state_with(**values: Json) -> CycleState:
    """A new cycle with `values`; ``__`` stands for the slash of a path."""
    paths = {path.replace("__", "/"): value for path, value in values.items()}
    draft = Draft(Who("Rina"), Act.CREATED, {"year": 2026, "values": paths})
    return replay(SOP, [seal(draft, 1, NOW, GENESIS)])


def test_ids_of_removed_rows_are_not_given_again() -> None:
    state = state_with(team=["r1"], team__r1__name="A", team__r7__name="dihapus")
    assert table_rows.fresh_ids(state, "team", 2) == ["r8", "r9"]


def test_a_new_row_has_the_defaults_of_its_columns() -> None:
    row, changes = table_rows.added(state_with(letter_rows=["r1"]), ROWS, at=0)
    assert changes["letter_rows"] == [row, "r1"]
    assert "Tahun 2026" in changes[f"letter_rows/{row}/item"]
    assert changes[f"letter_rows/{row}/amount"] == "1"


def test_rows_move_as_far_as_the_table_goes() -> None:
    state = state_with(team=["r1", "r2", "r3"])
    assert table_rows.moved(state, TEAM, "r3", -1) == {"team": ["r1", "r3", "r2"]}
    assert table_rows.moved(state, TEAM, "r1", 9) == {"team": ["r2", "r3", "r1"]}
    assert table_rows.moved(state, TEAM, "r1", -1) == {}


def test_filling_down_copies_the_first_row() -> None:
    state = state_with(team=["r1", "r2", "r3"], team__r1__position="Auditor", team__r2__position="Auditor")
    assert table_rows.filled_down(state, TEAM, ["r1", "r2", "r3"], ["position"]) == {"team/r3/position": "Auditor"}


def test_a_paste_reads_each_cell_by_its_kind_and_adds_rows() -> None:
    state = state_with(team=["r1"], team__r1__name="Lama")
    grid = table_rows.read_grid('ketua\tBudi\tAuditor\nAnggota\t"Sari ""Ayu""\nContoh"\t\n')
    changes = pasted(state, TEAM, TEAM.columns, grid)
    assert changes == {
        "team": ["r1", "r2"],
        "team/r1/duty": "Ketua",
        "team/r1/name": "Budi",
        "team/r1/position": "Auditor",
        "team/r2/duty": "Anggota",
        "team/r2/name": 'Sari "Ayu" Contoh',
    }


def test_a_pasted_heading_is_no_row() -> None:
    grid = [["Nama", "Jabatan"], ["Budi", "Auditor"]]
    columns: tuple[FormField, ...] = TEAM.columns[1:]
    assert pasted(state_with(), TEAM, columns, grid)["team"] == ["r1"]


def test_headings_lead_their_columns_whatever_the_order() -> None:
    grid = [["Jabatan", "nama *"], ["Auditor", "Budi"]]
    changes = pasted(state_with(), TEAM, TEAM.columns, grid)
    assert (changes["team/r1/name"], changes["team/r1/position"]) == ("Budi", "Auditor")
    assert "team/r1/duty" not in changes


def test_headings_that_the_table_has_not_lead_nowhere() -> None:
    grid = [["No.", "Jabatan", "Capaian (%)", "nama *"], ["1", "Auditor", "98,39", "Budi"]]
    changes = pasted(state_with(), TEAM, TEAM.columns, grid)
    assert (changes["team/r1/name"], changes["team/r1/position"]) == ("Budi", "Auditor")
    assert "team/r1/duty" not in changes
    assert changes["team"] == ["r1"]


def test_an_empty_cell_of_a_copied_column_keeps_its_place() -> None:
    state = state_with(team=["r1", "r2", "r3"], team__r1__name="A", team__r2__name="B", team__r3__name="C")
    grid = table_rows.read_grid("X\r\n\r\nZ\r\n\r\nBaru\r\n\r\n\r\n")
    changes = table_rows.pasted(state, Target(TEAM, TEAM.columns[1:2], ["r1", "r2", "r3"]), grid)
    assert [changes[f"team/r{n}/name"] for n in (1, 2, 3)] == ["X", "", "Z"]
    assert changes["team"] == ["r1", "r2", "r3", "r4"]
    assert changes["team/r4/name"] == "Baru"


def test_a_paste_goes_to_the_rows_that_are_looked_at() -> None:
    state = state_with(team=["r1", "r2", "r3"])
    changes = table_rows.pasted(state, Target(TEAM, TEAM.columns[1:2], ["r3", "r1"]), [["C"], ["A"], ["D"]])
    assert changes["team"] == ["r1", "r2", "r3", "r4"]
    assert [changes[f"team/r{n}/name"] for n in (3, 1, 4)] == ["C", "A", "D"]


@pytest.mark.parametrize(
    ("typed", "unit", "kept"),
    [
        ("1,2", "juta", "1200000"),
        ("1.250", "ribu", "1250000"),
        ("Rp 5.000", "juta", "5000"),
        ("3 ribu", "juta", "3000"),
        ("2.500,-", "ribu", "2500000"),
        ("1.250", "", "1250"),
        ("", "juta", ""),
        ("(2,5)", "juta", "-2500000"),
        ("-", "ribu", "-"),
    ],
)
def test_money_may_be_counted_in_thousands_or_millions(typed: str, unit: str, kept: str) -> None:
    budget = SOP.fields["budget"][1]
    ceiling = tuple(c for c in budget.columns if c.id == "ceiling")
    changes = table_rows.pasted(state_with(), Target(budget, ceiling, (), unit), [[typed]])
    assert changes.get("budget/r1/ceiling", "") == kept


def test_what_cannot_be_read_is_kept_as_typed() -> None:
    changes = pasted(state_with(), TEAM, TEAM.columns, [["Bendahara"]])
    assert changes["team/r1/duty"] == "Bendahara"


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(UserError, match="5000"):
        pasted(state_with(), TEAM, TEAM.columns, [["Ketua"]] * 5001)


def test_the_inverse_takes_a_change_back() -> None:
    state = state_with(team=["r1"], team__r1__name="Lama")
    changes = pasted(state, TEAM, TEAM.columns[1:], [["Baru"], ["Kedua"]])
    back = table_rows.inverse(state, changes)
    after = replace(state, values={**state.values, **changes})
    restored = {**after.values, **back}
    assert {path: value for path, value in restored.items() if value} == dict(state.values)


def test_the_clipboard_text_reads_back() -> None:
    grid = [["a\tb", "dua\nbaris"], ['"kutip"', "1"]]
    assert table_rows.read_grid(table_rows.write_grid(grid)) == grid
