"""Who has a cycle file open: the note beside it for other programs, and the files that this program holds itself.

SQLite's own lock is the truth. The note only tells the others who it is; one that a killed program left behind
hinders nobody.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sqlite3
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lkip_desktop.files import write_atomically
from lkip_desktop.words import long_date

MAX_NOTE_BYTES = 4096

# On POSIX a program loses its locks on a file as soon as it closes any other handle of that file. So whoever reads
# the bytes of a cycle file in this program does it under this guard, and never while the file is in `_held`.
guard = threading.RLock()
_held: dict[tuple[int, int], Held] = {}


@dataclass(frozen=True, slots=True)
class Note:
    """Who has a file open, on which PC, since when; `process` is the number of the program there."""

    user: str
    pc: str
    since: datetime
    process: int


class Held:
    """A file that this program has open and locked. Who uses the connection takes the `turn` first."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self.turn = threading.RLock()
        # Taken for a whole backup, which lets others have their turn between its steps; closing waits for it.
        self.copying = threading.Lock()
        self.released = False

    def release(self, *, keep_note: bool = False) -> None:
        """Close the file and let others have it; a second call does nothing.

        `keep_note` leaves the note where it is: the next opening then takes this end for an unclean one.
        """
        with self.copying, guard, self.turn:
            if self.released:
                return
            self.released = True
            # While the lock still stands the note cannot be another program's.
            if not keep_note:
                remove_note(self.path)
            self.connection.close()
            for key in [key for key, held in _held.items() if held is self]:
                del _held[key]


def hold(path: Path, connection: sqlite3.Connection) -> Held:
    """Remember that this program has the file at a real path open through `connection`."""
    held = Held(path, connection)
    _held[_identity(path)] = held
    return held


def held_here(path: Path) -> Held | None:
    """How this program has the file open, or None when it has not. Raises OSError."""
    return _held.get(_identity(path))


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def note_of(path: Path) -> Path:
    """Where the note about a file stands: hidden, beside it."""
    return path.with_name(f".{path.name}.lock")


def leave_note(path: Path, user: str) -> None:
    """Tell others who has the file at `path` open from now on. Raises OSError when the folder takes no note."""
    note = {
        "user": user,
        "pc": platform.node(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "process": os.getpid(),
    }
    write_atomically(note_of(path), json.dumps(note, ensure_ascii=False).encode("utf-8", "replace"))


def remove_note(path: Path) -> None:
    with contextlib.suppress(OSError):
        note_of(path).unlink(missing_ok=True)


def read_note(path: Path) -> Note | None:
    """The note about a file, or None when there is none or it cannot be understood."""
    try:
        with note_of(path).open("rb") as stream:
            found = json.loads(stream.read(MAX_NOTE_BYTES))
        since = datetime.fromisoformat(found["since"]).astimezone()
        return Note(str(found["user"]), str(found["pc"]), since, int(found["process"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return None


def holder(note: Note | None) -> str:
    """Who has the file open, as the middle of a sentence: ``oleh Siti di komputer PC-2 sejak …``."""
    if note is None:
        return "oleh program lain"
    since = note.since.astimezone()
    who = note.user or "pengguna lain"
    return f"oleh {who} di komputer {note.pc} sejak {long_date(since.date())} pukul {since:%H.%M}"
