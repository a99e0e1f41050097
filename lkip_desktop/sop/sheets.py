"""Which rows and arrows stand on one sheet of the flowchart: all of them, or a page with off-page connectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lkip_desktop.sop.model import Sop, Step
from lkip_desktop.sop.routing import Link, Node
from lkip_desktop.sop.symbols import SYMBOL_OF, Symbol


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: a step's symbol, or (without a step) an off-page connector.

    A connector shows in its symbol the number of the step that its arrow leads to, and says so in `words`.
    """

    node: Node
    step: Step | None = None
    connects: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one sheet shows. `ends` says that the total stands below its last row."""

    rows: tuple[SheetRow, ...]
    links: tuple[Link, ...]
    ends: bool = True


@dataclass(frozen=True, slots=True)
class _Arrow:
    """An arrow of the SOP between two places in `Sop.steps`."""

    source: int
    target: int
    label: str


def whole(sop: Sop) -> Sheet:
    """Everything on one sheet."""
    return part(sop, 0, len(sop.steps))


def part(sop: Sop, first: int, end: int) -> Sheet:
    """The rows `first` to `end` (exclusive, places in `Sop.steps`) with connectors for arrows that leave or come in.

    A connector stands above or below the rows, as its other half lies earlier or later, in the column of the arrow's
    target, so that the flow goes on in the same column on the next page.
    """
    inside = range(first, end)
    arrows = [a for a in _arrows(sop) if a.source in inside or a.target in inside]
    cut = [a for a in arrows if not (a.source in inside and a.target in inside)]
    above = [a for a in cut if min(a.source, a.target) < first]
    below = [a for a in cut if min(a.source, a.target) >= first]
    # The connector next to the rows may be reached straight: keep that place for the first or last row's arrow.
    above.sort(key=lambda a: a.target == first and a.source < first)
    below.sort(key=lambda a: not (a.source == end - 1 and a.target >= end))
    place = {step: len(above) + step - first for step in inside}
    connector = {a: i for i, a in enumerate(above)} | {a: len(above) + end - first + i for i, a in enumerate(below)}
    links = tuple(
        _link(sop, a, inside, place.get(a.source, connector.get(a, -1)), place.get(a.target, connector.get(a, -1)))
        for a in arrows
    )
    rows = (*_connectors(sop, above, inside), *_steps(sop, inside), *_connectors(sop, below, inside))
    return Sheet(rows, links, end == len(sop.steps))


def _link(sop: Sop, arrow: _Arrow, inside: range, source: int, target: int) -> Link:
    """An arrow shows its label where it begins; the half that comes in from another page shows none."""
    shown = arrow.label if arrow.source in inside else ""
    return Link(source, target, shown, sop.steps[arrow.source].id, arrow.label)


def _arrows(sop: Sop) -> list[_Arrow]:
    place = {step.id: i for i, step in enumerate(sop.steps)}
    edges = ((i, edge) for i, step in enumerate(sop.steps) for edge in step.edges if edge.target)
    return [_Arrow(i, place[edge.target], edge.label) for i, edge in edges]


def _steps(sop: Sop, inside: range) -> Iterator[SheetRow]:
    columns = {actor.id: i for i, actor in enumerate(sop.actors)}
    for step in sop.steps[inside.start : inside.stop]:
        receiver = columns.get(step.receiver, -1)
        yield SheetRow(Node(columns[step.actor], SYMBOL_OF[step.shape], receiver), step)


def _connectors(sop: Sop, arrows: list[_Arrow], inside: range) -> Iterator[SheetRow]:
    columns = {actor.id: i for i, actor in enumerate(sop.actors)}
    for arrow in arrows:
        source, target = sop.steps[arrow.source], sop.steps[arrow.target]
        if arrow.source not in inside:
            words = f"Dari langkah {source.number}"
        elif arrow.target > arrow.source:
            words = f"Lanjut ke langkah {target.number}"
        else:
            words = f"Kembali ke langkah {target.number}"
        yield SheetRow(Node(columns[target.actor], Symbol.PENTAGON), None, str(target.number), words)
