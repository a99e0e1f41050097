"""Files that another program has open, or had when it was killed: a real second process each time."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from db import lock, rows, snapshot, sqlite
from db.files import CycleFiles
from lkip_desktop.ports import Outcome
from lkip_desktop.workflow.events import first_break
from tests.db.support import (
    NOON,
    content,
    filled,
    held_by_another,
    make,
    opened,
    program,
    run,
    said,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "LKIP-2026.lkip")


IS_LOCKED = """
import sys
from pathlib import Path
from db.files import CycleFiles
print(CycleFiles().open(Path(sys.argv[1])).outcome.value)
"""


def test_a_file_in_use_says_who_where_and_since_when(path: Path) -> None:
    with held_by_another(path):
        before = content(path.parent)
        opening = CycleFiles().open(path, user="Siti")
        assert (opening.outcome, opening.store) == (Outcome.LOCKED, None)
        note = lock.read_note(path)
        assert note is not None
        assert f"sedang dibuka oleh Budi Santoso di komputer {note.pc} sejak " in opening.message
        assert f"pukul {note.since.astimezone():%H.%M}" in opening.message
        assert "aman" in opening.message
        assert str(note.process) in opening.details
        assert content(path.parent) == before
    opened(CycleFiles().open(path)).close()


def test_a_file_in_use_can_be_read(path: Path) -> None:
    with held_by_another(path):
        before = content(path.parent)
        opening = CycleFiles().open(path, read_only=True)
        assert opening.outcome is Outcome.READ_ONLY
        assert "oleh Budi Santoso" in opening.message
        assert opening.store is not None
        assert len(opening.store.events()) == 3
        opening.store.close()
        assert content(path.parent) == before


def test_a_look_at_a_file_in_use_shows_its_events_and_its_holder(path: Path) -> None:
    with held_by_another(path):
        before = content(path.parent)
        peek = CycleFiles().peek(path)
        assert len(peek.events) == 3
        assert "Budi Santoso" in peek.in_use
        assert peek.problem == ""
        assert list(CycleFiles().check(path)) == []
        assert content(path.parent) == before
    assert CycleFiles().peek(path).in_use == ""


def test_the_same_program_opens_a_file_once(path: Path) -> None:
    store = opened(CycleFiles().open(path, user="Siti"))
    again = CycleFiles().open(path.parent / "." / path.name)
    assert (again.outcome, again.store) == (Outcome.LOCKED, None)
    assert "sudah terbuka di program ini" in again.message
    reading = CycleFiles().open(path, read_only=True)
    assert reading.store is not None
    assert reading.store.events() == store.events()
    reading.store.close()
    store.close()
    opened(CycleFiles().open(path)).close()


def test_looking_checking_and_reading_here_do_not_lose_the_lock(path: Path) -> None:
    """POSIX takes a program's lock on a file away when it closes any handle of that file."""
    store = opened(CycleFiles().open(path, user="Siti"))
    files = CycleFiles()
    assert files.peek(path).events == store.events()
    assert files.peek(path).in_use == ""
    assert list(files.check(path)) == []
    files.open(path)
    reading = files.open(path, read_only=True).store
    assert reading is not None
    reading.close()
    assert run(IS_LOCKED, path) == "locked"
    assert store.append(filled("tetap terkunci"), NOON).seq == 4
    assert files.peek(path).events[-1].seq == 4
    store.close()
    assert run(IS_LOCKED, path) == "opened"


def test_a_note_without_a_lock_hinders_nobody(path: Path) -> None:
    lock.leave_note(path, "Orang Lama")
    assert CycleFiles().peek(path).in_use == ""
    opening = CycleFiles().open(path, user="Siti")
    assert "berhenti mendadak" in opening.message
    opened(opening).close()
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert CycleFiles().open(path).message == ""


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"user": 1}', b"\xff", json.dumps({"since": 5}).encode()])
def test_a_lock_with_a_broken_note_is_still_explained(path: Path, note: bytes) -> None:
    with held_by_another(path):
        lock.note_of(path).write_bytes(note)
        opening = CycleFiles().open(path)
        assert opening.outcome is Outcome.LOCKED
        assert "sedang dibuka oleh program lain" in opening.message


def test_another_application_that_reads_is_waited_for_shortly_and_then_named_unknown(path: Path) -> None:
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchone()
    opening = CycleFiles().open(path)
    assert opening.outcome is Outcome.LOCKED
    assert "oleh program lain" in opening.message
    reader.close()


WORK = """
import sys
from pathlib import Path
from db.files import CycleFiles
from tests.db.support import NOON, filled, attached, sha
store = CycleFiles().open(Path(sys.argv[1]), user="Budi").store
for number in range(100000):
    data = b"%PDF" + bytes(str(number), "ascii") * 5000
    event = store.append(attached(data), NOON, {sha(data): data})
    print(event.seq, event.digest, flush=True)
"""


