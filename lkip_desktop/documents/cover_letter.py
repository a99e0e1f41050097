"""The *Surat Pengantar* that goes with the report: what it says, from the cycle."""

from __future__ import annotations

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.assets import toml
from lkip_desktop.documents.letter import (
    Addressee,
    Closing,
    Column,
    CopiesTo,
    DateLine,
    Letter,
    Paragraph,
    Signatory,
    Signatures,
    Table,
    Title,
)


def cover_letter(snapshot: Snapshot) -> Letter:
    """The letter of a snapshot. Layout: Permendagri 1/2023, naskah dinas *surat pengantar*."""
    words = toml("letters.toml")["cover-letter"]
    state = snapshot.state
    number = facts.given(state.text("letter_number"))
    dated = f"{facts.place(snapshot)}, {facts.day_text(snapshot, 'letter_date')}"
    return Letter(
        title=f"Surat Pengantar {snapshot.agency.report_abbreviation} {state.year}",
        author=snapshot.agency.short,
        paper=snapshot.agency.paper,
        parts=(
            facts.letterhead(snapshot),
            DateLine(dated),
            addressee(snapshot),
            Title(words["title"], words["number"].format(number=number)),
            enclosures(snapshot, words["headings"], words["shares"]),
            closing(snapshot),
        ),
        footer=facts.footer(snapshot),
    )


def addressee(snapshot: Snapshot) -> Addressee:
    found = facts.lines(snapshot.state.text("letter_addressee"))
    without_title = tuple(line.removeprefix("Yth.").strip() for line in found)
    return Addressee(without_title or (facts.DOTS,), facts.given(snapshot.state.text("letter_place")))


def enclosures(snapshot: Snapshot, headings: list[str], shares: list[float]) -> Table:
    """The table of what is sent: number, item, how many, remark."""
    state = snapshot.state
    columns = tuple(
        Column(heading, share, centred=place == 0)
        for place, (heading, share) in enumerate(zip(headings, shares, strict=True))
    )
    rows = tuple(
        (
            f"{number}.",
            state.cell("letter_rows", row, "item"),
            facts.amount(state.cell("letter_rows", row, "amount"), state.cell("letter_rows", row, "unit")),
            state.cell("letter_rows", row, "note"),
        )
        for number, row in enumerate(state.rows("letter_rows"), start=1)
    )
    return Table(columns, rows or (("1.", facts.SHORT_DOTS, "", ""),))


def closing(snapshot: Snapshot) -> Closing:
    """The half that the receiver fills in by hand, beside the sender's signature, and the copies."""
    words = toml("letters.toml")["cover-letter"]
    on = facts.day(snapshot, "letter_date") or snapshot.today
    sender = facts.signatory(snapshot, snapshot.official("letter_signer"), on, words["sender"])
    by_hand = (f"NIP {facts.DOTS}", words["phone"].format(number=facts.SHORT_DOTS))
    receiver = Signatory((words["receiver"], facts.DOTS), f"({facts.DOTS})", by_hand)
    copies = facts.lines(snapshot.state.text("letter_copies_to"))
    received = Paragraph(words["received"].format(date=facts.DOTS))
    signatures = Signatures(receiver, sender)
    return Closing((received, signatures, CopiesTo(words["copies"], copies)) if copies else (received, signatures))
