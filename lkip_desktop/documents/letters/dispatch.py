"""The *Lembar Ekspedisi* on which each receiver signs for what was sent: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Closing, Letter, Signatures, Table, Title
from lkip_desktop.documents.letter_frame import columns, filled, frame, words
from lkip_desktop.documents.letters.sending import clerk, letter_sent

KIND = "dispatch"


def dispatch(snapshot: Snapshot) -> Letter:
    """The sheet of a snapshot: a line for each recipient, with room to sign."""
    said, state = words(KIND, snapshot), snapshot.state
    rows = tuple(_row(snapshot, said, row, n) for n, row in enumerate(state.rows("dispatches"), start=1))
    blank = tuple((f"{n}.", *[""] * 6) for n in range(1, 6))
    parts = (
        facts.letterhead(snapshot),
        Title(said["title"], "", (filled(said["subject"], snapshot).upper(),)),
        Table(columns(said), rows or blank, said["row_height"], said["size"]),
        Closing((Signatures(None, clerk(snapshot, said["signer"])),)),
    )
    return frame(KIND, snapshot, parts)


def _row(snapshot: Snapshot, said: dict[str, Any], row: str, number: int) -> tuple[str, ...]:
    state = snapshot.state
    sent = facts.day_text(snapshot, f"dispatches/{row}/sent", dots="")
    letter = said["letter"].format(**letter_sent(snapshot))
    content = state.cell("dispatches", row, "content") or filled(said["content"], snapshot)
    recipient, way = (state.cell("dispatches", row, column) for column in ("recipient", "way"))
    return f"{number}.", sent, letter, recipient, content, way, ""
