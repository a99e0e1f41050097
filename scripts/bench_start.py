"""Cold start and memory beside a bare PySide6 window and beside novelWriter, which is put into a venv of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
PROBE = str(ROOT / "scripts" / "bench_probe.py")
NOVELWRITER = ROOT / "build" / "novelwriter-venv"
ROUNDS = 9
A_BARE, NO_AIM = "a bare QMainWindow with one label", "(told beside)"

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("LKIP"))
window.resize(1200, 700)
window.show()
app.exec()
"""
NOVEL = """
import sys
from novelwriter import main
main(sys.argv[1:])
"""

Report = Callable[[str, float, float, str, str], float]


def start(sample: Callable[[Path], Path], report: Report) -> dict[str, float]:
    """From the start of the process to the first painted window, to the painted flowchart, and the memory then."""
    python = novelwriter()
    with tempfile.TemporaryDirectory() as folder:
        path = sample(Path(folder))
        environment = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # users have compiled modules
        bare, novel = Path(folder) / "bare.py", Path(folder) / "novel.py"
        bare.write_text(BARE, encoding="utf-8")
        novel.write_text(NOVEL, encoding="utf-8")
        runs = {
            "ours": [sys.executable, PROBE, "window", str(ROOT / "main.py")],
            "chart": [sys.executable, PROBE, "chart", str(ROOT / "main.py"), str(path)],
            "bare": [sys.executable, PROBE, "window", str(bare)],
            "novel": [python, PROBE, "window", str(novel)] if python else [],
        }
        times, memory = measured({name: command for name, command in runs.items() if command}, environment)
    figures = {
        "start_window": report(
            "cold start to the first painted window", times["ours"], times["bare"], A_BARE, "<= 1.5x"
        ),
        "start_chart": report("cold start to the painted flowchart", times["chart"], times["bare"], A_BARE, NO_AIM),
        "memory": told("memory with the window painted", memory["ours"], memory["bare"], A_BARE, "<= 1.6x"),
        "memory_chart": told("memory with a cycle open", memory["chart"], memory["bare"], A_BARE, NO_AIM),
    }
    if "novel" in times:
        against = "novelWriter"
        figures["start_novelwriter"] = report("cold start", times["ours"], times["novel"], against, "<= 0.6x")
        figures["memory_novelwriter"] = told("memory", memory["ours"], memory["novel"], against, NO_AIM)
    return figures


def measured(
    runs: Mapping[str, list[str]], environment: Mapping[str, str]
) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds and median MiB of each command; they take turns, so that a busy moment touches all alike."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    memory: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(ROUNDS + 1):
        for name, command in runs.items():
            begun = perf_counter()
            done = subprocess.run(command, env=environment, check=True, cwd=ROOT, capture_output=True, text=True)
            taken = perf_counter() - begun
            if turn:  # the first one compiles and fills the disk's cache
                times[name].append(taken)
                memory[name].append(int(done.stdout.rsplit("RSS", 1)[1]) / 1024)
    return ({n: statistics.median(t) for n, t in times.items()}, {n: statistics.median(m) for n, m in memory.items()})


def told(label: str, ours: float, baseline: float, against: str, aim: str) -> float:
    ratio = ours / baseline
    print(f"{label}: {ours:.0f} MiB, {ratio:.2f}x of {against} ({baseline:.0f} MiB), aim {aim}", flush=True)
    return round(ratio, 3)


def novelwriter() -> str:
    """The Python of a venv that has novelWriter, made at the first time; empty, with a word, when it cannot be had."""
    python = NOVELWRITER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(NOVELWRITER)], check=True)
    for attempt in ([], [str(python), "-m", "pip", "install", "--quiet", "novelWriter"]):
        if attempt:
            subprocess.run(attempt, check=False, capture_output=True)
        if not subprocess.run([str(python), "-c", "import novelwriter"], check=False, capture_output=True).returncode:
            return str(python)
    print("novelWriter cannot be installed here, so nothing is compared with it.", flush=True)
    return ""
