"""The guide tells of what is there: its menus, keys, buttons, messages and pictures; and it is read and searched."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lkip_desktop import resources
from lkip_desktop.sop.load import parse_sop
from ui import guide
from ui.help import KEYS, OTHER_KEYS, GuideDialog, show_guide, step_help
from ui.menus import MENUS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (guide.folder() / "panduan.md").read_text("utf-8")
LARGEST = 60_000
STANDARD = ("Ctrl+C", "F4")
"""A key that Qt binds, and the name of a paper."""


def bare(words: str) -> str:
    return words.replace("&", "").rstrip("…").strip()


@cache
def said() -> str:
    """Every text in the program and its SOP and profile, in one string."""
    texts: list[str] = []
    for room in ("ui", "lkip_desktop", "db"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    texts.append(node.value)
    texts.extend(path.read_text("utf-8") for path in (ROOT / "resources").rglob("*.toml"))
    return "\n".join(texts).replace("&", "")


@pytest.mark.parametrize("named", sorted(set(re.findall(r"\*+([^*\n]+ ▸ [^*]+?)\*+", TEXT))))
def test_every_menu_that_is_named_exists(named: str) -> None:
    menus = {bare(title): {bare(c.words) for c in commands} for title, commands in MENUS}
    menu, command = (" ".join(part.split()) for part in named.split(" ▸ "))
    assert bare(command) in menus[menu]


@pytest.mark.parametrize("key", sorted(set(re.findall(r"\b(?:Ctrl|Alt)\+[\w+]+|\bF\d+\b(?! dikenal)", TEXT))))
def test_every_key_that_is_named_is_bound(key: str) -> None:
    keys = {command.key for _, commands in MENUS for command in commands} | {name for name, _ in OTHER_KEYS}
    # "panah" means both arrows.
    for one in {key.replace("panah", arrow) for arrow in ("Up", "Down")}:
        assert one in keys or f'"{one}"' in sources() or one in STANDARD


@cache
def sources() -> str:
    return "\n".join(path.read_text("utf-8") for path in (ROOT / "ui").rglob("*.py"))


@pytest.mark.parametrize("words", sorted(set(re.findall(r"^\| \*([^*]+)\* \|", TEXT, re.MULTILINE))))
def test_every_message_of_the_table_is_one_of_the_program(words: str) -> None:
    assert words in said()


@pytest.mark.parametrize("words", sorted({" ".join(w.split()) for w in re.findall(r"\*\*([^*▸]+…)\*\*", TEXT)}))
def test_every_button_that_is_named_exists(words: str) -> None:
    assert words in said() or bare(words) in {bare(c.words) for _, commands in MENUS for c in commands}


def test_pictures_are_there_and_small() -> None:
    shown = set(re.findall(r"\]\((gambar/[^)]+)\)", TEXT))
    kept = {path.relative_to(guide.folder()).as_posix() for path in (guide.folder() / "gambar").glob("*.png")}
    readme = (ROOT / "README.md").read_text("utf-8")
    assert shown <= kept
    assert all(f"docs/{name}" in readme for name in kept - shown)
    assert len(shown) >= 4
    assert all((guide.folder() / name).stat().st_size <= LARGEST for name in shown)


def test_every_step_has_its_section() -> None:
    chapters = guide.read_guide()
    for step in parse_sop(resources.sop_text()).steps:
        assert len(guide.section(chapters, step.title)) > 60, step.title


def test_there_is_a_chapter_for_each_need() -> None:
    titles = " ".join(chapter.title for chapter in guide.read_guide())
    for need in ("Hari pertama", "Langkah demi langkah", "Surat", "Angka", "Pindah komputer", "Bila ada masalah"):
        assert need in titles


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    yield widget
    for dialog in widget.findChildren(GuideDialog):
        dialog.close()


def shown(window: QWidget, topic: str, *, with_step: bool = False) -> GuideDialog:
    sop = parse_sop(resources.sop_text())
    return show_guide(window, topic, sop if with_step else None, sop.steps[2] if with_step else None)


def test_the_guide_opens_at_the_step_in_the_sop_s_words(window: QWidget) -> None:
    dialog = shown(window, "step", with_step=True)
    assert dialog.chapters.currentItem().text().startswith("Langkah 3")
    text = dialog.text.toPlainText()
    assert "Tim Penyusun" in text
    assert "capaian, predikat, dan serapan" in text


def test_it_opens_at_the_keys_and_only_once(window: QWidget) -> None:
    dialog = shown(window, "keys")
    assert dialog.chapters.currentItem().text() == KEYS
    assert "Ctrl+P" in dialog.text.toPlainText()
    assert show_guide(window, "step", None, None) is dialog
    assert dialog.chapters.currentItem().text() == guide.read_guide()[0].title
    dialog.close()
    assert show_guide(window, "step", None, None) is not dialog


def test_search_leaves_the_chapters_that_have_it_and_goes_from_place_to_place(window: QWidget) -> None:
    dialog = shown(window, "step")
    QTest.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    dialog.search.setText("flashdisk")
    left = [n for n in range(dialog.chapters.count()) if not dialog.chapters.item(n).isHidden()]
    assert 1 < len(left) < dialog.chapters.count()
    assert dialog.text.textCursor().selectedText() == "flashdisk"
    first = dialog.chapters.currentRow()
    for _ in range(12):
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
        assert dialog.text.textCursor().selectedText() == "flashdisk"
    assert dialog.isVisible()
    assert dialog.found.text().endswith("temuan")
    dialog.search.setText("kata yang tidak ada di mana pun")
    assert dialog.found.text() == "Tidak ditemukan"
    dialog.search.clear()
    assert not any(dialog.chapters.item(n).isHidden() for n in range(dialog.chapters.count()))
    assert first in left


def test_the_pictures_are_shown(window: QWidget) -> None:
    dialog = shown(window, "step")
    resource = dialog.text.loadResource(2, "gambar/beranda.png")
    assert resource is not None


def test_words_of_the_sop_cannot_break_the_page() -> None:
    sop = parse_sop(resources.sop_text())
    assert "<script" not in step_help(sop, sop.steps[0])
