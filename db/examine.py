"""Looks into a file before and after it is opened, and refuses with a sentence for the user."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from pathlib import Path

from db import lock, rows, sqlite
from lkip_desktop import __version__
from lkip_desktop.ports import Opening, Outcome
from lkip_desktop.workflow.events import Act, Event, first_break

_UNCHANGED = "Berkas itu tidak diubah."
_RESTORE = "Pakailah salinannya yang terakhir."


class Refused(Exception):
    """The file cannot be opened; `opening` says why."""

    def __init__(self, outcome: Outcome, message: str, details: str = "") -> None:
        super().__init__(message)
        self.opening = Opening(outcome, message=message, details=details)


def look(path: Path) -> sqlite.Header:
    """The header of a cycle file that this program can read. Locks and changes nothing. Raises Refused."""
    try:
        with lock.guard:
            if lock.held_here(path) is not None:
                return sqlite.Header(sqlite.APPLICATION_ID, sqlite.FORMAT, wal=False, cut=False)
            header = _header(path)
    except EOFError:
        raise damaged(path, "terpotong", "header cut off") from None
    except FileNotFoundError:
        message = f"Berkas “{path.name}” tidak ditemukan. Mungkin sudah dipindahkan atau diganti namanya."
        raise Refused(Outcome.MISSING, message, str(path)) from None
    except OSError as error:
        raise no_access(path, error) from error
    if header.application_id != sqlite.APPLICATION_ID:
        raise foreign(path, f"application_id {header.application_id:#x}")
    if header.version > sqlite.FORMAT:
        raise _newer(path, header.version)
    if header.wal or header.version not in sqlite.SCHEMAS:
        raise foreign(path, f"user_version {header.version}, wal {header.wal}")
    # An unfinished transaction may leave half a page; its journal takes that back.
    if (header.cut or header.stale) and not sqlite.hot_journal(path):
        raise damaged(path, "terpotong" if header.cut else "kepalanya tidak cocok dengan isinya", f"{header}")
    return header


def _header(path: Path) -> sqlite.Header:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        message = f"“{path.name}” adalah folder, bukan berkas siklus LKIP. Pilih berkas yang berakhiran .lkip."
        raise Refused(Outcome.NOT_LKIP, message, str(path))
    if status.st_size == 0 and stat.S_ISREG(status.st_mode):
        message = f"Berkas “{path.name}” kosong: tidak ada data di dalamnya. {_RESTORE}"
        raise Refused(Outcome.EMPTY, message, str(path))
    header = sqlite.read_header(path) if stat.S_ISREG(status.st_mode) else None
    if header is None:
        message = f"Berkas “{path.name}” bukan berkas siklus LKIP. {_UNCHANGED} Pilih berkas yang dibuat program ini."
        raise Refused(Outcome.NOT_LKIP, message, str(path))
    return header


def structure(connection: sqlite3.Connection, path: Path, version: int, *, quick: bool = False) -> None:
    """Refuse a file that SQLite finds damaged or whose schema is not that of its format. Raises Refused.

    `quick` leaves out the pages of attachments: after a clean end they are for the backup and the check to read.
    """
    faults = sqlite.quick_faults(connection) if quick else sqlite.structure_faults(connection)
    if faults:
        raise damaged(path, "sebagian isinya tidak terbaca", "\n".join(faults))
    objects = sqlite.schema_objects(connection)
    if sqlite.fingerprint(objects) != sqlite.SCHEMAS[version]:
        raise foreign(path, "\n".join(objects))


def history(connection: sqlite3.Connection, path: Path) -> tuple[Event, ...]:
    """Every event, after the chain was found whole up to the last one. Raises Refused."""
    try:
        events = rows.read_events(connection)
        lost = rows.lost_events(connection, events)
    except (sqlite3.Error, ValueError) as error:
        raise damaged(path, "riwayatnya tidak terbaca", str(error)) from error
    if not events or events[0].act is not Act.CREATED:
        raise damaged(path, "riwayatnya tidak mempunyai awal", f"{len(events)} events")
    broken = first_break(events)
    if broken is not None:
        raise damaged(path, f"riwayatnya tidak utuh mulai catatan ke-{broken}", f"chain breaks at {broken}")
    if lost:
        raise damaged(path, f"{lost} catatan terakhir pada riwayatnya hilang", f"{lost} events lost")
    return events


def damaged(path: Path, what: str, details: str) -> Refused:
    return Refused(Outcome.DAMAGED, f"Berkas “{path.name}” rusak: {what}. {_UNCHANGED} {_RESTORE}", details)


def foreign(path: Path, details: str) -> Refused:
    message = (
        f"Berkas “{path.name}” dibuat atau diubah oleh aplikasi lain, jadi tidak dibuka. {_UNCHANGED} "
        "Pilih berkas yang dibuat program ini."
    )
    return Refused(Outcome.FOREIGN, message, details)


def no_access(path: Path, error: BaseException) -> Refused:
    message = (
        f"Berkas “{path.name}” tidak dapat dibaca. {_UNCHANGED} "
        "Periksa izin berkas dan folder serta sambungan disknya, lalu coba lagi."
    )
    return Refused(Outcome.NO_ACCESS, message, f"{type(error).__name__}: {error}")


def _newer(path: Path, version: int) -> Refused:
    program = _program_of(path)
    # A file may say anything: that this very program is too old for it is no help.
    needed = f"versi {program}" if program and program != __version__ else "versi yang lebih baru"
    message = (
        f"Berkas “{path.name}” dibuat dengan LKIP Desktop {needed}, sedangkan program di komputer ini versi "
        f"{__version__}. Isinya aman dan tidak diubah. Perbarui program ke {needed} untuk membukanya."
    )
    return Refused(Outcome.NEWER, message, f"user_version {version}, known {sqlite.FORMAT}")


def _program_of(path: Path) -> str:
    with contextlib.closing(sqlite.connect_unlocked(path)) as connection:
        return rows.read_program(connection)
