"""The measures of letters, read from ``letter.toml``: millimetres and points, turned into points once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lkip_desktop.documents.assets import toml

MM = 72 / 25.4
DEFAULT_PAPER = "A4"


@dataclass(frozen=True, slots=True)
class LetterStyle:
    """All lengths in points. `columns_gap` lies between two signatories, `signing` is their empty space."""

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
    cell_padding: float
    line: float
    signing: float
    columns_gap: float
    signatures_before: float
    form_padding: float
    box: float
    choice_leading: float
    footer_size: float
    footer_baseline: float


@cache
def letter_style() -> LetterStyle:
    data = toml("letter.toml")
    margins, text, title, head = data["margins"], data["text"], data["title"], data["letterhead"]
    table, signature, form, footer = data["table"], data["signature"], data["form"], data["footer"]
    return LetterStyle(
        top=margins["top"] * MM,
        bottom=margins["bottom"] * MM,
        left=margins["left"] * MM,
        right=margins["right"] * MM,
        size=text["size"],
        leading=text["leading"],
        gap=text["gap"] * MM,
        indent=text["indent"] * MM,
        title_size=title["size"],
        title_before=title["before"] * MM,
        title_after=title["after"] * MM,
        government_size=head["government"],
        agency_size=head["agency"],
        address_size=head["address"],
        logo=(head["logo_width"] * MM, head["logo_height"] * MM),
        rules=(head["thick"], head["thin"]),
        letterhead_after=head["after"] * MM,
        cell_padding=table["padding"] * MM,
        line=table["line"],
        signing=signature["space"] * MM,
        columns_gap=signature["gap"] * MM,
        signatures_before=signature["before"] * MM,
        form_padding=form["padding"] * MM,
        box=form["box"] * MM,
        choice_leading=form["choice_leading"],
        footer_size=footer["size"],
        footer_baseline=footer["baseline"] * MM,
    )


def paper_size(name: str) -> tuple[float, float]:
    """Width and height in points of a paper named in ``letter.toml``; A4 for an unknown name."""
    papers = toml("letter.toml")["paper"]
    width, height = papers.get(name, papers[DEFAULT_PAPER])
    return width * MM, height * MM
