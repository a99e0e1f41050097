"""Which texts of a report are marked when figures, links and rules change after them, and which are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.analysis.case import Point
from lkip_desktop.analysis.changed import ABOUT_ALL, ABOUT_EFFICIENCY, ABOUT_MONEY, Known, changed_figures
from lkip_desktop.analysis.gather import text_path
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.ports import SystemClock
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Json, Who

WHO = Who("Rina", "tim")
TARGET, YEARS, RENSTRA, NATIONAL, CAUSES, EFFICIENCY, PROGRAMMES = Point
ALL = "all"
"""Stands for the texts about the whole office; MONEY for those about the budget."""
MONEY = "money"


@pytest.fixture
def cycle(tmp_path: Path) -> Iterator[Cycle]:
    """The sample, with every text written after its figures."""
    path = tmp_path / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 3, datetime(2027, 1, 18, tzinfo=UTC), ahead=True))
    opened, _ = office.open_cycle(CycleFiles(), path, SystemClock())
    assert opened is not None
    rows = opened.state.rows("indicators")
    points = [text_path(row, point) for row in rows for point in Point]
    fill(opened, {path: f"Ditulis tentang {path}." for path in (*points, *ABOUT_ALL, ABOUT_MONEY, ABOUT_EFFICIENCY)})
    yield opened
    opened.close()


def fill(cycle: Cycle, changes: dict[str, Json]) -> None:
    assert isinstance(office.fill(cycle, WHO, changes), Changed)


def marked(cycle: Cycle) -> dict[str, set[object]]:
    """Where texts are marked: by indicator the points, by ALL and MONEY the texts about the whole."""
    found: dict[str, set[object]] = {}
    names = {text_path(row, point): (row, point) for row in cycle.state.rows("indicators") for point in Point}
    for path in changed_figures(cycle.state, cycle.store.events()):
        row, what = names.get(path, (ALL if path in ABOUT_ALL else MONEY, path))
        found.setdefault(row, set()).add(what)
    return found


def moved(cycle: Cycle, path: str) -> list[tuple[str, str, str]]:
    found = changed_figures(cycle.state, cycle.store.events()).get(path, ())
    return [(one.path, one.before, one.now) for one in found]


def test_nothing_is_marked_before_anything_moves(cycle: Cycle) -> None:
    assert marked(cycle) == {}


def test_an_actual_moves_its_own_texts_those_of_its_sasaran_and_of_the_whole(cycle: Cycle) -> None:
    fill(cycle, {"indicators/r3/actual": "88"})
    found = marked(cycle)
    assert found.pop("r3") == set(Point)
    assert found.pop("r4") == found.pop("r5") == {EFFICIENCY}
    assert found == {ALL: set(ABOUT_ALL), MONEY: {ABOUT_EFFICIENCY}}
    assert moved(cycle, text_path("r3", YEARS)) == [("indicators/r3/actual", "86,50", "88")]


@pytest.mark.parametrize(
    ("column", "value", "before", "points"),
    [
        ("previous", "84", "83,10", {YEARS, CAUSES}),
        ("previous_3", "60", "77,30", {YEARS}),
        ("renstra_target", "95", "90", {RENSTRA}),
        ("national", "70", "", {NATIONAL}),
        ("status", "sementara", "final", {TARGET}),
    ],
)
def test_a_figure_of_one_point_moves_that_text_alone(
    cycle: Cycle, column: str, value: str, before: str, points: set[Point]
) -> None:
    fill(cycle, {f"indicators/r3/{column}": value})
    assert marked(cycle) == {"r3": points}
    for point in points:
        assert moved(cycle, text_path("r3", point)) == [(f"indicators/r3/{column}", before, value)]


def test_what_does_not_count_moves_nothing(cycle: Cycle) -> None:
    fill(cycle, {"indicators/r3/actual_q2": "10", "indicators/r3/accumulation": "kumulatif"})
    fill(cycle, {"indicators/r3/source": "Lain", "indicators/r3/in_charge": "Sekretariat"})
    assert marked(cycle) == {}
    fill(cycle, {"indicators/r3/target_revised": "85"})
    fill(cycle, {"indicators/r3/target": "60"})
    assert marked(cycle) == {}


def test_a_quarter_that_makes_the_year_counts(cycle: Cycle) -> None:
    fill(cycle, {"indicators/r5/actual": None})
    assert marked(cycle) == {}
    fill(cycle, {"indicators/r5/actual_q4": "9"})
    assert moved(cycle, text_path("r5", YEARS)) == [
        ("indicators/r5/actual", "24", ""),
        ("indicators/r5/actual_q4", "6", "9"),
    ]


def test_the_other_direction_turns_every_comparison(cycle: Cycle) -> None:
    fill(cycle, {"indicators/r3/direction": "turun"})
    assert marked(cycle)["r3"] == set(Point)


def test_money_moves_the_texts_of_the_sasaran_that_it_serves(cycle: Cycle) -> None:
    fill(cycle, {"budget/r1/spent": "16.000.000.000"})
    found = marked(cycle)
    assert found.pop("r6") == found.pop("r7") == {EFFICIENCY, PROGRAMMES}
    assert found == {ALL: set(ABOUT_ALL), MONEY: {ABOUT_MONEY, ABOUT_EFFICIENCY}}
    assert moved(cycle, "efficiency_note") == [("budget/r1/spent", "16.412.905.320", "16.000.000.000")]


def test_a_part_of_a_programme_moves_only_the_text_on_the_budget(cycle: Cycle) -> None:
    rows = cycle.state.rows("budget")
    part = {"code": "6.01.01.2.01", "name": "Perencanaan", "ceiling": "100", "spent": "90"}
    fill(cycle, {"budget": [*rows, "k1"], **{f"budget/k1/{column}": text for column, text in part.items()}})
    assert marked(cycle) == {MONEY: {ABOUT_MONEY}}


def test_a_programme_linked_to_another_sasaran_moves_both(cycle: Cycle) -> None:
    fill(cycle, {"budget/r1/objective": "Sasaran 1"})
    found = marked(cycle)
    assert set(found) == {"r1", "r2", "r6", "r7"}
    assert all(points == {EFFICIENCY, PROGRAMMES} for points in found.values())
    assert moved(cycle, text_path("r6", PROGRAMMES)) == [("budget/r1/objective", "Sasaran 3", "Sasaran 1")]


def test_rows_that_come_and_go_move_what_they_were_part_of(cycle: Cycle) -> None:
    fill(cycle, {"budget": ["r2", "r3"]})
    assert ("budget/r1/spent", "16.412.905.320", "") in moved(cycle, "report_summary")
    fill(cycle, {"indicators": [row for row in cycle.state.rows("indicators") if row != "r7"]})
    assert moved(cycle, text_path("r6", EFFICIENCY))[-1] == ("indicators/r7/actual", "87,20", "")
    assert TARGET not in marked(cycle).get("r6", set())


def test_a_rule_moves_the_texts_that_it_changes(cycle: Cycle) -> None:
    fill(cycle, {"rule_minimise": "target ÷ realisasi"})
    found = marked(cycle)
    assert TARGET in found["r5"]
    assert all(TARGET not in points for row, points in found.items() if row != "r5")
    assert moved(cycle, text_path("r5", TARGET)) == [
        ("rule_minimise", "(2 × target − realisasi) ÷ target", "target ÷ realisasi")
    ]


def test_a_cap_moves_only_what_speaks_of_means(cycle: Cycle) -> None:
    fill(cycle, {"rule_cap": "120 %"})
    found = marked(cycle)
    assert found.pop(ALL) == set(ABOUT_ALL)
    assert found.pop(MONEY) == {ABOUT_EFFICIENCY}
    assert all(points == {EFFICIENCY} for points in found.values())
    assert {"r3", "r6"} <= set(found)


def test_a_scale_is_told_in_words(cycle: Cycle) -> None:
    scale = {"rule_scale": ["s1", "s2"], "rule_scale/s1/least": "99", "rule_scale/s1/label": "Baik"}
    fill(cycle, {**scale, "rule_scale/s2/least": "0", "rule_scale/s2/label": "Kurang"})
    (one,) = moved(cycle, text_path("r3", TARGET))
    assert one[0] == "rule_scale"
    assert one[1].startswith("91 Sangat Tinggi; 76 Tinggi")
    assert one[2] == "99 Baik; 0 Kurang"


def test_the_end_of_the_plan_moves_the_texts_on_it(cycle: Cycle) -> None:
    fill(cycle, {"renstra_end": "2026"})
    assert all(points == {RENSTRA} for points in marked(cycle).values())
    assert len(marked(cycle)) == 7


def test_a_text_written_again_is_settled(cycle: Cycle) -> None:
    fill(cycle, {"indicators/r3/previous": "84"})
    fill(cycle, {text_path("r3", YEARS): "Dibaca ulang."})
    assert marked(cycle) == {"r3": {CAUSES}}


def test_what_is_known_is_what_would_be_found_anew(cycle: Cycle) -> None:
    known: Known = {}
    acts: list[dict[str, Json]] = [
        {"indicators/r3/previous": "84"},
        {text_path("r3", YEARS): "Dibaca ulang."},
        {"budget/b1/spent": "1"},
        {"report_summary": ""},
        {"indicators/r3/previous": "83,10"},
        {"indicators": ["r3", "r4"]},
        {text_path("r4", TARGET): "Ditulis."},
    ]
    for act in acts:
        fill(cycle, act)
        events = cycle.store.events()
        assert changed_figures(cycle.state, events, known) == changed_figures(cycle.state, events)
    assert changed_figures(cycle.state, cycle.store.events())
