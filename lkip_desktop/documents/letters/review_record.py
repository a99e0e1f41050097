"""The *Berita Acara Reviu* of the report: what it says, from the cycle."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot, serving
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import (
    Closing,
    Letter,
    Numbered,
    Paragraph,
    Part,
    Signatory,
    Signatures,
    SigningList,
    Table,
    Title,
)
from lkip_desktop.documents.letter_frame import (
    columns,
    day,
    filled,
    frame,
    number,
    own_name,
    place_and_date,
    signatory,
    words,
)
from lkip_desktop.documents.letters.review import Reviewer, items, reviewers
from lkip_desktop.words import day_in_words

KIND = "review-record"


def review_record(snapshot: Snapshot) -> Letter:
    """The record of a snapshot. Layout: Permendagri 1/2023, *berita acara*."""
    said = words(KIND, snapshot)
    on = day(KIND, snapshot)
    team = reviewers(snapshot) or (Reviewer("", "", "", ""),) * said["blank_rows"]
    parts = (
        facts.letterhead(snapshot),
        Title(
            said["title"],
            said["number"].format(number=number(KIND, snapshot)),
            (filled(said["subject"], snapshot).upper(),),
        ),
        Paragraph(filled(said["opening"], snapshot, day=day_in_words(on) if on else said["unknown_day"]), body=True),
        Table(columns(said, key="team_"), tuple(_member(n, one) for n, one in enumerate(team, start=1))),
        Paragraph(filled(said["done"], snapshot)),
        _results(snapshot, said),
        *_signing(team, _known(snapshot, said), said),
    )
    return frame(KIND, snapshot, parts)


def _member(number: int, one: Reviewer) -> tuple[str, ...]:
    name = "\n".join(text for text in (one.name, facts.nip(one.nip)) if text)
    return f"{number}.", name, one.position, one.duty


def _results(snapshot: Snapshot, said: dict[str, Any]) -> Numbered:
    """The results as typed, else the usual ones; then how the checklist came out, when it was answered."""
    texts = facts.lines(snapshot.state.text("review_results")) or tuple(said["results"])
    asked = words("review-checklist", snapshot)
    answers = [item.answer for item in items(snapshot, asked) if item.answer]
    if answers:
        yes, no, rest = (answers.count(asked[name]) for name in ("yes", "no", "not_asked"))
        summary = said["summary_rest" if rest else "summary"].format(yes=yes, no=no, rest=rest, all=len(answers))
        texts = (*texts, summary)
    return Numbered(texts)


def _signing(team: tuple[Reviewer, ...], known: Signatory, said: dict[str, Any]) -> tuple[Part, ...]:
    """A small team signs beside the head, so that the record keeps to its page; a large one in a table before."""
    closing = Paragraph(said["closing"], body=True)
    if len(team) <= said["beside"]:
        people = tuple((one.name or facts.SHORT_DOTS, one.duty) for one in team)
        own = SigningList(said["team"], people, said["row_height"], said["dots"])
        return (Closing((closing, Signatures(own, known))),)
    rows = tuple((f"{n}.", one.name, one.duty, f"{n}. ") for n, one in enumerate(team, start=1))
    table = Table(columns(said, key="signers_"), rows, row_height=said["row_height"])
    return (closing, table, Closing((Signatures(None, known),)))


def _known(snapshot: Snapshot, said: dict[str, Any]) -> Signatory:
    """The head, who takes note of the review; as issued when the record is."""
    above = (place_and_date(KIND, snapshot), said["known"])
    if snapshot.issue:
        return signatory(KIND, snapshot, *above)
    on = day(KIND, snapshot) or snapshot.today
    head = serving(snapshot.state, facts.head_role(snapshot), on)
    return own_name(head, *above) if head else facts.signatory(snapshot, None, on, *above)
