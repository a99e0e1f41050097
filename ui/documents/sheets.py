"""Where the pages of a document lie on the desk of the preview: one below the other, or two side by side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSizeF

from ui.tokens import GRID

MARGIN = GRID * 2
PIXELS_A_POINT = 96 / 72
"""How many logical pixels a point has at a zoom of 1."""


class Sheets:
    """Places in logical pixels from the upper left corner of the desk, for one zoom and one or two columns."""

    def __init__(self, sizes: Sequence[QSizeF], zoom: float, columns: int, room: int) -> None:
        """`sizes` are in points; `room` is the width of the view, in which a narrow desk is centred."""
        self._sides = [
            (round(s.width() * PIXELS_A_POINT * zoom), round(s.height() * PIXELS_A_POINT * zoom)) for s in sizes
        ]
        self._columns = columns
        rows = [self._sides[i : i + columns] for i in range(0, len(self._sides), columns)]
        self.width = max(_row_width(row) for row in rows)
        self._left = max(room - self.width, 0) // 2
        self._tops = [MARGIN]
        for row in rows:
            self._tops.append(self._tops[-1] + max(height for _, height in row) + MARGIN)
        self.height = self._tops[-1]

    def rect(self, index: int) -> QRect:
        """The place of a page (from 0)."""
        row = index // self._columns
        first = row * self._columns
        sides = self._sides[first : first + self._columns]
        left = self._left + (self.width - _row_width(sides)) // 2 + MARGIN
        left += sum(width + MARGIN for width, _ in self._sides[first:index])
        width, height = self._sides[index]
        return QRect(left, self._tops[row], width, height)

    def top(self, index: int) -> int:
        """Where the view begins so that a page stands at its upper edge."""
        return self._tops[index // self._columns] - MARGIN

    def between(self, top: int, bottom: int) -> range:
        """The pages that have a part between two heights."""
        first = max(bisect_right(self._tops, top) - 1, 0)
        last = min(max(bisect_left(self._tops, bottom), 1), len(self._tops) - 1)
        return range(first * self._columns, min(last * self._columns, len(self._sides)))

    def at(self, x: int, y: int) -> int:
        """The page at a place, or the nearest one."""
        row = self.between(y, y + 1) or range(len(self._sides) - 1, len(self._sides))
        return min(row, key=lambda i: max(self.rect(i).left() - x, x - self.rect(i).right(), 0))


def _row_width(row: Sequence[tuple[int, int]]) -> int:
    return sum(width + MARGIN for width, _ in row) + MARGIN


def desk_size(sizes: Sequence[QSizeF], columns: int) -> QSizeF:
    """What the widest and the highest row need at a zoom of 1 in pixels, without margins."""
    rows = [sizes[i : i + columns] for i in range(0, len(sizes), columns)]
    width = max(sum(size.width() for size in row) for row in rows)
    return QSizeF(width, max(size.height() for size in sizes)) * PIXELS_A_POINT
