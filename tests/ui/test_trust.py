"""Who did what, in the whole window: signing in, the lock, own words, the day looked back at, copies, authenticity."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop import backups, office, people
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Act, Event, Who
from tests.ui.conftest import NOW, FixedClock
from ui import jobs
from ui.compare.authenticity import AuthenticityDialog
from ui.compare.dialog import CompareDialog
from ui.main_window import MainWindow
from ui.past import DayDialog
from ui.people.dialog import PeopleDialog
from ui.people.secret import SignInDialog
from ui.people.words import ChangeDialog, RemoveDialog, ResetDialog
from ui.session import Identity, Session
from ui.settings import Settings
from ui.step.dialogs import ActDialog
from ui.trust import Trust

T = TypeVar("T", bound=QWidget)
SITI, RINA = Identity("Hj. Siti", "sekretaris"), Identity("Rina", "analis")
WORD = "rahasia-siti"
PEOPLE = {
    "people": ["r1", "r2"],
    "people/r1/name": "Hj. Siti",
    "people/r1/role": "sekretaris",
    "people/r2/name": "Rina",
    "people/r2/role": "analis",
}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample at step 6, whose Sekretaris has a password."""
    path = tmp_path_factory.mktemp("orang") / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 6, NOW, ahead=True))
    cycle, _ = office.open_cycle(CycleFiles(), path, FixedClock())
    assert cycle is not None
    office.fill(cycle, Who("Rina"), PEOPLE)
    people.set_password(cycle, Who("Hj. Siti", "sekretaris"), "r1", WORD, "", people.MemoryBook())
    cycle.close()
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "pengaturan.ini")
    settings.work_folder = tmp_path / "LKIP"
    settings.work_folder.mkdir()
    settings.identity = RINA
    return settings


@pytest.fixture
def path(played: Path, settings: Settings) -> Path:
    return Path(shutil.copy(played, settings.work_folder / "LKIP-2026.lkip"))


@pytest.fixture
def trust(window: MainWindow, path: Path) -> Trust:
    window.open_path(path)
    assert window.work is not None
    return window.work.trust


def session_of(window: MainWindow) -> Session:
    assert window.work is not None
    return window.work.session


def last(window: MainWindow) -> Event:
    return session_of(window).cycle.store.events()[-1]


def shown(qtbot: QtBot, window: MainWindow, kind: type[T]) -> T:
    """The dialog of a kind that is open, or opens in a moment."""
    qtbot.waitUntil(lambda: any(found.isVisible() for found in window.findChildren(kind)))
    return next(found for found in window.findChildren(kind) if found.isVisible())


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def pressed(widget: QWidget, text: str) -> None:
    next(button for button in widget.findChildren(QPushButton) if button.text() == text).click()


# Signing in


def test_one_of_the_people_is_chosen_and_gives_the_password(qtbot: QtBot, window: MainWindow, trust: Trust) -> None:
    assert window.work is not None
    chooser = window.work.cycle_page.header.identity
    chooser.people.menu().aboutToShow.emit()
    acts = chooser.people.menu().actions()
    assert [act.text() for act in acts] == ["Hj. Siti — Sekretaris", "Rina — Analis Perencana"]
    acts[0].trigger()
    dialog = shown(qtbot, window, SignInDialog)
    dialog.word.edit.setText("salah-salah")
    dialog.confirm.click()
    assert "tidak cocok" in words(dialog)
    assert session_of(window).identity == RINA
    dialog.reject()
    assert chooser.name.text() == "Rina"
    acts[0].trigger()
    dialog = shown(qtbot, window, SignInDialog)
    dialog.word.edit.setText(WORD)
    dialog.confirm.click()
    assert session_of(window).identity == SITI
    assert (chooser.name.text(), chooser.role.currentData()) == ("Hj. Siti", "sekretaris")
    assert window.settings.identity == SITI


def test_a_typed_name_of_somebody_with_a_password_is_asked_for_it(
    qtbot: QtBot, window: MainWindow, trust: Trust
) -> None:
    assert window.work is not None
    chooser = window.work.cycle_page.header.identity
    chooser.name.setText(" hj.  siti")
    chooser.name.editingFinished.emit()
    shown(qtbot, window, SignInDialog).reject()
    assert session_of(window).identity == RINA
    chooser.name.setText("Orang baru")
    chooser.name.editingFinished.emit()
    assert session_of(window).identity.name == "Orang baru"


