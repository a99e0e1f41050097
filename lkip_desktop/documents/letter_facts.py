"""Where each kind of letter keeps its number, date and signer, to whom it goes and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from lkip_desktop.cycle_data import Snapshot


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """The fields of a kind of letter, by id; an empty id means that the letter has none.

    `numbered` tells whether it takes a number of the register. `signer` is a field of kind *official*; without one the
    official of the step signs whose form has the date. A letter without a date is no letter that is issued. `table` is
    the table whose rows are each sent their own letter, `column` its column with the addressee; else `addressee` is a
    field, or the letter goes `onward` to the actor of the next step; without an addressee, to the rows of the table
    `guests` together. `hal` is what the letter is about, with
    ``{abbreviation}`` and ``{year}`` to be filled in.
    """

    number: str = ""
    date: str = ""
    signer: str = ""
    numbered: bool = False
    table: str = ""
    column: str = ""
    addressee: str = ""
    onward: bool = False
    guests: str = ""
    hal: str = ""


LETTER_FACTS: dict[str, LetterFacts] = {
    "disposition": LetterFacts(date="disposition_date", hal="Disposisi penyusunan {abbreviation} Tahun {year}"),
    "team-decree": LetterFacts(
        "team_decree_number",
        "team_decree_date",
        "team_decree_signer",
        numbered=True,
        hal="Tim Penyusun {abbreviation} Tahun {year}",
    ),
    "data-request": LetterFacts(
        "request_number",
        "request_date",
        "request_signer",
        numbered=True,
        table="unit_forms",
        column="unit",
        hal="Permintaan data dan informasi kinerja Tahun {year}",
    ),
    "reminder": LetterFacts(
        "reminder_number",
        "reminder_date",
        "request_signer",
        numbered=True,
        table="unit_forms",
        column="unit",
        hal="Pengingat penyampaian data dan informasi kinerja Tahun {year}",
    ),
    "invitation": LetterFacts(
        "invitation_number",
        "invitation_date",
        "invitation_signer",
        numbered=True,
        addressee="invitation_addressee",
        guests="meeting_participants",
        hal="Undangan rapat finalisasi {abbreviation} Tahun {year}",
    ),
    "attendance": LetterFacts(hal="Daftar hadir rapat finalisasi {abbreviation} Tahun {year}"),
    "minutes": LetterFacts(
        date="meeting_date", onward=True, hal="Laporan hasil rapat finalisasi {abbreviation} Tahun {year}"
    ),
    "corrections": LetterFacts(date="corrections_date", hal="Koreksi draf {abbreviation} Tahun {year}"),
    "review-record": LetterFacts(
        "review_number", "review_date", numbered=True, hal="Berita acara reviu {abbreviation} Tahun {year}"
    ),
    "review-checklist": LetterFacts(hal="Checklist reviu {abbreviation} Tahun {year}"),
    "review-statement": LetterFacts(date="review_date", hal="Pernyataan telah direviu {abbreviation} Tahun {year}"),
    "cover-letter": LetterFacts(
        "letter_number",
        "letter_date",
        "letter_signer",
        numbered=True,
        addressee="letter_addressee",
        hal="Penyampaian {abbreviation} Tahun {year}",
    ),
    "dispatch": LetterFacts(hal="Ekspedisi {abbreviation} Tahun {year}"),
    "archive-list": LetterFacts(date="archive_date", hal="Daftar arsip {abbreviation} Tahun {year}"),
    "archive-label": LetterFacts(hal="Label arsip {abbreviation} Tahun {year}"),
    "receipt": LetterFacts(
        date="received_date", addressee="letter_addressee", hal="Tanda terima {abbreviation} Tahun {year}"
    ),
    "address-label": LetterFacts(addressee="letter_addressee", hal="Label alamat {abbreviation} Tahun {year}"),
    "letter-labels": LetterFacts(hal="Label alamat surat penyusunan {abbreviation} Tahun {year}"),
    "envelope": LetterFacts(addressee="letter_addressee", hal="Amplop {abbreviation} Tahun {year}"),
}


def about(kind: str, snapshot: Snapshot) -> str:
    """What a letter is about, for the register. Raises KeyError for a kind that is no letter."""
    return LETTER_FACTS[kind].hal.format(abbreviation=snapshot.agency.report_abbreviation, year=snapshot.state.year)


def recipient(kind: str, snapshot: Snapshot) -> str:
    """To whom a letter goes, in one line; empty when it is addressed to nobody. Raises KeyError as `about`."""
    facts, state = LETTER_FACTS[kind], snapshot.state
    if facts.table:
        return state.cell(facts.table, subject_row(kind, snapshot), facts.column)
    if facts.onward:
        return _onward(facts.date, snapshot)
    guests = len(state.rows(facts.guests)) if facts.guests else 0
    return " ".join(state.text(facts.addressee).split()) or (f"Peserta rapat ({guests} orang)" if guests else "")


def _onward(field: str, snapshot: Snapshot) -> str:
    """The name of the actor to whom the step with a field hands over; empty when the SOP has no such step."""
    sop = snapshot.state.sop
    found = sop.fields.get(field)
    edges = found[0].edges if found else ()
    return sop.actor_names[sop.by_id[edges[0].target].actor] if edges else ""


def subjects(kind: str, snapshot: Snapshot) -> tuple[str, ...]:
    """The row ids of those who each get their own letter, for a kind of many letters; else an empty tuple.

    A reminder goes to the units that still owe: nothing came back, and they have not said that there is no data.
    """
    facts, state = LETTER_FACTS[kind], snapshot.state
    rows = state.rows(facts.table) if facts.table else ()
    if kind != "reminder":
        return rows
    return tuple(
        row
        for row in rows
        if not state.cell(facts.table, row, "returned") and state.cell(facts.table, row, "no_data") != "ya"
    )


def subject_row(kind: str, snapshot: Snapshot) -> str:
    """The row that a letter is addressed to: the snapshot's subject, else the first of `subjects`, else empty."""
    return snapshot.subject or next(iter(subjects(kind, snapshot)), "")


def steps(kind: str, snapshot: Snapshot) -> tuple[str, ...]:
    """The ids of the steps that offer a letter, in the SOP's order."""
    return tuple(step.id for step in snapshot.state.sop.steps if kind in step.documents)
