"""The command that writes the workbooks of all units."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from lkip_desktop import office
from lkip_desktop.commands.tools import Tools, command, today
from lkip_desktop.errors import UserError


def register(commands: Any, tools: Tools) -> None:
    """Declare ``forms``."""
    forms = command(commands, "forms", partial(_forms, tools), "tulis format data setiap unit ke sebuah folder")
    forms.add_argument("file", type=Path)
    forms.add_argument("folder", type=Path)
    forms.add_argument("--letters", action="store_true", help="beserta surat permintaan data")


def _forms(tools: Tools, options: argparse.Namespace) -> None:
    from lkip_desktop.documents.workbook_layout import UNITS
    from lkip_desktop.exchange import issued_letters, write_forms

    if not options.folder.is_dir():
        raise UserError(f"Folder “{options.folder}” tidak ada. Buat dahulu foldernya.")
    with tools.opened(options.file, read_only=True) as cycle:
        snapshot = office.snapshot(cycle, today(cycle))
        letters = issued_letters(cycle) if options.letters else None
    rows = snapshot.state.rows(UNITS)
    if not rows:
        raise UserError("Siklus ini belum mempunyai unit. Isi tabel unit pada langkah format data.")
    for path in write_forms(snapshot, rows, options.folder, options.file, letters=letters):
        print(path)
