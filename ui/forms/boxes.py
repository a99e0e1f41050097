"""One field of a form with what stands around it: label, mark, editor, help, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from lkip_desktop.sop.model import FieldKind, FormField, Needed
from lkip_desktop.values import Parsed, parse, show
from ui import theme
from ui.forms.attachments import AttachmentList
from ui.forms.context import FormContext
from ui.forms.editors import LINE_WIDTHS, Editor, LineEditor
from ui.forms.make import make_editor
from ui.forms.readings import ReadingButtons
from ui.forms.suggest import suggestions
from ui.forms.widgets import label
from ui.labels import show_part

DANGER, WARN = "danger", "warn"
_WORD = {DANGER: "Perbaiki", WARN: "Periksa"}


class FieldBox(QWidget):
    """Base of all boxes. `path` is where its value is kept."""

    def __init__(self, context: FormContext, path: str, field: FormField) -> None:
        super().__init__()
        self.context, self.path, self.field = context, path, field
        self.title = label(" ".join(filter(None, (field.label, mark_of(field)))))
        self.help = label(field.help, "small")
        self.problem = label("", DANGER)
        show_part(self.help, bool(field.help))
        self.problem.hide()

    def _lay_out(self, body: QWidget, beside: QWidget | None = None) -> None:
        """Put everything in its place; `beside` stands at the right end of the title's line."""
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        if beside is not None:
            head.addWidget(beside)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(body)
        layout.addWidget(self.problem)
        layout.addWidget(self.help)
        layout.addStretch(1)

    @property
    def name(self) -> str:
        """What a screen reader calls it."""
        mark = mark_of(self.field).replace(REQUIRED_MARK, "wajib").strip("()")
        return f"{self.field.label}, {mark}" if mark else self.field.label

    def say(self, sentence: str, look: str = DANGER) -> None:
        """Show what is wrong, or nothing. ``danger`` blocks the step, ``warn`` does not."""
        self.problem.setText(f"{_WORD[look]}: {sentence}" if sentence else "")
        theme.set_role(self.problem, look)
        self.problem.setVisible(bool(sentence))

    def problems(self) -> list[str]:
        """The sentences shown that block."""
        blocks = self.problem.text() and self.problem.property("role") == DANGER
        return [f"{self.field.label}: {self.problem.text()}"] if blocks else []

    def refresh(self, changed: Collection[str] | None = None) -> None:
        """Show the state again; `changed` are the paths that changed, None when all may have."""

    def mark_missing(self, path: str, blocks: bool) -> None:
        """Say that something here is missing to leave the step."""
        self.say(MISSING_REQUIRED if blocks else MISSING_WARN, DANGER if blocks else WARN)

    def focus_path(self, path: str) -> None:
        """Put the focus on a path that lies in this box."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Hand over what is being typed."""


MISSING_REQUIRED = "wajib diisi sebelum langkah ini diselesaikan."
MISSING_WARN = "sebaiknya diisi; bila tetap kosong, alasannya ditanyakan saat langkah diselesaikan."


REQUIRED_MARK = "*"
LEGEND = "* wajib diisi. Yang dianjurkan boleh kosong, dengan alasan."


def mark_of(field: FormField) -> str:
    """How much a field is needed; LEGEND explains it once for a form."""
    if field.needed is Needed.OPTIONAL:
        return ""
    when = f" bila {field.when.capitalize()}" if field.when else ""
    return f"{REQUIRED_MARK}{when}" if field.needed is Needed.REQUIRED else f"(dianjurkan{when})"


