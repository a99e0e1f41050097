"""Between events and the rows that keep them, and the plain reading of both."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from lkip_desktop.workflow.events import Act, Event, Who, canonical

BLOB_PIECE = 1 << 20
COLUMNS = ("seq", "at", "who", "role", "behalf", "act", "data", "previous", "digest")


def to_row(event: Event) -> dict[str, object]:
    """The columns of the table `event` for an event; the time is ISO 8601 in UTC with microseconds."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    who, data = event.who, canonical(event.data)
    values = (event.seq, at, who.name, who.role, who.behalf, event.act.value, data, event.previous, event.digest)
    return dict(zip(COLUMNS, values, strict=True))


def to_event(row: Sequence[Any]) -> Event:
    """The event of a row in the order of COLUMNS. Raises ValueError when the row holds no event."""
    seq, *texts = row
    # A damaged page gives NULL, bytes or numbers where text was.
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(f"event {seq} holds something other than text")
    at, who, role, behalf, act, text, previous, digest = texts
    try:
        moment, data = datetime.fromisoformat(at), json.loads(text)
        moment.astimezone(UTC)
    except RecursionError as error:
        raise ValueError(f"event {seq} is nested without end") from error
    except OverflowError as error:
        raise ValueError(f"event {seq} lies beyond all time") from error
    if moment.tzinfo is None or not isinstance(data, dict):
        raise ValueError(f"event {seq} is malformed")
    return Event(seq, moment, Who(who, role, behalf), Act(act), data, previous, digest)


def read_events(connection: sqlite3.Connection) -> tuple[Event, ...]:
    """Every event of a file, in order. Raises ValueError for a malformed row, sqlite3.Error for a damaged file."""
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM event ORDER BY seq")
    return tuple(to_event(row) for row in rows)


def lost_events(connection: sqlite3.Connection, events: Sequence[Event]) -> int:
    """How many of the last events are not there, as far as the file says. Raises ValueError, sqlite3.Error.

    A page of the table in another one's place can take its last rows away and leave a chain that holds.
    """
    kept = connection.execute("SELECT value FROM meta WHERE key = 'events'").fetchone()
    return max(0, int(kept[0]) - len(events)) if kept else 0


def read_blob(connection: sqlite3.Connection, sha256: str) -> bytes:
    """The bytes under a digest. Raises KeyError when there are none."""
    row = connection.execute("SELECT data FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None or not isinstance(row[0], bytes):
        raise KeyError(sha256)
    return row[0]


def blob_sizes(connection: sqlite3.Connection) -> list[tuple[int, str, int]]:
    """Row id, digest and size of every blob, without reading the blobs. Raises sqlite3.Error."""
    found = connection.execute("SELECT rowid, sha256, coalesce(length(data), 0) FROM blob NOT INDEXED ORDER BY rowid")
    return [(rowid, str(sha256), size) for rowid, sha256, size in found]


def blob_digest(connection: sqlite3.Connection, rowid: int) -> str:
    """The SHA-256 in hex of a blob's bytes as they stand, read a piece at a time; empty when they cannot be read."""
    found = hashlib.sha256()
    try:
        with connection.blobopen("blob", "data", rowid, readonly=True) as stream:
            while piece := stream.read(BLOB_PIECE):
                found.update(piece)
    except sqlite3.Error:
        return ""
    return found.hexdigest()


def read_program(connection: sqlite3.Connection) -> str:
    """The version of the program that gave the file its format; empty when the file does not say."""
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'program'").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def read_missing(connection: sqlite3.Connection) -> frozenset[str]:
    """The digests that a rescue could not find: known to be missing, not lost since. Raises sqlite3.Error."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'missing'").fetchone()
    return frozenset(str(row[0]).split()) if row else frozenset()


def write_missing(connection: sqlite3.Connection, digests: Iterable[str]) -> None:
    """Say in a file that is being made which named blobs it does not have."""
    connection.execute("INSERT INTO meta (key, value) VALUES ('missing', ?)", (" ".join(digests),))


def read_sop(connection: sqlite3.Connection, events: Sequence[Event]) -> str:
    """The SOP's text, which the first event names. Raises KeyError when missing, ValueError when changed."""
    sha256 = str(events[0].data.get("sop_sha256", ""))
    text = read_blob(connection, sha256)
    if hashlib.sha256(text).hexdigest() != sha256:
        raise ValueError(f"blob {sha256} is not what its digest says")
    return text.decode("utf-8")


def named_blobs(event: Event) -> Iterator[str]:
    """The digests of the blobs that an event speaks of, in its own keys and in those of its attachments."""
    brought = event.data.get("attachments", ())
    for part in (event.data, *(brought if isinstance(brought, list) else ())):
        for key, value in part.items():
            if (key == "sha256" or key.endswith("_sha256")) and isinstance(value, str) and value:
                yield value
