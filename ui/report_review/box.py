"""The part of a step's panel from which the report is checked, compared and taken back from Word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from lkip_desktop.sop.model import Step
from lkip_desktop.workflow.guards import COMPLETENESS
from lkip_desktop.workflow.state import REPORT
from ui.forms.widgets import button, label
from ui.labels import show_part
from ui.report_review.actions import ReportReview
from ui.session import Session
from ui.tokens import GRID

HINT = "Laporan yang diubah di Word atau LibreOffice juga dapat diseret ke jendela ini."


class ReviewBox(QWidget):
    """Shown for the steps that make or approve the report."""

    def __init__(self, session: Session, review: ReportReview, step: Step) -> None:
        super().__init__()
        self._session = session
        self.check = button("Kelengkapan laporan…", review.show_completeness)
        self.versions = button("Versi laporan…", review.show_versions)
        self.take = button("Ambil perubahan dari Word…", review.choose)
        self._lay_out()
        show_part(self, REPORT in step.documents)

    def _lay_out(self) -> None:
        rule = QFrame()
        rule.setProperty("role", "rule")
        first, second = QHBoxLayout(), QHBoxLayout()
        for line, offers in ((first, (self.check, self.versions)), (second, (self.take,))):
            line.setSpacing(GRID // 2)
            for offer in offers:
                line.addWidget(offer)
            line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label("Periksa laporan", "lead", wrap=False))
        column.addWidget(rule)
        column.addWidget(label(HINT, "small"))
        column.addLayout(first)
        column.addLayout(second)

    def refresh(self, *, editable: bool) -> None:
        """Offer what changes the cycle only while it may be changed."""
        count = len(self._session.state.versions(REPORT))
        self.versions.setText(f"Versi laporan ({count})…" if count else "Versi laporan…")
        self.take.setEnabled(editable)

    def holds(self, path: str) -> bool:
        """Whether a path that something missing names leads here."""
        return path == COMPLETENESS and not self.isHidden()

    def focus(self) -> None:
        self.check.setFocus(Qt.FocusReason.OtherFocusReason)
