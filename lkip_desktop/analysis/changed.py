"""*Angka berubah*: the texts of a report under which figures moved after they were written."""

from __future__ import annotations

from collections.abc import Iterable

from lkip_desktop.analysis.case import Point
from lkip_desktop.analysis.gather import DEPENDS, MONEY_COLUMNS, TABLE, figure_paths, text_path
from lkip_desktop.analysis.stale import Moved, Timeline
from lkip_desktop.workflow.events import Event
from lkip_desktop.workflow.state import CycleState

ABOUT_ALL = ("report_summary", "report_conclusion", "report_improvement")
"""Texts that speak of every indicator and of the money."""
ABOUT_MONEY = ("report_budget", "efficiency_note")


def changed_figures(state: CycleState, events: Iterable[Event]) -> dict[str, tuple[Moved, ...]]:
    """For each text that speaks of figures, those that moved after it was last written."""
    timeline = Timeline(events)
    rows, budget = state.rows(TABLE), state.rows("budget")
    money = tuple(f"budget/{row}/{column}" for row in budget for column in MONEY_COLUMNS)
    every = tuple(f"{TABLE}/{row}/{column}" for row in rows for column in DEPENDS[Point.TARGET])
    depends = {text_path(row, point): figure_paths(row, point, budget) for row in rows for point in Point}
    depends |= dict.fromkeys(ABOUT_ALL, (*every, *money)) | dict.fromkeys(ABOUT_MONEY, money)
    found = {path: timeline.moved(path, figures) for path, figures in depends.items() if state.text(path).strip()}
    return {path: moved for path, moved in found.items() if moved}
