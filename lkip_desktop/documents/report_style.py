"""The report's page and styles as numbers, read from ``report-style.toml``: what the style document is made from.

While a report is made with an office's own style document, `measured_by` puts that document's numbers in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache

from lkip_desktop.documents.assets import toml

FILE = "report-style.toml"
MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A paragraph style; `id` is its id in the DOCX. Type and spacing in points, indents in millimetres.

    `hang` is how much of a line's height may hang over the end of a page: where lines are spread by a factor, the
    space that it adds stands below them. `close` leaves no space between paragraphs of the style.
    """

    id: str
    name: str
    size: float
    line: float
    before: float = 0
    after: float = 0
    left: float = 0
    right: float = 0
    first_line: float = 0
    hanging: float = 0
    align: str = "left"
    bold: bool = False
    italic: bool = False
    keep_next: bool = False
    page_break: bool = False
    dots: bool = False
    rule: bool = False
    outline: int | None = None
    numbering: int | None = None
    hang: float = 0
    close: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """An upright page in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float
    footer: float

    def text_area(self, *, landscape: bool) -> tuple[float, float]:
        """Width and height in points of what may be written on."""
        width, height = (self.height, self.width) if landscape else (self.width, self.height)
        return (width - self.left - self.right) * MM, (height - self.top - self.bottom) * MM


@dataclass(frozen=True, slots=True)
class TableStyle:
    """`cell` is the padding left and right in millimetres, `after` the space below a table in points."""

    cell: float
    after: float
    head_fill: str
    group_fill: str


@dataclass(frozen=True, slots=True)
class Look:
    """The measures of a style document: its page, and its styles by id."""

    page: Page
    styles: Mapping[str, TextStyle]


_LOOK: ContextVar[Look | None] = ContextVar("look", default=None)


@contextmanager
def measured_by(look: Look | None) -> Iterator[None]:
    """Lay out and write by these measures; None stands for our own. Each thread has its own."""
    token = _LOOK.set(look)
    try:
        yield
    finally:
        _LOOK.reset(token)


def text_styles() -> Mapping[str, TextStyle]:
    look = _LOOK.get()
    return look.styles if look else own_styles()


def at_level(style: TextStyle, level: int) -> TextStyle:
    """The style of a list that lies so deep in others."""
    return replace(style, left=style.left + level * style.hanging) if level else style


def page() -> Page:
    look = _LOOK.get()
    return look.page if look else own_page()


@cache
def own_styles() -> dict[str, TextStyle]:
    return {name: TextStyle(id=name, **values) for name, values in toml(FILE)["styles"].items()}


@cache
def own_page() -> Page:
    return Page(**toml(FILE)["page"])


@cache
def table_style() -> TableStyle:
    return TableStyle(**toml(FILE)["table"])


def font_name() -> str:
    return str(toml(FILE)["font"])
