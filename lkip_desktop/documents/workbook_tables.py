"""Laporan Capaian Kinerja and Laporan Realisasi Anggaran: what they say, the same for the workbook, the PDF and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from enum import StrEnum
from typing import Any

from lkip_desktop.cycle_data import Snapshot, budget, indicators, serving
from lkip_desktop.cycle_rules import rules
from lkip_desktop.documents import facts
from lkip_desktop.documents.assets import toml
from lkip_desktop.documents.letter import Letterhead, Signatory
from lkip_desktop.numbers import decimals_of, format_number, is_blank, read_number
from lkip_desktop.outside import plain_cell
from lkip_desktop.performance.accumulation import unfinished_year
from lkip_desktop.performance.budget import line_absorption, money
from lkip_desktop.performance.model import PROGRAMME, BudgetLine, Indicator
from lkip_desktop.performance.rules import NOT_COMPUTABLE, MinimiseFormula, Rules
from lkip_desktop.performance.summary import IndicatorResult, ObjectiveResult, PerformanceSummary, summary
from lkip_desktop.words import long_date

NOTHING = "–"
SPREADSHEET_DIGITS = 15
_EXACT = Context(prec=60)


class Shape(StrEnum):
    """How a column is set: words at the left, short words in the middle, figures at the right."""

    TEXT = "text"
    MIDDLE = "middle"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is of the table's width, in percent."""

    heading: str
    share: float
    shape: Shape


