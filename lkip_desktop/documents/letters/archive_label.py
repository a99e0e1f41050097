"""The label of the *bantex*, back and front: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import LabelLine, Labels, Letter
from lkip_desktop.documents.letter_frame import filled, frame, words
from lkip_desktop.documents.letters.sending import retention

KIND = "archive-label"


def archive_label(snapshot: Snapshot) -> Letter:
    """Two labels of a snapshot to be cut out: for the back of the binder and, wider lines, for another binder."""
    said = words(KIND, snapshot)
    lines = _lines(snapshot, said)
    return frame(KIND, snapshot, (Labels((lines, lines), said["width"], said["height"], centred=True),))


def _lines(snapshot: Snapshot, said: dict[str, Any]) -> tuple[LabelLine, ...]:
    text, agency = snapshot.state.text, snapshot.agency
    gap = LabelLine(" ", 12)
    return (
        LabelLine(facts.given(agency.government, facts.SHORT_DOTS), 9),
        LabelLine(facts.given(agency.name, facts.SHORT_DOTS), 12, bold=True),
        gap,
        LabelLine(said["code"], 9),
        LabelLine(facts.given(text("archive_code"), facts.SHORT_DOTS), 16, bold=True),
        gap,
        LabelLine(filled(said["subject"], snapshot), 13, bold=True),
        LabelLine(filled(said["year"], snapshot), 26, bold=True),
        gap,
        LabelLine(said["place"], 9),
        LabelLine(facts.given(text("archive_place"), facts.SHORT_DOTS), 13, bold=True),
        gap,
        LabelLine(said["retention"].format(**retention(snapshot)), 10),
    )
