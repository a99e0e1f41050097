"""The assistant for a new cycle: what it checks, what it shows at once, and the real file that it makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop import resources
from lkip_desktop.cycle_data import officials
from lkip_desktop.office import Cycle
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.schedule.seed import load_calendar
from tests.ui.conftest import NOW, FixedClock
from tests.ui.shown import activate
from ui import jobs
from ui.desk import Desk
from ui.new_cycle import NewCycleDialog
from ui.new_cycle_pages import outlook
from ui.session import Identity
from ui.settings import Settings

WORK = load_calendar(resources.root() / "holidays.toml")
TODAY = date(2027, 1, 4)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "pengaturan.ini")
    settings.work_folder = tmp_path / "LKIP"
    return settings


@pytest.fixture
def dialog(qtbot: QtBot, settings: Settings) -> NewCycleDialog:
    dialog = NewCycleDialog(Desk(CycleFiles(), FixedClock()), settings)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    activate(qtbot, dialog)
    return dialog


def finish(dialog: NewCycleDialog, qtbot: QtBot) -> Cycle:
    """Go through the pages to the end; the cycle that was made, closed."""
    while dialog.stack.currentIndex() < 2:
        before = dialog.stack.currentIndex()
        dialog.next.click()
        assert dialog.stack.currentIndex() == before + 1
    with qtbot.waitSignal(dialog.created) as made:
        dialog.next.click()
    cycle = made.args[0]
    assert isinstance(cycle, Cycle)
    cycle.close()
    return cycle


def test_it_proposes_last_year_and_a_name_in_the_work_folder(dialog: NewCycleDialog, settings: Settings) -> None:
    assert dialog.circular.year.value == "2026"
    dialog.next.click()
    dialog.next.click()
    assert dialog.file.path == settings.work_folder / "LKIP-2026.lkip"
    assert dialog.next.text() == "Buat siklus 2026"


def test_a_cycle_from_the_template_becomes_a_real_file(
    dialog: NewCycleDialog, qtbot: QtBot, settings: Settings
) -> None:
    dialog.circular.number.edit.setText("000.8/12/Org")
    dialog.circular.deadline.edit.setText("28/2/2027")
    dialog.agency.lines["agency_short"].edit.setText("Inspektorat Kabupaten Contoh")
    dialog.agency.officials["officials/r1/name"].edit.setText("Drs. Ahmad Contoh, M.Si")
    dialog.agency.officials["officials/r1/nip"].edit.setText("19670612 198603 1 003")
    dialog.file.person.edit.setText("  Rina   Contoh ")
    made = finish(dialog, qtbot)
    assert made.store.path == settings.work_folder / "LKIP-2026.lkip"
    again = CycleFiles().open(made.store.path).store
    assert again is not None
    cycle = Cycle(again, FixedClock())
    again.close()
    state = cycle.state
    assert state.year == 2026
    assert state.text("circular_deadline") == "2027-02-28"
    assert state.text("circular_number") == "000.8/12/Org"
    assert state.text("agency_short") == "Inspektorat Kabupaten Contoh"
    assert [unit for row in state.rows("units") if (unit := state.cell("units", row, "name"))][-1] == "Irban Khusus"
    first = officials(state)[0]
    assert (first.role, first.nip) == ("inspektur", "196706121986031003")
    assert again.events()[0].who.name == "Rina Contoh"
    assert settings.identity == Identity("Rina Contoh")


def test_an_earlier_cycle_gives_its_profile(dialog: NewCycleDialog, qtbot: QtBot, settings: Settings) -> None:
    previous = settings.work_folder / "LKIP-2025.lkip"
    play_sample(CycleFiles(), previous, Sample(2025, 5, NOW))
    dialog.circular.choose(previous)
    assert dialog.agency.lines["agency_city"].value
    assert dialog.agency.officials["officials/r1/name"].value
    dialog.file.person.edit.setText("Rina")
    state = finish(dialog, qtbot).state
    assert state.text("agency_city") == dialog.agency.lines["agency_city"].value
    assert state.rows("indicators")
    assert not state.cell("indicators", state.rows("indicators")[0], "actual")


def test_the_cycles_of_the_folder_are_offered(qtbot: QtBot, settings: Settings) -> None:
    for year in (2024, 2025):
        play_sample(CycleFiles(), settings.work_folder / f"LKIP-{year}.lkip", Sample(year, 1, NOW))
    dialog = NewCycleDialog(Desk(CycleFiles(), FixedClock()), settings)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    source = dialog.circular.source
    qtbot.waitUntil(lambda: source.count() == 4)
    assert [source.itemText(row)[:11] for row in (1, 2)] == ["Siklus 2025", "Siklus 2024"]


def test_an_earlier_file_that_cannot_be_read_says_so_and_the_template_stays(
    dialog: NewCycleDialog, tmp_path: Path
) -> None:
    bad = tmp_path / "rusak.lkip"
    bad.write_bytes(b"")
    dialog.circular.choose(bad)
    assert dialog.circular.source_note.text().startswith("Tidak dapat diambil: ")
    assert dialog.circular.source.currentIndex() == 0
    assert dialog.agency.lines["agency_name"].value == "INSPEKTORAT"
    assert bad.read_bytes() == b""


@pytest.mark.parametrize("year", ["1", "1999", "2100", "dua ribu", ""])
def test_a_year_out_of_range_stays_on_the_page_with_a_sentence(dialog: NewCycleDialog, year: str) -> None:
    dialog.circular.year.edit.setText(year)
    dialog.next.click()
    assert dialog.stack.currentIndex() == 0
    assert dialog.circular.year.message.isVisible()
    assert dialog.circular.year.message.text()


def test_a_date_that_is_none_is_told_beside_the_field(dialog: NewCycleDialog) -> None:
    dialog.circular.deadline.edit.setText("31/2/2027")
    dialog.next.click()
    assert dialog.stack.currentIndex() == 0
    assert "Februari 2027 hanya bertanggal 1 sampai 28" in dialog.circular.deadline.message.text()


def test_a_nip_of_the_wrong_length_is_told_beside_the_field(dialog: NewCycleDialog) -> None:
    dialog.next.click()
    line = dialog.agency.officials["officials/r2/nip"]
    line.edit.setText("1234")
    dialog.next.click()
    assert dialog.stack.currentIndex() == 1
    assert "18 angka" in line.message.text()
    assert dialog.focusWidget() is line.edit


def test_a_name_is_asked_for(dialog: NewCycleDialog) -> None:
    for _ in range(3):
        dialog.next.click()
    assert dialog.isVisible()
    assert dialog.file.person.message.text() == "Isi nama Anda."


def test_an_existing_file_is_not_overwritten(dialog: NewCycleDialog, settings: Settings) -> None:
    settings.work_folder.mkdir()
    taken = settings.work_folder / "milik orang.lkip"
    taken.write_bytes(b"isi lama")
    dialog.next.click()
    dialog.next.click()
    dialog.file.name.edit.setText("milik orang")
    dialog.file.person.edit.setText("Rina")
    dialog.next.click()
    assert dialog.isVisible()
    assert "sudah ada" in dialog.file.name.message.text()
    assert taken.read_bytes() == b"isi lama"


def test_a_taken_name_gets_a_number(dialog: NewCycleDialog, settings: Settings) -> None:
    settings.work_folder.mkdir()
    (settings.work_folder / "LKIP-2026.lkip").write_bytes(b"")
    dialog.next.click()
    dialog.next.click()
    assert dialog.file.path.name == "LKIP-2026-2.lkip"


def test_a_folder_that_refuses_is_told_and_nothing_is_made(dialog: NewCycleDialog, tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_bytes(b"x")
    dialog.next.click()
    dialog.next.click()
    dialog.file.move_to(blocked)
    dialog.file.person.edit.setText("Rina")
    dialog.next.click()
    assert not dialog.next.isEnabled()
    dialog.cancel.click()
    jobs.finish_all()
    assert dialog.isVisible()
    assert dialog.next.isEnabled()
    assert "tidak dapat dibuat" in dialog.file.name.message.text()
    assert blocked.read_bytes() == b"x"


def test_cancel_leaves_no_trace(dialog: NewCycleDialog, settings: Settings) -> None:
    dialog.circular.number.edit.setText("12")
    dialog.next.click()
    dialog.cancel.click()
    assert not settings.work_folder.exists()


def test_escape_asks_before_what_was_typed_is_lost(dialog: NewCycleDialog, qtbot: QtBot, settings: Settings) -> None:
    qtbot.keyClicks(dialog.circular.number.edit, "000.9/12")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    box = dialog.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "Buang isian ini?"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.circular.number.value == "000.9/12"
    dialog.cancel.click()
    box = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    next(button for button in box.buttons() if button.text() == "Buang isian").click()
    assert not dialog.isVisible()
    assert not settings.work_folder.exists()


def test_the_keyboard_goes_through_the_officials_before_the_buttons(dialog: NewCycleDialog, qtbot: QtBot) -> None:
    dialog.next.click()
    fields = [*dialog.agency.lines.values(), *dialog.agency.officials.values()]
    assert len(fields) > 9
    for line in fields:
        assert dialog.focusWidget() is line.edit
        qtbot.keyClick(line.edit, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.cancel


def test_the_last_working_day_before_a_sunday_and_the_latest_start() -> None:
    how, text = outlook(date(2027, 2, 28), WORK, 10, TODAY)
    assert how == ""
    assert "Jumat, 26 Februari 2027 (28 Februari 2027: Minggu)" in text
    assert "paling lambat dimulai Senin, 15 Februari 2027" in text


def test_a_deadline_that_is_near_or_past_warns() -> None:
    assert outlook(date(2027, 1, 8), WORK, 10, TODAY)[0] == "warn"
    how, text = outlook(date(2026, 12, 30), WORK, 10, TODAY)
    assert how == "danger"
    assert "sudah lewat" in text
    assert outlook(None, WORK, 10, TODAY)[0] == ""
