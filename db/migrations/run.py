"""Brings a file of an older format to today's, always on a copy; the old file is never touched."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db import examine, rows, sqlite
from db.backup import PAGES
from lkip_desktop import __version__
from lkip_desktop.errors import Cancelled
from lkip_desktop.files import replacing
from lkip_desktop.ports import Progress

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent
_COUNTED = ("event", "blob")


def upgrade_copy(
    source: sqlite3.Connection, target: Path, path: Path, version: int, progress: Progress | None = None
) -> None:
    """Make at `target` the copy, in today's format, of the file of format `version` that is open as `source`.

    `path` is the file's name in messages. Raises examine.Refused when the copy is not as good as the original,
    sqlite3.Error or OSError when the disk refuses, Cancelled when `progress` says so.
    """
    sqlite.copy(source, target, PAGES, partial(_watch, progress))
    # With foreign keys on, a table that is rebuilt would take the rows that refer to it along.
    with contextlib.closing(sqlite.connect(target, foreign_keys=False)) as copy:
        before = _counts(copy), rows.read_events(copy)
        run_scripts(copy, version, sqlite.FORMAT)
        sqlite.mark(copy, __version__)
        with sqlite.interruptible(copy, progress):
            examine.structure(copy, path, sqlite.FORMAT)
        if (_counts(copy), examine.history(copy, path)) != before:
            raise examine.damaged(path, "pembaruan bentuknya tidak utuh", "rows differ after the upgrade")


def _watch(progress: Progress | None, _: int, remaining: int, total: int) -> None:
    if progress is not None and not progress(total - remaining, total):
        raise Cancelled


def keep_beside(path: Path) -> Path:
    """Keep the file at `path` under a second name that says before which format it was; that name."""
    kept = _free_name(path)
    try:
        os.link(path, kept)
    except OSError:
        # FAT and some network folders know no second names.
        with replacing(kept) as sibling:
            shutil.copyfile(path, sibling)
    return kept


def _free_name(path: Path) -> Path:
    stem = f"{path.stem} (sebelum versi {sqlite.FORMAT})"
    number, free = 1, path.with_name(f"{stem}{path.suffix}")
    while free.exists():
        number += 1
        free = path.with_name(f"{stem} {number}{path.suffix}")
    return free


def run_scripts(connection: sqlite3.Connection, start: int, end: int) -> None:
    """Let Alembic bring a file from format `start` (0: an empty one) to format `end`.

    A script's revision is its format number in four digits. Raises sqlite3.Error.
    """
    from alembic import command
    from sqlalchemy.exc import DBAPIError

    try:
        with sqlite.engine_on(connection).begin() as work:
            config = configuration(work)
            command.stamp(config, f"{start:04d}" if start else "base")
            command.upgrade(config, f"{end:04d}")
            # The format number in the file's header is the one truth about its version.
            work.exec_driver_sql("DROP TABLE alembic_version")
    except DBAPIError as error:
        raise error.orig or error from error


def configuration(work: Connection) -> Config:
    """What Alembic's commands need to work on a connection that is in a transaction."""
    from alembic.config import Config

    config = Config(attributes={"connection": work})
    # A file of settings would read a percent sign as the name of another setting.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def _counts(connection: sqlite3.Connection) -> list[int]:
    return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED]
