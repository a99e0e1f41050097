"""The *Lembar Disposisi* with which the head passes the circular on: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Box, Choices, Form, Letter, Paragraph, Particulars, Signatures, Title
from lkip_desktop.documents.letter_frame import frame, place_and_date, signatory, words

KIND = "disposition"
NOTE_HEIGHT = 80
BLANK_LINES = 4


def disposition(snapshot: Snapshot) -> Letter:
    """The sheet of a snapshot; choices that the SOP does not offer are left as dotted lines to write on."""
    said = words(KIND, snapshot)
    return frame(KIND, snapshot, (facts.letterhead(snapshot), Title(said["title"]), Form(_rows(snapshot, said))))


def _rows(snapshot: Snapshot, words: dict[str, Any]) -> tuple[tuple[Box, ...], ...]:
    note = snapshot.state.text("disposition_note").strip()
    return (
        (_letter(snapshot, words),),
        (_received(snapshot, words), _agenda(snapshot, words)),
        (Box((_choices(snapshot, "circular_nature", beside=4),), words["nature"]),),
        (
            Box((_choices(snapshot, "disposition_to"),), words["forwarded"]),
            Box((_choices(snapshot, "disposition_order"),), words["order"]),
        ),
        (Box((Paragraph(note),), words["note"], NOTE_HEIGHT),),
        (Box((Signatures(None, signatory(KIND, snapshot, place_and_date(KIND, snapshot))),)),),
    )


def _letter(snapshot: Snapshot, words: dict[str, Any]) -> Box:
    rows = (
        (words["sender"], _text(snapshot, "circular_sender")),
        (words["number"], _text(snapshot, "circular_number")),
        (words["date"], facts.day_text(snapshot, "circular_date", dots=facts.SHORT_DOTS)),
        (words["subject"], _text(snapshot, "circular_subject")),
    )
    return Box((Particulars(rows),))


def _received(snapshot: Snapshot, words: dict[str, Any]) -> Box:
    rows = (
        (words["received"], facts.day_text(snapshot, "circular_received", dots=facts.SHORT_DOTS)),
        (words["deadline"], facts.day_text(snapshot, "circular_deadline", dots=facts.SHORT_DOTS)),
    )
    return Box((Particulars(rows),))


def _agenda(snapshot: Snapshot, words: dict[str, Any]) -> Box:
    return Box((Particulars(((words["agenda"], _text(snapshot, "circular_agenda")),)),))


def _text(snapshot: Snapshot, path: str) -> str:
    return facts.given(snapshot.state.text(path), facts.SHORT_DOTS)


def _choices(snapshot: Snapshot, path: str, beside: int = 1) -> Choices | Paragraph:
    """The boxes of a choice field, with what was chosen ticked, also when the SOP no longer offers it."""
    offered = snapshot.state.sop.fields.get(path)
    choices = offered[1].choices if offered else ()
    chosen = facts.lines(snapshot.state.text(path))
    options = dict.fromkeys((*choices, *chosen))
    if not options:
        return Paragraph("\n".join([facts.DOTS] * (BLANK_LINES if beside == 1 else 1)))
    return Choices(tuple((option, option in chosen) for option in options), beside)
