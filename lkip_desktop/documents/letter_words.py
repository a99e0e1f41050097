"""The plain words of a letter, to be frozen when it is issued and compared with its signed copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lkip_desktop.cycle_data import Snapshot
    from lkip_desktop.documents.letter import Letter


def letter_words(kind: str, snapshot: Snapshot) -> str:
    """The words of a letter (without a subject: of all its letters), one line for each text of its parts.

    Raises KeyError for a kind that is no letter.
    """
    from lkip_desktop.documents.letter_kinds import contents

    return "\n".join(words_of(letter) for letter in contents(kind, snapshot))


def words_of(letter: Letter) -> str:
    """The texts of all parts in reading order; numbers of layout and pictures say nothing and are left out."""
    return "\n".join(line for part in letter.parts for line in _texts(part))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        if part.strip():
            yield part.strip()
    elif isinstance(part, tuple):
        for item in part:
            yield from _texts(item)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))
