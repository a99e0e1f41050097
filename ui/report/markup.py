"""What the words above a text do to it: bold and italic signs, lists, tables and references at the cursor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from lkip_desktop.documents.report_faces import BOLD as FACE_BOLD
from lkip_desktop.documents.report_faces import ITALIC as FACE_ITALIC
from lkip_desktop.documents.report_paste import LARGEST, from_html

BOLD, ITALIC = "**", "*"
FACES = {BOLD: re.compile(FACE_BOLD), ITALIC: re.compile(FACE_ITALIC)}
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
    found = [words for words in _selected(cursor, sign) if words.core]
    if not found:
        return
    taken = all(words.taken for words in found)
    first, last = QTextCursor(cursor), QTextCursor(cursor)
    first.setPosition(found[0].start)
    first.setKeepPositionOnInsert(True)
    last.setPosition(found[-1].end)
    cursor.beginEditBlock()
    for words in reversed(found):
        if words.taken is taken:
            cursor.setPosition(words.start)
            cursor.setPosition(words.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(words.without(sign) if taken else words.within(sign))
    cursor.endEditBlock()
    cursor.setPosition(first.position())
    cursor.setPosition(last.position(), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    edit.setFocus()


@dataclass(frozen=True)
class _Words:
    """Words of one line with `stars` signs on both sides: two are bold, one is italic, three are both.

    `start` and `end` are places in the document, with the signs. `taken` tells that all of them have the face; then
    `before` and `after` are what else has it with them.
    """

    start: int
    end: int
    core: str
    stars: int
    taken: bool
    before: str = ""
    after: str = ""

    def within(self, sign: str) -> str:
        """The words in the face, once."""
        half = sign if _has_face(self.stars, sign) else ""
        core = FACES[sign].sub(lambda match: match[1], f"{half}{self.core}{half}")
        stars = "*" * (self.stars - len(half) + len(sign))
        return f"{stars}{core}{stars}"

    def without(self, sign: str) -> str:
        """The words without the face, which what stood beside them in it keeps."""
        if self.before or self.after:
            signs = "*" * self.stars
            return f"{_signed(sign, self.before)}{signs}{self.core}{signs}{_signed(sign, self.after)}"
        stars = "*" * (self.stars - len(sign))
        return f"{stars}{self.core}{stars}"


def _has_face(stars: int, sign: str) -> bool:
    """Whether so many signs around words give them a face."""
    return stars > 1 if sign == BOLD else stars % 2 == 1


def _signed(sign: str, text: str) -> str:
    core = text.strip()
    return text.replace(core, f"{sign}{core}{sign}", 1) if core else text


def _selected(cursor: QTextCursor, sign: str) -> Iterator[_Words]:
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
        core = _between(cursor, start, max(start, end))
        taken = _has_face(stars, sign) and FACES[sign].fullmatch(f"{sign}{core}{sign}") is not None
        found = None if taken else _stretch(block, sign, start - stars, end + stars)
        if found is None:
            yield _Words(start - stars, end + stars, core, stars, taken)
        else:
            left, right = found
            before, after = _between(cursor, left, start - stars), _between(cursor, end + stars, right)
            yield _Words(left - len(sign), right + len(sign), core, stars, True, before, after)


def _between(cursor: QTextCursor, start: int, end: int) -> str:
    words = QTextCursor(cursor)
    words.setPosition(start)
    words.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return words.selectedText()


def _stretch(block: QTextBlock, sign: str, start: int, end: int) -> tuple[int, int] | None:
    """The places between the signs of a stretch in the face that holds more than the words from `start` to `end`."""
    text = block.text()
    for match in FACES[sign].finditer(text):
        left, right = (block.position() + len(text[:place].encode("utf-16-le")) // 2 for place in match.span(1))
        if left <= start and end <= right and (left, right) != (start, end):
            return left, right
    return None


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
