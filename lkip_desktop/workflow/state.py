"""The state of a cycle, derived from its events and never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from lkip_desktop.sop.model import Sop, Step
from lkip_desktop.workflow.events import Act, Event, Json, Who

Values = Mapping[str, Json]


REPORT = "report"
"""The kind of document of which an import makes a version."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay at a step. `round` counts the stays at that step from 1; the last visit has no `left` while open."""

    step: str
    round: int
    entered: datetime
    entered_seq: int
    left: datetime | None = None
    left_seq: int | None = None
    who: Who | None = None
    decision: str = ""
    target: str = ""
    reason: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the cycle. `id` is unique (`file_id`); `field` is the path of its field."""

    id: int
    field: str
    name: str
    sha256: str
    size: int
    media_type: str
    at: datetime
    who: Who
    removed: bool = False


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A version of a document that is kept in the cycle: frozen bytes under `sha256`."""

    kind: str
    version: int
    name: str
    sha256: str
    size: int
    media_type: str
    source: str
    at: datetime
    who: Who
    seq: int


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs a letter, frozen: `title` as printed, `authority` the line above it (*a.n. Inspektur*) or empty."""

    name: str
    rank: str = ""
    nip: str = ""
    title: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """A signed scan or PDF of an issued letter; `verdict` is ``same``, ``different`` or ``picture`` (no text)."""

    name: str
    sha256: str
    size: int
    media_type: str
    verdict: str
    at: datetime
    who: Who
    seq: int


@dataclass(frozen=True, slots=True)
class IssuedLetter:
    """A letter that was issued: frozen words and PDF bytes. `id` is the seq of its event; `date` is ISO.

    `subject` is the row id of the one addressed where a kind has many letters, else empty; `replaces` the id of the
    version before, or 0; `head` the history's head as printed on it.
    """

    id: int
    kind: str
    subject: str
    number: str
    sequence: int
    year: int
    date: str
    version: int
    replaces: int
    about: str
    recipient: str
    signer: Signer
    head: str
    text_sha256: str
    name: str
    sha256: str
    size: int
    media_type: str
    at: datetime
    who: Who
    signed: tuple[SignedCopy, ...] = ()
    reason: str = ""
    """Why it replaces the version before."""


@dataclass(frozen=True)
class CycleState:
    """Where a cycle stands after event `seq`, whose digest is `head`.

    `values` maps a path to its text: ``field`` or ``table/row/column``; a table's path alone maps to the list of its
    row ids in order. Rows taken out of that list keep their values, so that nothing is lost.
    """

    sop: Sop
    year: int
    created: datetime
    visits: tuple[Visit, ...]
    values: Values
    attachments: tuple[Attachment, ...] = ()
    documents: tuple[KeptDocument, ...] = ()
    letters: tuple[IssuedLetter, ...] = ()
    passwords: Mapping[str, str] = field(default_factory=dict)
    """Row id of a person → argon2id hash."""
    seq: int = 0
    head: str = ""

    @property
    def closed(self) -> bool:
        return self.visits[-1].left is not None

    @property
    def visit(self) -> Visit | None:
        """The open visit, or None when the cycle is closed."""
        return None if self.closed else self.visits[-1]

    @property
    def step(self) -> Step | None:
        """The current step, or None when the cycle is closed."""
        return None if self.closed else self.sop.by_id[self.visits[-1].step]

    def text(self, path: str) -> str:
        """The value at a path as text; empty when there is none."""
        value = self.values.get(path)
        return value if isinstance(value, str) else ""

    def rows(self, table: str) -> tuple[str, ...]:
        """The ids of a table's rows, in order."""
        value = self.values.get(table)
        return tuple(value) if isinstance(value, list) else ()

    def cell(self, table: str, row: str, column: str) -> str:
        return self.text(f"{table}/{row}/{column}")

    def files(self, path: str) -> tuple[Attachment, ...]:
        """The attachments of a field that are not removed, oldest first."""
        return tuple(a for a in self.attachments if a.field == path and not a.removed)

    def versions(self, kind: str) -> tuple[KeptDocument, ...]:
        """The kept versions of a document kind, oldest first."""
        return tuple(d for d in self.documents if d.kind == kind)

    def issued(self, kind: str, subject: str = "") -> tuple[IssuedLetter, ...]:
        """The issued versions of a letter, oldest first."""
        return tuple(x for x in self.letters if x.kind == kind and x.subject == subject)

    def stays(self, step: str) -> tuple[Visit, ...]:
        """Every visit of a step, oldest first."""
        return tuple(v for v in self.visits if v.step == step)


