"""A printer as one chooses it, and an order to print: pages, copies, sides, tray, colour, paper and scale."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from lkip_desktop.errors import UserError
from lkip_desktop.printing.offsets import NO_OFFSET, Offset
from lkip_desktop.printing.papers import Paper


class Sides(StrEnum):
    """How sheets are printed; the values are the names of IPP's attribute ``sides`` (RFC 8011, 5.2.8)."""

    ONE = "one-sided"
    LONG = "two-sided-long-edge"
    SHORT = "two-sided-short-edge"


@dataclass(frozen=True, slots=True)
class Tray:
    """A paper source: the printer's own key, and words for it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer of this PC. `papers` are its office papers; `custom` says that it takes other sizes too."""

    name: str
    description: str
    stopped: bool
    papers: tuple[Paper, ...]
    usual: Paper
    custom: bool
    default: bool
    sides: tuple[Sides, ...] = (Sides.ONE,)
    colour: bool = True
    trays: tuple[Tray, ...] = ()

    def paper_like(self, paper: Paper) -> Paper | None:
        """The printer's own entry for a paper, the nearest one, or None."""
        own = [candidate for candidate in self.papers if candidate.same(paper)]
        return min(own, key=paper.distance, default=None)

    def nearest(self, paper: Paper) -> Paper:
        """What the printer has that comes nearest to a paper: rather one that holds it whole."""
        return min(self.papers, key=lambda own: (not own.holds(paper), own.distance(paper)), default=self.usual)


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What to print and how.

    `pages` count from 1, empty for all; `fit` scales each page to the paper; `tray` is a printer's key or empty.
    """

    printer: str
    title: str
    paper: Paper
    copies: int = 1
    pages: tuple[int, ...] = ()
    fit: bool = False
    collate: bool = True
    sides: Sides = Sides.ONE
    tray: str = ""
    grey: bool = False
    offset: Offset = NO_OFFSET


def page_numbers(text: str, count: int) -> tuple[int, ...]:
    """The pages that ``1-3, 5`` means in a document of `count` pages; empty text means all (an empty tuple).

    Raises UserError with a sentence.
    """
    chosen: set[int] = set()
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        match = re.fullmatch(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6}))?", part)
        if match is None:
            raise UserError(f"“{part[:20]}” bukan halaman. Tulis misalnya 1-3, 5.")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= count:
            raise UserError(f"Halaman {part} tidak ada; dokumen ini mempunyai halaman 1 sampai {count}.")
        chosen.update(range(first, last + 1))
    return tuple(sorted(chosen))


def page_words(pages: Iterable[int]) -> str:
    """The shortest text for ascending pages, as `page_numbers` reads it: ``1-3,5``; empty for none."""
    runs: list[list[int]] = []
    numbers = list(pages)
    for before, page in pairwise([0, *numbers]):
        if runs and page == before + 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    return ",".join("-".join(map(str, run)) for run in runs)
