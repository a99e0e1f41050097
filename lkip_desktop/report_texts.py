"""The texts of a report that people write: which are printed, and what they name that is not there."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import partial

from lkip_desktop.analysis.gather import TABLE
from lkip_desktop.workflow.state import CycleState

_CAPTION = re.compile(r"\{(?:tabel|gambar):([\w-]+)\}", re.IGNORECASE)
_PICTURE = re.compile(r"\]\(berkas:([0-9]{1,18})\)")


def names_nothing(text: str, anchors: Container[str], figures: Container[str], files: Container[str]) -> bool:
    """Whether a text names a caption, a figure or a picture that is not there."""
    from lkip_desktop.documents.report_figures import REFERENCE

    return (
        any(match[1].casefold() not in anchors for match in _CAPTION.finditer(text))
        or any(match[0].casefold() not in figures for match in REFERENCE.finditer(text))
        or any(match[1] not in files for match in _PICTURE.finditer(text))
    )


def printed_texts(state: CycleState) -> Iterator[str]:
    """The fields that the report prints where something is written: not those of hidden sub-chapters."""
    from lkip_desktop.documents.report_sections import PATHS, POINTS

    outline, cell = state.rows("report_outline"), partial(state.cell, "report_outline")
    hidden = {row for row in outline if cell(row, "hidden") == "ya"}
    unseen = {PATHS.get(cell(row, "key")) for row in hidden}
    yield from (path for path in state.values if path.startswith("report_") and "/" not in path and path not in unseen)
    yield "efficiency_note"
    yield from (f"report_outline/{row}/body" for row in outline if row not in hidden)
    yield from (f"{TABLE}/{row}/{column}" for row in state.rows(TABLE) for column in POINTS)
