"""What the tests of cycle files share: acts to keep, small files to open, another program, another user."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.files import CycleFiles
from db.store import CycleStore
from lkip_desktop import office, resources
from lkip_desktop.attachments import accept
from lkip_desktop.office import NewCycle
from lkip_desktop.ports import Opening, Outcome, Store, SystemClock
from lkip_desktop.workflow.events import Act, Draft, Who

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2027, 2, 15, 5, 0, tzinfo=UTC)
SITI = Who("Siti Aminah", "sekretaris", "Plt. Inspektur Drs. A")
SOP = b'id = "contoh"\n'
SCAN = b"%PDF-1.4 surat edaran " + bytes(range(256)) * 40
NOBODY = 65534


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def created(year: int = 2026) -> Draft:
    return Draft(SITI, Act.CREATED, {"year": year, "sop": "contoh", "sop_sha256": sha(SOP), "values": {}})


def filled(text: str) -> Draft:
    return Draft(SITI, Act.FILLED, {"changes": {"isi": text, "tim": ["a", "b"], "lama": None}})


def attached(data: bytes = SCAN) -> Draft:
    file = {"name": "Surat Édaran 😀.pdf", "sha256": sha(data), "size": len(data), "media_type": "application/pdf"}
    return Draft(SITI, Act.ATTACHED, {"field": "scan", **file})


def new(path: Path) -> CycleStore:
    """An open cycle with its first event alone."""
    store = CycleFiles().create(path, created(), NOON, {sha(SOP): SOP}, user="Siti Aminah")
    assert isinstance(store, CycleStore)
    return store


def make(path: Path) -> Path:
    """A closed cycle file with three events, an attachment among them."""
    store = new(path)
    store.append(filled("satu"), NOON + timedelta(minutes=1))
    store.append(attached(), NOON + timedelta(minutes=2), {sha(SCAN): SCAN})
    store.close()
    return path


def worked_on(path: Path) -> Path:
    """A closed file of a real cycle, with some acts and three attachments of several pages."""
    clerk = Who("Rina Contoh", "analis")
    clock = SystemClock()
    cycle = office.create_cycle(CycleFiles(), path, NewCycle(2026, resources.sop_text()), clerk, clock)
    chance = random.Random(7)
    for number in range(1, 7):
        office.fill(cycle, clerk, {"circular_number": f"000.8.3/{number}/ORG"})
        if number % 2:
            file = accept(f"Surat {number}.pdf", b"%PDF-1.4\n" + chance.randbytes(9000 * number))
            assert isinstance(office.attach_file(cycle, clerk, "circular_scan", file), office.Changed)
    cycle.close()
    return path


def is_a_sentence(text: str) -> bool:
    """A sentence for the user, with nothing in it that a library said."""
    libraries = ("Error", "Traceback", "sqlite", "SQLite", "malformed", "Errno", "disk image")
    return text.endswith(".") and not any(word in text for word in libraries)


def opened(opening: Opening) -> Store:
    """The store of an opening that ended well."""
    assert opening.outcome is Outcome.OPENED, opening
    assert opening.store is not None
    return opening.store


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The bytes and the time of change of every file below a folder."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


HOLD = """
import sys
from pathlib import Path
from db.files import CycleFiles
opening = CycleFiles().open(Path(sys.argv[1]), user="Budi Santoso")
print(opening.outcome.value, flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def program(code: str, *args: object) -> Iterator[subprocess.Popen[str]]:
    """Another Python program at work; it is killed in the end if it does not leave when its input closes."""
    command = [sys.executable, "-c", code, *map(str, args)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@contextlib.contextmanager
def held_by_another(path: Path) -> Iterator[subprocess.Popen[str]]:
    with program(HOLD, path) as process:
        assert said(process) == "opened"
        yield process


def run(code: str, *args: object) -> str:
    """What another Python program prints until it ends well."""
    command = [sys.executable, "-c", code, *map(str, args)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that any user of the PC can reach, and that is theirs who act in `without_privilege`.

    Pytest's own are closed to others.
    """
    with tempfile.TemporaryDirectory(prefix="lkip-test-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@contextlib.contextmanager
def without_privilege() -> Iterator[None]:
    """Root may write anywhere: act as a user who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
