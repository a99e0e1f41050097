"""The *Pernyataan Telah Direviu* that goes into the report: what it says, from the cycle."""

from __future__ import annotations

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Closing, Letter, Paragraph, Part, Signatures, Title
from lkip_desktop.documents.letter_frame import filled, frame, place_and_date, signatory, words
from lkip_desktop.documents.letters.correspondence import body

KIND = "review-statement"


def review_statement(snapshot: Snapshot) -> Letter:
    """The statement of a snapshot. Text: Permenpan RB 53/2014, Lampiran III."""
    said = words(KIND, snapshot)
    signer = signatory(KIND, snapshot, place_and_date(KIND, snapshot))
    parts: tuple[Part, ...] = (
        facts.letterhead(snapshot),
        Title(said["title"], "", tuple(filled(text, snapshot).upper() for text in said["about"])),
        *body(said["texts"], snapshot),
        Closing((Paragraph(filled(said["closing"], snapshot), body=True), Signatures(None, signer))),
    )
    return frame(KIND, snapshot, parts)
