"""A table field in a form: the table, its tools, the same table enlarged, and one row of it as a form."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QMenu, QTabBar, QToolButton, QVBoxLayout, QWidget

from lkip_desktop.office import Changed
from lkip_desktop.sop.model import FieldKind, FormField
from ui.forms.arranging import Arrangement
from ui.forms.attachments import AttachmentDialog
from ui.forms.boxes import FieldBox
from ui.forms.cell_note import CellNote
from ui.forms.context import FormContext
from ui.forms.editors import CalmCombo
from ui.forms.figures import summary_of, table_model
from ui.forms.row_dialog import RowDialog
from ui.forms.table_columns import ComputedColumn, Mark, groups_of, in_group
from ui.forms.table_view import TableView
from ui.forms.widgets import Notice, button, label
from ui.labels import show_part

WIDE_FROM = 5
FILTER_FROM = 10
"""From so many rows on, a table in a form can be filtered."""
FILTER_MS = 200
ALL_COLUMNS = "Semua"
MONEY_UNITS = (("rupiah", ""), ("ribuan", "ribu"), ("jutaan", "juta"))


class GroupTabs(QTabBar):
    """The groups of a table's columns, and all of them at once; hidden for a table without groups."""

    def __init__(self, view: TableView) -> None:
        super().__init__()
        self._groups = groups_of(view.table_model.columns)
        self.setAccessibleName(f"Kelompok kolom: {view.table_model.table.label}")
        self.setDrawBase(False)
        self.setExpanding(False)
        for group in (*self._groups, ALL_COLUMNS):
            self.addTab(group)
        self.setCurrentIndex(self._groups.index(view.group) if view.group in self._groups else len(self._groups))
        self.currentChanged.connect(lambda n: view.show_group(self._groups[n] if n < len(self._groups) else ""))
        self._view = view
        show_part(self, bool(self._groups))

    def show_column(self, column: int) -> None:
        """Choose a group that shows a column, unless the one that is shown does."""
        columns = self._view.table_model.columns
        if column not in in_group(columns, self._view.group):
            groups = (place for place, group in enumerate(self._groups) if column in in_group(columns, group))
            self.setCurrentIndex(next(groups, len(self._groups)))