class ValueBox(FieldBox):
    """A field with one value."""

    def __init__(self, context: FormContext, path: str, field: FormField) -> None:
        super().__init__(context, path, field)
        self.editor: Editor = make_editor(context, path, field)
        self._earlier = QStringListModel(self)
        if isinstance(self.editor, LineEditor) and field.kind is FieldKind.TEXT:
            self.editor.suggest(self._earlier)
            self.editor.entered.connect(self._suggest)
        if field.kind in LINE_WIDTHS:
            self.editor.setMaximumWidth(LINE_WIDTHS[field.kind])
        if field.kind is FieldKind.YESNO:
            self.title.hide()
        self.title.setBuddy(self.editor.inner())
        self.setFocusProxy(self.editor)
        self.meaning = label("", "small")
        self.meaning.hide()
        self.choice: ReadingButtons | None = None
        self._lay_out(self.editor)
        self._layout.insertWidget(self._layout.indexOf(self.problem) + 1, self.meaning)
        self.editor.edited.connect(self._edited)
        self.editor.left.connect(self._left)
        context.keeper.refused.connect(self._refused)
        self.say("")
        self.refresh()

    def refresh(self, changed: Collection[str] | None = None) -> None:
        self.editor.set_read_only(not self.context.editable)
        if self.path not in self.context.keeper.pending:
            self._show()
            if not self.editor.has_focus() or self.problem.text():
                self._check()

    def flush(self) -> None:
        self.context.keeper.flush()

    def say(self, sentence: str, look: str = DANGER) -> None:
        super().say(sentence, look)
        self.editor.set_look(look if sentence else "")
        self.editor.describe(self.name, " ".join(filter(None, (self.problem.text(), self.field.help))))

    def focus_path(self, path: str) -> None:
        self.editor.inner().setFocus(Qt.FocusReason.OtherFocusReason)

    def _value(self) -> str:
        return parse(self.field.kind, self.editor.typed(), self.field).value

    def _show(self) -> None:
        """Show the kept value, unless what stands there says the same and is still being worked on."""
        value = self.context.state.text(self.path)
        shown = show(self.field.kind, value) if self.field.kind is not FieldKind.YESNO else value
        same = self._value() == value
        as_typed = self.field.kind in (FieldKind.TEXT, FieldKind.PARAGRAPH)
        if not (same and (as_typed or self.editor.has_focus())):
            self.editor.show_text(shown)

    def _edited(self) -> None:
        self.context.keeper.note(self.path, self._value())
        if self.problem.text() and not parse(self.field.kind, self.editor.typed(), self.field).problem:
            self.say("")

    def _left(self) -> None:
        # A form that is being destroyed takes the focus from its field when its context is gone already.
        if not isValid(self.context) or not self.context.editable:
            return
        self.context.keeper.flush()
        if self.path not in self.context.keeper.pending:
            value = self.context.state.text(self.path)
            if self.field.kind not in (FieldKind.TEXT, FieldKind.PARAGRAPH, FieldKind.YESNO):
                self.editor.show_text(show(self.field.kind, value))
            self._check()

    def _check(self) -> None:
        parsed = parse(self.field.kind, self.editor.typed(), self.field)
        if parsed.problem:
            self.say(parsed.problem)
        elif parsed.warning:
            self.say(parsed.warning, WARN)
        elif parsed.value or self.problem.property("role") != DANGER:
            self.say("")
        self._tell_reading(parsed)

    def _tell_reading(self, parsed: Parsed) -> None:
        """How a figure is read, or a choice of two readings."""
        self.meaning.setText(f"Dibaca {parsed.meaning}" if parsed.meaning else "")
        self.meaning.setVisible(bool(parsed.meaning))
        if self.choice is not None:
            self.choice.hide()
            self.choice.deleteLater()
            self.choice = None
        if parsed.readings and self.context.editable:
            self.choice = ReadingButtons(parsed.readings, self._choose, self.field.label)
            self._layout.insertWidget(self._layout.indexOf(self.problem) + 1, self.choice)

    def _choose(self, text: str) -> None:
        self.editor.show_text(text)
        self._edited()
        self._left()
        self.editor.inner().setFocus()

    def _refused(self, path: str, sentence: str) -> None:
        if path == self.path:
            self.say(sentence)

    def _suggest(self) -> None:
        cycle = self.context.session.cycle
        found = suggestions(self.context.state, cycle.store.events(), cycle.profile, self.path)
        self._earlier.setStringList(found if self.context.editable else [])


class FilesBox(FieldBox):
    """A field that holds files."""

    def __init__(self, context: FormContext, path: str, field: FormField) -> None:
        super().__init__(context, path, field)
        self.files = AttachmentList(context, path, field.label)
        self._lay_out(self.files)
        self.setFocusProxy(self.files.zone.choose)

    def refresh(self, changed: Collection[str] | None = None) -> None:
        self.files.refresh()
        if self.context.state.files(self.path):
            self.say("")
