"""The lists of a report's DOCX: each run of items counts by itself, deeper ones and letters by kinds made for them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.document import Document as DocxDocument

from lkip_desktop.documents.docx_xml import W, twips
from lkip_desktop.documents.report import Items
from lkip_desktop.documents.report_blocks import Block
from lkip_desktop.documents.report_style import MM, at_level, text_styles

NUMBERS, BULLETS = 1, 2
"""The kinds of lists that a style document has."""


def indent_of(block: Block) -> tuple[float, float] | None:
    """The left and the hanging indent of an item in another list, in points; None where its style says them."""
    return _indent(block.style, block.level) if block.level else None


def _indent(name: str, level: int) -> tuple[float, float]:
    style = at_level(text_styles()[name], level)
    return style.left * MM, style.hanging * MM


class ListNumbers:
    """Begins lists in a document; a kind that its style document lacks is made when it is first needed."""

    def __init__(self, document: DocxDocument) -> None:
        self._document = document
        self._kinds: dict[tuple[bool, bool, int], int] = {}

    def new(self, part: Items) -> int | None:
        """The id of a new list whose first item has the number of `part`; None where its style is enough."""
        if not part.numbered and not part.level:
            return None
        numbering: Any = self._document.part.numbering_part.element
        made = numbering.add_num(self._kind(numbering, part))
        made.add_lvlOverride(ilvl=part.level).add_startOverride(part.first)
        return int(made.numId)

    def _kind(self, numbering: Any, part: Items) -> int:
        own = NUMBERS if part.numbered else BULLETS
        if not part.letters and not part.level:
            return own
        key = part.numbered, part.letters, part.level
        if key not in self._kinds:
            kinds = {int(kind.get(f"{W}abstractNumId")): kind for kind in numbering.iter(f"{W}abstractNum")}
            made = deepcopy(kinds[own])
            self._kinds[key] = max(kinds) + 1
            made.set(f"{W}abstractNumId", str(self._kinds[key]))
            _deepen(made, part)
            kinds[max(kinds)].addnext(made)
        return self._kinds[key]


def _deepen(kind: Any, part: Items) -> None:
    """Make the first level of a kind that of a list so deep, and put the levels above it before."""
    kind.find(f"{W}multiLevelType").set(f"{W}val", "hybridMultilevel")
    first = kind.find(f"{W}lvl")
    style = first.find(f"{W}pStyle")
    if style is not None:
        first.remove(style)
    for level in range(part.level + 1):
        made = deepcopy(first)
        made.set(f"{W}ilvl", str(level))
        if part.numbered:
            made.find(f"{W}lvlText").set(f"{W}val", f"%{level + 1}.")
            made.find(f"{W}numFmt").set(f"{W}val", "lowerLetter" if part.letters else "decimal")
        left, hanging = _indent("ListNumber" if part.numbered else "ListBullet", level)
        edge = made.find(f"{W}pPr/{W}ind")
        if edge is not None:
            edge.set(f"{W}left", str(twips(left)))
            edge.set(f"{W}hanging", str(twips(hanging)))
        kind.append(made)
    for old in list(kind.iter(f"{W}lvl"))[: -(part.level + 1)]:
        kind.remove(old)
