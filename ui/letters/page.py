"""The page *Surat*: the cycle's letters, and the register of the folder."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from ui.documents.actions import DocumentActions
from ui.labels import back_button, text_label
from ui.letters.acts import LetterActs
from ui.letters.list_view import LettersView
from ui.letters.register_view import RegisterView
from ui.session import Session
from ui.tokens import GRID


class LettersPage(QWidget):
    """Two tabs under one head."""

    backRequested = Signal()

    def __init__(
        self, session: Session, documents: DocumentActions, acts: LetterActs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.letters = LettersView(session, documents, acts)
        self.register = RegisterView(session, documents, acts)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.letters, "Surat siklus ini")
        self.tabs.addTab(self.register, "Register surat")
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(text_label("Surat", "title", wrap=False))
        head.addWidget(back_button(self))
        head.addStretch()
        page = QVBoxLayout(self)
        page.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, 0)
        page.setSpacing(GRID)
        page.addLayout(head)
        page.addWidget(self.tabs, 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # No focus proxy: Tab would go through it straight to the table, past the button and the tabs above.
        self.letters.table.setFocus(event.reason())

    def show_letters(self, kind: str = "") -> None:
        """Show the cycle's letters, and choose the first of a kind."""
        self.tabs.setCurrentWidget(self.letters)
        if kind:
            self.letters.show_letter(kind)

    def show_register(self) -> None:
        self.tabs.setCurrentWidget(self.register)
