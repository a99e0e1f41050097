"""What comes back from the units and from the finance system: looked at first, then imported as one act."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lkip_desktop.attachments import IncomingFile, require_file, safe_name
from lkip_desktop.documents.kinds import CSV, XLSX
from lkip_desktop.documents.workbook_layout import UNITS, cycle_mark, form_columns
from lkip_desktop.documents.workbook_read import LIMITS, Encoded, is_text, read_csv, read_workbook
from lkip_desktop.documents.workbook_return import recognise
from lkip_desktop.errors import Cancelled, EnvironmentProblem, UserError, reason_of
from lkip_desktop.office import Changed, Cycle, detach, export, fill
from lkip_desktop.outside import MB
from lkip_desktop.workflow import transitions
from lkip_desktop.workflow.events import Act, Draft, Json, Who
from lkip_desktop.workflow.state import CycleState
from lkip_desktop.workflow.transitions import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from lkip_desktop.cycle_data import Snapshot
    from lkip_desktop.ports import Progress
    from lkip_desktop.sop.model import FormField

UNIT_FORM, BUDGET, INDICATORS = "unit-form", "budget", "indicators"
SOURCES = "figure_sources"
NOTHING = "Tidak ada yang berubah: isi berkas ini sudah ada dalam siklus."
NONE_READ = "Tidak ada nilai dalam berkas ini yang dapat diimpor."
STALE = "Data siklus berubah sejak pratinjau dibuat. Buka pratinjau kembali, lalu impor."
MOVED_ON = "Yang diimpor sudah diubah sesudahnya, jadi tidak dapat dibatalkan sekaligus. Ubah isiannya satu per satu."
FOREIGN = "“{name}” adalah format siklus lain (tahun {year}). Buka siklus itu, lalu impor di sana."
UNKNOWN = (
    "“{name}” tidak dikenali sebagai format unit maupun realisasi anggaran. Periksa apakah judul kolomnya masih ada: "
    "“Indikator kinerja” dan “Realisasi”, atau “Kode”, “Pagu”, dan “Realisasi”."
)


class Verdict(StrEnum):
    """What becomes of a line of the preview: CHANGE, NEW and CHECK are imported, NOTE and PROBLEM are not."""

    CHANGE = "berubah"
    NEW = "baru"
    CHECK = "periksa"
    NOTE = "catatan"
    PROBLEM = "masalah"

    @property
    def imported(self) -> bool:
        return self in (Verdict.CHANGE, Verdict.NEW, Verdict.CHECK)


@dataclass(frozen=True, slots=True)
class Line:
    """One value of the incoming file that differs or needs a word.

    `number` is the row in the file (0: none), `subject` the indicator or budget line, `column` its heading; `path` is
    the place in the cycle, empty where there is none. `old` and `new` are as kept, or as typed where not readable.
    """

    number: int
    subject: str
    column: str
    old: str
    new: str
    verdict: Verdict
    note: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """Totals to compare, in rupiah; None where the file states none."""

    label: str
    before: Decimal
    after: Decimal
    stated: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LraLayout:
    """How a budget export is read. Rows and columns count from 0; `encoded` is for text files, `sheet` for workbooks.

    `code` to `name` are joined to one code where an export spreads it over several columns. A missing column is -1.
    `unit` is what amounts are counted in: empty for rupiah, ``ribu``, ``juta``, ``miliar``; None: as the file says.
    """

    header: int
    code: int
    name: int
    ceiling: int
    spent: int
    sheet: str = ""
    encoded: Encoded | None = None
    unit: str | None = None


def unsought(sheet: str, encoded: Encoded | None) -> LraLayout:
    """A layout whose headings are still to be looked for, in a sheet or in a text that is read in a chosen way."""
    return LraLayout(-1, -1, -1, -1, -1, sheet, encoded)


@dataclass(frozen=True)
class Preview:
    """What an import would do, before anything is done. `changes` is what would be kept, `before` what is there now.

    `unit` is the row of ``unit_forms`` that the file answers (or empty), `field` the path that would keep the file (or
    empty), `same` the number of values that are in the cycle already, `unknown` that of budget codes that the cycle has
    not. `layout`, `table`, `sheets` and `said_unit` are there for a budget export, so that what was found can be shown
    and changed; `said_unit` is what the file says that it counts in.
    """

    kind: str
    title: str
    file: IncomingFile
    lines: tuple[Line, ...]
    changes: Mapping[str, Json]
    before: Mapping[str, Json]
    unit: str = ""
    field: str = ""
    same: int = 0
    notices: tuple[str, ...] = ()
    totals: tuple[Total, ...] = ()
    layout: LraLayout | None = None
    table: tuple[tuple[str, ...], ...] = ()
    sheets: tuple[str, ...] = ()
    unknown: int = 0
    said_unit: str = ""

    @property
    def empty(self) -> bool:
        """Whether an import would change nothing."""
        return not self.changes and not self.field

    @property
    def idle(self) -> str:
        """Why nothing would change: all of it is in the cycle, or the file holds nothing for it."""
        return NOTHING if self.same else NONE_READ

    def count(self, *verdicts: Verdict) -> int:
        return sum(line.verdict in verdicts for line in self.lines)

    @property
    def importable(self) -> int:
        """How many values would be imported; a remark about a new row, which has no place, is none."""
        return sum(
            line.verdict.imported and bool(line.path or line.verdict is not Verdict.CHECK) for line in self.lines
        )


@dataclass(frozen=True)
class Request:
    """What is needed to look at a file: the frozen state, the local day, and what the person answered so far.

    `answers` puts another text (path → text) in place of what the file says; `adopt` adds budget codes that the cycle
    has not.
    """

    state: CycleState
    profile: Collection[FormField]
    today: date
    kind: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    layout: LraLayout | None = None
    adopt: bool = False


def read_source(path: Path) -> IncomingFile:
    """A workbook or CSV from disk, not yet taken apart. Raises UserError or EnvironmentProblem."""
    try:
        require_file(path)
        if path.stat().st_size > LIMITS.file:
            raise UserError(f"“{path.name}” lebih besar dari {LIMITS.file // MB} MB dan tidak dibaca.")
        data = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            f"“{path.name}” tidak dapat dibaca ({reason_of(error)}). Siklus tidak berubah; periksa berkas itu lalu "
            "coba lagi."
        ) from error
    return IncomingFile(path.name, data, hashlib.sha256(data).hexdigest(), XLSX if _is_zip(path, data) else CSV)


def _is_zip(path: Path, data: bytes) -> bool:
    """Workbooks by their content; text that calls itself one is text all the same, as finance systems export it."""
    return data.startswith(b"PK") or (path.suffix.lower() not in (".csv", ".txt", ".tsv") and not is_text(data))


def preview(file: IncomingFile, request: Request, progress: Progress | None = None) -> Preview:
    """What importing a file would do. Nothing is changed.

    Raises UserError for a file that cannot be read, is neither a unit's form nor a budget export nor rows of
    indicators, or belongs to another cycle; Cancelled when `progress` says so.
    """
    from lkip_desktop.exchange_budget import budget_preview
    from lkip_desktop.exchange_units import unit_preview

    if file.media_type == CSV:
        if request.kind == UNIT_FORM:
            raise UserError(f"“{file.name}” bukan buku kerja. Format unit dikembalikan sebagai .xlsx.")
        encoded, sheet = read_csv(file.name, file.data, request.layout.encoded if request.layout else None)
        return budget_preview(file, (sheet,), request, encoded) or _rows_of_indicators(file, request)
    sheets = read_workbook(file.name, file.data, progress)
    found = recognise(sheets, form_columns(request.state)) if request.kind in ("", UNIT_FORM) else None
    if found is not None:
        if found.mark is not None and found.mark.cycle != cycle_mark(request.state):
            raise UserError(FOREIGN.format(name=file.name, year=found.mark.year))
        seen = unit_preview(file, found, request)
        # Headings alone tell nothing when no row is known: it may be a list of the office's own.
        known = found.mark or seen.changes or seen.same or request.kind
        return seen if known else _own_list(file, request) or seen
    budget = budget_preview(file, sheets, request) if request.kind in ("", BUDGET) else None
    return budget or _rows_of_indicators(file, request)


def _rows_of_indicators(file: IncomingFile, request: Request) -> Preview:
    """What importing them would do, from a file that is nothing else. Raises UserError when it holds none."""
    seen = _own_list(file, request) if request.kind in ("", INDICATORS) else None
    if seen is None:
        raise UserError(UNKNOWN.format(name=file.name))
    return seen


def _own_list(file: IncomingFile, request: Request) -> Preview | None:
    from lkip_desktop.figures import indicator_preview

    with suppress(UserError):
        return indicator_preview(file, request)
    return None


def import_file(cycle: Cycle, who: Who, seen: Preview) -> Changed | Refusal:
    """Keep what a preview showed, as one act; refused when the cycle has changed since or would not change at all."""
    if seen.empty:
        return Refusal(NOTHING)
    if any(cycle.state.values.get(path) != old for path, old in seen.before.items()):
        return Refusal(STALE)
    draft = transitions.fill(cycle.state, who, seen.changes, cycle.profile)
    if isinstance(draft, Refusal):
        return draft
    if seen.field:
        allowed = transitions.attach(cycle.state, who, seen.field, seen.file.described(), cycle.profile)
        if isinstance(allowed, Refusal):
            return allowed
    data = {
        "kind": seen.kind,
        "unit": seen.unit,
        "changes": dict(seen.changes),
        "field": seen.field,
        **seen.file.described(),
    }
    return cycle.record(Draft(who, Act.IMPORTED, data), {seen.file.sha256: seen.file.data})


def take_back(cycle: Cycle, who: Who, seen: Preview) -> Changed | Refusal:
    """Put back what stood there before an import; refused when any of it has changed since. The file is taken out."""
    state = cycle.state
    if any((state.values.get(path) or "") != (new or "") for path, new in seen.changes.items()):
        return Refusal(MOVED_ON)
    kept = next((file for file in reversed(state.files(seen.field)) if file.sha256 == seen.file.sha256), None)
    outcome = fill(cycle, who, seen.before) if seen.changes else None
    if kept is not None and not isinstance(outcome, Refusal):
        outcome = detach(cycle, who, kept.id)
    return outcome or Refusal(NOTHING)


def place_of(request: Request, file: IncomingFile, *fields: str) -> str:
    """The first of some file fields that may take the file now; empty when none may or one has it already."""
    state = request.state
    for path in fields:
        if any(known.sha256 == file.sha256 for known in state.files(path)):
            return ""
        if path and transitions.may_change(state, path, request.profile) is None:
            return path
    return ""


# Out to the units


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit on step 2: `sent`, `due` and `returned` are ISO dates or empty; `no_data` closes it without a return."""

    row: str
    unit: str
    person: str
    sent: str
    due: str
    returned: str
    no_data: bool

    @property
    def owes(self) -> bool:
        """Whether its form went out and has not come back."""
        return bool(self.sent) and not self.returned and not self.no_data

    def late(self, today: date) -> bool:
        return self.owes and bool(self.due) and self.due < today.isoformat()


