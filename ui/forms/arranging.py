"""Sorting and filtering of a table's rows for looking at; the order that is kept is never touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lkip_desktop.numbers import read_number

SortKey = tuple[int, Decimal, str]
_LAST = (2, Decimal(), "")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How rows are looked at: sorted by a column (its position; -1 for as kept), and only those that hold `words`."""

    column: int = -1
    descending: bool = False
    words: str = ""

    @property
    def plain(self) -> bool:
        return self.column < 0 and not self.words.strip()


def arranged(
    rows: Sequence[str], how: Arrangement, shown: Callable[[str], str], cell: Callable[[str], str]
) -> tuple[str, ...]:
    """`rows` as `how` asks. `shown` gives all the texts of a row, `cell` its text in the column sorted by.

    Figures go by their size before texts by their letters; empty cells stand last either way.
    """
    words = " ".join(how.words.casefold().split())
    found = [row for row in rows if not words or words in shown(row).casefold()]
    if how.column < 0:
        return tuple(found)
    keys = {row: sort_key(cell(row)) for row in found}
    filled = [row for row in found if keys[row] != _LAST]
    empty = [row for row in found if keys[row] == _LAST]
    return (*sorted(filled, key=keys.__getitem__, reverse=how.descending), *empty)


def sort_key(text: str) -> SortKey:
    """Where a text stands among others."""
    folded = text.strip().casefold()
    if not folded:
        return _LAST
    number = read_number(folded.removesuffix("%").strip(), money=folded.startswith("rp"))
    if not isinstance(number, Decimal):
        number = read_number(folded.partition(" ")[0])  # 12 dokumen
    return (0, number, folded) if isinstance(number, Decimal) else (1, Decimal(), folded)


def kept_in_place(old: Sequence[str], rows: Sequence[str]) -> tuple[str, ...]:
    """An arrangement after rows came or went: those that stay keep their places, new ones follow below.

    Rows are not sorted again while somebody types, or they would run away from under the hand.
    """
    standing = set(rows)
    known = set(old)
    return (*(row for row in old if row in standing), *(row for row in rows if row not in known))
