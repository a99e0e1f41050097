"""The columns of a table: those of the SOP, those that the program works out, and what both say of a cell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt

from lkip_desktop.sop.model import FormField, Needed
from lkip_desktop.workflow.state import CycleState
from ui.forms.editors import RIGHT_ALIGNED


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong with a cell. `blocks` tells a mistake from a warning."""

    text: str
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class ComputedCell:
    """A figure that the program worked out; `why` says how, or why it could not."""

    text: str
    why: str = ""
    known: bool = True


@dataclass(frozen=True)
class ComputedColumn:
    """A column that nobody types in. It stands after the column `after`, and in its group."""

    label: str
    after: str
    width: int
    numeric: bool = True


Column = FormField | ComputedColumn


class Figures(Protocol):
    """What a table of figures works out.

    `key_columns` are the ids (labels of computed ones) of the columns that stay in sight where there is no room for
    all, most important first.
    """

    @property
    def columns(self) -> Sequence[ComputedColumn]: ...

    @property
    def key_columns(self) -> Sequence[str]: ...

    def follow(self, state: CycleState, rows: Collection[str] | None) -> Collection[str]:
        """Take over a state of which only `rows` changed (None: any); the rows that look different now."""
        ...

    def cell(self, label: str, row: str) -> ComputedCell: ...

    def warning(self, row: str, column: str) -> str:
        """A sentence about a cell that does not block, or empty."""
        ...

    def summary(self) -> tuple[str, str, str]:
        """Headline, detail and what looks odd in the whole table, each a sentence or empty."""
        ...


def placed(columns: Sequence[FormField], computed: Sequence[ComputedColumn]) -> tuple[Column, ...]:
    """Each computed column right of the column that it belongs to."""
    found: list[Column] = []
    for column in columns:
        found.append(column)
        found.extend(extra for extra in computed if extra.after == column.id)
    return tuple(found)


def groups_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """The names of the groups, in order; columns without one belong to all."""
    return tuple(dict.fromkeys(c.group for c in columns if isinstance(c, FormField) and c.group))


def in_group(columns: Sequence[Column], group: str) -> list[int]:
    """The positions of the columns that a group shows; all of them for the empty name."""
    own = {c.id: c.group for c in columns if isinstance(c, FormField)}
    names = [c.group if isinstance(c, FormField) else own.get(c.after, "") for c in columns]
    return [n for n, name in enumerate(names) if not group or name in ("", group)]


def alignment(column: Column) -> Qt.AlignmentFlag:
    numeric = column.numeric if isinstance(column, ComputedColumn) else column.kind in RIGHT_ALIGNED
    return (Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


def column_help(column: Column) -> str:
    if isinstance(column, ComputedColumn):
        return f"{column.label}: dihitung oleh program"
    needed = {Needed.REQUIRED: "wajib diisi", Needed.WARN: "dianjurkan diisi"}.get(column.needed, "")
    return "\n".join(filter(None, (column.label, needed, column.help)))
