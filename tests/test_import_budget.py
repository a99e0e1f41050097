"""Import time is a budget: what each moment of the program may have loaded, tried in a fresh process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WRITERS = ("docx", "reportlab", "openpyxl", "xlsxwriter", "pypdfium2", "lxml", "defusedxml", "segno")
NOT_YET = (*WRITERS, "argon2", "alembic", "holidays")
"""What only a document, an import, a password or an old file needs."""

FIRST_PAINT = """
import sys
from pathlib import Path
import main
from ui.app import after_first_paint, build_application, build_window
from ui.settings import Settings
app = build_application(["lkip"])
window = build_window(app, Settings(Path(sys.argv[1]) / "settings.ini"), main.make_desk)
window.show()
app.processEvents()
"""

OPENED = (
    FIRST_PAINT
    + """
from ui.documents import ready
# A while later, beside the window, the writers may come; a busy machine takes that while.
ready.load = ready.load_widgets = lambda: None
window.open_path(Path(sys.argv[1]) / "LKIP-2026.lkip")
assert window.work is not None
for step in window.work.session.state.sop.steps:
    window.work.cycle_page.show_step(step.id)
    app.processEvents()
window.work.show_profile()
window.work.show_sop()
app.processEvents()
from ui import jobs
jobs.finish_all()
"""
)
TELL = """
print("MODULES")
print("\\n".join(sys.modules))
window.close()
"""


def modules(program: str, folder: Path) -> set[str]:
    """The names of all that a program has imported when it tells."""
    done = subprocess.run(
        [sys.executable, "-c", program + TELL, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split("MODULES")[1].split())


@pytest.fixture(scope="module")
def painted(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return modules(FIRST_PAINT, tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """After a cycle was opened and every page of it was shown once."""
    folder = tmp_path_factory.mktemp("opened")
    make = [sys.executable, "-m", "lkip_desktop", "new", str(folder / "LKIP-2026.lkip"), "--year", "2026"]
    subprocess.run([*make, "--sample", "--until-step", "6"], cwd=ROOT, check=True, capture_output=True)
    return modules(OPENED, folder)


def loaded(found: set[str], package: str) -> list[str]:
    return sorted(name for name in found if name == package or name.startswith(f"{package}."))


@pytest.mark.parametrize(
    "package", [*NOT_YET, "num2words", "sqlalchemy", "sqlite3", "asyncio", "lkip_desktop.documents", "db"]
)
def test_the_first_paint_needs_no_office(painted: set[str], package: str) -> None:
    assert loaded(painted, package) == []


@pytest.mark.parametrize("package", NOT_YET)
def test_an_open_cycle_needs_no_writer(opened: set[str], package: str) -> None:
    assert loaded(opened, package) == []


def test_the_cycle_was_opened(opened: set[str]) -> None:
    assert {"sqlalchemy", "ui.workplace", "ui.flowchart.view", "ui.profile_page", "ui.sop_page"} <= opened


LOOKED_THROUGH = """
import sys
from pathlib import Path
from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.ports import SystemClock
from lkip_desktop.workflow.guards import missing
import ui.workplace
from ui.documents import ready
ready.load()
known = set(sys.modules)
cycle, _ = office.open_cycle(CycleFiles(), Path(sys.argv[1]) / "LKIP-2026.lkip", SystemClock())
missing(cycle.state, cycle.state.step, "ya")
cycle.close()
print(sorted(name for name in set(sys.modules) - known if "lkip_desktop.documents" in name or "analysis" in name))
"""


def test_the_step_that_looks_through_the_report_loads_nothing_of_it(tmp_path: Path) -> None:
    make = [sys.executable, "-m", "lkip_desktop", "new", str(tmp_path / "LKIP-2026.lkip"), "--year", "2026"]
    subprocess.run([*make, "--sample", "--until-step", "6"], cwd=ROOT, check=True, capture_output=True)
    command = [sys.executable, "-c", LOOKED_THROUGH, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[]", done.stderr
