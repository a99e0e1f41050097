"""The commands that guard a cycle file."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from lkip_desktop.commands.tools import Tools, command
from lkip_desktop.errors import UserError


def register(commands: Any, tools: Tools) -> None:
    """Declare ``check``."""
    check = command(commands, "check", partial(_check, tools), "periksa berkas siklus")
    check.add_argument("file", type=Path)


def _check(tools: Tools, options: argparse.Namespace) -> None:
    found = list(tools.files().check(options.file))
    if found:
        raise UserError(" ".join(found))
    print("Berkas utuh.")
