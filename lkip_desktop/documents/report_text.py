"""Reads what a person wrote for the report: paragraphs, lists, tables, pictures, and figures named in the text.

Lines are paragraphs. ``- `` and ``1. `` begin items of a list, ``| a | b |`` rows of a table whose caption is the line
``Tabel: …`` before it, ``![caption](berkas:ID)`` a picture attached to the report. Bold, italics and references to
captions stay in the text for the writers (`report_blocks`). ``{realisasi:ID}`` and the like become figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from lkip_desktop.documents.report import Column, Items, Paragraph, Part, Picture, Row, Table
from lkip_desktop.documents.report_figures import REFERENCE

PICTURES = "report_annexes"
"""The field whose attachments a text may show."""
NARROWEST, WIDEST = 5, 40
"""Characters by which the columns of a typed table share its width."""
_BULLET = re.compile(r"[-•–*] +(?=\S)")
_NUMBER = re.compile(r"[0-9]{1,3}[.)] +(?=\S)")
_PICTURE = re.compile(r"!\[(?P<caption>[^\]]*)\]\(berkas:(?P<file>[0-9]+)\)")
_FACES = re.compile(r"\*\*(\S(?:[^*\n]*\S)?)\*\*|(?<![*\w])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![*\w])")
_CAPTION = re.compile(r"tabel *: *(?P<caption>.+)", re.IGNORECASE)


def parts_of(text: str, pictures: Mapping[int, bytes], figures: Mapping[str, str]) -> Iterator[Part]:
    """The parts of a text, in order; blank lines only part paragraphs.

    `pictures` are the files that a text may show, by id; `figures` what references in cells of tables print.
    """
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
        yield from _made(kind, found, caption, pictures, figures)
        caption = ""
    if caption:
        yield Paragraph(caption)


def _made(
    kind: str, lines: list[str], caption: str, pictures: Mapping[int, bytes], figures: Mapping[str, str]
) -> Iterator[Part]:
    if kind == "table":
        yield _table(lines, caption, figures)
    elif kind == "picture":
        for line in lines:
            yield _picture(line, pictures)
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


def _table(lines: list[str], caption: str, figures: Mapping[str, str]) -> Table:
    """The first line is the heading; every row gets as many cells. Cells are plain words: signs of a face go."""
    rows = [[_cell(cell, figures) for cell in line[1:-1].split("|")] for line in lines]
    rows = [row for row in rows if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in row)]
    count = max(len(row) for row in rows)
    head, *body = [(*row, *[""] * (count - len(row))) for row in rows]
    named = _CAPTION.fullmatch(caption)
    longest = [max(len(text) for text in column) for column in zip(head, *body, strict=True)]
    widths = [min(max(length, NARROWEST), WIDEST) for length in longest]
    columns = tuple(Column(text, 100 * width / sum(widths)) for text, width in zip(head, widths, strict=True))
    return Table(named["caption"] if named else "Rincian", columns, tuple(Row(row) for row in body))


def _cell(text: str, figures: Mapping[str, str]) -> str:
    plain = _FACES.sub(lambda match: match[1] or match[2], text.strip())
    return REFERENCE.sub(lambda match: figures.get(match[0].casefold(), match[0]), plain)


def _picture(line: str, pictures: Mapping[int, bytes]) -> Part:
    """A picture, or the line itself where the file is not there any more."""
    match = _PICTURE.fullmatch(line)
    data = pictures.get(int(match["file"])) if match else None
    if match is None or data is None:
        return Paragraph(line)
    caption = match["caption"].strip() or "Gambar"
    return Picture(caption, data, caption)
