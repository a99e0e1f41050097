"""Random walks of legal and illegal acts over two SOPs, kept in a real file: what must hold after every act."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from db.files import CycleFiles
from lkip_desktop import office, resources
from lkip_desktop.attachments import accept
from lkip_desktop.office import Changed, Cycle, NewCycle
from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.workflow.events import Act, Who, first_break
from lkip_desktop.workflow.guards import Missing, missing
from lkip_desktop.workflow.state import CycleState, replay
from lkip_desktop.workflow.transitions import Refusal, last_move

ELEVEN = (Path(__file__).parent.parent / "data" / "sop-sebelas.toml").read_text(encoding="utf-8")
GOOD = {
    FieldKind.DATE: "2027-02-15",
    FieldKind.TIME: "09.00",
    FieldKind.INTEGER: "2",
    FieldKind.NUMBER: "85,5",
    FieldKind.MONEY: "1.000.000",
    FieldKind.NIP: "196706121986031003",
    FieldKind.YESNO: "ya",
}


class TickingClock:
    def __init__(self) -> None:
        self.at = datetime(2027, 2, 1, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(minutes=7)
        return self.at


def good_value(field: FormField) -> str:
    return field.choices[0] if field.choices else GOOD.get(field.kind, "isi")


def mend(cycle: Cycle, who: Who, item: Missing) -> None:
    """Do what a sentence asks for, at the place that it names."""
    state = cycle.state
    base, *rest = item.where.split("/")
    if base not in state.sop.fields:
        assert isinstance(office.keep_document(cycle, who, base, accept("draf.pdf", b"%PDF-1.7 draf")), Changed)
        return
    field = state.sop.fields[base][1]
    if field.kind is FieldKind.TABLE and not rest:
        assert isinstance(office.fill(cycle, who, {base: ["r1"]}), Changed)
        return
    if rest:
        field = next(column for column in field.columns if column.id == rest[1])
    if rest and rest[1] == "returned":
        path = f"{base}/{rest[0]}/file"
        assert isinstance(office.attach_file(cycle, who, path, accept("f.pdf", b"%PDF-1.7 format")), Changed)
    if field.kind is FieldKind.FILES:
        assert isinstance(office.attach_file(cycle, who, item.where, accept("s.pdf", b"%PDF-1.7 scan")), Changed)
    else:
        assert isinstance(office.fill(cycle, who, {item.where: good_value(field)}), Changed)


class Walk(RuleBasedStateMachine):
    @initialize(eleven=st.booleans(), depth=st.integers(0, 11))
    def begin(self, eleven: bool, depth: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.files, self.clock = CycleFiles(), TickingClock()
        self.path = Path(self.folder.name) / "LKIP-2026.lkip"
        text = ELEVEN if eleven else resources.sop_text()
        who = Who("Penguji", "")
        self.cycle = office.create_cycle(self.files, self.path, NewCycle(2026, text), who, self.clock)
        self.seen = self.cycle.state
        for _ in range(depth):
            self.finish("ya")

    def teardown(self) -> None:
        if hasattr(self, "cycle"):
            self.cycle.close()
            self.folder.cleanup()

    def act(self, outcome: Changed | Refusal) -> None:
        """A refusal says why and changes nothing; anything else is one more event."""
        before, after = self.seen, self.cycle.state
        if isinstance(outcome, Refusal):
            assert outcome.message.strip()
            assert after is before
        else:
            assert after.seq > before.seq
            self.nothing_lost(before, after)
        self.seen = after

    def nothing_lost(self, before: CycleState, after: CycleState) -> None:
        assert {a.id for a in before.attachments} <= {a.id for a in after.attachments}
        assert after.documents[: len(before.documents)] == before.documents
        events = self.cycle.store.events()
        assert [event.seq for event in events] == list(range(1, len(events) + 1))

    def whoever(self, right: bool) -> Who:
        step = self.cycle.state.step
        return Who("Penguji", step.actor if step and right else "orang-lain")

    @rule(
        data=st.data(),
        right=st.sampled_from([True, True, True, False]),
        reason=st.sampled_from(["", "  ", "kurang lengkap"]),
    )
    def complete(self, data: st.DataObject, right: bool, reason: str) -> None:
        state = self.cycle.state
        step = data.draw(st.sampled_from([*[state.step] * 20, *state.sop.steps] if state.step else state.sop.steps))
        likely = list(step.decisions) or [""]
        decision = data.draw(st.sampled_from([*likely * 4, "", "ya", "tidak", "mungkin"]))
        before = state.visit
        outcome = office.complete_step(self.cycle, self.whoever(right), step.id, decision, reason)
        if isinstance(outcome, Changed):
            edge = step.edge(decision)
            assert right
            assert before is not None
            assert before.step == step.id
            assert not (edge and state.sop.returns(step, edge)) or reason.strip()
        self.act(outcome)

    @rule(decision=st.sampled_from(["ya", "tidak"]))
    def finish_properly(self, decision: str) -> None:
        """What is missing can always be mended, and then the step can be left."""
        self.finish(decision)

    def finish(self, decision: str) -> None:
        step = self.cycle.state.step
        if step is None:
            return
        decision = decision if step.decisions else ""
        for _ in range(60):
            found = [item for item in missing(self.cycle.state, step, decision) if item.blocks]
            if not found:
                break
            mend(self.cycle, self.whoever(True), found[0])
            self.seen = self.cycle.state
        answers = {item.text: "dijawab" for item in missing(self.cycle.state, step, decision)}
        outcome = office.complete_step(self.cycle, self.whoever(True), step.id, decision, "alasan", answers)
        assert isinstance(outcome, Changed), outcome
        self.act(outcome)

    @rule()
    def undo(self) -> None:
        before = self.cycle.state
        outcome = office.undo_last(self.cycle, self.whoever(True))
        assert isinstance(outcome, Refusal) is (last_move(before) is None)
        self.act(outcome)

    @rule(data=st.data(), reason=st.sampled_from(["", "angka keliru"]))
    def reopen(self, data: st.DataObject, reason: str) -> None:
        step = data.draw(st.sampled_from(self.cycle.state.sop.steps))
        outcome = office.reopen_step(self.cycle, self.whoever(True), step.id, reason)
        if isinstance(outcome, Changed):
            assert reason
            assert self.cycle.state.step is not None
            assert self.cycle.state.step.id == step.id
        self.act(outcome)

    @rule(data=st.data(), text=st.text(max_size=12))
    def fill(self, data: st.DataObject, text: str) -> None:
        known = list(self.cycle.state.sop.fields)
        path = data.draw(st.sampled_from([*known, "agency_name", "entah", "indicators/r1/target", "indicators/r1"]))
        value = ["r1", "r2"] if path in ("indicators",) else text
        self.act(office.fill(self.cycle, self.whoever(True), {path: value}))

    @rule(data=st.data())
    def attach_and_remove(self, data: st.DataObject) -> None:
        fields = self.cycle.state.sop.fields.values()
        files = [field.id for _, field in fields if field.kind is FieldKind.FILES]
        path = data.draw(st.sampled_from([*files, "entah"]))
        self.act(office.attach_file(self.cycle, self.whoever(True), path, accept("a.pdf", b"%PDF-1.7 a")))
        removed = data.draw(st.integers(0, self.cycle.state.seq))
        self.act(office.detach(self.cycle, self.whoever(True), removed))
        self.act(office.restore(self.cycle, self.whoever(True), removed))

    @precondition(lambda self: hasattr(self, "cycle"))
    @rule()
    def save_and_load(self) -> None:
        self.cycle.close()
        cycle, opening = office.open_cycle(self.files, self.path, self.clock)
        assert cycle is not None, opening.message
        assert cycle.state == self.seen
        self.cycle = cycle
        self.seen = cycle.state

    @invariant()
    def never_two_current_steps_and_never_stuck(self) -> None:
        if not hasattr(self, "cycle"):
            return
        state = self.cycle.state
        assert sum(visit.left is None for visit in state.visits) == (0 if state.closed else 1)
        assert all(visit.left is not None for visit in state.visits[:-1])
        rounds = [(visit.step, visit.round) for visit in state.visits]
        assert len(rounds) == len(set(rounds))

    @invariant()
    def derived_state_equals_replay_and_the_chain_holds(self) -> None:
        if not hasattr(self, "cycle"):
            return
        events = self.cycle.store.events()
        assert replay(self.cycle.sop, events) == self.cycle.state
        assert first_break(events) is None
        for event in events:
            if event.act is Act.COMPLETED and event.data["target"]:
                step = self.cycle.sop.by_id[event.data["step"]]
                edge = step.edge(event.data["decision"])
                assert edge is not None
                assert event.data["reason"] or not self.cycle.sop.returns(step, edge)


Walk.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestWalk = Walk.TestCase
