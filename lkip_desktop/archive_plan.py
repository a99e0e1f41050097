"""What goes into the hand-over package and under which name: letters, report, attachments by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from lkip_desktop.attachments import safe_name
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.resources import profile_fields
from lkip_desktop.workflow.state import Attachment, CycleState

LETTERS, REPORT, FILES, HISTORY = "1 Surat", "2 Laporan", "3 Lampiran", "4 Riwayat"
SIGNED_REPORT = "signed_report"
LONGEST = 90
"""Characters of a name: Windows unpacks into its own folders and takes 259 for the whole path."""


@dataclass(frozen=True, slots=True)
class Source:
    """A kept file of the package: its path there, its bytes' digest, and what the lists say of it."""

    path: str
    sha256: str
    size: int
    title: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """A kept file that was written, with its true size in bytes."""

    source: Source
    size: int


def plan(snapshot: Snapshot) -> tuple[Source, ...]:
    """Every kept file of a snapshot, letters first, each under a name of its own. Files taken out stay out."""
    taken: set[str] = set()
    state = snapshot.state
    found = (*_letters(state), *_report(state), *_attachments(state))
    return tuple(_named(one, taken) for one in found)


def _named(one: Source, taken: set[str]) -> Source:
    """The same file under a path that nobody has yet, also where large and small letters count the same."""
    folder, name = str(PurePosixPath(one.path).parent), PurePosixPath(one.path).name
    suffix = PurePosixPath(name).suffix
    stem = name[: len(name) - len(suffix)][: LONGEST - len(suffix)].rstrip(" .")
    path, number = f"{folder}/{stem}{suffix}", 2
    while path.casefold() in taken:
        path = f"{folder}/{stem} ({number}){suffix}"
        number += 1
    taken.add(path.casefold())
    return Source(path, one.sha256, one.size, one.title, one.note, one.at)


def _letters(state: CycleState) -> Iterator[Source]:
    from lkip_desktop.documents.catalog import KINDS

    newest = {(letter.kind, letter.subject): letter.id for letter in state.letters}
    for count, letter in enumerate(state.letters, start=1):
        title = KINDS[letter.kind].title if letter.kind in KINDS else letter.kind
        number = f" nomor {letter.number}" if letter.number else ""
        standing = "berlaku" if newest[letter.kind, letter.subject] == letter.id else "digantikan"
        about = f"{title}{number}, versi {letter.version}"
        stem = safe_name(f"{count:02d} {title} {letter.number.replace('/', '-')}".strip())
        version = f" versi {letter.version}" if letter.version > 1 else ""
        path = f"{LETTERS}/{stem[: LONGEST - 30]}{version}.pdf"
        yield Source(path, letter.sha256, letter.size, about, standing, letter.at)
        for copy in letter.signed:
            ending = PurePosixPath(safe_name(copy.name)).suffix
            signed = f"{LETTERS}/{stem[: LONGEST - 30]}{version} BERTANDA TANGAN{ending}"
            yield Source(signed, copy.sha256, copy.size, about, "bertanda tangan", copy.at)


def _report(state: CycleState) -> Iterator[Source]:
    from lkip_desktop.documents.catalog import KINDS

    for document in state.documents:
        title = KINDS[document.kind].title if document.kind in KINDS else document.kind
        ending = PurePosixPath(safe_name(document.name)).suffix
        path = f"{REPORT}/{safe_name(title)} versi {document.version}{ending}"
        yield Source(path, document.sha256, document.size, f"{title}, versi {document.version}", "", document.at)
    for file in state.files(SIGNED_REPORT):
        path = f"{REPORT}/BERTANDA TANGAN {safe_name(file.name)}"
        yield Source(path, file.sha256, file.size, "Laporan yang ditandatangani", "bertanda tangan", file.at)


def _attachments(state: CycleState) -> Iterator[Source]:
    order = {field: (step.number, place) for place, (field, (step, _)) in enumerate(state.sop.fields.items())}
    kept = [a for a in state.attachments if not a.removed and a.field != SIGNED_REPORT]
    for file in sorted(kept, key=lambda a: (order.get(_base(a), (0, 0)), a.field, a.id)):
        folder, label = _place(state, file)
        path = f"{FILES}/{folder}/{safe_name(file.name)}"
        yield Source(path, file.sha256, file.size, label, folder, file.at)


def _place(state: CycleState, file: Attachment) -> tuple[str, str]:
    """The folder of an attachment, by the step that asks for it, and its field's label."""
    found = state.sop.fields.get(_base(file))
    if found is not None:
        step, field = found
        return safe_name(f"Langkah {step.number:02d} {step.title}")[:LONGEST], field.label
    labels = {field.id: field.label for field in profile_fields()}
    return "Profil instansi", labels.get(_base(file), _base(file))


def _base(file: Attachment) -> str:
    return file.field.split("/")[0]
