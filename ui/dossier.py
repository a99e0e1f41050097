"""The records of *Pencatatan dan Pendataan*: what is there, what is missing, what comes later."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop import office
from lkip_desktop.cycle_calendar import calendar
from lkip_desktop.errors import EnvironmentProblem
from lkip_desktop.overview import DossierItem, dossier
from lkip_desktop.words import long_date
from lkip_desktop.workflow.state import Attachment
from ui import marks, theme
from ui.documents import opening
from ui.labels import ElidedLabel, text_label
from ui.session import Session
from ui.tokens import GRID, Tokens


class DossierView(QWidget):
    """One row for each record: its state in words, its files, and the way to the field that asks for it."""

    fieldRequested = Signal(str, str)  # step id, path

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._items: tuple[DossierItem, ...] | None = None
        self._marks: list[tuple[QLabel, str, str]] = []
        self._count = text_label(role="title", wrap=False)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GRID)
        self._lay_out()
        session.changed.connect(self._refresh)
        theme.notifier().changed.connect(self.set_tokens)
        self._refresh()

    def set_tokens(self, tokens: Tokens) -> None:
        for label, kind, colour in self._marks:
            label.setPixmap(marks.pixmap(kind, getattr(tokens, colour), self.devicePixelRatioF()))

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(self._count)
        column.addWidget(text_label("Berkas pendataan yang diminta SOP untuk siklus ini.", "muted"))
        column.addLayout(self._rows)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _refresh(self) -> None:
        items = dossier(self._session.state)
        if items == self._items:
            return
        self._items = items
        self._marks.clear()
        while (old := self._rows.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, item in enumerate(items, start=1):
            self._rows.addWidget(self._row(number, item))
        present = sum(item.present for item in items)
        self._count.setText(f"{present} dari {len(items)} berkas pendataan ada")
        self.set_tokens(theme.current())

    def _row(self, number: int, item: DossierItem) -> QFrame:
        words, kind, colour = self._state(item)
        name = f"{number}. {item.record.text.clean}"
        frame = QFrame()
        frame.setProperty("role", "paper")
        grid = QGridLayout(frame)
        grid.setContentsMargins(GRID * 2, GRID, GRID, GRID // 2)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(text_label(name, "strong"), 0, 0, 1, 3)
        grid.addWidget(self._mark(kind, colour), 1, 0)
        grid.addWidget(text_label(words, colour), 1, 1)
        grid.addWidget(self._way(item), 1, 2)
        for line, file in enumerate(item.files, start=2):
            grid.addLayout(self._file(file), line, 1, 1, 2)
        frame.setAccessibleName(f"{name}: {words}")
        return frame

    def _state(self, item: DossierItem) -> tuple[str, str, str]:
        """The words, the mark and the colour of a record's state."""
        step = self._session.state.sop.by_id[item.step]
        if item.present:
            return (f"Ada, {len(item.files)} berkas" if len(item.files) > 1 else "Ada"), "closed", "ok"
        if item.asked:
            return "Belum", "late", "warn"
        return f"Nanti di langkah {step.number}", "near", "muted"

    def _mark(self, kind: str, colour: str) -> QLabel:
        label = QLabel()
        self._marks.append((label, kind, colour))
        return label

    def _way(self, item: DossierItem) -> QPushButton:
        step = self._session.state.sop.by_id[item.step]
        button = QPushButton(f"Ke langkah {step.number}")
        button.setProperty("role", "quiet")
        button.setAccessibleName(f"Ke isian {item.record.text.clean}, langkah {step.number}")
        button.clicked.connect(lambda: self.fieldRequested.emit(item.step, item.field))
        return button

    def _file(self, file: Attachment) -> QHBoxLayout:
        day = calendar(self._session.state).local(file.at).date()
        open_button = QPushButton("Buka")
        open_button.setProperty("role", "quiet")
        open_button.setAccessibleName(f"Buka {file.name}")
        open_button.clicked.connect(lambda: self._open(file))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(ElidedLabel(file.name), 1)
        row.addWidget(text_label(long_date(day), "muted", wrap=False))
        row.addWidget(open_button)
        return row

    def _open(self, file: Attachment) -> None:
        try:
            opening.show(opening.copy_of(file.name, office.contents(self._session.cycle, file)))
        except EnvironmentProblem as error:
            box = QMessageBox(QMessageBox.Icon.Warning, "LKIP Desktop", str(error), parent=self)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.addButton("Tutup", QMessageBox.ButtonRole.RejectRole)
            box.open()
