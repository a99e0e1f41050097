"""Puts a chart into a DOCX as Word itself would: a part that can be edited, with its figures in a workbook inside."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from lkip_desktop.documents.chart_axis import value_axis
from lkip_desktop.documents.docx_chart_data import INKS, SHEET, chart_workbook
from lkip_desktop.documents.docx_xml import Element, clean
from lkip_desktop.documents.report import Chart, ChartKind, Series

CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CATEGORY_AXIS, VALUE_AXIS = 111111111, 222222222

_DRAWING = """<w:drawing xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>
<wp:docPr id="{number}" name="{name}" descr={description}/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{relation}"/>
</a:graphicData></a:graphic></wp:inline></w:drawing>"""

_SPACE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<c:date1904 val="0"/><c:lang val="id-ID"/><c:roundedCorners val="0"/>
<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}{axes}</c:plotArea>
<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>
<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>
<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>
<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:latin typeface="Arial"/></a:defRPr></a:pPr>
<a:endParaRPr lang="id-ID"/></a:p></c:txPr>
<c:externalData r:id="{relation}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>"""

_AXES = """<c:catAx><c:axId val="{category}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>
<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>
<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="{value}"/><c:crosses val="autoZero"/>
<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>
<c:valAx><c:axId val="{value}"/><c:scaling><c:orientation val="minMax"/><c:max val="{high}"/>
<c:min val="{low}"/></c:scaling><c:delete val="0"/>
<c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln>
</c:spPr></c:majorGridlines>{title}<c:numFmt formatCode="{format}" sourceLinked="0"/><c:majorTickMark val="none"/>
<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="{category}"/><c:crosses val="autoZero"/>
<c:crossBetween val="between"/><c:majorUnit val="{step}"/></c:valAx>"""

_TITLE = """<c:title><c:tx><c:rich><a:bodyPr rot="-5400000" vert="horz"/><a:lstStyle/><a:p><a:pPr>
<a:defRPr sz="900" b="0"/></a:pPr><a:r><a:rPr lang="id-ID" sz="900" b="0"/><a:t>{unit}</a:t></a:r></a:p></c:rich></c:tx>
<c:overlay val="0"/></c:title>"""

_LABEL = """<c:numFmt formatCode="{format}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>
<c:txPr><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="800"/></a:pPr>
<a:endParaRPr lang="id-ID"/></a:p></c:txPr><c:dLblPos val="{place}"/>
<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>
<c:showPercent val="0"/><c:showBubbleSize val="0"/>"""
_UPWARDS = ' rot="-5400000" vert="horz"'
_LABEL_ROOM = 420.0
"""Points of width for the labels of all columns; a digit of 8 points takes about 4.5 of them."""


def chart_drawing(document: Document, chart: Chart, number: int, name: str, width: int, height: int) -> str:
    """The drawing of a chart, its parts packed into the document. `number` is unique; sizes in EMU."""
    package: Any = document.part.package
    workbook = Part(PackURI(f"/word/embeddings/data{number}.xlsx"), WORKBOOK, chart_workbook(chart), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART, b"", package)
    inner = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = chart_xml(chart, inner).encode()
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    description = quoteattr(clean(chart.description))
    return _DRAWING.format(
        width=width, height=height, number=number, relation=relation, name=name, description=description
    )


