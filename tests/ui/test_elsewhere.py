"""A cycle on a stick or in a synced folder at the real window: copied here, read, or left; and no new one there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from db.location import LOCAL, REMOVABLE, Kind, Location
from lkip_desktop.sample import Sample, play_sample
from tests.ui.conftest import NOW, FixedClock
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.new_cycle import NewCycleDialog
from ui.settings import Settings, default_work_folder

NAME = "LKIP-2026.lkip"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stik"
    play_sample(CycleFiles(), folder / NAME, Sample(2026, 2, NOW))
    return folder


@pytest.fixture
def desk(stick: Path, clock: FixedClock) -> Desk:
    def where(path: Path) -> Location:
        if path.is_relative_to(stick):
            return REMOVABLE
        return Location(Kind.SYNCED, "folder OneDrive") if "OneDrive" in path.parts else LOCAL

    return Desk(CycleFiles(where=where), clock)


def asked(window: MainWindow, path: Path) -> QMessageBox:
    """The question about the file at `path`, once the window shows it."""
    window.open_path(path)
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def click(qtbot: QtBot, box: QMessageBox, words: str) -> None:
    button = next(button for button in box.buttons() if button.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def opened(window: MainWindow) -> Path | None:
    return window.work.path if window.work is not None else None


def test_the_question_says_where_why_and_what_can_be_done(window: MainWindow, stick: Path) -> None:
    box = asked(window, stick / NAME)
    for words in ("flashdisk", "rusak", "tidak diubah", "Salin ke komputer ini"):
        assert words in box.informativeText()
    default = box.defaultButton()
    assert isinstance(default, QPushButton)
    assert default.text() == "Salin ke komputer ini"
    assert {"Buka baca saja", "Batal"} <= {button.text() for button in box.buttons()}


def test_it_is_copied_here_and_the_copy_opened(
    window: MainWindow, qtbot: QtBot, stick: Path, settings: Settings
) -> None:
    before = (stick / NAME).read_bytes()
    box = asked(window, stick / NAME)
    with qtbot.waitSignal(window.cycleChanged, timeout=10000):
        click(qtbot, box, "Salin ke komputer ini")
    work = window.work
    assert work is not None
    assert work.path == settings.work_folder / NAME
    assert not work.session.read_only
    assert "tidak ikut berubah" in window.notice.text.text()
    work.session.fill({"agency_city": "Kota Salinan"})
    assert window.close_cycle()
    assert (stick / NAME).read_bytes() == before
    assert [path.name for path in stick.iterdir()] == [NAME]
    assert len(CycleFiles().peek(settings.work_folder / NAME).events) == len(CycleFiles().peek(stick / NAME).events) + 1


def test_a_second_copy_leaves_the_first_alone(
    window: MainWindow, qtbot: QtBot, stick: Path, settings: Settings
) -> None:
    first = settings.work_folder / NAME
    first.parent.mkdir()
    first.write_bytes(b"berkas lain")
    box = asked(window, stick / NAME)
    with qtbot.waitSignal(window.cycleChanged, timeout=10000):
        click(qtbot, box, "Salin ke komputer ini")
    assert opened(window) == settings.work_folder / "LKIP-2026-2.lkip"
    assert first.read_bytes() == b"berkas lain"


def test_it_can_be_read_where_it_lies(window: MainWindow, qtbot: QtBot, stick: Path) -> None:
    before = (stick / NAME).read_bytes()
    click(qtbot, asked(window, stick / NAME), "Buka baca saja")
    assert window.work is not None
    assert window.work.session.read_only
    assert (opened(window), (stick / NAME).read_bytes()) == (stick / NAME, before)


def test_leaving_it_leaves_all_as_it_was(window: MainWindow, qtbot: QtBot, stick: Path, settings: Settings) -> None:
    click(qtbot, asked(window, stick / NAME), "Batal")
    assert window.work is None
    assert not settings.work_folder.exists()


def test_a_work_folder_that_is_not_here_either_asks_for_another(
    window: MainWindow, qtbot: QtBot, stick: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.work_folder = tmp_path / "OneDrive" / "LKIP"
    click(qtbot, asked(window, stick / NAME), "Salin ke komputer ini")
    chooser = next(dialog for dialog in window.findChildren(QFileDialog) if dialog.isVisible())
    assert chooser.windowTitle() == "Pilih folder di komputer ini"
    chooser.fileSelected.emit(str(tmp_path / "OneDrive"))
    qtbot.waitUntil(lambda: "Pilih folder lain" in window.banner.text.text(), timeout=10000)
    assert not (tmp_path / "OneDrive").exists()
    with qtbot.waitSignal(window.cycleChanged, timeout=10000):
        chooser.fileSelected.emit(str(tmp_path / "sini"))
    chooser.close()
    assert opened(window) == tmp_path / "sini" / NAME


def test_the_assistant_warns_and_makes_nothing_there(
    qtbot: QtBot, desk: Desk, settings: Settings, stick: Path, tmp_path: Path
) -> None:
    dialog = NewCycleDialog(desk, settings)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    for _ in range(2):
        dialog.next.click()
    assert not dialog.file.warning.isVisible()
    before = [path.name for path in stick.iterdir()]
    dialog.move_to(stick)
    dialog.file.name.edit.setText("LKIP-2027.lkip")
    assert dialog.file.warning.isVisible()
    assert "flashdisk" in dialog.file.warning.text()
    dialog.next.click()
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.file.change
    assert [path.name for path in stick.iterdir()] == before
    dialog.move_to(tmp_path / "sini")
    assert not dialog.file.warning.isVisible()


def test_documents_that_were_moved_away_are_no_work_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    for documents, expected in (("Dokumen", "Dokumen/LKIP"), ("OneDrive/Dokumen", "LKIP")):
        (tmp_path / documents).mkdir(parents=True)
        (tmp_path / "config" / "user-dirs.dirs").write_text(f'XDG_DOCUMENTS_DIR="$HOME/{documents}"\n')
        assert default_work_folder() == tmp_path / expected
