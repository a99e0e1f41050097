"""Small builders of WordprocessingML: runs, paragraphs, fields, bookmarks and tables, as the schema orders them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser

# An element of python-docx's tree; the library keeps its types to itself.
Element = Any
W = f"{{{nsmap['w']}}}"
_NAMESPACES = {"w": nsmap["w"]}
# python-docx's own makers of elements look up the namespace of every name anew: a third of the time of a report.
_make = oxml_parser.makeelement
# Control characters but tab and line feed, surrogates, and the two that are no characters.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def el(tag: str, attributes: Mapping[str, str] | None = None, *children: Element) -> Element:
    """An element of the `w` namespace: ``el("tab", {"val": "right"})``."""
    given = {f"{W}{name}": value for name, value in attributes.items()} if attributes else None
    element = _make(f"{W}{tag}", given, nsmap=_NAMESPACES)
    if children:
        element.extend(children)
    return element


def clean(text: str) -> str:
    """The text without what XML cannot hold; line breaks and tabs stay."""
    if _UNFIT.search(text) is None:
        return text
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> Element:
    """A run of text; a line break in it becomes a break, a tab a tab."""
    element = el("r")
    properties = [el("rStyle", {"val": style})] if style else []
    properties += [el("b"), el("bCs")] if bold else []
    properties += [el("i"), el("iCs")] if italic else []
    if properties:
        element.append(el("rPr", None, *properties))
    for place, line in enumerate(clean(text).split("\n")):
        if place:
            element.append(el("br"))
        for number, piece in enumerate(line.split("\t")):
            if number:
                element.append(el("tab"))
            if piece:
                element.append(_text(piece))
    return element


def _text(text: str) -> Element:
    element = el("t")
    element.text = text
    element.set(XML_SPACE, "preserve")
    return element


def field(instruction: str, cached: str) -> tuple[Element, ...]:
    """A field with its result inside, so that nobody need update it."""
    return (*field_start(instruction), run(cached), field_end())


def field_start(instruction: str) -> tuple[Element, ...]:
    code = el("instrText")
    code.text = f" {instruction} "
    code.set(XML_SPACE, "preserve")
    return (
        el("r", None, el("fldChar", {"fldCharType": "begin"})),
        el("r", None, code),
        el("r", None, el("fldChar", {"fldCharType": "separate"})),
    )


def field_end() -> Element:
    return el("r", None, el("fldChar", {"fldCharType": "end"}))


def bookmarked(name: str, number: int, *content: Element) -> tuple[Element, ...]:
    """Content between the two ends of a bookmark. `number` is unique in the document."""
    start = el("bookmarkStart", {"id": str(number), "name": name})
    return (start, *content, el("bookmarkEnd", {"id": str(number)}))


def paragraph(
    style: str, *content: Element, before: float | None = None, number: int | None = None, keep: bool | None = None
) -> Element:
    """A paragraph. `before` is in points; `number` is the list it counts in; `keep` overrides keep-with-next."""
    properties = [el("pStyle", {"val": style})]
    if keep is not None:
        properties.append(el("keepNext", {"val": "1" if keep else "0"}))
    if number is not None:
        properties.append(el("numPr", None, el("ilvl", {"val": "0"}), el("numId", {"val": str(number)})))
    if before is not None:
        properties.append(el("spacing", {"before": str(twips(before))}))
    return el("p", None, el("pPr", None, *properties), *content)


def cell(
    width: int,
    *content: Element,
    fill: str = "",
    merge: str = "",
    span: int = 1,
    borders: Mapping[str, str] | None = None,
) -> Element:
    """A table's cell, `width` in twips.

    `merge` is ``restart`` or ``continue`` for cells merged downwards, `span` how many columns it takes, `borders` the
    lines that differ from the table's (``{"top": "nil"}``).
    """
    properties = [el("tcW", {"w": str(width), "type": "dxa"})]
    if span > 1:
        properties.append(el("gridSpan", {"val": str(span)}))
    if merge:
        properties.append(el("vMerge", {"val": merge}))
    if borders:
        properties.append(el("tcBorders", None, *(el(side, {"val": line}) for side, line in borders.items())))
    if fill:
        properties.append(el("shd", {"val": "clear", "color": "auto", "fill": fill}))
    return el("tc", None, el("tcPr", None, *properties), *content)


def row(cells: Iterable[Element], *, head: bool = False) -> Element:
    """A row that is never torn in two; a head is repeated on each page."""
    properties = [el("cantSplit"), *([el("tblHeader")] if head else [])]
    return el("tr", None, el("trPr", None, *properties), *cells)


def table(widths: Iterable[int], margin: int, rows: Iterable[Element]) -> Element:
    """A ruled table of fixed column widths; all in twips."""
    columns = list(widths)
    sides = [el(side, {"w": str(margin), "type": "dxa"}) for side in ("left", "right")]
    properties = el(
        "tblPr",
        None,
        el("tblStyle", {"val": "TableGrid"}),
        el("tblW", {"w": str(sum(columns)), "type": "dxa"}),
        el("jc", {"val": "center"}),
        el("tblLayout", {"type": "fixed"}),
        el("tblCellMar", None, *sides),
        el("tblLook", {"val": "0020"}),
    )
    grid = el("tblGrid", None, *(el("gridCol", {"w": str(width)}) for width in columns))
    return el("tbl", None, properties, grid, *rows)


def twips(points: float) -> int:
    return round(points * 20)
