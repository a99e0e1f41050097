"""Last year's figures out of last year's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.files import CycleFiles
from lkip_desktop import office, resources
from lkip_desktop.errors import UserError
from lkip_desktop.last_year import earlier_figures, read_earlier, take_over
from lkip_desktop.office import Changed, Cycle, NewCycle
from lkip_desktop.ports import SystemClock
from lkip_desktop.workflow.events import Json, Who
from lkip_desktop.workflow.transitions import Refusal

RINA = Who("Rina", "analis")


def indicator(row: str, **cells: str) -> dict[str, Json]:
    return {f"indicators/{row}/{column}": text for column, text in cells.items()}


OLD: dict[str, Json] = {
    "indicators": ["r1", "r2", "r3"],
    **indicator("r1", objective="S1", name="TL BPK", target="80", target_revised="82", actual="79,5", iku="ya"),
    **indicator("r1", previous_target="75", previous="74", previous_5="60", accumulation="kumulatif", formula="a / b"),
    **indicator("r2", objective="S1", name="Temuan", direction="turun", target="20", actual="-"),
    **indicator("r3", objective="S2", name="Laporan", target="40", accumulation="kumulatif"),
    **indicator("r3", actual_q1="10", actual_q2="12"),
}


def cycle_of(path: Path, year: int, values: dict[str, Json]) -> Cycle:
    new = NewCycle(year, resources.sop_text(), values)
    return office.create_cycle(CycleFiles(), path, new, RINA, SystemClock())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "LKIP-2025.lkip"
    cycle_of(path, 2025, OLD).close()
    return path


def test_a_new_cycle_moves_every_year_one_back(old: Path) -> None:
    values, _ = office.carry_over(CycleFiles(), old)
    wanted = {
        "indicators/r1/previous_target": "82",
        "indicators/r1/previous": "79,5",
        "indicators/r1/previous_2_target": "75",
        "indicators/r1/previous_2": "74",
        "indicators/r1/iku": "ya",
        "indicators/r1/formula": "a / b",
        "indicators/r3/previous": "22",
    }
    assert {path: values.get(path) for path in wanted} == wanted
    for left in ("r1/target", "r1/actual", "r1/target_revised", "r2/previous", "r3/actual_q1"):
        assert f"indicators/{left}" not in values
    # The sixth year back falls out.
    assert "60" not in values.values()


def test_a_running_cycle_takes_what_is_still_empty(old: Path, tmp_path: Path) -> None:
    new: dict[str, Json] = {
        "indicators": ["r1", "r2", "r3"],
        **indicator("r1", objective="sasaran lain", name=" laporan ", previous="21"),
        **indicator("r2", objective="S1", name="TL BPK"),
        **indicator("r3", objective="S1", name="Baru"),
    }
    cycle = cycle_of(tmp_path / "LKIP-2026.lkip", 2026, new)
    try:
        before = old.read_bytes()
        other = read_earlier(CycleFiles(), old)
        found = earlier_figures(cycle.state, other)
        assert isinstance(take_over(cycle, RINA, other), Changed)
        assert (found.found, found.missing, found.kept) == (2, ("Baru",), 1)
        assert cycle.state.cell("indicators", "r2", "previous") == "79,5"
        assert cycle.state.cell("indicators", "r2", "previous_2_target") == "75"
        assert cycle.state.cell("indicators", "r1", "previous") == "21"
        assert cycle.state.cell("indicators", "r1", "previous_target") == "40"
        assert "1 angka yang sudah terisi dan berbeda dibiarkan" in found.said
        again = take_over(cycle, RINA, other)
        assert isinstance(again, Refusal)
        assert "sudah terisi" in again.message
        assert old.read_bytes() == before
    finally:
        cycle.close()


def test_an_older_cycle_fills_the_year_it_is_from(old: Path, tmp_path: Path) -> None:
    cycle = cycle_of(
        tmp_path / "LKIP-2028.lkip", 2028, {"indicators": ["r1"], **indicator("r1", objective="S1", name="TL BPK")}
    )
    try:
        take_over(cycle, RINA, read_earlier(CycleFiles(), old))
        assert cycle.state.cell("indicators", "r1", "previous_3") == "79,5"
        assert not cycle.state.cell("indicators", "r1", "previous")
    finally:
        cycle.close()


def test_of_two_indicators_with_the_same_names_each_takes_its_own(tmp_path: Path) -> None:
    both = {"objective": "S1", "name": "Jumlah laporan"}
    rows: dict[str, Json] = {"indicators": ["r1", "r2", "r3"]}
    for row in ("r1", "r2", "r3"):
        rows |= indicator(row, **both)
    before = {**rows, "indicators": ["r1", "r2"], "indicators/r1/actual": "12", "indicators/r2/actual": "40"}
    old, new = (
        cycle_of(tmp_path / f"LKIP-{year}.lkip", year, values) for year, values in ((2025, before), (2026, rows))
    )
    changes = earlier_figures(new.state, old.state).changes
    assert changes == {"indicators/r1/previous": "12", "indicators/r2/previous": "40"}
    for cycle in (old, new):
        cycle.close()


@pytest.mark.parametrize("objectives", [("S1", "S3"), ("S3", "S1")])
def test_a_name_that_two_had_is_no_match_whoever_asks_first(tmp_path: Path, objectives: tuple[str, str]) -> None:
    def cycle(year: int, under: tuple[str, str], actual: str) -> Cycle:
        values: dict[str, Json] = {"indicators": ["r1", "r2"]}
        for row, objective in zip(("r1", "r2"), under, strict=True):
            values |= indicator(row, objective=objective, name="Jumlah laporan", actual=actual)
        return cycle_of(tmp_path / f"LKIP-{year}.lkip", year, values)

    old, new = cycle(2025, ("S1", "S2"), "12"), cycle(2026, objectives, "")
    changes = earlier_figures(new.state, old.state).changes
    known = f"indicators/r{objectives.index('S1') + 1}/"
    assert changes
    assert all(path.startswith(known) for path in changes)
    for one in (old, new):
        one.close()


@pytest.mark.parametrize("year", [2025, 2024, 2031])
def test_another_year_is_refused(old: Path, tmp_path: Path, year: int) -> None:
    cycle = cycle_of(tmp_path / "LKIP.lkip", year, {})
    try:
        with pytest.raises(UserError, match="siklus tahun 2025"):
            take_over(cycle, RINA, read_earlier(CycleFiles(), old))
    finally:
        cycle.close()
