"""The dialog *Terbitkan surat*: number, date and signer proposed, doubts told while typing, the words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop import letters, signers
from lkip_desktop.cycle_calendar import iso_date
from lkip_desktop.cycle_data import Official
from lkip_desktop.documents.catalog import KINDS
from lkip_desktop.documents.letter_facts import LETTER_FACTS
from lkip_desktop.letters import Order
from lkip_desktop.register import Register
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.values import parse, show
from lkip_desktop.workflow.state import Signer
from lkip_desktop.workflow.transitions import Refusal
from ui.forms.choices import named
from ui.forms.dates import DateEditor
from ui.forms.editors import CalmCombo
from ui.forms.widgets import button, clear, label
from ui.letters.dialog import ScrollingDialog
from ui.session import Session
from ui.tokens import GRID

FORM_WIDTH, WORDS_WIDTH = GRID * 52, GRID * 46
OWN_OFFICE = "Atas jabatannya sendiri"
NOBODY = "— pilih pejabat —"
QUIET_MS = 150
"""After the last key until doubts and words are looked at again."""


class IssueDialog(ScrollingDialog):
    """Asks for what a letter gets when it is issued. `ordered` brings it, and whether it is to be printed at once."""

    ordered = Signal(object, bool)  # tuple of letters.Order

    def __init__(self, session: Session, kind: str, subject: str, register: Register, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._kind, self._subject, self._register = session, kind, subject, register
        self._older = letters.current(session.cycle, kind, subject)
        self._snapshot = session.snapshot()
        self._numbered = LETTER_FACTS[kind].numbered
        self._beside = () if self._older else letters.drafts_beside(self._snapshot, kind, subject)
        self.others = QCheckBox(f"Juga untuk {len(self._beside)} penerima lain, dengan nomor yang sama")
        self._own = {"number": False, "signer": False}
        self.number, self.signer, self.authority = QLineEdit(), CalmCombo(), CalmCombo()
        self.date = DateEditor(lambda: session.state, session.today)
        self.reason, self.words, self.name = QPlainTextEdit(), QPlainTextEdit(), QLineEdit()
        self.again = button("Usulkan lagi", self._propose_again, "quiet")
        self.doubts, self.problem = QVBoxLayout(), label("", "danger")
        # On a small screen the doubts lie below the fold: how many there are stands beside the buttons.
        self.count = button("", self._show_first_doubt, "quiet")
        self.confirm = button("Terbitkan", lambda: self._confirm(printing=False))
        self.print = button("Terbitkan dan cetak…", lambda: self._confirm(printing=True), "primary")
        self._lay_out()
        self._fill()
        self._connect()
        self._look()
        first = self.reason if self._older else self.print if self._session.identity.name.strip() else self.name
        first.setFocus()

    # Building

    def _lay_out(self) -> None:
        verb = "Terbitkan versi baru" if self._older else "Terbitkan"
        self.setWindowTitle(f"{verb}: {KINDS[self._kind].title}")
        form = QVBoxLayout()
        form.setSpacing(GRID * 2)
        form.addWidget(label(f"{verb} {KINDS[self._kind].title}", "title"))
        form.addWidget(label(self._introduction(), "muted"))
        if self._older:
            form.addLayout(_field("Alasan menggantikan", self.reason))
            self.reason.setFixedHeight(GRID * 8)
            self.reason.setTabChangesFocus(True)
        if self._numbered:
            beside = QHBoxLayout()
            beside.setSpacing(GRID // 2)
            beside.addWidget(self.number, 1)
            beside.addWidget(self.again)
            form.addLayout(_field("Nomor surat", self.number, beside))
        self.date.setMaximumWidth(GRID * 28)
        form.addLayout(_field("Tanggal surat", self.date.line, self.date))
        form.addLayout(_field("Penanda tangan", self.signer))
        self._authority_field = QWidget()
        self._authority_field.setLayout(_field("Kewenangan", self.authority))
        form.addWidget(self._authority_field)
        if not self._session.identity.name.strip():
            # Who issues is part of the history; the field in the window's head is behind this dialog.
            form.addLayout(_field("Nama Anda (dicatat dalam riwayat)", self.name))
        if self._beside:
            self.others.setChecked(True)
            form.addWidget(self.others)
        self.doubts.setSpacing(GRID // 2)
        form.addLayout(self.doubts)
        form.addWidget(self.problem)
        form.addStretch(1)
        self.again.setAccessibleName("Usulkan lagi nomor surat")
        for combo in (self.signer, self.authority):
            combo.setMinimumContentsLength(24)
        self.problem.hide()
        self.count.hide()
        self.show_parts(form, self._paper(), [self.count, self.confirm, self.print], (FORM_WIDTH, WORDS_WIDTH))

    def _introduction(self) -> str:
        if self._older:
            return f"Versi ini {letters.replaced_words(self._older)}. Versi lama tetap tersimpan apa adanya."
        return "Setelah terbit, isi surat dan berkasnya dibekukan. Perbaikan dibuat sebagai versi baru."

    def _paper(self) -> QVBoxLayout:
        self.words.setReadOnly(True)
        self.words.setAccessibleName("Isi surat")
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(GRID * 20)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout()
        column.setSpacing(GRID // 2)
        column.addWidget(label("Isi surat yang diterbitkan", "strong"))
        column.addWidget(self.words, 1)
        return column

    def _fill(self) -> None:
        day = letters.usual_day(self._session.state, self._kind, self._session.today())
        if self._older:
            day = date.fromisoformat(self._older.date)
        self.date.show_text(show(FieldKind.DATE, day.isoformat()))
        self.signer.addItem(NOBODY, None)
        for official in signers.eligible(self._snapshot, day):
            self.signer.addItem(_signer_words(official, day), official)
        self._propose(day)

    def _connect(self) -> None:
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self._look)
        self.number.textEdited.connect(self._number_typed)
        self.date.edited.connect(self._date_typed)
        self.signer.activated.connect(self._signer_chosen)
        self.authority.activated.connect(self._timer.start)
        self.reason.textChanged.connect(self._timer.start)

    # Proposing

    def _propose(self, day: date) -> None:
        """Put in what the day asks for, where nothing was typed or chosen by hand."""
        if not self._own["number"]:
            cycle = self._session.cycle
            self.number.setText(letters.number_for(cycle, self._kind, self._subject, day, self._register))
        if not self._own["signer"]:
            proposed = signers.proposed(self._kind, self._snapshot, day)
            self.signer.setCurrentIndex(max(0, self._place_of(proposed)))
            self._offer_authorities(day)

    def _place_of(self, official: Official | None) -> int:
        known = [self.signer.itemData(n) for n in range(self.signer.count())]
        return next((n for n, found in enumerate(known) if found and official and found.id == official.id), 0)

    def _offer_authorities(self, day: date | None) -> None:
        official = self.signer.currentData()
        on = day or self._session.today()
        offered = signers.authorities(self._kind, self._snapshot, official, on) if official else ("",)
        self.authority.clear()
        for authority in offered:
            self.authority.addItem(", ".join(authority.splitlines()) or OWN_OFFICE, authority)
        self._authority_field.setVisible(len(offered) > 1)

    def _propose_again(self) -> None:
        self._own["number"] = False
        if self.day is not None:
            self._propose(self.day)
        self._look()

    def _number_typed(self) -> None:
        self._own["number"] = True
        self._timer.start()

    def _date_typed(self) -> None:
        if self.day is not None:
            self._propose(self.day)
        self._timer.start()

    def _signer_chosen(self) -> None:
        self._own["signer"] = True
        self._offer_authorities(self.day)
        self._timer.start()

    # What is asked for

    @property
    def day(self) -> date | None:
        """The date that stands there, or None when it cannot be read."""
        return iso_date(parse(FieldKind.DATE, self.date.typed()).value)

    def order(self) -> Order:
        """What is asked for as it stands now."""
        official: Official | None = self.signer.currentData()
        signer = signers.frozen(official, self.authority.currentData() or "") if official else Signer("")
        number, reason = self.number.text().strip(), self.reason.toPlainText().strip()
        return Order(self._kind, self._subject, number, self.day, signer, official.id if official else "", reason)

    def orders(self) -> tuple[Order, ...]:
        """One order for each of those who get the letter now."""
        order = self.order()
        beside = self._beside if self.others.isChecked() else ()
        return (order, *(replace(order, subject=other) for other in beside))

    def _look(self) -> None:
        """Tell the doubts and show the words as they stand."""
        self._timer.stop()
        self._show_doubts(list(self._found()))
        at = self.words.verticalScrollBar().value()
        self.words.setPlainText(letters.draft_words(self._session.cycle, self.order(), self._session.today()))
        self.words.verticalScrollBar().setValue(at)

    def _found(self) -> Sequence[str]:
        day, typed = self.day, self.date.typed()
        if day is None:
            return [parse(FieldKind.DATE, typed).problem or "Isi dahulu tanggal surat."]
        order, official = self.order(), self.signer.currentData()
        cycle, register = self._session.cycle, self._register
        found = list(letters.number_doubts(cycle, self._kind, self._subject, order.number, day, register))
        found += signers.doubts(self._kind, self._snapshot, official, day) if official else []
        return [*found, *(f"Tidak ikut dihitung: {problem}" for problem in register.unread)]

    def _show_doubts(self, found: Sequence[str]) -> None:
        clear(self.doubts)
        self.count.setText(f"{len(found)} peringatan, lihat")
        self.count.setVisible(bool(found))
        for sentence in found:
            frame = QFrame()
            frame.setProperty("role", "notice-warn")
            inside = QHBoxLayout(frame)
            inside.setContentsMargins(GRID * 2, GRID // 2, GRID, GRID // 2)
            inside.addWidget(label(sentence, "warn"))
            self.doubts.addWidget(frame)
        self.number.setAccessibleDescription(" ".join(found))

    def _show_first_doubt(self) -> None:
        last = self.doubts.itemAt(self.doubts.count() - 1)
        widget = last.widget() if last is not None else None
        if widget is not None:
            self.area.ensureWidgetVisible(widget)

    # Issuing

    def _confirm(self, *, printing: bool) -> None:
        self.complain("")
        if name := self.name.text().strip():
            self._session.set_identity(replace(self._session.identity, name=name))
        self.ordered.emit(self.orders(), printing)

    def complain(self, sentence: str) -> None:
        """Say why the letter was not issued; the dialog stays."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if sentence:
            self.area.ensureWidgetVisible(self.problem)

    def refuse(self, refusal: Refusal) -> None:
        """Tell a refusal and lead to what mends it."""
        self.complain(" ".join((refusal.message, *(reason.text for reason in refusal.reasons))))
        order = self.order()
        if self._older and not order.reason:
            self.reason.setFocus()
        elif order.day is None:
            self.date.line.setFocus()
        elif self._numbered and not order.number:
            self.number.setFocus()
        elif not order.signer.name:
            self.signer.setFocus()
        elif not self._session.identity.name.strip():
            self.name.setFocus()


def _field(name: str, widget: QWidget, shown: QWidget | QHBoxLayout | None = None) -> QVBoxLayout:
    """A label above its field."""
    widget.setAccessibleName(name)
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID // 2)
    title = label(name, wrap=False)
    title.setBuddy(widget)
    column.addWidget(title)
    if isinstance(shown, QHBoxLayout):
        column.addLayout(shown)
    else:
        column.addWidget(shown or widget)
    return column


def _signer_words(official: Official, day: date) -> str:
    away = "" if official.serves(day) else " (tidak menjabat pada tanggal ini)"
    return named(official) + away
