"""The value axis of a chart, the same in DOCX and PDF: where it begins and ends, and how far its lines are apart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from lkip_desktop.documents.report import Chart, ChartKind

_LINES = 5
"""How many lines there are, about."""
_ROOM = Decimal("0.08")
"""Above and below the outermost points, of what lies between them: there stand their labels."""


@dataclass(frozen=True)
class Axis:
    """From `low` to `high` in steps of `step`, whole multiples of it; its figures show `places` decimals."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def lines(self) -> tuple[Decimal, ...]:
        """The values at which lines stand, both ends included."""
        return tuple(self.low + self.step * n for n in range(int((self.high - self.low) / self.step) + 1))

    def foot(self, value: Decimal) -> bool:
        """Whether there is no room for a label below a value."""
        return value - self.low < (self.high - self.low) * _ROOM

    @property
    def places(self) -> int:
        exponent = self.step.normalize().as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


def value_axis(chart: Chart) -> Axis:
    """The axis of a chart's values.

    Columns stand on zero; lines begin near their lowest point, and not below zero unless it is. A step is 1, 2 or 5
    times a power of ten, and whole where all figures are.
    """
    values = [value for one in chart.series for value in one.values if value is not None] or [Decimal(1)]
    low, high = min(values), max(values)
    columns = chart.kind is ChartKind.COLUMNS
    if columns:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    span = high - low or abs(high) or Decimal(1)
    step = _nice(span / _LINES)
    if all(value == value.to_integral_value() for value in values):
        step = max(step, Decimal(1))
    begin = max(low - span * _ROOM, Decimal(0)) if low >= 0 else low - span * _ROOM
    end = high if columns and high == 0 > low else high + span * _ROOM
    return Axis(
        (begin / step).to_integral_value(ROUND_FLOOR) * step, (end / step).to_integral_value(ROUND_CEILING) * step, step
    )


def _nice(raw: Decimal) -> Decimal:
    """The nearest of 1, 2, 5 and 10 times the power of ten below, by ratio."""
    power = Decimal(1).scaleb(raw.adjusted())
    return min((power * times for times in (1, 2, 5, 10)), key=lambda step: max(step / raw, raw / step))
