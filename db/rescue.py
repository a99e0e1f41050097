"""Saves what is left of a damaged cycle file, and of its backups, into a new file.

Every row that is found, wherever it stands, is compared with its digest: acts are taken as far as their chain reaches
from the first one, bytes only when they are those that an act names.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from db import pages, rows, scratch, snapshot, sqlite
from lkip_desktop import __version__, resources
from lkip_desktop.errors import Cancelled, UserError
from lkip_desktop.ports import Missing, Progress, Rescued
from lkip_desktop.workflow.events import GENESIS, Act, Event, digest

_NOTHING = (
    "Tidak ada yang dapat diselamatkan dari “{name}”: awal riwayatnya tidak terbaca. Berkas itu tidak diubah; "
    "simpanlah, dan mintalah bantuan teknisi."
)
_NO_SOP = (
    "Riwayat terbaca, tetapi SOP siklus ini hilang dari berkas dan dari cadangannya, jadi siklus tidak dapat dibuka. "
    "Berkas itu tidak diubah; simpanlah, dan mintalah bantuan teknisi."
)


def rescue(sources: Sequence[Path], partial: Path, progress: Progress | None = None) -> Rescued:
    """Make at `partial` a file of all that can be read in `sources`, of which the first is the damaged file.

    Raises UserError when not even the first act can be read, Cancelled, OSError, sqlite3.Error. No source is changed.
    """
    with contextlib.ExitStack() as stack:
        found = _Found(stack, progress)
        for source in _with_journals_played_back(sources, stack):
            found.take(source)
        chain = _longest_chain(found.events.values())
        if not chain:
            raise UserError(_NOTHING.format(name=sources[0].name))
        missing = _write(partial, chain, found)
        last = chain[-1].seq
        loose = sorted((e for e in found.events.values() if e.seq > last), key=lambda event: event.seq)
        return Rescued(chain, tuple(loose), missing)


def _with_journals_played_back(sources: Sequence[Path], stack: contextlib.ExitStack) -> Iterable[Path]:
    """Each file, and beside one with an unfinished transaction a copy in which that was taken back."""
    for number, source in enumerate(sources):
        if not source.is_file():
            continue
        yield source
        if sqlite.hot_journal(source):
            copy = Path(stack.enter_context(scratch.folder())) / f"{number}.lkip"
            with contextlib.suppress(sqlite3.Error, OSError, snapshot.Unsteady):
                snapshot.copy(source, copy)
                sqlite.connect(copy).close()
                yield copy


class _Found:
    """The acts that hold by themselves, by digest, and where the bytes under each digest may stand."""

    def __init__(self, stack: contextlib.ExitStack, progress: Progress | None) -> None:
        self.events: dict[str, Event] = {}
        self.places: dict[str, list[tuple[pages.Pages, pages.Row]]] = {}
        self.progress = progress
        self._stack = stack

    def take(self, source: Path) -> None:
        try:
            opened = pages.Pages(source)
        except OSError:
            return
        self._stack.callback(opened.close)
        with contextlib.suppress(OSError):
            for number, row in enumerate(opened.rows()):
                if number % 1000 == 0 and self.progress is not None and not self.progress(0, 1):
                    raise Cancelled
                self._sort(opened, row)

    def _sort(self, opened: pages.Pages, row: pages.Row) -> None:
        columns = row.columns
        if len(columns) == len(rows.COLUMNS):
            with contextlib.suppress(ValueError):
                event = rows.to_event([row.rowid, *columns[1:]])
                if event.digest == _sealed(event):
                    self.events[event.digest] = event
        elif len(columns) == 3 and isinstance(columns[0], str) and columns[2] is None:
            self.places.setdefault(columns[0], []).append((opened, row))

    def blob(self, sha256: str) -> bytes | None:
        """The bytes under a digest, from whichever place still has them whole."""
        for opened, row in self.places.get(sha256, ()):
            with contextlib.suppress(ValueError, OSError, IndexError):
                data = opened.blob(row)
                if hashlib.sha256(data).hexdigest() == sha256:
                    return data
        # The SOP is the program's own: a file that lost it need not be lost for it.
        text = resources.sop_text().encode("utf-8")
        return text if hashlib.sha256(text).hexdigest() == sha256 else None


def _sealed(event: Event) -> str:
    return digest(event.seq, event.at, event.who, event.act, event.data, event.previous)


def _longest_chain(events: Iterable[Event]) -> tuple[Event, ...]:
    """The longest run of acts from a first one on, each naming the one before."""
    reached: dict[str, Event] = {}
    last: Event | None = None
    for event in sorted(events, key=lambda event: event.seq):
        before = reached.get(event.previous)
        first = event.seq == 1 and event.previous == GENESIS and event.act is Act.CREATED
        if first or (before is not None and before.seq + 1 == event.seq):
            reached[event.digest] = last = event
    chain: list[Event] = []
    while last is not None:
        chain.append(last)
        last = reached.get(last.previous)
    return tuple(reversed(chain))


def _write(partial: Path, chain: Sequence[Event], found: _Found) -> tuple[Missing, ...]:
    """Keep the acts and the bytes that they name; what is named and not there. Raises UserError without the SOP."""
    missing: dict[str, Missing] = {}
    with contextlib.closing(sqlite.create(partial, __version__)) as connection:
        # The caller makes the whole file durable, or throws it away.
        connection.execute("PRAGMA synchronous = OFF")
        for done, event in enumerate(chain, start=1):
            for sha256 in dict.fromkeys(rows.named_blobs(event)):
                data = found.blob(sha256)
                if data is None:
                    missing.setdefault(sha256, Missing(event, sha256, _name_of(event, sha256)))
                else:
                    _keep_blob(connection, sha256, data)
            row = rows.to_row(event)
            connection.execute(f"INSERT INTO event VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
            if found.progress is not None and not found.progress(done, len(chain)):
                raise Cancelled
        if chain[0].data["sop_sha256"] in missing:
            raise UserError(_NO_SOP)
        rows.write_missing(connection, missing)
    return tuple(missing.values())


def _keep_blob(connection: sqlite3.Connection, sha256: str, data: bytes) -> None:
    known = connection.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    if known is None:
        connection.execute("INSERT INTO blob (sha256, size, data) VALUES (?, ?, ?)", (sha256, len(data), data))


def _name_of(event: Event, sha256: str) -> str:
    """What people call the bytes under a digest."""
    brought = event.data.get("attachments", ())
    for part in (event.data, *(brought if isinstance(brought, list) else ())):
        if part.get("sha256") == sha256:
            return str(part.get("name", ""))
    return "SOP siklus" if event.data.get("sop_sha256") == sha256 else "naskah surat"
