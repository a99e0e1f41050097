"""What the program makes on its way and a sudden end leaves behind: named by its process, cleared at the next start."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from db import sqlite
from lkip_desktop.files import PARTIAL_SUFFIX

_FOLDER = re.compile(r"lkip-([0-9a-f]+)-.*")
_PARTIAL = re.compile(r"\.lkip-([0-9a-f]+)-[0-9a-f]+" + re.escape(PARTIAL_SUFFIX) + r"(-journal)?")
# The sample is played in a cycle file of its own; whoever plays it holds it locked.
_PLAYED = re.compile(r"\.contoh-[0-9a-f]+\.lkip")


def folder() -> tempfile.TemporaryDirectory[str]:
    """A private folder that goes with its block; its name tells whose it is."""
    return tempfile.TemporaryDirectory(prefix=f"lkip-{os.getpid():x}-", ignore_cleanup_errors=True)


def clear(folders: Iterable[Path]) -> int:
    """Remove what programs that are gone left in these folders and among this PC's temporary files; how much it was.

    Never raises: what cannot be removed stays for the next time.
    """
    cleared = 0
    for place in {Path(tempfile.gettempdir()), *folders}:
        with contextlib.suppress(OSError):
            for left in list(_left(place)):
                cleared += _remove(left)
    return cleared


def _left(place: Path) -> Iterator[Path]:
    for path in place.iterdir():
        temporary = _FOLDER.fullmatch(path.name) if path.is_dir() else _PARTIAL.fullmatch(path.name)
        gone = temporary is not None and not _is_running(int(temporary[1], 16))
        if gone or (_PLAYED.fullmatch(path.name) and path.is_file() and not sqlite.locked_elsewhere(path)):
            yield path


def _remove(path: Path) -> bool:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
            sqlite.journal_of(path).unlink(missing_ok=True)
            path.with_name(f".{path.name}.lock").unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _is_running(process: int) -> bool:
    """Whether a process of this PC is alive; one that cannot be asked counts as alive."""
    if os.name == "nt":
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _is_running_on_windows(process: int) -> bool:
    """Signal 0 would end the process there. Values from Microsoft's documentation of processthreadsapi.h."""
    import ctypes

    query_limited_information, still_active = 0x1000, 259
    library = getattr(ctypes, "windll", None)
    if library is None:
        return True
    handle = library.kernel32.OpenProcess(query_limited_information, False, process)
    if not handle:
        return False
    code = ctypes.c_ulong()
    asked = library.kernel32.GetExitCodeProcess(handle, ctypes.byref(code))
    library.kernel32.CloseHandle(handle)
    return not asked or code.value == still_active
