"""A report edited in LibreOffice is read back: new, moved and deleted paragraphs, sections, tracked changes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.attachments import read_file
from lkip_desktop.documents.catalog import make
from lkip_desktop.exchange import Preview, Verdict
from lkip_desktop.office import Cycle
from lkip_desktop.ports import SystemClock
from lkip_desktop.readback import report_preview
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Who
from tests.office_edits import ALONE, EDITS, FIRST, SECOND

DAY = date(2027, 1, 20)
SCRIPT = Path(__file__).with_name("office_edits.py")


@pytest.fixture(scope="module")
def cycle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cycle]:
    path = tmp_path_factory.mktemp("siklus") / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 4, datetime(2027, 1, 18, tzinfo=UTC)))
    opened, _ = office.open_cycle(CycleFiles(), path, SystemClock())
    assert opened is not None
    office.fill(opened, Who("Rina", "tim"), {"report_issues": f"{FIRST}\n{SECOND}", "report_renstra": ALONE})
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def edited(cycle: Cycle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the report after each edit."""
    folder = tmp_path_factory.mktemp("word")
    source = folder / "laporan.docx"
    source.write_bytes(make("report", office.snapshot(cycle, DAY)).data)
    pipe, profile = f"lkip-{os.getpid()}-{folder.name}", f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=silent, stderr=silent, start_new_session=True) as running:
        try:
            # An office that ends was seen to take the script with it when all was written: the files count.
            script = ["/usr/bin/python3", str(SCRIPT), pipe, str(source), str(folder)]
            ended = subprocess.run(script, check=False, timeout=150).returncode
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(30)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
    missing = [edit.__name__ for edit in EDITS if not (folder / f"{edit.__name__}.docx").exists()]
    assert not missing, f"the script ended with {ended}"
    return folder


@pytest.fixture
def seen(cycle: Cycle, edited: Path, request: pytest.FixtureRequest) -> Preview:
    return report_preview(cycle, read_file(edited / f"{request.param}.docx"), DAY)


TEXTS = {
    "new_last": (Verdict.CHANGE, "report_issues", f"{FIRST}\n{SECOND}\nIsu ketiga yang baru."),
    "new_first": (Verdict.CHANGE, "report_issues", f"Pembuka baru.\n{FIRST}\n{SECOND}"),
    "moved": (Verdict.CHANGE, "report_issues", f"{SECOND}\n{FIRST}"),
    "emptied": (Verdict.CHECK, "report_renstra", ""),
    "without_text": (Verdict.CHECK, "report_renstra", ""),
    "without_section": (Verdict.CHECK, "report_issues", ""),
}


@pytest.mark.parametrize(("seen", "expected"), TEXTS.items(), indirect=["seen"])
def test_what_a_hand_did_to_a_text_is_told(seen: Preview, expected: tuple[Verdict, str, str]) -> None:
    # A heading that went with its section is told too, and belongs to no field.
    assert [(line.verdict, line.path, line.new) for line in seen.lines if line.path] == [expected]
    assert bool(seen.lines[0].note) is (expected[0] is Verdict.CHECK)


@pytest.mark.parametrize("seen", ["tracked"], indirect=True)
def test_tracked_changes_count_as_accepted_and_are_remarks_too(seen: Preview) -> None:
    assert seen.lines[0].new == f"{FIRST}\nHal kedua tentang aset."
    assert {line.new.partition(": ")[2] for line in seen.lines[1:]} == {"Hal kedua", "Isu kedua"}
    assert all("tanpa nama" in line.new for line in seen.lines[1:])


def test_every_edit_is_tried() -> None:
    assert {edit.__name__ for edit in EDITS} == {*TEXTS, "tracked"}


def test_the_command_line_takes_a_report(cycle: Cycle, edited: Path, tmp_path: Path) -> None:
    copy = tmp_path / "LKIP-2026.lkip"
    play_sample(CycleFiles(), copy, Sample(2026, 4, datetime(2027, 1, 18, tzinfo=UTC)))
    command = [sys.executable, "-m", "lkip_desktop", "import", str(copy), "report", str(edited / "new_last.docx")]
    looked = subprocess.run([*command, "--preview"], check=True, capture_output=True, text=True)
    assert "Isu ketiga yang baru." in looked.stdout
    assert "Pratinjau saja" in looked.stdout
    done = subprocess.run([*command, "--name", "Rina"], check=True, capture_output=True, text=True)
    assert "Diimpor: " in done.stdout
    opened, _ = office.open_cycle(CycleFiles(), copy, SystemClock(), read_only=True)
    assert opened is not None
    assert opened.state.text("report_issues").endswith("Isu ketiga yang baru.")
    assert opened.state.versions("report")[-1].name == "new_last.docx"
    opened.close()