class FilterLine(QLineEdit):
    """Shows only the rows that hold what is typed; Esc shows all again."""

    def __init__(self, view: TableView) -> None:
        super().__init__()
        self._view = view
        self.setPlaceholderText("Saring baris")
        self.setAccessibleName(f"Saring baris: {view.table_model.table.label}")
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(160)
        self._soon = QTimer(self, singleShot=True, interval=FILTER_MS)
        self._soon.timeout.connect(self.apply)
        self.textEdited.connect(self._soon.start)
        self.textChanged.connect(lambda text: None if text else self.apply())
        self.returnPressed.connect(self.apply)
        view.table_model.arrangedAnew.connect(self._follow)

    def apply(self) -> None:
        self._soon.stop()
        how = self._view.table_model.arrangement
        if how.words != self.text():
            self._view.arrange(replace(how, words=self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _follow(self) -> None:
        words = self._view.table_model.arrangement.words
        if words != self.text() and not self._soon.isActive():
            self.setText(words)


class TableTools(QWidget):
    """The buttons of a table: what people need often as words, the rest in a menu that the right button opens too.

    Not laid out here: `enlarge` belongs to the table's title, `head` above the table.
    """

    def __init__(self, context: FormContext, view: TableView) -> None:
        super().__init__()
        self._context, self._view = context, view
        table = view.table_model.table
        self.add = button("Tambah baris", view.add_row)
        self.open_row = button("Buka baris…", self.show_row, "quiet")
        self.more = QToolButton()
        self.more.setText("Lainnya")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self.menu)
        self.enlarge = button("Perbesar…", self.show_large, "quiet")
        self.tabs, self.filter, self.money = GroupTabs(view), FilterLine(view), _money_units(view)
        self.head = self._head()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.add, self.open_row, self.more, self.enlarge):
            part.setAccessibleName(f"{part.text().rstrip('…')}: {table.label}")
            if part is not self.enlarge:
                layout.addWidget(part)
        layout.addStretch(1)
        view.menuRequested.connect(self.menu.popup)
        view.filesRequested.connect(self.show_files)
        view.verticalHeader().sectionDoubleClicked.connect(self.show_row)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        """What stands above a table: the groups of its columns, the unit of money, the filter."""
        head = QHBoxLayout()
        head.setSpacing(8)
        if groups_of(self._view.table_model.columns):
            head.addWidget(self.tabs, 1)
        if self.money is not None:
            self.money_title = label("Uang diketik dalam", "muted", wrap=False)
            self.money_title.setBuddy(self.money)
            head.addWidget(self.money_title)
            head.addWidget(self.money)
        if not groups_of(self._view.table_model.columns):
            head.addStretch(1)
        head.addWidget(self.filter)
        return head

    def refresh(self) -> None:
        editable = self._context.editable
        self.add.setVisible(editable)
        self.more.setVisible(editable)
        model = self._view.table_model
        self.open_row.setVisible(bool(model.rows))
        show_part(self.filter, len(model.rows) >= FILTER_FROM or bool(model.arrangement.words))
        if self.money is not None:
            show_part(self.money, editable)
            show_part(self.money_title, editable)

    def show_row(self, number: int | None = None) -> None:
        """Open the current row, or the first, as a form."""
        self._view.keep_open_cell()
        model = self._view.table_model
        current = self._view.currentIndex()
        wanted = number if number is not None else current.row() if current.isValid() else 0
        if model.rows:
            RowDialog(self._context, model, wanted, self.window()).exec()

    def show_files(self, path: str) -> None:
        """Open the files of a cell."""
        model = self._view.table_model
        index = model.index_of(path)
        column = model.columns[index.column()]
        AttachmentDialog(
            self._context, path, f"{column.label}, baris {model.number(index.row())}", self.window()
        ).exec()

    def show_large(self) -> None:
        """Open the table in a window of its own."""
        self._view.keep_open_cell()
        dialog = TableDialog(self._context, self._view, self.window())
        dialog.exec()

    def _fill_menu(self) -> None:
        self.menu.clear()
        view = self._view
        keys = QKeySequence.StandardKey
        rows, editable = bool(view.selected_rows()), self._context.editable
        column, plain = view.currentIndex().column(), view.table_model.arrangement.plain
        moves = rows and editable and plain
        for text, act, key, enabled in (
            ("Salin", view.copy, QKeySequence(keys.Copy), rows),
            ("Tempel dari lembar kerja", view.paste, QKeySequence(keys.Paste), editable),
            ("Isi ke bawah", view.fill_down, QKeySequence("Ctrl+D"), rows and editable),
            ("", None, None, False),
            ("Pindahkan ke atas", lambda: view.move_row(-1), QKeySequence("Alt+Up"), moves),
            ("Pindahkan ke bawah", lambda: view.move_row(1), QKeySequence("Alt+Down"), moves),
            ("Hapus baris", view.remove_rows, QKeySequence("Ctrl+-"), rows and editable),
            ("", None, None, False),
            ("Urungkan", view.table_model.take_back, QKeySequence(keys.Undo), editable),
            ("Urutkan menurut kolom ini", lambda: view.sort_by(column), QKeySequence("Ctrl+Shift+S"), column >= 0),
            (
                "Urutan semula, semua baris",
                lambda: view.arrange(Arrangement()),
                QKeySequence("Ctrl+Shift+O"),
                not plain,
            ),
        ):
            if act is None or key is None:
                self.menu.addSeparator()
                continue
            # The key is only shown: the view itself handles it, and only while it has the focus.
            action = self.menu.addAction(f"{text}\t{key.toString(QKeySequence.SequenceFormat.NativeText)}")
            action.setEnabled(enabled)
            action.triggered.connect(act)


