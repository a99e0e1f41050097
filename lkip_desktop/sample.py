"""Plays the sample cycle through the real use cases, so that it stands at a chosen step with a believable history."""

from __future__ import annotations

import re
import secrets
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from lkip_desktop import office, resources
from lkip_desktop.attachments import IncomingFile, accept
from lkip_desktop.cycle_calendar import calendar
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.errors import EnvironmentProblem, UserError, reason_of
from lkip_desktop.office import Cycle, NewCycle
from lkip_desktop.ports import Files
from lkip_desktop.schedule.calendar import WorkCalendar
from lkip_desktop.schedule.plan import plan, way
from lkip_desktop.schedule.seed import load_calendar
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.sop.model import Sop, Step
from lkip_desktop.workflow.events import Json, Who
from lkip_desktop.workflow.guards import missing
from lkip_desktop.workflow.transitions import Refusal

CLERK = Who("Rina Contoh, S.A.P.", "analis")
SPARE_DAYS = 3
RETURN_REASON = "Analisis temuan berulang belum memuat perbandingan dengan tahun sebelumnya; mohon dilengkapi."
ANSWER = "Dilengkapi pada laporan tahun berikutnya."
"""What the sample's officials answer to a warning."""
_DAY = re.compile(r"\{day([+-]\d+)?\}")


@dataclass
class _Clock:
    """A clock that the player sets."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Sample:
    """How to play: the reported `year`, the step to stand at, the moment that counts as now (aware).

    `ahead` fills the steps still to come as well, so that each can be completed at once; `returned` sends the draft
    back once at the first decision that is passed or stood at.
    """

    year: int
    until_step: int
    now: datetime
    ahead: bool = False
    returned: bool = False
    sop_text: str = field(default_factory=resources.sop_text)


def play_sample(files: Files, path: Path, sample: Sample, *, overwrite: bool = False) -> None:
    """A new file with the sample cycle, played beside its place and put there when it is whole.

    Raises UserError for a step that the SOP does not have or an SOP that the sample does not fit, and as create_cycle.
    """
    beside = path.parent / f".contoh-{secrets.token_hex(4)}.lkip"
    try:
        if path.exists() and not overwrite:
            raise UserError(f"“{path.name}” sudah ada dan tidak ditimpa.")
        if path.exists() and (holder := files.peek(path).in_use):
            raise UserError(holder)
        _play(files, beside, sample)
        beside.replace(path)
    except OSError as error:
        raise EnvironmentProblem(f"“{path.name}” tidak dapat ditulis ({reason_of(error)}).") from error
    finally:
        beside.unlink(missing_ok=True)


def _play(files: Files, path: Path, sample: Sample) -> None:
    sop = parse_sop(sample.sop_text, "SOP")
    stops = _stops(sop, sample)
    work = load_calendar(resources.root() / "holidays.toml")
    times = _times(stops, work, work.local(sample.now))
    standing = _standing(sop, stops)
    end = plan(sop, times[-1], work, standing)[-1].due.date()
    data = SampleData(work, sample.year, work.add_working_days(end, SPARE_DAYS))
    clock = _Clock(_utc(times[0], work))
    new = NewCycle(sample.year, sample.sop_text, data.values("profile", times[0].date()))
    cycle = office.create_cycle(files, path, new, CLERK, clock)
    try:
        player = _Player(cycle, clock, data)
        for (step, decision), begun, done in zip(stops, times, times[1:], strict=False):
            player.play(step, decision, begun, done)
        clock.at = max(clock.at, _utc(times[-1], calendar(cycle.state)))
        player.prepare(sop, times[-1], ahead=sample.ahead)
    finally:
        cycle.close()


def _stops(sop: Sop, sample: Sample) -> list[tuple[Step, str]]:
    """The steps to complete, in order, each with its decision."""
    if not 1 <= sample.until_step <= len(sop.steps):
        raise UserError(f"Langkah {sample.until_step} tidak ada; pilih 1 sampai {len(sop.steps)}.")
    stops: list[tuple[Step, str]] = []
    returned = not sample.returned
    step: Step | None = sop.first
    while step is not None and (step.number != sample.until_step or (not returned and step.decisions)):
        back = next((e for e in step.edges if e.label and sop.returns(step, e)), None)
        ahead = next((e for e in step.edges if not sop.returns(step, e)), None)
        edge = back if back and not returned else ahead
        returned = returned or edge is back
        if edge is None:
            break
        stops.append((step, edge.label))
        step = sop.by_id[edge.target]
    return stops


def _standing(sop: Sop, stops: list[tuple[Step, str]]) -> Step:
    """The step that is current after the stops."""
    if not stops:
        return sop.first
    step, decision = stops[-1]
    edge = step.edge(decision)
    return sop.by_id[edge.target] if edge else step


def _times(stops: list[tuple[Step, str]], work: WorkCalendar, here: datetime) -> list[datetime]:
    """When each stop begins, local, and last when the step to stand at begins: the latest plan that is past by now."""
    day = here.date()
    while True:
        times = [work.opening(day)]
        for step, _ in stops:
            times.append(work.add(times[-1], step.duration))
        if times[-1] <= here:
            return times
        day = work.last_working_day(day - timedelta(days=1))


def _utc(local: datetime, work: WorkCalendar) -> datetime:
    return (local - timedelta(hours=work.offset_hours)).replace(tzinfo=UTC)


class SampleData:
    """The sample's file, with days and years put in."""

    def __init__(self, work: WorkCalendar, year: int, deadline: date) -> None:
        text = (resources.root() / "sample" / "cycle.toml").read_text(encoding="utf-8")
        self._data = tomllib.loads(text)
        self._work = work
        self._words = {"{year}": str(year), "{deadline}": deadline.isoformat()}
        self.scan = (resources.root() / "sample" / "scan.pdf").read_bytes()

    def values(self, part: str, day: date) -> dict[str, Json]:
        """The texts of a part (``profile`` or a step's id) by path, its tables with their row ids."""
        values: dict[str, Json] = {}
        for key, value in self._data.get(part, {}).items():
            if isinstance(value, str):
                values[key] = self._text(value, day)
            elif isinstance(value[0], dict):
                values[key] = [f"r{number}" for number in range(1, len(value) + 1)]
                values.update(self._rows(key, value, day))
        return values

    def files(self, part: str) -> Iterator[tuple[str, str]]:
        """Path and name of each file of a part."""
        for key, value in self._data.get(part, {}).items():
            rows = [("", {key: value})] if isinstance(value, list) and isinstance(value[0], str) else []
            if isinstance(value, list) and isinstance(value[0], dict):
                rows = [(f"{key}/r{number}/", row) for number, row in enumerate(value, start=1)]
            for base, row in rows:
                for column, names in row.items():
                    if isinstance(names, list):
                        yield from ((base + column, name) for name in names)

    def _rows(self, table: str, rows: list[dict[str, Any]], day: date) -> Iterator[tuple[str, str]]:
        for number, row in enumerate(rows, start=1):
            for column, text in row.items():
                if isinstance(text, str):
                    yield f"{table}/r{number}/{column}", self._text(text, day)

    def _text(self, text: str, day: date) -> str:
        for word, value in {**self._words, "{this_year}": str(day.year)}.items():
            text = text.replace(word, value)
        return _DAY.sub(lambda match: self._day(day, int(match[1] or 0)), text)

    def _day(self, day: date, shift: int) -> str:
        for _ in range(abs(shift)):
            if shift < 0:
                day = self._work.last_working_day(day - timedelta(days=1))
            else:
                day = self._work.next_working_day(day)
        return day.isoformat()


