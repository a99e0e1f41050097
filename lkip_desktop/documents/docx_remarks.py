"""The comments and tracked changes in a DOCX from outside: who wrote what, when, and about which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lkip_desktop.documents.docx_body import W, plain, root_of

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
KINDS = {f"{W}ins": "inserted", f"{W}del": "deleted", f"{W}moveTo": "moved"}
_LONGEST = 120
"""Letters of the words that a comment is about."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or a tracked change: who wrote what about which words, and under which heading it stands.

    `kind` is ``comment``, ``reply`` (then `about` is whom it answers), ``inserted``, ``deleted`` or ``moved``; `day` is
    an ISO date, or empty; `settled` tells that the comment was marked as resolved.
    """

    kind: str
    author: str
    text: str
    about: str
    heading: str
    day: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment by itself; `answers` is the author of the comment that it replies to."""

    author: str
    text: str
    day: str
    answers: str
    settled: bool


def comments_of(document: Any) -> dict[str, Comment]:
    """Every comment by its id."""
    root, threads = root_of(document, "/comments"), root_of(document, "/commentsExtended")
    if root is None:
        return {}
    found = {comment.get(f"{W}id", ""): comment for comment in root.iter(f"{W}comment")}
    keys = {_last_paragraph(comment): number for number, comment in found.items()}
    parents: dict[str, str] = {}
    done: set[str] = set()
    for entry in threads.iter(f"{_W15}commentEx") if threads is not None else ():
        number = keys.get(entry.get(f"{_W15}paraId", ""), "")
        parents[number] = keys.get(entry.get(f"{_W15}paraIdParent", ""), "")
        if entry.get(f"{_W15}done") in ("1", "true"):
            done.add(number)
    return {
        number: Comment(
            comment.get(f"{W}author", ""),
            " ".join(" ".join(plain(paragraph) for paragraph in comment.iter(f"{W}p")).split()),
            _day(comment),
            found[parents[number]].get(f"{W}author", "") if parents.get(number) else "",
            number in done or parents.get(number, "") in done,
        )
        for number, comment in found.items()
    }


def remarks_in(element: Any, comments: Mapping[str, Comment], heading: str) -> Iterator[Remark]:
    """The tracked changes in a paragraph or a table, and the comments whose mark stands in it."""
    changes = [node for node in element.iter(*KINDS) if node.getparent().tag != f"{W}rPr"]
    for _, group in groupby(enumerate(changes), lambda pair: _run_of(changes, *pair)):
        parts = [node for _, node in group]
        words = "".join(node.text or "" for part in parts for node in part.iter(f"{W}t", f"{W}delText"))
        if words.strip():
            author, text = parts[0].get(f"{W}author", ""), " ".join(words.split())
            yield Remark(KINDS[parts[0].tag], author, text, "", heading, _day(parts[0]))
    for mark in element.iter(f"{W}commentReference"):
        number = mark.get(f"{W}id", "")
        found = comments.get(number)
        if found is not None and found.text:
            kind = "reply" if found.answers else "comment"
            about = found.answers or _about(element, number)
            yield Remark(kind, found.author, found.text, about, heading, found.day, found.settled)


def _run_of(changes: list[Any], place: int, node: Any) -> int:
    """The place of the first of the neighbours that are one change: programs write one for each stretch of a face."""
    while place and node.getprevious() is changes[place - 1] and _signed(node) == _signed(changes[place - 1]):
        place, node = place - 1, changes[place - 1]
    return place


def _signed(change: Any) -> tuple[str, str]:
    return change.tag, change.get(f"{W}author", "")


def _about(element: Any, number: str) -> str:
    """The words between the marks of a comment, or those of the element where it has none."""
    words: list[str] = []
    inside = ranged = False
    for node in element.iter(f"{W}t", f"{W}commentRangeStart", f"{W}commentRangeEnd"):
        if node.tag == f"{W}t":
            words += [node.text or ""] if inside else []
        elif node.get(f"{W}id") == number:
            inside = node.tag == f"{W}commentRangeStart"
            ranged = ranged or inside
    text = " ".join(("".join(words) if ranged else plain(element)).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def _last_paragraph(comment: Any) -> str:
    paragraphs = list(comment.iter(f"{W}p"))
    return paragraphs[-1].get(f"{_W14}paraId", "") if paragraphs else ""


def _day(node: Any) -> str:
    return str(node.get(f"{W}date", ""))[:10]
