"""The history as a table that can be filtered and searched, with the whole of an entry below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import (
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop import resources
from lkip_desktop.cycle_calendar import calendar
from lkip_desktop.documents.catalog import KINDS
from lkip_desktop.words import MONTHS
from lkip_desktop.workflow.events import first_break
from lkip_desktop.workflow.narrate import Entry, Narrator, Topic
from lkip_desktop.workflow.state import CycleState
from ui import marks, theme
from ui.history_filter import FilterBar, Wanted
from ui.labels import text_label
from ui.lists import Index, ListModel, calm
from ui.session import Session
from ui.tokens import GRID, Tokens

HEADINGS = ("Waktu", "Siapa", "Peran / atas nama", "Kegiatan")
WIDTHS = (GRID * 17, GRID * 19, GRID * 24)

NARROW, LOW = GRID * 88, GRID * 62

_ENTRY = Qt.ItemDataRole.UserRole


class HistoryModel(ListModel):
    """Entries of the narrator, newest first; `_ENTRY` gives the entry of a row."""

    headings = HEADINGS

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self._cells: list[tuple[str, str, str, str]] = []

    def show(self, entries: tuple[Entry, ...], state: CycleState) -> None:
        self.beginResetModel()
        work = calendar(state)
        self._entries = tuple(reversed(entries))
        self._cells = [(moment(work.local(e.last)), e.who.name, acting(e, state), e.text) for e in self._entries]
        self.endResetModel()

    def things(self) -> tuple[object, ...]:
        return self._entries

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == _ENTRY:
            return self._entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cells[index.row()][index.column()]
        return None


class _Filter(QSortFilterProxyModel):
    """Keeps entries that are as wanted and hold every word looked for, details included."""

    def __init__(self) -> None:
        super().__init__()
        self._topic: Topic | None = None
        self._words: list[str] = []
        self._wanted = Wanted()
        self._local: Callable[[datetime], datetime] = lambda at: at

    def look_for(self, topic: Topic | None, text: str, wanted: Wanted, local: Callable[[datetime], datetime]) -> None:
        """`local` gives the office's own time of a moment."""
        self.beginFilterChange()
        self._topic, self._words, self._wanted, self._local = topic, text.casefold().split(), wanted, local
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        model = self.sourceModel()
        entry: Entry = model.index(row, 0).data(_ENTRY)
        if self._topic is not None and entry.topic is not self._topic:
            return False
        if not self._wanted.fits(entry, self._local):
            return False
        shown = [str(model.index(row, column).data()) for column in range(len(HEADINGS))]
        whole = " ".join((*shown, *entry.details)).casefold()
        return all(word in whole for word in self._words)


