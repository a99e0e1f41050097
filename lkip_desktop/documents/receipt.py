"""The *Tanda Terima* that the receiver of the report signs: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Official, Snapshot, serving
from lkip_desktop.documents import facts
from lkip_desktop.documents.assets import toml
from lkip_desktop.documents.cover_letter import enclosures
from lkip_desktop.documents.letter import Closing, Letter, Paragraph, Particulars, Signatory, Signatures, Title


def receipt(snapshot: Snapshot) -> Letter:
    """The receipt of a snapshot: filled as far as the hand-over is recorded, else with dotted lines."""
    words = toml("letters.toml")["receipt"]
    return Letter(
        title=f"Tanda Terima {snapshot.agency.report_abbreviation} {snapshot.state.year}",
        author=snapshot.agency.short,
        paper=snapshot.agency.paper,
        parts=(
            facts.letterhead(snapshot),
            Title(words["title"]),
            Paragraph(_opening(snapshot, words)),
            enclosures(snapshot, words["headings"], words["shares"]),
            Closing(
                (
                    Particulars(_particulars(snapshot, words)),
                    Paragraph(""),
                    Paragraph(words["closing"]),
                    Signatures(_taker(snapshot, words), _giver(snapshot, words)),
                )
            ),
        ),
        footer=facts.footer(snapshot),
    )


def _opening(snapshot: Snapshot, words: dict[str, Any]) -> str:
    """Who gives and who takes; the addressee is the receiving actor of the SOP when no letter names one."""
    named = facts.lines(snapshot.state.text("letter_addressee"))
    step = next((step for step in snapshot.state.sop.steps if step.receiver), None)
    receiver = snapshot.state.sop.actor_names[step.receiver] if step else facts.DOTS
    agency = facts.given(snapshot.agency.short)
    return str(words["opening"]).format(agency=agency, addressee=" ".join(named) or receiver)


def _particulars(snapshot: Snapshot, words: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    letter = words["letter_value"].format(
        number=facts.given(snapshot.state.text("letter_number")),
        date=facts.day_text(snapshot, "letter_date", dots=facts.SHORT_DOTS),
    )
    time = snapshot.state.text("received_time")
    zone = snapshot.state.text("time_zone")
    return (
        (words["letter"], letter),
        (words["day"], facts.day_text(snapshot, "received_date", weekday=True)),
        (words["time"], f"{time} {zone}".strip() if time else facts.SHORT_DOTS),
    )


def _taker(snapshot: Snapshot, words: dict[str, Any]) -> Signatory:
    text = snapshot.state.text
    below = facts.nip(text("receiver_nip")) or f"NIP {facts.SHORT_DOTS}"
    name = facts.given(text("receiver_name"), f"({facts.DOTS})")
    return Signatory((words["taker"], facts.given(text("receiver_position"))), name, (below,))


def _giver(snapshot: Snapshot, words: dict[str, Any]) -> Signatory:
    """Who hands over: the official of the role that acts in the step with a receiver."""
    sop = snapshot.state.sop
    step = next((step for step in sop.steps if step.receiver), sop.steps[-1])
    on = facts.day(snapshot, "received_date") or snapshot.today
    official: Official | None = serving(snapshot.state, step.actor, on)
    if official is None:
        blank = (f"NIP {facts.SHORT_DOTS}",)
        return Signatory((words["giver"], sop.actor_names[step.actor]), f"({facts.DOTS})", blank)
    below = (facts.nip(official.nip),) if official.nip.strip() else ()
    return Signatory((words["giver"], facts.given(official.title)), facts.given(official.name), below)
