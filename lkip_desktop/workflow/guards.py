"""Named checks before a step may be left. Each says what is missing and where; the SOP says which step uses which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from lkip_desktop.performance.accumulation import Accumulation, accumulation_of, measured
from lkip_desktop.performance.model import Indicator
from lkip_desktop.sop.model import FieldKind, FormField, GuardUse, Needed, Step
from lkip_desktop.values import parse
from lkip_desktop.workflow.memory import remembered
from lkip_desktop.workflow.state import CycleState


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not there yet: a sentence, and the path of the field that mends it.

    `needed` REQUIRED blocks; WARN can be answered with a reason.
    """

    text: str
    where: str
    needed: Needed = Needed.REQUIRED

    @property
    def blocks(self) -> bool:
        return self.needed is Needed.REQUIRED


Guard = Callable[[CycleState, GuardUse], Iterator[Missing]]


@remembered
def missing(state: CycleState, step: Step, decision: str) -> tuple[Missing, ...]:
    """All that is missing to leave `step` with `decision`, in the order of the form.

    A decision that leads back asks only for what is marked for it: what is unfinished is why it goes back.
    """
    edge = step.edge(decision)
    back = edge is not None and state.sop.returns(step, edge)
    found: list[Missing] = []
    for field in step.fields:
        if field.when == decision if (field.when or back) else True:
            found.extend(_field(state, field, _guarded(step, field)))
    for use in step.guards:
        if use.when == decision if (use.when or back) else True:
            found.extend(GUARDS[use.name](state, use))
    return tuple(found)


def _guarded(step: Step, field: FormField) -> tuple[str, ...]:
    """Columns whose emptiness `year_figures` judges, because other columns may stand for them."""
    own = (use.columns for use in step.guards if use.name == "year_figures" and use.field == field.id)
    return tuple(column for columns in own for column in columns)


def _field(state: CycleState, field: FormField, guarded: tuple[str, ...]) -> Iterable[Missing]:
    return _table(state, field, guarded) if field.kind is FieldKind.TABLE else _single(state, field)


def _single(state: CycleState, field: FormField) -> Iterator[Missing]:
    if field.kind is FieldKind.FILES:
        if field.needed is not Needed.OPTIONAL and not state.files(field.id):
            yield Missing(f"Berkas belum dilampirkan: {field.label}.", field.id, field.needed)
    else:
        yield from _value(field, state.text(field.id), field.id, field.label)


def _table(state: CycleState, table: FormField, guarded: tuple[str, ...]) -> list[Missing]:
    rows = state.rows(table.id)
    if not rows and table.needed is not Needed.OPTIONAL:
        return [Missing(f"Tabel masih kosong: {table.label}.", table.id, table.needed)]
    return _checker(table, guarded).found(state, rows)


class _RowChecker:
    """Checks the rows of one table, and remembers each: at a key in a thousand rows only one is checked anew."""

    def __init__(self, table: FormField, guarded: tuple[str, ...]) -> None:
        self._table, self._guarded = table, frozenset(guarded)
        self._columns = [column for column in table.columns if column.kind is not FieldKind.FILES]
        self._paths: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, tuple[int, tuple[object, ...], tuple[Missing, ...]]] = {}

    def found(self, state: CycleState, rows: tuple[str, ...]) -> list[Missing]:
        value = state.values.get
        found: list[Missing] = []
        for number, row in enumerate(rows, start=1):
            paths = self._paths.get(row) or self._paths_of(row)
            texts = tuple(map(value, paths))
            known = self._known.get(row)
            if known is None or known[0] != number or known[1] != texts:
                known = self._known[row] = (number, texts, tuple(self._row(state, number, paths)))
            found += known[2]
        return found

    def _paths_of(self, row: str) -> tuple[str, ...]:
        self._paths[row] = tuple(f"{self._table.id}/{row}/{column.id}" for column in self._columns)
        return self._paths[row]

    def _row(self, state: CycleState, number: int, paths: tuple[str, ...]) -> Iterator[Missing]:
        for column, path in zip(self._columns, paths, strict=True):
            text = state.text(path)
            if text or (column.needed is not Needed.OPTIONAL and column.id not in self._guarded):
                yield from _value(column, text, path, f"{self._table.label}, baris {number}, {column.label}")


@lru_cache(maxsize=64)
def _checker(table: FormField, guarded: tuple[str, ...]) -> _RowChecker:
    return _RowChecker(table, guarded)


