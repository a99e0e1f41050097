"""A clerk at the real window: clicks, types, drops files and answers dialogs, with the sample's texts."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from lkip_desktop.office import NewCycle
from lkip_desktop.resources import root, sop_text
from lkip_desktop.sample import SampleData
from lkip_desktop.schedule.seed import load_calendar
from lkip_desktop.sop.model import FormField, Step
from lkip_desktop.table_rows import write_grid
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.state import CycleState
from ui import jobs
from ui.desk import Desk
from ui.forms.attachments import AttachmentDialog, AttachmentList
from ui.forms.boxes import FilesBox, ValueBox
from ui.forms.choices import ChecksEditor, ComboEditor, OfficialEditor, RadioEditor, YesNoEditor
from ui.forms.editors import LineEditor, ParagraphEditor
from ui.forms.table_box import TableBox
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.step.panel import StepPanel
from ui.workplace import Workplace

PATIENCE = 30.0
START = datetime(2027, 2, 15, 1, 0, tzinfo=UTC)  # Monday 08.00 in the office
DEADLINE = date(2027, 2, 28)
# Decision and reason at each stop, in order: 1-5, back from 6, 4-6, back from 7, 6-10.
WAY = (
    *[("", "")] * 5,
    ("tidak", "Analisis temuan berulang belum dibandingkan dengan tahun lalu."),
    *[("", "")] * 2,
    ("ya", ""),
    ("tidak", "Tanggal pada Kata Pengantar keliru."),
    *[("ya", "")] * 2,
    *[("", "")] * 3,
)


class OfficeClock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_time(self, **span: float) -> None:
        self.at += timedelta(**span)


def open_window(folder: Path, clock: OfficeClock) -> MainWindow:
    """The program's window with settings and cycles in a folder of their own."""
    from db.files import CycleFiles

    settings = Settings(folder / "settings.ini")
    settings.work_folder = folder
    window = MainWindow(settings, lambda: Desk(CycleFiles(), clock))
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    return window


