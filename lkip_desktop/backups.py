"""Backups of a cycle: where they lie and what they are called, when one is due, which are kept, and coming back to one.

They lie in ``Cadangan/LKIP-2026`` beside the cycle's file and are called ``LKIP-2026 2027-02-15 10.42.07 1a2b3c.lkip``:
the local time at which they were made, which sorts as it reads, and the beginning of the digest of the cycle's first
act, so that the backups of two cycles that once had one name are never taken for each other.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from lkip_desktop.errors import EnvironmentProblem, UserError, reason_of
from lkip_desktop.overview import SUFFIX, state_of
from lkip_desktop.ports import Files, Peek, Progress
from lkip_desktop.workflow.events import Event

FOLDER = "Cadangan"
MARK_LENGTH = 6
LAST, DAYS, WEEKS, MONTHS = 5, 7, 4, 12
"""What thinning keeps: the last ones, then the newest of each of the last days, weeks and months that have any."""
SPARE_BYTES = 50 * 1024 * 1024
"""Left free for the work itself: a backup that would take this room is not made."""

_NAME = re.compile(r"(.+) (\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d) ([0-9a-f]{6})\.lkip")
_TIME = "%Y-%m-%d %H.%M.%S"
_SAFE = "Siklus dan cadangan yang lama tidak berubah."


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup by its name: when it was made (local, naive) and of which cycle (`mark`).

    `twin` is the same backup in the second place, where it lies there too.
    """

    path: Path
    at: datetime
    mark: str
    twin: Path | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a request: the newest backup, whether it is new, and what the second place has to say."""

    backup: Backup
    new: bool
    second: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """A backup looked into. Of one that cannot be read only `backup` and `problem` count; sizes are in bytes."""

    backup: Backup
    problem: str = ""
    year: int = 0
    step: int = 0
    title: str = ""
    closed: bool = False
    acts: int = 0
    attachments: int = 0
    attached_bytes: int = 0
    file_bytes: int = 0


def folder_of(cycle: Path) -> Path:
    """Where the backups of a cycle's file lie."""
    return cycle.parent / FOLDER / cycle.stem


def second_folder(cycle: Path, place: Path) -> Path:
    """Where they lie in a second place."""
    return place / FOLDER / cycle.stem


def choose(place: Path) -> None:
    """Make a place the second one for backups, where it is there: see `chosen`. Never raises."""
    with contextlib.suppress(OSError):
        if place.is_dir():
            (place / FOLDER).mkdir(exist_ok=True)


def chosen(place: Path) -> bool:
    """Whether a second place is there as it was when it was chosen.

    The empty folder that stays where a stick or a network folder was mounted is not: what is written there lies on
    the same disk as the cycle.
    """
    return (place / FOLDER).exists()


def folders_in(places: Iterable[Path]) -> list[Path]:
    """Every folder of backups below these places. Never raises."""
    found: list[Path] = []
    for place in places:
        try:
            found += [path for path in (place / FOLDER).iterdir() if path.is_dir()]
        except OSError:
            continue
    return found


def mark_of(events: Sequence[Event]) -> str:
    """What tells one cycle from another: the beginning of its first event's digest."""
    return events[0].digest[:MARK_LENGTH]


def listed(folder: Path) -> tuple[Backup, ...]:
    """The backups of a folder, newest first; what is not called like one is not ours. Raises OSError."""
    found = [_named(path) for path in folder.iterdir()] if folder.is_dir() else []
    return tuple(sorted((backup for backup in found if backup), key=lambda b: (b.at, b.mark), reverse=True))


