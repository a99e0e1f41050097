"""Uses the real program as a screen reader does, through AT-SPI: reads all of it, and completes a step by actions.

Usage: ``python scripts/at_spi.py``. Needs Debian's python3-pyatspi, at-spi2-core, dbus, openbox and xvfb. Says what
it saw, and ends with status 1 when a control has no name, the flowchart cannot be read, or the step is not completed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READER = ROOT / "scripts" / "at_spi_reader.py"
BUS = "/usr/libexec/at-spi-bus-launcher"
SYSTEM_PYTHON = "/usr/bin/python3"
STEP = "5"


def main() -> int:
    missing = [
        tool for tool in ("dbus-run-session", "Xvfb", "openbox", BUS, SYSTEM_PYTHON) if shutil.which(tool) is None
    ]
    if missing:
        print(f"Missing: {', '.join(missing)}")
        return 1
    if sys.argv[1:] == ["inside"]:
        return inside()
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", str(writing), "-screen", "0", "1366x768x24"], pass_fds=[writing]
    )
    os.close(writing)
    number = os.fdopen(reading).readline().strip()
    try:
        command = ["dbus-run-session", "--", sys.executable, __file__, "inside"]
        return subprocess.run(command, env={**os.environ, "DISPLAY": f":{number}"}, check=False).returncode
    finally:
        screen.terminate()
        screen.wait()


def inside() -> int:
    """With a message bus of its own: the accessibility bus, the program, and the reader."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "LKIP-2026.lkip"
        new = ["-m", "lkip_desktop", "new", str(path), "--year", "2026", "--sample", "--until-step", STEP]
        subprocess.run([sys.executable, *new], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        bus = subprocess.Popen([BUS, "--launch-immediately"], stderr=subprocess.DEVNULL)
        environment = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
        environment |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
        manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
        time.sleep(1)
        program = subprocess.Popen([sys.executable, str(ROOT / "main.py"), str(path)], env=environment, cwd=ROOT)
        try:
            read = subprocess.run([SYSTEM_PYTHON, str(READER), str(path)], env=environment, check=False, timeout=180)
        finally:
            program.terminate()
            program.wait()
            for other in (manager, bus):
                other.terminate()
                other.wait()
        return read.returncode


if __name__ == "__main__":
    sys.exit(main())
