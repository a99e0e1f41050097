"""Looking at files for a list, and checking them thoroughly."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from db.files import CycleFiles
from lkip_desktop.ports import Outcome
from tests.db.support import NOON, SCAN, SOP, attached, content, make, new, sha
from tests.db.test_bad_files import edited, tampered


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "LKIP-2026.lkip")


def test_a_look_reads_events_and_sop_and_changes_nothing(path: Path) -> None:
    before = content(path.parent)
    peek = CycleFiles().peek(path)
    assert (peek.path, peek.problem, peek.in_use) == (path, "", "")
    assert peek.sop_text == SOP.decode()
    assert [event.act.value for event in peek.events] == ["created", "filled", "attached"]
    assert content(path.parent) == before


def bytes_read() -> int:
    """What this process has read from files and pipes until now."""
    return int(Path("/proc/self/io").read_text().split()[1])


def test_a_look_does_not_read_the_attachments(tmp_path: Path) -> None:
    store = new(tmp_path / "LKIP-2026.lkip")
    for number in range(3):
        data = os.urandom(4_000_000) + bytes([number])
        store.append(attached(data), NOON, {sha(data): data})
    store.close()
    before = bytes_read()
    assert len(CycleFiles().peek(store.path).events) == 4
    assert bytes_read() - before < 300_000


def test_a_whole_file_has_no_faults(path: Path) -> None:
    assert list(CycleFiles().check(path)) == []


def faults_after(path: Path, table: str, statement: str) -> list[str]:
    tampered(table, statement)(path)
    before = content(path.parent)
    found = list(CycleFiles().check(path))
    assert content(path.parent) == before
    return found


def test_a_changed_attachment_is_found(path: Path) -> None:
    change = f"UPDATE blob SET data = zeroblob(size) WHERE sha256 = '{sha(SCAN)}'"
    assert faults_after(path, "blob", change) == [f"Lampiran {sha(SCAN)[:12]}… tidak sama dengan aslinya."]


def test_a_missing_attachment_is_found(path: Path) -> None:
    change = f"DELETE FROM blob WHERE sha256 = '{sha(SCAN)}'"
    assert faults_after(path, "blob", change) == ["Lampiran pada catatan ke-3 tidak ada di dalam berkas."]


def test_a_changed_event_is_found(path: Path) -> None:
    found = faults_after(path, "event", "UPDATE event SET role = 'inspektur' WHERE seq = 2")
    assert len(found) == 1
    assert "catatan ke-2" in found[0]


def test_an_empty_history_is_found(path: Path) -> None:
    assert faults_after(path, "event", "DELETE FROM event") == ["Riwayat kosong."]


def test_a_foreign_view_is_found(path: Path) -> None:
    edited("CREATE VIEW v AS SELECT 1")(path)
    assert list(CycleFiles().check(path)) == ["Bentuk berkas diubah oleh aplikasi lain."]


def spoil_the_index(path: Path) -> None:
    """Let the index of blobs name a digest that no blob has."""
    with sqlite3.connect(path) as connection:
        root = "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_blob_1'"
        page = connection.execute(root).fetchone()[0]
    connection.close()
    data = path.read_bytes()
    at = data.index(sha(SCAN).encode(), (page - 1) * 4096)
    assert at < page * 4096
    path.write_bytes(data[:at] + b"!" + data[at + 1 :])


def test_an_index_that_lost_its_way_is_found(path: Path) -> None:
    spoil_the_index(path)
    found = list(CycleFiles().check(path))
    assert len(found) == 1
    assert found[0].startswith("Susunan berkas rusak di ")
    assert CycleFiles().open(path).outcome is Outcome.DAMAGED


def test_every_fault_is_told_at_once(path: Path) -> None:
    tampered("event", "UPDATE event SET role = 'inspektur' WHERE seq = 2")(path)
    tampered("blob", "UPDATE blob SET data = zeroblob(size)")(path)
    assert len(list(CycleFiles().check(path))) == 3
