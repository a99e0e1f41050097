"""How the steps stand, from the visits alone, and the words for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lkip_desktop.sop.geometry import Note
from lkip_desktop.sop.text import TextRole
from lkip_desktop.workflow.chart import (
    Chart,
    RowKind,
    RowState,
    describe,
    notes,
    row_states,
    sentence,
    state_text,
)
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.state import CycleState, Visit
from tests.factories import make_sop

START = datetime(2027, 2, 1, 3, tzinfo=UTC)
DEWI = Who("Dewi")
WAY = ["perintah", "format", "data", "draf", "rapat", "koreksi"]


def cycle(*moves: tuple[str, str], closed: bool = False) -> CycleState:
    """A cycle that went through steps, each with the decision it was left by, one day each; the last is open."""
    sop = make_sop()
    visits: list[Visit] = []
    for i, (step, decision) in enumerate(moves):
        round_ = 1 + sum(v.step == step for v in visits)
        entered = START + timedelta(days=i)
        open_now = i + 1 == len(moves) and not closed
        edge = sop.by_id[step].edge(decision)
        target = edge.target if edge else ""
        visit = Visit(step, round_, entered, i + 1)
        if not open_now:
            left = entered + timedelta(days=1)
            visit = replace(visit, left=left, left_seq=i + 2, who=DEWI, decision=decision, target=target)
        visits.append(visit)
    return CycleState(sop, 2026, START, tuple(visits), {})


def straight(*more: tuple[str, str], closed: bool = False) -> CycleState:
    return cycle(*((step, "") for step in WAY[:-1]), *more, closed=closed)


def kinds(chart: Chart) -> str:
    """One letter a step: d, c(urrent), r, and . for coming."""
    letters = {RowKind.DONE: "d", RowKind.CURRENT: "c", RowKind.RETURNED: "r", RowKind.COMING: "."}
    return "".join(letters[row.kind] for row in chart.rows.values())


def test_a_new_cycle_stands_at_its_first_step() -> None:
    chart = row_states(cycle(("perintah", "")))
    assert kinds(chart) == "c........."
    assert chart.current == "perintah"
    assert chart.taken == set()


def test_forward_steps_are_done_by_someone_on_a_day() -> None:
    chart = row_states(straight(("koreksi", "")))
    assert kinds(chart) == "dddddc...."
    assert chart.rows["perintah"] == RowState(RowKind.DONE, False, 1, "2 Feb", "Dewi")
    assert chart.rows["koreksi"] == RowState(RowKind.CURRENT, False, 1, "", "Sekretaris")
    assert chart.taken == {(step, "") for step in WAY[:-1]}


def test_a_return_marks_who_returned_and_what_comes_again() -> None:
    chart = row_states(straight(("koreksi", "tidak"), ("draf", "")))
    assert kinds(chart) == "dddc.r...."
    assert chart.rows["draf"].round == 2
    assert chart.rows["rapat"] == RowState(RowKind.COMING, False, 2)
    assert chart.rows["koreksi"] == RowState(RowKind.RETURNED, False, 2, "7 Feb", "Dewi")
    assert ("koreksi", "tidak") in chart.taken
    assert ("koreksi", "ya") not in chart.taken


def test_what_is_done_again_is_done() -> None:
    again = (("koreksi", "tidak"), ("draf", ""), ("rapat", ""), ("koreksi", ""))
    chart = row_states(straight(*again))
    assert kinds(chart) == "dddddc...."
    assert (chart.rows["rapat"].round, chart.rows["koreksi"].round) == (2, 2)


def test_a_return_across_the_inspector_keeps_both() -> None:
    chart = row_states(straight(("koreksi", "ya"), ("tanda_tangan", "tidak"), ("koreksi", "")))
    assert kinds(chart) == "dddddcr..."
    assert {("koreksi", "ya"), ("tanda_tangan", "tidak")} <= chart.taken


def test_a_closed_cycle_has_no_current_step() -> None:
    rest = [("koreksi", "ya"), ("tanda_tangan", "ya"), ("pengantar", ""), ("kirim", ""), ("serah", "")]
    state = straight(*rest, closed=True)
    assert kinds(row_states(state)) == "d" * 10
    assert row_states(state).current == ""
    assert sentence(state) == "Siklus selesai 11 Februari 2027; 10 langkah telah dilalui."


def test_a_reopened_step_was_not_reached_by_an_arrow() -> None:
    state = straight(("koreksi", ""))
    left = replace(state.visits[-1], left=START, left_seq=9, who=DEWI, target="data", reason="salah")
    state = replace(state, visits=(*state.visits[:-1], left, Visit("data", 2, START, 9)))
    chart = row_states(state)
    assert kinds(chart) == "ddc..r...."
    assert not any(step == "koreksi" for step, _ in chart.taken)


def test_late_is_said_beside_the_state() -> None:
    chart = row_states(straight(("koreksi", "")), {"koreksi", "data"})
    assert [step for step, row in chart.rows.items() if row.late] == ["data", "koreksi"]
    assert notes(chart, names=False)["koreksi"] == (
        Note("Giliran Sekretaris", TextRole.NOTE_CURRENT),
        Note("Terlambat", TextRole.NOTE_LATE),
    )
    assert notes(chart, names=False)["serah"] == ()


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (RowState(RowKind.DONE, False, 1, "12 Feb", "Dewi"), "Selesai 12 Feb oleh Dewi"),
        (RowState(RowKind.DONE, True, 2, "12 Feb", ""), "Selesai 12 Feb, putaran 2 · Terlambat"),
        (RowState(RowKind.CURRENT, False, 3, "", "Inspektur"), "Giliran Inspektur, putaran 3"),
        (RowState(RowKind.RETURNED, False, 2, "3 Mei", "Rudy"), "Dikembalikan 3 Mei oleh Rudy, putaran 2"),
        (RowState(), "Belum"),
        (RowState(round=2), "Belum, putaran 2"),
    ],
)
def test_the_words(row: RowState, text: str) -> None:
    assert state_text(row).replace("\u00a0", " ") == text


def test_names_may_be_left_out() -> None:
    assert describe(RowState(RowKind.DONE, False, 1, "12 Feb", "Dewi"), names=False) == "Selesai 12 Feb"


def test_the_sentence_tells_step_turn_round_and_delay() -> None:
    state = straight(("koreksi", "tidak"), ("draf", ""), ("rapat", ""), ("koreksi", ""))
    assert sentence(state) == "Langkah 6 dari 10: giliran Sekretaris, putaran 2."
    assert sentence(state, {"koreksi"}) == "Langkah 6 dari 10: giliran Sekretaris, putaran 2, terlambat."
    assert sentence(cycle(("perintah", ""))) == "Langkah 1 dari 10: giliran Inspektur."


def test_days_are_the_offices_own() -> None:
    """20.00 UTC is the next day in Serang, and the day after the office's zone at Jayapura counts as well."""
    state = straight(("koreksi", ""))
    late = replace(state.visits[0], left=datetime(2027, 2, 3, 16, tzinfo=UTC))
    state = replace(state, visits=(late, *state.visits[1:]))
    assert row_states(state).rows["perintah"].when == "3 Feb"
    assert row_states(replace(state, values={"time_zone": "WIT"})).rows["perintah"].when == "4 Feb"
