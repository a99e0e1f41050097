"""Backups in the real window: made quietly, told in the status line, listed, restored; a damaged file is rescued."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop import backups, disk
from lkip_desktop.workflow.events import Act
from tests.db.support import worked_on
from ui import jobs
from ui.backups.dialog import BackupDialog
from ui.backups.keeper import NONE_YET, BackupKeeper
from ui.main_window import MainWindow
from ui.settings import Settings


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worked_on(tmp_path_factory.mktemp("asli") / "LKIP-2026.lkip")


@pytest.fixture
def path(worked: Path, settings: Settings) -> Path:
    settings.work_folder.mkdir()
    return Path(shutil.copyfile(worked, settings.work_folder / worked.name))


@pytest.fixture
def keeper(window: MainWindow, path: Path) -> BackupKeeper:
    window.open_path(path)
    assert window.work is not None
    assert window.work.backups is not None
    return window.work.backups


def message(window: MainWindow) -> QMessageBox:
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def press(box: QMessageBox, words: str) -> None:
    next(button for button in box.buttons() if button.text() == words).click()


def dialog_of(window: MainWindow, qtbot: QtBot) -> BackupDialog:
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(BackupDialog)))
    jobs.finish_all()
    return next(d for d in window.findChildren(BackupDialog) if d.isVisible())


def test_one_is_made_after_opening_and_told_in_the_status_line(
    window: MainWindow, keeper: BackupKeeper, path: Path, qtbot: QtBot
) -> None:
    assert window.backed_up.text() == NONE_YET
    keeper._timer.timeout.emit()
    qtbot.waitUntil(lambda: window.backed_up.text().startswith("Cadangan 15 Februari 2027"))
    assert len(backups.available(path)) == 1
    keeper.make()
    qtbot.waitUntil(lambda: not keeper.running)
    assert len(backups.available(path)) == 1


def test_one_is_made_after_a_decision(window: MainWindow, keeper: BackupKeeper, path: Path, qtbot: QtBot) -> None:
    from lkip_desktop.office import Changed
    from lkip_desktop.workflow.events import Act, Draft, Who

    work = window.work
    assert work is not None
    data = {"step": "koreksi", "round": 1, "decision": "ya", "target": "", "reason": "", "answers": {}}
    work.session.act(lambda cycle, who: cycle.record(Draft(Who("Rina"), Act.FILLED, {"changes": {"about": "x"}})))
    assert not keeper.running
    changed = work.session.cycle.record(Draft(Who("Rina"), Act.COMPLETED, {**data, "target": "format"}))
    assert isinstance(changed, Changed)
    work.session.changed.emit(changed)
    qtbot.waitUntil(lambda: len(backups.available(path)) == 1)


def test_by_hand_it_is_always_made_and_a_missing_second_place_is_told(
    window: MainWindow, keeper: BackupKeeper, path: Path, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    settings.backup_place = tmp_path / "flashdisk"
    window.menus.actions["backup"].trigger()
    qtbot.waitUntil(window.banner.isVisible)
    assert "Tempat kedua tidak ada" in window.banner.text.text()
    assert "belum di tempat kedua" in window.backed_up.text()
    assert settings.backup_place is not None
    settings.backup_place.mkdir()
    window.desk.choose_second_place(settings.backup_place)
    window.menus.actions["backup"].trigger()
    qtbot.waitUntil(lambda: "sudah diperiksa" in window.banner.text.text())
    assert len(list((tmp_path / "flashdisk").rglob("*.lkip"))) == 1


def test_a_failure_is_a_banner_that_offers_to_try_again(
    window: MainWindow, keeper: BackupKeeper, path: Path, qtbot: QtBot
) -> None:
    (path.parent / backups.FOLDER).write_bytes(b"bukan folder")
    keeper.make()
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.text.text().startswith("Cadangan belum dibuat")
    (path.parent / backups.FOLDER).unlink()
    window.banner.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: len(backups.available(path)) == 1)


def test_closing_lets_a_backup_end(window: MainWindow, keeper: BackupKeeper, path: Path) -> None:
    keeper.make()
    window.close_cycle()
    assert len(backups.available(path)) == 1


def test_before_an_import_one_is_made_first(window: MainWindow, keeper: BackupKeeper, path: Path, qtbot: QtBot) -> None:
    seen: list[int] = []
    keeper.make()
    keeper.first(lambda: seen.append(len(backups.available(path))), pytest.fail)
    qtbot.waitUntil(lambda: seen == [1])


def test_without_a_backup_nothing_is_imported(
    window: MainWindow, keeper: BackupKeeper, path: Path, qtbot: QtBot
) -> None:
    (path.parent / backups.FOLDER).write_bytes(b"bukan folder")
    told: list[str] = []
    assert window.work is not None
    window.work.session.back_up_first(lambda: told.append("diimpor"), told.append)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0].startswith("Cadangan belum dibuat")
    assert window.banner.text.text() == told[0]


def test_a_backup_is_chosen_and_opened_as_a_new_file(
    window: MainWindow, keeper: BackupKeeper, path: Path, qtbot: QtBot
) -> None:
    keeper.make()
    qtbot.waitUntil(lambda: len(backups.available(path)) == 1)
    window.menus.actions["restore"].trigger()
    dialog = dialog_of(window, qtbot)
    assert dialog.table.item(0, 2).text().startswith("3 berkas, ")
    assert dialog.table.item(0, 4).text() == "Terverifikasi"
    dialog.restore.click()
    qtbot.waitUntil(lambda: window.work is not None and "(dipulihkan " in window.work.path.name)
    assert path.exists()
    assert "berkas yang dipulihkan" in window.notice.text.text()


def test_a_damaged_file_leads_to_its_backups(
    window: MainWindow, keeper: BackupKeeper, path: Path, qtbot: QtBot
) -> None:
    keeper.make()
    qtbot.waitUntil(lambda: len(backups.available(path)) == 1)
    window.close_cycle()
    path.write_bytes(path.read_bytes()[:5000])
    backups.available(path)[0].path.write_bytes(b"")
    window.open_path(path)
    press(message(window), "Pulihkan cadangan…")
    dialog = dialog_of(window, qtbot)
    assert dialog.table.item(0, 4).text() == "Tidak terbaca"
    assert not dialog.restore.isEnabled()
    assert "kosong" in dialog.restore.toolTip()


def test_a_damaged_file_without_a_backup_is_rescued(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    path.write_bytes(path.read_bytes().replace(b"%PDF", b"%XXX"))
    with path.open("r+b") as stream:
        stream.write(bytes(4096))
    window.open_path(path)
    box = message(window)
    assert "Pulihkan cadangan…" not in [button.text() for button in box.buttons()]
    press(box, "Selamatkan isinya…")
    qtbot.waitUntil(lambda: any("diselamatkan" in b.text() for b in window.findChildren(QMessageBox) if b.isVisible()))
    told = next(b for b in window.findChildren(QMessageBox) if b.isVisible() and "diselamatkan" in b.text())
    assert "Surat 1.pdf" in told.informativeText()
    press(told, "Buka berkas baru")
    assert window.work is not None
    assert window.work.path.name == "LKIP-2026 (diselamatkan).lkip"


def test_the_second_place_is_chosen_and_let_go(
    window: MainWindow, keeper: BackupKeeper, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    window.show_backups(keeper._session.cycle.store.path)
    dialog = dialog_of(window, qtbot)
    assert dialog.lead.text().startswith("Belum ada cadangan")
    assert dialog.second.text().startswith("Tempat kedua belum dipilih")
    dialog._set_second(tmp_path / "flashdisk")
    assert dialog.second.text().endswith("(tidak terpasang)")
    (tmp_path / "flashdisk").mkdir()
    dialog._set_second(tmp_path / "flashdisk")
    assert dialog.second.text().endswith("flashdisk")
    dialog.forget.click()
    assert settings.backup_place is None
    jobs.finish_all()
    dialog.reject()


def test_a_disk_that_is_nearly_full_is_told_at_opening(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(path.parent)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: usage._replace(free=90 << 20))
    window.open_path(path)
    assert "Disk hampir penuh: tersisa 90 MB" in window.notice.text.text()


def test_what_the_check_finds_can_be_left_behind_at_once(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    store = CycleFiles().open(path).store
    assert store is not None
    sha256 = next(event.data["sha256"] for event in store.events() if event.act is Act.ATTACHED)
    scan = store.blob(sha256)[:60]
    store.close()
    data = bytearray(path.read_bytes())
    data[data.index(scan) + 30] ^= 1
    path.write_bytes(data)
    window.open_path(path)
    window.menus.actions["check"].trigger()
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    press(message(window), "Selamatkan isinya…")
    jobs.finish_all()
    assert window.work is None
    press(message(window), "Buka berkas baru")
    assert window.work is not None
    assert window.work.path.name == "LKIP-2026 (diselamatkan).lkip"
    assert list(CycleFiles().check(window.work.path)) == []
    assert path.read_bytes() == data
