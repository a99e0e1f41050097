"""Breaks the parts of a report into paragraphs with their styles: the one reading that writer and page count share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from types import UnionType

from lkip_desktop.documents.report import (
    LAST_LISTED_LEVEL,
    Chart,
    Gap,
    Heading,
    Items,
    Note,
    Paragraph,
    Part,
    Picture,
    Report,
    Section,
    Signature,
    Subhead,
    Table,
)
from lkip_desktop.documents.report_faces import BOLD, ITALIC
from lkip_desktop.documents.report_figures import REFERENCE
from lkip_desktop.documents.report_style import table_style

Key = tuple[int, int]
SIGNING_LINES = 4
SHORT = 240
"""Characters of a paragraph, about three lines, that rather goes to the next page than leave what it leads alone."""
TABLE, FIGURE = "Tabel", "Gambar"
_RUPIAH = re.compile(r"\bRp (?=[0-9])")
_PERCENT = re.compile(r"(?<=[0-9]) %")
_MARKUP = re.compile(
    rf"{BOLD}|{ITALIC}"
    r"|\{(?P<kind>tabel|gambar):(?P<anchor>[\w-]+)\}|(?P<open>\[lengkapi:[^\]\n]*\])"
    rf"|(?P<figure>{REFERENCE.pattern})",
    re.IGNORECASE,
)
_MARKUP_BEGINS = re.compile(r"[*{[]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one face.

    `anchor` is the caption that it refers to, `figure` the markup of the figure that it prints; `marked` asks to be
    filled in.
    """

    text: str
    bold: bool = False
    italic: bool = False
    anchor: str = ""
    marked: bool = False
    figure: str = ""

    @property
    def face(self) -> tuple[bool, bool, str, bool, str]:
        """All but the text."""
        return self.bold, self.italic, self.anchor, self.marked, self.figure

    def said(self, text: str) -> Span:
        """Another text in the same face; `dataclasses.replace` takes four times as long."""
        return Span(text, *self.face)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its style, its text, the space before it where that differs from the style (points).

    `label` is what a list counts by, `level` how deep it lies; `last` ends a run of paragraphs that stay together;
    `keep` does not leave the next one alone on another page.
    """

    style: str
    spans: tuple[Span, ...]
    before: float | None = None
    label: str = ""
    last: bool = True
    keep: bool = False
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents. `key` is the place of its part: section and position in it, both from 0."""

    key: Key
    style: str
    text: str

    @property
    def bookmark(self) -> str:
        return f"_Toc{self.key[0]:02d}{self.key[1]:05d}"


def keyed(report: Report) -> Iterator[tuple[Key, Part]]:
    """Every part with its place."""
    for number, section in enumerate(report.sections):
        for position, part in enumerate(section.parts):
            yield (number, position), part


def headings(report: Report) -> tuple[Entry, ...]:
    """The lines of *Daftar Isi*."""
    return tuple(
        Entry(key, f"TOC{part.level}", part.text)
        for key, part in keyed(report)
        if isinstance(part, Heading) and part.level <= LAST_LISTED_LEVEL
    )


def tables(report: Report) -> tuple[Entry, ...]:
    """The lines of *Daftar Tabel*, in the order of the tables' numbers."""
    return _captions(report, Table, TABLE)


def figures(report: Report) -> tuple[Entry, ...]:
    """The lines of *Daftar Gambar*, in the order of the figures' numbers."""
    return _captions(report, Chart | Picture, FIGURE)


def _captions(report: Report, kind: type | UnionType, label: str) -> tuple[Entry, ...]:
    found = [(key, part) for key, part in keyed(report) if isinstance(part, kind)]
    return tuple(
        Entry(key, "TableofFigures", f"{label} {number}.\t{getattr(part, 'caption', '')}")
        for number, (key, part) in enumerate(found, start=1)
    )


@dataclass(frozen=True)
class Captions:
    """The numbers of a report's tables and pictures by the place of the part, and by anchor for references.

    `figures` gives what references to figures print.
    """

    labels: Mapping[Key, str]
    keys: Mapping[str, Key]
    figures: Mapping[str, str]

    def named(self, anchor: str) -> str:
        """``Tabel 3``; empty where there is no such caption."""
        key = self.keys.get(anchor.casefold())
        return self.labels[key] if key is not None else ""


def captions(report: Report) -> Captions:
    entries = (*tables(report), *figures(report))
    parts = dict(keyed(report))
    labels = {entry.key: entry.text.partition(".\t")[0] for entry in entries}
    keys = {getattr(parts[entry.key], "anchor", "").casefold(): entry.key for entry in reversed(entries)}
    return Captions(labels, {anchor: key for anchor, key in keys.items() if anchor}, dict(report.figures))


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a part: a table right before it; a list or a note right after it, that goes with its words."""

    after_table: bool = False
    stays: bool = False


ALONE = Beside()


def spaced(section: Section) -> Iterator[tuple[int, Part, Beside]]:
    """A section's parts with their positions and what stands beside them."""
    before: Part | None = None
    for position, (part, after) in enumerate(zip_longest(section.parts, section.parts[1:])):
        leads = isinstance(part, Paragraph) and isinstance(after, Items)
        noted = isinstance(part, Paragraph | Items | Gap) and isinstance(after, Note)
        yield position, part, Beside(isinstance(before, Table), leads or noted)
        before = part


