"""The dialogs in which a password is set, changed, reset or taken away."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from lkip_desktop import people
from lkip_desktop.people import SHORTEST, Person, WrongWord
from lkip_desktop.workflow.transitions import Refusal
from ui.people.secret import SecretField, WordDialog
from ui.session import Outcome, Session

DIFFERENT = "Kedua kata sandi tidak sama. Ketik ulang."
NOT_KEPT = "Belum tersimpan: berkas siklus menolak ditulis."


class ChangeDialog(WordDialog):
    """Sets a person's first password, or changes it with the old one."""

    def __init__(self, session: Session, person: Person, parent: QWidget) -> None:
        known = person.id in session.state.passwords
        intro = f"Sedikitnya {SHORTEST} karakter. Kata sandi yang lupa dapat diatur ulang oleh orang dengan peran lain."
        super().__init__(f"Kata sandi {person.name}", intro, "Simpan kata sandi", parent)
        self._session, self._person = session, person
        self.old = SecretField("Kata sandi lama") if known else None
        self.new, self.again = SecretField("Kata sandi baru"), SecretField("Kata sandi baru, sekali lagi")
        for field in filter(None, (self.old, self.new, self.again)):
            self.lines.addWidget(field)
        (self.old or self.new).setFocus()

    def attempt(self) -> None:
        if self.new.text != self.again.text:
            self.again.complain(DIFFERENT)
            return
        old, book = self.old.text if self.old else "", self._session.book
        outcome = self._session.act(
            lambda cycle, who: people.set_password(cycle, who, self._person.id, self.new.text, old, book)
        )
        _conclude(self, outcome, (self.old, self.new))


class ResetDialog(WordDialog):
    """Gives a person who forgot theirs a new password, in the name of somebody in another role."""

    def __init__(self, session: Session, person: Person, parent: QWidget) -> None:
        intro = (
            f"{person.name} mendapat kata sandi baru. Riwayat mencatat bahwa {session.identity.name or 'Anda'} "
            "yang mengatur ulang."
        )
        super().__init__(f"Atur ulang kata sandi {person.name}", intro, "Atur ulang", parent)
        self._session, self._person = session, person
        mine = people.guarded(session.state, session.identity.name)
        self.own = SecretField(f"Kata sandi Anda ({mine.name})") if mine is not None else None
        self.new, self.again = SecretField("Kata sandi baru"), SecretField("Kata sandi baru, sekali lagi")
        for field in filter(None, (self.own, self.new, self.again)):
            self.lines.addWidget(field)
        (self.own or self.new).setFocus()

    def attempt(self) -> None:
        if self.new.text != self.again.text:
            self.again.complain(DIFFERENT)
            return
        own, book = self.own.text if self.own else "", self._session.book
        outcome = self._session.act(
            lambda cycle, who: people.reset_password(cycle, who, self._person.id, self.new.text, own, book)
        )
        _conclude(self, outcome, (self.own, self.new))


class RemoveDialog(WordDialog):
    """Takes a person's password away, with that password."""

    def __init__(self, session: Session, person: Person, parent: QWidget) -> None:
        intro = "Sesudah ini siapa pun di komputer ini dapat bertindak dengan nama itu. Hal ini tercatat dalam riwayat."
        super().__init__(f"Hapus kata sandi {person.name}", intro, "Hapus kata sandi", parent)
        self._session, self._person = session, person
        self.old = SecretField(f"Kata sandi {person.name}")
        self.lines.addWidget(self.old)
        self.old.setFocus()

    def attempt(self) -> None:
        outcome = self._session.act(
            lambda cycle, who: people.remove_password(cycle, who, self._person.id, self.old.text, self._session.book)
        )
        _conclude(self, outcome, (self.old,))


def _conclude(dialog: WordDialog, outcome: Outcome, fields: tuple[SecretField | None, ...]) -> None:
    """Close after success; else say what is wrong beside the line that mends it."""
    if outcome is None:
        _last(fields).complain(NOT_KEPT)
    elif isinstance(outcome, Refusal):
        asked = fields[0] if isinstance(outcome, WrongWord) else None
        (asked or _last(fields)).complain(outcome.message)
    else:
        dialog.accept()


def _last(fields: tuple[SecretField | None, ...]) -> SecretField:
    return [field for field in fields if field is not None][-1]