class HistoryView(QWidget):
    """What happened in the cycle; told anew when it is seen."""

    stepRequested = Signal(str)
    pastRequested = Signal(int)  # show the cycle as it stood after the entry with this number
    checkRequested = Signal()
    exportRequested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told = -1
        self._whole = True
        self._past = False
        self.model = HistoryModel()
        self.filter = _Filter()
        self.filter.setSourceModel(self.model)
        self.search = QLineEdit()
        self.chips = QButtonGroup(self)
        self.table = QTableView()
        self.details = QPlainTextEdit()
        self.go, self.look_back = QPushButton(), QPushButton("Lihat keadaan saat itu")
        self.check, self.save = QPushButton("Periksa keaslian…"), QPushButton("Simpan…")
        self.more = QToolButton()
        self.bar = FilterBar(session)
        self._mark, self._chain, self._none = QLabel(), text_label(role="muted"), text_label(role="muted")
        self._set_up_table()
        self._lay_out()
        self._wire()

    # Building

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.filter)
        calm(table, "Riwayat")
        table.setAlternatingRowColors(True)
        header = table.horizontalHeader()
        for column, width in enumerate(WIDTHS):
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(len(WIDTHS), QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(GRID * 8)

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("Cari dalam riwayat (Ctrl+F)")
        self.search.setAccessibleName("Cari dalam riwayat")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(GRID * 16)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Rincian kegiatan")
        for part in (self.go, self.look_back, self.check, self.save):
            part.setProperty("role", "quiet")
        self.save.setAccessibleName("Simpan riwayat sebagai PDF atau CSV")
        self.look_back.setToolTip("Bagan alir, isian, dan riwayat seperti sesudah catatan ini, hanya untuk dibaca")
        self.more.setText("Saring")
        self.more.setCheckable(True)
        self.more.setToolTip("Saring menurut orang, langkah, dan tanggal")
        self.more.setAccessibleName("Saring menurut orang, langkah, dan tanggal")
        self.go.hide()
        self.bar.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID)
        layout.setSpacing(GRID)
        finding = QHBoxLayout()
        finding.setSpacing(GRID)
        finding.addWidget(self.search, 1)
        finding.addWidget(self.more)
        layout.addLayout(finding)
        layout.addLayout(self._head())
        layout.addWidget(self.bar)
        layout.addWidget(self._none)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.details)
        layout.addLayout(self._foot())
        self._none.hide()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        for number, topic in enumerate((None, *Topic)):
            chip = QToolButton()
            chip.setText(topic.value if topic else "Semua")
            chip.setCheckable(True)
            chip.setChecked(topic is None)
            self.chips.addButton(chip, number)
            row.addWidget(chip)
        row.addStretch()
        return row

    def _foot(self) -> QVBoxLayout:
        about_entry, about_whole = QHBoxLayout(), QHBoxLayout()
        about_entry.setSpacing(GRID)
        about_whole.setSpacing(GRID)
        about_entry.addWidget(self.go)
        about_entry.addWidget(self.look_back)
        about_entry.addStretch(1)
        about_whole.addWidget(self._mark)
        about_whole.addWidget(self._chain, 1)
        about_whole.addWidget(self.check)
        about_whole.addWidget(self.save)
        foot = QVBoxLayout()
        foot.setSpacing(0)
        foot.addLayout(about_entry)
        foot.addLayout(about_whole)
        return foot

    def _wire(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.chips.idClicked.connect(self._filter)
        self.table.selectionModel().currentRowChanged.connect(self._show_details)
        self.table.activated.connect(self._go)
        self.go.clicked.connect(self._go)
        self.look_back.clicked.connect(self._look_back)
        self.check.clicked.connect(self.checkRequested)
        self.save.clicked.connect(self.exportRequested)
        self.more.toggled.connect(self._show_bar)
        self.bar.changed.connect(self._filter)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)
        self._session.changed.connect(self._refresh)
        theme.notifier().changed.connect(self.set_tokens)

    def show_past(self) -> None:
        """The history of a day gone by: what concerns the file as it is now is left out."""
        self._past = True
        for part in (self.check, self.save, self.look_back):
            part.hide()

    # Showing

    def set_tokens(self, tokens: Tokens) -> None:
        kind, colour = ("closed", tokens.ok) if self._whole else ("late", tokens.danger)
        self._mark.setPixmap(marks.pixmap(kind, colour, self.devicePixelRatioF()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the flowchart there is room for what happened and when; who did it is told below the table."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        for column in (1, 2):
            self.table.setColumnHidden(column, narrow)
        self.table.verticalHeader().setDefaultSectionSize(GRID * 6 if narrow else GRID * 4)
        self._make_room()

    def _make_room(self) -> None:
        """On a low screen the table goes before the whole of an entry."""
        low = self.height() <= LOW
        self.details.setMaximumHeight(GRID * 7 if low else GRID * 13)
        self.details.setHidden(low and self.more.isChecked())

    def _refresh(self) -> None:
        state = self._session.state
        if not self.isVisible() or state.seq == self._told:
            return
        self._told = state.seq
        events = self._session.cycle.store.events()
        titles = {kind.id: kind.title for kind in KINDS.values()}
        entries = Narrator(events, state, resources.profile_fields(), titles).entries()
        self.bar.offer(entries)
        self.model.show(entries, state)
        self._show_chain(first_break(events), len(events), state.head)
        self._filter()

    def _show_chain(self, broken: int | None, count: int, head: str) -> None:
        self._whole = broken is None
        text = f"Riwayat utuh: {count} catatan, sidik {head[:8]}."
        if broken is not None:
            text = (
                f"Riwayat tidak utuh mulai catatan ke-{broken}: isinya diubah dari luar program. "
                "Bandingkan dengan salinan yang terakhir."
            )
        theme.set_role(self._chain, "muted" if self._whole else "danger")
        self._chain.setText(text)
        self.set_tokens(theme.current())

    def _filter(self) -> None:
        topics = (None, *Topic)
        local = calendar(self._session.state).local
        self.filter.look_for(topics[self.chips.checkedId()], self.search.text(), self.bar.wanted(), local)
        empty = self.filter.rowCount() == 0
        self._none.setText(
            "Tidak ada catatan yang cocok. Pilih Semua, hapus kata yang dicari, atau longgarkan saringan."
        )
        self._none.setVisible(empty)
        self.more.setText(f"Saring ({self.bar.count()})" if self.bar.count() else "Saring")
        if not self.table.currentIndex().isValid() and not empty:
            self.table.selectRow(0)
        self._show_details()

    def _entry(self) -> Entry | None:
        index = self.table.currentIndex()
        return index.data(_ENTRY) if index.isValid() else None

    def _show_details(self) -> None:
        entry = self._entry()
        self.details.setPlainText(self._words(entry) if entry else "")
        self.look_back.setVisible(entry is not None and not self._past)
        self.go.setVisible(bool(entry and entry.step))
        if entry and entry.step:
            self.go.setText(f"Buka langkah {self._session.state.sop.by_id[entry.step].number}")

    def _words(self, entry: Entry) -> str:
        work = calendar(self._session.state)
        times = dict.fromkeys(moment(work.local(at)) for at in (entry.first, entry.last))
        who = ", ".join(filter(None, (entry.who.name, acting(entry, self._session.state))))
        return "\n".join((f"{' sampai '.join(times)}, {who}", entry.text, *entry.details))

    def _show_bar(self, shown: bool) -> None:
        self.bar.setVisible(shown)
        self._make_room()
        if shown:
            self.bar.setFocus()
        else:
            self.bar.reset()

    def _look_back(self) -> None:
        entry = self._entry()
        if entry is not None:
            self.pastRequested.emit(entry.seq)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _go(self) -> None:
        entry = self._entry()
        if entry and entry.step:
            self.stepRequested.emit(entry.step)


def moment(local: datetime) -> str:
    """``15 Feb 2027 09.12``"""
    return f"{local.day} {MONTHS[local.month - 1][:3]} {local.year} {local:%H.%M}"


def acting(entry: Entry, state: CycleState) -> str:
    """The role in which someone acted, or the official for whom they recorded it."""
    if entry.who.behalf:
        return f"a.n. {entry.who.behalf}"
    return state.sop.actor_names.get(entry.who.role, entry.who.role)
