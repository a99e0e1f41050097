"""The panel of the selected step: head, facts, form and documents that scroll, and a foot with the verbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from time import perf_counter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from lkip_desktop.office import Changed
from lkip_desktop.sop.model import Edge, Step
from lkip_desktop.workflow.guards import Missing, missing
from lkip_desktop.workflow.state import CycleState, Visit
from lkip_desktop.workflow.transitions import Refusal
from ui.documents.actions import DocumentActions
from ui.exchange.actions import Exchange
from ui.forms.form import FormView
from ui.people.consent import ConsentField, consent_field
from ui.report.box import ELSEWHERE
from ui.report_review.actions import ReportReview
from ui.session import Session
from ui.step import questions
from ui.step.dialogs import ActDialog, Question
from ui.step.footer import StepFooter
from ui.step.header import NOW, StepHeader
from ui.step.page import StepPage
from ui.step.standing import Mode, finished_stays, forward_edge, mode_of, state_when_left

TURN_S = 0.012
"""How long a page is built before the window may do something else."""
_END = object()


class StepPanel(QWidget):
    """Shows one step at a time; `show_step` chooses it.

    The head and the foot follow at once. The page between them is built beside the window's other work, and put in
    its place when it is whole; whoever asks for `page` gets it whole.
    """

    stepRequested = Signal(str, str)  # step and path: what is missing lies elsewhere
    reportRequested = Signal(str)  # a path of the report's texts, or empty

    def __init__(self, session: Session, documents: DocumentActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._documents = session, documents
        self.step: Step | None = None
        self.chosen = NOW
        self.exchange = Exchange(session, self, documents)
        self.review = ReportReview(session, self, documents)
        self.dialog: ActDialog | None = None
        self._page: StepPage | None = None
        self._building: Iterator[None] | None = None
        self._built = False
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._build_more)
        # Forms with something that could not be kept wait here, so that it is not lost.
        self._waiting: dict[str, FormView] = {}
        self._reasons: dict[str, str] = {}
        self._shown: object = None
        self.header = StepHeader(session)
        self.area = QScrollArea()
        self.footer = StepFooter(session)
        self._lay_out()
        self.review.placeRequested.connect(self.stepRequested)
        self.header.roundChosen.connect(self.show_round)
        self.footer.verbClicked.connect(self._verb)
        self.footer.missingClicked.connect(self._lead_to)
        self.footer.reopenClicked.connect(self._ask_reopen)
        session.changed.connect(self._follow)
        session.identityChanged.connect(self._refresh)

    def _lay_out(self) -> None:
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.footer)
        self.setFocusProxy(self.area)

    # What the outside asks

    def show_step(self, step_id: str) -> None:
        """Show a step as it is now; one that is over as it was when it was last left."""
        step = self._session.state.sop.by_id[step_id]
        if self.step is None or self.step.id != step.id:
            self.flush()
            self.step = step
            self.footer.show_step(step)
            self._shown = None
        self.show_round(self._latest_round(step))

    def show_round(self, chosen: int) -> None:
        """Show a finished stay by its index, or NOW."""
        self.chosen = chosen
        if self.step is not None:
            self._rebuild_if_needed(self.step)
            self._refresh()

    @property
    def building(self) -> bool:
        """Whether the page is not in its place yet."""
        return self._building is not None

    @property
    def page(self) -> StepPage:
        """The page of the step that is shown, whole. Only after the first `show_step`."""
        self._build_whole()
        assert self._page is not None
        return self._page

    def focus_path(self, path: str) -> None:
        """Lead to a field or cell of this step, or to the document that a path names."""
        if path.split("/")[0] in ELSEWHERE:
            self.reportRequested.emit(path)
        elif self.step is not None:
            part = self.page.focus_path(path)
            if part is not None:
                self.area.ensureWidgetVisible(part)

    def flush(self) -> bool:
        """Keep what is being typed; False when something could not be kept and still waits."""
        return self._page.form.flush() if self._page is not None else True

    def complete(self) -> None:
        """Do what the main button does, if it is there."""
        if self.footer.primary is not None:
            self.footer.primary.click()
        elif self.footer.behalf.isVisibleTo(self.footer):
            self.footer.behalf.click()

    # Showing

    def _latest_round(self, step: Step) -> int:
        stays = finished_stays(self._session.state, step)
        over = mode_of(self._session.state, step) in (Mode.PAST, Mode.CLOSED)
        return len(stays) - 1 if over and stays else NOW

    def _stays(self) -> Sequence[Visit]:
        return finished_stays(self._session.state, self.step) if self.step else ()

    def _rebuild_if_needed(self, step: Step) -> None:
        """The facts depend on the stay that is shown; the form stays as long as the step does."""
        visit = self._visit(step)
        entered = visit.entered_seq if visit else 0
        if self._shown == (step.id, self.chosen, entered):
            return
        self._shown = (step.id, self.chosen, entered)
        if self._page is not None and self._page.step.id == step.id:
            self._build_whole()
        form = self._take_form(step)
        if self._building is not None and self._page is not None:
            self._page.deleteLater()
        page = self._page = StepPage(self._session, step, visit, form, self.area.viewport())
        # Else it would appear with the panel, should that be shown while it is built.
        page.hide()
        page.undoRequested.connect(self._ask_undo)
        page.pathChosen.connect(self.focus_path)
        page.composerRequested.connect(lambda: self.reportRequested.emit(""))
        self._building, self._built = page.build(self._documents, self.exchange, self.review), False
        if form.whole:
            # It may come out of the page that is still to be seen.
            self._build_whole()
        else:
            self._turn.start()

    def _build_more(self) -> None:
        """Build for a moment, then let the window have its turn."""
        until = perf_counter() + TURN_S
        while perf_counter() < until:
            if not self._advance():
                return
            if self._built:
                # To put it in its place takes a turn of its own.
                break
        self._turn.start()

    def _build_whole(self) -> None:
        while self._advance():
            pass

    def _advance(self) -> bool:
        """Build one more piece, then put all in its place; False when that is done."""
        if self._building is None or self._page is None:
            return False
        if not self._built:
            self._built = next(self._building, _END) is _END
            return True
        gone = self.area.widget()
        if isinstance(gone, StepPage):
            gone.form.flush()
        self._building = None
        self._turn.stop()
        self.area.setWidget(self._page)
        self._page.form.show()
        self._refresh_page()
        return False

    def _take_form(self, step: Step) -> FormView:
        """The step's form, taken out of the page that is about to go; another step's goes with that page."""
        old = self._page.form if self._page is not None else None
        if self._page is not None and old is not None:
            old.flush()
            same = self._page.step.id == step.id
            if same or old.pending:
                old.hide()
                old.setParent(self)
            if same:
                return old
            if old.pending:
                self._waiting[self._page.step.id] = old
        fields = [field for field in step.fields if field.id not in ELSEWHERE]
        return self._waiting.pop(step.id, None) or FormView(
            self._session, fields, documents=self._documents, at_once=False
        )

    def _visit(self, step: Step) -> Visit | None:
        """The stay that is shown: a finished one, or the open one of the current step."""
        stays = finished_stays(self._session.state, step)
        if self.chosen != NOW:
            return stays[self.chosen] if self.chosen < len(stays) else None
        return self._session.state.visit if mode_of(self._session.state, step) is Mode.CURRENT else None

    def _follow(self, event: Changed) -> None:
        """After an act: another mode or round may be due."""
        if self.step is None:
            return
        if self.step.id in event.steps or self._session.state.closed:
            self.chosen = self._latest_round(self.step)
        self.show_round(self.chosen)

    def _refresh(self) -> None:
        step, page = self.step, self._page
        if step is None or page is None:
            return
        state, stays = self._session.state, self._stays()
        if self.chosen >= len(stays):
            self.chosen = self._latest_round(step)
        past, mode = self._past_state(page.form), mode_of(state, step)
        self.header.show_step(step, stays, self.chosen)
        page.form.set_values_from(past)
        page.form.set_read_only("Langkah ini sudah selesai." if self._is_over(step, past) else "")
        self.footer.refresh(self._missing(state, step) if mode is Mode.CURRENT else (), looking_back=past is not None)
        if self._building is None:
            self._refresh_page()

    def _refresh_page(self) -> None:
        step, page = self.step, self._page
        if step is None or page is None:
            return
        past, mode = page.form.context.past, mode_of(self._session.state, step)
        editable = past is None and not self._is_over(step, past) and not self._session.read_only
        may_undo = mode is Mode.CLOSED or (mode is Mode.CURRENT and past is None)
        page.refresh(past or self._session.state, editable=editable, may_undo=may_undo)

    def _is_over(self, step: Step, past: CycleState | None) -> bool:
        return past is None and mode_of(self._session.state, step) in (Mode.PAST, Mode.CLOSED)

    def _past_state(self, form: FormView) -> CycleState | None:
        if self.chosen == NOW:
            return None
        visit = self._stays()[self.chosen]
        shown = form.context.past
        return shown if shown is not None and shown.seq == visit.left_seq else state_when_left(self._session, visit)

    def _missing(self, state: CycleState, step: Step) -> tuple[Missing, ...]:
        edge = forward_edge(state, step)
        return missing(state, step, edge.label if edge else "")

    # Leaving the step

    def _verb(self, decision: str) -> None:
        """The person wants to leave the step: lead to what is missing, ask what must be asked, else do it."""
        if self.step is None:
            return
        step, form = self.step, self.page.form
        if not form.flush():
            self.footer.say("Ada isian yang belum dapat disimpan. Perbaiki dahulu; alasannya ada di samping isian itu.")
            return
        found = missing(self._session.state, step, decision)
        blocking = [item for item in found if item.blocks]
        form.show_missing(found)
        if blocking:
            self.footer.say(f"Langkah belum dapat diselesaikan: {len(blocking)} hal belum lengkap.")
            self.footer.show_list()
            self._lead_to(blocking[0])
            return
        edge = step.edge(decision)
        if step.decisions or found or self._returns(step, edge):
            question = questions.leaving(self._session, step, edge, found)
            official = self._session.approver(step)
            field = consent_field(self._session, official) if official else None
            self._ask(question, f"{step.id}/{decision}", partial(self._leave, decision, field), field)
        else:
            self._leave(decision, None, "", {})

    def _returns(self, step: Step, edge: Edge | None) -> bool:
        return edge is not None and self._session.state.sop.returns(step, edge)

    def _leave(self, decision: str, field: ConsentField | None, reason: str, answers: dict[str, str]) -> None:
        if self.step is None:
            return
        if field is not None:
            self._tell(self._session.decide(self.step, decision, field.consent, reason, answers))
        else:
            self._tell(self._session.complete(self.step, decision, reason, answers))

    def _ask_reopen(self) -> None:
        step = self.step
        if step is not None:
            question = questions.reopening(self._session, step)
            self._ask(question, f"{step.id}/reopen", lambda reason, _: self._tell(self._session.reopen(step, reason)))

    def _ask_undo(self) -> None:
        question = questions.undoing(self._session)
        self._ask(question, "", lambda *_: self._tell(self._session.undo()))

    def _ask(self, question: Question, key: str, then: object, consent: ConsentField | None = None) -> None:
        """Ask; a reason that was typed and not used is there again the next time."""
        dialog = ActDialog(question, self.window(), self._reasons.get(key, ""), consent)
        self.dialog = dialog
        dialog.agreed.connect(then)
        dialog.rejected.connect(lambda: self._reasons.__setitem__(key, dialog.typed_reason))
        dialog.accepted.connect(lambda: self._reasons.pop(key, None))
        dialog.open()

    def _tell(self, outcome: Changed | Refusal | None) -> None:
        if isinstance(outcome, Refusal):
            self.footer.say(outcome.message)
        elif outcome is not None:
            self.footer.say("")
            # The button that was pressed is gone; left alone, keys would go to whatever the window has next.
            self.area.setFocus()

    def _lead_to(self, item: Missing) -> None:
        """Go to the field that mends something, here or on another page."""
        base = item.where.split("/")[0]
        owner = self._session.state.sop.fields.get(base)
        if self.page.reviewing.holds(base):
            self.review.show_completeness()
        elif self.page.holds(base):
            self.focus_path(item.where)
        elif owner is not None:
            self.stepRequested.emit(owner[0].id, item.where)
