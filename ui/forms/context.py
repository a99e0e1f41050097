"""What the editors of one form share: whose values they show, whether these may be changed, and when typing is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from lkip_desktop.workflow.events import Json
from lkip_desktop.workflow.state import Attachment, CycleState
from lkip_desktop.workflow.transitions import Refusal
from ui.session import Session

KEEP_WITHIN_MS = 1800
"""From the first key that is not kept: with the time that keeping takes, a sudden end costs at most 2 s of typing."""
RETRY_MS = 10_000
"""Until what the disk refused is tried again while nobody types."""
NOT_KEPT = "Belum tersimpan. Isian Anda tetap di sini dan dicoba lagi dengan sendirinya."


class FormContext(QObject):
    """The session of a form, or a past round of it.

    `past` is a state to show instead of the live one; `reason` says why nothing can be changed, empty when it can.
    """

    def __init__(
        self,
        session: Session,
        choice_labels: Mapping[str, str],
        open_attachment: Callable[[Attachment], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.choice_labels = choice_labels
        self.open_attachment = open_attachment
        self.past: CycleState | None = None
        self.reason = ""
        self.keeper = Keeper(self)

    @property
    def state(self) -> CycleState:
        return self.past or self.session.state

    @property
    def editable(self) -> bool:
        return not self.reason and self.past is None

    def fill(self, changes: Mapping[str, Json]) -> str:
        """Keep values as one act: empty when they are kept, else why not."""
        outcome = self.session.fill(changes)
        if isinstance(outcome, Refusal):
            return outcome.message
        return "" if outcome is not None else NOT_KEPT

    def choice_label(self, value: str) -> str:
        return self.choice_labels.get(value, value)


def keeping_timer(parent: QObject) -> QTimer:
    """The timer after which what is typed is kept; `start_keeping` with each key."""
    timer = QTimer(parent, singleShot=True, interval=KEEP_WITHIN_MS)
    # A coarse timer may be late by a twentieth.
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    return timer


def start_keeping(timer: QTimer) -> None:
    """The first key counts: who types without a pause would else have nothing kept until the end."""
    if not timer.isActive():
        timer.start()


class Keeper(QObject):
    """Holds what is typed and not yet kept; keeps it within 2 s, typing or not, and whenever it is asked to."""

    refused = Signal(str, str)  # path, why it could not be kept

    def __init__(self, context: FormContext) -> None:
        super().__init__(context)
        self._context = context
        self.pending: dict[str, str] = {}
        self.timer = keeping_timer(self)
        self.timer.timeout.connect(self.flush)
        self.retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self.retry.timeout.connect(self.flush)

    def note(self, path: str, value: str) -> None:
        """Something was typed: `value` is how it would be kept."""
        if value == self._context.session.state.text(path):
            self.pending.pop(path, None)
        else:
            self.pending[path] = value
            start_keeping(self.timer)

    def hold(self, path: str, value: str) -> None:
        """A cell was left that the disk refused: it is tried again like what stands in a field."""
        self.pending[path] = value
        self.retry.start()

    def flush(self) -> bool:
        """Keep what is pending; False when something could not be kept, which stays pending."""
        self.timer.stop()
        if self.pending and self._keep(dict(self.pending)) and len(self.pending) > 1:
            # One bad value must not hold back the others.
            for path, value in list(self.pending.items()):
                self._keep({path: value})
        return not self.pending

    def _keep(self, changes: dict[str, str]) -> str:
        """Why it could not be kept. What is being kept counts as kept at once, since views repaint meanwhile."""
        for path in changes:
            self.pending.pop(path)
        problem = self._context.fill(changes)
        if problem:
            self.pending.update({path: value for path, value in changes.items() if path not in self.pending})
            if problem == NOT_KEPT:
                self.retry.start()
            if len(changes) == 1:
                self.refused.emit(next(iter(changes)), problem)
        return problem
