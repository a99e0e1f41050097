"""What people do with a cycle, one function each: open, fill, complete, return, attach, keep a document, export."""

from __future__ import annotations

import errno
import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from lkip_desktop import resources
from lkip_desktop.attachments import IncomingFile, read_file, size_limit
from lkip_desktop.cycle_data import Snapshot, agency, serving, shown_pictures
from lkip_desktop.defaults import carried_values, initial_values
from lkip_desktop.errors import EnvironmentProblem, UserError, reason_of
from lkip_desktop.files import write_atomically
from lkip_desktop.ports import Clock, Files, Opening, Outcome, Progress, Store
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.sop.model import FormField, Sop
from lkip_desktop.workflow import transitions
from lkip_desktop.workflow.events import Act, Draft, Event, Json, Who
from lkip_desktop.workflow.state import Attachment, CycleState, KeptDocument, apply, replay
from lkip_desktop.workflow.transitions import Refusal

FIRST_YEAR, LAST_YEAR = 2000, 2099
CYCLE_SUFFIX = ".lkip"
CHANGED_BETWEEN = "Siklus berubah sementara ini disiapkan, jadi belum ada yang dicatat. Periksa isiannya, lalu ulangi."


@dataclass(frozen=True, slots=True)
class Changed:
    """An act was kept: its event, and the steps that look different now (the step left and the step entered)."""

    event: Event
    steps: tuple[str, ...] = ()


class Cycle:
    """An open cycle: its file, its SOP and the state derived so far."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Raises UserError when the file's SOP or its events cannot be understood."""
        self.store, self.clock = store, clock
        self._turn = threading.RLock()
        self.profile: tuple[FormField, ...] = resources.profile_fields()
        events = store.events()
        self.sop: Sop = sop_of(events, store)
        try:
            self.state: CycleState = replay(self.sop, events)
        except (KeyError, ValueError, TypeError) as error:
            raise UserError(
                "Riwayat siklus ini tidak dapat dibaca. Berkas tidak diubah; pakailah salinannya yang terakhir."
            ) from error

    @property
    def year(self) -> int:
        return self.state.year

    def now(self) -> datetime:
        """The clock's time in UTC, never before the last event, so that a PC clock set back cannot mix up history."""
        events = self.store.events()
        return max(self.clock.now(), events[-1].at) if events else self.clock.now()

    def record(
        self, draft: Draft | Refusal, blobs: Mapping[str, bytes] | None = None, *, after: str = ""
    ) -> Changed | Refusal:
        """Keep an allowed act; a refusal is passed back. Raises EnvironmentProblem or UserError as the store does.

        `after` is the head of the history on which the act was decided: with another one by now, it is refused.
        """
        if isinstance(draft, Refusal):
            return draft
        # Large files are kept on another thread while typing goes on being kept on the window's.
        with self._turn:
            if after and self.state.head != after:
                return Refusal(CHANGED_BETWEEN)
            before = self.state.step
            event = self.store.append(draft, self.now(), blobs)
            self.state = apply(self.state, event)
            touched = {step.id for step in (before, self.state.step) if step is not None}
            return Changed(event, tuple(sorted(touched)))

    def close(self) -> None:
        self.store.close()


def sop_of(events: tuple[Event, ...], store: Store) -> Sop:
    """The SOP revision that a cycle began with, from its own file. Raises UserError when it is not there."""
    try:
        digest = events[0].data["sop_sha256"]
        data = store.blob(digest)
        if hashlib.sha256(data).hexdigest() != digest:
            raise ValueError(f"blob {digest} is not what its digest says")
        text = data.decode("utf-8")
    except (KeyError, IndexError, ValueError, EnvironmentProblem) as error:
        raise UserError(
            "Berkas ini tidak memuat SOP-nya. Berkas tidak diubah; pakailah salinannya yang terakhir."
        ) from error
    return parse_sop(text, "SOP siklus")


@dataclass(frozen=True)
class NewCycle:
    """What a new cycle begins with. `year` is the year reported on; `values` may leave out what has a default."""

    year: int
    sop_text: str
    values: Mapping[str, Json] = field(default_factory=dict)
    logo: IncomingFile | None = None


