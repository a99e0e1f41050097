"""The page *Penyusun laporan*: the tree of the report's parts, and the text of the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.report_outline import Sub
from lkip_desktop.documents.report_sections import Proposed, Section, proposals, sections
from lkip_desktop.table_rows import Changes
from lkip_desktop.workflow.transitions import may_change
from ui.documents.actions import DocumentActions
from ui.forms.context import FormContext
from ui.forms.widgets import Notice, button
from ui.labels import back_button, text_label
from ui.report.arranging import Arranging
from ui.report.section import SectionView
from ui.report.tree import SectionTree
from ui.session import Session
from ui.step.dialogs import ActDialog, Question
from ui.tokens import GRID

TREE_WIDTH = GRID * 62
FIRST = "report_preface"
READ_ONLY = "Siklus ini dibuka hanya untuk dibaca."
NONE_WANTED = "Tidak ada teks kosong yang mempunyai usulan dan masih dapat diubah pada langkah ini."


class ReportPage(QWidget):
    """Follows the cycle while it is shown; `show_path` leads to the section of a text."""

    backRequested = Signal()

    def __init__(self, session: Session, documents: DocumentActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._documents = session, documents
        self._stale = True
        self._proposed = Proposed()
        self._tree: tuple[Section, ...] = ()
        self.dialog: ActDialog | None = None
        self.context = FormContext(session, {}, documents.open_attachment, self)
        self.tree = SectionTree()
        self.arranging = Arranging(session, self._arrange)
        self.view = SectionView(session, self.context)
        self.notice = Notice()
        self.use_all = button("Pakai semua usulan yang kosong…", self._ask_all)
        self.preview = button("Pratinjau laporan", lambda: documents.preview("report-pdf"))
        self._lay_out()
        self.tree.chosen.connect(self._show)
        self.arranging.arranged.connect(self._arranged)
        session.changed.connect(self._follow)
        session.identityChanged.connect(self._refresh)
        for key, act in (
            ("Alt+Down", lambda: self._step(1)),
            ("Alt+Up", lambda: self._step(-1)),
            ("F6", self._switch),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(text_label("Penyusun laporan", "title", wrap=False))
        head.addWidget(back_button(self))
        head.addStretch(1)
        head.addWidget(self.use_all)
        head.addWidget(self.preview)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, GRID, GRID * 2)
        column.setSpacing(0)
        column.addWidget(self.tree, 1)
        column.addWidget(self.arranging)
        left.setMinimumWidth(GRID * 42)
        self.view.setMinimumWidth(GRID * 44)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.view)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(GRID * 4, GRID * 3, GRID * 2, 0)
        page.setSpacing(GRID)
        page.addLayout(head)
        page.addWidget(self.notice)
        page.addWidget(self.splitter, 1)

    # What the outside asks

    def show_path(self, path: str) -> bool:
        """Show the section of a text, or the first sub-chapter for ``report_outline``; False when there is none."""
        self._refresh()
        key = self.tree.key_of(path) or ("introduction" if path == "report_outline" else "")
        found = self.tree.show_section(key)
        if found and path != "report_outline":
            self.view.focus_text()
        return found

    def flush(self) -> bool:
        """Keep what is being typed; False when something could not be kept and still waits."""
        return self.view.flush()

    # Following

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()
        if not self.tree.current():
            room = self.width()
            self.splitter.setSizes([min(TREE_WIDTH, room * 2 // 5), room])
            self.tree.show_section(FIRST)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # No focus proxy: Tab would go through it straight to the tree, past the buttons above.
        self.tree.setFocus(event.reason())

    def hideEvent(self, event: QEvent) -> None:
        self.flush()
        super().hideEvent(event)  # type: ignore[arg-type]

    def _follow(self, _: object = None) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def _refresh(self) -> None:
        session = self._session
        seen = Snapshot(session.state, None, session.today(), events=session.cycle.store.events())
        self._tree = sections(seen, self._proposed)
        self._stale = False
        self.tree.show_sections(self._tree)
        wanted = self._wanted()
        self.use_all.setEnabled(bool(wanted) and not session.read_only)
        self.use_all.setToolTip("" if self.use_all.isEnabled() else READ_ONLY if session.read_only else NONE_WANTED)
        self._show(self.tree.current())

    def _show(self, key: str) -> None:
        section = self.tree.section(key)
        self.view.show_section(section, self._trail(key))
        self.arranging.look_at(section, self._subs(section))

    def _trail(self, key: str) -> tuple[str, ...]:
        def within(section: Section, above: tuple[str, ...]) -> tuple[str, ...] | None:
            if section.key == key:
                return above
            found = (within(child, (*above, section.title)) for child in section.children)
            return next((trail for trail in found if trail is not None), None)

        return next((trail for top in self._tree if (trail := within(top, ())) is not None), ())

    def _subs(self, section: Section | None) -> tuple[Sub, ...]:
        """The sub-chapters of a section's chapter, in order."""
        chapter = section.chapter if section is not None else ""
        top = next((one for one in self._tree if chapter and one.key == chapter), None)
        return tuple(child.sub for child in top.children if child.sub is not None) if top is not None else ()

    # Acts

    def _arrange(self, changes: Changes) -> str:
        self.flush()
        return self.context.fill(changes)

    def _arranged(self, row: str) -> None:
        """Stay with what was changed: its key is its row once it has one."""
        if row and not self.tree.show_section(row):
            self._show(self.tree.current())

    def _wanted(self) -> dict[str, str]:
        """The proposals for empty texts that may be changed now."""
        state, profile = self._session.state, self._session.cycle.profile
        return {path: text for path, text in proposals(self._tree).items() if not may_change(state, path, profile)}

    def _ask_all(self) -> None:
        self.flush()
        count = len(self._wanted())
        question = Question(
            title="Pakai semua usulan",
            intro=f"Usulan dari angka dipakai untuk {count} teks yang masih kosong. Teks yang sudah ditulis tidak "
            "berubah, dan setiap teks tetap dapat disunting.",
            facts=(),
            verb=f"Pakai {count} usulan",
        )
        self.dialog = dialog = ActDialog(question, self.window(), "")
        dialog.agreed.connect(lambda *_: self.take_all())
        dialog.open()

    def take_all(self) -> None:
        """Every proposal for an empty text, as one act."""
        wanted = self._wanted()
        problem = self.context.fill(dict(wanted)) if wanted else ""
        if problem:
            self.notice.say(problem)
        elif wanted:
            self.notice.say(f"{len(wanted)} usulan dipakai.", lambda: self.context.fill(dict.fromkeys(wanted)))

    def _step(self, by: int) -> None:
        key = self.tree.neighbour(by)
        if key:
            typing = self.view.box is not None and self.view.box.editor.has_focus()
            self.tree.show_section(key)
            if typing:
                self.view.focus_text()

    def _switch(self) -> None:
        if self.tree.hasFocus():
            self.view.focus_text()
        else:
            self.tree.setFocus(Qt.FocusReason.TabFocusReason)
