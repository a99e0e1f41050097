"""The journal that a sudden end leaves: played back when it is the file's own, set aside when it is another file's.

SQLite plays back whatever journal it finds beside a file. One that stayed when the file was replaced by a copy from
elsewhere would write its old pages into the new file and destroy it.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

from db import examine, scratch, sqlite

SET_ASIDE = " (catatan asing)"


def settle(real: Path, version: int) -> bool:
    """Make sure that what SQLite will do about an unfinished transaction leaves a whole file; True: one was set aside.

    To be called while nobody has the file open. Tried on a copy first, so that a file that cannot be helped stays
    byte for byte as it is. Raises Refused when the file is damaged with its journal and without, sqlite3.Error,
    OSError.
    """
    if not sqlite.hot_journal(real) or sqlite.locked_elsewhere(real):
        return False
    with scratch.folder() as folder:
        copy = Path(folder) / "siklus.lkip"
        shutil.copyfile(real, copy)
        shutil.copyfile(sqlite.journal_of(real), sqlite.journal_of(copy))
        try:
            _require_whole(copy, real, version)
            return False
        except examine.Refused:
            shutil.copyfile(real, copy)
            sqlite.journal_of(copy).unlink(missing_ok=True)
            _require_whole(copy, real, version)
    _set_aside(sqlite.journal_of(real))
    return True


def _require_whole(copy: Path, real: Path, version: int) -> None:
    try:
        with contextlib.closing(sqlite.connect(copy)) as connection:
            examine.structure(connection, real, version)
            examine.history(connection, real)
    except sqlite3.Error as error:
        raise examine.damaged(real, "sebagian isinya tidak terbaca", str(error)) from error


def _set_aside(journal: Path) -> None:
    free, number = journal.with_name(journal.name + SET_ASIDE), 2
    while free.exists():
        free = journal.with_name(f"{journal.name}{SET_ASIDE} {number}")
        number += 1
    journal.rename(free)
