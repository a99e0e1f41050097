"""The whole window with real files: opening and its outcomes, the open cycle, menus, typing kept on closing."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Act
from tests.ui.conftest import NOW, FixedClock
from tests.ui.shown import activate
from ui.chart_area import BAR_WIDTH, ChartArea
from ui.cycle_page import CyclePage
from ui.help import GuideDialog, HelpDialog
from ui.main_window import MainWindow
from ui.sample import NAME as SAMPLE_NAME
from ui.session import Identity
from ui.settings import Settings
from ui.step.dialogs import ActDialog


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 6, NOW, ahead=True))
    return path


@pytest.fixture
def cycle_file(played: Path, settings: Settings) -> Path:
    """The sample at step 6 under a name that needs care."""
    settings.work_folder.mkdir(exist_ok=True)
    return Path(shutil.copy(played, settings.work_folder / "LKIP 2026, 100% & #1 – percobaan.lkip"))


def message(window: MainWindow) -> QMessageBox:
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def press(box: QMessageBox, words: str) -> None:
    next(button for button in box.buttons() if button.text() == words).click()


def test_home_reads_the_work_folder(window: MainWindow, qtbot: QtBot, cycle_file: Path) -> None:
    with qtbot.waitSignal(window.cardsShown):
        window.refresh_home()
    assert window.home.statement.text().startswith("Langkah 6 dari 10: giliran Sekretaris")
    window.home.primary.click()
    assert window.work is not None
    assert window.work.path == cycle_file


def test_an_open_cycle_is_in_title_menus_and_pages(window: MainWindow, cycle_file: Path) -> None:
    actions = window.menus.actions
    assert not actions["profile"].isEnabled()
    window.open_path(cycle_file)
    work = window.work
    assert work is not None
    assert window.windowTitle() == f"{work.title()} — LKIP Desktop"
    assert work.title().startswith("Siklus 2026 — Inspektorat")
    assert window.pages.currentWidget() is work.cycle_page
    assert work.cycle_page.header.sentence.text() == "Langkah 6 dari 10: giliran Sekretaris"
    for name in ("profile", "sop", "cycle"):
        actions[name].trigger()
        assert (
            window.pages.currentWidget() is {"profile": work.profile, "sop": work.sop, "cycle": work.cycle_page}[name]
        )
    titles = [action.text() for action in window.menus.documents.actions()]
    assert titles[0] == "Laporan"
    assert {"Laporan Capaian Kinerja", "Format Data Unit", "&Surat dan lembar"} <= set(titles)
    letters = window.menus.documents.actions()[titles.index("&Surat dan lembar")].menu()
    assert isinstance(letters, QMenu)
    assert {"Surat Pengantar", "Lembar Disposisi", "Amplop"} <= {action.text() for action in letters.actions()}


def test_a_click_on_a_row_shows_that_step(window: MainWindow, qtbot: QtBot, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    assert window.work is not None
    page = window.work.cycle_page
    view = page.chart.view
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.row_rect("disposisi").center())
    assert page.step == "disposisi"
    assert page.panel.step is not None
    assert page.panel.step.id == "disposisi"


def test_a_cycles_page_is_made_in_its_place(
    window: MainWindow, cycle_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To move a page with all that is in it takes as long as to make it."""
    places: dict[type[QWidget], QWidget | None] = {}

    def noted(kind: type[QWidget]) -> Callable[..., QWidget]:
        def make(*args: object) -> QWidget:
            made = kind(*args)  # type: ignore[arg-type]
            places[kind] = made.parentWidget()
            return made

        return make

    monkeypatch.setattr("ui.workplace.CyclePage", noted(CyclePage))
    monkeypatch.setattr("ui.cycle_page.ChartArea", noted(ChartArea))
    window.open_path(cycle_file)
    assert window.work is not None
    assert window.work.cycle_page.splitter.widget(0) is window.work.cycle_page.chart
    assert places == {CyclePage: window.pages, ChartArea: window.work.cycle_page.splitter}


