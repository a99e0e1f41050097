"""Prints finished documents: asks for the printer, sends beside the window, notes it, follows the queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QMessageBox, QWidget

from lkip_desktop import office
from lkip_desktop.errors import Cancelled, EnvironmentProblem
from lkip_desktop.ports import Progress
from lkip_desktop.printing.fitting import first_choice
from lkip_desktop.printing.offsets import Offset
from lkip_desktop.printing.orders import Printer, PrintOrder, Tray, page_words
from lkip_desktop.printing.papers import Paper, paper_of
from lkip_desktop.printing.queue import QueueAnswer
from ui.documents.following import Following
from ui.documents.print_dialog import PrintDialog, PrintSubject
from ui.documents.saving import Saving
from ui.documents.work import Finished, Work

Batch = tuple[Finished, ...]


@dataclass(frozen=True, slots=True)
class _Sheets:
    """What is known of documents before one is asked for a printer: papers, pages in all, and printers' trays."""

    papers: tuple[Paper, ...]
    count: int
    trays: dict[str, tuple[Tray, ...]]


@dataclass(frozen=True, slots=True)
class _Sent:
    """What reached the queue, in order, and the sentence that ended it before the rest (empty: all is there)."""

    answers: tuple[QueueAnswer, ...]
    problem: str = ""


class Sending:
    """Printing for one window."""

    def __init__(self, work: Work, saving: Saving) -> None:
        self._work, self._saving = work, saving

    def ask(self, document: Finished, parent: QWidget | None = None) -> None:
        """Ask for printer, paper, pages and copies, all preset, then print."""
        self.ask_many((document,), document.title, document.kind, parent)

    def ask_many(self, batch: Batch, title: str, key: str, parent: QWidget | None = None) -> None:
        """Ask once, then print all of them; printer and paper are remembered under `key`."""
        from ui.documents.printing import printer_names

        names = printer_names()
        then = partial(self._open, batch, title, key, parent)
        self._work.run("Mencari printer…", lambda _: _sheets(batch, names), then, parent)

    def _open(self, batch: Batch, title: str, key: str, parent: QWidget | None, sheets: _Sheets) -> None:
        from ui.documents.printing import printers

        settings = self._work.settings
        last = (settings.printer(key), settings.paper(key))
        known = printers(sheets.trays)
        dialog = PrintDialog(PrintSubject(title, sheets.papers, sheets.count), known, last, self._work.over(parent))
        found = {printer.name: printer for printer in known}
        dialog.ordered.connect(
            lambda order: self._send(batch, _orders(order, sheets.papers, found[order.printer]), key, parent)
        )
        dialog.saveRequested.connect(lambda: self._saving.save(batch[0], parent))
        dialog.offsetRequested.connect(partial(self._ask_offset, dialog))
        dialog.open()

    def _send(self, batch: Batch, orders: Sequence[PrintOrder], key: str, parent: QWidget | None) -> None:
        printer = orders[0].printer
        self._work.settings.set_printer(key, printer)
        self._work.settings.set_paper(key, str(orders[0].paper))
        offset = self._work.settings.offset(printer)
        shifted = tuple(replace(order, title=_title(d), offset=offset) for d, order in zip(batch, orders, strict=True))
        again = partial(self.ask_many, batch, orders[0].title, key, parent)
        self._work.run(
            f"Mengirim ke printer {printer}…",
            lambda progress: _send_all(batch, shifted, progress),
            partial(self._sent, batch, shifted, parent, again),
            parent,
        )

    def _sent(
        self,
        batch: Batch,
        orders: Sequence[PrintOrder],
        parent: QWidget | None,
        again: Callable[[], object],
        sent: _Sent,
    ) -> None:
        for document, order, _ in zip(batch, orders, sent.answers, strict=False):
            self._note(document, order)
        mend = [("Cetak lagi…", again)]
        if len(batch) == 1:
            mend.append(("Simpan PDF…", partial(self._saving.save, batch[0], parent)))
        if sent.answers:
            begun = f"{_what(batch, len(sent.answers))} dikirim ke printer {orders[0].printer}"
            Following(self._work.say(begun, parent=parent), begun, sent.answers, mend)
        if sent.problem:
            self._work.ask(parent, sent.problem, tuple(mend), cancel="Tutup", icon=QMessageBox.Icon.Warning)

    def _note(self, document: Finished, order: PrintOrder) -> None:
        if not self._work.session.read_only:
            noted = partial(
                office.record_print,
                kind=document.kind,
                printer=order.printer,
                letter=document.letter,
                pages=page_words(order.pages),
                copies=order.copies,
            )
            self._work.session.act(noted)

    # The printer's offset

    def _ask_offset(self, parent: QWidget, printer: str, paper: Paper) -> None:
        from ui.documents.offset_dialog import OffsetDialog

        settings = self._work.settings
        dialog = OffsetDialog(printer, settings.offset(printer), parent)
        dialog.kept.connect(lambda offset: self._keep_offset(printer, offset))
        dialog.rulerRequested.connect(lambda: self._print_ruler(dialog, printer, paper))
        dialog.open()

    def _keep_offset(self, printer: str, offset: Offset) -> None:
        self._work.settings.set_offset(printer, offset)

    def _print_ruler(self, parent: QWidget, printer: str, paper: Paper) -> None:
        """Without any offset: what is measured on it is what is to be filled in."""
        order = PrintOrder(printer, "Halaman penggaris", paper)

        def work(progress: Progress) -> QueueAnswer:
            from lkip_desktop.documents.ruler_page import ruler_page
            from ui.documents.printing import send

            return send(ruler_page(paper.width, paper.height, str(paper), printer), order, progress)

        begun = f"Halaman penggaris dikirim ke printer {printer}"
        self._work.run(
            "Menyiapkan halaman penggaris…",
            work,
            lambda answer: Following(self._work.say(begun, parent=parent), begun, (answer,), ()),
            parent,
        )


