"""The archive in the window: the package from the step and from the menu, its check, and the list of terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop import archive
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Act
from lkip_desktop.workflow.guards import missing
from tests.ui.conftest import FixedClock
from ui import jobs
from ui.app import build_window
from ui.archive import terms
from ui.archive.package import verify, write
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.session import Identity
from ui.settings import Settings


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: FixedClock) -> Iterator[MainWindow]:
    settings = Settings(tmp_path / "pengaturan.ini")
    settings.work_folder = tmp_path
    settings.identity = Identity("Rina Contoh", "staf")
    made = build_window(qapp, settings, lambda: Desk(CycleFiles(), clock), "terang")
    made.resize(1366, 740)
    made.show()
    yield made
    jobs.finish_all()
    for dialog in QApplication.topLevelWidgets():
        if dialog is not made:
            dialog.close()
    made.close()
    made.deleteLater()


def opened(window: MainWindow, step: int, year: int = 2026) -> MainWindow:
    path = window.settings.work_folder / f"LKIP-{year}.lkip"
    play_sample(CycleFiles(), path, Sample(year, step, datetime(year + 1, 2, 15, 1, tzinfo=UTC), ahead=True))
    window.open_path(path)
    return window


def box(window: MainWindow) -> QMessageBox:
    jobs.finish_all()
    return next(b for b in window.findChildren(QMessageBox) if b.isVisible())


def button(parent: QMessageBox, words: str) -> QPushButton:
    return next(b for b in parent.findChildren(QPushButton) if b.text() == words)


def test_the_step_that_archives_makes_the_package(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(window, 9)
    work, target = window.work, tmp_path / "Arsip LKIP 2026.zip"
    assert work is not None
    part = work.cycle_page.panel.page.archive
    assert part is not None
    assert part.isVisibleTo(work.cycle_page.panel)
    part.make.click()
    dialog = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
    assert dialog.windowTitle() == "Simpan paket arsip"
    assert Path(dialog.selectedFiles()[0]).name == target.name
    dialog.fileSelected.emit(str(target))
    dialog.close()
    said = box(window)
    assert "Dicatat dalam riwayat" in said.informativeText()
    shown: list[Path] = []
    monkeypatch.setattr("ui.archive.package.show", shown.append)
    button(said, "Buka folder").click()
    assert shown == [tmp_path]
    event = work.session.cycle.store.events()[-1]
    assert event.act is Act.ARCHIVED
    assert archive.verify(target, (event,)).recorded == event
    assert target.name in [label.text() for label in part.findChildren(QLabel)]


def test_other_steps_offer_no_archive_but_the_menu_does(window: MainWindow) -> None:
    opened(window, 3)
    assert window.work is not None
    part = window.work.cycle_page.panel.page.archive
    assert part is not None
    assert part.isHidden()
    assert window.menus.actions["archive"].isEnabled()
    window.menus.actions["archive"].trigger()
    dialog = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
    dialog.close()


def test_a_failed_package_is_told_and_not_recorded(window: MainWindow, tmp_path: Path) -> None:
    opened(window, 2)
    assert window.work is not None
    before = window.work.session.state.seq
    write(window, window.work.session, tmp_path / "tidak ada" / "paket.zip")
    assert "tidak dapat ditulis" in box(window).informativeText()
    assert window.work.session.state.seq == before


def test_a_package_is_checked_from_the_menu_without_a_cycle(window: MainWindow, tmp_path: Path) -> None:
    opened(window, 2)
    assert window.work is not None
    path = tmp_path / "paket.zip"
    write(window, window.work.session, path)
    box(window).reject()
    events = window.work.session.cycle.store.events()
    verify(window, path, events)
    assert f"catatan ke-{events[-1].seq}" in box(window).informativeText()
    box(window).reject()
    window.close_cycle()
    with ZipFile(path, "a") as zipped:
        zipped.writestr("sisipan.txt", "x")
    window.menus.actions["check-package"].trigger()
    dialog = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.close()
    said = box(window)
    assert said.text() == "Paket tidak utuh"
    assert "“sisipan.txt” ditambahkan kemudian." in said.informativeText()


def closed_cycle(window: MainWindow, year: int, clock: FixedClock) -> None:
    """A cycle that was handed over in the year after the one it reports on."""
    clock.at = datetime(year + 1, 2, 15, 1, tzinfo=UTC)
    opened(window, 10, year)
    assert window.work is not None
    session = window.work.session
    step = session.state.step
    assert step is not None
    outcome = session.complete(
        step, answers={m.text: "sudah" for m in missing(session.state, step, "") if not m.blocks}
    )
    assert session.state.closed, outcome
    window.close_cycle()


def test_cycles_whose_term_is_over_come_first_and_are_reminded_of(window: MainWindow, clock: FixedClock) -> None:
    for year in (2026, 2020):
        closed_cycle(window, year, clock)
    clock.at = datetime(2027, 3, 1, tzinfo=UTC)
    opened(window, 3, 2025)
    window.close_cycle()
    window.menus.actions["retention"].trigger()
    jobs.finish_all()
    dialog = window.findChild(terms.RetentionDialog)
    assert dialog is not None
    assert [one.retention.year for one in dialog.shown] == [2020, 2026, 2025]
    texts = [[dialog.table.item(row, column).text() for column in range(6)] for row in range(3)]
    assert texts[0] == [
        "LKIP-2020", "000.8.6.3", "31 Desember 2023", "31 Desember 2026", "Musnah", "Masa simpan habis",
    ]  # fmt: skip
    assert texts[1][5] == "Aktif"
    assert texts[2][2] == "belum dihitung"
    dialog.close()
    terms.remind(window)
    jobs.finish_all()
    assert window.banner.text.text() == "Masa simpan arsip “LKIP-2020” sudah habis."
    window.banner.buttons[0].click()
    jobs.finish_all()
    assert [d for d in window.findChildren(terms.RetentionDialog) if d.isVisible()]
