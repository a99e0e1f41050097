"""Makes the backups of the open cycle when they are due, and says in the status line when the last one was made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from lkip_desktop.backups import Made
from lkip_desktop.office import Changed
from lkip_desktop.ports import Progress
from lkip_desktop.words import long_date
from lkip_desktop.workflow.events import Act
from ui import jobs

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.session import Session

AFTER_OPENING_MS = 3000
"""The page is painted and the first act made ready by then."""
NONE_YET = "Belum ada cadangan"
CANCELLED = "Dibatalkan sebelum cadangannya selesai; tidak ada yang diubah."


class BackupKeeper(QObject):
    """Belongs to an open cycle that can be changed; ends with it. Nothing here waits for a backup but `first`."""

    def __init__(self, window: MainWindow, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._session = window, session
        self._job: jobs.Job | None = None
        self._again = False
        self._turn = Lock()
        self._told_low = False
        self._timer = QTimer(self, singleShot=True, interval=AFTER_OPENING_MS)
        self._timer.timeout.connect(self.make)
        session.changed.connect(self._follow)
        self._timer.start()
        self._look_back()
        self._watch_disk()

    @property
    def running(self) -> bool:
        return self._job is not None

    def make(self) -> None:
        """Make one beside the work if the last act is in none yet; the status line shows how far it is."""
        if self._job is not None:
            self._again = True
            return
        self._job = job = jobs.Job(self._work())
        job.progressed.connect(self._progress)
        job.succeeded.connect(self._made)
        job.failed.connect(self._failed)
        job.finished.connect(self._ended)
        job.start()

    def make_now(self) -> None:
        """*Cadangkan sekarang*: with progress to look at, and a sentence at the end."""
        self._stop_waiting()
        jobs.start(self._window, "Membuat cadangan…", self._work(always=True), self._made_now, self._failed)

    def _work(self, *, always: bool = False) -> Callable[[Progress], Made]:
        """What makes one on another thread: one after the other, so that the second finds the first."""
        desk, path, second = self._window.desk, self._session.cycle.store.path, self._window.settings.backup_place

        def work(progress: Progress) -> Made:
            with self._turn:
                return desk.back_up(path, second, progress, always=always)

        return work

    def first(self, then: Callable[[], object], failed: Callable[[str], object]) -> None:
        """Back up what is not backed up yet, then go on with `then`: before an import. `failed` gets why it stops."""
        self._stop_waiting()

        def go_on(made: Made) -> None:
            self._made(made)
            then()

        def stop(problem: str) -> None:
            self._failed(problem)
            failed(problem)

        # Over the dialog that asks for the import, which must not be answered twice.
        parent = QApplication.activeModalWidget() or self._window
        job = jobs.start(parent, "Membuat cadangan lebih dahulu…", self._work(), go_on, stop)
        job.cancelled.connect(lambda: failed(CANCELLED))

    def leave(self) -> None:
        """No new one from now on; one that is being made ends (`jobs.finish_all`)."""
        self._stop_waiting()
        self._session.changed.disconnect(self._follow)

    def _stop_waiting(self) -> None:
        self._timer.stop()
        self._again = False

    def _follow(self, changed: object) -> None:
        """After an approval, and before anybody else needs the file."""
        if not isinstance(changed, Changed):
            return
        event = changed.event
        if event.act is Act.COMPLETED and event.data.get("decision"):
            self.make()
        self._watch_disk()

    def _look_back(self) -> None:
        """Say when the newest of the backups that are there was made."""
        desk, path, second = self._window.desk, self._session.cycle.store.path, self._window.settings.backup_place
        known = desk.backups(path, second)
        self._say(f"Cadangan {_when(known[0].at)}" if known else NONE_YET)

    def _progress(self, done: int, total: int) -> None:
        if total > 1:
            self._say(f"Mencadangkan… {done * 100 // total} %")

    def _made(self, made: Made) -> None:
        self._say(f"Cadangan {_when(made.backup.at)}", made.second or str(made.backup.path), bool(made.second))

    def _made_now(self, made: Made) -> None:
        self._made(made)
        if made.second:
            self._window.banner.say("warn", f"Cadangan dibuat di komputer ini. {made.second}")
        else:
            self._window.banner.say("ok", f"Cadangan dibuat dan sudah diperiksa: {made.backup.path.name}")

    def _failed(self, problem: str) -> None:
        self._window.banner.say("danger", problem, [("Cadangkan lagi", self.make_now)])
        self._look_back()

    def _ended(self) -> None:
        self._job = None
        if self._again:
            self._again = False
            self.make()

    def _say(self, text: str, hint: str = "", warn: bool = False) -> None:
        self._window.tell_backup(f"{text} · belum di tempat kedua" if warn else text, hint)

    def _watch_disk(self) -> None:
        """Warn once before the disk is full; again when it was not for a while."""
        warning = self._window.desk.disk_warning(self._session.cycle.store.path)
        if warning and not self._told_low:
            self._window.notice.say("warn", warning)
        self._told_low = bool(warning)


def _when(at: datetime) -> str:
    """``10.42`` today, else ``15 Februari 2027 10.42``."""
    clock = f"{at:%H.%M}"
    return clock if at.date() == datetime.now().date() else f"{long_date(at.date())} {clock}"
