"""Routes the arrows of a flowchart on reserved tracks: which side, gutter, track and port. No coordinates yet.

Each row holds one symbol. So the row's own height is free beside that symbol, the gutters left and right of the
symbols' zone in each column are free from top to bottom, and the line between two rows is free across. An arrow
either *drops* (from the bottom of a row through the gap to the top of the next row) or makes a *detour* (out of its
source's side, along its row, up or down the gutter beside its target, into the target's side). Neither can meet a
symbol, and runs that would lie on each other get tracks and ports of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

from lkip_desktop.sop.symbols import Symbol


class Side(IntEnum):
    """A side of a symbol."""

    LEFT = -1
    RIGHT = 1


@dataclass(frozen=True, slots=True)
class Node:
    """The symbol of one row, in an actor's column; `receiver` is the column of who receives its output, or -1."""

    column: int
    symbol: Symbol
    receiver: int = -1


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two rows, counted from 0: `label` is shown, `step` and `decision` name it in the SOP."""

    source: int
    target: int
    label: str = ""
    step: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Port:
    """The place where a run meets a symbol's side: number `place` of `of`, from the top.

    `roomy` says that texts stand between the runs of this side, so that its ports lie farther apart.
    """

    row: int
    side: Side
    place: int
    of: int
    roomy: bool


@dataclass(frozen=True, slots=True)
class Detour:
    """A link that runs in the gutter on side `enters` of its target's column, on `track` 0 nearest the symbol."""

    link: Link
    leaves: Side
    enters: Side
    track: int
    leave: Port
    enter: Port


@dataclass(frozen=True, slots=True)
class Delivery:
    """A run along a row from its symbol to the column of who receives the output."""

    row: int
    column: int
    leave: Port


@dataclass(frozen=True)
class Plan:
    """All routes. `tracks` counts the tracks used per gutter (column, side), `ports` the ports per (row, side)."""

    nodes: tuple[Node, ...]
    drops: tuple[Link, ...]
    detours: tuple[Detour, ...]
    deliveries: tuple[Delivery, ...]
    tracks: dict[tuple[int, Side], int]


_End = tuple[str, int]
"""What meets a side: ("out", link) or ("in", link) with the link's index among the detours, ("to", row)."""


def route(nodes: Sequence[Node], links: Sequence[Link]) -> Plan:
    """Plan every link. The work grows with rows times columns, plus links."""
    drops, rest = _split(links)
    sides = _choose_sides(nodes, drops, rest)
    tracks = _assign_tracks(nodes, rest, sides)
    ports = _assign_ports(nodes, rest, sides, tracks)
    detours = tuple(
        Detour(link, _leaving(nodes, link, side), side, track, ports["out", i], ports["in", i])
        for i, (link, side, track) in enumerate(zip(rest, sides, tracks, strict=True))
    )
    deliveries = tuple(
        Delivery(row, node.receiver, ports["to", row]) for row, node in enumerate(nodes) if _delivers(node)
    )
    return Plan(tuple(nodes), tuple(drops), detours, deliveries, _count(nodes, detours))


def _split(links: Sequence[Link]) -> tuple[list[Link], list[Link]]:
    """One link per gap between two rows may drop; every other one makes a detour."""
    drops: dict[int, Link] = {}
    rest: list[Link] = []
    for link in links:
        if link.target == link.source + 1 and link.source not in drops:
            drops[link.source] = link
        else:
            rest.append(link)
    return list(drops.values()), rest


def _delivers(node: Node) -> bool:
    return node.receiver not in (-1, node.column)


def _toward(column: int, other: int) -> Side:
    return Side.RIGHT if other > column else Side.LEFT


def _leaving(nodes: Sequence[Node], link: Link, enters: Side) -> Side:
    here, there = nodes[link.source].column, nodes[link.target].column
    return enters if here == there else _toward(here, there)


def _choose_sides(nodes: Sequence[Node], drops: Sequence[Link], links: Sequence[Link]) -> list[Side]:
    """For each link the side of its target to enter: few crossings with drops, few runs on one side, short."""
    crossings = _Crossings(nodes, drops)
    used: Counter[tuple[int, Side]] = Counter()
    for row, node in enumerate(nodes):
        if _delivers(node):
            used[row, _toward(node.column, node.receiver)] += 1
    for link in links:
        if nodes[link.source].column != nodes[link.target].column:
            used[link.source, _leaving(nodes, link, Side.LEFT)] += 1
    sides = []
    for link in links:
        side = min((Side.RIGHT, Side.LEFT), key=lambda s, k=link: _cost(nodes, crossings, used, k, s))  # type: ignore[misc]
        used[link.target, side] += 1
        if nodes[link.source].column == nodes[link.target].column:
            used[link.source, side] += 1
        sides.append(side)
    return sides


