"""What the print dialog presets, explains and orders."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from lkip_desktop.printing.offsets import NO_OFFSET, Offset
from lkip_desktop.printing.orders import Printer, PrintOrder, Sides, Tray
from lkip_desktop.printing.papers import Paper
from ui.documents.offset_dialog import OffsetDialog
from ui.documents.print_dialog import PrintDialog, PrintSubject

A4 = Paper("A4", 210, 297, "A4")
LETTER = Paper("Letter", 215.9, 279.4, "Letter")
F4 = Paper("F4", 215, 330)
TU = Printer("TU", "Printer TU", stopped=False, papers=(LETTER, A4), usual=A4, custom=False, default=False)
LAIN = Printer("LAIN", "Lain", stopped=False, papers=(A4,), usual=A4, custom=True, default=True)


def shown(
    qtbot: QtBot, paper: Paper, *printers: Printer, last: tuple[str, str] = ("", ""), count: int = 3
) -> tuple[PrintDialog, QSignalSpy]:
    return opened(qtbot, PrintSubject("Surat", (paper,), count), *printers, last=last)


def opened(
    qtbot: QtBot, subject: PrintSubject, *printers: Printer, last: tuple[str, str] = ("", "")
) -> tuple[PrintDialog, QSignalSpy]:
    dialog = PrintDialog(subject, printers, last)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog, QSignalSpy(dialog.ordered)


def test_enter_prints_all_on_the_usual_printer(qtbot: QtBot) -> None:
    dialog, orders = shown(qtbot, Paper("A4", 210, 297), TU, LAIN)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert orders.at(0) == [PrintOrder("LAIN", "Surat", A4)]
    assert not dialog.isVisible()


def test_the_last_printer_comes_first(qtbot: QtBot) -> None:
    dialog, orders = shown(qtbot, A4, TU, LAIN, last=("TU", ""))
    assert not dialog.note.isVisible()
    dialog.pages.setText("2-3")
    dialog.copies.setValue(4)
    dialog.go.click()
    assert orders.at(0) == [PrintOrder("TU", "Surat", A4, 4, (2, 3))]


def test_a_printer_that_is_gone_is_not_missed(qtbot: QtBot) -> None:
    dialog, _ = shown(qtbot, A4, TU, last=("Lama", ""))
    assert dialog.printer.currentText() == "Printer TU"


def test_a_printer_without_the_paper_says_so_and_fits(qtbot: QtBot) -> None:
    dialog, orders = shown(qtbot, F4, TU)
    assert dialog.note.isVisible()
    assert dialog.note.text() == (
        "Printer ini tidak mendaftarkan kertas F4 (215 × 330 mm). Isi halaman disesuaikan agar muat di "
        "A4 (210 × 297 mm), jadi ukurannya berubah."
    )
    dialog.go.click()
    assert orders.at(0) == [PrintOrder("TU", "Surat", A4, fit=True)]


def test_a_printer_that_takes_any_size_offers_the_documents_own(qtbot: QtBot) -> None:
    dialog, orders = shown(qtbot, F4, LAIN)
    dialog.papers.setCurrentText("F4 (215 × 330 mm)")
    assert "pastikan kertas itu sudah dipasang" in dialog.note.text()
    dialog.go.click()
    assert orders.at(0) == [PrintOrder("LAIN", "Surat", F4, fit=False)]


def test_the_paper_used_last_time_stands_in_for_the_missing_one(qtbot: QtBot) -> None:
    dialog, _ = shown(qtbot, F4, LAIN, last=("LAIN", str(F4)))
    assert dialog.papers.currentText() == str(F4)


def test_another_paper_than_the_documents_is_explained(qtbot: QtBot) -> None:
    dialog, orders = shown(qtbot, A4, TU)
    dialog.papers.setCurrentText(str(LETTER))
    assert dialog.note.text().startswith("Isi halaman disesuaikan agar muat di Letter")
    dialog.go.click()
    assert orders.at(0)[0].fit


def test_wrong_pages_are_told_and_nothing_is_printed(qtbot: QtBot) -> None:
    dialog, orders = shown(qtbot, A4, TU)
    dialog.pages.setText("9")
    dialog.go.click()
    assert dialog.problem.text() == "Halaman 9 tidak ada; dokumen ini mempunyai halaman 1 sampai 3."
    assert dialog.isVisible()
    assert orders.count() == 0


def test_a_printer_that_stands_still_is_told(qtbot: QtBot) -> None:
    still = Printer("TU", "Printer TU", stopped=True, papers=(A4,), usual=A4, custom=False, default=True)
    dialog, _ = shown(qtbot, A4, still)
    assert dialog.printer.currentText() == "Printer TU (berhenti)"
    assert "menunggu dalam antrean" in dialog.note.text()


def test_without_a_printer_there_is_a_sentence_and_pdf(qtbot: QtBot) -> None:
    dialog, orders = shown(qtbot, A4)
    assert "belum mempunyai printer" in dialog.note.text()
    assert not dialog.go.isEnabled()
    with qtbot.waitSignal(dialog.saveRequested):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert orders.count() == 0


def test_the_own_size_can_be_kept_on_another_paper(qtbot: QtBot) -> None:
    dialog, orders = shown(qtbot, F4, TU)
    assert dialog.scale.currentText() == "Sesuaikan dengan kertas"
    dialog.scale.setCurrentText("Ukuran asli")
    assert "terpotong di A4" in dialog.note.text()
    dialog.go.click()
    assert orders.at(0) == [PrintOrder("TU", "Surat", A4, fit=False)]


FULL = Printer(
    *("F4", "Printer F4", False, (A4, Paper("F4", 215, 330, "F4")), A4, False, True),
    sides=tuple(Sides),
    trays=(Tray("auto", "Otomatis"), Tray("tray-2", "Baki 2")),
)


def test_everything_that_the_printer_can_do_is_ordered(qtbot: QtBot) -> None:
    dialog, orders = shown(qtbot, F4, FULL)
    assert not dialog.note.isVisible()
    assert not dialog.collate.isEnabled()
    dialog.copies.setValue(2)
    dialog.collate.click()
    dialog.pages.setText("1,3")
    dialog.sides.setCurrentText("Dua sisi, dijilid di sisi panjang")
    dialog.trays.setCurrentText("Baki 2")
    dialog.grey.click()
    dialog.go.click()
    (order,) = orders.at(0)
    assert (order.paper.key, order.fit, order.pages) == ("F4", False, (1, 3))
    assert (order.copies, order.collate, order.sides, order.tray, order.grey) == (2, False, Sides.LONG, "tray-2", True)


def test_what_the_printer_cannot_do_is_not_asked(qtbot: QtBot) -> None:
    plain = Printer("TU", "TU", False, (A4,), A4, custom=False, default=True, colour=False)
    dialog, orders = shown(qtbot, A4, plain, count=1)
    for field in (dialog.sides, dialog.trays, dialog.grey, dialog.pages):
        assert not field.isVisible()
    dialog.go.click()
    assert orders.at(0) == [PrintOrder("TU", "Surat", A4)]


def test_letters_on_different_papers_each_go_on_their_own(qtbot: QtBot) -> None:
    dialog, orders = opened(qtbot, PrintSubject("Semua surat langkah 8", (A4, F4), 3), TU)
    assert not dialog.papers.isVisible()
    assert not dialog.pages.isVisible()
    assert not dialog.save.isVisible()
    assert "kertas F4 (215 × 330 mm)" in dialog.note.text()
    dialog.go.click()
    assert orders.count() == 1


def test_the_offset_of_a_printer_is_asked_for_by_its_name(qtbot: QtBot) -> None:
    dialog, _ = shown(qtbot, A4, TU)
    asked = QSignalSpy(dialog.offsetRequested)
    dialog.shift.click()
    assert asked.at(0) == ["TU", A4]


def test_an_offset_is_set_in_millimetres(qtbot: QtBot) -> None:
    dialog = OffsetDialog("TU", Offset(1.5, 0))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    kept = QSignalSpy(dialog.kept)
    assert dialog.right.value() == 1.5
    dialog.down.setValue(-0.5)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert kept.at(0) == [Offset(1.5, -0.5)]
    dialog.none.click()
    assert dialog.offset() == NO_OFFSET


@pytest.mark.parametrize(("paper", "printer"), [(F4, FULL), (A4, TU), (F4, TU)], ids=["full", "plain", "note"])
def test_all_of_the_dialog_is_seen_and_fits_the_screen(qtbot: QtBot, paper: Paper, printer: Printer) -> None:
    dialog, _ = shown(qtbot, paper, printer)
    assert dialog.height() <= dialog.screen().availableSize().height()
    area = dialog.findChild(QScrollArea)
    assert area is not None
    assert area.verticalScrollBar().maximum() == 0
    for field in (dialog.printer, dialog.copies, dialog.grey, dialog.go):
        assert field.mapTo(dialog, field.rect().bottomRight()).y() < dialog.height()
