"""Making a new cycle file: whole or not at all, under any name, and over no other file."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from db import sqlite
from db.files import CycleFiles
from lkip_desktop.errors import EnvironmentProblem, UserError
from tests.db.support import (
    NOON,
    SOP,
    content,
    created,
    held_by_another,
    make,
    new,
    open_folder,
    opened,
    run,
    sha,
    without_privilege,
)


def create(path: Path, *, overwrite: bool = False, year: int = 2026) -> None:
    CycleFiles().create(path, created(year), NOON, {sha(SOP): SOP}, overwrite=overwrite).close()


def long_path(folder: Path) -> Path:
    room = 250 - len(str(folder)) - len("//LKIP-2026.lkip")
    return folder / ("f" * room) / "LKIP-2026.lkip"


@pytest.mark.parametrize(
    "name",
    [
        "100% & #1?.lkip",
        "%41%2e%2F.lkip",
        "LKIP 2026 salinan (1).lkip",
        "Lapor😀n dåerah.lkip",
        "a'b\";--.lkip",
        "x" * 242 + ".lkip",
        "?mode=memory&cache=shared",
        " .lkip",
    ],
)
def test_any_name_works(tmp_path: Path, name: str) -> None:
    path = tmp_path / "map #2 & 50%" / name
    store = new(path)
    store.close()
    assert [found.name for found in path.parent.iterdir()] == [name]
    with held_by_another(path):
        assert CycleFiles().peek(path).in_use
    again = opened(CycleFiles().open(path))
    assert (again.path, len(again.events())) == (path, 1)
    again.close()
    assert CycleFiles().peek(path).events == store.events()
    assert list(CycleFiles().check(path)) == []


def test_a_path_of_250_characters_works(tmp_path: Path) -> None:
    path = long_path(tmp_path)
    assert len(str(path)) == 250
    make(path)
    assert len(CycleFiles().peek(path).events) == 3


@pytest.mark.parametrize("path", ["x" * 246 + ".lkip", "/".join(["y" * 200] * 3) + ".lkip"], ids=["name", "path"])
def test_a_name_too_long_for_the_disk_is_refused_beforehand(tmp_path: Path, path: str) -> None:
    with pytest.raises(UserError, match="terlalu panjang"):
        create(tmp_path / path)
    assert list(tmp_path.iterdir()) == []


def test_missing_folders_are_made(tmp_path: Path) -> None:
    create(tmp_path / "siklus" / "2026" / "LKIP-2026.lkip")
    assert (tmp_path / "siklus" / "2026" / "LKIP-2026.lkip").is_file()


def test_an_existing_file_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    before = content(tmp_path)
    with pytest.raises(UserError, match="sudah ada dan tidak ditimpa"):
        create(path)
    assert content(tmp_path) == before


def test_an_existing_file_is_overwritten_when_asked(tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    create(path, overwrite=True, year=2030)
    events = CycleFiles().peek(path).events
    assert [event.data["year"] for event in events] == [2030]


def test_a_file_that_is_open_is_never_overwritten(tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    with held_by_another(path), pytest.raises(UserError, match="sedang dibuka"):
        create(path, overwrite=True)
    store = opened(CycleFiles().open(path))
    with pytest.raises(UserError, match="sedang dibuka"):
        create(path, overwrite=True)
    assert len(store.events()) == 3
    store.close()


def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "LKIP-2026.lkip").mkdir()
    with pytest.raises(UserError, match="adalah folder"):
        create(tmp_path / "LKIP-2026.lkip", overwrite=True)
    assert (tmp_path / "LKIP-2026.lkip").is_dir()


def test_a_folder_that_takes_no_files_is_said() -> None:
    with open_folder() as folder:
        folder.chmod(0o555)
        with without_privilege(), pytest.raises(EnvironmentProblem, match="tidak dapat dibuat: folder"):
            create(folder / "LKIP-2026.lkip")
        with without_privilege(), pytest.raises(EnvironmentProblem, match="tidak dapat dibuat: folder"):
            create(folder / "baru" / "LKIP-2026.lkip")
        assert list(folder.iterdir()) == []


def test_a_file_in_the_way_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "siklus").write_bytes(b"bukan folder")
    with pytest.raises(EnvironmentProblem, match="tidak dapat dibuat"):
        create(tmp_path / "siklus" / "LKIP-2026.lkip")
    assert (tmp_path / "siklus").read_bytes() == b"bukan folder"


def test_a_first_event_that_cannot_be_kept_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="missing"):
        CycleFiles().create(tmp_path / "LKIP-2026.lkip", created(), NOON, {})
    assert list(tmp_path.iterdir()) == []


def test_the_journal_of_an_earlier_file_does_not_spoil_the_new_one(tmp_path: Path) -> None:
    """A user deletes a file after a crash and leaves its journal, then makes a new file of that name."""
    path = make(tmp_path / "LKIP-2026.lkip")
    run(DIE_IN_THE_MIDDLE, path)
    assert sqlite.hot_journal(path)
    path.unlink()
    create(path, year=2031)
    assert [event.data["year"] for event in CycleFiles().peek(path).events] == [2031]
    assert list(CycleFiles().check(path)) == []


DIE_IN_THE_MIDDLE = """
import os, sys
from pathlib import Path
from db import sqlite
connection = sqlite.connect(Path(sys.argv[1]))
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN")
for number in range(40):
    connection.execute("INSERT INTO blob VALUES (hex(randomblob(32)), 9000, randomblob(9000))")
connection.execute("UPDATE meta SET value = value || 'x'")
os._exit(0)
"""


def test_a_link_leads_to_the_file_and_stays_a_link(tmp_path: Path) -> None:
    target = make(tmp_path / "asli" / "LKIP-2026.lkip")
    link = tmp_path / "pintas.lkip"
    link.symlink_to(target)
    store = opened(CycleFiles().open(link))
    assert store.path == link
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["pintas.lkip"]
    with pytest.raises(UserError, match="sedang dibuka"):
        create(target, overwrite=True)
    store.close()
    create(link, overwrite=True)
    assert link.is_symlink()
    assert len(CycleFiles().peek(target).events) == 1


def test_a_copied_file_is_a_whole_cycle(tmp_path: Path) -> None:
    """One file holds all, even while the program runs: what a plain copy of it has is every kept act."""
    store = new(tmp_path / "LKIP-2026.lkip")
    shutil.copyfile(store.path, tmp_path / "salinan.lkip")
    store.close()
    assert CycleFiles().peek(tmp_path / "salinan.lkip").events == store.events()
    with sqlite3.connect(tmp_path / "salinan.lkip") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    assert not (tmp_path / "salinan.lkip-wal").exists()
