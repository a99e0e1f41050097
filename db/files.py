"""Makes, opens, looks at and checks cycle files; the port `Files`."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from db import backup, check, examine, lock, opening, records, rescue, rows, scratch, snapshot, sqlite
from db.location import Kind, Location, where_is
from db.store import CycleStore
from lkip_desktop import __version__
from lkip_desktop.authenticity import Record
from lkip_desktop.errors import Cancelled, EnvironmentProblem, UserError
from lkip_desktop.files import replacing
from lkip_desktop.ports import Opening, Outcome, Peek, Progress, Rescued, Store
from lkip_desktop.workflow.events import Draft, Event, first_break


class CycleFiles:
    """Cycle files on this PC's disks. Nothing here needs SQLAlchemy until a file is made or changed.

    `where` tells on which places files are written to; `location.anywhere` takes them all.
    """

    def __init__(self, where: Callable[[Path], Location] = where_is) -> None:
        self._where = where

    def create(
        self,
        path: Path,
        draft: Draft,
        at: datetime,
        blobs: Mapping[str, bytes],
        *,
        user: str = "",
        overwrite: bool = False,
    ) -> Store:
        """A new file with its first event; missing folders are made.

        Raises UserError when the name or the place cannot be used or the name is taken, EnvironmentProblem when the
        disk refuses.
        """
        real = self._place_for(path, overwrite=overwrite)
        with _new_file(real) as partial:
            _write_new(partial, draft, at, blobs)
        opened = opening.open_cycle(path, user, self._where, read_only=False)
        if opened.store is None or opened.outcome is not Outcome.OPENED:
            if opened.store is not None:
                opened.store.close()
            raise EnvironmentProblem(opened.message)
        return opened.store

    def open(self, path: Path, *, user: str = "", read_only: bool = False, progress: Progress | None = None) -> Opening:
        return opening.open_cycle(path, user, self._where, read_only=read_only, progress=progress)

    def takes_long(self, path: Path, *, read_only: bool = False) -> bool:
        return opening.takes_long(path, read_only=read_only)

    def copy(self, path: Path, target: Path, progress: Progress | None = None) -> None:
        real = self._place_for(target, overwrite=False)
        try:
            with opening.whole_copy(path) as connection:
                if progress is not None and not progress(1, 2):
                    raise Cancelled
                with _new_file(real) as partial:
                    sqlite.copy(connection, partial)
        except examine.Refused as refused:
            raise UserError(refused.opening.message) from refused

    def back_up(self, path: Path, target: Path, progress: Progress | None = None) -> None:
        real = Path(os.path.realpath(target))
        _require_usable_name(real)
        _require_free(real, overwrite=False)
        try:
            with _new_file(real) as partial:
                backup.make(Path(os.path.realpath(path)), partial, progress)
        except examine.Refused as refused:
            raise UserError(refused.opening.message) from refused
        except snapshot.Unsteady as error:
            raise UserError(opening.in_use(path).opening.message) from error

    def rescue(self, sources: Sequence[Path], target: Path, progress: Progress | None = None) -> Rescued:
        real = self._place_for(target, overwrite=False)
        with _new_file(real) as partial:
            return rescue.rescue([Path(os.path.realpath(path)) for path in sources], partial, progress)

    def clear_remains(self, folders: Iterable[Path]) -> int:
        return scratch.clear(folders)

    def unsafe_place(self, path: Path) -> str:
        location = self._where(Path(os.path.realpath(path)))
        if location.kind is Kind.LOCAL:
            return ""
        return f"Tempat yang dipilih ada di {location.danger} Pilih folder lain di komputer ini."

    def _place_for(self, path: Path, *, overwrite: bool) -> Path:
        """The real path at which a file may be made. Raises UserError."""
        real = Path(os.path.realpath(path))
        _require_usable_name(real)
        unsafe = self.unsafe_place(path)
        if unsafe:
            raise UserError(unsafe)
        _require_free(real, overwrite=overwrite)
        return real

    def peek(self, path: Path) -> Peek:
        """A look for a list: no lock, no change, a few milliseconds whatever the attachments weigh."""
        real = Path(os.path.realpath(path))
        try:
            with lock.guard:
                examine.look(real)
                held = lock.held_here(real)
                if held is not None:
                    with held.turn:
                        return Peek(path, *_read(held.connection))
                return _peek_unheld(path, real)
        except examine.Refused as refused:
            return _unreadable(path, refused)
        except (ValueError, KeyError) as error:
            return _unreadable(path, examine.damaged(real, "isinya tidak terbaca", str(error)))
        except (sqlite3.Error, OSError, snapshot.Unsteady) as error:
            return _unreadable(path, opening.refusal(real, error))

    def records(self, path: Path) -> tuple[Record, ...]:
        return records.read(Path(os.path.realpath(path)))

    def check(self, path: Path, *, strict: bool = False) -> Iterator[str]:
        return check.faults(Path(os.path.realpath(path)), strict=strict)


def _peek_unheld(path: Path, real: Path) -> Peek:
    with scratch.folder() as folder:
        events, sop_text = snapshot.read(real, _read, Path(folder) / "siklus.lkip")
    in_use = lock.note_of(real).exists() and sqlite.locked_elsewhere(real)
    return Peek(path, events, sop_text, in_use=opening.in_use(real).opening.message if in_use else "")


def _unreadable(path: Path, refused: examine.Refused) -> Peek:
    message = refused.opening.message
    return Peek(path, problem=message, in_use=message if refused.opening.outcome is Outcome.LOCKED else "")


def _read(connection: sqlite3.Connection) -> tuple[tuple[Event, ...], str]:
    """Events and the SOP's text. Raises ValueError, KeyError or sqlite3.Error for a damaged file."""
    events = rows.read_events(connection)
    if not events or first_break(events) is not None or rows.lost_events(connection, events):
        raise ValueError("the chain of events does not hold")
    return events, rows.read_sop(connection, events)


