"""The one stylesheet of the window: calm, flat, an 8-pixel grid, a visible focus, every colour from the tokens."""

from __future__ import annotations

from pathlib import Path
from string import Template

from ui.tokens import TYPE, Tokens


def stylesheet(tokens: Tokens, icons: Path) -> str:
    """The Qt stylesheet of a scheme. `icons` is the folder with ``down-<scheme>.svg`` and its like."""
    words = {name: getattr(tokens, name) for name in tokens.__slots__ if name != "dark"}
    sizes = {f"{name}_px": f"{getattr(TYPE, name)}px" for name in TYPE.__slots__}
    places = {"icons": icons.as_posix(), "scheme": tokens.name}
    return Template(_BASE + _TEXT + _BUTTONS + _FIELDS + _VIEWS + _BARS).substitute(words | sizes | places)


_BASE = """
QToolTip { background: $surface; color: $text; border: 1px solid $outline; padding: 4px 8px; }
QMainWindow, QDialog { background: $window; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMessageBox { messagebox-text-interaction-flags: 5; }
QMessageBox QDialogButtonBox { padding-top: 8px; }
QFrame[role="panel"] { background: $panel; border: 1px solid $line; border-radius: 4px; }
QFrame[role="paper"] { background: $surface; border: 1px solid $line; }
QFrame[role="bar"] { background: $panel; border: 0; border-bottom: 1px solid $line; }
QFrame[role="rule"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="notice"] { background: $surface; border: 0; border-left: 4px solid $accent; }
QFrame[role="notice-warn"] { background: $surface; border: 0; border-left: 4px solid $warn; }
QFrame[role="notice-danger"] { background: $surface; border: 0; border-left: 4px solid $danger; }
QFrame[role="notice-ok"] { background: $surface; border: 0; border-left: 4px solid $ok; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; margin: 0 3px; }
QSplitter::handle:vertical { height: 1px; margin: 3px 0; }
QSplitter::handle:hover { background: $accent; }
"""

_TEXT = """
QLabel { background: transparent; }
QLabel[role="display"] { font-size: $display_px; font-weight: 600; color: $text; }
QLabel[role="title"] { font-size: $title_px; font-weight: 600; color: $text; }
QLabel[role="lead"] { font-size: $lead_px; color: $text; }
QLabel[role="strong"] { font-weight: 600; color: $text; }
QLabel[role="small"] { font-size: $small_px; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="ok"] { color: $ok; }
"""

_BUTTONS = """
QPushButton {
  background: $surface; color: $text; border: 1px solid $outline; border-radius: 4px;
  padding: 0 15px; min-height: 30px;
}
QPushButton:hover { background: $tint; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $focus; padding: 0 14px; min-height: 28px; }
QPushButton:disabled { color: $muted; border: 1px dashed $outline; background: transparent; }
QPushButton:checked { background: $tint; border-color: $accent; color: $text; }
QPushButton[role="primary"], QPushButton:default {
  background: $accent; color: $accent_text; border: 1px solid $accent; font-weight: 600;
}
QPushButton[role="primary"]:hover, QPushButton:default:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus, QPushButton:default:focus { border: 2px solid $text; padding: 0 14px; }
QPushButton[role="primary"]:disabled, QPushButton:default:disabled {
  background: transparent; color: $muted; border: 1px dashed $outline;
}
QPushButton[role="danger"] { color: $danger; border-color: $danger; background: $surface; }
QPushButton[role="danger"]:hover { background: $tint; }
QPushButton[role="danger"]:focus { border: 2px solid $danger; padding: 0 14px; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 0 7px; }
QPushButton[role="quiet"]:hover { background: $tint; }
QPushButton[role="quiet"]:focus { border: 2px solid $focus; padding: 0 6px; }
QPushButton[role="quiet"]:disabled { color: $muted; }
QToolButton {
  background: transparent; color: $text; border: 1px solid transparent; border-radius: 4px;
  padding: 3px 8px; min-height: 20px;
}
QToolButton:hover { background: $tint; }
QToolButton:checked { background: $tint; border-color: $accent; }
QToolButton:focus { border: 2px solid $focus; padding: 2px 7px; }
QToolButton:disabled { color: $muted; }
QToolButton[popupMode="1"], QToolButton[popupMode="2"] { padding-right: 20px; }
QToolButton::menu-indicator { image: url("$icons/down-$scheme.svg"); width: 12px; height: 12px;
  subcontrol-position: right center; subcontrol-origin: padding; right: 4px; }
QPushButton::menu-indicator { image: url("$icons/down-$scheme.svg"); width: 12px; height: 12px;
  subcontrol-position: right center; subcontrol-origin: padding; right: 6px; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; padding: 3px 2px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; border-radius: 4px; padding: 1px 0; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QCheckBox::indicator, QAbstractItemView::indicator {
  width: 14px; height: 14px; border: 1px solid $outline; border-radius: 3px; background: $surface;
}
QRadioButton::indicator {
  width: 14px; height: 14px; border: 1px solid $outline; border-radius: 8px; background: $surface;
}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$icons/check-on-$scheme.svg");
}
QRadioButton::indicator:checked { border-color: $accent; image: url("$icons/dot-$scheme.svg"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: transparent; border-color: $line; }
QCheckBox::indicator:checked:disabled { background: $muted; border-color: $muted; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $outline; border-radius: 4px;
  selection-background-color: $accent; selection-color: $accent_text;
}
QLineEdit, QComboBox, QAbstractSpinBox { padding: 0 7px; min-height: 30px; }
QPlainTextEdit, QTextEdit { padding: 5px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $focus; padding: 0 6px; min-height: 28px;
}
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 4px; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"] {
  background: transparent; border: 1px solid $line;
}
QTextBrowser[role="paper"] { background: $surface; border: 1px solid $line; border-radius: 0; padding: 0; }
QTextBrowser[role="paper"]:focus { border: 2px solid $focus; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
  background: transparent; color: $muted; border: 1px solid $line;
}
QLineEdit[state="danger"], QPlainTextEdit[state="danger"], QComboBox[state="danger"],
QAbstractSpinBox[state="danger"] { border: 2px solid $danger; }
QLineEdit[state="warn"], QPlainTextEdit[state="warn"], QComboBox[state="warn"],
QAbstractSpinBox[state="warn"] { border: 2px solid $warn; }
QComboBox::drop-down { border: 0; width: 24px; subcontrol-position: right center; }
QComboBox::down-arrow { image: url("$icons/down-$scheme.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
  background: $surface; border: 1px solid $outline; outline: 0; padding: 4px 0;
  selection-background-color: $tint; selection-color: $text;
}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
  border: 0; padding: 0 0 0 7px; min-height: 0; background: transparent;
}
QComboBox QLineEdit { padding: 0; }
QDateEdit::drop-down, QDateTimeEdit::drop-down {
  border: 0; width: 24px; background: transparent; subcontrol-origin: border; subcontrol-position: right center;
}
QDateEdit::down-arrow, QDateTimeEdit::down-arrow {
  image: url("$icons/down-$scheme.svg"); width: 12px; height: 12px;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 20px; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $tint; }
QAbstractSpinBox::up-arrow { image: url("$icons/up-$scheme.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/down-$scheme.svg"); width: 10px; height: 10px; }
QGroupBox { border: 1px solid $line; border-radius: 4px; margin-top: 24px; padding: 8px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: 0; left: 0; }
QProgressBar {
  background: $surface; border: 1px solid $outline; border-radius: 4px; text-align: center; min-height: 16px;
}
QProgressBar::chunk { background: $accent; }
"""

