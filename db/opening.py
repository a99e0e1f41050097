"""The opening protocol: look at file and place, lock, examine, bring to today's format, and only then hand it out."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from db import examine, journal, lock, scratch, snapshot, sqlite
from db.examine import Refused
from db.location import Kind, Location
from db.store import CycleStore
from lkip_desktop.files import replacing
from lkip_desktop.ports import Opening, Outcome, Progress
from lkip_desktop.workflow.events import Event

_READ_ONLY = "dibuka hanya untuk dibaca; perubahan tidak dapat disimpan."
_NOT_WRITABLE = (
    f"Berkas ini atau foldernya tidak mengizinkan penulisan, maka {_READ_ONLY} Untuk mengubahnya, salin dahulu ke "
    "folder lain."
)
_UNCLEAN = (
    "Program berhenti mendadak ketika berkas ini terakhir dibuka. Isinya sudah diperiksa seluruhnya dan utuh sampai "
    "simpanan yang terakhir."
)

LARGE = 20 * 1024 * 1024
"""Bytes; a smaller file is read to its end within 300 ms, also from a slow disk."""

_FOREIGN_JOURNAL = (
    "Di samping berkas ini ada catatan pemulihan milik berkas lain; catatan itu disisihkan dan tidak dipakai. Isi "
    "berkas sudah diperiksa seluruhnya dan utuh."
)


class _ReadOnlyPlace(Exception):
    """The file or its folder does not let itself be written."""


def open_cycle(
    path: Path, user: str, where: Callable[[Path], Location], *, read_only: bool, progress: Progress | None = None
) -> Opening:
    """Open the file at `path`, a link's target included; never raises for what the file or its place is like.

    Raises Cancelled when `progress` says so: nothing was changed then.
    """
    real = Path(os.path.realpath(path))
    try:
        version = examine.look(real).version
        if read_only:
            return _open_copy(path, real, _asked(real), progress=progress)
        _require_local(real, where(real))
        return _open_for_writing(path, real, version, user, progress)
    except Refused as refused:
        return refused.opening


def _require_local(real: Path, location: Location) -> None:
    """Refuse to write to a file for as long as it lies where writing is not safe. Raises Refused."""
    if location.kind is Kind.LOCAL:
        return
    message = (
        f"Berkas “{real.name}” ada di {location.danger} Berkas itu tidak diubah. "
        "Salin ke komputer ini untuk mengerjakannya, atau buka baca saja."
    )
    raise Refused(Outcome.ELSEWHERE, message)


def takes_long(path: Path, *, read_only: bool) -> bool:
    """Whether opening may take above 300 ms: an older format, or a large file that is read to its end. Never raises."""
    real = Path(os.path.realpath(path))
    try:
        if examine.look(real).version < sqlite.FORMAT:
            return True
        large = real.stat().st_size > LARGE
        writable = os.access(real, os.W_OK) and os.access(real.parent, os.W_OK)
        return large and (read_only or not writable or _left_behind(real))
    except (Refused, OSError):
        return False


def _open_for_writing(path: Path, real: Path, version: int, user: str, progress: Progress | None) -> Opening:
    try:
        if version < sqlite.FORMAT:
            return _upgrade(path, real, version, user, progress)
        return _open_here(path, real, user, progress)
    except _ReadOnlyPlace as place:
        return _open_copy(path, real, _NOT_WRITABLE, str(place), progress)


def _open_here(path: Path, real: Path, user: str, progress: Progress | None) -> Opening:
    unclean = _left_behind(real)
    foreign = _settle_journal(real, sqlite.FORMAT)
    held = _lock(real)
    try:
        _leave_note(real, user)
        events = _examined(held.connection, real, sqlite.FORMAT, progress, quick=not unclean)
    except BaseException:
        # A full check that did not end well is due again the next time.
        held.release(keep_note=unclean)
        raise
    message = _FOREIGN_JOURNAL if foreign else _UNCLEAN if unclean else ""
    return Opening(Outcome.OPENED, CycleStore(path, held, events), message=message)


def _settle_journal(real: Path, version: int) -> bool:
    """See that a journal left behind is the file's own; True when a foreign one was set aside. Raises Refused."""
    with lock.guard:
        try:
            return lock.held_here(real) is None and journal.settle(real, version)
        except (sqlite3.Error, OSError) as error:
            if sqlite.kind_of(error) == "read_only":
                raise _ReadOnlyPlace(str(error)) from error
            raise refusal(real, error) from error


def _left_behind(real: Path) -> bool:
    """Whether the last program that had the file open did not come to close it."""
    return sqlite.journal_of(real).exists() or lock.note_of(real).exists()


def _lock(real: Path) -> lock.Held:
    """Lock the file for this program alone. Raises Refused, _ReadOnlyPlace."""
    with lock.guard:
        try:
            if lock.held_here(real) is not None:
                message = f"Berkas “{real.name}” sudah terbuka di program ini. Isinya aman."
                raise Refused(Outcome.LOCKED, message, str(real))
            sqlite.require_writable(real)
            return lock.hold(real, sqlite.connect(real))
        except (sqlite3.Error, OSError) as error:
            if sqlite.kind_of(error) == "read_only":
                raise _ReadOnlyPlace(str(error)) from error
            raise refusal(real, error) from error


def refusal(real: Path, error: Exception) -> Refused:
    """Say what an error of SQLite, of the system or of a file that does not hold still means for the file."""
    kind = sqlite.kind_of(error)
    if kind == "busy" or isinstance(error, snapshot.Unsteady):
        return in_use(real)
    if kind == "damaged":
        return examine.damaged(real, "sebagian isinya tidak terbaca", str(error))
    return examine.no_access(real, error)