class TableBox(FieldBox):
    """A field that holds rows."""

    def __init__(self, context: FormContext, path: str, field: FormField) -> None:
        super().__init__(context, path, field)
        self.model = table_model(context, field)
        self.view = TableView(self.model, grows=True)
        self.tools = TableTools(context, self.view)
        self.notice = Notice()
        self.hidden = label("", "small")
        self.hidden.hide()
        self.view.columnsHidden.connect(self._say_hidden)
        self.summary = summary_of(self.model)
        self.note = CellNote(self.view)
        self.model.said.connect(self._said)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.tools.head)
        for part in (self.view, self.note, self.hidden, self.summary, self.notice, self.tools):
            if part is not None:
                column.addWidget(part)
        self._lay_out(body, self.tools.enlarge)
        self.tools.enlarge.setVisible(len(self.model.columns) >= WIDE_FROM)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # No focus proxy: Tab would go through it straight to the table, past the buttons above.
        self.view.setFocus(event.reason())

    def refresh(self, changed: Collection[str] | None = None) -> None:
        self.follow(None)

    def follow(self, event: Changed | None) -> None:
        """Take over what an act changed; None when all may have."""
        self.model.refresh(event)
        self.tools.refresh()
        if self.summary is not None:
            self.summary.refresh()
        if self.model.rows and self.problem.property("role"):
            self.say("")

    def flush(self) -> None:
        self.view.keep_open_cell()

    def problems(self) -> list[str]:
        return [*super().problems(), *self.model.problems()]

    def mark_missing(self, path: str, blocks: bool) -> None:
        if path == self.path:
            super().mark_missing(path, blocks)

    def mark_cells(self, found: dict[str, Mark]) -> None:
        """Mark the cells that are missing to leave the step."""
        self.model.mark_missing(found)

    def focus_path(self, path: str) -> None:
        """Go to a cell; its row that was removed, or the table itself, gets the focus of the table."""
        index = self.model.index_of(path)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if index.isValid():
            self.tools.tabs.show_column(index.column())
            self.view.lead_to(index)
        elif not self.model.rows:
            self.tools.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def place_of(self, path: str) -> tuple[QWidget, QPoint]:
        """A widget and a point in it that a scroll area should bring into sight for a path."""
        index = self.model.index_of(path)
        return self.view.viewport(), self.view.visualRect(index).center() if index.isValid() else QPoint(0, 0)

    def _say_hidden(self, count: int) -> None:
        self.hidden.setText(f"{count} kolom lain tampak dengan Perbesar atau Buka baris.")
        self.hidden.setVisible(count > 0)

    def _said(self, sentence: str, can_be_taken_back: bool) -> None:
        self.notice.say(sentence, self.model.take_back if can_be_taken_back else None)


class TableDialog(QDialog):
    """A table with room: the same rows, the same acts."""

    def __init__(self, context: FormContext, original: TableView, parent: QWidget) -> None:
        super().__init__(parent)
        model = original.table_model
        self.setWindowTitle(model.table.label)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        room = parent.screen().availableGeometry()
        self.resize(min(1600, room.width() - 48), min(800, room.height() - 96))
        self.view = TableView(model, grows=False)
        self.tools = TableTools(context, self.view)
        self.notice = Notice()
        model.said.connect(self._said)
        self.note = CellNote(self.view)
        hint = label("* wajib. Tebal dan berlatar abu-abu: dihitung oleh program.", "small", wrap=False)
        has_computed = any(isinstance(column, ComputedColumn) for column in model.columns)
        show_part(hint, has_computed)
        foot = QHBoxLayout()
        foot.addWidget(self.tools, 1)
        foot.addWidget(hint)
        foot.addWidget(button("Tutup", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addLayout(self.tools.head)
        for part in (self.view, self.note, self.notice):
            layout.addWidget(part, 1 if part is self.view else 0)
        layout.addLayout(foot)
        self.tools.filter.show()
        if original.currentIndex().isValid():
            self.view.setCurrentIndex(original.currentIndex())
        self.view.setFocus()

    def done(self, result: int) -> None:
        self.view.keep_open_cell()
        super().done(result)

    def _said(self, sentence: str, can_be_taken_back: bool) -> None:
        model = self.view.table_model
        self.notice.say(sentence, model.take_back if can_be_taken_back else None)


def _money_units(view: TableView) -> CalmCombo | None:
    """What plain amounts are counted in while they are typed and pasted; only for a table with money."""
    model = view.table_model
    if not any(isinstance(c, FormField) and c.kind is FieldKind.MONEY for c in model.columns):
        return None
    combo = CalmCombo()
    for words, unit in MONEY_UNITS:
        combo.addItem(words, unit)
    combo.setCurrentIndex(max(0, combo.findData(model.money_unit)))
    combo.setAccessibleName("Satuan uang yang diketik atau ditempel; disimpan dalam rupiah")
    combo.setToolTip("Angka tanpa satuan yang diketik atau ditempel dihitung dalam satuan ini; disimpan dalam rupiah.")

    def choose() -> None:
        view.keep_open_cell()
        model.money_unit = str(combo.currentData() or "")

    combo.activated.connect(choose)
    return combo
