"""A thousand ways to be damaged: never a traceback, never a hang, never a loss that is not told."""

from __future__ import annotations

import contextlib
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from db import sqlite
from db.files import CycleFiles
from lkip_desktop import office, rescue
from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.ports import Outcome, SystemClock
from lkip_desktop.workflow.events import Event
from tests.db.support import is_a_sentence, make, worked_on

PAGE = 4096
CORRUPTIONS, PARTS = 2000, 8
SLOWEST = 20.0
"""Seconds for all that is asked of one file; a hang is what is looked for."""

Whole = tuple[bytes, tuple[Event, ...]]
Corruption = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """A few bits are wrong."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        spoilt[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def page_of_noise(data: bytes, chance: random.Random) -> bytes:
    page = chance.randrange(len(data) // PAGE) * PAGE
    return data[:page] + chance.randbytes(PAGE) + data[page + PAGE :]


def zeroed(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    length = chance.randint(1, 3 * PAGE)
    return data[:start] + bytes(len(data[start : start + length])) + data[start + length :]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def cut_at_a_page(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) // PAGE) * PAGE]


def swapped(data: bytes, chance: random.Random) -> bytes:
    """Two pages in each other's place, as a broken file system leaves them."""
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    one, other = chance.sample(range(len(pages)), 2)
    pages[one], pages[other] = pages[other], pages[one]
    return b"".join(pages)


def grown(data: bytes, chance: random.Random) -> bytes:
    return data + chance.randbytes(chance.randint(1, 2 * PAGE))


def shifted(data: bytes, chance: random.Random) -> bytes:
    """Bytes are missing in the middle, as after a transfer as text."""
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randint(1, 100) :]


