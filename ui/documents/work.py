"""What all acts with documents share: a finished document in hand, one piece of work at a time, telling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from shiboken6 import isValid

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import KINDS, Made
from lkip_desktop.errors import EnvironmentProblem
from lkip_desktop.ports import Progress
from ui import jobs
from ui.documents import opening
from ui.documents.strip import Action, Strip
from ui.session import Session
from ui.settings import Settings

T = TypeVar("T")
Choice = tuple[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished document in hand: its bytes, its kind, and the id of the issued letter that it is (0: none)."""

    made: Made
    kind: str
    letter: int = 0

    @property
    def title(self) -> str:
        return KINDS[self.kind].title


class Work(QObject):
    """Runs one piece of work at a time beside the window of `widget`, and tells what came of it there."""

    def __init__(self, session: Session, widget: QWidget, settings: Settings) -> None:
        super().__init__(widget)
        self.session, self.widget, self.settings = session, widget, settings
        self._job: jobs.Job | None = None

    def run(
        self,
        label: str,
        work: Callable[[Progress], T],
        then: Callable[[T], object],
        parent: QWidget | None = None,
        failed: Callable[[str], object] | None = None,
    ) -> None:
        """Do `work` off the GUI thread; a request made while another runs is left out."""
        if self._job is None:
            told = failed or partial(self.tell, parent)
            job = jobs.start(self.over(parent), label, work, self._freed(then), self._freed(told))
            job.finished.connect(lambda: self._free(job))
            self._job = job

    def _freed(self, act: Callable[[T], object]) -> Callable[[T], object]:
        """What follows upon work may begin the next piece."""

        def call(result: T) -> object:
            self._job = None
            return act(result)

        return call

    def _free(self, job: jobs.Job) -> None:
        if self._job is job:
            self._job = None

    def snapshot(self, subject: str = "") -> Snapshot:
        """What a document is made from, for the one that it addresses."""
        return replace(self.session.snapshot(), subject=subject)

    def say(self, text: str, *actions: Action, parent: QWidget | None = None) -> Strip:
        """A calm line at the foot of the window."""
        strip = Strip(self.over(parent).window(), text, actions)
        self.session.changed.connect(strip.follow)
        return strip

    def tell(self, parent: QWidget | None, sentence: str) -> None:
        self.ask(parent, sentence, (), cancel="Tutup", icon=QMessageBox.Icon.Warning)

    def ask(
        self,
        parent: QWidget | None,
        text: str,
        choices: tuple[Choice, ...],
        *,
        cancel: str = "Batal",
        icon: QMessageBox.Icon = QMessageBox.Icon.Question,
        default: str = "",
    ) -> QMessageBox:
        """A question over a window; Esc is `cancel`, Enter the choice called `default`."""
        box = QMessageBox(icon, "LKIP Desktop", text, QMessageBox.StandardButton.NoButton, self.over(parent))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowModality(Qt.WindowModality.WindowModal)
        for words, act in choices:
            button = box.addButton(words, QMessageBox.ButtonRole.AcceptRole)
            button.clicked.connect(lambda _=False, act=act: act())
            if words == default:
                box.setDefaultButton(button)
        box.setEscapeButton(box.addButton(cancel, QMessageBox.ButtonRole.RejectRole))
        box.open()
        return box

    def show_file(self, path: Path) -> None:
        """Open a file or folder with the desktop's program, or say that there is none."""
        try:
            opening.show(path)
        except EnvironmentProblem as error:
            self.tell(None, str(error))

    def over(self, parent: QWidget | None) -> QWidget:
        """The dialog that asked, or the window when that is closed by now."""
        return parent if parent is not None and isValid(parent) and parent.isVisible() else self.widget
