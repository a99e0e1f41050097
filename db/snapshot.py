"""Reads and copies cycle files that others may be writing, without locking or changing them."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from db import lock, sqlite
from lkip_desktop.errors import Cancelled
from lkip_desktop.files import copy_in_parts
from lkip_desktop.ports import Progress

T = TypeVar("T")

TRIES = 8
PAUSE_SECONDS = 0.02
MEGABYTE = 1024 * 1024


class Unsteady(Exception):
    """The file kept changing while it was read."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What changes about a file when a transaction is written into it."""

    modified: int
    size: int
    journal_modified: int
    hot: bool


def _mark(path: Path) -> _Mark:
    status = path.stat()
    try:
        journal_modified = sqlite.journal_of(path).stat().st_mtime_ns
    except OSError:
        journal_modified = 0
    return _Mark(status.st_mtime_ns, status.st_size, journal_modified, sqlite.hot_journal(path))


def _steadily(path: Path, act: Callable[[], T]) -> T:
    """The result of `act` from a moment in which nobody wrote into the file at `path`.

    A writer marks its journal before it touches the file and unmarks it after, so a file without a marked journal
    that looks the same before and after was whole in between. Raises Unsteady, or what `act` raises at such a moment.
    """
    for _ in range(TRIES):
        before = _mark(path)
        if not before.hot:
            try:
                result = act()
            except (sqlite3.Error, LookupError, ValueError, OSError):
                if _mark(path) == before:
                    raise
            else:
                if _mark(path) == before:
                    return result
        elif not sqlite.locked_elsewhere(path):
            # Whoever marked the journal is gone: waiting helps nobody.
            break
        time.sleep(PAUSE_SECONDS)
    raise Unsteady(path)


def read(path: Path, reader: Callable[[sqlite3.Connection], T], spare: Path) -> T:
    """Read from a file that this program does not hold; `spare` is a path for a copy should one be needed.

    Reading past the locks is sound enough for a look: a file caught in the middle of a write is read again, and what
    is read is sealed. A copy is made only when a transaction was left unfinished, because SQLite mends nothing that
    it may not write. Raises sqlite3.Error, ValueError, OSError.
    """

    def look() -> T:
        with contextlib.closing(sqlite.connect_unlocked(path)) as connection:
            return reader(connection)

    try:
        return _steadily(path, look)
    except Unsteady:
        copy(path, spare)
        with contextlib.closing(sqlite.connect(spare)) as connection:
            return reader(connection)


def copy(path: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy a file as it stands to `target`, with the journal of an unfinished transaction.

    `progress` counts MB. Raises sqlite3.Error, OSError, Cancelled, and Unsteady when another program does not stop
    writing.
    """
    held = lock.held_here(path)
    if held is not None:
        with held.turn:
            sqlite.copy(held.connection, target)
        return
    try:
        _steadily(path, lambda: _copy_bytes(path, target, progress))
    except Unsteady:
        if sqlite.locked_elsewhere(path):
            raise
        # Nobody is there to finish the transaction: its journal takes it back in the copy.
        _copy_bytes(path, target, progress)
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(sqlite.journal_of(path), sqlite.journal_of(target))


def _copy_bytes(path: Path, target: Path, progress: Progress | None) -> None:
    if progress is None:
        shutil.copyfile(path, target)
        return
    total = path.stat().st_size // MEGABYTE + 1
    with contextlib.closing(copy_in_parts(path, target, MEGABYTE)) as parts:
        for done in parts:
            if not progress(done, total):
                raise Cancelled
