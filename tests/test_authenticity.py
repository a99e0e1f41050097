"""*Periksa keaslian*: every change of a real file's history from outside is found and named."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.sqlite import TRIGGERS
from lkip_desktop.authenticity import Fault, Verdict, records_of, verify
from lkip_desktop.errors import UserError
from lkip_desktop.workflow.events import GENESIS, Act, Draft, Event, Who, seal
from tests.two_copies import START, attach, files, fill, made, put

COUNT = 9
ISSUED = {
    "kind": "cover-letter", "subject": "", "number": "000.8/014", "sequence": 14, "year": 2027, "date": "2027-02-24",
    "version": 1, "replaces": 0, "about": "", "recipient": "", "text_sha256": "", "name": "a.pdf", "sha256": "",
    "size": 1, "media_type": "application/pdf",
    "signer": {"name": "Rudy", "rank": "", "nip": "", "title": "", "authority": ""},
}  # fmt: skip


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with nine acts, a letter issued in the seventh."""
    path = tmp_path_factory.mktemp("asli") / "LKIP-2026.lkip"
    cycle = made(path)
    fill(cycle, circular_number="800/1")
    put(cycle, "circular_date", "2027-02-10")
    attach(cycle, "circular_scan", "Edaran.pdf")
    fill(cycle, circular_number="800/2")
    fill(cycle, circular_agenda="7")
    cycle.record(Draft(Who("Rina"), Act.ISSUED, {**ISSUED, "head": cycle.state.head[:8]}))
    fill(cycle, circular_agenda="8")
    fill(cycle, circular_subject="=1+1")
    cycle.close()
    return path


@contextlib.contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody with an SQLite tool, who takes the triggers away and puts them back."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for name, when in TRIGGERS.items():
            connection.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{name}'); END")
        connection.commit()


@pytest.fixture
def copy(genuine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(genuine, tmp_path / "diubah.lkip"))


def verdict(path: Path, *copies: Path, heads: tuple[str, ...] = ()) -> Verdict:
    port = files()
    return verify(port.records(path), [port.peek(other) for other in copies], heads, port.check(path))


def faults(found: Verdict) -> list[tuple[Fault, int]]:
    return [(finding.fault, finding.seq) for finding in found.findings]


def rewrite(path: Path, events: list[Event]) -> None:
    """Put a whole chain, sealed as well as the program does, in the place of the one in a file."""
    with tampering(path) as connection:
        connection.execute("DELETE FROM event")
        for r in records_of(events):
            row = (r.seq, r.at, r.who, r.role, r.behalf, r.act, r.data, r.previous, r.digest)
            connection.execute("INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?)", row)


def resealed(events: tuple[Event, ...], change: int, data: dict[str, object]) -> list[Event]:
    """The history with other data in event number `change` and every seal from there on renewed."""
    made_anew: list[Event] = []
    for event in events:
        previous = made_anew[-1].digest if made_anew else GENESIS
        draft = Draft(event.who, event.act, data if event.seq == change else event.data)
        made_anew.append(seal(draft, event.seq, event.at, previous))
    return made_anew


def test_a_genuine_history_says_so(genuine: Path) -> None:
    found = verdict(genuine)
    assert found.genuine
    assert found.count == COUNT
    assert found.sentences[0] == "Riwayat asli: 9 catatan, tidak ada yang diubah, dihapus, atau disisipkan."
    assert "pada surat nomor 000.8/014 cocok" in found.sentences[1]


COLUMNS = st.sampled_from(["at", "who", "role", "behalf", "act", "data", "previous", "digest"])