def _value(field: FormField, text: str, path: str, label: str) -> Iterator[Missing]:
    if not text.strip():
        if field.needed is not Needed.OPTIONAL:
            yield Missing(f"Belum diisi: {label}.", path, field.needed)
        return
    problem = parse(field.kind, text, field).problem
    if problem:
        yield Missing(f"{label}: {problem}", path)


def units_answered(state: CycleState, use: GuardUse) -> Iterator[Missing]:
    """Each row came back with a date and a file, or says “no data” with a reason.

    Columns: name, returned, file, no_data, reason.
    """
    name, returned, file, no_data, reason = use.columns
    for row in state.rows(use.field):
        base = f"{use.field}/{row}"
        unit = state.text(f"{base}/{name}") or "Unit tanpa nama"
        if state.text(f"{base}/{no_data}") == "ya":
            if not state.text(f"{base}/{reason}"):
                yield Missing(f"{unit}: beri alasan mengapa tidak ada data.", f"{base}/{reason}", use.needed)
        elif not state.text(f"{base}/{returned}") or not state.files(f"{base}/{file}"):
            yield Missing(
                f"{unit}: format belum kembali. Isi tanggal kembali dan lampirkan berkas, atau tandai tidak ada data.",
                f"{base}/{returned}",
                use.needed,
            )


def document_kept(state: CycleState, use: GuardUse) -> Iterator[Missing]:
    """At least one version of a document kind (`use.field`) was made or brought in during the open visit or before."""
    if not state.versions(use.field):
        yield Missing(use.message or "Dokumen belum dibuat.", use.field, use.needed)


def rows_settled(state: CycleState, use: GuardUse) -> Iterator[Missing]:
    """Each row of a table has ``ya`` in its settled column. Columns: settled, text."""
    settled, text = use.columns
    for row in state.rows(use.field):
        path = f"{use.field}/{row}/{settled}"
        if state.text(path) != "ya":
            remark = state.cell(use.field, row, text) or "baris tanpa uraian"
            yield Missing(f"Belum selesai: {remark}.", path, use.needed)


def report_complete(state: CycleState, use: GuardUse) -> Iterator[Missing]:
    """The report has what the regulation and the evaluator look for; one sentence counts and names what is missing."""
    from lkip_desktop.completeness import unready

    found = unready(state)
    if found:
        named = "; ".join(item.text for item in found[:_NAMED]) + ("; …" if len(found) > _NAMED else "")
        yield Missing(f"Laporan belum lengkap, {len(found)} butir: {named}.", COMPLETENESS, use.needed)


COMPLETENESS = "completeness"
"""Where `report_complete` leads: not to a field but to the list of what is missing."""
_NAMED = 3


def year_figures(state: CycleState, use: GuardUse) -> Iterator[Missing]:
    """Each row has the year's figure in its columns, or quarters (a PK perubahan) that make it.

    Columns: of target and actual those that count. A figure that somebody else publishes and has not yet is only
    warned about.
    """
    table, value = state.sop.fields[use.field][1], state.values.get
    labels = {column.id: column.label for column in table.columns}
    for number, row in enumerate(state.rows(use.field), start=1):
        if all(map(value, _paths(use.field, row, use.columns))):
            continue
        texts = tuple(text if isinstance(text := value(path), str) else "" for path in _paths(use.field, row, _YEAR))
        found, released = _year(texts)
        for column in (column for column in use.columns if not found[column]):
            where = f"{table.label}, baris {number}, {labels[column]}"
            out = column == "actual" and released
            said = f"Belum dirilis: {where}." if out else f"Belum diisi: {where}."
            yield Missing(said, f"{use.field}/{row}/{column}", Needed.WARN if out else use.needed)


_YEAR = (
    *("accumulation", "target", "target_revised", "actual"),
    *(f"{name}_q{quarter}" for name in ("target", "actual") for quarter in range(1, 5)),
)
"""The columns that make a year's figures."""


@lru_cache(maxsize=16_000)
def _paths(table: str, row: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{table}/{row}/{column}" for column in columns)


@lru_cache(maxsize=4_000)
def _year(texts: tuple[str, ...]) -> tuple[dict[str, str], bool]:
    """Target and actual that texts in the order of _YEAR make, and whether somebody else publishes the year's."""
    indicator = replace(Indicator("", "", "", "", "", "", ""), **dict(zip(_YEAR, texts, strict=True)))
    found = measured(indicator)
    released = accumulation_of(indicator) is Accumulation.RELEASED
    return {"target": found.target.strip(), "actual": found.actual.strip()}, released


GUARDS: dict[str, Guard] = {
    "units_answered": units_answered,
    "document_kept": document_kept,
    "rows_settled": rows_settled,
    "report_complete": report_complete,
    "year_figures": year_figures,
}
