"""What changes when an office adds, names, moves, hides or takes out a sub-chapter: one act's changes each."""

from __future__ import annotations

from lkip_desktop.documents.report_outline import CHAPTERS, TABLE, Sub
from lkip_desktop.table_rows import Changes, fresh_ids
from lkip_desktop.workflow.state import CycleState


def added(state: CycleState, chapter: str, subs: tuple[Sub, ...], title: str) -> tuple[str, Changes]:
    """An own sub-chapter at the end of a chapter, whose sub-chapters are `subs`: its row, and the changes."""
    rows, changes = _rows(state, chapter, subs)
    row = _spare(state, subs)
    changes[f"{TABLE}/{row}/chapter"] = CHAPTERS[chapter]
    changes[f"{TABLE}/{row}/title"] = title
    return row, {**changes, TABLE: [*_others(state, chapter), *rows, row]}


def renamed(state: CycleState, chapter: str, subs: tuple[Sub, ...], place: int, title: str) -> Changes:
    """Another title; an empty one gives a sub-chapter of the program its own title back."""
    rows, changes = _rows(state, chapter, subs)
    changes[f"{TABLE}/{rows[place]}/title"] = title
    return {**changes, TABLE: [*_others(state, chapter), *rows]}


def hidden(state: CycleState, chapter: str, subs: tuple[Sub, ...], place: int, *, hide: bool) -> Changes:
    rows, changes = _rows(state, chapter, subs)
    changes[f"{TABLE}/{rows[place]}/hidden"] = "ya" if hide else None
    return {**changes, TABLE: [*_others(state, chapter), *rows]}


def moved(state: CycleState, chapter: str, subs: tuple[Sub, ...], place: int, by: int) -> Changes:
    """A sub-chapter moved `by` places (up is negative), as far as its chapter goes; empty when it stands there."""
    there = min(max(place + by, 0), len(subs) - 1)
    if there == place:
        return {}
    rows, changes = _rows(state, chapter, subs)
    rows.insert(there, rows.pop(place))
    return {**changes, TABLE: [*_others(state, chapter), *rows]}


def removed(state: CycleState, row: str) -> Changes:
    """An own sub-chapter taken out; its words stay in the file, so that it can come back."""
    return {TABLE: [one for one in state.rows(TABLE) if one != row]}


def _rows(state: CycleState, chapter: str, subs: tuple[Sub, ...]) -> tuple[list[str], Changes]:
    """A row for every sub-chapter in order, and the changes that make those that have none yet."""
    lacking = [sub for sub in subs if not sub.row]
    new = dict(zip((sub.key for sub in lacking), fresh_ids(state, TABLE, len(lacking)), strict=True))
    changes: Changes = {}
    for key, row in new.items():
        changes |= {f"{TABLE}/{row}/chapter": CHAPTERS[chapter], f"{TABLE}/{row}/key": key}
    return [sub.row or new[sub.key] for sub in subs], changes


def _spare(state: CycleState, subs: tuple[Sub, ...]) -> str:
    """The row id after those that the sub-chapters without a row get."""
    return fresh_ids(state, TABLE, sum(not sub.row for sub in subs) + 1)[-1]


def _others(state: CycleState, chapter: str) -> list[str]:
    return [row for row in state.rows(TABLE) if state.cell(TABLE, row, "chapter") != CHAPTERS[chapter]]
