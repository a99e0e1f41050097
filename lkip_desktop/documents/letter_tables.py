"""The ruled tables, labelled lines, boxes and labels of letters as reportlab flowables."""

from __future__ import annotations

import re
from typing import Any

from reportlab.platypus import Flowable, Spacer, Table
from reportlab.platypus import Paragraph as Text

from lkip_desktop.documents import letter
from lkip_desktop.documents.letter_marks import CheckBox, LeadingTable
from lkip_desktop.documents.letter_pen import CENTRE, LEFT, Pen
from lkip_desktop.documents.letter_style import MM

BLACK = (0, 0, 0)


def ruled_table(part: letter.Table, pen: Pen, width: float) -> list[Flowable]:
    """A ruled table `width` points wide."""
    measure = pen.measure
    size = part.size
    head = [pen.text(column.heading, CENTRE, bold=True, size=size) for column in part.columns]
    body: list[list[Any]] = [_row(part, row, pen) for row in part.rows]
    pad = measure.cell_padding
    across = [at for at, row in enumerate(part.rows, start=1) if len(row) == 1]
    style: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), measure.font.regular),
        ("GRID", (0, 0), (-1, -1), measure.line, BLACK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
        *((name, (0, 0), (-1, -1), pad) for name in ("LEFTPADDING", "RIGHTPADDING")),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad * 1.4),
        *(("SPAN", (0, at), (-1, at)) for at in across),
        *(("NOSPLIT", (0, at), (0, at + 1)) for at in across if at < len(part.rows)),
    ]
    widths = _widths(part, pen, width)
    least = [0, *(part.row_height * MM for _ in body)] if part.row_height else None
    table = LeadingTable([head, *body], widths, style=style, repeatRows=1, minRowHeights=least)
    return [table, Spacer(0, measure.gap)]


def _widths(part: letter.Table, pen: Pen, width: float) -> list[float]:
    """The columns' shares; one too narrow for a word of its heading, or the first for its numbers, takes from others.

    Where there is not room for all of them, the shares stay and words are broken.
    """
    whole, pads = sum(column.share for column in part.columns), 2 * pen.measure.cell_padding + 0.1
    shared = [width * column.share / whole for column in part.columns]
    words = [
        max((pen.width(word, part.size, bold=True) for word in c.heading.split()), default=0) for c in part.columns
    ]
    longest = max((row[0] for row in part.rows if len(row) > 1), key=len, default="")
    words[0] = max(words[0], pen.width(longest, part.size))
    spare = [own - word - pads for own, word in zip(shared, words, strict=True)]
    lacking, room = (sum(max(0, sign * space) for space in spare) for sign in (-1, 1))
    if not lacking or lacking > room:
        return shared
    return [own - space * (lacking / room if space > 0 else 1) for own, space in zip(shared, spare, strict=True)]


def _row(part: letter.Table, row: tuple[str, ...], pen: Pen) -> list[Any]:
    if len(row) == 1:
        return [pen.text(row[0], bold=True, size=part.size), *[""] * (len(part.columns) - 1)]
    return [
        # An empty paragraph would be measured and broken like any other.
        pen.text(cell, CENTRE if column.centred else LEFT, size=part.size) if cell else ""
        for column, cell in zip(part.columns, row, strict=True)
    ]


def particulars(part: letter.Particulars, pen: Pen, width: float, size: float = 0) -> list[Flowable]:
    """Labels, colons and values, in the letter's type size or another one."""
    measure = pen.measure
    lead = measure.indent if part.indented else 0
    label = max((pen.width(name, size) for name, _ in part.rows), default=0)
    first = min(label + measure.gap / 2, width / 2)
    colon = measure.gap * 0.8
    room = width - lead - first - colon
    cells: list[list[Any]] = [
        ["", *(pen.text(text, size=size) for text in (name, ":", at_slashes(value, pen, room, size)))]
        for name, value in part.rows
    ]
    widths = [lead, first, colon, room]
    return [Table(cells, widths, style=pen.plain, hAlign="LEFT")] if cells else []