def _cost(
    nodes: Sequence[Node],
    crossings: _Crossings,
    used: Counter[tuple[int, Side]],
    link: Link,
    side: Side,
) -> float:
    """Weighed by looking: two runs at one corner of a diamond read worse than a crossing, a longer run hardly."""
    source, target = nodes[link.source], nodes[link.target]
    shared = used[link.target, side] * (0.75 if target.symbol is Symbol.BOX else 2.0)
    if source.column == target.column:
        shared += used[link.source, side] * (0.75 if source.symbol is Symbol.BOX else 2.0)
    far = source.column != target.column and _toward(target.column, source.column) != side
    return crossings.count(target.column, side, link) + shared + (0.1 if far else 0.0)


class _Crossings:
    """Counts how many drops a run in a gutter crosses, by prefix sums over the gaps between rows."""

    def __init__(self, nodes: Sequence[Node], drops: Sequence[Link]) -> None:
        self._gaps = len(nodes) - 1
        self._spans = {d.source: (nodes[d.source].column, nodes[d.target].column) for d in drops}
        self._sums: dict[tuple[int, Side], list[int]] = {}

    def count(self, column: int, side: Side, link: Link) -> int:
        if (column, side) not in self._sums:
            crossed = (self._crosses(gap, column + side / 3) for gap in range(self._gaps))
            self._sums[column, side] = list(accumulate(crossed, initial=0))
        sums = self._sums[column, side]
        return sums[max(link.source, link.target)] - sums[min(link.source, link.target)]

    def _crosses(self, gap: int, place: float) -> bool:
        span = self._spans.get(gap)
        return span is not None and min(span) < place < max(span)


def _assign_tracks(nodes: Sequence[Node], links: Sequence[Link], sides: Sequence[Side]) -> list[int]:
    """Runs that share a row in one gutter get different tracks; shorter runs lie nearer the symbols."""
    taken: defaultdict[tuple[int, Side], list[int]] = defaultdict(list)
    tracks = [0] * len(links)
    for i in sorted(range(len(links)), key=lambda i: (abs(links[i].source - links[i].target), i)):
        low, high = sorted((links[i].source, links[i].target))
        rows = ((1 << (high - low + 1)) - 1) << low
        masks = taken[nodes[links[i].target].column, sides[i]]
        track = next((t for t, mask in enumerate(masks) if not mask & rows), len(masks))
        if track == len(masks):
            masks.append(0)
        masks[track] |= rows
        tracks[i] = track
    return tracks


def _assign_ports(
    nodes: Sequence[Node], links: Sequence[Link], sides: Sequence[Side], tracks: Sequence[int]
) -> dict[_End, Port]:
    """Order the runs on each side so that those from above come first and none crosses without need."""
    ends: defaultdict[tuple[int, Side], list[tuple[tuple[float, ...], _End, bool]]] = defaultdict(list)
    for i, (link, side, track) in enumerate(zip(links, sides, tracks, strict=True)):
        far = _distance(nodes, link, side, track)
        up = link.target < link.source
        leaving: tuple[float, ...] = (1, 0, far) if up else (1, 2, -far)
        entering: tuple[float, ...] = (2, -track) if up or link.target == link.source else (0, track)
        ends[link.source, _leaving(nodes, link, side)].append((leaving, ("out", i), bool(link.label)))
        ends[link.target, side].append((entering, ("in", i), False))
    for row, node in enumerate(nodes):
        if _delivers(node):
            ends[row, _toward(node.column, node.receiver)].append(((1, 1), ("to", row), True))
    ports: dict[_End, Port] = {}
    for (row, side), met in ends.items():
        roomy = any(labelled for _, _, labelled in met)
        for place, (_, end, _) in enumerate(sorted(met)):
            ports[end] = Port(row, side, place, len(met), roomy)
    return ports


def _distance(nodes: Sequence[Node], link: Link, side: Side, track: int) -> float:
    """How far a link's gutter run lies from its source, in columns."""
    here, there = nodes[link.source].column, nodes[link.target].column
    outward = -1 if here != there and _toward(there, here) == side else 1
    return abs(there + side / 3 - here) + outward * track / 1000


def _count(nodes: Sequence[Node], detours: Sequence[Detour]) -> dict[tuple[int, Side], int]:
    tracks: dict[tuple[int, Side], int] = {}
    for detour in detours:
        gutter = (nodes[detour.link.target].column, detour.enters)
        tracks[gutter] = max(tracks.get(gutter, 0), detour.track + 1)
    return tracks
