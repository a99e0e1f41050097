"""*Siklus baru*: a short assistant of three pages that ends with a real file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop import resources
from lkip_desktop.attachments import IncomingFile
from lkip_desktop.cycle_calendar import ZONES
from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.office import Cycle, NewCycle
from lkip_desktop.overview import SUFFIX
from lkip_desktop.schedule.calendar import to_local
from lkip_desktop.schedule.seed import load_calendar
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.workflow.events import Json, Who
from ui import jobs, theme
from ui.desk import Desk, free_path
from ui.jobs import Job
from ui.labels import text_label
from ui.new_cycle_line import Line
from ui.new_cycle_pages import AgencyPage, CircularPage, FilePage, Page
from ui.opening import ask
from ui.session import Identity
from ui.settings import Settings
from ui.tokens import GRID

SIZE = (GRID * 92, GRID * 72)
FROM_TEMPLATE = "Unit kerja dan jabatan diisi dari templat; nama dapat diisi sekarang atau nanti."
FROM_FILE = "Profil, pejabat, unit kerja, dan indikator diambil alih; target dan realisasi mulai kosong."


class NewCycleDialog(QDialog):
    """`created` carries the open cycle. Nothing is written before the last button."""

    created = Signal(object)  # office.Cycle

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Siklus baru")
        self._desk, self._settings = desk, settings
        self._sop_text = resources.sop_text()
        self._base: dict[str, Json] = {}
        self._logo: IncomingFile | None = None
        self._creating = False
        work, days = load_calendar(resources.root() / "holidays.toml"), parse_sop(self._sop_text).total_days
        today = to_local(desk.clock.now(), ZONES["WIB"]).date()
        self.circular = CircularPage(desk.next_year(), work, days, today)
        self.agency = AgencyPage()
        self.file = FilePage(settings.work_folder, settings.identity.name)
        self._pages = self.make_pages()
        self.stack = QStackedWidget()
        self.where = text_label("", "muted", wrap=False)
        self.back = QPushButton("Kembali")
        self.next = QPushButton("Lanjut")
        self.cancel = QPushButton("Batal")
        self._lay_out()
        self._connect()
        self.take_from(None)
        self.go_to(0)

    def make_pages(self) -> tuple[Page, ...]:
        """The pages in their order; the last is that of the file."""
        return self.circular, self.agency, self.file

    def _lay_out(self) -> None:
        for page in self._pages:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(page)
            self.stack.addWidget(area)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(GRID * 3, GRID, GRID * 3, GRID * 2)
        buttons.setSpacing(GRID)
        buttons.addWidget(self.where)
        buttons.addStretch()
        for button in (self.cancel, self.back, self.next):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.next.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack, 1)
        column.addLayout(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height() - GRID * 6))

    def _connect(self) -> None:
        self.next.clicked.connect(self._forward)
        self.back.clicked.connect(lambda: self.go_to(self.stack.currentIndex() - 1))
        self.cancel.clicked.connect(self.reject)
        self.circular.sourceChanged.connect(self.take_from)
        self.circular.chooseRequested.connect(self._choose_source)
        self.circular.year.changed.connect(self._propose)
        self.file.folderRequested.connect(self._choose_folder)
        job = Job(lambda _: self._desk.cards(self._settings.work_folder))
        job.succeeded.connect(self.circular.offer)
        job.start()

    def take_from(self, previous: Path | None) -> None:
        """Fill the pages from an earlier cycle, or from the template."""
        try:
            self._base, self._logo = (
                self._desk.carry_over(previous) if previous else (resources.template_values(), None)
            )
        except (UserError, EnvironmentProblem) as problem:
            self.circular.source_note.setText(f"Tidak dapat diambil: {problem}")
            self.circular.source.setCurrentIndex(0)
            self._base, self._logo = resources.template_values(), None
        else:
            self.circular.source_note.setText(FROM_FILE if previous else FROM_TEMPLATE)
        self.circular.issuer.set_value(str(self._base.get("circular_sender", "")))
        self.agency.show_values(self._base)

    def _choose_source(self) -> None:
        folder = self._settings.work_folder
        dialog = QFileDialog(self, "Ambil data dari siklus", str(folder), f"Siklus LKIP (*{SUFFIX})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.circular.choose(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, "Simpan siklus di folder", str(self.file.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.move_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def move_to(self, folder: Path) -> None:
        """Make the cycle in this folder; a place that is not safe for it is told at once."""
        self.file.move_to(folder)
        self.file.warn(self._desk.files.unsafe_place(self.file.path))

    def reject(self) -> None:
        """Leave, after a question when something was typed; not in the moment that the file takes."""
        if self._creating:
            return
        if not any(line.typed for line in self.findChildren(Line)):
            super().reject()
            return
        text = "Siklus belum dibuat. Yang sudah Anda ketik di sini akan hilang."
        box = ask(self, "Buang isian ini?", text, [("Buang isian", super().reject)], cancel="Lanjutkan mengisi")
        theme.set_role(box.defaultButton(), "")
        stay = cast(QPushButton, box.escapeButton())
        box.setDefaultButton(stay)
        theme.set_role(stay, "primary")

    # Going through

    def _forward(self) -> None:
        here = self.stack.currentIndex()
        if not self._pages[here].check():
            return
        if here < len(self._pages) - 1:
            self.go_to(here + 1)
        else:
            self._create()

    def go_to(self, page: int) -> None:
        """Show a page, counted from 0."""
        self.stack.setCurrentIndex(page)
        last = page == len(self._pages) - 1
        self.where.setText(f"Bagian {page + 1} dari {len(self._pages)}")
        self.back.setEnabled(page > 0)
        self.next.setText(f"Buat siklus {self.circular.year.value}" if last else "Lanjut")
        if last:
            self._propose()
            self.move_to(self.file.folder)
            self.file.summary.setText(self.circular.outlook.text())
        self._pages[page].first.setFocus()

    def _propose(self) -> None:
        year = self.circular.year.value
        if year.isdigit():
            self.file.propose(free_path(self.file.folder, int(year)))

    def new_cycle(self, values: Mapping[str, Json]) -> NewCycle:
        """What the cycle begins with, out of these values."""
        return NewCycle(int(self.circular.year.value), self._sop_text, values, self._logo)

    def _create(self) -> None:
        """Make the file beside the window: the first one loads the database's library."""
        values = self._base | self.circular.values() | self.agency.values()
        new, path, desk = self.new_cycle(values), self.file.path, self._desk
        identity = Identity(" ".join(self.file.person.value.split()), self._settings.identity.role)
        who = Who(identity.name, identity.role)

        def done(cycle: Cycle) -> None:
            self._settings.identity = identity
            self.accept()
            self.created.emit(cycle)

        self._set_creating(True)
        work = jobs.start(self, "Membuat siklus…", lambda _: desk.create(path, new, who), done, self.file.name.refuse)
        work.finished.connect(self._set_creating)

    @Slot()
    def _set_creating(self, creating: bool = False) -> None:
        self._creating = creating
        self.next.setEnabled(not creating)
