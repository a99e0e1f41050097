"""The welcome of the first start: what it asks, leaving and going on, and the cycle that it ends on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop import resources
from lkip_desktop.cycle_data import agency
from lkip_desktop.office import Cycle
from lkip_desktop.sample import Sample, play_sample
from tests.ui.conftest import NOW, FixedClock
from ui import jobs
from ui.app import build_window
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.new_cycle import NewCycleDialog
from ui.settings import Settings
from ui.welcome import WelcomeDialog
from ui.welcome_draft import read

UNITS = "Sekretariat\nIrban Wilayah II\n  Bidang   Baru \n\nIrban Wilayah II"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "atur" / "pengaturan.ini")
    settings.work_folder = tmp_path / "LKIP"
    return settings


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    image = QImage(30, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    file = tmp_path / "lambang.png"
    file.write_bytes(data.data())
    return file


def welcome(qtbot: QtBot, settings: Settings) -> WelcomeDialog:
    dialog = WelcomeDialog(Desk(CycleFiles(), FixedClock()), settings)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    jobs.finish_all()
    return dialog


def fill(dialog: WelcomeDialog, logo: Path) -> None:
    dialog.agency.lines["agency_government"].edit.setText("PEMERINTAH KOTA UJI")
    dialog.agency.lines["agency_short"].edit.setText("Inspektorat Kota Uji")
    dialog.agency.officials["officials/r1/name"].edit.setText("Dr. Sri Uji, M.Si.")
    dialog.next.click()
    dialog.house.take_logo(logo)
    dialog.house.units.setPlainText(UNITS)


def finish(dialog: WelcomeDialog, qtbot: QtBot) -> Cycle:
    dialog.file.person.edit.setText("Rina")
    while dialog.stack.currentIndex() < 3:
        dialog.next.click()
    with qtbot.waitSignal(dialog.created) as made:
        dialog.next.click()
    cycle = made.args[0]
    assert isinstance(cycle, Cycle)
    return cycle


def test_it_ends_on_a_cycle_with_all_that_was_given(qtbot: QtBot, settings: Settings, logo: Path) -> None:
    dialog = welcome(qtbot, settings)
    assert dialog.where.text() == "Bagian 1 dari 4"
    fill(dialog, logo)
    cycle = finish(dialog, qtbot)
    state, base = cycle.state, resources.template_values()
    names = [state.cell("units", row, "name") for row in state.rows("units")]
    shown = agency(state)
    assert names == ["Sekretariat", "Irban Wilayah II", "Bidang Baru"]
    # What stays is the same unit as in the template, what is new is a new one.
    assert state.rows("units")[:2] == ("r1", "r3")
    assert state.rows("units")[2] not in base["units"]
    assert state.text("agency_government") == "PEMERINTAH KOTA UJI"
    assert state.cell("officials", "r1", "name") == "Dr. Sri Uji, M.Si."
    assert shown.logo
    assert cycle.store.blob(shown.logo) == logo.read_bytes()
    cycle.close()
    assert not settings.welcome_draft.exists()


def test_it_can_be_left_and_taken_up_again(qtbot: QtBot, settings: Settings, logo: Path) -> None:
    first = welcome(qtbot, settings)
    fill(first, logo)
    first.next.click()
    first.circular.deadline.edit.setText("28/2/2027")
    first.cancel.click()
    assert not first.isVisible()
    assert settings.welcome_draft.exists()
    again = welcome(qtbot, settings)
    assert again.where.text() == "Bagian 3 dari 4"
    assert again.circular.deadline.edit.text() == "28/2/2027"
    assert again.agency.officials["officials/r1/name"].edit.text() == "Dr. Sri Uji, M.Si."
    assert again.house.units.toPlainText() == UNITS
    assert again.house.logo is not None
    assert again.house.logo.data == logo.read_bytes()
    cycle = finish(again, qtbot)
    assert cycle.state.text("circular_deadline") == "2027-02-28"
    cycle.close()


def test_another_sop_is_followed_and_a_bad_one_is_told(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    dialog = welcome(qtbot, settings)
    bad = tmp_path / "rusak.toml"
    bad.write_text("bukan = [", "utf-8")
    dialog.house.open_sop(bad)
    assert dialog.house.sop_note.text().startswith("Tidak dapat dipakai:")
    assert dialog.house.own_sop == ""
    own = tmp_path / "sop.toml"
    own.write_text((Path(__file__).parents[1] / "data" / "sop-sebelas.toml").read_text("utf-8"), "utf-8")
    dialog.house.open_sop(own)
    assert dialog.house.sop_note.text().startswith("11 langkah")
    dialog.cancel.click()
    again = welcome(qtbot, settings)
    cycle = finish(again, qtbot)
    assert len(cycle.state.sop.steps) == 11
    cycle.close()


def test_what_is_no_picture_is_told(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    dialog = welcome(qtbot, settings)
    scan = resources.root() / "sample" / "scan.pdf"
    dialog.house.take_logo(scan)
    assert "bukan gambar" in dialog.house.logo_note.text()
    dialog.house.take_logo(tmp_path / "tidak ada.png")
    assert dialog.house.logo is None
    dialog.cancel.click()


@pytest.mark.parametrize("content", [b"", b"{", b'{"page": 1}', b'{"page":1,"lines":[],"sop":"","logo":null}', b"\xff"])
def test_a_damaged_draft_counts_as_none(qtbot: QtBot, settings: Settings, content: bytes) -> None:
    settings.welcome_draft.parent.mkdir(parents=True, exist_ok=True)
    settings.welcome_draft.write_bytes(content)
    assert read(settings) is None
    dialog = welcome(qtbot, settings)
    assert dialog.stack.currentIndex() == 0
    dialog.cancel.click()


@pytest.fixture
def window(qapp: QApplication, settings: Settings) -> Iterator[MainWindow]:
    window = build_window(qapp, settings, lambda: Desk(CycleFiles(), FixedClock()), "terang")
    window.show()
    yield window
    jobs.finish_all()
    window.close()
    window.deleteLater()


def test_the_home_screen_offers_it_and_goes_on_with_it(qtbot: QtBot, window: MainWindow, settings: Settings) -> None:
    with qtbot.waitSignal(window.cardsShown):
        window.refresh_home()
    assert window.home.primary.text() == "Siklus baru"
    window.home.primary.click()
    dialog = window.findChild(WelcomeDialog)
    with qtbot.waitSignal(window.cardsShown):
        dialog.cancel.click()
    assert window.home.primary.text() == "Lanjutkan isian"
    play_sample(CycleFiles(), settings.work_folder / "LKIP-2025.lkip", Sample(2025, 10, NOW))
    with qtbot.waitSignal(window.cardsShown):
        window.refresh_home()
    window.new_cycle()
    plain = [d for d in window.findChildren(NewCycleDialog) if d.isVisible()]
    assert [type(d) for d in plain] == [NewCycleDialog]
    plain[0].reject()
