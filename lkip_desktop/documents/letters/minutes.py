"""The *Laporan Hasil Rapat* (minutes) of the final meeting: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import (
    Closing,
    Heading,
    Letter,
    Paragraph,
    Part,
    Particulars,
    Signatures,
    Table,
    Title,
)
from lkip_desktop.documents.letter_facts import recipient
from lkip_desktop.documents.letter_frame import columns, filled, frame, named, signatory, words
from lkip_desktop.documents.letters import meeting
from lkip_desktop.words import count

KIND = "minutes"


def minutes(snapshot: Snapshot) -> Letter:
    """The minutes of a snapshot, with dotted lines for what is not written yet."""
    said, state = words(KIND, snapshot), snapshot.state
    talk = facts.lines(state.text("meeting_discussion")) or (facts.DOTS * 4,)
    decisions = tuple(
        (f"{n}.", *(state.cell("meeting_decisions", row, column) for column in ("chapter", "decision")))
        for n, row in enumerate(state.rows("meeting_decisions"), start=1)
    )
    parts: tuple[Part, ...] = (
        facts.letterhead(snapshot),
        Title(said["title"]),
        Particulars(_told(snapshot, said)),
        Paragraph(""),
        Heading(said["discussion"]),
        *(Paragraph(text, body=True) for text in talk),
        Heading(said["decisions"]),
        Table(columns(said), decisions or (("1.", facts.SHORT_DOTS, facts.DOTS),)),
        _closing(snapshot, said),
    )
    return frame(KIND, snapshot, parts)


def _told(snapshot: Snapshot, said: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    text, present = snapshot.state.text, len(meeting.participants(snapshot))
    value = said["present_value"].format(count=count(said["person"], present)) if present else facts.SHORT_DOTS
    return (
        meeting.agenda(snapshot, said),
        *meeting.particulars(snapshot, said),
        (said["chair"], facts.given(text("meeting_chair"))),
        (said["secretary"], facts.given(text("meeting_secretary"))),
        (said["present"], value),
    )


def _closing(snapshot: Snapshot, said: dict[str, Any]) -> Closing:
    text = snapshot.state.text
    chair, secretary = text("meeting_chair"), text("meeting_secretary")
    signatures = Signatures(
        named(secretary, meeting.nip_of(snapshot, secretary), said["secretary_signs"]),
        signatory(KIND, snapshot, said["chair_signs"])
        if snapshot.issue
        else named(chair, meeting.nip_of(snapshot, chair), said["chair_signs"]),
    )
    last = filled(said["closing"], snapshot, reader=facts.given(recipient(KIND, snapshot)))
    return Closing((Paragraph(last, body=True), signatures))
