"""The address labels of the letters before the report is sent, to units and guests: what they say, from the cycle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import LabelLine, Labels, Letter
from lkip_desktop.documents.letter_facts import LETTER_FACTS, about, recipient, subjects
from lkip_desktop.documents.letter_frame import bare, filled, words
from lkip_desktop.documents.letters import meeting

KIND = "letter-labels"
FIRST = "data-request"
_NUMBERED = re.compile(r"^[0-9]+[.)]\s*")


@dataclass(frozen=True, slots=True)
class _Sent:
    """One envelope: to whom, in whose care, and the letter inside."""

    to: str
    care: str
    number: str
    content: str


def letter_labels(snapshot: Snapshot) -> Letter:
    """A label for every addressee of each issued letter but the cover letter; of the data request while none is."""
    said = words(KIND, snapshot)
    sent = tuple(_issued(snapshot)) or tuple(_to(FIRST, row, snapshot) for row in subjects(FIRST, snapshot))
    nobody = (_Sent(facts.DOTS, "", facts.SHORT_DOTS, facts.SHORT_DOTS),)
    drawn = tuple(_label(snapshot, said, one) for one in sent or nobody)
    return bare(KIND, snapshot, (Labels(drawn, said["width"], said["height"]),))


def _issued(snapshot: Snapshot) -> Iterator[_Sent]:
    newest = {(letter.kind, letter.subject): letter for letter in snapshot.state.letters}
    for (kind, subject), letter in newest.items():
        known = LETTER_FACTS.get(kind)
        if known is None or not known.numbered or kind == "cover-letter":
            continue
        if known.table:
            yield replace(_to(kind, subject, snapshot), to=letter.recipient, number=letter.number)
        elif known.addressee:
            for guest in _guests(snapshot, known.addressee):
                yield _Sent(guest, "", letter.number, about(kind, snapshot))


def _to(kind: str, subject: str, snapshot: Snapshot) -> _Sent:
    state, known = snapshot.state, LETTER_FACTS[kind]
    number = facts.given(state.text(known.number), facts.SHORT_DOTS)
    unit = recipient(kind, replace(snapshot, subject=subject))
    return _Sent(facts.given(unit), state.cell(known.table, subject, "person").strip(), number, about(kind, snapshot))


def _guests(snapshot: Snapshot, field: str) -> Iterator[str]:
    """Those whom the field names, a line each without its number; else the participants of the meeting."""
    named = [_NUMBERED.sub("", line) for line in facts.lines(snapshot.state.text(field))]
    yield from named or (", ".join(filter(None, guest)) for guest in meeting.participants(snapshot))


def _label(snapshot: Snapshot, said: dict[str, str], one: _Sent) -> tuple[LabelLine, ...]:
    care = (LabelLine(said["person"].format(person=one.care), 12),) if one.care else ()
    return (
        LabelLine(filled(said["from"], snapshot), 9),
        LabelLine(said["number"].format(number=one.number), 9),
        LabelLine(said["content"].format(content=one.content), 9, after=5),
        LabelLine(said["to"], 12),
        LabelLine(one.to, 12, bold=True),
        *care,
        LabelLine(said["at"].format(place=said["place"]), 12),
    )
