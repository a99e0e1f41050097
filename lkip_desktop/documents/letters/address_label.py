"""The address labels of those to whom the report is sent: what they say, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import LabelLine, Labels, Letter
from lkip_desktop.documents.letter_frame import bare, filled, words
from lkip_desktop.documents.letters.cover_letter import addressee
from lkip_desktop.documents.letters.sending import letter_sent, recipients

KIND = "address-label"


def address_label(snapshot: Snapshot) -> Letter:
    """A label for the addressee of the cover letter, and one for each other recipient."""
    said = words(KIND, snapshot)
    to = addressee(snapshot)
    first = _label(snapshot, said, to.lines, to.place)
    others = (name for name in recipients(snapshot) if not _same(name, to.lines))
    rest = (_label(snapshot, said, (name,), to.place) for name in others)
    return bare(KIND, snapshot, (Labels((first, *rest), said["width"], said["height"]),))


def _same(name: str, lines: tuple[str, ...]) -> bool:
    """Whether a recipient is the addressee already, so that nobody gets two labels."""
    return name.casefold() in " ".join(lines).casefold()


def _label(snapshot: Snapshot, said: dict[str, Any], lines: tuple[str, ...], place: str) -> tuple[LabelLine, ...]:
    number = letter_sent(snapshot)["number"]
    return (
        LabelLine(filled(said["from"], snapshot), 9),
        LabelLine(said["number"].format(number=number), 9),
        LabelLine(filled(said["content"], snapshot), 9, after=5),
        LabelLine(said["to"], 12),
        *(LabelLine(line, 12, bold=True) for line in lines),
        LabelLine(said["at"].format(place=place or facts.SHORT_DOTS), 12),
    )
