"""The commands that guard a cycle file: check it, back it up, come back to a backup, save what is left of it."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from lkip_desktop import backups, rescue
from lkip_desktop.commands.tools import Tools, command
from lkip_desktop.errors import UserError


def register(commands: Any, tools: Tools) -> None:
    """Declare ``check``, ``backup``, ``restore`` and ``rescue``."""
    check = command(commands, "check", partial(_check, tools), "periksa berkas siklus")
    check.add_argument("file", type=Path)
    backup = command(commands, "backup", partial(_backup, tools), "buat cadangan yang diperiksa")
    backup.add_argument("file", type=Path)
    backup.add_argument("--to", type=Path, metavar="DIR", help="tempat kedua, misalnya sebuah flashdisk")
    restore = command(commands, "restore", partial(_restore, tools), "pulihkan cadangan sebagai berkas baru")
    restore.add_argument("backup", type=Path)
    restore.add_argument("out", type=Path)
    save = command(commands, "rescue", partial(_rescue, tools), "selamatkan isi berkas rusak ke berkas baru")
    save.add_argument("file", type=Path)
    save.add_argument("out", type=Path)


def _check(tools: Tools, options: argparse.Namespace) -> None:
    found = list(tools.files().check(options.file))
    if found:
        raise UserError(" ".join(found))
    print("Berkas utuh.")


def _backup(tools: Tools, options: argparse.Namespace) -> None:
    if options.to is not None:
        backups.choose(options.to)
    made = backups.back_up(tools.files(), options.file, datetime.now(UTC), second=options.to, always=True)
    if made.second:
        raise UserError(f"Cadangan dibuat: {made.backup.path}. {made.second}")
    print(made.backup.path)


def _restore(tools: Tools, options: argparse.Namespace) -> None:
    backups.restore(tools.files(), options.backup, options.out)
    print(options.out)


def _rescue(tools: Tools, options: argparse.Namespace) -> None:
    print(rescue.rescue(tools.files(), options.file, options.out).text())
