"""Compares a unit's return with the cycle, value by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lkip_desktop.attachments import IncomingFile
from lkip_desktop.defaults import row_defaults
from lkip_desktop.documents.kinds import XLSX
from lkip_desktop.documents.workbook_layout import (
    COMPLETE,
    NEW_ROW,
    REMARK,
    TABLE,
    UNITS,
    FormColumn,
    fold,
    form_columns,
    own_indicators,
    shown_target,
    unit_name,
)
from lkip_desktop.documents.workbook_read import EMPTY, Cell
from lkip_desktop.documents.workbook_return import Returned, ReturnedRow
from lkip_desktop.exchange import SOURCES, UNIT_FORM, Line, Preview, Request, Verdict, place_of
from lkip_desktop.numbers import canonical, decimals_of, read_number, rounded
from lkip_desktop.performance.achievement import is_blank
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.table_rows import fresh_ids
from lkip_desktop.values import parse
from lkip_desktop.workflow import transitions
from lkip_desktop.workflow.events import Json

MOST_DECIMALS = 6
"""More decimals than that no office writes by hand."""
_FIGURES = (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.INTEGER)


def unit_preview(file: IncomingFile, found: Returned, request: Request) -> Preview:
    """What importing a recognised return would do."""
    unit = found.mark.unit if found.mark and found.mark.unit in request.state.rows(UNITS) else ""
    comparing = _Comparing(request, unit)
    comparing.run(found)
    changes = comparing.changes
    returned = f"{UNITS}/{unit}/returned"
    open_now = bool(unit) and transitions.may_change(request.state, returned, request.profile) is None
    kept_in = place_of(request, file, f"{UNITS}/{unit}/file" if unit else "", SOURCES)
    if open_now and not request.state.text(returned):
        changes[returned] = request.today.isoformat()
    notices = [*found.notices, *comparing.notices(found)]
    if unit and any(line.verdict.imported for line in comparing.lines):
        notices += _earlier(request, f"{UNITS}/{unit}/file", file)
    if found.mark and found.mark.unit and not unit:
        notices.append("Unit pengirim berkas ini tidak ada lagi dalam tabel unit; tanggal kembalinya tidak dicatat.")
    if unit and not open_now:
        notices.append("Langkah format data sudah selesai: angka diimpor, tanggal kembali tidak dicatat di sana.")
    return Preview(
        kind=UNIT_FORM,
        title=f"Format data {unit_name(request.state, unit) or 'tanpa unit'}",
        file=file,
        lines=tuple(comparing.lines),
        changes=changes,
        before={path: request.state.values.get(path) for path in changes},
        unit=unit,
        field=kept_in,
        same=comparing.same,
        notices=tuple(notices),
    )


def _earlier(request: Request, field: str, file: IncomingFile) -> Iterator[str]:
    """What a unit sent before: of two returns, the one that is imported last counts, also when it is the older."""
    sent = [known for known in request.state.files(field) if known.media_type == XLSX]
    places = [place for place, known in enumerate(sent) if known.sha256 == file.sha256]
    later = sent[places[-1] + 1 :] if places else sent
    if places:
        yield "Berkas ini sudah diimpor. Yang berbeda diubah sesudahnya; impor mengembalikan nilai dari berkas ini."
    if later:
        yield f"Dari unit ini sudah diimpor “{later[-1].name}”. Pastikan berkas ini yang terbaru."


@dataclass
class _Comparing:
    request: Request
    unit: str
    lines: list[Line] = field(default_factory=list)
    changes: dict[str, Json] = field(default_factory=dict)
    same: int = 0
    _taken: dict[str, int] = field(default_factory=dict)
    _added: list[str] = field(default_factory=list)
    _copied: set[str] = field(default_factory=set)

    def run(self, found: Returned) -> None:
        columns = form_columns(self.request.state)
        self._copied = {row_id for row_id, times in Counter(row.id for row in found.rows).items() if times > 1}
        for row in found.rows:
            self._row(row, columns)
        if self._added:
            self.changes[TABLE] = [*self.request.state.rows(TABLE), *self._added]
        self._absent()

    def notices(self, found: Returned) -> Iterator[str]:
        if found.mark is None:
            yield "Tanda pengenal format tidak ada lagi; kolom dikenali dari judulnya dan unit tidak diketahui."
        if found.missing:
            names = ", ".join(f"“{column.heading}”" for column in found.missing)
            yield f"Kolom yang tidak ditemukan: {names}."
        if not found.rows:
            yield "Tidak ada satu baris pun yang terisi."

    def _row(self, row: ReturnedRow, columns: tuple[FormColumn, ...]) -> None:
        entries = [column for column in columns if column.entry and row.cells.get(column.id)]
        target = self._target(row)
        if target is None:
            if entries or row.id:
                self._stranger(row, columns, entries)
            return
        if target in self._taken:
            note = f"Indikator ini sudah ada di baris {self._taken[target]}; baris ini tidak diimpor."
            self._say(row, "", Verdict.PROBLEM, note)
            return
        self._taken[target] = row.number
        for column in columns:
            cell = row.cells.get(column.id, EMPTY)
            if column.entry and column.id != REMARK:
                self._entry(row, target, column, cell)
            elif column.entry:
                self._remark(row, cell)
            elif cell:
                self._shown(row, target, column, cell)

    def _target(self, row: ReturnedRow) -> str | None:
        """The indicator that a row is about: by the id that went out with it, else by its name when only one has it.

        A row that was copied to write another indicator into it still has the id of the first; rows that were sorted
        or pasted without the hidden ids have those of others. There the name counts that the unit saw.
        """
        state = self.request.state
        name, objective = fold(row.text("name")), fold(row.text("objective"))
        alike = [one for one in state.rows(TABLE) if name and fold(state.cell(TABLE, one, "name")) == name]
        if len(alike) > 1:
            alike = [one for one in alike if fold(state.cell(TABLE, one, "objective")) == objective]
        renamed = bool(name) and name != fold(state.cell(TABLE, row.id, "name"))
        if row.id in state.rows(TABLE) and not (renamed and (alike or row.id in self._copied)):
            return row.id
        return alike[0] if len(alike) == 1 else None

    def _stranger(self, row: ReturnedRow, columns: tuple[FormColumn, ...], entries: list[FormColumn]) -> None:
        if row.id.startswith(NEW_ROW) and row.text("name"):
            self._new(row, columns)
        elif entries or row.text("name"):
            note = "Baris ini tidak dikenal. Tambahkan indikatornya pada langkah analisis data, lalu impor kembali."
            self._say(row, "", Verdict.PROBLEM, note)

    def _new(self, row: ReturnedRow, columns: tuple[FormColumn, ...]) -> None:
        """An indicator that the unit named on a blank form."""
        state, table = self.request.state, self.request.state.sop.fields[TABLE][1]
        made = fresh_ids(state, TABLE, len(self._added) + 1)[-1]
        self._added.append(made)
        self._taken[made] = row.number
        self.changes.update(row_defaults(state, table, made))
        charged = transitions.find_field(state, f"{TABLE}/{made}/in_charge", self.request.profile)
        if charged is not None and self.unit:
            self.changes[f"{TABLE}/{made}/in_charge"] = unit_name(state, self.unit)
        for column in columns:
            if column.field is not None:
                self._entry(row, made, column, row.cells.get(column.id, EMPTY), Verdict.NEW)

    def _entry(
        self, row: ReturnedRow, target: str, column: FormColumn, cell: Cell, verdict: Verdict = Verdict.CHANGE
    ) -> None:
        assert column.field is not None
        path = f"{TABLE}/{target}/{column.id}"
        if path in self.request.answers:
            cell = Cell(self.request.answers[path])
        if not cell:
            return
        if cell.text.startswith("=") and not cell.problem:
            # What is typed into a text cell is not computed.
            cell = replace(cell, problem="rumus tertulis sebagai teks; tulis hasilnya")
        old, parsed = self.request.state.text(path), parse(column.field.kind, cell.text, column.field)
        if not cell.problem and same_value(column.field.kind, old, parsed.value):
            self.same += 1
            return
        if cell.problem or parsed.problem:
            problem = sentence(cell.problem) if cell.problem else parsed.problem
            self._say(row, column.heading, Verdict.PROBLEM, problem, old, cell.text, path)
            return
        doubt = self._doubt(target, column, parsed.value)
        self.changes[path] = parsed.value
        self._say(row, column.heading, Verdict.CHECK if doubt else verdict, doubt, old, parsed.value, path)

    def _doubt(self, target: str, column: FormColumn, text: str) -> str:
        """What looks odd about a figure and is imported all the same."""
        if not column.is_figure or is_blank(text):
            return ""
        unit = self.request.state.cell(TABLE, target, "unit")
        goal, number = shown_target(self.request.state, target), read_number(text, unit=unit)
        if isinstance(number, Decimal):
            return _as_fraction(number, goal, unit) or many_decimals(text)
        if goal and not isinstance(read_number(goal, unit=unit), Decimal):
            return ""
        return "Bukan angka; capaian tidak dapat dihitung darinya. Diimpor sebagaimana ditulis."

    def _remark(self, row: ReturnedRow, cell: Cell) -> None:
        if cell.text and fold(cell.text) != fold(COMPLETE):
            self._say(row, "Keterangan", Verdict.NOTE, "Keterangan unit; tidak disimpan pada isian.", new=cell.text)

    def _shown(self, row: ReturnedRow, target: str, column: FormColumn, cell: Cell) -> None:
        """A cell that was locked: what the unit wrote there is told and not taken."""
        assert column.field is not None
        state = self.request.state
        old = shown_target(state, target) if column.id == "target" else state.cell(TABLE, target, column.id)
        if not same_value(column.field.kind, old, parse(column.field.kind, cell.text, column.field).value):
            note = "Sel terkunci diubah oleh unit; perubahan ini tidak diimpor."
            self._say(row, column.heading, Verdict.NOTE, note, old, cell.text)

    def _absent(self) -> None:
        state = self.request.state
        for target in own_indicators(state, self.unit) if self.unit else ():
            if target not in self._taken:
                name = state.cell(TABLE, target, "name")
                self.lines.append(Line(0, name, "", "", "", Verdict.NOTE, "Indikator ini tidak ada dalam berkas."))

    def _say(
        self, row: ReturnedRow, column: str, verdict: Verdict, note: str, old: str = "", new: str = "", path: str = ""
    ) -> None:
        target = path.split("/")[1] if path else ""
        subject = row.text("name") or (self.request.state.cell(TABLE, target, "name") if target else "")
        self.lines.append(Line(row.number, subject or "Baris tanpa nama", column, old, new, verdict, note, path))


def _as_fraction(number: Decimal, goal: str, unit: str) -> str:
    """A per cent that was copied from a spreadsheet without its format: 0,865 for a target of 85 %."""
    aim = read_number(goal)
    percent = "%" in unit or "persen" in unit.casefold()
    if not percent or not 0 < number <= 1 or not isinstance(aim, Decimal) or aim < 10:
        return ""
    meant = canonical((number * 100).normalize())
    return f"Satuannya persen, tetapi angkanya tampak seperti pecahan. Periksa apakah maksudnya {meant}."


def many_decimals(text: str) -> str:
    """What to say of a figure that a spreadsheet computed and nobody rounded, such as 86,6666666666667."""
    number = read_number(text)
    if not isinstance(number, Decimal) or decimals_of(text) <= MOST_DECIMALS:
        return ""
    meant = canonical(rounded(number, 2))
    return f"Angka ini mempunyai {decimals_of(text)} desimal dan dicetak begitu. Periksa apakah maksudnya {meant}."


def same_value(kind: FieldKind, old: str, new: str) -> bool:
    """Whether two kept values mean the same: figures by their size, texts by their words."""
    if kind in _FIGURES:
        money = kind is FieldKind.MONEY
        one, other = read_number(old, money=money), read_number(new, money=money)
        if isinstance(one, Decimal) and isinstance(other, Decimal) and "(" not in old + new:
            return one == other
    return " ".join(old.split()) == " ".join(new.split())


def sentence(clause: str) -> str:
    """A clause as a sentence: a capital first, a full stop at the end."""
    return f"{clause[:1].upper()}{clause[1:].rstrip('.')}."
