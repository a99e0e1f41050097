"""The room of letters in a real window on a real cycle file: list, issuing, signed copies, register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop import letters
from lkip_desktop.register import Register
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Act
from lkip_desktop.workflow.state import IssuedLetter
from tests.ui.conftest import FixedClock
from ui import jobs
from ui.desk import Desk
from ui.documents.preview import PreviewDialog
from ui.documents.print_dialog import PrintDialog
from ui.documents.strip import Strip
from ui.letters.issue_dialog import IssueDialog
from ui.letters.page import LettersPage
from ui.main_window import MainWindow
from ui.session import Identity, Session
from ui.settings import Settings
from ui.step.documents import DocumentPart
from ui.workplace import Workplace

W = TypeVar("W", bound=QWidget)
COVER = "cover-letter"
NUMBER = "000.8.6.3/012/Insp/2027"


class Room:
    """A window with the sample cycle at step 8."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        assert window.work is not None
        self.work: Workplace = window.work
        self.session: Session = window.work.session

    def find(self, kind: type[W]) -> W:
        """The newest dialog or strip of a kind that is shown, once all work has ended."""
        jobs.finish_all()
        return next(w for w in reversed(self.window.findChildren(kind)) if w.isVisible())

    def shown(self, kind: type[W]) -> list[W]:
        jobs.finish_all()
        return [w for w in self.window.findChildren(kind) if w.isVisible()]

    def ask(self, kind: str = COVER, subject: str = "") -> IssueDialog:
        self.work.letters.issue(kind, subject)
        return self.find(IssueDialog)

    def issue(self, kind: str = COVER, subject: str = "", reason: str = "") -> IssuedLetter:
        dialog = self.ask(kind, subject)
        dialog.reason.setPlainText(reason)
        dialog.others.setChecked(False)
        dialog.confirm.click()
        jobs.finish_all()
        letter = letters.current(self.session.cycle, kind, subject)
        assert letter is not None
        return letter

    @property
    def page(self) -> LettersPage:
        assert self.work.papers is not None
        return self.work.papers

    def part(self, kind: str = COVER) -> DocumentPart:
        papers = self.work.cycle_page.panel.page.papers
        assert papers is not None
        return papers.parts[kind]


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, clock: FixedClock) -> Iterator[Room]:
    path = tmp_path / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 8, clock.at, ahead=True))
    settings = Settings(tmp_path / "set.ini")
    settings.work_folder = tmp_path
    settings.identity = Identity("Rina Contoh, S.A.P.", "analis")
    window = MainWindow(settings, lambda: Desk(CycleFiles(), clock))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.open_path(path)
    jobs.finish_all()
    yield Room(window)
    jobs.finish_all()
    window.close()


def words_of(widget: QWidget) -> str:
    return " ".join(found.text() for found in widget.findChildren(QLabel) if found.isVisibleTo(widget))