def _named(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        return Backup(path, datetime.strptime(match[2], _TIME), match[3])
    except ValueError:
        return None


def superfluous(times: Iterable[datetime]) -> set[datetime]:
    """Which of the backups made at these (local) times may go; never the newest.

    Source: the protocol in how a file is kept: the last 5, then daily 7, weekly 4, monthly 12. A week is an ISO week.
    """
    newest_first = sorted(set(times), reverse=True)
    kept = set(newest_first[:LAST])
    kept |= _newest_of_each(newest_first, lambda at: at.date(), DAYS)
    kept |= _newest_of_each(newest_first, lambda at: at.date() - timedelta(days=at.weekday()), WEEKS)
    kept |= _newest_of_each(newest_first, lambda at: at.date().replace(day=1), MONTHS)
    return set(newest_first) - kept


def _newest_of_each(newest_first: Sequence[datetime], period: Callable[[datetime], date], count: int) -> set[datetime]:
    newest: dict[date, datetime] = {}
    for at in newest_first:
        newest.setdefault(period(at), at)
    return set(list(newest.values())[:count])


def back_up(
    files: Files,
    cycle: Path,
    now: datetime,
    *,
    second: Path | None = None,
    always: bool = False,
    progress: Progress | None = None,
) -> Made:
    """Make a verified backup of a cycle's file unless the newest one holds its last act already, then thin.

    `now` is aware; `second` is another place to keep the new backup at, whose troubles are told and not raised;
    `always` makes one in any case. Raises EnvironmentProblem when it cannot be made (the old ones all stay then),
    Cancelled.
    """
    try:
        peek = files.peek(cycle)
        if peek.problem:
            raise UserError(peek.problem)
        mark, folder = mark_of(peek.events), folder_of(cycle)
        known = [backup for backup in listed(folder) if backup.mark == mark]
        newest = next(iter(known), None)
        due = always or newest is None or _head(files.peek(newest.path)) != peek.events[-1].digest
        if due or newest is None:
            newest = _make(files, cycle, _fresh(folder / cycle.stem, now, newest, mark), progress)
            thin([newest, *known])
    except UserError as error:
        raise EnvironmentProblem(f"Cadangan belum dibuat. {error} Cadangan yang lama tetap disimpan.") from error
    except OSError as error:
        raise EnvironmentProblem(f"Cadangan belum dibuat ({reason_of(error)}). {_SAFE}") from error
    return Made(newest, due, _to_second(files, newest, second_folder(cycle, second)) if second else "")


def _head(peek: Peek) -> str:
    return peek.events[-1].digest if peek.events else ""


def _fresh(stem: Path, now: datetime, newest: Backup | None, mark: str) -> Backup:
    """A backup that has no file yet. A PC's clock that was set back must not make the new one the oldest."""
    at = now.astimezone().replace(tzinfo=None, microsecond=0)
    if newest is not None:
        at = max(at, newest.at + timedelta(seconds=1))
    return Backup(stem.with_name(f"{stem.name} {at.strftime(_TIME)} {mark}{SUFFIX}"), at, mark)


def _make(files: Files, source: Path, backup: Backup, progress: Progress | None) -> Backup:
    backup.path.parent.mkdir(parents=True, exist_ok=True)
    size, free = source.stat().st_size, shutil.disk_usage(backup.path.parent).free
    if free < size + SPARE_BYTES:
        raise UserError(
            f"Disk hampir penuh: perlu {megabytes(size + SPARE_BYTES)}, tersisa {megabytes(free)}. "
            "Kosongkan ruang di disk."
        )
    files.back_up(source, backup.path, progress)
    return backup


def thin(backups: Sequence[Backup]) -> None:
    """Remove those that are superfluous; all must be of one cycle, and the newest one just found whole."""
    gone = superfluous(backup.at for backup in backups)
    for backup in backups:
        if backup.at in gone:
            backup.path.unlink(missing_ok=True)


def _to_second(files: Files, backup: Backup, folder: Path) -> str:
    """Keep a backup in the second place too; empty, or why it is not there."""
    if not chosen(folder.parent.parent):
        return (
            f"Tempat kedua tidak ada: {folder.parent.parent}. Pasang flashdisk atau sambungkan foldernya, atau pilih "
            "tempat itu sekali lagi."
        )
    target = Backup(folder / backup.path.name, backup.at, backup.mark)
    try:
        if not target.path.exists():
            _make(files, backup.path, target, None)
            thin([other for other in listed(folder) if other.mark == backup.mark])
    except (UserError, EnvironmentProblem) as error:
        return f"Tempat kedua belum menerima cadangan. {error}"
    except OSError as error:
        return f"Tempat kedua belum menerima cadangan ({reason_of(error)})."
    return ""


def available(cycle: Path, second: Path | None = None) -> tuple[Backup, ...]:
    """Every backup of a file's name, newest first; one that lies in both places is told once. Never raises."""
    found: dict[str, Backup] = {}
    for folder in (folder_of(cycle), *([second_folder(cycle, second)] if second else [])):
        try:
            for backup in listed(folder):
                first = found.setdefault(backup.path.name, backup)
                if first is not backup:
                    found[backup.path.name] = replace(first, twin=backup.path)
        except OSError:
            continue
    return tuple(sorted(found.values(), key=lambda backup: backup.at, reverse=True))


def contents(files: Files, backup: Backup) -> Contents:
    """What a backup holds, read in a few milliseconds: of one that is bad, its twin. Never raises for a bad one."""
    peek = files.peek(backup.path)
    if peek.problem and backup.twin:
        return contents(files, replace(backup, path=backup.twin, twin=None))
    try:
        state = state_of(peek)
        size = backup.path.stat().st_size
    except UserError as error:
        return Contents(backup, str(error))
    except OSError as error:
        return Contents(backup, f"Berkas cadangan tidak dapat dibaca ({reason_of(error)}).")
    kept = [file for file in state.attachments if not file.removed]
    step = state.step
    return Contents(
        backup,
        year=state.year,
        step=step.number if step else len(state.sop.steps),
        title=step.title if step else "",
        closed=state.closed,
        acts=state.seq,
        attachments=len(kept),
        attached_bytes=sum({file.sha256: file.size for file in kept}.values()),
        file_bytes=size,
    )


def restored_path(backup: Backup, folder: Path, stem: str) -> Path:
    """A free name for what is restored from a backup: ``LKIP-2026 (dipulihkan 2027-02-15 10.42).lkip``."""
    name = f"{stem} (dipulihkan {backup.at:%Y-%m-%d %H.%M}"
    path, number = folder / f"{name}){SUFFIX}", 2
    while path.exists():
        path = folder / f"{name}, {number}){SUFFIX}"
        number += 1
    return path


def restore(files: Files, backup: Path, target: Path, progress: Progress | None = None) -> None:
    """Make a new cycle file of a backup, read back from end to end; no file is ever replaced.

    Raises UserError when the backup is damaged or `target` is taken or its place is not safe for a cycle,
    EnvironmentProblem when the disk refuses, Cancelled.
    """
    unsafe = files.unsafe_place(target)
    if unsafe:
        raise UserError(unsafe)
    files.back_up(backup, target, progress)


def megabytes(size: int) -> str:
    """A size in words: ``12 MB``, ``1,3 GB``, ``340 KB``."""
    if size >= 1000 * 1024 * 1024:
        return f"{size / 1024**3:.1f} GB".replace(".", ",")
    return f"{size // 1024**2} MB" if size >= 1024**2 else f"{-(-size // 1024)} KB"