def test_completing_moves_chart_panel_and_header(window: MainWindow, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    assert window.work is not None
    session, page = window.work.session, window.work.cycle_page
    outcome = session.complete(session.state.sop.by_id["koreksi"], "ya")
    assert getattr(outcome, "event", None) is not None, outcome
    assert page.step == "tanda-tangan"
    assert page.header.sentence.text().startswith("Langkah 7 dari 10")
    assert window.saved.text().startswith("Tersimpan ")


def test_the_missing_count_leads_to_the_field(window: MainWindow, settings: Settings, clock: FixedClock) -> None:
    path = settings.work_folder / "kosong di langkah 1.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 1, clock.at))
    window.open_path(path)
    assert window.work is not None
    page, session = window.work.cycle_page, window.work.session
    session.fill({"circular_number": None})
    page.show_step("draf")
    assert "belum lengkap" in page.header.missing.text()
    page.header.missing.click()
    assert page.step == "disposisi"


def test_who_sits_here_is_kept_for_the_next_start(window: MainWindow, settings: Settings, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    assert window.work is not None
    chooser = window.work.cycle_page.header.identity
    assert chooser.name.text() == "Rina Contoh"
    assert chooser.role.currentData() == "sekretaris"
    chooser.name.setText("  Budi   Teladan ")
    chooser.role.setCurrentIndex(chooser.role.findData("inspektur"))
    chooser.role.activated.emit(chooser.role.currentIndex())
    assert window.work.session.identity == Identity("Budi Teladan", "inspektur")
    assert settings.identity == Identity("Budi Teladan", "inspektur")


def test_undo_asks_once_and_moves_back(window: MainWindow, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    assert window.work is not None
    window.menus.actions["undo"].trigger()
    dialog = next(d for d in window.findChildren(ActDialog) if d.isVisible())
    dialog.agreed.emit("", {})
    dialog.close()
    assert window.work.session.state.step is not None
    assert window.work.session.state.step.number == 5


def test_typing_is_kept_when_the_window_closes(window: MainWindow, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    assert window.work is not None
    window.work.show_profile()
    assert window.work.profile is not None
    city = window.work.profile.form.boxes["agency_city"]
    editor = city.findChildren(QLineEdit)[0]
    editor.setText("Kota Baru")
    editor.textEdited.emit("Kota Baru")
    assert window.close()
    assert window.work is None
    last = [event for event in CycleFiles().peek(cycle_file).events if event.act is Act.FILLED][-1]
    assert last.data["changes"]["agency_city"] == "Kota Baru"


BAD = {
    "kosong": (b"", "Berkas kosong"),
    "asing": (b"%PDF-1.7 bukan siklus" * 40, "Bukan berkas siklus"),
    "terpotong": (None, ""),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_told_calmly_and_changes_nothing(
    window: MainWindow, cycle_file: Path, tmp_path: Path, kind: str
) -> None:
    window.open_path(cycle_file)
    before = window.work
    data, title = BAD[kind]
    bad = tmp_path / f"{kind}.lkip"
    bad.write_bytes(cycle_file.read_bytes()[:5000] if data is None else data)
    content = bad.read_bytes()
    window.open_path(bad)
    box = message(window)
    assert not title or box.windowTitle() == title
    assert box.informativeText()
    assert "Traceback" not in box.informativeText()
    press(box, "Tutup")
    assert window.work is before
    assert bad.read_bytes() == content


def test_another_programs_database_is_foreign(window: MainWindow, tmp_path: Path) -> None:
    foreign = tmp_path / "lain.lkip"
    connection = sqlite3.connect(foreign)
    connection.executescript("create table t(a); insert into t values (1);")
    connection.close()
    content = foreign.read_bytes()
    window.open_path(foreign)
    box = message(window)
    assert box.windowTitle() in ("Berkas program lain", "Bukan berkas siklus")
    box.close()
    assert foreign.read_bytes() == content
    assert window.work is None


def test_a_newer_file_says_so(window: MainWindow, cycle_file: Path) -> None:
    connection = sqlite3.connect(cycle_file)
    connection.execute("pragma user_version = 9999")
    connection.close()
    content = cycle_file.read_bytes()
    window.open_path(cycle_file)
    box = message(window)
    assert box.windowTitle() == "Berkas dari versi yang lebih baru"
    box.close()
    assert cycle_file.read_bytes() == content


def test_a_missing_file_offers_to_look_for_it(window: MainWindow, tmp_path: Path) -> None:
    window.open_path(tmp_path / "tidak ada.lkip")
    box = message(window)
    assert box.windowTitle() == "Berkas tidak ditemukan"
    assert "Cari…" in [button.text() for button in box.buttons()]
    box.close()


HOLD = """
import sys
from pathlib import Path
from db.files import CycleFiles
opening = CycleFiles().open(Path(sys.argv[1]), user="Budi")
print(opening.outcome, flush=True)
sys.stdin.readline()
opening.store.close()
"""


def test_a_file_in_use_says_who_and_opens_to_read(window: MainWindow, cycle_file: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(cycle_file)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline().strip() == "opened"
        window.open_path(cycle_file)
        box = message(window)
        assert "Budi" in box.informativeText()
        press(box, "Buka baca saja")
        assert window.work is not None
        assert window.work.session.read_only
        assert window.notice.isVisible()
        assert not window.menus.actions["undo"].isEnabled()
        window.close_cycle()
        holder.stdin.write("\n")


def test_a_dropped_cycle_opens_and_other_files_do_not(window: MainWindow, cycle_file: Path, tmp_path: Path) -> None:
    def drop(path: Path) -> QDropEvent:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        event = QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        window.dropEvent(event)
        return event

    drop(tmp_path / "surat.pdf")
    assert window.work is None
    drop(cycle_file)
    assert window.work is not None
    assert window.work.path == cycle_file


def test_opening_another_cycle_closes_the_first(window: MainWindow, cycle_file: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(cycle_file, tmp_path / "lain.lkip"))
    window.open_path(cycle_file)
    window.open_path(other)
    assert window.work is not None
    assert window.work.path == other
    opening = CycleFiles().open(cycle_file)
    assert opening.store is not None
    opening.store.close()


def test_opening_the_same_file_again_only_shows_it(window: MainWindow, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    first = window.work
    window.go_home()
    assert window.pages.currentWidget() is window.home
    window.open_path(cycle_file)
    assert window.work is first
    assert first is not None
    assert window.pages.currentWidget() is first.cycle_page


def test_recent_files_are_in_the_menu(window: MainWindow, settings: Settings, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    settings.add_recent(cycle_file.with_name("hilang.lkip"))
    window.menus.recent.aboutToShow.emit()
    gone, there = window.menus.recent.actions()[:2]
    assert not gone.isEnabled()
    assert there.isEnabled()
    assert "&&" in there.text()


def test_the_sample_is_made_once_in_the_work_folder(window: MainWindow, qtbot: QtBot, settings: Settings) -> None:
    with qtbot.waitSignal(window.cycleChanged, timeout=20000):
        window.open_sample()
    path = settings.work_folder / SAMPLE_NAME
    assert window.work is not None
    assert window.work.path == path
    assert window.close_cycle()
    window.open_sample()
    assert window.work is not None


def test_check_says_that_the_file_is_whole(window: MainWindow, qtbot: QtBot, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    window.menus.actions["check"].trigger()
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)), timeout=10000)
    box = message(window)
    assert box.windowTitle() == "Berkas utuh"
    box.close()


def test_help_keys_and_about(window: MainWindow, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    said = {}
    for name in ("help", "keys", "about"):
        window.menus.actions[name].trigger()
        dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
        assert isinstance(dialog, (GuideDialog, HelpDialog))
        said[name] = dialog.text.toPlainText()
        dialog.close()
        QApplication.sendPostedEvents(dialog, 52)
    assert "Ya: lanjut ke langkah 7" in said["help"]
    assert "Ctrl+O" in said["keys"]
    assert "MIT" in said["about"]


def test_the_theme_of_the_menu_is_kept(window: MainWindow, settings: Settings, qapp: QApplication) -> None:
    dark = next(action for action in window.menus.theme.actions() if action.data() == "gelap")
    dark.trigger()
    assert settings.theme == "gelap"
    assert qapp.palette().window().color().lightness() < 60


def test_every_shown_button_and_field_has_a_name(window: MainWindow, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    nameless = [b for b in window.findChildren(QPushButton) if b.isVisible() and not (b.text() or b.accessibleName())]
    assert nameless == []


def test_the_chart_is_a_table_too(window: MainWindow, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    assert window.work is not None
    chart = window.work.cycle_page.chart
    window.menus.actions["table"].trigger()
    assert chart.table.isVisible()
    assert not chart.view.isVisible()
    assert chart.as_table.isChecked()
    window.menus.actions["table"].trigger()
    assert chart.view.isVisible()


def test_complete_and_short_are_remembered(window: MainWindow, settings: Settings, cycle_file: Path) -> None:
    window.open_path(cycle_file)
    window.menus.actions["complete"].trigger()
    assert settings.complete_chart
    assert window.work is not None
    assert window.work.cycle_page.chart.complete.isChecked()
    window.close_cycle()
    window.open_path(cycle_file)
    assert window.menus.actions["complete"].isChecked()


def test_no_word_of_the_chart_s_bar_is_cut_in_the_smallest_window(
    qtbot: QtBot, window: MainWindow, cycle_file: Path
) -> None:
    window.open_path(cycle_file)
    assert window.work is not None
    window.resize(window.minimumSizeHint())
    chart = window.work.cycle_page.chart
    qtbot.waitUntil(lambda: chart.width() < BAR_WIDTH)
    tools = [tool for tool in chart.findChildren(QToolButton) if tool.isVisible() and tool.text()]
    assert len(tools) >= 5
    qtbot.waitUntil(lambda: all(tool.width() >= tool.sizeHint().width() for tool in tools))


@pytest.mark.parametrize("name", ["cycle", "profile", "sop", "letters", "report"])
def test_tab_reaches_everything_that_a_page_shows(
    window: MainWindow, qtbot: QtBot, cycle_file: Path, name: str
) -> None:
    window.open_path(cycle_file)
    activate(qtbot, window)
    window.menus.actions[name].trigger()
    page = window.pages.currentWidget()
    page.setFocus()
    seen: set[QWidget] = set()
    while (focused := QApplication.focusWidget()) is not None and focused not in seen:
        seen.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if focused.hasFocus():  # a table keeps Tab for its cells
            QTest.keyClick(focused, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    tab = Qt.FocusPolicy.TabFocus
    offered = [one for one in page.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
    missed = [one for one in offered if one.focusPolicy() & tab and not one.focusProxy() and one not in seen]
    assert [one.accessibleName() or one.property("text") for one in missed] == []
