"""The *Daftar Arsip* of the cycle's papers: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Closing, Letter, Paragraph, Particulars, Signatures, Table, Title
from lkip_desktop.documents.letter_frame import (
    columns,
    day,
    filled,
    frame,
    place_and_date,
    role_signatory,
    signatory,
    words,
)
from lkip_desktop.documents.letters.sending import letter_sent, retention
from lkip_desktop.overview import dossier

KIND = "archive-list"
COLUMNS = ("code", "description", "period", "amount", "stage", "box", "note")


def archive_list(snapshot: Snapshot) -> Letter:
    """The list of a snapshot: the rows of the form, else the records of the dossier that are there."""
    said, state = words(KIND, snapshot), snapshot.state
    kept = retention(snapshot)
    # In the middle of a sentence.
    kept["fate"] = kept["fate"].lower()
    told = (
        (said["code"], facts.given(state.text("archive_code"), facts.SHORT_DOTS)),
        (said["place"], facts.given(state.text("archive_place"))),
        (said["retention"], said["retention_value"].format(**kept)),
    )
    parts = (
        facts.letterhead(snapshot),
        Title(said["title"], "", (filled(said["subject"], snapshot).upper(),)),
        Particulars(told),
        Paragraph(""),
        Table(columns(said), _rows(snapshot, said), size=said["size"]),
        Closing((_signatures(snapshot, said),)),
    )
    return frame(KIND, snapshot, parts)


def _rows(snapshot: Snapshot, said: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    state = snapshot.state
    typed = [[state.cell("archive_rows", row, column) for column in COLUMNS] for row in state.rows("archive_rows")]
    found = typed or list(_known(snapshot, said)) or [[""] * len(COLUMNS)] * 8
    return tuple((f"{n}.", *cells) for n, cells in enumerate(found, start=1))


def _known(snapshot: Snapshot, said: dict[str, Any]) -> list[list[str]]:
    """A row for each record that has files, and one for the cover letter once it has a number."""
    state = snapshot.state
    archived = day(KIND, snapshot)
    code, year = state.text("archive_code"), str(archived.year if archived else state.year + 1)
    kept = [(item.record.text.clean, len(item.files)) for item in dossier(state) if item.files]
    letter = letter_sent(snapshot)["number"]
    if letter.strip("."):
        kept.append((said["letter_row"].format(number=letter), 1))
    return [[code, name, year, f"{many} {said['unit']}", said["copy"], "", ""] for name, many in kept]


def _signatures(snapshot: Snapshot, said: dict[str, Any]) -> Signatures:
    """The clerk who keeps the archive at the right; who knows of it, the next role below the head, at the left."""
    head = facts.head_role(snapshot)
    second = next((actor.id for actor in snapshot.state.sop.actors if actor.id != head), head)
    known = role_signatory(snapshot, second, snapshot.today, "", said["known"])
    return Signatures(known, signatory(KIND, snapshot, place_and_date(KIND, snapshot), said["manager"]))
