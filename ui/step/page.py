"""What scrolls in the step panel: facts, form and documents of one step, built a little at a time."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lkip_desktop.sop.model import Step
from lkip_desktop.workflow.state import CycleState, Visit
from ui.archive.box import ArchiveBox
from ui.documents.actions import DocumentActions
from ui.exchange.actions import Exchange
from ui.exchange.box import ExchangeBox
from ui.forms.form import FormView
from ui.report.box import ComposerBox
from ui.report_review.actions import ReportReview
from ui.report_review.box import ReviewBox
from ui.session import Session
from ui.step.documents import DocumentsBox, DocumentsLine
from ui.step.header import StepFacts, UndoLine


class StepPage(QWidget):
    """Belongs to one step and one stay. Its parts are there when `build` has ended; `form` is there from the start."""

    undoRequested = Signal()
    pathChosen = Signal(str)
    composerRequested = Signal()

    back: UndoLine
    post: ExchangeBox
    line: DocumentsLine
    composer: ComposerBox
    papers: DocumentsBox
    reviewing: ReviewBox
    archive: ArchiveBox

    def __init__(self, session: Session, step: Step, visit: Visit | None, form: FormView, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self.step, self._visit, self.form = session, step, visit, form

    def build(self, documents: DocumentActions, exchange: Exchange, review: ReportReview) -> Iterator[None]:
        """Make the parts; yields after each piece of work, a field of the form being one."""
        session, step = self._session, self.step
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 24)
        column.setSpacing(20)
        self.back, self.line, self.composer = UndoLine(session), DocumentsLine(step), ComposerBox(step)
        self.post = ExchangeBox(session, documents, exchange, step)
        self.back.clicked.connect(self.undoRequested)
        self.line.chosen.connect(self.pathChosen)
        self.composer.opened.connect(self.composerRequested)
        facts = StepFacts(session, step, self._visit)
        for part in (facts, self.back, self.post, self.line, self.composer, self.form):
            column.addWidget(part)
        yield
        yield from self.form.build()
        self.papers = DocumentsBox(documents, step)
        column.addWidget(self.papers)
        yield
        self.reviewing = ReviewBox(session, review, step)
        self.archive = ArchiveBox(session, step, self.form.flush)
        column.addWidget(self.reviewing)
        column.addWidget(self.archive)
        column.addStretch(1)

    def refresh(self, state: CycleState, *, editable: bool, may_undo: bool) -> None:
        """Show the documents as they stand in `state`, and offer what may be done."""
        self.line.refresh(state)
        self.papers.refresh(state, may_keep=editable)
        self.archive.refresh()
        self.post.refresh(editable=editable)
        self.reviewing.refresh(editable=editable)
        self.back.refresh(wanted=may_undo)

    def focus_path(self, path: str) -> QWidget | None:
        """Put the focus on the part that a path names; what is to be brought into sight, unless the form does so."""
        base = path.split("/")[0]
        if self.reviewing.holds(base):
            self.reviewing.focus()
            return self.reviewing
        if base in self.papers.parts:
            self.papers.focus(base)
            return self.papers.parts[base]
        self.form.focus_path(path)
        return None

    def holds(self, base: str) -> bool:
        """Whether a field or document is on this page."""
        return base in self.form.boxes or base in self.papers.parts