_VIEWS = """
QAbstractItemView { background: $surface; color: $text; border: 1px solid $line; outline: 0; }
QTableView { gridline-color: $line; alternate-background-color: $panel;
  selection-background-color: $tint; selection-color: $text; }
QListView, QTreeView { selection-background-color: $tint; selection-color: $text; }
QListView::item, QTreeView::item { padding: 4px 8px; }
QListView[role="sections"] { background: transparent; border: 1px solid transparent; }
QListView[role="sections"]::item { border-radius: 4px; color: $text; }
QTableView::item { padding: 2px 6px; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected { background: $tint; color: $text; }
QTableView::item:focus { border: 2px solid $focus; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid $focus; }
QTableView QLineEdit, QTableView QComboBox, QTableView QPlainTextEdit { border-radius: 0; min-height: 20px; }
QHeaderView { background: $panel; border: 0; }
QHeaderView::section {
  background: $panel; color: $muted; border: 0; border-bottom: 1px solid $outline; border-right: 1px solid $line;
  padding: 5px 9px; font-size: $small_px; font-weight: 600;
}
QTableCornerButton::section { background: $panel; border: 0; border-bottom: 1px solid $outline; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $outline; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $accent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $panel; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $accent_text; }
QCalendarWidget QToolButton { color: $text; }
"""

_BARS = """
QMenuBar { background: $panel; color: $text; border-bottom: 1px solid $line; padding: 2px 8px; }
QMenuBar::item { background: transparent; padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: $tint; }
QMenu { background: $surface; color: $text; border: 1px solid $outline; padding: 4px 0; }
QMenu::item { padding: 6px 32px 6px 32px; }
QMenu::item:selected { background: $tint; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QMenu::indicator { width: 12px; height: 12px; left: 12px; }
QMenu::indicator:checked { image: url("$icons/check-$scheme.svg"); }
QStatusBar { background: $panel; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: 0; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; background: transparent; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $muted; border: 0; border-bottom: 3px solid transparent;
  padding: 6px 12px 5px 12px;
}
QTabBar::tab:selected { color: $text; border-bottom: 3px solid $accent; font-weight: 600; }
QTabBar::tab:hover { color: $text; background: $tint; }
QTabBar::tab:focus { border: 2px solid $focus; border-bottom: 3px solid $accent; padding: 4px 10px 5px 10px; }
QToolBar { background: $panel; border: 0; border-bottom: 1px solid $line; spacing: 4px; padding: 4px 8px; }
QToolBar::separator { background: $line; width: 1px; margin: 4px; }
"""