@pytest.mark.parametrize("pause", [0.0, 0.013, 0.05])
def test_a_killed_program_leaves_every_act_that_it_confirmed(path: Path, pause: float) -> None:
    with program(WORK, path) as process:
        assert process.stdout is not None
        for _ in range(5):
            process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        confirmed = [line.split() for line in process.stdout.read().splitlines() if line.endswith("\n")]
        process.wait()
    assert CycleFiles().peek(path).events
    opening = CycleFiles().open(path, user="Siti")
    store = opened(opening)
    assert "berhenti mendadak" in opening.message
    events = store.events()
    assert len(events) >= 8
    assert first_break(events) is None
    assert all(events[int(seq) - 1].digest == digest for seq, digest in confirmed)
    assert store.append(filled("lanjut"), NOON).seq == len(events) + 1
    store.close()
    assert list(CycleFiles().check(path)) == []


IN_THE_MIDDLE = """
import sys
from pathlib import Path
from db import lock, rows, snapshot, sqlite
path = Path(sys.argv[1])
connection = sqlite.connect(path)
lock.leave_note(path, "Budi")
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN")
connection.execute("DROP TRIGGER event_no_update")
connection.execute("UPDATE event SET who = 'Orang Lain'")
for number in range(40):
    connection.execute("INSERT INTO blob VALUES (hex(randomblob(32)), 9000, randomblob(9000))")
print("half", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def killed_in_the_middle(path: Path) -> Path:
    """A file whose program died inside a transaction: half of it is written, and its journal takes it back."""
    size = path.stat().st_size
    with program(IN_THE_MIDDLE, path) as process:
        assert said(process) == "half"
        process.kill()
        process.wait()
    assert sqlite.hot_journal(path)
    assert path.stat().st_size > size
    assert b"Orang Lain" in path.read_bytes()
    return path


def test_an_unfinished_transaction_is_taken_back(killed_in_the_middle: Path) -> None:
    opening = CycleFiles().open(killed_in_the_middle)
    store = opened(opening)
    assert "berhenti mendadak" in opening.message
    assert len(store.events()) == 3
    store.close()
    assert list(CycleFiles().check(killed_in_the_middle)) == []
    assert [found.name for found in killed_in_the_middle.parent.iterdir()] == [killed_in_the_middle.name]


def test_an_unfinished_transaction_is_looked_past_and_left_alone(killed_in_the_middle: Path) -> None:
    path = killed_in_the_middle
    before = content(path.parent)
    peek = CycleFiles().peek(path)
    assert (len(peek.events), peek.problem, peek.in_use) == (3, "", "")
    assert list(CycleFiles().check(path)) == []
    opening = CycleFiles().open(path, read_only=True)
    assert opening.outcome is Outcome.READ_ONLY
    assert opening.store is not None
    assert len(opening.store.events()) == 3
    opening.store.close()
    assert content(path.parent) == before


def test_a_program_in_the_middle_of_writing_is_not_copied(path: Path) -> None:
    with program(IN_THE_MIDDLE, path) as process:
        assert said(process) == "half"
        opening = CycleFiles().open(path, read_only=True)
        assert opening.outcome is Outcome.LOCKED
        assert "oleh Budi" in CycleFiles().peek(path).problem


WRITE_ON = """
import sys, time
from pathlib import Path
from db.files import CycleFiles
from tests.db.support import NOON, filled
store = CycleFiles().open(Path(sys.argv[1]), user="Budi").store
store.append(filled("x"), NOON)
print("ready", flush=True)
while True:
    store.append(filled("x" * 3000), NOON)
    time.sleep(float(sys.argv[2]))
"""


APPEND = """
import sys
from pathlib import Path
from db.files import CycleFiles
from tests.db.support import NOON, filled
store = CycleFiles().open(Path(sys.argv[1])).store
store.append(filled("sela"), NOON)
store.close()
"""


def test_what_was_read_while_somebody_wrote_is_read_again(path: Path) -> None:
    counts = []

    def count(connection: sqlite3.Connection) -> int:
        counts.append(len(rows.read_events(connection)))
        if len(counts) == 1:
            run(APPEND, path)
        return counts[-1]

    assert snapshot.read(path, count, path.with_name("salinan.lkip")) == 4
    assert counts == [3, 4]


def test_looks_while_another_program_writes_are_whole(path: Path) -> None:
    with program(WRITE_ON, path, 0.03) as process:
        assert said(process) == "ready"
        seen = [len(CycleFiles().peek(path).events) for _ in range(25)]
        process.kill()
    assert all(seen)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]


def test_looks_while_another_program_never_stops_writing_are_whole_or_say_so(path: Path) -> None:
    with program(WRITE_ON, path, 0) as process:
        assert said(process) == "ready"
        peeks = [CycleFiles().peek(path) for _ in range(8)]
        process.kill()
    assert all(first_break(peek.events) is None for peek in peeks)
    assert all(bool(peek.events) != bool(peek.problem) for peek in peeks)
    assert all("oleh Budi" in peek.in_use for peek in peeks)
