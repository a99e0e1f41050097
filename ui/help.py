"""Help that needs no network: the step's own words, the keys, and what this program is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop import __version__
from lkip_desktop.sop.model import Sop, Step
from ui import guide, theme
from ui.guide import Chapter
from ui.menus import MENUS
from ui.tokens import GRID

OTHER_KEYS = (
    ("Ctrl+Z", "Urungkan di dalam isian"),
    ("Tab, Shift+Tab", "Ke isian berikutnya atau sebelumnya"),
    ("Panah", "Berpindah di bagan alir dan tabel"),
    ("Enter", "Buka yang dipilih"),
    ("F6", "Berpindah antara bagan alir dan panel langkah"),
    ("Esc", "Tutup dialog tanpa mengubah apa pun"),
)

KEYS = "Pintasan papan ketik"


def step_help(sop: Sop, step: Step) -> str:
    """A step in the SOP's words, as HTML."""
    rows = (
        ("Pelaksana", sop.actor_names[step.actor]),
        ("Persyaratan", step.requirement.clean),
        ("Waktu", str(step.duration)),
        ("Output", step.output.clean),
    )
    facts = "".join(f"<tr><td><b>{name}</b>&nbsp;&nbsp;</td><td>{escape(text)}</td></tr>" for name, text in rows)
    exits = "".join(f"<li>{escape(_exit(sop, step, edge.label, edge.target))}</li>" for edge in step.edges)
    return (
        f"<h2>Langkah {step.number}: {escape(step.title)}</h2><p>{escape(step.activity.clean)}.</p>"
        f"<p>{escape(step.help)}</p><table cellpadding='3'>{facts}</table><h3>Sesudahnya</h3><ul>{exits}</ul>"
    )


def _exit(sop: Sop, step: Step, label: str, target: str) -> str:
    decision = f"{label.capitalize()}: " if label else ""
    if not target:
        return f"{decision}siklus selesai."
    after = sop.by_id[target]
    how = "kembali" if after.number <= step.number else "lanjut"
    return f"{decision}{how} ke langkah {after.number}, {after.title} ({sop.actor_names[after.actor]})."


def keys_help() -> str:
    """All keys of the menus and the rest, as HTML."""
    commands = [command for _, entries in MENUS for command in entries if command.key]
    pairs = [(command.key, command.words.replace("&", "").rstrip("…")) for command in commands]
    rows = "".join(
        f"<tr><td><b>{escape(key)}</b>&nbsp;&nbsp;&nbsp;</td><td>{escape(words)}</td></tr>"
        for key, words in [*pairs, *OTHER_KEYS]
    )
    return f"<h2>Pintasan papan ketik</h2><table cellpadding='3'>{rows}</table>"


def about_text() -> str:
    return (
        f"<h2>LKIP Desktop {__version__}</h2>"
        "<p>Menjalankan SOP penyusunan Laporan Kinerja Instansi Pemerintah, langkah demi langkah, sampai laporan "
        "ditandatangani, dikirim, dan diterima.</p>"
        "<p>Semua data ada dalam berkas siklus di PC ini; program tidak memakai jaringan.</p>"
        f"<p>Lisensi MIT. Dibuat dengan Qt {qVersion()} (LGPL), huruf Open Sans (Apache 2.0) dan "
        "Liberation Sans (OFL).</p>"
    )


