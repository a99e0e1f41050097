"""Every letter of the cycle by step: what it is, to whom, whether it is issued, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop import letters
from lkip_desktop.cycle_calendar import iso_date
from lkip_desktop.documents.catalog import Made
from lkip_desktop.letters import LetterItem
from lkip_desktop.register import Standing
from lkip_desktop.words import long_date
from lkip_desktop.workflow.state import IssuedLetter
from ui import marks, theme
from ui.documents.actions import DocumentActions
from ui.forms.widgets import button, label
from ui.letters.acts import LetterActs
from ui.lists import calm
from ui.session import Session
from ui.tokens import GRID, Tokens

HEADINGS = ("Langkah", "Surat", "Kepada", "Keadaan", "Nomor", "Tanggal")
WIDTHS = (GRID * 9, GRID * 26, 0, GRID * 26, GRID * 24, GRID * 16)
"""Pixels; 0 takes what is left. A number is never cut: its column grows with the longest."""
STATE, NUMBER = HEADINGS.index("Keadaan"), HEADINGS.index("Nomor")
DRAFT = "Konsep"
EMPTY = "Belum ada surat pada SOP siklus ini. Surat muncul di sini bila SOP menyebutnya pada salah satu langkah."


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a letter as it stands now, or one of its older versions."""

    item: LetterItem
    version: IssuedLetter | None

    @property
    def is_now(self) -> bool:
        """Whether it is the letter as it stands, and not an older version."""
        return self.version is self.item.newest


