"""The documents that a step makes: drafts with their versions, letters to look at, print and save."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lkip_desktop.documents.catalog import KINDS
from lkip_desktop.documents.kinds import PDF
from lkip_desktop.letters import is_letter, is_sent_to_each
from lkip_desktop.sop.model import Step
from lkip_desktop.words import long_date
from lkip_desktop.workflow.state import CycleState, IssuedLetter, KeptDocument
from ui.documents.actions import DocumentActions
from ui.forms.widgets import ElidedLabel, button, clear, file_size, label, moment, signed
from ui.labels import show_part

ISSUE, ISSUE_AGAIN = "Terbitkan…", "Versi baru…"
_LINKS = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
_SOURCES = {"generated": "dibuat program", "imported": "dilampirkan"}


class DocumentsLine(QLabel):
    """What a step makes and how far each is, in words, above the form; each name leads down to its buttons."""

    chosen = Signal(str)  # kind

    def __init__(self, step: Step) -> None:
        super().__init__()
        self._kinds = _in_order(step)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(_LINKS)
        self.linkActivated.connect(self.chosen)
        show_part(self, bool(self._kinds))

    def refresh(self, state: CycleState) -> None:
        """Show how the documents stand in a state."""
        told = [(kind, KINDS[kind].title, standing_words(state, kind)) for kind in self._kinds]
        parts = [f'<a href="{kind}">{escape(title)}</a>{f" {words}" if words else ""}' for kind, title, words in told]
        self.setText(f"Dokumen: {'; '.join(parts)}.")
        self.setAccessibleName("Dokumen: " + "; ".join(" ".join(filter(None, one[1:])) for one in told))


def standing_words(state: CycleState, kind: str) -> str:
    """How far a document is: ``konsep``, ``terbit``, ``bertanda tangan``, ``versi 2``; empty if only printed."""
    if not is_letter(kind):
        versions = state.versions(kind)
        return f"versi {versions[-1].version}" if versions else ""
    newest = {letter.subject: letter for letter in state.letters if letter.kind == kind}
    if not newest:
        return "konsep"
    if is_sent_to_each(kind):
        signed_ones = sum(1 for letter in newest.values() if letter.signed)
        return f"terbit untuk {len(newest)} penerima, {signed_ones} bertanda tangan"
    return _standing(newest[""], newest=True) if "" in newest else "terbit"


def _in_order(step: Step) -> list[str]:
    """The letters that are issued first, as they matter most; then labels, lists and sheets."""
    return sorted(step.documents, key=lambda kind: not is_letter(kind))


class DocumentsBox(QWidget):
    """One part for each kind of document of a step."""

    def __init__(self, documents: DocumentActions, step: Step) -> None:
        super().__init__()
        self.parts = {kind: DocumentPart(documents, kind) for kind in _in_order(step)}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(label("Dokumen", "lead", wrap=False))
        rule = QFrame()
        rule.setProperty("role", "rule")
        layout.addWidget(rule)
        for part in self.parts.values():
            layout.addWidget(part)
        show_part(self, bool(self.parts))

    def refresh(self, state: CycleState, *, may_keep: bool) -> None:
        """Show the versions of a state; `may_keep` offers to make or bring in another."""
        for part in self.parts.values():
            part.refresh(state, may_keep=may_keep)

    def focus(self, kind: str) -> None:
        """Lead to what makes a document of a kind."""
        first = next((b for b in self.parts[kind].buttons if b.isVisible()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


class DocumentPart(QWidget):
    """One kind of document: what can be done with it, and its kept or issued versions, newest first."""

    def __init__(self, documents: DocumentActions, kind: str) -> None:
        super().__init__()
        self._documents, self._kind = documents, kind
        self._letter = is_letter(kind)
        self._many = self._letter and is_sent_to_each(kind)
        self._shown: object = None
        self.keepers: list[QPushButton] = []
        self.buttons: list[QPushButton] = []
        line = QHBoxLayout()
        line.setSpacing(4)
        for text, act, keeps in self._offers():
            made = button(text, act)
            made.setAccessibleName(f"{text.rstrip('…')}: {KINDS[kind].title}")
            self.buttons.append(made)
            if keeps:
                self.keepers.append(made)
            line.addWidget(made)
        line.addStretch(1)
        self._versions = QVBoxLayout()
        self._versions.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label(KINDS[kind].title, "strong"))
        layout.addWidget(label(KINDS[kind].description, "small"))
        layout.addLayout(line)
        layout.addLayout(self._versions)

    def refresh(self, state: CycleState, *, may_keep: bool) -> None:
        for keeper in self.keepers:
            keeper.setVisible(may_keep)
        if self._letter:
            self._show_letters(state, may_keep=may_keep)
            return
        versions = state.versions(self._kind)
        if versions != self._shown:
            self._shown = versions
            clear(self._versions)
            for version in reversed(versions):
                self._versions.addWidget(self._row(state, version))
            if not versions and self.keepers:
                self._versions.addWidget(label("Belum ada versi yang tersimpan.", "muted"))

    def _offers(self) -> list[tuple[str, Callable[[], object], bool]]:
        """Button text, act, and whether it keeps a version."""
        documents, kind = self._documents, self._kind
        if self._many:
            return [("Daftar surat per penerima…", lambda: documents.lettersRequested.emit(kind), False)]
        if KINDS[kind].media_type == PDF:
            issue = [(ISSUE, lambda: documents.issueRequested.emit(kind), True)] if self._letter else []
            return [
                *issue,
                ("Pratinjau", lambda: documents.preview(kind), False),
                ("Cetak…", lambda: documents.print_document(kind), False),
                ("Simpan PDF…", lambda: documents.export(kind), False),
            ]
        return [
            ("Buat draf DOCX", lambda: documents.keep(kind), True),
            ("Lampirkan versi Word…", lambda: documents.import_version(kind), True),
        ]

    def _show_letters(self, state: CycleState, *, may_keep: bool) -> None:
        """Say what was issued, and offer the next version and the signed copy."""
        issued = [letter for letter in state.letters if letter.kind == self._kind]
        for keeper in self.keepers:
            keeper.setText(ISSUE_AGAIN if issued else ISSUE)
            keeper.setAccessibleName(f"{keeper.text().rstrip('…')}: {KINDS[self._kind].title}")
        if (issued, may_keep) == self._shown:
            return
        self._shown = (issued, may_keep)
        clear(self._versions)
        if self._many:
            to = len({letter.subject for letter in issued})
            words = f"Sudah terbit untuk {to} penerima." if to else "Belum ada yang diterbitkan."
            self._versions.addWidget(label(words, "muted"))
            return
        for letter in reversed(issued):
            self._versions.addWidget(self._letter_row(letter, newest=letter is issued[-1], may_keep=may_keep))
        if not issued:
            self._versions.addWidget(label("Masih konsep; nomor diusulkan saat surat diterbitkan.", "muted"))

    def _letter_row(self, letter: IssuedLetter, *, newest: bool, may_keep: bool) -> QWidget:
        row = QWidget()
        words = QVBoxLayout(row)
        words.setContentsMargins(0, 4, 0, 0)
        words.setSpacing(0)
        words.addWidget(label(f"Nomor {letter.number}" if letter.number else "Tanpa nomor"))
        day = long_date(date.fromisoformat(letter.date))
        facts = (day, f"versi {letter.version}", _standing(letter, newest=newest))
        words.addWidget(label(" · ".join(facts), "small"))
        if newest and may_keep:
            attach = partial(self._documents.signedRequested.emit, letter)
            words.addWidget(button("Lampirkan yang bertanda tangan…", attach, "quiet"), 0, Qt.AlignmentFlag.AlignLeft)
        return row

    def _row(self, state: CycleState, version: KeptDocument) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(f"Versi {version.version} · {version.name}"))
        source = _SOURCES.get(version.source, version.source)
        facts = (source, file_size(version.size), moment(state, version.at), signed(version.who))
        words.addWidget(ElidedLabel(" · ".join(facts), "small"))
        line.addLayout(words, 1)
        opener = button("Buka", lambda: self._documents.open_version(version), "quiet")
        opener.setAccessibleName(f"Buka versi {version.version} {version.name}")
        line.addWidget(opener)
        return row


def _standing(letter: IssuedLetter, *, newest: bool) -> str:
    if not newest:
        return "digantikan"
    if not letter.signed:
        return "terbit"
    return "bertanda tangan, isi berbeda" if letter.signed[-1].verdict == "different" else "bertanda tangan"
