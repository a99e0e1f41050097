"""Follows jobs in a print queue and says at the foot of the window where they stand, until they have ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from lkip_desktop.printing.queue import JobState, QueueAnswer, answer_words, short_words
from ui import jobs
from ui.documents.strip import Action, Strip

FIRST_MS, EVERY_MS = 200, 1000
LONGEST_S = 15 * 60
"""A job that waits longer is left to the queue's own window."""


class Following(QObject):
    """Lives as long as its strip. `mend` is offered when a job failed or its printer is gone."""

    def __init__(self, strip: Strip, begun: str, answers: Sequence[QueueAnswer], mend: Sequence[Action]) -> None:
        """`begun` says what was sent where, as ``Surat Pengantar dikirim ke printer TU``."""
        super().__init__(strip)
        self._strip, self._begun, self._mend = strip, begun, mend
        self.answers = tuple(answers)
        self._asked = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)
        self._show(self.answers)

    def _ask(self) -> None:
        self._asked += 1
        known = self.answers
        job = jobs.Job(lambda _: _as_they_stand(known))
        job.succeeded.connect(self._show)
        job.start()

    def _show(self, answers: tuple[QueueAnswer, ...]) -> None:
        if not isValid(self._strip):
            return
        self.answers = answers
        self._strip.tell(self._words(), self._actions(), kind=self._kind())
        if not all(answer.ended for answer in answers) and self._asked * EVERY_MS < LONGEST_S * 1000:
            self._timer.start(EVERY_MS if self._asked else FIRST_MS)

    def _words(self) -> str:
        if len(self.answers) == 1:
            (answer,) = self.answers
            return f"{self._begun}." if answer.state is JobState.UNKNOWN else f"{self._begun}: {answer_words(answer)}."
        states = Counter(answer.state for answer in self.answers)
        if set(states) == {JobState.UNKNOWN}:
            return f"{self._begun}."
        return f"{self._begun}: {', '.join(f'{count} {short_words(state)}' for state, count in states.items())}."

    def _kind(self) -> str:
        if any(answer.state in (JobState.FAILED, JobState.GONE) for answer in self.answers):
            return "danger"
        return "ok" if all(answer.well for answer in self.answers) else "warn"

    def _actions(self) -> Sequence[Action]:
        if any(answer.state in (JobState.FAILED, JobState.GONE) for answer in self.answers):
            return self._mend
        waiting = any(
            answer.state in (JobState.WAITING, JobState.PRINTING, JobState.STOPPED) for answer in self.answers
        )
        return (("Batalkan cetak", self._cancel),) if waiting else ()

    def _cancel(self) -> None:
        """Take back what has not ended; the next answer tells what came of it."""
        open_jobs = [answer for answer in self.answers if not answer.ended]
        job = jobs.Job(lambda _: _take_back(open_jobs))
        job.finished.connect(self._ask)
        job.start()


def _as_they_stand(answers: Sequence[QueueAnswer]) -> tuple[QueueAnswer, ...]:
    # PDFium and Qt's printing come with it: not when a cycle is opened.
    from ui.documents.printing import where

    return tuple(where(answer) for answer in answers)


def _take_back(answers: Sequence[QueueAnswer]) -> None:
    from ui.documents.printing import cancel

    for answer in answers:
        cancel(answer)
