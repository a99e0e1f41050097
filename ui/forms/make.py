"""Makes the editor that fits a field's kind."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData

from lkip_desktop.cycle_data import Official, officials, serving
from lkip_desktop.sop.model import FieldKind, FormField, Needed, Shape, Sop, Step
from ui.forms.choices import MAX_RADIOS, ChecksEditor, ComboEditor, OfficialEditor, RadioEditor, YesNoEditor
from ui.forms.context import FormContext
from ui.forms.dates import DateEditor
from ui.forms.editors import Editor, LineEditor, ParagraphEditor

SENTENCES, SENTENCE_WIDTH = "letter_words", 90
"""The table of replaced sentences of letters, and how many letters of one are shown in a list."""
MAX_RADIO_LETTERS = 28
"""Longer choices beside each other would not fit half a narrow form."""
Maker = Callable[[FormContext, str, FormField], Editor]


def make_editor(context: FormContext, path: str, field: FormField) -> Editor:
    """An editor for a field that holds one value; files and tables have boxes of their own."""
    maker = _MAKERS.get(field.kind)
    return maker(context, path, field) if maker else LineEditor(field.kind)


def choices_of(context: FormContext, field: FormField, path: str) -> list[tuple[str, str]]:
    """Pairs of kept value and shown words for what is kept at `path`."""
    table, _, column = path.rpartition("/")
    if table.startswith(f"{SENTENCES}/") and column == "usual":
        # What letters are set with is loaded when somebody asks for it.
        from lkip_desktop.documents.letter_frame import usual_sentences

        sentences = usual_sentences(context.state.text(f"{table}/letter"))
        return [(text, textwrap.shorten(text, SENTENCE_WIDTH, placeholder="…")) for text in sentences]
    return [(choice, context.choice_label(choice)) for choice in field.choices]


def _choice(context: FormContext, path: str, field: FormField) -> Editor:
    choices = choices_of(context, field, path)
    # Radio buttons cannot be taken back, so what may stay empty opens as a list.
    short = len(choices) <= MAX_RADIOS and sum(len(words) for _, words in choices) <= MAX_RADIO_LETTERS
    few = short and (field.needed is Needed.REQUIRED or field.default)
    return RadioEditor(choices) if few and choices else ComboEditor(choices)


def _paragraph(_: FormContext, path: str, field: FormField) -> Editor:
    def read_pasted(source: QMimeData) -> str:
        # Loaded when somebody pastes.
        from lkip_desktop.documents.report_sections import is_text
        from ui.report.markup import pasted

        return pasted(source) if is_text(path) else ""

    made = ParagraphEditor()
    made.text.read_pasted = read_pasted
    return made


def _official(context: FormContext, path: str, field: FormField) -> Editor:
    owner = context.state.sop.fields.get(path.split("/")[0])
    proposed = partial(_proposed, context, owner[0] if owner else None)
    return OfficialEditor(lambda: officials(context.state), proposed)


def _proposed(context: FormContext, step: Step | None) -> Official | None:
    """Who signs: whoever decides at this step, or decided last before it."""
    role = signing_role(context.state.sop, step) if step else ""
    return serving(context.state, role, context.session.today()) if role else None


def signing_role(sop: Sop, step: Step) -> str:
    """The actor of the last decision up to a step; before any decision, the actor of the first step."""
    deciding = [s for s in sop.steps if s.shape is Shape.DECISION and s.number <= step.number]
    return max(deciding, key=lambda s: s.number).actor if deciding else sop.first.actor


_MAKERS: dict[FieldKind, Maker] = {
    FieldKind.PARAGRAPH: _paragraph,
    FieldKind.DATE: lambda context, path, field: DateEditor(lambda: context.state, context.session.today),
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: lambda context, path, field: ChecksEditor(choices_of(context, field, path)),
    FieldKind.YESNO: lambda context, path, field: YesNoEditor(field.label),
    FieldKind.OFFICIAL: _official,
}
