"""*Bandingkan*: what two copies of one cycle each did since they parted, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.workflow.events import Act, Event, Json
from lkip_desktop.workflow.narrate import Entry, Narrator
from lkip_desktop.workflow.state import Attachment, CycleState, replay


class Relation(StrEnum):
    """How the other copy stands to this one."""

    FOREIGN = "foreign"
    SAME = "same"
    OLDER = "older"
    NEWER = "newer"
    PARTED = "parted"


class Part(StrEnum):
    """What a difference is about."""

    VALUE = "value"
    ROW_ADDED = "row_added"
    ROW_REMOVED = "row_removed"
    ORDER = "order"
    FILE_ADDED = "file_added"
    FILE_REMOVED = "file_removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not alike in the two copies.

    `id` names it among the differences of one comparison: the path, with the row or file where there is one. `then`,
    `here` and `there` are words for people. `takeable` says whether the other copy changed it, so that its version
    can be taken over; `clash` whether both did. `step` is a step's id, or empty for the profile.
    """

    id: str
    part: Part
    path: str
    label: str
    step: str
    then: str
    here: str
    there: str
    takeable: bool
    clash: bool
    row: str = ""
    file: Attachment | None = None


@dataclass(frozen=True)
class Comparison:
    """Two copies of a cycle. `base` is the number of events that they share."""

    relation: Relation
    base: int
    mine: Side
    theirs: Side
    differences: tuple[Difference, ...] = ()

    @property
    def sentence(self) -> str:
        """How the two copies stand to each other."""
        ahead, behind = len(self.theirs.events) - self.base, len(self.mine.events) - self.base
        return {
            Relation.FOREIGN: "Berkas itu siklus lain, bukan salinan dari siklus ini. Tidak ada yang dibandingkan.",
            Relation.SAME: "Kedua berkas sama: riwayatnya sampai catatan terakhir tidak berbeda.",
            Relation.OLDER: f"Salinan itu lebih lama: {behind} catatan terakhir di sini belum ada di sana, dan tidak "
            "ada yang perlu diambil dari sana.",
            Relation.NEWER: f"Salinan itu lebih baru: ia melanjutkan berkas ini dengan {ahead} catatan. Pakailah "
            "salinan itu untuk bekerja selanjutnya.",
            Relation.PARTED: f"Kedua berkas berpisah sesudah catatan ke-{self.base}. Sejak itu di sini ada {behind} "
            f"catatan, di salinan itu {ahead}.",
        }[self.relation]

    @property
    def takeable(self) -> tuple[Difference, ...]:
        return tuple(difference for difference in self.differences if difference.takeable)


@dataclass(frozen=True)
class Side:
    """One copy: its events and its state, told in words."""

    events: tuple[Event, ...]
    state: CycleState
    profile: Sequence[FormField]
    base: int

    @cached_property
    def narrator(self) -> Narrator:
        from lkip_desktop.documents.catalog import KINDS

        titles = {kind.id: kind.title for kind in KINDS.values()}
        return Narrator(self.events, self.state, self.profile, titles)

    @cached_property
    def acts(self) -> tuple[Entry, ...]:
        """What was done in this copy since the two parted, oldest first."""
        return tuple(entry for entry in self.narrator.entries() if entry.seq > self.base)

    @property
    def moves(self) -> tuple[Entry, ...]:
        """The steps completed, undone and reopened since the two parted."""
        moved = {e.seq for e in self.events if e.act in (Act.COMPLETED, Act.UNDONE, Act.REOPENED)}
        return tuple(entry for entry in self.acts if entry.seq in moved)


def compare(
    mine: Sequence[Event], state: CycleState, theirs: Sequence[Event], profile: Sequence[FormField]
) -> Comparison:
    """Compare this cycle (`mine`, `state`) with the events of another file.

    Raises KeyError, ValueError or TypeError when the other events cannot be understood.
    """
    base = common_length(mine, theirs)
    here = Side(tuple(mine), state, profile, base)
    if base == 0:
        return Comparison(Relation.FOREIGN, 0, here, Side((), state, profile, 0))
    there = Side(tuple(theirs), replay(state.sop, theirs), profile, base)
    if base == len(mine) or base == len(theirs):
        same = len(mine) == len(theirs)
        relation = Relation.SAME if same else Relation.NEWER if base == len(mine) else Relation.OLDER
        return Comparison(relation, base, here, there)
    before = Side(tuple(mine[:base]), replay(state.sop, mine[:base]), profile, base)
    found = sorted(_differences(before, here, there), key=lambda d: here.narrator.position(d.path))
    return Comparison(Relation.PARTED, base, here, there, tuple(found))


def common_length(mine: Sequence[Event], theirs: Sequence[Event]) -> int:
    """How many events from the first on the two histories share."""
    pairs = zip(mine, theirs, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a.digest != b.digest), min(len(mine), len(theirs)))


def _differences(before: Side, here: Side, there: Side) -> Iterator[Difference]:
    fields = [*(f for _, f in here.state.sop.fields.values()), *here.profile]
    for field in fields:
        if field.kind is FieldKind.TABLE:
            yield from _table(field, before, here, there)
        else:
            yield from _field(field, field.id, before, here, there)


def _field(field: FormField, path: str, before: Side, here: Side, there: Side) -> Iterator[Difference]:
    if field.kind is FieldKind.FILES:
        yield from _files(path, before, here, there)
        return
    then, mine, theirs = (side.state.text(path) for side in (before, here, there))
    # Both copies count their new rows alike, so one id can name two officials.
    ambiguous = field.kind is FieldKind.OFFICIAL and theirs in _new_rows("officials", before, there)
    if mine == theirs and not ambiguous:
        return
    label, step = _label(path, before, here, there), _step(here, path)
    changed = theirs != then
    yield Difference(
        path, Part.VALUE, path, label, step, _shown(before, path), _shown(here, path), _shown(there, path),
        takeable=changed, clash=changed and mine != then,
    )  # fmt: skip


