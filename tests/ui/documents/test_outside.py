"""Printing from a command line: what reaches the queue, what is said, what is noted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.documents.catalog import make
from lkip_desktop.ports import SystemClock
from lkip_desktop.workflow.events import Act, Event
from tests.cups import Queue
from tests.ui.documents.test_printing import frame_mm, sizes_mm
from ui.session import Session

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def path(make_session: Callable[..., Session], sessions: list[Session], qtbot: QtBot) -> Path:
    session = make_session(8, ahead=True)
    session.close()
    return session.cycle.store.path


def run(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config")}
    environment.pop("QT_QPA_PLATFORM", None)
    environment.pop("DISPLAY", None)
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)


def history(path: Path) -> list[Event]:
    cycle, opening = office.open_cycle(CycleFiles(), path, SystemClock())
    assert cycle is not None, opening.message
    events = list(cycle.store.events())
    cycle.close()
    return events


def test_a_letter_goes_to_the_queue_as_it_is_and_is_noted(cups: Queue, path: Path, tmp_path: Path) -> None:
    done = run(tmp_path, "--print", "cover-letter", str(path), "--printer", cups.name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Surat Pengantar dikirim ke printer TU: pekerjaan TU-")
    arrived = cups.printed()
    cycle, _ = office.open_cycle(CycleFiles(), path, SystemClock(), read_only=True)
    assert cycle is not None
    previewed = make("cover-letter", office.snapshot(cycle, cycle.now().date())).data
    cycle.close()
    assert sizes_mm(arrived) == sizes_mm(previewed) == [(210, 297)]
    assert frame_mm(arrived) == pytest.approx(frame_mm(previewed), abs=0.6)
    last = history(path)[-1]
    assert (last.act, last.data["kind"], last.data["printer"]) == (Act.PRINTED, "cover-letter", "TU")


def test_without_a_name_it_goes_to_the_usual_printer(cups: Queue, path: Path, tmp_path: Path) -> None:
    done = run(tmp_path, "--print", "receipt", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "printer TU" in done.stdout
    cups.printed()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--print", "cover-letter", "--printer", "Hilang"), "Printer “Hilang” tidak ada"),
        (("--print", "surat"), "Jenis dokumen “surat” tidak dapat dicetak. Yang dapat dicetak: "),
        (("--print", "report"), "tidak dapat dicetak"),
        (("--print", "reminder"), "tidak ada yang perlu menerimanya"),
    ],
)
def test_what_cannot_be_printed_is_one_sentence(
    cups: Queue, path: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    before = path.read_bytes()
    done = run(tmp_path, *arguments, str(path))
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == before


def test_a_queue_that_refuses_is_one_sentence_and_no_note(cups: Queue, path: Path, tmp_path: Path) -> None:
    cups.reject()
    try:
        done = run(tmp_path, "--print", "cover-letter", str(path))
    finally:
        cups.accept()
    assert done.returncode == 1
    assert "antreannya tidak menerima pekerjaan baru" in done.stderr
    assert history(path)[-1].act is not Act.PRINTED


def test_a_printer_that_stands_still_is_told(cups: Queue, path: Path, tmp_path: Path) -> None:
    cups.stop()
    try:
        done = run(tmp_path, "--print", "cover-letter", str(path))
    finally:
        cups.resume()
    assert done.returncode == 0
    assert "printer sedang berhenti" in done.stdout
    cups.printed()


def test_a_file_that_is_open_elsewhere_is_printed_and_that_it_was_not_noted_is_said(
    cups: Queue, make_session: Callable[..., Session], tmp_path: Path
) -> None:
    session = make_session(8, ahead=True)
    done = run(tmp_path, "--print", "cover-letter", str(session.cycle.store.path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Tidak dicatat dalam riwayat" in done.stdout
    cups.printed()


def test_a_file_that_is_not_there_is_one_sentence(cups: Queue, tmp_path: Path) -> None:
    done = run(tmp_path, "--print", "cover-letter", str(tmp_path / "tidak-ada.lkip"))
    assert done.returncode == 1
    assert done.stderr.strip().endswith(".")
    assert "Traceback" not in done.stderr
