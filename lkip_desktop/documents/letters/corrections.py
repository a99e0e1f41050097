"""The *Lembar Koreksi* of the draft: what it says, from the cycle."""

from __future__ import annotations

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Closing, Letter, Paragraph, Particulars, Signatures, Table, Title
from lkip_desktop.documents.letter_frame import (
    columns,
    day_text,
    filled,
    frame,
    place_and_date,
    signatory,
    words,
)

KIND = "corrections"


def corrections(snapshot: Snapshot) -> Letter:
    """The sheet of a snapshot: every correction with whether it is settled, or empty rows to write on."""
    said, state = words(KIND, snapshot), snapshot.state
    done = [state.cell(KIND, row, "settled") == "ya" for row in state.rows(KIND)]
    rows = tuple(
        (
            f"{n}.",
            state.cell(KIND, row, "section"),
            state.cell(KIND, row, "remark"),
            said["settled"] if settled else said["open"],
        )
        for n, (row, settled) in enumerate(zip(state.rows(KIND), done, strict=True), start=1)
    )
    blank = tuple((f"{n}.", "", "", "") for n in range(1, said["blank_rows"] + 1))
    told = (
        (said["round"], str(_rounds(snapshot))),
        (said["day"], day_text(KIND, snapshot)),
        (said["count"], said["count_value"].format(all=len(done), settled=sum(done)) if done else facts.SHORT_DOTS),
    )
    signer = signatory(KIND, snapshot, place_and_date(KIND, snapshot))
    parts = (
        facts.letterhead(snapshot),
        Title(said["title"], "", (filled(said["subject"], snapshot).upper(),)),
        Particulars(told),
        Paragraph(""),
        Table(columns(said, centred=(0, 3)), rows or blank, row_height=0 if rows else 11),
        Closing((Paragraph(said["onward" if done and all(done) else "back"]), Signatures(None, signer))),
    )
    return frame(KIND, snapshot, parts)


def _rounds(snapshot: Snapshot) -> int:
    """How often the draft has come to the step of the corrections, at least once."""
    found = snapshot.state.sop.fields.get(KIND)
    return max(1, len(snapshot.state.stays(found[0].id))) if found else 1
