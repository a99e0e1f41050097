"""A cycle at step 2 with the sample's indicators, for the tests of what goes out to the units and comes back."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.files import CycleFiles
from lkip_desktop import exchange, office, resources
from lkip_desktop.attachments import accept
from lkip_desktop.exchange import Preview, Request
from lkip_desktop.office import Changed, Cycle, NewCycle
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.guards import missing
from tests.documents import builders

WHO = Who("Rina Contoh, S.A.P.", "analis")
NOW = datetime(2027, 2, 2, 2, 0, tzinfo=UTC)
TODAY = date(2027, 2, 2)
COLUMNS = ("objective", "name", "unit", "direction", "target", "actual")
CHARGED = ("Sekretariat", "Sekretariat", "Irban Wilayah I", "Irban Wilayah I", "Irban Wilayah I", "", "Sekretariat")


class Clock:
    def now(self) -> datetime:
        return NOW


def cycle_at_forms(folder: Path, *, figures: bool = True) -> Cycle:
    """A new cycle file with two units, at its second step; `figures` says whether it has indicators and a budget."""
    values = {
        "agency_name": "INSPEKTORAT",
        "agency_short": "Inspektorat Kabupaten Contoh",
        **builders.rows("units", [{"name": name, "person": "Hendra"} for name in ("Sekretariat", "Irban Wilayah I")]),
    }
    if figures:
        values |= indicator_values() | budget_values()
    path = folder / "LKIP-2026.lkip"
    cycle = office.create_cycle(CycleFiles(), path, NewCycle(2026, resources.sop_text(), values), WHO, Clock())
    officer = Who("Ahmad", "inspektur")
    filled = {
        f.id: "2027-02-01" if f.kind == "date" else (f.choices[0] if f.choices else "117")
        for f in cycle.sop.first.fields
        if f.kind not in ("table", "files")
    }
    assert isinstance(office.fill(cycle, officer, filled), Changed)
    assert isinstance(office.attach_file(cycle, officer, "circular_scan", accept("e.pdf", b"%PDF-1.4 e")), Changed)
    answers = {m.text: "menyusul" for m in missing(cycle.state, cycle.sop.first, "")}
    outcome = office.complete_step(cycle, officer, cycle.sop.first.id, answers=answers)
    assert isinstance(outcome, Changed), outcome
    return cycle


def indicator_values() -> dict:
    entries = [dict(zip(COLUMNS, row, strict=True)) for row in builders.SAMPLE]
    for entry, unit in zip(entries, CHARGED, strict=True):
        entry.pop("actual")
        entry |= {"previous": "3,00", "in_charge": unit, "status": "final"}
    return builders.rows("indicators", entries)


def budget_values() -> dict:
    return builders.rows("budget", [{"code": c, "name": n, "ceiling": p} for c, n, p, _ in builders.BUDGET])


def request(cycle: Cycle, **more: object) -> Request:
    return Request(cycle.state, cycle.profile, TODAY, **more)  # type: ignore[arg-type]


def look(cycle: Cycle, path: Path, **more: object) -> Preview:
    return exchange.preview(exchange.read_source(path), request(cycle, **more))


def edited(data: bytes, edit: Callable[[Worksheet], None]) -> bytes:
    """A workbook whose data sheet was changed as a person would change it."""
    book = load_workbook(io.BytesIO(data))
    edit(book["Data"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place(sheet: Worksheet, column: str) -> int:
    """Where a column stands, by its hidden id."""
    return next(cell.column for cell in sheet[6] if cell.value == f"lkip:{column}")


def write(sheet: Worksheet, row: int, **texts: object) -> None:
    """Fill entry cells of the data row `row`, counted from 0."""
    for column, text in texts.items():
        sheet.cell(8 + row, place(sheet, column)).value = text  # type: ignore[union-attr]
