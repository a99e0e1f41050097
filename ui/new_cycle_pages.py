"""The assistant's three pages: year and circular, agency and officials, file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lkip_desktop.cycle_calendar import iso_date
from lkip_desktop.office import FIRST_YEAR, LAST_YEAR
from lkip_desktop.overview import SUFFIX, CycleCard
from lkip_desktop.schedule.calendar import WorkCalendar
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.words import full_date, long_date
from lkip_desktop.workflow.events import Json
from ui import theme
from ui.labels import ElidedLabel, text_label
from ui.new_cycle_line import Line
from ui.tokens import GRID

TEMPLATE = "Templat inspektorat (kosong)"
CHOOSE = "Pilih berkas lain…"


class Page(QWidget):
    """A page of the assistant. `first` is where the keyboard begins; `check` tells whether all is right."""

    first: QWidget

    def check(self) -> bool:
        return True


class CircularPage(Page):
    """Which year, from which earlier cycle, and what the circular asks; shows at once what the deadline means."""

    sourceChanged = Signal(object)  # Path of an earlier cycle, or None for the template
    chooseRequested = Signal()

    def __init__(self, year: int, work: WorkCalendar, days: int, today: date) -> None:
        super().__init__()
        self._work, self._days, self._today = work, days, today
        self.year = Line("Tahun yang dilaporkan", FieldKind.INTEGER, required="Isi tahunnya.", width=GRID * 14)
        self.year.set_value(str(year))
        self.source = QComboBox()
        self.source.setAccessibleName("Ambil data dari")
        self.source.addItem(TEMPLATE, None)
        self.source.addItem(CHOOSE, None)
        self.source_note = text_label("", "muted")
        self.issuer = Line("Surat edaran dari")
        self.number = Line("Nomor surat edaran")
        self.day = Line("Tanggal surat", FieldKind.DATE, hint="misalnya 5/1/2027")
        self.deadline = Line("Batas waktu penyerahan", FieldKind.DATE, hint="misalnya 28/2/2027")
        self.notice = QFrame()
        self.outlook = text_label()
        self.first = self.year.edit
        self._lay_out()
        self.source.activated.connect(self._chosen)
        self.deadline.changed.connect(self.show_outlook)
        self.show_outlook()

    def _lay_out(self) -> None:
        caption = text_label("Ambil data dari", "small", wrap=False)
        caption.setBuddy(self.source)
        source = QVBoxLayout()
        source.setSpacing(2)
        source.addWidget(caption)
        source.addWidget(self.source)
        source.addWidget(self.source_note)
        source.addStretch()
        inside = QVBoxLayout(self.notice)
        inside.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        inside.addWidget(self.outlook)
        grid = _grid(self)
        grid.addWidget(text_label("Tahun dan asal data", "title"), 0, 0, 1, 2)
        grid.addWidget(self.year, 1, 0)
        grid.addLayout(source, 1, 1)
        grid.addWidget(text_label("Surat edaran", "title"), 2, 0, 1, 2)
        grid.addWidget(self.issuer, 3, 0)
        grid.addWidget(self.number, 3, 1)
        grid.addWidget(self.day, 4, 0)
        grid.addWidget(self.deadline, 4, 1)
        grid.addWidget(self.notice, 5, 0, 1, 2)
        grid.setRowStretch(6, 1)

    def offer(self, cards: tuple[CycleCard, ...]) -> None:
        """Offer the work folder's cycles, newest first, to take from."""
        for card in sorted((c for c in cards if not c.problem), key=lambda c: c.year):
            self.source.insertItem(1, f"Siklus {card.year} — {card.path.name}", card.path)

    def choose(self, path: Path) -> None:
        """Take from this file, which may lie anywhere."""
        index = self.source.findData(path)
        if index < 0:
            index = self.source.count() - 1
            self.source.insertItem(index, path.name, path)
        self.source.setCurrentIndex(index)
        self.sourceChanged.emit(path)

    def _chosen(self, index: int) -> None:
        if self.source.itemText(index) == CHOOSE:
            self.source.setCurrentIndex(0)
            self.chooseRequested.emit()
        else:
            self.sourceChanged.emit(self.source.itemData(index))

    def set_days(self, days: int) -> None:
        """Reckon with an SOP that takes this many working days."""
        self._days = days
        self.show_outlook()

    def show_outlook(self) -> None:
        """Say what the deadline means in working days."""
        day = iso_date(self.deadline.value)
        how, text = outlook(day, self._work, self._days, self._today)
        self.outlook.setText(text)
        theme.set_role(self.notice, f"notice-{how}" if how else "notice")

    def check(self) -> bool:
        right = _check((self.year, self.day, self.deadline))
        if self.year.check() and not FIRST_YEAR <= int(self.year.value) <= LAST_YEAR:
            self.year.refuse(f"Isi tahun antara {FIRST_YEAR} dan {LAST_YEAR}.")
            return False
        return right

    def values(self) -> dict[str, Json]:
        lines = {"sender": self.issuer, "number": self.number, "date": self.day, "deadline": self.deadline}
        return {f"circular_{name}": line.value for name, line in lines.items()}


