"""The tables of indicators and budget: achievement, predicate and absorption beside what is typed, and a summary."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame, QGridLayout

from lkip_desktop.cycle_data import budget, indicators
from lkip_desktop.numbers import percent, rupiah
from lkip_desktop.performance.achievement import achievement, mean
from lkip_desktop.performance.budget import line_absorption, total
from lkip_desktop.performance.rules import predicate
from lkip_desktop.sop.model import FormField
from lkip_desktop.workflow.state import CycleState
from ui.forms.context import FormContext
from ui.forms.table_model import ComputedCell, ComputedColumn, TableModel
from ui.forms.widgets import label

INDICATORS, BUDGET = "indicators", "budget"
KEY_INDICATOR_COLUMNS = ("name", "target", "actual", "Capaian", "Predikat")
KEY_BUDGET_COLUMNS = ("name", "ceiling", "spent", "Serapan")


def table_model(context: FormContext, table: FormField) -> TableModel:
    """The model of a table; figures get their computed columns."""
    if table.id == INDICATORS:
        columns: tuple[ComputedColumn, ...] = (
            ComputedColumn("Capaian", "actual", 12, _achievements),
            ComputedColumn("Predikat", "actual", 14, _predicates, numeric=False),
        )
        return TableModel(context, table, columns, _indicator_warnings, KEY_INDICATOR_COLUMNS)
    if table.id == BUDGET:
        columns = (ComputedColumn("Serapan", "spent", 10, _absorptions),)
        return TableModel(context, table, columns, _budget_warnings, KEY_BUDGET_COLUMNS)
    return TableModel(context, table)


def summary_of(context: FormContext, table: FormField) -> Summary | None:
    """The strip below a table of figures; None for other tables."""
    return Summary(context, table.id) if table.id in (INDICATORS, BUDGET) else None


def _achievements(state: CycleState) -> Mapping[str, ComputedCell]:
    found = {indicator.id: achievement(indicator) for indicator in indicators(state)}
    return {row: ComputedCell(a.text, a.why, a.value is not None) for row, a in found.items()}


def _predicates(state: CycleState) -> Mapping[str, ComputedCell]:
    found = {indicator.id: achievement(indicator) for indicator in indicators(state)}
    return {row: ComputedCell(predicate(a.value) if a.value is not None else "—", a.why) for row, a in found.items()}


def _absorptions(state: CycleState) -> Mapping[str, ComputedCell]:
    found = {line.id: line_absorption(line) for line in budget(state)}
    return {row: ComputedCell(a.text, a.why, a.value is not None) for row, a in found.items()}


def _indicator_warnings(state: CycleState) -> Mapping[str, str]:
    found = {indicator.id: achievement(indicator).warnings for indicator in indicators(state)}
    return {f"{INDICATORS}/{row}/actual": " ".join(warnings) for row, warnings in found.items() if warnings}


def _budget_warnings(state: CycleState) -> Mapping[str, str]:
    found = {line.id: line_absorption(line).warnings for line in budget(state)}
    return {f"{BUDGET}/{row}/spent": " ".join(warnings) for row, warnings in found.items() if warnings}


class Summary(QFrame):
    """Totals and mean of a table of figures, and how many rows look odd."""

    def __init__(self, context: FormContext, table: str) -> None:
        super().__init__()
        self._context, self._table = context, table
        self.setProperty("role", "panel")
        self.headline = label("", "strong")
        self.detail = label("", "muted")
        self.warning = label("", "warn")
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setVerticalSpacing(2)
        for row, part in enumerate((self.headline, self.detail, self.warning)):
            layout.addWidget(part, row, 0)
        self.refresh()

    def refresh(self) -> None:
        state = self._context.state
        headline, detail, odd = _sum_indicators(state) if self._table == INDICATORS else _sum_budget(state)
        self.headline.setText(headline)
        self.detail.setText(detail)
        self.warning.setText(f"Periksa: {odd}" if odd else "")
        for part in (self.detail, self.warning):
            part.setVisible(bool(part.text()))
        self.setAccessibleName(" ".join(filter(None, (headline, detail, odd))))


def _sum_indicators(state: CycleState) -> tuple[str, str, str]:
    """Headline, detail and what looks odd, each a sentence or empty."""
    rows = indicators(state)
    found = [achievement(row) for row in rows]
    counted = sum(a.value is not None for a in found)
    average = mean(found)
    odd = sum(bool(a.warnings) for a in found)
    if average is None:
        return "Rata-rata capaian belum dapat dihitung", "Isi target dan realisasi paling sedikit satu indikator.", ""
    detail = f"{counted} dari {len(rows)} indikator terhitung; dalam rata-rata, capaian paling tinggi dihitung 100 %."
    warning = f"{odd} indikator bertanda “?” pada realisasinya; arahkan ke sel itu untuk sebabnya." if odd else ""
    return f"Rata-rata capaian {percent(average)} — {predicate(average)}", detail, warning


def _sum_budget(state: CycleState) -> tuple[str, str, str]:
    lines = budget(state)
    whole = total(lines)
    if not lines:
        return "Serapan belum dapat dihitung", "Isi pagu dan realisasi paling sedikit satu program.", ""
    used = whole.absorption
    programmes = any(line.is_programme for line in lines)
    what = f"{len(whole.lines)} program" if programmes else f"{len(whole.lines)} baris"
    detail = f"Pagu {rupiah(used.ceiling)} · realisasi {rupiah(used.spent)} ({what} dijumlahkan)"
    odd = [*used.warnings, *whole.warnings[:2]]
    return f"Serapan {used.text}", detail, " ".join(sentence[:1].upper() + sentence[1:] for sentence in odd)
