"""The step panel: what is missing, who decides, what was read before, and the acts that leave a step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lkip_desktop.sop.model import Step
from lkip_desktop.workflow.events import Act, Event, Who
from lkip_desktop.workflow.guards import Missing
from tests.ui.conftest import MakeSession
from tests.ui.shown import activate
from tests.ui.test_form import leave, type_into, value_box
from ui.documents.actions import DocumentActions
from ui.session import Identity, Session
from ui.step.dialogs import ActDialog
from ui.step.page import StepPage
from ui.step.panel import StepPanel


def panel_of(qtbot: QtBot, session: Session, step: str = "") -> StepPanel:
    """The panel in a window, at the current step without `step`."""
    panel = StepPanel(session, None)  # type: ignore[arg-type]
    panel._documents = DocumentActions(session, panel)
    qtbot.addWidget(panel)
    panel.resize(460, 640)
    activate(qtbot, panel)
    panel.show_step(step or session.state.visits[-1].step)
    return panel


def last(session: Session) -> Event:
    return session.cycle.store.events()[-1]


def here(session: Session) -> Step:
    step = session.state.step
    assert step is not None
    return step


def asked(panel: StepPanel) -> ActDialog:
    assert panel.dialog is not None
    assert panel.dialog.isVisible()
    return panel.dialog


def told(dialog: ActDialog) -> str:
    """All that a dialog says."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_completing_leads_to_the_first_thing_missing_and_lists_all(qtbot: QtBot, session: Session) -> None:
    panel = panel_of(qtbot, session)
    assert panel.footer.summary.text().startswith("9 hal belum lengkap · 4 dianjurkan")
    panel.footer.verbs[""].click()
    assert here(session).number == 1
    box = value_box(panel.page.form, "circular_number")
    assert box.editor.has_focus()
    assert box.problem.isVisible()
    assert panel.footer.list.isVisible()
    assert panel.footer.list.count() == 13


def test_an_item_of_the_list_leads_to_its_field(qtbot: QtBot, session: Session) -> None:
    panel = panel_of(qtbot, session)
    panel.footer.summary.click()
    listed = panel.footer.list
    row = next(n for n in range(listed.count()) if "Tanggal disposisi" in listed.item(n).text())
    listed.itemClicked.emit(listed.item(row))
    assert value_box(panel.page.form, "disposition_date").editor.has_focus()


