"""How each step of a cycle stands, for the flowchart: done, current, returned or to come, in data and in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from lkip_desktop.cycle_calendar import ZONES
from lkip_desktop.schedule.calendar import WIB, to_local
from lkip_desktop.sop.geometry import Note
from lkip_desktop.sop.model import Sop
from lkip_desktop.sop.text import TextRole
from lkip_desktop.words import long_date, month_name
from lkip_desktop.workflow.state import CycleState, Visit


class RowKind(StrEnum):
    """How a step stands."""

    DONE = "done"
    CURRENT = "current"
    RETURNED = "returned"
    COMING = "coming"


WORDS = {
    RowKind.DONE: "Selesai",
    RowKind.CURRENT: "Sekarang",
    RowKind.RETURNED: "Dikembalikan",
    RowKind.COMING: "Belum",
}
LATE = "Terlambat"
NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class RowState:
    """One step's state. `round` counts from 1: the last one of a step that is done, the present or the next one
    otherwise; 0 for a step that was never entered. `when` is the day of leaving (``12 Feb``) and `who` left it; for
    the current step `who` is the actor whose turn it is.
    """

    kind: RowKind = RowKind.COMING
    late: bool = False
    round: int = 0
    when: str = ""
    who: str = ""


@dataclass(frozen=True)
class Chart:
    """All rows by step id, and the arrows that were taken as (step id, label)."""

    rows: Mapping[str, RowState] = field(default_factory=dict)
    taken: frozenset[tuple[str, str]] = frozenset()

    @property
    def current(self) -> str:
        """The id of the current step, or empty when the cycle is closed."""
        return next((step for step, row in self.rows.items() if row.kind is RowKind.CURRENT), "")


def row_states(state: CycleState, late_steps: Collection[str] = ()) -> Chart:
    """The chart of a cycle. `late_steps` are the ids of steps that took, or take by now, longer than they may."""
    again = _to_be_done_again(state)
    rows = {step.id: _row(state, step.id, step.id in again, step.id in late_steps) for step in state.sop.steps}
    return Chart(rows, frozenset(_taken(state)))


def _row(state: CycleState, step: str, again: bool, late: bool) -> RowState:
    stays = state.stays(step)
    if not stays:
        return RowState(late=late)
    last = stays[-1]
    who = last.who.name if last.who else ""
    when = _short(state, last.left) if last.left else ""
    if last.left is None:
        actor = state.sop.actor_names[state.sop.by_id[step].actor]
        return RowState(RowKind.CURRENT, late, last.round, "", actor)
    if not again:
        return RowState(RowKind.DONE, late, last.round, when, who)
    if _went_back(state.sop, last):
        return RowState(RowKind.RETURNED, late, last.round + 1, when, who)
    return RowState(RowKind.COMING, late, last.round + 1)


def _went_back(sop: Sop, visit: Visit) -> bool:
    return visit.target in sop.by_id and sop.by_id[visit.target].number <= sop.by_id[visit.step].number


def _to_be_done_again(state: CycleState) -> set[str]:
    """The steps that were left before the way went back past them and that still lie ahead."""
    number = {step.id: step.number for step in state.sop.steps}
    seen: set[str] = set()
    again: set[str] = set()
    before = 0
    for visit in state.visits:
        here = number[visit.step]
        if here <= before:
            again |= {step for step in seen if number[step] > here}
        seen.add(visit.step)
        before = here
    return set() if state.closed else {step for step in again if number[step] > before}


def _taken(state: CycleState) -> list[tuple[str, str]]:
    """A reopening leaves a step by no arrow, so the arrow must lead where the step was left for."""
    left = [visit for visit in state.visits if visit.left is not None and visit.target]
    edges = [(visit, state.sop.by_id[visit.step].edge(visit.decision)) for visit in left]
    return [(visit.step, edge.label) for visit, edge in edges if edge and edge.target == visit.target]


def _local(state: CycleState, moment: datetime) -> date:
    return to_local(moment, ZONES.get(state.text("time_zone"), WIB)).date()


def _short(state: CycleState, moment: datetime) -> str:
    day = _local(state, moment)
    return f"{day.day} {month_name(day.month)[:3]}"


def notes(chart: Chart, *, names: bool) -> dict[str, tuple[Note, ...]]:
    """The lines that stand under each step's activity; `names` says who did it, where there is room."""
    return {step: _notes(row, names) for step, row in chart.rows.items()}


def _notes(row: RowState, names: bool) -> tuple[Note, ...]:
    text = describe(row, names=names)
    role = TextRole.NOTE_CURRENT if row.kind is RowKind.CURRENT else TextRole.NOTE
    said = (Note(text, role),) if row.kind is not RowKind.COMING or row.round else ()
    return (*said, Note(LATE, TextRole.NOTE_LATE)) if row.late else said


def describe(row: RowState, *, names: bool = True) -> str:
    """A row's state in words: ``Selesai 12 Feb oleh Dewi Lestari, putaran 2``, ``Giliran Sekretaris``, ``Belum``."""
    if row.kind is RowKind.CURRENT:
        text = f"Giliran {row.who}"
    else:
        text = f"{WORDS[row.kind]} {row.when}".rstrip()
        if names and row.who:
            text += f" oleh {row.who}"
    return f"{text}, putaran{NBSP}{row.round}" if row.round > 1 else text


def state_text(row: RowState) -> str:
    """All of a row's state on one line: ``Selesai 12 Feb oleh Dewi Lestari · Terlambat``"""
    return f"{describe(row)} · {LATE}" if row.late else describe(row)


def sentence(state: CycleState, late_steps: Collection[str] = ()) -> str:
    """The cycle in one sentence: ``Langkah 6 dari 10: giliran Sekretaris, putaran 2, terlambat.``"""
    count = len(state.sop.steps)
    step, visit = state.step, state.visit
    if step is None or visit is None:
        closed = state.visits[-1].left or state.created
        return f"Siklus selesai {long_date(_local(state, closed))}; {count} langkah telah dilalui."
    parts = [f"giliran {state.sop.actor_names[step.actor]}"]
    if visit.round > 1:
        parts.append(f"putaran {visit.round}")
    if step.id in late_steps:
        parts.append(LATE.lower())
    return f"Langkah {step.number} dari {count}: {', '.join(parts)}."
