"""Files made to do harm: whatever their schema holds runs nowhere, and every look at them ends soon with a sentence."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lkip_desktop.ports import Outcome
from tests.db.support import ROOT, make

BOMB = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
MANY = ", ".join(f"sqlite_schema s{n}" for n in range(30))
# Each look runs in a program of its own: one that hangs can be ended, and memory is bounded.
LOOK = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2_500_000_000, 2_500_000_000))
from pathlib import Path
from db.files import CycleFiles
from lkip_desktop.errors import UserError
from lkip_desktop.overview import cycle_cards
from datetime import UTC, datetime
files, path = CycleFiles(), Path(sys.argv[1])
print("peek", bool(files.peek(path).problem))
print("cards", len(cycle_cards(files, path.parent, datetime.now(UTC))))
opening = files.open(path)
print("open", opening.outcome.value, opening.store is None)
opening = files.open(path, read_only=True)
print("read", opening.outcome.value, opening.store is None)
print("check", bool(list(files.check(path))))
try:
    files.copy(path, path.with_name("salinan.lkip"))
    print("copy made")
except UserError as error:
    print("copy refused")
"""


def rebuilt(connection: sqlite3.Connection, name: str, select: str) -> None:
    """Put a view in the place of a table, with its columns."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(f"DROP TABLE {name}")
    named = ", ".join(f"({select}) AS {column}" for column in columns)
    connection.execute(f"CREATE VIEW {name} AS SELECT {named}")


def written(change: str, *arguments: str) -> Callable[[sqlite3.Connection], None]:
    """A change to the schema's own rows, past what SQLite would let be created."""

    def act(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(change, arguments)

    return act


def run_all(*statements: str) -> Callable[[sqlite3.Connection], None]:
    def act(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return act


def without_triggers(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Take all triggers away; their names and texts."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    return triggers


ATTACKS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "extra view": run_all("CREATE VIEW tamu AS SELECT * FROM event"),
    "extra table": run_all("CREATE TABLE tamu (a)"),
    "extra index": run_all("CREATE INDEX tamu ON event (who)"),
    "bomb in a view": run_all(f"CREATE VIEW tamu AS {BOMB}"),
    "bomb for the events": lambda c: rebuilt(c, "event", BOMB),
    "bomb for the blobs": lambda c: rebuilt(c, "blob", BOMB),
    "bomb for the facts": lambda c: rebuilt(c, "meta", BOMB),
    "trigger that writes": run_all(
        "CREATE TRIGGER tamu AFTER INSERT ON event BEGIN INSERT INTO meta VALUES ('a', 'b'); END"
    ),
    "trigger with a bomb": run_all(f"CREATE TRIGGER tamu BEFORE INSERT ON event BEGIN SELECT ({BOMB}); END"),
    "virtual table": run_all("CREATE VIRTUAL TABLE tamu USING fts5(a)"),
    "virtual table over a file": written(
        "INSERT INTO sqlite_schema VALUES ('table', 'tamu', 'tamu', 0, ?)",
        'CREATE VIRTUAL TABLE tamu USING csv(filename="/etc/passwd")',
    ),
    "other trigger text": written(
        "UPDATE sqlite_schema SET sql = replace(sql, 'RAISE(ABORT', 'ifnull(1') WHERE type = 'trigger'"
    ),
    "no triggers": lambda c: without_triggers(c),
    "generated column": run_all("ALTER TABLE meta ADD COLUMN tamu TEXT GENERATED ALWAYS AS (hex(key)) VIRTUAL"),
    "join of joins": lambda c: rebuilt(c, "event", f"SELECT count(*) FROM {MANY}"),
    "schema that is no SQL": written("UPDATE sqlite_schema SET sql = 'CREATE' WHERE name = 'meta'"),
    "schema that points anywhere": written("UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'event'"),
    "schema without end": written(
        "UPDATE sqlite_schema SET sql = ? WHERE name = 'meta'",
        f"CREATE VIEW meta AS SELECT {'(' * 900}1{')' * 900} AS a",
    ),
    "view of itself": written(
        "INSERT INTO sqlite_schema VALUES ('view', 'tamu', 'tamu', 0, 'CREATE VIEW tamu AS SELECT * FROM tamu')"
    ),
    "thousands of views": lambda c: [c.execute(f"CREATE VIEW t{n} AS SELECT 1") for n in range(5_000)],
}


def attacked(path: Path, act: Callable[[sqlite3.Connection], object]) -> Path:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN")
        # A file of this kind may be made by a program without any of the usual checks.
        with contextlib.suppress(sqlite3.OperationalError):
            act(connection)
        connection.execute("COMMIT")
    return path


def look(path: Path) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-1500:]
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("utuh") / "utuh.lkip")


@pytest.mark.parametrize("name", ATTACKS)
def test_a_changed_schema_is_refused_before_any_of_it_runs(whole: Path, tmp_path: Path, name: str) -> None:
    path = attacked(Path(shutil.copy(whole, tmp_path / "serang.lkip")), ATTACKS[name])
    before = path.read_bytes()
    assert before != whole.read_bytes()
    said = look(path)
    assert said["open"].endswith(" True"), said
    assert said["read"].endswith(" True"), said
    assert said["check"] == "True"
    assert said["copy"] == "refused"
    assert path.read_bytes() == before


def test_an_untouched_file_opens(whole: Path, tmp_path: Path) -> None:
    said = look(Path(shutil.copy(whole, tmp_path / "utuh.lkip")))
    assert said["open"] == f"{Outcome.OPENED.value} False"
    assert said["check"] == "False"


ROWS: dict[str, str] = {
    "huge text": "UPDATE event SET data = '{\"a\": \"' || hex(zeroblob(80000000)) || '\"}'",
    "nested without end": "UPDATE event SET data = '{\"a\":' || replace(hex(zeroblob(100000)), '00', '[')",
    "number without end": "UPDATE event SET data = '{\"year\": ' || replace(hex(zeroblob(200000)), '00', '9') || '}'",
    "no JSON": "UPDATE event SET data = 'bukan'",
    "unknown act": "UPDATE event SET act = 'hapus'",
    "year beyond all": "UPDATE event SET data = replace(data, '2026', '999999999999')",
    "time beyond all": "UPDATE event SET at = '9999-12-31T23:59:59.999999-23:59'",
    "huge blob": "UPDATE blob SET data = zeroblob(600000000)",
    "sequence beyond all": "UPDATE event SET seq = seq + 9223372036854770000",
}


@pytest.mark.parametrize("name", ROWS)
def test_a_hostile_row_is_refused(whole: Path, tmp_path: Path, name: str) -> None:
    """With the schema put back as it must be: only the rows do harm."""
    path = Path(shutil.copy(whole, tmp_path / "serang.lkip"))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = without_triggers(connection)
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(ROWS[name])
        for _, sql in triggers:
            connection.execute(sql)
    said = look(path)
    assert said["check"] == "True", said
    if name != "huge blob":  # attachments are read when they are opened, and refused then
        assert said["open"].endswith(" True"), said
