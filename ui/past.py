"""The cycle as it stood on another day: the same page, read-only, under a banner that leads back to today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from lkip_desktop.cycle_calendar import calendar, iso_date
from lkip_desktop.errors import UserError
from lkip_desktop.office import Cycle
from lkip_desktop.past import as_of_day
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.values import parse, show
from lkip_desktop.words import full_date
from ui.banner import Banner
from ui.cycle_page import CyclePage
from ui.documents.actions import DocumentActions
from ui.forms.dates import DateEditor
from ui.forms.widgets import button, label
from ui.session import Identity, Session
from ui.settings import Settings
from ui.tokens import GRID


class PastPage(QWidget):
    """Flowchart, panel, dossier, history and schedule of a cycle as `past` holds it."""

    backRequested = Signal()
    dayRequested = Signal()

    def __init__(self, past: Cycle, identity: Identity, window: QWidget, settings: Settings) -> None:
        super().__init__()
        self.session = Session(past, identity, self)
        self.banner = Banner()
        self.page = CyclePage(self.session, DocumentActions(self.session, window, settings), settings, self)
        self.page.header.identity.hide()
        local = calendar(past.state).local(past.now())
        text = (
            f"Keadaan {full_date(local.date())} pukul {local:%H.%M}, sesudah catatan ke-{past.state.seq}. "
            "Hanya dapat dibaca; siklus sendiri tidak berubah."
        )
        acts = (("Tanggal lain…", self.dayRequested.emit), ("Kembali ke hari ini", self.backRequested.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.page, 1)
        self.banner.say("warn", text, acts, closable=False)
        self.setFocusProxy(self.page)


class DayDialog(QDialog):
    """Asks for the day to look at; `chosen` brings the cycle as it stood at its end."""

    chosen = Signal(object)  # Cycle

    def __init__(self, cycle: Cycle, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._cycle = cycle
        self.setWindowTitle("Lihat per tanggal")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.day = DateEditor(lambda: cycle.state, today)
        self.day.describe("Tanggal", "")
        self.problem = label("", "danger")
        self.problem.hide()
        self.look = button("Tampilkan", self.attempt, "primary")
        self.look.setDefault(True)
        first = calendar(cycle.state).local(cycle.store.events()[0].at).date()
        self.day.show_text(show(FieldKind.DATE, today().isoformat()))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("Batal", self.reject))
        foot.addWidget(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(label("Lihat per tanggal", "title"))
        column.addWidget(
            label(
                "Bagan alir, isian, dan riwayat ditampilkan seperti pada akhir hari itu. Siklus dibuat "
                f"{full_date(first)}."
            )
        )
        named = label("Tanggal", wrap=False)
        named.setBuddy(self.day.line)
        field = QVBoxLayout()
        field.setSpacing(GRID // 2)
        field.addWidget(named)
        field.addWidget(self.day)
        column.addLayout(field)
        column.addWidget(self.problem)
        column.addLayout(foot)
        self.setMinimumWidth(GRID * 56)
        self.day.line.setFocus()
        self.day.line.selectAll()

    def attempt(self) -> None:
        """Show the day, or say why it cannot be shown."""
        day = iso_date(parse(FieldKind.DATE, self.day.typed()).value)
        try:
            if day is None:
                raise UserError("Tulis tanggalnya, misalnya 15/2/2027.")
            past = as_of_day(self._cycle, day)
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            self.day.line.setFocus()
            return
        self.accept()
        self.chosen.emit(past)
