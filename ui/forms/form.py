"""A form made from fields: grouped, kept while it is typed in, following what others change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from lkip_desktop.office import Changed
from lkip_desktop.sop.model import FieldKind, FormField, Needed
from lkip_desktop.workflow.guards import Missing
from lkip_desktop.workflow.state import Attachment, CycleState
from ui.forms.boxes import LEGEND, FieldBox, FilesBox, ValueBox
from ui.forms.context import FormContext
from ui.forms.editors import LINE_WIDTHS
from ui.forms.table_box import TableBox
from ui.forms.table_columns import Mark
from ui.forms.widgets import label
from ui.labels import show_part
from ui.session import Session

if TYPE_CHECKING:
    from ui.documents.actions import DocumentActions

SHORT = (*LINE_WIDTHS, FieldKind.CHOICE)
"""Kinds of which two that follow each other share a line."""

_BOXES = {FieldKind.FILES: FilesBox, FieldKind.TABLE: TableBox}


class FormView(QWidget):
    """Editors for `fields`. It is as high as its fields need: put it into a scroll area.

    `choice_labels` gives the words for kept values of choices; `documents` opens attachments (its own without one).
    Unless it is made `at_once`, its fields are there when `build` has ended.
    """

    def __init__(
        self,
        session: Session,
        fields: Sequence[FormField],
        *,
        choice_labels: Mapping[str, str] | None = None,
        documents: DocumentActions | None = None,
        at_once: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self.context = FormContext(session, choice_labels or {}, self._open, self)
        self.boxes: dict[str, FieldBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(24)
        self._legend = label(LEGEND, "small")
        show_part(self._legend, any(field.needed is not Needed.OPTIONAL for field in fields))
        self._layout.addWidget(self._legend)
        self._fields = tuple(fields)
        self.whole = False
        """Whether all its fields are there."""
        session.changed.connect(self._follow)
        if session.read_only:
            self.set_read_only("Siklus ini dibuka hanya untuk dibaca.")
        if at_once:
            for _ in self.build():
                pass

    def build(self) -> Iterator[None]:
        """Make the fields that are not there yet; yields after each."""
        if not self.whole:
            for group, members in groupby(self._fields, key=lambda field: field.group):
                yield from self._build_group(group, list(members))
            self.whole = True

    # What the outside asks

    def set_read_only(self, reason: str) -> None:
        """Let nothing be changed, and say why elsewhere; empty makes it editable again."""
        if self.context.session.read_only:
            reason = reason or "Siklus ini dibuka hanya untuk dibaca."
        if reason != self.context.reason:
            self.flush()
            self.context.reason = reason
            self._refresh()

    def set_values_from(self, state: CycleState | None) -> None:
        """Show another state, read-only; None shows the live one again."""
        if state is not self.context.past:
            self.flush()
            self.context.past = state
            self._refresh()

    def focus_path(self, path: str) -> None:
        """Put the focus on the field or cell at a path and bring it into sight."""
        box = self.boxes.get(path.split("/")[0])
        if box is None:
            return
        box.focus_path(path)
        # The layout may have to grow first: a form is shown and scrolled in one go.
        QTimer.singleShot(0, box, lambda: self._bring_into_sight(box, path))

    def flush(self) -> bool:
        """Keep pending typing now; False when something could not be kept and still waits."""
        for box in self.boxes.values():
            box.flush()
        return self.context.keeper.flush()

    @property
    def pending(self) -> bool:
        """Whether something typed is not kept yet."""
        return bool(self.context.keeper.pending)

    def problems(self) -> list[str]:
        """The sentences shown beside fields that block, each with its field."""
        return [problem for box in self.boxes.values() for problem in box.problems()]

    def show_missing(self, found: Sequence[Missing]) -> None:
        """Say beside each field, and in each cell, what is missing to leave the step."""
        cells = {m.where: Mark(m.text, m.blocks) for m in found if "/" in m.where}
        for box in self.boxes.values():
            if isinstance(box, TableBox):
                box.mark_cells({path: mark for path, mark in cells.items() if path.startswith(f"{box.path}/")})
        for item in found:
            box_of = self.boxes.get(item.where)
            if box_of is not None and not box_of.problems():
                box_of.mark_missing(item.where, item.blocks)

    # Inside

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def _build_group(self, title: str, fields: Sequence[FormField]) -> Iterator[None]:
        group = QVBoxLayout()
        group.setSpacing(12)
        if title:
            head = label(title, "lead", wrap=False)
            rule = QFrame()
            rule.setProperty("role", "rule")
            group.addWidget(head)
            group.addWidget(rule)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        place = 0
        for number, field in enumerate(fields):
            box = _BOXES.get(field.kind, ValueBox)(self.context, field.id, field)
            self.boxes[field.id] = box
            following = fields[number + 1].kind if number + 1 < len(fields) else None
            half = field.kind in SHORT and (place % 2 == 1 or following in SHORT)
            if not half:
                place += place % 2
            grid.addWidget(box, place // 2, place % 2, 1, 1 if half else 2)
            place += 1 if half else 2
            yield
        group.addLayout(grid)
        self._layout.addLayout(group)

    def _follow(self, event: Changed) -> None:
        for box in self.boxes.values():
            if isinstance(box, TableBox):
                box.follow(event)
            else:
                box.refresh()

    def _refresh(self) -> None:
        for box in self.boxes.values():
            box.refresh()

    def _bring_into_sight(self, box: FieldBox, path: str) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside is not None:
            area.ensureWidgetVisible(box, 0, 24)
            if isinstance(box, TableBox):
                widget, point = box.place_of(path)
                spot = widget.mapTo(inside, point)
                area.ensureVisible(spot.x(), spot.y(), 0, 80)

    def _open(self, attachment: Attachment) -> None:
        if self._documents is None:
            # Only a form without a panel around it needs its own, and seldom.
            from ui.documents.actions import DocumentActions

            self._documents = DocumentActions(self.context.session, self.window())
        self._documents.open_attachment(attachment)
