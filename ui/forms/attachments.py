"""The files of a field: dropped or chosen, listed with their versions, opened, taken out and put back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from lkip_desktop.attachments import KINDS
from lkip_desktop.intake import bring_in
from lkip_desktop.office import Changed
from lkip_desktop.ports import Progress
from lkip_desktop.workflow.state import Attachment
from lkip_desktop.workflow.transitions import Refusal
from ui import jobs, theme
from ui.forms.context import FormContext
from ui.forms.widgets import ElidedLabel, Notice, button, clear, file_size, label, moment, signed

FILTER = f"Berkas yang diterima ({' '.join('*' + ending for ending in KINDS)})"

AT_ONCE = 3_000_000
"""Bytes that are read and kept within 300 ms, also on a slow disk."""


class DropZone(QFrame):
    """Says that files may be dropped here, and shows it while some are held over it."""

    def __init__(self, files: AttachmentList) -> None:
        super().__init__()
        self.hot = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.addWidget(label("Seret berkas ke sini, atau", "muted", wrap=False))
        self.choose = button("Lampirkan…", files.choose)
        layout.addWidget(self.choose)
        layout.addStretch(1)

    def set_hot(self, hot: bool) -> None:
        self.hot = hot
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.accent if self.hot else tokens.outline), 2 if self.hot else 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.tint) if self.hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 4, 4)


class AttachmentList(QWidget):
    """The attachments at a path, and a zone to bring in more while the form may be changed."""

    last_folder: Path | None = None

    def __init__(self, context: FormContext, path: str, name: str) -> None:
        super().__init__()
        self._context, self._path, self._name = context, path, name
        self.setAcceptDrops(True)
        self.zone = DropZone(self)
        self.zone.choose.setAccessibleName(f"Lampirkan berkas: {name}")
        self.problem = label("", "danger")
        self.notice = Notice()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._rows)
        for part in (self.notice, self.zone, self.problem):
            layout.addWidget(part)
        self._shown: object = None
        self.say("")
        self.refresh()

    def refresh(self) -> None:
        """Show the files as they are now."""
        files = self._context.state.files(self._path)
        self.zone.setVisible(self._context.editable)
        now = (files, self._context.editable)
        if now == self._shown:
            return
        self._shown = now
        clear(self._rows)
        totals = Counter(file.name for file in files)
        seen: Counter[str] = Counter()
        for file in files:
            seen[file.name] += 1
            many = totals[file.name] > 1
            self._rows.addWidget(self._row(file, f"versi {seen[file.name]}" if many else ""))
        if not files and not self._context.editable:
            self._rows.addWidget(label("Tidak ada berkas.", "muted"))

    def say(self, problem: str) -> None:
        """A sentence beside the zone; empty takes it away."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def choose(self) -> None:
        """Ask for files with the desktop's dialog."""
        # Where the last file came from; at first beside the cycle, not where the program happens to run.
        start = AttachmentList.last_folder or self._context.session.cycle.store.path.parent
        names, _ = QFileDialog.getOpenFileNames(self, f"Lampirkan: {self._name}", str(start), FILTER)
        if names:
            AttachmentList.last_folder = Path(names[0]).parent
        self.bring(Path(name) for name in names)

    def bring(self, sources: Iterable[Path]) -> None:
        """Attach files, one act each; say beside the zone which were refused and why. Large ones come in beside it."""
        files = tuple(sources)
        self.say("")
        self.notice.say("")
        if sum(_size(source) for source in files) > AT_ONCE:
            self._bring_beside(files)
            return
        refused = []
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            for source in files:
                outcome = self._context.session.attach(self._path, source)
                if isinstance(outcome, Refusal):
                    refused.append(outcome.message)
        finally:
            QApplication.restoreOverrideCursor()
        self.say("\n".join(refused))

    def _bring_beside(self, files: tuple[Path, ...]) -> None:
        """Read and keep files on another thread, with progress and cancel; those that came in before it stay."""
        session, path = self._context.session, self._path
        cycle, who = session.cycle, session.who()
        kept: list[Changed] = []
        refused: list[str] = []

        def work(progress: Progress) -> None:
            for outcome in bring_in(cycle, who, path, files, progress):
                if isinstance(outcome, Changed):
                    kept.append(outcome)
                else:
                    refused.append(outcome.message)

        def tell() -> None:
            for outcome in kept:
                session.happened(outcome)
            if isValid(self):
                self.say("\n".join(refused))

        words = f"Melampirkan “{files[0].name}”…" if len(files) == 1 else f"Melampirkan {len(files)} berkas…"
        job = jobs.start(self.window(), words, work, lambda _: None, session.failed.emit)
        job.finished.connect(tell)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._context.editable and dropped_files(event.mimeData()):
            self.zone.set_hot(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.zone.set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.zone.set_hot(False)
        files = dropped_files(event.mimeData())
        if self._context.editable and files:
            event.acceptProposedAction()
            self.bring(files)

    def take_out(self, file: Attachment) -> None:
        outcome = self._context.session.detach(file.id)
        if isinstance(outcome, Refusal):
            self.say(outcome.message)
        elif outcome is not None:
            self.notice.say(f"“{file.name}” dilepas.", lambda: self._context.session.restore(file.id))

    def _row(self, file: Attachment, version: str) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        state = self._context.state
        facts = [version, file_size(file.size), moment(state, file.at), signed(file.who)]
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(file.name))
        words.addWidget(ElidedLabel(" · ".join(fact for fact in facts if fact), "small"))
        layout.addLayout(words, 1)
        self._add_button(layout, "Buka", file, lambda: self._context.open_attachment(file))
        if self._context.editable:
            self._add_button(layout, "Lepas", file, lambda: self.take_out(file))
        return row

    def _add_button(self, layout: QHBoxLayout, word: str, file: Attachment, act: Callable[[], object]) -> None:
        made = button(word, act, "quiet")
        made.setAccessibleName(f"{word} {file.name}")
        layout.addWidget(made)


class AttachmentDialog(QDialog):
    """The files of one table cell."""

    def __init__(self, context: FormContext, path: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(name)
        self.resize(520, 280)
        self.files = AttachmentList(context, path, name)
        context.session.changed.connect(self.files.refresh)
        area = QScrollArea()
        area.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.files)
        column.addStretch(1)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(button("Tutup", self.reject), 0, Qt.AlignmentFlag.AlignRight)


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files that something dropped names."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _size(path: Path) -> int:
    """Bytes on the disk; nothing for what is not there, which is refused when it is read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
