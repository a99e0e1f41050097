"""The line with which one searches a document: the words, which hit of how many, forward and back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ui.tokens import GRID


class SearchBar(QFrame):
    """Hidden until `begin`. Searches while one types; Enter goes on, Shift+Enter goes back, Esc ends."""

    changed = Signal(str)
    stepped = Signal(int)  # 1 or -1
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.words = QLineEdit()
        self.words.setPlaceholderText("Cari dalam dokumen")
        self.words.setAccessibleName("Cari dalam dokumen")
        self.words.setMinimumWidth(GRID * 24)
        self.words.textChanged.connect(self._typed)
        self.words.installEventFilter(self)
        self.told = QLabel()
        self.before = self._button("Sebelumnya", "Shift+F3", -1)
        self.after = self._button("Berikutnya", "F3", 1)
        close = QPushButton("Tutup pencarian")
        close.setProperty("role", "quiet")
        close.setAutoDefault(False)
        close.clicked.connect(self.end)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        row.setSpacing(GRID)
        for widget in (self.words, self.before, self.after, self.told):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(close)
        self.hide()

    def _button(self, text: str, keys: str, step: int) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setEnabled(False)
        button.setToolTip(f"{text} ({keys})")
        button.setAccessibleName(f"Hasil {text.lower()}")
        button.clicked.connect(lambda: self.stepped.emit(step))
        return button

    def begin(self) -> None:
        """Show the line, ready to type."""
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def end(self) -> None:
        self.words.clear()
        self.hide()
        self.ended.emit()

    def tell(self, current: int, count: int, complete: bool) -> None:
        """Say which hit is shown of how many; `complete` says that every page has been searched."""
        for button in (self.before, self.after):
            button.setEnabled(count > 0)
        if not self.words.text().strip():
            text = ""
        elif count:
            text = f"{current or 1} dari {count}" + ("" if complete else " …")
        else:
            text = "Tidak ditemukan" if complete else "Mencari…"
        self.told.setText(text)
        self.told.setAccessibleName(text)

    def _typed(self, text: str) -> None:
        self.changed.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.stepped.emit(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.end()
                return True
        return super().eventFilter(watched, event)
