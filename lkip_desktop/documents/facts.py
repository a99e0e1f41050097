"""What documents ask of a snapshot: values ready to print, dotted lines for what is not known, and who signs."""

from __future__ import annotations

from datetime import date

from lkip_desktop.cycle_data import Official, Snapshot, serving
from lkip_desktop.documents.letter import Letterhead, Signatory
from lkip_desktop.values import show_nip
from lkip_desktop.words import count, full_date, long_date

DOTS = "." * 30
SHORT_DOTS = "." * 16


def given(text: str, dots: str = DOTS) -> str:
    """The text, or a dotted line to be filled in by hand."""
    return text.strip() or dots


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def day(snapshot: Snapshot, path: str) -> date | None:
    """The date kept at a path; None when there is none or it is not one."""
    try:
        return date.fromisoformat(snapshot.state.text(path))
    except ValueError:
        return None


def day_text(snapshot: Snapshot, path: str, *, weekday: bool = False, dots: str = DOTS) -> str:
    """``15 Februari 2027``, with the weekday before it if wanted, or a dotted line."""
    found = day(snapshot, path)
    if found is None:
        return dots
    return full_date(found) if weekday else long_date(found)


def iso_text(day: str) -> str:
    """``15 Februari 2027`` for an ISO date."""
    return long_date(date.fromisoformat(day))


def amount(text: str, unit: str) -> str:
    """``2 (dua) eksemplar``; what is not a whole number stays as it was typed."""
    digits = text.strip()
    if digits.isascii() and digits.isdecimal():
        return count(unit.strip(), int(digits))
    return f"{digits} {unit}".strip()


def nip(digits: str) -> str:
    """``NIP 19670612 198603 1 003``, or an empty text."""
    return f"NIP {show_nip(digits.strip())}" if digits.strip() else ""


def letterhead(snapshot: Snapshot) -> Letterhead:
    agency = snapshot.agency
    contact = (*lines(agency.address), *lines(agency.contact))
    return Letterhead(given(agency.government), given(agency.name), contact, snapshot.logo)


def place(snapshot: Snapshot) -> str:
    return given(snapshot.agency.city, SHORT_DOTS)


def footer(snapshot: Snapshot) -> str:
    """The small print that ties a page to the cycle's history."""
    return f"{snapshot.agency.report_abbreviation} {snapshot.state.year} · riwayat {snapshot.state.head[:8]}"


def head_role(snapshot: Snapshot) -> str:
    """The role in whose name letters leave: the actor of the step that signs the report, else of the first step."""
    sop = snapshot.state.sop
    signing = sop.fields.get("report_signer")
    return signing[0].actor if signing else sop.first.actor


def head_title(snapshot: Snapshot, on: date) -> str:
    """How the head is titled on a day: by the official who serves, else by the actor's name in the SOP."""
    role = head_role(snapshot)
    head = serving(snapshot.state, role, on)
    return head.title if head else snapshot.state.sop.actor_names.get(role, "Pimpinan")


def signatory(snapshot: Snapshot, official: Official | None, on: date, *above: str) -> Signatory:
    """Who signs on a day, under the lines `above`; with *a.n.* for an official of another role than the head's."""
    if official is None:
        return Signatory((*above, f"{head_title(snapshot, on)},"), f"({DOTS})", ("NIP " + SHORT_DOTS,))
    below = tuple(text for text in (official.rank.strip(), nip(official.nip)) if text)
    name = given(official.name, f"({DOTS})")
    return Signatory((*above, *_titles(snapshot, official, on)), name, below)


def _titles(snapshot: Snapshot, official: Official, on: date) -> tuple[str, ...]:
    head = head_role(snapshot)
    own = f"{given(official.title)},"
    if official.role in ("", head):
        return (own,)
    chief = serving(snapshot.state, head, on)
    name = chief.position if chief else snapshot.state.sop.actor_names.get(head, "Pimpinan")
    return (f"a.n. {name}", own)
