"""Finds which figures changed after a text was written about them, from the cycle's own history."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

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
        self._values: dict[str, list[Json]] = {}
        self._changes: dict[int, frozenset[str]] = {}
        for event in events:
            changes = event.data.get("values" if event.act is Act.CREATED else "changes", {})
            for path, value in changes.items():
                self._seqs.setdefault(path, []).append(event.seq)
                self._values.setdefault(path, []).append(value)
        self._latest = sorted((seqs[-1], path) for path, seqs in self._seqs.items())

    def written(self, path: str) -> int:
        """The seq of the event that last changed a path; 0 when none did."""
        seqs = self._seqs.get(path)
        return seqs[-1] if seqs else 0

    def at(self, path: str, seq: int) -> Json:
        """What stood at a path after event `seq`; None before it was first filled."""
        place = bisect_right(self._seqs.get(path, ()), seq)
        return self._values[path][place - 1] if place else None

    def latest(self, apart: Container[str]) -> int:
        """The seq of the event that last changed any path but those `apart`; 0 when none did."""
        return next((seq for seq, path in reversed(self._latest) if path not in apart), 0)

    def changed(self, seq: int) -> Collection[str]:
        """The paths that events after `seq` changed."""
        if seq not in self._changes:
            later = bisect_right(self._latest, seq, key=itemgetter(0))
            self._changes[seq] = frozenset(path for _, path in self._latest[later:])
        return self._changes[seq]

    def __iter__(self) -> Iterator[str]:
        return iter(self._seqs)

    def __len__(self) -> int:
        return len(self._seqs)


class AsOf(Mapping[str, Json]):
    """The values of a cycle as they stood after event `seq`, looked up when they are asked for."""

    def __init__(self, timeline: Timeline, seq: int) -> None:
        self._timeline, self._seq = timeline, seq

    def __getitem__(self, path: str) -> Json:
        value = self._timeline.at(path, self._seq)
        if value is None:
            raise KeyError(path)
        return value

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._timeline if self._timeline.at(path, self._seq) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)
