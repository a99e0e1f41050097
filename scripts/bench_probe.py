"""Runs a program until its first window, or its flowchart, has been painted once, and ends it there.

Usage: ``bench_probe.py window|chart PROGRAM [ARGUMENT...]``. Prints ``RSS`` and the memory in KiB. Takes the Qt that
the program's own Python has: PySide6, else PyQt6.
"""

from __future__ import annotations

import os
import runpy
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

BINDING = "PySide6" if find_spec("PySide6") else "PyQt6"
core: Any = import_module(f"{BINDING}.QtCore")
widgets: Any = import_module(f"{BINDING}.QtWidgets")


def end() -> None:
    status = Path("/proc/self/status")
    lines = status.read_text("ascii").splitlines() if status.exists() else []
    used = next((line.split()[1] for line in lines if line.startswith("VmRSS")), "0")
    print(f"RSS {used}", flush=True)
    os._exit(0)


class _Watch(core.QObject):  # type: ignore[misc]
    def __init__(self, stop: str) -> None:
        super().__init__()
        self.stop = stop

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if event.type() == core.QEvent.Type.Paint and self._wanted(watched):
            core.QTimer.singleShot(0, end)
        return False

    def _wanted(self, watched: Any) -> bool:
        if self.stop == "window":
            return isinstance(watched, widgets.QMainWindow)
        parent = watched.parent()
        return parent is not None and type(parent).__name__ == "FlowchartView"


def main() -> None:
    stop, program, *arguments = sys.argv[1:]
    sys.argv = [program, *arguments]
    sys.path.insert(0, str(Path(program).parent))
    watch = _Watch(stop)

    class Watched(widgets.QApplication):  # type: ignore[misc]
        def __init__(self, given: list[str]) -> None:
            super().__init__(given)
            self.installEventFilter(watch)

    widgets.QApplication = Watched
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main()
