"""How table cells are painted and edited: a mark for what is wrong, and an editor that fits the column's kind."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from lkip_desktop.cycle_data import officials
from lkip_desktop.sop.model import FieldKind, FormField
from ui import theme
from ui.forms.choices import UNCHOSEN, named
from ui.forms.context import keeping_timer, start_keeping
from ui.forms.editors import CalmCombo, suggestions_of
from ui.forms.make import choices_of
from ui.forms.suggest import suggestions
from ui.forms.table_columns import ComputedColumn
from ui.forms.table_model import Index, MarkRole, TableModel

PADDING = 8
MARK_WIDTH = 16
LARGE = QSize(380, 180)
LOADED = "loaded"
"""The property of an open editor that holds the text it was filled with."""

WRAPPED = (FieldKind.TEXT, FieldKind.PARAGRAPH, FieldKind.CHOICE, FieldKind.OFFICIAL, FieldKind.NUMBER)
_Hint = QAbstractItemDelegate.EndEditHint


class TableDelegate(QStyledItemDelegate):
    """For a view on a TableModel. What is typed in an open cell is kept within 2 s too."""

    opened = Signal()  # a cell was opened or closed
    cellsPasted = Signal()  # cells of a spreadsheet were pasted into an open cell, which is closed now

    def __init__(self, view: QTableView, model: TableModel, *, max_lines: int) -> None:
        """`max_lines` is how many lines of wrapped text a row shows at most."""
        super().__init__(view)
        self._max_lines = max_lines
        self._view, self._model = view, model
        self.open_editor: QWidget | None = None
        self.timer = keeping_timer(self)
        self.timer.timeout.connect(self.keep_open_editor)

    def keep_open_editor(self) -> None:
        """Keep what is typed in the open cell; the cell stays open."""
        self.timer.stop()
        if self.open_editor is not None:
            self.commitData.emit(self.open_editor)

    # Painting

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        column = self._model.columns[index.column()]
        if isinstance(column, ComputedColumn):
            option.font = _bold(option.font)
        if isinstance(column, ComputedColumn) or column.kind in WRAPPED:
            option.features |= QStyleOptionViewItem.ViewItemFeature.WrapText
        option.textElideMode = Qt.TextElideMode.ElideRight
        if option.displayAlignment & Qt.AlignmentFlag.AlignRight:
            self._clear_of_mark(option, index)

    def _clear_of_mark(self, option: QStyleOptionViewItem, index: Index) -> None:
        """A figure too long for its cell is cut before it reaches the mark, which would hide its first digits."""
        room = option.rect.width() - MARK_WIDTH - PADDING - 2
        metrics = QFontMetrics(option.font)
        if metrics.horizontalAdvance(option.text) > room and " " not in option.text and index.data(MarkRole):
            option.text = metrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mark = index.data(MarkRole)
        inner = QStyleOptionViewItem(option)
        if isinstance(self._model.columns[index.column()], ComputedColumn):
            painter.fillRect(option.rect, QColor(theme.current().panel))
        super().paint(painter, inner, index)
        if mark is not None:
            # Opposite to where the text ends, so that it covers no figure.
            right = not index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
            self._paint_mark(painter, option.rect, right=right, blocks=mark.blocks)

    def _paint_mark(self, painter: QPainter, cell: QRect, *, right: bool, blocks: bool) -> None:
        """A filled corner with ``!`` for a mistake, an outlined one with ``?`` for a warning."""
        tokens = theme.current()
        left = cell.right() - MARK_WIDTH + 1 if right else cell.left() + 1
        box = QRect(left, cell.top() + 1, MARK_WIDTH - 1, MARK_WIDTH - 1)
        painter.save()
        colour = QColor(tokens.danger if blocks else tokens.warn)
        painter.fillRect(box, colour if blocks else QColor(tokens.surface))
        painter.setPen(colour)
        painter.drawRect(box)
        painter.setPen(QColor(tokens.surface) if blocks else colour)
        font = _bold(painter.font())
        font.setPixelSize(11)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "!" if blocks else "?")
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its text wrapped to the column's width, up to the most lines."""
        column = self._model.columns[index.column()]
        computed = isinstance(column, ComputedColumn)
        metrics = QFontMetrics(_bold(self._view.font()) if computed else self._view.font())
        line = metrics.lineSpacing()
        if isinstance(column, FormField) and column.kind not in WRAPPED:
            return QSize(40, line + PADDING)
        width = max(20, self._view.columnWidth(index.column()) - 3 * PADDING)
        text = str(index.data() or "")[:400]
        height = metrics.boundingRect(QRect(0, 0, width, 10000), Qt.TextFlag.TextWordWrap, text).height()
        return QSize(40, min(max(height, line), self._max_lines * line) + PADDING)

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._model.columns[index.column()]
        editor: QWidget
        if not isinstance(column, FormField):
            return super().createEditor(parent, option, index)
        if column.kind is FieldKind.PARAGRAPH:
            editor = self._paragraph(parent)
        elif column.kind in (FieldKind.CHOICE, FieldKind.OFFICIAL):
            editor = self._combo(parent, column, self._model.path(index))
        else:
            editor = self._line(parent, column, index)
        editor.setAccessibleName(f"{column.label}, baris {self._model.number(index.row())}")
        self.open_editor = editor
        self.opened.emit()
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self.open_editor:
            self.open_editor = None
            self.timer.stop()
            self.opened.emit()
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """A paragraph gets more room than its cell, inside the table as far as there is any."""
        rect = QRect(option.rect)
        if isinstance(editor, QPlainTextEdit):
            seen = self._view.viewport().rect()
            rect.setSize(rect.size().expandedTo(LARGE).boundedTo(seen.size()))
            rect.moveRight(min(rect.right(), seen.right()))
            rect.moveBottom(min(rect.bottom(), seen.bottom()))
            rect.moveLeft(max(rect.left(), 0))
            rect.moveTop(max(rect.top(), 0))
        else:
            rect.setHeight(min(rect.height(), 36))
        editor.setGeometry(rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the editor when it opens, and again when somebody else changed the cell, but never over typing."""
        value = str(index.data(Qt.ItemDataRole.EditRole) or "")
        loaded = editor.property(LOADED)
        if loaded is not None and _text_in(editor) != loaded:
            return
        editor.setProperty(LOADED, value)
        if isinstance(editor, QComboBox):
            if value and editor.findData(value) < 0:
                editor.addItem(value, value)
            editor.setCurrentIndex(max(0, editor.findData(value)))
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(value)
        elif isinstance(editor, QLineEdit):
            editor.setText(value)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        self.timer.stop()
        model.setData(index, _text_in(editor), Qt.ItemDataRole.EditRole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes down, Ctrl+Enter ends a paragraph, Esc closes the cell and keeps what is typed.

        Several cells that a spreadsheet has copied belong to the table, though one cell is open.
        """
        if isinstance(watched, QAbstractItemView):
            # Qt would give the key to the line itself, past this filter.
            if self.open_editor is None or not _leaves_suggestions(watched, event):
                return False
            watched.hide()
            return self.eventFilter(self.open_editor, event)
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            paragraph = isinstance(watched, QPlainTextEdit)
            if event.key() == Qt.Key.Key_Escape:
                return self._end(watched, _Hint.NoHint)
            if event.matches(QKeySequence.StandardKey.Paste) and not paragraph and _cells_copied():
                self._end(watched, _Hint.NoHint)
                self.cellsPasted.emit()
                return True
            if enter and paragraph and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            if enter and not isinstance(watched, QComboBox):
                return self._end(watched, _Hint.SubmitModelCache)
        return super().eventFilter(watched, event)

    def _end(self, editor: QWidget, hint: _Hint) -> bool:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)
        return True

    def _paragraph(self, parent: QWidget) -> QPlainTextEdit:
        editor = QPlainTextEdit(parent)
        editor.setTabChangesFocus(True)
        editor.textChanged.connect(self._typing)
        return editor

    def _line(self, parent: QWidget, column: FormField, index: Index) -> QLineEdit:
        editor = QLineEdit(parent)
        editor.textEdited.connect(self._typing)
        if column.kind is FieldKind.TEXT:
            context = self._model.context
            cycle = context.session.cycle
            found = suggestions(context.state, cycle.store.events(), cycle.profile, self._model.path(index))
            completer = suggestions_of(QStringListModel(found, editor), editor)
            editor.setCompleter(completer)
            popup = completer.popup()
            assert popup is not None
            popup.installEventFilter(self)
            # As wide as what it holds, since names that begin alike are told apart by their ends.
            longest = max(map(self._view.fontMetrics().horizontalAdvance, found), default=0)
            popup.setMinimumWidth(min(longest + 4 * PADDING, self._view.width() - self._view.visualRect(index).left()))
        return editor

    def _combo(self, parent: QWidget, column: FormField, path: str) -> QComboBox:
        editor = CalmCombo(parent)
        editor.addItem(UNCHOSEN, "")
        context = self._model.context
        choices = choices_of(context, column, path)
        if column.kind is FieldKind.OFFICIAL:
            choices = [(official.id, named(official)) for official in officials(context.state)]
        for kept, words in choices:
            editor.addItem(words, kept)
        editor.activated.connect(lambda: self._end(editor, _Hint.NoHint))
        QTimer.singleShot(0, editor, editor.showPopup)
        return editor

    def _typing(self) -> None:
        if self.open_editor is not None and self.open_editor.property(LOADED) is not None:
            start_keeping(self.timer)


def _leaves_suggestions(popup: QAbstractItemView, event: QEvent) -> bool:
    """Whether a key leaves the cell though its suggestions are open."""
    if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
        return False
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return not popup.currentIndex().isValid()
    pasted = event.matches(QKeySequence.StandardKey.Paste) and _cells_copied()
    return pasted or event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


def _cells_copied() -> bool:
    """Whether the clipboard holds a block of a spreadsheet; lines of prose are none."""
    copied = QGuiApplication.clipboard().mimeData()
    text = copied.text().strip("\r\n")
    return "\t" in text or ("\n" in text and "<table" in copied.html().casefold())


def _text_in(editor: QWidget) -> str:
    if isinstance(editor, QComboBox):
        return str(editor.currentData() or "")
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
