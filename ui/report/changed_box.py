"""*Angka berubah*: which figures moved after a text was written, and the two ways to settle it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from lkip_desktop.analysis.stale import Moved
from lkip_desktop.office import Cycle
from lkip_desktop.values import show
from lkip_desktop.workflow.transitions import find_field
from ui.forms.widgets import button, label
from ui.tokens import GRID

MOST = 8


class ChangedBox(QFrame):
    """Hidden while nothing moved."""

    renewed = Signal()
    settled = Signal()

    def __init__(self, cycle: Cycle) -> None:
        super().__init__()
        self._cycle = cycle
        self.setProperty("role", "notice-warn")
        self.head = label("Angka berubah setelah teks ini ditulis", "strong")
        self.list = label("")
        self.renew = button("Perbarui dari usulan", self.renewed.emit)
        self.keep = button("Teks tetap benar", self.settled.emit)
        self.keep.setToolTip("Catat bahwa teks sudah dibaca ulang dan tetap berlaku")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.renew)
        buttons.addWidget(self.keep)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.head)
        column.addWidget(self.list)
        column.addLayout(buttons)

    def show_moved(self, moved: Sequence[Moved], *, editable: bool, proposal: bool) -> None:
        self.setVisible(bool(moved))
        self.list.setText("\n".join(self.lines(moved)))
        self.renew.setVisible(editable and proposal)
        self.keep.setVisible(editable)

    def lines(self, moved: Sequence[Moved]) -> list[str]:
        """``Realisasi Nilai SAKIP: 79,40 menjadi 80,10``"""
        lines = [
            f"{self._named(one.path)}: {self._shown(one.path, one.before)} menjadi {self._shown(one.path, one.now)}"
            for one in moved[:MOST]
        ]
        return lines if len(moved) <= MOST else [*lines, f"dan {len(moved) - MOST} angka lainnya"]

    def _named(self, path: str) -> str:
        row, _, _ = path.rpartition("/")
        field = find_field(self._cycle.state, path, self._cycle.profile)
        name = " ".join(self._cycle.state.text(f"{row}/name").split())
        return f"{field.label if field is not None else path} {name}".strip()

    def _shown(self, path: str, value: str) -> str:
        field = find_field(self._cycle.state, path, self._cycle.profile)
        return (show(field.kind, value) if field is not None else value) or "kosong"
