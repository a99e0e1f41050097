"""The set-up: the right Python, the line to type, what counts as installed, and requirement files without a place."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import bootstrap
import pytest
import system_packages

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = (bootstrap.RUNTIME, bootstrap.DEVELOPMENT)


@pytest.mark.parametrize("version", [(3, 10), (2, 7), (3, 15)])
def test_an_unfit_python_is_refused_with_one_sentence(version: tuple[int, int]) -> None:
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 to 3\.14, and this is Python \d\.\d+\.$"):
        bootstrap.refuse_unfit_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 14)])
def test_a_fit_python_is_taken(version: tuple[int, int]) -> None:
    bootstrap.refuse_unfit_python(version)


def test_the_program_says_how_it_is_called() -> None:
    script = ROOT / "scripts" / "bootstrap.py"
    done = subprocess.run([sys.executable, script, "fly"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: bootstrap.py run|test|")


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux with apt-get, no library of Qt's, no tool of the tests', no root and no sudo."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_packages, "_loads", lambda library: False)
    monkeypatch.setattr(system_packages, "_exists", lambda tool: False)
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000, raising=False)


@pytest.mark.usefixtures("bare_machine")
def test_a_bare_machine_lacks_everything() -> None:
    libraries = system_packages.missing_packages(with_test_tools=False)
    assert {"libgl1", "libegl1", "libxcb-cursor0"} <= set(libraries)
    assert "qpdf" not in libraries
    assert "qpdf" in system_packages.missing_packages(with_test_tools=True)


@pytest.mark.usefixtures("bare_machine")
def test_without_rights_the_line_to_type_is_said() -> None:
    with pytest.raises(SystemExit) as stopped:
        system_packages.install(["libgl1", "qpdf"])
    line = "su -c 'apt-get update && apt-get install -y --no-install-recommends libgl1 qpdf'"
    assert str(stopped.value.code).endswith(line)


@pytest.mark.usefixtures("bare_machine")
def test_no_apt_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"install what these packages of Debian hold, .*: libgl1$"):
        system_packages.install(["libgl1"])


def test_windows_lacks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert system_packages.missing_packages(with_test_tools=True) == []


def test_requirements_are_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "quietly_install", lambda venv, *what: installed.append(what[-1]))
    for name in (bootstrap.RUNTIME, bootstrap.RUNTIME, bootstrap.DEVELOPMENT, bootstrap.RUNTIME):
        bootstrap.install_requirements(name)
    assert installed == [bootstrap.RUNTIME, bootstrap.DEVELOPMENT]
    bootstrap.stamp_of(bootstrap.RUNTIME).write_text("another version of the file", "ascii")
    bootstrap.install_requirements(bootstrap.RUNTIME)
    assert installed == [bootstrap.RUNTIME, bootstrap.DEVELOPMENT, bootstrap.RUNTIME]


def test_an_unset_display_means_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C")
    environment = bootstrap.child_environment()
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert environment["LC_ALL"] == "C.UTF-8"
    monkeypatch.setenv("DISPLAY", ":0")
    assert "QT_QPA_PLATFORM" not in bootstrap.child_environment()


@pytest.mark.parametrize(
    ("built", "done"), [(0, ["ruff", "ruff", "mypy", "built", "pytest"]), (1, ["ruff", "ruff", "mypy", "built"])]
)
def test_a_built_program_that_fails_its_own_test_ends_the_check(
    built: int, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    def call(*arguments: str) -> int:
        called.append(arguments[1])
        return 0

    def package(_: list[str]) -> int:
        called.append("built")
        return built

    monkeypatch.setattr(bootstrap, "prepare", lambda requirements: None)
    monkeypatch.setattr(bootstrap, "call", call)
    monkeypatch.setattr(bootstrap, "call_within", lambda seconds, *arguments: call(*arguments))
    monkeypatch.setattr(bootstrap, "package", package)
    # pytest's lines are the last ones that are read.
    assert (bootstrap.check([]), called) == (built, done)


def test_what_does_not_end_is_ended_and_says_where_it_was(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "python_of", lambda venv: sys.executable)
    assert bootstrap.call_within(30, "-c", "raise SystemExit(3)") == 3
    code = "import time\ndef stuck():\n    time.sleep(60)\nstuck()"
    assert bootstrap.call_within(2, "-X", "faulthandler", "-c", code) is None
    assert "in stuck" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("ends", "status", "runs"), [([0], 0, 1), ([1], 1, 1), ([None, 0], 0, 2), ([None, 1], 1, 2), ([None, None], 1, 2)]
)
def test_only_tests_that_never_end_are_run_once_more(
    ends: list[int | None], status: int, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = list(ends)
    monkeypatch.setattr(bootstrap, "call_within", lambda seconds, *arguments: left.pop(0))
    assert (bootstrap.tests_twice_if_stuck([]), len(ends) - len(left)) == (status, runs)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_name_no_place(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|index|find-links|(^|\s)/|trusted-host", text, re.MULTILINE)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    text = re.sub(r"^ *#.*\n", "", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==[\w.]+( ; .*)? \\\n", entry)
        assert "--hash=sha256:" in entry


def test_the_pins_follow_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime, development = (pinned_names((ROOT / name).read_text("utf-8")) for name in REQUIREMENTS)
    asked = {bare_name(text) for text in project["project"]["dependencies"]}
    asked_for_tests = {bare_name(text) for text in project["dependency-groups"]["dev"]}
    assert asked <= runtime <= development
    assert asked_for_tests <= development


def test_extras_are_pinned_too() -> None:
    # Else pip takes what another package asks for, "coverage[toml]>=7", for unpinned once a newer one is out.
    assert re.search(r"^coverage\[toml\]==", (ROOT / "requirements-dev.txt").read_text("utf-8"), re.MULTILINE)


def pinned_names(text: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+)(?:\[.*\])?==", text, re.MULTILINE))


def bare_name(requirement: str) -> str:
    return re.split(r"[\[<>=!~;\s]", requirement, maxsplit=1)[0].lower()
