"""The part of a step's panel that leads to the page where the report is put together."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from lkip_desktop.sop.model import Step
from ui.forms.widgets import button, label
from ui.labels import show_part
from ui.tokens import GRID

ELSEWHERE = ("report_outline",)
"""Fields that have this page instead of a place in the step's form."""
TEXTS = ("indicators", *ELSEWHERE)
HINT = "Semua teks laporan menurut babnya, dengan usulan dari angka untuk setiap butir analisis."


class ComposerBox(QWidget):
    """Shown for steps whose fields become texts of the report."""

    opened = Signal()

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.open = button("Buka penyusun laporan", self.opened.emit)
        rule = QFrame()
        rule.setProperty("role", "rule")
        line = QHBoxLayout()
        line.addWidget(self.open)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label("Penyusun laporan", "lead", wrap=False))
        column.addWidget(rule)
        column.addWidget(label(HINT, "small"))
        column.addLayout(line)
        show_part(self, any(field.id in TEXTS for field in step.fields))
