"""A line for a password with what is wrong beside it, and the small dialog that asks somebody's own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from lkip_desktop.people import LONGEST, Person, check
from ui.forms.editors import set_property
from ui.forms.widgets import button, label
from ui.session import Session
from ui.tokens import GRID

WIDTH = GRID * 52


class SecretField(QWidget):
    """A password being typed; it can be shown for a look, and says what is wrong with it."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMaxLength(LONGEST)
        self.edit.setAccessibleName(words)
        self.show_letters = QCheckBox("Tampilkan")
        self.show_letters.setAccessibleName(f"Tampilkan {words}")
        self.show_letters.toggled.connect(self._show)
        self.problem = label("", "danger")
        self.problem.hide()
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.edit, 1)
        line.addWidget(self.show_letters)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        named = label(words)
        named.setBuddy(self.edit)
        column.addWidget(named)
        column.addLayout(line)
        column.addWidget(self.problem)
        self.edit.textEdited.connect(lambda: self.complain(""))
        self.setFocusProxy(self.edit)

    @property
    def text(self) -> str:
        return self.edit.text()

    def complain(self, problem: str) -> None:
        """Show what is wrong; empty takes it away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        set_property(self.edit, "state", "danger" if problem else "")
        if problem:
            self.edit.selectAll()
            self.edit.setFocus()

    def clear(self) -> None:
        self.edit.clear()
        self.show_letters.setChecked(False)
        self.complain("")

    def _show(self, shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class WordDialog(QDialog):
    """A dialog of passwords: `fill` adds its lines, Enter or the verb tries it."""

    def __init__(self, title: str, intro: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(GRID * 2)
        self.confirm = button(verb, self.attempt, "primary")
        self.confirm.setDefault(True)
        self.cancel = button("Batal", self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(label(title, "title"))
        column.addWidget(label(intro))
        column.addLayout(self.lines)
        column.addStretch(1)
        column.addLayout(foot)
        self.setMinimumWidth(min(WIDTH, self.screen().availableGeometry().width() - GRID * 6))

    def attempt(self) -> None:
        """Try what was typed; closes when it is right."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words at this width, with room for a sentence about what is wrong."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            room = self.screen().availableGeometry().height() - GRID * 6
            wanted = layout.totalHeightForWidth(self.width()) + GRID * 4
            self.resize(self.width(), min(wanted, room))


class SignInDialog(WordDialog):
    """Asks a person's own password before they act; `signedIn` when it is right."""

    signedIn = Signal()

    def __init__(self, session: Session, person: Person, parent: QWidget) -> None:
        role = session.state.sop.actor_names.get(person.role, "")
        named = f"{person.name} ({role})" if role else person.name
        super().__init__("Masuk", f"Bertindak sebagai {named}.", "Masuk", parent)
        self._session, self._person = session, person
        self.word = SecretField(f"Kata sandi {person.name}")
        self.lines.addWidget(self.word)
        self.word.setFocus()

    def attempt(self) -> None:
        refusal = check(self._session.cycle, self._person, self.word.text, self._session.book)
        if refusal is not None:
            self.word.complain(refusal.message)
            return
        self.accept()
        self.signedIn.emit()


def sign_in(session: Session, person: Person, parent: QWidget, then: Callable[[], object]) -> SignInDialog:
    """Ask for the password of a person; `then` follows when it is right."""
    dialog = SignInDialog(session, person, parent)
    dialog.signedIn.connect(then)
    dialog.open()
    return dialog
