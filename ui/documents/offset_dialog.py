"""Sets how far a printer's picture is to be shifted, with the ruler page on which that is measured."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.printing.offsets import LARGEST, NO_OFFSET, Offset
from ui.tokens import GRID

_WORDS = (
    "Bila cetakan tidak tepat pada tempatnya, cetak halaman penggaris, ukur jarak tanda silang dari tepi kiri dan tepi "
    "atas kertas (seharusnya 50 mm), lalu isikan selisihnya di sini. Geseran berlaku untuk semua surat di printer ini."
)


class OffsetDialog(QDialog):
    """For one printer. `kept` brings the new Offset."""

    kept = Signal(object)  # Offset
    rulerRequested = Signal()

    def __init__(self, printer: str, offset: Offset, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Geser cetakan: {printer}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.right = self._millimetres("Geser ke kanan", offset.right)
        self.down = self._millimetres("Geser ke bawah", offset.down)
        self._lay_out()

    def _millimetres(self, name: str, value: float) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(-LARGEST, LARGEST)
        box.setDecimals(1)
        box.setSingleStep(0.5)
        box.setSuffix(" mm")
        box.setValue(value)
        box.setAccessibleName(name)
        box.setMaximumWidth(GRID * 16)
        box.lineEdit().setTextMargins(GRID, 0, 0, 0)
        return box

    def _lay_out(self) -> None:
        words = QLabel(_WORDS)
        words.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(GRID * 2)
        form.setVerticalSpacing(GRID)
        form.addRow("Geser ke kanan", self.right)
        form.addRow("Geser ke bawah", self.down)
        hint = QLabel("Angka negatif menggeser ke kiri atau ke atas.")
        hint.setProperty("role", "muted")
        form.addRow("", hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 2)
        layout.setSpacing(GRID * 2)
        layout.addWidget(words)
        layout.addLayout(form)
        layout.addStretch()
        layout.addLayout(self._buttons())
        self.resize(GRID * 64, layout.totalHeightForWidth(GRID * 64))

    def _buttons(self) -> QHBoxLayout:
        self.ruler = QPushButton("Cetak halaman penggaris")
        self.ruler.clicked.connect(self.rulerRequested)
        self.none = QPushButton("Tanpa geseran")
        self.none.clicked.connect(self._clear)
        cancel = QPushButton("Batal")
        cancel.clicked.connect(self.reject)
        self.keep = QPushButton("Simpan")
        self.keep.setProperty("role", "primary")
        self.keep.clicked.connect(self._keep)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in (self.ruler, self.none, cancel, self.keep):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertStretch(2)
        self.keep.setDefault(True)
        return row

    def offset(self) -> Offset:
        """What stands in the fields."""
        return Offset(round(self.right.value(), 1), round(self.down.value(), 1))

    def _clear(self) -> None:
        self.right.setValue(NO_OFFSET.right)
        self.down.setValue(NO_OFFSET.down)

    def _keep(self) -> None:
        self.accept()
        self.kept.emit(self.offset())
