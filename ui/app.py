"""The application: Qt set up in our colours and our language, the window painted first, the rest loaded after it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from lkip_desktop import __version__
from ui import indonesian, theme
from ui.main_window import MainWindow
from ui.settings import APPLICATION, ORGANIZATION, Settings

if TYPE_CHECKING:
    from ui.desk import Desk


def build_application(arguments: list[str]) -> QApplication:
    """The QApplication with our names and Indonesian; the theme follows with the window."""
    app = QApplication(arguments)
    app.setOrganizationName(ORGANIZATION)
    app.setApplicationName(APPLICATION)
    app.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("lkip-desktop")
    indonesian.install(app)
    return app


def build_window(app: QApplication, settings: Settings, make_desk: Callable[[], Desk], choice: str = "") -> MainWindow:
    """The window, themed as chosen; `choice` goes before the setting and is not kept."""
    theme.apply(app, theme.chosen(choice or settings.theme))
    window = MainWindow(settings, make_desk)

    def choose(name: str) -> None:
        settings.theme = name
        theme.apply(app, theme.chosen(name))

    window.menus.on_theme(choice or settings.theme, choose)
    app.styleHints().colorSchemeChanged.connect(lambda _: _follow_desktop(app, settings))
    return window


def _follow_desktop(app: QApplication, settings: Settings) -> None:
    if settings.theme == theme.SYSTEM:
        theme.apply(app, theme.chosen(theme.SYSTEM))


def run(make_desk: Callable[[], Desk], *, file: Path | None = None, sample: bool = False, choice: str = "") -> int:
    """Show the window, then open what was asked for, and run until it is closed. The exit status."""
    app = build_application(sys.argv[:1])
    window = build_window(app, Settings(), make_desk, choice)
    window.show()
    # The first frame is on the screen before anything heavy is imported.
    QTimer.singleShot(0, window, lambda: begin(window, file=file, sample=sample))
    return app.exec()


def begin(window: MainWindow, *, file: Path | None = None, sample: bool = False) -> None:
    """What follows the first paint: crash report and log, then the file, the sample, or the work folder's cycles."""
    from ui.crash import Reporter, log_folder, start_logging

    reporter = Reporter(log_folder(), window)
    reporter.install()
    running = start_logging(reporter.folder)
    app = QApplication.instance()
    if running is not None and app is not None:
        app.aboutToQuit.connect(running.close)
    if running is not None and running.left:
        left = running.left
        window.banner.say(
            "warn",
            "Program berhenti mendadak terakhir kali. Data aman sampai simpanan terakhir.",
            [("Salin rincian", lambda: QGuiApplication.clipboard().setText(left))],
        )
    if file is not None:
        window.open_path(file)
    elif sample:
        window.open_sample()
    else:
        window.refresh_home()
