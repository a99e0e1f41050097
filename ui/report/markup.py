"""What the words above a text do to it: bold and italic signs, lists, tables and references at the cursor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from lkip_desktop.documents.report_paste import LARGEST, from_html

BOLD, ITALIC = "**", "*"
_ITEM = re.compile(r"[ \t]*(?:[-•–*]|[0-9]{1,3}[.)]|[a-z][.)]) +")


def turn_face(edit: QPlainTextEdit, sign: str) -> None:
    """Give the selected words a face, or take it away; without words the cursor goes between two signs.

    Signs that stand right beside the selection count to it. Each line of several has its own; the signs of lists stay
    before them.
    """
    cursor = edit.textCursor()
    if not cursor.selectedText().strip():
        cursor.insertText(sign * 2)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(sign))
        edit.setTextCursor(cursor)
        return
    found = [words for words in _selected(cursor) if words.core]
    taken = all(words.has(sign) for words in found)
    cursor.beginEditBlock()
    for words in reversed(found):
        cursor.setPosition(words.start)
        cursor.setPosition(words.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words.turned(sign, on=not taken))
    cursor.endEditBlock()
    turned = sum(words.has(sign) is taken for words in found)
    grown = 2 * len(sign) * turned * (-1 if taken else 1)
    cursor.setPosition(found[0].start)
    cursor.setPosition(found[-1].end + grown, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    edit.setFocus()


@dataclass(frozen=True)
class _Words:
    """Words of one line with `stars` signs on both sides: two are bold, one is italic, three are both.

    `start` and `end` are places in the document, with the signs.
    """

    start: int
    end: int
    core: str
    stars: int

    def has(self, sign: str) -> bool:
        return self.stars > 1 if sign == BOLD else self.stars % 2 == 1

    def turned(self, sign: str, *, on: bool) -> str:
        stars = self.stars + (len(sign) if on and not self.has(sign) else 0) - (0 if on else len(sign))
        return f"{'*' * stars}{self.core}{'*' * stars}"


def _selected(cursor: QTextCursor) -> Iterator[_Words]:
    """The selected words of each line; Qt counts places otherwise than Python, so that it is asked for each sign."""
    at = cursor.document().characterAt
    for block in _blocks(cursor):
        item = _ITEM.match(block.text())
        first = block.position() + (item.end() if item else 0)
        start = max(cursor.selectionStart(), first)
        end = min(cursor.selectionEnd(), block.position() + block.length() - 1)
        while start < end and at(start) in " *":
            start += 1
        while start < end and at(end - 1) in " *":
            end -= 1
        stars = 0
        while stars < len(BOLD + ITALIC) and start - stars > first and at(start - stars - 1) == at(end + stars) == "*":
            stars += 1
        words = QTextCursor(cursor)
        words.setPosition(start)
        words.setPosition(max(start, end), QTextCursor.MoveMode.KeepAnchor)
        yield _Words(start - stars, end + stars, words.selectedText(), stars)


def _blocks(cursor: QTextCursor) -> list[QTextBlock]:
    """The lines that are selected, or that of the cursor."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - 1))
    found = [block]
    while block.position() < last.position():
        block = block.next()
        found.append(block)
    return found


def turn_list(edit: QPlainTextEdit, *, numbered: bool) -> None:
    """Make the selected lines items of a list; lines that are that already become plain."""
    blocks = _blocks(edit.textCursor())
    lines = [block.text() for block in blocks]
    plain = [_ITEM.sub("", line, count=1) for line in lines]
    made = [f"{n}. {line}" if numbered else f"- {line}" for n, line in enumerate(plain, start=1)]
    start, end = blocks[0].position(), blocks[-1].position() + blocks[-1].length() - 1
    replace_range(edit, start, end, "\n".join(plain if lines == made and any(plain) else made))


def insert_words(edit: QPlainTextEdit, words: str) -> None:
    """Words at the cursor, in place of what is selected."""
    edit.textCursor().insertText(words)
    edit.setFocus()


def insert_lines(edit: QPlainTextEdit, lines: str) -> None:
    """Lines of their own below the line of the cursor."""
    cursor = edit.textCursor()
    cursor.clearSelection()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    before = "" if not cursor.block().text().strip() else "\n"
    after = "\n" if cursor.block().next().isValid() and cursor.block().next().text().strip() else ""
    cursor.insertText(f"{before}{lines}{after}")
    edit.setTextCursor(cursor)
    edit.setFocus()


def pasted(source: QMimeData) -> str:
    """What was copied in a word processor or a spreadsheet with its bold words, lists and tables as markup."""
    html = source.html() if source.hasHtml() else ""
    return from_html(html) if len(html) <= LARGEST else ""


def replace_range(edit: QPlainTextEdit, start: int, end: int, words: str) -> None:
    """Other words between two places; they are selected afterwards, and one undo takes them back."""
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(words)
    end = cursor.position()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    edit.setFocus()


def table_lines(caption: str, columns: int, rows: int) -> str:
    """An empty table of so many columns and rows under its heading."""
    head = "| " + " | ".join(f"Kolom {n}" for n in range(1, columns + 1)) + " |"
    line = "|" + " … |" * columns
    return "\n".join([*([f"Tabel: {caption}"] if caption else []), head, *[line] * rows])
