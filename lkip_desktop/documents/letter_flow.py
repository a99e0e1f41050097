"""Turns the parts of a letter into reportlab flowables, in the measures of the letter style."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any, Literal, cast
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Image, Spacer, Table
from reportlab.platypus import Paragraph as Text

from lkip_desktop.documents import fonts, letter
from lkip_desktop.documents.letter_marks import UNLIMITED, CheckBox, DoubleRule, LeadingTable
from lkip_desktop.documents.letter_style import letter_style
from lkip_desktop.documents.pictures import Picture, usable

# What may at most follow a table and still pull its last row along to the next page.
LARGEST_CLOSING = 0.6
Align = Literal[0, 1, 2]
LEFT: Align = 0
CENTRE: Align = 1
RIGHT: Align = 2
# reportlab sets even an empty cell, in Helvetica unless told: that font would then be in the file, not embedded.
FONT = ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR)
NO_PADDING: list[Any] = [
    FONT,
    *((name, (0, 0), (-1, -1), 0) for name in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")),
]
AT_TOP = ("VALIGN", (0, 0), (-1, -1), "TOP")


def flow(content: letter.Letter, width: float, height: float) -> list[Flowable]:
    """The flowables of a letter for a text area of `width` × `height` points."""
    story: list[Flowable] = []
    closing = letter_style().gap
    for part in content.parts:
        flowables = _DRAW[type(part)](part, width)
        if isinstance(part, letter.Closing):
            own = sum(flowable.wrap(width, UNLIMITED)[1] for flowable in flowables)
            closing += own
            story.append(CondPageBreak(min(own, height)))
        story += flowables
    for item in story:
        if isinstance(item, LeadingTable):
            item.page, item.closing = height, closing if closing < height * LARGEST_CLOSING else 0
    return story


@cache
def text_style(align: Align = LEFT, *, bold: bool = False, size: float = 0, leading: float = 0) -> ParagraphStyle:
    """A style of the letter's font; sizes in points, 0 for the letter's own."""
    measure = letter_style()
    size = size or measure.size
    return ParagraphStyle(
        "letter",
        fontName=fonts.BOLD if bold else fonts.REGULAR,
        fontSize=size,
        leading=leading or size * measure.leading / measure.size,
        alignment=align,
    )


def text(content: str, style: ParagraphStyle | None = None) -> Text:
    """A paragraph of plain text: nothing in it is markup, its line breaks stay."""
    marked = escape(fonts.printable(content)).replace("\n", "<br/>")
    return Text(marked, style or text_style())


def _letterhead(part: letter.Letterhead, width: float) -> list[Flowable]:
    measure = letter_style()
    picture = usable(part.logo)
    beside = measure.logo[0] + measure.indent / 2 if picture else 0
    lines: list[Flowable] = [
        text(part.government, text_style(CENTRE, size=measure.government_size)),
        text(part.agency, text_style(CENTRE, bold=True, size=measure.agency_size)),
        *(text(line, text_style(CENTRE, size=measure.address_size)) for line in part.lines),
    ]
    if picture is None:
        rows: list[Any] = lines
    else:
        cells = [[_logo(picture), lines]]
        middle = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
        rows = [Table(cells, [beside, width - beside], style=[*NO_PADDING, middle])]
    return [
        *rows,
        Spacer(0, measure.indent / 8),
        DoubleRule(width, *measure.rules),
        Spacer(0, measure.letterhead_after),
    ]


def _logo(picture: Picture) -> Image:
    width, height = picture.fit(*letter_style().logo)
    return Image(BytesIO(picture.png), width, height, mask="auto", hAlign="LEFT")


def _date_line(part: letter.DateLine, width: float) -> list[Flowable]:
    return [text(part.text, text_style(RIGHT)), Spacer(0, letter_style().gap)]


def _addressee(part: letter.Addressee, width: float) -> list[Flowable]:
    indent = letter_style().indent
    rows = [["Yth.", text("\n".join(part.lines))], ["di", text(part.place)]]
    cells = [[text(label), value] for label, value in cast(list[tuple[str, Text]], rows)]
    return [Table(cells, [indent, min(width - indent, width * 0.62)], style=[*NO_PADDING, AT_TOP], hAlign="LEFT")]


def _title(part: letter.Title, width: float) -> list[Flowable]:
    measure = letter_style()
    name = text(part.text, text_style(CENTRE, bold=True, size=measure.title_size))
    number = [text(part.number, text_style(CENTRE))] if part.number else []
    return [Spacer(0, measure.title_before), name, *number, Spacer(0, measure.title_after)]


def _paragraph(part: letter.Paragraph, width: float) -> list[Flowable]:
    return [text(part.text), Spacer(0, letter_style().gap)]


def ruled_table(part: letter.Table, width: float, size: float = 0) -> list[Flowable]:
    """A ruled table `width` points wide, in the letter's type size or another one."""
    measure = letter_style()
    whole = sum(column.share for column in part.columns)
    head = [text(column.heading, text_style(CENTRE, bold=True, size=size)) for column in part.columns]
    body = [
        [
            text(cell, text_style(CENTRE if column.centred else LEFT, size=size))
            for column, cell in zip(part.columns, row, strict=True)
        ]
        for row in part.rows
    ]
    pad = measure.cell_padding
    style: list[Any] = [
        FONT,
        ("GRID", (0, 0), (-1, -1), measure.line, (0, 0, 0)),
        AT_TOP,
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
        *((name, (0, 0), (-1, -1), pad) for name in ("LEFTPADDING", "RIGHTPADDING")),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad * 1.4),
    ]
    widths = [width * column.share / whole for column in part.columns]
    table = LeadingTable([head, *body], widths, style=style, repeatRows=1)
    return [table, Spacer(0, measure.gap)]


