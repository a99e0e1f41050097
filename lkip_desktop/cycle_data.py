"""Typed views of a cycle's values: the agency, its officials, indicators and budget. Names fields in one place."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TypeVar

from lkip_desktop.performance.model import BudgetLine, Indicator
from lkip_desktop.workflow.events import Event
from lkip_desktop.workflow.state import Attachment, CycleState, Signer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency as its letterhead and reports name it. `logo` is the SHA-256 of the newest logo, or empty."""

    government: str
    name: str
    short: str
    address: str
    contact: str
    city: str
    report_title: str
    report_abbreviation: str
    paper: str
    logo: str


@dataclass(frozen=True, slots=True)
class Official:
    """A pejabat. `role` is an actor id, or empty; `since` and `until` are ISO dates or empty."""

    id: str
    role: str
    name: str
    nip: str
    rank: str
    position: str
    status: str
    since: str
    until: str

    @property
    def title(self) -> str:
        """The position with its authority: ``Plt. Inspektur``; a definitif one is named plainly."""
        return self.position if self.status in ("", "definitif") else f"{self.status} {self.position}"

    def serves(self, day: date) -> bool:
        """Whether the official holds the position on a day; open ends count as always."""
        iso = day.isoformat()
        return (not self.since or self.since <= iso) and (not self.until or iso <= self.until)


@dataclass(frozen=True, slots=True)
class Issue:
    """What a letter gets when it is issued, in place of what the form says.

    `head` is the history's head as printed (8 hex digits), `qr` the text of the QR code at the foot (empty: none),
    `replaces` the words of a correction (*menggantikan versi 1, nomor …*) or empty.
    """

    number: str
    date: date
    signer: Signer
    head: str
    qr: str = ""
    replaces: str = ""


@dataclass(frozen=True)
class Snapshot:
    """What a document is made from: the frozen state, the letterhead's logo, and the day it is made (local).

    `subject` is the row id of the one addressed, for a letter that goes to each row of a table (without it, all are
    made, one after the other); `issue` is given while a letter is issued, a draft has none. `events` are the whole
    history.
    """

    state: CycleState
    logo: bytes | None
    today: date
    subject: str = ""
    issue: Issue | None = None
    events: tuple[Event, ...] = ()
    pictures: Mapping[int, bytes] = field(default_factory=dict)
    style: bytes | None = None

    @property
    def agency(self) -> Agency:
        return agency(self.state)

    def official(self, path: str) -> Official | None:
        """The official chosen in a field, or None."""
        chosen = self.state.text(path)
        return next((o for o in officials(self.state) if o.id == chosen), None)


def agency(state: CycleState) -> Agency:
    logos = state.files("agency_logo")
    return Agency(
        government=state.text("agency_government"),
        name=state.text("agency_name"),
        short=state.text("agency_short") or state.text("agency_name"),
        address=state.text("agency_address"),
        contact=state.text("agency_contact"),
        city=state.text("agency_city"),
        report_title=state.text("report_title") or "Laporan Kinerja Instansi Pemerintah",
        report_abbreviation=state.text("report_abbreviation") or "LKIP",
        paper=state.text("paper") or "A4",
        logo=logos[-1].sha256 if logos else "",
    )


def shown_pictures(state: CycleState) -> tuple[Attachment, ...]:
    """The attachments that texts of the report show: ``![caption](berkas:ID)``."""
    texts = (value for value in state.values.values() if isinstance(value, str) and "](berkas:" in value)
    wanted = {int(number) for text in texts for number in re.findall(r"\]\(berkas:([0-9]{1,18})\)", text)}
    return tuple(a for a in state.attachments if a.id in wanted and not a.removed and a.media_type.startswith("image/"))


def officials(state: CycleState) -> tuple[Official, ...]:
    return table(state, "officials", Official)


def serving(state: CycleState, role: str, day: date) -> Official | None:
    """Who holds a role on a day: an acting official (Plt., Plh., Pj.) goes before the definitif one."""
    held = [o for o in officials(state) if o.role == role and o.serves(day)]
    return next((o for o in held if o.status not in ("", "definitif")), held[0] if held else None)


def indicators(state: CycleState) -> tuple[Indicator, ...]:
    return table(state, "indicators", Indicator)


def budget(state: CycleState) -> tuple[BudgetLine, ...]:
    return table(state, "budget", BudgetLine)


def table(state: CycleState, path: str, kind: type[T]) -> tuple[T, ...]:
    """A table's rows as dataclasses whose fields are named like its columns, with `id` the row's."""
    return tuple(table_row(state, path, row, kind) for row in state.rows(path))


def table_row(state: CycleState, path: str, row: str, kind: type[T]) -> T:
    """One row of a table."""
    make: Callable[..., T] = kind
    before, text = f"{path}/{row}/", state.text
    return make(row, *(text(before + column) for column in _columns(make)))


@cache
def _columns(kind: Callable[..., object]) -> tuple[str, ...]:
    return tuple(name for name in inspect.signature(kind).parameters if name != "id")
