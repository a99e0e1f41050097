"""Qt itself speaks Indonesian: its buttons and menus are opened and read."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtPrintSupport import QPageSetupDialog, QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QCheckBox,
    QColorDialog,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QSpinBox,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QWidget,
    QWizard,
)
from pytestqt.qtbot import QtBot

from ui.indonesian import install
from ui.indonesian_words import BY_CONTEXT, WORDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def indonesian(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    translator = install(qapp)
    yield
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def menu_words(menu: QMenu) -> list[str]:
    words = [action.text().split("\t")[0].replace("&", "") for action in menu.actions() if not action.isSeparator()]
    menu.deleteLater()
    return words


def test_every_standard_button_is_indonesian(qtbot: QtBot) -> None:
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    kinds = [kind for kind in QDialogButtonBox.StandardButton if kind.value and kind.name not in ("FirstButton",)]
    words = {kind.name: box.addButton(kind).text().replace("&", "") for kind in kinds}
    assert words["Cancel"] == "Batal"
    assert words["Yes"] == "Ya"
    assert words["No"] == "Tidak"
    assert words["Save"] == "Simpan"
    assert words["Close"] == "Tutup"
    assert words["Open"] == "Buka"
    assert not english(set(words.values()))


def test_a_message_box_says_its_details_in_indonesian(qtbot: QtBot) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setDetailedText("rincian")
    assert "Tampilkan rincian…" in [button.text() for button in box.buttons()]


def test_the_menu_of_a_line_edit(qtbot: QtBot) -> None:
    edit = QLineEdit("teks")
    qtbot.addWidget(edit)
    words = ["Urungkan", "Ulangi", "Potong", "Salin", "Tempel", "Hapus", "Pilih semua"]
    assert menu_words(edit.createStandardContextMenu()) == words


@pytest.mark.parametrize("kind", [QPlainTextEdit, QTextEdit])
def test_the_menu_of_a_text_edit(qtbot: QtBot, kind: type[QPlainTextEdit | QTextEdit]) -> None:
    edit = kind()
    qtbot.addWidget(edit)
    assert menu_words(edit.createStandardContextMenu())[:3] == ["Urungkan", "Ulangi", "Potong"]


def test_dates_and_numbers_are_indonesian() -> None:
    assert QLocale().monthName(5) == "Mei"
    assert QLocale().dayName(1) == "Senin"
    assert QLocale().toString(1234.5, "f", 1) == "1.234,5"


def words_of(widget: QWidget) -> set[str]:
    """All words that a dialog shows or tells a screen reader, without key marks."""
    found: set[str] = set()
    for child in widget.findChildren(QWidget):
        found.add(child.toolTip())
        if isinstance(child, (QLabel, QAbstractButton, QCheckBox)):
            found.add(child.text())
        if isinstance(child, QGroupBox):
            found.add(child.title())
        if isinstance(child, QComboBox):
            found.update(child.itemText(row) for row in range(child.count()))
        if isinstance(child, QTabWidget):
            found.update(child.tabText(tab) for tab in range(child.count()))
        if isinstance(child, QToolButton):
            found.add(child.accessibleName())
    return {word.replace("&", "") for word in found if word}


def english(found: set[str]) -> set[str]:
    """Words that stand in Qt's English and in no translation of ours."""
    own = {source.replace("&", "") for source in WORDS} - {words.replace("&", "") for words in WORDS.values()}
    return found & own


def test_the_print_dialog(qtbot: QtBot) -> None:
    dialog = QPrintDialog(QPrinter())
    qtbot.addWidget(dialog)
    found = words_of(dialog)
    assert {"Cetak", "Batal"} <= found
    assert not english(found)


def test_the_file_dialog_that_qt_draws(qtbot: QtBot) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    found = words_of(dialog)
    assert {"Lihat di:", "Nama berkas:", "Jenis berkas:", "Batal", "Folder induk"} <= found
    assert not english(found)


@pytest.mark.qt_log_ignore("Cannot be used on non-native printers")
def test_the_dialog_of_paper_and_margins(qtbot: QtBot) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    preview = QPrintPreviewDialog(printer)
    qtbot.addWidget(preview)
    found = words_of(preview)
    assert {"Pratinjau cetak", "Tata halaman"} & found
    assert not english(found)
    dialog = QPageSetupDialog(printer, preview)
    found = words_of(dialog)
    assert {"Ukuran kertas:", "Amplop C5", "A4 kecil"} <= found
    assert not [word for word in found if "Envelope" in word or "Extra" in word]


