"""The report as LibreOffice shows it: where pages begin, how they are numbered, and that the contents say so."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.report import (
    Chart,
    Column,
    Contents,
    Gap,
    Heading,
    Numbering,
    Paragraph,
    Picture,
    Report,
    Row,
    Section,
    Table,
)
from lkip_desktop.documents.report_blocks import Entry, Span, figures, headings, tables
from lkip_desktop.documents.report_build import report
from lkip_desktop.documents.report_columns import column_widths
from lkip_desktop.documents.report_docx import report_docx
from lkip_desktop.documents.report_grid import Grid
from lkip_desktop.documents.report_layout import Text, figure_size, lay_out, page_labels, running_head
from lkip_desktop.documents.report_lines import line_count, set_lines, width_of
from lkip_desktop.documents.report_pdf import report_pdf
from lkip_desktop.documents.report_style import MM, page, table_style, text_styles
from lkip_desktop.words import roman
from tests.documents import pdf
from tests.documents.builders import logo_png, many_snapshot, rows, sample_indicators, snapshot
from tests.documents.conftest import Reader

NAMES = ("sample", "rich", "many", "empty", "cycle")


@pytest.fixture(params=NAMES)
def reader(request: pytest.FixtureRequest, readers: dict[str, Reader]) -> Reader:
    return readers[str(request.param)]


def page_texts(reader: Reader) -> list[str]:
    """Each page's text without spaces, so that a wrapped heading is found."""
    return ["".join(page.split()) for page in pdf.text(reader.pdf, "-layout").split("\f")[:-1]]


def printed_labels(reader: Reader) -> list[str]:
    """The number printed at the foot of each page; empty on the title page."""
    found = []
    for number in range(1, pdf.pages(reader.pdf) + 1):
        lines = [
            line.strip() for line in pdf.text(reader.pdf, "-layout", "-f", str(number), "-l", str(number)).splitlines()
        ]
        last = [line for line in lines if line][-1]
        found.append(last if re.fullmatch(r"[ivx]+|[0-9]{1,3}", last) else "")
    return found


def test_every_page_number_in_the_contents_is_right(reader: Reader) -> None:
    content = report(reader.snapshot)
    labels, texts, printed = page_labels(content), page_texts(reader), printed_labels(reader)
    wrong = []
    start = 0
    for entry in headings(content):
        start = next_page(texts, entry, start)
        if printed[start] != labels[entry.key]:
            wrong.append((entry.text, labels[entry.key], printed[start]))
    for entry in (*tables(content), *figures(content)):
        caption = "".join(entry.text.split())
        where = [n for n, text in enumerate(texts) if caption in text and not re.search("DAFTAR(TABEL|GAMBAR)", text)]
        if labels[entry.key] not in {printed[n] for n in where}:
            wrong.append((entry.text, labels[entry.key], str(where)))
    assert wrong == []


def next_page(texts: list[str], entry: Entry, start: int) -> int:
    """The page, not before `start`, on which a heading stands; lines of the contents end in dots and do not count."""
    heading = re.escape("".join(entry.text.split()))
    return next(n for n, text in enumerate(texts) if n >= start and re.search(f"{heading}(?!\\.\\.)", text))


def test_pages_are_roman_before_and_arabic_from_chapter_one(reader: Reader) -> None:
    printed = printed_labels(reader)
    first = printed.index("1")
    assert printed[:first] == ["", *(roman(n) for n in range(1, first))]
    assert printed[first:] == [str(n) for n in range(1, len(printed) - first + 1)]


def test_no_page_is_empty(reader: Reader) -> None:
    assert min(len(text) for text in page_texts(reader)) > 40


def test_chapters_begin_pages(reader: Reader) -> None:
    texts = page_texts(reader)
    for chapter in ("BABI", "BABII", "BABIII", "BABIV", "LAMPIRAN1"):
        assert any(re.match(rf".{{0,90}}?{chapter}[A-Z]", text) for text in texts)


def test_what_was_agreed_begins_a_page(reader: Reader) -> None:
    """As in the regulation: the words with their signatures first, the targets on a page after them."""
    begun = re.compile(r".{0,90}?Tabel[0-9]+\.LampiranPerjanjianKinerja")
    agreed = any("Lampiran Perjanjian" in entry.text for entry in tables(report(reader.snapshot)))
    assert sum(begun.match(text) is not None for text in page_texts(reader)) == agreed


