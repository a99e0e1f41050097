"""The command that brings figures in: rows of indicators, a unit's return, a budget export."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lkip_desktop.commands.tools import Tools, command, today, user_name
from lkip_desktop.errors import UserError
from lkip_desktop.numbers import rupiah
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.transitions import Refusal

if TYPE_CHECKING:
    from lkip_desktop.attachments import IncomingFile
    from lkip_desktop.exchange import Line, Preview, Request, Total


def register(commands: Any, tools: Tools) -> None:
    """Declare ``import``."""
    import_ = command(commands, "import", partial(_import, tools), "impor angka dari berkas")
    import_.add_argument("file", type=Path)
    import_.add_argument("kind", metavar="KIND", help=", ".join(PREVIEWS))
    import_.add_argument("source", type=Path, metavar="SOURCE", help="berkas .csv atau .xlsx")
    import_.add_argument("--preview", action="store_true", help="hanya tampilkan, tanpa mengubah siklus")
    import_.add_argument("--name", default="", help="nama pencatat (bawaan: nama pengguna komputer)")


def _indicators(file: IncomingFile, request: Request) -> Preview:
    from lkip_desktop.figures import indicator_preview

    return indicator_preview(file, request)


def _exchanged(file: IncomingFile, request: Request) -> Preview:
    from lkip_desktop.exchange import preview

    return preview(file, request)


PREVIEWS: dict[str, Callable[[IncomingFile, Request], Preview]] = {
    "indicators": _indicators,
    "unit-form": _exchanged,
    "budget": _exchanged,
}
"""What looks at a file of each kind; the kinds are those of `exchange`."""


def _import(tools: Tools, options: argparse.Namespace) -> None:
    from lkip_desktop.exchange import NOTHING, Request, import_file, read_source

    if options.kind not in PREVIEWS:
        raise UserError(f"Jenis impor “{options.kind}” tidak dikenal. Yang ada: {', '.join(PREVIEWS)}.")
    file = read_source(options.source)
    with tools.opened(options.file, read_only=options.preview) as cycle:
        request = Request(cycle.state, cycle.profile, today(cycle), options.kind)
        seen = PREVIEWS[options.kind](file, request)
        print("\n".join((seen.title, *seen.notices, *map(_text, seen.lines), *map(_total, seen.totals))))
        if options.preview:
            print("Pratinjau saja; siklus tidak diubah.")
        elif seen.empty:
            print(NOTHING)
        else:
            tools.back_up_first(cycle)
            done = import_file(cycle, Who(options.name or user_name()), seen)
            if isinstance(done, Refusal):
                raise UserError(done.message)
            print(f"Diimpor: {len(seen.changes)} isian.")


def _total(total: Total) -> str:
    """A sum of the budget: as it is, after the import, and as the file states it."""
    stated = rupiah(total.stated) if total.stated is not None else "tidak disebut"
    return f"jumlah {total.label.lower()}  {rupiah(total.before)} → {rupiah(total.after)}  menurut berkas {stated}"


def _text(line: Line) -> str:
    """One line of the preview: row in the file, what it is about, old and new value, what to look at."""
    place = f"baris {line.number}" if line.number else "berkas"
    value = f"{line.old or '–'} → {line.new or '–'}" if line.verdict.value == "berubah" else line.new
    parts = (place, line.verdict.value, line.subject, line.column, value, line.note)
    return "  ".join(" ".join(part.split()) for part in parts if part)
