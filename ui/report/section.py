"""The right side: one section with its state, its text, what the figures propose, and what moved since."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from lkip_desktop.documents.report_sections import Section, Standing, reworded
from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.workflow.events import Json
from lkip_desktop.workflow.transitions import may_change
from ui.forms.boxes import ValueBox
from ui.forms.context import FormContext
from ui.forms.editors import ParagraphEditor
from ui.forms.widgets import Notice, button, label
from ui.report.changed_box import ChangedBox
from ui.report.toolbar import MarkupBar
from ui.session import Session
from ui.tokens import GRID

WIDEST = GRID * 104
STATES = {
    Standing.WRITTEN: "Ditulis.",
    Standing.PROPOSED: "Belum ditulis; laporan memakai usulan dari angka.",
    Standing.OPEN: "Masih memuat “[lengkapi: …]”, yang hanya dapat diisi oleh kantor.",
    Standing.MISSING: "Belum ada; laporan memuat tempat yang ditandai untuk dilengkapi.",
    Standing.MOVED: "Ditulis, tetapi angkanya berubah sesudahnya.",
    Standing.HIDDEN: "Disembunyikan: tidak ikut dicetak.",
    Standing.DATA: "",
}
OPTIONAL = "Boleh kosong."
MARKUP = (
    "**tebal**, *miring*; baris berawal “- ”, “1. ”, atau “a. ” menjadi daftar, yang menjorok dua spasi menjadi "
    "anaknya. Angka seperti {rata-rata} mengikuti data."
)
CHOOSE = "Pilih bagian laporan di sebelah kiri."


class SectionView(QWidget):
    """Shows one section; `show_section` again with the same key keeps what is being typed."""

    def __init__(self, session: Session, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self.context = session, context
        self.section: Section | None = None
        self.box: ValueBox | None = None
        self.proposal_text = ""
        self._turn = 0
        self.trail, self.title = label("", "small"), label(CHOOSE, "title")
        self.state, self.reason = label("", "muted"), label("", "warn")
        self.changed = ChangedBox(session.cycle)
        self.bar = MarkupBar(session, lambda text: self.notice.say(text))
        self.notice = Notice()
        self.hint = label(MARKUP, "small")
        self.proposal = QFrame()
        self.proposed = QLabel()
        self.use = button("Pakai usulan", self.take)
        self.other = button("Usulan lain", self.reword, "quiet")
        self._place = QVBoxLayout()
        self._lay_out()
        self.changed.renewed.connect(self.renew)
        self.changed.settled.connect(self.settle)

    def _lay_out(self) -> None:
        self._lay_out_proposal()
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(GRID * 3, GRID, GRID * 3, GRID * 3)
        column.setSpacing(GRID)
        for widget in (self.trail, self.title, self.state, self.reason, self.changed, self.bar):
            column.addWidget(widget)
        column.addLayout(self._place)
        column.addWidget(self.hint)
        column.addWidget(self.notice)
        column.addSpacing(GRID)
        column.addWidget(self.proposal)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.show_section(None, ())

    def _lay_out_proposal(self) -> None:
        self.proposal.setProperty("role", "panel")
        self.proposed.setTextFormat(Qt.TextFormat.PlainText)
        self.proposed.setWordWrap(True)
        self.proposed.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.proposed.setAccessibleName("Usulan dari angka")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.use)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        column = QVBoxLayout(self.proposal)
        column.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(label("Usulan dari angka", "strong"))
        column.addWidget(self.proposed)
        column.addLayout(buttons)

    # What the outside asks

    def show_section(self, section: Section | None, trail: tuple[str, ...]) -> None:
        """Show a section as it stands now; `trail` names what it lies in."""
        before = self.section.key if self.section is not None else ""
        self.section = section
        if section is None or section.key != before:
            self._turn, self.proposal_text = 0, ""
            self.notice.say("")
            self._change_box(section)
            self.area.verticalScrollBar().setValue(0)
        self.trail.setText(" › ".join(trail))
        self.trail.setVisible(bool(trail))
        self.title.setText(section.title if section is not None else CHOOSE)
        self._show_state(section)
        self._show_proposal(section)

    def flush(self) -> bool:
        """Keep what is being typed; False when something could not be kept and still waits."""
        if self.box is not None:
            self.box.flush()
        return self.context.keeper.flush()

    def focus_text(self) -> None:
        if self.box is not None:
            self.box.editor.inner().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def editable(self) -> bool:
        return self.box is not None and not self.context.reason

    # Acts

    def take(self) -> None:
        """Put the proposal in place of the text; it can be edited or taken back."""
        section = self.section
        if section is None or not self.proposal_text:
            return
        self.flush()
        before = self._session.state.text(section.path)
        if self._fill({section.path: self.proposal_text}):
            if before:
                self.notice.say("Teks diganti dengan usulan.", lambda: self._fill({section.path: before}))
            else:
                self.notice.say("Usulan dipakai.", lambda: self._fill({section.path: None}))
            self.focus_text()

    def reword(self) -> None:
        """Show the proposal in other words."""
        section = self.section
        if section is None:
            return
        shown = self.proposal_text
        for turn in range(self._turn + 1, self._turn + 6):
            text = reworded(self._session.snapshot(), section.path, turn)
            if text and text != shown:
                self._turn, self.proposal_text = turn, text
                self.proposed.setText(text)
                return
        self.notice.say("Belum ada rumusan lain untuk bagian ini.")

    def renew(self) -> None:
        """The figures moved: write the text anew from them."""
        self.take()

    def settle(self) -> None:
        """The figures moved and the text still holds: the same text is recorded once more."""
        section = self.section
        if section is None:
            return
        self.flush()
        if self._fill({section.path: self._session.state.text(section.path)}):
            self.notice.say("Tercatat: teks sudah dibaca ulang dan tetap berlaku.")
            self.focus_text()

    # Inside

    def _fill(self, changes: Mapping[str, Json]) -> bool:
        problem = self.context.fill(changes)
        if problem:
            self.notice.say(problem)
        return not problem

    def _change_box(self, section: Section | None) -> None:
        self.flush()
        if self.box is not None:
            self.box.hide()
            self.box.deleteLater()
            self.box = None
        if section is None or not section.path:
            return
        field = FormField(section.path.rpartition("/")[2], "Teks", FieldKind.PARAGRAPH)
        self.context.reason = self._locked(section.path)
        self.box = ValueBox(self.context, section.path, field)
        self._place.addWidget(self.box)
        self.box.show()
        QWidget.setTabOrder(self.box.editor.inner(), self.use)
        QWidget.setTabOrder(self.use, self.other)
        if isinstance(self.box.editor, ParagraphEditor):
            self.bar.lead(self.box.editor.text)

    def _locked(self, path: str) -> str:
        if self._session.read_only:
            return "Siklus ini dibuka hanya untuk dibaca."
        refusal = may_change(self._session.state, path, self._session.cycle.profile)
        return refusal.message if refusal is not None else ""

    def _show_state(self, section: Section | None) -> None:
        path = section.path if section is not None else ""
        reason = self._locked(path) if path else ""
        if self.box is not None:
            self.context.reason = reason
            self.box.refresh()
        said = ""
        if section is not None:
            said = section.note or (STATES[section.standing] if section.standing else OPTIONAL if path else "")
            said = STATES[Standing.HIDDEN] if section.standing is Standing.HIDDEN else said
        self.state.setText(said)
        self.state.setVisible(bool(said))
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        editable = bool(path) and not reason
        self.bar.setVisible(editable)
        self.hint.setVisible(editable)
        moved = section.moved if section is not None else ()
        self.changed.show_moved(moved, editable=editable, proposal=bool(section and section.proposal))

    def _show_proposal(self, section: Section | None) -> None:
        text = section.proposal if section is not None else ""
        if section is not None and text and self._turn:
            text = reworded(self._session.snapshot(), section.path, self._turn) or text
        self.proposal_text = text
        self.proposed.setText(text)
        self.proposal.setVisible(bool(text))
        editable = section is not None and bool(section.path) and not self.reason.text()
        self.use.setVisible(editable)
        self.other.setVisible(editable)
        same = section is not None and self._session.state.text(section.path) == text
        self.use.setEnabled(not same)