@dataclass(frozen=True, slots=True)
class Value:
    """A cell: the text that people read, and the number behind it with its decimals where it is a plain figure.

    `parts` are the rows (from 0) whose cells in the same column it is the sum of; `grouped` tells whether dots part its
    thousands.
    """

    text: str
    number: Decimal | None = None
    places: int = 0
    parts: tuple[int, ...] = ()
    grouped: bool = True


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; one of fewer values than columns begins with a line across the columns that are missing."""

    values: tuple[Value, ...]
    strong: bool = False


@dataclass(frozen=True)
class TableReport:
    """A report that is one table under a letterhead. The last row is the total; `notes` stand below it."""

    title: str
    subtitle: str
    letterhead: Letterhead
    paper: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...]
    signatory: Signatory
    footer: str


def achievement_report(snapshot: Snapshot) -> TableReport:
    """Every indicator by objective, with what counts as target and realisasi, its achievement and predicate."""
    office, typed = rules(snapshot.state), indicators(snapshot.state)
    results = summary(typed, budget(snapshot.state), office)
    rows = tuple(_achievement_rows(results, office, {one.id: one for one in typed}))
    return _report("achievement", snapshot, rows, tuple(_how(results, office)))


def absorption_report(snapshot: Snapshot) -> TableReport:
    """Every budget line with its ceiling, what was spent, what is left, and the absorption; programmes add up."""
    office = rules(snapshot.state)
    lines = budget(snapshot.state)
    revised = any(line.valid_ceiling != line.ceiling for line in lines)
    results = summary(indicators(snapshot.state), lines, office)
    rows = tuple(_absorption_rows(lines, results, office))
    found = _report("absorption", snapshot, rows, results.budget.warnings)
    return found if revised else _without_first_ceiling(found)


def _report(kind: str, snapshot: Snapshot, rows: tuple[TableRow, ...], notes: tuple[str, ...]) -> TableReport:
    words, agency, state = _words()[kind], snapshot.agency, snapshot.state
    said = {"year": str(state.year), "last": str(state.year - 1), "agency": agency.short}
    columns = tuple(
        Column(heading.format(**said), share, Shape(shape))
        for heading, share, shape in zip(words["headings"], words["shares"], words["shapes"], strict=True)
    )
    head = serving(state, facts.head_role(snapshot), snapshot.today)
    dated = f"{facts.place(snapshot)}, {long_date(snapshot.today)}"
    return TableReport(
        title=words["title"],
        subtitle=words["subtitle"].format(**said),
        letterhead=facts.letterhead(snapshot),
        paper=agency.paper,
        columns=columns,
        rows=rows,
        notes=tuple(dict.fromkeys(note[:1].upper() + note[1:] for note in notes)),
        signatory=facts.signatory(snapshot, head, snapshot.today, dated),
        footer=facts.footer(snapshot),
    )


def _words() -> dict[str, Any]:
    return toml("workbooks.toml")


def figure(text: str) -> Value:
    """A figure as typed: a plain one also as a number, with the decimals and the parted thousands that were typed.

    Longer ones than a spreadsheet keeps stay text, or their last digits would become zeros.
    """
    number, typed = read_number(text), _plain(text) or NOTHING
    if not isinstance(number, Decimal) or {"(", "%"} & set(text):
        return Value(typed, None, decimals_of(text))
    exact = len(number.normalize(_EXACT).as_tuple().digits) <= SPREADSHEET_DIGITS
    places = decimals_of(text)
    grouped = abs(number) < 1000 or sum(character in "., " for character in text.strip()) > (places > 0)
    return Value(typed, number if exact else None, places, grouped=grouped)


def _achievement_rows(results: PerformanceSummary, office: Rules, typed: Mapping[str, Indicator]) -> Iterator[TableRow]:
    """`typed` are the indicators as the office wrote them, by row id: the results hold what counts of them."""
    number = 0
    for objective in results.objectives:
        yield TableRow(_objective(objective, office), strong=True)
        for result in objective.results:
            number += 1
            yield TableRow(tuple(_indicator(number, result, typed[result.indicator.id])))
    mean = Value(NOTHING) if results.mean is None else Value(office.number(results.mean), _cut(results.mean, office), 2)
    label = results.predicate if results.mean is not None else NOTHING
    yield TableRow((Value("Rata-rata capaian"), mean, Value(label), Value(""), Value("")), strong=True)


def _objective(found: ObjectiveResult, office: Rules) -> tuple[Value, ...]:
    name = Value(f"Sasaran: {found.objective}" if found.objective else "Tanpa sasaran")
    if found.mean is None:
        return (name, Value(NOTHING), Value(NOTHING), Value(""), Value(""))
    return (
        name,
        Value(office.number(found.mean), _cut(found.mean, office), 2),
        Value(found.predicate),
        *[Value("")] * 2,
    )


def _cut(value: Decimal, office: Rules) -> Decimal:
    """The number as it is printed, so that a workbook shows no other one."""
    shown = read_number(office.number(value).replace(".", ""))
    assert isinstance(shown, Decimal)
    return shown


def _indicator(number: int, result: IndicatorResult, typed: Indicator) -> Iterator[Value]:
    found, reached = result.indicator, result.achievement
    yield Value(f"{number}.")
    yield Value(_plain(found.name) or NOTHING)
    yield Value(_plain(found.unit) or NOTHING)
    yield figure(found.target)
    yield figure(found.actual)
    if reached.value is None:
        yield Value(NOT_COMPUTABLE)
        yield Value(NOTHING)
    else:
        shown = read_number(reached.figure.replace(".", ""))
        yield Value(reached.figure, shown if isinstance(shown, Decimal) else None, reached.places)
        yield Value(result.predicate)
    yield figure(found.previous)
    yield Value("; ".join(_remarks(result, typed)) or NOTHING)


def _remarks(result: IndicatorResult, typed: Indicator) -> Iterator[str]:
    found = result.indicator
    if found.provisional:
        yield "angka sementara"
    if not is_blank(typed.target_revised):
        yield f"target murni {_plain(typed.target) or NOTHING}"
    if made := unfinished_year(typed):
        yield f"realisasi adalah {made}"
    if result.achievement.value is None and result.achievement.reason:
        yield result.achievement.reason
    if result.achievement.manual:
        yield f"capaian ditetapkan: {_plain(found.manual_note)}" if found.manual_note else "capaian ditetapkan"
    if found.source.strip():
        yield f"sumber: {_plain(found.source)}"


def _how(results: PerformanceSummary, office: Rules) -> Iterator[str]:
    """How it was measured, as far as this table needs it."""
    words = _words()["achievement"]
    falling = any(result.indicator.falling for result in results.results)
    inverse = office.minimise is MinimiseFormula.INVERSE
    yield words["rising"]
    if falling:
        yield words["falling_inverse"] if inverse else words["falling"]
    yield words["uncapped"] if office.cap is None else words["capped"].format(cap=format_number(office.cap))
    grades = (f"{grade.label} ≥ {format_number(grade.least)}" for grade in office.scale)
    yield words["scale"].format(grades="; ".join(grades))


def _absorption_rows(lines: tuple[BudgetLine, ...], results: PerformanceSummary, office: Rules) -> Iterator[TableRow]:
    added = {id(line) for line in results.budget.lines}
    parts = tuple(place for place, line in enumerate(lines) if id(line) in added)
    layered = any(line.level != PROGRAMME for line in lines)
    for line in lines:
        used = line_absorption(line, office)
        values = (
            Value(_plain(line.code) or NOTHING),
            Value(_plain(line.name) or NOTHING),
            _rupiah(line.ceiling),
            _rupiah(line.valid_ceiling),
            _rupiah(line.spent),
            _amount(used.ceiling - used.spent),
            _rate(used.value, office),
        )
        yield TableRow(values, strong=layered and line.is_programme)
    whole = results.budget.absorption
    first = sum((money(lines[place].ceiling) for place in parts), Decimal())
    sums = [_amount(total, parts) for total in (first, whole.ceiling, whole.spent, whole.ceiling - whole.spent)]
    yield TableRow((Value("Jumlah"), *sums, _rate(whole.value, office)), strong=True)


def _without_first_ceiling(found: TableReport) -> TableReport:
    """Without a budget change there is one ceiling: its second column goes, with its share to the name."""
    code, name, first, second, *rest = found.columns
    columns = (
        code,
        replace(name, share=name.share + first.share),
        replace(second, heading=_words()["absorption"]["ceiling"]),
        *rest,
    )
    back = len(found.columns) - 2
    rows = tuple(
        replace(row, values=row.values[: len(row.values) - back] + row.values[len(row.values) - back + 1 :])
        for row in found.rows
    )
    return replace(found, columns=columns, rows=rows)


def table_csv(report: TableReport) -> bytes:
    """The table alone, in UTF-8 with commas: figures as printed, no text that a spreadsheet takes for a formula."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow([plain_cell(column.heading) for column in report.columns])
    for row in report.rows:
        missing = len(report.columns) - len(row.values)
        texts = [plain_cell(value.text) for value in row.values]
        lines.writerow([texts[0], *[""] * missing, *texts[1:]])
    return out.getvalue().encode()


def _rupiah(text: str) -> Value:
    number = read_number(text, money=True)
    if not isinstance(number, Decimal):
        return Value(_plain(text) or NOTHING)
    return _amount(number)


def _amount(number: Decimal, parts: tuple[int, ...] = ()) -> Value:
    places = 0 if number == number.to_integral_value() else 2
    return Value(format_number(number, places), number, places, parts)


def _rate(value: Decimal | None, office: Rules) -> Value:
    return Value(NOTHING) if value is None else Value(office.number(value), _cut(value, office), 2)


def _plain(text: str) -> str:
    return " ".join(text.split())
