"""Makes a verified copy of a cycle file while work on it goes on: backups, and what is restored from them."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path

from db import examine, lock, rows, snapshot, sqlite
from lkip_desktop.errors import Cancelled
from lkip_desktop.ports import Progress

PAGES = 1024
"""Copied at a time (4 MB); between two such steps the window may keep its acts."""
BREATH_SECONDS = 0.001
_COUNTED = ("event", "blob")


def make(real: Path, partial: Path, progress: Progress | None = None) -> None:
    """Copy the file at `real` to `partial` and find the copy whole: structure, chain, every blob against its digest.

    `partial` is a new file that the caller makes durable and names. Raises examine.Refused when the file cannot be
    read or the copy is not whole, Cancelled, snapshot.Unsteady, sqlite3.Error, OSError.
    """
    watch = _Watch(progress)
    with lock.guard:
        version = examine.look(real).version
        held = lock.held_here(real)
        if held is None:
            snapshot.copy(real, partial)
    counts = _copy_held(held, partial, watch) if held is not None else None
    verify(partial, real, version, watch, counts)


def verify(copy: Path, name: Path, version: int, progress: Progress | None, counts: list[int] | None = None) -> None:
    """Read the file `copy` of a format from end to end; `name` is what messages call it. Raises as `make`.

    `counts` are the numbers of events and blobs that must be there.
    """
    try:
        with contextlib.closing(sqlite.connect(copy)) as connection:
            examine.structure(connection, name, version)
            events = examine.history(connection, name)
            if counts is not None and row_counts(connection) != counts:
                raise examine.damaged(name, "salinannya tidak lengkap", f"{row_counts(connection)} of {counts}")
            named = {blob for event in events for blob in rows.named_blobs(event)}
            _require_blobs(connection, name, named - rows.read_missing(connection), progress)
    except sqlite3.Error as error:
        if sqlite.kind_of(error) == "damaged":
            raise examine.damaged(name, "sebagian isinya tidak terbaca", str(error)) from error
        raise


def row_counts(connection: sqlite3.Connection) -> list[int]:
    """The numbers of events and blobs. Raises sqlite3.Error."""
    return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED]


class _Watch:
    """Passes progress on: the copying is the first half of it, the reading back the second."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress

    def copied(self, done: int, total: int) -> None:
        self._tell(done, 2 * max(total, 1))

    def __call__(self, done: int, total: int) -> bool:
        self._tell(total + done, 2 * max(total, 1))
        return True

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None and not self._progress(done, total):
            raise Cancelled


def _copy_held(held: lock.Held, partial: Path, watch: _Watch) -> list[int]:
    """Copy a file that this program has open, step by step; the numbers of rows at the moment of the last step.

    What is written through the same connection in between reaches the copy too (SQLite's backup API says so).
    """
    counts: list[int] = []

    def between(status: int, remaining: int, total: int) -> None:
        if status == sqlite3.SQLITE_DONE:
            counts.extend(row_counts(held.connection))
            return
        held.turn.release()
        try:
            # Whoever waits for the turn gets it: a lock that is taken again at once is not fair.
            time.sleep(BREATH_SECONDS)
            watch.copied(total - remaining, total)
        finally:
            held.turn.acquire()

    with held.copying, held.turn:
        if held.released:
            raise snapshot.Unsteady(held.path)
        sqlite.copy(held.connection, partial, PAGES, between)
    return counts


def _require_blobs(connection: sqlite3.Connection, name: Path, named: set[str], progress: Progress | None) -> None:
    """Refuse a file with a blob that is not what its digest says or that an event names and is not there."""
    kept = {str(sha256): (int(rowid), int(size)) for rowid, sha256, size in rows.blob_sizes(connection)}
    if named - kept.keys():
        raise examine.damaged(name, "ada lampiran yang hilang", "\n".join(sorted(named - kept.keys())))
    whole, done = sum(size for _, size in kept.values()), 0
    for sha256, (rowid, size) in kept.items():
        if rows.blob_digest(connection, rowid) != sha256:
            raise examine.damaged(name, "ada lampiran yang tidak sama dengan aslinya", sha256)
        done += size
        if progress is not None and not progress(done, whole):
            raise Cancelled
