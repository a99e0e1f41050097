"""Reads a report that was edited in Word or LibreOffice: the words of each marked text, tables, comments, changes.

The file is data from outside: its package is bounded before it is parsed, and no entity is resolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile

from lkip_desktop.documents.docx_body import (
    LISTS,
    UNREADABLE,
    W,
    blocks_of,
    boxes,
    figures,
    root_of,
    rows_of,
    seen,
    style_of,
    words_of,
)
from lkip_desktop.documents.docx_lines import Lines, list_levels
from lkip_desktop.documents.docx_remarks import Comment, Remark, comments_of, remarks_in
from lkip_desktop.documents.report_marks import AROUND, FIXED, NOTHING_KNOWN, Known
from lkip_desktop.documents.report_text import UNNAMED, table_line
from lkip_desktop.errors import UserError
from lkip_desktop.outside import require_docx

MARK = "lkip_"
PICTURE, FOOTNOTE, BOX = "[gambar]", "Catatan kaki: ", "Kotak teks: "
"""How pictures, footnotes and text boxes stand among the other lines."""
_HEADING = re.compile(r"(?:heading|judul|title|subtitle|toc|butir|catatan|tandatangan)", re.I)
_CAPTION = re.compile(r"caption|keterangangambar", re.I)
_LABEL = re.compile(r"^\S+ \S+?\. ")
_HEAD = re.compile(r"riwayat ([0-9a-f]{8,64})")
_NOTES = ((f"{W}footnoteReference", "footnote"), (f"{W}endnoteReference", "endnote"))
_PAGE = re.compile(r"[0-9]*|[ivxlc]*", re.I)
_SIGN = re.compile(r"^(?:- |[0-9]+\. )")
_START, _END = f"{W}bookmarkStart", f"{W}bookmarkEnd"


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table under its caption (without label and number), its cells as plain text."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A line that belongs to no text, after its heading; `picture` tells pictures and charts apart."""

    heading: str
    text: str
    picture: str = ""


@dataclass(frozen=True)
class ReadReport:
    """What a file says. `texts` are the lines of each marked text by the mark's name; `head` the history it came from.

    `tables` are those of the program. `others` are all other lines: headings, fixed words,
    captions, rows of other tables, pictures, footnotes. Insertions count as accepted and deletions as done.
    """

    texts: Mapping[str, str]
    tables: tuple[ReadTable, ...]
    remarks: tuple[Remark, ...]
    head: str
    others: tuple[Other, ...] = ()


@dataclass
class _Reading:
    """What has been read so far, walking down the body.

    `mark` is the text that is being read, `inside` the id of the bookmark around it until its end was passed. `caption`
    is that of the program's table or figure that was just read, `waiting` another one, whole and without its label.
    `torn` are words whose paragraph goes on in the next one, since its end was deleted.
    """

    document: Any
    lines: Lines
    known: Known
    comments: Mapping[str, Comment]
    notes: Mapping[tuple[str, str], str]
    mark: str = ""
    inside: str = ""
    heading: str = ""
    caption: str = ""
    waiting: tuple[str, str] = ("", "")
    torn: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)
    tables: list[ReadTable] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)

    def other(self, text: str, picture: str = "") -> None:
        if text:
            self.others.append(Other(self.heading, text, picture))

    def add(self, line: str) -> None:
        """A line of the text that is being read, or one that belongs to no text."""
        if not self.mark:
            self.other(line)
        elif line:
            self.texts.setdefault(self.mark, []).append(line)
        else:
            self.texts.setdefault(self.mark, [])

    def leave(self) -> None:
        """What follows belongs to no text."""
        if self.torn:
            self.add(self.torn)
        self.mark = self.inside = self.torn = ""


def read_report(data: bytes, known: Callable[[str], Known] = lambda head: NOTHING_KNOWN) -> ReadReport:
    """The words of a report. `known` tells, for its head, what the program itself put there.

    Raises UserError for a file that is no sound DOCX.
    """
    require_docx(data)
    from lkip_desktop.documents.docx_package import load

    try:
        document = load(data)
        body: Any = document.element.body
        found = _HEAD.search(document.core_properties.keywords or "")
        head = found[1] if found else ""
        own = known(head)
        reading = _Reading(
            document, Lines(own.references, list_levels(document)), own, comments_of(document), _notes(document)
        )
        for block in blocks_of(body, _START, _END):
            _read(reading, block)
        _settle_caption(reading)
        reading.leave()
        reading.heading = "Kepala dan kaki halaman"
        for text in _running(document):
            reading.other(text)
    except UserError:
        raise
    except (LookupError, ValueError, AttributeError, TypeError, BadZipFile, OSError, SyntaxError) as error:
        raise UserError(UNREADABLE) from error
    texts = {name: "\n".join(lines) for name, lines in reading.texts.items()}
    return ReadReport(texts, tuple(reading.tables), tuple(reading.remarks), head, tuple(reading.others))


