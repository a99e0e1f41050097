"""The envelope of the cover letter: what it says, from the cycle."""

from __future__ import annotations

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Letter, Paragraph
from lkip_desktop.documents.letter_frame import bare, words
from lkip_desktop.documents.letters.cover_letter import addressee
from lkip_desktop.documents.letters.sending import letter_sent

KIND = "envelope"


def envelope(snapshot: Snapshot) -> Letter:
    """The envelope of a snapshot: kop, number, addressee at the right. Layout: Permendagri 1/2023, *amplop*."""
    said = words(KIND, snapshot)
    number = Paragraph(said["number"].format(number=letter_sent(snapshot)["number"]))
    return bare(KIND, snapshot, (facts.letterhead(snapshot), number, addressee(snapshot, said["indent"])))