def _sheets(batch: Batch, names: Sequence[str]) -> _Sheets:
    """Off the GUI thread: opens the documents and asks the printers."""
    from ui.documents.pages import Pages
    from ui.documents.printing import find_trays

    papers, count = [], 0
    for document in batch:
        pages = Pages(document.made.data)
        size = pages.millimetres(0)
        papers.append(paper_of(size.width(), size.height()))
        count += len(pages.sizes)
        pages.close()
    return _Sheets(tuple(papers), count, find_trays(names))


def _orders(order: PrintOrder, papers: tuple[Paper, ...], printer: Printer) -> tuple[PrintOrder, ...]:
    """An order for each document: all on the chosen paper, or each on its own where they differ."""
    if all(paper.same(papers[0]) for paper in papers):
        return (order,) * len(papers)
    own = [first_choice(printer, paper) for paper in papers]
    return tuple(
        replace(order, paper=chosen, fit=order.fit or not chosen.same(paper))
        for chosen, paper in zip(own, papers, strict=True)
    )


def _send_all(batch: Batch, orders: Sequence[PrintOrder], progress: Progress) -> _Sent:
    """Off the GUI thread: one after the other; what has reached the queue is told even when the rest has not."""
    from ui.documents.printing import send

    answers: list[QueueAnswer] = []
    watch: Progress = progress if len(batch) == 1 else lambda done, total: progress(len(answers), len(batch))
    try:
        for document, order in zip(batch, orders, strict=True):
            answers.append(send(document.made.data, order, watch))
    except EnvironmentProblem as error:
        return _Sent(tuple(answers), f"{_so_far(len(answers), batch)}{error}")
    except Cancelled:
        if not answers:
            raise
        return _Sent(tuple(answers), f"{_so_far(len(answers), batch)}Sisanya dibatalkan.")
    return _Sent(tuple(answers))


def _so_far(sent: int, batch: Batch) -> str:
    return f"{sent} dari {len(batch)} surat sudah dikirim. " if len(batch) > 1 else ""


def _what(batch: Batch, sent: int) -> str:
    return batch[0].title if len(batch) == 1 else f"{sent} surat"


def _title(document: Finished) -> str:
    """What the job is called in the queue."""
    return document.made.name.rsplit(".", 1)[0] or document.title