def wide_pages(reader: Reader) -> list[bool]:
    """Which pages are wider than high."""
    sizes = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", pdf.run("pdfinfo", "-f", "1", "-l", "999", str(reader.pdf)))
    return [float(width) > float(height) for width, height in sizes]


def test_the_measurement_lies_on_wide_pages_at_the_end(reader: Reader) -> None:
    wide = wide_pages(reader)
    assert wide[-1]
    assert wide == sorted(wide)


def test_everything_lies_within_the_margins(reader: Reader) -> None:
    found, wide = pdf.words(reader.pdf), wide_pages(reader)
    assert min(word.left for word in found) >= 29.5
    assert max(word.right for word in found if not wide[word.page - 1]) <= 190.5
    assert max(word.right for word in found if wide[word.page - 1]) <= 277.5
    body = [word for word in found if word.page > 1 and word.top > 18]
    assert min(word.top for word in body) >= 24.5


def test_headings_of_tables_are_not_torn(reader: Reader) -> None:
    text = " ".join(pdf.text(reader.pdf, "-layout").split())
    assert "Realisas i" not in text
    assert "Predika t" not in text


def test_no_source_begins_a_page_and_no_words_leave_their_list(reader: Reader) -> None:
    """Short words go to the next page with the list or the note that they lead."""
    for one in lay_out(report(reader.snapshot)):
        firsts = {placed.page: placed for placed in reversed(one.placed)}
        begun = [placed.item for placed in firsts.values() if isinstance(placed.item, Text) and not placed.index]
        assert not [item for item in begun if item.style.id == "Catatan" and "Sumber" in item.lines[0].text]
        before = {id(later.item): earlier.item for earlier, later in pairwise(one.placed)}
        led = [before.get(id(item)) for item in begun if item.style.id in ("ListNumber", "ListBullet")]
        assert not [item for item in led if isinstance(item, Text) and item.style.id == "BodyText"]


def test_lines_are_counted_as_they_wrap() -> None:
    style = replace(text_styles()["BodyText"], first_line=0)
    assert line_count("satu", style, 160 * MM) == 1
    assert line_count("", style, 160 * MM) == 1
    assert line_count("satu\ndua", style, 160 * MM) == 2
    assert line_count("kata " * 100, style, 160 * MM) == 6
    assert line_count("x" * 500, style, 160 * MM) > 5


@given(
    st.text(alphabet=st.sampled_from("aW .\n\t\u00a0"), max_size=120),
    st.sampled_from(("IsiTabel", "BodyText", "ListNumber")),
    st.floats(12, 400),
)
def test_as_many_lines_are_counted_as_are_set(text: str, name: str, width: float) -> None:
    style = text_styles()[name]
    room = width + (style.left + style.right) * MM
    assert line_count(text, style, room) == len(set_lines((Span(text),), style, room))


def test_a_page_number_has_a_line_of_its_own_only_where_it_has_no_room(tmp_path: Path) -> None:
    """Entries that end ever nearer to the right edge, as LibreOffice sets them."""
    texts = ["Bab yang judulnya panjang sekali dan masih berlanjut hingga " + "i" * n for n in range(1, 29)]
    contents = Section((Heading(1, "DAFTAR ISI"), Contents()), Numbering.ROMAN)
    chapters = Section(tuple(Heading(1, text) for text in texts), Numbering.ARABIC)
    made = Report("Uji", "Uji", 2026, ("LKIP", "Uji"), (contents, chapters))
    (tmp_path / "uji.docx").write_bytes(report_docx(made))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "uji.docx")], check=True, capture_output=True)
    front = pdf.text(tmp_path / "uji.pdf", "-layout").split("1\f")[0]
    alone = sum(bool(re.fullmatch(r" *\.{20,} ?[0-9]+", line)) for line in front.splitlines())
    laid = [placed for placed in lay_out(made)[0].placed if isinstance(placed.item, Text) and placed.item.entry]
    assert 0 < alone < len(texts)
    assert sum(not placed.item.lines[placed.index].text for placed in laid) == alone


