"""All that is SQLite's alone: header, connection, lock, triggers, structure checks, copies and error codes."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lkip_desktop.errors import Cancelled
from lkip_desktop.ports import Progress

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

MAGIC = b"SQLite format 3\0"
HEADER_SIZE = 100
JOURNAL_SUFFIX = "-journal"
# SQLite refuses paths above 512 bytes on POSIX; a file system refuses names above 255, and the journal needs one.
MAX_PATH_BYTES = 512 - len(JOURNAL_SUFFIX)
MAX_NAME_BYTES = 255 - len(JOURNAL_SUFFIX)

APPLICATION_ID = int.from_bytes(b"LKIP", "big")
FORMAT = 2
"""The format that this program writes; it stands in the file's header as `user_version`."""

# The fingerprint of the schema of every released format: what differs was not made by this program.
# Format 2 brought new acts and left the tables alone.
SCHEMAS = {
    1: "385ae6876c289d8267a6896c089f9404170b9c9a8b10fd08787eb0588bd48e6e",
    2: "385ae6876c289d8267a6896c089f9404170b9c9a8b10fd08787eb0588bd48e6e",
}

BUSY_SECONDS = 0.2
ASK_SECONDS = 0.1
LEAN_TABLES = ("event", "meta")

TRIGGERS = {
    "event_next": "BEFORE INSERT ON event WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event)",
    "event_no_update": "BEFORE UPDATE ON event",
    "event_no_delete": "BEFORE DELETE ON event",
    # INSERT OR REPLACE would delete the old row without asking the trigger below.
    "blob_once": "BEFORE INSERT ON blob WHEN EXISTS (SELECT 1 FROM blob WHERE sha256 = NEW.sha256)",
    "blob_no_update": "BEFORE UPDATE ON blob",
    "blob_no_delete": "BEFORE DELETE ON blob",
}


@dataclass(frozen=True, slots=True)
class Header:
    """What the first 100 bytes of an SQLite file say.

    `wal`: another journal mode was set from outside. `cut`: the last page is not whole, or pages are missing.
    `stale`: the number of pages is not the one that goes with the last change; SQLite would write it anew at once.
    """

    application_id: int
    version: int
    wal: bool
    cut: bool
    stale: bool = False


def read_header(path: Path) -> Header | None:
    """The header of a file, or None when it is no SQLite file. Raises OSError, and EOFError when it is cut off."""
    with path.open("rb") as stream:
        head = stream.read(HEADER_SIZE)
        size = os.fstat(stream.fileno()).st_size
    if not head.startswith(MAGIC):
        return None
    if len(head) < HEADER_SIZE:
        raise EOFError(path)
    # In two bytes, 65536 is written as 1.
    page_size = int.from_bytes(head[16:18], "big") if head[16:18] != b"\0\1" else 65536
    pages = int.from_bytes(head[28:32], "big")
    cut = page_size == 0 or size % page_size != 0 or pages * page_size > size
    stale = head[24:28] != head[92:96] or pages == 0
    return Header(int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big"), 2 in head[18:20], cut, stale)


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what is needed to take an unfinished transaction back."""
    return path.with_name(path.name + JOURNAL_SUFFIX)


def hot_journal(path: Path) -> bool:
    """Whether a transaction is under way, or was when its program died. Between transactions the head is zeroed."""
    try:
        with journal_of(path).open("rb") as stream:
            # SQLite looks no further either before it plays a journal back.
            return stream.read(1) not in (b"", b"\0")
    except OSError:
        return False


def connect(path: Path, *, foreign_keys: bool = True) -> sqlite3.Connection:
    """A connection to an existing file, locked for this program alone until it is closed.

    Raises sqlite3.Error: busy when another program has it, read-only when the place refuses, or what is damaged.
    """
    connection = _connect(path, "mode=rw", BUSY_SECONDS)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        _configure(connection, foreign_keys=foreign_keys)
    except BaseException:
        connection.close()
        raise
    return connection


def require_writable(path: Path) -> None:
    """Raise OSError for a file that takes no writing: SQLite would open it for reading without a word.

    Like every other handle, this one ends the locks that this program has on the file.
    """
    os.close(os.open(path, os.O_RDWR))


def connect_unlocked(path: Path) -> sqlite3.Connection:
    """A connection that neither locks nor writes nor looks at the journal: the caller makes sure that nobody writes."""
    return _connect(path, "mode=ro&immutable=1", 0)


def locked_elsewhere(path: Path) -> bool:
    """Whether another connection has the file locked for itself."""
    connection = _connect(path, "mode=ro", 0)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        return kind_of(error) == "busy"
    finally:
        connection.close()
    return False


def create(path: Path, program: str) -> sqlite3.Connection:
    """A new file with the tables, triggers and marks of today's format, and its connection. Raises sqlite3.Error."""
    connection = _connect(path, "mode=rwc", BUSY_SECONDS)
    try:
        _configure(connection, foreign_keys=True)
        for statement in _definitions():
            connection.execute(statement)
        mark(connection, program)
    except BaseException:
        connection.close()
        raise
    return connection


def mark(connection: sqlite3.Connection, program: str) -> None:
    """Write into a file that it has today's format, and which program version gave it."""
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('program', ?)", (program,))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def _definitions() -> Iterator[str]:
    from sqlalchemy.dialects.sqlite import dialect
    from sqlalchemy.schema import CreateTable

    from db.tables import metadata

    for table in metadata.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect()))
    for name, when in TRIGGERS.items():
        yield f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{name}'); END"


def engine_on(connection: sqlite3.Connection) -> Engine:
    """SQLAlchemy on the one connection that there is. The path goes through no URL, so any name works."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    def begin(connection: Connection) -> None:
        # The driver is in autocommit mode and begins nothing by itself, not even for DDL.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "begin", begin)
    return engine


def forbid_writing(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON")


def structure_faults(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds wrong in the file, read from end to end; in English, for the details."""
    return _said(connection, "PRAGMA integrity_check")


