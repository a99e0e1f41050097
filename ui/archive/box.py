"""The part of the archiving step that makes the hand-over package and lists those that were made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from lkip_desktop.sop.model import Step
from lkip_desktop.workflow.events import Act, Event
from ui.archive import package
from ui.forms.widgets import ElidedLabel, button, clear, file_size, label, moment, signed
from ui.labels import show_part
from ui.session import Session

# A step archives when its form asks where the archive is kept.
PLACE = "archive_place"
LEAD = (
    "Satu berkas zip berisi semua surat, versi laporan, lampiran, riwayat, daftar arsip, dan sidik SHA-256. "
    "Dapat dibuka tanpa program ini."
)


class ArchiveBox(QWidget):
    """Hidden at steps that do not archive."""

    def __init__(self, session: Session, step: Step, flush: Callable[[], bool]) -> None:
        super().__init__()
        self._session = session
        self._wanted = any(field.id == PLACE for field in step.fields)
        self._shown: tuple[Event, ...] | None = None
        self.make = button("Buat paket arsip…", lambda: package.make(self.window(), session, flush))
        check = button("Periksa paket…", self._check, "quiet")
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.make)
        line.addWidget(check)
        line.addStretch(1)
        rule = QFrame()
        rule.setProperty("role", "rule")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (label("Paket arsip", "lead", wrap=False), rule, label(LEAD, "small")):
            layout.addWidget(part)
        layout.addLayout(line)
        layout.addLayout(self._rows)
        show_part(self, self._wanted)

    def refresh(self) -> None:
        """Show the packages made so far, newest first."""
        if not self._wanted:
            return
        self.make.setEnabled(not self._session.read_only)
        self.make.setToolTip("Siklus ini dibuka hanya untuk dibaca." if self._session.read_only else "")
        made = tuple(event for event in self._session.cycle.store.events() if event.act is Act.ARCHIVED)
        if made == self._shown:
            return
        self._shown = made
        clear(self._rows)
        for event in reversed(made):
            self._rows.addWidget(ElidedLabel(event.data["name"]))
            at = moment(self._session.state, event.at)
            facts = (
                file_size(event.data["size"]),
                at,
                signed(event.who),
                f"SHA-256 {event.data['package_digest'][:12]}…",
            )
            self._rows.addWidget(ElidedLabel(" · ".join(fact for fact in facts if fact), "small"))
        if not made:
            self._rows.addWidget(label("Belum ada paket yang dibuat.", "muted"))

    def _check(self) -> None:
        store = self._session.cycle.store
        package.check(self.window(), store.path.parent, store.events())