def describe(drawing: Element, number: int, name: str, description: str) -> None:
    """Give a picture's drawing its id, its name and its alternative text."""
    properties = next(drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"))
    properties.set("id", str(number))
    properties.set("name", name)
    properties.set("descr", clean(description))


def chart_xml(chart: Chart, relation: str) -> str:
    """The chart part: references into the workbook, with the values beside them as Word keeps them."""
    series = "".join(_series(chart, n, one) for n, one in enumerate(chart.series))
    axes = f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'
    if chart.kind is ChartKind.COLUMNS:
        plot = (
            '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
            f'{series}<c:gapWidth val="80"/>{axes}</c:barChart>'
        )
    else:
        plot = (
            '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
            f'{series}<c:marker val="1"/>{axes}</c:lineChart>'
        )
    return _SPACE.format(plot=plot, axes=_axes(chart), relation=relation)


def _axes(chart: Chart) -> str:
    axis = value_axis(chart)
    title = _TITLE.format(unit=_text(chart.unit)) if chart.unit else ""
    return _AXES.format(
        category=CATEGORY_AXIS,
        value=VALUE_AXIS,
        low=f"{axis.low:f}",
        high=f"{axis.high:f}",
        step=f"{axis.step:f}",
        title=title,
        format=_format(axis.places),
    )


def _format(decimals: int) -> str:
    """Excel's words for a figure as Indonesians write it."""
    return "[$-421]#,##0" + (f".{'0' * decimals}" if decimals else "")


def ink(chart: Chart, number: int) -> str:
    """The colour of a series as RRGGBB: the last one stands out."""
    return INKS[1] if number == len(chart.series) - 1 else INKS[0] if number == 0 else INKS[2 + number % 2]


def told(series: Series) -> bool:
    """Whether the values of a series are printed beside it; those of a mere limit are not."""
    return len(set(series.values)) > 1 or len(series.values) == 1


def places(series: Series) -> int:
    """How many decimals the labels of a series show: as many as its figures have, at most two."""
    exponents = (value.as_tuple().exponent for value in series.values if value is not None)
    return max((min(2, -exponent) for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)


def below(chart: Chart, number: int, index: int) -> bool:
    """Whether the label of a point of a line stands below it, since another line runs above it there.

    At the foot of the chart it would stand among the names of the axis.
    """
    own = chart.series[number].values[index]
    others = [one.values[index] for n, one in enumerate(chart.series) if n != number and told(one)]
    known = [value for value in others if value is not None]
    if own is None or not known or value_axis(chart).foot(own):
        return False
    return own < max(known) or (own == max(known) and number < len(chart.series) - 1)


def crowded(chart: Chart) -> bool:
    """Whether the labels of columns would touch each other, and so stand upright."""
    shown = [one for one in chart.series if told(one)]
    if chart.kind is not ChartKind.COLUMNS or not shown:
        return False
    longest = max(len(f"{value:.{places(one)}f}") for one in shown for value in one.values if value is not None)
    return longest * 4.5 > _LABEL_ROOM / (len(chart.categories) * len(chart.series))


def _labels(chart: Chart, number: int, place: str) -> str:
    series = chart.series[number]
    look = {
        "format": _format(places(series)),
        "turned": _UPWARDS if crowded(chart) else "",
    }
    lower = _LABEL.format(place="b", **look)
    points = "".join(
        f'<c:dLbl><c:idx val="{index}"/>{lower}</c:dLbl>'
        for index in range(len(series.values))
        if chart.kind is ChartKind.LINES and below(chart, number, index)
    )
    return f"<c:dLbls>{points}{_LABEL.format(place=place, **look)}</c:dLbls>"


def _series(chart: Chart, number: int, series: Series) -> str:
    column = chr(ord("B") + number)
    last = len(chart.categories) + 1
    solid = f'<a:solidFill><a:srgbClr val="{ink(chart, number)}"/></a:solidFill>'
    if chart.kind is ChartKind.COLUMNS:
        look, place, tail = f'<c:spPr>{solid}</c:spPr><c:invertIfNegative val="0"/>', "outEnd", ""
    else:
        line = f'<c:spPr><a:ln w="22225">{solid}</a:ln></c:spPr>'
        mark = f'<c:marker><c:symbol val="circle"/><c:size val="5"/><c:spPr>{solid}</c:spPr></c:marker>'
        look, place, tail = line + mark, "t", '<c:smooth val="0"/>'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx><c:strRef><c:f>{SHEET}!${column}$1</c:f>{_strings((series.name,))}</c:strRef></c:tx>{look}"
        f"{_labels(chart, number, place) if told(series) else ''}"
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f>{_strings(chart.categories)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{SHEET}!${column}$2:${column}${last}</c:f>{_numbers(series.values)}</c:numRef></c:val>"
        f"{tail}</c:ser>"
    )


def _strings(texts: tuple[str, ...]) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{_text(text)}</c:v></c:pt>' for n, text in enumerate(texts))
    return f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache>'


def _numbers(values: tuple[Decimal | None, ...]) -> str:
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{value:f}</c:v></c:pt>' for n, value in enumerate(values) if value is not None
    )
    return f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache>'


def _text(text: str) -> str:
    return escape(clean(" ".join(text.split())))
