"""What a letter says, part by part, without a word on how it is drawn. One writer draws all letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The *kop*, printed on the first page only. `logo` is a PNG or JPEG; one that cannot be read is left out."""

    government: str
    agency: str
    lines: tuple[str, ...]
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class DateLine:
    """Place and date, at the right."""

    text: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """*Yth. … di …*"""

    lines: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Title:
    """The centred name of the letter, with its number below when it has one."""

    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its share of the width in percent, and whether its cells are centred."""

    heading: str
    share: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its heading row is repeated on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Particulars:
    """Labels and values with the colons below each other."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: lines above the empty space for the signature, the name below it, then rank, NIP and the like."""

    above: tuple[str, ...]
    name: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """One or two signatories side by side."""

    left: Signatory | None
    right: Signatory | None


@dataclass(frozen=True, slots=True)
class CopiesTo:
    """*Tembusan*"""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Boxes to tick, the chosen ones ticked; `beside` sets them next to each other in as many columns."""

    options: tuple[tuple[str, bool], ...]
    beside: int = 1


@dataclass(frozen=True, slots=True)
class Box:
    """A field of a form: a caption, and what stands in it. `height` is the least height in points."""

    parts: tuple[Particulars | Choices | Paragraph | Signatures, ...]
    caption: str = ""
    height: float = 0


@dataclass(frozen=True, slots=True)
class Form:
    """Rows of one or two boxes that share the width evenly."""

    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a letter: kept together, and never on a page that shows nothing of what is signed."""

    parts: tuple[Paragraph | Particulars | Signatures | CopiesTo, ...]


Part = Letterhead | DateLine | Addressee | Title | Paragraph | Table | Particulars | Form | Closing


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter. `paper` is one of the names in ``letter.toml``; `footer` is the small print of each page."""

    title: str
    author: str
    paper: str
    parts: tuple[Part, ...]
    footer: str
