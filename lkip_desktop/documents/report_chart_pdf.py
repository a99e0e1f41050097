"""Draws a chart of the report into a PDF, with the look of the native chart in the DOCX."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing, Group, String
from reportlab.graphics.widgets.markers import makeMarker
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from lkip_desktop.documents import fonts
from lkip_desktop.documents.chart_axis import value_axis
from lkip_desktop.documents.docx_chart import below, crowded, ink, places, told
from lkip_desktop.documents.report import Chart, ChartKind, Series
from lkip_desktop.documents.report_layout import Box
from lkip_desktop.documents.report_lines import width_of
from lkip_desktop.numbers import format_number

SIZE, SMALL = 9.0, 8.0
LEFT, RIGHT, TOP = 46.0, 8.0, 14.0
LEGEND = 16.0
LINE = 10.0
GRID = HexColor("#D9D9D9")
FRAME = HexColor("#BFBFBF")


def draw_chart(canvas: Canvas, chart: Chart, x: float, y: float, box: Box) -> None:
    """Draw a chart with its lower left corner at (x, y), as large as its box; all in points."""
    # Told here too, or an unused Helvetica would be named in the file without being inside.
    drawing = Drawing(box.width, box.height, initialFontName=fonts.REGULAR)
    labels = [
        _folded(name, (box.width - LEFT - RIGHT) / max(1, len(chart.categories)) - 4) for name in chart.categories
    ]
    foot = LEGEND + 10 + LINE * max(label.count("\n") + 1 for label in labels)
    plot = _plot(chart, box.width - LEFT - RIGHT, box.height - foot - TOP)
    plot.x, plot.y = LEFT, foot
    plot.categoryAxis.categoryNames = labels
    drawing.add(plot)
    drawing.add(_legend(chart, box.width))
    if chart.unit:
        drawing.add(_unit(chart.unit, box.height))
    renderPDF.draw(drawing, canvas, x, y)


def _plot(chart: Chart, width: float, height: float) -> Any:
    plot: Any = VerticalBarChart() if chart.kind is ChartKind.COLUMNS else HorizontalLineChart()
    plot.width, plot.height = width, height
    plot.data = [[None if value is None else float(value) for value in one.values] for one in chart.series]
    _axes(plot, chart)
    if chart.kind is ChartKind.COLUMNS:
        plot.groupSpacing, plot.barSpacing = 8, 1
    else:
        # What the library adds to the height of every label, below a point too.
        plot.lineLabelNudge = 0
    for number in range(len(chart.series)):
        colour = HexColor(f"#{ink(chart, number)}")
        if chart.kind is ChartKind.COLUMNS:
            plot.bars[number].fillColor, plot.bars[number].strokeColor = colour, None
        else:
            plot.lines[number].strokeColor, plot.lines[number].strokeWidth = colour, 1.75
            mark: Any = makeMarker
            plot.lines[number].symbol = mark("FilledCircle", size=4, fillColor=colour, strokeColor=colour)
        _label(plot, chart, number)
    return plot


def _label(plot: Any, chart: Chart, number: int) -> None:
    """The value beside each column or point, as many decimals as its series has."""
    columns, series = chart.kind is ChartKind.COLUMNS, chart.series[number]
    for index, value in enumerate(series.values):
        one = plot.barLabels[(number, index)] if columns else plot.lineLabels[(number, index)]
        one.fontName, one.fontSize, one.visible = fonts.REGULAR, SMALL - 1, int(told(series) and value is not None)
        if columns:
            upright = crowded(chart)
            one.angle, one.boxAnchor = (90, "w") if upright else (0, "s")
            one.dx, one.dy = (0, 3) if upright else (0, 2)
            one.boxTarget = "hi"
        else:
            under = below(chart, number, index)
            one.boxAnchor, one.dy = ("n", -4) if under else ("s", 4)
    if columns:
        plot.barLabelFormat = "values"
        plot.barLabelArray = [_texts(one) for one in chart.series]
    else:
        plot.lineLabelFormat = "values"
        plot.lineLabelArray = [_texts(one) for one in chart.series]


def _texts(series: Series) -> list[str]:
    decimals = places(series)
    return ["" if value is None else format_number(value, decimals) for value in series.values]


def _axes(plot: Any, chart: Chart) -> None:
    axis = value_axis(chart)
    for one in (plot.valueAxis, plot.categoryAxis):
        one.labels.fontName, one.labels.fontSize = fonts.REGULAR, SMALL
        one.strokeColor, one.visibleTicks = FRAME, 0
    plot.valueAxis.visibleGrid, plot.valueAxis.gridStrokeColor = 1, GRID
    plot.valueAxis.gridStrokeWidth = 0.5
    plot.valueAxis.labelTextFormat = lambda value: format_number(Decimal(str(value)), axis.places)
    plot.valueAxis.valueMin, plot.valueAxis.valueMax = float(axis.low), float(axis.high)
    plot.valueAxis.valueSteps = [float(line) for line in axis.lines]
    plot.categoryAxis.labels.boxAnchor, plot.categoryAxis.labels.dy = "n", -3
    plot.categoryAxis.labels.leading = LINE


def _legend(chart: Chart, width: float) -> Group:
    group = Group()
    widths = [22 + width_of(fonts.printable(one.name), SIZE, False) for one in chart.series]
    x = (width - sum(widths)) / 2
    for number, one in enumerate(chart.series):
        legend: Any = Legend()
        legend.colorNamePairs = [(HexColor(f"#{ink(chart, number)}"), fonts.printable(one.name))]
        legend.fontName, legend.fontSize, legend.alignment = fonts.REGULAR, SIZE, "right"
        legend.dx = legend.dy = 7
        legend.strokeWidth, legend.x, legend.y, legend.dxTextSpace = 0, x, 10, 4
        group.add(legend)
        x += widths[number]
    return group


def _unit(unit: str, height: float) -> Group:
    """The unit beside the value axis, upwards."""
    text = fonts.printable(unit)
    group = Group(String(0, 0, text, fontName=fonts.REGULAR, fontSize=SIZE, textAnchor="middle"))
    group.translate(9, height / 2 + 10)
    group.rotate(90)
    return group


def _folded(name: str, width: float) -> str:
    """A name in lines of at most `width` points."""
    lines, line = [], ""
    for word in fonts.printable(name).split(" "):
        longer = f"{line} {word}".strip()
        if line and width_of(longer, SMALL, False) > width:
            lines.append(line)
            longer = word
        line = longer
    return "\n".join((*lines, line))
