"""The report's tree of parts: fixed chapters, and sub-chapters that an office adds, moves, names or hides.

The office's changes are rows of the table ``report_outline`` (chapter, key, title, hidden, body). A chapter without
rows has the sub-chapters of Permenpan RB 53/2014, Lampiran II, in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lkip_desktop.documents.report import Heading, Part
from lkip_desktop.documents.report_words import Facts, sourced, words

TABLE = "report_outline"
CHAPTERS = {"introduction": "Bab I", "planning": "Bab II", "accountability": "Bab III", "closing": "Bab IV"}
"""The chapters by key, as the table names them."""
SUBCHAPTERS = {
    "introduction": ("background", "organisation", "issues", "law", "outline"),
    "planning": ("renstra", "indicators", "agreement", "programmes"),
    "accountability": ("achievement", "budget"),
    "closing": ("conclusion", "improvement"),
}
REQUIRED = frozenset({"issues", "agreement", "achievement", "budget", "conclusion", "improvement"})
"""What the regulation asks for by name; hiding one is told by the completeness check."""


@dataclass(frozen=True, slots=True)
class Sub:
    """A sub-chapter: its key (empty for an office's own), its title, and the path where its text is kept."""

    key: str
    title: str
    row: str = ""
    hidden: bool = False

    @property
    def path(self) -> str:
        """Where an own sub-chapter's text is kept; empty for those of the program."""
        return f"{TABLE}/{self.row}/body" if self.row and not self.key else ""


def outline(f: Facts, chapter: str) -> tuple[Sub, ...]:
    """The sub-chapters of a chapter as the office arranged them, hidden ones too.

    One of the program's that no row names stands at the end, so that nothing is lost by an older arrangement.
    """
    state = f.snapshot.state
    rows = [row for row in state.rows(TABLE) if state.cell(TABLE, row, "chapter") == CHAPTERS[chapter]]
    arranged = [_sub(f, row) for row in rows]
    known = SUBCHAPTERS[chapter]
    arranged = [sub for sub in arranged if not sub.key or sub.key in known]
    named = {sub.key for sub in arranged}
    return (*arranged, *(Sub(key, title_of(f, key)) for key in known if key not in named))


def _sub(f: Facts, row: str) -> Sub:
    state = f.snapshot.state
    key = state.cell(TABLE, row, "key")
    title = " ".join(state.cell(TABLE, row, "title").split())
    if not title:
        title = title_of(f, key) if key in words()["headings"] else f.say("headings", "untitled")
    return Sub(key, title, row, state.cell(TABLE, row, "hidden") == "ya")


def title_of(f: Facts, key: str) -> str:
    return f.say("headings", key)


def chapter(f: Facts, key: str, contents: dict[str, Iterable[Part]]) -> tuple[Part, ...]:
    """A chapter: its heading, then each sub-chapter under its letter. `contents` are the program's, by key."""
    shown = [sub for sub in outline(f, key) if not sub.hidden]
    parts: list[Part] = [Heading(1, f.say("headings", key))]
    for place, sub in enumerate(shown):
        parts.append(Heading(2, f"{letter(place).upper()}.\t{sub.title}"))
        parts += numbered(contents[sub.key]) if sub.key else _own(f, sub)
    return tuple(parts)


def _own(f: Facts, sub: Sub) -> Iterator[Part]:
    text = f.text(sub.path)
    return sourced(sub.path, f.parts(text) if text.strip() else [f.gap("own", title=sub.title)])


def numbered(parts: Iterable[Part]) -> Iterator[Part]:
    """Headings of level 3 counted from 1, those of level 4 lettered from a below each."""
    third = fourth = 0
    for part in parts:
        if isinstance(part, Heading) and part.level == 3:
            third, fourth = third + 1, 0
            yield replace(part, text=f"{third}.\t{part.text}")
        elif isinstance(part, Heading) and part.level == 4:
            fourth += 1
            yield replace(part, text=f"{letter(fourth - 1)}.\t{part.text}")
        else:
            yield part


def letter(place: int) -> str:
    """a … z, then aa, ab …"""
    before, rest = divmod(place, 26)
    return ("" if not before else letter(before - 1)) + chr(ord("a") + rest)
