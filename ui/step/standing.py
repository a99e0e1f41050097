"""How a step stands in its cycle, as the panel shows it: its mode, its rounds, why it was entered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lkip_desktop.cycle_data import serving
from lkip_desktop.sop.model import Edge, Step
from lkip_desktop.workflow.events import Act, Event
from lkip_desktop.workflow.state import CycleState, Visit, replay
from ui.forms.widgets import moment, signed
from ui.session import Session


class Mode(Enum):
    """What may be done at a step."""

    CURRENT = "current"
    PAST = "past"
    FUTURE = "future"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Why a stay began other than by going forward: a sentence about who and when, and the reason given."""

    sentence: str
    reason: str


def mode_of(state: CycleState, step: Step) -> Mode:
    if state.step is None:
        return Mode.CLOSED
    if state.step.id == step.id:
        return Mode.CURRENT
    return Mode.PAST if step.number < state.step.number else Mode.FUTURE


def finished_stays(state: CycleState, step: Step) -> tuple[Visit, ...]:
    """The stays that were left, oldest first: each can be read as it was then."""
    return tuple(visit for visit in state.stays(step.id) if visit.left_seq is not None)


def state_when_left(session: Session, visit: Visit) -> CycleState:
    """The cycle as it was when a stay was left."""
    events = session.cycle.store.events()
    return replay(session.state.sop, events[: visit.left_seq])


def stay_label(state: CycleState, visit: Visit) -> str:
    """``Putaran 1 — Tidak, 12 Februari 2027 10.42``"""
    decided = visit.decision.capitalize() or ("ditinggalkan" if visit.reason else "selesai")
    return f"Putaran {visit.round} — {decided}, {moment(state, visit.left)}" if visit.left else ""


def arrival(session: Session, visit: Visit) -> Arrival | None:
    """Who sent the work back to this stay, or opened the step again, and why; None when it came forward."""
    event = _event(session, visit.entered_seq)
    reason = str(event.data.get("reason", "")) if event else ""
    if event is None or not reason:
        return None
    word = "Dibuka kembali" if event.act is Act.REOPENED else "Dikembalikan"
    return Arrival(f"{word} oleh {signed(event.who)}, {moment(session.state, event.at)}", reason)


def _event(session: Session, seq: int) -> Event | None:
    events = session.cycle.store.events()
    return events[seq - 1] if 0 < seq <= len(events) else None


def forward_edge(state: CycleState, step: Step) -> Edge | None:
    """The arrow that leads on; None where the cycle ends."""
    return next((edge for edge in step.edges if not state.sop.returns(step, edge)), None)


def actor_with_official(session: Session, actor: str) -> str:
    """``Sekretaris (Plt. Sekretaris Budi)``: a role, and who holds it today if that is known."""
    name = session.state.sop.actor_names.get(actor, actor)
    official = serving(session.state, actor, session.today())
    if official is None:
        return name
    held = f"{official.title} {official.name}"
    return held if name in official.title else f"{name} ({held})"


def turn(state: CycleState) -> str:
    """Whose turn it is: ``Langkah 6 dari 10, giliran Sekretaris``; that it is closed otherwise."""
    step = state.step
    if step is None:
        return "Siklus sudah ditutup"
    return f"Langkah {step.number} dari {len(state.sop.steps)}, giliran {state.sop.actor_names[step.actor]}"