def create_cycle(files: Files, path: Path, new: NewCycle, who: Who, clock: Clock, *, overwrite: bool = False) -> Cycle:
    """A new cycle in a new file.

    Raises UserError for a year outside 2000–2099, an unusable SOP, or a file that exists and may not be overwritten;
    EnvironmentProblem when the disk refuses.
    """
    if not FIRST_YEAR <= new.year <= LAST_YEAR:
        raise UserError(f"Tahun {new.year} tidak dapat dipakai. Isi tahun antara {FIRST_YEAR} dan {LAST_YEAR}.")
    sop = parse_sop(new.sop_text, "SOP")
    text = new.sop_text.encode("utf-8")
    digest = hashlib.sha256(text).hexdigest()
    given = {**resources.calendar_values(new.year), **new.values}
    values = initial_values(sop, resources.profile_fields(), new.year, given)
    draft = Draft(who, Act.CREATED, {"year": new.year, "sop": sop.id, "sop_sha256": digest, "values": values})
    store = files.create(path, draft, clock.now(), {digest: text}, user=who.name, overwrite=overwrite)
    cycle = Cycle(store, clock)
    if new.logo is not None:
        cycle.record(
            transitions.attach(cycle.state, who, "agency_logo", new.logo.described(), cycle.profile),
            {new.logo.sha256: new.logo.data},
        )
    return cycle


def carry_over(files: Files, previous: Path) -> tuple[dict[str, Json], IncomingFile | None]:
    """What a new cycle takes from last year's file: values, and the logo. Raises UserError when it cannot be opened."""
    opening = files.open(previous, read_only=True)
    if opening.store is None:
        raise UserError(opening.message)
    try:
        cycle = Cycle(opening.store, _NoClock())
        logos = cycle.state.files("agency_logo")
        logo = None
        if logos:
            data = opening.store.blob(logos[-1].sha256)
            logo = IncomingFile(logos[-1].name, data, logos[-1].sha256, logos[-1].media_type)
        return carried_values(cycle.state, cycle.profile), logo
    finally:
        opening.store.close()


class _NoClock:
    """For a cycle that is only read."""

    def now(self) -> datetime:
        return datetime.min.replace(tzinfo=UTC)


def open_cycle(
    files: Files,
    path: Path,
    clock: Clock,
    *,
    user: str = "",
    read_only: bool = False,
    progress: Progress | None = None,
) -> tuple[Cycle | None, Opening]:
    """Open a file: the cycle, or None and an outcome that says why. Raises Cancelled."""
    opening = files.open(path, user=user, read_only=read_only, progress=progress)
    if opening.store is None:
        return None, opening
    try:
        return Cycle(opening.store, clock), opening
    except UserError as error:
        opening.store.close()
        return None, Opening(Outcome.DAMAGED, message=str(error))


def copy_here(files: Files, path: Path, folder: Path, progress: Progress | None = None) -> Path:
    """Copy a cycle file into a folder under its own name, numbered if that is taken; the path of the copy.

    Raises UserError when the file cannot be read or the folder is not safe either, EnvironmentProblem when the disk
    refuses, Cancelled when `progress` says so.
    """
    target, number = folder / path.name, 2
    while target.exists():
        target = folder / f"{path.stem}-{number}{path.suffix}"
        number += 1
    files.copy(path, target, progress)
    return target


def fill(cycle: Cycle, who: Who, changes: Mapping[str, Json]) -> Changed | Refusal:
    """Keep typed values; one call is one act, however many cells it changes."""
    return cycle.record(transitions.fill(cycle.state, who, changes, cycle.profile))


def complete_step(
    cycle: Cycle,
    who: Who,
    step: str,
    decision: str = "",
    reason: str = "",
    answers: Mapping[str, str] | None = None,
    authority: str = "",
) -> Changed | Refusal:
    """Leave the current step: forward, by a decision, or back with a reason. `authority` as in `people.decide`."""
    return cycle.record(transitions.complete(cycle.state, who, step, decision, reason, answers, authority))


def undo_last(cycle: Cycle, who: Who) -> Changed | Refusal:
    return cycle.record(transitions.undo(cycle.state, who))


def reopen_step(cycle: Cycle, who: Who, step: str, reason: str) -> Changed | Refusal:
    return cycle.record(transitions.reopen(cycle.state, who, step, reason))


def attach(cycle: Cycle, who: Who, path: str, source: Path) -> Changed | Refusal:
    """Bring a file into a field. Raises UserError when the file is not fit, EnvironmentProblem when unreadable."""
    return attach_file(cycle, who, path, read_file(source, size_limit(cycle.state)))


