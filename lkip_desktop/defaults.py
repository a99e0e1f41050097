"""The values a new cycle begins with: the agency's profile, taken over or from a template, and the fields' defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lkip_desktop.cycle_data import indicators
from lkip_desktop.numbering import Running, numbering
from lkip_desktop.performance.earlier import carried_years
from lkip_desktop.sop.model import FieldKind, FormField, Sop
from lkip_desktop.workflow.events import Json
from lkip_desktop.workflow.state import CycleState

# Taken over from last year's cycle beside the profile: who sits in the team changes less than once a year.
CARRIED_FIELDS = ("circular_sender", "team", "letter_addressee", "letter_place", "letter_copies_to", "archive_place")

CARRIED_COLUMNS = (
    "objective",
    "name",
    "unit",
    "direction",
    "goal",
    "iku",
    "in_charge",
    "accumulation",
    "formula",
    "renstra_target",
    "national",
    "source",
)
"""What an indicator keeps from year to year."""


@dataclass
class _Filling:
    values: dict[str, Json]
    words: dict[str, str]

    def text(self, template: str) -> str:
        if template.startswith("="):
            value = self.values.get(template[1:], "")
            return value if isinstance(value, str) else ""
        for word, text in self.words.items():
            template = template.replace("{" + word + "}", text)
        return template


def initial_values(sop: Sop, profile: Iterable[FormField], year: int, given: Mapping[str, Json]) -> dict[str, Json]:
    """`given` completed by the defaults of every field that it leaves empty; tables get their first rows."""
    values = {path: value for path, value in given.items() if value not in ("", None, [])}
    words = {"year": str(year), "next_year": str(year + 1)}
    filling = _Filling(values, words)
    for field in profile:
        _default(filling, field)
    words["letter_number"] = propose_number(values, year + 1, 1)
    for step in sop.steps:
        for field in step.fields:
            _default(filling, field)
    return values


def _default(filling: _Filling, field: FormField) -> None:
    if not field.default or field.id in filling.values:
        return
    if field.kind is FieldKind.TABLE:
        _first_rows(filling, field)
    else:
        filling.values[field.id] = filling.text(field.default)


def _first_rows(filling: _Filling, table: FormField) -> None:
    """A table's default is a number of rows, or ``=other`` for a row to each row of another table.

    Then a column's default ``=column`` is that column of the other row. A column's default of several lines gives its
    first line to the first row, the second to the second, and so on.
    """
    source = table.default[1:] if table.default.startswith("=") else ""
    others = filling.values.get(source, []) if source else [""] * int(table.default)
    rows = []
    for number, other in enumerate(others if isinstance(others, list) else [], start=1):
        row = f"r{number}"
        rows.append(row)
        for column in table.columns:
            default = column.default
            if source and default.startswith("="):
                default = f"={source}/{other}/{default[1:]}"
            text = filling.text(_line(default, number))
            if text:
                filling.values[f"{table.id}/{row}/{column.id}"] = text
    if rows:
        filling.values[table.id] = rows


def _line(default: str, number: int) -> str:
    """What row `number` (from 1) gets of a default: its line, of a default of several lines."""
    lines = default.split("\n")
    return default if len(lines) == 1 else "".join(lines[number - 1 : number])


def row_defaults(state: CycleState, table: FormField, row: str) -> dict[str, Json]:
    """The cells, by path, that a row added to a table by hand begins with."""
    filling = _Filling({}, {"year": str(state.year), "next_year": str(state.year + 1)})
    fixed = {c.id: c.default for c in table.columns if c.default and c.default[0] != "=" and "\n" not in c.default}
    texts = {column: filling.text(default) for column, default in fixed.items()}
    return {f"{table.id}/{row}/{column}": text for column, text in texts.items() if text}


def propose_number(values: Mapping[str, Json], year: int, running: int) -> str:
    """A letter number by the agency's pattern, in January of `year`; empty when the pattern cannot be used."""
    rule = numbering(values)
    return "" if rule.problem else rule.write(Running(running), date(year, 1, 1))


def carried_values(state: CycleState, profile: Iterable[FormField]) -> dict[str, Json]:
    """What a new cycle takes over from last year's: the profile, and the few step fields that seldom change.

    Last year's target and realisasi become those of the year before, and so on; targets and realisasi begin empty.
    """
    wanted = {field.id for field in profile} | set(CARRIED_FIELDS)
    carried = {path: value for path, value in state.values.items() if path.split("/")[0] in wanted}
    if state.rows("indicators"):
        carried["indicators"] = list(state.rows("indicators"))
    for indicator in indicators(state):
        for column in CARRIED_COLUMNS:
            if text := state.cell("indicators", indicator.id, column):
                carried[f"indicators/{indicator.id}/{column}"] = text
        for column, text in carried_years(indicator):
            carried[f"indicators/{indicator.id}/{column}"] = text
    return carried
