"""Opening a cycle file for the window: what came of it, said calmly, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from lkip_desktop.ports import Opening, Outcome
from ui import theme
from ui.tokens import GRID

Choice = tuple[str, Callable[[], object]]

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


def tell(
    parent: QWidget,
    path: Path,
    opening: Opening,
    read_only: Callable[[], object],
    other: Callable[[], object],
    copy: Callable[[], object],
    *,
    restore: Callable[[], object] | None = None,
    rescue: Callable[[], object] | None = None,
) -> QMessageBox:
    """Show why a file did not open.

    `read_only` opens it to read alone, `other` lets another file be chosen, `copy` copies it to this PC; `restore`
    shows its backups where it has some, `rescue` saves what is left of a damaged one.
    """
    choices: list[Choice] = []
    cancel = "Tutup"
    if opening.outcome in LOST and restore is not None:
        choices.append(("Pulihkan cadangan…", restore))
    if opening.outcome in DAMAGED and rescue is not None:
        choices.append(("Selamatkan isinya…", rescue))
    if opening.outcome is Outcome.ELSEWHERE:
        choices += [("Salin ke komputer ini", copy), ("Buka baca saja", read_only)]
        cancel = "Batal"
    elif opening.outcome is Outcome.LOCKED:
        choices.append(("Buka baca saja", read_only))
    elif opening.outcome is Outcome.MISSING:
        choices.append(("Cari…", other))
    else:
        choices.append(("Buka berkas lain…", other))
    title = TITLES.get(opening.outcome, "Berkas tidak dapat dibuka")
    message = opening.message or f"“{path.name}” tidak dapat dibuka. Berkas itu tidak diubah."
    return ask(parent, title, message, choices, cancel=cancel, details=opening.details)


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
    set_margins(box)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
