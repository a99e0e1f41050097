"""Opening a cycle file for the window: what came of it, said calmly, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox, QWidget

from lkip_desktop.office import Cycle
from lkip_desktop.ports import Opening, Outcome
from ui import jobs, theme
from ui.tokens import GRID

if TYPE_CHECKING:
    from ui.main_window import MainWindow

Opened = tuple[Cycle | None, Opening]
Choice = tuple[str, Callable[[], object]]
MANY = 5
"""So many buttons stand below each other."""

TITLES = {
    Outcome.MISSING: "Berkas tidak ditemukan",
    Outcome.EMPTY: "Berkas kosong",
    Outcome.NOT_LKIP: "Bukan berkas siklus",
    Outcome.FOREIGN: "Berkas program lain",
    Outcome.NEWER: "Berkas dari versi yang lebih baru",
    Outcome.LOCKED: "Berkas sedang dipakai",
    Outcome.DAMAGED: "Berkas rusak",
    Outcome.NO_ACCESS: "Berkas tidak dapat dibuka",
    Outcome.ELSEWHERE: "Tempat berkas ini tidak aman",
}

DAMAGED = (Outcome.DAMAGED, Outcome.NOT_LKIP, Outcome.FOREIGN)
"""How a file ends up of which something may be left; one that was never a cycle says so when it is tried."""
LOST = (*DAMAGED, Outcome.EMPTY, Outcome.MISSING)


def open_file(window: MainWindow, path: Path, done: Callable[[Opened], object], *, read_only: bool) -> None:
    """Open a file; beside the window, with progress and cancel, where it is read to its end or brought to date.

    `done` gets what `Desk.open` gives, at once where it takes no time.
    """
    desk, user, name = window.desk, window.settings.identity.name, path.name
    if desk.takes_long(path, read_only=read_only):
        window.opening = job = jobs.start(
            window,
            f"Memeriksa dan membuka “{name}”…",
            lambda progress: desk.open(path, user, read_only=read_only, progress=progress),
            done,
            lambda problem: window.banner.say("danger", problem),
        )
        job.cancelled.connect(window.refresh_home)
        job.finished.connect(lambda: setattr(window, "opening", None))
    else:
        done(desk.open(path, user, read_only=read_only))


def tell(window: MainWindow, path: Path, opening: Opening) -> QMessageBox:
    """Show why a file did not open, with what can be done: its backups, a rescue, a copy, reading it alone."""
    from ui.backups.rescue import rescue
    from ui.copying import copy_here

    def read_only() -> None:
        window.open_path(path, read_only=True)

    choices: list[Choice] = []
    cancel = "Tutup"
    if opening.outcome in LOST and window.desk.backups(path, window.settings.backup_place):
        choices.append(("Pulihkan cadangan…", lambda: window.show_backups(path)))
    if opening.outcome in DAMAGED:
        choices.append(("Selamatkan isinya…", lambda: rescue(window, path)))
    if opening.outcome is Outcome.ELSEWHERE:
        choices += [("Salin ke komputer ini", lambda: copy_here(window, path)), ("Buka baca saja", read_only)]
        cancel = "Batal"
    elif opening.outcome is Outcome.LOCKED:
        choices.append(("Buka baca saja", read_only))
    elif opening.outcome is Outcome.MISSING:
        choices.append(("Cari…", window.browse))
    else:
        choices.append(("Buka berkas lain…", window.browse))
    title = TITLES.get(opening.outcome, "Berkas tidak dapat dibuka")
    message = opening.message or f"“{path.name}” tidak dapat dibuka. Berkas itu tidak diubah."
    return ask(window, title, message, choices, cancel=cancel, details=opening.details)


def set_margins(box: QMessageBox) -> None:
    """Room around the text and the buttons, as our own dialogs have it."""
    layout = box.layout()
    if layout is not None:
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)


def ask(
    parent: QWidget, title: str, text: str, choices: Sequence[Choice] = (), *, cancel: str = "Tutup", details: str = ""
) -> QMessageBox:
    """A question that does not block the program: `choices` are buttons, the first one the default; Esc is `cancel`."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setText(title)
    box.setInformativeText(text)
    box.setStyleSheet("QLabel#qt_msgbox_label { font-weight: 600; } QLabel { min-width: 376px; }")
    if details:
        box.setDetailedText(details)
    for words, act in choices:
        button = box.addButton(words, QMessageBox.ButtonRole.AcceptRole)
        button.clicked.connect(lambda _=False, act=act: act())
        if box.defaultButton() is None:
            box.setDefaultButton(button)
            # A default button is only known as such when it is drawn: too late for the width of its bold words.
            theme.set_role(button, "primary")
    closing = box.addButton(cancel, QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(closing)
    if not choices:
        box.setDefaultButton(closing)
    row = box.findChild(QDialogButtonBox)
    if row is not None and len(box.buttons()) >= MANY:
        # Qt gives a message no more than its share of the screen, and would cut the buttons' words.
        row.setOrientation(Qt.Orientation.Vertical)
    set_margins(box)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
