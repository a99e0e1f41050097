"""The words of a page and where they stand: found, marked and copied without asking PDFium again."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the page's upper left corner."""


@dataclass(frozen=True, slots=True)
class TextLayer:
    """`text` has one character for each four numbers of `edges`: its Box; characters without a place have no width."""

    text: str
    edges: array[float]

    def box(self, index: int) -> Box:
        left, top, right, bottom = self.edges[4 * index : 4 * index + 4]
        return left, top, right, bottom

    def find(self, words: str) -> tuple[tuple[int, int], ...]:
        """Where `words` stand, as (first, behind the last) characters: in any case, over any gap or line end."""
        parts = [re.escape(part) for part in words.split()]
        if not parts:
            return ()
        pattern = re.compile(r"\s+".join(parts), re.IGNORECASE)
        return tuple(found.span() for found in pattern.finditer(self.text))

    def at(self, x: float, y: float) -> int:
        """The gap between characters (0 to their number) nearest to a point: first by line, then along it."""
        nearest, best = 0, (float("inf"), float("inf"))
        for index in self._placed():
            left, top, right, bottom = self.box(index)
            far = (max(top - y, y - bottom, 0.0), max(left - x, x - right, 0.0))
            if far < best:
                best = far
                nearest = index + (x > (left + right) / 2)
        return nearest

    def over(self, x: float, y: float) -> bool:
        """Whether a point is on a character."""
        return any(
            left <= x <= right and top <= y <= bottom for left, top, right, bottom in map(self.box, self._placed())
        )

    def lines(self, first: int, last: int) -> list[Box]:
        """One box for each run on a line from character `first` up to, not including, `last`."""
        made: list[Box] = []
        for index in self._placed(first, last):
            left, top, right, bottom = self.box(index)
            if made and _same_line(made[-1], (left, top, right, bottom)):
                old = made[-1]
                made[-1] = (min(old[0], left), min(old[1], top), max(old[2], right), max(old[3], bottom))
            else:
                made.append((left, top, right, bottom))
        return made

    def copied(self, first: int, last: int) -> str:
        """The text as it goes to the clipboard."""
        return self.text[first:last].replace("\r\n", "\n").replace("\r", "\n")

    def word(self, index: int) -> tuple[int, int]:
        """The word around a gap."""
        runs = (run.span() for run in re.finditer(r"\w+", self.text))
        return next((run for run in runs if run[0] <= index <= run[1]), (index, index))

    def line_step(self, index: int, down: bool) -> int:
        """The gap one line up or down from a gap, below or above the same place."""
        placed = list(self._placed())
        if not placed:
            return index
        left, top, _, bottom = self.box(min(placed, key=lambda i: abs(i - index)))
        height, middle = bottom - top, (top + bottom) / 2
        others = [i for i in placed if (self._middle(i) - middle) * (1 if down else -1) > height / 2]
        if not others:
            return len(self.text) if down else 0
        line = self._middle(min(others, key=lambda i: abs(self._middle(i) - middle)))
        return self.at(left, line)

    def _middle(self, index: int) -> float:
        return (self.edges[4 * index + 1] + self.edges[4 * index + 3]) / 2

    def _placed(self, first: int = 0, last: int | None = None) -> Iterator[int]:
        """The characters that have a place on the page."""
        edges = self.edges
        for index in range(first, len(self.text) if last is None else last):
            if edges[4 * index + 2] > edges[4 * index]:
                yield index


def _same_line(old: Box, new: Box) -> bool:
    """Whether a character goes on the line of a box: beside it, at its height, and no column away."""
    height = max(old[3] - old[1], new[3] - new[1])
    overlap = min(old[3], new[3]) - max(old[1], new[1])
    return overlap > 0.5 * min(old[3] - old[1], new[3] - new[1]) and -height < new[0] - old[2] < 3 * height
