"""The columns of the flowchart: how wide each must be for its texts, symbols, tracks and labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from lkip_desktop.sop.routing import Plan, Side
from lkip_desktop.sop.text import Measure, TextRole

SYMBOL_WIDTH = 44
LANE = 80
"""The least width of an actor's column: a symbol, and a gutter with one track on either side."""
TRACK_PITCH = 8
OFF_GRID = 6
"""Tracks keep this far from the grid lines."""
APPROACH = 12
"""From the track nearest the symbols to the symbols' zone: an arrow head and a bit of line."""
BARE_GUTTER = 10
LABEL_GAP = 5
DELIVERED = "Diterima"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's place across; `zone_x` and `zone_w` are where symbols and labels stand in an actor's column."""

    x: int
    w: int
    zone_x: int = 0
    zone_w: int = 0

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def axis(self) -> float:
        """The vertical axis of the column's symbols."""
        return self.zone_x + self.zone_w / 2

    def track_x(self, side: Side, track: int, inner: int) -> float:
        """Where a gutter's track runs, `inner` being that gutter's distance from zone to track 0."""
        out = inner + track * TRACK_PITCH
        return self.zone_x + self.zone_w + out if side is Side.RIGHT else self.zone_x - out


@dataclass(frozen=True)
class Columns:
    """All columns from left to right; `requirement` and `output` are None in the short form."""

    number: Column
    activity: Column
    lanes: tuple[Column, ...]
    requirement: Column | None
    time: Column
    output: Column | None
    inner: dict[tuple[int, Side], int]

    @property
    def all(self) -> tuple[Column, ...]:
        rest = (self.requirement, self.time, self.output)
        return (self.number, self.activity, *self.lanes, *(c for c in rest if c is not None))

    @property
    def width(self) -> int:
        return self.all[-1].right


def spoken(label: str) -> str:
    """A label as it is drawn: with a capital letter."""
    return label[:1].upper() + label[1:]


def fit_columns(plan: Plan, lanes: int, width: float, complete: bool, measure: Measure) -> Columns:
    """Columns for a plan with `lanes` actors, `width` wide in all, or as wide as they must be if that is more."""
    need = _Needs(plan, measure)
    least = [40, 168, *(need.lane(c) for c in range(lanes)), *((112, 68, 112) if complete else (68,))]
    weights = [0, 6, *([1] * lanes), *((4, 0, 4) if complete else (0,))]
    if not complete:
        weights[2:-1] = [2] * lanes
    spread = _spread(least, weights, int(width))
    edges = [sum(spread[:i]) for i in range(len(spread))]
    plain = [Column(x, w) for x, w in zip(edges, spread, strict=True)]
    zoned = tuple(need.zoned(c, plain[2 + c]) for c in range(lanes))
    rest = plain[2 + lanes :]
    requirement, time, output = rest if complete else (None, rest[0], None)
    return Columns(plain[0], plain[1], zoned, requirement, time, output, need.inner)


def _spread(least: Sequence[int], weights: Sequence[int], width: int) -> list[int]:
    """Share what is left of `width` by weight; the column of activities takes the remainder."""
    left = max(width - sum(least), 0)
    shares = [left * weight // sum(weights) for weight in weights]
    shares[1] += left - sum(shares)
    return [a + b for a, b in zip(least, shares, strict=True)]


class _Needs:
    """What a plan's tracks and labels ask of each actor's column."""

    def __init__(self, plan: Plan, measure: Measure) -> None:
        self._tracks = plan.tracks
        self._zone: defaultdict[int, int] = defaultdict(lambda: SYMBOL_WIDTH)
        self.inner: defaultdict[tuple[int, Side], int] = defaultdict(lambda: APPROACH)
        for column, width in _zone_texts(plan, measure):
            self._zone[column] = max(self._zone[column], width + width % 2)
        for detour in plan.detours:
            here, there = (plan.nodes[i].column for i in (detour.link.source, detour.link.target))
            if detour.link.label and here == there:
                room = LABEL_GAP + ceil(measure.width(spoken(detour.link.label), TextRole.LABEL)) + LABEL_GAP
                gutter = (here, detour.leaves)
                self.inner[gutter] = max(self.inner[gutter], room)

    def gutter(self, column: int, side: Side) -> int:
        tracks = self._tracks.get((column, side), 0)
        return OFF_GRID + (tracks - 1) * TRACK_PITCH + self.inner[column, side] if tracks else BARE_GUTTER

    def lane(self, column: int) -> int:
        gutters = self.gutter(column, Side.LEFT) + self.gutter(column, Side.RIGHT)
        return max(LANE, self._zone[column] + gutters)

    def zoned(self, column: int, plain: Column) -> Column:
        """The column with its zone in the middle, or as near to it as its gutters allow."""
        zone = self._zone[column]
        first, last = self.gutter(column, Side.LEFT), plain.w - zone - self.gutter(column, Side.RIGHT)
        return Column(plain.x, plain.w, plain.x + min(max((plain.w - zone) // 2, first), last), zone)


def _zone_texts(plan: Plan, measure: Measure) -> Iterator[tuple[int, int]]:
    """The widths that labels need in the zones of columns: beside a drop, and in the cell beside a decision."""

    def wide(text: str) -> int:
        return ceil(measure.width(text, TextRole.LABEL))

    for drop in plan.drops:
        if drop.label:
            yield plan.nodes[drop.source].column, 2 * (wide(spoken(drop.label)) + LABEL_GAP + 3)
    for detour in plan.detours:
        column = plan.nodes[detour.link.source].column
        if detour.link.label and column != plan.nodes[detour.link.target].column:
            yield column + detour.leaves, wide(spoken(detour.link.label)) + 2
    for delivery in plan.deliveries:
        yield delivery.column, wide(DELIVERED) + 2
