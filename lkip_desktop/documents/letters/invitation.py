"""The *Surat Undangan* to the final meeting: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import (
    Annex,
    Closing,
    CopiesTo,
    Letter,
    Paragraph,
    Part,
    Particulars,
    Signatures,
    Table,
    Title,
)
from lkip_desktop.documents.letter_frame import columns, day_text, filled, frame, number, signatory, words
from lkip_desktop.documents.letters import meeting
from lkip_desktop.documents.letters.correspondence import body, letter_head

KIND = "invitation"
# So many guests stand in the letter itself; more are listed in an annex.
IN_LETTER = 5


def invitation(snapshot: Snapshot) -> Letter:
    """The invitation of a snapshot: to whom the form names, else to the participants of the meeting."""
    said = words(KIND, snapshot)
    guests = meeting.participants(snapshot)
    named = facts.lines(snapshot.state.text("invitation_addressee"))
    listed = not named and len(guests) > IN_LETTER
    enclosed = said["enclosed"] if listed else said["nothing"]
    to = (said["listed"],) if listed else named or _numbered(guests) or (facts.DOTS,)
    head = letter_head(KIND, snapshot, said, to, snapshot.state.text("invitation_nature") or said["nature"], enclosed)
    told = (*meeting.particulars(snapshot, said, until=said["until"]), meeting.agenda(snapshot, said))
    parts = (
        *head,
        *body(said["texts"], snapshot),
        Particulars(told, indented=True),
        Paragraph(""),
        _closing(snapshot, said),
        *(_annex(snapshot, said, guests) if listed else ()),
    )
    return frame(KIND, snapshot, parts)


def _numbered(guests: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    names = tuple(name if not position else f"{name} ({position})" for name, position in guests)
    return names if len(names) == 1 else tuple(f"{n}. {name}" for n, name in enumerate(names, start=1))


def _closing(snapshot: Snapshot, said: dict[str, Any]) -> Closing:
    copies = facts.lines(snapshot.state.text("invitation_copies_to"))
    last = Paragraph(filled(said["closing"], snapshot), body=True)
    parts = (last, Signatures(None, signatory(KIND, snapshot)))
    return Closing((*parts, CopiesTo(said["copies"], copies)) if copies else parts)


def _annex(snapshot: Snapshot, said: dict[str, Any], guests: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    rows = ((said["number_label"], number(KIND, snapshot)), (said["date_label"], day_text(KIND, snapshot)))
    table = Table(columns(said), tuple((f"{n}.", *guest) for n, guest in enumerate(guests, start=1)))
    closing = Closing((Signatures(None, signatory(KIND, snapshot)),))
    return (Annex((said["annex"],), rows), Title(said["annex_title"]), table, closing)
