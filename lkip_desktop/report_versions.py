"""The kept versions of the report, each with a word on how far the cycle had moved since the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lkip_desktop.workflow.events import Event
from lkip_desktop.workflow.state import REPORT, CycleState, KeptDocument

CORRECTIONS = "corrections"


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """A version; `note` is a sentence for people."""

    document: KeptDocument
    note: str


def report_versions(state: CycleState, events: Iterable[Event]) -> tuple[ReportVersion, ...]:
    """Every kept version of the report, newest first."""
    changed = [(event.seq, frozenset(event.data.get("changes", ()))) for event in events]
    found, before = [], 0
    for document in state.versions(REPORT):
        paths = {path for seq, own in changed if before < seq < document.seq for path in own}
        taken = next((_count(own) for seq, own in changed if seq == document.seq), 0)
        found.append(ReportVersion(document, _note(document, len(paths), taken)))
        before = document.seq
    return tuple(reversed(found))


def _count(paths: Iterable[str]) -> int:
    """How many texts and corrections were taken: a row of the corrections is one, and their order is none."""
    table = f"{CORRECTIONS}/"
    rows = {path.split("/")[1] for path in paths if path.startswith(table)}
    return len(rows) + sum(path != CORRECTIONS and not path.startswith(table) for path in paths)


def _note(document: KeptDocument, moved: int, taken: int) -> str:
    if taken:
        return f"{taken} perubahan diambil dari berkas ini."
    if document.version == 1:
        return "Versi pertama."
    return f"{moved} isian diubah sejak versi {document.version - 1}." if moved else "Isian sama seperti sebelumnya."
