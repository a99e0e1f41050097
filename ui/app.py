"""The application: Qt set up in our colours and our language, the window painted first, the rest loaded after it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from lkip_desktop import __version__
from ui import indonesian, single, theme
from ui.collector import Collector
from ui.main_window import MainWindow
from ui.settings import APPLICATION, ORGANIZATION, Settings

if TYPE_CHECKING:
    from ui.desk import Desk

LATEST_MS = 400


def build_application(arguments: list[str]) -> QApplication:
    """The QApplication with our names and Indonesian; the theme follows with the window."""
    app = QApplication([*arguments, "-style", "fusion"])
    app.setProperty(theme.IS_FUSION, True)
    app.setOrganizationName(ORGANIZATION)
    app.setApplicationName(APPLICATION)
    app.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("lkip-desktop")
    indonesian.install(app)
    Collector(app)
    return app


def build_window(app: QApplication, settings: Settings, make_desk: Callable[[], Desk], choice: str = "") -> MainWindow:
    """The window, themed as chosen; `choice` goes before the setting and is not kept."""
    theme.apply(app, theme.chosen(choice or settings.theme))
    return MainWindow(settings, make_desk)


def offer_themes(app: QApplication, window: MainWindow, choice: str) -> None:
    """Let the menu choose the theme, and follow the desktop's light and dark while the choice is to follow it."""
    now = choice or window.settings.theme

    def choose(name: str) -> None:
        nonlocal now
        now = window.settings.theme = name
        theme.apply(app, theme.chosen(name))

    def follow(_: object = None) -> None:
        if now == theme.SYSTEM:
            theme.apply(app, theme.chosen(theme.SYSTEM))

    window.menus.on_theme(now, choose)
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(follow)
    window.destroyed.connect(lambda: hints.colorSchemeChanged.disconnect(follow))
    follow()


def run(make_desk: Callable[[], Desk], *, file: Path | None = None, sample: bool = False, choice: str = "") -> int:
    """Show the window, then open what was asked for, and run until it is closed. The exit status.

    When a window of this person runs already, it gets the file and comes forward, and this start ends at once.
    """
    app = build_application(sys.argv[:1])
    running = single.channel()
    # The sample is asked for by whoever tries the program out: it gets a window of its own.
    if running is not None and not running.listen() and not sample and running.hand_over(file):
        return 0
    window = build_window(app, Settings(), make_desk, choice)
    if running is not None:
        running.asked.connect(lambda path: single.come_forward(window, path))
    after_first_paint(window, lambda: begin(app, window, file=file, sample=sample, choice=choice))
    window.appear()
    return app.exec()


class _FirstPaint(QObject):
    """Runs something once, when the first frame of a window is on the screen."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then: Callable[[], object] | None = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # Queued behind the paint of the children, which belongs to the same frame.
            QTimer.singleShot(0, self, self.run)
        return False

    def run(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()


def after_first_paint(window: QWidget, then: Callable[[], object]) -> None:
    """Call `then` once after the window was painted; soon in any case, since a minimised window is not painted."""
    QTimer.singleShot(LATEST_MS, window, _FirstPaint(window, then).run)


def begin(
    app: QApplication, window: MainWindow, *, file: Path | None = None, sample: bool = False, choice: str = ""
) -> None:
    """What follows the first paint: menus, crash report and log, then the file, the sample, or the work folder."""
    from PySide6.QtGui import QIcon

    from lkip_desktop import places
    from ui import resume
    from ui.crash import Reporter, log_folder, start_logging

    reporter = Reporter(log_folder(), window)
    reporter.install()
    reporter.told.connect(lambda problem: window.banner.say("danger", problem))
    app.setWindowIcon(QIcon(str(places.root() / "icons" / "lkip-desktop.svg")))
    running = start_logging(reporter.folder)
    if running is not None:
        app.aboutToQuit.connect(running.close)
    if running is not None and running.left:
        left = running.left
        window.banner.say(
            "warn",
            "Program berhenti mendadak terakhir kali. Data aman sampai simpanan terakhir.",
            [("Salin rincian", lambda: QGuiApplication.clipboard().setText(left))],
        )
    offer_themes(app, window, choice)
    window.refresh()
    resume.CalmEnd(app, window)
    resume.clear_remains_later(window)
    if not sample and resume.come_back(window, file):
        return
    if file is not None:
        window.open_path(file)
    elif sample:
        window.open_sample()
    else:
        window.cardsShown.connect(lambda: _remind(window), Qt.ConnectionType.SingleShotConnection)
        window.refresh_home()


def _remind(window: MainWindow) -> None:
    from ui.archive.terms import remind

    remind(window)
