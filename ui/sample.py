"""*Coba dengan contoh*: makes the sample cycle once, in the work folder, and opens it like any other file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import jobs

if TYPE_CHECKING:
    from ui.main_window import MainWindow

NAME = "Contoh LKIP-2026.lkip"
YEAR, STEP = 2026, 6
"""The sample is played up to the correction of the draft, where much can be seen."""


def open_sample(window: MainWindow) -> None:
    """Open the work folder's sample; play it first when it is not there."""
    path = window.settings.work_folder / NAME
    if path.exists():
        window.open_path(path)
        return
    desk = window.desk
    jobs.start(
        window,
        "Menyiapkan siklus contoh…",
        lambda _: desk.make_sample(path, YEAR, STEP),
        lambda _: window.open_path(path),
        lambda problem: window.banner.say("danger", problem),
    )
