"""The preview: the very bytes that are printed, saved and kept, on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lkip_desktop.documents.catalog import Made
from ui import theme
from ui.documents.page_view import Fit, PageView
from ui.documents.pages import Pages
from ui.tokens import GRID


class PreviewDialog(QDialog):
    """One PDF with zoom and pages. `made` stays as it is: printing and saving use it."""

    printRequested = Signal()
    saveRequested = Signal()

    def __init__(self, made: Made, title: str, parent: QWidget | None = None) -> None:
        """Raises UserError when the bytes are no PDF."""
        super().__init__(parent)
        self.made = made
        self._pages = Pages(made.data)
        self.view = PageView(self._pages, theme.current())
        self.setWindowTitle(f"Pratinjau: {title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page = QLabel()
        self._zoom = QLabel()
        self._lay_out()
        self._wire()
        self._resize()
        self.view.setFocus()

    # Building

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._navigation())
        layout.addWidget(self.view, 1)
        layout.addLayout(self._actions())

    def _navigation(self) -> QHBoxLayout:
        self._before = self._quiet("‹", "Halaman sebelumnya")
        self._after = self._quiet("›", "Halaman berikutnya")
        self._smaller = self._quiet("−", "Perkecil")
        self._larger = self._quiet("+", "Perbesar")
        self._fit_width = self._choice("Selebar jendela")
        self._fit_page = self._choice("Satu halaman")
        row = QHBoxLayout()
        row.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        row.setSpacing(GRID)
        for widget in (self._before, self._page, self._after):
            row.addWidget(widget)
        row.addStretch()
        for widget in (self._smaller, self._zoom, self._larger, self._fit_width, self._fit_page):
            row.addWidget(widget)
        return row

    def _actions(self) -> QHBoxLayout:
        self._print = QPushButton("Cetak…")
        self._print.setProperty("role", "primary")
        self._print.setToolTip("Cetak (Ctrl+P)")
        self._save = QPushButton("Simpan PDF…")
        self._save.setToolTip("Simpan PDF (Ctrl+S)")
        close = QPushButton("Tutup")
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        row.setSpacing(GRID)
        row.addWidget(close)
        row.addStretch()
        row.addWidget(self._save)
        row.addWidget(self._print)
        for button in (self._print, self._save, close):
            button.setAutoDefault(False)
        return row

    def _quiet(self, sign: str, name: str) -> QPushButton:
        button = QPushButton(sign)
        button.setProperty("role", "quiet")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setMinimumWidth(GRID * 4)
        button.setAutoDefault(False)
        return button

    def _choice(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        button.setAutoDefault(False)
        return button

    def _wire(self) -> None:
        self._before.clicked.connect(lambda: self.view.go_to(self.view.page - 1))
        self._after.clicked.connect(lambda: self.view.go_to(self.view.page + 1))
        self._smaller.clicked.connect(self.view.zoom_out)
        self._larger.clicked.connect(self.view.zoom_in)
        self._fit_width.clicked.connect(lambda: self.view.set_fit(Fit.WIDTH))
        self._fit_page.clicked.connect(lambda: self.view.set_fit(Fit.PAGE))
        self._print.clicked.connect(self.printRequested)
        self._save.clicked.connect(self.saveRequested)
        self.view.pageChanged.connect(self._show_page)
        self.view.zoomChanged.connect(self._show_zoom)
        theme.notifier().changed.connect(self.view.set_tokens)
        for keys, button in (
            (QKeySequence.StandardKey.Print, self._print),
            (QKeySequence.StandardKey.Save, self._save),
            (QKeySequence.StandardKey.ZoomIn, self._larger),
            (QKeySequence.StandardKey.ZoomOut, self._smaller),
            (QKeySequence("Ctrl+0"), self._fit_page),
        ):
            QShortcut(keys, self).activated.connect(button.click)
        self._show_page(0)
        self._show_zoom(self.view.zoom)

    def _resize(self) -> None:
        """Most of the screen, as tall as it allows and as wide as a page is read well."""
        room = self.screen().availableSize()
        self.resize(min(GRID * 110, room.width() - GRID * 4), min(GRID * 120, room.height() - GRID * 6))

    # Showing

    def _show_page(self, page: int) -> None:
        count = len(self._pages.sizes)
        self._page.setText(f"Halaman {page + 1} dari {count}")
        self._before.setEnabled(page > 0)
        self._after.setEnabled(page + 1 < count)
        self._before.setVisible(count > 1)
        self._after.setVisible(count > 1)

    def _show_zoom(self, zoom: float) -> None:
        self._zoom.setText(f"{round(zoom * 100)} %")
        self._fit_width.setChecked(self.view.fit is Fit.WIDTH)
        self._fit_page.setChecked(self.view.fit is Fit.PAGE)

    def done(self, result: int) -> None:
        self.view.finish()
        self._pages.close()
        super().done(result)
