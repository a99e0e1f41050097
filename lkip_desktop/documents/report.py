"""What the report says, part by part, without a word on how it is drawn: the content model of the DOCX."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lkip_desktop.documents.letter import Signatory

LAST_LISTED_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Cover:
    """The title page. `lines` stand below the title; `foot` at the bottom."""

    title: tuple[str, ...]
    lines: tuple[str, ...]
    foot: tuple[str, ...]
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (begins a page) to 4; its number is part of its text."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Subhead:
    """A line that heads the next paragraphs; it has no number and stands in no list."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`source` is the path of the field whose text this is, or empty for words of the program.

    In text that has a source, ``**…**`` is bold, ``*…*`` italic and ``{tabel:anchor}`` a reference to a caption,
    ``{realisasi:r1}`` one to a figure.
    """

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that only the office can say: printed as a marked ``[Lengkapi: …]``. `source` is where it is said."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Small print under a table."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered from `first` or with bullets; with `letters` it counts a, b, c. `level` is how deep it lies."""

    texts: tuple[str, ...]
    numbered: bool = True
    source: str = ""
    first: int = 1
    letters: bool = False
    level: int = 0


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: heading, share of the width in percent, and how its cells stand."""

    heading: str
    share: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row. A cell that is None continues the one above it; `strong` rows are sums and the like.

    A row of a single cell in a table of several columns is a heading over the whole width.
    """

    cells: tuple[str | None, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption above it: numbered in the order of the report, listed in *Daftar Tabel*.

    `anchor` is what references in texts call it by, or empty; `source` the path of the field in which it was typed.
    With `new_page` its caption begins a page.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    anchor: str = ""
    source: str = ""
    new_page: bool = False


class ChartKind(StrEnum):
    COLUMNS = "columns"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Series:
    """A row of values, one for each category; None where there is none."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with a caption below it, listed in *Daftar Gambar*. `description` says in words what it shows."""

    caption: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    description: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture from a file with a caption below it, listed in *Daftar Gambar*; `description` for who cannot see it.

    `source` is the path of the field whose text shows it, `file` how that text names it.
    """

    caption: str
    data: bytes
    description: str
    anchor: str = ""
    source: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """*Daftar Isi*: every heading of level 1 to 3 with its page."""


@dataclass(frozen=True, slots=True)
class ListOfTables:
    """*Daftar Tabel*: every caption with its page."""


@dataclass(frozen=True, slots=True)
class ListOfFigures:
    """*Daftar Gambar*: every chart and picture with its page."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Place and date, and who signs."""

    dated: str
    signatory: Signatory


@dataclass(frozen=True, slots=True)
class Signatures:
    """Two who sign side by side."""

    left: Signatory
    right: Signatory


Lists = Contents | ListOfTables | ListOfFigures
Figure = Chart | Picture
Part = Cover | Heading | Subhead | Paragraph | Gap | Note | Items | Table | Figure | Lists | Signature | Signatures


class Numbering(StrEnum):
    """How a section's pages are numbered: not at all, i ii iii from one, 1 2 3 from one, or on from the one before."""

    NONE = "none"
    ROMAN = "roman"
    ARABIC = "arabic"
    ON = "on"


@dataclass(frozen=True, slots=True)
class Section:
    """A run of pages of one kind, beginning on a new page."""

    parts: tuple[Part, ...]
    numbering: Numbering
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `running` are the left and right texts of its running head, `head` that of its history.

    `figures` are pairs of a reference to a figure as texts write it, ``{realisasi:r1}``, and what it prints.
    """

    title: str
    author: str
    year: int
    running: tuple[str, str]
    sections: tuple[Section, ...]
    head: str = ""
    figures: tuple[tuple[str, str], ...] = ()

    def parts(self) -> Iterator[Part]:
        """Every part, in order."""
        return (part for section in self.sections for part in section.parts)
