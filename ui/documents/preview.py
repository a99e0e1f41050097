"""The preview: the very bytes that are printed, saved and kept, on the screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.documents.catalog import Made
from ui import theme
from ui.documents.page_view import Fit
from ui.documents.pages import Pages
from ui.documents.search_bar import SearchBar
from ui.documents.text_view import TextView
from ui.documents.thumbnails import Thumbnails
from ui.labels import show_part
from ui.tokens import GRID

_TOLD_MS = 4000


class PreviewDialog(QDialog):
    """One PDF with its pages, zoom and search. `made` stays as it is: printing and saving use it."""

    printRequested = Signal()
    saveRequested = Signal()

    def __init__(self, made: Made, title: str, parent: QWidget | None = None) -> None:
        """Raises UserError when the bytes are no PDF."""
        super().__init__(parent)
        self.made = made
        self._pages = Pages(made.data)
        self.view = TextView(self._pages, theme.current())
        self.thumbnails = Thumbnails(self._pages, theme.current())
        self.search = SearchBar()
        self.setWindowTitle(f"Pratinjau: {title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lay_out()
        self._wire()
        self._add_keys()
        self._resize()
        self.view.setFocus()

    # Building

    def _lay_out(self) -> None:
        pages = QHBoxLayout()
        pages.setSpacing(0)
        pages.addWidget(self.thumbnails)
        pages.addWidget(self.view, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(self.search)
        layout.addLayout(pages, 1)
        layout.addLayout(self._actions())

    def _bar(self) -> QFrame:
        many = len(self._pages.sizes) > 1
        self.small = self._choice("Daftar halaman", "F4")
        self.before = self._quiet("‹", "Halaman sebelumnya (Ctrl+PgUp)")
        self.after = self._quiet("›", "Halaman berikutnya (Ctrl+PgDn)")
        self.number = QLineEdit()
        self.number.setValidator(QIntValidator(1, len(self._pages.sizes), self))
        self.number.setFixedWidth(GRID * 6)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setAccessibleName("Halaman yang ditampilkan")
        self.smaller = self._quiet("−", "Perkecil (Ctrl+-)")
        self.larger = self._quiet("+", "Perbesar (Ctrl++)")
        self.whole_size = self._quiet("", "Ukuran sebenarnya, 100 % (Ctrl+1)")
        self.whole_size.setMinimumWidth(GRID * 8)
        self.fit_width = self._choice("Selebar jendela", "Ctrl+0")
        self.fit_page = self._choice("Satu halaman", "Ctrl+9")
        self.two = self._choice("Dua halaman", "Ctrl+2")
        self.look = self._choice("Cari", "Ctrl+F")
        of = QLabel(f"dari {len(self._pages.sizes)}")
        bar = QFrame()
        bar.setProperty("role", "bar")
        self._groups = QBoxLayout(QBoxLayout.Direction.LeftToRight, bar)
        self._groups.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        turning: tuple[QWidget, ...] = (self.small, self.before, self.number, of, self.after)
        zooming = (self.smaller, self.whole_size, self.larger, self.fit_width, self.fit_page, self.two, self.look)
        for group in (turning, zooming):
            row = QHBoxLayout()
            row.setSpacing(GRID // 2)
            for widget in group:
                row.addWidget(widget)
            row.insertStretch(0 if group is zooming else -1)
            self._groups.addLayout(row)
        for widget in (*turning, self.two):
            show_part(widget, many)
        show_part(self.thumbnails, many)
        self.small.setChecked(many)
        return bar

    def _actions(self) -> QHBoxLayout:
        self.print = QPushButton("Cetak…")
        self.print.setProperty("role", "primary")
        self.print.setToolTip("Cetak (Ctrl+P)")
        self.save = QPushButton("Simpan PDF…")
        self.save.setToolTip("Simpan PDF (Ctrl+S)")
        self.told = QLabel()
        self.told.setProperty("role", "muted")
        close = QPushButton("Tutup")
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID)
        row.setSpacing(GRID)
        row.addWidget(close)
        row.addWidget(self.told, 1)
        row.addWidget(self.save)
        row.addWidget(self.print)
        for button in (self.print, self.save, close):
            button.setAutoDefault(False)
        return row

    def _quiet(self, sign: str, name: str) -> QPushButton:
        button = QPushButton(sign)
        button.setProperty("role", "quiet")
        button.setAccessibleName(name.split(" (")[0])
        button.setToolTip(name)
        button.setMinimumWidth(GRID * 4)
        button.setAutoDefault(False)
        return button

    def _choice(self, text: str, keys: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(f"{text} ({keys})")
        button.setCheckable(True)
        button.setAutoDefault(False)
        return button

    def _wire(self) -> None:
        view = self.view
        acts: tuple[tuple[QPushButton, Callable[[], object]], ...] = (
            (self.before, lambda: view.go_to(view.page - view.columns)),
            (self.after, lambda: view.go_to(view.page + view.columns)),
            (self.smaller, view.zoom_out),
            (self.larger, view.zoom_in),
            (self.whole_size, lambda: view.set_zoom(1.0)),
            (self.fit_width, lambda: view.set_fit(Fit.WIDTH)),
            (self.fit_page, lambda: view.set_fit(Fit.PAGE)),
            (self.two, lambda: view.set_columns(2 if self.two.isChecked() else 1)),
            (self.small, lambda: self.thumbnails.setVisible(self.small.isChecked())),
            (self.look, self._toggle_search),
            (self.print, self.printRequested.emit),
            (self.save, self.saveRequested.emit),
        )
        for button, act in acts:
            button.clicked.connect(lambda _=False, act=act: act())
        self.number.returnPressed.connect(self._go_to_number)
        self.number.editingFinished.connect(lambda: self._show_page(view.page))
        view.pageChanged.connect(self._show_page)
        view.zoomChanged.connect(self._show_zoom)
        view.found.connect(self.search.tell)
        view.copied.connect(lambda text: self._tell(f"{len(text)} karakter disalin."))
        self.thumbnails.chosen.connect(view.go_to)
        self.search.changed.connect(view.search)
        self.search.stepped.connect(view.next_hit)
        self.search.ended.connect(self._search_ended)
        for widget in (view, self.thumbnails):
            theme.notifier().changed.connect(widget.set_tokens)
        self._show_page(0)
        self._show_zoom(view.zoom)

    def _add_keys(self) -> None:
        standard = QKeySequence.StandardKey
        for keys, button in (
            (standard.Print, self.print),
            (standard.Save, self.save),
            (standard.ZoomIn, self.larger),
            (QKeySequence("Ctrl+="), self.larger),
            (standard.ZoomOut, self.smaller),
            (QKeySequence("Ctrl+1"), self.whole_size),
            (QKeySequence("Ctrl+0"), self.fit_width),
            (QKeySequence("Ctrl+9"), self.fit_page),
            (QKeySequence("Ctrl+2"), self.two),
            (QKeySequence("F4"), self.small),
            (QKeySequence("Ctrl+PgUp"), self.before),
            (QKeySequence("Ctrl+PgDown"), self.after),
        ):
            QShortcut(keys, self).activated.connect(button.click)
        QShortcut(standard.Find, self).activated.connect(self._begin_search)
        QShortcut(QKeySequence("F3"), self).activated.connect(self.view.next_hit)
        QShortcut(QKeySequence("Shift+F3"), self).activated.connect(lambda: self.view.next_hit(-1))

    def _resize(self) -> None:
        """Most of the screen, as tall as it allows and as wide as a page is read well beside its small ones.

        On a narrow screen the bar has two lines, so that no button is off it.
        """
        room = self.screen().availableSize()
        if self._groups.sizeHint().width() > room.width() - GRID * 4:
            self._groups.setDirection(QBoxLayout.Direction.TopToBottom)
        wide = GRID * (110 if len(self._pages.sizes) == 1 else 130)
        self.resize(min(wide, room.width() - GRID * 4), min(GRID * 120, room.height() - GRID * 6))

    # Showing

    def _show_page(self, page: int) -> None:
        self.number.setText(str(page + 1))
        self.before.setEnabled(page > 0)
        self.after.setEnabled(page + 1 < len(self._pages.sizes))
        self.thumbnails.follow(page)

    def _go_to_number(self) -> None:
        self.view.go_to(int(self.number.text()) - 1)
        self.view.setFocus()

    def _show_zoom(self, zoom: float) -> None:
        self.whole_size.setText(f"{round(zoom * 100)} %")
        self.fit_width.setChecked(self.view.fit is Fit.WIDTH)
        self.fit_page.setChecked(self.view.fit is Fit.PAGE)

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setAccessibleName(text)
        QTimer.singleShot(_TOLD_MS, self.told, self.told.clear)

    # Searching

    def _begin_search(self) -> None:
        self.look.setChecked(True)
        self.search.begin()

    def _toggle_search(self) -> None:
        if self.look.isChecked():
            self.search.begin()
        else:
            self.search.end()

    def _search_ended(self) -> None:
        self.look.setChecked(False)
        self.view.search("")
        self.view.setFocus()

    def done(self, result: int) -> None:
        self.view.finish()
        self.thumbnails.finish()
        self._pages.close()
        super().done(result)
