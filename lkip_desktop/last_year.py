"""Last year's figures out of last year's cycle: for a new cycle, and into one that is already being filled."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lkip_desktop.cycle_data import indicators
from lkip_desktop.errors import UserError
from lkip_desktop.numbers import is_blank
from lkip_desktop.office import Changed, Cycle, fill
from lkip_desktop.overview import state_of
from lkip_desktop.performance.accumulation import measured
from lkip_desktop.performance.earlier import carried_years
from lkip_desktop.performance.model import Indicator
from lkip_desktop.ports import Files
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.state import CycleState
from lkip_desktop.workflow.transitions import Refusal

TABLE = "indicators"
YEARS = 5


@dataclass(frozen=True, slots=True)
class Earlier:
    """What another year's cycle gives to this one.

    `changes` fills empty cells only; `found` counts the indicators that both have, `missing` names those that the
    other has not, `kept` counts figures that differ and stay as they are here.
    """

    year: int
    changes: dict[str, str]
    found: int
    missing: tuple[str, ...]
    kept: int

    @property
    def said(self) -> str:
        """What was taken over, in a sentence or two."""
        if not self.found:
            return f"Tidak ada indikator yang sama dengan siklus tahun {self.year}."
        parts = [f"{len(self.changes)} angka diambil dari siklus tahun {self.year} untuk {self.found} indikator."]
        if self.kept:
            parts.append(f"{self.kept} angka yang sudah terisi dan berbeda dibiarkan.")
        if self.missing:
            parts.append(f"{len(self.missing)} indikator tidak ada di siklus itu.")
        return " ".join(parts)


def earlier_figures(state: CycleState, other: CycleState) -> Earlier:
    """What `other`, one to five years before, gives to `state`.

    Indicators belong together by sasaran and name, the second of the same names to the second, else by name where only
    one has it. Raises UserError for another year.
    """
    back = state.year - other.year
    if not 1 <= back <= YEARS:
        raise UserError(
            f"Berkas itu siklus tahun {other.year}. Pilih siklus tahun {state.year - 1}, atau paling lama "
            f"{state.year - YEARS}."
        )
    known = _Known(other)
    changes: dict[str, str] = {}
    found, kept, missing = 0, 0, []
    for indicator in indicators(state):
        before = known.take(indicator)
        if before is None:
            missing.append(indicator.name)
            continue
        found += 1
        for column, text in _figures(before, back, state):
            path = f"{TABLE}/{indicator.id}/{column}"
            here = state.text(path)
            if is_blank(here):
                changes[path] = text
            elif here != text:
                kept += 1
    return Earlier(other.year, changes, found, tuple(missing), kept)


def read_earlier(files: Files, path: Path) -> CycleState:
    """Where an earlier cycle's file stands; it is only looked at. Raises UserError when it cannot be read."""
    return state_of(files.peek(path))


def take_over(cycle: Cycle, who: Who, other: CycleState) -> Changed | Refusal:
    """Take over the figures of an earlier cycle as one act. Refused when there is nothing to take, or that year."""
    found = earlier_figures(cycle.state, other)
    if not found.changes:
        return Refusal("Tidak ada angka baru: angka tahun lalu sudah terisi." if found.found else found.said)
    return fill(cycle, who, found.changes)


def _figures(before: Indicator, back: int, state: CycleState) -> Iterator[tuple[str, str]]:
    """The columns that an indicator `back` years ago fills here, of those that this cycle's SOP has."""
    known = {column.id for column in state.sop.fields[TABLE][1].columns}
    for column, text in carried_years(before, back):
        if column in known:
            yield column, text


class _Known:
    """The indicators of a cycle by their names, as measured there."""

    def __init__(self, state: CycleState) -> None:
        self._both: defaultdict[tuple[str, str], deque[Indicator]] = defaultdict(deque)
        self._named: defaultdict[str, list[Indicator]] = defaultdict(list)
        for indicator in map(measured, indicators(state)):
            self._both[_fold(indicator.objective), _fold(indicator.name)].append(indicator)
            self._named[_fold(indicator.name)].append(indicator)

    def take(self, indicator: Indicator) -> Indicator | None:
        """The one that an indicator of this year was, or None. Of those that share sasaran and name, each call takes
        the next."""
        name = _fold(indicator.name)
        both = self._both.get((_fold(indicator.objective), name))
        if both is not None:
            return both.popleft() if both else None
        same = self._named.get(name, []) if name else []
        return same[0] if len(same) == 1 else None


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
