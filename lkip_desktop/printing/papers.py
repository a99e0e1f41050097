"""Sheets in millimetres: the office's papers, F4 in both of its readings, and when two sizes are the same paper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap

TOLERANCE = 2.0
"""Millimetres by which a printer's paper may differ from the document's and still be the same paper."""

_OFFICE = (
    ("A4", 210, 297),
    ("F4", 215, 330),
    # Printers' makers mean this by F4 and Folio, and so does Qt; Indonesian shops sell the one above.
    ("F4", 210, 330),
    ("Letter", 215.9, 279.4),
    ("Legal", 215.9, 355.6),
    ("A3", 297, 420),
    ("A5", 148, 210),
    ("Amplop", 110, 230),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, upright, in millimetres. `key` is the printer's own name for it, empty for a size it does not list."""

    name: str
    width: float
    height: float
    key: str = ""

    def __str__(self) -> str:
        """``A4 (210 × 297 mm)``"""
        return f"{self.name} ({self.width:.0f} × {self.height:.0f} mm)"

    def same(self, other: Paper) -> bool:
        """Whether both are one paper, within TOLERANCE on each side; the two readings of F4 are not."""
        return abs(self.width - other.width) <= TOLERANCE and abs(self.height - other.height) <= TOLERANCE

    def distance(self, other: Paper) -> float:
        """How many millimetres both sides differ by, in all."""
        return abs(self.width - other.width) + abs(self.height - other.height)

    def holds(self, other: Paper) -> bool:
        """Whether the other sheet lies within this one."""
        return self.width + TOLERANCE >= other.width and self.height + TOLERANCE >= other.height


OFFICE_PAPERS = tuple(starmap(Paper, _OFFICE))


def paper_of(width: float, height: float, key: str = "") -> Paper:
    """The paper that a page of a size in millimetres needs, upright, called by its usual name."""
    short, long = sorted((width, height))
    found = Paper("Ukuran khusus", short, long, key)
    known = next((paper for paper in OFFICE_PAPERS if paper.same(found)), None)
    return Paper(known.name, short, long, key) if known else found


def is_office_paper(paper: Paper) -> bool:
    return any(paper.same(known) for known in OFFICE_PAPERS)
