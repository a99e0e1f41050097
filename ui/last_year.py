"""*Ambil angka tahun lalu*: fills the empty figures of earlier years from an earlier cycle's file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from lkip_desktop.errors import UserError
from lkip_desktop.last_year import earlier_figures, read_earlier, take_over
from lkip_desktop.workflow.state import CycleState
from lkip_desktop.workflow.transitions import Refusal
from ui import jobs
from ui.session import Session

if TYPE_CHECKING:
    from ui.main_window import MainWindow

FILTER = "Siklus LKIP (*.lkip)"


def ask(window: MainWindow, session: Session, flush: Callable[[], object]) -> None:
    """Ask for the file, beside this one, then take over."""
    flush()
    path = session.cycle.store.path
    dialog = QFileDialog(window, f"Pilih siklus tahun {session.state.year - 1}", str(path.parent), FILTER)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    likely = path.parent / f"LKIP-{session.state.year - 1}.lkip"
    if likely.is_file():
        dialog.selectFile(likely.name)
    dialog.fileSelected.connect(lambda name: take(window, session, Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def take(window: MainWindow, session: Session, path: Path) -> None:
    """Read the file beside the window, then fill what is empty."""
    files = window.desk.files
    jobs.start(
        window,
        f"Membaca “{path.name}”…",
        lambda _: read_earlier(files, path),
        lambda other: _fill(window, session, other),
        lambda problem: window.banner.say("danger", problem),
    )


def _fill(window: MainWindow, session: Session, other: CycleState) -> None:
    try:
        found = earlier_figures(session.state, other)
    except UserError as error:
        window.banner.say("warn", str(error))
        return

    def go_on() -> None:
        outcome = session.act(lambda cycle, who: take_over(cycle, who, other))
        if isinstance(outcome, Refusal):
            window.banner.say("warn", outcome.message)
        elif outcome is not None:
            window.notice.say("info", found.said)

    session.back_up_first(go_on, lambda problem: window.banner.say("danger", problem))
