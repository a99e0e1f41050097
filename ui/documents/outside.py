"""Prints a document of a cycle file from a command line, without a window: one sentence and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lkip_desktop import letters, office
from lkip_desktop.documents.catalog import KINDS, Made, make
from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.office import Cycle
from lkip_desktop.printing.fitting import first_choice, warning
from lkip_desktop.printing.orders import Printer, PrintOrder
from lkip_desktop.printing.papers import paper_of
from lkip_desktop.printing.queue import SAFE, QueueAnswer, answer_words
from lkip_desktop.workflow.events import Who

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

    from ui.desk import Desk

_NO_PRINTER = "Komputer ini belum mempunyai printer. Simpan dokumen sebagai PDF untuk dicetak di tempat lain."


@dataclass(frozen=True, slots=True)
class _Ready:
    """A document to be printed, and the id of the issued letter that it is (0: a draft)."""

    made: Made
    letter: int


def run(desk: Callable[[], Desk], kind: str, path: Path | None, printer: str = "") -> int:
    """Print, and say what came of it: on standard output when all went to the queue, else on standard error."""
    try:
        said = print_kind(desk, kind, path, printer)
    except (UserError, EnvironmentProblem) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    print(said)
    return 0


def print_kind(desk: Callable[[], Desk], kind: str, path: Path | None, printer: str = "") -> str:
    """Print each document of a kind: issued letters as issued. Raises UserError, EnvironmentProblem.

    Without a printer's name it goes to the one used last for this kind, else to the usual one.
    """
    found = KINDS.get(kind)
    if found is None or "pdf" not in found.endings:
        able = ", ".join(known.id for known in KINDS.values() if "pdf" in known.endings)
        raise UserError(f"Jenis dokumen “{kind}” tidak dapat dicetak. Yang dapat dicetak: {able}.")
    if path is None:
        raise UserError("Sebutkan berkas siklusnya: --print JENIS BERKAS.")
    _application()
    chosen = _printer(kind, printer)
    cycle = _opened(desk(), path)
    try:
        return _print(cycle, kind, chosen)
    finally:
        cycle.close()


def _print(cycle: Cycle, kind: str, printer: Printer) -> str:
    title, said = KINDS[kind].title, []
    noted = not cycle.store.read_only
    for ready in _documents(cycle, kind):
        order, remark = _order(ready, printer)
        answer = _sent(ready, order)
        if noted:
            who = Who(_user())
            office.record_print(cycle, who, kind, order.printer, letter=ready.letter)
        said.append(f"{title} dikirim ke printer {order.printer}: {answer_words(answer)}.{remark}")
    if not noted:
        said.append("Tidak dicatat dalam riwayat, karena berkas siklus sedang dipakai atau hanya dapat dibaca.")
    return " ".join(said)


def _documents(cycle: Cycle, kind: str) -> list[_Ready]:
    from lkip_desktop.commands.tools import today

    snapshot = office.snapshot(cycle, today(cycle))
    subjects = [item.subject for item in letters.items(snapshot) if item.kind == kind]
    if not subjects and letters.is_sent_to_each(kind):
        raise UserError(f"{KINDS[kind].title} tidak dicetak: tidak ada yang perlu menerimanya menurut isian siklus.")
    made = []
    for subject in subjects or [""]:
        letter = letters.current(cycle, kind, subject)
        if letter is not None:
            made.append(_Ready(letters.issued_file(cycle, letter), letter.id))
        else:
            made.append(_Ready(make(kind, replace(snapshot, subject=subject), None, "pdf"), 0))
    return made


def _order(ready: _Ready, printer: Printer) -> tuple[PrintOrder, str]:
    """The document on its own paper, or fitted to what the printer has, with a sentence about that."""
    from ui.documents.pages import Pages
    from ui.settings import Settings

    pages = Pages(ready.made.data)
    size = pages.millimetres(0)
    pages.close()
    own = paper_of(size.width(), size.height())
    paper = first_choice(printer, own)
    fit = not paper.same(own)
    remark = warning(printer, own, paper, fit=fit)
    title = ready.made.name.rsplit(".", 1)[0]
    order = PrintOrder(printer.name, title, paper, fit=fit, offset=Settings().offset(printer.name))
    return order, f" {remark}" if remark else ""


def _sent(ready: _Ready, order: PrintOrder) -> QueueAnswer:
    from ui.documents.printing import send, where

    return where(send(ready.made.data, order, lambda done, total: True))


@cache
def _application() -> QGuiApplication:
    """What Qt needs to know printers; it lives as long as the process, and shows nothing."""
    from PySide6.QtGui import QGuiApplication

    from ui.settings import APPLICATION, ORGANIZATION

    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if os.name == "posix":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QGuiApplication(sys.argv[:1])
    made.setOrganizationName(ORGANIZATION)
    made.setApplicationName(APPLICATION)
    return made


def _printer(kind: str, name: str) -> Printer:
    from ui.documents.printing import printers
    from ui.settings import Settings

    known = {printer.name: printer for printer in printers()}
    if not known:
        raise EnvironmentProblem(_NO_PRINTER)
    if name and name not in known:
        raise UserError(f"Printer “{name}” tidak ada. {SAFE} Yang ada: {', '.join(known)}.")
    usual = next((printer.name for printer in known.values() if printer.default), "")
    wanted = next((candidate for candidate in (name, Settings().printer(kind), usual) if candidate in known), "")
    if not wanted and len(known) > 1:
        raise UserError(f"Sebutkan printernya dengan --printer. Yang ada: {', '.join(known)}.")
    return known[wanted] if wanted else next(iter(known.values()))


def _opened(desk: Desk, path: Path) -> Cycle:
    """The cycle, to read alone where it cannot be written: printing does not have to wait for a lock."""
    cycle, opening = desk.open(path, _user())
    if cycle is None:
        cycle, _ = desk.open(path, _user(), read_only=True)
    if cycle is None:
        raise UserError(opening.message)
    return cycle


def _user() -> str:
    from lkip_desktop.commands.tools import user_name

    return user_name()
