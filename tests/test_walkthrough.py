"""The demo's own helpers: what the unseen screen says for every window is not shown to people."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"

PROGRAM = """
import walkthrough
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QWidget

walkthrough.hush_unseen_screen()
app = QApplication([])
window = QWidget()
window.show()
window.resize(300, 200)
app.processEvents()
qWarning("something else")
"""


def test_only_what_an_unseen_screen_cannot_do_is_dropped() -> None:
    paths = os.pathsep.join([str(SCRIPTS), str(SCRIPTS.parent)])
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": paths}
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.splitlines() == ["something else"]
