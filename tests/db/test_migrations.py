"""From one format to the next: the scripts make today's schema, and an older file is upgraded on a copy."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic import command

from db import lock, sqlite
from db.files import CycleFiles
from db.migrations import run
from lkip_desktop import __version__
from lkip_desktop.ports import Outcome
from tests.db.support import NOON, content, filled, held_by_another, make, open_folder, opened, without_privilege

ADD_A_COLUMN = """
from alembic import op
import sqlalchemy as sa
revision, down_revision = "0003", "0002"
def upgrade():
    with op.batch_alter_table("meta") as batch:
        batch.add_column(sa.Column("note", sa.Text, nullable=True))
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
"""
LOSE_A_BLOB = (
    ADD_A_COLUMN
    + """
    op.execute("DROP TRIGGER blob_no_delete")
    op.execute("DELETE FROM blob WHERE rowid = 2")
    op.execute("CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob"
               " BEGIN SELECT RAISE(ABORT, 'blob_no_delete'); END")
"""
)
FORGET_WHO = (
    ADD_A_COLUMN
    + """
    op.execute("DROP TRIGGER event_no_update")
    op.execute("UPDATE event SET who = '' WHERE seq = 2")
    op.execute("CREATE TRIGGER event_no_update BEFORE UPDATE ON event"
               " BEGIN SELECT RAISE(ABORT, 'event_no_update'); END")
"""
)
FILL_THE_DISK = (
    ADD_A_COLUMN
    + """
    op.execute("PRAGMA max_page_count = 1")
    op.execute("CREATE TABLE big AS SELECT zeroblob(9000000)")
"""
)


def empty() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def migrated(number: int) -> list[str]:
    """The schema that the scripts make up to a format, in an empty database."""
    connection = empty()
    run.run_scripts(connection, 0, number)
    objects = sqlite.schema_objects(connection)
    connection.close()
    return objects


def test_the_scripts_make_what_a_new_file_has(tmp_path: Path) -> None:
    connection = sqlite.create(tmp_path / "baru.lkip", "1.0")
    objects = sqlite.schema_objects(connection)
    connection.close()
    assert migrated(sqlite.FORMAT) == objects
    assert sqlite.fingerprint(objects) == sqlite.SCHEMAS[sqlite.FORMAT]


def test_every_format_has_its_script_and_its_fingerprint() -> None:
    numbers = sorted(int(script.name[:4]) for script in (run.SCRIPTS / "versions").glob("[0-9]*.py"))
    assert numbers == list(sqlite.SCHEMAS) == list(range(1, sqlite.FORMAT + 1))
    assert {n: sqlite.fingerprint(migrated(n)) for n in numbers} == sqlite.SCHEMAS


def test_up_and_down_again_leaves_nothing() -> None:
    connection = empty()
    with sqlite.engine_on(connection).begin() as work:
        command.upgrade(run.configuration(work), "head")
        command.downgrade(run.configuration(work), "base")
    left = connection.execute("SELECT name FROM sqlite_master WHERE type <> 'index'").fetchall()
    connection.close()
    assert left == [("alembic_version",)]


def a_next_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let the program be one that has one format more."""
    scripts = tmp_path / "100% migrasi"
    shutil.copytree(run.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    following = scripts / "versions" / "0003_next.py"
    following.write_text(ADD_A_COLUMN)
    monkeypatch.setattr(run, "SCRIPTS", scripts)
    next_schema = sqlite.fingerprint(migrated(3))
    following.write_text(script)
    shutil.rmtree(scripts / "versions" / "__pycache__", ignore_errors=True)
    monkeypatch.setattr(sqlite, "FORMAT", 3)
    monkeypatch.setattr(sqlite, "SCHEMAS", {**sqlite.SCHEMAS, 3: next_schema})


def old_file(folder: Path) -> Path:
    return make(folder / "siklus" / "LKIP-2026.lkip")


def test_an_older_file_is_upgraded_and_kept_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_file(tmp_path)
    before, events = path.read_bytes(), CycleFiles().peek(path).events
    a_next_format(tmp_path, monkeypatch, ADD_A_COLUMN)
    opening = CycleFiles().open(path, user="Siti")
    store = opened(opening)
    assert "“LKIP-2026 (sebelum versi 3).lkip”" in opening.message
    assert store.events() == events
    assert store.append(filled("lanjut"), NOON).seq == 4
    store.close()
    assert {found.name for found in path.parent.iterdir()} == {path.name, "LKIP-2026 (sebelum versi 3).lkip"}
    assert path.with_name("LKIP-2026 (sebelum versi 3).lkip").read_bytes() == before
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT value, note FROM meta").fetchone() == (__version__, None)
    connection.close()
    assert CycleFiles().open(path).message == ""


def test_an_earlier_kept_file_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_file(tmp_path)
    path.with_name("LKIP-2026 (sebelum versi 3).lkip").write_bytes(b"lama")
    a_next_format(tmp_path, monkeypatch, ADD_A_COLUMN)
    opening = CycleFiles().open(path)
    opened(opening).close()
    assert "(sebelum versi 3) 2.lkip" in opening.message
    assert path.with_name("LKIP-2026 (sebelum versi 3).lkip").read_bytes() == b"lama"


def test_where_files_have_one_name_only_the_old_one_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_file(tmp_path)
    before = path.read_bytes()

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(self)

    monkeypatch.setattr("os.link", refuse)
    kept = run.keep_beside(path)
    assert kept.read_bytes() == path.read_bytes() == before


@pytest.mark.parametrize(
    ("script", "outcome", "says"),
    [
        (LOSE_A_BLOB, Outcome.DAMAGED, "pembaruan bentuknya tidak utuh"),
        (FORGET_WHO, Outcome.DAMAGED, "tidak utuh mulai catatan ke-2"),
        (FILL_THE_DISK, Outcome.NO_ACCESS, "belum dapat disesuaikan"),
    ],
    ids=["lose a blob", "forget who", "fill the disk"],
)
def test_an_upgrade_that_goes_wrong_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, outcome: Outcome, says: str
) -> None:
    path = old_file(tmp_path)
    before = content(path.parent)
    a_next_format(tmp_path, monkeypatch, script)
    opening = CycleFiles().open(path)
    assert (opening.outcome, opening.store) == (outcome, None)
    assert says in opening.message
    assert content(path.parent) == before


