"""The measures of letters, read from ``letter.toml``: millimetres and points, turned into points once for each look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lkip_desktop.documents.assets import toml
from lkip_desktop.documents.fonts import ARIAL, Family, family
from lkip_desktop.documents.letter import Look

MM = 72 / 25.4
DEFAULT_PAPER = "A4"
# The least width and height of what margins leave for the text, in mm.
LEAST_TEXT = 40


@dataclass(frozen=True, slots=True)
class LetterStyle:
    """All lengths in points. `columns_gap` lies between two signatories, `signing` is their empty space."""

    font: Family
    page: tuple[float, float]
    top: float
    bottom: float
    left: float
    right: float
    size: float
    leading: float
    gap: float
    indent: float
    title_size: float
    title_before: float
    title_after: float
    government_size: float
    agency_size: float
    address_size: float
    logo: tuple[float, float]
    rules: tuple[float, float]
    letterhead_after: float
    number_share: float
    clause_label: float
    clause_mark: float
    annex_share: float
    cell_padding: float
    line: float
    signing: float
    columns_gap: float
    signatures_before: float
    form_padding: float
    box: float
    choice_leading: float
    label_padding: float
    footer_size: float
    footer_baseline: float
    qr: tuple[float, float]
    """The side of the QR code, and how far its lower edge lies from the lower edge of the paper."""

    @property
    def inner(self) -> tuple[float, float]:
        """Width and height of the text area."""
        return self.page[0] - self.left - self.right, self.page[1] - self.top - self.bottom


@cache
def letter_style(look: Look = Look()) -> LetterStyle:  # noqa: B008 - frozen
    """The measures of a look; what it leaves empty, and fonts and papers that are not known, are the defaults."""
    data = toml("letter.toml")
    text, title, head = data["text"], data["title"], data["letterhead"]
    table, signature, form, footer = data["table"], data["signature"], data["form"], data["footer"]
    top, bottom, left, right = _margins(look)
    size = look.size or text["size"]
    return LetterStyle(
        font=family(look.font or ARIAL),
        page=paper_size(look.paper, landscape=look.landscape),
        top=top,
        bottom=bottom,
        left=left,
        right=right,
        size=size,
        leading=text["leading"] * size / text["size"],
        gap=text["gap"] * MM,
        indent=text["indent"] * MM,
        title_size=title["size"] * size / text["size"],
        title_before=title["before"] * MM,
        title_after=title["after"] * MM,
        government_size=head["government"],
        agency_size=head["agency"],
        address_size=head["address"],
        logo=(head["logo_width"] * MM, head["logo_height"] * MM),
        rules=(head["thick"], head["thin"]),
        letterhead_after=head["after"] * MM,
        number_share=data["number"]["share"],
        clause_label=data["clause"]["label"] * MM,
        clause_mark=data["clause"]["mark"] * MM,
        annex_share=data["annex"]["share"],
        cell_padding=table["padding"] * MM,
        line=table["line"],
        signing=signature["space"] * MM,
        columns_gap=signature["gap"] * MM,
        signatures_before=signature["before"] * MM,
        form_padding=form["padding"] * MM,
        box=form["box"] * MM,
        choice_leading=form["choice_leading"],
        label_padding=data["label"]["padding"] * MM,
        footer_size=footer["size"],
        footer_baseline=footer["baseline"] * MM,
        qr=(footer["qr"] * MM, footer["qr_bottom"] * MM),
    )


def has_room(look: Look) -> bool:
    """Whether the margins of a look leave room for a text on its paper."""
    return min(letter_style(look).inner) >= LEAST_TEXT * MM


def _margins(look: Look) -> tuple[float, float, float, float]:
    usual = toml("letter.toml")["margins"]
    names = ("top", "bottom", "left", "right")
    top, bottom, left, right = (own or usual[name] for own, name in zip(look.margins, names, strict=True))
    return top * MM, bottom * MM, left * MM, right * MM


def paper_size(name: str, *, landscape: bool = False) -> tuple[float, float]:
    """Width and height in points of a paper named in ``letter.toml``; A4 for an unknown name."""
    papers = toml("letter.toml")["paper"]
    width, height = papers.get(name, papers[DEFAULT_PAPER])
    return (height * MM, width * MM) if landscape else (width * MM, height * MM)


def usual_look(kind: str) -> Look:
    """How a kind is set unless the office wants it otherwise: its table under ``kinds`` in ``letter.toml``."""
    own = toml("letter.toml")["kinds"].get(kind, {})
    margins = own.get("margins", (0, 0, 0, 0))
    return Look(
        own.get("paper", ""), own.get("font", ""), own.get("size", 0), tuple(margins), own.get("landscape", False)
    )