def test_the_pdf_has_the_same_words_on_the_same_pages(reader: Reader, tmp_path: Path) -> None:
    twin = pdf.kept(make("report-pdf", reader.snapshot).data, tmp_path, "twin.pdf")
    pdf.run("qpdf", "--check", str(twin))
    assert pdf.info(twin)["Subject"] == "LKIP Tahun 2026"
    assert all(embedded for _, embedded in pdf.fonts(twin))
    mine, theirs = paged_words(twin), paged_words(reader.pdf)
    assert len(mine) == len(theirs)
    drawn = set(re.findall("[A-Za-z]{5,}", " ".join(label for chart in charts(reader) for label in chart.categories)))
    assert [n for n, one in enumerate(mine) if one - theirs[n] or set(theirs[n] - one) - drawn] == []


def charts(reader: Reader) -> list[Chart]:
    return [part for part in report(reader.snapshot).parts() if isinstance(part, Chart)]


def paged_words(path: Path) -> list[Counter[str]]:
    """The words of each page; short ones and cut ones stand in charts, which each program letters its own way."""
    pages = pdf.text(path, "-layout").split("\f")[:-1]
    charted = re.compile(r"^(?=.*(?:…|Realisasi +Capaian|Target tercapai|■)).*$", re.MULTILINE)
    return [Counter(re.findall(r"[A-Za-z]{5,}", charted.sub("", page))) for page in pages]


def test_the_pdf_has_a_bookmark_for_each_heading(reader: Reader) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(make("report-pdf", reader.snapshot).data)
    try:
        found = [bookmark.get_title() for bookmark in document.get_toc()]
    finally:
        document.close()
    content = report(reader.snapshot)
    listed = [entry.text.replace("\t", " ") for entry in headings(content)]
    assert [title for title in found if title in listed] == listed


def test_roman_numbers() -> None:
    assert [roman(n) for n in (1, 2, 4, 5, 9, 10, 14, 19)] == ["i", "ii", "iv", "v", "ix", "x", "xiv", "xix"]


def grouped(rows: int) -> Table:
    """A table with a heading above every two rows."""
    cells = [(f"{n}.", f"Indikator nomor {n}", "85") if n % 3 else (f"Sasaran {n // 3 + 1}",) for n in range(rows)]
    return Table(
        "Pengukuran", (Column("No", 10), Column("Indikator", 60), Column("Target", 30)), tuple(map(Row, cells))
    )


def test_a_heading_within_a_table_has_a_row_below_it_on_its_page_as_in_libreoffice(tmp_path: Path) -> None:
    parts = tuple(
        part for n in range(3, 9) for part in (Heading(1, f"LAMPIRAN {n}"), *[Paragraph("Teks.")] * n, grouped(99))
    )
    whole = Report(
        "L", "I", 2026, ("L", "I"), (Section((Heading(1, "SAMPUL"),), Numbering.NONE), Section(parts, Numbering.ARABIC))
    )
    for laid in lay_out(whole):
        for one, after in pairwise(placed for placed in laid.placed if isinstance(placed.item, Grid)):
            if one.index >= 0 and len(one.item.table.rows[one.index].cells) == 1:
                assert after.page == one.page
    docx = tmp_path / "laporan.docx"
    docx.write_bytes(report_docx(whole))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(docx)], check=True, capture_output=True, timeout=150)
    (tmp_path / "kembar.pdf").write_bytes(report_pdf(whole))
    assert paged_words(tmp_path / "kembar.pdf") == paged_words(tmp_path / "laporan.pdf")


def test_a_column_takes_room_from_others_before_a_word_is_torn() -> None:
    columns = (Column("No", 10), Column("Indikator", 60), Column("Target", 10))
    long = Table("T", columns, (Row(("1.", "Kerugian daerah yang dipulihkan", "1.250.000.000")),))
    short = replace(long, rows=(Row(("1.", "Nilai", "85")),))
    room = table_style().cell * 2 * MM
    assert column_widths(short, 400) == (50, 300, 50)
    widths = column_widths(long, 400)
    assert sum(widths) == pytest.approx(400)
    assert line_count("1.250.000.000", text_styles()["IsiTabel"], widths[2] - room) == 1
    assert widths[1] < 300
    hopeless = replace(long, rows=(Row(("1" * 90, "1" * 90, "1" * 90)),))
    assert column_widths(hopeless, 400) == pytest.approx((400 / 3,) * 3)
    beside = replace(long, rows=(Row(("1.", "1" * 90, "85")),))
    assert column_widths(beside, 400) == (50, 300, 50)


