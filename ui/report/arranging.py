"""The sub-chapters of a chapter: add an own one, give another title, move, hide, take out; each one act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from lkip_desktop.documents import outline_changes
from lkip_desktop.documents.report_outline import REQUIRED, TABLE, Sub
from lkip_desktop.documents.report_sections import Section
from lkip_desktop.table_rows import Changes, inverse
from lkip_desktop.workflow.transitions import may_change
from ui.forms.widgets import Notice, button, label
from ui.report.choose import TitleDialog
from ui.session import Session
from ui.tokens import GRID

OWN_HELP = "Hurufnya (A, B, …) menyesuaikan sendiri. Isinya ditulis di sebelah kanan."
EMPTY_HELP = "Kosongkan untuk kembali ke judul baku."


class Arranging(QWidget):
    """Buttons below the tree; they act on the sub-chapter, or the chapter, that `look_at` was given."""

    arranged = Signal(str)  # the row of the sub-chapter that was added or changed

    def __init__(self, session: Session, fill: Callable[[Changes], str]) -> None:
        super().__init__()
        self._session, self._fill = session, fill
        self._section: Section | None = None
        self._subs: tuple[Sub, ...] = ()
        self.dialog: TitleDialog | None = None
        self.add = button("Tambah subbab…", self._add)
        self.rename = button("Ganti judul…", self._rename)
        self.up = button("Naik", lambda: self._move(-1))
        self.down = button("Turun", lambda: self._move(1))
        self.hide_button = button("Sembunyikan", self._hide)
        self.remove = button("Hapus", self._remove)
        self.why = label("", "small")
        self.notice = Notice()
        for made, key in ((self.rename, "F2"), (self.up, "Alt+Shift+Up"), (self.down, "Alt+Shift+Down")):
            made.setShortcut(key)
            made.setToolTip(
                made.text().rstrip("…") + f" ({key.replace('Up', 'Panah atas').replace('Down', 'Panah bawah')})"
            )
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, GRID, 0, 0)
        grid.setSpacing(GRID)
        for place, made in enumerate((self.add, self.rename, self.hide_button, self.up, self.down, self.remove)):
            grid.addWidget(made, place // 3, place % 3)
        grid.addWidget(self.why, 2, 0, 1, 3)
        grid.addWidget(self.notice, 3, 0, 1, 3)

    def look_at(self, section: Section | None, subs: tuple[Sub, ...]) -> None:
        """Offer what can be done with a section; `subs` are the sub-chapters of its chapter."""
        self._section, self._subs = section, subs
        sub = section.sub if section is not None else None
        locked = self._locked()
        chapter = section is not None and bool(section.chapter) and not locked
        place = self._place()
        self.add.setEnabled(chapter)
        for made in (self.rename, self.hide_button):
            made.setEnabled(chapter and sub is not None)
        self.up.setEnabled(chapter and sub is not None and place > 0)
        self.down.setEnabled(chapter and sub is not None and place < len(subs) - 1)
        self.remove.setEnabled(chapter and sub is not None and not sub.key)
        self.hide_button.setText("Tampilkan" if sub is not None and sub.hidden else "Sembunyikan")
        self.why.setText(locked or ("" if chapter else "Pilih bab atau subbab untuk mengubah susunannya."))
        self.why.setVisible(bool(self.why.text()))

    def _locked(self) -> str:
        if self._session.read_only:
            return "Siklus ini dibuka hanya untuk dibaca."
        refusal = may_change(self._session.state, TABLE, self._session.cycle.profile)
        return refusal.message if refusal is not None else ""

    def _place(self) -> int:
        sub = self._section.sub if self._section is not None else None
        return self._subs.index(sub) if sub in self._subs else -1

    # Acts

    def _add(self) -> None:
        dialog = self.dialog = TitleDialog("Tambah subbab", OWN_HELP, "", self.window())
        dialog.chosen.connect(self.add_named)
        dialog.open()

    def add_named(self, title: str) -> None:
        """An own sub-chapter at the end of the chapter."""
        if self._section is not None:
            row, changes = outline_changes.added(self._session.state, self._section.chapter, self._subs, title)
            self._do(changes, f"Subbab “{title}” ditambahkan.", row)

    def _rename(self) -> None:
        section = self._section
        if section is None or section.sub is None:
            return
        standard = bool(section.sub.key)
        words = EMPTY_HELP if standard else OWN_HELP
        dialog = self.dialog = TitleDialog(
            "Ganti judul subbab", words, section.sub.title, self.window(), may_be_empty=standard
        )
        dialog.chosen.connect(self.rename_to)
        dialog.open()

    def rename_to(self, title: str) -> None:
        """Another title for the sub-chapter."""
        if self._section is not None and self._place() >= 0:
            changes = outline_changes.renamed(
                self._session.state, self._section.chapter, self._subs, self._place(), title
            )
            self._do(changes, "Judul diganti.")

    def _move(self, by: int) -> None:
        if self._section is not None and self._place() >= 0:
            changes = outline_changes.moved(self._session.state, self._section.chapter, self._subs, self._place(), by)
            if changes:
                self._do(changes, "")

    def _hide(self) -> None:
        section = self._section
        if section is None or section.sub is None:
            return
        hide = not section.sub.hidden
        changes = outline_changes.hidden(self._session.state, section.chapter, self._subs, self._place(), hide=hide)
        said = f"“{section.sub.title}” disembunyikan." if hide else f"“{section.sub.title}” ditampilkan kembali."
        if hide and section.sub.key in REQUIRED:
            said += " Bagian ini diminta Permenpan RB 53/2014; pemeriksaan kelengkapan akan mengingatkannya."
        self._do(changes, said)

    def _remove(self) -> None:
        section = self._section
        if section is not None and section.sub is not None and not section.sub.key:
            changes = outline_changes.removed(self._session.state, section.sub.row)
            self._do(changes, f"Subbab “{section.sub.title}” dihapus.")

    def _do(self, changes: Changes, said: str, row: str = "") -> None:
        back = inverse(self._session.state, changes)
        sub = self._section.sub if self._section is not None else None
        made = {path.split("/")[1]: value for path, value in changes.items() if path.endswith("/key")}
        key = sub.key if sub is not None else ""
        shown = row or (sub.row if sub is not None else "") or next((r for r, k in made.items() if k == key and k), "")
        problem = self._fill(changes)
        if problem:
            self.notice.say(problem)
            return
        self.notice.say(said, (lambda: self._fill(back)) if said else None)
        self.arranged.emit(shown)