def at_slashes(text: str, pen: Pen, room: float, size: float = 0) -> str:
    """A text with a number that is wider than its place, broken behind its strokes and not in the middle of a year."""
    if pen.width(text, size) <= room or all(pen.width(word, size) <= room for word in text.split()):
        return text
    return "\n".join(_line_at_slashes(line, pen, room, size) for line in text.split("\n"))


def _line_at_slashes(text: str, pen: Pen, room: float, size: float) -> str:
    lines = [""]
    for part in re.split("(?<=[/ ])", text):
        if lines[-1] and pen.width(lines[-1] + part, size) > room:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def signing_list(part: letter.SigningList, pen: Pen, width: float) -> list[Flowable]:
    """A heading, then for each a number, name with duty, and dots to sign on."""
    measure = pen.measure
    number = measure.indent * 0.6
    dots = pen.width(part.dots) + 1
    cells: list[list[Any]] = [
        [pen.text(f"{n}."), pen.text("\n".join(text for text in person if text)), pen.text(part.dots)]
        for n, person in enumerate(part.people, start=1)
    ]
    least = [part.row_height * MM] * len(cells)
    table = Table(cells, [number, width - number - dots, dots], style=pen.plain, minRowHeights=least, hAlign="LEFT")
    return [pen.text(part.above), Spacer(0, measure.gap), *([table] if cells else [])]


def choices(part: letter.Choices, pen: Pen, width: float) -> list[Flowable]:
    """Boxes to tick with their words."""
    measure = pen.measure
    beside = max(1, part.beside)
    boxes: list[tuple[CheckBox, Text]] = [
        (
            CheckBox(measure.box, measure.size, chosen, measure.font.bold),
            pen.text(name, leading=measure.choice_leading),
        )
        for name, chosen in part.options
    ]
    lines = [boxes[start : start + beside] for start in range(0, len(boxes), beside)]
    cells = [[cell for pair in line for cell in pair] + [""] * (2 * (beside - len(line))) for line in lines]
    first = measure.box * 1.7
    return [Table(cells, [first, width / beside - first] * beside, style=pen.plain, hAlign="LEFT")] if cells else []


def framed(cells: list[list[Flowable]], pen: Pen, width: float, least: float) -> Table:
    """Boxes side by side that share the width evenly, at least `least` points high."""
    measure = pen.measure
    pads = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    style: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), measure.font.regular),
        ("BOX", (0, 0), (-1, -1), measure.line, BLACK),
        ("INNERGRID", (0, 0), (-1, -1), measure.line, BLACK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *((name, (0, 0), (-1, -1), measure.form_padding) for name in pads),
    ]
    return Table([cells], [width / len(cells)] * len(cells), style=style, minRowHeights=[least])


def labels(part: letter.Labels, pen: Pen, width: float) -> list[Flowable]:
    """Labels with cutting lines around them, as many beside each other as `width` points hold."""
    measure = pen.measure
    wide = min(part.width * MM, width)
    beside = max(1, int(width / wide + 0.001))
    drawn = [_label(label, pen, CENTRE if part.centred else LEFT) for label in part.labels]
    lines = [drawn[start : start + beside] for start in range(0, len(drawn), beside)]
    grid: list[Any] = [
        ("BOX", (column, row), (column, row), measure.line, BLACK)
        for row, line in enumerate(lines)
        for column in range(len(line))
    ]
    pads = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    style = [
        *pen.plain,
        *((name, (0, 0), (-1, -1), measure.label_padding) for name in pads),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *grid,
    ]
    cells = [[*line, *[""] * (beside - len(line))] for line in lines]
    least = [part.height * MM] * len(cells)
    return [Table(cells, [wide] * beside, style=style, minRowHeights=least, hAlign="LEFT")] if cells else []


def _label(lines: tuple[letter.LabelLine, ...], pen: Pen, align: Any) -> list[Flowable]:
    drawn: list[Flowable] = []
    for line in lines:
        drawn += [pen.text(line.text, align, bold=line.bold, size=line.size), Spacer(0, line.after * MM)]
    return drawn
