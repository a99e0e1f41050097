"""Tables in forms: typed in by keys, pasted into, taken back, computed beside."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from lkip_desktop.sop.model import FormField
from lkip_desktop.workflow.events import Act
from lkip_desktop.workflow.guards import missing
from tests.ui.conftest import MakeSession
from tests.ui.test_form import filled, form_of
from ui.forms.arranging import Arrangement, sort_key
from ui.forms.boxes import ValueBox
from ui.forms.form import FormView
from ui.forms.row_dialog import RowDialog
from ui.forms.table_box import TableBox, TableDialog
from ui.forms.table_delegate import MARK_WIDTH
from ui.forms.table_model import MarkRole
from ui.session import Session


def table_box(form: FormView, field: str) -> TableBox:
    box = form.boxes[field]
    assert isinstance(box, TableBox)
    return box


def cell(box: TableBox, row: int, column: str) -> QModelIndex:
    keys = [box.model.key(n) for n in range(box.model.columnCount())]
    return box.model.index(row, keys.index(column))


def open_editor(box: TableBox) -> QWidget:
    editor = box.view.cells.open_editor
    assert editor is not None
    return editor


def edit(box: TableBox, row: int, column: str) -> QWidget:
    box.view.setCurrentIndex(cell(box, row, column))
    box.view.edit(cell(box, row, column))
    return open_editor(box)


def key(widget: QWidget, name: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, name, modifier)
    # Qt would hold the modifier down until the next key.
    if modifier is not Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(widget, Qt.Key.Key_Control)


@pytest.fixture
def team(qtbot: QtBot, session: Session) -> TableBox:
    """The table of the team, with two rows."""
    values: dict[str, object] = {"team": ["r1", "r2"], "team/r1/name": "Budi", "team/r2/name": "Sari"}
    session.fill(values)
    form = form_of(qtbot, session)
    box = table_box(form, "team")
    vars(box)["form"] = form
    form.focus_path("team/r1/name")
    return box


def test_tab_goes_through_the_cells_and_adds_a_row_after_the_last(team: TableBox, session: Session) -> None:
    editor = edit(team, 1, "name")
    QTest.keyClicks(editor, "Sari Contoh")
    key(editor, Qt.Key.Key_Tab)
    assert session.state.text("team/r2/name") == "Sari Contoh"
    assert team.view.currentIndex() == cell(team, 1, "position")
    editor = open_editor(team)
    QTest.keyClicks(editor, "Auditor")
    key(editor, Qt.Key.Key_Tab)
    assert len(session.state.rows("team")) == 3
    assert team.view.currentIndex().row() == 2


@pytest.mark.parametrize(
    ("leaving", "row", "column"), [(Qt.Key.Key_Tab, 0, "position"), (Qt.Key.Key_Return, 1, "name")]
)
def test_a_key_leaves_the_cell_though_suggestions_are_open(
    qtbot: QtBot, team: TableBox, session: Session, leaving: Qt.Key, row: int, column: str
) -> None:
    editor = edit(team, 0, "name")
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Sar")
    completer = editor.completer()
    assert completer is not None
    qtbot.waitUntil(completer.popup().isVisible)
    key(completer.popup(), leaving)
    assert session.state.text("team/r1/name") == "Sar"
    assert team.view.currentIndex() == cell(team, row, column)
    assert team.view.cells.open_editor is not editor
    assert not team.tools.add.hasFocus()


def test_suggestions_are_as_wide_as_their_words(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=2, width=900)
    long = "Meningkatnya akuntabilitas kinerja Inspektorat pada tahun berjalan"
    session.fill({"indicators/r1/name": long})
    editor = edit(box, 1, "name")
    assert isinstance(editor, QLineEdit)
    completer = editor.completer()
    assert completer is not None
    wanted = box.view.fontMetrics().horizontalAdvance(long)
    at = box.view.visualRect(cell(box, 1, "name"))
    assert completer.popup().minimumWidth() >= min(wanted, box.view.viewport().width() - at.left()) > at.width()


def test_enter_keeps_the_cell_and_goes_down(team: TableBox, session: Session) -> None:
    editor = edit(team, 0, "name")
    QTest.keyClicks(editor, "Wati")
    key(editor, Qt.Key.Key_Return)
    assert session.state.text("team/r1/name") == "Wati"
    assert team.view.currentIndex() == cell(team, 1, "name")


def test_an_open_cell_is_kept_after_two_idle_seconds(team: TableBox, session: Session) -> None:
    editor = edit(team, 0, "name")
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Wa")
    assert team.view.cells.timer.isActive()
    assert team.view.cells.timer.interval() <= 2000
    team.view.cells.timer.timeout.emit()
    assert session.state.text("team/r1/name") == "Wa"
    assert open_editor(team) is editor
    QTest.keyClicks(editor, "ti")
    key(editor, Qt.Key.Key_Return)
    assert session.state.text("team/r1/name") == "Wati"


def test_esc_closes_a_cell_and_loses_nothing(team: TableBox, session: Session) -> None:
    editor = edit(team, 0, "name")
    QTest.keyClicks(editor, "Wati")
    key(editor, Qt.Key.Key_Escape)
    assert session.state.text("team/r1/name") == "Wati"
    key(team.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.state.text("team/r1/name") == "Budi"


def test_a_paste_from_a_spreadsheet_is_one_act_and_can_be_taken_back(team: TableBox, session: Session) -> None:
    QGuiApplication.clipboard().setText("Ketua\tAni\tAuditor\r\nAnggota\tBeni\t\r\nAnggota\tCici\tPPUPD\r\n")
    team.view.setCurrentIndex(cell(team, 1, "duty"))
    before = len(filled(session))
    key(team.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(filled(session)) == before + 1
    names = [session.state.cell("team", row, "name") for row in session.state.rows("team")]
    assert names == ["Budi", "Ani", "Beni", "Cici"]
    assert team.notice.isVisible()
    team.notice.undo.click()
    names = [session.state.cell("team", row, "name") for row in session.state.rows("team")]
    assert names == ["Budi", "Sari"]


@pytest.mark.parametrize(
    ("text", "html"),
    [("Ani\tAuditor\r\nBeni\tPPUPD\r\n", ""), ("Ani\r\nBeni\r\n", "<TABLE><tr><td>Ani</td></tr></TABLE>")],
)
def test_cells_pasted_into_a_new_row_do_not_end_in_its_open_cell(
    team: TableBox, session: Session, text: str, html: str
) -> None:
    copied = QMimeData()
    copied.setText(text)
    copied.setHtml(html)
    QGuiApplication.clipboard().setMimeData(copied)
    team.tools.add.click()
    editor = edit(team, 2, "name")
    key(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    names = [session.state.cell("team", row, "name") for row in session.state.rows("team")]
    assert names == ["Budi", "Sari", "Ani", "Beni"]
    assert team.view.cells.open_editor is None


def test_lines_of_prose_stay_in_the_open_cell(team: TableBox, session: Session) -> None:
    QGuiApplication.clipboard().setText("Ani\nContoh")
    editor = edit(team, 0, "name")
    key(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    key(editor, Qt.Key.Key_Return)
    names = [session.state.cell("team", row, "name") for row in session.state.rows("team")]
    assert names == ["Ani Contoh", "Sari"]


def test_one_copied_cell_fills_the_selected_cells(team: TableBox, session: Session) -> None:
    selection = QItemSelection(cell(team, 0, "position"), cell(team, 1, "position"))
    team.view.setCurrentIndex(cell(team, 0, "position"))
    team.view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    QGuiApplication.clipboard().setText("Auditor\n")
    before = len(filled(session))
    key(team.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [session.state.text(f"team/{row}/position") for row in ("r1", "r2")] == ["Auditor", "Auditor"]
    assert len(filled(session)) == before + 1
    assert len(session.state.rows("team")) == 2


def test_a_thousand_rows_are_one_act(team: TableBox, session: Session) -> None:
    QGuiApplication.clipboard().setText("\n".join(f"Anggota\tPegawai {n}\tAuditor" for n in range(1000)))
    before = session.state.seq
    team.view.setCurrentIndex(cell(team, 0, "duty"))
    team.view.paste()
    assert session.state.seq == before + 1
    assert len(session.state.rows("team")) == 1000
    assert team.model.rowCount() == 1000
    assert team.view.height() <= 320


def test_a_row_is_deleted_and_comes_back(team: TableBox, session: Session) -> None:
    team.view.setCurrentIndex(cell(team, 0, "name"))
    key(team.view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert session.state.rows("team") == ("r2",)
    assert team.notice.text.text() == "Baris 1 dihapus."
    team.notice.undo.click()
    assert session.state.rows("team") == ("r1", "r2")
    assert cell(team, 0, "name").data() == "Budi"
    assert not team.notice.isVisible()


def test_rows_move_and_fill_down_by_keys(team: TableBox, session: Session) -> None:
    team.view.setCurrentIndex(cell(team, 1, "name"))
    key(team.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert session.state.rows("team") == ("r2", "r1")
    assert team.view.currentIndex().row() == 0
    for row in (0, 1):
        team.view.selectionModel().select(cell(team, row, "name"), team.view.selectionModel().SelectionFlag.Select)
    key(team.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert session.state.text("team/r1/name") == "Sari"


def test_a_single_cell_is_filled_from_above(team: TableBox, session: Session) -> None:
    for row, names in ((0, ["Budi", "Sari"]), (1, ["Budi", "Budi"])):
        team.view.setCurrentIndex(cell(team, row, "name"))
        key(team.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        assert [session.state.cell("team", r, "name") for r in session.state.rows("team")] == names


def test_copied_cells_paste_into_a_spreadsheet(team: TableBox) -> None:
    team.view.selectAll()
    team.view.copy()
    assert QGuiApplication.clipboard().text() == "\tBudi\t\n\tSari\t\n"


def test_a_refused_cell_keeps_its_text_and_says_why(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(2)
    form = form_of(qtbot, session, session.state.sop.first.fields)
    box = table_box(form, "team")
    index = cell(box, 0, "name")
    assert not box.model.setData(index, "Orang lain")
    assert index.data() == "Orang lain"
    assert "Buka kembali" in index.data(MarkRole).text
    assert any("Buka kembali" in problem for problem in form.problems())


def test_a_cell_that_the_disk_refused_is_pending_until_it_is_kept(
    team: TableBox, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    form: FormView = vars(team)["form"]
    index = cell(team, 0, "name")
    with monkeypatch.context() as broken:
        broken.setattr(session, "fill", lambda changes: None)
        assert not team.model.setData(index, "Wati")
        assert not form.flush()
    assert index.data() == "Wati"
    assert index.data(MarkRole).text.startswith("Belum tersimpan")
    form.context.keeper.retry.timeout.emit()
    assert session.state.text("team/r1/name") == "Wati"
    assert index.data(MarkRole) is None
    assert form.flush()


def test_a_mistake_is_marked_in_the_cell_and_spoken(team: TableBox) -> None:
    box = table_box(vars(team)["form"], "team")
    box.model.setData(cell(box, 0, "duty"), "Bendahara")
    index = cell(box, 0, "duty")
    assert index.data(MarkRole).blocks
    assert "Pilih salah satu" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "Pilih salah satu" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_missing_cells_are_marked_until_they_are_filled(team: TableBox, session: Session) -> None:
    form: FormView = vars(team)["form"]
    step = session.state.step
    assert step is not None
    form.show_missing(missing(session.state, step, ""))
    assert cell(team, 0, "duty").data(MarkRole) is not None
    team.model.setData(cell(team, 0, "duty"), "Ketua")
    assert cell(team, 0, "duty").data(MarkRole) is None


def test_changes_from_elsewhere_leave_an_open_cell_alone(team: TableBox, session: Session) -> None:
    editor = edit(team, 1, "name")
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "sedang diketik")
    session.fill({"team": ["r2"], "circular_number": "1"})
    assert editor.text() == "sedang diketik"
    key(editor, Qt.Key.Key_Return)
    assert session.state.text("team/r2/name") == "sedang diketik"


def test_achievement_is_computed_while_figures_are_typed(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session, session.state.sop.by_id["data"].fields)
    box = table_box(form, "indicators")
    assert box.summary is not None
    box.view.add_row()
    for column, text in (("name", "Skor"), ("target", "3,10"), ("actual", "3,05")):
        box.model.setData(cell(box, 0, column), text)
    assert cell(box, 0, "Capaian").data() == "98,39 %"
    assert cell(box, 0, "Predikat").data() == "Sangat Tinggi"
    assert "98,39 %" in box.summary.headline.text()
    assert not cell(box, 0, "Capaian").flags() & Qt.ItemFlag.ItemIsEditable
    box.model.setData(cell(box, 0, "target"), "0")
    assert cell(box, 0, "Capaian").data() == "Tidak dapat dihitung"
    assert "pembagi" in cell(box, 0, "Capaian").data(Qt.ItemDataRole.ToolTipRole)


def test_a_plausible_doubt_is_no_mistake(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session, session.state.sop.by_id["data"].fields)
    box = table_box(form, "budget")
    box.view.add_row()
    for column, text in (("code", "6.01.01"), ("ceiling", "1.000.000"), ("spent", "1.500.000")):
        box.model.setData(cell(box, 0, column), text)
    mark = cell(box, 0, "spent").data(MarkRole)
    assert not mark.blocks
    assert "melebihi pagu" in mark.text
    assert cell(box, 0, "Serapan").data() == "150,00 %"
    assert box.summary is not None
    assert box.summary.warning.text().startswith("Periksa: Realisasi melebihi pagu")
    assert form.problems() == []


def test_a_paragraph_opens_large_and_keeps_its_lines(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session, session.state.sop.by_id["data"].fields)
    box = table_box(form, "indicators")
    box.view.add_row()
    box.view.setColumnHidden(cell(box, 0, "analysis").column(), False)
    editor = edit(box, 0, "analysis")
    assert isinstance(editor, QPlainTextEdit)
    assert editor.height() > box.view.rowHeight(0)
    QTest.keyClicks(editor, "satu")
    key(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "dua")
    key(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.state.cell("indicators", "r1", "analysis") == "satu\ndua"


def in_dialog(monkeypatch: pytest.MonkeyPatch, kind: type, act: Callable[[object], None]) -> list[object]:
    """Run `act` in the next dialog of a kind in place of waiting for a person."""
    seen: list[object] = []

    def run(dialog: QWidget) -> int:
        dialog.show()
        act(dialog)
        seen.append(dialog)
        dialog.close()
        return 0

    monkeypatch.setattr(kind, "exec", run)
    return seen


def test_a_row_opens_as_a_form(team: TableBox, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def act(dialog: object) -> None:
        assert isinstance(dialog, RowDialog)
        dialog.go(1)
        editor = dialog.boxes["team/r2/position"].editor.inner()  # type: ignore[attr-defined]
        QTest.keyClicks(editor, "PPUPD")
        dialog.go(-1)

    seen = in_dialog(monkeypatch, RowDialog, act)
    team.tools.open_row.click()
    assert len(seen) == 1
    assert session.state.text("team/r2/position") == "PPUPD"
    assert cell(team, 1, "position").data() == "PPUPD"


def test_the_enlarged_table_is_the_same_table(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    form = form_of(qtbot, session, session.state.sop.by_id["data"].fields)
    box = table_box(form, "indicators")

    def act(dialog: object) -> None:
        assert isinstance(dialog, TableDialog)
        dialog.tools.add.click()
        editor = dialog.view.cells.open_editor
        assert editor is not None
        QTest.keyClicks(editor, "Sasaran satu")

    assert len(in_dialog(monkeypatch, TableDialog, act)) == 0
    box.tools.enlarge.click()
    assert session.state.cell("indicators", "r1", "objective") == "Sasaran satu"
    assert [e.act for e in session.cycle.store.events()][-1] is Act.FILLED


def indicators_box(qtbot: QtBot, session: Session, rows: int = 3, width: int = 900) -> TableBox:
    """The table of indicators with some rows: names from last to first, figures of several spellings."""
    ids = [f"r{n}" for n in range(1, rows + 1)]
    values: dict[str, object] = {"indicators": ids}
    for n, row in enumerate(ids):
        values[f"indicators/{row}/objective"] = f"Sasaran {n // 2}"
        values[f"indicators/{row}/name"] = f"Indikator {chr(ord('z') - n % 26)}"
        values[f"indicators/{row}/target"] = "80"
        values[f"indicators/{row}/actual"] = ["74,20", "1.234", "Level 3 (3,35)"][n % 3]
    session.fill(values)
    form = form_of(qtbot, session, session.state.sop.by_id["data"].fields)
    vars(form)["area"].resize(width, 700)
    box = table_box(form, "indicators")
    vars(box)["form"] = form
    box.view.fit()
    return box


def shown_names(box: TableBox) -> list[str]:
    return [str(cell(box, n, "name").data()) for n in range(box.model.rowCount())]


def visible(box: TableBox) -> list[str]:
    return [box.model.key(n) for n in range(box.model.columnCount()) if not box.view.isColumnHidden(n)]


def test_groups_of_columns_are_tabs(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session)
    tabs = box.tools.tabs
    assert [tabs.tabText(n) for n in range(tabs.count())] == [
        "Tahun ini", "Dasar", "Triwulan", "Tahun lalu", "Pembanding", "Analisis", "Semua",
    ]  # fmt: skip
    assert "actual" in visible(box)
    tabs.setCurrentIndex(2)
    assert {"name", "target_q1", "actual_q4"} <= set(visible(box))
    assert "actual" not in visible(box)
    tabs.setCurrentIndex(6)
    box.model.setData(cell(box, 0, "actual_q1"), "20")
    assert session.state.cell("indicators", "r1", "actual_q1") == "20"


def test_copied_figures_paste_back_beside_what_is_computed(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=1, width=1600)
    row = {"target": "80", "actual": "60", "target_revised": "75", "status": "final"}
    session.fill({f"indicators/r1/{column}": text for column, text in row.items()})
    first, last = cell(box, 0, "target"), cell(box, 0, "status")
    assert {"Capaian", "status"} <= set(visible(box))
    box.view.setCurrentIndex(first)
    box.view.selectionModel().select(QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    box.view.copy()
    box.model.clear_cells(box.view.selectedIndexes())
    assert not session.state.cell("indicators", "r1", "status")
    box.view.paste()
    assert {column: session.state.cell("indicators", "r1", column) for column in row} == row
    shown = (box.model.columns[n] for n in range(box.model.columnCount()) if not box.view.isColumnHidden(n))
    typed = [column.id for column in shown if isinstance(column, FormField)]
    box.view.setCurrentIndex(cell(box, 0, typed[0]))
    QGuiApplication.clipboard().setText("\t".join(row.get(column, "") for column in typed) + "\n")
    box.view.paste()
    assert {column: session.state.cell("indicators", "r1", column) for column in row} == row


def test_a_paste_into_a_narrow_table_goes_to_the_columns_in_sight(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=1, width=500)
    assert "unit" not in visible(box)
    box.view.setCurrentIndex(cell(box, 0, "name"))
    QGuiApplication.clipboard().setText("Indeks\t70\t60\n")
    box.view.paste()
    kept = [session.state.cell("indicators", "r1", column) for column in ("name", "unit", "target", "actual")]
    assert kept == ["Indeks", "", "70", "60"]


def test_sorting_and_filtering_are_for_looking_at(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=12)
    before = session.state.seq
    name = cell(box, 0, "name").column()
    box.view.setCurrentIndex(cell(box, 0, "name"))
    box.view.sort_by(name)
    assert shown_names(box) == sorted(shown_names(box))
    assert box.model.headerData(0, Qt.Orientation.Vertical) == "12"
    box.view.sort_by(name)
    assert shown_names(box) == sorted(shown_names(box), reverse=True)
    box.tools.filter.setText("sasaran 2")
    box.tools.filter.apply()
    assert shown_names(box) == ["Indikator v", "Indikator u"]
    box.model.setData(cell(box, 1, "target"), "90")
    assert session.state.cell("indicators", "r6", "target") == "90"
    key(box.view, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert box.tools.filter.text() == ""
    assert shown_names(box)[0] == "Indikator z"
    assert session.state.rows("indicators") == tuple(f"r{n}" for n in range(1, 13))
    assert session.state.seq == before + 1


def test_a_figure_that_is_typed_widens_its_column(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=3, width=900)
    dialog = TableDialog(box.model.context, box.view, box)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(1400, 600)
    dialog.view.fit()
    for text in ("1.250.000.000", "123456 dokumen"):
        session.fill({"indicators/r2/target": text, "indicators/r2/unit": "dokumen"})
        session.fill({"indicators/r2/objective": "Meningkatnya pertanggungjawaban kinerja"})
        dialog.view.fit()
        for column in ("target", "unit", "objective"):
            at = cell(box, 1, column)
            word = max(str(at.data()).split(), key=len)
            assert dialog.view.columnWidth(at.column()) >= dialog.view.fontMetrics().horizontalAdvance(word) + 20
    row = dialog.view.rowHeight(1)
    assert row >= 2 * dialog.view.fontMetrics().lineSpacing()
    dialog.close()


def test_a_mark_hides_no_digit(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=2, width=420)
    session.fill({"indicators/r1/target": "1.250.000.000.000", "indicators/r1/actual": "1.350.000.000.000"})
    box.view.fit()
    at = cell(box, 0, "actual")
    assert at.data(MarkRole) is not None
    option = QStyleOptionViewItem()
    box.view.initViewItemOption(option)
    option.rect = box.view.visualRect(at)
    box.view.cells.initStyleOption(option, at)
    assert option.text.endswith("…")
    assert box.view.fontMetrics().horizontalAdvance(option.text) < option.rect.width() - MARK_WIDTH


def test_rows_are_called_by_their_kept_numbers(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=12)
    said: list[str] = []
    box.model.said.connect(lambda sentence, _: said.append(sentence))
    box.view.arrange(Arrangement(words=session.state.cell("indicators", "r5", "name")))
    assert len(box.model.rows) == 1
    assert [problem.split(",")[1] for problem in box.problems()] == [" baris 2", " baris 5", " baris 8", " baris 11"]
    dialog = RowDialog(box.model.context, box.model, 0, box)
    assert dialog.windowTitle() == "Indikator, baris 5 dari 12"
    dialog.close()
    assert edit(box, 0, "target").accessibleName() == "Target, baris 5"
    box.model.remove_rows([0])
    assert said[-1] == "Baris 5 dihapus."


def test_headings_are_not_counted_among_pasted_rows(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=1)
    said: list[str] = []
    box.model.said.connect(lambda sentence, _: said.append(sentence))
    box.model.paste("Satuan\tTarget\nskor\t3\nskor\t4\n", 0, [0])
    assert said == ["2 baris ditempel."]


def test_an_office_s_own_headings_are_known_and_others_told(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=1)
    said: list[str] = []
    box.model.said.connect(lambda sentence, _: said.append(sentence))
    table = "No.\tSasaran Strategis\tIndikator\tTarget 2025\tTarget Tahun 2026\tCapaian\n1\tS\tNilai\t70\t80\t99\n"
    box.model.paste(table, 0, [0])
    kept = [session.state.cell("indicators", "r1", column) for column in ("objective", "name", "target")]
    assert kept == ["S", "Nilai", "80"]
    assert said == ["1 baris ditempel. Kolom yang tidak dikenal dan dilewati: “Target 2025”."]


def test_figures_with_words_are_sorted_by_their_size() -> None:
    texts = ["WTP", "9 dokumen", "", "10 dokumen", "Level 3 (3,35)", "8,5 %"]
    assert sorted(texts, key=sort_key) == ["Level 3 (3,35)", "8,5 %", "9 dokumen", "10 dokumen", "WTP", ""]


def test_a_row_does_not_run_away_while_it_is_typed_in(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=4)
    box.view.sort_by(cell(box, 0, "name").column())
    first = box.model.rows[0]
    box.model.setData(cell(box, 0, "name"), "Zzz")
    assert box.model.rows[0] == first
    box.model.add_row()
    assert len(box.model.rows) == 5
    assert box.model.move_row(0, 1) == 0
    assert "urutan semula" in box.notice.text.text()


def test_an_ambiguous_figure_offers_its_two_readings(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session)
    box.view.setCurrentIndex(cell(box, 2, "actual"))
    assert box.note.text.text() == "“Level 3 (3,35)” dibaca 3,35."
    box.view.setCurrentIndex(cell(box, 1, "actual"))
    assert "dapat dibaca dua cara" in box.note.text.text()
    assert box.note.choice is not None
    assert [one.text() for one in box.note.choice.buttons] == ["1234 (ribuan)", "1,234 (pecahan)"]
    box.note.choice.buttons[1].click()
    assert session.state.cell("indicators", "r2", "actual") == "1,234"
    assert not box.note.isVisible()


def test_money_is_typed_in_millions_and_kept_in_rupiah(qtbot: QtBot, session: Session) -> None:
    form = form_of(qtbot, session, session.state.sop.by_id["data"].fields)
    box = table_box(form, "budget")
    box.view.add_row()
    assert box.tools.money is not None
    box.tools.money.setCurrentIndex(2)
    box.tools.money.activated.emit(2)
    box.model.setData(cell(box, 0, "ceiling"), "1,25")
    assert session.state.cell("budget", "r1", "ceiling") == "1250000"
    assert cell(box, 0, "ceiling").data() == "Rp 1.250.000"
    box.model.setData(cell(box, 0, "ceiling"), str(cell(box, 0, "ceiling").data(Qt.ItemDataRole.EditRole)))
    assert session.state.cell("budget", "r1", "ceiling") == "1250000"


def test_the_office_s_rules_reach_the_table(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session)
    session.fill({"rule_rounding": "potong", "indicators/r1/target": "81"})
    assert cell(box, 0, "Capaian").data() == "91,60 %"
    session.fill({"rule_rounding": "setengah ke atas"})
    assert cell(box, 0, "Capaian").data() == "91,60 %"
    session.fill({"indicators/r1/actual": "74,25"})
    assert cell(box, 0, "Capaian").data() == "91,67 %"
    session.fill({"rule_rounding": "potong"})
    assert cell(box, 0, "Capaian").data() == "91,66 %"


def test_a_row_with_groups_opens_by_tabs(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session)
    dialog = RowDialog(box.context, box.model, 1, box)
    qtbot.addWidget(dialog)
    field = dialog.boxes["indicators/r2/actual"]
    assert isinstance(field, ValueBox)
    assert field.choice is not None
    field.choice.buttons[0].click()
    assert session.state.cell("indicators", "r2", "actual") == "1234"
    dialog.tabs.setCurrentIndex(2)
    assert "indicators/r2/target_q1" in dialog.boxes
    assert "indicators/r2/actual" not in dialog.boxes


def test_a_thousand_rows_follow_a_key_at_once(qtbot: QtBot, session: Session) -> None:
    box = indicators_box(qtbot, session, rows=1000)
    app = QGuiApplication.instance()
    assert app is not None
    qtbot.waitUntil(lambda: not box.view.settling, timeout=10_000)
    times = []
    for n in range(9):
        begun = perf_counter()
        box.model.setData(cell(box, 3, "actual"), f"7{n},5")
        app.processEvents()
        times.append(perf_counter() - begun)
    # A busy machine may double the aim of 16 ms; what was worked out anew for every row took 400 ms.
    assert median(times) < 0.06, times
    assert cell(box, 3, "Capaian").data() == "98,13 %"


def test_a_narrow_table_without_groups_keeps_its_first_columns(qtbot: QtBot, make_session: MakeSession) -> None:
    session = make_session(3)
    form = FormView(session, session.state.sop.by_id["format"].fields)
    qtbot.addWidget(form)
    form.resize(420, 600)
    form.show()
    box = form.boxes["unit_forms"]
    assert isinstance(box, TableBox)
    qtbot.waitUntil(lambda: box.view.horizontalScrollBar().maximum() == 0)
    shown = [n for n in range(box.model.columnCount()) if not box.view.isColumnHidden(n)]
    assert shown[:2] == [0, 1]
    assert len(shown) < box.model.columnCount()
    assert box.hidden.isVisible()
