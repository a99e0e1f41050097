"""*Selamatkan isinya*: saves what is left of a damaged file into a new one, and shows what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lkip_desktop.rescue import Saved
from ui import jobs
from ui.opening import ask

if TYPE_CHECKING:
    from ui.main_window import MainWindow

SHOWN_LINES = 8


def rescue(window: MainWindow, damaged: Path) -> None:
    """Save beside the window; into the work folder when the file itself lies where no cycle is written to."""
    desk, second = window.desk, window.settings.backup_place
    folder = damaged.absolute().parent
    if desk.files.unsafe_place(folder / damaged.name):
        folder = window.settings.work_folder
    jobs.start(
        window,
        "Menyelamatkan isi berkas…",
        lambda progress: desk.rescue(damaged, folder, second, progress),
        lambda saved: _tell(window, saved),
        lambda problem: ask(window, "Tidak dapat diselamatkan", problem),
    )


def _tell(window: MainWindow, saved: Saved) -> None:
    lines = saved.lines[:SHOWN_LINES]
    more = "" if len(lines) == len(saved.lines) else "\n…"
    text = "\n".join(lines) + more + f"\n\nDaftar lengkapnya ada di “{saved.listing.name}”."
    ask(
        window,
        "Isi berkas diselamatkan",
        text,
        [("Buka berkas baru", lambda: window.open_path(saved.path))],
        details=saved.text(),
    )
