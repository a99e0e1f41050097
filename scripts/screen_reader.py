"""Reads every screen and dialog as a screen reader does, and measures what is cut off; writes what it found as JSON.

Usage: ``python scripts/screen_reader.py OUT.json [SIZE]``; sizes are those of screenshots.py, 125 unless told.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from time import sleep

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
PARENTS = (QTabBar, QLineEdit, QAbstractItemView)
"""Buttons in these are worked with them."""
SLACK = 2
"""Pixels by which rounding may differ."""


@dataclass(frozen=True)
class Found:
    """One widget of one screen: `name` is what a screen reader says, `texts` all that is shown or said of it.

    `control` tells whether a person works it, `focusable` whether keys reach it, `cut` how it is cut off, or empty.
    """

    screen: str
    kind: str
    name: str
    texts: tuple[str, ...]
    control: bool
    focusable: bool
    cut: str


def main() -> None:
    out, size = Path(sys.argv[1]), (sys.argv[2:] or ["125"])[0]
    if len(sys.argv) < 4:
        restart(out, size)
        return
    from screenshots import SIZES, Studio
    from walkthrough import hush_unseen_screen

    from ui import jobs, theme
    from ui.app import build_application
    from ui.tokens import LIGHT

    hush_unseen_screen()
    app = build_application(sys.argv[:1])
    theme.apply(app, LIGHT)
    found: list[Found] = []
    with tempfile.TemporaryDirectory(prefix="lkip-") as place:
        studio = Studio(Path(place), SIZES[size])
        for screen, widget in studio.screens():
            _settle(app)
            seen = read(screen, widget)
            if any(one.cut for one in seen):
                # A backup that ends beside the window changes the status line: what stays cut off counts.
                jobs.finish_all()
                _settle(app)
                seen = read(screen, widget)
            found.extend(seen)
        jobs.finish_all()
        studio.window.close()
        app.processEvents()
    out.write_text(json.dumps([asdict(one) for one in found], ensure_ascii=False), "utf-8")


def _settle(app: QApplication) -> None:
    for _ in range(8):
        app.processEvents()
        sleep(0.02)


def restart(out: Path, size: str) -> None:
    """Once more on an unseen screen of the size."""
    import subprocess

    from screenshots import SCALES, screen

    with tempfile.TemporaryDirectory() as folder:
        platform = f"offscreen:configfile={screen(Path(folder), size)}"
        environment = {**os.environ, "QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": str(SCALES[size])}
        subprocess.run([sys.executable, __file__, str(out), size, "here"], env=environment, check=True)


def read(screen: str, top: QWidget) -> list[Found]:
    """Every widget of a screen that is to be seen, and the window's title and menus."""
    found = [Found(screen, "judul", top.windowTitle(), (top.windowTitle(),), isinstance(top, QDialog), False, "")]
    for widget in top.findChildren(QWidget):
        if widget.isVisibleTo(top) and widget.window() is top and not _inner(widget):
            control = isinstance(widget, CONTROLS) and not isinstance(widget, QHeaderView)
            keys = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            found.append(
                Found(screen, type(widget).__name__, spoken(widget), texts(widget), control, keys, cut_off(widget))
            )
        elif isinstance(widget, QMenu):
            words = tuple(action.text() for action in widget.actions() if not action.isSeparator())
            found.append(Found(screen, "QMenu", widget.title(), words, False, False, ""))
    return found


def _inner(widget: QWidget) -> bool:
    """A part of a widget of Qt's that no one works by itself."""
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget.parent(), (QAbstractSpinBox, QComboBox))
        or type(widget).__name__ in ("QScrollBar", "QTableCornerButton")
        or (
            isinstance(widget, QAbstractButton) and isinstance(widget.parent(), (QTabBar, QLineEdit, QAbstractItemView))
        )
    )


def spoken(widget: QWidget) -> str:
    """What assistive technology is told as its name."""
    return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))


def texts(widget: QWidget) -> tuple[str, ...]:
    """All words of a widget, without what a person typed."""
    own = [spoken(widget), widget.toolTip(), widget.accessibleDescription(), widget.statusTip(), widget.whatsThis()]
    if isinstance(widget, (QLabel, QAbstractButton)):
        own.append(widget.text())
    if isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)):
        own.append(widget.placeholderText())
    if isinstance(widget, QGroupBox):
        own.append(widget.title())
    if isinstance(widget, QComboBox):
        own.extend(widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QTabBar):
        own.extend(widget.tabText(tab) for tab in range(widget.count()))
    if isinstance(widget, QAbstractSpinBox):
        own.extend((widget.specialValueText(),))
    if isinstance(widget, QHeaderView) and widget.model() is not None:
        own.extend(
            str(widget.model().headerData(n, widget.orientation(), role) or "")
            for n in range(widget.count())
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        )
    return tuple(dict.fromkeys(text for text in own if text.strip()))


def cut_off(widget: QWidget) -> str:
    """Why a text is not to be seen whole, or a form moves sideways; empty when all is well."""
    if isinstance(widget, QAbstractButton) and widget.text():
        lacking = widget.minimumSizeHint().width() - widget.width()
        return f"tombol {lacking} px terlalu sempit" if lacking > SLACK else ""
    if isinstance(widget, QLabel) and widget.text() and type(widget).__name__ == "QLabel":
        if widget.wordWrap():
            lacking = widget.heightForWidth(widget.width()) - widget.height()
            return f"teks {lacking} px terlalu rendah" if lacking > SLACK else ""
        lacking = widget.sizeHint().width() - widget.width()
        return f"teks {lacking} px terlalu sempit" if lacking > SLACK else ""
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        lacking = inside.minimumSizeHint().width() - widget.viewport().width() if inside else 0
        return f"isi {lacking} px lebih lebar" if lacking > SLACK else ""
    return ""


if __name__ == "__main__":
    main()
