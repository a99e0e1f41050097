"""The documents that a step makes: drafts with their versions, letters to look at, print and save."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from lkip_desktop.documents.catalog import KINDS
from lkip_desktop.documents.kinds import PDF
from lkip_desktop.sop.model import Step
from lkip_desktop.workflow.state import CycleState, KeptDocument
from ui.documents.actions import DocumentActions
from ui.forms.widgets import ElidedLabel, button, clear, file_size, label, moment, signed

_SOURCES = {"generated": "dibuat program", "imported": "dilampirkan"}


class DocumentsBox(QWidget):
    """One part for each kind of document of a step."""

    def __init__(self, documents: DocumentActions, step: Step) -> None:
        super().__init__()
        self.parts = {kind: DocumentPart(documents, kind) for kind in step.documents}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(label("Dokumen", "lead", wrap=False))
        rule = QFrame()
        rule.setProperty("role", "rule")
        layout.addWidget(rule)
        for part in self.parts.values():
            layout.addWidget(part)
        self.setVisible(bool(self.parts))

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
    """One kind of document: what can be done with it, and its kept versions, newest first."""

    def __init__(self, documents: DocumentActions, kind: str) -> None:
        super().__init__()
        self._documents, self._kind = documents, kind
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
        if KINDS[kind].media_type == PDF:
            return [
                ("Pratinjau", lambda: documents.preview(kind), False),
                ("Cetak…", lambda: documents.print_document(kind), False),
                ("Simpan PDF…", lambda: documents.export(kind), False),
            ]
        return [
            ("Buat draf DOCX", lambda: documents.keep(kind), True),
            ("Lampirkan versi Word…", lambda: documents.import_version(kind), True),
        ]

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
