"""What the papers of sending and archiving share: the letter that was sent, the clerk, how long it is kept."""

from __future__ import annotations

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Signatory
from lkip_desktop.documents.letter_frame import role_signatory


def letter_sent(snapshot: Snapshot) -> dict[str, str]:
    """``number`` and ``date`` of the cover letter: of its newest issue, else of the form, else dotted."""
    issued = snapshot.state.issued("cover-letter")
    if issued:
        return {"number": issued[-1].number, "date": facts.iso_text(issued[-1].date)}
    number = facts.given(snapshot.state.text("letter_number"), facts.SHORT_DOTS)
    return {"number": number, "date": facts.day_text(snapshot, "letter_date", dots=facts.SHORT_DOTS)}


def clerk(snapshot: Snapshot, *above: str) -> Signatory:
    """Who sends and archives: the official of the step that records the dispatches."""
    found = snapshot.state.sop.fields.get("dispatches")
    role = found[0].actor if found else snapshot.state.sop.steps[-1].actor
    return role_signatory(snapshot, role, snapshot.today, *above)


def recipients(snapshot: Snapshot) -> tuple[str, ...]:
    """Everybody to whom the report was or will be sent, each once."""
    state = snapshot.state
    named = (state.cell("dispatches", row, "recipient").strip() for row in state.rows("dispatches"))
    return tuple(dict.fromkeys(name for name in named if name))


def retention(snapshot: Snapshot) -> dict[str, str]:
    """``active``, ``inactive`` (years) and ``fate`` of the archive; dotted where the form says nothing."""
    text = snapshot.state.text
    return {
        "active": facts.given(text("archive_active"), "..."),
        "inactive": facts.given(text("archive_inactive"), "..."),
        "fate": facts.given(text("archive_fate"), facts.SHORT_DOTS),
    }
