"""Printing in the window on real queues: several letters, the queue's answers, what is noted, what goes wrong."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton

from lkip_desktop import office
from lkip_desktop.documents.catalog import Made
from lkip_desktop.documents.kinds import PDF
from lkip_desktop.printing.offsets import Offset
from lkip_desktop.workflow.events import Act, Draft, Event
from tests.cups import Queue
from tests.ui.documents.conftest import A4, F4, pdf
from tests.ui.documents.test_actions import Office, texts
from tests.ui.documents.test_actions import desktop as desktop
from tests.ui.documents.test_actions import place as place
from tests.ui.documents.test_printing import frame_mm, sizes_mm
from ui import jobs
from ui.documents.offset_dialog import OffsetDialog
from ui.documents.print_dialog import PrintDialog
from ui.documents.strip import Strip


def prints(place: Office) -> list[Event]:
    return [event for event in place.session.cycle.store.events() if event.act is Act.PRINTED]


def made(*sizes: tuple[float, float]) -> Made:
    return Made(pdf(*sizes), "Surat uji.pdf", PDF)


def offered(widget: Strip) -> list[str]:
    return [button.text() for button in widget.findChildren(QPushButton) if button.isVisible()]


def test_finished_bytes_are_printed_and_noted_with_their_letter(cups: Queue, place: Office) -> None:
    place.documents.print_bytes(made(A4, A4, A4), "cover-letter", 7)
    dialog = place.find(PrintDialog)
    dialog.pages.setText("1,3")
    dialog.copies.setValue(2)
    place.press(PrintDialog, "Cetak")
    arrived = cups.printed()
    assert len(sizes_mm(arrived)) in (2, 4)
    (event,) = prints(place)
    assert (event.data["letter"], event.data["pages"], event.data["copies"]) == (7, "1,3", 2)


def test_the_strip_follows_the_queue_and_takes_a_job_back(cups: Queue, place: Office) -> None:
    cups.stop()
    try:
        place.documents.print_bytes(made(A4), "cover-letter")
        assert "sedang berhenti" in place.find(PrintDialog).note.text()
        place.press(PrintDialog, "Cetak")
        strip = place.find(Strip)
        place.wait_until(lambda: "printer sedang berhenti" in texts(strip))
        assert strip.property("role") == "notice-warn"
        assert offered(strip) == ["Batalkan cetak", "Tutup"]
        place.press(Strip, "Batalkan cetak")
        place.wait_until(lambda: texts(strip).endswith("dibatalkan."))
    finally:
        cups.resume()
    assert not cups.file.exists()


def test_a_printer_taken_away_while_printing_loses_nothing(cups: Queue, place: Office) -> None:
    other = cups.add("SEMENTARA")
    other.stop()
    place.documents.print_bytes(made(A4), "cover-letter")
    dialog = place.find(PrintDialog)
    dialog.printer.setCurrentIndex(next(i for i in range(2) if dialog.printer.itemData(i).name == other.name))
    place.press(PrintDialog, "Cetak")
    strip = place.find(Strip)
    place.wait_until(lambda: "berhenti" in texts(strip))
    other.remove()
    place.wait_until(lambda: "printernya sudah tidak ada" in texts(strip))
    assert "Data siklus tidak berubah" in texts(strip)
    assert offered(strip) == ["Cetak lagi…", "Simpan PDF…", "Tutup"]
    place.press(Strip, "Simpan PDF…")
    place.save_as("Surat.pdf")
    assert (place.folder / "Surat.pdf").read_bytes() == made(A4).data


def test_a_refusal_offers_to_save_the_same_bytes(cups: Queue, place: Office) -> None:
    cups.reject()
    try:
        place.documents.print_bytes(made(A4), "cover-letter")
        place.press(PrintDialog, "Cetak")
        assert "simpan sebagai PDF" in texts(place.find(QMessageBox))
        place.press(QMessageBox, "Simpan PDF…")
    finally:
        cups.accept()
    place.save_as("Surat.pdf")
    assert (place.folder / "Surat.pdf").read_bytes() == made(A4).data
    assert prints(place) == []


def test_all_letters_of_a_step_are_printed_at_once(cups: Queue, place: Office) -> None:
    step = place.session.state.step
    assert step is not None
    wanted = place.documents.letters_of(step)
    assert wanted
    place.documents.print_step(step)
    place.press(PrintDialog, "Cetak")
    strip = place.find(Strip)
    place.wait_until(lambda: "selesai dicetak" in texts(strip))
    assert [event.data["kind"] for event in prints(place)] == [kind for kind, _ in wanted]
    cups.printed()


def test_a_batch_on_two_papers_keeps_each_size(cups: Queue, place: Office) -> None:
    second = cups.add()
    try:
        from ui.documents.work import Finished

        batch = (Finished(made(A4), "cover-letter"), Finished(made(F4, F4), "disposition"))
        place.documents._sending.ask_many(batch, "Semua surat langkah 8", "step")
        dialog = place.find(PrintDialog)
        dialog.printer.setCurrentIndex(next(i for i in range(2) if dialog.printer.itemData(i).name == second.name))
        assert not dialog.papers.isVisible()
        assert not dialog.note.isVisible()
        second.stop()
        place.press(PrintDialog, "Cetak")
        strip = place.find(Strip)
        place.wait_until(lambda: "2 menunggu karena printer berhenti" in texts(strip))
        assert texts(strip).startswith("2 surat dikirim ke printer F4")
        asked = second.run("lpstat", "-o", second.name)
        assert asked.count(second.name) == 2
        media = [line for line in second.socket.with_name("log").read_text().splitlines() if "Create-Job" in line]
        assert len(media) >= 2
    finally:
        second.remove()
    assert [event.data["kind"] for event in prints(place)] == ["cover-letter", "disposition"]


def test_an_issued_letter_is_printed_as_it_was_issued(cups: Queue, place: Office) -> None:
    frozen = pdf(A4, A4)
    words = b"Surat Pengantar"
    digest, text = (hashlib.sha256(data).hexdigest() for data in (frozen, words))
    signer = {"name": "Drs. A", "rank": "", "nip": "", "title": "Inspektur", "authority": ""}
    data = {
        "kind": "cover-letter",
        "subject": "",
        "number": "700/1/2027",
        "sequence": 1,
        "year": 2027,
        "date": "2027-02-26",
        "version": 1,
        "replaces": 0,
        "about": "LKIP",
        "recipient": "Bupati",
        "signer": signer,
        "head": "0" * 8,
        "text_sha256": text,
        "name": "Surat terbit.pdf",
        "sha256": digest,
        "size": len(frozen),
        "media_type": PDF,
    }
    issued = place.session.act(
        lambda cycle, who: cycle.record(Draft(who, Act.ISSUED, data), {digest: frozen, text: words})
    )
    assert isinstance(issued, office.Changed)
    place.documents.export("cover-letter")
    place.save_as("Surat.pdf")
    assert (place.folder / "Surat.pdf").read_bytes() == frozen
    place.documents.print_document("cover-letter")
    place.press(PrintDialog, "Cetak")
    assert len(sizes_mm(cups.printed())) == 2
    assert prints(place)[-1].data["letter"] == issued.event.seq


def test_an_offset_is_kept_for_its_printer_and_shifts_what_it_prints(cups: Queue, place: Office) -> None:
    place.documents.print_bytes(made(A4), "cover-letter")
    dialog = place.find(PrintDialog)
    dialog.shift.click()
    offset = place.find(OffsetDialog)
    offset.ruler.click()
    jobs.finish_all()
    ruler = cups.printed()
    assert sizes_mm(ruler) == [(210, 297)]
    assert prints(place) == []
    offset.right.setValue(3)
    offset.down.setValue(-2)
    offset.keep.click()
    assert place.settings.offset("TU") == Offset(3, -2)
    assert place.settings.offset("LAIN") == Offset()
    place.press(PrintDialog, "Cetak")
    left, top, _, _ = frame_mm(cups.printed())
    old = frame_mm(made(A4).data)
    assert (left - old[0], top - old[1]) == pytest.approx((3, -2), abs=0.3)


def test_pages_that_are_no_pdf_are_told_in_a_sentence(place: Office) -> None:
    place.documents.print_bytes(Made(b"kosong", "Surat.pdf", PDF), "cover-letter")
    assert "bukan PDF yang utuh" in texts(place.find(QMessageBox))
    place.press(QMessageBox, "Tutup")


def test_a_read_only_cycle_is_printed_without_a_note(cups: Queue, place: Office, tmp_path: Path) -> None:
    place.session.cycle.store.read_only = True
    place.documents.print_bytes(made(A4), "cover-letter")
    place.press(PrintDialog, "Cetak")
    cups.printed()
    assert prints(place) == []
    place.session.cycle.store.read_only = False
