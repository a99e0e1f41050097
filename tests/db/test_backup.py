"""Backups of real files: verified, made beside the work, thinned, never out of a damaged file, restored as new ones."""

from __future__ import annotations

import errno
import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import lock
from db.files import CycleFiles
from lkip_desktop import backups, office, resources
from lkip_desktop.errors import Cancelled, EnvironmentProblem, UserError
from lkip_desktop.office import Cycle, NewCycle
from lkip_desktop.workflow.events import Who
from tests.db.support import (
    NOON,
    SCAN,
    attached,
    content,
    filled,
    held_by_another,
    make,
    new,
    open_folder,
    opened,
    sha,
    without_privilege,
)
from tests.db.test_bad_files import tampered
from tests.db.test_full_disk import small_disk

RINA = Who("Rina")


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2027, 2, 15, 1, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture
def cycle(tmp_path: Path) -> Cycle:
    cycle = office.create_cycle(
        CycleFiles(), tmp_path / "kerja" / "LKIP-2026.lkip", NewCycle(2026, resources.sop_text()), RINA, Clock()
    )
    yield cycle  # type: ignore[misc]
    cycle.close()


def back_up(path: Path, at: datetime = NOON, **more: object) -> backups.Made:
    return backups.back_up(CycleFiles(), path, at, **more)  # type: ignore[arg-type]


def test_one_is_made_after_a_change_and_not_without(cycle: Cycle) -> None:
    path = cycle.store.path
    first = back_up(path)
    assert first.new
    assert first.backup.path.parent == path.parent / "Cadangan" / "LKIP-2026"
    assert first.backup.path.name.startswith("LKIP-2026 2027-02-15 ")
    again = back_up(path, NOON + timedelta(hours=1))
    assert (again.new, again.backup) == (False, first.backup)
    office.fill(cycle, RINA, {"circular_number": "12"})
    second = back_up(path, NOON + timedelta(hours=2))
    assert second.new
    assert back_up(path, NOON + timedelta(hours=3), always=True).new
    assert len(backups.available(path)) == 3
    assert CycleFiles().peek(second.backup.path).events == cycle.store.events()
    assert list(CycleFiles().check(second.backup.path)) == []


def test_a_clock_that_was_set_back_leaves_the_newest_the_newest(cycle: Cycle) -> None:
    path = cycle.store.path
    for back in range(40):
        made = back_up(path, NOON - timedelta(days=40 * back), always=True)
        assert backups.available(path)[0] == made.backup


def test_what_it_holds_is_told(cycle: Cycle, tmp_path: Path) -> None:
    scan = tmp_path / "Surat.pdf"
    scan.write_bytes(SCAN)
    office.attach(cycle, RINA, "circular_scan", scan)
    made = back_up(cycle.store.path)
    told = backups.contents(CycleFiles(), made.backup)
    assert (told.problem, told.year, told.step, told.acts) == ("", 2026, 1, 2)
    assert (told.attachments, told.attached_bytes) == (1, len(SCAN))
    made.backup.path.write_bytes(b"")
    assert "kosong" in backups.contents(CycleFiles(), made.backup).problem


def test_it_is_thinned_and_the_other_cycle_of_that_name_is_left_alone(cycle: Cycle) -> None:
    path = cycle.store.path
    folder = backups.folder_of(path)
    folder.mkdir(parents=True)
    foreign = [folder / f"LKIP-2026 2020-01-{day:02} 08.00.00 abcdef.lkip" for day in range(1, 29)]
    for other in [*foreign, folder / "catatan.txt", folder / "LKIP-2026 2020-13-01 08.00.00 abcdef.lkip"]:
        other.write_bytes(b"milik siklus lain")
    for hour in range(12):
        back_up(path, NOON + timedelta(minutes=hour), always=True)
    names = {found.name for found in folder.iterdir()}
    assert len(names) == 5 + 28 + 2
    assert {other.name for other in foreign} <= names


