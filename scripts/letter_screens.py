"""The screens of the room of letters for `screenshots.py`: a letter issued, its next version, the list, register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from screenshots import Studio


def letter_screens(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    """Name and widget of each screen, led from one to the next in the cycle that is open."""
    from ui import jobs
    from ui.letters.issue_dialog import IssueDialog

    work = studio.window.work
    assert work is not None
    for name, kind in (("surat-terbitkan", "team-decree"), ("surat-terbitkan-banyak", "data-request")):
        work.letters.issue(kind)
        jobs.finish_all()
        dialog = studio.dialog()
        assert isinstance(dialog, IssueDialog)
        dialog.name.setText("Rina Contoh, S.A.P.")
        yield name, dialog
        dialog.confirm.click()
        jobs.finish_all()
    work.letters.issue("team-decree")
    jobs.finish_all()
    yield "surat-versi-baru", studio.dialog()
    studio.close_dialogs()
    work.show_letters()
    yield "surat", studio.window
    work.show_register()
    jobs.finish_all()
    yield "surat-register", studio.window
