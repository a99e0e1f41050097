"""One open cycle: its events in memory, its blobs on the disk, and the one place that makes a change durable."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from db import lock, rows, sqlite
from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.workflow.events import GENESIS, Draft, Event, canonical, seal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Insert, Select

_SAFE = "Semua yang tersimpan sebelumnya tetap aman."
_REFUSALS = {
    "full": f"Disk penuh: perubahan terakhir belum tersimpan. {_SAFE} Kosongkan ruang di disk, lalu ulangi.",
    "read_only": f"Perubahan terakhir belum tersimpan karena folder berkas tidak dapat ditulisi lagi. {_SAFE} "
    "Periksa flashdisk atau izin folder, lalu ulangi.",
    "damaged": "Perubahan terakhir belum tersimpan karena berkas di disk rusak. Tutup siklus ini, lalu lanjutkan "
    "dari salinannya yang terakhir.",
    "io": f"Perubahan terakhir belum tersimpan karena disk menolak menulis. {_SAFE} Periksa disk dan "
    "sambungannya, lalu ulangi.",
}
_MOVED = (
    "Perubahan terakhir belum tersimpan karena berkas ini dipindahkan, dihapus, atau diganti dari luar program. "
    "Kembalikan berkas ke tempatnya, lalu ulangi; atau tutup siklus ini dan buka dari tempat yang baru."
)
_DAMAGED_BLOB = (
    "Lampiran atau naskah ini rusak di dalam berkas siklus. Isian dan riwayat tetap aman. Buka Bantuan ▸ Periksa "
    "berkas, lalu pulihkan cadangan atau lampirkan kembali dari aslinya."
)


class CycleStore:
    """An open cycle file; the port `Store`. Its methods may be called from any thread.

    SQLAlchemy is loaded when first needed, or before in an idle moment by `prepare`.
    """

    def __init__(
        self,
        path: Path,
        held: lock.Held,
        events: tuple[Event, ...],
        *,
        private: TemporaryDirectory[str] | None = None,
    ) -> None:
        """Take over an open file; `private` is the folder of the copy that a read-only cycle is read from."""
        self.path = path
        self.read_only = private is not None
        self._held = held
        self._events = events
        self._private = private

    def events(self) -> tuple[Event, ...]:
        return self._events

    def append(self, draft: Draft, at: datetime, blobs: Mapping[str, bytes] | None = None) -> Event:
        """Keep one act with its blobs; after an error the store is as before and can be used on.

        Raises UserError when read-only or when a text cannot be kept, EnvironmentProblem when the disk refuses,
        ValueError for a blob that is not what its digest says or that is named and missing.
        """
        if self.read_only:
            raise UserError("Siklus ini dibuka hanya untuk dibaca, jadi perubahan tidak dapat disimpan.")
        brought = dict(blobs or {})
        _require_true_digests(brought)
        with self._held.turn:
            self._require_in_place()
            event = self._sealed(draft, at)
            self._keep(event, brought)
            self._events += (event,)
            return event

    def blob(self, sha256: str) -> bytes:
        """The bytes under a digest. Raises KeyError when there are none, EnvironmentProblem when they are damaged."""
        with self._held.turn:
            try:
                data = rows.read_blob(self._held.connection, sha256)
            except sqlite3.Error as error:
                raise EnvironmentProblem(_DAMAGED_BLOB) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise EnvironmentProblem(_DAMAGED_BLOB)
        return data

    def prepare(self) -> None:
        """Load what the first change needs, so that it is as quick as the later ones."""
        _ = self._engine, self._statements

    def close(self) -> None:
        """Let the file go; a second call does nothing."""
        self._held.release()
        if self._private is not None:
            self._private.cleanup()

    def _require_in_place(self) -> None:
        try:
            here = lock.held_here(self._held.path) is self._held
        except OSError:
            here = False
        if not here:
            raise EnvironmentProblem(_MOVED)

    def _sealed(self, draft: Draft, at: datetime) -> Event:
        """The event as it will be read again: plain JSON data, the time in UTC."""
        previous = self._events[-1].digest if self._events else GENESIS
        try:
            plain = Draft(draft.who, draft.act, json.loads(canonical(draft.data)))
            return seal(plain, len(self._events) + 1, at.astimezone(UTC), previous)
        except UnicodeEncodeError as error:
            # Half of an emoji: a text field can hold it, no file can.
            raise UserError(
                "Teks memuat karakter rusak yang tidak dapat disimpan. Hapus karakter itu, lalu ulangi."
            ) from error

    def _keep(self, event: Event, blobs: Mapping[str, bytes]) -> None:
        from sqlalchemy.exc import DBAPIError

        try:
            with self._engine.begin() as connection:
                self._insert(connection, event, blobs)
        except DBAPIError as error:
            cause = error.orig or error
            if isinstance(cause, sqlite3.DataError | sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            raise EnvironmentProblem(_REFUSALS.get(sqlite.kind_of(cause), _REFUSALS["io"])) from error

    def _insert(self, connection: Connection, event: Event, blobs: Mapping[str, bytes]) -> None:
        new_event, new_blob, known_blob, new_count = self._statements
        for sha256 in {*blobs, *rows.named_blobs(event)}:
            if connection.execute(known_blob, {"sha256": sha256}).first() is not None:
                continue
            if sha256 not in blobs:
                raise ValueError(f"blob {sha256} is named and missing")
            data = blobs[sha256]
            connection.execute(new_blob, {"sha256": sha256, "size": len(data), "data": data})
        connection.execute(new_event, rows.to_row(event))
        connection.execute(new_count, {"key": "events", "value": str(event.seq)})

    @cached_property
    def _engine(self) -> Engine:
        return sqlite.engine_on(self._held.connection)

    @cached_property
    def _statements(self) -> tuple[Insert, Insert, Select[tuple[str]], Insert]:
        from sqlalchemy import bindparam, insert, select

        from db.tables import blob, event, meta

        known = select(blob.c.sha256).where(blob.c.sha256 == bindparam("sha256"))
        return insert(event), insert(blob), known, insert(meta).prefix_with("OR REPLACE")


def _require_true_digests(blobs: Mapping[str, bytes]) -> None:
    for sha256, data in blobs.items():
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ValueError(f"blob {sha256} is not what its digest says")
