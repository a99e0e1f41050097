"""Puts a colour scheme on the whole application: Fusion, palette, the bundled font and one stylesheet."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from lkip_desktop import places
from ui.stylesheet import stylesheet
from ui.tokens import DARK, HIGH_CONTRAST, LIGHT, TYPE, Tokens

FONT_FAMILY = "Open Sans"
FONT_FILES = ("OpenSans-Regular.ttf", "OpenSans-Semibold.ttf", "OpenSans-Bold.ttf")

IS_FUSION = "is_fusion"
"""Property of an application that was started in Fusion: asking it for its style costs 20 ms at the first time."""

SYSTEM = "sistem"
CHOICES = (SYSTEM, "terang", "gelap", "kontras tinggi")
"""What a person may choose; ``sistem`` follows the desktop's light or dark."""

_SCHEMES = {"terang": LIGHT, "gelap": DARK, "kontras tinggi": HIGH_CONTRAST}


class Notifier(QObject):
    """Tells custom-painted widgets that the colours are others now."""

    changed = Signal(object)  # Tokens


class _Theme:
    tokens: Tokens = LIGHT


@cache
def notifier() -> Notifier:
    """The one notifier of the process."""
    return Notifier()


def current() -> Tokens:
    """The colour scheme in use."""
    return _Theme.tokens


def chosen(choice: str) -> Tokens:
    """The scheme that a choice of CHOICES means on this desktop now; anything else counts as ``sistem``."""
    if choice in _SCHEMES:
        return _SCHEMES[choice]
    return DARK if _desktop_is_dark() else LIGHT


def _desktop_is_dark() -> bool:
    app = QApplication.instance()
    if isinstance(app, QApplication) and not app.styleSheet():
        # Before the first paint: the desktop's palette tells it too, and reading the scheme costs 28 ms more.
        return app.palette().window().color().lightness() < 128
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def apply(app: QApplication, tokens: Tokens) -> None:
    """Give every window this scheme, now and later, and tell the notifier."""
    _Theme.tokens = tokens
    sheet = stylesheet(tokens, places.root() / "icons")
    # Each of these polishes every widget anew.
    if app.styleSheet() != sheet:
        if not app.property(IS_FUSION):
            app.setStyle("Fusion")
            app.setProperty(IS_FUSION, True)
        app.setFont(_font())
        app.setPalette(palette(tokens))
        app.setStyleSheet(sheet)
    notifier().changed.emit(tokens)


def set_role(widget: QWidget, role: str) -> None:
    """Change the ``role`` property of a label or button that is shown already, and its look with it."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


@cache
def _font() -> QFont:
    """The bundled font, so that every PC shows the same metrics; sizes are pixels, scaled by the screen."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(places.root() / "fonts" / name))
    font = QFont(FONT_FAMILY)
    font.setPixelSize(TYPE.body)
    return font


def palette(tokens: Tokens) -> QPalette:
    """The palette for what the stylesheet leaves to Fusion: check boxes, sliders, selections, links."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in {
        roles.Window: tokens.window,
        roles.WindowText: tokens.text,
        roles.Base: tokens.surface,
        roles.AlternateBase: tokens.panel,
        roles.Text: tokens.text,
        roles.Button: tokens.panel,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.danger,
        roles.Light: tokens.surface,
        roles.Midlight: tokens.panel,
        roles.Mid: tokens.line,
        roles.Dark: tokens.outline,
        roles.Shadow: tokens.outline,
        roles.Highlight: tokens.accent,
        roles.HighlightedText: tokens.accent_text,
        roles.Accent: tokens.accent,
        roles.Link: tokens.accent,
        roles.LinkVisited: tokens.accent,
        roles.ToolTipBase: tokens.surface,
        roles.ToolTipText: tokens.text,
        roles.PlaceholderText: tokens.muted,
    }.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return made
