"""The *Lembar Disposisi* with which the head passes the circular on: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot, serving
from lkip_desktop.documents import facts
from lkip_desktop.documents.assets import toml
from lkip_desktop.documents.letter import Box, Choices, Form, Letter, Paragraph, Particulars, Signatures, Title

NOTE_HEIGHT = 80
BLANK_LINES = 4


def disposition(snapshot: Snapshot) -> Letter:
    """The sheet of a snapshot; choices that the SOP does not offer are left as dotted lines to write on."""
    words = toml("letters.toml")["disposition"]
    return Letter(
        title=f"Lembar Disposisi {snapshot.agency.report_abbreviation} {snapshot.state.year}",
        author=snapshot.agency.short,
        paper=snapshot.agency.paper,
        parts=(facts.letterhead(snapshot), Title(words["title"]), Form(_rows(snapshot, words))),
        footer=facts.footer(snapshot),
    )


def _rows(snapshot: Snapshot, words: dict[str, Any]) -> tuple[tuple[Box, ...], ...]:
    note = snapshot.state.text("disposition_note").strip()
    return (
        (_letter(snapshot, words),),
        (_received(snapshot, words), _agenda(snapshot, words)),
        (Box((_choices(snapshot, "circular_nature", beside=4),), words["nature"]),),
        (
            Box((_choices(snapshot, "disposition_to"),), words["forwarded"]),
            Box((_choices(snapshot, "disposition_order"),), words["order"]),
        ),
        (Box((Paragraph(note),), words["note"], NOTE_HEIGHT),),
        (Box((Signatures(None, _signer(snapshot)),)),),
    )


def _letter(snapshot: Snapshot, words: dict[str, Any]) -> Box:
    rows = (
        (words["sender"], _text(snapshot, "circular_sender")),
        (words["number"], _text(snapshot, "circular_number")),
        (words["date"], facts.day_text(snapshot, "circular_date", dots=facts.SHORT_DOTS)),
        (words["subject"], _text(snapshot, "circular_subject")),
    )
    return Box((Particulars(rows),))


def _received(snapshot: Snapshot, words: dict[str, Any]) -> Box:
    rows = (
        (words["received"], facts.day_text(snapshot, "circular_received", dots=facts.SHORT_DOTS)),
        (words["deadline"], facts.day_text(snapshot, "circular_deadline", dots=facts.SHORT_DOTS)),
    )
    return Box((Particulars(rows),))


def _agenda(snapshot: Snapshot, words: dict[str, Any]) -> Box:
    return Box((Particulars(((words["agenda"], _text(snapshot, "circular_agenda")),)),))


def _text(snapshot: Snapshot, path: str) -> str:
    return facts.given(snapshot.state.text(path), facts.SHORT_DOTS)


def _choices(snapshot: Snapshot, path: str, beside: int = 1) -> Choices | Paragraph:
    """The boxes of a choice field, with what was chosen ticked, also when the SOP no longer offers it."""
    offered = snapshot.state.sop.fields.get(path)
    choices = offered[1].choices if offered else ()
    chosen = facts.lines(snapshot.state.text(path))
    options = dict.fromkeys((*choices, *chosen))
    if not options:
        return Paragraph("\n".join([facts.DOTS] * (BLANK_LINES if beside == 1 else 1)))
    return Choices(tuple((option, option in chosen) for option in options), beside)


def _signer(snapshot: Snapshot) -> Any:
    on = facts.day(snapshot, "disposition_date") or snapshot.today
    dated = f"{facts.place(snapshot)}, {facts.day_text(snapshot, 'disposition_date')}"
    head = serving(snapshot.state, snapshot.state.sop.first.actor, on)
    return facts.signatory(snapshot, head, on, dated)