@pytest.mark.parametrize("table", ["blob", "event"])
def test_a_damaged_file_pushes_no_good_backup_out(tmp_path: Path, table: str) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    for minute in range(backups.LAST):
        back_up(path, NOON + timedelta(minutes=minute), always=True)
    before = content(backups.folder_of(path))
    change = "UPDATE blob SET data = zeroblob(size) WHERE rowid = 2" if table == "blob" else "DELETE FROM event"
    tampered(table, change)(path)
    with pytest.raises(EnvironmentProblem, match=r"Cadangan belum dibuat.*rusak.*tetap disimpan"):
        back_up(path, NOON + timedelta(hours=1), always=True)
    assert content(backups.folder_of(path)) == before


def test_a_large_file_is_copied_while_acts_go_on(tmp_path: Path) -> None:
    store = new(tmp_path / "LKIP-2026.lkip")
    for number in range(8):
        big = bytes([number]) * 4_000_000
        store.append(attached(big), NOON, {sha(big): big})
    steps: list[tuple[int, int]] = []
    acted = threading.Event()

    def watch(done: int, total: int) -> bool:
        steps.append((done, total))
        if len(steps) == 3:
            worker = threading.Thread(target=lambda: (store.append(filled("sementara"), NOON), acted.set()))
            worker.start()
            worker.join(20)
            assert acted.is_set(), "an act waited for the whole backup"
        return True

    made = back_up(store.path, progress=watch)
    assert [event.act for event in CycleFiles().peek(made.backup.path).events][-1].value == "filled"
    assert len(steps) > 10
    assert steps[-1][0] == steps[-1][1]
    assert all(0 <= done <= total for done, total in steps)
    store.close()


def test_closing_lets_a_backup_end(tmp_path: Path) -> None:
    store = new(tmp_path / "LKIP-2026.lkip")
    big = bytes(9_000_000)
    store.append(attached(big), NOON, {sha(big): big})
    closer = threading.Thread(target=store.close)

    def watch(done: int, total: int) -> bool:
        if not closer.ident:
            closer.start()
        return True

    made = back_up(store.path, progress=watch)
    closer.join()
    assert len(CycleFiles().peek(made.backup.path).events) == 2


@pytest.mark.parametrize("stop_at", [1, 2, 4])
def test_a_cancelled_one_leaves_no_trace(tmp_path: Path, stop_at: int) -> None:
    store = new(tmp_path / "LKIP-2026.lkip")
    big = bytes(12_000_000)
    store.append(attached(big), NOON, {sha(big): big})
    calls: list[int] = []
    with pytest.raises(Cancelled):
        back_up(store.path, progress=lambda done, _: calls.append(done) or len(calls) < stop_at)
    assert len(calls) == stop_at
    assert list(backups.folder_of(store.path).iterdir()) == []
    store.append(filled("lanjut"), NOON)
    store.close()


def test_a_closed_file_and_one_of_an_older_format_are_backed_up_as_they_are(tmp_path: Path) -> None:
    old = Path(shutil.copyfile("tests/old_files/LKIP-2026-v1.lkip", tmp_path / "LKIP-2026.lkip"))
    made = back_up(old)
    assert made.backup.path.read_bytes() == old.read_bytes()


