"""Rows of a comma-separated file whose own commas were not quoted: put together where there is one way, else kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from lkip_desktop.documents.workbook_read import EMPTY, Cell, Row
from lkip_desktop.numbers import read_number

MOST_CELLS = 80
_LEADING_ZERO = re.compile(r"\D*0[0-9]")


@dataclass(frozen=True, slots=True)
class Slot:
    """What a column may hold: a figure, one of some choices (folded), or any text."""

    figure: bool = False
    choices: frozenset[str] = frozenset()


def mended(cells: Row, slots: Sequence[Slot], heading: Row) -> Row | None:
    """One cell for each slot, when there is exactly one way to put the row's cells together; else None.

    ``…,85,5,86,2`` below two figures is 85,5 and 86,2; ``…,85,5,86`` could be two things and is None. A text goes on
    after a comma with a space. Where the headings stand behind a comma and a space, one without a space is the row's
    own.
    """
    if not len(slots) < len(cells) <= MOST_CELLS:
        return None
    if len(heading) > 1 and all(cell.spaced for cell in heading[1:]):
        return _by_spaces(cells, slots)
    ways = _ways(cells, slots)
    return ways[0] if len(ways) == 1 else None


def set_aside(cells: Row, slots: Sequence[Slot], name: int) -> tuple[Row, int]:
    """One cell for each slot with nothing shifted, and the slot that holds the undivided rest of the row.

    That is the first figure where all before it stands in its place, else the slot `name`.
    """
    first = next((n for n, slot in enumerate(slots) if slot.figure), len(slots) - 1)
    sound = all(_fits(cell, slot) and not cell.spaced for cell, slot in zip(cells[:first], slots, strict=False))
    rest = first if sound else name
    joined = Cell(",".join(cell.text for cell in cells[rest:]).rstrip(","))
    return (*cells[:rest], joined, *[EMPTY] * (len(slots) - rest - 1)), rest


def _by_spaces(cells: Row, slots: Sequence[Slot]) -> Row | None:
    whole = [cells[0]]
    for cell in cells[1:]:
        if cell.spaced:
            whole.append(cell)
        else:
            whole[-1] = Cell(f"{whole[-1].text},{cell.text}")
    return tuple(whole) if len(whole) == len(slots) else None


def _ways(cells: Row, slots: Sequence[Slot]) -> tuple[Row, ...]:
    """Up to two ways to fill all slots with all cells."""

    @cache
    def rest(cell: int, slot: int) -> tuple[Row, ...]:
        if slot == len(slots):
            return ((),) if cell == len(cells) else ()
        found: list[Row] = []
        for taken, value in _readings(cells, cell, slots[slot]):
            found += [(value, *tail) for tail in rest(cell + taken, slot + 1)]
        return tuple(found[:2])

    return rest(0, 0)


def _readings(cells: Row, at: int, slot: Slot) -> list[tuple[int, Cell]]:
    """What may stand in a slot from a cell on, with how many cells that takes."""
    if at >= len(cells):
        return []
    found = [(1, cells[at])] if _fits(cells[at], slot) else []
    following = cells[at + 1] if at + 1 < len(cells) else EMPTY
    if slot.figure and _is_torn(cells[at].text, following.text):
        found.append((2, Cell(f"{cells[at].text},{following.text}")))
    if not slot.figure and not slot.choices:
        text, end = cells[at].text, at + 1
        while end < len(cells) and cells[end].spaced:
            text, end = f"{text}, {cells[end].text}", end + 1
            found.append((end - at, Cell(text)))
    return found


def _fits(cell: Cell, slot: Slot) -> bool:
    text = cell.text
    if slot.choices:
        return not text or text.casefold() in slot.choices
    if not slot.figure:
        return True
    figure = isinstance(read_number(text), Decimal)
    whole = text.count("(") == text.count(")") and not _LEADING_ZERO.match(text)
    return whole and (figure or not cell.spaced)


def _is_torn(left: str, right: str) -> bool:
    joined = f"{left},{right}"
    digits = left[-1:].isdecimal() and right[:1].isdecimal()
    return digits and isinstance(read_number(joined), Decimal) and not _LEADING_ZERO.match(joined)
