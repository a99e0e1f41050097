"""*Periksa keaslian*: the verdict on the open cycle's history, against backups, other copies and heads from paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.authenticity import Verdict, read_head
from lkip_desktop.errors import UserError
from ui import jobs, marks, theme
from ui.desk import Desk
from ui.forms.widgets import button, clear, label
from ui.main_window import FILTER
from ui.tokens import GRID

INTRO = (
    "Setiap catatan disegel dan menunjuk catatan sebelumnya, jadi satu catatan yang diubah, dihapus, atau disisipkan "
    "akan ketahuan. Riwayat yang dipotong ekornya atau ditulis ulang seluruhnya hanya ketahuan dengan pembanding: "
    "surat yang sudah terbit, cadangan, atau salinan lain."
)


class AuthenticityDialog(QDialog):
    """Shows a verdict; more to compare with can be given, and it is checked anew."""

    def __init__(self, desk: Desk, path: Path, backups: Sequence[Path], verdict: Verdict, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._path, self._backups = desk, path, tuple(backups)
        self._copies: list[Path] = []
        self._heads: list[str] = []
        self.setWindowTitle("Periksa keaslian")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.inside = QWidget()
        self._lines = QVBoxLayout(self.inside)
        self._lines.setContentsMargins(0, 0, GRID, 0)
        self._lines.setSpacing(GRID)
        self.head = QLineEdit()
        self.head.setPlaceholderText("misalnya 3fa9c01b")
        self.head.setAccessibleName("Sidik riwayat pada surat")
        self.head.setMaximumWidth(GRID * 24)
        self.problem = label("", "danger")
        self.problem.hide()
        self.compare = button("Cocokkan", self.add_head)
        self.head.returnPressed.connect(self.add_head)
        self._lay_out()
        self.show_verdict(verdict)

    def _lay_out(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.inside)
        words = label("Sidik pada surat (di kaki halaman)", wrap=False)
        words.setBuddy(self.head)
        paper = QHBoxLayout()
        paper.setSpacing(GRID)
        for part in (words, self.head, self.compare):
            paper.addWidget(part)
        paper.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(button("Bandingkan dengan berkas…", self._browse))
        foot.addStretch(1)
        foot.addWidget(button("Tutup", self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        column.setSpacing(GRID * 2)
        column.addWidget(label("Periksa keaslian riwayat", "title"))
        column.addWidget(label(INTRO, "muted"))
        column.addWidget(area, 1)
        column.addLayout(paper)
        column.addWidget(self.problem)
        column.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(GRID * 92, room.width() - GRID * 4), min(GRID * 66, room.height() - GRID * 8))

    def show_verdict(self, verdict: Verdict) -> None:
        """The sentences of a verdict: what is wrong in its own frame, what agrees below."""
        clear(self._lines)
        if verdict.genuine:
            self._lines.addWidget(_line("ok", "closed", verdict.sentences[0]))
        for finding in verdict.findings:
            self._lines.addWidget(_line("danger", "late", finding.sentence))
        for sentence in verdict.agreed:
            self._lines.addWidget(label(sentence))
        self._lines.addWidget(label(f"Sidik riwayat sekarang: {verdict.head[:8]}", "muted"))
        self._lines.addStretch(1)

    def add_head(self) -> None:
        """Compare with the head that was typed."""
        try:
            head = read_head(self.head.text())
        except UserError as error:
            self._say(str(error))
            self.head.setFocus()
            return
        self._heads.append(head)
        self.head.clear()
        self._check()

    def add_file(self, path: Path) -> None:
        """Compare with another file."""
        self._copies.append(path)
        self._check()

    def _browse(self) -> None:
        dialog = QFileDialog(self, "Pilih cadangan atau salinan", str(self._path.parent), FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.add_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _check(self) -> None:
        self._say("")
        desk, path, backups = self._desk, self._path, self._backups
        copies, heads = tuple(self._copies), tuple(self._heads)
        jobs.start(
            self,
            "Memeriksa riwayat…",
            lambda _: desk.authenticity(path, backups, copies, heads),
            self.show_verdict,
            self._say,
        )

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))


def _line(kind: str, mark: str, sentence: str) -> QFrame:
    tokens = theme.current()
    frame = QFrame()
    frame.setProperty("role", f"notice-{kind}")
    sign = QLabel()
    sign.setPixmap(marks.pixmap(mark, tokens.ok if kind == "ok" else tokens.danger, sign.devicePixelRatioF()))
    row = QHBoxLayout(frame)
    row.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
    row.setSpacing(GRID)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(sentence), 1)
    return frame
