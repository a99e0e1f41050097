"""Windows that tests show and wait for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def activate(qtbot: QtBot, window: QWidget) -> None:
    """Show a window and give it the keys.

    QTest's own waiting (qWait, waitExposed, waitActive) keeps the interpreter from every other thread. What it then
    destroys may wait for one of them: for ever, and beyond the reach of a time limit.
    """
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
