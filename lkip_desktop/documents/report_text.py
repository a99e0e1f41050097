"""Reads what a person wrote for the report: paragraphs, lists, tables, pictures, and figures named in the text.

Lines are paragraphs. ``- `` and ``1. `` begin items of a list, ``| a | b |`` rows of a table whose caption is the line
``Tabel: …`` before it, ``![caption](berkas:ID)`` a picture attached to the report. Bold, italics and references to
captions stay in the text for the writers (`report_blocks`). ``{realisasi:ID}`` and the like become figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from lkip_desktop.documents.report import Column, Items, Paragraph, Part, Picture, Row, Table

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot

PICTURES = "report_annexes"
"""The field whose attachments a text may show."""
_BULLET = re.compile(r"[-•–*] +(?=\S)")
_NUMBER = re.compile(r"[0-9]{1,2}[.)] +(?=\S)")
_PICTURE = re.compile(r"!\[(?P<caption>[^\]]*)\]\(berkas:(?P<file>[0-9]+)\)")
_CAPTION = re.compile(r"tabel *: *(?P<caption>.+)", re.IGNORECASE)


def parts_of(text: str, snapshot: Snapshot) -> Iterator[Part]:
    """The parts of a text, in order; blank lines only part paragraphs."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    caption = ""
    for kind, group in groupby(lines, key=_kind):
        found = list(group)
        if kind == "caption":
            yield from (Paragraph(line) for line in found[:-1])
            caption = found[-1]
            continue
        if caption and kind != "table":
            yield Paragraph(caption)
        yield from _made(kind, found, caption, snapshot)
        caption = ""
    if caption:
        yield Paragraph(caption)


def _made(kind: str, lines: list[str], caption: str, snapshot: Snapshot) -> Iterator[Part]:
    if kind == "table":
        yield _table(lines, caption)
    elif kind == "picture":
        for line in lines:
            yield _picture(line, snapshot)
    elif kind in ("bullet", "number"):
        begin = _BULLET if kind == "bullet" else _NUMBER
        yield Items(tuple(begin.sub("", line, count=1) for line in lines), numbered=kind == "number")
    else:
        yield from (Paragraph(line) for line in lines)


def _kind(line: str) -> str:
    if line.startswith("|") and line.endswith("|") and len(line) > 2:
        return "table"
    if _PICTURE.fullmatch(line):
        return "picture"
    if _CAPTION.fullmatch(line):
        return "caption"
    if _BULLET.match(line):
        return "bullet"
    return "number" if _NUMBER.match(line) else "text"


def _table(lines: list[str], caption: str) -> Table:
    """The first line is the heading; every row gets as many cells."""
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    rows = [row for row in rows if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in row)]
    count = max(len(row) for row in rows)
    head, *body = [(*row, *[""] * (count - len(row))) for row in rows]
    named = _CAPTION.fullmatch(caption)
    columns = tuple(Column(text, 100 / count) for text in head)
    return Table(named["caption"] if named else "Rincian", columns, tuple(Row(row) for row in body))


def _picture(line: str, snapshot: Snapshot) -> Part:
    """A picture, or the line itself where the file is not there any more."""
    match = _PICTURE.fullmatch(line)
    data = snapshot.pictures.get(int(match["file"])) if match else None
    if match is None or data is None:
        return Paragraph(line)
    caption = match["caption"].strip() or "Gambar"
    return Picture(caption, data, caption)
