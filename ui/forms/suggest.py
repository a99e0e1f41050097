"""Texts that were written before in this cycle, to be offered while typing: names, positions, places."""

from __future__ import annotations

from collections.abc import Iterator

from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.workflow.events import Act, Event
from lkip_desktop.workflow.state import CycleState

MAX_LENGTH = 80
MAX_COUNT = 400


def suggestions(
    state: CycleState, events: tuple[Event, ...], profile: tuple[FormField, ...], path: str
) -> tuple[str, ...]:
    """Short texts of the cycle's text fields, those of the same field or column first, each once.

    Earlier texts of the very same field count too, as the events still know them.
    """
    kinds = _text_paths(state, profile)
    last = path.split("/")[-1]
    same: dict[str, None] = dict.fromkeys(_earlier(events, path))
    others: dict[str, None] = {}
    for key, value in state.values.items():
        base, *rest = key.split("/")
        if isinstance(value, str) and key != path and (base, rest[1] if len(rest) == 2 else "") in kinds:
            (same if key.split("/")[-1] == last else others)[value] = None
    found = [text for text in {**same, **others} if len(text) <= MAX_LENGTH]
    return tuple(found[:MAX_COUNT])


def _earlier(events: tuple[Event, ...], path: str) -> Iterator[str]:
    for event in events:
        if event.act is Act.FILLED and isinstance(event.data["changes"].get(path), str):
            yield event.data["changes"][path]


def _text_paths(state: CycleState, profile: tuple[FormField, ...]) -> set[tuple[str, str]]:
    """Field and column (empty for none) of all that hold one line of text."""
    found = set()
    for field in (*profile, *(field for _, field in state.sop.fields.values())):
        if field.kind is FieldKind.TEXT:
            found.add((field.id, ""))
        found.update((field.id, column.id) for column in field.columns if column.kind is FieldKind.TEXT)
    return found
