"""Prints finished documents: asks for the printer, sends beside the window, notes it, follows the queue."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMessageBox, QWidget

from lkip_desktop import office
from lkip_desktop.ports import Progress
from lkip_desktop.printing.orders import PrintOrder
from lkip_desktop.printing.papers import paper_of
from lkip_desktop.printing.queue import QueueAnswer
from ui.documents.saving import Saving
from ui.documents.work import Finished, Work


class Sending:
    """Printing for one window."""

    def __init__(self, work: Work, saving: Saving) -> None:
        self._work, self._saving = work, saving

    def ask(self, document: Finished, parent: QWidget | None = None) -> None:
        """Ask for printer, paper, pages and copies, all preset, then print."""
        from ui.documents.pages import Pages
        from ui.documents.print_dialog import PrintDialog
        from ui.documents.printing import printers

        pages = Pages(document.made.data)
        size, count = pages.millimetres(0), len(pages.sizes)
        pages.close()
        settings = self._work.settings
        last = (settings.printer(document.kind), settings.paper(document.kind))
        paper = paper_of(size.width(), size.height())
        dialog = PrintDialog(document.title, paper, count, printers(), last, self._work.over(parent))
        dialog.ordered.connect(lambda order: self.send(document, order, parent))
        dialog.saveRequested.connect(lambda: self._saving.save(document, parent))
        dialog.open()

    def send(self, document: Finished, order: PrintOrder, parent: QWidget | None = None) -> None:
        """Print as ordered, and remember the printer and the paper for this kind."""
        from ui.documents.printing import send

        self._work.settings.set_printer(document.kind, order.printer)
        self._work.settings.set_paper(document.kind, str(order.paper))

        def work(progress: Progress) -> QueueAnswer:
            return send(document.made.data, order, progress)

        failed = partial(self._refused, document, parent)
        sent = partial(self._sent, document, order, parent)
        self._work.run(f"Mengirim ke printer {order.printer}…", work, sent, parent, failed)

    def _refused(self, document: Finished, parent: QWidget | None, sentence: str) -> None:
        choices = (
            ("Cetak lagi…", partial(self.ask, document, parent)),
            ("Simpan PDF…", partial(self._saving.save, document, parent)),
        )
        self._work.ask(parent, sentence, choices, cancel="Tutup", icon=QMessageBox.Icon.Warning)

    def _sent(self, document: Finished, order: PrintOrder, parent: QWidget | None, answer: QueueAnswer) -> None:
        session = self._work.session
        if not session.read_only:
            session.act(lambda cycle, who: office.record_print(cycle, who, document.kind, order.printer))
        self._work.say(f"{document.title} dikirim ke printer {order.printer}.", parent=parent)
