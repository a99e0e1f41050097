"""What one does with documents: preview, print, save, keep as a version, bring one in, open a copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from lkip_desktop import letters, office
from lkip_desktop.attachments import IncomingFile, accept, read_file
from lkip_desktop.documents.catalog import KINDS, Made, make
from lkip_desktop.documents.kinds import DOCX, Kind, tell
from lkip_desktop.errors import UserError
from lkip_desktop.office import Changed
from lkip_desktop.ports import Progress
from lkip_desktop.sop.model import Step
from lkip_desktop.workflow.state import Attachment, IssuedLetter, KeptDocument
from lkip_desktop.workflow.transitions import Refusal
from ui.documents import opening
from ui.documents.saving import Saving, existing, filter_of, open_dialog
from ui.documents.sending import Sending
from ui.documents.work import Finished, Work
from ui.session import Session
from ui.settings import Settings


class DocumentActions(QObject):
    """Documents are made, read and written beside the window; one piece of work at a time.

    `parent` is the widget over which dialogs open; results are told at the foot of its window. A letter that was
    issued is shown, printed and saved as its frozen bytes; anything else is made from a snapshot taken at once.
    `subject` is the row id of the one addressed where a kind has many letters.
    """

    issueRequested = Signal(str)  # kind of a letter
    signedRequested = Signal(object)  # IssuedLetter whose signed copy is to be attached
    lettersRequested = Signal(str)  # kind: show its letters in the list of all

    def __init__(self, session: Session, parent: QWidget, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self._session, self._widget = session, parent
        self._settings = settings or Settings()
        self._work = Work(session, parent, self._settings)
        self._saving = Saving(self._work)
        self._sending = Sending(self._work, self._saving)

    @property
    def settings(self) -> Settings:
        return self._settings

    # What others call

    def preview(self, kind: str, subject: str = "") -> None:
        """Show as PDF; what has none is opened as a copy by the desktop's program instead, after a word about it.

        Where letters were issued to each, all of them are listed: no one file holds what was issued.
        """
        if letters.apart(self._session.state, kind, subject):
            self.lettersRequested.emit(kind)
        elif _has_pdf(kind):
            self._get(kind, subject, self._show_preview)
        else:
            self._offer_to_open(kind)

    def print_document(self, kind: str, subject: str = "") -> None:
        """Ask for the printer, then print; what has no PDF is printed by its own program."""
        if letters.apart(self._session.state, kind, subject):
            self.print_each(self._to_each(kind), KINDS[kind].title)
        elif _has_pdf(kind):
            self._get(kind, subject, self._sending.ask)
        else:
            self._offer_to_open(kind)

    def print_step(self, step: Step) -> None:
        """Ask for the printer once, then print every letter of a step: issued ones as issued, others as they stand."""
        self.print_each(self.letters_of(step), f"Semua surat langkah {step.number}")

    def print_each(self, wanted: Sequence[tuple[str, str]], title: str) -> None:
        """Ask once for the printer, then print several documents (kind and subject)."""
        if len(wanted) == 1:
            self.print_document(*wanted[0])
            return
        readers = [self._reader(kind, subject) for kind, subject in wanted]

        def work(progress: Progress) -> tuple[Finished, ...]:
            made: list[Finished] = []
            for number, read in enumerate(readers):
                tell(progress, number, len(readers))
                made.append(read(lambda done, total: progress(len(made), len(readers))))
            return tuple(made)

        self._work.run(f"{title}…", work, lambda batch: self._sending.ask_many(batch, title, "step"))

    def letters_of(self, step: Step) -> list[tuple[str, str]]:
        """What `print_step` prints: kind and subject of each document of a step that has a PDF."""
        own = [kind for kind in step.documents if _has_pdf(kind)]
        return [
            pair for kind in own for pair in (self._to_each(kind) if letters.is_sent_to_each(kind) else [(kind, "")])
        ]

    def _to_each(self, kind: str) -> list[tuple[str, str]]:
        """Every letter of a kind that each row of a table gets, as kind and subject."""
        listed = letters.items(self._session.snapshot())
        return [(item.kind, item.subject) for item in listed if item.kind == kind]

    def export(self, kind: str, subject: str = "") -> None:
        """Save to a file of the person's choice; letters issued to each are listed, as for `preview`."""
        if letters.apart(self._session.state, kind, subject):
            self.lettersRequested.emit(kind)
        elif self._frozen(kind, subject) is not None or len(KINDS[kind].endings) == 1:
            self._get(kind, subject, self._saving.save)
        else:
            self._saving.save_made(kind, subject)

    def preview_bytes(self, made: Made, kind: str, letter: int = 0) -> None:
        """Show a finished PDF; `letter` is the id of the issued letter that it is, or 0."""
        self._show_preview(Finished(made, kind, letter))

    def print_bytes(self, made: Made, kind: str, letter: int = 0) -> None:
        """Ask for the printer, then print a finished PDF."""
        self._sending.ask(Finished(made, kind, letter))

    def export_bytes(self, made: Made, kind: str, letter: int = 0) -> None:
        """Save finished bytes to a file of the person's choice."""
        self._saving.save(Finished(made, kind, letter))

    def keep(self, kind: str) -> None:
        """Make the document now and keep it in the cycle as its next version."""
        snapshot = self._work.snapshot()

        def work(progress: Progress) -> Changed | Refusal:
            made = make(kind, snapshot, progress)
            return self._keep(kind, accept(made.name, made.data), "generated")

        self._work.run(f"Menyiapkan {KINDS[kind].title}…", work, partial(self._kept, kind))

    def import_version(self, kind: str, path: Path | None = None) -> None:
        """Bring in a document edited outside as the next version; without a path, ask for the file."""
        if path is not None:
            work: Callable[[Progress], Changed | Refusal] = lambda _: self._keep(  # noqa: E731
                kind, _fit_file(KINDS[kind], path), "imported"
            )
            self._work.run(f"Membaca “{path.name}”…", work, partial(self._kept, kind))
            return
        dialog = QFileDialog(self._widget, f"Pilih berkas untuk {KINDS[kind].title}")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(filter_of(KINDS[kind]))
        dialog.setDirectory(str(existing(self._settings.folder(kind))))
        dialog.fileSelected.connect(lambda chosen: self.import_version(kind, Path(chosen)))
        open_dialog(dialog)

    def open_version(self, document: KeptDocument) -> None:
        """Open a read-only copy of a kept version; its name tells the version."""
        name = Path(document.name)
        self._open_copy(f"{name.stem} versi {document.version}{name.suffix}", document)

    def open_attachment(self, attachment: Attachment) -> None:
        """Open a read-only copy of an attachment."""
        self._open_copy(attachment.name, attachment)

    # Making and reading

    def _get(self, kind: str, subject: str, then: Callable[[Finished], object]) -> None:
        """The document as it stands now: the frozen bytes of an issued letter, else freshly made."""
        self._work.run(f"Menyiapkan {KINDS[kind].title}…", self._reader(kind, subject), then)

    def _reader(self, kind: str, subject: str) -> Callable[[Progress], Finished]:
        """What gives a document off the GUI thread, from what is frozen now."""
        cycle, letter = self._session.cycle, self._frozen(kind, subject)
        if letter is not None:
            return lambda _: Finished(letters.issued_file(cycle, letter), kind, letter.id)
        snapshot = self._work.snapshot(subject)
        ending = "pdf" if _has_pdf(kind) else ""
        return lambda progress: Finished(make(kind, snapshot, progress, ending), kind)

    def _frozen(self, kind: str, subject: str) -> IssuedLetter | None:
        return letters.current(self._session.cycle, kind, subject)

    # Showing

    def _show_preview(self, document: Finished) -> None:
        # PDFium is loaded when the first document is looked at, not when the program starts.
        from ui.documents.preview import PreviewDialog

        dialog = PreviewDialog(document.made, document.title, self._widget)
        dialog.printRequested.connect(lambda: self._sending.ask(document, dialog))
        dialog.saveRequested.connect(lambda: self._saving.save(document, dialog))
        dialog.open()

    # Versions

    def _keep(self, kind: str, file: IncomingFile, source: str) -> Changed | Refusal:
        """On the worker's thread: a large file takes its time to be kept."""
        return office.keep_document(self._session.cycle, self._session.who(), kind, file, source)

    def _kept(self, kind: str, outcome: Changed | Refusal) -> None:
        self._session.act(lambda cycle, who: outcome)
        if isinstance(outcome, Refusal):
            self._work.tell(None, outcome.message)
            return
        version = self._session.state.versions(kind)[-1]
        text = f"{KINDS[kind].title} versi {version.version} tersimpan dalam siklus."
        self._work.say(text, ("Buka", lambda: self.open_version(version)))

    def _offer_to_open(self, kind: str) -> None:
        """What has no PDF has no preview here: its own program shows and prints it."""
        title = KINDS[kind].title
        program = "Word" if KINDS[kind].media_type == DOCX else "Excel"
        text = (
            f"{title} adalah berkas {program}: dilihat dan dicetak dengan {program} atau LibreOffice, "
            "bukan di jendela ini."
        )
        choices: list[tuple[str, Callable[[], object]]] = []
        newest = next(reversed(self._session.state.versions(kind)), None)
        if newest is not None:
            choices.append((f"Buka versi {newest.version}", lambda: self.open_version(newest)))
        choices.append(("Buat dari data sekarang dan buka", lambda: self._make_and_open(kind)))
        self._work.ask(None, text, tuple(choices), cancel="Tutup", icon=QMessageBox.Icon.Information)

    # Opening

    def _make_and_open(self, kind: str) -> None:
        snapshot = self._work.snapshot()

        def work(progress: Progress) -> Path:
            made = make(kind, snapshot, progress)
            return opening.copy_of(made.name, made.data)

        self._work.run(f"Menyiapkan {KINDS[kind].title}…", work, self._show)

    def _open_copy(self, name: str, file: Attachment | KeptDocument) -> None:
        cycle = self._session.cycle
        work: Callable[[Progress], Path] = lambda _: opening.copy_of(name, office.contents(cycle, file))  # noqa: E731
        self._work.run(f"Menyalin “{file.name}”…", work, self._show)

    def _show(self, path: Path) -> None:
        self._work.show_file(path)


def _has_pdf(kind: str) -> bool:
    return "pdf" in KINDS[kind].endings


def _fit_file(kind: Kind, path: Path) -> IncomingFile:
    file = read_file(path)
    if file.media_type != kind.media_type:
        wanted = "berkas Word (.docx)" if kind.media_type == DOCX else f"berkas {kind.extension.upper()}"
        raise UserError(f"“{path.name}” bukan {wanted}. Simpan dahulu dengan jenis itu, lalu pilih lagi.")
    return file
