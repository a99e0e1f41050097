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
    forms.add_argument("--force", action="store_true", help="timpa berkas yang sudah ada")


def _forms(tools: Tools, options: argparse.Namespace) -> None:
    from lkip_desktop.documents.workbook_layout import UNITS
    from lkip_desktop.exchange import form_files, issued_letters, write_forms

    if not options.folder.is_dir():
        raise UserError(f"Folder “{options.folder}” tidak ada. Buat dahulu foldernya.")
    with tools.opened(options.file, read_only=True) as cycle:
        snapshot = office.snapshot(cycle, today(cycle))
        letters = issued_letters(cycle) if options.letters else None
    rows = snapshot.state.rows(UNITS)
    if not rows:
        raise UserError("Siklus ini belum mempunyai unit. Isi tabel unit pada langkah format data.")
    # A unit's filled workbook may lie there under the same name.
    there = [name for name in form_files(snapshot, rows).values() if (options.folder / name).exists()]
    if there and not options.force:
        raise UserError(f"“{there[0]}” sudah ada di folder itu dan tidak ditimpa. Tidak ada yang ditulis.")
    for path in write_forms(snapshot, rows, options.folder, options.file, letters=letters):
        print(path)
