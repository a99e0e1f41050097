"""What one does with letters in the window: issue, correct, attach the signed copy; with one word about each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from lkip_desktop import letters, signed_copies
from lkip_desktop.attachments import IncomingFile, read_file
from lkip_desktop.documents.catalog import KINDS, Made
from lkip_desktop.documents.kinds import MEDIA_TYPES
from lkip_desktop.documents.register_words import Sheet
from lkip_desktop.letters import Order
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.ports import Files, Progress
from lkip_desktop.register import Register, gather
from lkip_desktop.signed_copies import Comparison
from lkip_desktop.workflow.state import IssuedLetter, SignedCopy
from lkip_desktop.workflow.transitions import Refusal
from ui.documents import opening
from ui.documents.actions import DocumentActions
from ui.documents.saving import existing, open_dialog
from ui.documents.work import Work
from ui.session import Session
from ui.settings import Settings

if TYPE_CHECKING:
    from ui.letters.issue_dialog import IssueDialog

REGISTER = "letter-register"
PICTURES_AND_PDF = "Hasil pindai atau PDF (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"


class LetterActs(QObject):
    """The letters of one open cycle. `flush` keeps what is being typed first; False when that could not be kept."""

    registerRead = Signal(object)  # register.Register

    def __init__(
        self,
        session: Session,
        files: Files,
        documents: DocumentActions,
        window: QWidget,
        settings: Settings,
        flush: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._session, self._files, self._documents, self._flush = session, files, documents, flush
        self._work = Work(session, window, settings)
        self._settings = settings

    # The register

    def read_register(self) -> None:
        """Read the letters of all cycles of the folder beside the window; `registerRead` brings them."""
        self._work.run("Membaca register surat…", self._gather(), self.registerRead.emit)

    def _gather(self) -> Callable[[Progress], Register]:
        cycle, state = self._session.cycle, self._session.state
        return lambda progress: gather(self._files, cycle.store.path, state, progress)

    def write_register(self, sheet: Sheet, ending: str, then: Callable[[Made], object]) -> None:
        """Write a register beside the window and hand it on: to be shown, printed or saved."""
        from lkip_desktop.documents.register_files import WRITERS

        def work(_: Progress) -> Made:
            return Made(WRITERS[ending](sheet), f"{sheet.name}.{ending}", MEDIA_TYPES[ending])

        self._work.run("Menyiapkan register surat…", work, then)

    # Issuing

    def issue(self, kind: str, subject: str = "") -> None:
        """Ask for number, date and signer of a letter, or of its next version, then issue it."""
        if self._session.read_only or not self._flush():
            return
        if self._session.state.closed:
            self._work.tell(None, "Siklus ini sudah ditutup, jadi surat tidak dapat diterbitkan lagi.")
            return
        to = subject or letters.first_subject(self._session.snapshot(), kind)
        self._work.run("Membaca register surat…", self._gather(), partial(self._ask, kind, to))

    def _ask(self, kind: str, subject: str, register: Register) -> None:
        from ui.letters.issue_dialog import IssueDialog

        dialog = IssueDialog(self._session, kind, subject, register, self._work.widget)
        dialog.ordered.connect(partial(self._order, dialog))
        dialog.open()

    def _order(self, dialog: IssueDialog, orders: tuple[Order, ...], printing: bool) -> None:
        cycle, who, today = self._session.cycle, self._session.who(), self._session.today()
        refused = letters.prepare(cycle, who, orders[0], today)
        if isinstance(refused, Refusal):
            dialog.refuse(refused)
            return
        done: list[Changed] = []

        def work(progress: Progress) -> Refusal | None:
            return letters.issue_each(cycle, who, orders, today, done, progress)

        def failed(sentence: str) -> None:
            self._issued(dialog, orders, done, printing, Refusal(sentence))

        then = partial(self._issued, dialog, orders, done, printing)
        self._work.run(f"Menerbitkan {KINDS[orders[0].kind].title}…", work, then, dialog, failed)

    def _issued(
        self,
        dialog: IssueDialog,
        orders: tuple[Order, ...],
        done: list[Changed],
        printing: bool,
        refusal: Refusal | None,
    ) -> None:
        for changed in done:
            self._session.happened(changed)
        if not done:
            dialog.refuse(refusal or Refusal("Penerbitan dibatalkan; surat belum terbit."))
            return
        dialog.accept()
        kept = orders[: len(done)]
        self._say_issued(kept)
        if refusal is not None:
            rest = len(orders) - len(kept)
            self._work.tell(None, f"{len(kept)} surat sudah terbit, {rest} belum. {refusal.message}")
        elif printing:
            self._print(kept)

    def _say_issued(self, orders: tuple[Order, ...]) -> None:
        order, many = orders[0], len(orders) > 1
        number = f" nomor {order.number}" if order.number else ""
        to = f" untuk {len(orders)} penerima" if many else ""
        show, save = (
            partial(act, order.kind, order.subject) for act in (self._documents.preview, self._documents.export)
        )
        choices: list[tuple[str, Callable[[], object]]] = [("Cetak…", partial(self._print, orders))]
        if many:
            choices.append(("Daftar surat", partial(self._documents.lettersRequested.emit, order.kind)))
        else:
            choices += [("Pratinjau", show), ("Simpan PDF…", save)]
        self._work.say(f"{KINDS[order.kind].title}{number} sudah terbit{to}.", *choices)

    def _print(self, orders: tuple[Order, ...]) -> None:
        self._documents.print_each([(order.kind, order.subject) for order in orders], KINDS[orders[0].kind].title)

    # Versions and signed copies

    def with_version(self, letter: IssuedLetter, then: Callable[[Made, str, int], object]) -> None:
        """Hand on the frozen file of any version, with its kind and its id."""
        cycle, title = self._session.cycle, KINDS[letter.kind].title
        hand_on: Callable[[Made], object] = lambda made: then(made, letter.kind, letter.id)  # noqa: E731
        self._work.run(f"Membaca {title}…", lambda _: letters.issued_file(cycle, letter), hand_on)

    def show_signed(self, copy: SignedCopy) -> None:
        """Open a read-only copy of a signed one."""
        store = self._session.cycle.store
        work: Callable[[Progress], Path] = lambda _: opening.copy_of(copy.name, store.blob(copy.sha256))  # noqa: E731
        self._work.run(f"Menyalin “{copy.name}”…", work, self._work.show_file)

    def attach_signed(self, letter: IssuedLetter, path: Path | None = None) -> None:
        """Bring in the signed copy of a letter; without a path, ask for the file."""
        if path is not None:
            cycle = self._session.cycle
            then: Callable[[tuple[IncomingFile, Comparison]], None] = lambda found: self._weigh(letter, *found)  # noqa: E731
            self._work.run(f"Membaca “{path.name}”…", lambda _: _looked_at(cycle, letter, path), then)
            return
        dialog = QFileDialog(self._work.widget, "Pilih salinan yang ditandatangani")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(PICTURES_AND_PDF)
        dialog.setDirectory(str(existing(self._settings.folder(f"{letter.kind}-signed"))))
        dialog.fileSelected.connect(lambda chosen: self.attach_signed(letter, Path(chosen)))
        open_dialog(dialog)

    def _weigh(self, letter: IssuedLetter, file: IncomingFile, found: Comparison) -> None:
        """What says the same is kept at once; what differs is shown first."""
        keep = partial(self._attach, letter, file, found)
        if found.verdict != "different":
            keep()
            return
        text = f"{found.sentence}\n\nLampirkan juga? Perbedaannya ikut tercatat pada surat."
        self._work.ask(None, text, (("Lampirkan juga", keep),), icon=QMessageBox.Icon.Warning)

    def _attach(self, letter: IssuedLetter, file: IncomingFile, found: Comparison) -> None:
        outcome = self._session.act(lambda cycle, who: signed_copies.attach(cycle, who, letter, file, found))
        if isinstance(outcome, Refusal):
            self._work.tell(None, outcome.message)
        elif outcome is not None:
            words = f"“{file.name}” terlampir pada suratnya. {found.sentence}"
            strip = self._work.say(words)
            if found.verdict == "different":
                strip.tell(words, kind="warn")


def _looked_at(cycle: Cycle, letter: IssuedLetter, path: Path) -> tuple[IncomingFile, Comparison]:
    file = read_file(path)
    return file, signed_copies.compare(cycle, letter, file)
