"""Opens a copy of a kept file with the desktop's own program; the cycle's bytes cannot be changed that way."""

from __future__ import annotations

import atexit
import shutil
import stat
import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from lkip_desktop.attachments import safe_name
from lkip_desktop.errors import EnvironmentProblem
from lkip_desktop.files import write_atomically


def copy_of(name: str, data: bytes) -> Path:
    """A read-only copy under a safe form of its name, gone when the program ends. Raises EnvironmentProblem."""
    try:
        path = Path(tempfile.mkdtemp(dir=_folder())) / safe_name(name)
        write_atomically(path, data)
        path.chmod(stat.S_IRUSR)
    except OSError as error:
        raise EnvironmentProblem(
            "Salinan untuk dibuka tidak dapat dibuat. Data siklus tidak berubah; periksa ruang kosong di disk."
        ) from error
    return path


def show(path: Path) -> None:
    """Open a file or folder with the desktop's program. Raises EnvironmentProblem when there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise EnvironmentProblem(
            f"“{path.name}” tidak dapat dibuka: komputer ini tidak mempunyai program untuk jenis itu. "
            "Simpan berkasnya, lalu buka di komputer lain."
        )


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="lkip-"))
    atexit.register(_clean, folder)
    return folder


def _clean(folder: Path) -> None:
    # Windows removes nothing that is write-protected; a copy still open elsewhere stays until the system cleans up.
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