@given(seq=st.integers(1, COUNT), column=COLUMNS, place=st.integers(0, 400), letter=st.sampled_from("0aZ :}é"))
def test_any_single_changed_letter_is_found_and_named(
    genuine: Path, tmp_path_factory: pytest.TempPathFactory, seq: int, column: str, place: int, letter: str
) -> None:
    path = Path(shutil.copyfile(genuine, tmp_path_factory.mktemp("huruf") / "a.lkip"))
    with tampering(path) as connection:
        (old,) = connection.execute(f"SELECT {column} FROM event WHERE seq = ?", (seq,)).fetchone()
        at = place % (len(old) + 1)
        new = old[:at] + letter + old[at + 1 :]
        if column in ("previous", "digest"):
            new = new[:64].ljust(64, "0")
        connection.execute(f"UPDATE event SET {column} = ? WHERE seq = ?", (new, seq))
    found = verdict(path)
    if new == old:
        assert found.genuine
    else:
        assert (Fault.CHANGED, seq) in faults(found)
        assert any(f"atatan ke-{seq} (" in sentence for sentence in found.sentences)


@given(first=st.integers(1, COUNT - 1), count=st.integers(1, 4), renumber=st.booleans())
def test_any_removed_acts_are_found_and_named(
    genuine: Path, tmp_path_factory: pytest.TempPathFactory, first: int, count: int, renumber: bool
) -> None:
    count = min(count, COUNT - first)
    path = Path(shutil.copyfile(genuine, tmp_path_factory.mktemp("hapus") / "a.lkip"))
    with tampering(path) as connection:
        connection.execute("DELETE FROM event WHERE seq BETWEEN ? AND ?", (first, first + count - 1))
        if renumber:
            connection.execute("UPDATE event SET seq = -(seq - ?) WHERE seq > ?", (count, first))
            connection.execute("UPDATE event SET seq = -seq WHERE seq < 0")
    found = verdict(path)
    assert faults(found)[0] == (Fault.REMOVED, first)
    assert [f for f in faults(found) if f[0] is Fault.CHANGED] == []


@pytest.mark.parametrize("after", [1, 4, 8])
def test_an_inserted_act_is_found_and_named(copy: Path, after: int) -> None:
    """Sealed as well as the program does, and the rest renumbered."""
    before = files().peek(copy).events[after - 1]
    added = seal(Draft(Who("Orang"), Act.FILLED, {"changes": {}}), after + 1, before.at, before.digest)
    with tampering(copy) as connection:
        connection.execute("UPDATE event SET seq = -(seq + 1) WHERE seq > ?", (after,))
        connection.execute("UPDATE event SET seq = -seq WHERE seq < 0")
        (r,) = records_of([added])
        row = (r.seq, r.at, r.who, r.role, r.behalf, r.act, r.data, r.previous, r.digest)
        connection.execute("INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?)", row)
    found = verdict(copy)
    assert faults(found) == [(Fault.INSERTED, after + 1)]
    assert "(Orang, " in found.sentences[0]


def test_a_changed_act_that_was_sealed_again_alone_is_named(copy: Path) -> None:
    event = files().peek(copy).events[2]
    (r,) = records_of([seal(Draft(event.who, event.act, {"changes": {"x": "1"}}), 3, event.at, event.previous)])
    with tampering(copy) as connection:
        connection.execute("UPDATE event SET data = ?, digest = ? WHERE seq = 3", (r.data, r.digest))
    assert faults(verdict(copy)) == [(Fault.CHANGED, 3)]


def test_a_cut_tail_holds_by_itself_and_is_found_by_what_is_kept_elsewhere(copy: Path, genuine: Path) -> None:
    head = files().peek(copy).events[-1].digest
    with tampering(copy) as connection:
        connection.execute("DELETE FROM event WHERE seq > 7")
    assert verdict(copy).sentences[0] == "2 catatan terakhir pada riwayat hilang."
    with tampering(copy) as connection:
        connection.execute("UPDATE meta SET value = '7' WHERE key = 'events'")
    assert verdict(copy).genuine
    found = verdict(copy, genuine)
    assert faults(found) == [(Fault.CUT, 8)]
    assert "2 catatan yang tidak ada di sini" in found.sentences[0]
    assert faults(verdict(copy, heads=(head[:8],))) == [(Fault.UNKNOWN, 0)]


