"""The signs of bold and italic in what people write: ``**bold**``, ``*italic*``, and one inside the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

_ONE = r"\*[^\s*](?:[^*\n]*[^\s*])?\*"
_TWO = r"\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*"
BOLD = rf"\*\*(?P<bold>(?!\s)(?:[^*\n]|{_ONE})+(?<!\s))\*\*"
ITALIC = rf"(?<![*\w])\*(?P<italic>(?![\s*])(?:[^*\n]|{_TWO})+(?<![\s]))\*(?![*\w])"
"""Patterns of a stretch in a face; what is inside may hold the other face."""
_FACES = re.compile(f"{BOLD}|{ITALIC}")


def without_faces(text: str) -> str:
    """A text without the signs of its faces."""
    return _FACES.sub(lambda match: without_faces(match["bold"] or match["italic"]), text)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one face."""

    text: str
    bold: bool = False
    italic: bool = False


def with_faces(pieces: Iterable[Piece]) -> str:
    """The pieces as one line, with signs around the words of a face and not around the spaces beside them."""
    found = "".join(
        _signed("**", _italics(group)) if bold else _italics(group)
        for bold, group in groupby(_calm(pieces), lambda piece: piece.bold)
    )
    return " ".join(found.replace("\u00a0", " ").split())


def _italics(pieces: Iterator[Piece]) -> str:
    groups = groupby(pieces, lambda piece: piece.italic)
    texts = ((italic, "".join(piece.text for piece in group)) for italic, group in groups)
    return "".join(_signed("*", text) if italic else text for italic, text in texts)


def _calm(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces that hold something; a space has the face of the words before it."""
    before = Piece("")
    for piece in pieces:
        if piece.text:
            before = piece if piece.text.strip() else Piece(piece.text, before.bold, before.italic)
            yield before


def _signed(sign: str, text: str) -> str:
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return f"{text[:start]}{sign}{core}{sign}{text[start + len(core) :]}"
