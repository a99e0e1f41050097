"""Takes chosen values, rows and attachments of another copy over into this one, as one recorded act."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lkip_desktop.attachments import IncomingFile, accept
from lkip_desktop.compare import Comparison, Difference, Part, Relation, cells, compare
from lkip_desktop.errors import UserError
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.ports import Files, Store
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.table_rows import fresh_ids
from lkip_desktop.workflow import transitions
from lkip_desktop.workflow.events import Event, Json, Who
from lkip_desktop.workflow.state import CycleState
from lkip_desktop.workflow.transitions import Refusal, find_field, may_change, may_keep


@dataclass(frozen=True)
class Other:
    """The other copy, read once: what it did, and the bytes of the files that may be taken over."""

    path: Path
    comparison: Comparison
    blobs: Mapping[str, bytes]


def read_other(files: Files, path: Path, cycle: Cycle) -> Other:
    """Read another copy of the cycle without changing it. Raises UserError when it cannot be read."""
    mine, state = cycle.store.events(), cycle.state
    with _opened(files, path) as store:
        found = _compared(mine, state, store.events(), cycle)
        wanted = {name for difference in found.takeable for name in _blobs(found, difference)}
        return Other(path, found, {sha256: store.blob(sha256) for sha256 in wanted})


@contextmanager
def _opened(files: Files, path: Path) -> Iterator[Store]:
    opening = files.open(path, read_only=True)
    if opening.store is None:
        raise UserError(opening.message)
    try:
        yield opening.store
    except KeyError as error:
        raise UserError(
            f"“{path.name}” tidak memuat semua berkas yang disebut riwayatnya. Tidak ada yang diubah."
        ) from error
    finally:
        opening.store.close()


def _compared(mine: tuple[Event, ...], state: CycleState, theirs: tuple[Event, ...], cycle: Cycle) -> Comparison:
    try:
        found = compare(mine, state, theirs, cycle.profile)
        # Told here once: a sealed history from elsewhere may still hold what no program wrote.
        _ = found.theirs.acts
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        raise UserError("Riwayat salinan itu tidak dapat dibaca. Tidak ada yang diubah.") from error
    return found


def _blobs(found: Comparison, difference: Difference) -> Iterator[str]:
    """The digests of the files that a difference brings along."""
    if difference.file is not None:
        yield difference.file.sha256
    if difference.part is Part.ROW_ADDED:
        prefix = f"{difference.path}/{difference.row}/"
        for file in found.theirs.state.attachments:
            if file.field.startswith(prefix) and not file.removed:
                yield file.sha256


def refusal_of(cycle: Cycle, other: Other, difference: Difference) -> str:
    """Why a difference cannot be taken over now; empty when it can."""
    if not difference.takeable:
        return "Salinan itu tidak mengubahnya."
    taken = _gather(cycle, other, [difference])
    return " ".join(dict.fromkeys(taken.refusals))


def take(cycle: Cycle, who: Who, other: Other, chosen: Collection[str]) -> Changed | Refusal:
    """Take the differences with the ids `chosen` over as one act. What is refused is named and nothing is kept then."""
    found = other.comparison
    if found.relation is not Relation.PARTED:
        return Refusal(found.sentence)
    unknown = set(chosen) - {difference.id for difference in found.takeable}
    if unknown:
        return Refusal(f"Tidak ada yang dapat diambil dengan nama “{min(unknown)}”.")
    if found.mine.events != cycle.store.events():
        return Refusal("Siklus ini berubah sejak dibandingkan. Bandingkan sekali lagi.")
    taken = _gather(cycle, other, [difference for difference in found.takeable if difference.id in chosen])
    if taken.refusals:
        return Refusal(" ".join(dict.fromkeys(taken.refusals)))
    source = {"other_head": found.theirs.state.head, "base": found.base}
    described = [{"field": path, **file.described()} for path, file in taken.files]
    draft = transitions.merge(cycle.state, who, source, taken.changes, described, cycle.profile)
    return cycle.record(draft, {file.sha256: file.data for _, file in taken.files})


@dataclass
class _Taken:
    """What is gathered for one act. `renamed` maps (table, row there) to the row's id here."""

    changes: dict[str, Json] = field(default_factory=dict)
    files: list[tuple[str, IncomingFile]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    renamed: dict[tuple[str, str], str] = field(default_factory=dict)


def _gather(cycle: Cycle, other: Other, chosen: Iterable[Difference]) -> _Taken:
    taken = _Taken()
    ordered = sorted(chosen, key=lambda difference: difference.part is not Part.ROW_ADDED)
    for difference in ordered:
        if difference.part is Part.ROW_ADDED:
            _name_row(cycle.state, difference, taken)
    for difference in ordered:
        _GATHER[difference.part](cycle, other, difference, taken)
    for path, value in taken.changes.items():
        refused = may_keep(cycle.state, path, value, cycle.profile)
        if refused is not None:
            taken.refusals.append(f"{_label(other, path)}: {refused.message}")
    return taken


def _name_row(state: CycleState, difference: Difference, taken: _Taken) -> None:
    """Give a new row of the other copy an id that no row here has or had, since both copies count alike."""
    table = difference.path
    known = [path for path in state.values if path.startswith(f"{table}/{difference.row}/")]
    known += [file.field for file in state.attachments if file.field.startswith(f"{table}/{difference.row}/")]
    named = [row for (of, _), row in taken.renamed.items() if of == table]
    free = not known and difference.row not in (*state.rows(table), *named)
    taken.renamed[table, difference.row] = difference.row if free else _fresh(state, table, named)


def _fresh(state: CycleState, table: str, named: list[str]) -> str:
    return next(row for row in fresh_ids(state, table, len(named) + 1) if row not in named)


def _value(cycle: Cycle, other: Other, difference: Difference, taken: _Taken) -> None:
    _put(cycle, other, difference.path, difference.path, taken)


def _put(cycle: Cycle, other: Other, there: str, here: str, taken: _Taken) -> None:
    """Take the text at a path over; an official that is new there is named by its id here."""
    text = other.comparison.theirs.state.text(there)
    kind = find_field(cycle.state, here, cycle.profile)
    if kind is not None and kind.kind is FieldKind.OFFICIAL and text:
        known = taken.renamed.get(("officials", text), "")
        if not known and _new_there(other, "officials", text):
            taken.refusals.append(f"{_label(other, there)}: pilih juga pejabat barunya di tabel Pejabat.")
        text = known or text
    taken.changes[here] = text or None


def _new_there(other: Other, table: str, row: str) -> bool:
    found = other.comparison
    return any(d.part is Part.ROW_ADDED and d.takeable and (d.path, d.row) == (table, row) for d in found.differences)


def _row_added(cycle: Cycle, other: Other, difference: Difference, taken: _Taken) -> None:
    table, row = difference.path, difference.row
    new = taken.renamed[table, row]
    rows = taken.changes.get(table, list(cycle.state.rows(table)))
    taken.changes[table] = [*rows, new]
    for column in cells(other.comparison.theirs, table, row):
        _put(cycle, other, f"{table}/{row}/{column}", f"{table}/{new}/{column}", taken)
    prefix = f"{table}/{row}/"
    for file in other.comparison.theirs.state.attachments:
        if file.field.startswith(prefix) and not file.removed:
            _bring(cycle, other, f"{table}/{new}/{file.field[len(prefix) :]}", file.name, file.sha256, taken)


def _row_removed(cycle: Cycle, other: Other, difference: Difference, taken: _Taken) -> None:
    rows = taken.changes.get(difference.path, list(cycle.state.rows(difference.path)))
    taken.changes[difference.path] = [row for row in rows if row != difference.row]


def _order(cycle: Cycle, other: Other, difference: Difference, taken: _Taken) -> None:
    """The other copy's order for the rows that both have; rows of this copy alone stay at the end."""
    rows = list(taken.changes.get(difference.path, cycle.state.rows(difference.path)))
    theirs = [row for row in other.comparison.theirs.state.rows(difference.path) if row in rows]
    taken.changes[difference.path] = [*theirs, *(row for row in rows if row not in theirs)]


def _file(cycle: Cycle, other: Other, difference: Difference, taken: _Taken) -> None:
    if difference.file is not None:
        _bring(cycle, other, difference.path, difference.file.name, difference.file.sha256, taken)


def _bring(cycle: Cycle, other: Other, path: str, name: str, sha256: str, taken: _Taken) -> None:
    """A file of the other copy, checked as one from outside."""
    try:
        file = accept(str(name), other.blobs[sha256])
    except UserError as error:
        taken.refusals.append(str(error))
        return
    if file.sha256 != sha256:
        taken.refusals.append(f"“{name}” di salinan itu tidak sama dengan aslinya, jadi tidak diambil.")
        return
    refused = may_change(cycle.state, path, cycle.profile)
    if refused is not None:
        taken.refusals.append(f"{_label(other, path)}: {refused.message}")
    taken.files.append((path, file))


def _label(other: Other, path: str) -> str:
    return other.comparison.theirs.narrator.label(path)


_GATHER = {
    Part.VALUE: _value,
    Part.ROW_ADDED: _row_added,
    Part.ROW_REMOVED: _row_removed,
    Part.ORDER: _order,
    Part.FILE_ADDED: _file,
    Part.FILE_REMOVED: _file,
}
