"""Reads the history of a file row by row as it stands, also one whose chain does not hold."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from db import examine, lock, opening, rows, snapshot
from lkip_desktop.authenticity import Record
from lkip_desktop.errors import UserError


def read(real: Path) -> tuple[Record, ...]:
    """Every row of the history, in order. Raises UserError when the file is no cycle file or cannot be read."""
    try:
        with lock.guard:
            examine.look(real)
            held = lock.held_here(real)
            if held is not None:
                with held.turn:
                    return _records(held.connection)
            with TemporaryDirectory(prefix="lkip-") as folder:
                return snapshot.read(real, _records, Path(folder) / "siklus.lkip")
    except examine.Refused as refused:
        raise UserError(refused.opening.message) from refused
    except (sqlite3.Error, OSError, snapshot.Unsteady) as error:
        raise UserError(opening.refusal(real, error).opening.message) from error


def _records(connection: sqlite3.Connection) -> tuple[Record, ...]:
    found = connection.execute(f"SELECT {', '.join(rows.COLUMNS)} FROM event ORDER BY seq")
    return tuple(Record(int(seq), *(_text(value) for value in texts)) for seq, *texts in found)


def _text(value: object) -> str:
    """Text as it stands; anything else as what no seal fits."""
    return value if isinstance(value, str) else repr(value)
