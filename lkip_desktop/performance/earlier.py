"""How the years move on: this year's figures of an indicator are next year's figures of the year before."""

from __future__ import annotations

from collections.abc import Iterator

from lkip_desktop.numbers import is_blank
from lkip_desktop.performance.accumulation import measured
from lkip_desktop.performance.model import Indicator

COLUMNS = (
    ("previous_target", "previous"),
    ("previous_2_target", "previous_2"),
    ("previous_3_target", "previous_3"),
    ("previous_4_target", "previous_4"),
    ("previous_5_target", "previous_5"),
)
"""Columns of target and actual, one year back first."""


def carried_years(indicator: Indicator, back: int = 1) -> Iterator[tuple[str, str]]:
    """Column and text of what an indicator, measured `back` years ago, is in this year's table; the oldest fall out."""
    found = measured(indicator)
    years = ((found.target, found.actual), *indicator.earlier)
    for columns, texts in zip(COLUMNS[back - 1 :], years, strict=False):
        for column, text in zip(columns, texts, strict=True):
            if not is_blank(text):
                yield column, text