def replay(sop: Sop, events: Iterable[Event]) -> CycleState:
    """The state after all `events`, the first of which must be CREATED.

    Raises ValueError when it is not, or when an event names a step that the SOP does not have.
    """
    state: CycleState | None = None
    for event in events:
        state = _begin(sop, event) if state is None else apply(state, event)
    if state is None:
        raise ValueError("a cycle begins with a CREATED event")
    return state


def apply(state: CycleState, event: Event) -> CycleState:
    """The state after one more event."""
    changed = _HANDLERS[event.act](state, event)
    return replace(changed, seq=event.seq, head=event.digest)


def _begin(sop: Sop, event: Event) -> CycleState:
    if event.act is not Act.CREATED:
        raise ValueError("a cycle begins with a CREATED event")
    visit = Visit(sop.first.id, 1, event.at, event.seq)
    values = dict(event.data.get("values", {}))
    return CycleState(sop, int(event.data["year"]), event.at, (visit,), values, seq=event.seq, head=event.digest)


def _filled(state: CycleState, event: Event) -> CycleState:
    values = dict(state.values)
    for path, value in event.data["changes"].items():
        if value is None or value == "":
            values.pop(path, None)
        else:
            values[path] = value
    return replace(state, values=values)


def _attached(state: CycleState, event: Event) -> CycleState:
    d = event.data
    new = Attachment(event.seq, d["field"], d["name"], d["sha256"], d["size"], d["media_type"], event.at, event.who)
    return replace(state, attachments=(*state.attachments, new))


def _detached(state: CycleState, event: Event) -> CycleState:
    return _mark(state, event, removed=True)


def _restored(state: CycleState, event: Event) -> CycleState:
    return _mark(state, event, removed=False)


def _mark(state: CycleState, event: Event, *, removed: bool) -> CycleState:
    target = event.data["attachment"]
    marked = (replace(a, removed=removed) if a.id == target else a for a in state.attachments)
    return replace(state, attachments=tuple(marked))


def _completed(state: CycleState, event: Event) -> CycleState:
    d = event.data
    left = replace(
        state.visits[-1],
        left=event.at,
        left_seq=event.seq,
        who=event.who,
        decision=d["decision"],
        target=d["target"],
        reason=d["reason"],
        authority=d.get("authority", ""),
    )
    visits = (*state.visits[:-1], left)
    return replace(state, visits=_enter(state.sop, visits, d["target"], event) if d["target"] else visits)


def _reopened(state: CycleState, event: Event) -> CycleState:
    last = state.visits[-1]
    if last.left is None:
        last = replace(
            last,
            left=event.at,
            left_seq=event.seq,
            who=event.who,
            target=event.data["step"],
            reason=event.data["reason"],
        )
    return replace(state, visits=_enter(state.sop, (*state.visits[:-1], last), event.data["step"], event))


def _enter(sop: Sop, visits: tuple[Visit, ...], step: str, event: Event) -> tuple[Visit, ...]:
    if step not in sop.by_id:
        raise ValueError(f"no step {step!r} in SOP {sop.id}")
    rounds = sum(1 for visit in visits if visit.step == step)
    return (*visits, Visit(step, rounds + 1, event.at, event.seq))


