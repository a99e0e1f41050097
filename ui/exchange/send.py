"""Asks which units get their workbook, and where the files go."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from lkip_desktop.exchange import Owing, form_files
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.values import show
from ui.documents.saving import existing
from ui.forms.widgets import button, label
from ui.session import Session
from ui.tokens import GRID


class SendDialog(QDialog):
    """`agreed` brings the units' rows, the folder, and whether the covering letters go along."""

    agreed = Signal(list, object, bool)

    def __init__(self, session: Session, units: Collection[Owing], folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._files = form_files(session.snapshot(), [unit.row for unit in units])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("Kirim format data")
        self.boxes = {unit.row: _box(unit) for unit in units}
        self.folder = QLineEdit(str(existing(folder)))
        self.folder.setAccessibleName("Folder tujuan")
        self.letters = QCheckBox("Sertakan surat permintaan data (PDF; yang belum diterbitkan sebagai konsep)")
        self.letters.setChecked(True)
        self.warning = label("", "warn")
        self.confirm = button("", self._agree, "primary")
        self._lay_out()
        for box in self.boxes.values():
            box.toggled.connect(self._refresh)
        self.folder.textChanged.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        inside = QWidget()
        listed = QVBoxLayout(inside)
        listed.setContentsMargins(GRID, GRID, GRID, GRID)
        for box in self.boxes.values():
            listed.addWidget(box)
        listed.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(button("Pilih…", self._browse))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("Batal", self.reject))
        foot.addWidget(self.confirm)
        name = label("Folder tujuan", "strong")
        name.setBuddy(self.folder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        layout.setSpacing(GRID)
        layout.addWidget(label("Kirim format data ke unit", "title"))
        layout.addWidget(label("Setiap unit mendapat satu buku kerja Excel dengan indikatornya sendiri.", "muted"))
        layout.addWidget(area, 1)
        layout.addWidget(name)
        layout.addLayout(place)
        layout.addWidget(self.letters)
        layout.addWidget(self.warning)
        layout.addLayout(foot)
        room = self.screen().availableGeometry()
        wanted = GRID * (34 + 4 * len(self.boxes))
        self.resize(min(GRID * 72, room.width() - 48), min(wanted, room.height() - 96))

    def _browse(self) -> None:
        dialog = QFileDialog(self, "Pilih folder tujuan", self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def chosen(self) -> list[str]:
        return [row for row, box in self.boxes.items() if box.isChecked()]

    def _refresh(self) -> None:
        rows, folder = self.chosen(), Path(self.folder.text().strip())
        there = folder.is_dir() and bool(self.folder.text().strip())
        taken = sum((folder / self._files[row]).exists() for row in rows) if there else 0
        self.warning.setText(
            "Folder itu tidak ada. Pilih folder lain." if not there else f"{taken} berkas lama di folder itu diganti."
        )
        self.warning.setVisible(not there or taken > 0)
        self.confirm.setText(f"Tulis {len(rows)} buku kerja")
        self.confirm.setEnabled(there and bool(rows))

    def _agree(self) -> None:
        rows, folder, letters = self.chosen(), Path(self.folder.text().strip()), self.letters.isChecked()
        self.accept()
        self.agreed.emit(rows, folder, letters)


def _box(unit: Owing) -> QCheckBox:
    facts = [unit.unit or "Unit tanpa nama", unit.person, _standing(unit)]
    # In a check box, an ampersand would underline what follows it.
    box = QCheckBox(" · ".join(fact for fact in facts if fact).replace("&", "&&"))
    box.setChecked(not unit.returned and not unit.no_data)
    return box


def _standing(unit: Owing) -> str:
    if unit.no_data:
        return "tidak ada data"
    if unit.returned:
        return f"kembali {show(FieldKind.DATE, unit.returned)}"
    return f"dikirim {show(FieldKind.DATE, unit.sent)}" if unit.sent else ""
