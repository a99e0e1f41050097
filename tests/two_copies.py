"""What the tests of people, of the history and of copies share: a small real cycle file, and copies of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.files import CycleFiles
from db.location import anywhere
from lkip_desktop import office, resources
from lkip_desktop.attachments import accept
from lkip_desktop.office import Changed, Cycle, NewCycle
from lkip_desktop.workflow.events import Json, Who
from lkip_desktop.workflow.transitions import Refusal

START = datetime(2027, 2, 15, 1, 0, tzinfo=UTC)
RINA = Who("Rina", "analis")
PDF = b"%PDF-1.4 "


class Ticking:
    """A clock that goes on a minute each time it is asked."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


def files() -> CycleFiles:
    return CycleFiles(where=anywhere)


def made(path: Path, at: datetime = START) -> Cycle:
    """A new open cycle with two officials, three people and nothing done."""
    values: dict[str, Json] = {
        "officials": ["p1", "p2"],
        "officials/p1/role": "inspektur",
        "officials/p1/name": "Drs. Rudy",
        "officials/p1/position": "Inspektur",
        "officials/p2/role": "sekretaris",
        "officials/p2/name": "Siti",
        "officials/p2/position": "Sekretaris",
        "people": ["r1", "r2", "r3"],
        "people/r1/name": "Drs. Rudy",
        "people/r1/role": "inspektur",
        "people/r2/name": "Siti",
        "people/r2/role": "sekretaris",
        "people/r3/name": "Rina",
        "people/r3/role": "analis",
    }
    return office.create_cycle(files(), path, NewCycle(2026, resources.sop_text(), values), RINA, Ticking(at))


def reopened(path: Path) -> Cycle:
    cycle, opening = office.open_cycle(files(), path, Ticking(START + timedelta(hours=9)))
    assert cycle is not None, opening.message
    return cycle


def did(outcome: Changed | Refusal) -> Changed:
    assert isinstance(outcome, Changed), outcome
    return outcome


def fill(cycle: Cycle, **changes: Json) -> Changed:
    return did(office.fill(cycle, RINA, changes))


def put(cycle: Cycle, path: str, value: Json) -> Changed:
    return did(office.fill(cycle, RINA, {path: value}))


def attach(cycle: Cycle, field: str, name: str, data: bytes = PDF) -> Changed:
    return did(office.attach_file(cycle, RINA, field, accept(name, data)))
