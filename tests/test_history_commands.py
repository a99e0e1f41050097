"""``verify-history``, ``compare``, ``export … history`` and ``complete --paper`` as a technician types them."""

from __future__ import annotations

import contextlib
import csv
import io
import shutil
import sqlite3
from pathlib import Path

import pytest

from db.sqlite import TRIGGERS
from lkip_desktop import office, people
from lkip_desktop.people import MemoryBook
from lkip_desktop.workflow.events import Act, Who
from tests.documents.pdf import text as text_of
from tests.test_cli import run
from tests.two_copies import RINA, attach, did, files, fill, made, reopened


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of one cycle that were worked on separately."""
    here, there = tmp_path / "LKIP-2026.lkip", tmp_path / "salinan.lkip"
    cycle = made(here)
    did(people.set_password(cycle, RINA, "r1", "rahasia-rudy", "", MemoryBook()))
    cycle.close()
    shutil.copyfile(here, there)
    cycle = reopened(there)
    fill(cycle, circular_number="800/3", circular_subject='=HYPERLINK("http://x")')
    attach(cycle, "circular_scan", "Edaran.pdf")
    cycle.close()
    cycle = reopened(here)
    fill(cycle, circular_number="800/2", circular_agenda="-7+1")
    cycle.close()
    return here, there


def test_verify_history_says_what_agrees_and_what_does_not(copies: tuple[Path, Path]) -> None:
    here, there = copies
    head = files().peek(here).events[1].digest
    said = run("verify-history", here, "--against", head[:8]).splitlines()
    assert said[0] == "Riwayat asli: 3 catatan, tidak ada yang diubah, dihapus, atau disisipkan."
    assert said[1].startswith(f"Sidik {head[:8]} cocok dengan catatan ke-2 (Rina, ")
    assert "berbeda dari “salinan.lkip”" in run("verify-history", here, "--against", there, status=1)
    assert "tidak ada di riwayat" in run("verify-history", here, "--against", "00000000", status=1)
    assert "bukan sidik" in run("verify-history", here, "--against", "halo", status=1)
    assert "tidak ditemukan" in run("verify-history", here, "--against", "hilang.lkip", status=1)
    with contextlib.closing(sqlite3.connect(here)) as connection:
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET who = 'Orang lain' WHERE seq = 2")
        when = TRIGGERS["event_no_update"]
        connection.execute(f"CREATE TRIGGER event_no_update {when} BEGIN SELECT RAISE(ABORT, 'event_no_update'); END")
        connection.commit()
    assert "Catatan ke-2 (Orang lain, " in run("verify-history", here, status=1)


def test_verify_history_compares_with_the_backups_beside_the_file(copies: tuple[Path, Path]) -> None:
    here, there = copies
    run("backup", here)
    assert "Seluruh 3 catatan" in run("verify-history", here)
    with contextlib.closing(sqlite3.connect(here)) as connection:
        connection.execute("DROP TRIGGER event_no_delete")
        connection.execute("DELETE FROM event WHERE seq = 3")
        when = TRIGGERS["event_no_delete"]
        connection.execute(f"CREATE TRIGGER event_no_delete {when} BEGIN SELECT RAISE(ABORT, 'event_no_delete'); END")
        connection.commit()
    assert "ekor riwayat dipotong" in run("verify-history", here, status=1)
    there.write_bytes(b"")
    assert "kosong" in run("verify-history", here, "--against", there, status=1)


def test_what_a_name_from_outside_says_does_not_steer_the_terminal(copies: tuple[Path, Path]) -> None:
    here, there = copies
    cycle = reopened(there)
    attach(cycle, "circular_scan", "\x1b[2JSurat\u202efdp.pdf")
    cycle.close()
    told = run("compare", here, there)
    assert "Surat\ufffdfdp.pdf" in told
    assert "\x1b" not in told


def test_compare_tells_and_takes(copies: tuple[Path, Path]) -> None:
    here, there = copies
    before, lines = there.read_bytes(), run("compare", here, there).splitlines()
    assert lines[0].startswith("Kedua berkas berpisah sesudah catatan ke-2.")
    assert "circular_number\tberbenturan\tNomor surat\t–\t800/2\t800/3" in lines
    run("compare", here, there, "--take", "circular_number", "--name", "Sari")
    said = run("compare", here, there, "--take", "semua").splitlines()
    assert said[0].startswith("Cadangan: ")
    assert said[1:] == ["Diambil: 1 isian, 1 berkas."]
    assert there.read_bytes() == before
    events = files().peek(here).events
    assert [(e.act, e.who.name) for e in events[3:4]] == [(Act.MERGED, "Sari")]
    assert events[4].data["changes"] == {"circular_subject": '=HYPERLINK("http://x")'}
    assert "Tidak ada yang dapat diambil" in run("compare", here, there, "--take", "agency_name", status=1)
    assert "Kedua berkas sama" in run("compare", here, shutil.copyfile(here, there))


def test_the_history_leaves_as_csv_and_pdf_without_formulas_and_hashes(
    copies: tuple[Path, Path], tmp_path: Path
) -> None:
    cycle = reopened(copies[1])
    hashed = cycle.state.passwords["r1"]
    did(office.fill(cycle, Who("=cmd|' /C calc'!A1"), {"circular_agenda": "@x"}))
    fill(cycle, agency_address="Dasar " * 2000)
    cycle.close()
    out = tmp_path / "riwayat.csv"
    run("export", copies[1], "history", out)
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0][0] == "Catatan ke-"
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5", "6"]
    assert rows[5][2] == "'=cmd|' /C calc'!A1"
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]
    run("export", copies[1], "history", tmp_path / "riwayat.pdf")
    text = text_of(tmp_path / "riwayat.pdf")
    assert "Riwayat Siklus LKIP 2026" in text
    assert text.count("Dasar") > 1500
    for whole in (data.decode(), text):
        assert "argon2" not in whole
        assert hashed[-20:] not in whole


def test_a_decision_from_paper(tmp_path: Path) -> None:
    path = tmp_path / "LKIP-2026.lkip"
    run("new", path, "--year", "2026", "--sample", "--until-step", "6")
    cycle = reopened(path)
    did(office.fill(cycle, RINA, {"people": ["r1"], "people/r1/name": "Hj. Siti", "people/r1/role": "sekretaris"}))
    did(people.set_password(cycle, RINA, "r1", "rahasia-siti", "", MemoryBook()))
    cycle.close()
    assert "memerlukan kata sandinya" in run("complete", path, "--decision", "ya", status=1)
    assert "Langkah 7" in run("complete", path, "--decision", "ya", "--paper", "--name", "Rina")
    event = files().peek(path).events[-1]
    assert (event.data["authority"], event.who.name) == ("paper", "Rina")
    assert event.who.behalf
    out = tmp_path / "status.pdf"
    run("export", path, "status-sheet", out)
    assert "dari persetujuan tertulis" in " ".join(text_of(out).split())
