"""Files that lie on a stick, on the network or in a synced folder: refused for writing, read, and copied whole."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest

from db import sqlite
from db.files import CycleFiles
from db.location import LOCAL, NETWORK, REMOVABLE, Kind, Location, anywhere
from lkip_desktop import office
from lkip_desktop.errors import Cancelled, UserError
from lkip_desktop.ports import Outcome
from tests.db.support import NOON, SCAN, SOP, content, created, filled, held_by_another, make, opened, run, sha

ONEDRIVE = Location(Kind.SYNCED, "folder OneDrive")


def files_with(stick: Path, location: Location = REMOVABLE) -> CycleFiles:
    """Cycle files of a PC on which the folder `stick` lies elsewhere."""
    return CycleFiles(where=lambda path: location if path.is_relative_to(stick) else LOCAL)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stik"
    make(folder / "LKIP-2026.lkip")
    return folder


@pytest.mark.parametrize(
    ("location", "place", "risk"),
    [
        (REMOVABLE, "ada di flashdisk.", "bila flashdisk dicabut"),
        (NETWORK, "ada di folder jaringan.", "bila sambungan terputus"),
        (ONEDRIVE, "ada di folder OneDrive yang disinkronkan.", "bila disinkronkan"),
    ],
)
def test_it_is_not_opened_for_writing_and_not_touched(stick: Path, location: Location, place: str, risk: str) -> None:
    before = content(stick)
    opening = files_with(stick, location).open(stick / "LKIP-2026.lkip", user="Siti")
    assert (opening.outcome, opening.store) == (Outcome.ELSEWHERE, None)
    for words in (place, risk, "tidak diubah", "Salin ke komputer ini", "buka baca saja"):
        assert words in opening.message
    assert content(stick) == before


def test_a_link_to_it_is_seen_through(stick: Path, tmp_path: Path) -> None:
    link = tmp_path / "pintas.lkip"
    link.symlink_to(stick / "LKIP-2026.lkip")
    assert files_with(stick).open(link).outcome is Outcome.ELSEWHERE


def test_it_opens_for_reading(stick: Path) -> None:
    before = content(stick)
    opening = files_with(stick).open(stick / "LKIP-2026.lkip", read_only=True)
    assert opening.outcome is Outcome.READ_ONLY
    assert opening.store is not None
    assert len(opening.store.events()) == 3
    opening.store.close()
    assert content(stick) == before


def test_a_broken_file_says_that_first(stick: Path) -> None:
    bad = stick / "rusak.lkip"
    bad.write_bytes((stick / "LKIP-2026.lkip").read_bytes()[:5000])
    assert files_with(stick).open(bad).outcome is Outcome.DAMAGED
    assert files_with(stick).open(stick / "tidak ada.lkip").outcome is Outcome.MISSING


def test_who_works_anywhere_opens_it(stick: Path) -> None:
    store = opened(CycleFiles(where=anywhere).open(stick / "LKIP-2026.lkip"))
    store.append(filled("di tempat"), NOON)
    store.close()


def test_no_cycle_is_made_there(stick: Path, tmp_path: Path) -> None:
    before = content(stick)
    files = files_with(stick, NETWORK)
    with pytest.raises(UserError, match=r"ada di folder jaringan\. .* Pilih folder lain di komputer ini\."):
        files.create(stick / "baru" / "LKIP-2027.lkip", created(), NOON, {sha(SOP): SOP})
    assert content(stick) == before
    assert not (stick / "baru").exists()
    assert files.unsafe_place(tmp_path / "LKIP.lkip") == ""


def test_a_copy_is_whole_and_opens(stick: Path, tmp_path: Path) -> None:
    before = content(stick)
    files, here = files_with(stick), tmp_path / "kerja"
    copy = office.copy_here(files, stick / "LKIP-2026.lkip", here)
    assert copy == here / "LKIP-2026.lkip"
    assert [path.name for path in here.iterdir()] == ["LKIP-2026.lkip"]
    store = opened(files.open(copy))
    assert len(store.events()) == 3
    assert store.blob(sha(SCAN)) == SCAN
    store.append(filled("di salinan"), NOON)
    store.close()
    assert list(files.check(copy)) == []
    assert content(stick) == before


def test_a_copy_takes_no_name_that_is_there(stick: Path, tmp_path: Path) -> None:
    files, here = files_with(stick), tmp_path / "kerja"
    first = office.copy_here(files, stick / "LKIP-2026.lkip", here)
    before = content(here)
    second = office.copy_here(files, stick / "LKIP-2026.lkip", here)
    assert second == here / "LKIP-2026-2.lkip"
    assert content(here)[str(first)] == before[str(first)]
    with pytest.raises(UserError, match="tidak ditimpa"):
        files.copy(stick / "LKIP-2026.lkip", first)
    assert content(here)[str(first)] == before[str(first)]


UNFINISHED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE meta SET value = 'setengah'")
for number in range(400):
    connection.execute("INSERT INTO meta VALUES (?, ?)", (f"x{number}", "y" * 2000))
os._exit(0)
"""


def test_an_unfinished_act_is_taken_back_in_the_copy(stick: Path, tmp_path: Path) -> None:
    path = stick / "LKIP-2026.lkip"
    run(UNFINISHED, path)
    assert sqlite.hot_journal(path)
    before = content(stick)
    files = files_with(stick)
    copy = office.copy_here(files, path, tmp_path / "kerja")
    assert content(stick) == before
    store = opened(files.open(copy))
    assert len(store.events()) == 3
    store.close()
    assert list(files.check(copy)) == []


def test_a_file_that_another_pc_has_open_is_copied(stick: Path, tmp_path: Path) -> None:
    with held_by_another(stick / "LKIP-2026.lkip"):
        copy = office.copy_here(files_with(stick), stick / "LKIP-2026.lkip", tmp_path / "kerja")
    assert len(opened_events(copy)) == 3


def opened_events(path: Path) -> tuple[object, ...]:
    store = opened(CycleFiles().open(path))
    store.close()
    return store.events()


@pytest.mark.parametrize("target", ["stik", "kerja"])
def test_what_cannot_be_copied_is_said_and_leaves_nothing(stick: Path, tmp_path: Path, target: str) -> None:
    bad = stick / "rusak.lkip"
    data = bytearray((stick / "LKIP-2026.lkip").read_bytes())
    data[4096:12288] = bytes(8192)
    bad.write_bytes(data)
    before = content(tmp_path)
    with pytest.raises(UserError, match="Pilih folder lain" if target == "stik" else "rusak"):
        office.copy_here(files_with(stick), bad, tmp_path / target)
    assert content(tmp_path) == before


def test_a_cancelled_copy_leaves_nothing(stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = tmp_path / "sementara"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    with pytest.raises(Cancelled):
        office.copy_here(files_with(stick), stick / "LKIP-2026.lkip", tmp_path / "kerja", lambda done, total: False)
    assert not (tmp_path / "kerja").exists()
    assert list(private.iterdir()) == []


def test_the_copy_has_the_format_of_its_file(stick: Path, tmp_path: Path) -> None:
    copy = office.copy_here(files_with(stick), stick / "LKIP-2026.lkip", tmp_path / "kerja")
    marks = []
    for path in (copy, stick / "LKIP-2026.lkip"):
        connection = sqlite3.connect(path)
        marks.append([connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")])
        connection.close()
    assert marks[0] == marks[1]
