"""Every fault that fuzzing ever found stays mended, and a short run finds no new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz import TARGETS, broken_by, damaged, kept, run

FOUND = list(kept())


@pytest.mark.parametrize(("target", "path"), FOUND, ids=[f"{target}/{path.name}" for target, path in FOUND])
def test_a_fault_once_found_stays_mended(target: str, path: Path) -> None:
    assert broken_by(target, path.read_bytes()) == ""


@pytest.mark.parametrize("target", TARGETS)
def test_a_short_run_finds_nothing(target: str, record_property: Callable[[str, object], None]) -> None:
    """The same tries each time; `make fuzz` looks further."""
    tries, faults = run(target, 1.5, seed=0)
    assert tries > 3
    record_property("figure: fuzz tries", tries)
    assert [fault.said for fault in faults] == []


@pytest.mark.parametrize("target", TARGETS)
def test_undamaged_seeds_are_taken(target: str) -> None:
    for seed in TARGETS[target].seeds():
        TARGETS[target].read(seed) if target != "package" else broken_by(target, seed)


def test_the_run_reports_what_a_reader_may_not_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(data: bytes) -> None:
        if b"\x00" in data:
            raise IndexError("careless")

    monkeypatch.setitem(TARGETS, "message", type(TARGETS["message"])(lambda: [b"abc\x00def"], careless))
    _, faults = run("message", 0.2, seed=1)
    assert len(faults) == 1
    assert "IndexError: careless" in faults[0].said


def test_damage_is_the_same_for_the_same_seed() -> None:
    import random

    seed = TARGETS["docx"].seeds()[0]
    assert damaged(seed, random.Random(7)) == damaged(seed, random.Random(7)) != seed