def test_waiting_after_wrong_words_outlives_the_program(
    qtbot: QtBot, window: MainWindow, trust: Trust, settings: Settings
) -> None:
    session = session_of(window)
    siti = people.guarded(session.state, "Hj. Siti")
    assert siti is not None
    for _ in range(3):
        assert people.check(session.cycle, siti, "salah-salah", session.book) is not None
    again = Settings(settings.path)
    refusal = people.check(session.cycle, siti, WORD, again)
    assert refusal is not None
    assert "Tunggu 5 detik" in refusal.message
    session.cycle.clock.pass_time(1)  # type: ignore[attr-defined]
    assert people.check(session.cycle, siti, WORD, again) is None
    assert people.check(session.cycle, siti, WORD, Settings(settings.path)) is None


# Deciding


def test_a_decision_asks_the_official_s_own_word(qtbot: QtBot, window: MainWindow, trust: Trust) -> None:
    assert window.work is not None
    panel = window.work.cycle_page.panel
    panel.footer.behalf.click()
    assert "memerlukan kata sandi Hj. Siti" in panel.footer.note.text()
    panel.footer.verbs["ya"].click()
    dialog = shown(qtbot, window, ActDialog)
    assert dialog.consent is not None
    dialog.confirm.click()
    assert "Ketik dahulu kata sandi Hj. Siti" in words(dialog)
    dialog.consent.word.edit.setText("salah-salah")
    dialog.confirm.click()
    assert "tidak cocok" in words(dialog)
    assert last(window).act is Act.PASSWORD
    dialog.consent.word.edit.setText(WORD)
    dialog.confirm.click()
    event = last(window)
    assert (event.act, event.who, event.data["authority"]) == (
        Act.COMPLETED, Who("Hj. Siti", "sekretaris"), "password",
    )  # fmt: skip
    window.work.cycle_page.show_step("koreksi")
    assert "oleh Hj. Siti, dengan kata sandi pejabatnya" in panel.header.standing.text()


def test_a_clerk_records_what_was_approved_on_paper(qtbot: QtBot, window: MainWindow, trust: Trust) -> None:
    assert window.work is not None
    panel = window.work.cycle_page.panel
    panel.footer.behalf.click()
    panel.footer.verbs["tidak"].click()
    dialog = shown(qtbot, window, ActDialog)
    assert dialog.consent is not None
    assert dialog.reason is not None
    dialog.reason.edit.setPlainText("Bab III belum lengkap")
    dialog.consent.paper.click()
    dialog.confirm.click()
    event = last(window)
    assert (event.who.name, event.data["authority"], event.data["reason"]) == ("Rina", "paper", "Bab III belum lengkap")
    window.work.cycle_page.show_step("koreksi")
    panel.show_round(0)
    assert "dicatat dari persetujuan tertulis" in panel.header.standing.text()


# The list of people


def test_people_are_added_and_get_change_reset_and_lose_passwords(
    qtbot: QtBot, window: MainWindow, trust: Trust
) -> None:
    trust.show_people()
    dialog = shown(qtbot, window, PeopleDialog)
    dialog.name.setText("Tono")
    dialog.role.setCurrentIndex(dialog.role.findData("inspektur"))
    dialog.add.click()
    assert [dialog.table.item(row, 2).text() for row in range(3)] == ["ada", "belum ada", "belum ada"]
    dialog.name.setText("tono")
    dialog.add.click()
    assert "sudah ada" in dialog.problem.text()
    dialog.change.click()
    change = shown(qtbot, window, ChangeDialog)
    change.new.edit.setText("rahasia-tono")
    change.again.edit.setText("rahasia-lain")
    change.confirm.click()
    assert "tidak sama" in words(change)
    change.again.edit.setText("rahasia-tono")
    change.confirm.click()
    assert dialog.table.item(2, 2).text() == "ada"
    assert not dialog.take_out.isEnabled()
    dialog.reset.click()
    reset = shown(qtbot, window, ResetDialog)
    reset.new.edit.setText("rahasia-tono-2")
    reset.again.edit.setText("rahasia-tono-2")
    reset.confirm.click()
    assert last(window).data["reset"] is True
    dialog.remove.click()
    remove = shown(qtbot, window, RemoveDialog)
    remove.old.edit.setText("rahasia-tono")
    remove.confirm.click()
    assert "tidak cocok" in words(remove)
    remove.old.edit.setText("rahasia-tono-2")
    remove.confirm.click()
    assert dialog.table.item(2, 2).text() == "belum ada"
    dialog.take_out.click()
    assert dialog.table.rowCount() == 2


# The lock


