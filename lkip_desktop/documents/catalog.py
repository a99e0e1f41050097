"""Which documents there are, and one function that makes any of them; writers are imported when first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lkip_desktop.attachments import safe_name
from lkip_desktop.errors import Cancelled

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot

Watch = Callable[[int, int], bool]
Writer = Callable[["Snapshot", Watch], bytes]

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: `title` and `description` are Indonesian, `extension` has no dot."""

    id: str
    title: str
    extension: str
    media_type: str
    description: str


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document with the file name to propose."""

    data: bytes
    name: str
    media_type: str


KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            "report", "Laporan", "docx", DOCX, "Dokumen laporan lengkap dari data siklus, untuk Word atau LibreOffice."
        ),
        Kind("cover-letter", "Surat Pengantar", "pdf", PDF, "Surat pengiriman laporan dengan kop dan nomor."),
        Kind("disposition", "Lembar Disposisi", "pdf", PDF, "Perintah penyusunan menurut surat edaran."),
        Kind("receipt", "Tanda Terima", "pdf", PDF, "Bukti serah terima laporan."),
        Kind("flowchart", "Bagan Alir SOP", "pdf", PDF, "SOP sebagai bagan alir, tanpa keadaan siklus."),
        Kind("status-sheet", "Lembar Status", "pdf", PDF, "Bagan alir dengan keadaan siklus, berkas, dan riwayat."),
    )
}


def make(kind: str, snapshot: Snapshot, progress: Watch | None = None) -> Made:
    """Make a document. `progress` is told parts done of all, and may return False to stop.

    Raises KeyError for an unknown kind, Cancelled when stopped.
    """
    found = KINDS[kind]
    watch = progress or _nobody
    tell(watch, 0, 1)
    data = _WRITERS[kind](snapshot, watch)
    tell(watch, 1, 1)
    return Made(data, file_name(found, snapshot), found.media_type)


def file_name(kind: Kind, snapshot: Snapshot) -> str:
    """``Surat Pengantar LKIP 2026.pdf``; the report is called by its abbreviation alone."""
    abbreviation, year = snapshot.agency.report_abbreviation, snapshot.state.year
    title = () if kind.id == "report" else (kind.title,)
    return safe_name(" ".join((*title, abbreviation, f"{year}.{kind.extension}")))


def tell(watch: Watch, done: int, total: int) -> None:
    """Report progress. Raises Cancelled when the watcher wants no more."""
    if not watch(done, total):
        raise Cancelled


def _nobody(done: int, total: int) -> bool:
    return True


def _report(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.report_build import report
    from lkip_desktop.documents.report_docx import report_docx

    return report_docx(report(snapshot), watch)


def _cover_letter(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.cover_letter import cover_letter
    from lkip_desktop.documents.letter_pdf import letter_pdf

    return letter_pdf(cover_letter(snapshot))


def _disposition(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.disposition import disposition
    from lkip_desktop.documents.letter_pdf import letter_pdf

    return letter_pdf(disposition(snapshot))


def _receipt(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.letter_pdf import letter_pdf
    from lkip_desktop.documents.receipt import receipt

    return letter_pdf(receipt(snapshot))


def _flowchart(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.status_sheet import blank_sop

    return blank_sop(snapshot)


def _status_sheet(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.status_sheet import status_sheet

    return status_sheet(snapshot)


_WRITERS: dict[str, Writer] = {
    "report": _report,
    "cover-letter": _cover_letter,
    "disposition": _disposition,
    "receipt": _receipt,
    "flowchart": _flowchart,
    "status-sheet": _status_sheet,
}