def test_an_older_file_in_use_is_not_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_file(tmp_path)
    with held_by_another(path):
        before = content(path.parent)
        a_next_format(tmp_path, monkeypatch, ADD_A_COLUMN)
        assert CycleFiles().open(path).outcome is Outcome.LOCKED
        assert content(path.parent) == before


def test_an_older_file_is_read_without_upgrading_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_file(tmp_path)
    a_next_format(tmp_path, monkeypatch, ADD_A_COLUMN)
    before = content(path.parent)
    opening = CycleFiles().open(path, read_only=True)
    assert opening.outcome is Outcome.READ_ONLY
    assert opening.store is not None
    assert len(opening.store.events()) == 3
    opening.store.close()
    assert len(CycleFiles().peek(path).events) == 3
    assert list(CycleFiles().check(path)) == []
    assert content(path.parent) == before


def test_an_older_file_in_a_folder_that_takes_no_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_next_format(tmp_path, monkeypatch, ADD_A_COLUMN)
    monkeypatch.setattr(sqlite, "FORMAT", 2)
    with open_folder() as folder, open_folder() as other:
        path = make(folder / "LKIP-2026.lkip")
        monkeypatch.setattr(sqlite, "FORMAT", 3)
        monkeypatch.setattr(run, "SCRIPTS", readable_copy(other, run.SCRIPTS))
        path.chmod(0o666)
        folder.chmod(0o555)
        before = content(folder)
        with without_privilege():
            opening = CycleFiles().open(path)
            assert opening.outcome is Outcome.READ_ONLY
            assert opening.store is not None
            assert len(opening.store.events()) == 3
            opening.store.close()
        assert content(folder) == before
        assert not lock.note_of(path).exists()


def readable_copy(folder: Path, scripts: Path) -> Path:
    target = folder / "migrasi"
    shutil.copytree(scripts, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target
