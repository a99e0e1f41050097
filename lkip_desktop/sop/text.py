"""The kinds of text in a flowchart, how they are measured, and how they are broken into lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Protocol


class TextRole(StrEnum):
    """What a text is for; a painter's font and colour follow from it."""

    HEAD = "head"
    NUMBER = "number"
    NUMBER_CURRENT = "number.current"
    TITLE = "title"
    CELL = "cell"
    NOTE = "note"
    NOTE_CURRENT = "note.current"
    NOTE_LATE = "note.late"
    LABEL = "label"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Font size in drawing units, weight, and the name of its colour."""

    size: float
    bold: bool
    ink: str


TEXT_STYLES = {
    TextRole.HEAD: TextStyle(12, True, "text"),
    TextRole.NUMBER: TextStyle(12, False, "text"),
    TextRole.NUMBER_CURRENT: TextStyle(12, True, "accent"),
    TextRole.TITLE: TextStyle(13, True, "text"),
    TextRole.CELL: TextStyle(12, False, "text"),
    TextRole.NOTE: TextStyle(12, False, "muted"),
    TextRole.NOTE_CURRENT: TextStyle(12, True, "accent"),
    TextRole.NOTE_LATE: TextStyle(12, True, "warn"),
    TextRole.LABEL: TextStyle(12, False, "text"),
    TextRole.TOTAL: TextStyle(12, True, "text"),
}


LEADING = 1.25
"""Line height per font size, the same for every font, so that screen and print have the same rows."""


class Measure(Protocol):
    """Measures text as the painter at hand will set it, in drawing units."""

    def width(self, text: str, role: TextRole) -> float: ...


def line_height(role: TextRole) -> int:
    """The height of a line in drawing units."""
    return ceil(TEXT_STYLES[role].size * LEADING)


def wrap(text: str, role: TextRole, width: float, measure: Measure) -> tuple[str, ...]:
    """Break a text into lines at most `width` wide, at spaces and after slashes; a longer word is cut.

    An empty text has no lines.
    """
    lines: list[str] = []
    line, used = "", 0.0
    for word, space in _words(text, role, width, measure):
        lead = " " if space and line else ""
        needed = measure.width(lead + word, role)
        if line and used + needed > width:
            lines.append(line)
            line, used = word, measure.width(word, role)
        else:
            line, used = line + lead + word, used + needed
    return (*lines, line) if line else tuple(lines)


def _words(text: str, role: TextRole, width: float, measure: Measure) -> Iterator[tuple[str, bool]]:
    """Pieces that fit a line, each with whether a space stands before it."""
    # Not at every white space: a no-break space holds words together.
    for word in text.replace("\n", " ").split(" "):
        space = True
        for part in word.replace("/", "/ ").split(" "):
            for piece in _cut(part, role, width, measure) if part else ():
                yield piece, space
                space = False


def _cut(word: str, role: TextRole, width: float, measure: Measure) -> Iterator[str]:
    while measure.width(word, role) > width and len(word) > 1:
        fits = next((n for n in range(len(word) - 1, 1, -1) if measure.width(word[:n], role) <= width), 1)
        yield word[:fits]
        word = word[fits:]
    yield word
