"""Every screen is read as a screen reader reads it: names, Indonesian words only, and nothing cut off."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.menus import MENUS

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "scripts"))

from screen_reader import cut_off, read, spoken  # noqa: E402

WORD = re.compile(r"[A-Za-z]+")
ENGLISH = frozenset(
    WORD.findall("""
    the and of is are was were not with for this that these those cannot can has have had from into out about please
    file files folders open close save saved print page pages copy paste edit error errors failed help search
    find undo redo settings show hide new next back select row rows column name value values draft step cycle letter
    letters round return user users password backup restore warning yes default none loading success click date time
    size view tool button text list table window add remove delete cancel apply browse choose clear done exit finish
    first last up down left right more less all any empty missing required optional unknown invalid today yesterday
    day week month year issue issued number signer signed person people report review history schedule lock unlock
    type key keys zoom fit width height language theme light dark increase decrease toggle
    """)
)
MACHINE = re.compile(r"\b[a-z]{2,}_[a-z_]{2,}\b|\b[a-z]+/r\d+\b|\bNone\b|\bTrue\b|\bFalse\b|[{}]|%\d")
# What stands for itself: places on the disk and names of files; and what a person may type in braces.
PLACE = re.compile(r"\S*/tmp/\S*|\S+\.(?:lkip|pdf|zip|csv|xlsx|docx)\b|<[^>]+>|lkip-[a-z0-9_]+(?:/\S*)?")
BRACES = re.compile(r"\{(?:[a-z][a-z_ -]*(?::\d)?|…)\}")


@pytest.fixture(scope="module")
def screens(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the script found on every screen at 1366×768 and 125 %."""
    out = tmp_path_factory.mktemp("screens") / "found.json"
    subprocess.run([sys.executable, str(ROOT / "scripts" / "screen_reader.py"), str(out), "125"], check=True, cwd=ROOT)
    found: list[dict[str, Any]] = json.loads(out.read_text("utf-8"))
    return found


def told(found: list[dict[str, Any]], *keys: str) -> set[str]:
    """Findings in words, each once."""
    return {" | ".join(str(one[key]) for key in ("screen", "kind", *keys)) for one in found}


def test_every_screen_was_read(screens: list[dict[str, Any]]) -> None:
    names = {one["screen"] for one in screens}
    assert {"beranda", "siklus-baru-1", "langkah-03", "surat", "cetak", "orang", "bandingkan", "retensi"} <= names
    assert len(screens) > 3000


def test_every_control_has_a_name(screens: list[dict[str, Any]]) -> None:
    assert sorted(told([one for one in screens if one["control"] and not one["name"].strip()], "texts")) == []


def test_nothing_is_cut_off_and_no_form_moves_sideways(screens: list[dict[str, Any]]) -> None:
    assert sorted(told([one for one in screens if one["cut"]], "cut", "name")) == []


def english_of(text: str) -> set[str]:
    words = {word.lower() for word in WORD.findall(PLACE.sub(" ", text).replace("&", ""))}
    # Letter is a size of paper that some printers have, and is called so everywhere.
    return words & ENGLISH if "letter (" not in text.casefold() else words & ENGLISH - {"letter"}


def test_no_screen_speaks_english(screens: list[dict[str, Any]]) -> None:
    faults = [one for one in screens if any(english_of(text) for text in (*one["texts"], one["name"]))]
    assert sorted(told(faults, "texts")) == []


def machine_s(text: str) -> bool:
    return MACHINE.search(BRACES.sub(" ", PLACE.sub(" ", text))) is not None


def test_no_screen_shows_the_machine_s_words(screens: list[dict[str, Any]]) -> None:
    faults = [one for one in screens if any(machine_s(text) for text in (*one["texts"], one["name"]))]
    assert sorted(told(faults, "texts")) == []


def test_every_window_has_a_title(screens: list[dict[str, Any]]) -> None:
    assert not [one["screen"] for one in screens if one["kind"] == "judul" and not one["name"].strip()]


def test_the_reading_finds_what_is_wrong(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    line, button = QLineEdit(), QPushButton("Tombol dengan kata yang sangat panjang")
    for part in (line, button):
        column.addWidget(part)
    button.setFixedWidth(20)
    page.show()
    QApplication.processEvents()
    found = read("coba", page)
    assert [one for one in found if one.kind == "QLineEdit" and one.control and not one.name]
    assert cut_off(button)
    assert spoken(button) == "Tombol dengan kata yang sangat panjang"
    assert english_of("Save this file") == {"save", "this", "file"}
    assert MACHINE.search("Isian officials/r1/name")
    assert MACHINE.search("letter_number")


def test_no_two_commands_share_a_key() -> None:
    keys = Counter(command.key for _, commands in MENUS for command in commands if command.key)
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_two_commands_of_a_menu_share_a_letter() -> None:
    for title, commands in MENUS:
        letters = Counter(c.words[c.words.index("&") + 1].lower() for c in commands if "&" in c.words)
        assert [letter for letter, count in letters.items() if count > 1] == [], title
        assert all("&" in c.words for c in commands if c.id), title