def test_a_chain_written_anew_is_found_by_the_head_on_an_issued_letter(copy: Path, genuine: Path) -> None:
    events = files().peek(copy).events
    printed = events[6].data["head"]
    rewrite(copy, resealed(events, 2, {"changes": {"circular_number": "palsu"}}))
    found = verdict(copy)
    assert faults(found) == [(Fault.REWRITTEN, 7)]
    assert f"Sidik {printed} yang tercetak pada surat nomor 000.8/014" in found.sentences[0]
    assert (Fault.REWRITTEN, 2) in faults(verdict(copy, genuine))
    assert (Fault.UNKNOWN, 0) in faults(verdict(copy, heads=(printed.upper(),)))


def test_a_chain_written_anew_after_the_letter_is_found_by_a_backup(copy: Path, genuine: Path) -> None:
    rewrite(copy, resealed(files().peek(copy).events, 8, {"changes": {}}))
    assert verdict(copy).genuine
    found = verdict(copy, genuine)
    assert faults(found) == [(Fault.REWRITTEN, 8)]
    assert "catatan ke-8 (Rina, 15 Feb 2027 08.08 WIB, isian)" in found.sentences[0]


def test_a_chain_written_anew_from_its_first_act_is_not_taken_for_another_cycle(copy: Path, genuine: Path) -> None:
    events, kept = files().peek(copy).events, files().peek(genuine)
    rewrite(copy, resealed(events, 1, {**events[0].data, "year": 2027}))
    found = verdict(copy, genuine)
    assert (Fault.REWRITTEN, 1) in faults(found)
    assert "ditulis ulang sejak catatan pertama" in found.sentences[1]
    assert (Fault.REWRITTEN, 1) in faults(verify(files().records(copy), backups=[kept]))


def test_an_attachment_that_the_file_calls_lost_is_a_finding_all_the_same(copy: Path) -> None:
    with tampering(copy) as connection:
        connection.execute("INSERT INTO meta SELECT 'missing', sha256 FROM blob WHERE size = 9")
        connection.execute("DELETE FROM blob WHERE size = 9")
    port = files()
    assert list(port.check(copy)) == []
    (finding,) = verify(port.records(copy), faults=port.check(copy, strict=True)).findings
    assert (finding.fault, "tercatat hilang" in finding.sentence) == (Fault.FILE, True)


def test_what_agrees_is_said(genuine: Path, copy: Path, tmp_path: Path) -> None:
    head = files().peek(genuine).events[3].digest
    found = verdict(genuine, copy, heads=(f" {head[:4]} {head[4:10].upper()} ",))
    assert found.genuine
    assert any("Seluruh 9 catatan" in s for s in found.sentences)
    assert any("cocok dengan catatan ke-4" in s for s in found.sentences)
    made(tmp_path / "lain.lkip", START + timedelta(days=1)).close()
    other = files().peek(tmp_path / "lain.lkip")
    assert "siklus lain" in verify(files().records(genuine), backups=[other]).sentences[-1]
    assert verify(files().records(genuine), backups=[other]).genuine
    for bad in ("1234567", "zzzzzzzz", "", "a" * 65):
        with pytest.raises(UserError, match="bukan sidik"):
            verdict(genuine, heads=(bad,))


def test_an_attachment_that_was_exchanged_is_found(copy: Path) -> None:
    with tampering(copy) as connection:
        connection.execute("UPDATE blob SET data = ?, size = 9 WHERE size = 9", (b"%PDF-1.7 ",))
    assert [f.fault for f in verdict(copy).findings] == [Fault.FILE]


def test_an_emptied_history_and_a_nested_one_are_findings_not_tracebacks(copy: Path) -> None:
    with tampering(copy) as connection:
        connection.execute("UPDATE event SET data = ? WHERE seq = 4", ("[" * 100_000,))
        connection.execute("UPDATE event SET at = ? WHERE seq = 5", ("9999-12-31T23:59:59.999999+00:00",))
        connection.execute("UPDATE event SET data = ? WHERE seq = 6", (json.dumps([1]),))
    assert faults(verdict(copy))[:3] == [(Fault.CHANGED, 4), (Fault.CHANGED, 5), (Fault.CHANGED, 6)]
    with tampering(copy) as connection:
        connection.execute("DELETE FROM event")
    assert (Fault.EMPTY, 0) in faults(verdict(copy))