def particulars(part: letter.Particulars, width: float, size: float = 0) -> list[Flowable]:
    """Labels, colons and values, in the letter's type size or another one."""
    measure = letter_style()
    style = text_style(size=size)
    label = max((fonts.text_width(fonts.printable(name), style.fontSize) for name, _ in part.rows), default=0)
    first = min(label + measure.gap / 2, width / 2)
    colon = measure.gap * 0.8
    cells = [[text(name, style), text(":", style), text(value, style)] for name, value in part.rows]
    table = Table(cells, [first, colon, width - first - colon], style=[*NO_PADDING, AT_TOP], hAlign="LEFT")
    return [table] if cells else []


def _signatures(part: letter.Signatures, width: float) -> list[Flowable]:
    measure = letter_style()
    side = (width - measure.columns_gap) / 2
    people = (part.left, part.right)
    rows: list[list[Any]] = [
        [_column(person.above if person else ()) for person in people],
        ["", ""],
        [_column((person.name, *person.below) if person else ()) for person in people],
    ]
    cells = [[left, "", right] for left, right in rows]
    style = [*NO_PADDING, AT_TOP]
    table = Table(cells, [side, measure.columns_gap, side], [None, measure.signing, None], style=style)
    return [table]


def _column(lines: tuple[str, ...]) -> list[Flowable]:
    return [text(line) for line in lines]


def _copies(part: letter.CopiesTo, width: float) -> list[Flowable]:
    measure = letter_style()
    numbered = [[text(f"{number}."), text(line)] for number, line in enumerate(part.lines, start=1)]
    number_width = measure.indent * 0.6
    table = Table(numbered, [number_width, width - number_width], style=[*NO_PADDING, AT_TOP], hAlign="LEFT")
    return [Spacer(0, measure.gap * 2), text(part.heading), table]


def _closing(part: letter.Closing, width: float) -> list[Flowable]:
    flowables: list[Flowable] = []
    for inner in part.parts:
        if isinstance(inner, letter.Signatures):
            flowables.append(Spacer(0, letter_style().signatures_before))
        flowables += _DRAW[type(inner)](inner, width)
    return flowables


def _choices(part: letter.Choices, width: float) -> list[Flowable]:
    measure = letter_style()
    beside = max(1, part.beside)
    label = text_style(leading=measure.choice_leading)
    boxes = [(CheckBox(measure.box, measure.size, chosen), text(name, label)) for name, chosen in part.options]
    lines = [boxes[start : start + beside] for start in range(0, len(boxes), beside)]
    cells = [[cell for pair in line for cell in pair] + [""] * (2 * (beside - len(line))) for line in lines]
    first = measure.box * 1.7
    table = Table(cells, [first, width / beside - first] * beside, style=[*NO_PADDING, AT_TOP], hAlign="LEFT")
    return [table] if cells else []


def _form(part: letter.Form, width: float) -> list[Flowable]:
    return [Table([[_form_row(row, width)] for row in part.rows], [width], style=[*NO_PADDING])]


def _form_row(row: tuple[letter.Box, ...], width: float) -> Table:
    measure = letter_style()
    pad = measure.form_padding
    side = width / len(row)
    inner = side - 2 * pad
    cells = [_box(box, inner) for box in row]
    style: list[Any] = [
        FONT,
        ("BOX", (0, 0), (-1, -1), measure.line, (0, 0, 0)),
        ("INNERGRID", (0, 0), (-1, -1), measure.line, (0, 0, 0)),
        AT_TOP,
        *((name, (0, 0), (-1, -1), pad) for name in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")),
    ]
    least = max(box.height for box in row)
    return Table([cells], [side] * len(row), style=style, minRowHeights=[least])


def _box(box: letter.Box, width: float) -> list[Flowable]:
    caption = [text(box.caption), Spacer(0, letter_style().gap / 3)] if box.caption else []
    return [*caption, *(flowable for part in box.parts for flowable in _DRAW[type(part)](part, width))]


_DRAW: dict[type, Callable[[Any, float], list[Flowable]]] = {
    letter.Letterhead: _letterhead,
    letter.DateLine: _date_line,
    letter.Addressee: _addressee,
    letter.Title: _title,
    letter.Paragraph: _paragraph,
    letter.Table: ruled_table,
    letter.Particulars: particulars,
    letter.Signatures: _signatures,
    letter.CopiesTo: _copies,
    letter.Closing: _closing,
    letter.Choices: _choices,
    letter.Form: _form,
}
