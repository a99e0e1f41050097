"""The user's guide as chapters to read and to search; its text is docs/panduan.md, the same that is read outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lkip_desktop.places import root

HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)
SECTION = re.compile(r"^### +(.+)$", re.MULTILINE)
MARKS = re.compile(r"[*`|]+|!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Chapter:
    """A title and what stands below it, as Markdown, or as HTML where the program wrote it itself."""

    title: str
    text: str
    is_html: bool = False


def folder() -> Path:
    """Where the guide and its pictures lie."""
    return root().parent / "docs"


def read_guide() -> tuple[Chapter, ...]:
    """The chapters of the guide in order. Raises OSError when the guide is not there."""
    text = (folder() / "panduan.md").read_text(encoding="utf-8")
    return tuple(Chapter(title, body) for title, body in _parts(HEADING, text))


def section(chapters: Sequence[Chapter], title: str) -> str:
    """What stands under the heading of third order that ends with a title, or empty."""
    for chapter in chapters:
        for heading, body in _parts(SECTION, chapter.text):
            if heading.casefold().endswith(title.casefold()):
                return body
    return ""


def hits(chapter: Chapter, words: str) -> int:
    """How often a chapter says the words, whatever their case and the marks between them; its title counts as well."""
    wanted = " ".join(words.casefold().split())
    if not wanted:
        return 0
    said = " ".join(MARKS.sub(lambda m: m[1] or "", f"{chapter.title}\n{chapter.text}").casefold().split())
    return said.count(wanted)


def _parts(heading: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    """Headings and what follows each of them; what stands before the first is left out."""
    pieces = heading.split(text)
    return [(title.strip(), body.strip()) for title, body in zip(pieces[1::2], pieces[2::2], strict=True)]