def _shown(side: Side, path: str) -> str:
    text = side.state.text(path)
    return side.narrator.shown(path, text) if text else ""


def _new_rows(table: str, before: Side, side: Side) -> list[str]:
    return [row for row in side.state.rows(table) if row not in before.state.rows(table)]


def _table(table: FormField, before: Side, here: Side, there: Side) -> Iterator[Difference]:
    old, mine, theirs = (side.state.rows(table.id) for side in (before, here, there))
    for row in old:
        if row in mine and row in theirs:
            for column in table.columns:
                yield from _field(column, f"{table.id}/{row}/{column.id}", before, here, there)
        elif row in mine or row in theirs:
            yield _row_gone(table, row, before, here, there)
    yield from _rows_added(table, before, here, there)
    kept = [row for row in old if row in mine and row in theirs]
    was, is_here, is_there = ([row for row in rows if row in kept] for rows in (old, mine, theirs))
    if is_here != is_there:
        yield Difference(
            f"{table.id}#urutan", Part.ORDER, table.id, f"{table.label}, urutan baris", _step(here, table.id), "",
            "tetap" if is_here == was else "diubah", "tetap" if is_there == was else "diubah",
            takeable=is_there != was, clash=is_there != was and is_here != was,
        )  # fmt: skip


def _rows_added(table: FormField, before: Side, here: Side, there: Side) -> Iterator[Difference]:
    """New rows of either copy; one that both have with the same content, as after a merge, is no difference."""
    news_here = [(row, _content(here, table.id, row)) for row in _new_rows(table.id, before, here)]
    for row in _new_rows(table.id, before, there):
        twin = next((new for new in news_here if new[1] == _content(there, table.id, row)), None)
        if twin is not None:
            news_here.remove(twin)
        else:
            yield _row_added(table, row, there, takeable=True)
    for row, _ in news_here:
        yield _row_added(table, row, here, takeable=False)


def _content(side: Side, table: str, row: str) -> tuple[dict[str, Json], list[tuple[str, str]]]:
    prefix = f"{table}/{row}/"
    files = [(f.field[len(prefix) :], f.sha256) for f in side.state.attachments if f.field.startswith(prefix)]
    return cells(side, table, row), sorted(files)


def _row_gone(table: FormField, row: str, before: Side, here: Side, there: Side) -> Difference:
    """A row that was there when the copies parted and that one of them took out."""
    gone_there = row not in there.state.rows(table.id)
    number = before.state.rows(table.id).index(row) + 1
    words = row_words(table, row, before)
    rest = {path: value for path, value in here.state.values.items() if path.startswith(f"{table.id}/{row}/")}
    edited = any(before.state.values.get(path) != value for path, value in rest.items())
    return Difference(
        f"{table.id}#{row}", Part.ROW_REMOVED, table.id, f"{table.label}, baris {number}", _step(here, table.id),
        words, "tetap" if gone_there else "dihapus", "dihapus" if gone_there else "tetap",
        takeable=gone_there, clash=gone_there and edited, row=row,
    )  # fmt: skip


def _row_added(table: FormField, row: str, side: Side, *, takeable: bool) -> Difference:
    words = row_words(table, row, side) or "baris kosong"
    return Difference(
        f"{table.id}+{row}" if takeable else f"{table.id}+{row}#sini",
        Part.ROW_ADDED, table.id, f"{table.label}, baris baru", _step(side, table.id), "",
        "" if takeable else words, words if takeable else "", takeable=takeable, clash=False, row=row,
    )  # fmt: skip


def row_words(table: FormField, row: str, side: Side) -> str:
    """The filled cells of a row in one line."""
    paths = [f"{table.id}/{row}/{column.id}" for column in table.columns if column.kind is not FieldKind.FILES]
    return " · ".join(side.narrator.shown(path, side.state.text(path)) for path in paths if side.state.text(path))


def _files(path: str, before: Side, here: Side, there: Side) -> Iterator[Difference]:
    old, mine, theirs = ({f.sha256: f for f in side.state.files(path)} for side in (before, here, there))
    for sha256 in dict.fromkeys((*old, *mine, *theirs)):
        if (sha256 in mine) == (sha256 in theirs):
            continue
        file = theirs.get(sha256) or mine[sha256]
        yield Difference(
            f"{path}+{sha256}", Part.FILE_REMOVED if sha256 in old else Part.FILE_ADDED, path,
            _label(path, before, here, there), _step(here, path),
            *_names(file.name, sha256 in old, sha256 in mine, sha256 in theirs),
            takeable=sha256 in theirs and sha256 not in old, clash=False, file=file,
        )  # fmt: skip


def _names(name: str, was: bool, is_here: bool, is_there: bool) -> tuple[str, str, str]:
    return name if was else "", name if is_here else "", name if is_there else ""


def _label(path: str, before: Side, *sides: Side) -> str:
    """A field's name; a row is counted where it still is."""
    base, *rest = path.split("/")
    holder = next((side for side in (*sides, before) if rest and rest[0] in side.state.rows(base)), sides[0])
    return holder.narrator.label(path)


def _step(side: Side, path: str) -> str:
    owner = side.state.sop.fields.get(path.split("/")[0])
    return owner[0].id if owner else ""


def cells(side: Side, table: str, row: str) -> dict[str, Json]:
    """The cells of a row, by column."""
    prefix = f"{table}/{row}/"
    return {path[len(prefix) :]: value for path, value in side.state.values.items() if path.startswith(prefix)}
