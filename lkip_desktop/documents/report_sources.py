"""Tells which words of a report belong to which field: for taking over a proposal, and for reading a report back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.report import Gap, Items, Paragraph, Part, Report
from lkip_desktop.documents.report_blocks import counted
from lkip_desktop.documents.report_build import report
from lkip_desktop.documents.report_text import INDENT


def texts(content: Report) -> dict[str, str]:
    """The words of each field as the report prints them, by path, in the order of the report.

    A field that is printed twice counts where it stands first, as the marks in the DOCX do.
    """
    found: dict[str, list[str]] = {}
    closed: set[str] = set()
    last = ""
    for part in content.parts():
        source = getattr(part, "source", "")
        if source != last and last:
            closed.add(last)
        last = source
        if source and source not in closed:
            found.setdefault(source, []).extend(lines_of(part))
    return {path: "\n".join(lines) for path, lines in found.items()}


def lines_of(part: Part) -> Iterator[str]:
    """A part as the lines in which a person would have typed it."""
    if isinstance(part, Paragraph):
        yield part.text
    elif isinstance(part, Gap):
        yield f"[lengkapi: {part.text}]"
    elif isinstance(part, Items):
        for place, text in enumerate(part.texts):
            yield f"{INDENT * part.level}{counted(part, place) if part.numbered else '-'} {text}"


def proposal(snapshot: Snapshot, path: str) -> str:
    """What the report would say in the place of a field if nothing were written there; empty for an unknown one."""
    values = {key: value for key, value in snapshot.state.values.items() if key != path}
    emptied = replace(snapshot, state=replace(snapshot.state, values=values))
    return texts(report(emptied)).get(path, "")
