"""The thorough check of a cycle file: structure, chain, and every blob against its digest."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from db import examine, lock, opening, rows, scratch, snapshot, sqlite
from lkip_desktop.workflow.events import Event, first_break


def faults(real: Path, *, strict: bool = False) -> Iterator[str]:
    """A sentence for everything found wrong; none when the file is whole. Works on a copy and changes nothing.

    `strict` also tells which attachments a rescue noted as lost: anybody could have written that note.
    """
    with scratch.folder() as folder:
        copy = Path(folder) / "siklus.lkip"
        try:
            with lock.guard:
                version = examine.look(real).version
                snapshot.copy(real, copy)
            connection = sqlite.connect(copy)
        except examine.Refused as refused:
            yield refused.opening.message
            return
        except (sqlite3.Error, OSError, snapshot.Unsteady) as error:
            yield opening.refusal(real, error).opening.message
            return
        with contextlib.closing(connection):
            yield from _content_faults(connection, version, strict)


def _content_faults(connection: sqlite3.Connection, version: int, strict: bool) -> Iterator[str]:
    broken = len(sqlite.structure_faults(connection))
    if broken:
        yield f"Susunan berkas rusak di {broken} tempat."
    try:
        if sqlite.fingerprint(sqlite.schema_objects(connection)) != sqlite.SCHEMAS[version]:
            yield "Bentuk berkas diubah oleh aplikasi lain."
        events = rows.read_events(connection)
        yield from _chain_faults(events, rows.lost_events(connection, events))
        yield from _blob_faults(connection, events, strict)
    except (sqlite3.Error, ValueError):
        yield "Sebagian isi berkas tidak terbaca."


def _chain_faults(events: tuple[Event, ...], lost: int) -> Iterator[str]:
    broken = first_break(events)
    if not events:
        yield "Riwayat kosong."
    elif broken is not None:
        yield f"Riwayat tidak utuh mulai catatan ke-{broken}: ada yang diubah, dihapus, atau disisipkan."
    elif lost:
        yield f"{lost} catatan terakhir pada riwayat hilang."


def _blob_faults(connection: sqlite3.Connection, events: tuple[Event, ...], strict: bool) -> Iterator[str]:
    found, known = set(), rows.read_missing(connection)
    for rowid, sha256, _ in rows.blob_sizes(connection):
        found.add(sha256)
        if rows.blob_digest(connection, rowid) != sha256:
            yield f"Lampiran {sha256[:12]}… tidak sama dengan aslinya."
    for event in events:
        for sha256 in rows.named_blobs(event):
            if sha256 in found or (sha256 in known and not strict):
                continue
            why = " dan tercatat hilang ketika berkas diselamatkan" if sha256 in known else ""
            yield f"Lampiran pada catatan ke-{event.seq} tidak ada di dalam berkas{why}."
