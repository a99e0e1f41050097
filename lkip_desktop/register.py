"""The register of letters: one for each calendar year, over all cycle files that lie in one folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from pathlib import Path

from lkip_desktop.errors import Cancelled
from lkip_desktop.numbering import Numbering, Running, Used
from lkip_desktop.overview import SUFFIX
from lkip_desktop.ports import Files, Peek, Progress
from lkip_desktop.workflow.state import CycleState, IssuedLetter, letters_after


class Standing(StrEnum):
    """How an issued letter stands."""

    ISSUED = "Terbit"
    REPLACED = "Digantikan"
    SIGNED = "Bertanda tangan"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One numbered letter, the year that its cycle reports on, and the cycle's file."""

    letter: IssuedLetter
    cycle: int
    path: Path
    standing: Standing

    @property
    def day(self) -> date:
        return date.fromisoformat(self.letter.date)


@dataclass(frozen=True)
class Register:
    """Every numbered letter by day and number; `unread` are sentences about files that could not be looked at."""

    lines: tuple[RegisterLine, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years that have letters, newest first."""
        return tuple(sorted({line.letter.year for line in self.lines}, reverse=True))

    def of(self, year: int) -> tuple[RegisterLine, ...]:
        return tuple(line for line in self.lines if line.letter.year == year)

    def used(
        self, rule: Numbering, titles: Iterable[tuple[str, str]], apart: Collection[RegisterLine] = ()
    ) -> tuple[Used, ...]:
        """The numbers as `numbering` weighs them, without the lines `apart`; `titles` are kinds with their names."""
        names = dict(titles)
        return tuple(_used(line, rule, names) for line in self.lines if line not in apart)


def gather(files: Files, path: Path, state: CycleState, progress: Progress | None = None) -> Register:
    """The register of the folder of an open cycle's file: its own letters as they stand, the others' from their files.

    Takes some milliseconds for each file, so never on the window's thread. Raises Cancelled.
    """
    lines = lines_of(state.letters, state.year, path)
    unread: list[str] = []
    others = [p for p in sorted(path.parent.glob(f"*{SUFFIX}")) if p.name != path.name]
    for number, other in enumerate(others):
        if progress is not None and not progress(number, len(others)):
            raise Cancelled
        peek = files.peek(other)
        if peek.problem:
            unread.append(peek.problem)
        elif peek.events:
            lines += lines_of(letters_of(peek), int(peek.events[0].data["year"]), other)
    return Register(tuple(sorted(_once(lines), key=in_order)), tuple(unread))


def letters_of(peek: Peek) -> tuple[IssuedLetter, ...]:
    """The issued letters of a file that was looked at."""
    nothing: tuple[IssuedLetter, ...] = ()
    return reduce(letters_after, peek.events, nothing)


def lines_of(letters: tuple[IssuedLetter, ...], cycle: int, path: Path) -> tuple[RegisterLine, ...]:
    """The numbered letters of one cycle as lines of the register."""
    replaced = {letter.replaces for letter in letters}
    return tuple(RegisterLine(x, cycle, path, standing(x, replaced)) for x in letters if x.number)


def standing(letter: IssuedLetter, replaced: Collection[int]) -> Standing:
    """How a letter stands, given the ids of those that were replaced."""
    if letter.id in replaced:
        return Standing.REPLACED
    return Standing.SIGNED if letter.signed else Standing.ISSUED


def _once(lines: Iterable[RegisterLine]) -> Iterable[RegisterLine]:
    """A copy of a cycle holds the same letters: the one that knows more of it stands, this cycle's own first."""
    found: dict[tuple[str, str, str], RegisterLine] = {}
    for line in lines:
        key = (line.letter.number, line.letter.head, line.letter.sha256)
        if key not in found or _knows(line) > _knows(found[key]):
            found[key] = line
    return found.values()


def _knows(line: RegisterLine) -> int:
    return (line.standing is Standing.REPLACED) * 1000 + len(line.letter.signed)


def in_order(line: RegisterLine) -> tuple[str, int, str, int]:
    """By day, then by number and version."""
    return line.letter.date, line.letter.sequence, line.letter.number, line.letter.version


def _used(line: RegisterLine, rule: Numbering, names: dict[str, str]) -> Used:
    letter = line.letter
    running = Running(0) if rule.problem else rule.read(letter.number, line.day)
    if not running.number:
        running = Running(letter.sequence)
    name = names.get(letter.kind, letter.kind)
    return Used(letter.number, line.day, running, " kepada ".join(part for part in (name, letter.recipient) if part))
