"""Reads a report that was edited in Word or LibreOffice: the words of each marked text, tables, comments, changes.

The file is data from outside: its package is bounded before it is parsed, and no entity is resolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile

from lkip_desktop.documents.report_figures import MARK as FIGURE_MARK
from lkip_desktop.documents.report_figures import figure_mark
from lkip_desktop.documents.report_marks import AROUND
from lkip_desktop.errors import UserError
from lkip_desktop.outside import require_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = "lkip_"
_HEADING = re.compile(r"(?:heading|judul|title|subtitle|toc|caption|keterangangambar|butir|catatan|tandatangan)", re.I)
LISTS = ("toc", "tableoffigures", "tabledesfigures", "contents", "illustrationindex")
"""How styles of lists of contents begin: what they say follows from the rest."""
_HEAD = re.compile(r"riwayat ([0-9a-f]{8,64})")
UNREADABLE = (
    "Berkas ini tidak dapat dibaca sebagai dokumen Word. Tidak ada yang diubah. Simpan kembali sebagai DOCX di Word "
    "atau LibreOffice, lalu ulangi."
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or a tracked change: who wrote what about which words, and under which heading it stands.

    `kind` is ``comment``, ``inserted`` or ``deleted``.
    """

    kind: str
    author: str
    text: str
    about: str
    heading: str


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table under its caption (without label and number), its cells as plain text."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ReadReport:
    """What a file says. `texts` are the lines of each marked text by the mark's name; `head` the history it came from.

    `others` are all other lines, each after its heading: headings, fixed words, rows of tables without a caption.
    Insertions count as accepted and deletions as done.
    """

    texts: Mapping[str, str]
    tables: tuple[ReadTable, ...]
    remarks: tuple[Remark, ...]
    head: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass
class _Reading:
    """What has been read so far, walking down the body."""

    comments: Mapping[str, tuple[str, str]]
    references: Mapping[str, str]
    mark: str = ""
    heading: str = ""
    caption: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)
    tables: list[ReadTable] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    number: int = 0


def read_report(data: bytes, references: Callable[[str], Mapping[str, str]] = lambda head: {}) -> ReadReport:
    """The words of a report. `references` gives, for its head, the markup for bookmarks that texts refer to.

    Raises UserError for a file that is no sound DOCX.
    """
    require_docx(data)
    from lkip_desktop.documents.docx_package import load

    try:
        document = load(data)
        body: Any = document.element.body
        found = _HEAD.search(document.core_properties.keywords or "")
        head = found[1] if found else ""
        reading = _Reading(_comments(document), references(head))
        for block in blocks_of(body):
            _read(reading, block)
    except UserError:
        raise
    except (LookupError, ValueError, AttributeError, TypeError, BadZipFile, OSError, SyntaxError) as error:
        raise UserError(UNREADABLE) from error
    texts = {name: "\n".join(lines) for name, lines in reading.texts.items()}
    return ReadReport(texts, tuple(reading.tables), tuple(reading.remarks), head, tuple(reading.others))


