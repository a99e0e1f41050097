"""Who did what, for the open cycle: its people, the lock, the day looked back at, other copies, and authenticity."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from lkip_desktop import past
from lkip_desktop.authenticity import Verdict
from lkip_desktop.merge import Other
from lkip_desktop.office import Cycle
from ui import jobs
from ui.opening import ask
from ui.people.lock import Gate

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.past import PastPage
    from ui.workplace import Workplace


class Trust(QObject):
    """Made with the workplace of a cycle; `acts` are its commands by the menus' ids."""

    def __init__(self, window: MainWindow, work: Workplace) -> None:
        super().__init__(work)
        self._window, self._work, self._session = window, work, work.session
        self._session.book = window.settings
        self.past: PastPage | None = None
        self.gate = Gate(window, self._session, work.flush)
        history = work.cycle_page.history
        history.pastRequested.connect(self.look_at)
        history.checkRequested.connect(self.check_authenticity)
        history.exportRequested.connect(lambda: work.documents.export("history"))
        window.pages.currentChanged.connect(self._drop_past)
        self.acts: dict[str, Callable[[], object]] = {
            "people": self.show_people,
            "lock": self.lock,
            "past": self.choose_day,
            "compare": self.choose_copy,
            "authentic": self.check_authenticity,
        }

    def begin(self) -> None:
        """After the page is shown: whoever sat here last and has a password signs in first."""
        self.gate.watch()
        if self.gate.may_lock():
            self.gate.lock(opening=True)

    def leave(self) -> None:
        self._window.pages.currentChanged.disconnect(self._drop_past)
        self.gate.leave()
        self._take_past_away()

    # People

    def show_people(self) -> None:
        from ui.people.dialog import PeopleDialog

        self._work.flush()
        dialog = PeopleDialog(self._session, self._window.settings, self._window)
        dialog.finished.connect(self.gate.watch)
        dialog.open()

    def lock(self) -> None:
        """Lock now, or say why that would keep nobody out."""
        if self.gate.may_lock():
            self.gate.lock()
            return
        text = (
            "Layar dikunci dengan kata sandi Anda, dan untuk nama yang sedang bertindak belum ada kata sandi. Beri "
            "dahulu kata sandi lewat Siklus, Orang dan kata sandi."
        )
        ask(self._window, "Belum ada kata sandi", text, [("Orang dan kata sandi…", self.show_people)], cancel="Tutup")

    # Another day

    def choose_day(self) -> None:
        from ui.past import DayDialog

        self._work.flush()
        dialog = DayDialog(self._session.cycle, self._session.today, self._window)
        dialog.chosen.connect(self._show_past)
        dialog.open()

    def look_at(self, seq: int) -> None:
        """Show the cycle as it stood after an event."""
        self._work.flush()
        self._show_past(past.as_of(self._session.cycle, seq))

    def _show_past(self, cycle: Cycle) -> None:
        from ui.past import PastPage

        self._take_past_away()
        page = PastPage(cycle, self._session.identity, self._window, self._window.settings)
        page.backRequested.connect(self._work.show_cycle)
        page.dayRequested.connect(self.choose_day)
        page.page.history.show_past()
        self.past = page
        self._window.pages.addWidget(page)
        self._window.pages.setCurrentWidget(page)
        page.setFocus()

    def _drop_past(self, _: int) -> None:
        """Once left for another page, the past is not kept."""
        shown = self._window.pages.currentWidget()
        if self.past is not None and shown is not self.past and shown is not self.gate.page:
            self._take_past_away()

    def _take_past_away(self) -> None:
        page, self.past = self.past, None
        if page is not None:
            self._window.pages.removeWidget(page)
            page.deleteLater()

    # Other copies, authenticity

    def choose_copy(self) -> None:
        """Let the other copy be chosen."""
        self._choose("Pilih salinan lain dari siklus ini", self.compare_with)

    def compare_with(self, path: Path) -> None:
        """Compare with another file, and offer to take over what differs."""
        self._work.flush()
        desk, cycle = self._window.desk, self._session.cycle
        jobs.start(
            self._window,
            "Membandingkan kedua salinan…",
            lambda _: desk.read_other(cycle, path),
            self._show_comparison,
            lambda problem: ask(self._window, "Salinan tidak dapat dibandingkan", problem),
        )

    def _show_comparison(self, found: tuple[Other, dict[str, str]]) -> None:
        from ui.compare.dialog import CompareDialog

        other, refusals = found
        dialog = CompareDialog(self._session, other, refusals, self._window)
        dialog.taken.connect(lambda count: self._tell_taken(count, other.path))
        dialog.open()

    def _tell_taken(self, count: int, path: Path) -> None:
        self._window.banner.say("ok", f"{count} perbedaan diambil dari “{path.name}” dan tercatat dalam riwayat.")

    def check_authenticity(self) -> None:
        """Check the history, against the backups that there are."""
        self._work.flush()
        desk, path = self._window.desk, self._work.path
        copies = tuple(backup.path for backup in desk.backups(path, self._window.settings.backup_place))
        jobs.start(
            self._window,
            "Memeriksa riwayat…",
            lambda _: desk.authenticity(path, copies),
            lambda verdict: self._show_verdict(verdict, copies),
            lambda problem: ask(self._window, "Riwayat tidak dapat diperiksa", problem),
        )

    def _show_verdict(self, verdict: Verdict, copies: tuple[Path, ...]) -> None:
        from ui.compare.authenticity import AuthenticityDialog

        AuthenticityDialog(self._window.desk, self._work.path, copies, verdict, self._window).open()

    def _choose(self, title: str, then: Callable[[Path], object]) -> None:
        from ui.main_window import FILTER

        dialog = QFileDialog(self._window, title, str(self._work.path.parent), FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
