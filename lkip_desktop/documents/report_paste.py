"""Turns what word processors, spreadsheets and browsers put on the clipboard as HTML into the markup of texts.

Bold, italics, lists and tables stay; colours, fonts, pictures, links' targets and a program's own junk go.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from lkip_desktop.documents.report import Items
from lkip_desktop.documents.report_blocks import counted
from lkip_desktop.documents.report_faces import Piece, with_faces
from lkip_desktop.documents.report_text import DEEPEST, INDENT, table_line

LARGEST = 800_000
"""Letters of HTML beyond which the plain text beside it is taken: reading it would stop the window for too long."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset((*_HEADINGS, "p", "div", "li", "ul", "ol", "dt", "dd", "blockquote", "pre", "tr", "table"))
_HIDDEN = frozenset(("head", "style", "script", "title", "xml", "o:p"))
_BOLD_TAGS = frozenset(("b", "strong", *_HEADINGS))
_VOID = frozenset(("br", "img", "hr", "meta", "link", "col", "input", "wbr"))
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BOLD = re.compile(r"(?<![-\w])font-weight\s*:\s*(bold|bolder|normal|[1-9]00)")
_ITALIC = re.compile(r"(?<![-\w])font-style\s*:\s*(italic|oblique|normal)")
_WORD_LIST = re.compile(r"mso-list\s*:\s*l\d+(?:\s+level([1-9]))?")
_WORD_MARK = re.compile(r"mso-list\s*:\s*ignore")
_COUNTS = re.compile(r"\(?([0-9]{1,3}|[a-z])[.)]")


@dataclass
class _Element:
    """An open element: what it does to the words in it."""

    tag: str
    bold: bool
    italic: bool
    hidden: bool
    mark: bool = False


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    cell: list[Piece] | None = None


class _Reader(HTMLParser):
    """Collects lines.

    `sign` is that of the list item whose first line is still to come, `mark` the one that Word wrote itself. `lists`
    are the open ones, each with the number of its next item.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.open: list[_Element] = []
        self.lists: list[Items] = []
        self.tables: list[_Table] = []
        self.words: list[Piece] = []
        self.sign = self.mark = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._line()
        if tag in _VOID:
            return
        if tag in _BLOCKS:
            self._line()
        above = self.open[-1] if self.open else _Element("", False, False, False)
        style = given.get("style", "").lower()
        made = _Element(tag, above.bold, above.italic, above.hidden or tag in _HIDDEN, bool(_WORD_MARK.search(style)))
        made.mark = made.mark or above.mark
        made.bold = _faced(style, _BOLD, made.bold or tag in _BOLD_TAGS)
        made.italic = _faced(style, _ITALIC, made.italic or tag in ("i", "em"))
        self.open.append(made)
        self._begin(tag, given, style)

    def _begin(self, tag: str, given: dict[str, str], style: str) -> None:
        if tag in ("ul", "ol"):
            first = 1
            with suppress(ValueError):
                first = int(given.get("start", "1"))
            letters = given.get("type") == "a" or "lower-alpha" in style or "lower-latin" in style
            self.lists.append(Items((), numbered=tag == "ol", first=first, letters=letters, level=len(self.lists)))
        elif tag == "li":
            self.sign = self._item()
        elif tag == "table":
            self.tables.append(_Table())
        elif self.tables and tag in ("tr", "td", "th"):
            self._end_cell()
            if tag == "tr":
                self.tables[-1].rows.append([])
            else:
                self.tables[-1].cell = []
        if tag == "p" and (listed := _WORD_LIST.search(style)):
            self.sign = f"{INDENT * min(int(listed[1] or 1) - 1, DEEPEST)}- "

    def _item(self) -> str:
        if not self.lists:
            return "- "
        part = self.lists[-1]
        self.lists[-1] = replace(part, first=part.first + 1)
        return f"{INDENT * min(part.level, DEEPEST)}{counted(part, 0) if part.numbered else '-'} "

    def handle_endtag(self, tag: str) -> None:
        place = next((n for n in range(len(self.open) - 1, -1, -1) if self.open[n].tag == tag), None)
        if place is None:
            return
        if self.open[place].mark and not (place and self.open[place - 1].mark):
            # The sign that Word wrote itself: numbers and letters stay, anything else is a bullet.
            counts = _COUNTS.fullmatch(self.mark.strip())
            deep = self.sign[: len(self.sign) - len(self.sign.lstrip())]
            self.sign, self.mark = f"{deep}{counts[1]}. " if counts else f"{deep}- ", ""
        if tag in _BLOCKS:
            self._line()
        del self.open[place:]
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif self.tables and tag in ("tr", "td", "th"):
            self._end_cell()
        elif self.tables and tag == "table":
            self._end_cell()
            self._table(self.tables.pop())

    def handle_data(self, data: str) -> None:
        above = self.open[-1] if self.open else _Element("", False, False, False)
        if above.hidden:
            return
        if above.mark:
            self.mark += data
            return
        text = re.sub(r"\s+", " ", data)
        words = self.words
        if self.tables and self.tables[-1].cell is not None:
            words = self.tables[-1].cell
        words.append(Piece(text, above.bold, above.italic))

    def _line(self) -> None:
        """What was read so far ends a line; in a cell it ends a word."""
        if self.tables and self.tables[-1].cell is not None:
            self.tables[-1].cell.append(Piece(" "))
            return
        text = with_faces(self.words)
        self.words = []
        if text:
            self.lines.append(self.sign + text)
            self.sign = ""

    def _end_cell(self) -> None:
        table = self.tables[-1]
        if table.cell is not None:
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(" ".join("".join(word.text for word in table.cell).split()))
            table.cell = None

    def _table(self, table: _Table) -> None:
        """A table of one column is a frame around lines; one in a cell of another is words of that cell."""
        rows = [row for row in table.rows if any(row)]
        if self.tables and self.tables[-1].cell is not None:
            text = " ".join(cell for row in rows for cell in row if cell)
            self.tables[-1].cell.append(Piece(f" {text} "))
        elif max(map(len, rows), default=0) < 2:
            self.lines += [cell for row in rows for cell in row]
        else:
            self.lines += [table_line(row) for row in rows]


def from_html(html: str) -> str:
    """The text with its markup, a line for each paragraph; empty when there are no words in it."""
    reader = _Reader()
    # A comment that is never closed would end up among the words.
    reader.feed(_COMMENT.sub("", html))
    reader.close()
    reader._line()
    return "\n".join(reader.lines)


def _faced(style: str, pattern: re.Pattern[str], otherwise: bool) -> bool:
    found = pattern.search(style)
    if found is None:
        return otherwise
    return found[1] in ("bold", "bolder", "italic", "oblique") or (found[1].isdecimal() and int(found[1]) >= 600)
