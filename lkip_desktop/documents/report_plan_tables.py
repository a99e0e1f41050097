"""The tables of what was planned: indicators with their targets, how each is measured, programmes and their money."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from lkip_desktop.documents.report import Align, Column, Row, Table
from lkip_desktop.documents.report_words import EMPTY, Facts, cell, figure
from lkip_desktop.numbers import format_number, is_blank, read_number
from lkip_desktop.performance import budget
from lkip_desktop.performance.model import Indicator
from lkip_desktop.performance.summary import ObjectiveResult

# More indicators than this do not fit on a page beside text.
MANY = 10


@dataclass(frozen=True)
class ValueColumn:
    """A column of figures: its heading, and what it takes of an indicator, as typed."""

    column: Column
    value: Callable[[Indicator], str]


def targets_changed(f: Facts) -> bool:
    """Whether the *PK perubahan* changed a target."""
    return any(not is_blank(result.indicator.target_revised) for result in f.results.results)


def target_columns(f: Facts) -> tuple[ValueColumn, ...]:
    """The year's target; where the *PK perubahan* changed one, that of the *PK murni* beside the one that counts."""
    if not targets_changed(f):
        return (ValueColumn(f.column("target", 17, Align.CENTRE), lambda i: i.target),)
    return (
        ValueColumn(f.column("target_first", 15, Align.CENTRE), lambda i: f.typed[i.id].target),
        ValueColumn(f.column("target_changed", 15, Align.CENTRE), lambda i: i.target),
    )


def by_objective(
    f: Facts, caption: str, values: tuple[ValueColumn, ...], objectives: tuple[ObjectiveResult, ...] | None = None
) -> Table:
    """Number, sasaran, indikator, satuan and figures, of all objectives or those given.

    Number and sasaran stand once for all its indicators; in a table of many indicators, which goes on over pages, the
    sasaran is a heading above them instead.
    """
    listed = f.results.objectives if objectives is None else objectives
    if sum(len(objective.results) for objective in listed) > MANY:
        return _under_headings(f, caption, values, listed)
    columns = (
        f.column("number", 6, Align.CENTRE),
        f.column("objective", 30),
        f.column("indicator", 33),
        f.column("unit", 14, Align.CENTRE),
        *(one.column for one in values),
    )
    rows = []
    for number, objective in enumerate(listed, start=1):
        for place, result in enumerate(objective.results):
            first = (f"{number}.", cell(objective.objective)) if place == 0 else (None, None)
            rows.append(Row((*first, *_of(result.indicator, values))))
    return Table(caption, columns, tuple(rows))


def _under_headings(
    f: Facts, caption: str, values: tuple[ValueColumn, ...], listed: Iterable[ObjectiveResult]
) -> Table:
    columns = (
        f.column("number", 7.5 if f.many else 6, Align.CENTRE),
        f.column("indicator", 61.5 if f.many else 63),
        f.column("unit", 14, Align.CENTRE),
        *(one.column for one in values),
    )
    rows: list[Row] = []
    numbers = count(1)
    for ordinal, objective in enumerate(listed, start=1):
        rows.append(Row((objective_heading(f, ordinal, objective),)))
        rows += [Row((f"{next(numbers)}.", *_of(result.indicator, values))) for result in objective.results]
    return Table(caption, columns, tuple(rows))


def _of(found: Indicator, values: tuple[ValueColumn, ...]) -> tuple[str, ...]:
    return (cell(found.name), cell(found.unit), *(figure(one.value(found)) for one in values))


def objective_heading(f: Facts, ordinal: int, found: ObjectiveResult) -> str:
    """``Sasaran 1: …``"""
    name = found.objective or f.say("objective", "unnamed")
    return f.say("measurement", "objective", ordinal=str(ordinal), objective=name)


def measuring_table(f: Facts) -> Table | None:
    """How each indicator is measured, from what data and by whom; None where the office says no formula and no unit."""
    found = [result.indicator for result in f.results.results]
    if not any(one.formula.strip() or one.in_charge.strip() for one in found):
        return None
    columns = (
        f.column("number", 7.5 if f.many else 6, Align.CENTRE),
        f.column("indicator", 25),
        f.column("formula", 32),
        f.column("source", 20),
        f.column("in_charge", 17),
    )
    texts = ((one.name, one.formula, one.source, one.in_charge) for one in found)
    rows = tuple(Row((f"{number}.", *map(cell, row))) for number, row in enumerate(texts, start=1))
    return Table(f.say("measuring", "table"), columns, rows)


def basis_table(f: Facts) -> Table | None:
    """What the targets were based on; None where the office says nothing of it."""
    found = [result.indicator for result in f.results.results]
    if not any(one.target_basis.strip() for one in found):
        return None
    columns = (
        f.column("number", 7.5 if f.many else 6, Align.CENTRE),
        f.column("indicator", 33),
        f.column("target", 14, Align.CENTRE),
        f.column("basis", 47),
    )
    rows = (
        Row((f"{number}.", cell(one.name), figure(one.target), cell(one.target_basis)))
        for number, one in enumerate(found, start=1)
    )
    return Table(f.say("basis", "table"), columns, tuple(rows))


def programme_table(f: Facts) -> Table:
    """The programmes of the PK and their money; with a budget change the *pagu murni* beside the one that counts."""
    lines = f.results.budget.lines
    total = format_number(f.results.budget.absorption.ceiling)
    title = f.say("programmes", "total")
    number = f.column("number", 6, Align.CENTRE)
    if all(is_blank(line.ceiling_revised) for line in lines):
        columns = (number, f.column("programme", 64), f.column("budget", 30, Align.RIGHT))
        rows = [Row((f"{n}.", cell(line.name), money(line.valid_ceiling))) for n, line in enumerate(lines, start=1)]
        return Table(f.say("programmes", "table"), columns, (*rows, Row(("", title, total), strong=True)))
    amounts = [f.column(key, 25, Align.RIGHT) for key in ("budget_first", "budget_changed")]
    rows = [
        Row((f"{n}.", cell(line.name), money(line.ceiling), money(line.valid_ceiling)))
        for n, line in enumerate(lines, start=1)
    ]
    first = format_number(sum((budget.money(line.ceiling) for line in lines), Decimal()))
    sums = Row(("", title, first, total), strong=True)
    return Table(f.say("programmes", "table"), (number, f.column("programme", 44), *amounts), (*rows, sums))


def money(text: str) -> str:
    """An amount in rupiah without its sign; what is not an amount as it was typed."""
    found = read_number(text, money=True)
    return format_number(found) if isinstance(found, Decimal) else text.strip() or EMPTY
