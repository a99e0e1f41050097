"""The achievement of every indicator as a CSV file, for other programs; quoted where a decimal comma asks for it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from lkip_desktop.cycle_data import indicators
from lkip_desktop.cycle_rules import rules
from lkip_desktop.outside import plain_cell
from lkip_desktop.performance.rows import achievement_rows

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


def achievement_csv(snapshot: Snapshot) -> bytes:
    """UTF-8 with commas between cells (RFC 4180), one line for each row of the table, figures the Indonesian way.

    The first six headings are those of ``import FILE indicators``, so that the file can be read back.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for row in achievement_rows(indicators(snapshot.state), rules(snapshot.state)):
        cells = (row.objective, row.name, row.unit, row.direction, row.target, row.actual)
        writer.writerow(map(plain_cell, (*cells, row.achievement, row.predicate, row.note)))
    return out.getvalue().encode("utf-8")
