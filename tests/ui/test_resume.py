"""A sudden end: the next start comes back to the same cycle and step, with what was typed; a calm one ends calmly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.files import CycleFiles
from lkip_desktop.backups import FOLDER
from tests.db.support import worked_on

ROOT = Path(__file__).resolve().parents[2]

# The program itself on settings of its own: it types into a field of step 1 and says when that was kept.
PROGRAM = """
import os, sys, time
from pathlib import Path
import main
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from ui import app as application, resume
from ui.settings import Settings
folder, what = Path(sys.argv[1]), sys.argv[2]
app = application.build_application(["lkip"])
settings = Settings(folder / "pengaturan.ini")
settings.work_folder = folder
window = application.build_window(app, settings, main.make_desk)
window.show()
def type_():
    window.open_path(folder / "LKIP-2026.lkip")
    page = window.work.cycle_page
    page.show_step("format")
    page.show_step("disposisi")
    QTest.keyClicks(page.panel.page.form.boxes["circular_agenda"].editor.inner(), "agenda 77")
    window.work.session.saved.connect(lambda: print("saved", flush=True))
    print("typed", flush=True)
def pour():
    # Types without a pause, and says of each key when it was typed.
    window.open_path(folder / "LKIP-2026.lkip")
    page = window.work.cycle_page
    page.show_step("format")
    page.show_step("disposisi")
    line = page.panel.page.form.boxes["circular_subject"].editor.inner()
    line.clear()
    def key():
        QTest.keyClicks(line, "x")
        print(time.monotonic(), flush=True)
    timer = QTimer(window, interval=80)
    timer.timeout.connect(key)
    timer.start()
def look():
    work = window.work
    print("back", work.path.name if work else "-", work.cycle_page.step if work else "-",
          work.session.state.text("circular_agenda") if work else "-", flush=True)
    print(len(work.session.state.text("circular_subject")) if work else 0, flush=True)
    resume.clear_remains(window).finished.connect(lambda: (print("cleared", flush=True), window.close()))
application.begin(app, window)
QTimer.singleShot(40000, lambda: os._exit(3))
QTimer.singleShot(0, {"type": type_, "pour": pour, "look": look}[what])
sys.exit(app.exec())
"""


def program(folder: Path, what: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = [sys.executable, "-c", PROGRAM, str(folder), what]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    worked_on(tmp_path / "LKIP-2026.lkip")
    return tmp_path


def test_what_was_typed_two_seconds_before_the_kill_is_back_at_the_same_step(folder: Path) -> None:
    with program(folder, "type") as running:
        assert said(running) == "typed"
        assert said(running) == "saved"
        running.kill()
    half_made = folder / FOLDER / "LKIP-2026" / f".lkip-{running.pid:x}-abcdef.partial"
    half_made.parent.mkdir(parents=True, exist_ok=True)
    half_made.write_bytes(b"setengah")
    with program(folder, "look") as again:
        assert said(again) == "back LKIP-2026.lkip disposisi agenda 77"
        assert [int(said(again)) > 0, said(again)] == [True, "cleared"]
    assert not half_made.exists()
    with program(folder, "look") as home:
        assert [said(home), said(home), said(home)] == ["back - - -", "0", "cleared"]


def test_typing_without_a_pause_is_kept_but_for_the_last_two_seconds(folder: Path) -> None:
    keys: list[float] = []
    with program(folder, "pour") as running:
        while not keys or keys[-1] - keys[0] < 6.3:
            keys.append(float(said(running)))
        running.kill()
        killed = time.monotonic()
    with program(folder, "look") as again:
        assert said(again).startswith("back LKIP-2026.lkip disposisi")
        kept = int(said(again))
        assert said(again) == "cleared"
    assert kept >= sum(key < killed - 2 for key in keys) > 30


def test_a_system_that_shuts_down_keeps_what_is_being_typed(folder: Path) -> None:
    with program(folder, "type") as running:
        assert said(running) == "typed"
        running.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        assert running.wait(20) == 0
        assert time.monotonic() - begun < 15
    opening = CycleFiles().open(folder / "LKIP-2026.lkip")
    assert opening.store is not None
    assert opening.message == ""
    assert opening.store.events()[-1].data["changes"] == {"circular_agenda": "agenda 77"}
    opening.store.close()
    with program(folder, "look") as home:
        assert [said(home), said(home), said(home)] == ["back - - -", "0", "cleared"]
