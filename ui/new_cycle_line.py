"""One labelled line of the assistant, with what is wrong said under it once the person has left it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from lkip_desktop.sop.model import FieldKind
from lkip_desktop.values import parse, show
from ui.forms.editors import set_property
from ui.labels import show_part, text_label


class Line(QWidget):
    """A value of a kind; empty is a problem only when `required` says so (its sentence)."""

    changed = Signal()

    def __init__(
        self, label: str, kind: FieldKind = FieldKind.TEXT, *, required: str = "", hint: str = "", width: int = 0
    ) -> None:
        super().__init__()
        self._kind, self._required = kind, required
        self.typed = False
        self.edit = QLineEdit()
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(hint)
        if width:
            self.edit.setMaximumWidth(width)
        caption = text_label(label, "small", wrap=False)
        caption.setBuddy(self.edit)
        show_part(caption, bool(label))
        self.message = text_label("", "danger")
        self.message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (caption, self.edit, self.message):
            column.addWidget(part)
        column.addStretch()
        self.edit.textEdited.connect(self._edited)
        self.edit.editingFinished.connect(self._left)

    @property
    def value(self) -> str:
        """As it is to be kept."""
        return parse(self._kind, self.edit.text()).value

    def set_value(self, value: str) -> None:
        """Show a kept value; an old message goes."""
        self.edit.setText(show(self._kind, value))
        self.edit.setCursorPosition(0)
        self._say("")

    def check(self) -> bool:
        """Say what is wrong, if anything is; whether all is right."""
        parsed = parse(self._kind, self.edit.text())
        problem = parsed.problem or ("" if parsed.value else self._required)
        self._say(problem or parsed.warning, "danger" if problem else "warn")
        return not problem

    def refuse(self, problem: str) -> None:
        """Show a problem that was found elsewhere."""
        self._say(problem)
        self.edit.setFocus()

    def _edited(self) -> None:
        self.typed = True
        self.changed.emit()

    def _left(self) -> None:
        if self.edit.text():
            self.check()
            if not parse(self._kind, self.edit.text()).problem:
                self.edit.setText(show(self._kind, self.value))
        self.changed.emit()

    def _say(self, text: str, look: str = "danger") -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        set_property(self.message, "role", look)
        set_property(self.edit, "state", look if text else "")
        self.edit.setAccessibleDescription(text)
