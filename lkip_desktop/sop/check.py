"""Consistency of an SOP: what the loader cannot see in one place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lkip_desktop.errors import SopError
from lkip_desktop.sop.model import FieldKind, FormField, Shape, Sop, Step

GUARD_NAMES = frozenset({"units_answered", "document_kept", "rows_settled", "report_complete", "year_figures"})
_WITHOUT_FIELD = ("document_kept", "report_complete")
DOCUMENT_KINDS = frozenset(
    (
        *("report", "disposition", "team-decree", "data-request", "reminder", "invitation", "attendance", "minutes"),
        *("corrections", "review-record", "review-checklist", "review-statement", "cover-letter", "dispatch"),
        *("archive-list", "archive-label", "receipt", "address-label", "letter-labels", "envelope"),
        *("achievement", "absorption"),
    )
)
DECISIONS = ("ya", "tidak")
_ROWS = re.compile(r"|=.+|[1-9][0-9]{0,2}")


def check(sop: Sop) -> None:
    """Raise SopError for the first inconsistency found, with its place."""
    for rule in (_unique, _numbers, _shapes, _edges, _actors, _reachable, _fields, _guards, _records):
        for place, message in rule(sop):
            raise SopError(message, place)


Finding = tuple[str, str]


def _unique(sop: Sop) -> Iterator[Finding]:
    fields = (field.id for step in sop.steps for field in step.fields)
    for name, ids in (
        ("steps", (step.id for step in sop.steps)),
        ("actors", (actor.id for actor in sop.actors)),
        ("records", (record.id for record in sop.records)),
        ("fields", fields),
    ):
        for twice in _repeated(ids):
            yield name, f"id “{twice}” dipakai lebih dari satu kali."


def _repeated(ids: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(ids).items() if times > 1]


def _numbers(sop: Sop) -> Iterator[Finding]:
    if [step.number for step in sop.steps] != list(range(1, len(sop.steps) + 1)):
        yield "steps", "nomor langkah harus berurutan mulai dari 1."


def _shapes(sop: Sop) -> Iterator[Finding]:
    starts = [step for step in sop.steps if step.shape is Shape.START]
    if len(starts) != 1:
        yield "steps", f"harus ada tepat satu langkah awal (shape “start”), ditemukan {len(starts)}."
    if not any(step.shape is Shape.END for step in sop.steps):
        yield "steps", "harus ada langkah akhir (shape “end”)."


def _edges(sop: Sop) -> Iterator[Finding]:
    for index, step in enumerate(sop.steps):
        for number, edge in enumerate(step.edges):
            if edge.target not in sop.by_id:
                yield f"steps[{index}].edges[{number}].target", f"langkah “{edge.target}” tidak ada."
        problem = _branches(step)
        if problem:
            yield f"steps[{index}].edges", problem


def _branches(step: Step) -> str:
    labels = sorted(edge.label for edge in step.edges)
    if step.shape is Shape.END:
        return "langkah akhir tidak boleh punya panah keluar." if step.edges else ""
    if step.shape is Shape.DECISION:
        wanted = " dan ".join(f"“{label}”" for label in DECISIONS)
        return "" if labels == sorted(DECISIONS) else f"langkah keputusan harus punya tepat panah {wanted}."
    return "" if labels == [""] else "langkah tanpa keputusan harus punya tepat satu panah tanpa label."


def _actors(sop: Sop) -> Iterator[Finding]:
    known = set(sop.actor_names)
    for index, step in enumerate(sop.steps):
        for key, actor in (("actor", step.actor), ("receiver", step.receiver)):
            if actor and actor not in known:
                yield f"steps[{index}].{key}", f"pelaksana “{actor}” tidak ada di daftar pelaksana."
    used = {step.actor for step in sop.steps} | {step.receiver for step in sop.steps}
    for index, actor_ in enumerate(sop.actors):
        if actor_.id not in used:
            yield f"actors[{index}]", f"pelaksana “{actor_.id}” tidak dipakai oleh langkah mana pun."


def _reachable(sop: Sop) -> Iterator[Finding]:
    onward = {step.id: {edge.target for edge in step.edges} for step in sop.steps}
    from_start = _closure({sop.first.id}, onward)
    backward: dict[str, set[str]] = {step.id: set() for step in sop.steps}
    for source, targets in onward.items():
        for target in targets:
            backward[target].add(source)
    to_end = _closure({step.id for step in sop.steps if step.shape is Shape.END}, backward)
    for index, step in enumerate(sop.steps):
        if step.id not in from_start:
            yield f"steps[{index}]", f"langkah “{step.id}” tidak dapat dicapai dari langkah awal."
        if step.id not in to_end:
            yield f"steps[{index}]", f"dari langkah “{step.id}” tidak ada jalan ke langkah akhir."


def _closure(start: set[str], onward: dict[str, set[str]]) -> set[str]:
    seen, waiting = set(start), list(start)
    while waiting:
        for target in onward[waiting.pop()] - seen:
            seen.add(target)
            waiting.append(target)
    return seen


def _fields(sop: Sop) -> Iterator[Finding]:
    for index, step in enumerate(sop.steps):
        for number, field in enumerate(step.fields):
            place = f"steps[{index}].fields[{number}]"
            if field.when and field.when not in step.decisions:
                yield f"{place}.when", f"langkah ini tidak punya keputusan “{field.when}”."
            for problem in _field_problems(field):
                yield place, problem


def _field_problems(field: FormField) -> Iterator[str]:
    if "/" in field.id:
        yield "id kolom isian tidak boleh memuat garis miring."
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES) and not field.choices:
        yield "pilihan (choices) wajib diisi."
    if field.kind is FieldKind.TABLE and not _ROWS.fullmatch(field.default):
        yield "default sebuah tabel adalah jumlah baris (1 sampai 999), atau “=” dan id tabel lain."
    for twice in _repeated(column.id for column in field.columns):
        yield f"kolom “{twice}” dipakai lebih dari satu kali."
    for column in field.columns:
        if column.kind is FieldKind.TABLE:
            yield f"kolom “{column.id}” tidak boleh berisi tabel."
        yield from _field_problems(column)


def _guards(sop: Sop) -> Iterator[Finding]:
    for index, step in enumerate(sop.steps):
        for number, guard in enumerate(step.guards):
            place = f"steps[{index}].guards[{number}]"
            if guard.name not in GUARD_NAMES:
                yield f"{place}.name", f"pemeriksaan “{guard.name}” tidak dikenal."
            if guard.name not in _WITHOUT_FIELD and guard.field not in {field.id for field in step.fields}:
                yield f"{place}.field", f"isian “{guard.field}” tidak ada di langkah ini."
            if guard.when and guard.when not in step.decisions:
                yield f"{place}.when", f"langkah ini tidak punya keputusan “{guard.when}”."
        for kind in step.documents:
            if kind not in DOCUMENT_KINDS:
                yield f"steps[{index}].documents", f"jenis dokumen “{kind}” tidak dikenal."


def _records(sop: Sop) -> Iterator[Finding]:
    asked = {field.record for step in sop.steps for field in step.fields if field.record}
    for index, record in enumerate(sop.records):
        if record.id not in asked:
            yield f"records[{index}]", f"catatan “{record.id}” tidak dihasilkan atau diminta di langkah mana pun."
    for name in sorted(asked - {record.id for record in sop.records}):
        yield "records", f"catatan “{name}” diminta sebuah langkah, tetapi tidak ada di daftar."
