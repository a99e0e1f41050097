"""The agency's profile of this cycle: letterhead, officials, units, working days, numbering, in sections."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QScrollArea, QVBoxLayout, QWidget

from lkip_desktop.sop.model import FormField, Sop
from ui.documents.actions import DocumentActions
from ui.forms.form import FormView
from ui.labels import back_button, text_label
from ui.session import Session
from ui.tokens import GRID

FORM_WIDTH = 1040
INTRODUCTION = (
    "Data instansi, pejabat, unit kerja, dan hari kerja untuk siklus ini. Isian tersimpan sendiri dan diambil alih "
    "oleh siklus tahun berikutnya."
)


def profile_fields_of(fields: tuple[FormField, ...], sop: Sop) -> tuple[FormField, ...]:
    """The profile's fields with the SOP's actors (their ids) as choices of the *Pelaksana* columns."""
    roles = tuple(actor.id for actor in sop.actors)

    def with_roles(column: FormField) -> FormField:
        return replace(column, choices=roles) if column.id == "role" else column

    return tuple(
        replace(f, columns=tuple(map(with_roles, f.columns))) if f.id in ("officials", "people") else f for f in fields
    )


class ProfilePage(QWidget):
    """Sections on the left lead through the form on the right."""

    backRequested = Signal()

    def __init__(self, session: Session, documents: DocumentActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fields = profile_fields_of(session.cycle.profile, session.state.sop)
        self._firsts = {group: next(members).id for group, members in groupby(fields, key=lambda f: f.group)}
        self.form = FormView(session, fields, choice_labels=session.state.sop.actor_names, documents=documents)
        self.sections = QListWidget()
        self.sections.setAccessibleName("Bagian profil")
        self.sections.addItems(list(self._firsts))
        for row in range(self.sections.count()):
            self.sections.item(row).setSizeHint(QSize(0, GRID * 4))
        self.sections.setProperty("role", "sections")
        self.sections.setFixedWidth(GRID * 20)
        self.sections.currentTextChanged.connect(self._go_to)
        self._lay_out()
        self._session = session
        session.changed.connect(self._follow)
        self._follow()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, GRID * 2, GRID * 4)
        column.setSpacing(GRID * 3)
        column.addWidget(self.form)
        column.addStretch()
        content = QWidget()
        content.setMaximumWidth(FORM_WIDTH)
        content.setLayout(column)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(content)
        below = QHBoxLayout()
        below.setSpacing(GRID * 3)
        below.addWidget(self.sections)
        below.addWidget(self.area, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(GRID * 4, GRID * 3, GRID * 2, 0)
        page.setSpacing(GRID)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(text_label("Profil instansi", "title", wrap=False))
        head.addWidget(back_button(self))
        head.addStretch()
        page.addLayout(head)
        page.addWidget(text_label(INTRODUCTION, "muted"))
        page.addSpacing(GRID)
        page.addLayout(below, 1)

    def flush(self) -> bool:
        """Keep pending typing now; False when something could not be kept."""
        return self.form.flush()

    def _follow(self, _: object = None) -> None:
        self.form.set_read_only("Siklus ini sudah ditutup." if self._session.state.closed else "")

    def _go_to(self, group: str) -> None:
        box = self.form.boxes.get(self._firsts.get(group, ""))
        if box is not None:
            bar = self.area.verticalScrollBar()
            top = box.mapTo(self.form, box.rect().topLeft()).y()
            bar.setValue(max(0, top - GRID * 5))
