"""What becomes of a document on a printer's paper, in words, before anything is printed."""

from __future__ import annotations

from lkip_desktop.printing.orders import Printer
from lkip_desktop.printing.papers import Paper


def offered(printer: Printer, paper: Paper) -> list[Paper]:
    """The papers to choose from: the printer's, and the document's own where the printer takes any size."""
    extra = [paper] if printer.paper_like(paper) is None and printer.custom else []
    return [*printer.papers, *extra]


def first_choice(printer: Printer, paper: Paper, last: str = "") -> Paper:
    """The document's own paper; on a printer without it the one used last time (as shown), else what lies in it."""
    used = next((candidate for candidate in offered(printer, paper) if str(candidate) == last), None)
    return printer.paper_like(paper) or used or printer.usual


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
    elif chosen.holds(document):
        notes.append(f"Isi halaman dicetak dalam ukuran asli di tengah {chosen}.")
    else:
        notes.append(f"Dalam ukuran asli, tepi halaman {document} terpotong di {chosen}.")
    return " ".join(notes)
