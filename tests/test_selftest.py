"""The program's own test: passes here as it must in every built program, and tells what fails."""

from __future__ import annotations

import filecmp
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import main
from lkip_desktop.documents.catalog import KINDS
from ui.selftest import LIBRARIES

ROOT = Path(main.__file__).resolve().parent
BROKEN = """
import sys, main
from ui import selftest
selftest.number_in_words = lambda number: "dua"
sys.exit(main.main(["--self-test"]))
"""


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    places = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")}
    environment = {**os.environ, **places}
    environment.pop("QT_QPA_PLATFORM", None)
    environment.pop("DISPLAY", None)
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, check=False, encoding="utf-8"
    )


def test_every_check_passes_and_every_document_is_one(tmp_path: Path) -> None:
    done = run("main.py", "--self-test", home=tmp_path)
    *lines, last = done.stdout.splitlines()
    found = re.fullmatch(r"(\d+) passed, 0 failed", last)
    assert found, done.stdout + done.stderr
    assert int(found[1]) == len([line for line in lines if line.startswith("baik ")])
    for kind in KINDS.values():
        for ending in kind.endings:
            assert any(line.startswith(f"baik   {kind.title} ({ending})") for line in lines)
    assert (done.returncode, done.stderr) == (0, "")
    # Nothing of the person's is touched.
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".ini", ".lkip", ".log")]


def test_what_fails_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    done = run("-c", BROKEN, home=tmp_path)
    assert done.returncode == 1
    assert "GAGAL  Bilangan dengan huruf: Failed: dua" in done.stdout
    assert "baik   Paket arsip" in done.stdout
    assert done.stdout.splitlines()[-1].endswith(" passed, 1 failed")


def test_every_library_of_the_program_is_tried() -> None:
    names = {"pyside6-essentials": "PySide6", "python-docx": "docx", "argon2-cffi": "argon2"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [re.split(r"[<>=!~]", text)[0].lower() for text in project["dependencies"]]
    assert {names.get(name, name) for name in asked} <= set(LIBRARIES)


def test_the_old_file_is_the_saved_one() -> None:
    shipped, saved = (ROOT / place / "LKIP-2026-v1.lkip" for place in ("resources/selftest", "tests/old_files"))
    assert filecmp.cmp(shipped, saved, shallow=False)
