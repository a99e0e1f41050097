"""The home screen on real files: the most urgent cycle first, unreadable and vanished files told apart."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop.overview import CardState, CycleCard, cycle_cards
from lkip_desktop.sample import Sample, play_sample
from tests.ui.shown import activate
from ui.home import HomePage, statement
from ui.home_table import HEADINGS

NOW = datetime(2027, 2, 15, 1, 0, tzinfo=UTC)
STATE = HEADINGS.index("Keadaan")


@pytest.fixture
def home(qtbot: QtBot) -> HomePage:
    page = HomePage()
    qtbot.addWidget(page)
    page.resize(1100, 700)
    activate(qtbot, page)
    return page


def make(folder: Path, name: str, year: int, step: int, now: datetime = NOW) -> Path:
    path = folder / name
    play_sample(CycleFiles(), path, Sample(year, step, now))
    return path


def button(home: HomePage, words: str) -> QPushButton:
    return next(b for b in home.findChildren(QPushButton) if b.text() == words and b.isVisible())


def shown_texts(home: HomePage) -> list[str]:
    return [label.text() for label in home.findChildren(QLabel) if label.isVisible()]


def test_before_the_folder_was_read_it_says_so(home: HomePage) -> None:
    assert "Membaca folder kerja…" in shown_texts(home)
    assert not home.primary.isVisible()


def test_an_empty_folder_is_a_sentence_a_button_and_the_sample(home: HomePage, qtbot: QtBot, tmp_path: Path) -> None:
    home.show_cards((), tmp_path, [])
    assert "Belum ada siklus LKIP" in home.under.text()
    assert home.primary.text() == "Siklus baru"
    assert not home.table.isVisible()
    with qtbot.waitSignal(home.newRequested):
        home.primary.click()
    with qtbot.waitSignal(home.sampleRequested):
        button(home, "Coba dengan contoh").click()


def test_the_running_cycle_is_a_statement_and_goes_on_with_one_button(
    home: HomePage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = make(tmp_path, "LKIP-2026.lkip", 2026, 6)
    home.show_cards(cycle_cards(CycleFiles(), tmp_path, NOW), tmp_path, [])
    assert home.statement.text().startswith("Langkah 6 dari 10: giliran Sekretaris, tenggat ")
    assert home.under.text().startswith("Siklus 2026 · ")
    with qtbot.waitSignal(home.openRequested) as asked:
        home.primary.click()
    assert asked.args == [path]
    assert not home.secondary.isVisible()


def test_the_late_cycle_comes_before_the_newer_one(home: HomePage, tmp_path: Path) -> None:
    make(tmp_path, "LKIP-2026.lkip", 2026, 6)
    make(tmp_path, "LKIP-2025.lkip", 2025, 4, datetime(2026, 2, 18, 1, 0, tzinfo=UTC))
    home.show_cards(cycle_cards(CycleFiles(), tmp_path, NOW), tmp_path, [])
    assert home.statement.text().startswith("Langkah 4 dari 10")
    assert "Terlambat" in shown_texts(home)


def test_closed_cycles_alone_offer_a_new_one(home: HomePage, tmp_path: Path) -> None:
    card = CycleCard(tmp_path / "LKIP-2024.lkip", CardState.CLOSED, 2024, "Inspektorat", 10, 10)
    home.show_cards((card,), tmp_path, [])
    assert home.statement.text() == "Tidak ada siklus yang berjalan"
    assert home.primary.text() == "Siklus baru"
    assert home.table.isVisible()


def test_a_double_click_and_enter_open_the_row(home: HomePage, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = make(tmp_path, "b 100% & #1.lkip", 2026, 6), make(tmp_path, "a.lkip", 2025, 2)
    home.show_cards(cycle_cards(CycleFiles(), tmp_path, NOW), tmp_path, [])
    table = home.table
    with qtbot.waitSignal(table.chosen) as clicked:
        place = table.visualRect(table.model().index(1, 1)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert clicked.args == [second]
    table.setCurrentCell(0, 0)
    with qtbot.waitSignal(home.openRequested) as entered:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert entered.args == [first]


def test_unreadable_files_say_their_sentence_and_stay_as_they_are(home: HomePage, tmp_path: Path) -> None:
    make(tmp_path, "LKIP-2026.lkip", 2026, 6)
    contents = {"kosong.lkip": b"", "asing.lkip": b"%PDF-1.7 bukan siklus" * 40}
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    cards = cycle_cards(CycleFiles(), tmp_path, NOW)
    home.show_cards(cards, tmp_path, [])
    table = home.table
    bad = [row for row in range(table.rowCount()) if table.item(row, STATE).text() == "Tidak terbaca"]
    assert len(bad) == 2
    assert bad == [1, 2]
    for row in bad:
        assert table.card(row).problem in table.item(row, 2).text()
        assert table.columnSpan(row, 2) == 3
    assert {name: (tmp_path / name).read_bytes() for name in contents} == contents


def test_recent_files_elsewhere_open_and_vanished_ones_are_looked_for_or_forgotten(
    home: HomePage, qtbot: QtBot, tmp_path: Path
) -> None:
    there, gone = tmp_path / "ada.lkip", tmp_path / "jauh" / "hilang.lkip"
    there.write_bytes(b"")
    home.show_cards((), tmp_path, [there, gone])
    with qtbot.waitSignal(home.openRequested) as opened:
        button(home, "Buka").click()
    assert opened.args == [there]
    assert [label.property("role") for label in home.findChildren(QLabel) if label.text() == "hilang"] == ["muted"]
    with qtbot.waitSignal(home.findRequested) as looked:
        button(home, "Cari…").click()
    assert looked.args == [gone]
    forget = [b for b in home.findChildren(QPushButton) if b.accessibleName() == "Hapus hilang.lkip dari daftar"]
    with qtbot.waitSignal(home.forgetRequested) as forgotten:
        forget[0].click()
    assert forgotten.args == [gone]


def test_showing_again_replaces_what_was_shown(home: HomePage, tmp_path: Path) -> None:
    home.show_cards((), tmp_path, [tmp_path / "x.lkip"])
    home.show_cards((), tmp_path, [])
    assert not home.recent.isVisible()


def test_every_button_and_the_table_have_names(home: HomePage, tmp_path: Path) -> None:
    make(tmp_path, "LKIP-2026.lkip", 2026, 6)
    home.show_cards(cycle_cards(CycleFiles(), tmp_path, NOW), tmp_path, [tmp_path / "x.lkip"])
    assert home.table.accessibleName()
    assert all(b.text() or b.accessibleName() for b in home.findChildren(QPushButton))


def test_the_statement_of_a_card_without_a_due_date() -> None:
    card = CycleCard(Path("x.lkip"), CardState.RUNNING, 2026, "", 3, 10, "Analisis", "Tim Penyusun")
    assert statement(card) == "Langkah 3 dari 10: giliran Tim Penyusun"
