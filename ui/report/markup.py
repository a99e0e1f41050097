"""What the words above a text do to it: bold and italic signs, lists, tables and references at the cursor."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

BOLD, ITALIC = "**", "*"
_ITEM = re.compile(r"(?:[-•–*]|[0-9]{1,3}[.)]) +")
LINE_END = "\u2029"
"""How Qt writes the end of a line in a selection."""


def turn_face(edit: QPlainTextEdit, sign: str) -> None:
    """Put a sign on both sides of the selected words, or take it away; without words the cursor goes between."""
    cursor = edit.textCursor()
    text = cursor.selectedText()
    core = text.strip()
    if LINE_END in core:
        return
    if not core:
        cursor.insertText(sign * 2)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(sign))
        edit.setTextCursor(cursor)
        return
    start = cursor.selectionStart() + text.index(core)
    signed = len(core) > 2 * len(sign) and core.startswith(sign) and core.endswith(sign)
    made = core[len(sign) : -len(sign)] if signed else f"{sign}{core}{sign}"
    replace_range(edit, start, start + len(core), made)


def turn_list(edit: QPlainTextEdit, *, numbered: bool) -> None:
    """Make the selected lines items of a list; lines that are that already become plain."""
    cursor = edit.textCursor()
    document = edit.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - 1))
    start, end = first.position(), last.position() + last.length() - 1
    lines = edit.toPlainText()[start:end].split("\n")
    plain = [_ITEM.sub("", line, count=1) for line in lines]
    made = [f"{n}. {line}" if numbered else f"- {line}" for n, line in enumerate(plain, start=1)]
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


def replace_range(edit: QPlainTextEdit, start: int, end: int, words: str) -> None:
    """Other words between two places; they are selected afterwards, and one undo takes them back."""
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(words)
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    edit.setFocus()


def table_lines(caption: str, columns: int, rows: int) -> str:
    """An empty table of so many columns and rows under its heading."""
    head = "| " + " | ".join(f"Kolom {n}" for n in range(1, columns + 1)) + " |"
    line = "|" + " … |" * columns
    return "\n".join([*([f"Tabel: {caption}"] if caption else []), head, *[line] * rows])