class LettersView(QWidget):
    """The table of letters, and the acts for the chosen one. Enter or a double-click shows it."""

    def __init__(
        self, session: Session, documents: DocumentActions, acts: LetterActs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._documents, self._acts = session, documents, acts
        self._lines: list[Line] = []
        self.table = QTableWidget(0, len(HEADINGS))
        self.none = label(EMPTY, "muted")
        self.hint = label("", "muted")
        self.issue = button("Terbitkan…", self._issue, "primary")
        self.preview = button("Pratinjau", self._preview)
        self.print = button("Cetak…", self._print)
        self.save = button("Simpan PDF…", self._save)
        self.attach = button("Lampirkan yang bertanda tangan…", self._attach)
        self.signed = button("Buka yang bertanda tangan", self._open_signed, "quiet")
        self._set_up_table()
        self._lay_out()
        session.changed.connect(self._refresh)
        theme.notifier().changed.connect(self._colour)
        self._refresh()

    # Building

    def _set_up_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        calm(table, "Surat siklus ini", WIDTHS)
        table.setHorizontalHeaderLabels(HEADINGS)
        table.setAlternatingRowColors(True)
        table.verticalHeader().setDefaultSectionSize(GRID * 4)
        header.setMinimumSectionSize(GRID * 8)
        table.currentCellChanged.connect(self._offer)
        table.activated.connect(self._preview)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for made in (self.preview, self.print, self.save, self.signed):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.attach)
        row.addWidget(self.issue)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID * 2, 0, GRID * 2)
        layout.setSpacing(GRID)
        layout.addWidget(self.none, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.hint)
        layout.addLayout(row)

    # Showing

    def _refresh(self) -> None:
        kept = self._chosen()
        self._lines = [line for item in letters.items(self._session.snapshot()) for line in _lines(item)]
        self.table.setRowCount(len(self._lines))
        for row, line in enumerate(self._lines):
            for column, text in enumerate(self._texts(line)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.table.setItem(row, column, cell)
        self.table.setColumnWidth(NUMBER, max(WIDTHS[NUMBER], self.table.sizeHintForColumn(NUMBER) + GRID))
        self.none.setVisible(not self._lines)
        self.table.setVisible(bool(self._lines))
        if self._lines:
            self.table.setCurrentCell(self._row_of(kept), 0)
        self._colour(theme.current())
        self._offer()

    def _row_of(self, kept: Line | None) -> int:
        """The row of the letter that was chosen, else of the first one of the current step."""
        step = self._session.state.visits[-1].step
        same = (n for n, x in enumerate(self._lines) if kept and x.is_now and _key(x) == _key(kept))
        here = (n for n, x in enumerate(self._lines) if x.item.step == step)
        return next(same, next(here, 0))

    def show_letter(self, kind: str) -> None:
        """Choose the first letter of a kind."""
        row = next((n for n, line in enumerate(self._lines) if line.item.kind == kind), None)
        if row is not None:
            self.table.setCurrentCell(row, 0)
            self.table.setFocus()

    def _texts(self, line: Line) -> tuple[str, ...]:
        item, version = line.item, line.version
        step = self._session.state.sop.by_id.get(item.step)
        title = item.title if line.is_now else f"    versi {version.version}" if version else ""
        number, day = (version.number or "tanpa nomor", version.date) if version else ("", "")
        found = iso_date(day) if day else None
        return (
            str(step.number) if step else "",
            title,
            item.recipient,
            _state(line),
            number,
            long_date(found) if found else "",
        )

    def _colour(self, tokens: Tokens) -> None:
        for row, line in enumerate(self._lines):
            cell = self.table.item(row, STATE)
            mark, colour = _mark(line, tokens)
            if cell is not None:
                cell.setForeground(QColor(colour))
            if cell is not None and mark:
                cell.setIcon(marks.icon(mark, colour))

    def _chosen(self) -> Line | None:
        row = self.table.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _offer(self) -> None:
        """Enable what can be done with the chosen letter, and say why not."""
        line = self._chosen()
        version = line.version if line else None
        locked = self._locked()
        for made in (self.preview, self.print, self.save):
            made.setEnabled(line is not None)
        self.issue.setText("Versi baru…" if version else "Terbitkan…")
        self.issue.setEnabled(line is not None and line.is_now and not locked)
        self.attach.setEnabled(version is not None and bool(line and line.is_now) and not locked)
        self.signed.setVisible(bool(version and version.signed))
        self.hint.setText(locked or (_hint(line) if line else ""))

    def _locked(self) -> str:
        if self._session.read_only:
            return "Siklus ini dibuka hanya untuk dibaca, jadi surat tidak dapat diterbitkan."
        if self._session.state.closed:
            return "Siklus ini sudah ditutup. Suratnya tetap dapat dilihat, dicetak, dan disimpan."
        return ""

    # Acts

    def _preview(self) -> None:
        self._show(self._documents.preview, self._documents.preview_bytes)

    def _print(self) -> None:
        self._show(self._documents.print_document, self._documents.print_bytes)

    def _save(self) -> None:
        self._show(self._documents.export, self._documents.export_bytes)

    def _show(self, draft: Callable[[str, str], object], issued: Callable[[Made, str, int], object]) -> None:
        """Hand on the chosen row: a draft by its kind, any version as its frozen file."""
        line = self._chosen()
        if line is not None and line.version is not None:
            self._acts.with_version(line.version, issued)
        elif line is not None:
            draft(line.item.kind, line.item.subject)

    def _issue(self) -> None:
        line = self._chosen()
        if line is not None:
            self._acts.issue(line.item.kind, line.item.subject)

    def _attach(self) -> None:
        line = self._chosen()
        if line is not None and line.version is not None:
            self._acts.attach_signed(line.version)

    def _open_signed(self) -> None:
        line = self._chosen()
        if line is not None and line.version is not None and line.version.signed:
            self._acts.show_signed(line.version.signed[-1])


def _lines(item: LetterItem) -> list[Line]:
    """The letter as it stands, then its older versions, newest first."""
    return [Line(item, item.newest), *(Line(item, version) for version in reversed(item.issued[:-1]))]


def _key(line: Line) -> tuple[str, str]:
    return line.item.kind, line.item.subject


def _state(line: Line) -> str:
    version = line.version
    if version is None:
        return DRAFT
    if not line.is_now:
        return str(Standing.REPLACED)
    again = f", versi {version.version}" if version.version > 1 else ""
    differs = ", isi berbeda" if version.signed and version.signed[-1].verdict == "different" else ""
    return f"{line.item.standing}{again}{differs}"


def _mark(line: Line, tokens: Tokens) -> tuple[str, str]:
    if line.version is None:
        return "", tokens.muted
    if not line.is_now:
        return "bad", tokens.muted
    if line.version.signed:
        differs = line.version.signed[-1].verdict == "different"
        return ("late", tokens.warn) if differs else ("closed", tokens.ok)
    return "running", tokens.accent


def _hint(line: Line) -> str:
    version = line.version
    if version is None:
        return "Konsep: isinya masih mengikuti isian langkah sampai surat diterbitkan."
    if not line.is_now:
        return "Versi ini sudah digantikan; berkasnya tetap tersimpan apa adanya."
    why = f" Menggantikan versi sebelumnya: {version.reason}." if version.reason else ""
    signer = f"{version.signer.title} {version.signer.name}".strip()
    return f"Ditandatangani {signer}; sidik riwayat {version.head}.{why}"
