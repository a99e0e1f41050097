"""The commands that write documents."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from lkip_desktop import office
from lkip_desktop.commands.tools import Tools, command, today
from lkip_desktop.documents.kinds import Kind
from lkip_desktop.errors import UserError
from lkip_desktop.ports import Progress


def register(commands: Any, tools: Tools) -> None:
    """Declare ``export``."""
    export = command(commands, "export", partial(_export, tools), "tulis sebuah dokumen")
    export.add_argument("file", type=Path, nargs="?")
    export.add_argument("kind", nargs="?", metavar="KIND")
    export.add_argument("out", type=Path, nargs="?")
    export.add_argument("--list", action="store_true", help="daftar jenis dokumen")
    export.add_argument("--subject", default="", metavar="ROW", help="baris penerima, untuk surat kepada banyak unit")
    export.add_argument("--force", action="store_true", help="timpa berkas yang sudah ada")


def _export(tools: Tools, options: argparse.Namespace) -> None:
    from lkip_desktop import letters
    from lkip_desktop.documents.catalog import KINDS, make

    if options.list:
        for kind in KINDS.values():
            print(f"{kind.id}\t{kind.extension}\t{kind.title}")
        return
    if options.out is None:
        raise UserError("Tulis: export BERKAS JENIS HASIL, atau export --list untuk daftar jenis dokumen.")
    if options.kind not in KINDS:
        raise UserError(f"Jenis dokumen “{options.kind}” tidak dikenal. Yang ada: {', '.join(KINDS)}.")
    with tools.opened(options.file, read_only=True) as cycle:
        if letters.apart(cycle.state, options.kind, options.subject):
            rows = ", ".join(letter.subject for letter in cycle.state.letters if letter.kind == options.kind)
            raise UserError(f"Surat ini sudah terbit per penerima ({rows}). Sebutkan penerimanya dengan --subject.")
        snapshot = replace(office.snapshot(cycle, today(cycle)), subject=options.subject)
        letter = letters.current(cycle, options.kind, options.subject)
        issued = letters.issued_file(cycle, letter).data if letter is not None else None

    def written(progress: Progress | None) -> bytes:
        ending = _ending(options.out, KINDS[options.kind])
        return issued or make(options.kind, snapshot, progress, ending).data

    office.export(options.out, written, source=options.file, overwrite=options.force)


def _ending(out: Path, kind: Kind) -> str:
    """The file format that a name asks for, the usual one where it has no ending; UserError for any other ending."""
    ending = out.suffix[1:].lower() or kind.extension
    if ending not in kind.endings:
        raise UserError(f"{kind.title} tidak ditulis sebagai .{ending}, tetapi .{' atau .'.join(kind.endings)}.")
    return ending
