"""What the use cases need from outside: a place that keeps a cycle, a clock, and somebody who watches progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lkip_desktop.workflow.events import Draft, Event

if TYPE_CHECKING:
    from lkip_desktop.authenticity import Record


class Clock(Protocol):
    """Tells the time, aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The PC's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Progress(Protocol):
    """Watches long work: called with parts done of all, returns False to cancel."""

    def __call__(self, done: int, total: int) -> bool: ...


class Store(Protocol):
    """One open cycle file."""

    path: Path
    read_only: bool

    def events(self) -> tuple[Event, ...]:
        """Every event, in order."""
        ...

    def append(self, draft: Draft, at: datetime, blobs: Mapping[str, bytes] | None = None) -> Event:
        """Keep one act, with the blobs (SHA-256 → bytes) it brings, in one durable transaction.

        Raises EnvironmentProblem when the disk refuses (nothing is changed then), UserError when read-only.
        """
        ...

    def blob(self, sha256: str) -> bytes:
        """The bytes kept under a digest. Raises KeyError when there are none, EnvironmentProblem when damaged."""
        ...

    def prepare(self) -> None:
        """Load what the first `append` needs; called from a working thread, so that the first act does not wait."""
        ...

    def close(self) -> None: ...


class Outcome(StrEnum):
    """How the opening of a file ended."""

    OPENED = "opened"
    READ_ONLY = "read_only"
    MISSING = "missing"
    EMPTY = "empty"
    NOT_LKIP = "not_lkip"
    FOREIGN = "foreign"
    NEWER = "newer"
    LOCKED = "locked"
    DAMAGED = "damaged"
    NO_ACCESS = "no_access"
    ELSEWHERE = "elsewhere"
    """The file lies where writing to it for long is not safe: on the network, on a stick, in a synced folder."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The outcome of opening a file: a store when it is open, and a sentence in Indonesian when it is not."""

    outcome: Outcome
    store: Store | None = None
    message: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class Peek:
    """A cycle file looked at from outside without locking it: its events, or why it cannot be read."""

    path: Path
    events: tuple[Event, ...] = ()
    sop_text: str = ""
    problem: str = ""
    in_use: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Bytes that a rescue did not find: the act that names them, their digest, and what people call them."""

    event: Event
    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Rescued:
    """What a rescue saved: the acts in the new file; acts that can be read and belong to none before; lost bytes."""

    events: tuple[Event, ...]
    loose: tuple[Event, ...]
    missing: tuple[Missing, ...]


class Files(Protocol):
    """Makes and opens cycle files."""

    def create(
        self,
        path: Path,
        draft: Draft,
        at: datetime,
        blobs: Mapping[str, bytes],
        *,
        user: str = "",
        overwrite: bool = False,
    ) -> Store:
        """A new file with its first event, made whole beside its place and then put there.

        Raises UserError when a file is there and `overwrite` is False or when the place is not safe for a cycle,
        EnvironmentProblem when the disk refuses.
        """
        ...

    def copy(self, path: Path, target: Path, progress: Progress | None = None) -> None:
        """Put a whole copy of a file, as it stood after its last kept act, to `target`; the file is not touched.

        Raises UserError when the file cannot be read, `target` is taken or its place is not safe for a cycle,
        EnvironmentProblem when the disk refuses, Cancelled when `progress` says so; nothing is made then.
        """
        ...

    def back_up(self, path: Path, target: Path, progress: Progress | None = None) -> None:
        """Put a copy to `target` that was read back from end to end and found whole; acts go on meanwhile.

        Any place will do, a stick as well. Raises UserError when the file is damaged or cannot be read or `target` is
        taken, EnvironmentProblem when the disk refuses, Cancelled when `progress` says so; nothing is made then.
        """
        ...

    def rescue(self, sources: Sequence[Path], target: Path, progress: Progress | None = None) -> Rescued:
        """Make a new file at `target` of all that can be read in a damaged file and, after it, in its backups.

        Raises UserError when nothing can be saved or `target` will not do, EnvironmentProblem when the disk refuses,
        Cancelled. No source is changed.
        """
        ...

    def clear_remains(self, folders: Iterable[Path]) -> int:
        """Remove what programs that ended suddenly left half-made in these folders; how much it was. Never raises."""
        ...

    def unsafe_place(self, path: Path) -> str:
        """Why no cycle file should be made at `path`, as a sentence or two; empty on this PC's own disk."""
        ...

    def open(self, path: Path, *, user: str = "", read_only: bool = False, progress: Progress | None = None) -> Opening:
        """Open a file by the protocol; `user` is told to others who find it locked.

        Raises Cancelled when `progress` says so; nothing is changed then.
        """
        ...

    def takes_long(self, path: Path, *, read_only: bool = False) -> bool:
        """Whether opening a file may take above 300 ms: after an unclean end, of an older format, large copies."""
        ...

    def peek(self, path: Path) -> Peek:
        """Read a file without locking or changing it. Never raises for a bad file."""
        ...

    def records(self, path: Path) -> tuple[Record, ...]:
        """The history of a file row by row as it stands, also a broken one. Raises UserError when it is unreadable."""
        ...

    def check(self, path: Path, *, strict: bool = False) -> Iterable[str]:
        """Sentences about everything found wrong in a file (structure, chain, blobs); empty when it is whole.

        `strict` also tells which attachments the file itself says were lost before a rescue.
        """
        ...
