"""The command that brings in what was made elsewhere: rows of indicators, a unit's return, a budget, a report."""

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
    from lkip_desktop.exchange import Line, LraLayout, Preview, Request, Total
    from lkip_desktop.office import Cycle


def register(commands: Any, tools: Tools) -> None:
    """Declare ``import``."""
    import_ = command(commands, "import", partial(_import, tools), "impor angka atau laporan dari berkas")
    import_.add_argument("file", type=Path)
    import_.add_argument("kind", metavar="KIND", help=", ".join(PREVIEWS))
    import_.add_argument("source", type=Path, metavar="SOURCE", help="berkas .csv, .xlsx, atau .docx")
    import_.add_argument("--preview", action="store_true", help="hanya tampilkan, tanpa mengubah siklus")
    import_.add_argument("--name", default="", help="nama pencatat (bawaan: nama pengguna komputer)")


def _indicators(cycle: Cycle, source: Path) -> Preview:
    from lkip_desktop.exchange import read_source
    from lkip_desktop.figures import indicator_preview

    return indicator_preview(read_source(source), _request(cycle, "indicators"))


def _exchanged(kind: str, cycle: Cycle, source: Path) -> Preview:
    from lkip_desktop.exchange import preview, read_source

    return preview(read_source(source), _request(cycle, kind))


def _budget(cycle: Cycle, source: Path) -> Preview:
    seen = _exchanged("budget", cycle, source)
    if seen.layout is None or seen.layout.code < 0:
        raise UserError(f"“{source.name}” tidak mempunyai judul kolom kode, uraian, pagu, dan realisasi.")
    return seen


def _report(cycle: Cycle, source: Path) -> Preview:
    from lkip_desktop.attachments import read_file
    from lkip_desktop.readback import report_preview

    return report_preview(cycle, read_file(source), today(cycle))


def _request(cycle: Cycle, kind: str) -> Request:
    from lkip_desktop.exchange import Request

    return Request(cycle.state, cycle.profile, today(cycle), kind)


PREVIEWS: dict[str, Callable[[Cycle, Path], Preview]] = {
    "indicators": _indicators,
    "unit-form": partial(_exchanged, "unit-form"),
    "budget": _budget,
    "report": _report,
}
"""What looks at a file of each kind, without changing the cycle."""


def _import(tools: Tools, options: argparse.Namespace) -> None:
    from lkip_desktop.exchange import import_file

    if options.kind not in PREVIEWS:
        raise UserError(f"Jenis impor “{options.kind}” tidak dikenal. Yang ada: {', '.join(PREVIEWS)}.")
    with tools.opened(options.file, read_only=options.preview) as cycle:
        seen = PREVIEWS[options.kind](cycle, options.source)
        how = [_layout(seen.layout)] if seen.layout else []
        print("\n".join((seen.title, *how, *seen.notices, *map(_text, seen.lines), *map(_total, seen.totals))))
        if options.preview:
            print("Pratinjau saja; siklus tidak diubah.")
        elif seen.empty:
            print(seen.idle)
        else:
            tools.back_up_first(cycle)
            done = import_file(cycle, Who(options.name or user_name()), seen)
            if isinstance(done, Refusal):
                raise UserError(done.message)
            print(f"Diimpor: {len(seen.changes)} isian.")


def _layout(layout: LraLayout) -> str:
    """How a budget export was read; rows and columns count from 1."""
    source = layout.encoded.in_words if layout.encoded else f"lembar “{layout.sheet}”"
    places = {"kode": layout.code, "uraian": layout.name, "pagu": layout.ceiling, "realisasi": layout.spent}
    columns = ", ".join(f"{name} kolom {place + 1}" for name, place in places.items() if place >= 0)
    return f"Dibaca dari {source}, judul di baris {layout.header + 1}: {columns}."


def _total(total: Total) -> str:
    """A sum of the budget: as it is, after the import, and as the file states it."""
    stated = rupiah(total.stated) if total.stated is not None else "tidak disebut"
    return f"jumlah {total.label.lower()}  {rupiah(total.before)} → {rupiah(total.after)}  menurut berkas {stated}"


def _text(line: Line) -> str:
    """One line of the preview: row in the file, what it is about, old and new value, what to look at."""
    place = f"baris {line.number}" if line.number else "berkas"
    compared = line.verdict.value == "berubah" or (line.old and line.verdict.value in ("periksa", "catatan"))
    value = f"{line.old or '–'} → {line.new or '–'}" if compared else line.new
    parts = (place, line.verdict.value, line.subject, line.column, value, line.note)
    return "  ".join(" ".join(part.split()) for part in parts if part)
