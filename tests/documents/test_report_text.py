"""What a person writes for the report: markup as parts, and figures named in a text as what they are now."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.docx_read import read_report
from lkip_desktop.documents.report import Items, Paragraph, Picture, Table
from lkip_desktop.documents.report_blocks import Span, blocks, captions
from lkip_desktop.documents.report_build import report
from lkip_desktop.documents.report_text import parts_of
from tests.documents.builders import empty_snapshot, logo_png, snapshot

FIGURES = {"{realisasi:r1}": "3,05 skor", "{pagu}": "Rp 5"}


def spans(text: str, **changes: str) -> tuple[Span, ...]:
    """How a text stands in the report of the sample."""
    content = report(snapshot(report_issues=text, **changes))
    part = next(p for p in content.parts() if isinstance(p, Paragraph) and p.source == "report_issues")
    return blocks(part, captions(content))[0].spans


def test_lines_are_paragraphs_lists_tables_and_pictures() -> None:
    table_lines = "Tabel: Rincian **uji**\n| No | Uraian |\n|---|---|\n| 1 | x | y |"
    text = f"Satu.\n\n- a\n- b\n1. c\n2) d\n{table_lines}\n![Foto](berkas:7)"
    one, bullets, numbers, table, picture = parts_of(text, {7: logo_png()}, {})
    assert one == Paragraph("Satu.")
    assert bullets == Items(("a", "b"), numbered=False)
    assert numbers == Items(("c", "d"))
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns] == ["No", "Uraian", ""]
    assert table.rows[0].cells == ("1", "x", "y")
    assert isinstance(picture, Picture)
    assert picture.caption == picture.description == "Foto"


def test_a_list_goes_on_where_a_paragraph_parted_it() -> None:
    first, between, second = parts_of("1. satu\n2. dua\nAntara.\n3. tiga\n4. empat", {}, {})
    assert (first, between) == (Items(("satu", "dua")), Paragraph("Antara."))
    assert second == Items(("tiga", "empat"), first=3)
    data = make("report", snapshot(report_issues="Antara.\n3. tiga\n4. empat")).data
    document = docx.Document(BytesIO(data))
    properties = next(p for p in document.paragraphs if p.text == "tiga")._p.pPr.numPr
    (started,) = document.part.numbering_part.element.num_having_numId(properties.numId.val).xpath(
        "w:lvlOverride/w:startOverride/@w:val"
    )
    assert started == "3"


NESTED = "1. satu\n   a. huruf\n   b. huruf\n      - dalam\n2. dua\n\t- butir\naa. bukan daftar"


def test_lists_lie_in_lists_where_they_stand_further_in() -> None:
    assert list(parts_of(NESTED, {}, {})) == [
        Items(("satu",)),
        Items(("huruf", "huruf"), letters=True, level=1),
        Items(("dalam",), numbered=False, level=2),
        Items(("dua",), first=2),
        Items(("butir",), numbered=False, level=1),
        Paragraph("aa. bukan daftar"),
    ]


def test_deeper_lists_are_lists_of_word_and_stand_further_in() -> None:
    document = docx.Document(BytesIO(make("report", snapshot(report_issues=NESTED)).data))
    texts = ("satu", "huruf", "dalam", "dua", "butir")
    found = {text: next(p for p in document.paragraphs if p.text == text) for text in texts}
    deep = {text: one._p.pPr.numPr.ilvl.val if one._p.pPr.numPr is not None else 0 for text, one in found.items()}
    assert deep == {"satu": 0, "huruf": 1, "dalam": 2, "dua": 0, "butir": 1}
    edges = [found[text].paragraph_format.left_indent.mm for text in ("huruf", "dalam")]
    assert edges == pytest.approx([16, 24], abs=0.1)
    read = read_report(make("report", snapshot(report_issues=NESTED)).data)
    lines = next(text for text in read.texts.values() if "huruf" in text)
    assert list(parts_of(lines, {}, {})) == list(parts_of(NESTED, {}, {}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("***a***", [("a", True, True)]),
        ("**a *b* c**", [("a ", True, False), ("b", True, True), (" c", True, False)]),
        ("*a **b** c*", [("a ", False, True), ("b", True, True), (" c", False, True)]),
        ("**a** 2*3*4 ** b **", [("a", True, False), (" 2*3*4 ** b **", False, False)]),
    ],
)
def test_a_face_may_hold_the_other_one(text: str, found: list[tuple[str, bool, bool]]) -> None:
    assert [(span.text, span.bold, span.italic) for span in spans(text)] == found
    (table,) = parts_of(f"| {text} |", {}, {})
    assert isinstance(table, Table)
    assert table.columns[0].heading == "".join(words for words, _, _ in found)


def test_a_picture_that_is_gone_and_a_lonely_caption_stay_as_words() -> None:
    assert list(parts_of("![Foto](berkas:9)\nTabel: sendiri", {}, {})) == [
        Paragraph("![Foto](berkas:9)"),
        Paragraph("Tabel: sendiri"),
    ]


def test_cells_of_a_table_show_figures_and_no_signs() -> None:
    (table,) = parts_of("| **Nama** | *Angka* |\n| {realisasi:R1} dan {pagu} | {capaian:r9} |", {}, FIGURES)
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns] == ["Nama", "Angka"]
    assert table.rows[0].cells == ("3,05 skor dan Rp 5", "{capaian:r9}")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("{target:r1}", "3,10"),
        ("{realisasi:r5}", "24 temuan"),
        ("{capaian:r3}", "101,76\u00a0%"),
        ("{PREDIKAT:r5}", "Tinggi"),
        ("{rata-rata}", "95,68\u00a0%"),
        ("{pagu}", "Rp\u00a017.642.231.445"),
        ("{realisasi-anggaran}", "Rp\u00a016.609.250.000"),
        ("{serapan}", "94,14\u00a0%"),
    ],
)
def test_a_figure_prints_what_it_is_now(markup: str, words: str) -> None:
    assert spans(f"Sebesar {markup}, naik.") == (Span("Sebesar "), Span(words, figure=markup), Span(", naik."))


def test_figures_keep_the_face_around_them_and_follow_a_change() -> None:
    assert spans("**Nilai {target:r3} itu**") == (
        Span("Nilai ", bold=True),
        Span("85\u00a0%", bold=True, figure="{target:r3}"),
        Span(" itu", bold=True),
    )
    assert spans("{target:r3}", **{"indicators/r3/target": "88"})[0].text == "88\u00a0%"


def test_a_figure_that_is_not_there_is_marked() -> None:
    assert spans("{realisasi:r99}") == (Span("{realisasi:r99}", marked=True, figure="{realisasi:r99}"),)
    (unknown,) = spans("{realisasi:r1}", **{"indicators/r1/actual": ""})
    assert unknown.marked
    assert unknown.text.startswith("[lengkapi: realisasi ")
    assert dict(report(empty_snapshot()).figures)["{pagu}"] == "[lengkapi: pagu anggaran]"


def test_word_gets_the_words_of_a_figure() -> None:
    document = docx.Document(BytesIO(make("report", snapshot(report_issues="Capaian {capaian:r3}.")).data))
    assert "Capaian 101,76\u00a0%." in [paragraph.text for paragraph in document.paragraphs]