def blocks_of(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls and other wrappers."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
            yield from blocks_of(child)


def _read(reading: _Reading, block: Any) -> None:
    if block.tag == f"{W}tbl":
        rows = tuple(
            tuple(" ".join(plain(cell).split()) for cell in row.iter(f"{W}tc")) for row in block.iter(f"{W}tr")
        )
        reading.tables.append(ReadTable(reading.caption, rows))
        if not reading.caption:
            reading.others.extend((reading.heading, " | ".join(cells)) for cells in rows)
        reading.mark, reading.caption = "", ""
        return
    style = style_of(block)
    text = " ".join(plain(block).split())
    _collect_remarks(reading, block)
    if _HEADING.match(style):
        reading.mark = ""
        if style.lower().startswith(("heading", "judul")) and text:
            reading.heading = text
        if "caption" in style.lower():
            reading.caption = re.sub(r"^\S+ \S+?\. ", "", text)
        elif text and not style.lower().startswith(LISTS):
            reading.others.append((reading.heading, text))
        return
    for start in block.iter(f"{W}bookmarkStart"):
        name = start.get(f"{W}name", "").removesuffix(AROUND)
        if name.startswith(MARK) and name != reading.mark:
            reading.mark = name
            reading.number = 0
    line = _marked_up(reading, block, style)
    if reading.mark:
        reading.texts.setdefault(reading.mark, [])
        if line:
            reading.texts[reading.mark].append(line)
    elif text and not style.lower().startswith(LISTS):
        reading.others.append((reading.heading, text))


def style_of(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val", "")).replace(" ", "")


def plain(element: Any) -> str:
    """The words of an element with insertions accepted and deletions done."""
    return "".join(
        node.text or "" if node.tag == f"{W}t" else " "
        for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr")
        if not _deleted(node)
    )


def _deleted(node: Any) -> bool:
    return any(parent.tag in (f"{W}del", f"{W}moveFrom") for parent in node.iterancestors())


def _marked_up(reading: _Reading, paragraph: Any, style: str) -> str:
    """A paragraph as the line in which a person would have typed it."""
    pieces: list[tuple[str, str]] = []
    reference, inside = "", False
    figure, opened, first = "", "", 0
    for node in paragraph.iter(f"{W}r", f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        if node.tag == f"{W}bookmarkStart":
            name = str(node.get(f"{W}name", ""))
            if name.startswith(FIGURE_MARK):
                figure, opened, first = name.rpartition("_")[0], node.get(f"{W}id", ""), len(pieces)
        elif node.tag == f"{W}bookmarkEnd":
            if figure and node.get(f"{W}id", "") == opened:
                pieces[first:] = _figure(reading, figure, pieces[first:])
                figure = ""
        elif not _deleted(node):
            code = "".join(text.text or "" for text in node.iter(f"{W}instrText"))
            target = re.search(r"\bREF (\S+)", code)
            if target and target[1] in reading.references:
                reference = reading.references[target[1]]
            for mark in node.iter(f"{W}fldChar"):
                kind = mark.get(f"{W}fldCharType")
                if kind == "separate" and reference:
                    pieces.append((reference, ""))
                    inside = True
                elif kind == "end":
                    reference, inside = "", False
            if not inside:
                pieces.append((plain(node), _face(node)))
    line = _joined(pieces)
    if not line:
        return ""
    return _item(reading, paragraph, style) + line


def _figure(reading: _Reading, mark: str, pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The words of a figure as its markup, unless somebody changed them."""
    markup = reading.references.get(mark, "")
    if pieces and markup and figure_mark(markup, "".join(text for text, _ in pieces)) == mark:
        return [(markup, pieces[0][1])]
    return pieces


def _item(reading: _Reading, paragraph: Any, style: str) -> str:
    lowered = style.lower()
    if "bullet" in lowered:
        return "- "
    if "listnumber" in lowered or paragraph.find(f"{W}pPr/{W}numPr") is not None:
        reading.number += 1
        return f"{reading.number}. "
    reading.number = 0
    return ""


def _face(run: Any) -> str:
    """``**`` for bold, ``*`` for italic runs."""
    for tag, sign in (("b", "**"), ("i", "*")):
        found = run.find(f"{W}rPr/{W}{tag}")
        if found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off"):
            return sign
    return ""


def _joined(pieces: list[tuple[str, str]]) -> str:
    """Neighbours of one face joined, faces as signs around the words and not around the spaces beside them."""
    merged: list[tuple[str, str]] = []
    for text, face in pieces:
        if not text:
            continue
        if merged and (merged[-1][1] == face or not text.strip()):
            merged[-1] = (merged[-1][0] + text, merged[-1][1])
        else:
            merged.append((text, face))
    return " ".join("".join(_signed(text, face) for text, face in merged).replace("\u00a0", " ").split())


def _signed(text: str, face: str) -> str:
    core = text.strip()
    if not face or not core:
        return text
    start = text.index(core)
    return f"{text[:start]}{face}{core}{face}{text[start + len(core) :]}"


def _collect_remarks(reading: _Reading, paragraph: Any) -> None:
    """The tracked changes in a paragraph, and the comments that begin in it."""
    for tag, kind in ((f"{W}ins", "inserted"), (f"{W}del", "deleted")):
        for change in paragraph.iter(tag):
            words = "".join(node.text or "" for node in change.iter(f"{W}t", f"{W}delText"))
            if words.strip():
                author = change.get(f"{W}author", "")
                reading.remarks.append(Remark(kind, author, " ".join(words.split()), "", reading.heading))
    for start in paragraph.iter(f"{W}commentRangeStart", f"{W}commentReference"):
        found = reading.comments.get(start.get(f"{W}id", ""))
        if found is None or (start.tag == f"{W}commentReference" and _ranged(paragraph, start.get(f"{W}id"))):
            continue
        author, text = found
        about = " ".join(plain(paragraph).split())
        reading.remarks.append(Remark("comment", author, text, about[:120], reading.heading))


def _ranged(paragraph: Any, number: str | None) -> bool:
    """Whether a comment already begins before its reference mark, in this paragraph or an earlier one."""
    body = paragraph.getroottree().getroot()
    return any(start.get(f"{W}id") == number for start in body.iter(f"{W}commentRangeStart"))


def _comments(document: Any) -> dict[str, tuple[str, str]]:
    """Author and text of each comment by its id."""
    part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/comments")), None)
    if part is None:
        return {}
    from docx.oxml import parse_xml

    root: Any = parse_xml(part.blob)
    found = {}
    for comment in root.iter(f"{W}comment"):
        words = " ".join(plain(comment).split())
        if words:
            found[comment.get(f"{W}id", "")] = (comment.get(f"{W}author", ""), words)
    return found
