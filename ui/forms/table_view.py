"""A table as people work in it: keys, copy and paste, and a height that follows its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QPlainTextEdit, QTableView, QWidget

from lkip_desktop.sop.model import FieldKind, FormField
from lkip_desktop.table_rows import write_grid
from ui import theme
from ui.forms.arranging import Arrangement
from ui.forms.table_columns import groups_of, in_group
from ui.forms.table_delegate import LARGE, MARK_WIDTH, PADDING, TableDelegate
from ui.forms.table_model import TableModel
from ui.forms.table_widths import (
    TEXT_LEAST,
    TEXT_SQUEEZED,
    WIDEST,
    characters,
    key_columns,
    least_width,
    longest_word,
    shared,
)
from ui.row_heights import RowHeights
from ui.tokens import TYPE

MAX_HEIGHT = 320
EMPTY = "Belum ada baris. Tambah baris, atau tempel dari lembar kerja."
EMPTY_READ_ONLY = "Tidak ada baris."
_Hint = QAbstractItemDelegate.EndEditHint


class TableView(QTableView):
    """A view on a TableModel. `grows` makes it as high as its rows, up to MAX_HEIGHT."""

    filesRequested = Signal(str)  # path of a cell that holds files
    menuRequested = Signal(object)  # where, global
    columnsHidden = Signal(int)  # how many columns there is no room for

    def __init__(self, model: TableModel, *, grows: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table_model = model
        self._grows, self._fitting = grows, False
        self._by_hand: set[int] = set()
        # Whether words are cut rather than columns left out, for want of room.
        self._cut = False
        groups = groups_of(model.columns)
        self.group = groups[0] if groups else ""
        """The group of columns that is shown; empty for all."""
        self._led = -1
        self.cells = TableDelegate(self, model, max_lines=3 if grows else 6)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self._dress()
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self.fit)
        # The rows whose heights are to be measured anew; None means all of them.
        self._stale: set[int] | None = None
        self._columns_stale = True
        self._heights = RowHeights(self)
        model.dataChanged.connect(self._changed)
        for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            signal.connect(self._fit_all_soon)
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.cells.opened.connect(self._make_room)
        self.cells.cellsPasted.connect(self.paste)
        self.fit()

    def _dress(self) -> None:
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.setAccessibleName(self.table_model.table.label)
        header = self.horizontalHeader()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        header.setDefaultAlignment(Qt.AlignmentFlag(left | Qt.TextFlag.TextWordWrap))
        header.setMinimumSectionSize(48)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.sectionDoubleClicked.connect(self.sort_by)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(28)
        self.verticalHeader().setDefaultSectionSize(30)

    def fit(self) -> None:
        """Give columns their widths, rows the height of their texts, and the view its own.

        Of many rows those in sight come first, the rest a few at a time between the events.
        """
        if self._columns_stale:
            widths = [self.columnWidth(number) for number in range(self.model().columnCount())]
            self._fit_columns()
            self._columns_stale = False
            if widths != [self.columnWidth(n) for n in range(len(widths))]:
                self._stale = None
        if self._stale is None:
            self._heights.measure()
        else:
            for row in self._stale:
                self.resizeRowToContents(row)
        self._stale = set()
        if self._grows:
            self.setFixedHeight(self.wanted_height())

    @property
    def settling(self) -> bool:
        """Whether rows out of sight are still being measured."""
        return self._heights.settling

    def show_group(self, group: str) -> None:
        """Show the columns of a group, or all of them."""
        self._led = -1
        self.keep_open_cell()
        self.group = group
        self._columns_stale, self._stale = True, None
        self.fit()
        if self.isColumnHidden(self.currentIndex().column()):
            self.setCurrentIndex(self.currentIndex().siblingAtColumn(self._first_shown()))

    def _first_shown(self) -> int:
        return next((n for n in range(self.model().columnCount()) if not self.isColumnHidden(n)), 0)

    def sort_by(self, column: int) -> None:
        """Show the rows sorted by a column, then the other way round, then as they are kept."""
        self.keep_open_cell()
        how = self.table_model.arrangement
        again = how.column == column
        following = replace(how, column=-1 if again and how.descending else column, descending=again)
        self.arrange(replace(following, descending=following.descending and following.column >= 0))

    def arrange(self, how: Arrangement) -> None:
        """Show the rows sorted and filtered; the kept order stays."""
        self.keep_open_cell()
        self.table_model.arrange(how)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(how.column >= 0)
        order = Qt.SortOrder.DescendingOrder if how.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(how.column, order)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _changed(self, first: QModelIndex, final: QModelIndex) -> None:
        if self._stale is not None:
            self._stale.update(range(first.row(), final.row() + 1))
        self._columns_stale = self._columns_stale or self._widened(first.row(), final.row())
        self._fit_soon.start()

    def _widened(self, first: int, final: int) -> bool:
        """Whether a word in some rows is wider than its column, which could be wider."""
        rows = self.table_model.rows[first : final + 1]
        own = (n for n in range(self.model().columnCount()) if not self.isColumnHidden(n) and n not in self._by_hand)
        return not self._cut and any(self._word_width(n, rows) > self.columnWidth(n) for n in own)

    def _fit_all_soon(self) -> None:
        self._stale = None
        self._columns_stale = True
        self._fit_soon.start()

    def lead_to(self, index: QModelIndex) -> None:
        """Make a cell the current one and bring it into sight, also where its column has no room otherwise."""
        self._led = index.column()
        if self.isColumnHidden(self._led):
            self._fit_columns()
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _make_room(self) -> None:
        """A paragraph needs more height than a short table has."""
        if self._grows:
            self.setFixedHeight(self.wanted_height())

    def wanted_height(self) -> int:
        rows = self.verticalHeader().length() if self.model().rowCount() else 40
        wide = self.horizontalHeader().length() + self.verticalHeader().width() > self.width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        if isinstance(self.cells.open_editor, QPlainTextEdit):
            rows = max(rows, LARGE.height())
        return min(self.horizontalHeader().height() + rows + bar + 4, MAX_HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(320, self.wanted_height())

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._columns_stale = True
        self._fit_soon.start()

    def _fit_columns(self) -> None:
        """Widths in characters from the SOP, in proportion where the table can fill its place, else as they are."""
        model = self.table_model
        unit = self.fontMetrics().averageCharWidth() + 1
        room = self.viewport().width()
        own = in_group(model.columns, self.group)
        shown = list(own)
        plain = [max(least_width(column, unit), self._longest_word(n)) for n, column in enumerate(model.columns)]
        least = [max(w, self._word_width(n, model.rows)) if n in own else w for n, w in enumerate(plain)]
        self._cut = False
        if self._grows and sum(least[n] for n in own) > room:
            shown = key_columns(model, own, least, room)
            if sum(least[n] for n in shown) > room:
                least = [TEXT_SQUEEZED if w == TEXT_LEAST else w for w in least]
            self._cut = sum(least[n] for n in shown) > room
            if self._cut:
                least, shown = plain, key_columns(model, own, plain, room)
            shown = sorted({*shown, self._led} & set(own))
        squeezed = len(shown) < len(own) and sum(least[n] for n in shown) > room
        wanted = {n: least[n] if squeezed else max(characters(model.columns[n]) * unit + 12, least[n]) for n in shown}
        widths = shared(wanted, {n: least[n] for n in shown}, room)
        self._fitting = True
        for number in range(len(model.columns)):
            self.setColumnHidden(number, number not in widths)
            if number in widths and number not in self._by_hand and self.columnWidth(number) != widths[number]:
                self.horizontalHeader().resizeSection(number, widths[number])
        self._fitting = False
        self._fit_header()
        self.columnsHidden.emit(len(own) - len(widths))

    def _heading_font(self) -> QFont:
        font = QFont(self.horizontalHeader().font())
        font.setPixelSize(TYPE.small)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _longest_word(self, number: int) -> int:
        """The width, in pixels, that a heading needs when it is wrapped."""
        metrics = QFontMetrics(self._heading_font())
        return max(metrics.horizontalAdvance(word) for word in self._heading(number).split()) + 24

    def _word_width(self, number: int, rows: Iterable[str]) -> int:
        """The width, in pixels, at which no word in these rows of a column is cut."""
        word = longest_word(self.table_model, number, rows, texts=not self._grows)
        return min(self.fontMetrics().horizontalAdvance(word) + MARK_WIDTH + PADDING + 4, WIDEST)

    def _fit_header(self) -> None:
        """As high as the longest heading, wrapped."""
        header = self.horizontalHeader()
        metrics = QFontMetrics(self._heading_font())
        flags = Qt.TextFlag.TextWordWrap
        heights = [
            metrics.boundingRect(QRect(0, 0, max(self.columnWidth(n) - 24, 24), 1000), flags, self._heading(n)).height()
            for n in range(len(self.table_model.columns))
            if not self.isColumnHidden(n)
        ]
        header.setFixedHeight(max(heights, default=16) + 14)

    def _heading(self, number: int) -> str:
        return str(self.table_model.headerData(number, Qt.Orientation.Horizontal))

    def _resized(self, number: int) -> None:
        if not self._fitting:
            self._by_hand.add(number)
            self._stale = None
            self._fit_soon.start()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.modifiers() == both and event.key() == Qt.Key.Key_S and self.currentIndex().isValid():
            self.sort_by(self.currentIndex().column())
        elif event.modifiers() == both and event.key() == Qt.Key.Key_O:
            self.arrange(Arrangement())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._open_cell(self.currentIndex(), event)
        elif not self.table_model.context.editable or not self._change(event):
            super().keyPressEvent(event)

    def _change(self, event: QKeyEvent) -> bool:
        """Keys that change the table; whether this was one."""
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.table_model.take_back()
        elif ctrl and event.key() == Qt.Key.Key_D:
            self.fill_down()
        elif ctrl and event.key() == Qt.Key.Key_Minus:
            self.remove_rows()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_row(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.table_model.clear_cells(self.selectedIndexes())
        else:
            return False
        return True

    def _open_cell(self, index: QModelIndex, event: QKeyEvent) -> None:
        column = self.table_model.columns[index.column()]
        if isinstance(column, FormField) and column.kind is FieldKind.FILES:
            self.filesRequested.emit(self.table_model.path(index))
        elif event.key() != Qt.Key.Key_Space and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: Any) -> None:
        index = self.indexAt(event.position().toPoint())
        column = self.table_model.columns[index.column()] if index.isValid() else None
        if isinstance(column, FormField) and column.kind is FieldKind.FILES:
            self.filesRequested.emit(self.table_model.path(index))
        elif not index.isValid() and self.table_model.context.editable:
            self.add_row()
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menuRequested.emit(event.globalPos())

    def closeEditor(self, editor: QWidget, hint: _Hint) -> None:
        """Tab goes to the next cell that can be typed in, Enter down; past the last row a new one is added."""
        here = self.currentIndex()
        super().closeEditor(editor, _Hint.NoHint)
        if hint in (_Hint.EditNextItem, _Hint.EditPreviousItem):
            self._edit_beside(here, 1 if hint is _Hint.EditNextItem else -1)
        elif hint is _Hint.SubmitModelCache and here.row() + 1 < self.model().rowCount():
            self.setCurrentIndex(here.siblingAtRow(here.row() + 1))

    def _edit_beside(self, here: QModelIndex, by: int) -> None:
        """Open the next cell that can be typed in; with 0, this one or the next such."""
        width = self.model().columnCount()
        place = here.row() * width + here.column() + by
        while 0 <= place < self.model().rowCount() * width:
            index = self.model().index(place // width, place % width)
            if index.flags() & Qt.ItemFlag.ItemIsEditable and not self.isColumnHidden(index.column()):
                self.setCurrentIndex(index)
                self.edit(index)
                return
            place += by or 1
        if by > 0:
            self.add_row()

    # What the menu and the keys do

    def keep_open_cell(self) -> None:
        """Keep what is typed in a cell that is still open."""
        self.cells.keep_open_editor()

    def selected_rows(self) -> list[int]:
        """The rows with a selected cell, else that of the current cell."""
        rows = {index.row() for index in self.selectedIndexes()}
        if not rows and self.currentIndex().isValid():
            rows = {self.currentIndex().row()}
        return sorted(rows)

    def add_row(self) -> None:
        self.keep_open_cell()
        row = self.table_model.add_row()
        if row >= 0:
            self.fit()
            self._edit_beside(self.model().index(row, 0), 0)
            self.scrollTo(self.currentIndex())

    def remove_rows(self) -> None:
        rows = self.selected_rows()
        if rows:
            self.table_model.remove_rows(rows)

    def move_row(self, by: int) -> None:
        here = self.currentIndex()
        if here.isValid():
            row = self.table_model.move_row(here.row(), by)
            self.setCurrentIndex(self.model().index(row, here.column()))

    def fill_down(self) -> None:
        """Copy the first selected row's cells into the others; into a single row, those of the row above it."""
        rows = self.selected_rows()
        columns = sorted({index.column() for index in self.selectedIndexes()})
        if len(rows) == 1 and rows[0]:
            rows = [rows[0] - 1, *rows]
        if len(rows) > 1:
            self.table_model.fill_down(rows, columns)

    def copy(self) -> None:
        """The selected cells as text that spreadsheets paste."""
        cells = self.selectedIndexes()
        if not cells:
            return
        rows, columns = sorted({c.row() for c in cells}), sorted({c.column() for c in cells})
        at = self.table_model.index
        grid = [[_copied(at(row, column)) for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(write_grid(grid))

    def paste(self) -> None:
        """The clipboard's rows from the upper left selected cell on; without one, below the last row.

        A single line fills every row of the selection, as in a spreadsheet.
        """
        cells = self.selectedIndexes() or ([self.currentIndex()] if self.currentIndex().isValid() else [])
        rows = {c.row() for c in cells}
        row = min(rows, default=self.model().rowCount())
        column = min((c.column() for c in cells), default=0)
        columns = [n for n in in_group(self.table_model.columns, self.group) if n >= column]
        in_sight = [n for n in columns if not self.isColumnHidden(n)]
        over = len(rows) if len(rows) == max(rows, default=row) - row + 1 else 1
        self.table_model.paste(QGuiApplication.clipboard().text(), row, columns, in_sight, over=over)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.model().rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.current().muted))
            text = EMPTY if self.table_model.context.editable else EMPTY_READ_ONLY
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(12, 0, -12, 0), flags, text)


def _copied(index: QModelIndex) -> str:
    checked = index.data(Qt.ItemDataRole.CheckStateRole)
    if checked is not None:
        return "ya" if Qt.CheckState(checked) is Qt.CheckState.Checked else ""
    edited = index.data(Qt.ItemDataRole.EditRole)
    return str(edited if edited is not None else index.data() or "")
