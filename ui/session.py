"""The open cycle as the widgets see it: they say what the person wants, this asks the use case, then tells everyone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lkip_desktop import office
from lkip_desktop.attachments import IncomingFile
from lkip_desktop.cycle_calendar import calendar, cycle_progress
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.people import Consent, MemoryBook, Person, TryBook, approver, decide
from lkip_desktop.schedule.progress import Progress
from lkip_desktop.sop.model import Step
from lkip_desktop.workflow.events import Json, Who
from lkip_desktop.workflow.state import CycleState
from lkip_desktop.workflow.transitions import Refusal

Outcome = Changed | Refusal | None
BackUpFirst = Callable[[Callable[[], object], Callable[[str], object]], object]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who sits at the PC: a name, and the role (actor id) they act in; without a role they record for others."""

    name: str
    role: str = ""


class Session(QObject):
    """One open cycle.

    Every act returns Changed, a Refusal to show, or None when the surroundings failed and `failed` has told why.
    `back_up_first(then, failed)` stands before an import: a verified backup is made beside the window, then `then` is
    called, else `failed` with a sentence; a session without a window has nothing to wait for.
    """

    changed = Signal(object)  # office.Changed: repaint what it touches
    failed = Signal(str)  # a sentence for the banner: the surroundings refused, nothing was kept
    saved = Signal()  # something was kept: the status line shows the time
    identityChanged = Signal()

    def __init__(self, cycle: Cycle, identity: Identity, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cycle = cycle
        self.identity = identity
        self.book: TryBook = MemoryBook()
        self.back_up_first: BackUpFirst = lambda then, failed: then()

    @property
    def state(self) -> CycleState:
        return self.cycle.state

    @property
    def read_only(self) -> bool:
        return self.cycle.store.read_only

    def progress(self) -> Progress:
        return cycle_progress(self.state, self.cycle.now())

    def today(self) -> date:
        """The local day of the office."""
        return calendar(self.state).local(self.cycle.now()).date()

    def set_identity(self, identity: Identity) -> None:
        self.identity = identity
        self.identityChanged.emit()

    def who(self) -> Who:
        """For ordinary acts: typing, attaching."""
        return Who(self.identity.name, self.identity.role)

    def who_at(self, step: Step) -> Who:
        """For leaving a step: in one's own role, else on behalf of whoever holds the step's role today."""
        if self.identity.role == step.actor:
            return self.who()
        return office.acting_for(self.state, step.actor, self.identity.name, self.today())

    def fill(self, changes: Mapping[str, Json]) -> Outcome:
        return self._act(lambda: office.fill(self.cycle, self.who(), changes))

    def complete(
        self, step: Step, decision: str = "", reason: str = "", answers: Mapping[str, str] | None = None
    ) -> Outcome:
        who = self.who_at(step)
        return self._act(lambda: office.complete_step(self.cycle, who, step.id, decision, reason, answers))

    def decide(
        self, step: Step, decision: str, consent: Consent, reason: str = "", answers: Mapping[str, str] | None = None
    ) -> Outcome:
        """Leave a step whose official has a password: with that word, or from paper."""
        who, day = self.who(), self.today()
        return self._act(
            lambda: decide(self.cycle, who, step, decision, consent, self.book, day=day, reason=reason, answers=answers)
        )

    def approver(self, step: Step) -> Person | None:
        """Whose own word leaving a step asks for, or None."""
        return approver(self.state, step, self.today(), self.identity.name)

    def undo(self) -> Outcome:
        return self._act(lambda: office.undo_last(self.cycle, self.who()))

    def reopen(self, step: Step, reason: str) -> Outcome:
        return self._act(lambda: office.reopen_step(self.cycle, self.who(), step.id, reason))

    def attach(self, path: str, source: Path) -> Outcome:
        return self._act(lambda: office.attach(self.cycle, self.who(), path, source))

    def detach(self, attachment: int) -> Outcome:
        return self._act(lambda: office.detach(self.cycle, self.who(), attachment))

    def restore(self, attachment: int) -> Outcome:
        return self._act(lambda: office.restore(self.cycle, self.who(), attachment))

    def keep_document(self, kind: str, file: IncomingFile, source: str = "generated") -> Outcome:
        return self._act(lambda: office.keep_document(self.cycle, self.who(), kind, file, source))

    def act(self, use_case: Callable[[Cycle, Who], Changed | Refusal]) -> Outcome:
        """Do any other use case, in the person's own name."""
        return self._act(lambda: use_case(self.cycle, self.who()))

    def snapshot(self) -> Snapshot:
        return office.snapshot(self.cycle, self.today())

    def close(self) -> None:
        self.cycle.close()

    def _act(self, act: Callable[[], Changed | Refusal]) -> Outcome:
        try:
            outcome = act()
        except UserError as error:
            return Refusal(str(error))
        except EnvironmentProblem as error:
            self.failed.emit(str(error))
            return None
        if isinstance(outcome, Changed):
            self.happened(outcome)
        return outcome

    def happened(self, outcome: Changed) -> None:
        """Tell everyone of an act that was kept beside the window."""
        self.saved.emit()
        self.changed.emit(outcome)
