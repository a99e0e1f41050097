"""A fault at each step of making, exporting, backing up, restoring, migrating, rescuing: a sentence, nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db import sqlite
from db.files import CycleFiles
from lkip_desktop import backups, office, rescue, resources
from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.office import NewCycle
from lkip_desktop.ports import SystemClock
from lkip_desktop.workflow.events import Who
from tests.db.support import NOON, is_a_sentence, worked_on

FAULTS = {
    "no space": errno.ENOSPC,
    "no right": errno.EACCES,
    "held": errno.EBUSY,
    "gone": errno.ENOENT,
    "io": errno.EIO,
}
POINTS = {"fsync": (os, "fsync"), "replace": (Path, "replace"), "link": (os, "link"), "copy": (sqlite, "copy")}
OLD = Path("tests/old_files/LKIP-2026-v1.lkip")
files, clock = CycleFiles(), SystemClock()


def create(folder: Path) -> None:
    office.create_cycle(files, folder / "baru.lkip", NewCycle(2026, resources.sop_text()), Who("Rina"), clock).close()


def export(folder: Path) -> None:
    office.export(folder / "surat.pdf", lambda _: b"baru", source=folder / "LKIP-2026.lkip", overwrite=True)


def back_up(folder: Path) -> None:
    backups.back_up(files, folder / "LKIP-2026.lkip", NOON, always=True)


def restore(folder: Path) -> None:
    backups.restore(files, folder / "cadangan.lkip", folder / "pulih.lkip")


def migrate(folder: Path) -> None:
    opening = files.open(folder / "lama.lkip")
    if opening.store is None:
        raise UserError(opening.message)
    opening.store.close()


def save_the_rest(folder: Path) -> None:
    rescue.rescue(files, folder / "LKIP-2026.lkip", folder / "selamat.lkip")


OPERATIONS: list[Callable[[Path], None]] = [create, export, back_up, restore, migrate, save_the_rest]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "kerja"
    path = worked_on(folder / "LKIP-2026.lkip")
    shutil.copyfile(path, folder / "cadangan.lkip")
    shutil.copyfile(OLD, folder / "lama.lkip")
    (folder / "surat.pdf").write_bytes(b"lama")
    return folder


def failing(real: Callable[..., object], at: int, code: int, struck: list[int]) -> Callable[..., object]:
    """The same function, whose call number `at` fails."""

    def call(*arguments: object, **named: object) -> object:
        struck[0] += 1
        if struck[0] == at:
            raise OSError(code, os.strerror(code))
        return real(*arguments, **named)

    return call


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_each_step(
    tmp_path: Path,
    prepared: Path,
    operation: Callable[[Path], None],
    fault: str,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    injected = 0
    for owner, name in POINTS.values():
        for at in range(1, 12):
            folder = tmp_path / f"{name}-{at}"
            shutil.copytree(prepared, folder)
            struck = [0]
            with monkeypatch.context() as patch:
                patch.setattr(owner, name, failing(getattr(owner, name), at, FAULTS[fault], struck))
                problem = ""
                try:
                    operation(folder)
                except (UserError, EnvironmentProblem) as told:
                    problem = str(told)
            if struck[0] < at:
                break
            injected += 1
            require_all_there(folder, prepared)
            assert not problem or is_a_sentence(problem), problem
    record_property("figure: faults", injected)
    record_property("figure: losses", 0)
    assert injected


def require_all_there(folder: Path, prepared: Path) -> None:
    """The state before, or the whole state after; nothing half-made."""
    for name in ("LKIP-2026.lkip", "cadangan.lkip"):
        assert (folder / name).read_bytes() == (prepared / name).read_bytes()
    assert (folder / "surat.pdf").read_bytes() in (b"lama", b"baru")
    assert files.peek(folder / "lama.lkip").events == files.peek(prepared / "lama.lkip").events
    assert not [left for left in folder.rglob("*") if left.name.startswith(".lkip-")]
    for path in folder.rglob("*.lkip"):
        assert list(files.check(path)) == [], path


def test_a_working_folder_that_is_gone_is_said(tmp_path: Path, prepared: Path) -> None:
    folder = Path(shutil.copytree(prepared, tmp_path / "kerja"))
    cycle, opening = office.open_cycle(files, folder / "LKIP-2026.lkip", clock)
    assert cycle is not None, opening
    folder.rename(tmp_path / "dipindah")
    with pytest.raises(EnvironmentProblem, match="dipindahkan, dihapus"):
        office.fill(cycle, Who("Rina"), {"circular_number": "7"})
    with pytest.raises(EnvironmentProblem, match="Cadangan belum dibuat"):
        backups.back_up(files, folder / "LKIP-2026.lkip", NOON)
    (tmp_path / "dipindah").rename(folder)
    assert isinstance(office.fill(cycle, Who("Rina"), {"circular_number": "7"}), office.Changed)
    assert office.snapshot(cycle, date(2027, 2, 26)).state.text("circular_number") == "7"
    cycle.close()
