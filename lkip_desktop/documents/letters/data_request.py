"""The letter that asks a unit for its data, and the reminder: what they say, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Closing, CopiesTo, Letter, Signatures
from lkip_desktop.documents.letter_facts import subject_row
from lkip_desktop.documents.letter_frame import filled, frame, signatory, words
from lkip_desktop.documents.letters.correspondence import body, letter_head, note_head

TABLE = "unit_forms"


def data_request(snapshot: Snapshot) -> Letter:
    """The request to the unit that the snapshot addresses."""
    said = words("data-request", snapshot)
    state = snapshot.state
    circular = {
        "sender": state.text("circular_sender"),
        "number": state.text("circular_number"),
        "date": facts.day_text(snapshot, "circular_date"),
        "subject": state.text("circular_subject"),
    }
    known = all(text.strip(" .") for text in circular.values())
    grounds = filled(said["grounds"], snapshot, **circular) if known else filled(said["plain_grounds"], snapshot)
    return _letter("data-request", snapshot, said, grounds, {"due": _cell_day(snapshot, "due", "data-request")})


def reminder(snapshot: Snapshot) -> Letter:
    """The reminder to the unit that the snapshot addresses."""
    said = words("reminder", snapshot)
    request = _request(snapshot)
    due = _cell_day(snapshot, "due", "reminder")
    grounds = filled(said["grounds"], snapshot, **request, due=due, unit=_unit("reminder", snapshot))
    limit = facts.day_text(snapshot, "reminder_due", weekday=True)
    return _letter("reminder", snapshot, said, grounds, {"limit": limit})


def _request(snapshot: Snapshot) -> dict[str, str]:
    """Number and date of the request: of the newest one issued to this unit, else of the form."""
    issued = snapshot.state.issued("data-request", subject_row("reminder", snapshot))
    if issued:
        return {"number": issued[-1].number, "date": facts.iso_text(issued[-1].date)}
    number = facts.given(snapshot.state.text("request_number"))
    return {"number": number, "date": facts.day_text(snapshot, "request_date", dots=facts.SHORT_DOTS)}


def _letter(kind: str, snapshot: Snapshot, said: dict[str, Any], grounds: str, more: dict[str, str]) -> Letter:
    state, row = snapshot.state, subject_row(kind, snapshot)
    person = state.cell(TABLE, row, "person").strip() if row else ""
    unit = _unit(kind, snapshot)
    to = (unit, said["person"].format(person=person)) if person else (unit,)
    nature = state.text("request_nature").strip() or said["nature"]
    formal = state.text("request_form") == said["letter_form"]
    head = (letter_head if formal else note_head)(kind, snapshot, said, to, nature, said["enclosed"])
    own = state.text("request_text").strip() if kind == "data-request" else ""
    *texts, last = body([grounds, *facts.lines(own), *said["texts"]], snapshot, unit=unit, **more)
    copies = facts.lines(state.text("request_copies_to"))
    parts = (last, Signatures(None, signatory(kind, snapshot)))
    closing = Closing((*parts, CopiesTo(said["copies"], copies)) if copies else parts)
    return frame(kind, snapshot, (*head, *texts, closing))


def _unit(kind: str, snapshot: Snapshot) -> str:
    row = subject_row(kind, snapshot)
    return facts.given(snapshot.state.cell(TABLE, row, "unit") if row else "")


def _cell_day(snapshot: Snapshot, column: str, kind: str) -> str:
    row = subject_row(kind, snapshot)
    return facts.day_text(snapshot, f"{TABLE}/{row}/{column}", weekday=True)