def blocks(part: Part, known: Captions, beside: Beside = ALONE) -> tuple[Block, ...]:
    """The paragraphs of a part that is only text; a table, a figure, the lists and the cover have none here."""
    found = _blocks(part, known, table_style().after if beside.after_table else None)
    if beside.stays and len(found[-1].text) <= SHORT:
        return (*found[:-1], replace(found[-1], keep=True))
    return found


def _blocks(part: Part, known: Captions, before: float | None) -> tuple[Block, ...]:
    if isinstance(part, Heading):
        return (Block(f"Heading{part.level}", (Span(part.text),)),)
    if isinstance(part, Subhead):
        return (Block("Butir", (Span(part.text),), before),)
    if isinstance(part, Paragraph):
        return (Block("BodyText", _spans(part.text, part.source, known), before),)
    if isinstance(part, Gap):
        return (Block("BodyText", (Span(f"[Lengkapi: {part.text}]", marked=True),), before),)
    if isinstance(part, Note):
        return (Block("Catatan", (Span(part.text),)),)
    if isinstance(part, Items):
        return tuple(_item(part, n, text, before if n == 0 else None, known) for n, text in enumerate(part.texts))
    return _signature(part) if isinstance(part, Signature) else ()


def _item(part: Items, place: int, text: str, before: float | None, known: Captions) -> Block:
    style, label = ("ListNumber", counted(part, place)) if part.numbered else ("ListBullet", "–")
    return Block(style, _spans(text, part.source, known), before, label, level=part.level)


def counted(part: Items, place: int) -> str:
    """How an item of a list that counts is marked: ``3.``, ``c.``; after z come aa, bb, as Word counts."""
    number = part.first + place
    rounds, letter = divmod(number - 1, 26)
    return f"{chr(ord('a') + letter) * (rounds + 1)}." if part.letters else f"{number}."


def caption(label: str, text: str, style: str = "Caption") -> Block:
    """``Tabel 3. Pagu dan Realisasi Anggaran``"""
    return Block(style, (Span(f"{label}. {text}"),))


def _spans(text: str, source: str, known: Captions) -> tuple[Span, ...]:
    """A text in its faces; only what a person may have written is read for markup."""
    text = _tied(text)
    if not source or _MARKUP_BEGINS.search(text) is None:
        return (Span(text),)
    return tuple(_read(text, known))


def _read(text: str, known: Captions) -> Iterator[Span]:
    """The stretches of a text with markup; a face may hold the other one."""
    end = 0
    for match in _MARKUP.finditer(text):
        if match.start() > end:
            yield Span(text[end : match.start()])
        yield from _marked(match, known)
        end = match.end()
    if end < len(text):
        yield Span(text[end:])


def _marked(match: re.Match[str], known: Captions) -> Iterator[Span]:
    if match["bold"]:
        yield from (replace(span, bold=True) for span in _read(match["bold"], known))
    elif match["italic"]:
        yield from (replace(span, italic=True) for span in _read(match["italic"], known))
    elif match["figure"]:
        yield from _figured(match["figure"], known)
    elif match["open"]:
        yield Span(match["open"], marked=True)
    elif named := known.named(match["anchor"]):
        yield Span(named.replace(" ", "\u00a0"), anchor=match["anchor"].casefold())
    else:
        yield Span(match[0], marked=True)


def _figured(text: str, known: Captions) -> Iterator[Span]:
    """A text with what its figures print now; a figure that is not there any more is marked."""
    end = 0
    for match in REFERENCE.finditer(text):
        if match.start() > end:
            yield Span(text[end : match.start()])
        words = _tied(known.figures.get(match[0].casefold(), match[0]))
        yield Span(words, marked=words[0] in "[{", figure=match[0])
        end = match.end()
    if end < len(text):
        yield Span(text[end:])


def _tied(text: str) -> str:
    """An amount and its sign stay on one line."""
    text = _RUPIAH.sub("Rp\u00a0", text) if "Rp " in text else text
    return _PERCENT.sub("\u00a0%", text) if " %" in text else text


def _signature(part: Signature) -> tuple[Block, ...]:
    """All lines but the last keep with the next one, so that a signature is never torn apart."""
    who = part.signatory
    texts = (part.dated, *who.above, *[""] * SIGNING_LINES, who.name, *who.below)
    last = len(texts) - 1
    return tuple(
        Block("TandaTangan", (Span(text),), 24 if number == 0 else None, last=number == last)
        for number, text in enumerate(texts)
    )
