"""Nothing but keys: a step is completed, a letter found, and printed on a real queue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTableWidget
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Act
from tests.cups import Queue
from tests.ui.conftest import NOW, FixedClock
from ui import jobs
from ui.app import build_window
from ui.desk import Desk
from ui.documents.preview import PreviewDialog
from ui.documents.print_dialog import PrintDialog
from ui.main_window import MainWindow
from ui.session import Identity
from ui.settings import Settings
from ui.step.dialogs import ActDialog

Key, Modifier = Qt.Key, Qt.KeyboardModifier
NONE, CTRL = Modifier.NoModifier, Modifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: FixedClock) -> Iterator[MainWindow]:
    """The sample at step 6, about to be approved by its Sekretaris."""
    path = tmp_path / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 6, NOW, ahead=True))
    settings = Settings(tmp_path / "pengaturan.ini")
    settings.work_folder, settings.identity = tmp_path, Identity("Rina Contoh", "sekretaris")
    window = build_window(qapp, settings, lambda: Desk(CycleFiles(), clock), "terang")
    window.resize(1366, 740)
    window.show()
    window.refresh()
    window.open_path(path)
    qtbot.waitUntil(lambda: window.work is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.close()
    window.deleteLater()


def key(name: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """A key, to whatever has the focus."""
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    QTest.keyClick(target, name, modifier)
    QApplication.processEvents()


def type_in(text: str) -> None:
    for character in text:
        QTest.keyClick(QApplication.focusWidget(), character)


def active(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    """The dialog that has opened and taken the keys."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind), timeout=20_000)
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, QDialog)
    return dialog


def test_a_step_is_completed_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    assert window.work is not None
    session = window.work.session
    key(Key.Key_F9)
    dialog = active(qtbot, ActDialog)
    assert isinstance(dialog, ActDialog)
    for field in dialog.answers.values():
        assert field.edit.hasFocus()
        type_in("Disusulkan pada hari yang sama")
        key(Key.Key_Tab)
    assert dialog.cancel.hasFocus()
    key(Key.Key_Tab)
    assert dialog.confirm.hasFocus()
    key(Key.Key_Space)
    panel = window.work.cycle_page.panel
    assert not panel.footer.problem.text(), panel.footer.problem.text()
    qtbot.waitUntil(lambda: session.state.visit is not None and session.state.visit.step == "tanda-tangan")
    assert session.cycle.store.events()[-1].act is Act.COMPLETED
    assert panel.isAncestorOf(window.focusWidget())


def test_escape_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    assert window.work is not None
    before = window.work.session.state.seq
    key(Key.Key_F9)
    active(qtbot, ActDialog)
    key(Key.Key_Escape)
    qtbot.waitUntil(lambda: not any(d.isVisible() for d in window.findChildren(QDialog)))
    assert window.work.session.state.seq == before


def test_a_letter_is_found_and_printed_by_keys(window: MainWindow, qtbot: QtBot, cups: Queue) -> None:
    key(Key.Key_4, CTRL)
    table = QApplication.focusWidget()
    assert isinstance(table, QTableWidget)
    rows = [table.item(row, 1).text() for row in range(table.rowCount())]
    key(Key.Key_Home, CTRL)
    for _ in range(rows.index("Surat Pengantar")):
        key(Key.Key_Down)
    assert table.item(table.currentRow(), 1).text() == "Surat Pengantar"
    key(Key.Key_Return)
    active(qtbot, PreviewDialog)
    key(Key.Key_P, CTRL)
    active(qtbot, PrintDialog)
    key(Key.Key_Return)
    qtbot.waitUntil(lambda: not isinstance(QApplication.activeWindow(), PrintDialog), timeout=20_000)
    jobs.finish_all()
    assert cups.printed().startswith(b"%PDF")


def test_focus_goes_round_the_window_and_is_seen(window: MainWindow) -> None:
    key(Key.Key_F6)
    seen = []
    for _ in range(60):
        widget = QApplication.focusWidget()
        assert widget is not None
        assert widget.isVisible(), widget
        place = QRect(widget.mapTo(window, QPoint()), widget.size())
        assert window.rect().contains(place.intersected(window.rect()).center()), f"{widget!r} is out of sight"
        if widget in seen:
            break
        seen.append(widget)
        key(Key.Key_Tab)
    assert len(seen) >= 7
