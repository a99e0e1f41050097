"""The label of the *bantex*, for its back: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import LabelLine, Labels, Letter
from lkip_desktop.documents.letter_frame import bare, filled, words
from lkip_desktop.documents.letters.sending import retention

KIND = "archive-label"


def archive_label(snapshot: Snapshot) -> Letter:
    """Two labels of a snapshot to be cut out: for the binder of the papers and for that of the copies."""
    said = words(KIND, snapshot)
    lines = _lines(snapshot, said)
    return bare(KIND, snapshot, (Labels((lines, lines), said["width"], said["height"], centred=True),))


def _lines(snapshot: Snapshot, said: dict[str, Any]) -> tuple[LabelLine, ...]:
    text, agency = snapshot.state.text, snapshot.agency
    return (
        LabelLine(facts.given(agency.government, facts.SHORT_DOTS), 10),
        LabelLine(facts.given(agency.name, facts.SHORT_DOTS), 14, bold=True, after=16),
        LabelLine(said["code"], 10, after=1),
        LabelLine(facts.given(text("archive_code"), facts.SHORT_DOTS), 20, bold=True, after=16),
        LabelLine(filled(said["subject"], snapshot), 15, bold=True, after=3),
        LabelLine(filled(said["year"], snapshot), 24, bold=True, after=16),
        LabelLine(said["place"], 10, after=1),
        LabelLine(facts.given(text("archive_place"), facts.SHORT_DOTS), 14, bold=True, after=16),
        LabelLine(said["retention"].format(**retention(snapshot)), 10),
    )
