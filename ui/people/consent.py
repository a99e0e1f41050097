"""How an official agrees to a decision: with the own password, or on paper that a clerk records."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from lkip_desktop.people import Consent, Person, check
from ui.forms.widgets import label
from ui.people.secret import SecretField
from ui.session import Session
from ui.tokens import GRID

ON_PAPER = "Dicatat atas nama pejabat dari persetujuan tertulis; riwayat menyebutnya demikian."


class ConsentField(QWidget):
    """A line for the official's password, and the other way: a record of what was approved on paper."""

    def __init__(self, official: Person, verify: Callable[[str], str]) -> None:
        """`verify` says what is wrong with a word; empty when it is right."""
        super().__init__()
        self._verify = verify
        self.word = SecretField(f"Kata sandi {official.name}")
        self.paper = QCheckBox("Disetujui di atas kertas, saya hanya mencatatnya")
        self.note = label(ON_PAPER, "small")
        self.note.hide()
        self.paper.toggled.connect(self._switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.word)
        column.addWidget(self.paper)
        column.addWidget(self.note)
        self.setFocusProxy(self.word)

    @property
    def consent(self) -> Consent:
        return Consent(paper=True) if self.paper.isChecked() else Consent(self.word.text)

    def agreed(self) -> bool:
        """Whether the official agrees; what is wrong is said beside the line."""
        problem = "" if self.paper.isChecked() else self._verify(self.word.text)
        self.word.complain(problem)
        return not problem

    def _switch(self, paper: bool) -> None:
        self.word.setEnabled(not paper)
        self.note.setVisible(paper)
        self.word.clear()


def consent_field(session: Session, official: Person) -> ConsentField:
    """The field for an official of a session's cycle."""

    def verify(word: str) -> str:
        refusal = check(session.cycle, official, word, session.book)
        return refusal.message if refusal is not None else ""

    return ConsentField(official, verify)
