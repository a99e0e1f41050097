"""*Ambil angka tahun lalu* in the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop import office, resources
from lkip_desktop.office import NewCycle
from lkip_desktop.workflow.events import Json, Who
from tests.ui.conftest import FixedClock
from tests.ui.shown import activate
from ui import last_year
from ui.app import build_window, offer_themes
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.session import Identity
from ui.settings import Settings


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: FixedClock) -> Iterator[MainWindow]:
    settings = Settings(tmp_path / "pengaturan.ini")
    settings.work_folder = tmp_path
    settings.identity = Identity("Rina", "analis")
    for year, actual in ((2025, "79,5"), (2026, "")):
        values: dict[str, Json] = {"indicators": ["r1"], "indicators/r1/name": "TL BPK"}
        if actual:
            values["indicators/r1/actual"] = actual
        new = NewCycle(year, resources.sop_text(), values)
        office.create_cycle(CycleFiles(), tmp_path / f"LKIP-{year}.lkip", new, Who("Rina"), clock).close()
    window = build_window(qapp, settings, lambda: Desk(CycleFiles(), clock), "terang")
    offer_themes(qapp, window, "terang")
    activate(qtbot, window)
    window.open_path(tmp_path / "LKIP-2026.lkip")
    qtbot.waitUntil(lambda: window.work is not None)
    yield window
    for dialog in window.findChildren(QFileDialog):
        dialog.close()
    window.close()
    window.deleteLater()


def test_the_menu_asks_for_the_file_and_fills_what_is_empty(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.menus.actions["last-year"].trigger()
    dialog = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
    assert "2025" in dialog.windowTitle()
    dialog.close()
    assert window.work is not None
    session = window.work.session
    last_year.take(window, session, tmp_path / "LKIP-2025.lkip")
    qtbot.waitUntil(lambda: session.state.cell("indicators", "r1", "previous") == "79,5")
    qtbot.waitUntil(window.notice.isVisible)
    last_year.take(window, session, tmp_path / "LKIP-2026.lkip")
    qtbot.waitUntil(window.banner.isVisible)
