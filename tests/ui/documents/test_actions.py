"""Documents made, shown, saved, printed and kept on a real cycle file."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lkip_desktop.workflow.events import Act
from tests.cups import Queue
from ui import jobs
from ui.documents.actions import DocumentActions
from ui.documents.preview import PreviewDialog
from ui.documents.print_dialog import PrintDialog
from ui.documents.strip import Strip
from ui.session import Session
from ui.settings import Settings

W = TypeVar("W", bound=QWidget)


class Desktop(QObject):
    """Stands where the desktop opens files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


class Office:
    """A window with its document actions."""

    def __init__(self, session: Session, folder: Path, desktop: Desktop) -> None:
        self.session, self.folder, self.desktop = session, folder, desktop
        self.window = QWidget()
        QVBoxLayout(self.window).addStretch()
        self.window.resize(900, 600)
        self.settings = Settings(folder / "set.ini")
        self.settings.work_folder = folder
        self.documents = DocumentActions(session, self.window, self.settings)

    def find(self, kind: type[W]) -> W:
        """The newest dialog or strip of a kind that is shown, once all work has ended."""
        jobs.finish_all()
        return next(w for w in reversed(self.window.findChildren(kind)) if w.isVisible())

    def wait_until(self, true: Callable[[], bool]) -> None:
        """Let the window live until something holds."""
        end = time.monotonic() + 20
        while not true():
            assert time.monotonic() < end, "waited in vain"
            QApplication.processEvents()
            time.sleep(0.01)

    def press(self, kind: type[W], text: str) -> None:
        """Press a button of what is shown."""
        next(b for b in self.find(kind).findChildren(QPushButton) if b.text() == text).click()
        jobs.finish_all()

    def save_as(self, name: str) -> None:
        """Answer the file dialog."""
        dialog = self.find(QFileDialog)
        typed = dialog.findChild(QLineEdit)
        assert typed is not None
        typed.setText(str(self.folder / name))
        dialog.accept()
        jobs.finish_all()


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    made = Desktop()
    QDesktopServices.setUrlHandler("file", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def place(qtbot: QtBot, make_session: Callable[..., Session], tmp_path: Path, desktop: Desktop) -> Office:
    made = Office(make_session(8, ahead=True), tmp_path, desktop)
    qtbot.addWidget(made.window)
    made.window.show()
    return made


def texts(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QMessageBox) else "")


