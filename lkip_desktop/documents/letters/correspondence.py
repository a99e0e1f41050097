"""The two heads of letters that are sent: *surat dinas* (correspondence form) and *nota dinas*."""

from __future__ import annotations

from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Addressee, NumberBlock, Paragraph, Part, Particulars, Rule, Title
from lkip_desktop.documents.letter_frame import day_text, filled, number, place_and_date, signatory

ON_BEHALF = "a.n. "


def letter_head(
    kind: str, snapshot: Snapshot, words: dict[str, Any], to: tuple[str, ...], nature: str, enclosed: str, at: str = ""
) -> tuple[Part, ...]:
    """Kop, number block with the date, addressee. Layout: Permendagri 1/2023, *surat dinas*."""
    rows = (
        (words["number_label"], number(kind, snapshot)),
        (words["nature_label"], nature),
        (words["enclosed_label"], enclosed),
        (words["about_label"], filled(words["about"], snapshot)),
    )
    block = NumberBlock(rows, place_and_date(kind, snapshot))
    return (facts.letterhead(snapshot), block, Addressee(to, at or words["place"]))


def note_head(
    kind: str, snapshot: Snapshot, words: dict[str, Any], to: tuple[str, ...], nature: str, enclosed: str
) -> tuple[Part, ...]:
    """Kop, *NOTA DINAS*, and its eight lines. Layout: Permendagri 1/2023, *nota dinas*."""
    above = [line for line in signatory(kind, snapshot).above if line]
    # Whoever signs on behalf writes in that one's name.
    on_behalf = (line.removeprefix(ON_BEHALF) for line in above if line.startswith(ON_BEHALF))
    title = next(on_behalf, above[-1] if above else "")
    rows = (
        (words["to_label"], "\n".join(to)),
        (words["from_label"], title.rstrip(",")),
        (words["date_label"], day_text(kind, snapshot)),
        (words["number_label"], number(kind, snapshot)),
        (words["nature_label"], nature),
        (words["enclosed_label"], enclosed),
        (words["about_label"], filled(words["about"], snapshot)),
    )
    return (facts.letterhead(snapshot), Title(words["note_title"]), Particulars(rows), Rule())


def body(texts: list[str], snapshot: Snapshot, **more: str) -> tuple[Paragraph, ...]:
    """Fixed sentences as paragraphs of the body; those that come out empty are left out."""
    said = (filled(text, snapshot, **more).strip() for text in texts)
    return tuple(Paragraph(text, body=True) for text in said if text)
