"""The lock: a page that covers the window until somebody signs in, and the timer that brings it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.people import Person, check, guarded, people
from ui.forms.editors import CalmCombo
from ui.forms.widgets import button, label
from ui.people.secret import WIDTH, SecretField
from ui.session import Identity, Session
from ui.tokens import GRID

if TYPE_CHECKING:
    from ui.main_window import MainWindow

MINUTE = 60_000


class LockPage(QWidget):
    """Asks the password of whoever worked here, or lets another of the cycle's people sign in."""

    unlocked = Signal(object)  # Identity
    closeRequested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.title, self.intro = label("", "title"), label("", "muted")
        self.leave = button("Tutup siklus", self.closeRequested.emit, "quiet")
        self.person = CalmCombo()
        self.person.setAccessibleName("Siapa yang masuk")
        self.word = SecretField("Kata sandi")
        self.enter = button("Masuk", self.attempt, "primary")
        self.word.edit.returnPressed.connect(self.attempt)
        self.person.activated.connect(self._chosen)
        self._lay_out()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "panel")
        card.setFixedWidth(WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        inside.setSpacing(GRID * 2)
        inside.addWidget(self.title)
        inside.addWidget(self.intro)
        inside.addWidget(self.person)
        inside.addWidget(self.word)
        foot = QHBoxLayout()
        foot.addWidget(self.leave)
        foot.addStretch(1)
        foot.addWidget(self.enter)
        inside.addLayout(foot)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        self.setFocusProxy(self.word)

    def prepare(self, name: str, *, opening: bool) -> None:
        """List the people; `name` is the one who worked here, before the screen was locked or the cycle opened."""
        state = self._session.state
        self.title.setText("Masuk" if opening else "Layar terkunci")
        locked = "Yang diketik sudah disimpan. Masuk untuk melanjutkan siklus ini."
        self.intro.setText("Siapa yang akan mengerjakan siklus ini?" if opening else locked)
        self.person.clear()
        for one in people(state):
            role = state.sop.actor_names.get(one.role, "")
            self.person.addItem(f"{one.name} — {role}" if role else one.name, one)
        here = guarded(state, name)
        row = next((n for n in range(self.person.count()) if here and self.person.itemData(n).id == here.id), 0)
        self.person.setCurrentIndex(row)
        self._chosen()

    def attempt(self) -> None:
        """Let the chosen person in if the word is right."""
        person = self.person.currentData()
        if not isinstance(person, Person):
            return
        refusal = check(self._session.cycle, person, self.word.text, self._session.book)
        if refusal is not None:
            self.word.complain(refusal.message)
            return
        self.word.clear()
        self.unlocked.emit(Identity(person.name, person.role))

    def _chosen(self) -> None:
        person = self.person.currentData()
        needed = isinstance(person, Person) and person.id in self._session.state.passwords
        self.word.clear()
        self.word.setVisible(needed)
        (self.word.edit if needed else self.enter).setFocus()


class Gate(QObject):
    """Locks a window: at opening when the one who sat here has a password, and after minutes without a key or click."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        flush: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window, self._pages, self._session = window, window.pages, session
        self._settings, self._flush = window.settings, flush
        self._hidden: list[QWidget] = []
        self._before: QWidget | None = None
        self.page: LockPage | None = None
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.lock)
        self._watching = False

    @property
    def locked(self) -> bool:
        return self.page is not None

    def may_lock(self) -> bool:
        """Whether there is a password to ask: a lock without one would keep nobody out."""
        return not self._session.read_only and guarded(self._session.state, self._session.identity.name) is not None

    def watch(self) -> None:
        """Begin, or begin anew after the setting was changed."""
        minutes = self._settings.lock_minutes
        app = QApplication.instance()
        wanted = minutes > 0
        if app is not None and wanted is not self._watching:
            (app.installEventFilter if wanted else app.removeEventFilter)(self)
            self._watching = wanted
        self.timer.stop()
        if wanted:
            self.timer.start(minutes * MINUTE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self.timer.isActive():
            self.timer.start()
        return False

    def lock(self, *, opening: bool = False) -> None:
        """Cover the window; what was typed is kept first, dialogs are hidden until somebody is in."""
        if self.locked or not self.may_lock():
            self.watch()
            return
        self._flush()
        self.timer.stop()
        dialogs = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog)]
        covered = (*dialogs, self._window.banner, self._window.notice, self._window.menuBar())
        self._hidden = [widget for widget in covered if widget.isVisible()]
        for widget in self._hidden:
            widget.hide()
        self._before = self._pages.currentWidget()
        self.page = LockPage(self._session)
        self.page.unlocked.connect(self._unlock)
        self.page.closeRequested.connect(self._window.close_cycle)
        self._pages.addWidget(self.page)
        self._pages.setCurrentWidget(self.page)
        self._window.menuBar().setEnabled(False)
        self._window.setAcceptDrops(False)
        self.page.prepare(self._session.identity.name, opening=opening)

    def _unlock(self, identity: Identity) -> None:
        self._session.set_identity(identity)
        hidden, self._hidden = self._hidden, []
        self._take_away()
        for widget in hidden:
            widget.show()
        self.watch()

    def _take_away(self) -> None:
        page, self.page = self.page, None
        if page is None:
            return
        if self._before is not None and self._pages.indexOf(self._before) >= 0:
            self._pages.setCurrentWidget(self._before)
        self._pages.removeWidget(page)
        page.deleteLater()
        self._window.menuBar().setEnabled(True)
        self._window.menuBar().show()
        self._window.setAcceptDrops(True)

    def leave(self) -> None:
        """The cycle is closed: nothing is left to lock."""
        app = QApplication.instance()
        if app is not None and self._watching:
            app.removeEventFilter(self)
        self._watching = False
        self.timer.stop()
        self._take_away()


_SIGNS_OF_LIFE = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)
