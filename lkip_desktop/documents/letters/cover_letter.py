"""The *Surat Pengantar* that goes with the report: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import (
    Addressee,
    Closing,
    CopiesTo,
    DateLine,
    Letter,
    Paragraph,
    Signatory,
    Signatures,
    Table,
    Title,
)
from lkip_desktop.documents.letter_frame import columns, frame, number, place_and_date, signatory, words

KIND = "cover-letter"


def cover_letter(snapshot: Snapshot) -> Letter:
    """The letter of a snapshot. Layout: Permendagri 1/2023, naskah dinas *surat pengantar*."""
    said = words(KIND, snapshot)
    parts = (
        facts.letterhead(snapshot),
        DateLine(place_and_date(KIND, snapshot)),
        addressee(snapshot),
        Title(said["title"], said["number"].format(number=number(KIND, snapshot))),
        enclosures(snapshot, said),
        _closing(snapshot, said),
    )
    return frame(KIND, snapshot, parts)


def addressee(snapshot: Snapshot, indent: float = 0) -> Addressee:
    """To whom the report goes, without the *Yth.* that a clerk may have typed."""
    found = facts.lines(snapshot.state.text("letter_addressee"))
    without_title = tuple(line.removeprefix("Yth.").strip() for line in found)
    return Addressee(without_title or (facts.DOTS,), facts.given(snapshot.state.text("letter_place")), indent)


def enclosures(snapshot: Snapshot, said: dict[str, Any]) -> Table:
    """The table of what is sent: number, item, how many, remark."""
    state = snapshot.state
    rows = tuple(
        (
            f"{number}.",
            state.cell("letter_rows", row, "item"),
            facts.amount(state.cell("letter_rows", row, "amount"), state.cell("letter_rows", row, "unit")),
            state.cell("letter_rows", row, "note"),
        )
        for number, row in enumerate(state.rows("letter_rows"), start=1)
    )
    return Table(columns(said), rows or (("1.", facts.SHORT_DOTS, "", ""),))


def _closing(snapshot: Snapshot, said: dict[str, Any]) -> Closing:
    """The half that the receiver fills in by hand, beside the sender's signature, and the copies."""
    sender = signatory(KIND, snapshot, said["sender"])
    by_hand = (f"NIP {facts.DOTS}", said["phone"].format(number=facts.SHORT_DOTS))
    receiver = Signatory((said["receiver"], facts.DOTS), f"({facts.DOTS})", by_hand)
    copies = facts.lines(snapshot.state.text("letter_copies_to"))
    received = Paragraph(said["received"].format(date=facts.DOTS))
    signatures = Signatures(receiver, sender)
    return Closing((received, signatures, CopiesTo(said["copies"], copies)) if copies else (received, signatures))
