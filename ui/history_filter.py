"""The filters of the history beside topic and words: a person, a step, and a range of days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from lkip_desktop.cycle_calendar import iso_date
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.values import parse
from lkip_desktop.workflow.narrate import Entry
from ui.forms.dates import DateEditor
from ui.forms.editors import CalmCombo, set_property
from ui.forms.widgets import label
from ui.session import Session
from ui.tokens import GRID

EVERYONE, EVERY_STEP = "semua orang", "semua langkah"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the entries looked for have in common; empty and None mean any. Days are local, both ends included."""

    person: str = ""
    step: str = ""
    first: date | None = None
    last: date | None = None

    def fits(self, entry: Entry, local: Callable[[datetime], datetime]) -> bool:
        """Whether an entry is wanted; a run of typing counts on each of its days."""
        if self.person and entry.who.name != self.person:
            return False
        if self.step and entry.step != self.step:
            return False
        if self.first is not None and local(entry.last).date() < self.first:
            return False
        return self.last is None or local(entry.first).date() <= self.last


class FilterBar(QWidget):
    """Four choices in two rows, which also fit beside the flowchart."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person, self.step = CalmCombo(), CalmCombo()
        self.first = DateEditor(lambda: session.state, session.today)
        self.last = DateEditor(lambda: session.state, session.today)
        self.person.addItem(EVERYONE, "")
        self.step.addItem(EVERY_STEP, "")
        for step in session.state.sop.steps:
            self.step.addItem(f"{step.number}. {step.title}", step.id)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        placed = (("Siapa", self.person, 0, 0), ("Langkah", self.step, 0, 2), ("Dari", self.first, 1, 0))
        for words, part, row, column in (*placed, ("Sampai", self.last, 1, 2)):
            named = label(words, "small", wrap=False)
            named.setBuddy(part)
            grid.addWidget(named, row, column)
            grid.addWidget(part, row, column + 1)
            part.setAccessibleName(f"Saring riwayat: {words}")
        for combo in (self.person, self.step):
            combo.activated.connect(self.changed)
        for editor, words in ((self.first, "Dari tanggal"), (self.last, "Sampai tanggal")):
            editor.describe(words, "")
            editor.line.setPlaceholderText("tgl/bln/thn")
            editor.left.connect(self.changed)
        self.setFocusProxy(self.person)

    def offer(self, entries: Sequence[Entry]) -> None:
        """List everyone who appears in the history; the chosen one stays chosen."""
        names = sorted({entry.who.name for entry in entries if entry.who.name}, key=str.casefold)
        chosen = self.person.currentData()
        self.person.clear()
        self.person.addItem(EVERYONE, "")
        for name in names:
            self.person.addItem(name, name)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))

    def wanted(self) -> Wanted:
        """What is chosen now; a day that cannot be read is marked and counts as none."""
        return Wanted(
            str(self.person.currentData() or ""),
            str(self.step.currentData() or ""),
            _day(self.first),
            _day(self.last),
        )

    def count(self) -> int:
        """How many filters are on."""
        wanted = self.wanted()
        return sum(bool(part) for part in (wanted.person, wanted.step, wanted.first, wanted.last))

    def reset(self) -> None:
        """Show everything again."""
        for combo in (self.person, self.step):
            combo.setCurrentIndex(0)
        for editor in (self.first, self.last):
            editor.show_text("")
        self.changed.emit()


def _day(editor: DateEditor) -> date | None:
    text = editor.typed().strip()
    day = iso_date(parse(FieldKind.DATE, text).value) if text else None
    set_property(editor.line, "state", "danger" if text and day is None else "")
    return day
