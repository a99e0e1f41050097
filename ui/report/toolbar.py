"""The words above the text of a section: bold, italic, lists, tables, pictures, references and figures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QGridLayout, QPlainTextEdit, QSizePolicy, QToolButton, QWidget
from shiboken6 import isValid

from lkip_desktop.documents.report_blocks import figures, tables
from lkip_desktop.documents.report_build import report
from lkip_desktop.documents.report_figures import OF_ALL, OF_INDICATORS
from lkip_desktop.documents.report_marks import references_to
from lkip_desktop.documents.report_text import PICTURES
from lkip_desktop.intake import bring_in
from lkip_desktop.office import Changed
from lkip_desktop.workflow.state import Attachment
from lkip_desktop.workflow.transitions import Refusal
from ui import jobs
from ui.forms.widgets import button
from ui.report import markup
from ui.report.choose import Choice, ChooseDialog, TableDialog
from ui.session import Session
from ui.tokens import GRID

PICTURE_FILES = "Gambar (*.png *.jpg *.jpeg)"
NO_PICTURE = "Belum ada gambar pada lampiran laporan. Lampirkan berkas PNG atau JPG, lalu gambar langsung disisipkan."
NO_CAPTION = "Laporan belum mempunyai tabel atau gambar yang dapat dirujuk."
NO_FIGURE = "Belum ada angka: isi dahulu indikator dan anggaran pada langkah analisis data."


class MarkupBar(QWidget):
    """Acts on the text given to `lead`. `say` shows a sentence when something could not be done."""

    def __init__(self, session: Session, say: Callable[[str], object]) -> None:
        super().__init__()
        self._session, self._say = session, say
        self._edit: QPlainTextEdit | None = None
        self.dialog: ChooseDialog | TableDialog | None = None
        self.buttons: dict[str, QToolButton] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID // 2)
        for words, act, hint in (
            ("Tebal", partial(self._face, markup.BOLD), "Huruf tebal (Ctrl+B)"),
            ("Miring", partial(self._face, markup.ITALIC), "Huruf miring (Ctrl+I)"),
            ("Daftar", partial(self._list, False), "Baris terpilih menjadi daftar bertanda"),
            ("Nomor", partial(self._list, True), "Baris terpilih menjadi daftar bernomor"),
            ("Tabel…", self._table, "Sisipkan tabel"),
            ("Gambar…", self._picture, "Sisipkan gambar dari lampiran laporan"),
            ("Rujukan…", self._reference, "Sebut nomor tabel atau gambar laporan"),
            ("Angka…", self._figure, "Sebut angka yang selalu mengikuti data"),
        ):
            made = QToolButton()
            made.setText(words)
            made.setToolTip(hint)
            made.setAccessibleName(hint)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(lambda _=False, act=act: act())
            font = made.font()
            font.setBold(words == "Tebal")
            font.setItalic(words == "Miring")
            made.setFont(font)
            self.buttons[words] = made
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._arrange(len(self.buttons))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(made.sizeHint().width() + GRID // 2 for made in self.buttons.values())
        self._arrange(len(self.buttons) if needed <= event.size().width() else (len(self.buttons) + 1) // 2)

    def _arrange(self, columns: int) -> None:
        """In one line, or in two where there is no room."""
        if columns != self._columns:
            self._columns = columns
            for place, made in enumerate(self.buttons.values()):
                self._grid.addWidget(made, place // columns, place % columns)
            for column in range(len(self.buttons) + 1):
                self._grid.setColumnStretch(column, int(column == columns))

    def lead(self, edit: QPlainTextEdit) -> None:
        """Act on this text from now on; its keys Ctrl+B and Ctrl+I too."""
        self._edit = edit
        for key, sign in (("Ctrl+B", markup.BOLD), ("Ctrl+I", markup.ITALIC)):
            shortcut = QShortcut(QKeySequence(key), edit, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._face, sign))

    def _face(self, sign: str) -> None:
        if self._edit is not None and not self._edit.isReadOnly():
            markup.turn_face(self._edit, sign)

    def _list(self, numbered: bool) -> None:
        if self._edit is not None:
            markup.turn_list(self._edit, numbered=numbered)

    def _words(self, words: str) -> None:
        if self._edit is not None:
            markup.insert_words(self._edit, words)

    def _lines(self, lines: str) -> None:
        if self._edit is not None:
            markup.insert_lines(self._edit, lines)

    def _table(self) -> None:
        self.dialog = dialog = TableDialog(self.window())
        dialog.chosen.connect(lambda *size: self._lines(markup.table_lines(*size)))
        dialog.open()

    def _reference(self) -> None:
        content = report(self._session.snapshot())
        named = references_to(content)
        captions = {entry.key: entry.text.replace("\t", " ") for entry in (*tables(content), *figures(content))}
        choices = [Choice(captions[key], words.strip("{}"), words) for key, words in named]
        self._choose("Sisipkan rujukan", ("Tabel atau gambar", "Ditulis"), choices, NO_CAPTION)

    def _figure(self) -> None:
        state = self._session.state
        names = {row: state.cell("indicators", row, "name") or "tanpa nama" for row in state.rows("indicators")}
        choices = []
        for words, now in report(self._session.snapshot()).figures:
            kind, _, row = words.strip("{}").partition(":")
            title = f"{OF_INDICATORS[kind]}: {names.get(row, '')}" if row else OF_ALL[kind]
            if not now.startswith("["):
                choices.append(Choice(" ".join(title.split()), now, words))
        self._choose("Sisipkan angka", ("Angka", "Sekarang"), choices, NO_FIGURE)

    def _picture(self) -> None:
        found = [file for file in self._session.state.files(PICTURES) if file.media_type.startswith("image/")]
        choices = [Choice(file.name, "terlampir", _shown(file)) for file in found]
        bring = button("Lampirkan gambar…", self._bring)
        self._choose("Sisipkan gambar", ("Gambar", "Keadaan"), choices, NO_PICTURE, bring)

    def _choose(self, title: str, headings: tuple[str, str], choices: list[Choice], empty: str, *more: object) -> None:
        self.dialog = dialog = ChooseDialog(title, headings, choices, empty, self.window(), *more)  # type: ignore[arg-type]
        dialog.chosen.connect(self._lines if title == "Sisipkan gambar" else self._words)
        dialog.open()

    def _bring(self) -> None:
        files = QFileDialog(self.window(), "Lampirkan gambar", str(Path.home()), PICTURE_FILES)
        files.setFileMode(QFileDialog.FileMode.ExistingFile)
        files.fileSelected.connect(lambda name: self.attach(Path(name)))
        files.open()

    def attach(self, path: Path) -> None:
        """Attach a picture to the report's annexes and show it at the cursor."""
        if isinstance(self.dialog, ChooseDialog):
            self.dialog.reject()
        edit, session = self._edit, self._session
        cycle, who = session.cycle, session.who()

        def attached(outcome: Changed | Refusal) -> None:
            if isinstance(outcome, Refusal):
                self._say(outcome.message)
                return
            session.happened(outcome)
            if edit is not None and isValid(edit):
                markup.insert_lines(edit, _shown(session.state.files(PICTURES)[-1]))

        jobs.start(
            self.window(),
            f"Melampirkan “{path.name}”…",
            lambda progress: next(bring_in(cycle, who, PICTURES, [path], progress)),
            attached,
            session.failed.emit,
        )


def _shown(file: Attachment) -> str:
    caption = file.name.rpartition(".")[0] or file.name
    return f"![{caption.replace(']', ')')}](berkas:{file.id})"