class _Player:
    def __init__(self, cycle: Cycle, clock: _Clock, data: SampleData) -> None:
        self.cycle, self.clock, self.data = cycle, clock, data
        self._filled: set[str] = set()

    def play(self, step: Step, decision: str, begun: datetime, done: datetime) -> None:
        """Fill a step when it begins and leave it when it is done (local times)."""
        work = calendar(self.cycle.state)
        self.clock.at = max(self.clock.at, _utc(begun, work))
        edge = step.edge(decision)
        back = edge is not None and self.cycle.sop.returns(step, edge)
        self.fill(step, begun.date())
        self.clock.at = max(self.clock.at, _utc(done, work))
        who = office.acting_for(self.cycle.state, step.actor, CLERK.name, done.date())
        if step.actor == CLERK.role:
            who = CLERK
        reason = RETURN_REASON if back else ""
        answers = {item.text: ANSWER for item in missing(self.cycle.state, step, decision) if not item.blocks}
        _must(office.complete_step(self.cycle, who, step.id, decision, reason, answers))

    def prepare(self, sop: Sop, at: datetime, *, ahead: bool) -> None:
        """Fill the steps from the current one on."""
        step = self.cycle.state.step
        if ahead and step is not None:
            for following, planned in zip(way(sop, step), plan(sop, at, calendar(self.cycle.state), step), strict=True):
                self.fill(following, planned.start.date())

    def fill(self, step: Step, day: date) -> None:
        if step.id not in self._filled:
            values: Mapping[str, Json] = self.data.values(step.id, day)
            known = {path: text for path, text in values.items() if path.split("/")[0] in self.cycle.sop.fields}
            if known:
                _must(office.fill(self.cycle, CLERK, known))
            for path, name in self.data.files(step.id):
                if path.split("/")[0] in self.cycle.sop.fields:
                    _must(office.attach_file(self.cycle, CLERK, path, accept(name, self.data.scan)))
        for guard in step.guards:
            if guard.name == "document_kept":
                report = _document(guard.field, office.snapshot(self.cycle, day))
                _must(office.keep_document(self.cycle, CLERK, guard.field, report))
        self._filled.add(step.id)


def _document(kind: str, snapshot: Snapshot) -> IncomingFile:
    from lkip_desktop.documents.catalog import make

    made = make(kind, snapshot)
    return accept(made.name, made.data)


def _must(outcome: object) -> None:
    """The sample is ours: a refusal in it is a bug in the sample or in the SOP that it is played on."""
    if isinstance(outcome, Refusal):
        details = "; ".join(reason.text for reason in outcome.reasons)
        raise UserError(f"Contoh tidak cocok dengan SOP ini: {outcome.message} {details}".strip())
