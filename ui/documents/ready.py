"""Loads what the first letter, its preview and the step that looks through the report need, beside the window.

So the first click waits no longer.
"""

from __future__ import annotations

import gc
from importlib import import_module

PARTS = (
    "pypdfium2",
    "lkip_desktop.documents.letter_pdf",
    "lkip_desktop.documents.letters.cover_letter",
    "lkip_desktop.completeness",
    "lkip_desktop.documents.report_sections",
    "lkip_desktop.documents.report_sources",
)
WIDGETS = ("ui.documents.preview", "ui.documents.print_dialog", "ui.letters.issue_dialog")


def load_widgets() -> None:
    """Import the windows around a letter. Modules of Qt are first imported on the thread that shows windows."""
    for part in WIDGETS:
        import_module(part)
    # What is loaded by now stays. A collection that looks through all of it would stop the window for 50 ms.
    gc.freeze()


def load() -> None:
    """Import what makes and reads a letter and what a report lacks, and make the fonts known; on any thread."""
    for part in PARTS:
        import_module(part)
    from lkip_desktop.documents.letter_pen import plain_pen

    plain_pen()
