"""Files whose opening takes long are opened beside the window; others at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import lock
from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.attachments import accept
from lkip_desktop.ports import SystemClock
from lkip_desktop.workflow.events import Who
from tests.db.support import worked_on
from tests.ui.shown import activate
from ui import jobs
from ui.app import build_window
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.settings import Settings

OLD = Path(__file__).parents[1] / "old_files" / "LKIP-2026-v1.lkip"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    settings = Settings(tmp_path / "pengaturan.ini")
    settings.work_folder = tmp_path / "LKIP"
    settings.work_folder.mkdir()
    made = build_window(qapp, settings, lambda: Desk(CycleFiles(), SystemClock()), "terang")
    activate(qtbot, made)
    yield made
    made.close()
    made.deleteLater()


def left_unclean(path: Path) -> Path:
    """A large file whose program came to a sudden end."""
    cycle, opening = office.open_cycle(CycleFiles(), worked_on(path), SystemClock())
    assert cycle is not None, opening
    scan = accept("Pindaian.pdf", b"%PDF-1.4\n" + bytes(24_000_000))
    assert isinstance(office.attach_file(cycle, Who("Siti"), "circular_scan", scan), office.Changed)
    cycle.close()
    lock.leave_note(path, "Siti")
    return path


def test_a_small_whole_file_is_there_at_once(window: MainWindow) -> None:
    window.open_path(worked_on(window.settings.work_folder / "LKIP-2026.lkip"))
    assert window.work is not None
    assert window.opening is None


def test_an_old_format_is_brought_to_date_beside_the_window(qtbot: QtBot, window: MainWindow) -> None:
    path = Path(shutil.copyfile(OLD, window.settings.work_folder / "LKIP-2026.lkip"))
    window.open_path(path)
    assert window.opening is not None
    # A second double-click waits for the first and finds it open.
    window.open_path(path)
    qtbot.waitUntil(lambda: window.work is not None and window.opening is None)
    assert "“LKIP-2026 (sebelum versi 2).lkip”" in window.notice.text.text()
    assert [card.path.name for card in window.desk.cards(path.parent)] == ["LKIP-2026.lkip"]
    # Alone it is what is left of the cycle, and shown.
    path.rename(path.with_name("pindah.lkip"))
    assert len(window.desk.cards(path.parent)) == 2


def test_after_a_sudden_end_a_large_file_is_checked_beside_the_window(qtbot: QtBot, window: MainWindow) -> None:
    path = left_unclean(window.settings.work_folder / "LKIP-2026.lkip")
    then: list[Path] = []
    window.open_path(path, then=lambda work: then.append(work.path))
    assert window.opening is not None
    assert window.work is None
    qtbot.waitUntil(lambda: then == [path])
    assert window.notice.text.text().startswith("Program berhenti mendadak")


def test_who_cancels_is_at_home_and_the_check_is_due_again(qtbot: QtBot, window: MainWindow) -> None:
    path = left_unclean(window.settings.work_folder / "LKIP-2026.lkip")
    before = path.read_bytes()
    window.open_path(path, read_only=True)
    assert window.opening is not None
    with qtbot.waitSignals([window.opening.cancelled, window.cardsShown]):
        window.opening.cancel()
    assert window.work is None
    assert path.read_bytes() == before
    window.open_path(path)
    qtbot.waitUntil(lambda: window.work is not None)
    assert window.notice.text.text().startswith("Program berhenti mendadak")


def test_a_window_that_closes_meanwhile_lets_the_file_go(window: MainWindow) -> None:
    path = left_unclean(window.settings.work_folder / "LKIP-2026.lkip")
    window.open_path(path)
    window.close()
    jobs.finish_all()
    assert window.work is None
    assert not lock.note_of(path).exists()
