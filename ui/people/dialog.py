"""*Orang dan kata sandi*: who works on the cycle, whose password is set, and when the screen locks itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop import people
from lkip_desktop.cycle_data import officials
from lkip_desktop.people import PEOPLE, Person
from lkip_desktop.table_rows import added, removed
from lkip_desktop.workflow.transitions import Refusal
from ui.forms.editors import CalmCombo
from ui.forms.widgets import button, label
from ui.lists import calm
from ui.people.words import ChangeDialog, RemoveDialog, ResetDialog
from ui.session import Session
from ui.settings import Settings
from ui.tokens import GRID

HEADINGS = ("Nama", "Pelaksana", "Kata sandi")
MINUTES = (0, 5, 10, 15, 30)
INTRO = (
    "Kata sandi menunjukkan siapa yang bertindak di komputer yang dipakai bersama. Berkas siklus sendiri tidak "
    "terkunci: siapa yang memegangnya dapat membacanya."
)
EMPTY = "Belum ada orang dalam daftar. Tambahkan nama dan perannya di bawah ini."
NO_ROLE = "— tanpa peran —"


class PeopleDialog(QDialog):
    """Acts at once; every change is recorded in the history."""

    def __init__(self, session: Session, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self.setWindowTitle("Orang dan kata sandi")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = QTableWidget(0, len(HEADINGS))
        self.problem = label("", "danger")
        self.none = label(EMPTY, "muted")
        self.change = button("Kata sandi…", lambda: self._open(ChangeDialog))
        self.reset = button("Atur ulang…", lambda: self._open(ResetDialog))
        self.remove = button("Hapus kata sandi…", lambda: self._open(RemoveDialog))
        self.take_out = button("Keluarkan dari daftar", self._take_out)
        self.name, self.role, self.minutes = QLineEdit(), CalmCombo(), CalmCombo()
        self.add = button("Tambah", self._add)
        self._set_up()
        self._lay_out()
        session.changed.connect(self.refresh)
        self.refresh()
        room = self.screen().availableGeometry()
        self.resize(min(GRID * 92, room.width() - GRID * 4), min(GRID * 66, room.height() - GRID * 8))

    def _set_up(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(list(HEADINGS))
        calm(table, "Orang yang bekerja di siklus ini")
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(1, GRID * 22)
        table.setColumnWidth(2, GRID * 14)
        table.itemSelectionChanged.connect(self._offer)
        table.itemActivated.connect(lambda _: self._open(ChangeDialog))
        self.name.setPlaceholderText("Nama lengkap")
        self.name.setAccessibleName("Nama orang yang ditambahkan")
        self.name.returnPressed.connect(self._add)
        self.role.setAccessibleName("Pelaksana orang yang ditambahkan")
        self.role.setMinimumContentsLength(len(NO_ROLE) + 4)
        self.role.addItem(NO_ROLE, "")
        for actor in self._session.state.sop.actors:
            self.role.addItem(actor.name, actor.id)
        self._suggest()
        self.minutes.setAccessibleName("Kunci layar bila tidak dipakai")
        for count in MINUTES:
            self.minutes.addItem(f"sesudah {count} menit" if count else "tidak pernah", count)
        self.minutes.setCurrentIndex(max(0, self.minutes.findData(self._settings.lock_minutes)))
        self.minutes.activated.connect(self._keep_minutes)

    def _suggest(self) -> None:
        from PySide6.QtWidgets import QCompleter

        names = sorted({official.name for official in officials(self._session.state) if official.name})
        completer = QCompleter(names, self.name)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.name.setCompleter(completer)

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(GRID)
        for part in (self.change, self.reset, self.remove, self.take_out):
            beside.addWidget(part)
        beside.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(GRID * 2)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(self.none)
        left.addWidget(self.table, 1)
        middle.addLayout(left, 1)
        middle.addLayout(beside)
        new = QHBoxLayout()
        new.setSpacing(GRID)
        new.addWidget(self.name, 1)
        new.addWidget(self.role)
        new.addWidget(self.add)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        lock = label("Kunci layar bila tidak dipakai", wrap=False)
        lock.setBuddy(self.minutes)
        foot.addWidget(lock)
        foot.addWidget(self.minutes)
        foot.addStretch(1)
        foot.addWidget(button("Tutup", self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(label("Orang dan kata sandi", "title"))
        column.addWidget(label(INTRO, "muted"))
        column.addLayout(middle, 1)
        column.addLayout(new)
        column.addWidget(self.problem)
        column.addLayout(foot)

    # Showing

    def refresh(self, _: object = None) -> None:
        """List everyone; the chosen one stays chosen."""
        state, chosen = self._session.state, self.chosen()
        listed = people.people(state)
        self.table.setRowCount(len(listed))
        for row, person in enumerate(listed):
            role = state.sop.actor_names.get(person.role, "–")
            for column, words in enumerate((person.name, role, "ada" if person.id in state.passwords else "belum ada")):
                item = QTableWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, person)
                self.table.setItem(row, column, item)
        ids = [person.id for person in listed]
        if listed:
            self.table.selectRow(ids.index(chosen.id) if chosen and chosen.id in ids else 0)
        self.none.setVisible(not listed)
        self.problem.hide()
        self._offer()

    def chosen(self) -> Person | None:
        item = self.table.item(self.table.currentRow(), 0)
        person = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return person if isinstance(person, Person) else None

    def _offer(self) -> None:
        person, writable = self.chosen(), not self._session.read_only
        known = person is not None and person.id in self._session.state.passwords
        self.change.setText("Ganti kata sandi…" if known else "Beri kata sandi…")
        self.change.setEnabled(person is not None and writable)
        for part in (self.reset, self.remove):
            part.setEnabled(known and writable)
        self.take_out.setEnabled(person is not None and not known and writable)
        self.take_out.setToolTip("Hapus dahulu kata sandinya." if known else "")
        for field in (self.name, self.role, self.add):
            field.setEnabled(writable)

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    # Acts

    def _open(self, kind: type[ChangeDialog] | type[ResetDialog] | type[RemoveDialog]) -> None:
        person = self.chosen()
        if person is not None and not self._session.read_only:
            kind(self._session, person, self).open()

    def _add(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self._say("Isi dahulu namanya.")
            self.name.setFocus()
            return
        if people.person_named(self._session.state, name) is not None:
            self._say(f"{name} sudah ada dalam daftar.")
            return
        table = next(field for field in self._session.cycle.profile if field.id == PEOPLE)
        row, changes = added(self._session.state, table)
        changes |= {f"{PEOPLE}/{row}/name": name, f"{PEOPLE}/{row}/role": str(self.role.currentData())}
        if self._tell(self._session.fill(changes)):
            self.name.clear()
            self.role.setCurrentIndex(0)
            self.table.selectRow(self.table.rowCount() - 1)
            self.name.setFocus()

    def _take_out(self) -> None:
        person = self.chosen()
        table = next(field for field in self._session.cycle.profile if field.id == PEOPLE)
        if person is not None:
            self._tell(self._session.fill(removed(self._session.state, table, [person.id])))

    def _tell(self, outcome: object) -> bool:
        if isinstance(outcome, Refusal):
            self._say(outcome.message)
        return outcome is not None and not isinstance(outcome, Refusal)

    def _keep_minutes(self) -> None:
        self._settings.lock_minutes = int(self.minutes.currentData())
