"""Which documents there are, and one function that makes any of them; writers are imported when first needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from lkip_desktop.attachments import safe_name
from lkip_desktop.documents.figure_kinds import FIGURES
from lkip_desktop.documents.kinds import MEDIA_TYPES, Kind, Watch, tell
from lkip_desktop.documents.letter_facts import LETTER_FACTS, recipient
from lkip_desktop.documents.letter_kinds import LETTERS

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document with the file name to propose."""

    data: bytes
    name: str
    media_type: str


def _flowchart(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.status_sheet import blank_sop

    return blank_sop(snapshot)


def _status_sheet(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.status_sheet import status_sheet

    return status_sheet(snapshot)


def _history(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.history_sheet import history_pdf

    return history_pdf(snapshot, watch)


def _history_csv(snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.history_sheet import history_csv

    return history_csv(snapshot)


def _register(ending: str, snapshot: Snapshot, watch: Watch) -> bytes:
    from lkip_desktop.documents.register_files import WRITERS
    from lkip_desktop.documents.register_words import own_sheet

    return WRITERS[ending](own_sheet(snapshot))


_SHEETS = (
    Kind(
        "letter-register",
        "Register Surat",
        "Surat bernomor yang diterbitkan siklus ini.",
        {ending: partial(_register, ending) for ending in ("pdf", "xlsx", "csv")},
    ),
    Kind("flowchart", "Bagan Alir SOP", "SOP sebagai bagan alir, tanpa keadaan siklus.", {"pdf": _flowchart}),
    Kind(
        "status-sheet",
        "Lembar Status",
        "Bagan alir dengan keadaan siklus, berkas, dan riwayat.",
        {"pdf": _status_sheet},
    ),
)

_HISTORY = (
    Kind("history", "Riwayat", "Semua catatan riwayat: kapan, siapa, apa.", {"pdf": _history, "csv": _history_csv}),
)

KINDS: dict[str, Kind] = {kind.id: kind for kind in (*FIGURES, *LETTERS, *_SHEETS, *_HISTORY)}


def make(kind: str, snapshot: Snapshot, progress: Watch | None = None, ending: str = "") -> Made:
    """Make a document, in its usual file format or that of another of its endings.

    `progress` is told parts done of all, and may return False to stop. Raises KeyError for an unknown kind or ending,
    Cancelled when stopped.
    """
    found = KINDS[kind]
    ending = ending or found.extension
    watch = progress or _nobody
    tell(watch, 0, 1)
    data = found.writers[ending](snapshot, watch)
    tell(watch, 1, 1)
    return Made(data, file_name(found, snapshot, ending), MEDIA_TYPES[ending])


def file_name(kind: Kind, snapshot: Snapshot, ending: str = "") -> str:
    """``Surat Pengantar LKIP 2026.pdf``; the report by its abbreviation alone, a letter to one unit with its name."""
    abbreviation, year = snapshot.agency.report_abbreviation, snapshot.state.year
    title = () if kind.id == "report" else (kind.title,)
    to = (recipient(kind.id, snapshot),) if snapshot.subject and kind.id in LETTER_FACTS else ()
    return safe_name(" ".join((*title, abbreviation, str(year), *filter(None, to))) + f".{ending or kind.extension}")


def _nobody(done: int, total: int) -> bool:
    return True