def header_noise(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(100)
    return data[:at] + chance.randbytes(chance.randint(1, 8)) + data[at + 8 :] if chance.random() < 0.5 else (
        data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    )  # fmt: skip


def stale_page(data: bytes, chance: random.Random) -> bytes:
    """A page holds what stood in another one before: right in itself, wrong in its place."""
    one, other = chance.sample(range(len(data) // PAGE), 2)
    return data[: one * PAGE] + data[other * PAGE : (other + 1) * PAGE] + data[(one + 1) * PAGE :]


KINDS: list[Corruption] = [
    flipped, page_of_noise, zeroed, cut, cut_at_a_page, swapped, grown, shifted, header_noise, stale_page
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    path = worked_on(tmp_path_factory.mktemp("asli") / "LKIP-2026.lkip")
    return path.read_bytes(), CycleFiles().peek(path).events


def judge(path: Path, events: tuple[Event, ...], *, thorough: bool, mended: bool = False) -> str:
    """What the program makes of a damaged file; fails when it loses something without a word.

    `mended`: its own journal may have taken an unfinished transaction back before the file was refused.
    """
    files = CycleFiles()
    peek = files.peek(path)
    assert not peek.problem or is_a_sentence(peek.problem), peek.problem
    assert peek.problem or peek.events == events
    before = path.read_bytes()
    cycle, opening = office.open_cycle(files, path, SystemClock())
    if cycle is None:
        assert opening.outcome is not Outcome.LOCKED
        assert is_a_sentence(opening.message), opening.message
        assert path.read_bytes() == before or (mended and not files.peek(path).events)
        if thorough:
            judge_rescue(path, events)
        return "refused"
    assert cycle.store.events() == events
    told = 0
    for file in cycle.state.attachments:
        try:
            assert len(cycle.store.blob(file.sha256)) == file.size
        except (EnvironmentProblem, KeyError):
            told += 1
    cycle.close()
    found = list(files.check(path))
    assert found or not told
    assert all(is_a_sentence(fault) for fault in found)
    return "damage told by the check" if found else "whole"


def judge_rescue(path: Path, events: tuple[Event, ...]) -> None:
    """What is saved of it is a beginning of what there was, and can be worked on."""
    before = path.read_bytes()
    target = path.with_name("selamat.lkip")
    with contextlib.suppress(UserError):
        saved = rescue.rescue(CycleFiles(), path, target)
        assert saved.rescued.events == events[: len(saved.rescued.events)]
        cycle, opening = office.open_cycle(CycleFiles(), target, SystemClock())
        assert cycle is not None, opening
        cycle.close()
        assert list(CycleFiles().check(target)) == []
        assert len(saved.rescued.events) == len(events) or saved.rescued.loose or "sampai catatan ke-" in saved.text()
    assert path.read_bytes() == before
    for made in (target, target.with_suffix(".txt")):
        made.unlink(missing_ok=True)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_corruptions(
    tmp_path: Path, whole: Whole, part: int, record_property: Callable[[str, object], None]
) -> None:
    data, events = whole
    chance = random.Random(part)
    path = tmp_path / "LKIP-2026.lkip"
    ends: Counter[str] = Counter()
    for number in range(CORRUPTIONS // PARTS):
        kind = KINDS[number % len(KINDS)]
        path.write_bytes(kind(data, chance))
        begun = time.monotonic()
        ends[judge(path, events, thorough=number % 5 == 0)] += 1
        assert time.monotonic() - begun < SLOWEST
        for left in tmp_path.iterdir():
            left.unlink()
    print(f"corruptions {ends.total()}: {dict(ends)}, silent losses = 0")
    record_property("figure: corruptions", ends.total())
    record_property("figure: losses", 0)
    assert ends["refused"] > 100


def test_a_leaf_in_the_place_of_the_page_above_it_loses_no_act_silently(tmp_path: Path, whole: Whole) -> None:
    """What is left is a chain that holds and a table that SQLite finds whole, without its last acts."""
    data, events = whole
    path = tmp_path / "LKIP-2026.lkip"
    starts = range(PAGE, len(data), PAGE)
    tried = 0
    for above in (start for start in starts if data[start] == 0x05):
        for leaf in (start for start in starts if data[start] == 0x0D):
            path.write_bytes(data[:above] + data[leaf : leaf + PAGE] + data[above + PAGE :])
            judge(path, events, thorough=False)
            for left in tmp_path.iterdir():
                left.unlink()
            tried += 1
    assert tried > 3


# The journal of an interrupted transaction, damaged or another file's


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory, whole: Whole) -> tuple[bytes, bytes]:
    """A file with half a transaction in it, and the journal that takes it back."""
    path = tmp_path_factory.mktemp("putus") / "LKIP-2026.lkip"
    path.write_bytes(whole[0])
    connection = sqlite.connect(path)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("INSERT INTO blob VALUES (?, ?, zeroblob(100000))", ("e" * 64, 100000))
    connection.execute("UPDATE meta SET value = 'baru'")
    torn, journal = path.read_bytes(), sqlite.journal_of(path).read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    assert torn != whole[0]
    return torn, journal


def test_an_interrupted_transaction_is_taken_back(
    tmp_path: Path, whole: Whole, interrupted: tuple[bytes, bytes]
) -> None:
    path = tmp_path / "LKIP-2026.lkip"
    path.write_bytes(interrupted[0])
    sqlite.journal_of(path).write_bytes(interrupted[1])
    opening = CycleFiles().open(path)
    assert opening.store is not None
    assert opening.store.events() == whole[1]
    opening.store.close()
    assert "berhenti mendadak" in opening.message
    assert list(CycleFiles().check(path)) == []


def test_a_journal_of_another_file_is_set_aside(tmp_path: Path, whole: Whole, interrupted: tuple[bytes, bytes]) -> None:
    """The file was replaced by its copy from elsewhere while the journal of the old one stayed."""
    other = make(tmp_path / "lain" / "LKIP-2025.lkip")
    path = Path(shutil.copyfile(other, tmp_path / "LKIP-2026.lkip"))
    events, before = CycleFiles().peek(other).events, path.read_bytes()
    sqlite.journal_of(path).write_bytes(interrupted[1])
    opening = CycleFiles().open(path)
    assert opening.store is not None, opening
    assert opening.store.events() == events
    opening.store.close()
    assert path.read_bytes() == before
    assert "milik berkas lain" in opening.message
    assert path.with_name("LKIP-2026.lkip-journal (catatan asing)").read_bytes() == interrupted[1]


def test_random_damage_to_an_interrupted_file(
    tmp_path: Path,
    whole: Whole,
    interrupted: tuple[bytes, bytes],
    record_property: Callable[[str, object], None],
) -> None:
    chance = random.Random(5)
    path = tmp_path / "LKIP-2026.lkip"
    ends: Counter[str] = Counter()
    for number in range(100):
        torn, journal = interrupted
        kind = KINDS[number % len(KINDS)]
        path.write_bytes(torn if number % 3 else kind(torn, chance))
        sqlite.journal_of(path).write_bytes(kind(journal, chance) if number % 3 else journal)
        ends[judge(path, whole[1], thorough=number % 5 == 0, mended=True)] += 1
        for left in tmp_path.iterdir():
            left.unlink()
    print(f"interrupted files {ends.total()}: {dict(ends)}")
    record_property("figure: interrupted files", ends.total())
    assert ends["whole"]
    assert ends["refused"]
