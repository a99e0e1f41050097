"""Loads what the first letter and its preview need, beside the window, so that the first click waits no longer."""

from __future__ import annotations

import gc
from importlib import import_module

PARTS = ("pypdfium2", "lkip_desktop.documents.letter_pdf", "lkip_desktop.documents.letters.cover_letter")
WIDGETS = ("ui.documents.preview", "ui.documents.print_dialog", "ui.letters.issue_dialog")


def load_widgets() -> None:
    """Import the windows around a letter. Modules of Qt are first imported on the thread that shows windows."""
    for part in WIDGETS:
        import_module(part)
    # What is loaded by now stays. A collection that looks through all of it would stop the window for 50 ms.
    gc.freeze()


def load() -> None:
    """Import what makes and reads a letter, and make its fonts known; on any thread."""
    for part in PARTS:
        import_module(part)
    from lkip_desktop.documents.letter_pen import plain_pen

    plain_pen()
