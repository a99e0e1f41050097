"""The report's content and structure, read with python-docx, pandoc and a schema checker."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from make_report_style import style_document
from openxml_audit import OpenXmlValidator

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.assets import asset
from lkip_desktop.documents.catalog import make
from lkip_desktop.errors import Cancelled
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.state import Attachment
from tests.documents import pdf
from tests.documents.builders import (
    START,
    analysed_indicators,
    empty_snapshot,
    issued_sop,
    logo_png,
    many_snapshot,
    rich_snapshot,
    rows,
    sample_indicators,
    snapshot,
    without_fields,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADINGS = [
    "KATA PENGANTAR",
    "DAFTAR ISI",
    "DAFTAR TABEL",
    "DAFTAR GAMBAR",
    "IKHTISAR EKSEKUTIF",
    "BAB I PENDAHULUAN",
    "A. Latar Belakang",
    "B. Gambaran Umum Organisasi",
    "C. Isu Strategis",
    "D. Landasan Hukum",
    "E. Sistematika Penyajian",
    "BAB II PERENCANAAN KINERJA",
    "A. Rencana Strategis",
    "B. Indikator Kinerja Utama",
    "C. Perjanjian Kinerja Tahun 2026",
    "D. Program dan Anggaran Tahun 2026",
    "BAB III AKUNTABILITAS KINERJA",
    "A. Capaian Kinerja Organisasi",
    "1. Kerangka Pengukuran Kinerja",
    "2. Capaian Seluruh Indikator Kinerja",
    "3. Sasaran 1: Meningkatnya maturitas pengawasan",
    "4. Sasaran 2: Meningkatnya tindak lanjut hasil pengawasan",
    "5. Sasaran 3: Meningkatnya akuntabilitas dan layanan",
    "B. Realisasi Anggaran",
    "1. Pagu dan Realisasi",
    "2. Efisiensi Penggunaan Sumber Daya",
    "BAB IV PENUTUP",
    "A. Kesimpulan",
    "B. Langkah Perbaikan",
    "LAMPIRAN",
    "LAMPIRAN 1 PERJANJIAN KINERJA",
    "LAMPIRAN 2 PERNYATAAN TELAH DIREVIU",
    "LAMPIRAN 3 PENGUKURAN KINERJA",
]


def opened(source: Snapshot) -> Document:
    return docx.Document(BytesIO(make("report", source).data))


def plain(text: str) -> str:
    return " ".join(text.split())


def headings(document: Document, deepest: int = 3) -> list[str]:
    names = {f"heading {level}" for level in range(1, deepest + 1)}
    return [plain(p.text) for p in document.paragraphs if p.style and (p.style.name or "").lower() in names]


def all_text(document: Document) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return plain(" ".join((*(p.text for p in document.paragraphs), *cells)))


def captions(document: Document, style: str = "Caption") -> list[str]:
    return [plain(p.text) for p in document.paragraphs if p.style and p.style.name == style]


def table_after(document: Document, caption: str) -> list[list[str]]:
    found: Any = next(p for p in document.paragraphs if p.style and p.style.name == "Caption" and caption in p.text)
    table = next(t for t in document.tables if t._tbl is found._p.getnext())
    return [[plain(cell.text) for cell in row.cells] for row in table.rows]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name).decode()


def test_all_parts_stand_in_the_order_of_the_rules() -> None:
    assert headings(opened(snapshot())) == HEADINGS


def test_pandoc_sees_the_same_headings(tmp_path: Path) -> None:
    path = pdf.kept(make("report", snapshot()).data, tmp_path, "it.docx")
    blocks = json.loads(pdf.run("pandoc", "-t", "json", str(path)))["blocks"]
    found = [block["c"][0] for block in blocks if block["t"] == "Header"]
    assert found.count(1) == 13
    assert found.count(2) == len([h for h in HEADINGS if re.match(r"[A-Z]\. ", h)])
    assert found.count(4) == 7


def test_the_sample_figures_are_in_the_table() -> None:
    document = opened(snapshot())
    table = table_after(document, "Capaian Indikator Kinerja Tahun 2026")
    assert table[0] == ["No", "Indikator Kinerja", "Satuan", "Target 2026", "Realisasi 2026", "Capaian", "Predikat"]
    assert [row[5] for row in table[1:]] == [
        "98,39 %",
        "100,00 %",
        "101,76 %",
        "92,75 %",
        "80,00 %",
        "98,63 %",
        "102,59 %",
        "95,68 %",
    ]
    assert table[5][6] == "Tinggi"
    assert table[-1][1] == "Rata-rata capaian"
    assert table[-1][6] == "Sangat Tinggi"
    assert table[1][3:5] == ["3,10", "3,05"]


def test_the_budget_is_added_up() -> None:
    document = opened(snapshot())
    assert table_after(document, "Pagu dan Realisasi")[-1][1:] == [
        "Jumlah",
        "17.642.231.445",
        "16.609.250.000",
        "94,14 %",
    ]
    assert table_after(document, "Program dan Anggaran")[-1][2] == "17.642.231.445"
    assert "Rp 17.642.231.445 terealisasi sebesar Rp 16.609.250.000" in all_text(document)


def test_parts_of_a_programme_are_shown_and_not_added_twice() -> None:
    table = table_after(opened(rich_snapshot()), "Pagu dan Realisasi")
    assert len(table) == 1 + 3 + 40 + 1
    assert table[-1][2] == "17.642.231.445"


def test_comparisons_use_last_year_renstra_and_a_national_standard() -> None:
    table = table_after(opened(rich_snapshot()), "Perbandingan Kinerja Sasaran 2")
    assert table[0][2:] == [
        "Realisasi 2025",
        "Realisasi 2026",
        "Target Akhir Renstra",
        "Capaian terhadap Renstra",
        "Standar Nasional",
    ]
    assert table[1] == ["1.", "Tindak lanjut rekomendasi BPK", "70", "86,50", "90", "96,11 %", "–"]


def test_analysis_and_follow_up_are_the_analysts() -> None:
    text = all_text(opened(rich_snapshot()))
    assert text.count("pendampingan, bimbingan teknis, dan reviu berkala.") >= 7 * 6
    assert "Percepatan tindak lanjut" in text
    assert "[lengkapi: faktor pendorong]" not in text
    assert "*) Data sementara" in text


def test_where_nothing_was_written_the_figures_speak_and_the_gap_is_marked() -> None:
    text = all_text(opened(snapshot()))
    assert re.search(r"Tindak lanjut rekomendasi BPK[^.]*86,50 %", text.replace("\u00a0", " "))
    assert len(re.findall(r"\[lengkapi: (?:faktor pendorong|penyebab|kendala)\]", text)) == 7
    assert text.count("[Lengkapi: solusi dan tindak lanjut") == 4


def test_what_cannot_be_computed_says_so_and_why() -> None:
    changed = [{**entry, "target": "0"} if n == 0 else entry for n, entry in enumerate(sample_indicators())]
    document = opened(snapshot(**rows("indicators", changed)))
    table = table_after(document, "Capaian Indikator Kinerja Tahun 2026")
    assert table[1][5:] == ["Tidak dapat dihitung", "–"]
    text = all_text(document)
    assert "Maturitas SPIP: capaian tidak dapat dihitung karena target 0 tidak dapat menjadi pembagi." in text
    assert "NaN" not in text
    assert "Infinity" not in text


def test_the_law_comes_from_the_sop_without_what_it_lists_twice() -> None:
    text = all_text(opened(snapshot()))
    assert text.count("Peraturan Bupati Serang Nomor 105 Tahun 2020") == 1
    assert "Peraturan Pemerintah Nomor 60 Tahun 2008" in text


def test_the_preface_is_signed_by_who_was_chosen_else_by_the_head() -> None:
    assert "Serang, Februari 2027 Inspektur, Drs. Rudy Suhartanto, M.Si" in all_text(opened(snapshot()))
    other = all_text(opened(snapshot(report_signer="p2", signed_date="2027-03-01")))
    assert "Serang, Maret 2027 a.n. Inspektur Sekretaris, Hj. Contoh Sekretaris" in other


def test_captions_are_numbered_fields_and_listed() -> None:
    document = opened(snapshot())
    found = captions(document)
    assert [caption.split(". ")[0] for caption in found] == [f"Tabel {n}" for n in range(1, len(found) + 1)]
    drawn = captions(document, "Keterangan Gambar")
    assert [caption.split(". ")[0] for caption in drawn] == [f"Gambar {n}" for n in range(1, len(drawn) + 1)]
    listed = [plain(p.text) for p in document.paragraphs if p.style and p.style.name == "table of figures"]
    assert [re.sub(r" \w+$", "", line) for line in listed] == [*found, *drawn]
    xml = document.element.xml
    assert len(re.findall(r"SEQ Tabel", xml)) == len(found)


def test_every_contents_line_leads_to_a_bookmark_that_is_there() -> None:
    xml = opened(rich_snapshot()).element.xml
    anchors = re.findall(r'w:anchor="(_Toc\d+)"', xml)
    marks = re.findall(r'w:name="(_Toc\d+)"', xml)
    assert len(set(marks)) == len(marks)
    assert set(anchors) == set(marks)
    assert sorted(re.findall(r"PAGEREF (_Toc\d+)", xml)) == sorted(anchors)
    assert xml.count('w:fldCharType="begin"') == xml.count('w:fldCharType="end"')


def test_heading_rows_repeat_and_no_row_is_torn() -> None:
    for table in opened(many_snapshot()).tables:
        if "Pihak" in table.rows[0].cells[0].text:
            continue
        found: list[Any] = [row._tr for row in table.rows]
        assert found[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in found)


def test_the_file_is_indonesian_and_asks_nothing() -> None:
    data = make("report", snapshot()).data
    assert 'w:lang w:val="id-ID"' in part(data, "word/styles.xml")
    assert "en-US" not in part(data, "word/styles.xml") + part(data, "word/settings.xml")
    assert "updateFields" not in part(data, "word/settings.xml")
    document = docx.Document(BytesIO(data))
    assert document.core_properties.language == "id-ID"
    assert document.core_properties.title == "Laporan Kinerja Instansi Pemerintah (LKIP) Tahun 2026"
    assert document.core_properties.author == "Inspektorat Kabupaten Serang"


@pytest.mark.parametrize("source", [snapshot(), empty_snapshot(), rich_snapshot()], ids=["sample", "empty", "rich"])
def test_no_english_and_no_machine_words(source: Snapshot) -> None:
    text = all_text(opened(source))
    found = re.findall(
        r"\b(the|and|of|table|page|chapter|report|target year|contents|None|True|False|nan)\b|[{}]", text
    )
    assert found == []


@pytest.mark.parametrize("source", [snapshot(logo=logo_png()), empty_snapshot(), many_snapshot()], ids=["a", "b", "c"])
def test_the_package_is_valid(source: Snapshot, tmp_path: Path) -> None:
    path = pdf.kept(make("report", source).data, tmp_path, "it.docx")
    result = OpenXmlValidator().validate(path)
    assert [str(error) for error in result.errors] == []


def test_equal_cycles_give_equal_bytes() -> None:
    assert make("report", rich_snapshot()).data == make("report", rich_snapshot()).data


def test_an_empty_cycle_gives_a_whole_report_with_marked_gaps() -> None:
    document = opened(empty_snapshot())
    chapters = [h for h in HEADINGS if h.isupper() and "GAMBAR" not in h and "PERJANJIAN" not in h]
    assert [re.sub(r"LAMPIRAN \d", "LAMPIRAN", h) for h in headings(document) if h.isupper()] == [
        re.sub(r"LAMPIRAN \d", "LAMPIRAN", h) for h in chapters
    ]
    assert all_text(document).count("[Lengkapi:") >= 10


def test_an_sop_without_fields_and_lists_gives_a_report() -> None:
    sop = replace(without_fields(issued_sop(), *issued_sop().fields), lists=())
    source = snapshot()
    text = all_text(opened(replace(source, state=replace(source.state, sop=sop))))
    assert "[Lengkapi: landasan hukum" in text


@pytest.mark.parametrize("logo", [b"", b"GIF89a", logo_png()[:200]])
def test_a_broken_logo_is_left_out(logo: bytes) -> None:
    data = make("report", snapshot(logo=logo)).data
    assert not [name for name in zipfile.ZipFile(BytesIO(data)).namelist() if "media" in name]
    assert [
        n for n in zipfile.ZipFile(BytesIO(make("report", snapshot(logo=logo_png())).data)).namelist() if "media" in n
    ]


def test_any_characters_can_be_in_a_text() -> None:
    hard = "Naik 😀 <b>&amp;</b> \x00\x0b\ud800\ufffe {nama} %s"
    text = all_text(opened(snapshot(report_issues=hard, **{"indicators/r1/name": hard, "agency_short": hard})))
    assert "Naik 😀 <b>&amp;</b> {nama} %s" in text


def test_names_of_300_characters_are_kept_whole() -> None:
    long = "Y" * 300
    source = snapshot(**{"indicators/r1/name": long, "indicators/r1/objective": long, "report_title": long})
    assert all_text(opened(source)).count(long) >= 3


def test_dashes_become_a_list() -> None:
    document = opened(rich_snapshot())
    bullets = [p.text for p in document.paragraphs if p.style and p.style.name == "List Bullet"]
    assert bullets[-3:] == ["Isu pertama", "Isu kedua", "Isu ketiga"]


def test_each_list_counts_from_one() -> None:
    document = opened(snapshot())
    numbers = re.findall(r'w:numId w:val="(\d+)"', document.element.xml)
    used = set(numbers)
    numbering = part(make("report", snapshot()).data, "word/numbering.xml")
    assert len(used) >= 3
    assert all(re.search(rf'w:numId="{n}".*?startOverride w:val="1"', numbering, re.S) for n in used)


def test_attached_files_are_listed_as_annexes() -> None:
    source = snapshot()
    file = Attachment(7, "report_annexes", "Perjanjian Kinerja.pdf", "0" * 64, 9, "application/pdf", START, Who("Rina"))
    record = replace(file, id=8, field="achievement_report", name="capaian.pdf")
    later = (replace(file, id=9, field="signed_report"), replace(file, id=10, field="receipt_scan"))
    state = replace(source.state, attachments=(file, record, *later))
    table = table_after(opened(replace(source, state=state)), "Daftar Lampiran")
    assert [row[1] for row in table[1:]] == [
        "Perjanjian Kinerja Tahun 2026",
        "Pernyataan Telah Direviu",
        "Pengukuran Kinerja Tahun 2026",
        "Laporan Capaian Kinerja",
        "Perjanjian Kinerja",
    ]
    assert table[4][2] == "berkas capaian.pdf"


def test_work_can_be_watched_and_stopped() -> None:
    seen: list[tuple[int, int]] = []

    def stop_at_five(done: int, total: int) -> bool:
        seen.append((done, total))
        return len(seen) < 5

    with pytest.raises(Cancelled):
        make("report", snapshot(), stop_at_five)
    assert len(seen) == 5


def test_the_style_document_is_what_its_script_makes() -> None:
    assert asset("report-style.docx").read_bytes() == style_document()


def test_provisional_figures_are_starred_and_explained() -> None:
    table = table_after(opened(snapshot(**rows("indicators", analysed_indicators()))), "Capaian Indikator Kinerja")
    assert table[1][4] == "3,05 *)"
    assert table[2][4] == "3"


def test_many_indicators_stand_under_headings_of_their_objectives() -> None:
    table = table_after(opened(many_snapshot()), "Perjanjian Kinerja Tahun 2026")
    assert len(table) == 1 + 6 + 24
    assert set(table[1]) == {"Sasaran 1: Sasaran strategis nomor 1 dengan nama yang panjang sampai dua baris"}
    assert table[6] != table[1]
    assert table[-1][0] == "24."


def test_few_indicators_share_one_cell_for_their_objective() -> None:
    document = opened(snapshot())
    table = table_after(document, "Perjanjian Kinerja Tahun 2026")
    assert [row[1] for row in table[1:3]] == ["Meningkatnya maturitas pengawasan"] * 2
    assert [row[0] for row in table[1:]] == ["1.", "1.", "2.", "2.", "2.", "3.", "3."]
