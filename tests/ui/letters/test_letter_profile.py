"""How the office sets its letters in the profile: a number pattern that cannot be used, sentences of its own."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from lkip_desktop.documents.letter_frame import EVERY, usual_sentences
from tests.ui.test_form import form_of
from tests.ui.test_table import cell, edit, table_box
from ui.forms.boxes import ValueBox
from ui.forms.editors import LineEditor
from ui.session import Session


def test_a_bad_number_pattern_is_told_beside_its_field(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session, [field for field in session.cycle.profile if field.id == "letter_pattern"])
    box = form.boxes["letter_pattern"]
    assert isinstance(box, ValueBox)
    assert isinstance(box.editor, LineEditor)
    for text, says in (("{kode}/{nomor}", "{nomor}"), ("{kode}/{tahun}", "{urut} tepat satu kali"), ("{urut}/A", "")):
        box.editor.show_text(text)
        box.editor.edited.emit()
        box.editor.left.emit()
        assert says in box.problem.text()
        assert box.problem.isVisibleTo(form) == bool(says)
        assert session.state.text("letter_pattern") == text


@pytest.mark.parametrize(
    ("letter", "offered", "other"),
    [
        ("Surat Undangan", "Hal", "SURAT PENGANTAR"),
        ("Surat Pengantar", "SURAT PENGANTAR", "Pimpinan rapat,"),
        (EVERY, "Nomor", "SURAT PENGANTAR"),
    ],
)
def test_the_sentences_of_the_chosen_letter_are_offered(
    qtbot: QtBot, session: Session, letter: str, offered: str, other: str
) -> None:
    session.fill({"letter_words": ["r1"], "letter_words/r1/letter": letter})
    form = form_of(qtbot, session, [field for field in session.cycle.profile if field.id == "letter_words"])
    box = table_box(form, "letter_words")
    combo = edit(box, 0, "usual")
    assert isinstance(combo, QComboBox)
    kept = [combo.itemData(n) for n in range(combo.count())]
    assert kept[1:] == list(usual_sentences(letter))
    assert offered in kept
    assert other not in kept
    combo.setCurrentIndex(kept.index(offered))
    combo.activated.emit(combo.currentIndex())
    assert cell(box, 0, "usual").data() == offered
    assert session.state.text("letter_words/r1/usual") == offered


def test_an_unknown_letter_has_no_sentences() -> None:
    assert usual_sentences("") == usual_sentences("Surat Lain") == ()
