"""Two real queues with different papers: what is offered, what arrives, and what the queue answers."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from lkip_desktop.documents.ruler_page import CROSS, ruler_page
from lkip_desktop.errors import EnvironmentProblem
from lkip_desktop.printing.fitting import first_choice, warning
from lkip_desktop.printing.offsets import Offset
from lkip_desktop.printing.orders import Printer, PrintOrder, Sides
from lkip_desktop.printing.papers import Paper
from lkip_desktop.printing.queue import JobState, QueueAnswer
from tests.cups import Queue
from tests.ui.documents.conftest import A4, F4, pdf
from tests.ui.documents.test_printing import WAYS, both_ways, frame_mm, sizes_mm, watch
from ui.documents import cups as queue
from ui.documents import printing
from ui.documents.shifted import shifted

A4_PAPER = Paper("A4", *A4, key="A4")
FOLIO = (210.0, 330.0)


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


@pytest.fixture
def second(cups: Queue) -> Iterator[Queue]:
    """A printer that has F4 in both readings; the first one has not."""
    made = cups.add()
    yield made
    made.remove()


def known(name: str) -> Printer:
    trays = printing.find_trays(printing.printer_names())
    return next(printer for printer in printing.printers(trays) if printer.name == name)


def as_pdf(postscript: bytes, folder: Path) -> bytes:
    (folder / "arrived.ps").write_bytes(postscript)
    subprocess.run(["ps2pdf", "arrived.ps", "arrived.pdf"], cwd=folder, check=True, capture_output=True)
    return (folder / "arrived.pdf").read_bytes()


def ends_as(answer: QueueAnswer, state: JobState) -> None:
    end = time.monotonic() + 20
    while queue.where(answer).state is not state:
        assert time.monotonic() < end, queue.where(answer)
        time.sleep(0.05)


def test_what_a_printer_can_do_is_known(second: Queue) -> None:
    printer = known(second.name)
    assert [str(paper) for paper in printer.papers] == [
        "A4 (210 × 297 mm)",
        "F4 (215 × 330 mm)",
        "F4 (210 × 330 mm)",
    ]
    assert [paper.key for paper in printer.papers] == ["A4", "F4", "Folio"]
    assert printer.sides == tuple(Sides)
    assert [tray.words for tray in printer.trays] == ["Otomatis", "Baki 1", "Baki 2"]
    assert not printer.custom
    assert known("TU").trays == ()


@pytest.mark.parametrize(("size", "key"), [(F4, "F4"), (FOLIO, "Folio")])
def test_each_reading_of_f4_goes_on_its_own_paper(
    second: Queue, size: tuple[float, float], key: str, tmp_path: Path
) -> None:
    printer, own = known(second.name), Paper("F4", *size)
    paper = first_choice(printer, own)
    assert paper.key == key
    assert warning(printer, own, paper, fit=False) == ""
    document = pdf(size, size)
    queue.print_by_lp(document, PrintOrder(second.name, "Surat", paper))
    arrived = second.printed()
    bounds = re.search(rb"^%%BoundingBox: 0 0 ([0-9]+) ([0-9]+)", arrived, re.MULTILINE)
    assert bounds is not None
    assert [round(int(side) * 25.4 / 72) for side in bounds.groups()] == pytest.approx(size, abs=1)
    assert frame_mm(as_pdf(arrived, tmp_path)) == pytest.approx(frame_mm(document), abs=0.8)


def test_the_printer_without_f4_says_so(second: Queue) -> None:
    printer = known("TU")
    text = warning(printer, Paper("F4", *F4), first_choice(printer, Paper("F4", *F4)), fit=True)
    assert "tidak mendaftarkan kertas F4 (215 × 330 mm)" in text


def test_sides_tray_and_grey_reach_the_printer(second: Queue) -> None:
    order = PrintOrder(second.name, "Surat", A4_PAPER, sides=Sides.SHORT, tray="tray-2", grey=True)
    queue.print_by_lp(pdf(A4, A4), order)
    arrived = second.printed()
    for feature in (b"Duplex DuplexTumble", b"InputSlot Tray2", b"ColorModel Gray"):
        assert b"%%BeginFeature: *" + feature in arrived
    queue.print_by_lp(pdf(A4), replace(order, sides=Sides.ONE, tray="", grey=False))
    plain = second.printed()
    for feature in (b"Duplex None", b"InputSlot Auto", b"ColorModel RGB"):
        assert b"%%BeginFeature: *" + feature in plain


@pytest.mark.parametrize(("collate", "pages", "copies"), [(True, 4, b""), (False, 2, b"numcopies(2)")])
def test_copies_are_sorted_or_not(second: Queue, collate: bool, pages: int, copies: bytes) -> None:
    queue.print_by_lp(pdf(A4, A4), PrintOrder(second.name, "Surat", A4_PAPER, copies=2, collate=collate))
    arrived = second.printed()
    assert len(re.findall(rb"^%%Page: ", arrived, re.MULTILINE)) == pages
    assert copies in arrived


@WAYS
@pytest.mark.parametrize("size", [A4, (A4[1], A4[0])], ids=["upright", "lying"])
def test_an_offset_shifts_the_picture_on_the_sheet(cups: Queue, way: str, size: tuple[float, float]) -> None:
    order = PrintOrder(cups.name, "Surat", A4_PAPER)
    document = pdf(size)
    boxes = []
    for offset in (Offset(), Offset(4, -3)):
        moved = replace(order, offset=offset)
        both_ways(shifted(document, offset) if way == "lp" else document, moved, way)
        arrived = cups.printed()
        assert [sorted(sheet) for sheet in sizes_mm(arrived)] == [[210, 297]]
        boxes.append(upright(arrived))
    for edge, by in zip(range(4), (4, -3, 4, -3), strict=True):
        assert boxes[1][edge] - boxes[0][edge] == pytest.approx(by, abs=0.6)


def upright(data: bytes) -> list[float]:
    """The frame on the sheet as it leaves the printer: a lying page is turned left."""
    document = pypdfium2.PdfDocument(data)
    width, height = document[0].get_size()
    document.close()
    left, top, right, bottom = frame_mm(data)
    return [top, width * 25.4 / 72 - right, bottom, width * 25.4 / 72 - left] if width > height else [
        left, top, right, bottom
    ]  # fmt: skip


def test_without_an_offset_the_bytes_stay_as_they_are() -> None:
    document = pdf(A4)
    assert shifted(document, Offset()) is document


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_shifted_as_it_is_seen(rotation: int, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(pdf((150, 150)))
    page = document[0]
    page.set_rotation(rotation)
    document.save(tmp_path / "turned.pdf")
    document.close()
    before = (tmp_path / "turned.pdf").read_bytes()
    after = shifted(before, Offset(5, 2))
    assert sizes_mm(after) == [(150, 150)]
    moved = [new - old for new, old in zip(frame_mm(after), frame_mm(before), strict=True)]
    assert moved == pytest.approx([5, 2, 5, 2], abs=0.3)


@WAYS
def test_the_ruler_page_arrives_in_its_size(cups: Queue, way: str) -> None:
    ruler = ruler_page(*A4, "A4 (210 × 297 mm)", "Printer TU")
    both_ways(ruler, PrintOrder(cups.name, "Halaman penggaris", A4_PAPER), way)
    arrived = cups.printed()
    document = pypdfium2.PdfDocument(arrived)
    picture = document[0].render(scale=4 * 25.4 / 72, grayscale=True).to_pil().point(lambda grey: 255 * (grey < 128))
    document.close()
    # The long strokes of the cross meet where the words say; between the marks of 30 and 60 mm nothing else is there.
    assert picture.crop((120, 170, 300, 240)).getbbox() is not None
    left, top, right, bottom = picture.crop((4 * 35, 4 * 40, 4 * 65, 4 * 60)).getbbox()
    assert (left + right) / 8 + 35 == pytest.approx(CROSS, abs=0.4)
    assert (top + bottom) / 8 + 40 == pytest.approx(CROSS, abs=0.4)


def test_the_ruler_page_measures_itself() -> None:
    document = pypdfium2.PdfDocument(ruler_page(*F4, "F4 (215 × 330 mm)"))
    text = document[0].get_textpage().get_text_range()
    assert document[0].get_size() == pytest.approx((F4[0] * 72 / 25.4, F4[1] * 72 / 25.4))
    document.close()
    for words in ("Halaman penggaris", "kertas F4 (215 × 330 mm)", "100 mm", "310"):
        assert words in text


def test_the_queue_answers_where_a_job_stands(cups: Queue) -> None:
    cups.stop()
    try:
        waiting = queue.print_by_lp(pdf(A4), PrintOrder(cups.name, "Surat", A4_PAPER))
        taken_back = queue.print_by_lp(pdf(A4), PrintOrder(cups.name, "Surat", A4_PAPER))
        ends_as(waiting, JobState.STOPPED)
        assert queue.cancel(taken_back)
        ends_as(taken_back, JobState.CANCELLED)
    finally:
        cups.resume()
    ends_as(waiting, JobState.DONE)
    cups.printed()


def test_a_printer_taken_away_while_a_job_waits_is_told(cups: Queue) -> None:
    other = cups.add("SEMENTARA")
    other.stop()
    answer = queue.print_by_lp(pdf(A4), PrintOrder(other.name, "Surat", A4_PAPER))
    other.remove()
    ends_as(answer, JobState.GONE)
    with pytest.raises(EnvironmentProblem, match="printer itu sudah tidak ada"):
        queue.print_by_lp(pdf(A4), PrintOrder(other.name, "Surat", A4_PAPER))
    with pytest.raises(EnvironmentProblem, match="printer itu sudah tidak ada"):
        printing.print_by_painting(pdf(A4), PrintOrder(other.name, "Surat", A4_PAPER), watch)


def test_somebody_who_may_not_print_gets_a_sentence(second: Queue) -> None:
    second.refuse_everybody()
    with pytest.raises(EnvironmentProblem, match=r"akun ini tidak diizinkan.*Data siklus tidak berubah"):
        queue.print_by_lp(pdf(A4), PrintOrder(second.name, "Surat", A4_PAPER))


def test_a_size_that_is_put_back_is_noticed_before_anything_is_printed(tmp_path: Path) -> None:
    target = QPrinter(QPrinter.PrinterMode.HighResolution)
    target.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    target.setOutputFileName(str(tmp_path / "out.pdf"))
    target.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, target.pageLayout().margins())
    )
    with pytest.raises(EnvironmentProblem, match=r"mengganti kertas F4 \(215 × 330 mm\) dengan A4"):
        printing._require_paper(target, PrintOrder("TU", "Surat", Paper("F4", *F4)))