def units(state: CycleState) -> tuple[Owing, ...]:
    """Every unit of step 2, in order."""
    return tuple(_units(state))


def _units(state: CycleState) -> Iterator[Owing]:
    for row in state.rows(UNITS):
        unit, person, sent, due, returned = (
            state.cell(UNITS, row, column).strip() for column in ("unit", "person", "sent", "due", "returned")
        )
        yield Owing(row, unit, person, sent, due, returned, state.cell(UNITS, row, "no_data") == "ya")


def record_sent(cycle: Cycle, who: Who, rows: Collection[str], today: date) -> Changed | Refusal:
    """Note the day on which forms went out, for rows of ``unit_forms`` without one."""
    state = cycle.state
    open_rows = [row for row in rows if not state.cell(UNITS, row, "sent").strip()]
    if not open_rows:
        return Refusal("Tanggal kirim sudah tercatat.")
    return fill(cycle, who, {f"{UNITS}/{row}/sent": today.isoformat() for row in open_rows})


COVERING = "data-request"


def form_files(snapshot: Snapshot, rows: Collection[str]) -> dict[str, str]:
    """The file name of each unit's workbook, by its row of ``unit_forms``; no two are the same."""
    names: dict[str, str] = {}
    abbreviation, year = snapshot.agency.report_abbreviation, snapshot.state.year
    for number, row in enumerate(rows, start=1):
        unit = snapshot.state.cell(UNITS, row, "unit").strip() or f"Unit {number}"
        name = safe_name(f"Format Data {abbreviation} {year} {unit}.xlsx")
        taken = {other.casefold() for other in names.values()}
        names[row] = safe_name(f"{Path(name).stem} ({number}).xlsx") if name.casefold() in taken else name
    return names