def _read(reading: _Reading, block: Any) -> None:
    if block.tag in (_START, _END):
        _pass_mark(reading, block)
        return
    for node in block.iter(_END, f"{W}t"):
        # A mark may end before the first word of the paragraph that follows its text.
        if node.tag != _END:
            break
        _pass_mark(reading, node)
    if block.tag == f"{W}tbl":
        _read_table(reading, block)
    else:
        _settle_caption(reading)
        read = _read_caption if _CAPTION.search(style_of(block)) else _read_paragraph
        read(reading, block)
    reading.remarks.extend(remarks_in(block, reading.comments, reading.heading))
    _read_beside(reading, block)
    for end in block.iter(_END):
        _pass_mark(reading, end)


def _pass_mark(reading: _Reading, node: Any) -> None:
    """A text begins at the mark before its first word, or at the one around it when that word is gone."""
    number, name = node.get(f"{W}id", ""), node.get(f"{W}name", "")
    if node.tag == _END:
        reading.inside = "" if number == reading.inside else reading.inside
        return
    bare = name.removesuffix(AROUND)
    if not bare.startswith(MARK):
        return
    if bare != reading.mark:
        reading.leave()
        reading.mark = "" if bare.startswith(FIXED) else bare
    if name != bare:
        reading.inside = number


def _begin(reading: _Reading, block: Any) -> frozenset[str]:
    """Pass the marks that begin in a block; the names of all its bookmarks."""
    starts = list(block.iter(_START))
    for start in starts:
        _pass_mark(reading, start)
    return frozenset(start.get(f"{W}name", "") for start in starts)


def _read_table(reading: _Reading, table: Any) -> None:
    """The program's own stand under their captions; any other one belongs to the text in which it stands."""
    rows = rows_of(table)
    _begin(reading, table)
    (_, caption), reading.waiting = reading.waiting, ("", "")
    if reading.caption:
        reading.tables.append(ReadTable(reading.caption, rows))
    else:
        written = table_line if reading.mark else " | ".join
        named = caption or (UNNAMED if reading.mark else "")
        for line in (*([f"Tabel: {named}"] if named else ()), *map(written, rows)):
            reading.add(line)
    reading.caption = ""


def _read_caption(reading: _Reading, paragraph: Any) -> None:
    """The program's own captions end a text; those of pictures in a text, and of others' tables, belong to it."""
    text = words_of(paragraph)
    caption = _LABEL.sub("", text)
    marks = _begin(reading, paragraph)
    picture = next((reading.known.pictures[mark] for mark in marks if mark in reading.known.pictures), "")
    if picture:
        reading.add(f"![{caption.replace(']', ')')}]({picture})")
    elif caption in reading.known.captions or marks & reading.known.bookmarks:
        reading.leave()
        reading.other(text)
        reading.caption = caption
    else:
        reading.waiting = (text, caption)


def _settle_caption(reading: _Reading) -> None:
    """What follows a caption is no table."""
    reading.other(reading.waiting[0])
    reading.waiting, reading.caption = ("", ""), ""


def _read_paragraph(reading: _Reading, paragraph: Any) -> None:
    style, text = style_of(paragraph), words_of(paragraph)
    names = {start.get(f"{W}name", "") for start in paragraph.iter(_START)}
    heads = bool(_HEADING.match(style))
    if heads and (not reading.inside or names & reading.known.bookmarks):
        reading.leave()
        if style.lower().startswith(("heading", "judul")) and text:
            reading.heading = text
    _begin(reading, paragraph)
    if style.lower().startswith(LISTS):
        return
    if not reading.mark:
        reading.other(text)
        return
    line = reading.lines.line(paragraph, style)
    _add(reading, paragraph, f"**{text}**" if heads and text else line)


def _add(reading: _Reading, paragraph: Any, line: str) -> None:
    """A line of a text; where the end of its paragraph was deleted, the next one goes on in it."""
    if reading.torn:
        line, reading.torn = f"{reading.torn} {_SIGN.sub('', line)}".strip(), ""
    if any(paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None for gone in ("del", "moveFrom")):
        reading.torn = line
    else:
        reading.add(line)


def _read_beside(reading: _Reading, block: Any) -> None:
    """What hangs on a block beside its words: pictures, text boxes, footnotes."""
    words = [BOX + text for text in boxes(block)]
    for _, digest in figures(reading.document, block) if not words else ():
        reading.other(PICTURE, digest)
    for text in words:
        reading.other(text)
    for note in seen(block, {tag for tag, _ in _NOTES}):
        reading.other(FOOTNOTE + reading.notes.get((note.tag, note.get(f"{W}id", "")), ""))


def _notes(document: Any) -> dict[tuple[str, str], str]:
    """The words of footnotes and endnotes by the tag and the id of what refers to them."""
    found = {}
    for tag, kind in _NOTES:
        root = root_of(document, f"/{kind}s")
        for note in root if root is not None else ():
            found[tag, note.get(f"{W}id", "")] = words_of(note)
    return found


def _running(document: Any) -> list[str]:
    """The words of all headers and footers, each once."""
    relations = (relation for relation in document.part.rels.values() if not relation.is_external)
    parts = [one.target_part.element for one in relations if one.reltype.endswith(("/header", "/footer"))]
    return sorted(words for words in {words_of(part) for part in parts} if not _PAGE.fullmatch(words))
