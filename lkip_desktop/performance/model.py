"""The figures of a year as an office writes them down: indicators and budget lines, every value as typed."""

from __future__ import annotations

from dataclasses import dataclass

RISING, FALLING = "naik", "turun"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One performance indicator. `direction` is ``naik`` (more is better) or ``turun``; figures are texts as typed.

    Fields are named like the columns of the table ``indicators``; `id` is its row's.
    """

    id: str
    objective: str
    name: str
    unit: str
    direction: str
    target: str
    actual: str
    previous: str = ""
    renstra_target: str = ""
    national: str = ""
    source: str = ""
    status: str = ""
    analysis: str = ""
    follow_up: str = ""

    @property
    def falling(self) -> bool:
        """Whether less is better (*meminimalkan*)."""
        return self.direction.strip().casefold() == FALLING

    @property
    def provisional(self) -> bool:
        """Whether the figures may still change (*sementara*)."""
        return self.status.strip().casefold() == "sementara"


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One row of the budget: a programme or a part of one. `ceiling` (*pagu*) and `spent` (*realisasi*) are rupiah.

    Fields are named like the columns of the table ``budget``; `id` is its row's. `objective`, where an office fills
    it, names the *sasaran* that the line serves.
    """

    id: str
    code: str
    name: str
    ceiling: str
    spent: str
    objective: str = ""

    @property
    def is_programme(self) -> bool:
        """Whether the code has the three segments Urusan.Bidang.Program (``6.01.01``)."""
        segments = self.code.strip().strip(".").split(".")
        return len(segments) == 3 and all(segment.strip().isdecimal() for segment in segments)
