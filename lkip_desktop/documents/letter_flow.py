"""Turns the parts of a letter into reportlab flowables, in the measures of the letter's look."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, PageBreak, Spacer, Table

from lkip_desktop.documents import letter
from lkip_desktop.documents.letter_marks import UNLIMITED, DoubleRule, LeadingTable, fitted_logo
from lkip_desktop.documents.letter_pen import CENTRE, JUSTIFIED, LEFT, RIGHT, Pen
from lkip_desktop.documents.letter_style import MM
from lkip_desktop.documents.letter_tables import (
    at_slashes,
    choices,
    framed,
    labels,
    particulars,
    ruled_table,
    signing_list,
)

# What may at most follow a table and still pull its last row along to the next page.
LARGEST_CLOSING = 0.6
# The least that follows a heading on its page, in lines.
AFTER_HEADING = 4


def flow(content: letter.Letter, pen: Pen) -> list[Flowable]:
    """The flowables of a letter."""
    width, height = pen.measure.inner
    story: list[Flowable] = []
    for part in content.parts:
        flowables = _DRAW[type(part)](part, pen, width)
        if isinstance(part, letter.Closing):
            own = sum(flowable.wrap(width, UNLIMITED)[1] for flowable in flowables)
            _hold(story, own, height)
            story.append(CondPageBreak(min(own, height)))
        story += flowables
    for item in story:
        if isinstance(item, LeadingTable):
            item.page = height
    return story


def _hold(story: list[Flowable], closing: float, height: float) -> None:
    """Have the table that ends the story, if one does, keep a row for the closing that follows."""
    between = list(takewhile(lambda item: isinstance(item, Spacer), reversed(story)))
    last = story[-1 - len(between)] if len(between) < len(story) else None
    if isinstance(last, LeadingTable) and closing < height * LARGEST_CLOSING:
        last.closing = closing + sum(space.height for space in between)


def _letterhead(part: letter.Letterhead, pen: Pen, width: float) -> list[Flowable]:
    measure = pen.measure
    logo = fitted_logo(part.logo, measure.logo)
    beside = measure.logo[0] + measure.indent / 2 if logo else 0
    lines: list[Flowable] = [
        pen.text(part.government, CENTRE, size=measure.government_size),
        pen.text(part.agency, CENTRE, bold=True, size=measure.agency_size),
        *(pen.text(line, CENTRE, size=measure.address_size) for line in part.lines),
    ]
    if logo is None:
        rows: list[Any] = lines
    else:
        cells = [[logo, lines]]
        middle = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
        rows = [Table(cells, [beside, width - beside], style=[*pen.plain, middle])]
    return [
        *rows,
        Spacer(0, measure.indent / 8),
        DoubleRule(width, *measure.rules),
        Spacer(0, measure.letterhead_after),
    ]


def _date_line(part: letter.DateLine, pen: Pen, width: float) -> list[Flowable]:
    return [pen.text(part.text, RIGHT), Spacer(0, pen.measure.gap)]


def _number_block(part: letter.NumberBlock, pen: Pen, width: float) -> list[Flowable]:
    left = width * pen.measure.number_share / 100
    cells = [[particulars(letter.Particulars(part.rows), pen, left), pen.text(part.dated, RIGHT)]]
    return [Table(cells, [left, width - left], style=pen.plain), Spacer(0, pen.measure.gap)]


def _addressee(part: letter.Addressee, pen: Pen, width: float) -> list[Flowable]:
    label, moved = pen.measure.indent, part.indent * MM
    cells = [[pen.text("Yth."), pen.text("\n".join(part.lines))], [pen.text("di"), pen.text(part.place)]]
    widths = [label, min(width - moved - label, width * 0.62)]
    table = Table(cells, widths, style=pen.plain, hAlign="LEFT")
    if moved:
        table = Table([["", table]], [moved, width - moved], style=pen.plain, hAlign="LEFT")
    return [table, Spacer(0, pen.measure.gap)]


def _title(part: letter.Title, pen: Pen, width: float) -> list[Flowable]:
    measure = pen.measure
    name = pen.text(part.text, CENTRE, bold=True, size=measure.title_size)
    number = [pen.text(at_slashes(part.number, pen, width), CENTRE)] if part.number else []
    about: list[Flowable] = []
    for line in part.about:
        about += [Spacer(0, measure.gap / 2), pen.text(line, CENTRE, bold=True, size=measure.title_size)]
    return [Spacer(0, measure.title_before), name, *number, *about, Spacer(0, measure.title_after)]


def _paragraph(part: letter.Paragraph, pen: Pen, width: float) -> list[Flowable]:
    align, indent = (JUSTIFIED, pen.measure.indent) if part.body else (LEFT, 0)
    return [pen.text(part.text, align, indent=indent), Spacer(0, pen.measure.gap * (0.5 if part.body else 1))]


def _numbered(part: letter.Numbered, pen: Pen, width: float) -> list[Flowable]:
    measure = pen.measure
    cells = [[pen.text(f"{n}."), pen.text(text, JUSTIFIED)] for n, text in enumerate(part.texts, start=1)]
    style = [*pen.plain, ("BOTTOMPADDING", (0, 0), (-1, -1), measure.gap / 3)]
    table = LeadingTable(cells, [measure.clause_mark, width - measure.clause_mark], style=style)
    return [table, Spacer(0, measure.gap / 2)] if cells else []


def _rule(part: letter.Rule, pen: Pen, width: float) -> list[Flowable]:
    gap = Spacer(0, pen.measure.gap / 2)
    return [gap, HRFlowable(width, pen.measure.line, color=(0, 0, 0), spaceBefore=0, spaceAfter=0), gap]


def _heading(part: letter.Heading, pen: Pen, width: float) -> list[Flowable]:
    measure = pen.measure
    after = Spacer(0, measure.gap / 2)
    return [CondPageBreak(AFTER_HEADING * measure.leading), pen.text(part.text, bold=True), after]


def _centred(part: letter.Centred, pen: Pen, width: float) -> list[Flowable]:
    gap = Spacer(0, pen.measure.gap)
    return [CondPageBreak(AFTER_HEADING * pen.measure.leading), pen.text(part.text, CENTRE), gap]


def _clause(part: letter.Clause, pen: Pen, width: float) -> list[Flowable]:
    """Each text is a row of its own, so that a long list of grounds may be torn between two of them."""
    measure = pen.measure
    colon, mark = measure.gap * 0.8, measure.clause_mark if part.marks else 0
    rows: list[list[Any]] = []
    for place, said in enumerate(part.texts):
        lead = (part.label, ":") if place == 0 else ("", "")
        marks = [pen.text(part.marks[place])] if part.marks else []
        rows.append([*(pen.text(text) for text in lead), *marks, pen.text(said, JUSTIFIED)])
    widths = [measure.clause_label, colon, *([mark] if part.marks else [])]
    style = [*pen.plain, ("BOTTOMPADDING", (0, 0), (-1, -1), measure.gap / 3)]
    table = LeadingTable(rows, [*widths, width - sum(widths)], style=style, hAlign="LEFT")
    return [table, Spacer(0, measure.gap / 3)] if rows else []


def _annex(part: letter.Annex, pen: Pen, width: float) -> list[Flowable]:
    own = width * pen.measure.annex_share / 100
    inner: list[Flowable] = [pen.text(line) for line in part.lines]
    inner += particulars(letter.Particulars(part.rows), pen, own)
    table = Table([["", inner]], [width - own, own], style=pen.plain)
    return [PageBreak(), table, Spacer(0, pen.measure.gap)]


def _signatures(part: letter.Signatures, pen: Pen, width: float) -> list[Flowable]:
    measure = pen.measure
    side = (width - measure.columns_gap) / 2
    if isinstance(part.left, letter.SigningList):
        beside = [signing_list(part.left, pen, side), "", _signing([part.right], [side], pen)]
        return [Table([beside], [side, measure.columns_gap, side], style=pen.plain)]
    return [_signing([part.left, None, part.right], [side, measure.columns_gap, side], pen)]


def _signing(people: list[letter.Signatory | None], widths: list[float], pen: Pen) -> Table:
    """A column for each signatory: the lines above, the space to sign, name and the lines below."""
    rows: list[list[Any]] = [
        [_column(person.above if person else (), pen) for person in people],
        [_column((person.anchor,) if person and person.anchor else (), pen) for person in people],
        [_column((person.name, *person.below) if person else (), pen) for person in people],
    ]
    style = [*pen.plain, ("VALIGN", (0, 1), (-1, 1), "MIDDLE")]
    return Table(rows, widths, [None, pen.measure.signing, None], style=style)


def _column(lines: tuple[str, ...], pen: Pen) -> list[Flowable]:
    return [pen.text(line) for line in lines]


def _copies(part: letter.CopiesTo, pen: Pen, width: float) -> list[Flowable]:
    measure = pen.measure
    numbered = [[pen.text(f"{number}."), pen.text(line)] for number, line in enumerate(part.lines, start=1)]
    number_width = measure.indent * 0.6
    table = Table(numbered, [number_width, width - number_width], style=pen.plain, hAlign="LEFT")
    return [Spacer(0, measure.gap * 2), pen.text(part.heading), table]


def _closing(part: letter.Closing, pen: Pen, width: float) -> list[Flowable]:
    flowables: list[Flowable] = []
    for inner in part.parts:
        if isinstance(inner, letter.Signatures):
            flowables.append(Spacer(0, pen.measure.signatures_before))
        flowables += _DRAW[type(inner)](inner, pen, width)
    return flowables


def _form(part: letter.Form, pen: Pen, width: float) -> list[Flowable]:
    return [Table([[_form_row(row, pen, width)] for row in part.rows], [width], style=pen.plain)]


def _form_row(row: tuple[letter.Box, ...], pen: Pen, width: float) -> Table:
    inner = width / len(row) - 2 * pen.measure.form_padding
    return framed([_box(box, pen, inner) for box in row], pen, width, max(box.height for box in row))


def _box(box: letter.Box, pen: Pen, width: float) -> list[Flowable]:
    caption = [pen.text(box.caption), Spacer(0, pen.measure.gap / 3)] if box.caption else []
    return [*caption, *(flowable for part in box.parts for flowable in _DRAW[type(part)](part, pen, width))]


_DRAW: dict[type, Callable[[Any, Pen, float], list[Flowable]]] = {
    letter.Letterhead: _letterhead,
    letter.DateLine: _date_line,
    letter.NumberBlock: _number_block,
    letter.Addressee: _addressee,
    letter.Title: _title,
    letter.Paragraph: _paragraph,
    letter.Numbered: _numbered,
    letter.Rule: _rule,
    letter.Heading: _heading,
    letter.Centred: _centred,
    letter.Clause: _clause,
    letter.Annex: _annex,
    letter.Table: ruled_table,
    letter.Particulars: particulars,
    letter.Signatures: _signatures,
    letter.CopiesTo: _copies,
    letter.Closing: _closing,
    letter.Choices: choices,
    letter.Form: _form,
    letter.Labels: labels,
}
