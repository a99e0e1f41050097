"""The report's parts as a tree: each with its state in words, those above others with how much is written below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from lkip_desktop.documents.report_sections import Section, Standing
from ui import marks, theme
from ui.tokens import GRID, Tokens

KEY = Qt.ItemDataRole.UserRole
HEADINGS = ("Bagian", "Keadaan")
MARKS = {
    Standing.WRITTEN: "closed",
    Standing.PROPOSED: "info",
    Standing.OPEN: "near",
    Standing.MISSING: "bad",
    Standing.MOVED: "late",
}
OPENED = 1
"""Levels that are open at first: the chapters."""


class SectionTree(QTreeWidget):
    """`chosen` gives the key of a section; the same keys keep their places when the state changes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._sections: dict[str, Section] = {}
        self._order: list[str] = []
        self.setAccessibleName("Bagian laporan")
        self.setHeaderLabels(HEADINGS)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setIndentation(GRID * 3 // 2)
        self.setExpandsOnDoubleClick(True)
        self.setTabKeyNavigation(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(GRID * 10)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(self._choose)
        theme.notifier().changed.connect(self._colour)

    def show_sections(self, tree: tuple[Section, ...]) -> None:
        """Show a tree; what was open and chosen stays so."""
        every = [one for top in tree for one in top.walk()]
        self._sections = {one.key: one for one in every}
        if [one.key for one in every] != self._order:
            self._rebuild(tree)
            self._order = [one.key for one in every]
        for one in every:
            self._word(self._items[one.key], one)
        self._colour(theme.current())

    def section(self, key: str) -> Section | None:
        return self._sections.get(key)

    def current(self) -> str:
        """The key of the chosen section, or empty."""
        item = self.currentItem()
        return str(item.data(0, KEY)) if item is not None else ""

    def show_section(self, key: str) -> bool:
        """Choose a section and open what it lies in; False when there is none."""
        item = self._items.get(key)
        if item is None:
            return False
        above = item.parent()
        while above is not None:
            above.setExpanded(True)
            above = above.parent()
        self.setCurrentItem(item)
        self.scrollToItem(item)
        return True

    def key_of(self, path: str) -> str:
        """The key of the section whose text is kept at a path, or empty."""
        return next((key for key, one in self._sections.items() if one.path == path), "")

    def neighbour(self, by: int) -> str:
        """The key of the next (1) or previous (-1) section that has a text."""
        with_text = [key for key in self._order if self._sections[key].path]
        here = self._order.index(self.current()) if self.current() in self._order else 0
        places = {key: place for place, key in enumerate(self._order)}
        if by > 0:
            return next((key for key in with_text if places[key] > here), "")
        return next((key for key in reversed(with_text) if places[key] < here), "")

    # Inside

    def _rebuild(self, tree: tuple[Section, ...]) -> None:
        opened = {key for key, item in self._items.items() if item.isExpanded()}
        kept, fresh = self.current(), not self._items
        self.blockSignals(True)
        self.clear()
        self._items = {}
        for section in tree:
            self._add(None, section)
        for key, item in self._items.items():
            item.setExpanded(key in opened or (fresh and self._depth(item) < OPENED))
        if kept in self._items:
            self.setCurrentItem(self._items[kept])
        self.blockSignals(False)

    def _add(self, parent: QTreeWidgetItem | None, section: Section) -> None:
        item = QTreeWidgetItem(parent) if parent is not None else QTreeWidgetItem(self)
        item.setData(0, KEY, section.key)
        self._items[section.key] = item
        for child in section.children:
            self._add(item, child)

    def _depth(self, item: QTreeWidgetItem) -> int:
        above = item.parent()
        return 0 if above is None else 1 + self._depth(above)

    def _word(self, item: QTreeWidgetItem, section: Section) -> None:
        item.setText(0, section.title)
        item.setToolTip(0, section.title)
        words = state_words(section)
        item.setText(1, words)
        details = [f"{number} {standing}" for standing, number in section.counts().items()]
        item.setToolTip(1, ", ".join(details) if section.children else words)

    def _colour(self, tokens: Tokens) -> None:
        colours = {
            Standing.WRITTEN: tokens.ok,
            Standing.PROPOSED: tokens.accent,
            Standing.OPEN: tokens.warn,
            Standing.MISSING: tokens.danger,
            Standing.MOVED: tokens.warn,
        }
        # Painted once for all parts: a large office has a thousand of them.
        icons = {standing: marks.icon(mark, colours[standing]) for standing, mark in MARKS.items()}
        for key, item in self._items.items():
            section = self._sections[key]
            moved = bool(section.children) and Standing.MOVED in section.counts()
            own = Standing.DATA if section.children else section.standing or Standing.DATA
            standing = Standing.MOVED if moved else own
            item.setForeground(1, QColor(colours.get(standing, tokens.muted)))
            item.setData(1, Qt.ItemDataRole.DecorationRole, icons.get(standing))

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(0, KEY)))


def state_words(section: Section) -> str:
    """``usulan``; of a part with others below it ``2 angka berubah``, or else ``12 dari 56 ditulis``."""
    if not section.children:
        return str(section.standing) if section.standing is not None else "boleh kosong" if section.path else ""
    texts = [one for one in section.walk() if one.path and one.standing is not None]
    moved = sum(one.standing is Standing.MOVED for one in texts)
    written = sum(one.standing is Standing.WRITTEN for one in texts)
    return f"{moved} angka berubah" if moved else f"{written} dari {len(texts)} ditulis" if texts else ""
