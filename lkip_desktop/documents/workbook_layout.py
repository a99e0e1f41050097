"""What a unit's workbook holds and how its marks are spelled: shared by the one who writes it and the one who reads it.

A hidden row holds the column ids (``lkip:actual``), a hidden column the row ids, and a hidden sheet the form's mark, so
that a return is recognised with columns moved, rows added and another sheet in front.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.workflow.state import CycleState

TABLE, UNITS = "indicators", "unit_forms"
MARK = "lkip-format-unit"
PREFIX = "lkip:"
MARK_SHEET = "_lkip"
NEW_ROW = "baru-"
NEW_ROWS = 12
REMARK = "keterangan"
COMPLETE = "Data lengkap"
REMARKS = (COMPLETE, "Menunggu rilis resmi", "Data belum tersedia", "Bukan data unit kami")

# Column id → heading and width in characters; {year} is the year reported on, {last} the one before.
_SHOWN = {
    "objective": ("Sasaran", 20),
    "name": ("Indikator kinerja", 25),
    "unit": ("Satuan", 8),
    "target": ("Target {year}", 9),
    "previous": ("Realisasi {last}", 10),
}
_ENTRIES = {
    "actual_q1": ("Realisasi TW I", 9),
    "actual_q2": ("Realisasi TW II", 9),
    "actual_q3": ("Realisasi TW III", 9),
    "actual_q4": ("Realisasi TW IV", 9),
    "actual": ("Realisasi {year}", 10),
    "status": ("Status data", 10),
    REMARK: ("Keterangan", 14),
    "source": ("Sumber data", 17),
    "analysis": ("Penyebab berhasil atau tidak berhasil", 27),
    "follow_up": ("Solusi dan tindak lanjut", 25),
}


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of the workbook: `field` is that of the table, or None for the remark, which only the reader sees."""

    id: str
    heading: str
    width: int
    entry: bool
    field: FormField | None

    @property
    def is_figure(self) -> bool:
        return self.field is not None and self.field.kind is FieldKind.NUMBER

    @property
    def choices(self) -> tuple[str, ...]:
        return self.field.choices if self.field else REMARKS


def form_columns(state: CycleState) -> tuple[FormColumn, ...]:
    """The columns for this cycle's own SOP, which may lack some."""
    owner = state.sop.fields.get(TABLE)
    known = {column.id: column for column in owner[1].columns} if owner else {}
    return tuple(_columns(state.year, known))


def _columns(year: int, known: dict[str, FormField]) -> Iterator[FormColumn]:
    for entry, group in ((False, _SHOWN), (True, _ENTRIES)):
        for name, (heading, width) in group.items():
            if name in known or name == REMARK:
                yield FormColumn(name, heading.format(year=year, last=year - 1), width, entry, known.get(name))


def cycle_mark(state: CycleState) -> str:
    """Tells cycles apart, and a copy of a cycle from none: from the moment it was made."""
    made = f"{state.sop.id}|{state.year}|{state.created.isoformat(timespec='microseconds')}"
    return hashlib.sha256(made.encode()).hexdigest()[:16]


def own_indicators(state: CycleState, unit_row: str) -> tuple[str, ...]:
    """The rows of the indicators that a unit answers for, and those of no unit; all for the empty `unit_row`.

    A unit whose name stands at no indicator gets all of them: who answers for what was then not recorded.
    """
    rows = state.rows(TABLE)
    unit = fold(unit_name(state, unit_row))
    if not unit:
        return rows
    charged = {row: [fold(name) for name in _in_charge(state, row)] for row in rows}
    if not any(unit in names for names in charged.values()):
        return tuple(row for row in rows if not charged[row]) or rows
    return tuple(row for row in rows if unit in charged[row] or not charged[row])


def _in_charge(state: CycleState, row: str) -> list[str]:
    text = state.cell(TABLE, row, "in_charge").replace("\n", ";")
    return [part for part in text.split(";") if part.strip()]


def unit_name(state: CycleState, unit_row: str) -> str:
    return state.cell(UNITS, unit_row, "unit").strip() if unit_row else ""


def fold(text: str) -> str:
    """A text for comparing: one space between words, no capitals."""
    return " ".join(text.split()).casefold()


def shown_target(state: CycleState, row: str) -> str:
    """The target in force: the revised one where there is one."""
    return state.cell(TABLE, row, "target_revised") or state.cell(TABLE, row, "target")
