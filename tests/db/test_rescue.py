"""Damaged files: what can be read is saved into a new file that opens, and what is missing is named."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from db import sqlite
from db.files import CycleFiles
from lkip_desktop import backups, office, rescue
from lkip_desktop.errors import UserError
from lkip_desktop.ports import Outcome, SystemClock
from lkip_desktop.workflow.events import Who
from tests.db.support import NOON, content, worked_on

PAGE = 4096


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cycle with attachments of several pages."""
    return worked_on(tmp_path_factory.mktemp("asli") / "LKIP-2026.lkip")


@pytest.fixture
def damaged(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(sample, tmp_path / "LKIP-2026.lkip"))


def overwrite(path: Path, page: int, data: bytes) -> None:
    with path.open("r+b") as stream:
        stream.seek(page * PAGE)
        stream.write(data)


def saved(path: Path) -> rescue.Saved:
    before = path.read_bytes()
    made = rescue.rescue(CycleFiles(), path, rescue.rescued_path(path))
    assert path.read_bytes() == before
    return made


def opens(path: Path) -> office.Cycle:
    cycle, opening = office.open_cycle(CycleFiles(), path, SystemClock())
    assert cycle is not None, opening
    return cycle


def test_a_whole_file_is_saved_whole(damaged: Path) -> None:
    made = saved(damaged)
    assert made.rescued.events == CycleFiles().peek(damaged).events
    assert (made.rescued.loose, made.rescued.missing) == ((), ())
    assert list(CycleFiles().check(made.path)) == []
    assert made.listing.read_text("utf-8").startswith("Isi “LKIP-2026.lkip” diselamatkan")
    cycle = opens(made.path)
    for file in cycle.state.attachments:
        assert len(cycle.store.blob(file.sha256)) == file.size
    cycle.close()


@pytest.mark.parametrize("bad", [b"", bytes(PAGE), b"\xff" * PAGE])
def test_a_lost_first_page_loses_nothing_else(damaged: Path, bad: bytes) -> None:
    events = CycleFiles().peek(damaged).events
    overwrite(damaged, 0, bad or random.Random(1).randbytes(PAGE))
    assert CycleFiles().open(damaged).outcome in (Outcome.NOT_LKIP, Outcome.FOREIGN, Outcome.DAMAGED)
    assert saved(damaged).rescued.events == events


def test_an_attachment_that_is_gone_is_named_and_the_file_lives_on(damaged: Path) -> None:
    kept = CycleFiles().peek(damaged).events
    data = damaged.read_bytes()
    place = data.index(b"%PDF")
    damaged.write_bytes(data[:place] + b"%XXX" + data[place + 4 :])
    made = saved(damaged)
    assert made.rescued.events == kept
    assert len(made.rescued.missing) == 1
    name = made.rescued.missing[0].name
    assert f"“{name}” pada catatan ke-" in made.text()
    assert "lampirkan kembali" in made.listing.read_text("utf-8")
    # The loss is known: the new file is whole as it is, is worked on and backed up.
    assert list(CycleFiles().check(made.path)) == []
    cycle = opens(made.path)
    assert isinstance(office.fill(cycle, Who("Rina"), {"circular_number": "99"}), office.Changed)
    assert backups.back_up(CycleFiles(), made.path, NOON).new
    cycle.close()


def test_acts_after_a_gap_are_told_and_not_taken(damaged: Path) -> None:
    events = CycleFiles().peek(damaged).events
    third = events[2].digest.encode()
    damaged.write_bytes(damaged.read_bytes().replace(third, b"0" * 64, 1))
    made = saved(damaged)
    assert made.rescued.events == events[: len(made.rescued.events)]
    assert len(made.rescued.events) in (2, 3)
    assert "tidak tersambung" in made.text()
    opens(made.path).close()


def test_the_backups_give_what_the_file_has_lost(damaged: Path) -> None:
    events = CycleFiles().peek(damaged).events
    made = backups.back_up(CycleFiles(), damaged, NOON)
    whole = damaged.read_bytes()
    damaged.write_bytes(whole.replace(b"%PDF", b"%XXX"))
    made.backup.path.write_bytes(whole.replace(b"Rina", b"Rani"))
    both = saved(damaged)
    assert both.rescued.events == events
    assert both.rescued.missing == ()


def test_the_second_place_gives_what_the_first_has_lost(damaged: Path, tmp_path: Path) -> None:
    events, second = CycleFiles().peek(damaged).events, tmp_path / "Flashdisk"
    second.mkdir()
    backups.choose(second)
    made = backups.back_up(CycleFiles(), damaged, NOON, second=second)
    damaged.write_bytes(b"")
    made.backup.path.write_bytes(b"")
    (one,) = backups.available(damaged, second)
    assert (one.path, one.twin) == (made.backup.path, second / "Cadangan" / damaged.stem / made.backup.path.name)
    told = backups.contents(CycleFiles(), one)
    assert (told.problem, told.backup.path) == ("", one.twin)
    both = rescue.rescue(CycleFiles(), damaged, rescue.rescued_path(damaged), second)
    assert (both.rescued.events, both.rescued.missing) == (events, ())


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: bytes(len(data)), lambda data: data[:PAGE]])
def test_where_nothing_is_left_it_is_said_and_nothing_is_made(damaged: Path, spoil: Callable[[bytes], bytes]) -> None:
    damaged.write_bytes(spoil(damaged.read_bytes()))
    before = content(damaged.parent)
    with pytest.raises(UserError, match="Tidak ada yang dapat diselamatkan"):
        saved(damaged)
    assert content(damaged.parent) == before


def test_an_unfinished_transaction_is_taken_back_before_it_is_read(damaged: Path) -> None:
    """The file has new pages in part and the journal the old ones, as a power cut leaves them."""
    whole, events = damaged.read_bytes(), CycleFiles().peek(damaged).events
    connection = sqlite.connect(damaged)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("INSERT INTO blob VALUES (?, ?, zeroblob(400000))", ("e" * 64, 400000))
    journal = sqlite.journal_of(damaged).read_bytes()
    torn = damaged.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    damaged.write_bytes(torn)
    sqlite.journal_of(damaged).write_bytes(journal)
    assert whole != torn
    assert saved(damaged).rescued.events == events