def hush_unseen_screen() -> None:
    """Drop what the offscreen platform says for every window that it cannot do; all else stays on standard error."""

    def pass_on(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if not text.startswith("This plugin does not support "):
            print(text, file=sys.stderr, flush=True)

    qInstallMessageHandler(pass_on)


def wait_until(true: Callable[[], object], what: str) -> None:
    """Let the window work until something holds. Raises TimeoutError that names it."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(what)
        QApplication.processEvents()
        time.sleep(0.005)


def rest(milliseconds: int) -> None:
    """Let the window work for a while. QTest's own wait would keep the interpreter from the working threads."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def click(widget: QWidget) -> None:
    """A click at the middle of what is to be seen of a widget, which must be there to be clicked."""
    bring_into_sight(widget)
    if not widget.isVisible() or not widget.isEnabled():
        raise AssertionError(f"cannot click {widget!r}: it is hidden or disabled")
    place = widget.visibleRegion().boundingRect().center()
    if isinstance(widget, QAbstractButton) and not widget.hitButton(place):
        place = QPoint(8, widget.height() // 2)  # a check box is wider than what reacts
    hit = widget.window().childAt(widget.mapTo(widget.window(), place))
    if hit is not widget and not (hit is not None and widget.isAncestorOf(hit)):
        raise AssertionError(f"{widget!r} is covered by {hit!r}")
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll every area around a widget, as a person would with the wheel."""
    for _ in range(40):  # what is scrolled into sight may grow or shrink what stands around it
        QApplication.processEvents()
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget, 0, 24)
            parent = parent.parentWidget()
        before = widget.mapTo(widget.window(), QPoint())
        rest(5)
        if widget.mapTo(widget.window(), QPoint()) == before and not widget.visibleRegion().isEmpty():
            return


def type_text(widget: QWidget, text: str) -> None:
    """Key by key; QTest's own key clicks do not take every character."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key.Key_Return if character == "\n" else Qt.Key.Key_unknown
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character.replace("\n", "\r"))
            QApplication.sendEvent(widget, event)


def drop(widget: QWidget, *files: Path) -> None:
    """Files dragged from the desktop onto a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    place, copy = widget.rect().center(), Qt.DropAction.CopyAction
    with_left = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(place, copy, data, *with_left)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        raise AssertionError(f"{widget!r} takes no files")
    QApplication.sendEvent(widget, QDropEvent(QPointF(place), copy, data, *with_left))


class Clerk:
    """Works in an open window. `picture` is called with a name whenever there is something to see."""

    def __init__(self, window: MainWindow, clock: OfficeClock, desk: Path) -> None:
        """`desk` is a folder where the clerk's scans lie before they are dropped."""
        self.window, self.clock, self._desk = window, clock, desk
        self.data = SampleData(load_calendar(root() / "holidays.toml"), 2026, DEADLINE)
        self.me = Who("Rina Contoh, S.A.P.")

    def begin(self, path: Path, text: str = "") -> None:
        """A new cycle with the sample's profile, open in the window, and one's name in the head."""
        new = NewCycle(2026, text or sop_text(), self.data.values("profile", self.clock.now().date()))
        job = jobs.Job(lambda _: self.window.desk.create(path, new, self.me))
        job.succeeded.connect(self.window.show_cycle)
        job.start()
        wait_until(lambda: self.window.work is not None, "the cycle is made")
        self.sign_as(self.me.name)

    @property
    def work(self) -> Workplace:
        assert self.window.work is not None
        return self.window.work

    @property
    def panel(self) -> StepPanel:
        return self.work.cycle_page.panel

    @property
    def state(self) -> CycleState:
        return self.work.session.state

    @property
    def step(self) -> Step:
        step = self.state.step
        assert step is not None
        return step

    def today(self) -> date:
        return self.work.session.today()

    # One step

    def fill_step(self) -> None:
        """Type, choose, paste and drop everything that the sample has for the current step."""
        values = self.data.values(self.step.id, self.today())
        files = list(self.data.files(self.step.id))
        wait_until(lambda: not self.panel.building, "the step's page is there")
        for path, box in self.panel.page.form.boxes.items():
            if isinstance(box, TableBox):
                self.paste_table(box, values, [(at, name) for at, name in files if at.startswith(f"{path}/")])
            elif isinstance(box, FilesBox):
                for _, name in (f for f in files if f[0] == path):
                    drop(box.findChild(AttachmentList), self.scan(name))  # type: ignore[arg-type]
            elif isinstance(box, ValueBox) and isinstance(values.get(path), str):
                self.enter(box, str(values[path]))
        self.panel.flush()

    def enter(self, box: ValueBox, text: str) -> None:
        """Put a kept value into a field in the way of its editor."""
        editor = box.editor
        if isinstance(editor, ChecksEditor):
            for check in editor.boxes:
                if check.isChecked() is not (check.text() in text.split("\n")):
                    click(check)
        elif isinstance(editor, RadioEditor):
            click(next(radio for radio in editor.buttons if radio.text() == text))
        elif isinstance(editor, (ComboEditor, OfficialEditor)):
            combo = (editor.combo if isinstance(editor, OfficialEditor) else editor).combo
            combo.setCurrentIndex(combo.findData(text))
            combo.activated.emit(combo.currentIndex())
        elif isinstance(editor, YesNoEditor):
            click(editor.inner())
        else:
            self.type_over(box, text)

    def type_over(self, box: ValueBox, text: str) -> None:
        inner = box.editor.inner()
        click(inner)
        assert isinstance(box.editor, (LineEditor, ParagraphEditor)) or inner is not None
        QTest.keyClick(inner, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(inner, Qt.Key.Key_Delete)
        type_text(inner, text)
        QTest.keyClick(inner, Qt.Key.Key_Tab)

    def paste_table(self, box: TableBox, values: dict[str, object], files: list[tuple[str, str]]) -> None:
        """Paste a table's rows as a spreadsheet would have copied them, from its first cell on."""
        rows = values.get(box.path)
        if not isinstance(rows, list):
            return
        columns = [column for column in box.model.columns if isinstance(column, FormField)]
        grid = [[str(values.get(f"{box.path}/{row}/{column.id}", "")) for column in columns] for row in rows]
        QApplication.clipboard().setText(write_grid(grid))
        tabs = box.tools.tabs
        tabs.setCurrentIndex(tabs.count() - 1)  # all columns at once
        bring_into_sight(box.view)
        box.view.setFocus()
        if box.model.rows:
            box.view.setCurrentIndex(box.model.index(0, 0))
        QTest.keyClick(box.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        kept = self.state.rows(box.path)
        for path, name in files:
            _, row, column = path.split("/")
            self.attach_in_cell(box, f"{box.path}/{kept[int(row[1:]) - 1]}/{column}", name)

    def attach_in_cell(self, box: TableBox, path: str, name: str) -> None:
        """Open the cell's files, drop one, close."""

        def in_dialog() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, AttachmentDialog), dialog
            drop(dialog.files, self.scan(name))
            dialog.reject()

        QTimer.singleShot(0, in_dialog)
        box.tools.show_files(path)

    def scan(self, name: str) -> Path:
        """The sample's scan under another name."""
        path = self._desk / name
        path.write_bytes(self.data.scan)
        return path

    def make_draft(self) -> None:
        """Press *Buat draf DOCX* and wait until the version is kept."""
        papers = self.panel.page.papers
        before = len(self.state.versions("report"))
        click(papers.parts["report"].keepers[0])
        wait_until(lambda: len(self.state.versions("report")) > before, "the draft is kept")

    def leave(self, decision: str = "", reason: str = "") -> None:
        """Press the verb, answer what is asked, and see that the step was left."""
        before, asks = self.state.seq, bool(self.step.decisions)
        click(self.panel.footer.verbs[decision])
        if asks:
            self.answer(reason)
        wait_until(lambda: self.state.seq > before and not self.panel.building, "the step is left")

    def answer(self, reason: str) -> None:
        dialog = self.panel.dialog
        assert dialog is not None
        wait_until(dialog.isVisible, "the question is shown")
        if dialog.reason is not None:
            click(dialog.reason.edit)
            type_text(dialog.reason.edit, reason)
        for field in dialog.answers.values():
            click(field.edit)
            type_text(field.edit, "Disusulkan pada hari yang sama")
        click(dialog.confirm)

    def on_time(self) -> None:
        """Let the clock run to shortly before the step falls due."""
        current = self.work.session.progress().current
        assert current is not None
        self.clock.pass_time(hours=max(0.0, (current.due - current.entered).total_seconds() / 3600 - 0.1))

    def sign_as(self, name: str) -> None:
        """Type one's name in the head; without a role everything is recorded for the officials."""
        line = self.work.cycle_page.header.identity.name
        click(line)
        type_text(line, name)
        QTest.keyClick(line, Qt.Key.Key_Return)


def whole_cycle(clerk: Clerk, look: Callable[[str], object]) -> None:
    """All ten steps, with one return at step 6 and one at step 7. `look` gets a name when a step is filled in."""
    for decision, reason in WAY:
        step, visit = clerk.step, clerk.state.visit
        assert visit is not None
        if visit.round == 1:
            clerk.fill_step()
        if step.id == "draf":
            clerk.make_draft()
        clerk.on_time()
        look(f"{step.number:02d}-{step.id}-{visit.round}")
        clerk.leave(decision, reason)
