"""The menu bar: every command of the window in words, with its key, and enabled only when it can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QMainWindow, QMenu

from ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QActionGroup

Act = Callable[[], object]


class Command(NamedTuple):
    """One line of a menu. `key` is a shortcut such as ``Ctrl+O``; `needs` is empty, ``cycle`` or ``writable``."""

    id: str
    words: str
    key: str = ""
    needs: str = ""
    checkable: bool = False


SEPARATOR = Command("", "")

MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        "&Berkas",
        (
            Command("new", "Siklus &baru…", "Ctrl+N"),
            Command("open", "B&uka…", "Ctrl+O"),
            Command("recent", "&Terakhir dibuka"),
            Command("sample", "&Coba dengan contoh"),
            SEPARATOR,
            Command("home", "Be&randa", "Alt+Home"),
            Command("close", "Tutup s&iklus", "Ctrl+W", "cycle"),
            SEPARATOR,
            Command("backup", "Ca&dangkan sekarang", "", "writable"),
            Command("restore", "&Pulihkan cadangan…", "", "cycle"),
            SEPARATOR,
            Command("retention", "R&etensi arsip…"),
            SEPARATOR,
            Command("quit", "&Keluar", "Ctrl+Q"),
        ),
    ),
    (
        "&Siklus",
        (
            Command("cycle", "&Bagan alir dan langkah", "Ctrl+1", "cycle"),
            Command("profile", "&Profil instansi", "Ctrl+2", "cycle"),
            Command("sop", "&SOP", "Ctrl+3", "cycle"),
            Command("letters", "Su&rat", "Ctrl+4", "cycle"),
            Command("register", "Re&gister surat", "Ctrl+5", "cycle"),
            SEPARATOR,
            Command("report", "Penyusun l&aporan", "Ctrl+8", "cycle"),
            Command("completeness", "Ke&lengkapan laporan…", "Ctrl+6", "cycle"),
            Command("versions", "&Versi laporan…", "Ctrl+7", "cycle"),
            Command("take-back", "Ambil perubahan dari &Word…", "", "writable"),
            SEPARATOR,
            Command("last-year", "A&mbil angka tahun lalu…", "", "writable"),
            Command("issue", "Terb&itkan surat langkah ini…", "Ctrl+Shift+T", "writable"),
            Command("print", "&Cetak dokumen langkah ini…", "Ctrl+P", "cycle"),
            Command("print-all", "Cetak s&emua surat langkah ini…", "Ctrl+Shift+P", "cycle"),
            SEPARATOR,
            Command("past", "Li&hat per tanggal…", "", "cycle"),
            Command("compare", "Ba&ndingkan dengan salinan lain…", "", "cycle"),
            Command("people", "&Orang dan kata sandi…", "", "cycle"),
            Command("lock", "Kunci la&yar", "Ctrl+Shift+L", "cycle"),
            SEPARATOR,
            Command("finish", "Selesaikan &dan teruskan langkah", "F9", "writable"),
            Command("archive", "B&uat paket arsip…", "", "writable"),
            SEPARATOR,
            Command("undo", "Ba&talkan langkah terakhir…", "", "writable"),
            Command("reopen", "Buka &kembali langkah…", "", "writable"),
        ),
    ),
    ("&Dokumen", ()),
    (
        "&Tampilan",
        (
            Command("zoom-in", "Per&besar bagan", "Ctrl++", "cycle"),
            Command("zoom-out", "Per&kecil bagan", "Ctrl+-", "cycle"),
            Command("fit-width", "Sesuaikan &lebar", "Ctrl+0", "cycle"),
            Command("fit-all", "Tampilkan &seluruh bagan", "Ctrl+9", "cycle"),
            Command("complete", "Bagan len&gkap dengan Mutu Baku", "Ctrl+L", "cycle", checkable=True),
            Command("table", "Bagan sebagai t&abel", "Ctrl+T", "cycle", checkable=True),
            SEPARATOR,
            Command("theme", "Te&ma"),
        ),
    ),
    (
        "Ba&ntuan",
        (
            Command("help", "&Panduan langkah ini", "F1"),
            Command("keys", "P&intasan papan ketik"),
            SEPARATOR,
            Command("check", "Periksa &berkas", "", "cycle"),
            Command("authentic", "Periksa &keaslian riwayat…", "", "cycle"),
            Command("check-package", "Periksa paket &arsip…"),
            Command("log", "Buka &folder log"),
            SEPARATOR,
            Command("about", "&Tentang LKIP Desktop"),
        ),
    ),
)

CYCLE_COMMANDS = tuple(
    command.id for _, entries in MENUS for command in entries if command.needs and command.id != "close"
)
"""What is asked of the open cycle, not of the window."""


class Menus:
    """The actions of a window by id, and the three menus whose content changes."""

    def __init__(self, window: QMainWindow) -> None:
        """Adds the titles alone to the bar; `fill` follows after the first paint, since shortcuts cost 50 ms."""
        self._window = window
        self._bar = [window.menuBar().addMenu(title) for title, _ in MENUS]
        self.actions: dict[str, QAction] = {}
        self._needs: dict[str, str] = {}
        self.documents = next(menu for menu, (_, commands) in zip(self._bar, MENUS, strict=True) if not commands)

    def fill(self) -> None:
        """Add every command."""
        self.recent, self._themes = QMenu(self._window), QMenu(self._window)
        for menu, (_, commands) in zip(self._bar, MENUS, strict=True):
            for command in commands:
                self._add(menu, command)
        self.theme = self._fill_themes()

    def connect(self, acts: Mapping[str, Act]) -> None:
        """Give each command its act. Raises KeyError for an id that no menu has."""
        for name, act in acts.items():
            self.actions[name].triggered.connect(lambda _=False, act=act: act())

    def enable(self, *, cycle: bool, writable: bool) -> None:
        """Say whether a cycle is open, and whether it can be changed."""
        for name, needs in self._needs.items():
            self.actions[name].setEnabled({"": True, "cycle": cycle, "writable": writable}[needs])
        self.documents.menuAction().setEnabled(cycle)

    def show_recent(self, paths: Iterable[Path], act: Callable[[Path], object]) -> None:
        """Fill *Terakhir dibuka*; files that are gone are greyed."""
        self.recent.clear()
        for path in paths:
            action = self.recent.addAction(f"{path.stem}  —  {path.parent}".replace("&", "&&"))
            action.setEnabled(path.is_file())
            action.triggered.connect(lambda _=False, path=path: act(path))
        self.actions["recent"].setEnabled(not self.recent.isEmpty())

    def show_documents(self, kinds: Iterable[tuple[str, str]], acts: Mapping[str, Callable[[str], object]]) -> None:
        """Fill *Dokumen*: for each kind (id, title) a submenu of `acts` (words → what takes the id).

        The letters stand in a submenu of their own: with them the menu would be higher than a small screen.
        """
        # With the cycle, not with the window.
        from lkip_desktop.documents.letter_facts import LETTER_FACTS

        self.documents.clear()
        letters: QMenu | None = None
        for kind, title in kinds:
            if kind in LETTER_FACTS:
                letters = letters or self.documents.addMenu("&Surat dan lembar")
            menu = (letters if letters and kind in LETTER_FACTS else self.documents).addMenu(title)
            for words, act in acts.items():
                menu.addAction(words).triggered.connect(lambda _=False, act=act, kind=kind: act(kind))

    def on_theme(self, choice: str, act: Callable[[str], object]) -> None:
        """Tick the chosen theme and say what choosing another does."""
        for action in self.theme.actions():
            action.setChecked(action.data() == choice)
            action.triggered.connect(lambda _=False, action=action: act(action.data()))

    def _add(self, menu: QMenu, command: Command) -> None:
        if not command.id:
            menu.addSeparator()
            return
        action = self._submenu(menu, command) or menu.addAction(command.words)
        action.setCheckable(command.checkable)
        if command.key:
            action.setShortcut(command.key)
        self.actions[command.id] = action
        self._needs[command.id] = command.needs

    def _submenu(self, menu: QMenu, command: Command) -> QAction | None:
        filled = {"recent": self.recent, "theme": self._themes}.get(command.id)
        if filled is None:
            return None
        filled.setTitle(command.words)
        return menu.addMenu(filled)

    def _fill_themes(self) -> QActionGroup:
        from PySide6.QtGui import QActionGroup

        group = QActionGroup(self._window)
        for choice in theme.CHOICES:
            action = self._themes.addAction(choice.capitalize())
            action.setCheckable(True)
            action.setData(choice)
            group.addAction(action)
        return group
