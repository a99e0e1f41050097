"""Reading without writing: on request, and where the file or the folder takes no writing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from db.files import CycleFiles
from lkip_desktop.errors import UserError
from lkip_desktop.ports import Opening, Outcome
from tests.db.support import NOON, SCAN, content, filled, make, open_folder, sha, without_privilege


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where private copies go."""
    folder = tmp_path / "sementara"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def assert_only_readable(opening: Opening) -> None:
    assert opening.outcome is Outcome.READ_ONLY
    store = opening.store
    assert store is not None
    assert store.read_only
    assert len(store.events()) == 3
    assert store.blob(sha(SCAN)) == SCAN
    with pytest.raises(UserError, match="hanya untuk dibaca"):
        store.append(filled("tidak boleh"), NOON)
    assert len(store.events()) == 3
    store.close()


def test_on_request_the_file_itself_is_not_touched(tmp_path: Path, temporary: Path) -> None:
    path = make(tmp_path / "siklus" / "LKIP-2026.lkip")
    before = content(path.parent)
    opening = CycleFiles().open(path, read_only=True)
    assert len(list(temporary.iterdir())) == 1
    assert "hanya untuk dibaca" in opening.message
    assert_only_readable(opening)
    assert list(temporary.iterdir()) == []
    assert content(path.parent) == before


def test_a_file_that_is_being_read_stays_free_for_others(tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    reading = CycleFiles().open(path, read_only=True).store
    writing = CycleFiles().open(path).store
    assert reading is not None
    assert writing is not None
    writing.append(filled("baru"), NOON)
    assert (len(reading.events()), len(writing.events())) == (3, 4)
    reading.close()
    writing.close()


@pytest.mark.parametrize("folder_mode", [0o555, 0o755])
def test_a_place_that_takes_no_writing_opens_for_reading(folder_mode: int) -> None:
    with open_folder() as folder:
        path = make(folder / "LKIP-2026.lkip")
        path.chmod(0o444 if folder_mode == 0o755 else 0o666)
        folder.chmod(folder_mode)
        before = content(folder)
        with without_privilege():
            opening = CycleFiles().open(path, user="Siti")
            assert "tidak mengizinkan penulisan" in opening.message
            assert "salin dahulu" in opening.message
            assert_only_readable(opening)
            assert len(CycleFiles().peek(path).events) == 3
            assert list(CycleFiles().check(path)) == []
        assert content(folder) == before


def test_no_room_for_the_private_copy_is_said(temporary: Path, tmp_path: Path) -> None:
    path = make(tmp_path / "LKIP-2026.lkip")
    temporary.rmdir()
    opening = CycleFiles().open(path, read_only=True)
    assert (opening.outcome, opening.store) == (Outcome.NO_ACCESS, None)
    assert opening.message.endswith(".")
