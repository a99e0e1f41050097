"""The head of the cycle page: where the cycle stands in one sentence, what is missing, and who sits at the PC."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.people import guarded, people
from lkip_desktop.schedule.progress import Progress
from lkip_desktop.sop.model import Step
from lkip_desktop.words import full_date, long_date
from lkip_desktop.workflow.chart import sentence
from lkip_desktop.workflow.guards import Missing, missing
from lkip_desktop.workflow.state import CycleState
from ui import marks, theme
from ui.labels import text_label
from ui.people.secret import SignInDialog, sign_in
from ui.session import Identity, Session
from ui.tokens import GRID

MINUTE = 60_000
FOR_OTHERS = "mencatat untuk yang lain"


class CycleHeader(QFrame):
    """Repaints itself on every change, and each minute, since lateness comes by itself."""

    missingRequested = Signal(str, str)  # step id, path

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._first: Missing | None = None
        self.setProperty("role", "bar")
        self.sentence = text_label("", "title")
        self._mark = QLabel()
        self.due = text_label()
        self.missing = QPushButton()
        self.missing.setProperty("role", "quiet")
        self.missing.clicked.connect(self._go_to_missing)
        self.identity = IdentityChooser(session)
        self._lay_out()
        session.changed.connect(self.refresh)
        session.identityChanged.connect(self.refresh)
        theme.notifier().changed.connect(self.refresh)
        timer = QTimer(self)
        timer.timeout.connect(self.refresh)
        timer.start(MINUTE)
        self.refresh()

    def _lay_out(self) -> None:
        facts = QHBoxLayout()
        facts.setSpacing(GRID)
        facts.addWidget(self._mark)
        facts.addWidget(self.due, 1)
        facts.addWidget(self.missing)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.sentence)
        left.addLayout(facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        row.setSpacing(GRID * 3)
        row.addLayout(left, 1)
        row.addWidget(self.identity, 0, Qt.AlignmentFlag.AlignVCenter)

    def refresh(self, _: object = None) -> None:
        """Show where the cycle stands now."""
        state, progress = self._session.state, self._session.progress()
        late = [bar.step for bar in progress.bars if bar.late]
        self.sentence.setText(sentence(state, late).rstrip("."))
        self.due.setText(due_text(progress))
        self._show_lateness(progress)
        self._show_missing(state)

    def _show_lateness(self, progress: Progress) -> None:
        status = progress.current
        how = "late" if status and status.late else "near" if status and status.near else ""
        self._mark.setVisible(bool(how))
        theme.set_role(self.due, {"late": "danger", "near": "warn"}.get(how, "muted"))
        if how:
            tokens = theme.current()
            colour = tokens.danger if how == "late" else tokens.warn
            self._mark.setPixmap(marks.pixmap(how, colour, self.devicePixelRatioF()))

    def _show_missing(self, state: CycleState) -> None:
        found = missing(state, state.step, onward(state, state.step)) if state.step else ()
        blocking = [item for item in found if item.blocks]
        self._first = next(iter(blocking or found), None)
        warnings = len(found) - len(blocking)
        parts = [f"{len(blocking)} hal belum lengkap"] if blocking else []
        parts += [f"{warnings} peringatan"] if warnings else []
        self.missing.setText(" · ".join(parts))
        self.missing.setVisible(bool(found))
        self.missing.setToolTip(self._first.text if self._first else "")
        self.missing.setAccessibleName(f"{self.missing.text()}: tunjukkan yang pertama")

    def _go_to_missing(self) -> None:
        step = self._session.state.step
        if self._first and step:
            self.missingRequested.emit(step.id, self._first.where)


def onward(state: CycleState, step: Step) -> str:
    """The decision that leads on from a step; empty when it has none to take."""
    return next((edge.label for edge in step.edges if not state.sop.returns(step, edge)), "")


def due_text(progress: Progress) -> str:
    """``Tenggat langkah Senin, 15 Februari 2027 pukul 10.00 · hari kerja ke-6 dari 10 · batas 26 Februari 2027 …``"""
    parts = []
    if status := progress.current:
        words = "Lewat tenggat sejak" if status.late else "Tenggat langkah"
        parts.append(f"{words} {full_date(status.due.date())} pukul {status.due:%H.%M}")
        if progress.days_used:
            parts.append(f"hari kerja ke-{progress.days_used} dari {progress.total_days}")
        if outlook := progress.outlook:
            late = " (perkiraan: terlambat)" if outlook.will_be_late else ""
            parts.append(f"batas akhir {long_date(outlook.effective_deadline)}{late}")
    else:
        parts.append(f"Selesai dalam {progress.days_used} hari kerja dari {progress.total_days}")
    return " · ".join(parts)


class IdentityChooser(QWidget):
    """*Bertindak sebagai*: a name, and the role of the SOP in which this person acts."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.name = QLineEdit(session.identity.name)
        self.name.setPlaceholderText("Nama Anda")
        self.name.setAccessibleName("Nama Anda, untuk riwayat")
        self.name.setToolTip("Nama ini dicatat dalam riwayat pada setiap tindakan.")
        self.name.setMaximumWidth(GRID * 22)
        self.role = QComboBox()
        self.role.setAccessibleName("Peran Anda")
        self.role.setMinimumContentsLength(len(FOR_OTHERS))
        self.role.addItem(FOR_OTHERS, "")
        for actor in session.state.sop.actors:
            self.role.addItem(actor.name, actor.id)
        self.people = QToolButton()
        self.people.setText("Pilih")
        self.people.setAccessibleName("Pilih dari orang yang bekerja di siklus ini")
        self.people.setToolTip("Pilih dari orang yang bekerja di siklus ini")
        self.people.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.people.setMenu(QMenu(self.people))
        self.people.menu().aboutToShow.connect(self._list_people)
        self._asking: SignInDialog | None = None
        self._lay_out()
        self.name.editingFinished.connect(self._chosen)
        self.role.activated.connect(self._chosen)
        session.identityChanged.connect(self._show)
        session.changed.connect(self._show_people)
        self._show()
        self._show_people()

    def _lay_out(self) -> None:
        label = text_label("Bertindak sebagai", "small", wrap=False)
        label.setBuddy(self.name)
        fields = QHBoxLayout()
        fields.setSpacing(GRID)
        fields.addWidget(self.name)
        fields.addWidget(self.people)
        fields.addWidget(self.role)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label)
        column.addLayout(fields)

    def _show(self) -> None:
        identity = self._session.identity
        self.name.setText(identity.name)
        self.role.setCurrentIndex(max(0, self.role.findData(identity.role)))

    def _show_people(self, _: object = None) -> None:
        self.people.setVisible(bool(people(self._session.state)))

    def _list_people(self) -> None:
        menu, state = self.people.menu(), self._session.state
        menu.clear()
        for person in people(state):
            role = state.sop.actor_names.get(person.role, "")
            words = f"{person.name} — {role}" if role else person.name
            act = menu.addAction(words.replace("&", "&&"))
            act.triggered.connect(lambda _=False, person=person: self.become(Identity(person.name, person.role)))

    def _chosen(self) -> None:
        self.become(Identity(" ".join(self.name.text().split()), str(self.role.currentData() or "")))

    def become(self, identity: Identity) -> None:
        """Act as somebody else from now on; a person with a password is asked for it first."""
        now = self._session.identity
        if identity == now or self._asking is not None:
            return
        person = guarded(self._session.state, identity.name)
        if person is None or person == guarded(self._session.state, now.name):
            self._session.set_identity(identity)
            return
        self._asking = sign_in(self._session, person, self.window(), lambda: self._session.set_identity(identity))
        self._asking.finished.connect(self._asked)

    def _asked(self) -> None:
        self._asking = None
        self._show()
