"""The one dialog before an act that is not ordinary: it lists what will be recorded and asks for the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.workflow.guards import Missing
from ui.forms.editors import set_property
from ui.forms.widgets import button, label
from ui.people.consent import ConsentField

REASON_MISSING = "Perbaiki: tulis alasannya; tanpa alasan tindakan ini tidak dapat dicatat."
ANSWER_MISSING = "Perbaiki: tulis alasan untuk peringatan ini, atau batalkan dan lengkapi."


@dataclass(frozen=True)
class Question:
    """What is asked before an act.

    `facts` are pairs of a word and what will be recorded. `reason` labels the field for a reason, empty when none is
    needed. `warnings` are answered one by one. `verb` is the button.
    """

    title: str
    intro: str
    facts: Sequence[tuple[str, str]]
    verb: str
    reason: str = ""
    warnings: Sequence[Missing] = ()
    danger: bool = False


class ReasonField(QWidget):
    """A sentence to be answered, and the answer; says what is wrong beside it."""

    def __init__(self, sentence: str, problem: str, text: str = "") -> None:
        super().__init__()
        self._problem_text = problem
        self.edit = QPlainTextEdit(text)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(72)
        self.edit.setAccessibleName(sentence)
        self.problem = label("", "danger")
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label(sentence))
        layout.addWidget(self.edit)
        layout.addWidget(self.problem)
        self.edit.textChanged.connect(lambda: self.complain(False))

    @property
    def text(self) -> str:
        return self.edit.toPlainText().strip()

    def complain(self, wrong: bool) -> None:
        self.problem.setText(self._problem_text if wrong else "")
        self.problem.setVisible(wrong)
        set_property(self.edit, "state", "danger" if wrong else "")


class ActDialog(QDialog):
    """Asks a Question. `agreed` brings the reason and the answers (warning → reason)."""

    agreed = Signal(str, dict)

    def __init__(
        self, question: Question, parent: QWidget, remembered: str = "", consent: ConsentField | None = None
    ) -> None:
        """`remembered` is a reason that was typed before and not used; `consent` asks the official's own word."""
        super().__init__(parent)
        self._question = question
        self.consent = consent
        self.setWindowTitle(question.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reason = ReasonField(question.reason, REASON_MISSING, remembered) if question.reason else None
        self.answers = {w.text: ReasonField(w.text, ANSWER_MISSING) for w in question.warnings}
        self.confirm = button(question.verb, self._agree, "danger" if question.danger else "primary")
        self.cancel = button("Batal", self.reject)
        self._lay_out()
        self._first().setFocus()

    def _first(self) -> QWidget:
        """What is to be typed first; where nothing is, the button that changes nothing."""
        if self.reason is not None:
            return self.reason.edit
        if self.answers:
            return next(iter(self.answers.values())).edit
        return self.consent.word.edit if self.consent is not None else self.cancel

    @property
    def typed_reason(self) -> str:
        return self.reason.text if self.reason else ""

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        column.addWidget(label(self._question.title, "title"))
        if self._question.intro:
            column.addWidget(label(self._question.intro))
        if self._question.facts:
            column.addWidget(_facts(self._question.facts))
        if self.reason is not None:
            column.addWidget(self.reason)
        if self.answers:
            column.addWidget(label("Peringatan yang perlu dijawab", "lead"))
        for field in self.answers.values():
            column.addWidget(field)
        if self.consent is not None:
            column.addWidget(self.consent)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        self._size_to(inside)

    def _size_to(self, inside: QWidget) -> None:
        """As high as its content, never higher than the screen."""
        room = self.screen().availableGeometry()
        width = min(560, room.width() - 48)
        wanted = inside.layout().heightForWidth(width - 64) + 116  # type: ignore[union-attr]
        self.resize(width, min(wanted, room.height() - 96))

    def _agree(self) -> None:
        fields = [*([self.reason] if self.reason else []), *self.answers.values()]
        for field in fields:
            field.complain(not field.text)
        wrong = next((field for field in fields if not field.text), None)
        if wrong is not None:
            wrong.edit.setFocus()
            return
        if self.consent is not None and not self.consent.agreed():
            return
        reason, answers = self.typed_reason, {text: field.text for text, field in self.answers.items()}
        self.accept()
        self.agreed.emit(reason, answers)


def _facts(facts: Sequence[tuple[str, str]]) -> QFrame:
    """What will be recorded, word beside content."""
    frame = QFrame()
    frame.setProperty("role", "notice")
    grid = QGridLayout(frame)
    grid.setContentsMargins(16, 12, 12, 12)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for row, (word, content) in enumerate(facts):
        grid.addWidget(label(word, "muted", wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(content), row, 1)
    return frame
