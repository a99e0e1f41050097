"""The commands of the archive: make the hand-over package, check one years later, tell which retention is over."""

from __future__ import annotations

import argparse
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from lkip_desktop import archive, office
from lkip_desktop.commands.tools import Tools, command, today, user_name
from lkip_desktop.errors import UserError
from lkip_desktop.retention import reminders
from lkip_desktop.workflow.events import Event, Who


def register(commands: Any, tools: Tools) -> None:
    """Declare ``archive``, ``verify-archive`` and ``retention``."""
    make = command(commands, "archive", partial(_archive, tools), "buat paket arsip dari sebuah siklus")
    make.add_argument("file", type=Path)
    make.add_argument("out", type=Path)
    make.add_argument("--force", action="store_true", help="timpa paket yang sudah ada")
    check = command(commands, "verify-archive", partial(_verify, tools), "periksa keutuhan paket arsip")
    check.add_argument("package", type=Path)
    check.add_argument("--cycle", type=Path, metavar="FILE", help="siklus yang mencatat paket itu")
    kept = command(commands, "retention", partial(_retention, tools), "masa retensi siklus dalam sebuah folder")
    kept.add_argument("folder", type=Path)


def _archive(tools: Tools, options: argparse.Namespace) -> None:
    with tools.opened(options.file, read_only=False) as cycle:
        snapshot = office.snapshot(cycle, today(cycle))
        made = archive.write_package(
            snapshot, cycle.store.blob, options.out, source=options.file, overwrite=options.force
        )
        archive.record(cycle, Who(user_name()), made)
    print(f"{made.files} berkas, {made.size} byte\nSHA-256 {made.digest}")


def _verify(tools: Tools, options: argparse.Namespace) -> None:
    events: tuple[Event, ...] = ()
    if options.cycle:
        peek = tools.files().peek(options.cycle)
        if peek.problem:
            raise UserError(peek.problem)
        events = peek.events
    found = archive.verify(options.package, events)
    if not found.whole:
        raise UserError(" ".join(archive.sentences(found)))
    if options.cycle and found.recorded is None:
        raise UserError("Isi paket utuh menurut daftarnya sendiri, tetapi paket ini bukan yang dicatat siklus itu.")
    print(f"Paket utuh: {found.files} berkas.\nSHA-256 {found.digest}")
    if found.recorded:
        print(f"Sama dengan catatan ke-{found.recorded.seq} dalam riwayat siklus.")


def _retention(tools: Tools, options: argparse.Namespace) -> None:
    for one in reminders(tools.files(), options.folder, date.today()):
        terms = one.retention
        print(
            f"{terms.year}\t{terms.code}\t{terms.active_until}\t{terms.inactive_until}\t{terms.fate}\t{one.phase}\t{one.path.name}"
        )
