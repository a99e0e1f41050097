"""The page where the report is put together, in a real window on a real cycle file."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QToolButton

from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.report_sections import Standing
from tests.documents.builders import logo_png
from tests.ui.shown import activate
from ui import jobs
from ui.documents.actions import DocumentActions
from ui.report.choose import ChooseDialog, TableDialog
from ui.report.page import ReportPage
from ui.report.tree import state_words
from ui.session import Session

TARGET = "indicators/r4/point_target"
MakePage = Callable[..., ReportPage]


@pytest.fixture
def filled(make_session: Callable[..., Session]) -> Session:
    """The sample at step 3 with its figures and texts, all still open to change, in the regulation's order."""
    session = make_session(3, ahead=True)
    session.fill({"report_outline": []})
    return session


@pytest.fixture
def page(filled: Session, qtbot) -> ReportPage:
    return opened(filled, qtbot)


def opened(session: Session, qtbot) -> ReportPage:
    made = ReportPage(session, DocumentActions(session, None))
    qtbot.addWidget(made)
    made.resize(1366, 700)
    activate(qtbot, made)
    return made


def text_of(page: ReportPage) -> QPlainTextEdit:
    assert page.view.box is not None
    inner = page.view.box.editor.inner()
    assert isinstance(inner, QPlainTextEdit)
    return inner


def shown(page: ReportPage, path: str) -> Standing | None:
    section = page.tree.section(page.tree.key_of(path))
    assert section is not None
    return section.standing


def titles(page: ReportPage, chapter: str) -> list[str]:
    section = page.tree.section(chapter)
    assert section is not None
    return [child.title for child in section.children]


