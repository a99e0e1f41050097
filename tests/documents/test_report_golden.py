"""The parts of a report's DOCX are what they were: a small report with one of each part, part by part.

After a change that is meant: ``python -m tests.documents.test_report_golden`` writes the golden parts anew; look at
what git shows before it is kept.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from lkip_desktop.documents.letter import Signatory
from lkip_desktop.documents.report import (
    Align,
    Chart,
    ChartKind,
    Column,
    Contents,
    Cover,
    Gap,
    Heading,
    Items,
    ListOfFigures,
    ListOfTables,
    Note,
    Numbering,
    Paragraph,
    Picture,
    Report,
    Row,
    Section,
    Series,
    Signature,
    Signatures,
    Subhead,
    Table,
)
from lkip_desktop.documents.report_docx import report_docx
from lkip_desktop.documents.report_pdf import report_pdf
from tests.documents import pdf
from tests.documents.builders import logo_png

GOLDEN = Path(__file__).with_name("golden") / "report"
PARTS = (
    "word/document.xml",
    "word/numbering.xml",
    "word/header1.xml",
    "word/footer1.xml",
    "word/charts/chart1.xml",
    "word/charts/chart2.xml",
    "docProps/core.xml",
)
COLUMNS = (Column("No", 10, Align.CENTRE), Column("Indikator", 60), Column("Realisasi", 30, Align.RIGHT))
COLUMN_CHART = Chart(
    "Target dan Realisasi",
    ChartKind.COLUMNS,
    ("Maturitas", "Tindak lanjut & kas"),
    (
        Series("Target", (Decimal("3.10"), Decimal(85))),
        Series("Realisasi", (Decimal("3.05"), None)),
    ),
    "%",
    "Target dan realisasi dua indikator.",
    "sasaran-1",
)
LINE_CHART = Chart(
    "Perkembangan", ChartKind.LINES, ("2024", "2025", "2026"), (
        Series("Target", (None, Decimal(3), Decimal("3.1"))),
        Series("Realisasi", (Decimal("2.8"), Decimal("2.9"), Decimal("3.05"))),
    ), "",
    "Naik dari 2,9 ke 3,05.",
)  # fmt: skip
LEFT = Signatory(("Pihak Kedua", "Bupati,"), "Hj. B")
RIGHT = Signatory(("Inspektur,",), "Drs. A", ("NIP 19670612 198603 1 003",))


def small_report() -> Report:
    """One of each part, with every face that a text has."""
    front = (
        Heading(1, "KATA PENGANTAR"),
        Paragraph("Puji syukur, Rp 5.000 atau 5 %.", "report_preface"),
        Signature("Contoh, Februari 2027", RIGHT),
        Heading(1, "DAFTAR ISI"),
        Contents(),
        Heading(1, "DAFTAR TABEL"),
        ListOfTables(),
        Heading(1, "DAFTAR GAMBAR"),
        ListOfFigures(),
    )
    body = (
        Heading(1, "BAB I PENDAHULUAN"),
        Heading(2, "A.\tLatar Belakang"),
        Paragraph("Isu **penting** dan *miring*, lihat {tabel:capaian}, [lengkapi: apa] & <lain>.", "report_issues"),
        Items(("satu", "dua **tebal**"), source="report_issues"),
        Items(("titik",), numbered=False),
        Heading(3, "1.\tCapaian"),
        Subhead("Penyebab"),
        Gap("penyebab", "indicators/r1/analysis"),
        Table(
            "Capaian",
            COLUMNS,
            (Row(("1.", "Maturitas\nSPIP", "3,05")), Row((None, "Kas", "–")), Row(("Sasaran 1",))),
            "capaian",
        ),
        Note("Angka sementara."),
        COLUMN_CHART,
        LINE_CHART,
        Picture("Rapat", logo_png(40, 50), "Foto rapat.", source="report_issues"),
        Signatures(LEFT, RIGHT),
    )
    many = tuple(Row((f"{n}.", f"Indikator nomor {n}", f"{n},00"), strong=n % 15 == 0) for n in range(1, 31))
    wide = (Heading(1, "LAMPIRAN"), Table("Pengukuran", COLUMNS, many))
    return Report(
        "Laporan Kinerja (LKIP) Tahun 2026",
        "Inspektorat Contoh",
        2026,
        ("LKIP Tahun 2026", "Inspektorat Contoh"),
        (
            Section(
                (Cover(("LAPORAN KINERJA", "TAHUN 2026"), ("INSPEKTORAT",), ("2027",), logo_png(60, 80)),),
                Numbering.NONE,
            ),
            Section(front, Numbering.ROMAN),
            Section(body, Numbering.ARABIC),
            Section(wide, Numbering.ON, landscape=True),
        ),
        "0123456789abcdef",
    )


def parts() -> dict[str, str]:
    """The parts as indented XML, which git can show line by line."""
    with zipfile.ZipFile(BytesIO(report_docx(small_report()))) as package:
        return {name: _indented(package.read(name)) for name in PARTS}


def _indented(xml: bytes) -> str:
    root = etree.fromstring(xml)
    etree.indent(root)
    text: str = etree.tostring(root, encoding="unicode")
    return f"{text}\n"


def _file(part: str) -> Path:
    return GOLDEN / Path(part).name


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_what_it_was(part: str) -> None:
    assert parts()[part].splitlines() == _file(part).read_text("utf-8").splitlines()


def test_it_is_valid_and_every_figure_has_words_for_who_cannot_see_it(tmp_path: Path) -> None:
    path = tmp_path / "laporan.docx"
    path.write_bytes(report_docx(small_report()))
    found = OpenXmlValidator().validate(str(path))
    assert [str(error) for error in found.errors] == []
    drawings = [node for node in _document().element.body.iter() if str(node.tag).endswith("}docPr")]
    assert len(drawings) == 4
    assert all(node.get("descr") for node in drawings)
    assert len({node.get("id") for node in drawings}) == 4


@pytest.mark.parametrize(("number", "chart"), [(1, COLUMN_CHART), (2, LINE_CHART)])
def test_a_charts_workbook_is_valid_and_holds_its_very_figures_where_the_chart_looks(
    number: int, chart: Chart, tmp_path: Path
) -> None:
    part = _charts(_document())[number - 1]
    inner = next(r.target_part for r in part.rels.values() if r.reltype == RELATIONSHIP_TYPE.PACKAGE)
    path = tmp_path / "data.xlsx"
    path.write_bytes(inner.blob)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    sheet: Any = load_workbook(path).active
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows[0] == (None, *(series.name for series in chart.series))
    for place, category in enumerate(chart.categories):
        assert rows[place + 1][0] == category
        for column, series in enumerate(chart.series, start=1):
            value = series.values[place]
            assert rows[place + 1][column] == (None if value is None else float(value))
    root = etree.fromstring(part.blob)
    formulas = [node.text for node in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}f")]
    assert len(formulas) == 3 * len(chart.series)
    for formula in formulas:
        name, _, cells = formula.partition("!")
        found = sheet[cells.replace("$", "")]
        assert name == sheet.title
        assert any(
            cell.value is not None for row in (found if isinstance(found, tuple) else ((found,),)) for cell in row
        )


def test_whatever_letters_somebody_types_the_document_can_be_read() -> None:
    odd = "a\x00b\ud800\ufffe]]>&amp;<w:t>\"'\x85\r\n\t\u202e–"
    chart = replace(COLUMN_CHART, caption=odd, categories=(odd, odd), unit=odd, description=odd)
    table = Table(odd, (Column(odd, 1),), (Row((odd,)), Row((odd,))), "capaian")
    body = (Heading(1, odd), Paragraph(odd, "report_issues"), Items((odd,)), Gap(odd), table, Note(odd), chart)
    whole = small_report()
    made = report_docx(replace(whole, title=odd, sections=(*whole.sections, Section(body, Numbering.ON))))
    assert len(docx.Document(BytesIO(made)).tables) == len(docx.Document(BytesIO(report_docx(whole))).tables) + 1


def test_the_pdf_twin_draws_the_same_parts(tmp_path: Path) -> None:
    text = " ".join(pdf.text(pdf.kept(report_pdf(small_report()), tmp_path)).split())
    for words in ("Isu penting dan miring, lihat Tabel 1,", "Gambar 2. Perkembangan", "Tindak lanjut & kas", "2,8"):
        assert words in text


def _document() -> Any:
    return docx.Document(BytesIO(report_docx(small_report())))


def _charts(document: Any) -> list[Any]:
    found = [r.target_part for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.CHART]
    return sorted(found, key=lambda part: str(part.partname))


def main() -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for part, xml in parts().items():
        _file(part).write_text(xml, "utf-8")


if __name__ == "__main__":
    main()
