"""One cycle, end to end: a clerk at the real window, then other programs open what came of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from walkthrough import Clerk, OfficeClock, open_window, whole_cycle

from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.documents.catalog import KINDS, make
from lkip_desktop.overview import dossier
from lkip_desktop.ports import SystemClock
from lkip_desktop.workflow.events import Act, first_break
from lkip_desktop.workflow.state import CycleState
from ui import theme
from ui.tokens import LIGHT

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Done:
    """A cycle that went through the window: its file, its last state, and its documents by kind."""

    path: Path
    state: CycleState
    documents: dict[str, Path]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Done:
    theme.apply(qapp, LIGHT)
    folder = tmp_path_factory.mktemp("siklus")
    clock = OfficeClock()
    window = open_window(folder, clock)
    window.show()
    desk = folder / "meja"
    desk.mkdir()
    clerk = Clerk(window, clock, desk)
    path = folder / "LKIP 2026 #1 & 100%.lkip"
    clerk.begin(path)
    whole_cycle(clerk, lambda name: None)
    state = clerk.state
    snapshot = office.snapshot(clerk.work.session.cycle, clerk.today())
    documents = {}
    for kind in KINDS:
        made = make(kind, snapshot)
        documents[kind] = folder / made.name
        documents[kind].write_bytes(made.data)
    window.close()
    window.deleteLater()
    return Done(path, state, documents)


def test_the_cycle_went_its_way_with_two_returns(done: Done) -> None:
    way = [(visit.step, visit.round, visit.decision) for visit in done.state.visits]
    assert [(done.state.sop.by_id[step].number, round_) for step, round_, _ in way] == [
        (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (4, 2), (5, 2), (6, 2), (7, 1), (6, 3), (7, 2),
        (8, 1), (9, 1), (10, 1),
    ]  # fmt: skip
    assert done.state.closed
    assert [visit.reason for visit in done.state.visits if visit.decision == "tidak"] == [
        "Analisis temuan berulang belum dibandingkan dengan tahun lalu.",
        "Tanggal pada Kata Pengantar keliru.",
    ]
    assert all(item.present for item in dossier(done.state))
    assert [version.version for version in done.state.versions("report")] == [1, 2]


def test_what_was_typed_is_kept_as_the_office_reads_it(done: Done) -> None:
    text = done.state.text
    assert text("circular_date") == "2027-02-10"
    assert text("circular_deadline") == "2027-02-28"
    assert text("receiver_nip") == "199002102012101002"
    assert done.state.cell("indicators", done.state.rows("indicators")[0], "actual") == "3,05"
    assert len(done.state.rows("unit_forms")) == 6
    assert "tindak lanjut rekomendasi" in text("report_summary").lower() or "aset" in text("report_summary")


def test_the_history_names_who_acted_for_whom(done: Done) -> None:
    cycle, opening = office.open_cycle(CycleFiles(), done.path, SystemClock())
    assert cycle is not None, opening.message
    events = cycle.store.events()
    state = cycle.state
    cycle.close()
    assert state == done.state
    assert first_break(events) is None
    signed = [event for event in events if event.act is Act.COMPLETED and event.data["step"] == "tanda-tangan"]
    assert [event.who.name for event in signed] == ["Rina Contoh, S.A.P."] * 2
    assert all(event.who.behalf == "Inspektur Drs. Ahmad Contoh, M.Si." for event in signed)
    assert list(CycleFiles().check(done.path)) == []


def test_the_file_opens_by_its_name_on_the_command_line(done: Done, tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.update({"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)})
    probe = [sys.executable, str(ROOT / "scripts" / "bench_probe.py"), "chart", str(ROOT / "main.py"), str(done.path)]
    # The probe ends with 0 only when the flowchart of the opened cycle has been painted.
    subprocess.run(probe, env=environment, check=True, timeout=60, cwd=tmp_path, capture_output=True)


def test_the_report_opens_in_another_program(done: Done, tmp_path: Path) -> None:
    shown = _run("pandoc", "-t", "markdown", str(done.documents["report"]))
    headings = [line for line in shown.splitlines() if re.match(r"# ", line)]
    wanted = ["KATA PENGANTAR", "IKHTISAR EKSEKUTIF", "PENDAHULUAN", "PERENCANAAN KINERJA", "AKUNTABILITAS", "PENUTUP"]
    places = [next((i for i, head in enumerate(headings) if part in head.upper()), -1) for part in wanted]
    assert -1 not in places, headings
    assert places == sorted(places)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    _run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(done.documents["report"]))
    text = _run("pdftotext", "-layout", str(next(tmp_path.glob("*.pdf"))), "-")
    for figure in ("98,39", "101,76", "92,75", "80,00", "98,63", "102,59", "95,68", "Sangat Tinggi"):
        assert figure in text


@pytest.mark.parametrize("kind", ["cover-letter", "disposition", "receipt", "flowchart", "status-sheet"])
def test_the_pdfs_are_sound_and_carry_their_fonts(done: Done, kind: str) -> None:
    path = str(done.documents[kind])
    _run("qpdf", "--check", path)
    fonts = _run("pdffonts", path).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)


def test_the_letters_say_what_was_typed(done: Done) -> None:
    letter = _run("pdftotext", "-layout", str(done.documents["cover-letter"]), "-")
    for words in ("SURAT PENGANTAR", "000.8.6.3/012/Insp/2027", "Sekretaris Daerah Kabupaten Contoh", "1 (satu)"):
        assert words in letter
    assert "19680101 199003 1 001" in letter
    receipt = _run("pdftotext", "-layout", str(done.documents["receipt"]), "-")
    assert "Nur Contoh, S.STP." in receipt
    assert "19900210 201210 1 002" in receipt
    status = _run("pdftotext", "-layout", str(done.documents["status-sheet"]), "-")
    assert "Serah terima" in status or "Menyerahkan dokumen LKIP" in status


def _run(*command: str) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