def test_a_sign_stays_beside_its_figure() -> None:
    """Achievements of six years, and a provisional figure: no per cent sign and no star on a line of its own."""
    columns = (Column("Indikator", 60), *(Column(str(year), 9) for year in range(2021, 2027)))
    cells = ("Persentase tindak lanjut rekomendasi", "3,05 *)", *("101,76 %" for _ in range(5)))
    widths = column_widths(Table("Uji", columns, (Row(cells),)), 450)
    room = table_style().cell * 2 * MM
    style = text_styles()["IsiTabel"]
    assert [line_count(text, style, wide - room) for text, wide in zip(cells[1:], widths[1:], strict=True)] == [1] * 6


def test_columns_that_can_not_all_be_wide_enough_are_levelled() -> None:
    """Twelve columns of which some hold long words: figures are torn no more than they must be."""
    columns = tuple(Column(f"K{n}", 40 if n % 3 == 0 else 7) for n in range(12))
    cells = tuple("pertanggungjawaban" if n % 3 == 0 else "1.234.567" for n in range(12))
    widths = column_widths(Table("Uji", columns, (Row(cells),)), 450)
    assert widths == pytest.approx([37.5] * 12)


def test_a_small_picture_stays_small_and_a_large_one_fills_its_room() -> None:
    def size(width: int, height: int) -> tuple[float, float]:
        return figure_size(Picture("Foto", logo_png(width, height), "Foto."))

    assert size(72, 36) == pytest.approx((25.4, 12.7))
    assert size(1500, 1100) == pytest.approx((150, 110))
    assert size(150, 1500)[1] == pytest.approx(110)


def test_a_long_name_does_not_run_into_the_other_side_of_the_head() -> None:
    made = replace(report(many_snapshot()), running=("LKIP Tahun 2026", "Inspektorat Daerah " * 8))
    style, (width, _) = text_styles()["Header"], page().text_area(landscape=False)
    left, right = running_head(made, landscape=False)
    assert right.endswith("…")
    assert width_of(left, style.size, style.bold) + width_of(right, style.size, style.bold) < width - style.size
    assert len(running_head(made, landscape=True)[1]) > len(right)
    assert running_head(replace(made, running=("LKIP", "Inspektorat")), landscape=False) == ("LKIP", "Inspektorat")


def test_a_budget_of_nothing_has_no_absorption_in_a_sentence() -> None:
    nothing = snapshot(**rows("budget", [{"code": "6.01.01", "name": "Program", "ceiling": "0", "spent": "0"}]))
    said = [part.text for part in report(nothing).parts() if isinstance(part, Paragraph | Gap)]
    assert not [text for text in said if "Tidak dapat dihitung" in text]
    assert "pagu dan realisasi anggaran setiap program" in said


def test_a_row_higher_than_a_page_goes_on_over_several(tmp_path: Path) -> None:
    """Nothing is lost in the PDF, and its pages are those of LibreOffice; also below a heading in a wide table."""
    said = [f"kata{number}" for number in range(1400)]
    table_ = f"Isu.\nTabel: Isu\n| No | Uraian |\n| 1 | pendek |\n| 2 | {' '.join(said)} |\n| 3 | sesudah |"
    first, *others = sample_indicators()
    source = rows("indicators", [{**first, "source": "sumber " * 700}, *others])
    made = snapshot(report_issues=table_, **source)
    (tmp_path / "laporan.docx").write_bytes(make("report", made).data)
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "laporan.docx")], check=True, capture_output=True)
    twin = pdf.kept(make("report-pdf", made).data, tmp_path, "twin.pdf")
    found, theirs = (Counter(pdf.text(path, "-layout").split()) for path in (twin, tmp_path / "laporan.pdf"))
    assert set(said) <= set(found)
    assert found["sumber"] == theirs["sumber"] > 1300
    assert pdf.pages(twin) == pdf.pages(tmp_path / "laporan.pdf")
    assert all(word.bottom < 285 for word in pdf.words(twin))
