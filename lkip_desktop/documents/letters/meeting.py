"""What the invitation, the attendance list and the minutes say of a meeting, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter_frame import filled


def particulars(snapshot: Snapshot, said: dict[str, Any], *, until: str = "{time}") -> tuple[tuple[str, str], ...]:
    """Day, time and place with their labels."""
    state = snapshot.state
    time, zone = state.text("meeting_time"), state.text("time_zone")
    clock = until.format(time=f"{time} {zone}".strip()) if time else facts.SHORT_DOTS
    return (
        (said["day"], facts.day_text(snapshot, "meeting_date", weekday=True)),
        (said["time"], clock),
        (said["where"], facts.given(state.text("meeting_place"))),
    )


def agenda(snapshot: Snapshot, said: dict[str, Any]) -> tuple[str, str]:
    """What the meeting is for, with its label."""
    own = snapshot.state.text("meeting_agenda").strip()
    return said["agenda"], own or filled(said["usual_agenda"], snapshot)


def participants(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """Name and position of each."""
    state = snapshot.state
    rows = state.rows("meeting_participants")
    return tuple((state.cell("meeting_participants", r, "name"), _position(snapshot, r)) for r in rows)


def _position(snapshot: Snapshot, row: str) -> str:
    return snapshot.state.cell("meeting_participants", row, "position")


def nip_of(snapshot: Snapshot, name: str) -> str:
    """The NIP of the official of that name, for a signature; empty when the profile does not know it."""
    state = snapshot.state
    same = (row for row in state.rows("officials") if state.cell("officials", row, "name").strip() == name.strip())
    row = next(same, "") if name.strip() else ""
    return state.cell("officials", row, "nip") if row else ""
