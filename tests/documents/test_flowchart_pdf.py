"""The printed flowchart, read back with other programs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lkip_desktop.documents.flowchart import (
    LEAST_SCALE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    ChartMeta,
    flowchart_pdf,
    sop_meta,
)
from lkip_desktop.sop.model import Edge, Shape
from lkip_desktop.workflow.chart import Chart, RowKind, RowState
from tests.documents import pdf
from tests.factories import TEN, long_sop, make_sop, make_step

IDS = [row[0] for row in TEN]
META = ChartMeta(
    "Status Siklus LKIP 2026",
    "INSPEKTORAT KABUPATEN SERANG",
    (("Nomor SOP", "700230/Insp/2025"), ("Dicetak", "16 Februari 2027")),
    "Langkah 6 dari 10: giliran Sekretaris, putaran 2, terlambat.",
    "LKIP-2026",
)
CHART = Chart(
    {step: RowState(RowKind.DONE, False, 1, "3 Feb", "Dewi Lestari") for step in IDS[:5]}
    | {"koreksi": RowState(RowKind.CURRENT, True, 2, "", "Sekretaris")}
    | {step: RowState() for step in IDS[6:]},
    frozenset((step, "") for step in IDS[:5]),
)


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    return pdf.kept(flowchart_pdf(make_sop(), None, sop_meta(make_sop())), tmp_path, "bagan.pdf")


@pytest.fixture
def status(tmp_path: Path) -> Path:
    return pdf.kept(flowchart_pdf(make_sop(), CHART, META), tmp_path, "status.pdf")


def test_other_programs_find_nothing_wrong(blank: Path, status: Path) -> None:
    for path in (blank, status):
        pdf.run("qpdf", "--check", str(path))
        assert pdf.fonts(path)
        assert all(embedded for _, embedded in pdf.fonts(path))


def test_the_page_is_landscape_a4_with_title_and_author(blank: Path) -> None:
    info = pdf.info(blank)
    assert info["Page size"].startswith("841.89 x 595.276 pts (A4)")
    assert info["Title"] == f"SOP {make_sop().cover.name.clean}"
    assert info["Author"] == "INSPEKTORAT KABUPATEN SERANG"
    assert info["Subject"] == ""
    assert re.search(rb"/Lang \(id-ID\)", blank.read_bytes())


def test_the_ten_steps_are_whole_on_one_page(blank: Path) -> None:
    assert pdf.pages(blank) == 1
    text = plain(pdf.text(blank, "-raw"))
    sop = make_sop()
    for step in sop.steps:
        assert plain(step.activity.clean) in text
        assert plain(step.output.clean) in text
    for words in (sop.cover.number, sop.cover.revised, "Total 10 Hari", "Mutu Baku", "Diterima"):
        assert words in text
    assert text.count("Tidak") == text.count("Ya") == 2


def test_the_status_says_it_in_words(status: Path) -> None:
    assert pdf.pages(status) <= 2
    text = plain(pdf.text(status, "-raw"))
    assert META.sentence in text
    for words in ("Dicetak", "16 Februari 2027", "Giliran Sekretaris, putaran 2", "Selesai 3 Feb oleh Dewi Lestari"):
        assert words in text
    for words in ("Selesai", "Sekarang", "Dikembalikan", "Belum", "Terlambat", "Sudah dilalui"):
        assert words in text
    assert all(plain(step.activity.clean) in text for step in make_sop().steps)


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert flowchart_pdf(make_sop(), CHART, META) == flowchart_pdf(make_sop(), CHART, META)


def test_issued_wording_is_printed_where_asked(tmp_path: Path) -> None:
    sop = make_sop()
    path = pdf.kept(flowchart_pdf(sop, None, sop_meta(sop), issued=True), tmp_path)
    assert "Penanggung Jawab" in pdf.text(path)
    assert "Analisis" in pdf.text(path)


def test_a_long_sop_goes_on_over_pages_with_connectors(tmp_path: Path) -> None:
    sop = long_sop(40)
    path = pdf.kept(flowchart_pdf(sop, None, sop_meta(sop)), tmp_path)
    pages = pdf.pages(path)
    assert pages > 2
    numbers: list[str] = []
    for page in range(1, pages + 1):
        text = plain(pdf.text(path, "-raw", "-f", str(page), "-l", str(page)))
        assert f"Halaman {page} dari {pages}" in text
        assert ("Lanjut ke langkah" in text) == (page < pages)
        assert "Dari langkah" in text or page == 1
        assert ("Total" in text) == (page == pages)
        numbers += re.findall(r"(?<![\w.])(\d+) (?:Memerintahkan|Membuat|Menganalisa|Menyelenggarakan)", text)
    assert numbers == sorted(numbers, key=int)


def test_text_stays_readable(blank: Path, status: Path) -> None:
    """Seven points is the least; the height that pdftotext gives a word grows with its type size."""
    smallest = 12 * LEAST_SCALE
    for path in (blank, status):
        heights = [(word.bottom - word.top) * 72 / 25.4 for word in pdf.words(path)]
        assert min(heights) >= smallest
    assert smallest == pytest.approx(7)


def test_everything_lies_within_the_margins(blank: Path, status: Path) -> None:
    for path in (blank, status):
        for word in pdf.words(path):
            assert word.left >= 12
            assert word.right <= PAGE_WIDTH * pdf.MM - 12
            assert word.bottom <= PAGE_HEIGHT * pdf.MM - 7


def test_a_chart_with_many_arrows_over_a_page_break_still_prints(tmp_path: Path) -> None:
    """Each step may go back to the first: every page has a connector for each of its steps."""
    steps = [
        make_step(
            i + 1,
            TEN[i % 10],
            id=f"s{i}",
            receiver="",
            shape=Shape.END if i == 23 else Shape.DECISION if i else Shape.START,
            edges=() if i == 23 else (Edge(f"s{i + 1}", "ya"), Edge("s0", "tidak")),
        )
        for i in range(24)
    ]
    sop = make_sop(steps)
    path = pdf.kept(flowchart_pdf(sop, None, sop_meta(sop)), tmp_path)
    pdf.run("qpdf", "--check", str(path))
    text = plain(pdf.text(path, "-raw"))
    assert all(plain(step.activity.clean) in text for step in sop.steps)
