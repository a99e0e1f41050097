"""What is marked in a document: from a gap between characters to another, over any number of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ui.documents.text_layer import TextLayer


class Gap(NamedTuple):
    """A place between two characters: a page (from 0), and how many characters of it come before."""

    page: int
    chars: int


@dataclass(frozen=True, slots=True)
class Marked:
    """`anchor` stays, `caret` moves."""

    anchor: Gap
    caret: Gap

    @property
    def empty(self) -> bool:
        return self.anchor == self.caret

    @property
    def pages(self) -> range:
        return range(min(self.anchor, self.caret).page, max(self.anchor, self.caret).page + 1)

    def span(self, page: int, layer: TextLayer) -> tuple[int, int]:
        """The marked characters of a page: first, and behind the last."""
        first, last = sorted((self.anchor, self.caret))
        begin = first.chars if page == first.page else 0
        end = last.chars if page == last.page else len(layer.text)
        return (begin, end) if page in self.pages else (0, 0)

    def text(self, layers: dict[int, TextLayer]) -> str:
        """What is copied; the words of all its pages must have been read."""
        return "\n".join(layers[page].copied(*self.span(page, layers[page])) for page in self.pages)
