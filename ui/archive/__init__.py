"""The archive in the window: the hand-over package, its check years later, and how long cycles are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def acts(window: MainWindow) -> dict[str, Callable[[], object]]:
    """The window's own commands of the archive, by the menus' ids; nothing is loaded before one is chosen."""
    return {"retention": lambda: _retention(window), "check-package": lambda: _check(window)}


def _retention(window: MainWindow) -> None:
    from ui.archive.terms import show_retention

    show_retention(window)


def _check(window: MainWindow) -> None:
    from ui.archive.package import check

    events = window.work.session.cycle.store.events() if window.work is not None else ()
    check(window, window.settings.work_folder, events)
