"""Files that are no whole cycle: each gets its outcome and a sentence, and stays byte for byte as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from db import rows, sqlite
from db.files import CycleFiles
from lkip_desktop import __version__
from lkip_desktop.office import open_cycle
from lkip_desktop.ports import Outcome, SystemClock
from lkip_desktop.workflow.events import GENESIS, seal
from tests.db.support import NOON, content, created, is_a_sentence, make, open_folder, without_privilege

Spoil = Callable[[Path], None]


def rewritten(change: Callable[[bytes], bytes]) -> Spoil:
    """Spoil a file's bytes."""
    return lambda path: path.write_bytes(change(path.read_bytes())) and None


def edited(*statements: str) -> Spoil:
    """Spoil a file through another SQLite application."""

    def spoil(path: Path) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return spoil


def tampered(table: str, *statements: str) -> Spoil:
    """Change rows of a table behind the back of its triggers, which are as before afterwards."""
    refusals = {name: when for name, when in sqlite.TRIGGERS.items() if name.startswith(table)}
    drop = [f"DROP TRIGGER {name}" for name in refusals]
    make_again = [
        f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{name}'); END" for name, when in refusals.items()
    ]
    return edited(*drop, *statements, *make_again)


def replaced_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replaced_by_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def replaced_by_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("laporan.txt", "bukan siklus")


def replaced_by_other_database(path: Path) -> None:
    path.unlink()
    edited("CREATE TABLE event (seq INTEGER)", "PRAGMA user_version = 1")(path)


def zeroed(data: bytes) -> bytes:
    """The same file with its middle lost, as a bad sector leaves it."""
    return data[:4096] + bytes(len(data) - 8192) + data[-4096:]


def with_header(offset: int, value: bytes) -> Spoil:
    return rewritten(lambda data: data[:offset] + value + data[offset + len(value) :])


