"""What one does when reviewing the report: look for what is missing, compare versions, take changes from Word."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from lkip_desktop import office
from lkip_desktop.attachments import IncomingFile, read_file
from lkip_desktop.documents.kinds import DOCX
from lkip_desktop.errors import UserError
from lkip_desktop.office import Changed
from lkip_desktop.ports import Progress
from lkip_desktop.workflow.state import REPORT, KeptDocument
from lkip_desktop.workflow.transitions import Refusal
from ui.documents.actions import DocumentActions
from ui.documents.saving import existing, open_dialog
from ui.documents.work import Work
from ui.session import Outcome, Session

if TYPE_CHECKING:
    from lkip_desktop.completeness import Item
    from lkip_desktop.documents.docx_compare import Difference
    from lkip_desktop.exchange import Preview
    from ui.report_review.completeness import CompletenessDialog
    from ui.report_review.take_back import TakeBackDialog
    from ui.report_review.versions import VersionsDialog

SHEET = "completeness"
FOLDER = "import-report"
READ_ONLY = "Siklus ini dibuka hanya untuk dibaca; perubahan dari Word tidak dapat diambil."
REFUSED = "Belum ada yang diambil: berkas siklus menolak ditulis. Isinya aman."
NOT_WORD = "“{name}” bukan berkas Word (.docx). Simpan dahulu sebagai DOCX di Word atau LibreOffice, lalu pilih lagi."


class ReportReview(QObject):
    """Over `parent`; dialogs are loaded when first needed, work runs beside the window."""

    placeRequested = Signal(str, str)  # step id and path of a field that mends something

    def __init__(self, session: Session, parent: QWidget, documents: DocumentActions) -> None:
        super().__init__(parent)
        self._session, self._widget, self._documents = session, parent, documents
        self.check: CompletenessDialog | None = None
        self.list: VersionsDialog | None = None

    @cached_property
    def _work(self) -> Work:
        return Work(self._session, self._widget, self._documents.settings)

    # What is missing

    def show_completeness(self) -> None:
        """Show what the report lacks; checked beside the window."""
        snapshot = self._session.snapshot()

        def work(_: Progress) -> tuple[Item, ...]:
            from lkip_desktop.completeness import completeness

            return completeness(snapshot.state, snapshot.events, snapshot.today, snapshot.style)

        self._work.run("Memeriksa kelengkapan laporan…", work, self._show_items)

    def _show_items(self, items: tuple[Item, ...]) -> None:
        from ui.report_review.completeness import CompletenessDialog

        if self.check is None or not isValid(self.check):
            known = frozenset(self._session.state.sop.fields) | {REPORT}
            self.check = dialog = CompletenessDialog(known, self._widget)
            dialog.placeRequested.connect(self._lead_to)
            dialog.printRequested.connect(lambda: self._documents.print_document(SHEET))
            dialog.saveRequested.connect(lambda: self._documents.export(SHEET))
            dialog.refreshRequested.connect(self.show_completeness)
        self.check.show_items(items)
        self.check.show()
        self.check.raise_()
        self.check.activateWindow()

    def _lead_to(self, path: str) -> None:
        """Close the list and open the step that asks for a field."""
        base = path.split("/")[0]
        owner = self._session.state.sop.fields.get(base)
        step = owner[0] if owner else next((s for s in self._session.state.sop.steps if base in s.documents), None)
        if step is not None:
            if self.check is not None and isValid(self.check):
                self.check.close()
            self.placeRequested.emit(step.id, path)

    # Versions

    def show_versions(self) -> None:
        from ui.report_review.versions import VersionsDialog

        if self.list is None or not isValid(self.list):
            self.list = dialog = VersionsDialog(self._session, self._widget)
            dialog.openRequested.connect(self._documents.open_version)
            dialog.exportRequested.connect(self._export)
            dialog.compareRequested.connect(self.compare)
            dialog.takeRequested.connect(self._take_version)
            dialog.fileRequested.connect(self.choose)
        self.list.show()
        self.list.raise_()
        self.list.activateWindow()

    def compare(self, old: KeptDocument, new: KeptDocument) -> None:
        """Lay two versions side by side."""
        cycle = self._session.cycle

        def work(_: Progress) -> tuple[Difference, ...]:
            from lkip_desktop.documents.docx_compare import compare

            return compare(office.contents(cycle, old), office.contents(cycle, new))

        titles = (f"Versi {old.version}", f"Versi {new.version}")
        self._work.run("Membandingkan dua versi laporan…", work, partial(self._show_differences, titles), self.list)

    def _show_differences(self, titles: tuple[str, str], found: tuple[Difference, ...]) -> None:
        from ui.report_review.differences import DifferencesDialog

        DifferencesDialog(found, *titles, self._work.over(self.list)).open()

    def _export(self, kept: KeptDocument) -> None:
        from lkip_desktop.documents.catalog import Made

        cycle, name = self._session.cycle, Path(kept.name)

        def work(_: Progress) -> Made:
            title = f"{name.stem} versi {kept.version}{name.suffix}"
            return Made(office.contents(cycle, kept), title, kept.media_type)

        self._work.run(
            f"Membaca “{kept.name}”…", work, lambda made: self._documents.export_bytes(made, REPORT), self.list
        )

    # Back from Word

    def choose(self) -> None:
        """Let an edited report be chosen, then look at it."""
        dialog = QFileDialog(self._work.over(self.list), "Pilih laporan yang diubah di Word")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Dokumen Word (*.docx)")
        dialog.setDirectory(str(existing(self._documents.settings.folder(FOLDER))))
        dialog.fileSelected.connect(lambda chosen: self.bring(Path(chosen)))
        open_dialog(dialog)

    def bring(self, path: Path) -> None:
        """Look at an edited report and show what could be taken from it; nothing is kept before a person agrees."""
        if self._session.read_only:
            self._work.tell(self.list, READ_ONLY)
            return
        self._documents.settings.set_folder(FOLDER, path.parent)
        self._preview(path.name, lambda: _word_file(path))

    def _take_version(self, kept: KeptDocument) -> None:
        cycle = self._session.cycle

        def read() -> IncomingFile:
            return IncomingFile(kept.name, office.contents(cycle, kept), kept.sha256, kept.media_type)

        self._preview(kept.name, read)

    def _preview(self, name: str, read: Callable[[], IncomingFile]) -> None:
        cycle, today = self._session.cycle, self._session.today()
        files: list[IncomingFile] = []

        def work(progress: Progress) -> Preview:
            from lkip_desktop.readback import report_preview

            files.append(read())
            return report_preview(cycle, files[0], today, progress)

        def failed(sentence: str) -> None:
            keep = (
                [("Simpan sebagai versi", partial(self._keep, files[0]))] if files and not self._kept(files[0]) else []
            )
            self._work.ask(self.list, sentence, tuple(keep), cancel="Tutup")

        self._work.run(f"Membaca “{name}”…", work, self._show_preview, self.list, failed)

    def _show_preview(self, seen: Preview) -> None:
        from ui.report_review.take_back import TakeBackDialog

        dialog = TakeBackDialog(seen, kept=self._kept(seen.file), parent=self._work.over(self.list))
        dialog.takeRequested.connect(partial(self._take, dialog))
        dialog.keepRequested.connect(lambda: self._keep(seen.file, dialog))
        dialog.open()

    def _kept(self, file: IncomingFile) -> bool:
        return any(kept.sha256 == file.sha256 for kept in self._session.state.versions(REPORT))

    def _take(self, dialog: TakeBackDialog, paths: frozenset[str]) -> None:
        from lkip_desktop.exchange import import_file
        from lkip_desktop.readback import chosen

        part = chosen(dialog.seen, paths)

        def go_on() -> None:
            outcome = self._session.act(lambda cycle, who: import_file(cycle, who, part))
            self._conclude(outcome, f"{len(part.lines)} perubahan diambil dari “{part.file.name}”", dialog)

        self._session.back_up_first(go_on, dialog.complain)

    def _keep(self, file: IncomingFile, dialog: TakeBackDialog | None = None) -> None:
        self._conclude(self._session.keep_document(REPORT, file, "imported"), f"“{file.name}” disimpan", dialog)

    def _conclude(self, outcome: Outcome, done: str, dialog: TakeBackDialog | None) -> None:
        if isinstance(outcome, Refusal):
            if dialog is not None:
                dialog.complain(outcome.message)
            else:
                self._work.tell(self.list, outcome.message)
        elif isinstance(outcome, Changed):
            if dialog is not None:
                dialog.accept()
            version = self._session.state.versions(REPORT)[-1].version
            self._work.say(f"{done}; laporan kini mempunyai {version} versi.")
        elif dialog is not None:
            dialog.complain(REFUSED)


def _word_file(path: Path) -> IncomingFile:
    file = read_file(path)
    if file.media_type != DOCX:
        raise UserError(NOT_WORD.format(name=path.name))
    return file
