"""Single acts on the shipped SOP: what is let through, what is refused and with which words, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lkip_desktop.resources import profile_fields, sop_text
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.workflow import transitions
from lkip_desktop.workflow.events import GENESIS, Act, Draft, Event, Who, first_break, seal
from lkip_desktop.workflow.guards import missing
from lkip_desktop.workflow.state import CycleState, apply, replay
from lkip_desktop.workflow.transitions import Refusal

SOP = parse_sop(sop_text())
CLERK = Who("Rina", "analis")


class History:
    """Events in memory, sealed as a store seals them."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.at = datetime(2027, 2, 15, 1, tzinfo=UTC)
        self.keep(Draft(CLERK, Act.CREATED, {"year": 2026, "values": {}}))

    def keep(self, draft: Draft | Refusal) -> CycleState:
        assert isinstance(draft, Draft), draft
        self.at += timedelta(hours=1)
        previous = self.events[-1].digest if self.events else GENESIS
        self.events.append(seal(draft, len(self.events) + 1, self.at, previous))
        return self.state

    @property
    def state(self) -> CycleState:
        return replay(SOP, self.events)

    def move(self, step: str, decision: str = "", reason: str = "") -> CycleState:
        """A completion as the rules would have allowed it, with everything filled in."""
        now = SOP.by_id[step]
        edge = now.edge(decision)
        data = {"step": step, "round": 1, "decision": decision, "target": edge.target if edge else "", "reason": reason}
        return self.keep(Draft(Who("Rina", now.actor), Act.COMPLETED, {**data, "answers": {}}))


@pytest.fixture
def history() -> History:
    return History()


def at_step_six(history: History) -> CycleState:
    for step in ("disposisi", "format", "data", "draf", "rapat"):
        history.move(step)
    return history.state


def test_a_step_with_gaps_is_refused_with_every_gap_and_its_place(history: History) -> None:
    refusal = transitions.complete(history.state, Who("Drs. A", "inspektur"), "disposisi")
    assert isinstance(refusal, Refusal)
    places = [item.where for item in refusal.reasons]
    assert places[:3] == ["circular_sender", "circular_number", "circular_date"]
    assert "circular_scan" in places
    assert not refusal.answerable


def test_the_wrong_role_is_told_whose_turn_it_is(history: History) -> None:
    refusal = transitions.complete(history.state, CLERK, "disposisi")
    assert isinstance(refusal, Refusal)
    assert "giliran Inspektur" in refusal.message


def test_another_step_than_the_current_is_refused(history: History) -> None:
    refusal = transitions.complete(history.state, CLERK, "format")
    assert isinstance(refusal, Refusal)
    assert "tidak sedang berjalan" in refusal.message


def test_a_decision_where_there_is_none_and_none_where_there_is_one(history: History) -> None:
    refusal = transitions.complete(history.state, Who("A", "inspektur"), "disposisi", "ya")
    assert isinstance(refusal, Refusal)
    assert "tidak memerlukan keputusan" in refusal.message
    refusal = transitions.complete(at_step_six(history), Who("B", "sekretaris"), "koreksi")
    assert isinstance(refusal, Refusal)
    assert "Ya atau Tidak" in refusal.message


def test_a_return_needs_a_reason_and_nothing_else(history: History) -> None:
    state = at_step_six(history)
    secretary = Who("B", "sekretaris")
    for blank in ("", "  \n"):
        assert isinstance(transitions.complete(state, secretary, "koreksi", "tidak", blank), Refusal)
    state = history.keep(transitions.complete(state, secretary, "koreksi", "tidak", "Bab III belum lengkap"))
    assert state.step is not None
    assert state.step.id == "draf"
    assert state.visits[-1].round == 2
    assert state.visits[-2].reason == "Bab III belum lengkap"


def test_unsettled_corrections_block_yes_but_not_no(history: History) -> None:
    state = at_step_six(history)
    changes = {"corrections": ["r1"], "corrections/r1/section": "Bab I", "corrections/r1/remark": "Salah ketik"}
    state = history.keep(transitions.fill(state, CLERK, changes, profile_fields()))
    yes = [item.text for item in missing(state, SOP.by_id["koreksi"], "ya") if item.blocks]
    assert yes == ["Belum selesai: Salah ketik."]
    assert missing(state, SOP.by_id["koreksi"], "tidak") == ()


