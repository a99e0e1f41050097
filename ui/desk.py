"""The use cases around whole cycle files, with the store and the clock that the program was started with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lkip_desktop import backups, disk, merge, office, overview, rescue
from lkip_desktop.attachments import IncomingFile
from lkip_desktop.authenticity import Verdict, verify
from lkip_desktop.backups import Backup, Contents, Made
from lkip_desktop.cycle_calendar import ZONES
from lkip_desktop.errors import UserError
from lkip_desktop.office import Cycle, NewCycle
from lkip_desktop.overview import SUFFIX, CycleCard
from lkip_desktop.ports import Clock, Files, Opening, Progress
from lkip_desktop.rescue import Saved
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

    def open(
        self, path: Path, user: str, *, read_only: bool = False, progress: Progress | None = None
    ) -> tuple[Cycle | None, Opening]:
        return office.open_cycle(self.files, path, self.clock, user=user, read_only=read_only, progress=progress)

    def takes_long(self, path: Path, *, read_only: bool = False) -> bool:
        """Whether opening belongs beside the window."""
        return self.files.takes_long(path, read_only=read_only)

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

    def back_up(self, path: Path, second: Path | None, progress: Progress, *, always: bool = False) -> Made:
        """A verified backup of a file, open or not, also in a second place."""
        return backups.back_up(self.files, path, self.clock.now(), second=second, always=always, progress=progress)

    def choose_second_place(self, place: Path) -> None:
        """Make a folder the second place for backups."""
        backups.choose(place)

    def second_place_is_there(self, place: Path) -> bool:
        """Whether it is the one that was chosen, and not the folder where it was mounted."""
        return backups.chosen(place)

    def backups(self, path: Path, second: Path | None) -> tuple[Backup, ...]:
        """The backups of a file's name, newest first."""
        return backups.available(path, second)

    def backup_contents(self, path: Path, second: Path | None) -> tuple[Contents, ...]:
        """The same, each looked into."""
        return tuple(backups.contents(self.files, backup) for backup in backups.available(path, second))

    def restore_backup(self, backup: Backup, cycle: Path, folder: Path, progress: Progress) -> Path:
        """Make a new file of a backup in a folder; its path."""
        target = backups.restored_path(backup, folder, cycle.stem)
        try:
            backups.restore(self.files, backup.path, target, progress)
        except UserError:
            if backup.twin is None:
                raise
            backups.restore(self.files, backup.twin, target, progress)
        return target

    def rescue(self, damaged: Path, folder: Path, second: Path | None, progress: Progress) -> Saved:
        """Save what is left of a damaged file into a new one in a folder."""
        return rescue.rescue(self.files, damaged, rescue.rescued_path(folder / damaged.name), second, progress)

    def disk_warning(self, path: Path) -> str:
        """A sentence when the disk of a file is nearly full, else empty."""
        return disk.warning(path)

    def clear_remains(self, folders: Iterable[Path]) -> None:
        """Take away what a sudden end left half-made in these folders and in those of the backups in them."""
        given = list(folders)
        self.files.clear_remains([*given, *backups.folders_in(given)])

    def authenticity(
        self, path: Path, kept: Sequence[Path], copies: Sequence[Path] = (), heads: Sequence[str] = ()
    ) -> Verdict:
        """Whether a file's history is as it was written, compared with backups, other files and heads from paper."""
        backed_up, others = ([self.files.peek(file) for file in group] for group in (kept, copies))
        faults = self.files.check(path, strict=True)
        return verify(self.files.records(path), others, heads, faults, backed_up)

    def read_other(self, cycle: Cycle, path: Path) -> tuple[merge.Other, dict[str, str]]:
        """Another copy of an open cycle, compared; and why differences (by id) cannot be taken over now."""
        other = merge.read_other(self.files, path, cycle)
        refusals = {d.id: merge.refusal_of(cycle, other, d) for d in other.comparison.takeable}
        return other, {name: why for name, why in refusals.items() if why}

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
