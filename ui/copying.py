"""*Salin ke komputer ini*: copies a cycle that lies elsewhere into a folder of this PC and opens the copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from lkip_desktop import office
from ui import jobs

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def copy_here(window: MainWindow, path: Path) -> None:
    """Copy into the work folder; a folder is asked for when the work folder itself is not on this PC's disk."""
    folder = window.settings.work_folder
    if window.desk.files.unsafe_place(folder / path.name):
        _ask_for_folder(window, path)
    else:
        _copy(window, path, folder)


def _ask_for_folder(window: MainWindow, path: Path) -> None:
    dialog = QFileDialog(window, "Pilih folder di komputer ini", str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: _copy(window, path, Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _copy(window: MainWindow, path: Path, folder: Path) -> None:
    files = window.desk.files
    jobs.start(
        window,
        "Menyalin siklus ke komputer ini…",
        lambda progress: office.copy_here(files, path, folder, progress),
        lambda copy: _open(window, path, copy),
        lambda problem: window.banner.say("danger", problem),
    )


def _open(window: MainWindow, original: Path, copy: Path) -> None:
    words = f"Anda bekerja pada salinan di komputer ini: {copy}. Berkas asal di {original.parent} tidak ikut berubah."
    window.open_path(copy, then=lambda _: window.notice.say("info", words))
