"""Reports converted once by LibreOffice, for every test that reads them as a reader would see them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import make
from lkip_desktop.ports import SystemClock
from lkip_desktop.sample import Sample, play_sample
from tests.documents import builders


@dataclass(frozen=True)
class Reader:
    """A report as a file, and as the PDF that LibreOffice makes of it."""

    snapshot: Snapshot
    docx: Path
    pdf: Path


def sample_cycle(path: Path) -> Snapshot:
    """The cycle of *Coba dengan contoh*, up to the signed report."""
    play_sample(CycleFiles(), path, Sample(2026, 8, datetime(2027, 1, 18, tzinfo=UTC), ahead=True))
    cycle, _ = office.open_cycle(CycleFiles(), path, SystemClock())
    assert cycle is not None
    snapshot = office.snapshot(cycle, date(2027, 2, 15))
    cycle.close()
    return snapshot


@pytest.fixture(scope="session")
def readers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    """The sample figures, a cycle with long texts, one with many indicators, an empty one, and the program's own sample
    cycle; a single start of the office."""
    folder = tmp_path_factory.mktemp("reports")
    snapshots = {
        "sample": builders.snapshot(logo=builders.logo_png()),
        "rich": builders.rich_snapshot(),
        "many": builders.many_snapshot(),
        "empty": builders.empty_snapshot(),
        "cycle": sample_cycle(folder / "contoh.lkip"),
    }
    for name, source in snapshots.items():
        (folder / f"{name}.docx").write_bytes(make("report", source).data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in snapshots]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=150)
    return {name: Reader(source, folder / f"{name}.docx", folder / f"{name}.pdf") for name, source in snapshots.items()}
