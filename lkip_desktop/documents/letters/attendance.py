"""The *Daftar Hadir* of the final meeting: what it says, from the cycle."""

from __future__ import annotations

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Closing, Letter, Paragraph, Particulars, Signatures, Table, Title
from lkip_desktop.documents.letter_frame import columns, frame, named, words
from lkip_desktop.documents.letters import meeting

KIND = "attendance"
# A space that stays at the beginning of a line.
FIRM = "\N{NO-BREAK SPACE}"


def attendance(snapshot: Snapshot) -> Letter:
    """The list of a snapshot, with empty rows when nobody is named yet; signatures alternate left and right."""
    said = words(KIND, snapshot)
    people = meeting.participants(snapshot) or (("", ""),) * said["blank_rows"]
    rows = tuple((f"{n}.", *person, _space(n)) for n, person in enumerate(people, start=1))
    chair = snapshot.state.text("meeting_chair")
    told = (meeting.agenda(snapshot, said), *meeting.particulars(snapshot, said))
    parts = (
        facts.letterhead(snapshot),
        Title(said["title"]),
        Particulars(told),
        Paragraph(""),
        Table(columns(said), rows, row_height=said["row_height"]),
        Closing((Signatures(None, named(chair, meeting.nip_of(snapshot, chair), said["chair"])),)),
    )
    return frame(KIND, snapshot, parts)


def _space(number: int) -> str:
    """Where to sign: at the left for odd numbers, further right for even ones, so that signatures do not collide."""
    return f"{'' if number % 2 else FIRM * 18}{number}.{FIRM}{'.' * 12}"
