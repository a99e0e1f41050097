"""A dialog of two parts that scrolls when the screen is small, with its buttons always in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.forms.widgets import button
from ui.tokens import GRID


class ScrollingDialog(QDialog):
    """Two columns side by side; below each other where there is no room for both."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.cancel = button("Batal", self.reject)
        self.area = QScrollArea()
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._wanted = 0

    def show_parts(
        self, left: QLayout, right: QLayout, buttons: Sequence[QPushButton], widths: tuple[int, int]
    ) -> None:
        """Lay out the dialog, as wide as `widths` ask for and never larger than the screen."""
        inside = QWidget()
        self._parts.setContentsMargins(0, 0, GRID, 0)
        self._parts.setSpacing(GRID * 3)
        self._parts.addLayout(left, widths[0])
        self._parts.addLayout(right, widths[1])
        inside.setLayout(self._parts)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        for made in buttons:
            foot.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        layout.setSpacing(GRID * 2)
        layout.addWidget(self.area, 1)
        layout.addLayout(foot)
        self._wanted = sum(widths) + GRID * 9
        room = self.screen().availableGeometry()
        self.resize(min(self._wanted, room.width() - GRID * 4), min(GRID * 74, room.height() - GRID * 8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= self._wanted * 3 // 4
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(across if beside else down)
