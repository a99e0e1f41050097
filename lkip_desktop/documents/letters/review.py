"""Who reviewed the report and what the checklist answers, for the three letters of the review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.letter import Signatory
from lkip_desktop.documents.letter_frame import named

TEAM, ITEMS = "review_team", "review_items"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A member of the review team."""

    name: str
    nip: str
    position: str
    duty: str


@dataclass(frozen=True, slots=True)
class Item:
    """A statement of the checklist under its section, with the answer given (or empty)."""

    section: str
    statement: str
    answer: str = ""
    note: str = ""


def reviewers(snapshot: Snapshot) -> tuple[Reviewer, ...]:
    state = snapshot.state
    columns = ("name", "nip", "position", "duty")
    return tuple(Reviewer(*(state.cell(TEAM, row, column) for column in columns)) for row in state.rows(TEAM))


def items(snapshot: Snapshot, said: dict[str, Any]) -> tuple[Item, ...]:
    """The rows of the form, or the statements of Permenpan RB 53/2014, Lampiran III, without an answer."""
    state = snapshot.state
    columns = ("section", "statement", "answer", "note")
    rows = tuple(Item(*(state.cell(ITEMS, row, column) for column in columns)) for row in state.rows(ITEMS))
    return rows or tuple(Item(part["title"], text) for part in said["sections"] for text in part["items"])


def lead(snapshot: Snapshot, *above: str) -> Signatory:
    """Who signs for the review team: its first member."""
    first = next(iter(reviewers(snapshot)), Reviewer("", "", "", ""))
    return named(first.name, first.nip, *above)
