"""The report's title page: its lines with the space before them, the same in the DOCX and the PDF."""

from __future__ import annotations

from collections.abc import Iterator

from lkip_desktop.documents.pictures import Picture, usable
from lkip_desktop.documents.report import Cover
from lkip_desktop.documents.report_lines import line_count, line_height
from lkip_desktop.documents.report_style import MM, own_styles, page, text_styles

LOGO = (34, 42)  # mm
SPACE = 54  # points before the title and the agency


def cover_logo(part: Cover) -> tuple[Picture, float, float] | None:
    """The coat of arms with its width and height in points, or None."""
    picture = usable(part.logo)
    if picture is None:
        return None
    width, height = picture.fit(*LOGO)
    return picture, width * MM, height * MM


def cover_groups(part: Cover) -> Iterator[tuple[tuple[str, ...], str, float]]:
    """The lines with their style and the space before them in points; the last group goes to the bottom of the page."""
    width, height = page().text_area(landscape=False)
    left = height - SPACE * 2 - (LOGO[1] * MM + SPACE if cover_logo(part) else 0)
    if text_styles() is not own_styles():
        # An office's title may be wider or have a rule below it: room for two more lines.
        left -= 2 * line_height(text_styles()["Title"])
    for texts, name in ((part.title, "Title"), (part.lines, "Subtitle"), (part.foot, "Subtitle")):
        style = text_styles()[name]
        left -= sum(line_count(text, style, width) for text in texts) * line_height(style)
    yield part.title, "Title", SPACE
    yield part.lines, "Subtitle", SPACE
    yield part.foot, "Subtitle", max(left, SPACE / 2)
