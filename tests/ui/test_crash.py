"""An unexpected error is told once, calmly; log and trace lie in one folder."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from lkip_desktop.errors import EnvironmentProblem, UserError
from ui.crash import LOG_NAME, TRACE_NAME, Reporter, start_logging


@pytest.fixture
def reporter(qapp: QApplication, tmp_path: Path) -> Iterator[Reporter]:
    reporter = Reporter(tmp_path)
    yield reporter
    if reporter.dialog is not None:
        reporter.dialog.close()


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    level = logging.getLogger("lkip").level
    yield
    logging.getLogger("lkip").setLevel(level)
    faulthandler.enable(sys.__stderr__)


def run_once(folder: Path, said: str = "") -> str:
    """One run of the program as far as the log is concerned; the trace that it found."""
    running = start_logging(folder)
    assert running is not None
    assert faulthandler.is_enabled()
    logging.getLogger("lkip").info(said)
    running.close()
    return running.left


def fail(reporter: Reporter, text: str) -> None:
    try:
        raise ZeroDivisionError(text)
    except ZeroDivisionError as error:
        reporter.handle(type(error), error, error.__traceback__)


def button(box: QMessageBox, words: str) -> None:
    next(b for b in box.buttons() if b.text() == words).click()


@pytest.mark.logs("unexpected error")
def test_the_dialog_says_that_data_is_safe_and_copies_the_details(reporter: Reporter) -> None:
    fail(reporter, "percobaan")
    box = reporter.dialog
    assert box is not None
    assert "Data yang sudah tersimpan tidak berubah" in box.informativeText()
    assert "Traceback" not in box.text() + box.informativeText()
    button(box, "Salin rincian")
    assert "ZeroDivisionError: percobaan" in QGuiApplication.clipboard().text()
    assert box.isVisible()
    button(box, "Lanjutkan")
    assert not box.isVisible()


def test_what_somebody_can_mend_is_a_sentence_and_no_crash(reporter: Reporter) -> None:
    heard: list[str] = []
    reporter.told.connect(heard.append)
    for error in (EnvironmentProblem("Lampiran rusak."), UserError("Pilih berkas lain.")):
        reporter.handle(type(error), error, None)
    assert heard == ["Lampiran rusak.", "Pilih berkas lain."]
    assert reporter.dialog is None


@pytest.mark.logs("unexpected error")
def test_a_second_error_does_not_pile_up_dialogs(reporter: Reporter, caplog: pytest.LogCaptureFixture) -> None:
    fail(reporter, "satu")
    first = reporter.dialog
    fail(reporter, "dua")
    assert reporter.dialog is first
    assert "dua" in caplog.text


@pytest.mark.logs("unexpected error")
def test_an_error_of_another_thread_is_shown_here(reporter: Reporter, qtbot: QtBot) -> None:
    worker = threading.Thread(target=fail, args=(reporter, "di utas lain"))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert reporter.dialog is not None
    assert "di utas lain" in reporter.dialog.informativeText()


def test_the_log_is_written_and_an_earlier_trace_is_told_once(tmp_path: Path, logging_as_before: None) -> None:
    folder = tmp_path / "log"
    folder.mkdir()
    (folder / TRACE_NAME).write_text("Fatal Python error: Segmentation fault\n", encoding="utf-8")
    assert "Segmentation fault" in run_once(folder, "halo")
    assert "halo" in (folder / LOG_NAME).read_text("utf-8")
    assert run_once(folder) == ""


def test_a_clean_end_leaves_nothing_to_tell(tmp_path: Path, logging_as_before: None) -> None:
    assert run_once(tmp_path / "log") == ""
    assert run_once(tmp_path / "log") == ""


def test_a_folder_that_cannot_be_made_costs_only_the_log(tmp_path: Path, logging_as_before: None) -> None:
    (tmp_path / "berkas").write_bytes(b"")
    assert start_logging(tmp_path / "berkas" / "log") is None
