"""How an office measures: formulas, caps and scales where regulations leave a choice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lkip_desktop.numbers import format_number, percent, rounded

NOT_COMPUTABLE = "Tidak dapat dihitung"


class MinimiseFormula(StrEnum):
    """For an indicator of which less is better, with target T and actual R: (2T − R) / T, or the rarer T / R."""

    MIRROR = "cermin"
    INVERSE = "terbalik"


class EfficiencyMethod(StrEnum):
    """Achievement less absorption, the ministry of finance's formula (PMK 22/2021), or the office's own words."""

    DIFFERENCE = "selisih"
    PMK = "pmk"
    NARRATIVE = "uraian"


@dataclass(frozen=True, slots=True)
class Grade:
    """A label for achievements from `least` per cent on."""

    least: Decimal
    label: str


# Permendagri 86/2017 prints 91≤100, 76≤90, 66≤75, 51≤65, ≤50 and leaves gaps such as 90.5; here a value belongs to
# the highest grade whose lower limit it reaches.
PERMENDAGRI_SCALE = (
    Grade(Decimal(91), "Sangat Tinggi"),
    Grade(Decimal(76), "Tinggi"),
    Grade(Decimal(66), "Sedang"),
    Grade(Decimal(51), "Rendah"),
    Grade(Decimal(0), "Sangat Rendah"),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """One office's choices. `cap` limits each achievement in averages (None: no limit); `scale` goes from high to low.

    `zero` is the achievement when a target of 0 that must not be exceeded is met; `floor` keeps achievements from
    falling below 0; `cut` shows decimals cut off instead of rounded half up; `band` is how many points achievement and
    absorption may lie apart and still be *cukup efisien*; `grades` gives numbers to levels and opinions, by folded
    label, that have no score of their own.
    """

    minimise: MinimiseFormula = MinimiseFormula.MIRROR
    cap: Decimal | None = Decimal(100)
    scale: tuple[Grade, ...] = PERMENDAGRI_SCALE
    efficiency: EfficiencyMethod = EfficiencyMethod.DIFFERENCE
    band: Decimal = Decimal(5)
    zero: Decimal = Decimal(100)
    floor: bool = True
    cut: bool = False
    grades: tuple[tuple[str, Decimal], ...] = ()

    @property
    def regulated(self) -> bool:
        """Whether the scale has the limits of Permendagri 86/2017, whatever its labels are."""
        return [grade.least for grade in self.scale] == [grade.least for grade in PERMENDAGRI_SCALE]

    def number(self, value: Decimal, places: int = 2) -> str:
        """``98,39``, shown as the office rounds."""
        return format_number(value, places, cut=self.cut)

    def percent(self, value: Decimal, places: int = 2) -> str:
        """``98,39 %``"""
        return percent(value, places, cut=self.cut)

    def told(self, value: Decimal, places: int = 2) -> str:
        """`percent` beside a predicate or a target; where the printed figure hides how it stands to them, as it is:
        ``90,996 % atau 91,00 % setelah dibulatkan``."""
        exact = telling_places(value, places, self)
        shown = self.percent(value, places)
        return shown if exact == places else f"{self.percent(value, exact)} atau {shown} setelah dibulatkan"


DEFAULT_RULES = Rules()


def predicate(value: Decimal | None, rules: Rules = DEFAULT_RULES) -> str:
    """The label of an unrounded achievement in per cent; NOT_COMPUTABLE when there is none."""
    if value is None:
        return NOT_COMPUTABLE
    return next((grade.label for grade in rules.scale if value >= grade.least), rules.scale[-1].label)


def telling_places(value: Decimal, places: int, rules: Rules = DEFAULT_RULES) -> int:
    """From `places` on the least decimals at which a printed value has the predicate of the unrounded one, and lies
    on its side of 100 %."""
    while _standing(rounded(value, places, cut=rules.cut), rules) != _standing(value, rules):
        places += 1
    return places


def _standing(value: Decimal, rules: Rules) -> tuple[str, Decimal]:
    return predicate(value, rules), value.compare(Decimal(100))
