"""The real program on a real screen, read and used through AT-SPI as a screen reader does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_all_is_named_the_flowchart_is_read_and_a_step_is_completed() -> None:
    script = str(ROOT / "scripts" / "at_spi.py")
    done = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Flowchart: 10 rows, 6 columns" in done.stdout
    assert "After: Langkah 6 dari 10: giliran Sekretaris" in done.stdout