def test_an_ordinary_step_is_completed_without_a_question(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(2, ahead=True)
    panel = panel_of(qtbot, session)
    panel.complete()
    assert panel.dialog is None
    assert here(session).number == 3
    assert not any(verb.isVisible() for verb in panel.footer.verbs.values())
    assert panel.footer.reopen.isVisible()


def test_typing_is_kept_before_the_step_is_left(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(9, ahead=True)
    panel = panel_of(qtbot, session)
    type_into(panel.page.form, "archive_place", "Lemari 3, bantex 12")
    panel.complete()
    assert session.state.text("archive_place") == "Lemari 3, bantex 12"
    assert here(session).number == 10


def test_an_approval_asks_once_and_lists_what_is_recorded(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(6, ahead=True)
    panel = panel_of(qtbot, session)
    primary = panel.footer.primary
    assert primary is not None
    assert primary.text() == "Setujui dan teruskan ke Inspektur"
    primary.click()
    dialog = asked(panel)
    words = told(dialog)
    for part in ("Rina Contoh, S.A.P.", "Sekretaris", "Ya — Setujui", "Langkah 7", "2027"):
        assert part in words
    assert here(session).number == 6
    dialog.confirm.click()
    assert here(session).number == 7
    assert last(session).data["decision"] == "ya"


def test_sending_back_needs_a_reason_and_names_receiver_and_round(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(6)
    panel = panel_of(qtbot, session)
    assert panel.footer.verbs["tidak"].property("role") != "primary"
    panel.footer.verbs["tidak"].click()
    dialog = asked(panel)
    assert "Tim Penyusun" in told(dialog)
    assert "putaran 2" in told(dialog)
    dialog.confirm.click()
    assert dialog.isVisible()
    assert dialog.reason is not None
    assert dialog.reason.problem.isVisible()
    dialog.reason.edit.setPlainText("Bab III belum lengkap.")
    dialog.confirm.click()
    assert here(session).id == "draf"
    assert session.state.visits[-2].reason == "Bab III belum lengkap."


def test_a_reason_that_was_not_used_is_there_again(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(6)
    panel = panel_of(qtbot, session)
    panel.footer.verbs["tidak"].click()
    dialog = asked(panel)
    assert dialog.reason is not None
    dialog.reason.edit.setPlainText("Bab III")
    dialog.reject()
    panel.footer.verbs["tidak"].click()
    again = asked(panel)
    assert again.typed_reason == "Bab III"
    again.reject()


def test_the_receiver_reads_the_reason_first(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(6)
    session.complete(here(session), "tidak", "Bab III belum lengkap.")
    session.set_identity(Identity("Lilis", "tim"))
    panel = panel_of(qtbot, session)
    words = [label.text() for label in panel.page.findChildren(QLabel)]
    assert "Bab III belum lengkap." in words
    assert any(text.startswith("Dikembalikan oleh Rina") for text in words)
    assert "putaran 2" in panel.header.standing.text()


def test_warnings_are_answered_each(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(3, ahead=True)
    row = session.state.rows("indicators")[0]
    session.fill({f"indicators/{row}/source": "", f"indicators/{row}/analysis": ""})
    panel = panel_of(qtbot, session)
    panel.complete()
    dialog = asked(panel)
    assert len(dialog.answers) == 2
    dialog.confirm.click()
    assert here(session).number == 3
    for field in dialog.answers.values():
        field.edit.setPlainText("Sumber menyusul")
    dialog.confirm.click()
    assert here(session).number == 4
    assert set(last(session).data["answers"].values()) == {"Sumber menyusul"}


def test_in_another_role_the_turn_is_named_and_can_be_recorded_on_behalf(
    qtbot: QtBot, make_session: MakeSession
) -> None:
    session = make_session(5, ahead=True, role="analis")
    panel = panel_of(qtbot, session)
    assert panel.footer.primary is None
    assert "Giliran Tim Penyusun" in panel.footer.note.text()
    panel.footer.behalf.click()
    assert "atas nama" in panel.footer.note.text()
    panel.complete()
    assert here(session).number == 6
    assert last(session).who.behalf


def test_without_a_role_one_records_for_others_at_once(qtbot: QtBot, make_session: MakeSession) -> None:
    panel = panel_of(qtbot, make_session(5, ahead=True, role=""))
    assert panel.footer.primary is not None
    assert "atas nama" in panel.footer.note.text()


def test_a_past_round_shows_the_values_of_then(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(6)
    session.fill({"corrections": ["r1"], "corrections/r1/section": "Bab III", "corrections/r1/remark": "Lama"})
    session.complete(here(session), "tidak", "Perbaiki.")
    session.fill({"corrections/r1/remark": "Baru"})
    panel = panel_of(qtbot, session, "koreksi")
    assert panel.header.rounds.count() == 2
    form = panel.page.form
    assert form is not None
    remark = form.boxes["corrections"].model.index(0, 1)  # type: ignore[attr-defined]
    assert remark.data() == "Baru"
    panel.header.rounds.setCurrentIndex(0)
    panel.header.rounds.activated.emit(0)
    assert remark.model().index(0, 1).data() == "Lama"
    assert not remark.model().flags(remark) & Qt.ItemFlag.ItemIsEditable
    assert "Hanya dibaca" in panel.footer.note.text()
    panel.header.rounds.setCurrentIndex(1)
    panel.header.rounds.activated.emit(1)
    assert remark.model().index(0, 1).data() == "Baru"


def test_a_step_to_come_can_be_prepared_but_not_left(qtbot: QtBot, session: Session) -> None:
    panel = panel_of(qtbot, session, "surat-pengantar")
    leave(type_into(panel.page.form, "letter_number", "000.8.6.3/012/Insp/2027"))
    assert session.state.text("letter_number") == "000.8.6.3/012/Insp/2027"
    assert panel.footer.primary is None
    assert "disiapkan lebih dahulu" in panel.footer.note.text()


def test_a_past_step_is_opened_again_with_a_reason(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(3)
    panel = panel_of(qtbot, session, "format")
    assert not panel.page.form.context.editable
    panel.footer.reopen.click()
    dialog = asked(panel)
    dialog.confirm.click()
    assert here(session).number == 3
    assert dialog.reason is not None
    dialog.reason.edit.setPlainText("Satu unit terlewat.")
    dialog.confirm.click()
    assert here(session).id == "format"
    assert panel.page.form.context.editable
    assert last(session).act is Act.REOPENED


def test_the_last_step_is_taken_back(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(3)
    panel = panel_of(qtbot, session)
    assert "Langkah 2" in panel.page.back.text.text()
    panel.page.back.undo.click()
    asked(panel).confirm.click()
    assert here(session).id == "format"
    assert last(session).act is Act.UNDONE


def test_a_closed_cycle_says_so_and_can_be_opened_again(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(10, ahead=True)
    panel = panel_of(qtbot, session)
    panel.complete()
    assert session.state.closed
    assert "Siklus sudah ditutup" in panel.footer.note.text()
    assert panel.footer.reopen.isVisible()
    assert panel.footer.primary is None


def test_what_is_missing_elsewhere_is_asked_of_the_page(qtbot: QtBot, session: Session) -> None:
    panel = panel_of(qtbot, session)
    with qtbot.waitSignal(panel.stepRequested) as asked_for:
        panel.footer.missingClicked.emit(Missing("Belum diisi: Nomor surat.", "letter_number"))
    assert asked_for.args == ["surat-pengantar", "letter_number"]


def test_a_missing_draft_leads_to_the_button_that_makes_it(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(4)
    panel = panel_of(qtbot, session)
    panel.footer.verbs[""].click()
    made = panel.page.papers.parts["report"].buttons[0]
    assert made.text() == "Buat draf DOCX"
    assert made.hasFocus()


def test_versions_of_the_draft_are_listed_newest_first(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(6, returned=True)
    panel = panel_of(qtbot, session, "draf")
    shown = [label.text() for label in panel.page.papers.findChildren(QLabel) if label.text().startswith("Versi ")]
    assert [text.split(" · ")[0] for text in shown] == ["Versi 2", "Versi 1"]


def test_typing_that_cannot_be_kept_survives_leaving_the_step(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = panel_of(qtbot, session)
    with monkeypatch.context() as broken:
        broken.setattr(session, "fill", lambda changes: None)
        type_into(panel.page.form, "circular_number", "77")
        panel.show_step("format")
    panel.show_step("disposisi")
    assert value_box(panel.page.form, "circular_number").editor.typed() == "77"
    assert panel.flush()
    assert session.state.text("circular_number") == "77"


def test_after_an_act_the_keyboard_stays_in_the_panel(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(2)
    window = QWidget()
    column, name = QVBoxLayout(window), QLineEdit()
    panel = StepPanel(session, DocumentActions(session, window))
    for part in (name, panel):
        column.addWidget(part)
    panel.show_step(session.state.visits[-1].step)
    qtbot.addWidget(window)
    activate(qtbot, window)
    name.setFocus()
    panel._ask_undo()
    assert panel.dialog is not None
    panel.dialog.confirm.click()
    qtbot.waitUntil(lambda: panel.area.hasFocus())
    assert here(session).number == 1


def test_nobody_acts_on_behalf_of_themselves(make_session: MakeSession) -> None:
    session = make_session(8, role="")
    step = session.state.step
    assert step is not None
    session.set_identity(Identity("Rina Contoh, S.A.P."))
    assert session.who_at(step) == Who("Rina Contoh, S.A.P.", "analis")
    session.set_identity(Identity("Dedi Contoh, A.Md."))
    assert session.who_at(step).behalf == "Analis Perencana Rina Contoh, S.A.P."


def test_the_page_is_built_beside_the_window(qtbot: QtBot, make_session: MakeSession) -> None:
    panel = panel_of(qtbot, make_session(9, ahead=True))
    before = panel.page
    panel.show_step("surat-pengantar")
    assert panel.building
    assert "Langkah 8" in panel.header.title.text()
    assert panel.area.widget() is before
    qtbot.waitUntil(lambda: not panel.building)
    assert panel.area.widget() is panel.page
    assert panel.page.step.id == "surat-pengantar"
    assert set(panel.page.form.boxes) == {field.id for field in panel.page.step.fields}


def test_another_step_may_be_asked_for_while_a_page_is_built(qtbot: QtBot, make_session: MakeSession) -> None:
    panel = panel_of(qtbot, make_session(9, ahead=True))
    for step in ("disposisi", "format", "kirim-arsip"):
        panel.show_step(step)
        assert panel.building
    qtbot.waitUntil(lambda: not panel.building)
    assert panel.page.step.id == "kirim-arsip"
    assert panel.page.form.isVisible()


def test_what_is_typed_until_the_next_page_is_there_is_kept(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(9, ahead=True)
    panel = panel_of(qtbot, session)
    assert not panel.page.form.pending
    panel.show_step("disposisi")
    still = panel.area.widget()
    assert isinstance(still, StepPage)
    type_into(still.form, "archive_place", "Lemari 7")
    qtbot.waitUntil(lambda: not panel.building)
    assert session.state.text("archive_place") == "Lemari 7"


class Opened(QObject):
    """Notes each window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_part_of_a_page_is_ever_a_window_of_its_own(
    qtbot: QtBot, qapp: QApplication, make_session: MakeSession
) -> None:
    panel = panel_of(qtbot, make_session(10, ahead=True))
    opened = Opened()
    qapp.installEventFilter(opened)
    for step in panel._session.state.sop.steps:
        panel.show_step(step.id)
        assert panel.page.step is step
    qapp.removeEventFilter(opened)
    assert opened.windows == []


def test_the_coming_page_is_made_in_its_place_and_not_seen_before_it_is_whole(qtbot: QtBot, session: Session) -> None:
    panel = panel_of(qtbot, session)
    seen = panel.page
    panel.show_step("format")
    assert panel.building
    pages = {page.step.id: page for page in panel.area.viewport().findChildren(StepPage)}
    assert [pages["format"].isVisible(), seen.isVisible()] == [False, True]
    qtbot.waitUntil(lambda: not panel.building)
    assert panel.page is pages["format"]
    assert panel.page.isVisible()


def test_a_page_is_not_seen_before_it_is_whole_when_its_panel_appears(qtbot: QtBot, session: Session) -> None:
    panel = StepPanel(session, None)  # type: ignore[arg-type]
    panel._documents = DocumentActions(session, panel)
    qtbot.addWidget(panel)
    panel.show_step("disposisi")
    panel.show()
    assert panel.building
    assert not [page for page in panel.findChildren(StepPage) if page.isVisible()]
    qtbot.waitUntil(lambda: not panel.building)
    assert panel.page.isVisible()
    assert panel.page.papers.isVisibleTo(panel)
