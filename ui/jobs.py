"""Runs one piece of long work beside the window: progress after a moment, cancel if it takes long, errors sorted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.errors import Cancelled, EnvironmentProblem, UserError
from lkip_desktop.ports import Progress
from ui.tokens import GRID

T = TypeVar("T")

SHOW_AFTER = 300
CANCEL_AFTER = 2000
"""Milliseconds until progress is shown, and until it can be cancelled."""

_running: set[Job] = set()


class Job(QObject):
    """One piece of work on another thread. All signals arrive on the GUI thread; the last is always `finished`."""

    progressed = Signal(int, int)  # parts done, of all
    succeeded = Signal(object)  # what the work gave
    failed = Signal(str)  # a sentence: the person or the surroundings can mend it
    cancelled = Signal()
    finished = Signal()

    _told = Signal(int, int)
    _ended = Signal(object, object)

    def __init__(self, work: Callable[[Progress], T]) -> None:
        # Not Python's: the worker may be the last to let go of it, and would destroy it on its thread.
        super().__init__(QCoreApplication.instance())
        self._work = work
        self._stop = False
        # Queued to this object, which lives on the GUI thread: a bare function would run on the worker's.
        self._told.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._conclude, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        _running.add(self)
        QThreadPool.globalInstance().start(_Task(self))

    def cancel(self) -> None:
        """Ask the work to stop when it next reports progress."""
        self._stop = True

    def run(self) -> None:
        """On the worker's thread."""
        try:
            result = self._work(self._watch)
        except BaseException as error:  # what it means is decided on the GUI thread
            self._ended.emit(None, error)
        else:
            self._ended.emit(result, None)

    def _watch(self, done: int, total: int) -> bool:
        self._told.emit(done, total)
        return not self._stop

    @Slot(object, object)
    def _conclude(self, result: Any, error: BaseException | None) -> None:
        # Before it is delivered: what takes the result may open another cycle, which waits for all running work.
        _running.discard(self)
        try:
            self._deliver(result, error)
        finally:
            self.finished.emit()
            # What the work holds is let go of here too.
            del self._work
            self.deleteLater()

    def _deliver(self, result: Any, error: BaseException | None) -> None:
        if isinstance(error, Cancelled):
            self.cancelled.emit()
        elif isinstance(error, (UserError, EnvironmentProblem)):
            self.failed.emit(str(error))
        elif error is not None:
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            self.succeeded.emit(result)


class _Task(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.run()


def start(
    parent: QWidget,
    label: str,
    work: Callable[[Progress], T],
    done: Callable[[T], object],
    failed: Callable[[str], object],
) -> Job:
    """Run `work` beside `parent`'s window, which waits behind a progress dialog once it takes a moment.

    `work` gets a function to report parts done of all; False from it means stop, and `work` raises Cancelled. `done`
    gets the result, `failed` a sentence; neither is called when the work was cancelled. An unexpected error goes to
    `sys.excepthook`.
    """
    job = Job(work)
    job.succeeded.connect(done)
    job.failed.connect(failed)
    dialog = _Waiting(job, label, parent)
    job.finished.connect(dialog.finish)
    job.start()
    return job


def finish_all() -> None:
    """Let all running work end and deliver its results: to be called before a window closes its cycle."""
    while _running:
        QThreadPool.globalInstance().waitForDone(50)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


class _Waiting(QDialog):
    """Shown only when the work takes a moment; cannot be closed before the work has ended."""

    def __init__(self, job: Job, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._job = job
        self.setWindowTitle("Mohon tunggu")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, on=False)
        self.setMinimumWidth(GRID * 48)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(label)
        self._cancel = QPushButton("Batalkan")
        self._cancel.setEnabled(False)
        self._cancel.clicked.connect(self._ask_to_stop)
        self._label = QLabel(label)
        self._label.setWordWrap(True)
        self._lay_out()
        job.progressed.connect(self._progress)
        self._show = self._after(SHOW_AFTER, self.open)
        self._allow = self._after(CANCEL_AFTER, self._allow_cancel)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        layout.setSpacing(GRID * 2)
        layout.addWidget(self._label)
        layout.addWidget(self._bar)
        layout.addLayout(buttons)

    def _after(self, milliseconds: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(then)
        timer.start(milliseconds)
        return timer

    def _allow_cancel(self) -> None:
        self._cancel.setEnabled(True)

    def _progress(self, done: int, total: int) -> None:
        # One part of one says nothing about how far the work is: the bar keeps moving instead.
        if total > 1:
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _ask_to_stop(self) -> None:
        self._job.cancel()
        self._cancel.setEnabled(False)
        self._label.setText("Membatalkan…")

    def finish(self) -> None:
        self._show.stop()
        self._allow.stop()
        self.hide()
        self.deleteLater()

    def reject(self) -> None:
        """Esc means cancel, once that is possible."""
        if self._cancel.isEnabled():
            self._ask_to_stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()
