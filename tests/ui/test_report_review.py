"""Reviewing the report in a real window: what it lacks, versions side by side, taking back what Word changed."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from walkthrough import drop

from lkip_desktop import office
from lkip_desktop.attachments import IncomingFile, accept
from lkip_desktop.completeness import Standing
from lkip_desktop.documents.catalog import make
from lkip_desktop.workflow.events import Act, Who
from tests.ui.conftest import FixedClock, MakeSession
from ui import jobs
from ui.documents.actions import DocumentActions
from ui.documents.preview import PreviewDialog
from ui.forms.table_box import TableBox
from ui.report_review.completeness import ITEM, CompletenessDialog
from ui.report_review.differences import DifferencesDialog
from ui.report_review.sides import Sides
from ui.report_review.take_back import NEW, PLACE, STATE, TAKE, TakeBackDialog
from ui.report_review.versions import VersionsDialog
from ui.session import Session
from ui.settings import Settings
from ui.step.panel import StepPanel

WHO = Who("Rina", "analis")


@pytest.fixture
def session(make_session: MakeSession) -> Session:
    """The sample at step 4, where the report is written, with all texts and a first draft."""
    return make_session(4, ahead=True)


@pytest.fixture
def panel(qtbot: QtBot, session: Session, tmp_path: Path) -> Iterator[StepPanel]:
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    settings = Settings(tmp_path / "lkip.ini")
    settings.work_folder = tmp_path
    made = StepPanel(session, DocumentActions(session, host, settings), host)
    column.addWidget(made)
    host.resize(460, 700)
    made.show_step("draf")
    host.show()
    yield made
    for dialog in shown(QWidget):
        dialog.close()


def shown(kind: type) -> list[Any]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible() and w.parent()]


def dialog_of(qtbot: QtBot, kind: type) -> Any:
    qtbot.waitUntil(lambda: bool(shown(kind)))
    jobs.finish_all()
    return shown(kind)[-1]


def edited(session: Session, before: str, after: str) -> bytes:
    document = docx.Document(BytesIO(make("report", session.snapshot()).data))
    run = next(r for p in document.paragraphs for r in p.runs if before in r.text)
    run.text = run.text.replace(before, after)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_what_is_missing_is_listed_by_group_and_leads_to_its_place(
    qtbot: QtBot, panel: StepPanel, session: Session
) -> None:
    session.fill({"report_issues": None})
    panel.page.reviewing.check.click()
    dialog: CompletenessDialog = dialog_of(qtbot, CompletenessDialog)
    missing = [item for item in dialog.items if item.standing is Standing.MISSING]
    assert "belum ada" in dialog.count.text()
    row = next(n for n, item in enumerate(dialog._rows) if item and item.text == "Bab I: isu strategis")
    assert row == next(n for n, item in enumerate(dialog._rows) if item and item in missing)
    assert dialog.table.currentRow() <= row
    dialog.only.click()
    assert dialog.table.rowCount() < len(dialog.items)
    row = next(n for n, item in enumerate(dialog._rows) if item and item.text == "Bab I: isu strategis")
    dialog.table.setCurrentCell(row, ITEM)
    asked: list[tuple[str, str]] = []
    panel.stepRequested.connect(lambda step, path: asked.append((step, path)))
    dialog.go.click()
    assert asked == [("draf", "report_issues")]
    assert not shown(CompletenessDialog)


@pytest.mark.parametrize("column", ["source", "previous", "renstra_target", "analysis", "status", "name"])
def test_a_cell_that_something_leads_to_is_in_sight(qtbot: QtBot, panel: StepPanel, column: str) -> None:
    """Whatever group of columns is shown, and however narrow the form is."""
    panel.show_step("data")
    path = f"indicators/r4/{column}"
    panel.focus_path(path)
    box = panel.page.form.boxes["indicators"]
    assert isinstance(box, TableBox)
    view, index = box.view, box.model.index_of(path)
    assert view.currentIndex() == index
    assert view.viewport().rect().contains(view.visualRect(index).center())
    view.fit()
    assert not view.isColumnHidden(index.column())


def test_the_list_follows_when_it_is_checked_again_and_prints_its_sheet(
    qtbot: QtBot, panel: StepPanel, session: Session
) -> None:
    panel.review.show_completeness()
    dialog: CompletenessDialog = dialog_of(qtbot, CompletenessDialog)
    before = dialog.count.text()
    session.fill({"report_issues": None, "report_renstra": None})
    dialog.again.click()
    qtbot.waitUntil(lambda: dialog.count.text() != before)
    jobs.finish_all()
    panel.review._documents.preview("completeness")
    assert "Kelengkapan" in dialog_of(qtbot, PreviewDialog).windowTitle()


def test_a_warning_of_an_incomplete_report_opens_the_list(
    qtbot: QtBot, make_session: MakeSession, panel: StepPanel
) -> None:
    panel.focus_path("completeness")
    assert panel.page.reviewing.check.hasFocus() or QApplication.focusWidget() is None


def test_two_versions_are_laid_side_by_side(qtbot: QtBot, panel: StepPanel, session: Session) -> None:
    session.keep_document("report", office_file(make("report", session.snapshot()).data))
    text = session.state.text("report_issues")
    session.fill({"report_issues": text + "\nIsu tambahan dengan angka 123."})
    session.keep_document("report", office_file(make("report", session.snapshot()).data))
    # With Ctrl held down, as after a shortcut, a list of several choices would toggle its rows.
    qtbot.keyClick(panel, Qt.Key.Key_F35, Qt.KeyboardModifier.ControlModifier)
    panel.page.reviewing.versions.click()
    versions: VersionsDialog = dialog_of(qtbot, VersionsDialog)
    assert versions.table.rowCount() == len(session.state.versions("report"))
    assert versions.versions[0].note == "1 isian diubah sejak versi 2."
    assert versions.compare.text() == "Bandingkan versi 2 dan 3"
    versions.compare.click()
    found: DifferencesDialog = dialog_of(qtbot, DifferencesDialog)
    assert any("Isu tambahan" in one.new for one in found.model.all)
    found.kinds.setCurrentIndex(1)
    assert 0 < len(found.model.shown) <= len(found.model.all)
    assert all(any(c.isdigit() for c in one.old + one.new) for one in found.model.shown)


def office_file(data: bytes, name: str = "LKIP 2026.docx") -> IncomingFile:
    return accept(name, data)


def test_changes_are_taken_as_one_act_which_keeps_the_file_as_a_version(
    qtbot: QtBot, panel: StepPanel, session: Session, tmp_path: Path
) -> None:
    first = session.state.text("report_issues").split()[0]
    path = tmp_path / "Dari Sekretaris.docx"
    path.write_bytes(edited(session, session.state.text("report_issues")[:30], f"Diubah Sekretaris: {first}"))
    before = session.state.seq
    panel.review.bring(path)
    dialog: TakeBackDialog = dialog_of(qtbot, TakeBackDialog)
    assert session.state.seq == before
    assert [line.path for line in dialog.seen.lines] == ["report_issues"]
    assert "Diubah Sekretaris" in str(dialog.model.index(0, NEW).data())
    assert dialog.take.text() == "Ambil 1 yang dipilih"
    cell = dialog.model.index(0, TAKE)
    assert dialog.model.setData(cell, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert not dialog.take.isEnabled()
    dialog.all.click()
    dialog.take.click()
    assert session.state.seq == before + 1
    assert session.cycle.store.events()[-1].act is Act.IMPORTED
    assert session.state.text("report_issues").startswith("Diubah Sekretaris")
    kept = session.state.versions("report")[-1]
    assert (kept.name, kept.source) == ("Dari Sekretaris.docx", "imported")
    assert office.contents(session.cycle, kept) == path.read_bytes()


def test_cancel_leaves_no_trace_and_the_file_can_be_kept_alone(
    qtbot: QtBot, panel: StepPanel, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "draf.docx"
    path.write_bytes(edited(session, session.state.text("report_issues")[:30], "Diubah"))
    before = session.state
    panel.review.bring(path)
    dialog_of(qtbot, TakeBackDialog).cancel.click()
    assert session.state is before
    panel.review.bring(path)
    dialog_of(qtbot, TakeBackDialog).keep.click()
    assert session.state.versions("report")[-1].name == "draf.docx"
    assert session.state.text("report_issues") == before.text("report_issues")


def test_two_long_texts_are_shown_where_they_differ_and_scroll_in_step(qtbot: QtBot) -> None:
    sides = Sides("Versi 1", "Versi 2")
    qtbot.addWidget(sides)
    sides.resize(700, 200)
    sides.show()
    same = "\n".join(f"Alinea {n} yang sama." for n in range(60))
    sides.show_texts(f"{same}\nAkhir lama.\n{same}", f"{same}\nAkhir baru.\n{same}")
    left, right = (pane.verticalScrollBar() for pane in sides.panes)
    assert 0 < left.value() < left.maximum()
    assert left.value() == right.value()
    left.setValue(left.maximum())
    assert right.value() == left.value()
    right.setValue(0)
    assert left.value() == 0


def test_what_was_deleted_in_word_is_called_so_and_is_not_ticked(
    qtbot: QtBot, panel: StepPanel, session: Session, tmp_path: Path
) -> None:
    document = docx.Document(BytesIO(make("report", session.snapshot()).data))
    text = session.state.text("report_issues")
    gone = [p for p in document.paragraphs if p.text and p.text.strip() in text and p.style.name == "Body Text"]
    for paragraph in gone:
        paragraph._p.getparent().remove(paragraph._p)
    document.add_paragraph("Tambahan di akhir.")
    path = tmp_path / "draf.docx"
    document.save(str(path))
    panel.review.bring(path)
    model = dialog_of(qtbot, TakeBackDialog).model
    lines = {model.lines[row].path: row for row in range(model.rowCount())}
    row = lines["report_issues"]
    assert model.index(row, STATE).data() == "Tidak ada lagi di Word"
    assert model.index(row, TAKE).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert model.index(lines[""], PLACE).data().endswith(": Teks tetap")


def test_a_document_without_marks_may_still_be_kept(
    qtbot: QtBot, panel: StepPanel, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "lain.docx"
    docx.Document().save(str(path))
    panel.review.bring(path)
    box: QMessageBox = dialog_of(qtbot, QMessageBox)
    assert "tidak memuat penanda" in box.text()
    box.buttons()[0].click()
    assert session.state.versions("report")[-1].name == "lain.docx"


def test_what_is_no_word_file_gives_a_sentence(qtbot: QtBot, panel: StepPanel, tmp_path: Path) -> None:
    path = tmp_path / "catatan.docx"
    path.write_bytes(b"PK\x03\x04 bukan zip")
    panel.review.bring(path)
    box: QMessageBox = dialog_of(qtbot, QMessageBox)
    assert box.text()
    assert len(box.buttons()) == 1


def test_a_report_dropped_on_the_window_is_looked_at(
    qtbot: QtBot, make_session: MakeSession, clock: FixedClock, tmp_path: Path
) -> None:
    from db.files import CycleFiles
    from ui.desk import Desk
    from ui.main_window import MainWindow

    session = make_session(4, ahead=True)
    path = tmp_path / "draf.docx"
    path.write_bytes(edited(session, session.state.text("report_issues")[:30], "Diubah"))
    place = session.cycle.store.path
    session.close()
    settings = Settings(tmp_path / "jendela.ini")
    settings.work_folder = tmp_path
    window = MainWindow(settings, lambda: Desk(CycleFiles(), clock))
    qtbot.addWidget(window)
    window.show()
    window.open_path(place)
    qtbot.waitUntil(lambda: window.work is not None)
    assert window.work is not None
    drop(window, path)
    dialog: TakeBackDialog = dialog_of(qtbot, TakeBackDialog)
    assert [line.path for line in dialog.seen.lines] == ["report_issues"]
    dialog.take.click()
    session = window.work.session
    qtbot.waitUntil(lambda: session.state.text("report_issues").startswith("Diubah"))
    window.menus.actions["versions"].trigger()
    versions: VersionsDialog = dialog_of(qtbot, VersionsDialog)
    assert versions.versions[0].note == "1 perubahan diambil dari berkas ini."
    versions.close()
    assert window.close_cycle()