def in_use(real: Path) -> Refused:
    """The refusal of a file that another program has open: who, where, since when."""
    note = lock.read_note(real)
    message = (
        f"Berkas “{real.name}” sedang dibuka {lock.holder(note)}. Isinya aman. Tunggu sampai ditutup di sana, "
        "atau buka hanya untuk dibaca."
    )
    return Refused(Outcome.LOCKED, message, f"{real}\n{note}")


def _leave_note(real: Path, user: str) -> None:
    try:
        lock.leave_note(real, user)
    except OSError as error:
        if sqlite.kind_of(error) == "read_only":
            raise _ReadOnlyPlace(str(error)) from error
        # A full disk still lets the file be read; others then do not learn who has it.


def _examined(
    connection: sqlite3.Connection, real: Path, version: int, progress: Progress | None, *, quick: bool = False
) -> tuple[Event, ...]:
    try:
        with sqlite.interruptible(connection, progress):
            examine.structure(connection, real, version, quick=quick)
        return examine.history(connection, real)
    except sqlite3.Error as error:
        raise examine.damaged(real, "sebagian isinya tidak terbaca", str(error)) from error


def _upgrade(path: Path, real: Path, version: int, user: str, progress: Progress | None) -> Opening:
    """Put a copy in today's format in the place of an older file, keep the old one beside it, and open the new one."""
    from db.migrations import run

    _settle_journal(real, version)
    held = _lock(real)
    try:
        _leave_note(real, user)
        _examined(held.connection, real, version, progress)
        with replacing(real) as partial:
            run.upgrade_copy(held.connection, partial, real, version, progress)
            # Windows replaces no open file.
            held.release()
            kept = run.keep_beside(real)
    except (OSError, sqlite3.Error) as error:
        raise _not_upgraded(real, error) from error
    finally:
        held.release()
    opening = _open_here(path, real, user, None)
    message = (
        "Berkas ini sudah disesuaikan dengan versi program ini. Berkas lama tetap ada di folder yang sama dengan nama "
        f"“{kept.name}”; di beranda berkas itu tidak tampil."
    )
    return Opening(opening.outcome, opening.store, message)


def _not_upgraded(real: Path, error: Exception) -> Refused:
    message = (
        f"Berkas “{real.name}” dibuat dengan versi program yang lebih lama dan belum dapat disesuaikan. Berkas itu "
        "tidak diubah. Periksa ruang disk dan izin folder, lalu coba lagi."
    )
    return Refused(Outcome.NO_ACCESS, message, f"{type(error).__name__}: {error}")


def _asked(real: Path) -> str:
    """Why a file is read only when that was asked for: the holder, when there is one."""
    with lock.guard:
        if lock.held_here(real) is None and lock.note_of(real).exists() and sqlite.locked_elsewhere(real):
            return f"Berkas ini sedang dibuka {lock.holder(lock.read_note(real))}, maka {_READ_ONLY}"
    return f"Berkas ini {_READ_ONLY}"


def _open_copy(path: Path, real: Path, message: str, details: str = "", progress: Progress | None = None) -> Opening:
    """Open a private copy for reading, so that the file itself is not touched. Raises Refused, Cancelled."""
    try:
        private = scratch.folder()
    except OSError as error:
        raise examine.no_access(real, error) from error
    try:
        held, events = _private_copy(real, Path(private.name), progress)
    except BaseException:
        private.cleanup()
        raise
    return Opening(Outcome.READ_ONLY, CycleStore(path, held, events, private=private), message, details)


@contextlib.contextmanager
def whole_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """The connection of a private copy, found whole and in the format of the file; both go with the block.

    Raises Refused when the file cannot be read or is not whole.
    """
    real = Path(os.path.realpath(path))
    try:
        with scratch.folder() as folder:
            copy = Path(folder) / "siklus.lkip"
            version = _copied(real, copy)
            with contextlib.closing(sqlite.connect(copy)) as connection:
                _examined(connection, real, version, None)
                yield connection
    except (sqlite3.Error, OSError, snapshot.Unsteady) as error:
        raise refusal(real, error) from error


def _copied(real: Path, copy: Path, progress: Progress | None = None) -> int:
    """Copy a file as it stands; its format. Raises Refused, Cancelled, sqlite3.Error, OSError, Unsteady."""
    with lock.guard:
        version = examine.look(real).version
        snapshot.copy(real, copy, progress)
    return version


def _private_copy(real: Path, folder: Path, progress: Progress | None) -> tuple[lock.Held, tuple[Event, ...]]:
    """Copy, examine and, when older, upgrade a file inside `folder`. Raises Refused, Cancelled."""
    copy = folder / "siklus.lkip"
    try:
        version = _copied(real, copy, progress)
        if version < sqlite.FORMAT:
            copy = _upgraded_copy(copy, real, version, progress)
        held = lock.Held(copy, sqlite.connect(copy))
    except (sqlite3.Error, OSError, snapshot.Unsteady) as error:
        raise refusal(real, error) from error
    try:
        events = _examined(held.connection, real, sqlite.FORMAT, progress)
        sqlite.forbid_writing(held.connection)
    except BaseException:
        held.release()
        raise
    return held, events


def _upgraded_copy(copy: Path, real: Path, version: int, progress: Progress | None) -> Path:
    from db.migrations import run

    target = copy.with_name("siklus-baru.lkip")
    connection = sqlite.connect(copy)
    try:
        _examined(connection, real, version, progress)
        run.upgrade_copy(connection, target, real, version, progress)
    finally:
        connection.close()
    return target
