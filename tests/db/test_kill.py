"""Killed at random moments nothing that was acknowledged is lost; the long run is ``make kill-test``."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import kill_test
import pytest

from tests.db.support import worked_on

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_acknowledged_is_lost() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "kill_test.py"), "--kills", "100", "--seconds", "60"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=170)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = re.match(r"kills (\d+), acknowledged acts (\d+) .*losses = 0;", done.stdout)
    assert figures is not None, done.stdout
    assert int(figures[1]) >= 30
    assert int(figures[2]) >= 30


@pytest.fixture
def place(tmp_path: Path) -> kill_test.Place:
    seed = worked_on(tmp_path / "asal" / "benih.lkip")
    return kill_test.Place(tmp_path / "kerja", seed)


def test_the_judge_finds_a_lost_act(place: kill_test.Place) -> None:
    assert kill_test.losses(place, []) == []
    assert "acknowledged acts are not there" in kill_test.losses(place, [{"act": "filled", "digest": "0" * 64}])[0]


def test_the_judge_finds_what_is_left_behind_and_what_is_damaged(place: kill_test.Place) -> None:
    (place.folder / ".lkip-1-abcdef.partial").write_bytes(b"milik proses yang hidup")
    assert kill_test.losses(place, []) == ["left behind: .lkip-1-abcdef.partial"]
    (place.folder / ".lkip-1-abcdef.partial").unlink()
    data = place.cycle.read_bytes()
    place.cycle.write_bytes(data[: len(data) // 2])
    assert kill_test.losses(place, [])[0].startswith("does not open: damaged")


def test_the_judge_finds_a_child_that_fails(place: kill_test.Place) -> None:
    assert kill_test.losses(place, [{"failed": "ValueError()"}]) == ["the child failed: ValueError()"]
