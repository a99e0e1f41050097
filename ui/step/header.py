"""The top of the step panel: which step, who, which round, due when; then what the SOP says of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from lkip_desktop.sop.model import Step
from lkip_desktop.words import long_date
from lkip_desktop.workflow.narrate import AUTHORITY_WORDS
from lkip_desktop.workflow.state import Visit
from lkip_desktop.workflow.transitions import last_move
from ui import theme
from ui.forms.editors import CalmCombo
from ui.forms.widgets import button, label, moment, signed
from ui.session import Session
from ui.step.standing import Mode, arrival, mode_of, stay_label

NOW = -1
_WORDS = {Mode.FUTURE: "Belum dimulai", Mode.PAST: "Sudah selesai", Mode.CLOSED: "Siklus sudah ditutup"}


class StepHeader(QWidget):
    """Name, actor, round and time of a step, with the choice of its rounds."""

    roundChosen = Signal(int)  # index into the finished stays, or NOW

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.title = label("", "title")
        self.standing = label("", "muted")
        self.due = label("", "muted")
        self.rounds = CalmCombo()
        self.rounds.setAccessibleName("Putaran yang ditampilkan")
        self.rounds.activated.connect(lambda: self.roundChosen.emit(int(self.rounds.currentData())))
        self._round_line = QWidget()
        line = QHBoxLayout(self._round_line)
        line.setContentsMargins(0, 4, 0, 0)
        line.addWidget(label("Tampilkan", "muted", wrap=False))
        line.addWidget(self.rounds, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(2)
        for part in (self.title, self.standing, self.due, self._round_line):
            layout.addWidget(part)

    def show_step(self, step: Step, stays: Sequence[Visit], chosen: int) -> None:
        """Show a step; `chosen` is the index of the stay that is looked at, or NOW."""
        state = self._session.state
        self.title.setText(f"Langkah {step.number} · {step.title}")
        self.standing.setText(self._standing(step, stays, chosen))
        self._show_due(step, chosen)
        self.rounds.clear()
        for number, stay in enumerate(stays):
            self.rounds.addItem(stay_label(state, stay), number)
        mode = mode_of(state, step)
        if mode in (Mode.CURRENT, Mode.FUTURE):
            running = (
                f"Putaran {state.visit.round} (berjalan)" if mode is Mode.CURRENT and state.visit else "Isian kini"
            )
            self.rounds.addItem(running, NOW)
        self.rounds.setCurrentIndex(self.rounds.findData(chosen))
        self._round_line.setVisible(self.rounds.count() > 1)

    def _standing(self, step: Step, stays: Sequence[Visit], chosen: int) -> str:
        state = self._session.state
        parts = [state.sop.actor_names[step.actor]]
        if step.receiver:
            parts[0] += f" → {state.sop.actor_names[step.receiver]}"
        mode = mode_of(state, step)
        visit = stays[chosen] if chosen != NOW else state.visit if mode is Mode.CURRENT else None
        if visit is None:
            parts.append(_WORDS.get(mode, ""))
        else:
            parts.append(f"putaran {visit.round}")
            parts.append(f"masuk {moment(state, visit.entered)}")
            if visit.left is not None and visit.who is not None:
                how = AUTHORITY_WORDS.get(visit.authority, "")
                parts.append(f"selesai {moment(state, visit.left)} oleh {signed(visit.who)}{how}")
        return " · ".join(part for part in parts if part)

    def _show_due(self, step: Step, chosen: int) -> None:
        current = self._session.progress().current
        here = current is not None and current.step == step.id and chosen == NOW
        self.due.setVisible(here)
        if current is not None and here:
            when = f"{long_date(current.due.date())} {current.due:%H.%M}"
            if current.late:
                self.due.setText(f"Terlambat: tenggat {when} sudah lewat")
            else:
                self.due.setText(f"Hampir habis: tenggat {when}" if current.near else f"Tenggat {when}")
            theme.set_role(self.due, "danger" if current.late else "warn" if current.near else "muted")


class UndoLine(QWidget):
    """Says which act brought the cycle here, and offers to take it back."""

    clicked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.text = label("", "small")
        self.undo = button("Batalkan…", self.clicked.emit, "quiet")
        self.undo.setAccessibleName("Batalkan langkah terakhir")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.undo)

    def refresh(self, *, wanted: bool) -> None:
        state = self._session.state
        self.setVisible(wanted and last_move(state) is not None and not self._session.read_only)
        last = state.visits[-1] if state.closed else state.visits[-2] if len(state.visits) > 1 else None
        if last is not None and last.who is not None and last.left is not None:
            step = state.sop.by_id[last.step]
            done = f"{signed(last.who)}, {moment(state, last.left)}"
            self.text.setText(f"Sebelumnya: Langkah {step.number} oleh {done}")


class StepFacts(QWidget):
    """What the SOP says of a step, why the work came back to it, and help."""

    def __init__(self, session: Session, step: Step, visit: Visit | None) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        came = arrival(session, visit) if visit else None
        if came is not None:
            layout.addWidget(_notice(came.sentence, came.reason))
        if step.help:
            layout.addWidget(label(step.help))
        layout.addWidget(_from_sop(step))


def _from_sop(step: Step) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    facts = (
        ("Persyaratan", step.requirement.clean),
        ("Waktu", str(step.duration)),
        ("Output", step.output.clean),
    )
    for row, (word, content) in enumerate(facts):
        grid.addWidget(label(word, "small", wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(content, "small"), row, 1)
    return box


def _notice(sentence: str, reason: str) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "notice-warn")
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(4)
    column.addWidget(label(f"{sentence}:", "warn"))
    column.addWidget(label(reason))
    return frame
