"""After a sudden end back to the same cycle and step, and away with what was left half-made; and calm ends."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from ui.jobs import Job

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.main_window import MainWindow
    from ui.workplace import Workplace

BACK = "Program berhenti mendadak terakhir kali. Anda kembali ke langkah yang sama; isian sampai saat itu tersimpan."
CLEAR_AFTER_MS = 5000
LAST_CHANCE_MS = 3000


def come_back(window: MainWindow, file: Path | None = None) -> bool:
    """Open what was open when the program ended suddenly, at the step that was shown; False when there is nothing.

    `file` is what this start was asked for: another file goes before.
    """
    interrupted = window.settings.interrupted
    if interrupted is None:
        return False
    path, step = interrupted
    # Forgotten first: a file that ends the program again must not do so at every start.
    window.settings.note_open(None)
    if not path.exists() or (file is not None and file.absolute() != path.absolute()):
        return False

    def show(work: Workplace) -> None:
        if step in work.session.state.sop.by_id:
            work.cycle_page.show_step(step)
        window.notice.say("info", BACK)

    window.open_path(path, then=show)
    return True


def clear_remains_later(window: MainWindow) -> None:
    """Once everything stands, take away what a sudden end left half-made wherever this program writes."""
    QTimer.singleShot(CLEAR_AFTER_MS, window, lambda: clear_remains(window))


def clear_remains(window: MainWindow) -> Job:
    """Look in the work folder, beside the recent files and where documents were saved, beside the window."""
    settings, desk = window.settings, window.desk
    folders = {settings.work_folder, *(path.parent for path in settings.recent), *settings.written_folders}
    second = settings.backup_place
    job = Job(lambda _: desk.clear_remains(folders | ({second} if second else set())))
    job.start()
    return job


class CalmEnd(QObject):
    """Closes the window when the system asks the program to end: typed text is kept, the file is let go."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        super().__init__(window)
        self._app, self._window = app, window
        if os.name != "posix":
            # Windows asks through Qt, which closes the windows.
            return
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)
        self._before = signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, _noted) for number in (signal.SIGTERM, signal.SIGHUP)}
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._end)
        window.destroyed.connect(self.forget)

    def _end(self) -> None:
        os.read(self._reading, 64)
        if not self._window.close():
            # It asks what to do with typing that the disk refuses; nobody may be there to answer.
            QTimer.singleShot(LAST_CHANCE_MS, self._app, self._app.quit)

    def forget(self) -> None:
        """Leave signals as they were."""
        if not self._handlers:
            return
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers = {}
        self._notifier.setEnabled(False)
        os.close(self._reading)
        os.close(self._writing)


def _noted(number: int, frame: object) -> None:
    """The wakeup descriptor tells the window; Python only needs a handler that is not its own."""
