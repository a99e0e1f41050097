"""The names of the bookmarks in a report's DOCX: which one begins the text of which field, and those of captions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lkip_desktop.documents.report import Picture, Report
from lkip_desktop.documents.report_blocks import Entry, Key, captions, figures, headings, keyed, tables
from lkip_desktop.documents.report_figures import figure_mark

FIXED = "lkip_fixed_"
"""Begins the names of bookmarks at which words of the program begin again."""
AROUND = "_a"
"""Ends the name of the bookmark around the whole text of a field."""


def marker(source: str) -> str:
    """The name of the bookmark at which the text of a field begins; Word takes at most 40 letters and digits."""
    return f"lkip_{hashlib.sha256(source.encode()).hexdigest()[:24]}"


def paths_of(sources: Iterable[str]) -> dict[str, str]:
    """The path of a field by the name of its bookmark."""
    return {marker(source): source for source in sources}


def reference(entry: Entry) -> str:
    """The name of the bookmark around a caption's label and number."""
    return entry.bookmark.replace("_Toc", "_Ref")


def references_to(report: Report) -> tuple[tuple[Key, str], ...]:
    """The captions that a text may refer to, each with its markup, in the order of the report."""
    listed = {entry.key for entry in tables(report)}
    found = captions(report).keys.items()
    named = ((key, f"{{{'tabel' if key in listed else 'gambar'}:{anchor}}}") for anchor, key in found)
    return tuple(sorted(named))


def references(report: Report) -> dict[str, str]:
    """The markup of what a text may refer to by the name of its bookmark: captions, and figures without a number."""
    entries = {entry.key: entry for entry in (*tables(report), *figures(report))}
    named = {reference(entries[key]): markup for key, markup in references_to(report)}
    return {**named, **{figure_mark(markup, words): markup for markup, words in report.figures}}


@dataclass(frozen=True)
class Known:
    """What tells the program's own parts of a DOCX from what people wrote, by the names of bookmarks.

    `references` as above; `pictures` are the files of pictures in texts; `bookmarks` and `captions` belong to headings,
    tables and figures of the program.
    """

    references: Mapping[str, str]
    pictures: Mapping[str, str]
    bookmarks: frozenset[str]
    captions: frozenset[str]


NOTHING_KNOWN = Known({}, {}, frozenset(), frozenset())


def known(report: Report) -> Known:
    parts = dict(keyed(report))
    listed = {entry.key: entry.bookmark for entry in (*headings(report), *tables(report), *figures(report))}
    own = {key for key in listed if not getattr(parts[key], "source", "")}
    pictures = {listed[key]: part.file for key, part in parts.items() if isinstance(part, Picture) and part.file}
    captions = frozenset(" ".join(getattr(parts[key], "caption", "").split()) for key in own)
    return Known(references(report), pictures, frozenset(listed[key] for key in own), captions - {""})
