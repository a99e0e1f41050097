"""A table of the cycle as Qt's views see it: cells by kind, computed columns, and one act for each change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from lkip_desktop import table_rows
from lkip_desktop.cycle_data import officials
from lkip_desktop.errors import UserError
from lkip_desktop.office import Changed
from lkip_desktop.sop.model import FieldKind, FormField, Needed
from lkip_desktop.values import parse, show
from lkip_desktop.workflow.events import Act
from ui.forms.arranging import Arrangement, arranged, kept_in_place
from ui.forms.choices import named
from ui.forms.context import NOT_KEPT, FormContext
from ui.forms.table_columns import (
    ComputedColumn,
    Figures,
    Mark,
    alignment,
    column_help,
    placed,
)

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MarkRole = Qt.ItemDataRole.UserRole + 1
"""What is wrong with a cell: a `Mark`, or None."""

CHANGING = (Act.FILLED, Act.IMPORTED, Act.MERGED)
"""The acts that bring values."""
ARRANGED = "Baris sedang diurutkan atau disaring. Kembalikan dahulu ke urutan semula untuk memindahkannya."

MAX_STEPS_BACK = 50
MANY = 20
"""From so many rows on, views are told once that all of them changed."""


class TableModel(QAbstractTableModel):
    """The rows of one table field; `figures` works out the columns that nobody types in."""

    said = Signal(str, bool)  # what was done or refused, and whether it can be taken back
    arrangedAnew = Signal()  # the rows are shown in another order, or others than before

    def __init__(
        self, context: FormContext, table: FormField, figures: Figures | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.context, self.table, self.figures = context, table, figures
        self.columns = placed(table.columns, figures.columns if figures else ())
        self.money_unit = ""
        """What plain amounts typed or pasted are counted in: empty for rupiah, ``ribu`` or ``juta``."""
        self.arrangement = Arrangement()
        self._rows: tuple[str, ...] = ()
        self._unkept: dict[str, Mark] = {}
        self._typed: dict[str, str] = {}
        self._missing: dict[str, Mark] = {}
        self._back: list[table_rows.Changes] = []
        self._acting = False
        self._officials: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self._work_out(None)
        self._rows = context.state.rows(table.id)

    # What views ask

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        column = self.columns[index.column()]
        if not self.context.editable or isinstance(column, ComputedColumn):
            return flags
        if column.kind is FieldKind.YESNO:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags if column.kind is FieldKind.FILES else flags | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return str(self.number(section)) if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            required = isinstance(column, FormField) and column.needed is Needed.REQUIRED
            return f"{column.label} *" if required else column.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return column_help(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        if isinstance(column, ComputedColumn):
            return self._computed_data(column, row, role)
        return self._cell_data(column, row, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.columns[index.column()]
        if not isinstance(column, FormField):
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            text = "ya" if Qt.CheckState(value) is Qt.CheckState.Checked else "tidak"
        elif role == Qt.ItemDataRole.EditRole:
            text = str(value)
        else:
            return False
        path = self.path(index)
        self._unkept.pop(path, None)
        text = table_rows.counted_in(column, text, self.money_unit)
        kept = parse(column.kind, text, column).value
        problem = self.act({path: kept})
        if problem == NOT_KEPT:
            self.context.keeper.hold(path, kept)
        if problem:
            self._unkept[path], self._typed[path] = Mark(problem), text
        self._touch(index.row())
        return not problem

    # Places

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows shown, in the order shown."""
        return self._rows

    def number(self, shown: int) -> int:
        """The place, from 1, that the row shown at an index has in the kept order."""
        if self.arrangement.plain:
            return shown + 1
        return self._places.get(self._rows[shown], shown) + 1

    def key(self, position: int) -> str:
        """The id of a column, or the label of a computed one."""
        column = self.columns[position]
        return column.id if isinstance(column, FormField) else column.label

    def path(self, index: Index) -> str:
        column = self.columns[index.column()]
        name = column.id if isinstance(column, FormField) else ""
        return f"{self.table.id}/{self._rows[index.row()]}/{name}"

    def index_of(self, path: str) -> QModelIndex:
        """The cell at a path; invalid when there is none."""
        parts = path.split("/")
        if len(parts) != 3 or parts[1] not in self._rows:
            return QModelIndex()
        ids = [column.id if isinstance(column, FormField) else "" for column in self.columns]
        return self.index(self._rows.index(parts[1]), ids.index(parts[2])) if parts[2] in ids else QModelIndex()

    # Acts

    def act(self, changes: table_rows.Changes, said: str = "") -> str:
        """Keep changes as one act that can be taken back; why not, when they could not be kept."""
        state = self.context.session.state
        changes = table_rows.changed(state, changes)
        if not changes:
            return ""
        back = table_rows.inverse(state, changes)
        problem = self._fill(changes)
        if problem:
            self.said.emit(problem, False)
            return problem
        self._back = [*self._back[-MAX_STEPS_BACK:], back]
        self.said.emit(said, bool(said))
        return ""

    def take_back(self) -> None:
        """Undo the last act of this table, if nothing else has changed it since."""
        if self._back and self.context.editable:
            problem = self._fill(self._back[-1])
            if not problem:
                self._back.pop()
            self.said.emit(problem, False)

    def add_row(self, at: int | None = None) -> int:
        """A new row; its index, or -1 when it was refused."""
        if self.arrangement.words:
            self.arrange(Arrangement())
        row, changes = table_rows.added(self.context.session.state, self.table, at)
        return -1 if self.act(changes) else self._rows.index(row)

    def remove_rows(self, numbers: Sequence[int]) -> None:
        rows = [self._rows[number] for number in numbers]
        said = f"Baris {self.number(numbers[0])} dihapus." if len(rows) == 1 else f"{len(rows)} baris dihapus."
        self.act(table_rows.removed(self.context.session.state, self.table, rows), said)

    def move_row(self, number: int, by: int) -> int:
        """Move a row up or down; its new index. Rows that are sorted or filtered for looking at stay."""
        if not self.arrangement.plain:
            self.said.emit(ARRANGED, False)
            return number
        row = self._rows[number]
        self.act(table_rows.moved(self.context.session.state, self.table, row, by))
        return self._rows.index(row)

    def paste(
        self, text: str, row: int, columns: Sequence[int], in_sight: Sequence[int] = (), *, over: int = 1
    ) -> None:
        """Put what a spreadsheet has copied into `columns` of the rows shown from `row` on, as one act.

        What fits into the columns `in_sight` goes into those. Columns that are worked out have their place in the
        grid, unless it holds whole rows of what is typed. A single line goes into `over` rows.
        """
        try:
            grid = table_rows.read_grid(text)
            grid = grid * over if len(grid) == 1 else grid
            width = max(map(len, grid), default=0)
            places = [self.columns[n] for n in (in_sight if width <= len(in_sight) else columns)]
            typed = [c for c in places if isinstance(c, FormField)]
            whole_rows = columns[:1] == [0] and width == len(typed)
            targets = typed if whole_rows else [c if isinstance(c, FormField) else None for c in places]
            into = table_rows.Target(self.table, targets, self._rows[row:], self.money_unit)
            changes = table_rows.pasted(self.context.session.state, into, grid)
        except UserError as error:
            self.said.emit(str(error), False)
            return
        computed = [column.label for column in self.columns if isinstance(column, ComputedColumn)]
        self.act(changes, table_rows.pasted_in_words(grid, self.table, self.context.state.year, computed))

    def clear_cells(self, indexes: Sequence[Index]) -> None:
        cells = [i for i in indexes if self.flags(i) & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)]
        self.act({self.path(index): "" for index in cells}, f"{len(cells)} sel dikosongkan." if len(cells) > 1 else "")

    def fill_down(self, numbers: Sequence[int], columns: Sequence[int]) -> None:
        """Copy the cells of the first of some rows into the others."""
        fields = [self.columns[number] for number in columns]
        names = [f.id for f in fields if isinstance(f, FormField) and f.kind is not FieldKind.FILES]
        rows = [self._rows[number] for number in numbers]
        changes = table_rows.filled_down(self.context.session.state, self.table, rows, names)
        self.act(changes, f"Diisi ke bawah sampai baris {self.number(numbers[-1])}.")

    # Looking at rows

    def arrange(self, how: Arrangement) -> None:
        """Show the rows sorted and filtered; the kept order stays."""
        rows = self.context.state.rows(self.table.id)
        self.layoutAboutToBeChanged.emit()
        before = self._rows
        self.arrangement = how
        self._rows = rows if how.plain else arranged(rows, how, self._words, self._sorted_by)
        self._places = {row: n for n, row in enumerate(rows)}
        self._keep_persistent(before)
        self.layoutChanged.emit()
        self.arrangedAnew.emit()

    def _keep_persistent(self, before: tuple[str, ...]) -> None:
        """Let the selection and an open cell stay with their rows."""
        places = {row: n for n, row in enumerate(self._rows)}
        old = self.persistentIndexList()
        new = [
            self.index(places[before[i.row()]], i.column()) if before[i.row()] in places else QModelIndex() for i in old
        ]
        self.changePersistentIndexList(old, new)

    def _words(self, row: str) -> str:
        """All that a row shows, for filtering."""
        texts = [self._shown(c, f"{self.table.id}/{row}/{c.id}") for c in self.columns if isinstance(c, FormField)]
        if self.figures is not None:
            texts += [self.figures.cell(c.label, row).text for c in self.columns if isinstance(c, ComputedColumn)]
        return "\n".join(filter(None, texts))

    def _sorted_by(self, row: str) -> str:
        column = self.columns[self.arrangement.column]
        if isinstance(column, ComputedColumn):
            return self.figures.cell(column.label, row).text if self.figures else ""
        if column.kind in (FieldKind.OFFICIAL, FieldKind.FILES, FieldKind.CHOICE):
            return self._shown(column, f"{self.table.id}/{row}/{column.id}")
        return self.context.state.cell(self.table.id, row, column.id)

    # Following the state

    def refresh(self, event: Changed | None = None) -> None:
        """Take over the state; only what differs is told to the views, so that an open cell stays open."""
        if event is not None and not self._concerns(event):
            return
        for path in (event.event.data.get("changes") or ()) if event is not None else ():
            self._unkept.pop(path, None)
        if not self._acting and event is not None and event.event.act in CHANGING:
            self._back.clear()
            self.said.emit("", False)
        touched = self._touched(event)
        also = self._work_out(touched)
        rows = self.context.state.rows(self.table.id)
        self._take_rows(rows if self.arrangement.plain else kept_in_place(self._rows, self._known_rows(rows)))
        if touched is None or len(touched) > MANY:
            self.touch_all()
        else:
            for row in {*touched, *also}:
                if row in self._rows:
                    self._touch(self._rows.index(row))

    def _known_rows(self, rows: tuple[str, ...]) -> tuple[str, ...]:
        """Of the kept rows those that are shown or new: a filtered one stays out."""
        known = set(self._places) - set(self._rows)
        self._places = {row: n for n, row in enumerate(rows)}
        return tuple(row for row in rows if row not in known)

    def mark_missing(self, found: Mapping[str, Mark]) -> None:
        """Mark cells that are missing to leave the step, by path, as long as they are empty."""
        self._missing = dict(found)
        self.touch_all()

    def touch_all(self) -> None:
        """Have everything painted anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def problems(self) -> list[str]:
        """The sentences about cells that block."""
        found = []
        fields = [column for column in self.columns if isinstance(column, FormField)]
        for number, row in enumerate(self.context.state.rows(self.table.id), start=1):
            for column in fields:
                mark = self._mark(column, f"{self.table.id}/{row}/{column.id}")
                if mark is not None and mark.blocks:
                    found.append(f"{self.table.label}, baris {number}, {column.label}: {mark.text}")
        return found

    def _concerns(self, event: Changed) -> bool:
        act, data = event.event.act, event.event.data
        if act in CHANGING:
            return any(self._watched(path.split("/")[0]) for path in data["changes"])
        return act not in (Act.KEPT, Act.PRINTED)

    def _watched(self, field: str) -> bool:
        """Whether another field than the table itself is shown in it, or counts for what is worked out."""
        return field in (self.table.id, "officials") or (self.figures is not None and field.startswith("rule_"))

    def _touched(self, event: Changed | None) -> set[str] | None:
        """The rows whose cells an act changed; None when it may be any."""
        if event is None or event.event.act not in CHANGING:
            return None
        paths = [path.split("/") for path in event.event.data["changes"]]
        if any(parts[0] != self.table.id and self._watched(parts[0]) for parts in paths):
            return None
        return {parts[1] for parts in paths if parts[0] == self.table.id and len(parts) == 3}

    def _fill(self, changes: table_rows.Changes) -> str:
        self._acting = True
        try:
            return self.context.fill(changes)
        finally:
            self._acting = False

    def _touch(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def _take_rows(self, rows: tuple[str, ...]) -> None:
        """Remove and insert only what lies between the common beginning and the common end."""
        old = self._rows
        if old == rows:
            return
        head = 0
        while head < min(len(old), len(rows)) and old[head] == rows[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(rows)) - head and old[-1 - tail] == rows[-1 - tail]:
            tail += 1
        if len(old) - tail > head:
            self.beginRemoveRows(ROOT, head, len(old) - tail - 1)
            self._rows = old[:head] + old[len(old) - tail :]
            self.endRemoveRows()
        if len(rows) - tail > head:
            self.beginInsertRows(ROOT, head, len(rows) - tail - 1)
            self._rows = rows
            self.endInsertRows()

    def _work_out(self, rows: Collection[str] | None) -> Collection[str]:
        """Have what depends on `rows` (None: any) worked out; the rows that look different besides."""
        state = self.context.state
        if any(isinstance(c, FormField) and c.kind is FieldKind.OFFICIAL for c in self.columns):
            self._officials = {official.id: named(official) for official in officials(state)}
        return self.figures.follow(state, rows) if self.figures is not None else ()

    # One cell

    def _computed_data(self, column: ComputedColumn, row: str, role: int) -> Any:
        if self.figures is None:
            return None
        cell = self.figures.cell(column.label, row)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.why or cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.label}: {cell.text}. {cell.why}"
        return None

    def _cell_data(self, column: FormField, row: str, role: int) -> Any:
        path = f"{self.table.id}/{row}/{column.id}"
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column.kind is FieldKind.YESNO else " ".join(self._shown(column, path).split("\n"))
        if role == Qt.ItemDataRole.EditRole:
            return self._edited(column, path)
        if role == Qt.ItemDataRole.CheckStateRole and column.kind is FieldKind.YESNO:
            return Qt.CheckState.Checked if self.context.state.text(path) == "ya" else Qt.CheckState.Unchecked
        mark = self._mark(column, path)
        if role == MarkRole:
            return mark
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (mark.text if mark else "", self._shown(column, path))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.label}: {self._shown(column, path) or 'kosong'}. {mark.text if mark else ''}".strip()
        return None

    def _edited(self, column: FormField, path: str) -> str:
        if path in self._unkept:
            return self._typed[path]
        value = self.context.state.text(path)
        return value if column.kind in (FieldKind.CHOICE, FieldKind.OFFICIAL) else show(column.kind, value)

    def _shown(self, column: FormField, path: str) -> str:
        if path in self._unkept:
            return self._typed[path]
        if column.kind is FieldKind.FILES:
            files = self.context.state.files(path)
            return files[0].name if len(files) == 1 else f"{len(files)} berkas" if files else ""
        value = self.context.state.text(path)
        if column.kind is FieldKind.OFFICIAL:
            return self._officials.get(value, value)
        return self.context.choice_label(value) if column.kind is FieldKind.CHOICE else show(column.kind, value)

    def _mark(self, column: FormField, path: str) -> Mark | None:
        if path in self._unkept:
            return self._unkept[path]
        value = self.context.state.text(path)
        if not value:
            missing = self._missing.get(path)
            return missing if missing and not self.context.state.files(path) else None
        parsed = parse(column.kind, value, column)
        if parsed.problem:
            return Mark(parsed.problem)
        parts = path.split("/")
        warning = (self.figures.warning(parts[1], column.id) if self.figures else "") or parsed.warning
        return Mark(warning, blocks=False) if warning else None
