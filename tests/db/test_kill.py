"""Killed at random moments nothing that was acknowledged is lost; the long run is ``make kill-test``."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import kill_test
import pytest

from tests.db.support import worked_on

KILLS = 500
ROOT = Path(__file__).resolve().parents[2]


# About 70 s on two idle cores; a busy machine gets what it needs.
@pytest.mark.timeout(480)
def test_nothing_acknowledged_is_lost(record_property: Callable[[str, object], None]) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "kill_test.py"), "--kills", str(KILLS), "--seconds", "420"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=470)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = re.match(r"kills (\d+), acknowledged acts (\d+) .*losses = (\d+);", done.stdout)
    assert figures is not None, done.stdout
    for name, count in zip(("kills", "acknowledged acts", "losses"), figures.groups(), strict=True):
        record_property(f"figure: {name}", int(count))
    assert int(figures[1]) >= KILLS
    assert int(figures[2]) >= KILLS // 2
    assert int(figures[3]) == 0
    within = dict(re.findall(r"(\w+) (\d+)", done.stdout.partition("killed within:")[2].splitlines()[0]))
    assert {"attach", "back_up", "migrate", "opening"} <= within.keys()


@pytest.fixture
def place(tmp_path: Path) -> kill_test.Place:
    seed = worked_on(tmp_path / "asal" / "benih.lkip")
    return kill_test.Place(tmp_path / "kerja", seed)


def test_the_judge_finds_a_lost_act(place: kill_test.Place) -> None:
    assert kill_test.losses(place, []) == []
    assert "acknowledged acts are not there" in kill_test.losses(place, [{"act": "filled", "digest": "0" * 64}])[0]


def test_the_judge_finds_an_export_that_was_lost(place: kill_test.Place) -> None:
    first, second = b"%PDF-1.4 satu %%EOF", b"%PDF-1.4 dua %%EOF"
    acks = [
        {"act": "exported", "file": "a.pdf", "sha256": hashlib.sha256(data).hexdigest()} for data in (first, second)
    ]
    (place.exports / "a.pdf").write_bytes(second)
    assert kill_test.losses(place, acks) == []
    for lost in (first, second[:-1]):
        (place.exports / "a.pdf").write_bytes(lost)
        assert kill_test.losses(place, acks) == ["export a.pdf is not whole or not the last one"]


def test_it_is_told_within_which_act_a_kill_fell() -> None:
    assert kill_test.struck([]) == "opening"
    opened = {"act": "opened"}
    assert kill_test.struck([opened, {"begins": "attach"}]) == "attach"
    assert kill_test.struck([opened, {"begins": "attach"}, {"act": "attached"}]) == "between"


def test_the_judge_finds_what_is_left_behind_and_what_is_damaged(place: kill_test.Place) -> None:
    (place.folder / ".lkip-1-abcdef.partial").write_bytes(b"milik proses yang hidup")
    assert kill_test.losses(place, []) == ["left behind: .lkip-1-abcdef.partial"]
    (place.folder / ".lkip-1-abcdef.partial").unlink()
    data = place.cycle.read_bytes()
    place.cycle.write_bytes(data[: len(data) // 2])
    assert kill_test.losses(place, [])[0].startswith("does not open: damaged")


def test_the_judge_finds_a_child_that_fails(place: kill_test.Place) -> None:
    assert kill_test.losses(place, [{"failed": "ValueError()"}]) == ["the child failed: ValueError()"]
