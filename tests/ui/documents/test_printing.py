"""What reaches a printer, on both ways: through `lp`, and painted."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from lkip_desktop.errors import Cancelled, EnvironmentProblem
from lkip_desktop.printing.orders import PrintOrder
from lkip_desktop.printing.papers import Paper
from tests.cups import Queue
from tests.ui.documents.conftest import A4, F4, pdf
from ui.documents import cups as queue
from ui.documents import printing
from ui.documents.printing import printers

A4_PAPER = Paper("A4", *A4, key="A4")
F4_PAPER = Paper("F4", *F4)
PIXELS_A_MM = 4


def watch(done: int, total: int) -> bool:
    return True


def sizes_mm(data: bytes) -> list[tuple[int, int]]:
    """Each page's size in whole millimetres."""
    document = pypdfium2.PdfDocument(data)
    pages = [document.get_page_size(index) for index in range(len(document))]
    document.close()
    return [(round(width * 25.4 / 72), round(height * 25.4 / 72)) for width, height in pages]


def texts(data: bytes, tmp_path: Path) -> list[str]:
    (tmp_path / "t.pdf").write_bytes(data)
    out = subprocess.run(["pdftotext", str(tmp_path / "t.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    return [page.strip() for page in out.split("\f")[:-1]]


def frame_mm(data: bytes, page: int = 0) -> list[float]:
    """Left, top, right and bottom of what is drawn on a page, in millimetres."""
    document = pypdfium2.PdfDocument(data)
    picture = document[page].render(scale=PIXELS_A_MM * 25.4 / 72, grayscale=True).to_pil()
    document.close()
    box = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    return [edge / PIXELS_A_MM for edge in box]


def both_ways(pdf_data: bytes, order: PrintOrder, way: str) -> None:
    if way == "lp":
        queue.print_by_lp(pdf_data, order)
    else:
        printing.print_by_painting(pdf_data, order, watch)


WAYS = pytest.mark.parametrize("way", ["lp", "painted"])


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


@WAYS
def test_what_arrives_has_the_pages_and_the_place_of_the_preview(cups: Queue, way: str) -> None:
    document = pdf(A4, A4)
    both_ways(document, PrintOrder(cups.name, "Surat & Pengantar", A4_PAPER), way)
    arrived = cups.printed()
    assert sizes_mm(arrived) == sizes_mm(document) == [(210, 297)] * 2
    assert frame_mm(arrived, 1) == pytest.approx(frame_mm(document, 1), abs=0.6)


@WAYS
def test_a_size_that_the_printer_does_not_list_is_kept(cups: Queue, way: str) -> None:
    document = pdf(F4)
    both_ways(document, PrintOrder(cups.name, "Surat", F4_PAPER), way)
    arrived = cups.printed()
    assert sizes_mm(arrived) == [(215, 330)]
    assert frame_mm(arrived) == pytest.approx(frame_mm(document), abs=0.6)


@WAYS
def test_a_page_fitted_to_another_paper_is_all_there_and_in_proportion(cups: Queue, way: str) -> None:
    both_ways(pdf(F4), PrintOrder(cups.name, "Surat", A4_PAPER, fit=True), way)
    arrived = cups.printed()
    assert sizes_mm(arrived) == [(210, 297)]
    left, top, right, bottom = frame_mm(arrived)
    assert (right - left) / (bottom - top) == pytest.approx((F4[0] - 40) / (F4[1] - 40), rel=0.01)
    assert left > 0
    assert right < 210
    assert 0.8 < (bottom - top) / (F4[1] - 40) < 0.95


@WAYS
def test_pages_that_lie_are_printed_whole(cups: Queue, way: str) -> None:
    wide = (A4[1], A4[0])
    both_ways(pdf(wide, A4), PrintOrder(cups.name, "Bagan", A4_PAPER), way)
    arrived = cups.printed()
    assert [sorted(size) for size in sizes_mm(arrived)] == [[210, 297]] * 2
    for page in range(2):
        left, top, right, bottom = frame_mm(arrived, page)
        assert sorted((right - left, bottom - top)) == pytest.approx([170, 257], abs=1.5)


@WAYS
def test_only_the_chosen_pages_are_printed(cups: Queue, way: str, tmp_path: Path) -> None:
    document = pdf(A4, F4, A4)
    both_ways(document, PrintOrder(cups.name, "Surat", A4_PAPER, pages=(1, 3)), way)
    arrived = cups.printed()
    assert len(sizes_mm(arrived)) == 2
    if way == "lp":
        assert texts(arrived, tmp_path) == ["Halaman 1", "Halaman 3"]


def test_text_stays_text_through_lp(cups: Queue, tmp_path: Path) -> None:
    queue.print_by_lp(pdf(A4), PrintOrder(cups.name, "Surat", A4_PAPER))
    assert texts(cups.printed(), tmp_path) == ["Halaman 1"]


def test_lp_is_told_copies_pages_paper_and_scaling() -> None:
    command = queue.lp_command(PrintOrder("TU", "Surat", F4_PAPER, copies=3, pages=(1, 4), fit=False))
    assert command == [
        *("lp", "-d", "TU", "-n", "3", "-t", "Surat", "-P", "1,4"),
        *("-o", "media=Custom.215x330mm", "-o", "print-scaling=none"),
        *("-o", "collate=true", "-o", "sides=one-sided", "-"),
    ]


def test_this_system_prints_through_lp(cups: Queue) -> None:
    printing.send(pdf(A4), PrintOrder(cups.name, "Surat", A4_PAPER), watch)
    assert b"/Font" in cups.printed()


def test_without_lp_the_document_is_painted(cups: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not queue.has_lp()
    printing.send(pdf(A4), PrintOrder(cups.name, "Surat", A4_PAPER), watch)
    monkeypatch.undo()
    arrived = cups.printed()
    assert sizes_mm(arrived) == [(210, 297)]


def test_a_queue_that_takes_no_jobs_gives_a_sentence(cups: Queue) -> None:
    cups.reject()
    try:
        with pytest.raises(EnvironmentProblem, match=r"Printer “TU” tidak menerima .* simpan sebagai PDF"):
            queue.print_by_lp(pdf(A4), PrintOrder(cups.name, "Surat", A4_PAPER))
    finally:
        cups.accept()


def test_an_unknown_printer_gives_a_sentence(cups: Queue) -> None:
    with pytest.raises(EnvironmentProblem, match="Printer “Hilang” tidak menerima"):
        queue.print_by_lp(pdf(A4), PrintOrder("Hilang", "Surat", A4_PAPER))


def test_the_desktop_tells_papers_and_whether_the_printer_stands_still(cups: Queue) -> None:
    (printer,) = printers()
    assert [paper.name for paper in printer.papers] == ["A4", "Letter"]
    assert (printer.name, printer.usual.key, printer.default, printer.stopped) == ("TU", "A4", True, False)
    assert printer.paper_like(F4_PAPER) is None
    cups.stop()
    try:
        assert printers()[0].stopped
    finally:
        cups.resume()


def test_painting_on_a_file_keeps_size_and_place(tmp_path: Path) -> None:
    target = QPrinter(QPrinter.PrinterMode.HighResolution)
    target.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    target.setOutputFileName(str(tmp_path / "out.pdf"))
    document = pdf(F4, F4)
    printing.paint(document, PrintOrder("", "Surat", F4_PAPER), target, watch)
    assert target.resolution() == printing.MAX_DPI
    written = (tmp_path / "out.pdf").read_bytes()
    assert sizes_mm(written) == [(215, 330)] * 2
    assert frame_mm(written) == pytest.approx(frame_mm(document), abs=0.6)


def test_painting_that_is_stopped_sends_no_further_page(cups: Queue) -> None:
    order = PrintOrder(cups.name, "Surat", A4_PAPER)
    with pytest.raises(Cancelled):
        printing.print_by_painting(pdf(A4, A4, A4), order, lambda done, total: done < 1)
    assert len(sizes_mm(cups.printed())) == 1
