"""What one does with files that go out and come in: send forms, look at a file, import it, keep a report."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from lkip_desktop import office
from lkip_desktop.attachments import accept
from lkip_desktop.documents.catalog import KINDS, Made, make
from lkip_desktop.errors import UserError
from lkip_desktop.exchange import (
    BUDGET,
    UNIT_FORM,
    LraLayout,
    Preview,
    Request,
    import_file,
    issued_letters,
    preview,
    read_source,
    record_sent,
    take_back,
    units,
    write_forms,
)
from lkip_desktop.office import Changed
from lkip_desktop.ports import Progress
from lkip_desktop.workflow.transitions import Refusal
from ui.documents.actions import DocumentActions
from ui.documents.saving import existing, open_dialog
from ui.documents.work import Work
from ui.exchange.layout_bar import fits, layout_of, remembered
from ui.exchange.preview import ImportDialog
from ui.exchange.send import SendDialog
from ui.session import Session
from ui.settings import Settings

FILTERS = {
    UNIT_FORM: "Buku kerja (*.xlsx *.xls *.ods)",
    BUDGET: "Buku kerja atau CSV (*.xlsx *.xls *.ods *.csv *.tsv *.txt)",
}
TITLES = {UNIT_FORM: "Pilih format data yang kembali", BUDGET: "Pilih berkas realisasi anggaran"}
TEMPLATE = "form_template"
"""The field that keeps the form as it was sent, with the indicators of all units."""
READ_ONLY = "Siklus ini dibuka hanya untuk dibaca; tidak ada yang dapat diimpor."


class Exchange(QObject):
    """Over `parent`; one piece of work at a time, beside the window. Nothing is kept before the person agrees."""

    def __init__(self, session: Session, parent: QWidget, documents: DocumentActions) -> None:
        super().__init__(parent)
        self._session, self._widget, self._documents = session, parent, documents

    @property
    def _settings(self) -> Settings:
        return self._documents.settings

    @cached_property
    def _work(self) -> Work:
        return Work(self._session, self._widget, self._settings)

    # In

    def choose(self, kind: str) -> None:
        """Let a file be chosen, then look at it."""
        dialog = QFileDialog(self._widget, TITLES[kind])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(FILTERS[kind])
        dialog.setDirectory(str(existing(self._settings.folder(f"import-{kind}"))))
        dialog.fileSelected.connect(lambda chosen: self.bring(Path(chosen), kind))
        open_dialog(dialog)

    def bring(self, path: Path, kind: str = "") -> None:
        """Look at a file and show what importing it would do; without a kind, its content tells what it is."""
        if self._session.read_only:
            self._work.tell(None, READ_ONLY)
            return
        request, memory = self._request(kind), self._settings.lra_layout

        def work(progress: Progress) -> Preview:
            return _first_look(path, request, memory, progress)

        self._work.run(f"Membaca “{path.name}”…", work, partial(self._show, path))

    def _request(self, kind: str) -> Request:
        return Request(self._session.state, self._session.cycle.profile, self._session.today(), kind)

    def _show(self, path: Path, seen: Preview) -> None:
        self._settings.set_folder(f"import-{seen.kind}", path.parent)
        dialog = ImportDialog(seen, self._widget)
        dialog.lookRequested.connect(partial(self._look_again, dialog))
        dialog.importRequested.connect(partial(self._import, dialog))
        dialog.open()

    def _look_again(self, dialog: ImportDialog, answers: dict[str, str], layout: LraLayout | None, adopt: bool) -> None:
        seen = dialog.seen
        request = replace(self._request(seen.kind), answers=answers, layout=layout, adopt=adopt)
        self._work.run(
            f"Membaca “{seen.file.name}”…",
            lambda progress: preview(seen.file, request, progress),
            dialog.show_preview,
            dialog,
            dialog.complain,
        )

    def _import(self, dialog: ImportDialog) -> None:
        dialog.confirm.setEnabled(False)

        def stop(problem: str) -> None:
            dialog.confirm.setEnabled(True)
            dialog.complain(problem)

        self._session.back_up_first(partial(self._import_now, dialog), stop)

    def _import_now(self, dialog: ImportDialog) -> None:
        seen = dialog.seen
        dialog.confirm.setEnabled(True)
        outcome = self._session.act(lambda cycle, who: import_file(cycle, who, seen))
        if isinstance(outcome, Refusal):
            dialog.complain(outcome.message)
        elif outcome is not None:
            if seen.layout is not None:
                self._settings.lra_layout = remembered(seen)
            dialog.accept()
            back = ("Urungkan", partial(self._take_back, seen))
            self._work.say(f"{seen.importable} nilai diimpor dari “{seen.file.name}”.", back)

    def _take_back(self, seen: Preview) -> None:
        outcome = self._session.act(lambda cycle, who: take_back(cycle, who, seen))
        if isinstance(outcome, Refusal):
            self._work.tell(None, outcome.message)
        elif outcome is not None:
            self._work.say(f"Impor “{seen.file.name}” diurungkan; isian kembali seperti semula.")

    # Out

    def send(self) -> None:
        """Ask for units and folder, write the workbooks, and note the day on which they went out."""
        listed = units(self._session.state)
        if not listed:
            self._work.tell(None, "Belum ada unit. Isi dahulu tabel unit pada langkah ini.")
            return
        dialog = SendDialog(self._session, listed, self._settings.folder(UNIT_FORM), self._widget)
        dialog.agreed.connect(self._send)
        dialog.open()

    def _send(self, rows: list[str], folder: Path, letters: bool) -> None:
        snapshot, source = self._session.snapshot(), self._session.cycle.store.path
        issued = issued_letters(self._session.cycle) if letters else None
        empty = TEMPLATE in snapshot.state.sop.fields and not snapshot.state.files(TEMPLATE)

        def work(progress: Progress) -> tuple[tuple[Path, ...], Made | None]:
            written = write_forms(snapshot, rows, folder, source, letters=issued, progress=progress)
            return written, make(UNIT_FORM, replace(snapshot, subject="")) if empty else None

        self._work.run(f"Menulis {len(rows)} buku kerja…", work, partial(self._sent, rows, folder))

    def _sent(self, rows: list[str], folder: Path, made: tuple[tuple[Path, ...], Made | None]) -> None:
        written, template = made
        self._settings.set_folder(UNIT_FORM, folder)
        if not self._session.read_only:
            today = self._session.today()
            self._session.act(lambda cycle, who: record_sent(cycle, who, rows, today))
            if template is not None:
                file = accept(template.name, template.data)
                self._session.act(lambda cycle, who: office.attach_file(cycle, who, TEMPLATE, file))
        self._work.say(
            f"{len(written)} berkas untuk {len(rows)} unit tersimpan di {folder}.",
            ("Tampilkan di folder", lambda: self._work.show_file(folder)),
        )

    # Reports

    def keep_report(self, kind: str, field: str) -> None:
        """Make a report as PDF from the figures as they are now, and attach it to a field."""
        snapshot = self._session.snapshot()
        self._work.run(
            f"Menyiapkan {KINDS[kind].title}…",
            lambda progress: make(kind, snapshot, progress, "pdf"),
            partial(self._keep, kind, field),
        )

    def _keep(self, kind: str, field: str, made: Made) -> None:
        file = accept(made.name, made.data)
        outcome = self._session.act(lambda cycle, who: office.attach_file(cycle, who, field, file))
        if isinstance(outcome, Refusal):
            self._work.tell(None, outcome.message)
        elif isinstance(outcome, Changed):
            self._work.say(f"{KINDS[kind].title} dilampirkan sebagai “{made.name}”.")


def _first_look(path: Path, request: Request, memory: str, progress: Progress) -> Preview:
    """Read as the last budget export was, if this one has the same headings there; else as its content tells."""
    file, layout = read_source(path), layout_of(memory)
    if layout is not None and request.kind != UNIT_FORM:
        try:
            seen = preview(file, replace(request, layout=layout), progress)
        except UserError:
            seen = None
        if seen is not None and fits(memory, seen):
            return seen
    return preview(file, request, progress)
