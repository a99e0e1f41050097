"""The use cases around whole cycle files, with the store and the clock that the program was started with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lkip_desktop import office, overview
from lkip_desktop.attachments import IncomingFile
from lkip_desktop.cycle_calendar import ZONES
from lkip_desktop.office import Cycle, NewCycle
from lkip_desktop.overview import SUFFIX, CycleCard
from lkip_desktop.ports import Clock, Files, Opening
from lkip_desktop.schedule.calendar import to_local
from lkip_desktop.workflow.events import Json, Who


@dataclass(frozen=True, slots=True)
class Desk:
    """What the window asks for before a cycle is open. Methods raise what `lkip_desktop.office` raises."""

    files: Files
    clock: Clock

    def cards(self, folder: Path) -> tuple[CycleCard, ...]:
        """The cycles of a folder, as the home screen lists them."""
        return overview.cycle_cards(self.files, folder, self.clock.now())

    def open(self, path: Path, user: str, *, read_only: bool = False) -> tuple[Cycle | None, Opening]:
        return office.open_cycle(self.files, path, self.clock, user=user, read_only=read_only)

    def create(self, path: Path, new: NewCycle, who: Who) -> Cycle:
        return office.create_cycle(self.files, path, new, who, self.clock)

    def carry_over(self, previous: Path) -> tuple[dict[str, Json], IncomingFile | None]:
        return office.carry_over(self.files, previous)

    def make_sample(self, path: Path, year: int, step: int) -> None:
        """A new file with the sample cycle, standing at a step after one return."""
        from lkip_desktop.sample import Sample, play_sample

        play_sample(self.files, path, Sample(year, step, self.clock.now(), returned=True))

    def check(self, path: Path) -> tuple[str, ...]:
        """Sentences about everything found wrong in a file; empty when it is whole."""
        return tuple(self.files.check(path))

    def next_year(self) -> int:
        """The year that a new cycle most likely reports on: last year's until June, then this year's."""
        today = to_local(self.clock.now(), ZONES["WIB"]).date()
        return today.year if today.month > 6 else today.year - 1


def free_path(folder: Path, year: int) -> Path:
    """``LKIP-2026.lkip`` in a folder, with a running number if that name is taken."""
    path = folder / f"LKIP-{year}{SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"LKIP-{year}-{number}{SUFFIX}"
        number += 1
    return path