def test_the_assistant_the_calendar_and_the_input_dialog(qtbot: QtBot) -> None:
    for widget in (QWizard(), QCalendarWidget(), QInputDialog(), QProgressDialog(), QColorDialog()):
        qtbot.addWidget(widget)
        assert not english(words_of(widget)), widget
    days = QCalendarWidget().locale()
    assert days.firstDayOfWeek() in (Qt.DayOfWeek.Monday, Qt.DayOfWeek.Sunday)


def test_the_menu_of_tabs_scroll_bars_and_spin_boxes(qtbot: QtBot) -> None:
    spin = QSpinBox()
    qtbot.addWidget(spin)
    words: list[str] = []

    def read() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        words.extend(action.text().split("\t")[0].replace("&", "") for action in menu.actions())
        menu.close()

    QTimer.singleShot(0, read)
    place = QPoint(5, 5)
    QApplication.sendEvent(spin, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, spin.mapToGlobal(place)))
    assert {"Naikkan", "Turunkan", "Salin"} <= set(words)
    assert not english(set(words))


def test_the_help_of_the_command_lines() -> None:
    for command in (["main.py"], ["-m", "lkip_desktop"], ["-m", "lkip_desktop", "export"]):
        done = subprocess.run(
            [sys.executable, *command, "--help"], capture_output=True, text=True, check=True, cwd=ROOT
        )
        assert "pemakaian:" in done.stdout
        assert "tampilkan bantuan ini" in done.stdout
        assert not re.search(r"\b(usage|options|positional|show|FILE|NAME|YEAR)\b", done.stdout)


def english_literals() -> Iterator[str]:
    """Every text in the program's code that has English little words in it; what is for machines is left out."""
    little = re.compile(r"\b(the|and|of|is|are|not|with|for|this|that|cannot|has|have|from|please|failed|missing)\b")
    for path in (*(ROOT / "ui").rglob("*.py"), *(ROOT / "lkip_desktop").rglob("*.py"), ROOT / "main.py"):
        if path.name in FOR_MACHINES:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        apart = {id(inner) for node in ast.walk(tree) if not_shown(node) for inner in ast.walk(node)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in apart else ""
            if isinstance(text, str) and " " in text and little.search(text):
                yield f"{path.relative_to(ROOT)}: {text[:80]!r}"


FOR_MACHINES = ("indonesian_words.py", "argument_words.py", "stylesheet.py", "queue.py", "docx_chart.py", "selftest.py")
"""Sources of translations, style sheets, answers of other programs, XML, lines that scripts read."""


def not_shown(node: ast.AST) -> bool:
    """Docstrings, the messages of assertions and of programming errors, and what goes into the log."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Raise):
        return not re.search("UserError|EnvironmentProblem", ast.dump(node))
    logs = ("debug", "info", "warning", "error", "exception")
    return isinstance(node, ast.Assert) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in logs
    )


def test_no_text_in_the_code_is_english() -> None:
    assert list(english_literals()) == []


def test_texts_of_spin_boxes_and_scroll_bars() -> None:
    for context, source in (("QAbstractSpinBox", "&Step up"), ("QScrollBar", "Scroll here")):
        assert QCoreApplication.translate(context, source) != source


def test_an_unknown_text_stays() -> None:
    assert QCoreApplication.translate("Siapa pun", "Laporan Kinerja") == "Laporan Kinerja"


def test_keys_are_named_as_on_the_keyboard() -> None:
    for keys in ("Alt+Home", "Ctrl+Return", "Del", "PgUp", "Esc", "End", "Space"):
        assert QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) == keys


def test_a_context_may_mean_another_word() -> None:
    assert QCoreApplication.translate("QPrintSettingsOutput", "None") == "Satu sisi"
    assert QCoreApplication.translate("QCupsJobWidget", "None") == "Tidak ada"


@pytest.mark.parametrize("words", [WORDS, *BY_CONTEXT.values()])
def test_places_for_values_are_kept(words: dict[str, str]) -> None:
    for source, translated in words.items():
        marks = [mark for mark in ("%1", "%2") if mark in source]
        assert all(mark in translated for mark in marks), source
        assert translated.count("&") == source.count("&"), source


def test_a_key_mark_elsewhere_does_not_matter() -> None:
    assert QCoreApplication.translate("QFileDialog", "&Look in:") == "Lihat di:"
    assert QCoreApplication.translate("QFileDialog", "Files of &type:") == "Jenis berkas:"
