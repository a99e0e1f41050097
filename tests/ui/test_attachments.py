"""Files of a field: dropped, refused, opened, taken out and put back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lkip_desktop.workflow.state import Attachment
from lkip_desktop.workflow.transitions import Refusal
from tests.ui.conftest import MakeSession
from tests.ui.test_form import form_of
from tests.ui.test_table import cell, in_dialog, table_box
from ui import jobs
from ui.forms.attachments import AttachmentDialog, AttachmentList
from ui.forms.boxes import FilesBox
from ui.forms.form import FormView
from ui.session import Session

PDF = b"%PDF-1.4 pindaian"


def files_of(form: FormView, field: str) -> AttachmentList:
    box = form.boxes[field]
    assert isinstance(box, FilesBox)
    return box.files


def drop(files: AttachmentList, *paths: Path) -> bool:
    """Hold files over the list and let them go; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, none)
    enter.ignore()
    QApplication.sendEvent(files, enter)
    if enter.isAccepted():
        QApplication.sendEvent(files, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, none))
    return enter.isAccepted()


def press(files: AttachmentList, name: str) -> None:
    """Press the button with this accessible name."""
    QApplication.processEvents()  # Qt shows what a layout got a moment later
    next(b for b in files.findChildren(QPushButton) if b.accessibleName() == name and b.isVisible()).click()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Surat Edaran 50% & lampiran.pdf"
    path.write_bytes(PDF)
    return path


def test_a_dropped_file_is_attached_and_listed(qtbot: QtBot, session: Session, scan: Path) -> None:
    files = files_of(form_of(qtbot, session), "circular_scan")
    assert drop(files, scan)
    (attached,) = session.state.files("circular_scan")
    assert (attached.name, attached.size) == (scan.name, len(PDF))
    press(files, f"Lepas {scan.name}")
    assert session.state.files("circular_scan") == ()
    assert files.notice.text.text() == f"“{scan.name}” dilepas."
    files.notice.undo.click()
    assert session.state.files("circular_scan") == (attached,)


def test_an_empty_file_is_refused_beside_the_zone(qtbot: QtBot, session: Session, tmp_path: Path, scan: Path) -> None:
    empty = tmp_path / "kosong.pdf"
    empty.touch()
    files = files_of(form_of(qtbot, session), "circular_scan")
    drop(files, empty, scan)
    assert files.problem.isVisible()
    assert "0 byte" in files.problem.text()
    assert len(session.state.files("circular_scan")) == 1
    drop(files, scan)
    assert not files.problem.isVisible()


def test_the_same_name_again_is_another_version(qtbot: QtBot, session: Session, scan: Path) -> None:
    files = files_of(form_of(qtbot, session), "circular_scan")
    drop(files, scan)
    scan.write_bytes(PDF + b" kedua")
    drop(files, scan)
    QApplication.processEvents()
    shown = [label.text() for label in files.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("versi 1 · ") for text in shown)
    assert any(text.startswith("versi 2 · ") for text in shown)


def test_files_can_be_chosen(qtbot: QtBot, session: Session, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    def chosen(parent: QWidget, title: str, folder: str, kinds: str) -> tuple[list[str], str]:
        begun.append(folder)
        return [str(scan)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    monkeypatch.setattr(AttachmentList, "last_folder", None)
    files = files_of(form_of(qtbot, session), "circular_scan")
    files.zone.choose.click()
    files.zone.choose.click()
    assert len(session.state.files("circular_scan")) == 2
    assert begun == [str(session.cycle.store.path.parent), str(scan.parent)]


def test_a_read_only_form_takes_no_files_but_opens_them(qtbot: QtBot, make_session: MakeSession, scan: Path) -> None:
    session = make_session(2)
    form = form_of(qtbot, session, session.state.sop.first.fields)
    form.set_read_only("Langkah ini sudah selesai.")
    files = files_of(form, "circular_scan")
    assert not drop(files, scan)
    assert not files.zone.isVisible()
    opened: list[Attachment] = []
    form.context.open_attachment = opened.append
    press(files, f"Buka {session.state.files('circular_scan')[0].name}")
    assert opened == list(session.state.files("circular_scan"))


def test_a_cell_of_files_opens_them(
    qtbot: QtBot, session: Session, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(qtbot, session, session.state.sop.by_id["format"].fields)
    box = table_box(form, "unit_forms")

    def act(dialog: object) -> None:
        assert isinstance(dialog, AttachmentDialog)
        drop(dialog.files, scan)

    in_dialog(monkeypatch, AttachmentDialog, act)
    box.view.filesRequested.emit(box.model.path(cell(box, 0, "file")))
    assert cell(box, 0, "file").data() == scan.name


def test_a_large_file_comes_in_beside_the_window(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    """Typing is kept meanwhile, and the window never waits for the file."""
    large, bad = tmp_path / "pindaian.pdf", tmp_path / "kosong.pdf"
    large.write_bytes(PDF + os.urandom(30_000_000))
    bad.touch()
    files = files_of(form_of(qtbot, session), "circular_scan")
    told: list[object] = []
    session.changed.connect(told.append)
    drop(files, large, bad)
    assert told == []  # what is kept beside the window is told by its event loop, not before the drop has ended
    assert not isinstance(session.fill({"circular_number": "005/1"}), Refusal)
    jobs.finish_all()
    (attached,) = session.state.files("circular_scan")
    assert attached.size == len(PDF) + 30_000_000
    assert session.state.text("circular_number") == "005/1"
    assert "0 byte" in files.problem.text()
    assert [event.seq for event in session.cycle.store.events()] == list(range(1, session.state.seq + 1))
    assert len(told) == 2
    press(files, f"Lepas {large.name}")
    assert session.state.files("circular_scan") == ()


def test_a_file_above_the_setting_is_refused(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.fill({"attachment_limit": "4"})
    large = tmp_path / "pindaian.pdf"
    large.write_bytes(PDF + bytes(5_000_000))
    files = files_of(form_of(qtbot, session), "circular_scan")
    drop(files, large)
    jobs.finish_all()
    assert "lebih besar dari 4 MB" in files.problem.text()
    assert session.state.files("circular_scan") == ()


def test_bringing_in_can_be_cancelled_between_files(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{n}.pdf" for n in range(2)]
    for path in paths:
        path.write_bytes(PDF + os.urandom(8_000_000))
    seen: list[int] = []

    def stop_in_second(progress: object, before: int, total: int, done: int, of: int) -> bool:
        seen.append(before)
        return before == 0

    monkeypatch.setattr("lkip_desktop.intake._tell", stop_in_second)
    files = files_of(form_of(qtbot, session), "circular_scan")
    drop(files, *paths)
    jobs.finish_all()
    assert seen[-1] == 2 * paths[0].stat().st_size
    assert [file.name for file in session.state.files("circular_scan")] == ["0.pdf"]
