"""What the commands share: how a file is opened, who acts, and how a command is declared."""

from __future__ import annotations

import argparse
import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from lkip_desktop import office
from lkip_desktop.cycle_calendar import calendar, iso_date
from lkip_desktop.errors import UserError
from lkip_desktop.office import Cycle
from lkip_desktop.ports import Files, SystemClock

Run = Callable[[argparse.Namespace], None]


class Tools:
    """Handed to every group of commands; `files` loads the database when it is first called."""

    def __init__(self, files: Callable[[], Files]) -> None:
        self.files = files

    @contextmanager
    def opened(self, path: Path, *, read_only: bool) -> Iterator[Cycle]:
        """An open cycle, closed at the end. Raises UserError when it does not open as asked."""
        cycle, opening = office.open_cycle(self.files(), path, SystemClock(), user=user_name(), read_only=read_only)
        if cycle is None:
            raise UserError(opening.message)
        if cycle.store.read_only and not read_only:
            cycle.close()
            raise UserError(opening.message)
        try:
            yield cycle
        finally:
            cycle.close()

    def back_up_first(self, cycle: Cycle) -> None:
        """Make a verified backup before an import. Raises EnvironmentProblem: nothing is to be imported then."""
        from lkip_desktop import backups

        made = backups.back_up(self.files(), cycle.store.path, SystemClock().now())
        if made.new:
            print(f"Cadangan: {made.backup.path}")


def command(commands: Any, name: str, run: Run, help_: str) -> argparse.ArgumentParser:
    """Declare a command; `help_` is a clause in Indonesian."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=help_, description=f"{help_[0].upper()}{help_[1:]}."
    )
    parser.set_defaults(run=run)
    return parser


def user_name() -> str:
    """The name of the account; its number where the system knows no name."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return f"pengguna {os.getuid()}" if hasattr(os, "getuid") else "pengguna"


def today(cycle: Cycle) -> date:
    """The local day of the office."""
    return calendar(cycle.state).local(cycle.now()).date()


def iso_day(text: str, option: str) -> date:
    """The date given for an option. Raises UserError."""
    day = iso_date(text)
    if day is None:
        raise UserError(f"{option} “{text}” bukan tanggal. Tulis seperti 2027-02-26.")
    return day
