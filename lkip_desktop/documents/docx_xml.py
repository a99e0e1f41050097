"""Small builders of WordprocessingML: runs, paragraphs, fields, bookmarks and tables, as the schema orders them.

They make text: a report is tens of thousands of elements, and to write and parse them takes a fraction of the time of
making each one by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsmap

# An element of python-docx's tree; the library keeps its types to itself.
Element = Any
W = f"{{{nsmap['w']}}}"
# Control characters but tab and line feed, surrogates, and the two that are no characters.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_QUOTE = {'"': "&quot;"}


def el(tag: str, attributes: Mapping[str, str] | None = None, *children: str) -> str:
    """An element of the `w` namespace: ``el("tab", {"val": "right"})``."""
    given = "".join(f' w:{name}="{escape(text, _QUOTE)}"' for name, text in attributes.items()) if attributes else ""
    return f"<w:{tag}{given}>{''.join(children)}</w:{tag}>" if children else f"<w:{tag}{given}/>"


def parsed(*xml: str) -> list[Element]:
    """The elements that were written."""
    return list(parse_xml(f'<w:body xmlns:w="{nsmap["w"]}">{"".join(xml)}</w:body>'))


def clean(text: str) -> str:
    """The text without what XML cannot hold; line breaks and tabs stay."""
    if _UNFIT.search(text) is None:
        return text
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> str:
    """A run of text; a line break in it becomes a break, a tab a tab."""
    face = _face(bold=bold, italic=italic, style=style) if bold or italic or style else ""
    return f"<w:r>{face}{words(text)}</w:r>"


def _face(*, bold: bool, italic: bool, style: str = "") -> str:
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties += "<w:b/><w:bCs/>" if bold else ""
    properties += "<w:i/><w:iCs/>" if italic else ""
    return f"<w:rPr>{properties}</w:rPr>"


def words(text: str) -> str:
    """What stands in a run; a line break in it becomes a break, a tab a tab."""
    text = escape(clean(text))
    if "\n" not in text and "\t" not in text:
        return _piece(text)
    lines = text.split("\n")
    return "<w:br/>".join("<w:tab/>".join(_piece(piece) for piece in line.split("\t")) for line in lines)


def _piece(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>' if text else ""


def field(instruction: str, cached: str, *, bold: bool = False, italic: bool = False) -> str:
    """A field with its result inside, so that nobody need update it."""
    # LibreOffice gives the result the face of the field's own runs.
    made = f"{field_start(instruction)}<w:r>{words(cached)}</w:r>{FIELD_END}"
    return made.replace("<w:r>", f"<w:r>{_face(bold=bold, italic=italic)}") if bold or italic else made


def field_start(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bookmark(name: str, number: int) -> tuple[str, str]:
    """The two ends of a bookmark. `number` is unique in the document."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'


def paragraph(
    style: str,
    *content: str,
    before: float | None = None,
    after: float | None = None,
    number: int | None = None,
    level: int = 0,
    indent: tuple[float, float] | None = None,
    keep: bool | None = None,
    new_page: bool = False,
) -> str:
    """A paragraph. `before` and `after` are points of space; `number` is the list it counts in, `level` how deep in it.

    `indent` are the left and the hanging indent in points; `keep` overrides keep-with-next; `new_page` begins a page.
    """
    properties = f'<w:pStyle w:val="{style}"/>'
    if keep is not None:
        properties += f'<w:keepNext w:val="{int(keep)}"/>'
    if new_page:
        properties += "<w:pageBreakBefore/>"
    if number is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    spaces = {"before": before, "after": after}
    if given := "".join(f' w:{side}="{twips(space)}"' for side, space in spaces.items() if space is not None):
        properties += f"<w:spacing{given}/>"
    if indent is not None:
        properties += f'<w:ind w:left="{twips(indent[0])}" w:hanging="{twips(indent[1])}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}{PARAGRAPH_END}"


PARAGRAPH_END = "</w:p>"


def table(widths: Iterable[int], margin: int, rows: Iterable[str]) -> str:
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
