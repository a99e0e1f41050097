"""The screens of trouble for `screenshots.py`: files that do not open, backups, a rescue, a full disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from screenshots import Studio


def trouble_screens(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    """Name and widget of each screen; the last leaves a closed cycle open."""
    from ui import jobs

    window, place = studio.window, studio.place
    window.open_path(place / "LKIP-rusak.lkip")
    yield "bukan-siklus", studio.dialog()
    studio.close_dialogs()
    window.open_path(place / "tidak-ada.lkip")
    yield "berkas-hilang", studio.dialog()
    studio.close_dialogs()
    window.open_path(place / "LKIP-2024.lkip")
    work = window.work
    assert work is not None
    assert work.backups is not None
    window.banner.say("danger", "Disk penuh: isian terakhir belum tersimpan. Yang sudah tersimpan aman.")
    yield "gagal-simpan", window
    window.banner.hide()
    work.backups.make_now()
    jobs.finish_all()
    yield "cadangan-dibuat", window
    bad = max((place / "Cadangan" / "LKIP-2024").glob("*.lkip"))
    broken = bad.with_name(bad.name.replace(" 2027", " 2026", 1))
    broken.write_bytes(bad.read_bytes()[:9000])
    window.show_backups(work.path)
    jobs.finish_all()
    yield "cadangan", studio.dialog()
    studio.close_dialogs()
    yield from _damaged(studio)
    window.open_path(place / "LKIP-2026.lkip", read_only=True)
    yield "baca-saja", window
    window.open_path(place / "LKIP-2024.lkip")
    yield "langkah-akhir", window


def _damaged(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    """A file with a page overwritten, what is offered for it, and what came of the rescue."""
    from ui import jobs
    from ui.backups.rescue import rescue

    window, place = studio.window, studio.place
    assert window.work is not None
    window.close_cycle()
    damaged = place / "LKIP-2024 rusak.lkip"
    data = bytearray((place / "LKIP-2024.lkip").read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 8192] = b"\x5a" * 8192
    damaged.write_bytes(data)
    (place / "Cadangan" / damaged.stem).mkdir(parents=True)
    for backup in (place / "Cadangan" / "LKIP-2024").glob("*.lkip"):
        shutil.copyfile(backup, place / "Cadangan" / damaged.stem / backup.name.replace("LKIP-2024", damaged.stem))
    window.open_path(damaged)
    yield "berkas-rusak", studio.dialog()
    studio.close_dialogs()
    rescue(window, damaged)
    jobs.finish_all()
    yield "diselamatkan", studio.dialog()
    studio.close_dialogs()