class HelpDialog(QDialog):
    """Text to read, which scrolls, and one button to close."""

    def __init__(self, title: str, html: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(GRID * 75, GRID * 60)
        self.text = _page(title)
        self.text.setHtml(html)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        column.addWidget(self.text)
        column.addWidget(_close_button(self))


class GuideDialog(QDialog):
    """The whole guide beside the work: chapters at the left, what is read at the right, search above."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Panduan")
        room = self.screen().availableGeometry().size()
        self.resize(min(GRID * 120, room.width() - GRID * 6), min(GRID * 84, room.height() - GRID * 8))
        self._chapters: tuple[Chapter, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Cari dalam panduan (Ctrl+F), Enter ke temuan berikutnya")
        self.search.setAccessibleName("Cari dalam panduan")
        self.search.setClearButtonEnabled(True)
        self.found = QLabel()
        self.found.setProperty("role", "muted")
        self.chapters = QListWidget()
        self.chapters.setAccessibleName("Bab panduan")
        self.chapters.setFixedWidth(GRID * 28)
        self.chapters.setWordWrap(True)
        self.text = _page("Isi panduan")
        self.text.setSearchPaths([str(guide.folder())])
        self.text.setOpenLinks(False)
        self._lay_out()
        self.chapters.currentRowChanged.connect(self._show_row)
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self.next_hit)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.found)
        page = QHBoxLayout()
        page.setSpacing(GRID * 2)
        page.addWidget(self.chapters)
        page.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addLayout(line)
        column.addLayout(page, 1)
        column.addWidget(_close_button(self))

    def show_chapters(self, chapters: Sequence[Chapter], title: str) -> None:
        """Show the chapters, and begin with the one of a title, else with the first."""
        self._chapters = tuple(chapters)
        self.chapters.clear()
        self.chapters.addItems([chapter.title for chapter in chapters])
        titles = [chapter.title for chapter in chapters]
        self.chapters.setCurrentRow(titles.index(title) if title in titles else 0)
        self.chapters.setFocus()

    def next_hit(self) -> None:
        """Go to the next place of the words looked for: in this chapter, then in the next that has them."""
        words = self.search.text().strip()
        if not words or self.text.find(words):
            return
        rows = [n for n in range(self.chapters.count()) if not self.chapters.item(n).isHidden()]
        if rows:
            after = [n for n in rows if n > self.chapters.currentRow()] or rows
            self.chapters.setCurrentRow(after[0])
            self._to_start()
            self.text.find(words)

    def _show_row(self, row: int) -> None:
        if row < 0:
            return
        chapter = self._chapters[row]
        if chapter.is_html:
            self.text.setHtml(chapter.text)
        else:
            self.text.setMarkdown(f"## {chapter.title}\n\n{chapter.text}")
            _give_tables_lines(self.text)

    def _look(self, words: str) -> None:
        """Show the chapters that have the words, and the first place of them."""
        counts = [guide.hits(chapter, words) for chapter in self._chapters]
        for row, count in enumerate(counts):
            self.chapters.item(row).setHidden(bool(words.strip()) and not count)
        total = sum(counts)
        self.found.setText("" if not words.strip() else f"{total} temuan" if total else "Tidak ditemukan")
        row = self.chapters.currentRow()
        if total and not counts[row]:
            self.chapters.setCurrentRow(next(n for n, count in enumerate(counts) if count))
        self._to_start()
        self.text.find(words.strip())

    def _to_start(self) -> None:
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


def _page(name: str) -> QTextBrowser:
    text = QTextBrowser()
    text.setProperty("role", "paper")
    text.document().setDocumentMargin(GRID * 2)
    text.setAccessibleName(name)
    return text


def _give_tables_lines(text: QTextBrowser) -> None:
    """Tables of Markdown have neither lines nor room of their own."""
    for frame in text.document().rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            form = frame.format()
            form.setCellPadding(GRID / 2)
            form.setBorder(1)
            form.setBorderCollapse(True)
            form.setBorderBrush(QColor(theme.current().line))
            frame.setFormat(form)


def _close_button(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    # Enter belongs to the search.
    buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
    buttons.rejected.connect(dialog.close)
    return buttons


def show_guide(parent: QWidget, topic: str, sop: Sop | None, step: Step | None) -> GuideDialog:
    """Open the guide at ``step``, ``keys`` or the beginning; it stays beside the work, and there is only one."""
    chapters = (*guide.read_guide(), Chapter(KEYS, keys_help(), is_html=True))
    here = "" if sop is None or step is None else f"Langkah {step.number}: {step.title}"
    if sop is not None and step is not None:
        more = QTextDocument()
        more.setMarkdown(guide.section(chapters, step.title))
        chapters = (Chapter(here, step_help(sop, step) + more.toHtml(), is_html=True), *chapters)
    # One that was just closed is still a child for a moment.
    dialog = next((d for d in parent.findChildren(GuideDialog) if d.isVisible()), None) or GuideDialog(parent)
    dialog.show_chapters(chapters, KEYS if topic == "keys" else here)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog
