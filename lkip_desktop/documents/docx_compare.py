"""Lays two versions of a report side by side: the paragraphs, table rows and figures that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any
from zipfile import BadZipFile

from lkip_desktop.documents.docx_body import LISTS, UNREADABLE, W, blocks_of, figures, rows_of, style_of, words_of
from lkip_desktop.errors import UserError
from lkip_desktop.outside import require_docx

_CLOSE = 0.5
"""Two lines this much alike are one line that was changed."""
_MOST_PAIRED = 40
"""Lines of longer replaced stretches are paired by their words alone."""
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")


OTHER = "(gambarnya diganti)"


class Kind(StrEnum):
    PARAGRAPH = "paragraf"
    TABLE = "tabel"
    FIGURE = "gambar"


@dataclass(frozen=True, slots=True)
class DocLine:
    """A paragraph, a table's row with its cells parted by bars, or a figure told by its description.

    `picture` tells figures apart: a digest of the picture, or of a chart's values.
    """

    kind: Kind
    heading: str
    text: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two versions differ; `old` or `new` is empty where a line was put in or taken out."""

    kind: Kind
    heading: str
    old: str
    new: str


def compare(old: bytes, new: bytes) -> tuple[Difference, ...]:
    """The differences in the order of the newer version. Raises UserError when one is no DOCX."""
    before, after = document_lines(old), document_lines(new)
    matcher = SequenceMatcher(None, [_key(line) for line in before], [_key(line) for line in after], autojunk=False)
    return tuple(
        difference
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
        for difference in _paired(before[i1:i2], after[j1:j2])
    )


def document_lines(data: bytes) -> tuple[DocLine, ...]:
    """Everything that a reader sees in the body but lists of contents, whose page numbers follow from the rest."""
    require_docx(data)
    from lkip_desktop.documents.docx_package import load

    try:
        document = load(data)
        return tuple(_lines(document))
    except (LookupError, ValueError, AttributeError, TypeError, BadZipFile, OSError, SyntaxError) as error:
        raise UserError(UNREADABLE) from error


def _key(line: DocLine) -> tuple[str, str]:
    return line.kind.value, line.picture or line.text


def _lines(document: Any) -> Iterator[DocLine]:
    heading = ""
    for block in blocks_of(document.element.body):
        if block.tag == f"{W}tbl":
            yield from (DocLine(Kind.TABLE, heading, " | ".join(cells)) for cells in rows_of(block))
            continue
        style, text = style_of(block).lower(), words_of(block)
        if style.startswith(LISTS):
            continue
        if style.startswith(("heading", "judul")) and text:
            heading = text
        yield from (DocLine(Kind.FIGURE, heading, *figure) for figure in figures(document, block))
        if text:
            yield DocLine(Kind.PARAGRAPH, heading, text)


def _paired(before: Sequence[DocLine], after: Sequence[DocLine]) -> Iterator[Difference]:
    """Lines that were changed beside each other; the rest as taken out or put in."""
    left = list(before)
    if len(before) * len(after) > _MOST_PAIRED**2:
        yield from _paired_by_words(before, after)
        return
    for line in after:
        partner = _closest(line, left)
        if partner is not None:
            yield from (Difference(gone.kind, gone.heading, gone.text, "") for gone in left[:partner])
            old = left[partner].text
            yield Difference(line.kind, line.heading, old, line.text if line.text != old else f"{old} {OTHER}")
            left = left[partner + 1 :]
        else:
            yield Difference(line.kind, line.heading, "", line.text)
    yield from (Difference(gone.kind, gone.heading, gone.text, "") for gone in left)


def _paired_by_words(before: Sequence[DocLine], after: Sequence[DocLine]) -> Iterator[Difference]:
    """A long stretch, such as a budget whose every row changed.

    Lines with the same words and other figures belong together, the rest was taken out or put in.
    """
    own, their = ([(line.kind.value, _FIGURES.sub("", line.text)) for line in side] for side in (before, after))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, own, their, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs = zip(before[i1:i2], after[j1:j2], strict=True)
            yield from (Difference(new.kind, new.heading, old.text, new.text) for old, new in pairs)
        else:
            yield from (Difference(line.kind, line.heading, line.text, "") for line in before[i1:i2])
            yield from (Difference(line.kind, line.heading, "", line.text) for line in after[j1:j2])


def _closest(line: DocLine, others: Sequence[DocLine]) -> int | None:
    """The first line of the same kind that reads much the same."""
    for place, other in enumerate(others):
        if other.kind is line.kind and SequenceMatcher(None, other.text, line.text).ratio() >= _CLOSE:
            return place
    return None
