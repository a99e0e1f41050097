"""What the print dialog presets, explains and orders."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from lkip_desktop.printing.orders import Printer, PrintOrder
from lkip_desktop.printing.papers import Paper
from ui.documents.print_dialog import PrintDialog

A4 = Paper("A4", 210, 297, "A4")
LETTER = Paper("Letter", 215.9, 279.4, "Letter")
F4 = Paper("F4", 215, 330)
TU = Printer("TU", "Printer TU", stopped=False, papers=(LETTER, A4), usual=A4, custom=False, default=False)
LAIN = Printer("LAIN", "Lain", stopped=False, papers=(A4,), usual=A4, custom=True, default=True)


def shown(
    qtbot: QtBot, paper: Paper, *printers: Printer, last: tuple[str, str] = ("", ""), count: int = 3
) -> tuple[PrintDialog, QSignalSpy]:
    dialog = PrintDialog("Surat", paper, count, printers, last)
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
        "A4 (210 × 297 mm); untuk ukuran asli, simpan sebagai PDF."
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
