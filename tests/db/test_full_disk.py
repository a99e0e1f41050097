"""A disk that is full: a sentence, nothing changed, and the store works on as soon as there is room."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.files import CycleFiles
from lkip_desktop.errors import EnvironmentProblem
from lkip_desktop.ports import Outcome
from tests.db.support import NOON, SOP, attached, created, filled, make, new, opened, run, sha

BIG = bytes(3_000_000)


def test_a_store_survives_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "LKIP-2026.lkip"
    store = new(path)
    limit = store._held.connection
    pages = limit.execute("PRAGMA page_count").fetchone()[0]
    limit.execute(f"PRAGMA max_page_count = {pages + 2}")
    before = path.read_bytes()
    with pytest.raises(EnvironmentProblem, match=r"Disk penuh.*aman"):
        store.append(attached(BIG), NOON, {sha(BIG): BIG})
    assert len(store.events()) == 1
    assert path.read_bytes() == before
    assert store.append(filled("muat"), NOON).seq == 2
    limit.execute("PRAGMA max_page_count = 100000")
    assert store.append(attached(BIG), NOON, {sha(BIG): BIG}).seq == 3
    store.close()
    again = opened(CycleFiles().open(path))
    assert (len(again.events()), again.blob(sha(BIG))) == (3, BIG)
    again.close()


LIMITED = """
import resource, sys
from pathlib import Path
from db.files import CycleFiles
from lkip_desktop.errors import EnvironmentProblem
from tests.db.support import *
path = Path(sys.argv[1])
store = CycleFiles().open(path).store
store.prepare()
size = path.stat().st_size
big = bytes(3_000_000)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40_000, resource.RLIM_INFINITY))
try:
    store.append(attached(big), NOON, {sha(big): big})
except EnvironmentProblem as problem:
    print(problem)
try:
    CycleFiles().create(path.with_name("baru.lkip"), created(), NOON, {sha(SOP): SOP, sha(big): big})
except EnvironmentProblem as problem:
    print(problem)
print(sorted(found.name for found in path.parent.iterdir() if not found.name.endswith(("lock", "journal"))))
print(store.append(filled("muat"), NOON).seq)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(store.append(attached(big), NOON, {sha(big): big}).seq)
store.close()
"""


def test_a_disk_that_refuses_to_write_more(tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    kept, made, names, small, big = run(LIMITED, path).splitlines()
    assert "belum tersimpan" in kept
    assert "“baru.lkip” tidak dapat dibuat" in made
    assert names == "['LKIP-2026.lkip']"
    assert (small, big) == ("4", "5")
    assert list(CycleFiles().check(path)) == []


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A disk of 1 MB at `folder`, where this machine lets a test mount one; else False and a plain folder."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield bool(mounted)
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def test_a_really_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as real:
        path = tmp_path / "disk" / "LKIP-2026.lkip"
        store = new(path)
        if not real:
            store._held.connection.execute("PRAGMA max_page_count = 200")
        with pytest.raises(EnvironmentProblem, match=r"Disk penuh.*aman"):
            store.append(attached(BIG), NOON, {sha(BIG): BIG})
        assert store.append(filled("muat"), NOON).seq == 2
        store.close()
        if real:
            fill_up_and_try(path)


def fill_up_and_try(path: Path) -> None:
    """With not one byte left: no new file, and the old one still opens and says why it keeps nothing."""
    filler = path.with_name("isi")
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as stream:
        while stream.write(bytes(4096)):
            pass
    with pytest.raises(EnvironmentProblem, match="disk penuh"):
        CycleFiles().create(path.with_name("baru.lkip"), created(), NOON, {sha(SOP): SOP})
    opening = CycleFiles().open(path)
    assert opening.outcome is Outcome.OPENED
    store = opened(opening)
    with pytest.raises(EnvironmentProblem, match="Disk penuh"):
        store.append(filled("tidak muat"), NOON)
    filler.unlink()
    assert store.append(filled("muat lagi"), NOON).seq == 3
    store.close()
    assert [found.name for found in path.parent.iterdir()] == [path.name]
