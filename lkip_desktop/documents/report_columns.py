"""How wide the columns of a report's table are: as was meant, unless a word would be torn that others have room for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lkip_desktop.documents.report import Table
from lkip_desktop.documents.report_lines import width_of
from lkip_desktop.documents.report_style import MM, TextStyle, table_style, text_styles

# A width is rounded to a twentieth of a point in the DOCX.
_ROUNDED = 0.1
_SIGN = re.compile(r"(?<=[0-9]) (?=%|\*\))")


def column_widths(table: Table, width: float) -> tuple[float, ...]:
    """The widths in points of a table's columns in a text area of `width` points.

    Where the longest word of a column, a sum of money for instance, is wider than the column, the others give of what
    they can spare. Where they have too little, all stay as they were meant, unless words would be torn even if every
    column had an equal part: then the wide columns give until none has more than another that lacks.
    """
    shares = sum(column.share for column in table.columns)
    meant = tuple(width * column.share / shares for column in table.columns)
    if not any(_torn(table, place, wide) for place, wide in enumerate(meant)):
        return meant
    return fitted(meant, [_widest(table, place) for place in range(len(meant))])


def fitted(meant: tuple[float, ...], needed: list[float]) -> tuple[float, ...]:
    """The widths that were meant, changed so that no column is narrower than it needs, as far as there is room."""
    lacking = sum(max(0.0, need - wide) for need, wide in zip(needed, meant, strict=True))
    spare = sum(max(0.0, wide - need) for need, wide in zip(needed, meant, strict=True))
    if not lacking:
        return meant
    if lacking > spare:
        width = sum(meant)
        equal = width / len(meant)
        wanted = [min(need, max(wide, equal)) for need, wide in zip(needed, meant, strict=True)]
        return meant if sum(wanted) <= width else _levelled(wanted, width)
    return tuple(
        need if need > wide else wide - (wide - need) * lacking / spare
        for need, wide in zip(needed, meant, strict=True)
    )


def _levelled(wanted: list[float], width: float) -> tuple[float, ...]:
    """Widths up to what is wanted, as even as they can be."""
    widths, left = [0.0] * len(wanted), width
    narrow_first = sorted(range(len(wanted)), key=wanted.__getitem__)
    for done, place in enumerate(narrow_first):
        widths[place] = min(wanted[place], left / (len(wanted) - done))
        left -= widths[place]
    return tuple(widths)


def _torn(table: Table, place: int, wide: float) -> bool:
    style = text_styles()["IsiTabel"]
    room = wide - _padding()
    # No letter is wider than the type is high: short texts need not be measured.
    short = room / style.size
    return any(
        len(text) > short and any(len(word) > short and _width(word, style, bold) > room for word in _words(text))
        for text, bold in _texts(table, place)
    )


def _widest(table: Table, place: int) -> float:
    style = text_styles()["IsiTabel"]
    widths = (_width(word, style, bold) for text, bold in _texts(table, place) for word in _words(text))
    return max(widths, default=0.0) + _padding() + _ROUNDED


def _texts(table: Table, place: int) -> Iterator[tuple[str, bool]]:
    """The texts of a column, and whether they are bold; headings within the table lie over all columns."""
    yield table.columns[place].heading, True
    for row in table.rows:
        if len(row.cells) > 1 and (text := row.cells[place]):
            yield text, row.strong


def _words(text: str) -> list[str]:
    """What should not be broken: the words, and a figure with the sign of per cent or of a remark behind it."""
    return _SIGN.sub("\u00a0", text.replace("\n", " ")).split(" ")


def _width(word: str, style: TextStyle, bold: bool) -> float:
    return width_of(word, style.size, bold or style.bold)


def _padding() -> float:
    return 2 * table_style().cell * MM
