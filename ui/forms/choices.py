"""Editors of what is chosen and not typed: one of several, several of several, yes or no, an official."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from lkip_desktop.cycle_data import Official
from ui.forms.editors import CalmCombo, Editor
from ui.forms.widgets import button, label

MAX_RADIOS = 3
UNCHOSEN = "— pilih —"


class ComboEditor(Editor):
    """One of several in a list that opens. A kept value that is no longer offered stays and is shown."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`choices` are pairs of the kept value and its words."""
        super().__init__(parent)
        self.combo = CalmCombo()
        self._choices = choices
        self._fill("")
        self.combo.activated.connect(self._chosen)
        self._wrap(self.combo)

    def typed(self) -> str:
        return str(self.combo.currentData() or "")

    def show_text(self, text: str) -> None:
        if text != self.typed():
            self._fill(text)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer others, and keep what is chosen."""
        if choices != self._choices:
            self._choices = choices
            self._fill(self.typed())

    def set_read_only(self, read_only: bool) -> None:
        self.combo.setEnabled(not read_only)

    def inner(self) -> QWidget:
        return self.combo

    def _fill(self, value: str) -> None:
        self.combo.clear()
        self.combo.addItem(UNCHOSEN, "")
        known = {kept for kept, _ in self._choices}
        for kept, words in [*self._choices, *([(value, value)] if value and value not in known else [])]:
            self.combo.addItem(words, kept)
        self.combo.setCurrentIndex(max(0, self.combo.findData(value)))

    def _chosen(self) -> None:
        self.edited.emit()
        self.left.emit()


class RadioEditor(Editor):
    """One of two or three, all in sight."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = [kept for kept, _ in choices]
        self.buttons = [QRadioButton(words) for _, words in choices]
        # None is set before something is chosen, and that must stay possible.
        self._odd = ""
        self._wrap(*self.buttons)
        self.layout().addStretch(1)  # type: ignore[union-attr]
        for radio in self.buttons:
            radio.clicked.connect(self._clicked)

    def typed(self) -> str:
        checked = (value for value, radio in zip(self._values, self.buttons, strict=True) if radio.isChecked())
        return next(checked, self._odd)

    def show_text(self, text: str) -> None:
        self._odd = text if text not in self._values else ""
        for value, radio in zip(self._values, self.buttons, strict=True):
            radio.setAutoExclusive(False)
            radio.setChecked(value == text)
            radio.setAutoExclusive(True)

    def set_read_only(self, read_only: bool) -> None:
        for radio in self.buttons:
            radio.setEnabled(not read_only)

    def inner(self) -> QWidget:
        return next((radio for radio in self.buttons if radio.isChecked()), self.buttons[0])

    def has_focus(self) -> bool:
        return any(radio.hasFocus() for radio in self.buttons)

    def describe(self, name: str, description: str) -> None:
        for radio in self.buttons:
            radio.setAccessibleName(f"{name}: {radio.text()}")
            radio.setAccessibleDescription(description)

    def _clicked(self) -> None:
        self.edited.emit()
        self.left.emit()


class ChecksEditor(Editor):
    """Several of several, in two columns where there is room; kept in the order in which they are offered."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = [kept for kept, _ in choices]
        self.boxes = [QCheckBox(words) for _, words in choices]
        self._odd: list[str] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._columns = 0
        self._arrange(1)
        for box in self.boxes:
            box.clicked.connect(self._clicked)
        self.setFocusProxy(self.boxes[0])

    def minimumSizeHint(self) -> QSize:
        # Two columns must not keep the form from becoming narrow.
        return QSize(max(box.sizeHint().width() for box in self.boxes), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest = max(box.sizeHint().width() for box in self.boxes)
        self._arrange(2 if self.width() >= 2 * widest + 16 else 1)

    def _arrange(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            lines = -(-len(self.boxes) // columns)
            for number, box in enumerate(self.boxes):
                self._grid.addWidget(box, number % lines, number // lines)
            for column in range(2):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)
            self.updateGeometry()

    def typed(self) -> str:
        chosen = [value for value, box in zip(self._values, self.boxes, strict=True) if box.isChecked()]
        return "\n".join([*chosen, *self._odd])

    def show_text(self, text: str) -> None:
        chosen = text.splitlines()
        self._odd = [value for value in chosen if value not in self._values]
        for value, box in zip(self._values, self.boxes, strict=True):
            box.setChecked(value in chosen)

    def set_read_only(self, read_only: bool) -> None:
        for box in self.boxes:
            box.setEnabled(not read_only)

    def inner(self) -> QWidget:
        return self.boxes[0]

    def has_focus(self) -> bool:
        return any(box.hasFocus() for box in self.boxes)

    def describe(self, name: str, description: str) -> None:
        for box in self.boxes:
            box.setAccessibleName(f"{name}: {box.text()}")
            box.setAccessibleDescription(description)

    def _clicked(self) -> None:
        self.edited.emit()
        self.left.emit()


class YesNoEditor(Editor):
    """One check box: ``ya`` when it is set, empty when it never was, ``tidak`` when it was taken away."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(label)
        self._value = ""
        self.box.clicked.connect(self._clicked)
        self._wrap(self.box)

    def typed(self) -> str:
        return self._value

    def show_text(self, text: str) -> None:
        self._value = text
        self.box.setChecked(text.casefold() == "ya")

    def set_read_only(self, read_only: bool) -> None:
        self.box.setEnabled(not read_only)

    def inner(self) -> QWidget:
        return self.box

    def _clicked(self) -> None:
        self._value = "ya" if self.box.isChecked() else "tidak"
        self.edited.emit()
        self.left.emit()


class OfficialEditor(Editor):
    """One of the cycle's officials; while none is chosen, the one who serves is proposed with one click."""

    def __init__(self, officials: Callable[[], Sequence[Official]], proposed: Callable[[], Official | None]) -> None:
        super().__init__()
        self._officials, self._proposed = officials, proposed
        self.combo = ComboEditor([])
        self.proposal = button("Pakai", self._take, "quiet")
        self.serving = label("", "muted")
        self.none_yet = label("Belum ada pejabat. Isi daftar pejabat di Profil Instansi.", "muted")
        self._lay_out()
        self._read_only = False
        self.combo.edited.connect(self.edited)
        self.combo.left.connect(self.left)
        self.combo.combo.currentIndexChanged.connect(self._offer)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.serving, 1)
        line.addWidget(self.proposal, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.combo)
        layout.addWidget(self.none_yet)
        layout.addLayout(line)
        self.setFocusProxy(self.combo)

    def typed(self) -> str:
        return self.combo.typed()

    def show_text(self, text: str) -> None:
        found = self._officials()
        self.combo.set_choices([(official.id, named(official)) for official in found])
        self.none_yet.setVisible(not found)
        self.combo.show_text(text)
        self._offer()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.combo.set_read_only(read_only)
        self._offer()

    def inner(self) -> QWidget:
        return self.combo.inner()

    def _offer(self) -> None:
        official = self._proposed()
        wanted = official is not None and not self.typed() and not self._read_only
        self.proposal.setVisible(wanted)
        self.serving.setVisible(wanted)
        if official is not None:
            self.serving.setText(f"Menjabat sekarang: {named(official)}")
            self.proposal.setAccessibleName(f"Pakai {named(official)}")

    def _take(self) -> None:
        official = self._proposed()
        if official is not None:
            self.combo.show_text(official.id)
            self.edited.emit()
            self.left.emit()


def named(official: Official) -> str:
    """An official as lists show one: title and name."""
    return f"{official.title} — {official.name}" if official.title else official.name
