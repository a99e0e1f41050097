"""Two texts side by side, with the words marked that only one of them has."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from lkip_desktop.documents.docx_words import Piece, word_marks
from ui import theme
from ui.forms.widgets import label
from ui.tokens import GRID, Tokens

NOTHING = "(tidak ada)"
FIRST = "beda"
"""The anchor of the first words that differ."""


class Sides(QWidget):
    """What was struck out on the left, what was put in on the right; marks are lines and not colour alone.

    Both sides begin where they first differ and scroll in step.
    """

    def __init__(self, old: str, new: str) -> None:
        """`old` and `new` head the two sides."""
        super().__init__()
        self._texts = ("", "")
        self.heads = (label(old, "strong", wrap=False), label(new, "strong", wrap=False))
        self.panes = (QTextBrowser(), QTextBrowser())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID * 2)
        for head, pane in zip(self.heads, self.panes, strict=True):
            pane.setTabChangesFocus(True)
            pane.setOpenLinks(False)
            column = QVBoxLayout()
            column.setSpacing(GRID // 2)
            column.addWidget(head)
            column.addWidget(pane)
            row.addLayout(column, 1)
        left, right = (pane.verticalScrollBar() for pane in self.panes)
        left.valueChanged.connect(right.setValue)
        right.valueChanged.connect(left.setValue)
        self.name(old, new)
        theme.notifier().changed.connect(self._paint)

    def name(self, old: str, new: str) -> None:
        """Other heads for the two sides."""
        for head, pane, text in zip(self.heads, self.panes, (old, new), strict=True):
            head.setText(text)
            pane.setAccessibleName(text)

    def show_texts(self, old: str, new: str) -> None:
        self._texts = (old, new)
        self._paint(theme.current())

    def _paint(self, tokens: Tokens) -> None:
        for pane, pieces, look in zip(self.panes, word_marks(*self._texts), _looks(tokens), strict=True):
            pane.setHtml(_html(pieces, look, tokens))
        for pane in reversed(self.panes):
            pane.scrollToAnchor(FIRST)


def _looks(tokens: Tokens) -> tuple[str, str]:
    return (
        f"color:{tokens.danger};text-decoration:line-through",
        f"color:{tokens.ok};text-decoration:underline;font-weight:600",
    )


def _html(pieces: tuple[Piece, ...], look: str, tokens: Tokens) -> str:
    if not pieces:
        return f'<span style="color:{tokens.muted}">{NOTHING}</span>'
    parts = [f'<span style="{look}">{_safe(p.text)}</span>' if p.changed else _safe(p.text) for p in pieces]
    first = next((place for place, piece in enumerate(pieces) if piece.changed), 0)
    parts.insert(first, f'<a name="{FIRST}"></a>')
    return f'<div style="color:{tokens.text};white-space:pre-wrap">{"".join(parts)}</div>'


def _safe(text: str) -> str:
    return escape(text).replace("\n", "<br>")