def test_a_file_in_use_elsewhere(tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    with held_by_another(path):
        assert len(CycleFiles().peek(back_up(path).backup.path).events) == 3


# The second place


def test_the_second_place_gets_each_one_and_may_be_away(cycle: Cycle, tmp_path: Path) -> None:
    path, stick = cycle.store.path, tmp_path / "flashdisk"
    away = back_up(path, second=stick)
    assert "Tempat kedua tidak ada" in away.second
    stick.mkdir()
    # The folder where it is to be mounted, not the stick.
    assert "Tempat kedua tidak ada" in back_up(path, second=stick).second
    assert list(stick.iterdir()) == []
    backups.choose(stick)
    there = back_up(path, second=stick)
    assert (there.new, there.second) == (False, "")
    copy = stick / "Cadangan" / "LKIP-2026" / away.backup.path.name
    assert copy.read_bytes() == away.backup.path.read_bytes()
    shutil.rmtree(backups.folder_of(path))
    assert [backup.path for backup in backups.available(path, stick)] == [copy]


def test_a_second_place_that_takes_nothing_is_told(cycle: Cycle, tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick") as real:
        if real:
            backups.choose(tmp_path / "stick")
        else:
            (tmp_path / "stick" / "Cadangan").write_bytes(b"")
        made = back_up(cycle.store.path, second=tmp_path / "stick")
        assert made.new
        assert "Tempat kedua belum menerima cadangan" in made.second


# Coming back


def test_a_backup_is_restored_as_a_new_file_that_opens(cycle: Cycle) -> None:
    path = cycle.store.path
    made = back_up(path)
    office.fill(cycle, RINA, {"circular_number": "12"})
    before = path.read_bytes()
    target = backups.restored_path(made.backup, path.parent, path.stem)
    backups.restore(CycleFiles(), made.backup.path, target)
    assert target.name.startswith("LKIP-2026 (dipulihkan 2027-02-15 ")
    store = opened(CycleFiles().open(target))
    assert len(store.events()) == 1
    store.close()
    assert path.read_bytes() == before
    assert backups.restored_path(made.backup, path.parent, path.stem).name.endswith(", 2).lkip")
    with pytest.raises(UserError, match="sudah ada"):
        backups.restore(CycleFiles(), made.backup.path, target)


def test_a_damaged_backup_is_not_restored(tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    made = back_up(path)
    tampered("blob", "UPDATE blob SET data = zeroblob(size) WHERE rowid = 2")(made.backup.path)
    with pytest.raises(UserError, match="lampiran yang tidak sama"):
        backups.restore(CycleFiles(), made.backup.path, tmp_path / "baru.lkip")
    assert not (tmp_path / "baru.lkip").exists()


# What the surroundings do


def test_a_disk_that_is_nearly_full_takes_no_backup(cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(cycle.store.path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=40 << 20))
    with pytest.raises(EnvironmentProblem, match=r"Disk hampir penuh: perlu .* tersisa 40 MB"):
        back_up(cycle.store.path)
    assert office.fill(cycle, RINA, {"circular_number": "12"})


def test_a_disk_that_fills_up_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    monkeypatch.setattr(backups, "SPARE_BYTES", -(1 << 40))
    with small_disk(tmp_path / "disk") as real:
        if not real:
            (tmp_path / "disk").rmdir()
            (tmp_path / "disk").write_bytes(b"")
        store = opened(CycleFiles().open(path))
        big = bytes(3_000_000)
        store.append(attached(big), NOON, {sha(big): big})
        with pytest.raises(EnvironmentProblem, match="tidak dapat dibuat"):
            CycleFiles().back_up(path, tmp_path / "disk" / "salinan.lkip")
        assert not real or list((tmp_path / "disk").iterdir()) == []
        store.append(filled("lanjut"), NOON)
        store.close()


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    with open_folder() as folder:
        path = make(folder / "LKIP-2026.lkip")
        path.chmod(0o644)
        folder.chmod(0o555)
        with without_privilege(), pytest.raises(EnvironmentProblem, match="tidak ada izin"):
            back_up(path)
        assert [found.name for found in folder.iterdir()] == [path.name]


def test_a_folder_that_goes_away_in_the_middle(tmp_path: Path) -> None:
    store = new(tmp_path / "kerja" / "LKIP-2026.lkip")
    folder = backups.folder_of(store.path)

    def pull_out(done: int, total: int) -> bool:
        shutil.rmtree(folder, ignore_errors=True)
        return True

    with pytest.raises(EnvironmentProblem, match="tidak dapat dibuat"):
        back_up(store.path, progress=pull_out)
    assert store.append(filled("tetap"), NOON).seq == 2
    store.close()


def test_a_disk_that_fails_while_it_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")

    def fail(self: Path, target: Path) -> None:
        raise OSError(errno.EIO, "gagal")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(EnvironmentProblem):
        back_up(path)
    assert list(backups.folder_of(path).iterdir()) == []
    assert lock.held_here(path) is None