def test_the_lock_covers_the_window_and_lets_people_in(qtbot: QtBot, window: MainWindow, trust: Trust) -> None:
    assert window.work is not None
    trust.lock()
    box = shown(qtbot, window, QMessageBox)
    assert "belum ada kata sandi" in box.informativeText()
    box.close()
    session_of(window).set_identity(SITI)
    trust.show_people()
    dialog = shown(qtbot, window, PeopleDialog)
    trust.lock()
    page = trust.gate.page
    assert page is not None
    assert window.pages.currentWidget() is page
    assert not dialog.isVisible()
    assert not window.menuBar().isVisible()
    before = window.work.cycle_page.chart.as_table.isChecked()
    QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert window.work.cycle_page.chart.as_table.isChecked() is before
    page.attempt()
    page.word.edit.setText("salah-salah")
    QTest.keyClick(page.word.edit, Qt.Key.Key_Return)
    assert "tidak cocok" in words(page)
    page.word.edit.setText(WORD)
    page.enter.click()
    assert trust.gate.page is None
    assert window.pages.currentWidget() is window.work.cycle_page
    assert dialog.isVisible()
    assert window.menuBar().isVisible()


def test_a_double_click_on_the_same_file_does_not_open_the_lock(window: MainWindow, trust: Trust, path: Path) -> None:
    session_of(window).set_identity(SITI)
    trust.lock()
    window.open_path(path)
    assert window.pages.currentWidget() is trust.gate.page


def test_another_signs_in_at_the_lock(window: MainWindow, trust: Trust) -> None:
    session_of(window).set_identity(SITI)
    trust.lock()
    page = trust.gate.page
    assert page is not None
    page.person.setCurrentIndex(1)
    page.person.activated.emit(1)
    assert not page.word.isVisible()
    page.enter.click()
    assert session_of(window).identity == RINA


def test_the_one_who_sat_here_last_signs_in_when_the_cycle_opens(
    window: MainWindow, path: Path, settings: Settings
) -> None:
    settings.identity = SITI
    window.open_path(path)
    assert window.work is not None
    page = window.work.trust.gate.page
    assert page is not None
    assert page.title.text() == "Masuk"
    page.leave.click()
    assert window.work is None
    assert window.pages.currentWidget() is window.home
    assert window.menuBar().isVisible()
    window.open_path(path, read_only=True)
    assert window.work is not None
    assert window.work.trust.gate.page is None


def test_idle_minutes_lock_and_signs_of_life_do_not(
    qtbot: QtBot, window: MainWindow, trust: Trust, settings: Settings
) -> None:
    assert window.work is not None
    gate = trust.gate
    assert not gate.timer.isActive()
    session_of(window).set_identity(SITI)
    settings.lock_minutes = 5
    gate.watch()
    assert gate.timer.interval() == 5 * 60_000
    gate.timer.start(60_000)
    left = gate.timer.remainingTime()
    gate.timer.setInterval(90_000)
    QTest.mouseMove(window.work.cycle_page)
    QTest.keyClick(window.work.cycle_page, Qt.Key.Key_Shift)
    assert gate.timer.remainingTime() > left
    form = window.work.cycle_page.panel.page.form
    assert form is not None
    gate.timer.timeout.emit()
    assert gate.locked
    settings.lock_minutes = 0
    gate.watch()
    assert not gate.timer.isActive()


def test_what_is_being_typed_is_kept_before_the_lock(window: MainWindow, trust: Trust) -> None:
    assert window.work is not None
    session_of(window).set_identity(SITI)
    window.work.show_profile()
    assert window.work.profile is not None
    box = window.work.profile.form.boxes["agency_city"]
    line = box.editor.inner()  # type: ignore[attr-defined]
    line.setText("Cilegon")
    line.textEdited.emit("Cilegon")
    trust.lock()
    assert session_of(window).state.text("agency_city") == "Cilegon"


# Another day


def test_a_day_gone_by_is_shown_to_be_read(qtbot: QtBot, window: MainWindow, trust: Trust) -> None:
    assert window.work is not None
    events = session_of(window).cycle.store.events()
    trust.choose_day()
    dialog = shown(qtbot, window, DayDialog)
    dialog.day.show_text("1/1/2020")
    dialog.look.click()
    assert "baru dibuat pada" in words(dialog)
    dialog.day.show_text("entah")
    dialog.look.click()
    assert "Tulis tanggalnya" in words(dialog)
    day = (events[8].at + timedelta(hours=7)).date()
    dialog.day.show_text(f"{day:%d/%m/%Y}")
    dialog.look.click()
    page = trust.past
    assert page is not None
    assert window.pages.currentWidget() is page
    count = sum((event.at + timedelta(hours=7)).date() <= day for event in events)
    assert page.session.state.seq == count < len(events)
    assert page.session.read_only
    assert f"sesudah catatan ke-{count}" in page.banner.text.text()
    assert "Langkah 6" not in page.page.header.sentence.text()
    assert not page.page.panel.footer.verbs[next(iter(page.page.panel.footer.verbs))].isVisible()
    outcome = page.session.fill({"agency_city": "Lain"})
    assert "keadaan dahulu" in getattr(outcome, "message", "")
    next(b for b in page.banner.buttons if b.text() == "Kembali ke hari ini").click()
    assert window.pages.currentWidget() is window.work.cycle_page
    assert trust.past is None


