"""What one does with documents: preview, print, save, keep as a version, bring one in, open a copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from shiboken6 import isValid

from lkip_desktop import office
from lkip_desktop.attachments import IncomingFile, accept, read_file
from lkip_desktop.documents.catalog import KINDS, Made, make
from lkip_desktop.documents.kinds import DOCX, PDF, Kind
from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.ports import Progress
from lkip_desktop.workflow.state import Attachment, KeptDocument
from lkip_desktop.workflow.transitions import Refusal
from ui import jobs
from ui.documents import opening
from ui.documents.strip import Action, Strip
from ui.session import Session
from ui.settings import Settings

T = TypeVar("T")


class DocumentActions(QObject):
    """Each document is made beside the window from a snapshot taken at once; one piece of work at a time.

    `parent` is the widget over which dialogs open; results are told at the foot of its window.
    """

    def __init__(self, session: Session, parent: QWidget, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self._session, self._widget = session, parent
        self._settings = settings or Settings()
        self._job: jobs.Job | None = None

    # What others call

    def preview(self, kind: str) -> None:
        """Show a PDF; a Word document is opened as a copy by the desktop's program instead, after a word about it."""
        if KINDS[kind].media_type == PDF:
            self._make(kind, partial(self._show_preview, kind))
        else:
            self._offer_to_open(kind)

    def print_document(self, kind: str) -> None:
        """Ask for the printer, then print; a Word document is printed by its own program."""
        if KINDS[kind].media_type == PDF:
            self._make(kind, partial(self._ask_printer, kind, self._widget))
        else:
            self._offer_to_open(kind)

    def export(self, kind: str) -> None:
        """Save to a file of the person's choice."""
        self._make(kind, partial(self._ask_place, kind, self._widget))

    def keep(self, kind: str) -> None:
        """Make the document now and keep it in the cycle as its next version."""
        self._make(kind, partial(self._keep, kind))

    def import_version(self, kind: str, path: Path | None = None) -> None:
        """Bring in a document edited outside as the next version; without a path, ask for the file."""
        if path is not None:
            work = partial(_fit_file, KINDS[kind], path)
            self._run(f"Membaca “{path.name}”…", work, partial(self._keep_file, kind, source="imported"))
            return
        dialog = QFileDialog(self._widget, f"Pilih berkas untuk {KINDS[kind].title}")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_filter(KINDS[kind]))
        dialog.setDirectory(str(_existing(self._settings.folder(kind))))
        dialog.fileSelected.connect(lambda chosen: self.import_version(kind, Path(chosen)))
        _open(dialog)

    def open_version(self, document: KeptDocument) -> None:
        """Open a read-only copy of a kept version; its name tells the version."""
        name = Path(document.name)
        self._open_copy(f"{name.stem} versi {document.version}{name.suffix}", document)

    def open_attachment(self, attachment: Attachment) -> None:
        """Open a read-only copy of an attachment."""
        self._open_copy(attachment.name, attachment)

    # Making

    def _make(self, kind: str, then: Callable[[Made], object]) -> None:
        snapshot = self._session.snapshot()
        self._run(f"Menyiapkan {KINDS[kind].title}…", lambda progress: make(kind, snapshot, progress), then)

    def _run(
        self,
        label: str,
        work: Callable[[Progress], T],
        then: Callable[[T], object],
        parent: QWidget | None = None,
        failed: Callable[[str], object] | None = None,
    ) -> None:
        if self._job is None:
            told = failed or partial(self._tell, parent)
            self._job = jobs.start(self._over(parent), label, work, then, told)
            self._job.finished.connect(self._free)

    def _free(self) -> None:
        self._job = None

    # Showing and printing

    def _show_preview(self, kind: str, made: Made) -> None:
        # PDFium is loaded when the first document is looked at, not when the program starts.
        from ui.documents.preview import PreviewDialog

        dialog = PreviewDialog(made, KINDS[kind].title, self._widget)
        dialog.printRequested.connect(lambda: self._ask_printer(kind, dialog, made))
        dialog.saveRequested.connect(lambda: self._ask_place(kind, dialog, made))
        dialog.open()

    def _ask_printer(self, kind: str, parent: QWidget, made: Made) -> None:
        from ui.documents.pages import Pages
        from ui.documents.print_dialog import PrintDialog
        from ui.documents.printing import paper_of, printers

        pages = Pages(made.data)
        paper, count = paper_of(pages.millimetres(0)), len(pages.sizes)
        pages.close()
        last = (self._settings.printer(kind), self._settings.paper(kind))
        dialog = PrintDialog(KINDS[kind].title, paper, count, printers(), last, self._over(parent))
        dialog.ordered.connect(lambda order: self._print(kind, parent, made, order))
        dialog.saveRequested.connect(lambda: self._ask_place(kind, parent, made))
        dialog.open()

    def _print(self, kind: str, parent: QWidget, made: Made, order: object) -> None:
        from ui.documents.printing import PrintOrder, send

        assert isinstance(order, PrintOrder)
        self._settings.set_printer(kind, order.printer)
        self._settings.set_paper(kind, str(order.paper))
        work: Callable[[Progress], None] = lambda progress: send(made.data, order, progress)  # noqa: E731
        self._run(
            f"Mengirim ke printer {order.printer}…", work, lambda _: self._printed(kind, parent, order.printer), parent
        )

    def _printed(self, kind: str, parent: QWidget, printer: str) -> None:
        if not self._session.read_only:
            self._session.record_print(kind, printer)
        self._say(f"{KINDS[kind].title} dikirim ke printer {printer}.", parent=parent)

    # Saving

    def _ask_place(self, kind: str, parent: QWidget, made: Made) -> None:
        dialog = QFileDialog(self._over(parent), f"Simpan {KINDS[kind].title}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # We ask ourselves, in the moment of writing and in the person's language.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilter(_filter(KINDS[kind]))
        dialog.setDefaultSuffix(KINDS[kind].extension)
        dialog.setDirectory(str(_existing(self._settings.folder(kind))))
        dialog.selectFile(made.name)
        dialog.fileSelected.connect(lambda chosen: self._save(kind, parent, made, Path(chosen)))
        _open(dialog)

    def _save(self, kind: str, parent: QWidget, made: Made, path: Path) -> None:
        if not path.exists():
            self._write(kind, parent, made, path)
            return
        box = _box(
            self._over(parent),
            QMessageBox.Icon.Question,
            f"“{path.name}” sudah ada di folder ini. Ganti dengan yang baru?",
        )
        box.addButton("Ganti", QMessageBox.ButtonRole.AcceptRole).clicked.connect(
            lambda: self._write(kind, parent, made, path)
        )
        other = box.addButton("Pilih nama lain…", QMessageBox.ButtonRole.ActionRole)
        other.clicked.connect(lambda: self._ask_place(kind, parent, made))
        box.setDefaultButton(other)
        box.setEscapeButton(box.addButton("Batal", QMessageBox.ButtonRole.RejectRole))
        box.open()

    def _write(self, kind: str, parent: QWidget, made: Made, path: Path) -> None:
        source = self._session.cycle.store.path

        def work(progress: Progress) -> Path:
            office.export(path, lambda _: made.data, source=source, overwrite=True)
            return path

        failed = partial(self._not_written, kind, parent, made, path)
        self._run(f"Menyimpan “{path.name}”…", work, partial(self._saved, kind, parent), parent, failed)

    def _not_written(self, kind: str, parent: QWidget, made: Made, path: Path, sentence: str) -> None:
        box = _box(self._over(parent), QMessageBox.Icon.Warning, sentence)
        again = box.addButton("Coba lagi", QMessageBox.ButtonRole.AcceptRole)
        again.clicked.connect(lambda: self._write(kind, parent, made, path))
        other = box.addButton("Pilih tempat lain…", QMessageBox.ButtonRole.ActionRole)
        other.clicked.connect(lambda: self._ask_place(kind, parent, made))
        box.setEscapeButton(box.addButton("Batal", QMessageBox.ButtonRole.RejectRole))
        box.open()

    def _saved(self, kind: str, parent: QWidget, path: Path) -> None:
        self._settings.set_folder(kind, path.parent)
        self._say(
            f"“{path.name}” tersimpan di {path.parent}.",
            ("Buka", lambda: self._open(path)),
            ("Tampilkan di folder", lambda: self._open(path.parent)),
            parent=parent,
        )

    # Versions

    def _keep(self, kind: str, made: Made) -> None:
        self._keep_file(kind, accept(made.name, made.data))

    def _keep_file(self, kind: str, file: IncomingFile, source: str = "generated") -> None:
        outcome = self._session.keep_document(kind, file, source)
        if isinstance(outcome, Refusal):
            self._tell(None, outcome.message)
        elif outcome is not None:
            version = self._session.state.versions(kind)[-1]
            text = f"{KINDS[kind].title} versi {version.version} tersimpan dalam siklus."
            self._say(text, ("Buka", lambda: self.open_version(version)))

    def _offer_to_open(self, kind: str) -> None:
        """Word documents have no preview here: their own program shows and prints them."""
        title = KINDS[kind].title
        box = _box(
            self._widget,
            QMessageBox.Icon.Information,
            f"{title} adalah berkas Word: dilihat dan dicetak dengan Word atau LibreOffice, bukan di jendela ini.",
        )
        newest = next(reversed(self._session.state.versions(kind)), None)
        if newest is not None:
            button = box.addButton(f"Buka versi {newest.version}", QMessageBox.ButtonRole.AcceptRole)
            button.clicked.connect(lambda: self.open_version(newest))
        fresh = box.addButton("Buat dari data sekarang dan buka", QMessageBox.ButtonRole.AcceptRole)
        fresh.clicked.connect(lambda: self._make(kind, lambda made: self._open_data(made.name, made.data)))
        box.setEscapeButton(box.addButton("Tutup", QMessageBox.ButtonRole.RejectRole))
        box.open()

    # Opening

    def _open_copy(self, name: str, file: Attachment | KeptDocument) -> None:
        self._open_data(name, office.contents(self._session.cycle, file))

    def _open_data(self, name: str, data: bytes) -> None:
        try:
            opening.show(opening.copy_of(name, data))
        except EnvironmentProblem as error:
            self._tell(None, str(error))

    def _open(self, path: Path) -> None:
        try:
            opening.show(path)
        except EnvironmentProblem as error:
            self._tell(None, str(error))

    # Telling

    def _say(self, text: str, *actions: Action, parent: QWidget | None = None) -> None:
        strip = Strip(self._over(parent).window(), text, actions)
        self._session.changed.connect(strip.follow)

    def _tell(self, parent: QWidget | None, sentence: str) -> None:
        box = _box(self._over(parent), QMessageBox.Icon.Warning, sentence)
        box.addButton("Tutup", QMessageBox.ButtonRole.RejectRole)
        box.open()

    def _over(self, parent: QWidget | None) -> QWidget:
        """The dialog that asked, or the window when that is closed by now."""
        return parent if parent is not None and isValid(parent) and parent.isVisible() else self._widget


def _fit_file(kind: Kind, path: Path, progress: Progress) -> IncomingFile:
    file = read_file(path)
    if file.media_type != kind.media_type:
        wanted = "berkas Word (.docx)" if kind.media_type == DOCX else f"berkas {kind.extension.upper()}"
        raise UserError(f"“{path.name}” bukan {wanted}. Simpan dahulu dengan jenis itu, lalu pilih lagi.")
    return file


def _filter(kind: Kind) -> str:
    name = "Dokumen Word" if kind.media_type == DOCX else "Dokumen PDF"
    return f"{name} (*.{kind.extension})"


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((place for place in (folder, *folder.parents) if place.is_dir()), Path.home())


def _open(dialog: QFileDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _box(parent: QWidget, icon: QMessageBox.Icon, text: str) -> QMessageBox:
    box = QMessageBox(icon, "LKIP Desktop", text, QMessageBox.StandardButton.NoButton, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    return box