def attach_file(cycle: Cycle, who: Who, path: str, file: IncomingFile) -> Changed | Refusal:
    draft = transitions.attach(cycle.state, who, path, file.described(), cycle.profile)
    return cycle.record(draft, {file.sha256: file.data})


def detach(cycle: Cycle, who: Who, attachment: int) -> Changed | Refusal:
    return cycle.record(transitions.detach(cycle.state, who, attachment, cycle.profile))


def restore(cycle: Cycle, who: Who, attachment: int) -> Changed | Refusal:
    return cycle.record(transitions.restore(cycle.state, who, attachment, cycle.profile))


def keep_document(
    cycle: Cycle, who: Who, kind: str, file: IncomingFile, source: str = "generated"
) -> Changed | Refusal:
    """Keep a document as the next version of its kind. `source` is ``generated`` or ``imported``."""
    if cycle.state.closed:
        return Refusal(transitions.CLOSED)
    version = len(cycle.state.versions(kind)) + 1
    data = {"kind": kind, "version": version, "source": source, **file.described()}
    return cycle.record(Draft(who, Act.KEPT, data), {file.sha256: file.data})


def record_print(
    cycle: Cycle, who: Who, kind: str, printer: str, *, letter: int = 0, pages: str = "", copies: int = 1
) -> Changed | Refusal:
    """Note in the history that a document went to a printer.

    `letter` is the id of the issued letter that it was, or 0; `pages` is ``1-3,5``, empty for all.
    """
    data = {"kind": kind, "version": len(cycle.state.versions(kind)), "printer": printer}
    return cycle.record(Draft(who, Act.PRINTED, {**data, "letter": letter, "pages": pages, "copies": copies}))


def snapshot(cycle: Cycle, today: date) -> Snapshot:
    """What documents are made from, frozen now: nothing typed later changes it."""
    logo = agency(cycle.state).logo
    pictures = {file.id: cycle.store.blob(file.sha256) for file in shown_pictures(cycle.state)}
    events = cycle.store.events()
    shown, styles = cycle.store.blob(logo) if logo else None, cycle.state.files("report_style")
    style = cycle.store.blob(styles[-1].sha256) if styles else None
    return Snapshot(cycle.state, shown, today, events=events, pictures=pictures, style=style)


def contents(cycle: Cycle, file: Attachment | KeptDocument) -> bytes:
    """The bytes of an attachment or a kept document."""
    return cycle.store.blob(file.sha256)


def export(
    path: Path,
    make: Callable[[Progress | None], bytes],
    *,
    source: Path,
    overwrite: bool,
    progress: Progress | None = None,
) -> None:
    """Write what `make` gives to a file, whole or not at all; `source` is the cycle's own file.

    Raises UserError when a file is there and may not be overwritten, which a cycle never may; EnvironmentProblem when
    it cannot be written.
    """
    try:
        require_replaceable(path, source, overwrite=overwrite)
        write_atomically(path, make(progress))
    except OSError as error:
        raise EnvironmentProblem(
            f"“{path.name}” tidak dapat ditulis ({reason_of(error)}). {_advice(path, error)}"
        ) from error


def require_replaceable(path: Path, source: Path, *, overwrite: bool) -> None:
    """Raises UserError when a document may not be written to `path`; `source` is the cycle's own file."""
    if not path.exists():
        return
    if path.is_dir():
        raise UserError(f"“{path.resolve().name}” adalah folder. Tulis nama berkas di dalamnya.")
    if path.resolve().suffix.lower() == CYCLE_SUFFIX or path.samefile(source):
        raise UserError(f"“{path.name}” adalah berkas siklus dan tidak pernah ditimpa dokumen. Pilih nama lain.")
    if not overwrite:
        raise UserError(f"“{path.name}” sudah ada dan tidak ditimpa.")


def _advice(path: Path, error: OSError) -> str:
    if error.errno == errno.ENAMETOOLONG:
        return "Pilih nama yang lebih pendek."
    if not path.exists():
        return "Periksa foldernya, atau pilih folder lain."
    return "Berkas lama tetap utuh. Tutup dahulu berkas itu di program lain, atau pilih folder lain."


def acting_for(state: CycleState, role: str, clerk: str, day: date) -> Who:
    """A clerk who records for whoever holds a role on a day, with the authority shown; nobody acts for themselves."""
    official = serving(state, role, day)
    if official is not None and official.name == clerk:
        return Who(clerk, role)
    name = f"{official.title} {official.name}" if official else state.sop.actor_names.get(role, role)
    return Who(clerk, role, name)