def quick_faults(connection: sqlite3.Connection) -> list[str]:
    """The same without the pages that attachments fill, so that a large file takes no longer than a small one.

    SQLite's own `quick_check` reads those pages too; the check of one table reads that table's alone.
    """
    found = [fault for table in ("sqlite_schema", *LEAN_TABLES) for fault in _check_of(connection, table)]
    try:
        # Reads the row of each blob and none of its bytes.
        rows = connection.execute("SELECT rowid, sha256 FROM blob NOT INDEXED WHERE length(data) = size").fetchall()
        index = connection.execute("SELECT rowid, sha256 FROM blob INDEXED BY sqlite_autoindex_blob_1").fetchall()
        if set(rows) != set(index):
            found.append("the table of blobs and its index differ")
    except sqlite3.Error as error:
        found.append(str(error))
    return found


def _check_of(connection: sqlite3.Connection, table: str) -> list[str]:
    known = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    return _said(connection, f"PRAGMA integrity_check({table})") if known or table == "sqlite_schema" else []


def _said(connection: sqlite3.Connection, check: str) -> list[str]:
    try:
        return [str(row[0]) for row in connection.execute(check) if row[0] != "ok"]
    except sqlite3.Error as error:
        return [str(error)]


def schema_objects(connection: sqlite3.Connection) -> list[str]:
    """Every table, index, trigger and view as one line each, spelled alike whatever made it. Raises sqlite3.Error."""
    rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master ORDER BY name")
    return [" ".join(re.sub(r'["`]', "", " ".join(map(str, row))).split()) for row in rows]


def fingerprint(objects: list[str]) -> str:
    """SHA-256 in hex of a schema as `schema_objects` gives it."""
    return hashlib.sha256("\n".join(sorted(objects)).encode()).hexdigest()


@contextlib.contextmanager
def interruptible(connection: sqlite3.Connection, progress: Progress | None) -> Iterator[None]:
    """Let `progress` stop what SQLite does within the block, of which it does not say how far it is: Cancelled then.

    From a thread beside it, because a check of the whole file is one step for SQLite.
    """
    if progress is None:
        yield
        return
    over, stopped = threading.Event(), threading.Event()

    def watch() -> None:
        while not over.wait(ASK_SECONDS):
            if not progress(0, 1):
                stopped.set()
                connection.interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    except Exception:
        if not stopped.is_set():
            raise
    finally:
        over.set()
        watcher.join()
    # Whatever came of work that was interrupted says nothing about the file.
    if stopped.is_set():
        raise Cancelled


def copy(
    source: sqlite3.Connection, target: Path, pages: int = -1, between: Callable[[int, int, int], None] | None = None
) -> None:
    """Copy a whole file as it stands through its connection, `pages` at a time (-1: all at once).

    `between` is called after each step with SQLite's status, the pages that remain and all pages. Raises
    sqlite3.Error, and what `between` raises.
    """
    with contextlib.closing(_connect(target, "mode=rwc", 0)) as connection:
        # A copy that fails is thrown away: nothing of it is ever to be taken back.
        connection.execute("PRAGMA journal_mode = OFF")
        source.backup(connection, pages=pages, progress=between)


def kind_of(error: BaseException) -> str:
    """What an error means for the user: ``busy``, ``full``, ``read_only``, ``damaged`` or ``io``."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "full"
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "read_only"
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_IOERR) & 0xFF
    return _KINDS.get(code, "io")


_KINDS = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_CANTOPEN: "read_only",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}


class _Connection(sqlite3.Connection):
    """Says of every damaged file that it is damaged."""

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        try:
            return super().execute(*arguments)
        except UnicodeDecodeError as error:
            # SQLite quotes what it finds in a damaged schema, and the driver cannot read that.
            damaged = sqlite3.DatabaseError(str(error))
            damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damaged from error


def _connect(path: Path, query: str, timeout: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{_uri(path)}?{query}",
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,
        factory=_Connection,
    )
    connection.set_authorizer(_authorize)
    return connection


_TABLES = ("event", "blob", "meta")


def _authorize(action: int, _first: str | None, _second: str | None, _database: str | None, source: str | None) -> int:
    """Our tables are read as tables: a file from outside may have a view of a table's name that never ends.

    `source` is the view or trigger for which something is read (https://sqlite.org/c3ref/set_authorizer.html).
    """
    through_view = action == sqlite3.SQLITE_READ and source in _TABLES
    endless = action in (sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_ATTACH)
    return sqlite3.SQLITE_DENY if through_view or endless else sqlite3.SQLITE_OK


def _uri(path: Path) -> str:
    """A file URI with an empty authority; SQLite refuses another one, so Path.as_uri will not do for shares."""
    absolute = path.absolute().as_posix()
    return (
        "file://" + ("" if absolute.startswith("/") else "/") + quote(absolute.encode("utf-8", "surrogateescape"), "/:")
    )


def _configure(connection: sqlite3.Connection, *, foreign_keys: bool) -> None:
    for pragma in _pragmas(foreign_keys):
        connection.execute(f"PRAGMA {pragma}")


def _pragmas(foreign_keys: bool) -> Iterator[str]:
    yield "locking_mode = EXCLUSIVE"
    # A copy of the file alone is complete; with WAL the newest pages would stand in a second file.
    yield "journal_mode = DELETE"
    yield "synchronous = EXTRA"
    yield f"foreign_keys = {'ON' if foreign_keys else 'OFF'}"
    yield "trusted_schema = OFF"
    yield "cell_size_check = ON"
    yield "mmap_size = 0"
