"""Finds which figures changed after a text was written about them, from the cycle's own history."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lkip_desktop.workflow.events import Act, Event, Json


@dataclass(frozen=True, slots=True)
class Moved:
    """*Angka berubah*: the path of a figure, what it was when the text was last written, and what it is now."""

    path: str
    before: str
    now: str


class Timeline:
    """What stood at each path after each event; built in one pass over the events."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._seqs: dict[str, list[int]] = {}
        self._values: dict[str, list[str]] = {}
        for event in events:
            changes = event.data.get("values" if event.act is Act.CREATED else "changes", {})
            for path, value in changes.items():
                self._seqs.setdefault(path, []).append(event.seq)
                self._values.setdefault(path, []).append(_text(value))

    def written(self, path: str) -> int:
        """The seq of the event that last changed a path; 0 when none did."""
        seqs = self._seqs.get(path)
        return seqs[-1] if seqs else 0

    def at(self, path: str, seq: int) -> str:
        """The text at a path after event `seq`; empty before it was first filled."""
        place = bisect_right(self._seqs.get(path, ()), seq)
        return self._values[path][place - 1] if place else ""

    def moved(self, text: str, figures: Collection[str]) -> tuple[Moved, ...]:
        """The `figures` (paths) that changed after the text at the path `text` was last written.

        Nothing has moved under a text that is empty now.
        """
        since = self.written(text)
        if not since or not self.at(text, since):
            return ()
        now = max((self.written(path) for path in figures), default=0)
        pairs = ((path, self.at(path, since), self.at(path, now)) for path in figures) if now > since else ()
        return tuple(Moved(*pair) for pair in pairs if pair[1] != pair[2])


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