def type_into(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


# Issuing


def test_two_clicks_from_the_step_to_a_numbered_letter_at_the_printer(room: Room) -> None:
    issue = next(b for b in room.part().buttons if b.text() == "Terbitkan…")
    issue.click()
    dialog = room.find(IssueDialog)
    assert dialog.number.text() == NUMBER
    assert dialog.signer.currentText() == "Inspektur — Drs. Ahmad Contoh, M.Si."
    assert NUMBER in dialog.words.toPlainText()
    dialog.print.click()
    printing = room.find(PrintDialog)
    assert room.session.state.letters[-1].number == NUMBER
    assert room.session.cycle.store.events()[-1].act is Act.ISSUED
    printing.reject()
    assert f"nomor {NUMBER} sudah terbit" in room.find(Strip).accessibleName()
    assert issue.text() == "Versi baru…"
    assert NUMBER in words_of(room.part())
    form = room.work.cycle_page.panel.page.form
    assert form is not None
    shown = [line.text() for line in form.boxes["letter_number"].findChildren(QLineEdit)]
    assert shown == [NUMBER]


def test_by_keyboard_alone(room: Room) -> None:
    room.window.menus.actions["issue"].trigger()
    dialog = room.find(IssueDialog)
    assert dialog.print.hasFocus() or dialog.focusWidget() is dialog.print
    QTest.keyClick(dialog.confirm, Qt.Key.Key_Space)
    jobs.finish_all()
    assert room.session.state.letters[-1].number == NUMBER


def test_a_date_before_the_last_letter_proposes_a_suffix_and_typed_numbers_stay(room: Room) -> None:
    room.session.fill({"letter_number": ""})
    dialog = room.ask()
    assert dialog.number.text() == NUMBER
    type_into(dialog.date.line, "9/2/2027")
    assert dialog.number.text() == "000.8.6.3/010A/Insp/2027"
    type_into(dialog.number, "99/2027")
    type_into(dialog.date.line, "15/2/2027")
    assert dialog.number.text() == "99/2027"
    dialog.again.click()
    assert dialog.number.text() == NUMBER
    dialog.reject()


def test_doubts_are_told_while_typing_and_forbid_nothing(room: Room, qtbot: QtBot) -> None:
    room.issue()
    dialog = room.ask("invitation")
    assert "sudah dipakai" not in words_of(dialog)
    type_into(dialog.number, NUMBER)
    qtbot.waitUntil(lambda: "Nomor ini sudah dipakai: Surat Pengantar" in words_of(dialog))
    assert "sudah dipakai" in dialog.number.accessibleDescription()
    dialog.confirm.click()
    jobs.finish_all()
    assert [letter.number for letter in room.session.state.letters] == [NUMBER, NUMBER]


def test_what_is_missing_is_told_in_the_dialog_and_led_to(room: Room) -> None:
    dialog = room.ask()
    dialog.number.clear()
    dialog.confirm.click()
    assert "Isi dahulu nomor surat" in dialog.problem.text()
    dialog.again.click()
    assert dialog.number.text() == NUMBER
    dialog.signer.setCurrentIndex(0)
    dialog.confirm.click()
    assert "penanda tangan" in dialog.problem.text()
    dialog.reject()
    room.session.fill({"letter_addressee": ""})
    dialog = room.ask()
    dialog.confirm.click()
    assert "Belum diisi: Yth." in dialog.problem.text()
    assert dialog.isVisible()
    assert room.session.state.letters == ()
    dialog.reject()


def test_another_official_signs_on_behalf(room: Room) -> None:
    dialog = room.ask()
    assert not dialog.authority.isVisibleTo(dialog)
    place = next(n for n in range(dialog.signer.count()) if "Hj. Siti" in dialog.signer.itemText(n))
    dialog.signer.setCurrentIndex(place)
    dialog.signer.activated.emit(place)
    assert dialog.authority.currentText() == "a.n. Inspektur"
    dialog.confirm.click()
    jobs.finish_all()
    signer = room.session.state.letters[-1].signer
    assert (signer.name, signer.authority) == ("Hj. Siti Contoh, S.E., M.Ak.", "a.n. Inspektur")


def test_who_has_no_name_yet_gives_it_in_the_dialog(room: Room) -> None:
    room.session.set_identity(Identity(""))
    dialog = room.ask()
    dialog.confirm.click()
    assert "nama Anda" in dialog.problem.text()
    type_into(dialog.name, "Dedi")
    dialog.confirm.click()
    jobs.finish_all()
    assert room.session.state.letters[-1].who.name == "Dedi"
    assert room.session.identity.name == "Dedi"


def test_a_correction_needs_its_reason(room: Room) -> None:
    first = room.issue()
    dialog = room.ask()
    assert "menggantikan versi 1" in words_of(dialog)
    dialog.confirm.click()
    assert "memerlukan alasan" in dialog.problem.text()
    dialog.reason.setPlainText("Tujuan keliru")
    dialog.confirm.click()
    jobs.finish_all()
    second = room.session.state.letters[-1]
    assert (second.version, second.replaces, second.reason) == (2, first.id, "Tujuan keliru")


def test_a_file_that_cannot_be_written_leaves_the_dialog_and_no_letter(room: Room, tmp_path: Path) -> None:
    dialog = room.ask()
    path = room.session.cycle.store.path
    path.rename(tmp_path / "lain.lkip.simpan")
    dialog.confirm.click()
    jobs.finish_all()
    assert "belum tersimpan" in dialog.problem.text()
    assert room.session.state.letters == ()
    (tmp_path / "lain.lkip.simpan").rename(path)
    dialog.confirm.click()
    jobs.finish_all()
    assert len(room.session.state.letters) == 1


# The list


def rows_of(page: LettersPage) -> list[tuple[str, ...]]:
    table = page.letters.table
    cells = [[table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]
    return [tuple(cell.text() for cell in line if cell) for line in cells]


def test_every_letter_is_listed_with_its_state(room: Room) -> None:
    room.window.menus.actions["letters"].trigger()
    found = rows_of(room.page)
    assert {row[3] for row in found} == {"Konsep"}
    here = room.page.letters.table.currentRow()
    assert found[here][0] == "8"
    room.issue()
    room.issue(reason="Tujuan keliru")
    found = rows_of(room.page)
    place = next(n for n, row in enumerate(found) if row[4] == NUMBER)
    assert found[place][:2] == ("8", "Surat Pengantar")
    assert found[place][3:] == ("Terbit, versi 2", NUMBER, "12 Februari 2027")
    assert found[place + 1][1].strip() == "versi 1"
    assert found[place + 1][3] == "Digantikan"


def test_the_chosen_letter_decides_what_can_be_done(room: Room) -> None:
    room.window.menus.actions["letters"].trigger()
    view = room.page.letters
    view.show_letter(COVER)
    assert (view.issue.text(), view.issue.isEnabled(), view.attach.isEnabled()) == ("Terbitkan…", True, False)
    room.issue()
    assert (view.issue.text(), view.attach.isEnabled(), view.signed.isVisible()) == ("Versi baru…", True, False)
    assert "Ditandatangani Inspektur Drs. Ahmad" in view.hint.text()


def test_each_version_is_shown_as_its_own_frozen_file(room: Room) -> None:
    first = room.issue()
    room.session.fill({"letter_place": "Jakarta"})
    room.issue(reason="Tempat keliru")
    room.window.menus.actions["letters"].trigger()
    table = room.page.letters.table
    table.setCurrentCell(table.currentRow() + 1, 0)
    room.page.letters.preview.click()
    preview = room.find(PreviewDialog)
    assert preview.made.data == room.session.cycle.store.blob(first.sha256)
    preview.reject()


def test_letters_to_many_units_share_a_number_and_each_has_its_own(room: Room) -> None:
    items = [x for x in letters.items(room.session.snapshot()) if x.kind == "data-request"]
    assert len(items) > 2
    one = room.issue("data-request", items[0].subject)
    other = room.issue("data-request", items[1].subject)
    assert one.number == other.number
    assert (one.recipient, other.recipient) == (items[0].recipient, items[1].recipient)
    assert one.sha256 != other.sha256
    assert items[1].recipient in other.name


def test_one_act_of_the_clerk_issues_the_letter_to_every_unit(room: Room) -> None:
    items = [x for x in letters.items(room.session.snapshot()) if x.kind == "data-request"]
    dialog = room.ask("data-request", items[0].subject)
    assert dialog.others.text() == f"Juga untuk {len(items) - 1} penerima lain, dengan nomor yang sama"
    dialog.confirm.click()
    jobs.finish_all()
    issued = room.session.state.letters
    assert {letter.subject for letter in issued} == {item.subject for item in items}
    assert len({letter.number for letter in issued}) == 1
    assert len({letter.sha256 for letter in issued}) == len(items)
    assert [event.act for event in room.session.cycle.store.events()[-len(items) :]] == [Act.ISSUED] * len(items)
    assert f"terbit untuk {len(items)} penerima" in room.find(Strip).accessibleName()
    doubts = letters.number_doubts(
        room.session.cycle, "data-request", items[0].subject, issued[0].number, room.session.today(), Register()
    )
    assert not [doubt for doubt in doubts if "sudah dipakai" in doubt]


# Signed copies


def test_a_signed_copy_is_chosen_compared_and_kept(room: Room, tmp_path: Path) -> None:
    letter = room.issue()
    same = tmp_path / "ttd.pdf"
    same.write_bytes(room.session.cycle.store.blob(letter.sha256))
    room.window.menus.actions["letters"].trigger()
    room.page.letters.attach.click()
    dialog = room.find(QFileDialog)
    typed = dialog.findChild(QLineEdit)
    assert typed is not None
    typed.setText(str(same))
    dialog.accept()
    assert "Isinya sama dengan surat yang diterbitkan." in room.find(Strip).accessibleName()
    assert rows_of(room.page)[room.page.letters.table.currentRow()][3] == "Bertanda tangan"
    assert room.page.letters.signed.isVisible()


@pytest.mark.parametrize(("answer", "kept"), [("Batal", 0), ("Lampirkan juga", 1)])
def test_a_copy_that_says_something_else_is_asked_about(room: Room, tmp_path: Path, answer: str, kept: int) -> None:
    first = room.issue()
    room.session.fill({"letter_place": "Jakarta"})
    second = room.issue(reason="Tempat keliru")
    other = tmp_path / "lama.pdf"
    other.write_bytes(room.session.cycle.store.blob(first.sha256))
    room.work.letters.attach_signed(second, other)
    box = room.find(QMessageBox)
    assert "Jakarta" in box.text()
    next(b for b in box.buttons() if b.text() == answer).click()
    jobs.finish_all()
    assert len(room.session.state.letters[-1].signed) == kept


def test_a_file_of_another_kind_is_refused(room: Room, tmp_path: Path) -> None:
    letter = room.issue()
    note = tmp_path / "catatan.txt"
    note.write_text("sudah ditandatangani")
    room.work.letters.attach_signed(letter, note)
    assert "bukan PDF atau gambar" in room.find(QMessageBox).text()
    room.find(QMessageBox).reject()


# The register


def test_an_empty_register_says_so(room: Room) -> None:
    room.window.menus.actions["register"].trigger()
    jobs.finish_all()
    view = room.page.register
    assert view.none.isVisible()
    assert "Belum ada surat yang diterbitkan" in view.none.text()


def test_the_register_is_searched_filtered_and_sorted(room: Room) -> None:
    room.issue()
    room.issue(reason="Tujuan keliru")
    room.issue("invitation")
    room.window.menus.actions["register"].trigger()
    jobs.finish_all()
    view = room.page.register
    assert len(view.lines()) == 3
    view.search.setText("undangan")
    assert [line.letter.kind for line in view.lines()] == ["invitation"]
    view.search.setText("tidak ada")
    assert view.lines() == ()
    assert "Tidak ada surat yang cocok" in view.none.text()
    view.search.clear()
    next(b for b in view.chips.buttons() if b.text() == "Digantikan").click()
    assert [line.letter.version for line in view.lines()] == [1]
    next(b for b in view.chips.buttons() if b.text() == "Semua").click()
    view.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    numbers = [line.letter.sequence for line in view.lines()]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("ending", ["PDF…", "Excel (.xlsx)…", "Tabel CSV…"])
def test_the_register_is_saved(room: Room, tmp_path: Path, ending: str) -> None:
    room.issue()
    room.window.menus.actions["register"].trigger()
    jobs.finish_all()
    menu = room.page.register.save.menu()
    assert menu is not None
    next(a for a in menu.actions() if a.text() == ending).trigger()
    dialog = room.find(QFileDialog)
    name = Path(dialog.selectedFiles()[0]).name
    assert name.startswith("Register Surat 2027")
    dialog.accept()
    jobs.finish_all()
    assert (tmp_path / name).stat().st_size > 100


def test_a_read_only_cycle_shows_its_letters_and_issues_none(room: Room) -> None:
    room.issue()
    path = room.session.cycle.store.path
    room.window.open_path(path, read_only=True)
    jobs.finish_all()
    again = Room(room.window)
    again.window.menus.actions["letters"].trigger()
    view = again.page.letters
    view.show_letter(COVER)
    assert (view.issue.isEnabled(), view.attach.isEnabled(), view.preview.isEnabled()) == (False, False, True)
    assert "hanya untuk dibaca" in view.hint.text()
    assert not again.window.menus.actions["issue"].isEnabled()


def test_every_control_has_a_name(room: Room) -> None:
    room.issue()
    room.window.menus.actions["letters"].trigger()
    dialog = room.ask()
    nameless: Callable[[QWidget], list[str]] = lambda top: [  # noqa: E731
        type(w).__name__
        for w in top.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.isVisibleTo(top)
        and not (w.accessibleName() or (isinstance(w, QPushButton) and w.text()))
    ]
    assert nameless(dialog) == []
    dialog.reject()
