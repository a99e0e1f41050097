"""How wide the columns of a table are: at their least, as they want it, and shared out over the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lkip_desktop.sop.model import FieldKind, FormField
from ui.forms.table_columns import Column, ComputedColumn, groups_of, in_group
from ui.forms.table_model import TableModel

DATE_CHARACTERS = 16
NARROW_TEXT = 12
WHOLE = (FieldKind.NUMBER, FieldKind.CHOICE)
"""Kinds whose words are not cut, as long as they are no longer than WIDEST pixels."""
WIDEST = 150
MIN_COLUMNS = 4
NO_GROUP = "\0"
"""The name of no group: shows the columns that belong to all."""
NAME_ROOM = 48
TEXT_LEAST, TEXT_SQUEEZED = 104, 84
"""Pixels of a column of texts; the second where figures beside it would be cut otherwise."""


def characters(column: Column) -> int:
    """How wide a column is meant to be."""
    if isinstance(column, FormField) and column.kind is FieldKind.DATE:
        return max(column.width, DATE_CHARACTERS)
    return max(column.width or 16, 6)


def least_width(column: Column, unit: int) -> int:
    """The narrowest, in pixels, that a column can be read at: figures and dates whole, texts wrapped."""
    if isinstance(column, ComputedColumn):
        return 84 if column.numeric else 76
    if column.kind in (FieldKind.NUMBER, FieldKind.INTEGER):
        return 72
    if column.kind in (FieldKind.MONEY, FieldKind.DATE, FieldKind.NIP):
        return int(characters(column) * unit * 0.9)
    if column.kind in (FieldKind.YESNO, FieldKind.TIME):
        return 64
    return 72 if 0 < column.width <= NARROW_TEXT else TEXT_LEAST


def longest_word(model: TableModel, position: int, rows: Iterable[str], *, texts: bool) -> str:
    """The longest word in a column of figures, choices or short texts, where none may be cut, and with `texts` of
    lines of text too; empty in others."""
    column = model.columns[position]
    kinds = (*WHOLE, FieldKind.TEXT) if texts else WHOLE
    if not isinstance(column, FormField) or not (column.kind in kinds or 0 < column.width <= NARROW_TEXT):
        return ""
    state, table = model.context.state, model.table.id
    choices = map(model.context.choice_label, column.choices)
    cells = choices if column.choices else (state.cell(table, row, column.id) for row in rows)
    return max((word for text in cells for word in text.split()), key=len, default="")


def shared(wanted: Mapping[int, int], least: Mapping[int, int], room: int) -> dict[int, int]:
    """The widths wanted if they are too many even at their least, else widths that fill the room."""
    spare = room - sum(least.values())
    if spare < 0 or not wanted:
        return dict(wanted)
    total = sum(wanted[n] - least[n] for n in wanted) or 1
    widths = {n: least[n] + spare * (wanted[n] - least[n]) // total for n in wanted}
    last = max(widths, key=lambda n: wanted[n])
    widths[last] += room - sum(widths.values())
    return widths


def first_that_fit(own: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Of the columns `own`, from the left, as many as there is room for in pixels; never fewer than the first."""
    shown = list(own[:1])
    for number in own[1:]:
        if sum(least[n] for n in (*shown, number)) > room:
            break
        shown.append(number)
    return shown


def key_columns(model: TableModel, own: list[int], least: list[int], room: int) -> list[int]:
    """The most important columns of those at hand, as many as leave room for the names."""
    places = {model.key(n): n for n in own}
    keys = [key for key in (model.figures.key_columns if model.figures else ()) if key in places]
    if len(keys) < MIN_COLUMNS and not groups_of(model.columns):
        return first_that_fit(own, least, room)
    if len(keys) < MIN_COLUMNS:
        # A group without key columns is scrolled sideways, its rows known by their names.
        return [n for n in own if model.key(n) in keys or n not in in_group(model.columns, NO_GROUP)]
    while len(keys) > MIN_COLUMNS and sum(least[places[key]] for key in keys) + NAME_ROOM > room:
        keys.pop()
    return sorted(places[key] for key in keys)
