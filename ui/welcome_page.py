"""The welcome's own page: the agency's logo, its units, and the SOP that its cycles follow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from lkip_desktop import resources
from lkip_desktop.attachments import IncomingFile, read_file
from lkip_desktop.errors import EnvironmentProblem, UserError, reason_of
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.sop.model import Sop
from lkip_desktop.workflow.events import Json
from ui.labels import text_label
from ui.new_cycle_pages import Page
from ui.tokens import GRID

PICTURES = "Gambar (*.png *.jpg *.jpeg)"
CHOOSE_SOP = "Pilih berkas SOP lain…"
NO_LOGO = "Belum ada lambang. Tanpa lambang, kop dicetak tanpa gambar."
LOGO_HEIGHT = GRID * 9
UNITS_HINT = "Satu unit per baris. Unit-unit ini menerima permintaan data; urutannya dapat diubah nanti."
MOST_SOP_BYTES = 2 * 1024 * 1024


class HousePage(Page):
    """Nothing here is required; all of it can be changed later in *Profil instansi*, but for the SOP."""

    sopChanged = Signal(str)  # the text of the chosen SOP

    def __init__(self) -> None:
        super().__init__()
        self.logo: IncomingFile | None = None
        self.own_sop = ""
        self._base: Mapping[str, Json] = {}
        self._shown_units = ""
        self.picture = QLabel()
        self.picture.setAccessibleName("Lambang daerah")
        self.logo_note = text_label(NO_LOGO, "muted")
        self.choose_logo = QPushButton("Pilih lambang…")
        self.remove_logo = QPushButton("Hapus lambang")
        self.remove_logo.setProperty("role", "quiet")
        self.units = QPlainTextEdit()
        self.units.setAccessibleName("Unit kerja, satu per baris")
        self.units.setTabChangesFocus(True)
        self.units.setMinimumHeight(GRID * 16)
        self.sop = QComboBox()
        self.sop.setAccessibleName("SOP yang dipakai")
        self.sop_note = text_label("", "muted")
        self.first = self.choose_logo
        self.sop.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for button in (self.choose_logo, self.remove_logo):
            button.setAutoDefault(False)
        self._lay_out()
        self.choose_logo.clicked.connect(self._ask_logo)
        self.remove_logo.clicked.connect(lambda: self.set_logo(None))
        self.sop.activated.connect(self._sop_chosen)
        self.set_logo(None)
        self._offer_shipped()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.choose_logo)
        buttons.addWidget(self.remove_logo)
        buttons.addStretch()
        logo = QVBoxLayout()
        logo.setSpacing(GRID)
        logo.addWidget(text_label("Lambang daerah untuk kop", "title"))
        logo.addWidget(self.picture)
        logo.addWidget(self.logo_note)
        logo.addLayout(buttons)
        logo.addSpacing(GRID * 2)
        logo.addWidget(text_label("SOP", "title"))
        logo.addWidget(self.sop)
        logo.addWidget(self.sop_note)
        logo.addStretch()
        units = QVBoxLayout()
        units.setSpacing(GRID)
        units.addWidget(text_label("Unit kerja", "title"))
        units.addWidget(text_label(UNITS_HINT, "muted"))
        units.addWidget(self.units, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(GRID * 3, GRID * 2, GRID * 3, GRID * 2)
        grid.setHorizontalSpacing(GRID * 4)
        grid.addLayout(logo, 0, 0)
        grid.addLayout(units, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    # Units

    def show_values(self, values: Mapping[str, Json]) -> None:
        """Show the units of the template or of an earlier cycle."""
        self._base = values
        names = (str(values.get(f"units/{row}/name", "")) for row in values.get("units", []))
        self._shown_units = "\n".join(name for name in names if name)
        self.units.setPlainText(self._shown_units)

    def values(self) -> dict[str, Json]:
        """The units' rows; nothing when they are as they were shown. A unit that stays keeps what is known of it."""
        names = [" ".join(line.split()) for line in self.units.toPlainText().splitlines() if line.strip()]
        if names == self._shown_units.splitlines():
            return {}
        known = {str(self._base.get(f"units/{row}/name", "")): row for row in self._base.get("units", [])}
        used, rows = set(known.values()), []
        values: dict[str, Json] = {}
        for name in dict.fromkeys(names):
            row = known.get(name) or next(f"r{n}" for n in range(1, 10_000) if f"r{n}" not in used)
            used.add(row)
            rows.append(row)
            values[f"units/{row}/name"] = name
        return {**values, "units": rows}

    # Logo

    def set_logo(self, logo: IncomingFile | None) -> None:
        """Show a logo, or that there is none."""
        self.logo = logo
        picture = QPixmap()
        if logo is not None and picture.loadFromData(logo.data):
            self.picture.setPixmap(picture.scaledToHeight(LOGO_HEIGHT, Qt.TransformationMode.SmoothTransformation))
        self.picture.setVisible(not picture.isNull())
        self.logo_note.setText(logo.name if logo else NO_LOGO)
        self.remove_logo.setVisible(logo is not None)

    def take_logo(self, path: Path) -> None:
        """Take a picture from disk; what is none is told."""
        try:
            logo = read_file(path)
            if not QPixmap().loadFromData(logo.data):
                raise UserError(f"“{path.name}” bukan gambar PNG atau JPG yang dapat dibaca. Pilih gambar lain.")
        except (UserError, EnvironmentProblem) as problem:
            self.logo_note.setText(str(problem))
            return
        self.set_logo(logo)

    def _ask_logo(self) -> None:
        dialog = QFileDialog(self, "Pilih lambang daerah", str(Path.home()), PICTURES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_logo(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # SOP

    def _offer_shipped(self) -> None:
        shipped = parse_sop(resources.sop_text())
        self.sop.addItem(_sop_name(shipped), "")
        self.sop.addItem(CHOOSE_SOP, None)
        self._describe(resources.sop_text())

    def take_sop(self, text: str) -> None:
        """Follow the SOP of this text. Raises UserError."""
        sop = parse_sop(text, "SOP")
        if self.sop.count() > 2:
            self.sop.removeItem(1)
        self.sop.insertItem(1, _sop_name(sop), text)
        self.sop.setCurrentIndex(1)
        self.own_sop = text
        self._describe(text)
        self.sopChanged.emit(text)

    def open_sop(self, path: Path) -> None:
        """Take an SOP file from disk; what is wrong with it is told, and the choice stays."""
        try:
            if path.stat().st_size > MOST_SOP_BYTES:
                raise UserError(f"“{path.name}” terlalu besar untuk sebuah definisi SOP.")
            self.take_sop(path.read_text("utf-8"))
        except UserError as problem:
            self.sop_note.setText(f"Tidak dapat dipakai: {problem}")
        except (OSError, UnicodeDecodeError) as error:
            why = reason_of(error) if isinstance(error, OSError) else "bukan teks"
            self.sop_note.setText(f"“{path.name}” tidak dapat dibaca ({why}).")

    def _sop_chosen(self, index: int) -> None:
        text = self.sop.itemData(index)
        if text is None:
            self.sop.setCurrentIndex(1 if self.own_sop else 0)
            self._ask_sop()
            return
        self.own_sop = text
        chosen = text or resources.sop_text()
        self._describe(chosen)
        self.sopChanged.emit(chosen)

    def _ask_sop(self) -> None:
        dialog = QFileDialog(self, "Pilih berkas SOP", str(Path.home()), "Definisi SOP (*.toml)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_sop(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _describe(self, text: str) -> None:
        sop = parse_sop(text)
        self.sop_note.setText(
            f"{len(sop.steps)} langkah, {len(sop.actors)} pelaksana, {sop.total_days} hari kerja. Siklus yang sudah "
            "berjalan tetap memakai SOP-nya sendiri."
        )


def _sop_name(sop: Sop) -> str:
    """``Inspektorat Kabupaten Serang, nomor 700230/Insp/2025``"""
    return f"{sop.cover.unit}, nomor {sop.cover.number}"
