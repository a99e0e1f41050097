"""The figures of a year as an office writes them down: indicators and budget lines, every value as typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

RISING, FALLING = "naik", "turun"
PROGRAMME, ACTIVITY, SUB_ACTIVITY = 1, 2, 3
"""Levels of the budget: program, kegiatan, subkegiatan."""
_SEGMENTS = {3: PROGRAMME, 5: ACTIVITY, 6: SUB_ACTIVITY}

Key = tuple[int | str, ...]
_PARTING = re.compile(r"[.\s,/\-]+")
_SEGMENT = re.compile(r"[0-9]{1,18}")


@lru_cache(maxsize=20_000)
def code_key(code: str) -> Key:
    """A code for comparing: ``6.01.02.2.01.0003``, ``6 . 1 . 2 . 2 . 1 . 3`` and ``6-01-02-2-01-03.`` are one.

    Remembered, since totals ask for the codes of all rows at every key.
    """
    parts = (part for part in _PARTING.split(code) if part)
    return tuple(int(part) if _SEGMENT.fullmatch(part) else part.casefold() for part in parts)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One performance indicator. `direction` is ``naik`` (more is better) or ``turun``; figures are texts as typed.

    Fields are named like the columns of the table ``indicators``; `id` is its row's. `target` is that of the PK murni,
    `target_revised` that of the PK perubahan or empty. Which of them counts, and what the year's figures are where
    only quarters were filled, is told by `accumulation.measured`, which gives an indicator to compute and print from.

    `accumulation` is ``kumulatif``, ``posisi akhir``, ``rata-rata`` or ``rilis tahunan``; `iku` is ``ya`` for a key
    indicator; `manual` is an achievement in per cent that the office set, with `manual_note` for its reason, and
    counts only where none can be computed. `previous` is last year's actual, `previous_2` to `previous_5` those of the
    years before, each with its target.
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
    target_revised: str = ""
    manual: str = ""
    manual_note: str = ""
    goal: str = ""
    iku: str = ""
    in_charge: str = ""
    accumulation: str = ""
    formula: str = ""
    target_basis: str = ""
    target_q1: str = ""
    target_q2: str = ""
    target_q3: str = ""
    target_q4: str = ""
    actual_q1: str = ""
    actual_q2: str = ""
    actual_q3: str = ""
    actual_q4: str = ""
    previous_target: str = ""
    previous_2_target: str = ""
    previous_2: str = ""
    previous_3_target: str = ""
    previous_3: str = ""
    previous_4_target: str = ""
    previous_4: str = ""
    previous_5_target: str = ""
    previous_5: str = ""

    @property
    def falling(self) -> bool:
        """Whether less is better (*meminimalkan*)."""
        return self.direction.strip().casefold() == FALLING

    @property
    def provisional(self) -> bool:
        """Whether the figures may still change (*sementara*)."""
        return self.status.strip().casefold() == "sementara"

    @property
    def key(self) -> bool:
        """Whether it is an *Indikator Kinerja Utama*."""
        return self.iku.strip().casefold() == "ya"

    @property
    def target_quarters(self) -> tuple[str, str, str, str]:
        return (self.target_q1, self.target_q2, self.target_q3, self.target_q4)

    @property
    def actual_quarters(self) -> tuple[str, str, str, str]:
        return (self.actual_q1, self.actual_q2, self.actual_q3, self.actual_q4)

    @property
    def earlier(self) -> tuple[tuple[str, str], ...]:
        """Target and actual, as typed, of the five years before: last year's first."""
        return (
            (self.previous_target, self.previous),
            (self.previous_2_target, self.previous_2),
            (self.previous_3_target, self.previous_3),
            (self.previous_4_target, self.previous_4),
            (self.previous_5_target, self.previous_5),
        )


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One row of the budget: a programme or a part of one. Amounts are rupiah, as kept.

    Fields are named like the columns of the table ``budget``; `id` is its row's. `ceiling` is the *pagu murni*,
    `ceiling_revised` that of the budget change or empty, `spent` the *realisasi*. `objective` names the *sasaran* that
    the line serves, by name or by number, several parted by semicolons.
    """

    id: str
    code: str
    name: str
    ceiling: str
    spent: str
    objective: str = ""
    ceiling_revised: str = ""
    in_charge: str = ""

    @property
    def valid_ceiling(self) -> str:
        """The amount that absorption is measured against: the last valid *pagu*."""
        return self.ceiling_revised if self.ceiling_revised.strip(" -–—") else self.ceiling

    @property
    def level(self) -> int:
        """PROGRAMME for a code of three segments (``6.01.01``), ACTIVITY for five, SUB_ACTIVITY for six; 0 otherwise.

        The segments are Urusan.Bidang.Program.(kab/kota.Kegiatan).Subkegiatan of Permendagri 90/2019.
        """
        segments = code_key(self.code)
        return _SEGMENTS.get(len(segments), 0) if all(isinstance(segment, int) for segment in segments) else 0

    @property
    def is_programme(self) -> bool:
        return self.level == PROGRAMME
