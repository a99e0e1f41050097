"""The achievement of every indicator as plain rows for other programs, and as a CSV file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from lkip_desktop.cycle_data import indicators
from lkip_desktop.cycle_rules import rules
from lkip_desktop.outside import plain_cell
from lkip_desktop.performance.rows import AchievementRow, achievement_rows

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot

HEADINGS = (
    "sasaran",
    "indikator",
    "satuan",
    "arah",
    "target",
    "realisasi",
    "capaian",
    "predikat",
    "catatan",
)


def achievement_data(snapshot: Snapshot) -> list[tuple[str, ...]]:
    """HEADINGS, then a line for each row of the table, in its order; figures the Indonesian way.

    The first six columns are those of ``import FILE indicators``, so that they can be read back.
    """
    rows = achievement_rows(indicators(snapshot.state), rules(snapshot.state))
    return [HEADINGS, *(_line(row) for row in rows)]


def achievement_csv(snapshot: Snapshot) -> bytes:
    """UTF-8 with commas between cells (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out).writerows(map(plain_cell, line) for line in achievement_data(snapshot))
    return out.getvalue().encode("utf-8")


def _line(row: AchievementRow) -> tuple[str, ...]:
    typed = (row.objective, row.name, row.unit, row.direction, row.target, row.actual)
    return (*typed, row.achievement, row.predicate, row.note)