def _require_usable_name(real: Path) -> None:
    name, whole = len(os.fsencode(real.name)), len(os.fsencode(real))
    if name > sqlite.MAX_NAME_BYTES or whole > sqlite.MAX_PATH_BYTES:
        raise UserError("Nama berkas atau nama foldernya terlalu panjang. Pilih nama atau folder yang lebih pendek.")


def _require_free(real: Path, *, overwrite: bool) -> None:
    """Refuse to make a file where one is that must stay. Raises UserError."""
    if real.is_dir():
        raise UserError(f"“{real.name}” adalah folder. Pilih nama lain untuk berkas siklus.")
    if not real.exists():
        return
    if not overwrite:
        raise UserError(f"Berkas “{real.name}” sudah ada dan tidak ditimpa. Pilih nama atau folder lain.")
    with lock.guard:
        if lock.held_here(real) is not None or sqlite.locked_elsewhere(real):
            raise UserError(f"Berkas “{real.name}” sedang dibuka, jadi tidak dapat ditimpa. Tutup dahulu berkas itu.")


@contextlib.contextmanager
def _new_file(real: Path) -> Iterator[Path]:
    """Give a sibling to be written, which then gets the name `real`. Raises EnvironmentProblem."""
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        with replacing(real) as partial:
            try:
                yield partial
            finally:
                sqlite.journal_of(partial).unlink(missing_ok=True)
            # What an earlier file of this name left unfinished would be played back into the new one.
            sqlite.journal_of(real).unlink(missing_ok=True)
        lock.remove_note(real)
    except (OSError, sqlite3.Error, EnvironmentProblem) as error:
        raise _not_made(real, error) from error


def _write_new(partial: Path, draft: Draft, at: datetime, blobs: Mapping[str, bytes]) -> None:
    with lock.guard:
        held = lock.hold(partial, sqlite.create(partial, __version__))
    with contextlib.closing(CycleStore(partial, held, ())) as store:
        store.append(draft, at, blobs)


def _not_made(real: Path, error: Exception) -> EnvironmentProblem:
    cause: BaseException = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    full = sqlite.kind_of(cause) == "full"
    why = "disk penuh" if full else "folder atau disknya menolak"
    mend = "Kosongkan ruang di disk" if full else "Pilih folder lain atau periksa izinnya"
    return EnvironmentProblem(
        f"Berkas “{real.name}” tidak dapat dibuat: {why}. Tidak ada yang diubah. {mend}, lalu ulangi."
    )
