"""Turns a paragraph of a DOCX from outside into the line in which a person would have typed it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lkip_desktop.documents.docx_body import EQUATION, W, plain, root_of, seen
from lkip_desktop.documents.report import Items
from lkip_desktop.documents.report_blocks import counted
from lkip_desktop.documents.report_faces import Piece, with_faces
from lkip_desktop.documents.report_figures import MARK as FIGURE_MARK
from lkip_desktop.documents.report_figures import figure_mark
from lkip_desktop.documents.report_text import DEEPEST, INDENT

_TAGS = {f"{W}r", EQUATION, f"{W}bookmarkStart", f"{W}bookmarkEnd"}
_STRONG, _EMPHASIS = ("strong", "kuat"), ("emphasis", "penekanan")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how it is marked, the list with which it counts on, and its first number.

    With `anew` it begins there, however far that list has come.
    """

    kind: str
    counter: tuple[str, str]
    first: int
    anew: bool


@dataclass
class Lines:
    """What lines depend on: markup by bookmark, and how lists count.

    `levels` are found by the list's id and the level in it; `counted` tells how far each counter has come, `begun`
    which lists began anew already.
    """

    references: Mapping[str, str]
    levels: Mapping[tuple[str, str], Level]
    counted: dict[tuple[str, str], int] = field(default_factory=dict)
    begun: set[tuple[str, str]] = field(default_factory=set)

    def line(self, paragraph: Any, style: str) -> str:
        """The paragraph with signs for its faces, markup for references and figures, and the sign of its list."""
        line = with_faces(self._pieces(paragraph))
        return self._item(paragraph, style) + line if line else ""

    def _pieces(self, paragraph: Any) -> list[Piece]:
        pieces: list[Piece] = []
        reference, inside = "", False
        figure, opened, first = "", "", 0
        for node in seen(paragraph, _TAGS):
            if node.tag == f"{W}bookmarkStart":
                name = str(node.get(f"{W}name", ""))
                if name.startswith(FIGURE_MARK):
                    figure, opened, first = name.rpartition("_")[0], node.get(f"{W}id", ""), len(pieces)
            elif node.tag == f"{W}bookmarkEnd":
                if figure and node.get(f"{W}id", "") == opened:
                    pieces[first:] = self._figure(figure, pieces[first:])
                    figure = ""
            else:
                code = "".join(text.text or "" for text in node.iter(f"{W}instrText"))
                target = re.search(r"\bREF (\S+)", code)
                if target and target[1] in self.references:
                    reference = self.references[target[1]]
                for mark in node.iter(f"{W}fldChar"):
                    kind = mark.get(f"{W}fldCharType")
                    if kind == "separate" and reference:
                        pieces.append(Piece(reference))
                        inside = True
                    elif kind == "end":
                        reference, inside = "", False
                if not inside:
                    pieces.append(_faced(node))
                elif plain(node):
                    pieces[-1] = replace(_faced(node), text=pieces[-1].text)
        return pieces

    def _figure(self, mark: str, pieces: list[Piece]) -> list[Piece]:
        """The words of a figure as its markup, unless somebody changed them."""
        markup = self.references.get(mark, "")
        if pieces and markup and figure_mark(markup, "".join(piece.text for piece in pieces)) == mark:
            return [Piece(markup, pieces[0].bold, pieces[0].italic)]
        return pieces

    def _item(self, paragraph: Any, style: str) -> str:
        """``- `` or ``3. `` for an item of a list."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        values = [found.find(f"{W}{name}") for name in ("numId", "ilvl")] if found is not None else []
        number, place = (node.get(f"{W}val", "0") if node is not None else "0" for node in values or (None, None))
        key = (number, place)
        level = self.levels.get(key)
        lowered = style.lower()
        if (level and level.kind == "none") or (found is not None and key[0] == "0"):
            return ""
        deep = INDENT * min(int(place) if place.isdecimal() else 0, DEEPEST)
        if (level and level.kind == "bullet") or "bullet" in lowered:
            return f"{deep}- "
        if level is None and "listnumber" not in lowered:
            return ""
        items = Items((), first=self._next(key, level), letters=level is not None and "Letter" in level.kind)
        return f"{deep}{counted(items, 0)} "

    def _next(self, key: tuple[str, str], level: Level | None) -> int:
        """The number of the next item, as Word counts: lists of one kind count on unless they begin anew."""
        level = level or Level("decimal", key, 1, anew=False)
        if level.anew and key not in self.begun:
            self.counted.pop(level.counter, None)
            self.begun.add(key)
        self.counted[level.counter] = self.counted.get(level.counter, level.first - 1) + 1
        return self.counted[level.counter]


def list_levels(document: Any) -> dict[tuple[str, str], Level]:
    """Every level of every list, by the list's id and the level."""
    root = root_of(document, "/numbering")
    if root is None:
        return {}
    kinds = {kind.get(f"{W}abstractNumId", ""): kind for kind in root.iter(f"{W}abstractNum")}
    found = {}
    for number in root.iter(f"{W}num"):
        kind = _value(number, "abstractNumId")
        starts = {one.get(f"{W}ilvl"): _value(one, "startOverride") for one in number.iter(f"{W}lvlOverride")}
        for level in kinds[kind].iter(f"{W}lvl") if kind in kinds else ():
            place = level.get(f"{W}ilvl", "0")
            start = starts.get(place) or _value(level, "start")
            first = int(start) if start.isdecimal() else 1
            mark = _value(level, "numFmt") or "decimal"
            found[number.get(f"{W}numId", ""), place] = Level(mark, (kind, place), first, bool(starts.get(place)))
    return found


def _value(parent: Any, name: str) -> str:
    found = parent.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _faced(run: Any) -> Piece:
    style = _value(properties, "rStyle").lower() if (properties := run.find(f"{W}rPr")) is not None else ""
    return Piece(plain(run), _on(run, "b", style in _STRONG), _on(run, "i", style in _EMPHASIS))


def _on(run: Any, name: str, otherwise: bool) -> bool:
    found = run.find(f"{W}rPr/{W}{name}")
    return otherwise if found is None else found.get(f"{W}val", "1") not in ("0", "false", "off")
