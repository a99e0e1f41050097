"""The form: what is typed is kept, refused, shown and read again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from lkip_desktop.sop.model import FieldKind, FormField, Needed
from lkip_desktop.workflow.events import Act
from tests.ui.conftest import MakeSession
from tests.ui.shown import activate
from ui.forms.boxes import ValueBox
from ui.forms.choices import ChecksEditor, ComboEditor, OfficialEditor, RadioEditor, YesNoEditor
from ui.forms.dates import DateEditor
from ui.forms.editors import LineEditor, ParagraphEditor
from ui.forms.form import FormView
from ui.session import Session


def form_of(qtbot: QtBot, session: Session, fields: Sequence[FormField] | None = None) -> FormView:
    """A form in a window, by default that of the current step."""
    step = session.state.step
    assert step is not None
    area = QScrollArea()
    form = FormView(session, step.fields if fields is None else fields)
    area.setWidget(form)
    area.setWidgetResizable(True)
    area.resize(500, 600)
    qtbot.addWidget(area)
    activate(qtbot, area)
    vars(form)["area"] = area  # qtbot itself holds windows weakly
    return form


def value_box(form: FormView, field: str) -> ValueBox:
    box = form.boxes[field]
    assert isinstance(box, ValueBox)
    return box


def type_into(form: FormView, field: str, text: str) -> ValueBox:
    """Put the focus in a line and type."""
    box = value_box(form, field)
    assert isinstance(box.editor, LineEditor | DateEditor)
    box.editor.line.setFocus()
    box.editor.line.selectAll()
    QTest.keyClicks(box.editor.line, text)
    return box


def leave(box: ValueBox) -> None:
    """Go on with Tab."""
    QTest.keyClick(box.editor.inner(), Qt.Key.Key_Tab)


def filled(session: Session) -> list[dict[str, object]]:
    """The changes of each act of filling."""
    return [dict(e.data["changes"]) for e in session.cycle.store.events() if e.act is Act.FILLED]


def test_a_line_is_kept_on_leaving_it(qtbot: QtBot, session: Session) -> None:
    box = type_into(form_of(qtbot, session), "circular_number", "000/12/2027")
    assert filled(session) == []
    leave(box)
    assert filled(session) == [{"circular_number": "000/12/2027"}]


def test_a_line_is_kept_within_two_seconds(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    box = type_into(form, "circular_number", "000/12")
    timer = form.context.keeper.timer
    assert timer.isActive()
    assert timer.interval() <= 2000
    timer.timeout.emit()
    assert filled(session) == [{"circular_number": "000/12"}]
    assert box.editor.has_focus()


def test_leaving_without_a_change_is_no_act(qtbot: QtBot, session: Session) -> None:
    box = type_into(form_of(qtbot, session), "circular_subject", "Penyusunan LKIP Tahun 2026")
    leave(box)
    assert filled(session) == []


def test_a_date_is_typed_short_and_shown_long(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    box = type_into(form, "circular_date", "5/5/2025")
    leave(box)
    assert session.state.text("circular_date") == "2025-05-05"
    assert box.editor.typed() == "5 Mei 2025"
    assert form.problems() == []


def test_a_bad_date_is_told_on_leaving_and_not_before(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    box = type_into(form, "circular_date", "31/2/2027")
    form.context.keeper.timer.timeout.emit()
    assert form.problems() == []
    leave(box)
    assert "31/2/2027" in form.problems()[0]
    assert box.problem.isVisible()
    assert box.editor.typed() == "31/2/2027"
    assert session.state.text("circular_date") == "31/2/2027"


def test_a_mended_value_loses_its_problem_while_typing(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    box = type_into(form, "circular_date", "besok")
    leave(box)
    assert box.problem.isVisible()
    type_into(form, "circular_date", "5/5/2027")
    assert not box.problem.isVisible()


def test_a_date_is_one_stop_of_the_tab_key(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    line = value_box(form, "circular_date").editor.inner()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert form.focusWidget() is value_box(form, "circular_received").editor.inner()
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    editor = value_box(form, "circular_received").editor
    assert isinstance(editor, DateEditor)
    assert editor.popup is not None
    assert editor.popup.isVisible()
    editor.popup.hide()


def test_the_calendar_takes_a_day(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    editor = value_box(form, "circular_date").editor
    assert isinstance(editor, DateEditor)
    editor.button.click()
    assert editor.popup is not None
    assert editor.popup.isVisible()
    assert editor.popup.month.locale().standaloneMonthName(2) == "Februari"
    editor.popup.month.activated.emit(editor.popup.month.selectedDate())
    assert not editor.popup.isVisible()
    assert session.state.text("circular_date") == "2027-02-15"


def test_a_paragraph_is_kept_on_leaving_and_grows(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    editor = value_box(form, "disposition_note").editor
    assert isinstance(editor, ParagraphEditor)
    before = editor.text.height()
    editor.text.setFocus()
    for number in range(8):
        QTest.keyClicks(editor.text, f"baris {number}")
        QTest.keyClick(editor.text, Qt.Key.Key_Return)
    assert editor.text.height() > before
    QTest.keyClick(editor.text, Qt.Key.Key_Tab)
    assert session.state.text("disposition_note").splitlines()[-1] == "baris 7"
    assert len(filled(session)) == 1


def test_ctrl_z_takes_typing_back(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    box = type_into(form, "circular_number", "123")
    leave(box)
    box.editor.inner().setFocus()
    QTest.keyClick(box.editor.inner(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    leave(box)
    assert session.state.text("circular_number") == ""


def test_choices_are_kept_at_once(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    combo = value_box(form, "circular_nature").editor
    assert isinstance(combo, ComboEditor)
    combo.combo.setCurrentIndex(combo.combo.findData("Penting"))
    combo.combo.activated.emit(combo.combo.currentIndex())
    checks = value_box(form, "disposition_to").editor
    assert isinstance(checks, ChecksEditor)
    checks.boxes[2].click()
    checks.boxes[0].click()
    assert session.state.text("circular_nature") == "Penting"
    assert session.state.text("disposition_to") == "Sekretaris\nTim Penyusun"


def test_few_needed_choices_are_radio_buttons_with_their_words(qtbot: QtBot, session: Session) -> None:
    field = FormField("time_zone", "Zona waktu", FieldKind.CHOICE, choices=("WIB", "WITA", "WIT"), default="WIB")
    form = FormView(session, [field], choice_labels={"WIT": "Indonesia Timur"})
    qtbot.addWidget(form)
    editor = value_box(form, "time_zone").editor
    assert isinstance(editor, RadioEditor)
    assert editor.buttons[0].isChecked()
    assert editor.buttons[2].text() == "Indonesia Timur"
    editor.buttons[2].click()
    assert session.state.text("time_zone") == "WIT"


def test_a_yes_that_is_taken_away_is_a_no(qtbot: QtBot) -> None:
    editor = YesNoEditor("Selesai")
    qtbot.addWidget(editor)
    editor.box.click()
    assert editor.typed() == "ya"
    editor.box.click()
    assert editor.typed() == "tidak"


def test_the_serving_official_is_proposed(qtbot: QtBot, session: Session) -> None:
    step = session.state.sop.by_id["tanda-tangan"]
    form = form_of(qtbot, session, step.fields)
    editor = value_box(form, "report_signer").editor
    assert isinstance(editor, OfficialEditor)
    assert editor.combo.combo.itemText(2) == "Plt. Sekretaris — Budi Teladan, S.E."
    assert "Drs. Ahmad Contoh, M.Si" in editor.serving.text()
    editor.proposal.click()
    assert session.state.text("report_signer") == "r1"
    assert not editor.proposal.isVisible()


def test_a_refused_value_stays_with_the_reason(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(2)
    first = session.state.sop.first
    form = form_of(qtbot, session, first.fields)
    box = type_into(form, "circular_number", "lain")
    leave(box)
    assert box.editor.typed() == "lain"
    assert "Buka kembali" in form.problems()[0]
    assert form.pending
    assert session.state.text("circular_number") != "lain"


def test_a_value_that_the_disk_refused_is_kept_at_the_next_chance(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(qtbot, session)
    with monkeypatch.context() as broken:
        broken.setattr(session, "fill", lambda changes: None)
        box = type_into(form, "circular_number", "77")
        leave(box)
    assert form.pending
    assert box.editor.typed() == "77"
    # Also when nobody comes back to it.
    assert form.context.keeper.retry.isActive()
    form.context.keeper.retry.timeout.emit()
    assert form.flush()
    assert session.state.text("circular_number") == "77"
    assert form.problems() == []


def test_changes_from_elsewhere_appear_but_spare_what_is_being_typed(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    box = type_into(form, "circular_number", "sedang diketik")
    session.fill({"circular_agenda": "0117", "circular_number": "dari luar"})
    assert box.editor.typed() == "sedang diketik"
    assert value_box(form, "circular_agenda").editor.typed() == "0117"


def test_hiding_the_form_keeps_what_was_typed(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    type_into(form, "circular_number", "88")
    form.hide()
    assert session.state.text("circular_number") == "88"


def test_a_read_only_form_takes_nothing(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    form.set_read_only("Langkah ini sudah selesai.")
    box = type_into(form, "circular_number", "99")
    leave(box)
    assert filled(session) == []
    assert not value_box(form, "circular_nature").editor.inner().isEnabled()
    form.set_read_only("")
    leave(type_into(form, "circular_number", "99"))
    assert session.state.text("circular_number") == "99"


def test_focus_path_leads_to_the_field(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    form.focus_path("team_decree_number")
    box = value_box(form, "team_decree_number")
    assert box.editor.has_focus()
    area = vars(form)["area"]
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)


def test_earlier_names_are_suggested(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session)
    box = type_into(form, "circular_sender", "teladan")
    assert isinstance(box.editor, LineEditor)
    completer = box.editor.line.completer()
    assert completer.currentCompletion() == "Budi Teladan, S.E."
    popup = completer.popup()
    assert popup is not None
    popup.hide()


def test_every_editor_has_a_name_and_fits_a_narrow_panel(qtbot: QtBot, session: Session) -> None:
    for step in session.state.sop.steps:
        form = FormView(session, step.fields)
        qtbot.addWidget(form)
        assert form.minimumSizeHint().width() <= 340, step.id
        for box in form.boxes.values():
            if isinstance(box, ValueBox):
                assert box.editor.inner().accessibleName().startswith(box.field.label)
                assert (", wajib" in box.name) is (box.field.needed is Needed.REQUIRED)


@pytest.mark.parametrize(("field", "text"), [("report_issues", "**tebal**"), ("request_text", "tebal")])
def test_only_texts_of_the_report_take_the_faces_of_a_paste(
    qtbot: QtBot, make_session: MakeSession, field: str, text: str
) -> None:
    session = make_session(4 if field.startswith("report") else 2)
    form = form_of(qtbot, session, [session.state.sop.fields[field][1]])
    box = form.boxes[field]
    assert isinstance(box, ValueBox)
    assert isinstance(box.editor, ParagraphEditor)
    copied = QMimeData()
    copied.setText("tebal")
    copied.setHtml("<p><b>tebal</b></p>")
    QApplication.clipboard().setMimeData(copied)
    box.editor.text.selectAll()
    box.editor.text.paste()
    assert box.editor.typed() == text
