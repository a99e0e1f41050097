"""Breaks the parts of a report into paragraphs with their styles: the one reading that writer and page count share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lkip_desktop.documents.report import (
    LAST_LISTED_LEVEL,
    Gap,
    Heading,
    Items,
    Note,
    Paragraph,
    Part,
    Report,
    Section,
    Signature,
    Table,
)
from lkip_desktop.documents.report_style import table_style

Key = tuple[int, int]
SIGNING_LINES = 4
LABEL = "Tabel"
_RUPIAH = re.compile(r"\bRp (?=[0-9])")
_PERCENT = re.compile(r"(?<=[0-9]) %")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its style, its text, the space before it where that differs from the style (points)."""

    style: str
    text: str
    before: float | None = None
    marked: bool = False
    last: bool = True


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
    found = ((key, part) for key, part in keyed(report) if isinstance(part, Table))
    return tuple(
        Entry(key, "TableofFigures", f"{LABEL} {number}.\t{part.caption}")
        for number, (key, part) in enumerate(found, start=1)
    )


def spaced(section: Section) -> Iterator[tuple[int, Part, bool]]:
    """A section's parts with their positions, and whether a table stands right before."""
    before: Part | None = None
    for position, part in enumerate(section.parts):
        yield position, part, isinstance(before, Table)
        before = part


def blocks(part: Part, *, after_table: bool = False) -> tuple[Block, ...]:
    """The paragraphs of a part that is only text; a table, the lists of contents and the cover have none here."""
    before = table_style().after if after_table else None
    if isinstance(part, Heading):
        return (Block(f"Heading{part.level}", part.text),)
    if isinstance(part, Paragraph):
        return (Block("BodyText", _tied(part.text), before),)
    if isinstance(part, Gap):
        return (Block("BodyText", f"[Lengkapi: {part.text}]", before, marked=True),)
    if isinstance(part, Note):
        return (Block("Catatan", part.text),)
    if isinstance(part, Items):
        style = "ListNumber" if part.numbered else "ListBullet"
        return tuple(Block(style, text, None if n else before) for n, text in enumerate(part.texts))
    return _signature(part) if isinstance(part, Signature) else ()


def _tied(text: str) -> str:
    """An amount and its sign stay on one line."""
    return _PERCENT.sub("\u00a0%", _RUPIAH.sub("Rp\u00a0", text))


def _signature(part: Signature) -> tuple[Block, ...]:
    """All lines but the last keep with the next one, so that a signature is never torn apart."""
    who = part.signatory
    texts = (part.dated, *who.above, *[""] * SIGNING_LINES, who.name, *who.below)
    last = len(texts) - 1
    return tuple(
        Block("TandaTangan", text, 24 if number == 0 else None, last=number == last)
        for number, text in enumerate(texts)
    )