def outlook(deadline: date | None, work: WorkCalendar, days: int, today: date) -> tuple[str, str]:
    """What a deadline means: a look (empty, ``warn``, ``danger``) and sentences."""
    if deadline is None:
        return "", "Isi batas waktu untuk melihat kapan penyusunan paling lambat dimulai. Boleh diisi nanti."
    limit, start = work.last_working_day(deadline), work.latest_start(deadline, days)
    why = f" ({long_date(deadline)}: {work.why_not(deadline)})" if limit != deadline else ""
    text = f"Batas sebenarnya: {full_date(limit)}{why}."
    if limit < today:
        return "danger", f"{text} Batas waktu ini sudah lewat; siklus tetap dapat dibuat."
    text = f"{text} SOP memerlukan {days} hari kerja: paling lambat dimulai {full_date(start)}."
    if start < today:
        left = work.working_days(today, limit)
        return "warn", f"{text} Hari itu sudah lewat; tersisa {left} hari kerja."
    return "", text


class AgencyPage(Page):
    """Letterhead and officials, filled from the earlier cycle or the template."""

    LINES = (
        ("agency_government", "Pemerintah daerah (baris pertama kop)", "PEMERINTAH KABUPATEN …"),
        ("agency_name", "Nama instansi (baris kedua kop)", "INSPEKTORAT"),
        ("agency_short", "Nama dalam kalimat", "Inspektorat Kabupaten …"),
        ("agency_city", "Tempat surat dibuat", "tercetak sebelum tanggal surat"),
        ("agency_address", "Alamat", ""),
        ("agency_contact", "Telepon, laman, pos-el, kode pos", ""),
    )
    COLUMNS = (("name", FieldKind.TEXT, "Nama"), ("nip", FieldKind.NIP, "NIP"), ("rank", FieldKind.TEXT, "Pangkat"))

    def __init__(self) -> None:
        super().__init__()
        self.lines = {path: Line(label, hint=hint) for path, label, hint in self.LINES}
        self.first = self.lines["agency_government"].edit
        self.officials: dict[str, Line] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        grid = _grid(self)
        grid.addWidget(text_label("Instansi", "title"), 0, 0, 1, 2)
        for number, line in enumerate(self.lines.values()):
            grid.addWidget(line, 1 + number // 2, number % 2)
        grid.addWidget(text_label("Pejabat", "title"), 4, 0, 1, 2)
        grid.addLayout(self._grid, 5, 0, 1, 2)
        note = "Pejabat lain, masa jabatan, dan pelaksana tugas (Plt., Plh., Pj.) diatur di Profil instansi."
        grid.addWidget(text_label(note, "muted"), 6, 0, 1, 2)
        grid.setRowStretch(7, 1)

    def show_values(self, values: Mapping[str, Json]) -> None:
        """Fill the page; the officials' rows come from the values too."""
        for path, line in self.lines.items():
            line.set_value(" ".join(str(values.get(path, "")).splitlines()))
        self._clear()
        for column, (_, _, title) in enumerate(self.COLUMNS, start=1):
            self._grid.addWidget(text_label(title, "small", wrap=False), 0, column)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnStretch(3, 1)
        for number, row in enumerate(values.get("officials", []), start=1):
            self._add_official(number, f"officials/{row}", values)
        # What is made later would be reached after the dialog's buttons.
        edits = [line.edit for line in self._all()]
        for before, after in pairwise(edits):
            QWidget.setTabOrder(before, after)

    def _clear(self) -> None:
        self.officials = {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add_official(self, number: int, base: str, values: Mapping[str, Json]) -> None:
        position = str(values.get(f"{base}/position", "")) or "Pejabat"
        label = QLabel(position)
        label.setMinimumHeight(GRID * 4)
        self._grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        for column, (name, kind, title) in enumerate(self.COLUMNS, start=1):
            line = Line("", kind)
            line.edit.setAccessibleName(f"{position}: {title}")
            line.set_value(str(values.get(f"{base}/{name}", "")))
            self.officials[f"{base}/{name}"] = line
            self._grid.addWidget(line, number, column)

    def check(self) -> bool:
        return _check(self._all())

    def _all(self) -> Iterator[Line]:
        yield from self.lines.values()
        yield from self.officials.values()

    def values(self) -> dict[str, Json]:
        return {path: line.value for path, line in (self.lines | self.officials).items()}


class FilePage(Page):
    """Where the cycle will lie, and who makes it."""

    folderRequested = Signal()

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__()
        self.folder = folder
        self._typed = False
        self.name = Line("Nama berkas", required="Isi nama berkasnya.", width=GRID * 44)
        self.first = self.name.edit
        self.place = ElidedLabel(str(folder))
        self.warning = text_label("", "danger")
        self.warning.hide()
        self.person = Line("Nama Anda, untuk riwayat", required="Isi nama Anda.", width=GRID * 44)
        self.person.set_value(name)
        self.summary = text_label()
        self.change = QPushButton("Ganti folder…")
        self.change.setProperty("role", "quiet")
        self.change.clicked.connect(lambda: self.folderRequested.emit())
        self.name.changed.connect(self._mark_typed)
        place = QHBoxLayout()
        place.addWidget(text_label("Folder:", "muted", wrap=False))
        place.addWidget(self.place, 1)
        place.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 2, GRID * 3, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(text_label("Berkas siklus", "title"))
        column.addWidget(text_label("Satu siklus adalah satu berkas; lampiran dan dokumen ada di dalamnya.", "muted"))
        column.addWidget(self.name)
        column.addLayout(place)
        column.addWidget(self.warning)
        column.addWidget(self.person)
        column.addWidget(self.summary)
        column.addStretch(1)

    def propose(self, path: Path) -> None:
        """Propose a place, unless the person typed another name."""
        if not self._typed:
            self.name.set_value(path.name)

    def move_to(self, folder: Path) -> None:
        self.folder = folder
        self.place.setText(str(folder))

    def warn(self, problem: str) -> None:
        """Say beside the folder what is wrong with it; nothing when it is fit."""
        self.warning.setText(problem)
        self.warning.setVisible(bool(problem))

    def _mark_typed(self) -> None:
        self._typed = self._typed or self.name.edit.isModified()

    @property
    def path(self) -> Path:
        name = self.name.value
        return self.folder / (name if name.lower().endswith(SUFFIX) else f"{name}{SUFFIX}")

    def check(self) -> bool:
        right = _check((self.name, self.person))
        if right and any(character in self.name.value for character in '/\\:*?"<>|'):
            self.name.refuse('Nama berkas tidak boleh memuat / \\ : * ? " < > |')
            return False
        if right and self.path.exists():
            self.name.refuse("Berkas dengan nama itu sudah ada dan tidak akan ditimpa. Pilih nama lain.")
            return False
        if right and self.warning.text():
            self.change.setFocus()
            return False
        return right


def _check(lines: Iterable[Line]) -> bool:
    """Whether all lines are right; the keyboard goes to the first that is not."""
    wrong = [line for line in lines if not line.check()]
    if wrong:
        wrong[0].edit.setFocus()
    return not wrong


def _grid(page: QWidget) -> QGridLayout:
    grid = QGridLayout(page)
    grid.setContentsMargins(GRID * 3, GRID * 2, GRID * 3, GRID * 2)
    grid.setHorizontalSpacing(GRID * 3)
    grid.setVerticalSpacing(GRID * 2)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid
