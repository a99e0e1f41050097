"""Runs a program until its first window, or its flowchart, has been painted once, and ends it there.

Usage: ``bench_probe.py window|chart PROGRAM [ARGUMENT...]``.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer


class _Watch(QObject):
    def __init__(self, stop: str) -> None:
        super().__init__()
        self.stop = stop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._wanted(watched):
            QTimer.singleShot(0, lambda: os._exit(0))
        return False

    def _wanted(self, watched: QObject) -> bool:
        if self.stop == "window":
            return isinstance(watched, QtWidgets.QMainWindow)
        parent = watched.parent()
        return parent is not None and type(parent).__name__ == "FlowchartView"


def main() -> None:
    stop, program, *arguments = sys.argv[1:]
    sys.argv = [program, *arguments]
    sys.path.insert(0, str(Path(program).parent))
    watch = _Watch(stop)

    class Watched(QtWidgets.QApplication):
        def __init__(self, given: list[str]) -> None:
            super().__init__(given)
            self.installEventFilter(watch)

    QtWidgets.QApplication = Watched  # type: ignore[misc,assignment]
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main()
