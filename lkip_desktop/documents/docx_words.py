"""Finds the words that differ inside two texts, so that a changed line shows what was changed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 1200
"""Longer texts are marked whole: comparing takes the product of their lengths."""
_TOKEN = re.compile(r"\n|[^\S\n]+|\w+(?:[.,]\w+)*|[^\w\s]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `changed` when the other text lacks it."""

    text: str
    changed: bool = False


def word_marks(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces: what only the old one has, and what only the new one has, is marked."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if not before or not after or len(before) > MOST_WORDS or len(after) > MOST_WORDS:
        return _whole(old, new), _whole(new, old)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left.append(("".join(before[i1:i2]), tag != "equal"))
        right.append(("".join(after[j1:j2]), tag != "equal"))
    return tuple(_joined(left)), tuple(_joined(right))


def figures_differ(old: str, new: str) -> bool:
    """Whether two texts do not hold the same numbers."""
    return sorted(_NUMBER.findall(old)) != sorted(_NUMBER.findall(new))


def _whole(text: str, other: str) -> tuple[Piece, ...]:
    return (Piece(text, text != other),) if text else ()


def _joined(pieces: list[tuple[str, bool]]) -> Iterator[Piece]:
    """Neighbours that are both changed as one, also across a single space between them."""
    text, changed = "", False
    for place, (piece, mark) in enumerate(pieces):
        between = piece.isspace() and changed and place + 1 < len(pieces) and pieces[place + 1][1]
        mark = mark or (between and bool(pieces[place + 1][0]))
        if text and mark != changed:
            yield Piece(text, changed)
            text = ""
        text, changed = text + piece, mark
    if text:
        yield Piece(text, changed)