def test_a_letter_is_saved_under_the_name_proposed(place: Office) -> None:
    place.documents.export("cover-letter")
    dialog = place.find(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "Surat Pengantar LKIP 2026.pdf"
    (place.folder / "lain").mkdir()
    place.save_as("lain/Surat 1")
    written = place.folder / "lain" / "Surat 1.pdf"
    assert written.read_bytes().startswith(b"%PDF-")
    assert place.settings.folder("cover-letter") == written.parent
    assert texts(place.find(Strip)) == f"“Surat 1.pdf” tersimpan di {written.parent}."
    place.press(Strip, "Buka")
    place.press(Strip, "Tampilkan di folder")
    assert place.desktop.opened == [written, written.parent]


@pytest.mark.parametrize(("answer", "kept"), [("Batal", True), ("Ganti", False)])
def test_a_name_that_exists_is_asked_about_when_it_is_written(place: Office, answer: str, kept: bool) -> None:
    old = place.folder / "Surat.pdf"
    old.write_bytes(b"lama")
    place.documents.export("cover-letter")
    place.save_as("Surat.pdf")
    assert old.read_bytes() == b"lama"
    assert "sudah ada" in texts(place.find(QMessageBox))
    place.press(QMessageBox, answer)
    assert (old.read_bytes() == b"lama") is kept


def test_another_name_can_be_chosen_instead(place: Office) -> None:
    (place.folder / "Surat.pdf").write_bytes(b"lama")
    place.documents.export("cover-letter")
    place.save_as("Surat.pdf")
    place.press(QMessageBox, "Pilih nama lain…")
    place.save_as("Surat 2.pdf")
    assert (place.folder / "Surat 2.pdf").exists()
    assert (place.folder / "Surat.pdf").read_bytes() == b"lama"


def test_a_file_that_cannot_be_written_is_told_and_tried_again(place: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    old = place.folder / "Surat.pdf"
    old.write_bytes(b"lama")

    def held(source: str | Path, target: str | Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as open_in_word:
        open_in_word.setattr(os, "replace", held)
        open_in_word.setattr(Path, "replace", held)
        place.documents.export("cover-letter")
        place.save_as("Surat.pdf")
        place.press(QMessageBox, "Ganti")
        assert "Tutup dahulu" in texts(place.find(QMessageBox))
        assert old.read_bytes() == b"lama"
    place.press(QMessageBox, "Coba lagi")
    assert old.read_bytes().startswith(b"%PDF-")


def test_the_preview_holds_the_bytes_that_are_saved(place: Office) -> None:
    place.documents.preview("cover-letter")
    preview = place.find(PreviewDialog)
    preview.saveRequested.emit()
    place.save_as("Surat.pdf")
    assert (place.folder / "Surat.pdf").read_bytes() == preview.made.data
    preview.reject()


def test_what_the_preview_prints_arrives_and_is_noted(cups: Queue, place: Office) -> None:
    place.documents.preview("cover-letter")
    preview = place.find(PreviewDialog)
    preview.printRequested.emit()
    place.press(PrintDialog, "Cetak")
    strip = place.find(Strip)
    assert texts(strip).startswith("Surat Pengantar dikirim ke printer TU: pekerjaan TU-")
    assert cups.printed().startswith(b"%PDF-")
    place.wait_until(lambda: texts(strip).endswith("selesai dicetak."))
    last = place.session.cycle.store.events()[-1]
    assert last.act is Act.PRINTED
    assert (last.data["kind"], last.data["printer"]) == ("cover-letter", "TU")
    assert (last.data["letter"], last.data["pages"], last.data["copies"]) == (0, "", 1)
    assert place.settings.printer("cover-letter") == "TU"
    assert place.settings.paper("cover-letter") == "A4 (210 × 297 mm)"
    preview.reject()


def test_a_printer_that_refuses_gives_a_sentence_and_no_note(cups: Queue, place: Office) -> None:
    cups.reject()
    try:
        place.documents.print_document("cover-letter")
        place.press(PrintDialog, "Cetak")
        assert "tidak menerima dokumen ini" in texts(place.find(QMessageBox))
    finally:
        cups.accept()
    assert place.session.cycle.store.events()[-1].act is not Act.PRINTED
    place.press(QMessageBox, "Tutup")


def test_a_report_is_kept_as_the_next_version_and_opened_as_a_copy(place: Office) -> None:
    before = len(place.session.state.versions("report"))
    place.documents.keep("report")
    assert texts(place.find(Strip)) == f"Laporan versi {before + 1} tersimpan dalam siklus."
    kept = place.session.state.versions("report")[-1]
    assert (kept.version, kept.source) == (before + 1, "generated")
    place.press(Strip, "Buka")
    (copy,) = place.desktop.opened
    assert copy.name == f"LKIP 2026 versi {before + 1}.docx"
    assert copy.read_bytes() == place.session.cycle.store.blob(kept.sha256)
    assert not copy.stat().st_mode & stat.S_IWUSR


def test_a_word_file_comes_in_as_a_version(place: Office) -> None:
    place.documents.keep("report")
    jobs.finish_all()
    first = place.session.state.versions("report")[-1]
    outside = place.folder / "Draf disunting.docx"
    outside.write_bytes(place.session.cycle.store.blob(first.sha256))
    place.documents.import_version("report", outside)
    jobs.finish_all()
    newest = place.session.state.versions("report")[-1]
    assert (newest.version, newest.source, newest.name) == (first.version + 1, "imported", outside.name)


def test_a_file_that_is_not_word_is_refused(place: Office) -> None:
    before = place.session.state.documents
    wrong = place.folder / "catatan.txt"
    wrong.write_text("catatan")
    place.documents.import_version("report")
    place.save_as(wrong.name)
    assert "bukan berkas Word (.docx)" in texts(place.find(QMessageBox))
    assert place.session.state.documents == before
    place.press(QMessageBox, "Tutup")


@pytest.mark.parametrize("action", ["preview", "print_document"])
def test_a_word_document_is_shown_by_its_own_program(place: Office, action: str) -> None:
    getattr(place.documents, action)("report")
    assert "berkas Word" in texts(place.find(QMessageBox))
    place.press(QMessageBox, "Buat dari data sekarang dan buka")
    assert [path.suffix for path in place.desktop.opened] == [".docx"]


def test_an_attachment_opens_as_a_read_only_copy(place: Office) -> None:
    (file, *_) = place.session.state.attachments
    for _ in range(2):
        place.documents.open_attachment(file)
        jobs.finish_all()
    first, second = place.desktop.opened
    assert first != second
    assert first.name == file.name
    assert first.read_bytes() == place.session.cycle.store.blob(file.sha256)


def test_a_second_request_while_one_runs_is_left_out(place: Office) -> None:
    place.documents.keep("report")
    place.documents.keep("report")
    before = len(place.session.state.versions("report"))
    jobs.finish_all()
    assert len(place.session.state.versions("report")) == before + 1


def test_a_closed_cycle_keeps_no_further_version(place: Office) -> None:
    while (step := place.session.state.step) is not None:
        place.session.complete(step, "ya" if step.decisions else "")
    place.documents.keep("report")
    assert "sudah ditutup" in texts(place.find(QMessageBox))
    place.press(QMessageBox, "Tutup")
