"""How long a cycle's archive is kept, and which cycles of a folder have reached the end of a term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from lkip_desktop.errors import UserError
from lkip_desktop.overview import cycle_files, state_of
from lkip_desktop.ports import Files
from lkip_desktop.workflow.state import CycleState

CODE, ACTIVE, INACTIVE, FATE = "000.8.6.3", 2, 3, "Musnah"
"""What counts where the form says nothing: the schedule for code 000.8.6.3 (active 2, inactive 3 years, destroy)."""

_MOST_YEARS = 100


class Phase(StrEnum):
    """Where an archive stands in its retention."""

    RUNNING = "berjalan"
    ACTIVE = "aktif"
    INACTIVE = "inaktif"
    OVER = "habis"


@dataclass(frozen=True, slots=True)
class Retention:
    """The terms of one cycle, both days included; without `closed` they count from the day on which it is asked."""

    year: int
    code: str
    active_until: date
    inactive_until: date
    fate: str
    closed: bool

    def phase(self, day: date) -> Phase:
        if not self.closed:
            return Phase.RUNNING
        if day <= self.active_until:
            return Phase.ACTIVE
        return Phase.INACTIVE if day <= self.inactive_until else Phase.OVER


@dataclass(frozen=True, slots=True)
class Reminder:
    """A cycle file of a folder with its terms and where it stands."""

    path: Path
    retention: Retention
    phase: Phase

    @property
    def due(self) -> bool:
        """Whether its fate is to be decided now."""
        return self.phase is Phase.OVER


def retention(state: CycleState, day: date) -> Retention:
    """The terms of a cycle: whole years after the one in which it was archived, or closed, or that of `day`.

    Source: retention is counted from the end of the year in which the file is closed.
    """
    begun = _archived(state)
    year = (begun or day).year
    active, inactive = _years(state.text("archive_active"), ACTIVE), _years(state.text("archive_inactive"), INACTIVE)
    return Retention(
        state.year,
        state.text("archive_code") or CODE,
        date(year + active, 12, 31),
        date(year + active + inactive, 12, 31),
        state.text("archive_fate") or FATE,
        begun is not None,
    )


def reminders(files: Files, folder: Path, day: date) -> tuple[Reminder, ...]:
    """The cycles of a folder, those first whose retention ends first; unreadable ones stay out."""
    found = []
    for path in cycle_files(folder):
        try:
            terms = retention(state_of(files.peek(path)), day)
        except UserError:
            continue
        found.append(Reminder(path, terms, terms.phase(day)))
    return tuple(sorted(found, key=lambda one: (one.phase is Phase.RUNNING, one.retention.inactive_until, one.path)))


def _archived(state: CycleState) -> date | None:
    """When the file was closed: the day of the archive list in a closed cycle, else the day it ended."""
    last = state.visits[-1].left
    if last is None:
        return None
    try:
        return date.fromisoformat(state.text("archive_date"))
    except ValueError:
        return last.date()


def _years(text: str, usual: int) -> int:
    return min(int(text), _MOST_YEARS) if text.isascii() and text.isdecimal() and len(text) < 6 else usual
