"""Appending to and reading from an open cycle file."""

from __future__ import annotations

import sqlite3
import threading
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from db import sqlite
from db.files import CycleFiles
from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.workflow.events import Act, Draft, first_break
from tests.db.support import NOON, SCAN, SITI, SOP, attached, filled, make, new, opened, run, sha


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "LKIP-2026.lkip"


def test_what_is_appended_is_read_again_after_reopening(path: Path) -> None:
    store = new(path)
    store.append(filled("“kutip”, 日本, \n\0, 😀"), NOON + timedelta(microseconds=1))
    store.append(attached(), NOON, {sha(SCAN): SCAN})
    written = store.events()
    store.close()
    again = opened(CycleFiles().open(path))
    assert again.events() == written
    assert [event.seq for event in written] == [1, 2, 3]
    assert first_break(written) is None
    assert (again.blob(sha(SCAN)), again.blob(sha(SOP))) == (SCAN, SOP)
    assert again.events()[1].data["changes"]["isi"] == "“kutip”, 日本, \n\0, 😀"
    again.close()


def test_the_returned_event_is_what_a_reader_will_see(path: Path) -> None:
    store = new(path)
    draft = Draft(SITI, Act.FILLED, {"changes": {"tim": ("a", "b")}})
    local = NOON.astimezone(timezone(timedelta(hours=7)))
    event = store.append(draft, local)
    assert event.data == {"changes": {"tim": ["a", "b"]}}
    assert event.at.utcoffset() == timedelta(0)
    store.close()
    again = opened(CycleFiles().open(path))
    assert again.events()[-1] == event
    again.close()


def test_the_same_bytes_are_kept_once(path: Path) -> None:
    store = new(path)
    for _ in range(3):
        store.append(attached(), NOON, {sha(SCAN): SCAN})
    store.append(attached(), NOON)
    store.close()
    with sqlite3.connect(path) as connection:
        kept = connection.execute("SELECT sha256, size FROM blob ORDER BY size").fetchall()
    connection.close()
    assert kept == [(sha(SOP), len(SOP)), (sha(SCAN), len(SCAN))]


def test_an_unknown_digest_has_no_blob(path: Path) -> None:
    store = new(path)
    with pytest.raises(KeyError):
        store.blob("0" * 64)
    store.close()


@pytest.mark.parametrize("blobs", [{}, {sha(SCAN): SCAN + b"!"}], ids=["missing", "not what its digest says"])
def test_an_event_is_never_kept_without_its_true_blob(path: Path, blobs: dict[str, bytes]) -> None:
    store = new(path)
    with pytest.raises(ValueError, match="blob"):
        store.append(attached(), NOON, blobs)
    assert len(store.events()) == 1
    assert store.append(filled("lagi"), NOON).seq == 2
    store.close()


def test_half_an_emoji_is_refused_with_a_sentence(path: Path) -> None:
    store = new(path)
    with pytest.raises(UserError, match="karakter rusak"):
        store.append(filled("\ud83d"), NOON)
    assert store.append(filled("utuh"), NOON).seq == 2
    store.close()


def test_the_connection_is_as_safe_as_agreed(path: Path) -> None:
    make(path)
    connection = sqlite.connect(path)
    names = ("journal_mode", "locking_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check")
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    mapped = connection.execute("PRAGMA mmap_size").fetchone()
    marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    connection.close()
    assert found == dict(zip(names, ("delete", "exclusive", 3, 1, 0, 1), strict=True))
    assert mapped in (None, (0,))
    assert marks == [0x4C4B4950, 2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET data = '{}' WHERE seq = 2",
        "DELETE FROM event WHERE seq = 3",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 2",
        "INSERT INTO event SELECT 9, at, who, role, behalf, act, data, previous, digest FROM event WHERE seq = 3",
        "UPDATE blob SET size = 1",
        "DELETE FROM blob",
        "INSERT OR REPLACE INTO blob SELECT * FROM blob",
        "INSERT INTO blob VALUES (hex(zeroblob(32)), 5, x'00')",
    ],
)
def test_the_file_itself_refuses_to_change_what_was_kept(path: Path, statement: str) -> None:
    connection = sqlite3.connect(make(path), isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()


def test_a_worker_reads_blobs_while_the_window_appends(path: Path) -> None:
    store = new(path)
    store.append(attached(), NOON, {sha(SCAN): SCAN})
    stop, read = threading.Event(), []

    def worker() -> None:
        while not stop.is_set():
            read.append(store.blob(sha(SCAN)) == SCAN)

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(100):
        store.append(filled(str(number)), NOON)
    stop.set()
    for thread in threads:
        thread.join()
    assert read
    assert all(read)
    assert first_break(store.events()) is None
    assert len(store.events()) == 102
    store.close()


def test_many_threads_append_one_whole_chain(path: Path) -> None:
    store = new(path)
    threads = [threading.Thread(target=store.append, args=(filled(str(n)), NOON)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    again = opened(CycleFiles().open(path))
    assert len(again.events()) == 13
    again.close()


def test_a_file_that_was_moved_away_takes_no_acts_until_it_is_back(path: Path) -> None:
    store = new(path)
    moved = path.rename(path.with_name("dipindah.lkip"))
    with pytest.raises(EnvironmentProblem, match="dipindahkan"):
        store.append(filled("hilang"), NOON)
    moved.rename(path)
    assert store.append(filled("ada"), NOON).seq == 2
    store.close()


def test_closing_twice_is_closing(path: Path) -> None:
    store = new(path)
    store.close()
    store.close()
    assert [found.name for found in path.parent.iterdir()] == [path.name]


IMPORTS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
def heavy():
    return [name for name in ("sqlalchemy", "sqlalchemy.orm", "alembic") if name in sys.modules]
import db.store, db.files
from lkip_desktop.workflow.events import Act, Draft, Who
store = db.files.CycleFiles().open(Path(sys.argv[1])).store
db.files.CycleFiles().peek(Path(sys.argv[1]))
print(heavy())
store.prepare()
print(heavy())
store.append(Draft(Who("Siti"), Act.FILLED, {"changes": {}}), datetime.now(UTC))
store.close()
fresh = Path(sys.argv[1] + ".baru")
first = Draft(Who("Siti"), Act.CREATED, {"year": 2026})
db.files.CycleFiles().create(fresh, first, datetime.now(UTC), {}).close()
print(heavy())
"""


def test_heavy_libraries_are_loaded_only_when_needed(path: Path) -> None:
    assert run(IMPORTS, make(path)).splitlines() == ["[]", "['sqlalchemy']", "['sqlalchemy']"]