def test_an_entry_of_the_history_leads_to_its_day(window: MainWindow, trust: Trust) -> None:
    assert window.work is not None
    page = window.work.cycle_page
    page.tabs.setCurrentWidget(page.history)
    page.history.table.selectRow(page.history.filter.rowCount() - 1)
    page.history.look_back.click()
    assert trust.past is not None
    assert trust.past.session.state.seq == 1
    assert not trust.past.page.history.check.isVisible()


# Copies


def worked_on(path: Path, changes: dict[str, object]) -> None:
    cycle, opening = office.open_cycle(CycleFiles(), path, FixedClock())
    assert cycle is not None, opening.message
    office.fill(cycle, Who("Budi", "tim"), changes)
    cycle.close()


def test_another_copy_is_compared_and_taken_from(
    qtbot: QtBot, window: MainWindow, trust: Trust, tmp_path: Path
) -> None:
    session = session_of(window)
    other = tmp_path / "salinan.lkip"
    CycleFiles().copy(session.cycle.store.path, other)
    table = session.state.sop.by_id["koreksi"].fields[0]
    cell = f"{table.id}/{session.state.rows(table.id)[0]}/{table.columns[0].id}"
    worked_on(other, {"agency_city": "Cilegon", "agency_contact": "Telp. 9", cell: "Bab V"})
    session.fill({"agency_contact": "Telp. 1"})
    step = session.state.step
    assert step is not None
    session.decide(step, "ya", people.Consent(paper=True))
    before = other.read_bytes()
    trust.compare_with(other)
    dialog = shown(qtbot, window, CompareDialog)
    model = dialog.model
    assert [d.id for d in model.differences] == [cell, "agency_contact", "agency_city"]
    rows = {d.id: row for row, d in enumerate(model.differences)}
    assert model.index(rows["agency_contact"], 1).data() == "di keduanya"
    assert model.index(rows[cell], 1).data() == "di sana, terkunci"
    assert not model.flags(model.index(rows[cell], 0)) & Qt.ItemFlag.ItemIsUserCheckable
    assert not dialog.take.isEnabled()
    dialog.table.setCurrentIndex(model.index(rows["agency_city"], 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert model.chosen == {"agency_city"}
    assert dialog.take.text() == "Ambil 1 perbedaan"
    dialog.take.click()
    jobs.finish_all()
    assert len(backups.available(session.cycle.store.path)) == 1
    event = last(window)
    assert (event.act, event.data["changes"]) == (Act.MERGED, {"agency_city": "Cilegon"})
    assert "1 perbedaan diambil dari “salinan.lkip”" in window.banner.text.text()
    assert other.read_bytes() == before


def test_what_cannot_be_compared_is_said(qtbot: QtBot, window: MainWindow, trust: Trust, tmp_path: Path) -> None:
    bad = tmp_path / "bukan.lkip"
    bad.write_bytes(b"halo")
    trust.compare_with(bad)
    box = shown(qtbot, window, QMessageBox)
    assert "bukan berkas siklus" in box.informativeText()
    box.close()
    trust.compare_with(session_of(window).cycle.store.path)
    dialog = shown(qtbot, window, CompareDialog)
    assert "Kedua berkas sama" in words(dialog)


# Authenticity


def test_authenticity_is_checked_with_heads_and_files(
    qtbot: QtBot, window: MainWindow, trust: Trust, played: Path
) -> None:
    trust.check_authenticity()
    dialog = shown(qtbot, window, AuthenticityDialog)
    assert "Riwayat asli" in words(dialog)
    head = session_of(window).cycle.store.events()[4].digest[:8]
    dialog.head.setText(head.upper())
    dialog.compare.click()
    qtbot.waitUntil(lambda: f"Sidik {head} cocok dengan catatan ke-5" in words(dialog))
    dialog.add_file(played)
    qtbot.waitUntil(lambda: "“LKIP-2026.lkip” ada di riwayat ini" in words(dialog))
    dialog.head.setText("xyz")
    dialog.compare.click()
    assert "bukan sidik" in words(dialog)
    dialog.head.setText("00000000")
    dialog.compare.click()
    qtbot.waitUntil(lambda: "tidak ada di riwayat" in words(dialog))
    assert "Riwayat asli" not in words(dialog)