def _undone(state: CycleState, event: Event) -> CycleState:
    """Take back the last move: drop what it entered and open again what it left. The events themselves stay."""
    target = event.data["event"]
    kept = [visit for visit in state.visits if visit.entered_seq != target]
    last = kept[-1]
    if last.left_seq == target:
        kept[-1] = Visit(last.step, last.round, last.entered, last.entered_seq)
    return replace(state, visits=tuple(kept))


def _kept(state: CycleState, event: Event) -> CycleState:
    d = event.data
    new = KeptDocument(
        d["kind"],
        d["version"],
        d["name"],
        d["sha256"],
        d["size"],
        d["media_type"],
        d["source"],
        event.at,
        event.who,
        event.seq,
    )
    return replace(state, documents=(*state.documents, new))


def _unchanged(state: CycleState, event: Event) -> CycleState:
    return state


def _issued(state: CycleState, event: Event) -> CycleState:
    filled = _filled(state, event) if "changes" in event.data else state
    return replace(filled, letters=letters_after(state.letters, event))


def _signed(state: CycleState, event: Event) -> CycleState:
    return replace(state, letters=letters_after(state.letters, event))


def letters_after(letters: tuple[IssuedLetter, ...], event: Event) -> tuple[IssuedLetter, ...]:
    """The issued letters after one more event of any act; only ISSUED and SIGNED change them."""
    data = dict(event.data)
    if event.act is Act.ISSUED:
        data.pop("changes", None)
        signer = Signer(**data.pop("signer"))
        return (*letters, IssuedLetter(id=event.seq, signer=signer, at=event.at, who=event.who, **data))
    if event.act is Act.SIGNED:
        target = data.pop("letter")
        copy = SignedCopy(at=event.at, who=event.who, seq=event.seq, **data)
        return tuple(replace(x, signed=(*x.signed, copy)) if x.id == target else x for x in letters)
    return letters


def _imported(state: CycleState, event: Event) -> CycleState:
    filled = _filled(state, event)
    if event.data["kind"] == REPORT and all(x.sha256 != event.data["sha256"] for x in state.versions(REPORT)):
        filled = replace(filled, documents=(*filled.documents, _came_back(state, event)))
    return _with_files(filled, event, [event.data]) if event.data["field"] else filled


def _came_back(state: CycleState, event: Event) -> KeptDocument:
    """A report from which something was taken is a version of it."""
    d, version = event.data, len(state.versions(REPORT)) + 1
    what = (REPORT, version, d["name"], d["sha256"], d["size"], d["media_type"], "imported")
    return KeptDocument(*what, event.at, event.who, event.seq)


def _merged(state: CycleState, event: Event) -> CycleState:
    return _with_files(_filled(state, event), event, event.data["attachments"])


def _with_files(state: CycleState, event: Event, files: Iterable[Mapping[str, Json]]) -> CycleState:
    brought = (
        Attachment(
            file_id(event.seq, n), f["field"], f["name"], f["sha256"], f["size"], f["media_type"], event.at, event.who
        )
        for n, f in enumerate(files)
    )
    return replace(state, attachments=(*state.attachments, *brought))


def file_id(seq: int, index: int = 0) -> int:
    """The id of the file number `index` (from 0) that the event `seq` brought; of the first one it is `seq`."""
    return seq + (index << 32)


def _password(state: CycleState, event: Event) -> CycleState:
    rest = {person: word for person, word in state.passwords.items() if person != event.data["person"]}
    if event.data["hash"]:
        rest[event.data["person"]] = event.data["hash"]
    return replace(state, passwords=rest)


_HANDLERS = {
    Act.FILLED: _filled,
    Act.ATTACHED: _attached,
    Act.DETACHED: _detached,
    Act.RESTORED: _restored,
    Act.COMPLETED: _completed,
    Act.UNDONE: _undone,
    Act.REOPENED: _reopened,
    Act.KEPT: _kept,
    Act.PRINTED: _unchanged,
    Act.ISSUED: _issued,
    Act.SIGNED: _signed,
    Act.IMPORTED: _imported,
    Act.MERGED: _merged,
    Act.PASSWORD: _password,
    Act.ARCHIVED: _unchanged,
}
