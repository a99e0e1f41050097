"""The *Checklist Reviu* with its 23 statements: what it says, from the cycle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Closing, Letter, Signatures, Table, Title
from lkip_desktop.documents.letter_frame import columns, filled, frame, place_and_date, words
from lkip_desktop.documents.letters.review import Item, items, lead

KIND = "review-checklist"


def review_checklist(snapshot: Snapshot) -> Letter:
    """The checklist of a snapshot. Content: Permenpan RB 53/2014, Lampiran III."""
    said = words(KIND, snapshot)
    rows = tuple(_rows(items(snapshot, said), said))
    signer = lead(snapshot, place_and_date("review-record", snapshot), said["lead"])
    parts = (
        facts.letterhead(snapshot),
        Title(said["title"], "", (filled(said["subject"], snapshot).upper(),)),
        Table(columns(said, centred=(0, 2, 3)), rows, size=said["size"]),
        Closing((Signatures(None, signer),)),
    )
    return frame(KIND, snapshot, parts)


def _rows(found: tuple[Item, ...], said: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """A line for each section, then its statements, numbered anew in each."""
    for section, group in groupby(found, key=lambda item: item.section):
        if section:
            yield (section,)
        for number, item in enumerate(group, start=1):
            yes, no = (said["tick"] if item.answer == said[name] else "" for name in ("yes", "no"))
            note = item.note or (said["not_asked"] if item.answer == said["not_asked"] else "")
            yield f"{number}.", item.statement, yes, no, note
