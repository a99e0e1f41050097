"""A full check that was due stays due until it ended well; what SQLite does for long can be stopped."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from db import lock, sqlite
from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.attachments import accept
from lkip_desktop.errors import Cancelled
from lkip_desktop.ports import Outcome, SystemClock
from lkip_desktop.workflow.events import Who
from tests.db.support import worked_on

OLD = Path(__file__).parents[1] / "old_files" / "LKIP-2026-v1.lkip"


def with_scan(path: Path) -> Path:
    cycle, opening = office.open_cycle(CycleFiles(), worked_on(path), SystemClock())
    assert cycle is not None, opening
    scan = accept("Pindaian.pdf", b"%PDF-1.4\n" + b"\xab" * 400_000)
    assert isinstance(office.attach_file(cycle, Who("Siti"), "circular_scan", scan), office.Changed)
    cycle.close()
    return path


def test_damage_found_after_a_sudden_end_is_found_at_each_opening(tmp_path: Path) -> None:
    path = with_scan(tmp_path / "LKIP-2026.lkip")
    data = bytearray(path.read_bytes())
    page = (data.index(b"\xab" * 4092) // 4096 + 3) * 4096
    # The page of a scan that names the next one: only a full check looks at it.
    data[page : page + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    lock.leave_note(path, "Siti")
    assert [CycleFiles().open(path).outcome for _ in range(2)] == [Outcome.DAMAGED, Outcome.DAMAGED]
    assert path.read_bytes() == data


@pytest.mark.parametrize("read_only", [True, False])
def test_a_cancelled_opening_changes_nothing(tmp_path: Path, read_only: bool) -> None:
    path = Path(shutil.copyfile(OLD, tmp_path / "LKIP-2026.lkip"))
    before = path.read_bytes()
    files = CycleFiles()
    assert files.takes_long(path, read_only=read_only)
    with pytest.raises(Cancelled):
        files.open(path, read_only=read_only, progress=lambda done, total: False)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == [path.name]
    opening = files.open(path)
    assert opening.store is not None
    opening.store.close()


def test_what_sqlite_does_without_end_can_be_stopped() -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        with pytest.raises(Cancelled), sqlite.interruptible(connection, lambda done, total: False):
            connection.execute(endless).fetchone()
        with sqlite.interruptible(connection, lambda done, total: True):
            assert connection.execute("SELECT 1").fetchone() == (1,)
