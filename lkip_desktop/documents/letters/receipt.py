"""The *Tanda Terima* that the receiver of the report signs: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Closing, Letter, Paragraph, Particulars, Signatory, Signatures, Title
from lkip_desktop.documents.letter_frame import day_text, frame, signatory, words
from lkip_desktop.documents.letters.cover_letter import enclosures

KIND = "receipt"


def receipt(snapshot: Snapshot) -> Letter:
    """The receipt of a snapshot: filled as far as the hand-over is recorded, else with dotted lines."""
    said = words(KIND, snapshot)
    closing = Closing(
        (
            Particulars(_particulars(snapshot, said)),
            Paragraph(""),
            Paragraph(said["closing"]),
            Signatures(_taker(snapshot, said), signatory(KIND, snapshot, said["giver"])),
        )
    )
    parts = (
        facts.letterhead(snapshot),
        Title(said["title"]),
        Paragraph(_opening(snapshot, said)),
        enclosures(snapshot, said),
        closing,
    )
    return frame(KIND, snapshot, parts)


def _opening(snapshot: Snapshot, said: dict[str, Any]) -> str:
    """Who gives and who takes; the addressee is the receiving actor of the SOP when no letter names one."""
    named = facts.lines(snapshot.state.text("letter_addressee"))
    step = next((step for step in snapshot.state.sop.steps if step.receiver), None)
    receiver = snapshot.state.sop.actor_names[step.receiver] if step else facts.DOTS
    agency = facts.given(snapshot.agency.short)
    return str(said["opening"]).format(agency=agency, addressee=" ".join(named) or receiver)


def _particulars(snapshot: Snapshot, said: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    letter = said["letter_value"].format(
        number=facts.given(snapshot.state.text("letter_number")),
        date=facts.day_text(snapshot, "letter_date", dots=facts.SHORT_DOTS),
    )
    time = snapshot.state.text("received_time")
    zone = snapshot.state.text("time_zone")
    return (
        (said["letter"], letter),
        (said["day"], day_text(KIND, snapshot, weekday=True)),
        (said["time"], f"{time} {zone}".strip() if time else facts.SHORT_DOTS),
    )


def _taker(snapshot: Snapshot, said: dict[str, Any]) -> Signatory:
    text = snapshot.state.text
    below = facts.nip(text("receiver_nip")) or f"NIP {facts.SHORT_DOTS}"
    name = facts.given(text("receiver_name"), f"({facts.DOTS})")
    return Signatory((said["taker"], facts.given(text("receiver_position"))), name, (below,))