def choose(edit: QPlainTextEdit, words: str) -> None:
    before = edit.toPlainText().partition(words)[0]
    start, end = (len(said.encode("utf-16-le")) // 2 for said in (before, before + words))
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def test_the_tree_has_every_part_with_its_state(page: ReportPage) -> None:
    tops = [page.tree.topLevelItem(n).text(0) for n in range(page.tree.topLevelItemCount())]
    assert tops == [
        "Kata Pengantar",
        "Ikhtisar Eksekutif",
        "Bab I Pendahuluan",
        "Bab II Perencanaan Kinerja",
        "Bab III Akuntabilitas Kinerja",
        "Bab IV Penutup",
        "Lampiran",
    ]
    assert shown(page, "report_preface") is Standing.WRITTEN
    assert shown(page, "indicators/r4/analysis") is Standing.WRITTEN
    assert shown(page, TARGET) is Standing.PROPOSED
    assert shown(page, "indicators/r2/follow_up") is None
    assert page.tree.topLevelItem(0).text(1) == "ditulis"
    chapter = page.tree.section("accountability")
    assert chapter is not None
    assert re.fullmatch(r"\d+ dari \d+ ditulis", state_words(chapter))


def test_a_mark_is_painted_once_for_all_parts_that_stand_so(page: ReportPage) -> None:
    written = [item for item in page.tree._items.values() if item.text(1) == "ditulis"]
    assert len(written) > 2
    assert len({item.icon(1).cacheKey() for item in written}) == 1


def test_typing_is_kept_and_stands_in_the_report(page: ReportPage, filled: Session, qtbot) -> None:
    assert page.show_path("report_issues")
    assert text_of(page).hasFocus()
    text_of(page).selectAll()
    QTest.keyClicks(text_of(page), "Isu baru kantor.")
    qtbot.waitUntil(lambda: filled.state.text("report_issues") == "Isu baru kantor.", timeout=4000)
    document = docx.Document(BytesIO(make("report", filled.snapshot()).data))
    assert "Isu baru kantor." in [p.text for p in document.paragraphs]


def test_a_text_is_seen_whole_at_once(page: ReportPage, filled: Session) -> None:
    filled.fill({"report_preface": "\n".join(f"Alinea {n}." for n in range(1, 7))})
    for path in ("report_summary", "report_preface"):
        page.show_path(path)
        QApplication.processEvents()
        assert text_of(page).verticalScrollBar().maximum() == 0, path


def test_a_proposal_is_taken_by_one_click_and_taken_back(page: ReportPage, filled: Session) -> None:
    page.show_path(TARGET)
    proposal = page.view.proposed.text()
    assert "74,20 %" in proposal
    page.view.other.click()
    other = page.view.proposed.text()
    assert other != proposal
    page.view.use.click()
    assert filled.state.text(TARGET) == other == text_of(page).toPlainText()
    assert shown(page, TARGET) is Standing.WRITTEN
    assert text_of(page).hasFocus()
    page.view.notice.undo.click()
    assert filled.state.text(TARGET) == ""
    assert shown(page, TARGET) is Standing.PROPOSED


def test_a_changed_figure_is_told_with_both_values_and_settled(page: ReportPage, filled: Session) -> None:
    page.show_path(TARGET)
    page.view.use.click()
    filled.fill({"indicators/r4/actual": "75,10"})
    assert shown(page, TARGET) is Standing.MOVED
    assert page.view.changed.isVisible()
    assert (
        page.view.changed.list.text()
        == "Realisasi Persentase tindak lanjut rekomendasi Inspektorat: 74,20 menjadi 75,10"
    )
    before = filled.state.seq
    page.view.changed.keep.click()
    assert filled.state.seq == before + 1
    assert shown(page, TARGET) is Standing.WRITTEN
    assert not page.view.changed.isVisible()
    filled.fill({"indicators/r4/actual": "76,20"})
    page.view.changed.renew.click()
    assert "76,20 %" in filled.state.text(TARGET)
    assert shown(page, TARGET) is Standing.WRITTEN


def test_the_summary_is_marked_when_money_moves(page: ReportPage, filled: Session) -> None:
    filled.fill({"budget/r1/spent": "16000000000"})
    assert shown(page, "report_summary") is Standing.MOVED
    assert page.show_path("report_summary")
    assert "menjadi Rp 16.000.000.000" in page.view.changed.list.text()


def test_links_and_rules_that_change_are_told_in_words(page: ReportPage, filled: Session) -> None:
    efficiency = TARGET.replace("point_target", "point_efficiency")
    page.show_path(efficiency)
    page.view.use.click()
    filled.fill({"rule_cap": "120 %", "budget/r1/objective": "Sasaran 2"})
    scale = {"rule_scale": ["s1"], "rule_scale/s1/least": "0", "rule_scale/s1/label": "Cukup"}
    filled.fill(scale)
    assert page.view.changed.list.text().splitlines() == [
        "Sasaran yang didukung Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota: "
        "Sasaran 3 menjadi Sasaran 2",
        "Capaian tertinggi dalam rata-rata: 100 % menjadi 120 %",
        "Skala predikat: 91 Sangat Tinggi; 76 Tinggi; 66 Sedang; 51 Rendah; 0 Sangat Rendah menjadi 0 Cukup",
    ]


def test_every_empty_text_takes_its_proposal_as_one_act(page: ReportPage, filled: Session) -> None:
    own = filled.state.text("report_issues")
    before = filled.state.seq
    page.use_all.click()
    assert page.dialog is not None
    page.dialog.confirm.click()
    assert filled.state.seq == before + 1
    assert filled.state.text(TARGET)
    assert filled.state.text("report_issues") == own
    assert not page.use_all.isEnabled()
    assert "Tidak ada teks kosong" in page.use_all.toolTip()
    page.notice.undo.click()
    assert filled.state.text(TARGET) == ""
    assert page.use_all.isEnabled()
    assert not page.use_all.toolTip()


def test_the_words_above_the_text_write_its_signs(page: ReportPage) -> None:
    page.show_path("report_issues")
    edit = text_of(page)
    edit.setPlainText("satu kata tebal\ndua\ntiga")
    choose(edit, "kata")
    QTest.keyClick(edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText().startswith("satu **kata** tebal")
    QTest.keyClick(edit, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText().startswith("satu kata tebal")
    QTest.keyClick(edit, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText().startswith("satu *kata* tebal")
    choose(edit, "dua\ntiga")
    bar = page.view.bar.buttons
    bar["Nomor"].click()
    assert edit.toPlainText().endswith("\n1. dua\n2. tiga")
    bar["Daftar"].click()
    assert edit.toPlainText().endswith("\n- dua\n- tiga")
    bar["Daftar"].click()
    assert edit.toPlainText().endswith("\ndua\ntiga")
    edit.undo()
    assert edit.toPlainText().endswith("\n- dua\n- tiga")


@pytest.mark.parametrize(
    ("text", "words", "keys", "after"),
    [
        ("satu **kata** itu", "kata", "B", "satu kata itu"),
        ("satu **kata** itu", "kata", "I", "satu ***kata*** itu"),
        ("satu ***kata*** itu", "**kata**", "I", "satu **kata** itu"),
        ("satu ***kata*** itu", "kata", "B", "satu *kata* itu"),
        ("- satu\n\n1. dua 😀\ntiga", "- satu\n\n1. dua 😀\nti", "B", "- **satu**\n\n1. **dua 😀**\n**ti**ga"),
        ("- **satu**\n**dua**", "satu**\n**dua", "B", "- satu\ndua"),
        ("**satu**\ndua", "**satu**\ndua", "B", "**satu**\n**dua**"),
        ("😀😀 satu\nakhir", "satu", "BB", "😀😀 satu\nakhir"),
        ("* satu", "satu", "I", "* *satu*"),
        ("a **satu dua tiga** z", "dua", "B", "a **satu** dua **tiga** z"),
        ("a **satu dua tiga** z", "satu", "B", "a satu **dua tiga** z"),
        ("a **satu dua tiga** z", "dua", "I", "a **satu *dua* tiga** z"),
        ("a **satu *dua* tiga** z", "dua", "B", "a **satu** *dua* **tiga** z"),
        ("**satu** dua **tiga**", "**satu** dua **tiga**", "B", "**satu dua tiga**"),
        ("*satu **dua** tiga*", "*satu **dua** tiga*", "I", "satu **dua** tiga"),
        ("satu *** dua", "***", "B", "satu *** dua"),
        ("😀 **satu dua**", "dua", "B", "😀 **satu** dua"),
    ],
)
def test_a_face_is_turned_as_a_word_processor_does(
    page: ReportPage, text: str, words: str, keys: str, after: str
) -> None:
    page.show_path("report_issues")
    edit = text_of(page)
    edit.setPlainText(text)
    choose(edit, words)
    for key in keys:
        QTest.keyClick(edit, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText() == after
    for _ in keys if after != text else ():
        edit.undo()
    assert edit.toPlainText() == text


def test_what_is_copied_in_word_is_pasted_with_its_lists_and_tables(page: ReportPage, filled: Session) -> None:
    page.show_path("report_issues")
    edit = text_of(page)
    edit.setPlainText("Awal.\n")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    copied = QMimeData()
    copied.setText("tebal\nsatu")
    copied.setHtml("<p><b>tebal</b></p><ol><li>satu</ol><table><tr><td>a<td>b</table>")
    QApplication.clipboard().setMimeData(copied)
    QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText() == "Awal.\n**tebal**\n1. satu\n| a | b |"
    page.flush()
    assert filled.state.text("report_issues") == edit.toPlainText()
    edit.undo()
    assert edit.toPlainText() == "Awal.\n"
    QApplication.clipboard().setText("<b>hanya</b> teks")
    QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText() == "Awal.\n<b>hanya</b> teks"


def test_lists_are_made_of_whole_lines_below_signs_that_take_two_places(page: ReportPage) -> None:
    page.show_path("report_issues")
    edit = text_of(page)
    edit.setPlainText("😀😀😀😀\nsatu\ndua\nakhir")
    choose(edit, "satu\ndua")
    page.view.bar.buttons["Nomor"].click()
    assert edit.toPlainText() == "😀😀😀😀\n1. satu\n2. dua\nakhir"


def test_a_table_a_figure_and_a_reference_are_chosen_from_lists(page: ReportPage, filled: Session) -> None:
    page.show_path("report_issues")
    edit = text_of(page)
    edit.setPlainText("Nilai ")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    dialog = listed(page, "Angka…")
    dialog.search.setText("realisasi SAKIP")
    assert [
        dialog.table.item(r, 1).text() for r in range(dialog.table.rowCount()) if not dialog.table.isRowHidden(r)
    ] == ["79,40"]
    dialog.insert.click()
    dialog = listed(page, "Rujukan…")
    dialog.search.setText("Pagu dan Realisasi Anggaran")
    dialog.insert.click()
    assert edit.toPlainText() == "Nilai {realisasi:r6}{tabel:anggaran}"
    page.view.bar.buttons["Tabel…"].click()
    table = page.view.bar.dialog
    assert isinstance(table, TableDialog)
    table.caption.setText("Inovasi")
    table.columns.setValue(2)
    table._insert()
    assert edit.toPlainText().splitlines()[1:3] == ["Tabel: Inovasi", "| Kolom 1 | Kolom 2 |"]
    page.flush()
    assert "79,40" in {words for _, words in _figures(filled)}


def listed(page: ReportPage, words: str) -> ChooseDialog:
    made: QToolButton = page.view.bar.buttons[words]
    made.click()
    dialog = page.view.bar.dialog
    assert isinstance(dialog, ChooseDialog)
    return dialog


def _figures(session: Session) -> tuple[tuple[str, str], ...]:
    from lkip_desktop.documents.report_build import report

    return report(session.snapshot()).figures


def test_a_picture_is_attached_and_shown(page: ReportPage, filled: Session, tmp_path) -> None:
    page.show_path("report_issues")
    text_of(page).setPlainText("Foto kegiatan.")
    picture = tmp_path / "Rapat.png"
    picture.write_bytes(logo_png())
    page.view.bar.attach(picture)
    jobs.finish_all()
    page.flush()
    assert re.fullmatch(r"Foto kegiatan\.\n!\[Rapat\]\(berkas:\d+\)", filled.state.text("report_issues"))
    document = docx.Document(BytesIO(make("report", filled.snapshot()).data))
    assert any("Rapat" in p.text and p.text.startswith("Gambar") for p in document.paragraphs)


def test_sub_chapters_are_added_named_moved_hidden_and_taken_out(page: ReportPage, filled: Session) -> None:
    page.tree.show_section("introduction")
    page.arranging.add_named("Inovasi Pengawasan")
    assert titles(page, "introduction")[-1] == "F. Inovasi Pengawasan"
    assert page.view.title.text() == "F. Inovasi Pengawasan"
    page.arranging.up.click()
    page.arranging.up.click()
    assert titles(page, "introduction")[3:] == [
        "D. Inovasi Pengawasan",
        "E. Landasan Hukum",
        "F. Sistematika Penyajian",
    ]
    assert page.view.title.text() == "D. Inovasi Pengawasan"
    page.arranging.rename_to("Inovasi")
    page.arranging.hide_button.click()
    assert titles(page, "introduction")[3:5] == ["Inovasi", "D. Landasan Hukum"]
    assert page.arranging.hide_button.text() == "Tampilkan"
    page.arranging.hide_button.click()
    page.arranging.remove.click()
    assert "Inovasi" not in " ".join(titles(page, "introduction"))
    page.arranging.notice.undo.click()
    assert titles(page, "introduction")[3] == "D. Inovasi"
    headings = [p.text for p in docx.Document(BytesIO(make("report", filled.snapshot()).data)).paragraphs]
    assert "D.\tInovasi" in headings


def test_hiding_what_the_regulation_asks_for_is_told(page: ReportPage) -> None:
    page.tree.show_section("introduction/issues")
    page.arranging.hide_button.click()
    assert "diminta Permenpan" in page.arranging.notice.text.text()
    assert page.view.state.text().startswith("Disembunyikan")


def test_all_of_it_by_keyboard(page: ReportPage, qtbot) -> None:
    page.tree.show_section("report_preface")
    page.tree.setFocus()
    QTest.keyClick(page.tree, Qt.Key.Key_F6)
    assert text_of(page).hasFocus()
    QTest.keyClick(text_of(page), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.tree.current() == "report_summary"
    assert text_of(page).hasFocus()
    QTest.keyClick(text_of(page), Qt.Key.Key_F6)
    assert page.tree.hasFocus()
    page.tree.show_section("introduction/background")
    QTest.keyClick(page.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    swapped = ["A. Gambaran Umum Organisasi", "B. Latar Belakang"]
    qtbot.waitUntil(lambda: titles(page, "introduction")[:2] == swapped)


def test_tab_goes_through_everything_in_the_order_in_which_it_stands(page: ReportPage, filled: Session) -> None:
    filled.fill({"report_issues": "Satu.", TARGET: None})
    page.show_path(TARGET)
    page.setFocus()
    seen = []
    for _ in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is page.tree:
            break
    buttons = [*page.view.bar.buttons.values(), text_of(page), page.view.use, page.view.other]
    assert [one for one in seen if one in buttons] == buttons
    assert seen[0] is page.tree
    assert {page.use_all, page.preview} <= set(seen)


def test_a_finished_step_says_why_its_texts_cannot_be_changed(make_session: Callable[..., Session], qtbot) -> None:
    page = opened(make_session(4), qtbot)
    page.show_path(TARGET)
    assert "sudah selesai" in page.view.reason.text()
    assert text_of(page).isReadOnly()
    assert not page.view.use.isVisible()
    assert not page.view.bar.isVisible()
    page.show_path("report_issues")
    assert not text_of(page).isReadOnly()


def test_an_older_sop_without_the_fields_is_told(make_session: Callable[..., Session], qtbot) -> None:
    from dataclasses import replace

    session = make_session(3)
    sop = session.state.sop
    steps = tuple(replace(s, fields=tuple(f for f in s.fields if f.id != "report_outline")) for s in sop.steps)
    session.cycle.state = replace(session.state, sop=replace(sop, steps=steps))
    page = opened(session, qtbot)
    page.tree.show_section("introduction")
    assert not page.arranging.add.isEnabled()
    assert "tidak dikenal" in page.arranging.why.text()
