"""Sending forms and importing returns in a real window: nothing is kept before the person agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lkip_desktop.documents.workbook_form import unit_form
from lkip_desktop.exchange import Verdict
from tests.exchange_office import cycle_at_forms, edited, look, write
from ui import jobs
from ui.documents.actions import DocumentActions
from ui.documents.strip import Strip
from ui.exchange.actions import Exchange
from ui.exchange.model import NEW, STATE
from ui.exchange.preview import ImportDialog
from ui.exchange.send import SendDialog
from ui.session import Identity, Session
from ui.settings import Settings
from ui.step.panel import StepPanel

LRA = """Kode Rekening;Uraian;Anggaran;Realisasi
6.01.01;Program Penunjang;16.908.184.145;15.900.000.000
6.1.2;Program Pengawasan;592.694.700;571.000.000
6.01.09;Program lain;1.000;500
;Jumlah;17.500.879.845;16.471.000.500
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = Session(cycle_at_forms(tmp_path), Identity("Rina Contoh", "analis"))
    yield opened
    opened.close()
    opened.deleteLater()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "lkip.ini")
    made.work_folder = tmp_path
    return made


@pytest.fixture
def window(qtbot: QtBot, session: Session, settings: Settings) -> Iterator[StepPanel]:
    """The panel of step 2."""
    host = column(qtbot)
    panel = StepPanel(session, DocumentActions(session, host, settings), host)
    host.layout().addWidget(panel)
    host.resize(460, 700)
    panel.show_step("format")
    host.show()
    yield panel
    for dialog in dialogs(QWidget):
        dialog.close()


def column(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    QVBoxLayout(host)
    return host


def dialogs(kind: type) -> list:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible() and w.parent()]


def dialog_of(qtbot: QtBot, kind: type) -> ImportDialog:
    qtbot.waitUntil(lambda: bool(dialogs(kind)))
    jobs.finish_all()
    return dialogs(kind)[-1]


def filled(session: Session, folder: Path, **texts: object) -> Path:
    data = unit_form(replace(session.snapshot(), subject="r2"), lambda done, total: True)
    path = folder / "Irban I.xlsx"

    def edit(sheet: Worksheet) -> None:
        write(sheet, 0, **texts)

    path.write_bytes(edited(data, edit))
    return path


def test_a_return_is_shown_and_imported_when_agreed(
    qtbot: QtBot, window: StepPanel, session: Session, tmp_path: Path
) -> None:
    before = session.state.seq
    window.exchange.bring(filled(session, tmp_path, actual="86,50", source="SIPTL"))
    dialog = dialog_of(qtbot, ImportDialog)
    assert session.state.seq == before
    assert (dialog.model.rowCount(), dialog.confirm.text()) == (2, "Impor 2 nilai")
    dialog.confirm.click()
    assert session.state.seq == before + 1
    assert session.state.cell("indicators", "r3", "actual") == "86,50"
    assert "1 dari 2 unit sudah menjawab" in window.page.post.owing.text()


def test_cancel_leaves_no_trace(qtbot: QtBot, window: StepPanel, session: Session, tmp_path: Path) -> None:
    before = session.state
    window.exchange.bring(filled(session, tmp_path, actual="86,50"))
    dialog_of(qtbot, ImportDialog).cancel.click()
    assert session.state is before


def test_an_ambiguous_figure_is_typed_anew_in_the_preview(
    qtbot: QtBot, window: StepPanel, session: Session, tmp_path: Path
) -> None:
    window.exchange.bring(filled(session, tmp_path, actual="1.234", source="SIPTL"))
    dialog = dialog_of(qtbot, ImportDialog)
    dialog.only.click()
    assert dialog.filter.rowCount() == 1
    cell = dialog.filter.index(0, NEW)
    assert dialog.filter.flags(cell) & Qt.ItemFlag.ItemIsEditable
    assert dialog.filter.setData(cell, "1234")
    qtbot.waitUntil(lambda: dialog.seen.importable == 2)
    jobs.finish_all()
    assert dialog.seen.count(Verdict.PROBLEM) == 0
    dialog.confirm.click()
    assert session.state.cell("indicators", "r3", "actual") == "1234"


