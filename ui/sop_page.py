"""The issued SOP on a page of its own, set like the printed document, in its own words or in the clean wording."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from lkip_desktop.sop.model import Sop
from ui import theme
from ui.labels import back_button, text_label
from ui.sop_html import sop_html
from ui.tokens import GRID

PAPER_WIDTH = 920


class SopPage(QWidget):
    """Read-only text that can be selected and copied."""

    backRequested = Signal()

    def __init__(self, sop: Sop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sop = sop
        self.clean = QPushButton("Kata baku")
        self.issued = QPushButton("Sesuai SOP")
        self.text = QTextBrowser()
        self.text.setAccessibleName("Naskah SOP")
        self.text.setProperty("role", "paper")
        self.text.document().setDocumentMargin(GRID * 4)
        self.text.setMaximumWidth(PAPER_WIDTH)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        group = QButtonGroup(self)
        for button in (self.clean, self.issued):
            button.setCheckable(True)
            group.addButton(button)
        self.clean.setChecked(True)
        self._lay_out()
        self.issued.toggled.connect(self.refresh)
        theme.notifier().changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(text_label("SOP yang berlaku untuk siklus ini", "title", wrap=False))
        head.addWidget(back_button(self))
        head.addStretch()
        head.addWidget(self.clean)
        head.addWidget(self.issued)
        note = "“Sesuai SOP” menampilkan teks persis seperti diterbitkan, termasuk salah ketiknya."
        page = QVBoxLayout(self)
        page.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 2)
        page.setSpacing(GRID)
        page.addLayout(head)
        page.addWidget(text_label(note, "muted"))
        paper = QHBoxLayout()
        paper.addStretch()
        paper.addWidget(self.text, 100)
        paper.addStretch()
        page.addLayout(paper, 1)

    def refresh(self, _: object = None) -> None:
        """Set the text anew, at the same place."""
        at = self.text.verticalScrollBar().value()
        self.text.setHtml(sop_html(self._sop, theme.current(), issued=self.issued.isChecked()))
        self.text.verticalScrollBar().setValue(at)