def write_forms(
    snapshot: Snapshot,
    rows: Collection[str],
    folder: Path,
    source: Path,
    *,
    letters: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the workbook of each unit into a folder, with its covering letter beside it; files there are replaced.

    `letters` gives the issued letters' bytes by unit; None writes no letters, and for a unit that is not in it the
    letter is made as a draft. `source` is the cycle's own file. Raises Cancelled between two files, and as
    `office.export` does; what is written by then stays.
    """
    from lkip_desktop.documents.catalog import KINDS, make

    written: list[Path] = []
    for number, (row, name) in enumerate(form_files(snapshot, rows).items()):
        if progress is not None and not progress(number, len(rows)):
            raise Cancelled
        own = replace(snapshot, subject=row)
        data = make(UNIT_FORM, own).data
        export(folder / name, partial(_given, data), source=source, overwrite=True)
        written.append(folder / name)
        if letters is not None and COVERING in KINDS:
            letter = letters.get(row) or make(COVERING, own).data
            path = folder / safe_name(f"Surat {Path(name).stem}.pdf")
            export(path, partial(_given, letter), source=source, overwrite=True)
            written.append(path)
    return tuple(written)


def _given(data: bytes, _: Progress | None) -> bytes:
    return data


def issued_letters(cycle: Cycle) -> dict[str, bytes]:
    """The data requests that were issued, as frozen, by the unit that each addresses."""
    newest = {letter.subject: letter for letter in cycle.state.letters if letter.kind == COVERING}
    return {unit: cycle.store.blob(letter.sha256) for unit, letter in newest.items() if unit}
