"""Watches the room on the disk that a cycle lies on, so that nobody finds out by an act that is not kept."""

from __future__ import annotations

import shutil
from pathlib import Path

from lkip_desktop.backups import megabytes

LOW_BYTES = 500 * 1024 * 1024
"""Below this a person is warned: room for a few scans and a backup of an ordinary cycle."""


def warning(cycle: Path) -> str:
    """A sentence when the disk of a cycle's file is nearly full, else empty. Never raises."""
    try:
        free = shutil.disk_usage(cycle.parent).free
        size = cycle.stat().st_size
    except OSError:
        return ""
    # A change needs room for what it changes, a backup for the whole file.
    if free >= LOW_BYTES + size:
        return ""
    return (
        f"Disk hampir penuh: tersisa {megabytes(free)}. Yang tersimpan aman. Kosongkan ruang di disk sebelum "
        "melampirkan berkas lagi."
    )
