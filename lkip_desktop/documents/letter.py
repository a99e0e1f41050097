"""What a letter says, part by part, without a word on how it is drawn. One writer draws all letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How a letter is set: names of a paper and a font in ``letter.toml``, type size in points, margins in mm.

    Empty texts and zeros mean the default. Margins are top, bottom, left, right.
    """

    paper: str = ""
    font: str = ""
    size: float = 0
    margins: tuple[float, float, float, float] = (0, 0, 0, 0)
    landscape: bool = False


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
class NumberBlock:
    """The head of a letter of the correspondence form: Nomor, Sifat, Lampiran, Hal at the left, the date at the right.

    Layout: Permendagri 1/2023, naskah dinas korespondensi.
    """

    rows: tuple[tuple[str, str], ...]
    dated: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """*Yth. … di …*; `indent` moves it to the right, in mm."""

    lines: tuple[str, ...]
    place: str
    indent: float = 0


@dataclass(frozen=True, slots=True)
class Title:
    """The centred name of the letter, with its number below when it has one, and what it is about below that."""

    text: str
    number: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; one of the `body` is justified and begins indented."""

    text: str
    body: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """Sentences numbered from 1, each with its lines below each other."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across the page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A bold line that never ends a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Centred:
    """A centred line of a decision, such as *MEMUTUSKAN:*"""

    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A labelled part of a decision: ``Menimbang : a. bahwa …``; without `marks` its texts are plain paragraphs."""

    label: str
    texts: tuple[str, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """The heading of an annex, which begins a new page: lines at the right, *LAMPIRAN*, whose, number, date."""

    lines: tuple[str, ...]
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its share of the width in percent, and whether its cells are centred."""

    heading: str
    share: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its heading row is repeated on each page. A row of one text is a bold line across the table.

    `row_height` is the least height of a row in mm, `size` the type size in points (0: the letter's).
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    row_height: float = 0
    size: float = 0


@dataclass(frozen=True, slots=True)
class Particulars:
    """Labels and values with the colons below each other; those `indented` begin where a paragraph of the body does."""

    rows: tuple[tuple[str, str], ...]
    indented: bool = False


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: lines above the empty space for the signature, the name below it, then rank, NIP and the like.

    `anchor` stands in the empty space, for a program that puts an electronic signature there.
    """

    above: tuple[str, ...]
    name: str
    below: tuple[str, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class SigningList:
    """Several people who sign below each other, in half of the width: name with duty below it, and a dotted line."""

    above: str
    people: tuple[tuple[str, str], ...]
    row_height: float
    dots: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """One or two signatories side by side; at the left there may be a list of them."""

    left: Signatory | SigningList | None
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
class LabelLine:
    """A line of a label, with its type size in points; `after` is the space below it in mm."""

    text: str
    size: float
    bold: bool = False
    after: float = 0


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels to be cut out, `width` × `height` mm each, as many beside each other as the page is wide."""

    labels: tuple[tuple[LabelLine, ...], ...]
    width: float
    height: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a letter: kept together, and never on a page that shows nothing of what is signed."""

    parts: tuple[Paragraph | Clause | Particulars | Table | Signatures | CopiesTo, ...]


Part = (
    Letterhead
    | DateLine
    | NumberBlock
    | Addressee
    | Title
    | Paragraph
    | Numbered
    | Rule
    | Heading
    | Centred
    | Clause
    | Annex
    | Table
    | Particulars
    | Form
    | Labels
    | Closing
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter. `footer` is the small print of each page, line by line; `qr` the text of the code beside it."""

    title: str
    author: str
    look: Look
    parts: tuple[Part, ...]
    footer: tuple[str, ...] = ()
    qr: str = ""