def test_a_missing_review_record_is_a_warning_that_can_be_answered(history: History) -> None:
    at_step_six(history)
    state = history.move("koreksi", "ya")
    signed = {"signed_date": "2027-02-26", "report_signer": "r1"}
    state = history.keep(transitions.fill(state, CLERK, signed, profile_fields()))
    scan = {"name": "s.pdf", "sha256": "0" * 64, "size": 3, "media_type": "application/pdf"}
    state = history.keep(transitions.attach(state, CLERK, "signed_report", scan, profile_fields()))
    head = Who("Drs. A", "inspektur")
    refusal = transitions.complete(state, head, "tanda-tangan", "ya")
    assert isinstance(refusal, Refusal)
    assert refusal.answerable
    answers = {item.text: "BA reviu menyusul" for item in refusal.reasons}
    state = history.keep(transitions.complete(state, head, "tanda-tangan", "ya", "", answers))
    assert state.step is not None
    assert state.step.id == "surat-pengantar"
    assert history.events[-1].data["answers"] == answers


def test_undo_takes_back_the_last_move_and_keeps_what_was_typed(history: History) -> None:
    before = history.state.visits
    history.move("disposisi")
    state = history.keep(transitions.fill(history.state, CLERK, {"meeting_place": "x"}, profile_fields()))
    state = history.keep(transitions.undo(state, CLERK))
    assert state.visits == before
    assert state.text("meeting_place") == "x"
    assert isinstance(transitions.undo(state, CLERK), Refusal)
    assert [event.act for event in history.events] == [Act.CREATED, Act.COMPLETED, Act.FILLED, Act.UNDONE]


def test_a_closed_cycle_opens_again_only_with_a_reason_and_undo_closes_it(history: History) -> None:
    at_step_six(history)
    history.move("koreksi", "ya")
    history.move("tanda-tangan", "ya")
    for step in ("surat-pengantar", "kirim-arsip", "serah-terima"):
        state = history.move(step)
    assert state.closed
    assert isinstance(transitions.fill(state, CLERK, {"agency_name": "X"}, profile_fields()), Refusal)
    assert isinstance(transitions.reopen(state, CLERK, "data", " "), Refusal)
    again = history.keep(transitions.reopen(state, CLERK, "data", "Angka BPK berubah"))
    assert again.step is not None
    assert (again.step.id, again.visits[-1].round) == ("data", 2)
    assert history.keep(transitions.undo(again, CLERK)).visits == state.visits


def test_a_step_that_was_never_entered_cannot_be_reopened(history: History) -> None:
    assert isinstance(transitions.reopen(history.state, CLERK, "rapat", "coba"), Refusal)
    assert isinstance(transitions.reopen(history.state, CLERK, "disposisi", "coba"), Refusal)


def test_past_steps_are_closed_to_typing_and_coming_ones_are_not(history: History) -> None:
    history.move("disposisi")
    refusal = transitions.fill(history.state, CLERK, {"circular_number": "1"}, profile_fields())
    assert isinstance(refusal, Refusal)
    assert "Langkah 1 (Disposisi) sudah selesai" in refusal.message
    assert isinstance(transitions.fill(history.state, CLERK, {"letter_number": "1"}, profile_fields()), Draft)


@pytest.mark.parametrize("path", ["entah", "indicators/r1", "indicators/r1/entah", "agency_name/r1/x", "a/b/c/d", ""])
def test_unknown_places_are_refused(history: History, path: str) -> None:
    assert isinstance(transitions.fill(history.state, CLERK, {path: "1"}, profile_fields()), Refusal)


def test_values_must_suit_their_field(history: History) -> None:
    for path, value in (("team", "r1"), ("team", ["r1", "r1"]), ("circular_number", ["a"]), ("circular_scan", "a.pdf")):
        assert isinstance(transitions.fill(history.state, CLERK, {path: value}, profile_fields()), Refusal)


def test_any_changed_removed_or_swapped_event_breaks_the_chain(history: History) -> None:
    at_step_six(history)
    events = history.events
    assert first_break(events) is None
    for index, event in enumerate(events):
        forged = replace(event, data={**event.data, "reason": "lain"})
        assert first_break([*events[:index], forged, *events[index + 1 :]]) == index + 1
        assert index == len(events) - 1 or first_break([*events[:index], *events[index + 1 :]]) == index + 1
    assert first_break([events[1], events[0], *events[2:]]) == 1
    resealed = seal(Draft(CLERK, Act.UNDONE, {"event": 2}), 3, events[2].at, events[1].digest)
    assert first_break([*events[:2], resealed, *events[3:]]) == 4


def test_applying_one_by_one_equals_replaying_all(history: History) -> None:
    final = at_step_six(history)
    state = replay(SOP, history.events[:1])
    for event in history.events[1:]:
        state = apply(state, event)
    assert state == final
