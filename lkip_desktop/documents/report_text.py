"""Reads what a person wrote for the report: paragraphs, lists, tables, pictures, and figures named in the text.

Lines are paragraphs. ``- ``, ``1. `` and ``a. `` begin items of a list, which lies in another one where it stands
further in, ``| a | b |`` rows of a table whose caption is the line ``Tabel: …`` before it, ``![caption](berkas:ID)`` a
picture attached to the report. Bold, italics and references to captions stay in the text for the writers
(`report_blocks`). ``{realisasi:ID}`` and the like become figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from lkip_desktop.documents.report import Column, Items, Paragraph, Part, Picture, Row, Table
from lkip_desktop.documents.report_faces import without_faces
from lkip_desktop.documents.report_figures import REFERENCE

PICTURES = "report_annexes"
"""The field whose attachments a text may show."""
UNNAMED = "Rincian"
"""The caption of a table that was typed without one."""
NARROWEST, WIDEST = 5, 40
"""Characters by which the columns of a typed table share its width."""
INDENT, DEEPEST = "  ", 2
"""How a list in another one is typed, and how deep lists can lie."""
LISTS = {
    "bullet": re.compile(r"[-•–*] +(?=\S)"),
    "number": re.compile(r"[0-9]{1,3}[.)] +(?=\S)"),
    "letter": re.compile(r"[a-z][.)] +(?=\S)"),
}
"""How the items of each kind of list begin."""
_PICTURE = re.compile(r"!\[(?P<caption>[^\]]*)\]\(berkas:(?P<file>[0-9]+)\)")
_CAPTION = re.compile(r"tabel *: *(?P<caption>.+)", re.IGNORECASE)


def parts_of(text: str, pictures: Mapping[int, bytes], figures: Mapping[str, str]) -> Iterator[Part]:
    """The parts of a text, in order; blank lines only part paragraphs.

    `pictures` are the files that a text may show, by id; `figures` what references in cells of tables print.
    """
    caption = ""
    for (kind, level), group in groupby(_levelled(text), key=lambda line: line[:2]):
        found = [line for *_, line in group]
        if kind == "caption":
            yield from (Paragraph(line) for line in found[:-1])
            caption = found[-1]
            continue
        if caption and kind != "table":
            yield Paragraph(caption)
        yield from _made(kind, level, found, caption, pictures, figures)
        caption = ""
    if caption:
        yield Paragraph(caption)


def _levelled(text: str) -> Iterator[tuple[str, int, str]]:
    """The kind of each line, how deep it lies in lists, and its words; a list that stands further in lies deeper."""
    edges: list[int] = []
    for line in text.expandtabs(4).splitlines():
        words = line.strip()
        if not words:
            continue
        kind, edge = _kind(words), len(line) - len(line.lstrip())
        if kind not in LISTS:
            edges = []
        else:
            edges = [other for other in edges if other < edge] + [edge]
        yield kind, min(max(len(edges) - 1, 0), DEEPEST), words


def table_line(cells: Iterable[str]) -> str:
    """A row of a table as people type it."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def as_typed(printed: str, typed: str, figures: Mapping[str, str]) -> str:
    """A text that was read from a document, its rows that stand in `typed` too as they are typed there."""
    lines = [line.strip() for line in typed.splitlines()]
    rows: dict[str, str] = {}
    for kind, group in groupby(lines, key=_kind):
        if kind == "table":
            kept = [line for line in group if not _is_rule(_cells(line))]
            rows |= dict(zip(map(table_line, _padded(kept, figures)), kept, strict=True))
    unnamed = f"Tabel: {UNNAMED}"
    read = (line for line in printed.splitlines() if line != unnamed or line in lines)
    return "\n".join(rows.get(line, line) for line in read)


def _made(
    kind: str, level: int, lines: list[str], caption: str, pictures: Mapping[int, bytes], figures: Mapping[str, str]
) -> Iterator[Part]:
    if kind == "table":
        yield _table(lines, caption, figures)
    elif kind == "picture":
        for line in lines:
            yield _picture(line, pictures)
    elif kind in LISTS:
        sign = re.split("[.)]", lines[0])[0]
        first = int(sign) if kind == "number" else ord(sign) - ord("a") + 1 if kind == "letter" else 1
        texts = tuple(LISTS[kind].sub("", line, count=1) for line in lines)
        yield Items(texts, numbered=kind != "bullet", first=first, letters=kind == "letter", level=level)
    else:
        yield from (Paragraph(line) for line in lines)


def _kind(line: str) -> str:
    if line.startswith("|") and line.endswith("|") and len(line) > 2:
        return "table"
    if _PICTURE.fullmatch(line):
        return "picture"
    if _CAPTION.fullmatch(line):
        return "caption"
    return next((kind for kind, begin in LISTS.items() if begin.match(line)), "text")


def _table(lines: list[str], caption: str, figures: Mapping[str, str]) -> Table:
    """The first line is the heading; every row gets as many cells. Cells are plain words: signs of a face go."""
    head, *body = _padded([line for line in lines if not _is_rule(_cells(line))], figures)
    named = _CAPTION.fullmatch(caption)
    longest = [max(len(text) for text in column) for column in zip(head, *body, strict=True)]
    widths = [min(max(length, NARROWEST), WIDEST) for length in longest]
    columns = tuple(Column(text, 100 * width / sum(widths)) for text, width in zip(head, widths, strict=True))
    return Table(named["caption"] if named else UNNAMED, columns, tuple(Row(row) for row in body))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line[1:-1].split("|")]


def _is_rule(cells: list[str]) -> bool:
    """Whether a row only parts the heading from the rest, ``|---|---|``."""
    return all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells)


def _padded(lines: list[str], figures: Mapping[str, str]) -> list[tuple[str, ...]]:
    rows = [[_cell(cell, figures) for cell in _cells(line)] for line in lines]
    count = max((len(row) for row in rows), default=0)
    return [(*row, *[""] * (count - len(row))) for row in rows]


def _cell(text: str, figures: Mapping[str, str]) -> str:
    return REFERENCE.sub(lambda match: figures.get(match[0].casefold(), match[0]), without_faces(text.strip()))


def _picture(line: str, pictures: Mapping[int, bytes]) -> Part:
    """A picture, or the line itself where the file is not there any more."""
    match = _PICTURE.fullmatch(line)
    data = pictures.get(int(match["file"])) if match else None
    if match is None or data is None:
        return Paragraph(line)
    caption = match["caption"].strip() or "Gambar"
    return Picture(caption, data, caption, file=f"berkas:{match['file']}")
