"""What becomes of a document on a printer's paper, in words, before anything is printed."""

from __future__ import annotations

from lkip_desktop.printing.orders import Printer
from lkip_desktop.printing.papers import Paper

CLOSE = 8.0
"""Millimetres, both sides together, by which a paper may differ to be proposed in place of a missing one."""


def offered(printer: Printer, paper: Paper) -> list[Paper]:
    """The papers to choose from: the printer's, and the document's own where the printer takes any size."""
    extra = [paper] if printer.paper_like(paper) is None and printer.custom else []
    return [*printer.papers, *extra]


def first_choice(printer: Printer, paper: Paper, last: str = "") -> Paper:
    """The document's own paper; on a printer without it the one used last time (as shown), else what comes close.

    What comes close is a paper within CLOSE, as one reading of F4 for the other, else what lies in the printer.
    """
    used = next((candidate for candidate in offered(printer, paper) if str(candidate) == last), None)
    near = min(printer.papers, key=paper.distance, default=printer.usual)
    return printer.paper_like(paper) or used or (near if near.distance(paper) <= CLOSE else printer.usual)


def warning(printer: Printer, document: Paper, chosen: Paper, *, fit: bool) -> str:
    """What the person should know of a document on a chosen paper; empty when all is as it should be."""
    notes = []
    if printer.paper_like(document) is None:
        notes.append(f"Printer ini tidak mendaftarkan kertas {document}.")
    if chosen.same(document):
        if notes:
            notes.append("Ukuran dikirim apa adanya: pastikan kertas itu sudah dipasang.")
    elif fit:
        notes.append(f"Isi halaman disesuaikan agar muat di {chosen}, jadi ukurannya berubah.")
        near = printer.nearest(document)
        if near.holds(document) and not near.same(chosen):
            notes.append(f"Kertas terdekat yang memuat ukuran aslinya: {near}.")
    elif chosen.holds(document):
        notes.append(f"Isi halaman dicetak dalam ukuran asli di tengah {chosen}.")
    else:
        notes.append(f"Dalam ukuran asli, tepi halaman {document} terpotong di {chosen}.")
    return " ".join(notes)