def test_an_export_of_the_budget_is_read_shown_changed_and_remembered(
    qtbot: QtBot, window: StepPanel, session: Session, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "LRA.csv"
    path.write_text(LRA, "utf-8")
    window.exchange.bring(path)
    dialog = dialog_of(qtbot, ImportDialog)
    assert dialog.bar.separator.currentData() == ";"
    assert dialog.bar.columns["spent"].currentText() == "D: Realisasi"
    states = [dialog.model.index(row, STATE).data() for row in range(dialog.model.rowCount())]
    assert states == ["Berubah", "Berubah", "Tidak diimpor", "Tidak diimpor"]
    box = dialog.bar.columns["spent"]
    box.setCurrentIndex(box.findText("C: Anggaran"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: dialog.seen.layout is not None and dialog.seen.layout.spent == 2)
    jobs.finish_all()
    dialog.confirm.click()
    assert session.state.cell("budget", "r1", "spent") == "16908184145"
    window.exchange.bring(path)
    qtbot.waitUntil(lambda: dialog not in dialogs(ImportDialog) and bool(dialogs(ImportDialog)))
    again = dialog_of(qtbot, ImportDialog)
    assert again.seen.layout is not None
    assert (again.seen.layout.spent, again.seen.empty) == (2, True)
    again.reject()


def choose(box: QComboBox, text: str) -> None:
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_headings_are_looked_for_again_in_another_sheet_or_with_another_mark(
    qtbot: QtBot, window: StepPanel, tmp_path: Path
) -> None:
    book = Workbook()
    plain, thousands = book.active, book.create_sheet("Ribuan")
    assert plain is not None
    for line in LRA.splitlines():
        plain.append(line.split(";"))
    for row in (
        [],
        ["", "(dalam ribuan rupiah)"],
        ["", *LRA.splitlines()[0].split(";")],
        ["", "6.01.01", "A", "5", "4"],
    ):
        thousands.append(row)
    book.save(tmp_path / "LRA.xlsx")
    window.exchange.bring(tmp_path / "LRA.xlsx")
    dialog = dialog_of(qtbot, ImportDialog)
    choose(dialog.bar.sheet, "Ribuan")
    qtbot.waitUntil(lambda: dialog.bar.columns["code"].currentText() == "B: Kode Rekening")
    assert dialog.bar.unit.currentData() == "ribu"
    choose(dialog.bar.sheet, "Sheet")
    qtbot.waitUntil(lambda: dialog.bar.columns["code"].currentText() == "A: Kode Rekening")
    assert dialog.bar.unit.currentData() == ""
    dialog.reject()


def test_the_unit_of_money_is_not_remembered_from_a_file_that_says_it(
    qtbot: QtBot, window: StepPanel, tmp_path: Path
) -> None:
    path = tmp_path / "LRA.csv"
    path.write_text(f"(dalam rupiah)\n{LRA}", "utf-8")
    window.exchange.bring(path)
    dialog = dialog_of(qtbot, ImportDialog)
    dialog.confirm.click()
    jobs.finish_all()
    path.write_text(f"(dalam ribuan rupiah)\n{LRA}", "utf-8")
    window.exchange.bring(path)
    qtbot.waitUntil(lambda: dialog not in dialogs(ImportDialog) and bool(dialogs(ImportDialog)))
    again = dialog_of(qtbot, ImportDialog)
    assert again.bar.unit.currentData() == "ribu"
    again.reject()


def test_rows_of_indicators_are_shown_and_imported_too(
    qtbot: QtBot, window: StepPanel, session: Session, tmp_path: Path
) -> None:
    path, before = tmp_path / "indikator.csv", session.state.rows("indicators")
    path.write_text("sasaran;indikator;target;realisasi\nS;Nilai baru;80;88,5\nS;Lain;1.234;\n", "utf-8")
    window.exchange.bring(path)
    dialog = dialog_of(qtbot, ImportDialog)
    assert not dialog.bar.isVisible()
    assert dialog.confirm.text() == "Impor 2 nilai"
    dialog.confirm.click()
    (new, other) = session.state.rows("indicators")[len(before) :]
    assert session.state.cell("indicators", new, "actual") == "88,5"
    assert session.state.cell("indicators", other, "target") == "1.234"


def test_a_workbook_of_other_indicators_is_no_return_of_a_unit(session: Session, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Sasaran", "Indikator kinerja", "Target", "Realisasi"])
    book.active.append(["S", "Nilai baru", 80, "88,5"])
    book.save(tmp_path / "daftar.xlsx")
    assert session.cycle is not None
    seen = look(session.cycle, tmp_path / "daftar.xlsx")
    assert (seen.kind, seen.importable) == ("indicators", 1)
    assert look(session.cycle, tmp_path / "daftar.xlsx", kind="unit-form").kind == "unit-form"


def test_unknown_codes_are_added_by_a_box_and_an_import_is_taken_back(
    qtbot: QtBot, window: StepPanel, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "LRA.csv"
    path.write_text(LRA, "utf-8")
    window.exchange.bring(path)
    dialog = dialog_of(qtbot, ImportDialog)
    assert dialog.adopt.text() == "Tambahkan 1 kode yang belum ada"
    before, rows = dialog.seen.importable, session.state.rows("budget")
    dialog.adopt.click()
    qtbot.waitUntil(lambda: dialog.seen.importable == before + 3)
    jobs.finish_all()
    dialog.confirm.click()
    assert len(session.state.rows("budget")) == len(rows) + 1
    strip = window.window().findChild(Strip)
    assert isinstance(strip, Strip)
    next(offer for offer in strip.findChildren(QPushButton) if offer.text() == "Urungkan").click()
    assert session.state.rows("budget") == rows
    assert session.state.cell("budget", "r1", "spent") == ""


def test_what_is_no_workbook_gets_a_sentence(qtbot: QtBot, window: StepPanel, tmp_path: Path) -> None:
    (tmp_path / "data.xlsx").write_bytes(b"%PDF-1.7 bukan buku kerja")
    window.exchange.bring(tmp_path / "data.xlsx")
    box = dialog_of(qtbot, QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "PDF" in box.text()
    box.close()


def test_one_click_writes_a_workbook_for_each_unit(
    qtbot: QtBot, window: StepPanel, session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "keluar"
    folder.mkdir()
    window.page.post.send.click()
    (dialog,) = dialogs(SendDialog)
    dialog.folder.setText(str(folder))
    assert dialog.confirm.text() == "Tulis 2 buku kerja"
    dialog.confirm.click()
    qtbot.waitUntil(lambda: session.state.cell("unit_forms", "r2", "sent") == "2027-02-02")
    jobs.finish_all()
    names = sorted(path.name for path in folder.iterdir())
    assert [name for name in names if name.endswith(".xlsx")] == [
        "Format Data LKIP 2026 Irban Wilayah I.xlsx",
        "Format Data LKIP 2026 Sekretariat.xlsx",
    ]
    assert "Belum kembali: Sekretariat, Irban Wilayah I." in window.page.post.owing.text()
    assert window.page.post.remind.isVisible()
    assert [file.name for file in session.state.files("form_template")] == ["Format Data Unit LKIP 2026.xlsx"]


def test_the_reports_are_attached_to_their_fields(qtbot: QtBot, session: Session, settings: Settings) -> None:
    host = column(qtbot)
    exchange = Exchange(session, host, DocumentActions(session, host, settings))
    exchange.keep_report("absorption", "budget_report")
    qtbot.waitUntil(lambda: bool(session.state.files("budget_report")))
    jobs.finish_all()
    assert session.state.files("budget_report")[0].name == "Laporan Realisasi Anggaran LKIP 2026.pdf"


def drop_on(window: QWidget, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, data, buttons, none)
    QApplication.sendEvent(window, entering)
    if entering.isAccepted():
        dropping = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, none)
        QApplication.sendEvent(window, dropping)
    return entering.isAccepted()


def test_a_workbook_dropped_on_the_window_is_looked_at(qtbot: QtBot, tmp_path: Path, settings: Settings) -> None:
    from db.files import CycleFiles
    from tests.exchange_office import Clock
    from ui.desk import Desk
    from ui.main_window import MainWindow

    cycle = cycle_at_forms(tmp_path)
    window = MainWindow(settings, lambda: Desk(CycleFiles(), Clock()))
    qtbot.addWidget(window)
    window.show()
    path = tmp_path / "LRA.csv"
    path.write_text(LRA, "utf-8")
    assert not drop_on(window, path)
    assert window.show_cycle(cycle)
    assert drop_on(window, path)
    dialog_of(qtbot, ImportDialog).reject()
    assert window.close_cycle()
    jobs.finish_all()


def test_a_long_preview_is_shown_before_all_its_rows_are_measured(qtbot: QtBot, tmp_path: Path) -> None:
    cycle = cycle_at_forms(tmp_path, figures=False)
    name = "Program dengan nama yang begitu panjang sehingga memerlukan dua baris"
    codes = (f"6.01.{number:04d}" for number in range(400))
    source = tmp_path / "LRA.csv"
    source.write_text("\n".join(["Kode;Uraian;Pagu;Realisasi", *(f"{code};{name};10;9" for code in codes)]), "utf-8")
    host = column(qtbot)
    dialog = ImportDialog(look(cycle, source), host)
    dialog.show()
    first, last = 0, dialog.filter.rowCount() - 1
    assert dialog.table.rowHeight(first) > dialog.table.rowHeight(last)
    qtbot.waitUntil(lambda: not dialog.heights.settling, timeout=10_000)
    assert dialog.table.rowHeight(first) == dialog.table.rowHeight(last)
    dialog.close()
    cycle.close()


def test_rows_are_as_high_as_they_need_in_the_shown_window(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    snapshot = replace(session.snapshot(), subject="r2")
    path = tmp_path / "balasan.xlsx"
    data = unit_form(snapshot, lambda done, total: True)
    path.write_bytes(edited(data, lambda sheet: write(sheet, 0, target="4")))
    host = column(qtbot)
    dialog = ImportDialog(look(session.cycle, path), host)
    dialog.resize(1400, 700)
    dialog.show()
    assert dialog.table.rowHeight(0) == dialog.table.sizeHintForRow(0)
    dialog.close()
