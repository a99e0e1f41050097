"""The tables of indicators and budget: achievement, predicate and absorption beside what is typed, and a summary."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QFrame, QGridLayout

from lkip_desktop.ledger import BUDGET, INDICATORS, BudgetLedger, IndicatorLedger
from lkip_desktop.numbers import rupiah
from lkip_desktop.performance.rules import predicate
from lkip_desktop.sop.model import FormField
from lkip_desktop.workflow.state import CycleState
from ui.forms.context import FormContext
from ui.forms.table_columns import ComputedCell, ComputedColumn
from ui.forms.table_model import TableModel
from ui.forms.widgets import label

ACHIEVEMENT, PREDICATE, ABSORPTION = "Capaian", "Predikat", "Serapan"
NO_CELL = ComputedCell("")


def table_model(context: FormContext, table: FormField) -> TableModel:
    """The model of a table; figures get their computed columns."""
    if table.id == INDICATORS:
        return TableModel(context, table, IndicatorFigures())
    return TableModel(context, table, BudgetFigures() if table.id == BUDGET else None)


def summary_of(model: TableModel) -> Summary | None:
    """The strip below a table of figures; None for other tables."""
    return Summary(model.figures.summary) if model.figures is not None else None


class IndicatorFigures:
    """Achievement and predicate of each indicator."""

    columns = (
        ComputedColumn(ACHIEVEMENT, "actual", 12),
        ComputedColumn(PREDICATE, "actual", 14, numeric=False),
    )
    key_columns = ("name", "target", "actual", ACHIEVEMENT, PREDICATE)

    def __init__(self) -> None:
        self._ledger = IndicatorLedger()

    def follow(self, state: CycleState, rows: Collection[str] | None) -> Collection[str]:
        self._ledger.follow(state, rows)
        return ()

    def cell(self, label: str, row: str) -> ComputedCell:
        found = self._ledger.results.get(row)
        if found is None:
            return NO_CELL
        if label == ACHIEVEMENT:
            return ComputedCell(found.text, found.why, found.value is not None)
        return ComputedCell("—" if found.value is None else predicate(found.value, self._ledger.rules), found.why)

    def warning(self, row: str, column: str) -> str:
        found = self._ledger.results.get(row) if column == "actual" else None
        return " ".join(found.warnings) if found else ""

    def summary(self) -> tuple[str, str, str]:
        """Headline, detail and what looks odd, each a sentence or empty."""
        ledger, rules = self._ledger, self._ledger.rules
        average = ledger.mean
        if average is None:
            hint = "Isi target dan realisasi paling sedikit satu indikator."
            return "Rata-rata capaian belum dapat dihitung", hint, ""
        cap = f"; dalam rata-rata, capaian paling tinggi dihitung {rules.cap} %" if rules.cap is not None else ""
        detail = f"{ledger.counted} dari {len(ledger.results)} indikator terhitung{cap}."
        odd = ledger.doubtful
        warning = (
            f"{odd} indikator bertanda “?” pada realisasinya; pilih sel itu untuk membaca sebabnya." if odd else ""
        )
        return f"Rata-rata capaian {rules.told(average)} — {predicate(average, rules)}", detail, warning


class BudgetFigures:
    """Absorption of each line."""

    columns = (ComputedColumn(ABSORPTION, "spent", 10),)
    key_columns = ("name", "ceiling", "spent", ABSORPTION)

    def __init__(self) -> None:
        self._ledger = BudgetLedger()

    def follow(self, state: CycleState, rows: Collection[str] | None) -> Collection[str]:
        before = self._ledger.warnings
        self._ledger.follow(state, rows)
        after = self._ledger.warnings
        return {row for row in before.keys() | after.keys() if before.get(row) != after.get(row)}

    def cell(self, label: str, row: str) -> ComputedCell:
        found = self._ledger.results.get(row)
        return ComputedCell(found.text, found.why, found.value is not None) if found else NO_CELL

    def warning(self, row: str, column: str) -> str:
        return " ".join(self._ledger.warnings.get(row, ())) if column == "spent" else ""

    def summary(self) -> tuple[str, str, str]:
        """Headline, detail and what looks odd, each a sentence or empty."""
        whole = self._ledger.total
        if not self._ledger.lines:
            return "Serapan belum dapat dihitung", "Isi pagu dan realisasi paling sedikit satu program.", ""
        used = whole.absorption
        programmes = all(line.is_programme for line in whole.lines)
        what = f"{len(whole.lines)} program" if programmes else f"{len(whole.lines)} baris"
        detail = f"Pagu {rupiah(used.ceiling)} · realisasi {rupiah(used.spent)} ({what} dijumlahkan)"
        marked = len(self._ledger.warnings)
        rows = f"{marked} baris bertanda “?” pada realisasinya; pilih sel itu untuk membaca sebabnya." if marked else ""
        odd = [*used.warnings, *whole.warnings[:2], *([rows] if marked > len(used.warnings) else [])]
        return f"Serapan {used.text}", detail, " ".join(sentence[:1].upper() + sentence[1:] for sentence in odd)


class Summary(QFrame):
    """Totals and mean of a table of figures, and how many rows look odd."""

    def __init__(self, words: Callable[[], tuple[str, str, str]]) -> None:
        super().__init__()
        self._words = words
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
        headline, detail, odd = self._words()
        self.headline.setText(headline)
        self.detail.setText(detail)
        self.warning.setText(f"Periksa: {odd}" if odd else "")
        for part in (self.detail, self.warning):
            part.setVisible(bool(part.text()))
        self.setAccessibleName(" ".join(filter(None, (headline, detail, odd))))
