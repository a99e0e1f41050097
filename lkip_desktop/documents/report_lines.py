"""Breaks text into lines as Word and LibreOffice do, from the metrics of the report's font."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lkip_desktop.documents.fonts import text_width
from lkip_desktop.documents.report_blocks import Span
from lkip_desktop.documents.report_style import MM, TextStyle

# Arial's line is this much higher than its type size; a style's least line height goes before it when larger.
NATURAL_LINE = 2355 / 2048
_CACHED = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its spans, where it begins from the left edge of the text, and how wide it may be, in points.

    `label` stands in the hanging indent before it; `last` lines of a paragraph are not spread to both edges.
    """

    spans: tuple[Span, ...]
    x: float
    width: float
    label: str = ""
    last: bool = False

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


def line_height(style: TextStyle) -> float:
    """In points; lines are never lower than the style says."""
    return max(style.line, style.size * NATURAL_LINE)


def line_count(text: str, style: TextStyle, width: float) -> int:
    """How many lines a plain paragraph takes in a text area of `width` points."""
    # By numbers: to look a line up by its style takes longer than to break a short one.
    return _count(text, style.size, style.bold, _inner(style, width), style.first_line * MM)


@lru_cache(maxsize=_CACHED)
def _count(text: str, size: float, bold: bool, width: float, indent: float) -> int:
    _, tab, rest = text.partition("\t")
    first, *others = (rest if tab else text).split("\n")
    count = len(_broken(first, size, bold, width, 0.0 if tab else indent))
    return count + sum(len(_broken(other, size, bold, width, 0.0)) for other in others)


def _inner(style: TextStyle, width: float) -> float:
    """The width between the indents of a style."""
    return width - (style.left + style.right) * MM


def set_lines(spans: Sequence[Span], style: TextStyle, width: float, label: str = "") -> tuple[Line, ...]:
    """The lines of a paragraph in a text area of `width` points; a tab in it parts a number from its text."""
    lines = tuple(_lines(tuple(spans), style, width))
    return (replace(lines[0], label=label), *lines[1:]) if label else lines


def _lines(spans: tuple[Span, ...], style: TextStyle, width: float) -> Iterator[Line]:
    left, inner = style.left * MM, _inner(style, width)
    number, tab, rest = spans[0].text.partition("\t") if spans else ("", "", "")
    label = number if tab else ""
    if tab:
        spans = (spans[0].said(rest), *spans[1:])
    indent = 0.0 if tab else style.first_line * MM
    for place, row in enumerate(_rows(spans)):
        filled = _filled(row[0], style, inner, indent) if len(row) == 1 else [*_wrapped(row, style, inner, indent)]
        for count, (found, start) in enumerate(filled, start=1):
            yield Line(found, left + start, inner - start, "" if place or count > 1 else label, count == len(filled))
        indent = 0.0


_Set = tuple[tuple[Span, ...], float]
"""The spans of a line, and where it begins."""


def _filled(span: Span, style: TextStyle, width: float, indent: float) -> list[_Set]:
    """`_wrapped` for a single span, which most texts are: words are strings, not spans."""
    broken = _broken(span.text, style.size, style.bold or span.bold, width, indent)
    if span.bold or span.italic or span.anchor or span.marked:
        return [((span.said(text),), start) for text, start in broken]
    return [((Span(text),), start) for text, start in broken]


def _broken(text: str, size: float, bold: bool, width: float, indent: float) -> list[tuple[str, float]]:
    """The lines of a text in one face, and where each begins. A word wider than a line is torn."""
    space = width_of(" ", size, bold)
    lines: list[tuple[str, float]] = []
    line: list[str] = []
    start = x = indent
    for word in text.split(" "):
        wide = width_of(word, size, bold)
        if line and x + wide > width:
            lines.append((" ".join(line), start))
            line, start, x = [], 0.0, 0.0
        while not line and wide > width - x:
            fits = _fitting(word, size, bold, width - x)
            lines.append((word[:fits], start))
            word, start, x = word[fits:], 0.0, 0.0
            wide = width_of(word, size, bold)
        line.append(word)
        x += wide + space
    lines.append((" ".join(line), start))
    return lines


def _fitting(word: str, size: float, bold: bool, room: float) -> int:
    """How many characters of a word fit into `room`; at least one."""
    fits = 1
    while fits < len(word) and width_of(word[: fits + 1], size, bold) <= room:
        fits += 1
    return fits


def _rows(spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """The spans between line breaks that somebody set."""
    if len(spans) == 1 and "\n" not in spans[0].text:
        yield spans
        return
    row: list[Span] = []
    for span in spans:
        first, *others = span.text.split("\n")
        row.append(span.said(first))
        for text in others:
            yield tuple(row)
            row = [span.said(text)]
    yield tuple(row)


def _wrapped(spans: tuple[Span, ...], style: TextStyle, width: float, indent: float) -> Iterator[_Set]:
    """Fill lines word by word; only the first is indented. A word wider than a line is torn."""
    space = text_width(" ", style.size, bold=style.bold)
    line: list[tuple[Span, ...]] = []
    start = x = indent
    for word in _words(spans):
        wide = _width(word, style)
        if line and x + wide > width:
            yield _joined(line), start
            line, start, x = [], 0.0, 0.0
        while wide > width - x and not line:
            head, word = _torn(word, style, width - x)
            yield _joined([head]), start
            start, x = 0.0, 0.0
            wide = _width(word, style)
        line.append(word)
        x += wide + space
    yield _joined(line), start


def _words(spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """Words between plain spaces; one may change its face. Not str.split(): a no-break space must not break."""
    word: list[Span] = []
    for span in spans:
        first, *others = span.text.split(" ")
        word.append(span.said(first))
        for text in others:
            yield tuple(part for part in word if part.text) or (span.said(""),)
            word = [span.said(text)]
    yield tuple(part for part in word if part.text) or (Span(""),)


def _width(word: tuple[Span, ...], style: TextStyle) -> float:
    return sum(width_of(span.text, style.size, style.bold or span.bold) for span in word)


@lru_cache(maxsize=_CACHED)
def width_of(text: str, size: float, bold: bool) -> float:
    """The width of a word in points; italics are taken to be as wide as upright letters."""
    return text_width(text, size, bold=bold)


def _torn(word: tuple[Span, ...], style: TextStyle, room: float) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """As much of a word as fits into `room`, at least one character, and the rest."""
    first = word[0]
    fits = _fitting(first.text, style.size, style.bold or first.bold, room)
    rest = first.said(first.text[fits:])
    return (first.said(first.text[:fits]),), (rest, *word[1:]) if rest.text else word[1:] or (Span(""),)


def _joined(words: Sequence[tuple[Span, ...]]) -> tuple[Span, ...]:
    """The words with the spaces between them, neighbours of one face joined."""
    spans: list[Span] = []
    for place, word in enumerate(words):
        for number, span in enumerate(word):
            text = f" {span.text}" if place and number == 0 else span.text
            if spans and spans[-1].face == span.face:
                spans[-1] = span.said(spans[-1].text + text)
            else:
                spans.append(span.said(text))
    return tuple(spans)