CASES: dict[str, tuple[Spoil, Outcome, str]] = {
    "gone": (Path.unlink, Outcome.MISSING, "tidak ditemukan"),
    "empty": (rewritten(lambda data: b""), Outcome.EMPTY, "kosong"),
    "folder": (replaced_by_folder, Outcome.NOT_LKIP, "adalah folder"),
    "pipe": (replaced_by_pipe, Outcome.NOT_LKIP, "bukan berkas siklus"),
    "text": (rewritten(lambda data: b"SQLite for"), Outcome.NOT_LKIP, "bukan berkas siklus"),
    "one byte": (rewritten(lambda data: b"\0"), Outcome.NOT_LKIP, "bukan berkas siklus"),
    "zip": (replaced_by_zip, Outcome.NOT_LKIP, "bukan berkas siklus"),
    "other application": (replaced_by_other_database, Outcome.FOREIGN, "aplikasi lain"),
    "foreign trigger": (
        edited("CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM meta; END"),
        Outcome.FOREIGN,
        "aplikasi lain",
    ),
    "foreign view": (edited("CREATE VIEW v AS SELECT * FROM event"), Outcome.FOREIGN, "aplikasi lain"),
    "trigger taken away": (edited("DROP TRIGGER event_no_update"), Outcome.FOREIGN, "aplikasi lain"),
    "column added": (edited("ALTER TABLE event ADD COLUMN x TEXT"), Outcome.FOREIGN, "aplikasi lain"),
    "other journal mode": (with_header(18, b"\2\2"), Outcome.FOREIGN, "aplikasi lain"),
    "version zero": (edited("PRAGMA user_version = 0"), Outcome.FOREIGN, "aplikasi lain"),
    "cut in the header": (rewritten(lambda data: data[:60]), Outcome.DAMAGED, "terpotong"),
    "cut after the header": (rewritten(lambda data: data[:100]), Outcome.DAMAGED, "rusak"),
    "cut after a page": (rewritten(lambda data: data[:4096]), Outcome.DAMAGED, "rusak"),
    "cut in the middle": (rewritten(lambda data: data[: len(data) // 2]), Outcome.DAMAGED, "rusak"),
    "cut by one byte": (rewritten(lambda data: data[:-1]), Outcome.DAMAGED, "rusak"),
    "zeroes inside": (rewritten(zeroed), Outcome.DAMAGED, "rusak"),
    "event changed": (
        tampered("event", "UPDATE event SET who = 'Orang Lain' WHERE seq = 2"),
        Outcome.DAMAGED,
        "tidak utuh mulai catatan ke-2",
    ),
    "event removed": (
        tampered("event", "DELETE FROM event WHERE seq = 2"),
        Outcome.DAMAGED,
        "tidak utuh mulai catatan ke-2",
    ),
    "no events": (tampered("event", "DELETE FROM event"), Outcome.DAMAGED, "tidak mempunyai awal"),
    "unknown act": (
        tampered("event", "UPDATE event SET act = 'menari' WHERE seq = 3"),
        Outcome.DAMAGED,
        "tidak terbaca",
    ),
    "data no JSON": (
        tampered("event", "UPDATE event SET data = '{' WHERE seq = 3"),
        Outcome.DAMAGED,
        "tidak terbaca",
    ),
    "data no object": (
        tampered("event", "UPDATE event SET data = '[]' WHERE seq = 3"),
        Outcome.DAMAGED,
        "tidak terbaca",
    ),
    "time no time": (
        tampered("event", "UPDATE event SET at = 'kemarin' WHERE seq = 3"),
        Outcome.DAMAGED,
        "tidak terbaca",
    ),
    "schema that is no text": (
        rewritten(lambda data: data.replace(b"BEFORE UPDATE", b"B\xbbFORE UPDATE")),
        Outcome.DAMAGED,
        "tidak terbaca",
    ),
}


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Outcome, str]:
    spoil, outcome, says = request.param
    path = make(tmp_path / "LKIP-2026.lkip")
    spoil(path)
    return path, outcome, says


@pytest.mark.parametrize("read_only", [False, True])
def test_it_is_refused_with_a_sentence_and_left_as_it_was(case: tuple[Path, Outcome, str], read_only: bool) -> None:
    path, outcome, says = case
    before = content(path.parent)
    opening = CycleFiles().open(path, user="Siti", read_only=read_only)
    assert (opening.outcome, opening.store) == (outcome, None)
    assert says in opening.message
    assert is_a_sentence(opening.message)
    assert content(path.parent) == before


def test_a_look_and_a_check_say_it_too(case: tuple[Path, Outcome, str]) -> None:
    path, outcome, _ = case
    before = content(path.parent)
    peek = CycleFiles().peek(path)
    # A look reads the events alone, so what lies elsewhere is for the opening to find.
    if outcome is not Outcome.FOREIGN:
        assert peek.problem or peek.events
    assert not peek.problem or is_a_sentence(peek.problem)
    found = list(CycleFiles().check(path))
    assert found
    assert all(fault.endswith(".") for fault in found)
    assert content(path.parent) == before


@pytest.mark.parametrize("column", rows.COLUMNS[1:])
def test_a_row_with_something_other_than_text_holds_no_event(column: str) -> None:
    row = rows.to_row(seal(created(), 1, NOON, GENESIS))
    assert rows.to_event(list(row.values())).seq == 1
    for wrong in (None, b"2027", 5):
        with pytest.raises(ValueError, match="event 1"):
            rows.to_event(list({**row, column: wrong}.values()))


def test_data_nested_without_end_holds_no_event() -> None:
    row = {**rows.to_row(seal(created(), 1, NOON, GENESIS)), "data": "[" * 100_000}
    with pytest.raises(ValueError, match="nested"):
        rows.to_event(list(row.values()))


def test_an_sop_that_is_not_the_one_begun_with_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    tampered("blob", "UPDATE blob SET data = CAST(replace(CAST(data AS TEXT), 'contoh', 'CONTOH') AS BLOB)")(path)
    before = content(tmp_path)
    cycle, opening = open_cycle(CycleFiles(), path, SystemClock())
    assert cycle is None
    assert "tidak memuat SOP-nya" in opening.message
    assert "rusak" in CycleFiles().peek(path).problem
    assert content(tmp_path) == before


def test_a_look_at_a_damaged_history_says_so(tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    tampered("event", "UPDATE event SET who = 'Orang Lain' WHERE seq = 2")(path)
    peek = CycleFiles().peek(path)
    assert "rusak" in peek.problem
    assert peek.events == ()


NEEDED = [("7.1.0", "versi 7.1.0"), (None, "versi yang lebih baru"), (__version__, "versi yang lebih baru")]


@pytest.mark.parametrize(("program", "says"), NEEDED)
def test_a_newer_file_names_the_version_that_is_needed(tmp_path: Path, program: str | None, says: str) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    renew = f"UPDATE meta SET value = '{program}'" if program else "DROP TABLE meta"
    edited("PRAGMA user_version = 9", "ALTER TABLE event ADD COLUMN place TEXT", renew)(path)
    before = content(tmp_path)
    opening = CycleFiles().open(path)
    assert (opening.outcome, opening.store) == (Outcome.NEWER, None)
    assert f"Perbarui program ke {says}" in opening.message
    assert is_a_sentence(opening.message)
    assert content(tmp_path) == before
    assert CycleFiles().peek(path).problem == opening.message


def test_a_file_that_may_not_be_read_is_said() -> None:
    with open_folder() as folder:
        path = make(folder / "LKIP-2026.lkip")
        path.chmod(0)
        with without_privilege():
            opening = CycleFiles().open(path)
            peek = CycleFiles().peek(path)
        assert (opening.outcome, opening.store) == (Outcome.NO_ACCESS, None)
        assert is_a_sentence(opening.message)
        assert "izin" in opening.message
        assert peek.problem == opening.message


def test_a_name_too_long_to_exist_is_said(tmp_path: Path) -> None:
    opening = CycleFiles().open(tmp_path / ("x" * 300))
    assert opening.outcome is Outcome.NO_ACCESS
    assert is_a_sentence(opening.message)


def test_a_renamed_cycle_opens_whatever_its_ending(tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    other = Path(shutil.copyfile(path, tmp_path / "salinan.txt"))
    opening = CycleFiles().open(other)
    assert opening.outcome is Outcome.OPENED
    assert opening.store is not None
    opening.store.close()
