"""The report's charts: their workbooks hold the figures that the report prints, and labels stand apart."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.docx_chart import below, crowded, places
from lkip_desktop.documents.report import Chart, ChartKind, Note, Series
from lkip_desktop.documents.report_build import report
from lkip_desktop.documents.report_chart_pdf import draw_chart
from lkip_desktop.documents.report_layout import Box
from lkip_desktop.numbers import format_number
from tests.documents import pdf
from tests.documents.builders import rows, sample_indicators, snapshot

YEARS = {"previous_target": "84", "previous": "83,10", "previous_2_target": "80", "previous_2": "81,40"}


def with_years() -> Snapshot:
    made = [{**entry, **YEARS} if n == 2 else entry for n, entry in enumerate(sample_indicators())]
    return snapshot(**rows("indicators", made))


def many(count: int) -> Snapshot:
    """So many indicators of one sasaran, all in per cent."""
    base = sample_indicators()[2]
    made = [{**base, "name": f"Indikator kinerja nomor {n}", "actual": f"{70 + n},25"} for n in range(1, count + 1)]
    return snapshot(**rows("indicators", made))


def charts(source: Snapshot) -> list[Chart]:
    return [part for part in report(source).parts() if isinstance(part, Chart)]


def workbooks(data: bytes) -> list[list[tuple[Any, ...]]]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = sorted(
            (n for n in package.namelist() if n.endswith(".xlsx")), key=lambda n: int(re.findall(r"\d+", n)[0])
        )
        books = [openpyxl.load_workbook(BytesIO(package.read(name))) for name in names]
    return [list(book.worksheets[0].iter_rows(values_only=True)) for book in books]


@pytest.mark.parametrize("source", [with_years(), many(20)], ids=["years", "many"])
def test_the_workbook_of_each_chart_holds_what_is_printed(source: Snapshot) -> None:
    drawn = charts(source)
    inside = workbooks(make("report", source).data)
    assert len(inside) == len(drawn)
    for chart, (head, *body) in zip(drawn, inside, strict=True):
        assert list(head[1:]) == [one.name for one in chart.series]
        assert [row[0] for row in body] == list(chart.categories)
        for column, one in enumerate(chart.series, start=1):
            assert [row[column] for row in body] == [None if v is None else float(v) for v in one.values]


def test_the_bars_are_the_achievements_of_the_table() -> None:
    document = docx.Document(BytesIO(make("report", snapshot()).data))
    table = next(t for t in document.tables if len(t.columns) == 7 and t.rows[0].cells[6].text == "Predikat")
    printed = [row.cells[5].text for row in table.rows[1:-1]]
    bars = charts(snapshot())[0].series[-1]
    assert [f"{format_number(value, places(bars))}\u00a0%" for value in bars.values if value is not None] == [
        text.replace(" ", "\u00a0") for text in printed
    ]


def test_figures_with_their_unit_and_limits_are_drawn() -> None:
    base = {**sample_indicators()[2], "unit": "dokumen"}
    made = [
        {**base, "name": "Pertama", "target": "≥ 12 dokumen", "actual": "10 Dokumen", **YEARS, "previous": "9 dokumen"},
        {**base, "name": "Kedua", "target": "5", "actual": "4"},
    ]
    drawn = charts(snapshot(**rows("indicators", made)))
    by_goal = next(chart for chart in drawn if "dokumen" in chart.caption)
    assert [[str(v) for v in one.values] for one in by_goal.series] == [["12", "5"], ["10", "4"]]
    trend = next(chart for chart in drawn if chart.categories == ("2024", "2025", "2026"))
    assert [str(v) for v in trend.series[0].values] == ["80", "84", "12"]


def test_each_chart_says_in_words_what_it_shows() -> None:
    document = docx.Document(BytesIO(make("report", with_years()).data))
    found = [drawing.get("descr") for drawing in document.element.body.iter() if drawing.tag.endswith("}docPr")]
    assert len(found) == len(charts(with_years()))
    assert any("2024 81,40; 2025 83,10; 2026 86,50" in text for text in found)
    assert all(len(text) > 40 for text in found)


def test_labels_of_two_lines_stand_on_either_side() -> None:
    trend = next(chart for chart in charts(with_years()) if chart.caption.startswith("Perkembangan"))
    assert [[below(trend, number, index) for index in range(3)] for number in range(2)] == [
        [True, False, True],
        [False, True, False],
    ]
    xml = chart_parts(with_years())
    assert any(part.count('<c:dLblPos val="b"/>') == 3 for part in xml)
    assert any('formatCode="[$-421]#,##0.00"' in part for part in xml)


def test_labels_in_the_pdf_stand_as_far_above_a_point_as_below_it(tmp_path) -> None:
    values = ((Decimal(3), Decimal(4)), (Decimal(3), Decimal(5)))
    series = tuple(Series(name, one) for name, one in zip(("Target", "Realisasi"), values, strict=True))
    path = tmp_path / "it.pdf"
    canvas = Canvas(str(path), pagesize=(400, 300))
    chart = Chart("", ChartKind.LINES, ("2025", "2026"), series, "", "")
    draw_chart(canvas, chart, 0, 0, Box(chart, 400, 300, 0))
    canvas.save()
    threes = sorted((word.left, (word.top + word.bottom) / 2) for word in pdf.words(path) if word.text == "3")
    (_, point), *labels = threes
    above, below_it = sorted(middle for _, middle in labels)
    assert point - above == pytest.approx(below_it - point, abs=0.5)
    assert point - above > 2


def chart_parts(source: Snapshot) -> list[str]:
    with zipfile.ZipFile(BytesIO(make("report", source).data)) as package:
        return [package.read(n).decode() for n in package.namelist() if n.startswith("word/charts/chart")]


@pytest.mark.parametrize(("count", "upright"), [(7, False), (20, True)])
def test_many_columns_are_numbered_and_their_labels_upright(count: int, upright: bool, tmp_path) -> None:
    drawn = charts(many(count))
    targets = next(chart for chart in drawn if chart.anchor == "sasaran-1")
    assert targets.categories == tuple(str(n) for n in range(1, count + 1))
    assert crowded(targets) is upright
    assert any(isinstance(part, Note) and "Nomor pada grafik" in part.text for part in report(many(count)).parts())
    path = pdf.kept(make("report-pdf", many(count)).data, tmp_path)
    pages = pdf.run("pdftotext", "-layout", str(path), "-")
    assert f"{70 + count},25" in pages


@pytest.mark.parametrize(
    ("name", "count", "named"),
    [("Tindak lanjut rekomendasi {n} pada perangkat daerah", 2, True), ("Tindak lanjut rekomendasi {n}", 8, False)],
)
def test_names_under_columns_are_whole_or_numbers_stand_in_their_place(name: str, count: int, named: bool) -> None:
    base = sample_indicators()[2]
    made = [{**base, "name": name.format(n=n)} for n in range(1, count + 1)]
    parts = list(report(snapshot(**rows("indicators", made))).parts())
    place = next(n for n, part in enumerate(parts) if isinstance(part, Chart) and part.anchor == "sasaran-1")
    chart = parts[place]
    assert isinstance(chart, Chart)
    numbers = range(1, count + 1)
    assert chart.categories == tuple(name.format(n=n) if named else str(n) for n in numbers)
    assert isinstance(parts[place + 1], Note) is not named
