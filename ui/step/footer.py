"""The foot of the step panel, always in sight: what is missing, whose turn it is, and the verbs that leave the step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from lkip_desktop.sop.model import Shape, Step
from lkip_desktop.workflow.guards import Missing
from lkip_desktop.workflow.state import CycleState
from ui.forms.widgets import button, clear, label
from ui.session import Session
from ui.step.standing import Mode, mode_of, turn

LIST_HEIGHT = 140


class StepFooter(QFrame):
    """Says what can be done now. It asks nothing and changes nothing itself."""

    verbClicked = Signal(str)  # decision, empty for a step without one
    missingClicked = Signal(object)  # Missing
    reopenClicked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._step: Step | None = None
        self._found: tuple[Missing, ...] = ()
        self._listed = True
        self._for_other = False
        self.setProperty("role", "panel")
        self.summary = button("", self._toggle_list, "quiet")
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName("Hal yang belum lengkap")
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        self.note = label("", "muted")
        self.problem = label("", "danger")
        self.behalf = button("", self._reveal)
        self.reopen = button("Buka kembali langkah ini…", self.reopenClicked.emit)
        self.verbs: dict[str, QPushButton] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        self._verbs = QVBoxLayout()
        self._verbs.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.list)
        layout.addWidget(self.summary, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.problem)
        layout.addWidget(self.note)
        for part in (self.behalf, self.reopen):
            layout.addWidget(part)
        layout.addLayout(self._verbs)

    def show_step(self, step: Step) -> None:
        """Show another step: nothing is remembered from the one before."""
        self._step, self._for_other = step, False
        self.list.hide()
        self.say("")
        clear(self._verbs)
        self.verbs = {}
        for decision, text in _verbs(step, self._session.state):
            self.verbs[decision] = self._verb(text, decision, "" if self.verbs else "primary")
        for made in self.verbs.values():
            self._verbs.addWidget(made)

    def refresh(self, found: Sequence[Missing], *, looking_back: bool) -> None:
        """Show what may be done now. `found` is what is missing to go forward; `looking_back` at an earlier round."""
        if self._step is None:
            return
        state, step = self._session.state, self._step
        mode = mode_of(state, step)
        mine = self._session.identity.role == step.actor
        acting = mode is Mode.CURRENT and not looking_back and not self._session.read_only
        ready = acting and (mine or self._for_other or not self._session.identity.role)
        for made in self.verbs.values():
            made.setVisible(ready)
        self.behalf.setVisible(acting and not ready)
        self.behalf.setText(f"Catat atas nama {state.sop.actor_names[step.actor]}…")
        self.note.setText(self._note(state, step, mode, mine, looking_back))
        self.note.setVisible(bool(self.note.text()))
        past = mode in (Mode.PAST, Mode.CLOSED) and bool(state.stays(step.id))
        self.reopen.setVisible(past and not self._session.read_only)
        self._show_found(tuple(found) if acting else ())

    def say(self, problem: str) -> None:
        """Why the last act was not done; empty takes it away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def show_list(self) -> None:
        """Open the list of what is missing."""
        self._fill_list()
        self.list.setVisible(bool(self._found))
        self._say_found()

    @property
    def primary(self) -> QPushButton | None:
        """The button that goes forward, if it can be pressed."""
        made = next(iter(self.verbs.values()), None)
        return made if made is not None and made.isVisibleTo(self) else None

    def _verb(self, text: str, decision: str, role: str) -> QPushButton:
        return button(text, lambda: self.verbClicked.emit(decision), role)

    def _note(self, state: CycleState, step: Step, mode: Mode, mine: bool, looking_back: bool) -> str:
        if self._session.read_only:
            return "Siklus ini dibuka hanya untuk dibaca."
        if mode is Mode.CLOSED:
            return "Siklus sudah ditutup. Langkah yang perlu diperbaiki dapat dibuka kembali, dengan alasan."
        if looking_back or mode is Mode.PAST:
            return f"Hanya dibaca: isian seperti saat langkah ini ditinggalkan. Sekarang {turn(state)}."
        if mode is Mode.FUTURE:
            return f"Isian langkah ini dapat disiapkan lebih dahulu. Sekarang {turn(state)}."
        official = self._session.approver(step)
        if official is not None and (mine or self._for_other or not self._session.identity.role):
            return f"Keputusan ini memerlukan kata sandi {official.name}, atau dicatat dari persetujuan tertulis."
        if mine:
            return ""
        if self._for_other or not self._session.identity.role:
            who = self._session.who_at(step)
            if not who.name.strip():
                return f"Akan dicatat atas nama {who.behalf.rstrip('.')}. Isi dahulu nama Anda sebagai pencatat."
            if not who.behalf:
                return f"Akan dicatat: {who.name}, {state.sop.actor_names[step.actor]}."
            return f"Akan dicatat: {who.name} atas nama {who.behalf.rstrip('.')}."
        own = state.sop.actor_names.get(self._session.identity.role, "peran lain")
        return f"Giliran {state.sop.actor_names[step.actor]}. Anda bertindak sebagai {own}."

    def _reveal(self) -> None:
        self._for_other = True
        self.refresh(self._found, looking_back=False)
        first = self.primary
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_found(self, found: tuple[Missing, ...]) -> None:
        if found != self._found:
            self._found, self._listed = found, False
        if not found:
            self.list.hide()
            self.say("")
        if self.list.isVisibleTo(self):
            self._fill_list()
        self._say_found()

    def _fill_list(self) -> None:
        """Only when it is looked at: there may be thousands of rows, and each key may change them."""
        if self._listed:
            return
        self._listed = True
        self.list.clear()
        for item in self._found:
            prefix = "Wajib" if item.blocks else "Dianjurkan"
            row = QListWidgetItem(f"{prefix}: {item.text}", self.list)
            row.setData(Qt.ItemDataRole.UserRole, item)
        height, count = 4, self.list.count()
        height += sum(self.list.sizeHintForRow(row) for row in range(min(count, LIST_HEIGHT)))
        self.list.setFixedHeight(min(max(height, 32), LIST_HEIGHT))

    def _say_found(self) -> None:
        blocking = sum(item.blocks for item in self._found)
        parts = [f"{blocking} hal belum lengkap"] if blocking else []
        if len(self._found) > blocking:
            parts.append(f"{len(self._found) - blocking} dianjurkan")
        arrow = "sembunyikan" if self.list.isVisibleTo(self) else "lihat"
        self.summary.setText(f"{' · '.join(parts)} — {arrow}" if parts else "")
        self.summary.setVisible(bool(parts))

    def _toggle_list(self) -> None:
        self._fill_list()
        self.list.setVisible(not self.list.isVisibleTo(self))
        self._say_found()

    def _go(self, row: QListWidgetItem) -> None:
        self.missingClicked.emit(row.data(Qt.ItemDataRole.UserRole))


def _verbs(step: Step, state: CycleState) -> list[tuple[str, str]]:
    """Decision and button text of each way out, the way forward first."""
    if step.shape is Shape.END or not step.edges:
        return [("", step.verb)]
    ordered = sorted(step.edges, key=lambda edge: state.sop.returns(step, edge))
    return [(edge.label, edge.verb) for edge in ordered]
