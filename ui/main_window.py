"""The window: home, the open cycle, its profile and its SOP; menus, banners, and one cycle at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui import archive
from ui.home import HomePage
from ui.menus import CYCLE_COMMANDS, Menus
from ui.settings import Settings
from ui.tokens import GRID

# Each Qt class costs its bit when it is first imported: those that the first frame does not need come later.
if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from lkip_desktop.office import Cycle
    from lkip_desktop.overview import CycleCard
    from lkip_desktop.ports import Opening
    from ui.banner import Banner
    from ui.desk import Desk
    from ui.jobs import Job
    from ui.labels import ElidedLabel
    from ui.workplace import Workplace

TITLE = "LKIP Desktop"
SUFFIX = ".lkip"
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".docx")
"""What may be dropped on an open cycle; what cannot be read says what it is."""
FILTER = f"Siklus LKIP (*{SUFFIX});;Semua berkas (*)"
FIRST_SIZE = (1440, 840)
SMALL_SCREEN = 1600
"""Pixels; on a screen up to this width the first window takes all of it."""


class MainWindow(QMainWindow):
    """Paints at once; whatever knows the office is imported when it is first needed, after the first paint."""

    cycleChanged = Signal()  # another cycle is open now, or none
    cardsShown = Signal()

    def __init__(self, settings: Settings, make_desk: Callable[[], Desk]) -> None:
        super().__init__()
        self.settings = settings
        self._make_desk = make_desk
        self._fills_screen = False
        self.work: Workplace | None = None
        self.opening: Job | None = None
        self.home = HomePage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.home)
        self._bar = Menus(self)
        self._lay_out()
        self._connect()
        self._restore_geometry()
        self.setWindowTitle(TITLE)

    @cached_property
    def desk(self) -> Desk:
        """The use cases around files; loads the rest of the program."""
        return self._make_desk()

    # Parts that the first frame does not show are made when they are first needed.

    @cached_property
    def menus(self) -> Menus:
        """The menus with all their commands."""
        self._bar.fill()
        self._connect_menus(self._bar)
        return self._bar

    @cached_property
    def banner(self) -> Banner:
        """What went wrong."""
        return self._make_banner(0)

    @cached_property
    def notice(self) -> Banner:
        """How the open cycle is to be taken: read-only, found after a sudden end."""
        return self._make_banner(self._column.count() - 1)

    @cached_property
    def place(self) -> ElidedLabel:
        """The open file's path, in the status line."""
        from ui.labels import ElidedLabel

        label = ElidedLabel()
        label.setContentsMargins(GRID, 0, GRID, 0)
        self.statusBar().addWidget(label, 1)
        return label

    @cached_property
    def saved(self) -> QLabel:
        """*Tersimpan 10.42*, in the status line."""
        label = QLabel()
        label.setContentsMargins(GRID, 0, GRID, 0)
        self.statusBar().addPermanentWidget(label)
        return label

    @cached_property
    def backed_up(self) -> QLabel:
        """*Cadangan 10.42*, in the status line."""
        label = QLabel()
        label.setContentsMargins(GRID, 0, GRID, 0)
        self.statusBar().addPermanentWidget(label)
        return label

    def _make_banner(self, index: int) -> Banner:
        from ui.banner import Banner

        made = Banner()
        self._column.insertWidget(index, made)
        return made

    # Setting up

    def _lay_out(self) -> None:
        self.setAcceptDrops(True)
        centre = QWidget()
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.pages, 1)
        self.setCentralWidget(centre)
        self.statusBar().setSizeGripEnabled(False)

    def _connect(self) -> None:
        self.home.openRequested.connect(self.open_path)
        self.home.newRequested.connect(self._begin)
        self.home.sampleRequested.connect(self.open_sample)
        self.home.browseRequested.connect(self.browse)
        self.home.folderRequested.connect(self.choose_folder)
        self.home.findRequested.connect(self.find_again)
        self.home.forgetRequested.connect(self.forget)

    def _connect_menus(self, menus: Menus) -> None:
        menus.connect(
            {
                "new": self.new_cycle,
                "open": self.browse,
                "sample": self.open_sample,
                "home": self.go_home,
                "close": self.close_cycle,
                "quit": self.close,
                "help": lambda: self._help("step"),
                "keys": lambda: self._help("keys"),
                "about": lambda: self._help("about"),
                "log": self._open_log,
                **archive.acts(self),
            }
        )
        for name in CYCLE_COMMANDS:
            menus.connect({name: partial(self._do, name)})
        menus.recent.aboutToShow.connect(self._fill_recent)

    def appear(self) -> None:
        """Show the window; the first one takes all of a small screen."""
        if self._fills_screen:
            self.showMaximized()
        else:
            self.show()

    def _do(self, command: str) -> None:
        """Do what a menu asks of the open cycle."""
        if self.work is not None:
            self.work.acts[command]()

    def _restore_geometry(self) -> None:
        geometry = self.settings.geometry
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            room = self.screen().availableGeometry().size()
            self.resize(min(FIRST_SIZE[0], room.width()), min(FIRST_SIZE[1], room.height()))
            self._fills_screen = room.width() <= SMALL_SCREEN

    # Opening

    def open_path(
        self, path: Path, *, read_only: bool = False, then: Callable[[Workplace], object] | None = None
    ) -> None:
        """Open a file in place of the cycle that is open; if it does not open, say why and leave all as it is.

        `then` gets the open cycle, at once or, where opening takes long, when it is open.
        """
        from ui import opening

        if self.opening is not None:
            self.opening.finished.connect(partial(self.open_path, path, read_only=read_only, then=then))
        elif self.work is not None and _same(self.work.path, path) and self.work.session.read_only is read_only:
            self.work.show_cycle()
        else:
            opening.open_file(self, path, partial(self._opened, path, then), read_only=read_only)

    def _opened(
        self, path: Path, then: Callable[[Workplace], object] | None, found: tuple[Cycle | None, Opening]
    ) -> None:
        from ui import opening

        cycle, result = found
        if cycle is None:
            opening.tell(self, path, result)
            self.refresh_home()
        elif self.show_cycle(cycle):
            if result.message:
                self.notice.say("warn" if cycle.store.read_only else "info", result.message)
            if then is not None and self.work is not None:
                then(self.work)

    def show_backups(self, path: Path) -> None:
        """*Pulihkan cadangan* of the cycle at a path, which need not be there any more."""
        from ui.backups.dialog import BackupDialog

        dialog = BackupDialog(self, path)
        dialog.restored.connect(self._open_restored)
        dialog.open()

    def _open_restored(self, path: Path) -> None:
        words = f"Anda bekerja pada berkas yang dipulihkan: {path.name}. Berkas lama tetap ada."
        self.open_path(path, then=lambda _: self.notice.say("info", words))

    def show_cycle(self, cycle: Cycle) -> bool:
        """Show an open cycle in place of the one before; False, and the cycle closed, if that one cannot be left."""
        from ui.workplace import Workplace

        if not self.close_cycle():
            cycle.close()
            return False
        self.settings.add_recent(cycle.store.path.absolute())
        self.work = Workplace(self, cycle)
        self.work.show_cycle()
        self.refresh()
        self.cycleChanged.emit()
        self.work.trust.begin()
        return True

    def close_cycle(self) -> bool:
        """Keep what is being typed, close the cycle and go home; False when something could not be kept."""
        if self.work is None:
            return True
        if not self.work.flush():
            self._ask_to_lose()
            return False
        self._leave_cycle()
        return True

    def _leave_cycle(self) -> None:
        if self.work is not None:
            self.work.leave()
            self.work = None
            self.settings.note_open(None)
        for part in (self.banner, self.notice):
            part.hide()
        for label in (self.saved, self.place, self.backed_up):
            label.clear()
        self.refresh()
        self.go_home()
        self.cycleChanged.emit()

    def _ask_to_lose(self) -> None:
        from ui.opening import ask

        ask(
            self,
            "Isian terakhir belum tersimpan",
            "Berkas siklus menolak ditulis, jadi isian terakhir belum tersimpan. Siklus tetap terbuka agar isian itu "
            "tidak hilang. Perbaiki penyebabnya, lalu tutup kembali; atau tutup tanpa isian terakhir itu.",
            [("Tetap terbuka", lambda: None), ("Tutup tanpa isian terakhir", self._leave_cycle)],
            cancel="Batal",
        )

    def open_sample(self) -> None:
        """Open the sample cycle of the work folder; it is made at the first time."""
        from ui.sample import open_sample

        open_sample(self)

    def new_cycle(self) -> None:
        from ui.new_cycle import NewCycleDialog

        dialog = NewCycleDialog(self.desk, self.settings, self)
        dialog.created.connect(self.show_cycle)
        dialog.open()

    def _begin(self) -> None:
        from ui.welcome import begin

        begin(self)

    def browse(self) -> None:
        """Let a file be chosen."""
        from PySide6.QtWidgets import QFileDialog

        folder = self.settings.work_folder
        dialog = QFileDialog(self, "Buka siklus", str(folder if folder.is_dir() else Path.home()), FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_path(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose_folder(self) -> None:
        """Let another work folder be chosen."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, "Pilih folder kerja", str(self.settings.work_folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._set_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set_folder(self, name: str) -> None:
        self.settings.work_folder = Path(name)
        self.refresh_home()

    def find_again(self, gone: Path) -> None:
        """Look for a file that is no longer where it was; the one found takes its place in the list."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, f"Cari {gone.name}", str(self.settings.work_folder), FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(partial(self._found_again, gone))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _found_again(self, gone: Path, name: str) -> None:
        self.settings.remove_recent(gone)
        self.open_path(Path(name))

    def forget(self, path: Path) -> None:
        self.settings.remove_recent(path)
        self.refresh_home()

    # Showing

    def go_home(self) -> None:
        """Show the home screen; an open cycle stays open."""
        if self.work is not None:
            self.work.flush()
        self.pages.setCurrentWidget(self.home)
        self.refresh_home()

    def refresh_home(self) -> None:
        """Read the work folder beside the window, then show its cards."""
        from ui.jobs import Job

        folder = self.settings.work_folder
        job = Job(lambda _: self.desk.cards(folder))
        job.succeeded.connect(lambda cards: self._show_cards(cards, folder))
        job.failed.connect(lambda problem: self.banner.say("danger", problem))
        job.start()

    def _show_cards(self, cards: tuple[CycleCard, ...], folder: Path) -> None:
        inside = folder.absolute()
        elsewhere = [path for path in self.settings.recent if path.parent != inside]
        self.home.show_cards(cards, folder, elsewhere, begun=self.settings.welcome_draft.exists())
        self.cardsShown.emit()

    def refresh(self) -> None:
        """Title, menus and status line for what is open now."""
        work = self.work
        self.setWindowTitle(f"{work.title()} — {TITLE}" if work else TITLE)
        if work is not None:
            self.place.setText(str(work.path))
        self.menus.enable(cycle=work is not None, writable=work is not None and not work.session.read_only)

    def tell_saved(self) -> None:
        """*Tersimpan 10.42*"""
        self.saved.setText(f"Tersimpan {datetime.now():%H.%M}")

    def tell_backup(self, text: str, hint: str = "") -> None:
        """*Cadangan 10.42*; `hint` says where it lies or what is the matter with the second place."""
        self.backed_up.setText(text)
        self.backed_up.setToolTip(hint)
        self.backed_up.setAccessibleName(text)

    def _fill_recent(self) -> None:
        self.menus.show_recent(self.settings.recent, self.open_path)

    def _help(self, topic: str) -> None:
        from ui import help as helping

        step = self.work.shown_step() if self.work else None
        if topic == "about":
            helping.HelpDialog("Tentang", helping.about_text(), self).open()
        else:
            helping.show_guide(self, topic, self.work.session.state.sop if self.work else None, step)

    def _open_log(self) -> None:
        from ui.crash import log_folder, open_folder

        open_folder(log_folder())

    # Events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            if path.suffix.lower() == SUFFIX:
                self.open_path(path)
            elif self.work is not None:
                self.work.bring(path)

    def _dropped(self, event: QDropEvent) -> Path | None:
        """The one file that is dragged, if it is a cycle, or a workbook for the cycle that is open."""
        urls = event.mimeData().urls()
        path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
        ending = path.suffix.lower() if path else ""
        return path if ending == SUFFIX or (self.work is not None and ending in WORKBOOKS) else None

    def closeEvent(self, event: QCloseEvent) -> None:
        from ui import jobs

        if not self.close_cycle():
            event.ignore()
            return
        jobs.finish_all()
        if self.work is not None:
            # It was still being opened.
            self._leave_cycle()
            jobs.finish_all()
        self.settings.geometry = self.saveGeometry()
        self.settings.sync()
        event.accept()


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
