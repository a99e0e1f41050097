"""A cycle at a glance: the cards of the home screen, and the dossier of records with what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from lkip_desktop.cycle_calendar import cycle_progress
from lkip_desktop.errors import UserError
from lkip_desktop.ports import Files, Peek
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.sop.model import Record
from lkip_desktop.workflow.state import Attachment, CycleState, replay

SUFFIX = ".lkip"
OLDER = re.compile(r"(.+) \(sebelum versi \d+\)(?: \d+)?")
"""The name of a file as it was before it was brought to a newer format (`db/migrations/run.py` gives it)."""


class CardState(StrEnum):
    """How a cycle stands, as the home screen tells it apart."""

    RUNNING = "running"
    NEAR = "near"
    LATE = "late"
    CLOSED = "closed"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class CycleCard:
    """One cycle file of the work folder. For a file that cannot be read only `path`, `state` and `problem` count.

    `due` is when the current step falls due and `deadline` the last working day by the circular, both local.
    """

    path: Path
    state: CardState
    year: int = 0
    agency: str = ""
    step: int = 0
    steps: int = 0
    title: str = ""
    actor: str = ""
    round: int = 1
    due: datetime | None = None
    deadline: date | None = None
    in_use: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DossierItem:
    """One record of *Pencatatan dan Pendataan*: the files that fill it, and the step and field that ask for it."""

    record: Record
    files: tuple[Attachment, ...]
    step: str
    field: str
    asked: bool

    @property
    def present(self) -> bool:
        return bool(self.files)


def dossier(state: CycleState) -> tuple[DossierItem, ...]:
    """The records in the SOP's order. `asked` says that the step which asks for it has been entered."""
    return tuple(item for record in state.sop.records for item in _item(state, record))


def _item(state: CycleState, record: Record) -> Iterator[DossierItem]:
    for field, (step, form) in state.sop.fields.items():
        if form.record == record.id:
            yield DossierItem(record, state.files(field), step.id, field, bool(state.stays(step.id)))
            return


def cycle_files(folder: Path) -> list[Path]:
    """The files of a folder that are cycles of their own: not the older forms kept beside files brought to date."""
    paths = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    names = {path.name for path in paths}
    return [path for path in paths if (older := OLDER.fullmatch(path.stem)) is None or older[1] + SUFFIX not in names]


def cycle_cards(files: Files, folder: Path, now: datetime) -> tuple[CycleCard, ...]:
    """The cycles of a folder: running ones first, then by year, newest first; unreadable files last."""
    cards = [cycle_card(files.peek(path), now) for path in cycle_files(folder)]
    return tuple(sorted(cards, key=_rank))


def _rank(card: CycleCard) -> tuple[int, int, str]:
    order = {CardState.LATE: 0, CardState.NEAR: 0, CardState.RUNNING: 0, CardState.CLOSED: 1, CardState.BAD: 2}
    return order[card.state], -card.year, card.path.name


def cycle_card(peek: Peek, now: datetime) -> CycleCard:
    """What a peeked file tells. Never raises for a bad file."""
    try:
        return _card(peek, state_of(peek), now)
    except UserError as error:
        return CycleCard(peek.path, CardState.BAD, problem=str(error))


def state_of(peek: Peek) -> CycleState:
    """The state of a peeked file. Raises UserError, with a sentence about the file, when there is none."""
    if peek.problem:
        raise UserError(peek.problem)
    try:
        return replay(parse_sop(peek.sop_text, peek.path.name), peek.events)
    except (KeyError, ValueError, TypeError) as error:
        raise UserError(f"Riwayat “{peek.path.name}” tidak dapat dibaca. Berkas itu tidak diubah.") from error


def _card(peek: Peek, state: CycleState, now: datetime) -> CycleCard:
    progress = cycle_progress(state, now)
    step = state.step
    status = progress.current
    how = CardState.CLOSED
    if status is not None:
        how = CardState.LATE if status.late else CardState.NEAR if status.near else CardState.RUNNING
    return CycleCard(
        path=peek.path,
        state=how,
        year=state.year,
        agency=state.text("agency_short") or state.text("agency_name"),
        step=step.number if step else len(state.sop.steps),
        steps=len(state.sop.steps),
        title=step.title if step else "",
        actor=state.sop.actor_names[step.actor] if step else "",
        round=status.round if status else 1,
        due=status.due if status else None,
        deadline=progress.outlook.effective_deadline if progress.outlook else None,
        in_use=peek.in_use,
    )
