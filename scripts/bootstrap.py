"""Sets everything up and does what the Makefile's target says; needs nothing but Python's own library.

Usage: bootstrap.py run|test|demo|check|screenshots|bench|kill-test|fuzz|lock|setup|package|package-windows [more]
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import system_packages

OLDEST, NEWEST = (3, 11), (3, 14)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
LOCK_VENV = BUILD / "lock-venv"
PACKAGE_VENV = BUILD / "package-venv"
# A worker that dies is not replaced: loadscope would give the test that killed it to the next one, and so on.
TESTS = ("-m", "pytest", "-n", "auto", "--dist", "loadscope", "--max-worker-restart=0")
LONGEST_CHECK = 25 * 60
"""Seconds for all tests, several times what a slow machine needs."""
RUNTIME, DEVELOPMENT, PACKAGE = "requirements.txt", "requirements-dev.txt", "requirements-package.txt"


def main(arguments: list[str]) -> int:
    """Do one command; the exit status is that of what was called last."""
    refuse_unfit_python(sys.version_info[:2])
    name, more = (arguments[0], arguments[1:]) if arguments else ("", [])
    command = COMMANDS.get(name)
    if command is None:
        print(__doc__.strip().splitlines()[-1], file=sys.stderr)
        return 2
    os.chdir(ROOT)
    try:
        return command(more)
    except KeyboardInterrupt:
        return 130


def refuse_unfit_python(version: tuple[int, ...]) -> None:
    """Say in one sentence which Python is needed, before anything is tried with another one."""
    if not OLDEST <= version <= NEWEST:
        wanted = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
        sys.exit(f"LKIP Desktop needs Python {wanted}, and this is Python {version[0]}.{version[1]}.")


# What the targets do.


def run(more: list[str]) -> int:
    prepare(RUNTIME)
    if has_display():
        return call("main.py", "--sample", *more)
    print("There is no display here, so the same job is done unseen: make demo.", flush=True)
    return demo([])


def demo(more: list[str]) -> int:
    return script("demo.py", more)


def screenshots(more: list[str]) -> int:
    return script("screenshots.py", more)


def bench(more: list[str]) -> int:
    return script("bench.py", more)


def kill_test(more: list[str]) -> int:
    prepare(RUNTIME)
    return call("scripts/kill_test.py", *more)


def fuzz(more: list[str]) -> int:
    return script("fuzz.py", more)


def script(name: str, more: list[str]) -> int:
    """Run one of the scripts beside this one, unseen where there is no display."""
    prepare(RUNTIME)
    return call(f"scripts/{name}", *more)


def test(more: list[str]) -> int:
    prepare(DEVELOPMENT)
    BUILD.mkdir(exist_ok=True)
    return call(*TESTS, "--cov", "--cov-report=term", *more)


def check(more: list[str]) -> int:
    """Do all that CI does: lint, format, types, the built program's own test, tests; stop at the first that fails."""
    prepare(DEVELOPMENT)
    steps = [["ruff", "check", "--quiet"], ["ruff", "format", "--check", "--quiet"], ["mypy"]]
    for step in steps:
        print(f"$ {' '.join(step)}", flush=True)
        status = call("-m", *step)
        if status:
            return status
    # pytest's lines stay the last. Without coverage, which takes a third more time.
    return package(["--no-deb"]) or tests_twice_if_stuck(more)


def tests_twice_if_stuck(more: list[str]) -> int:
    """Run the tests; once more if they do not end, which was seen once between two tests and not understood.

    A test that fails or takes too long is no such case, and what each thread did stands in the log.
    """
    status = call_within(LONGEST_CHECK, *TESTS, *more)
    if status is None:
        status = call_within(LONGEST_CHECK, *TESTS, *more)
    return 1 if status is None else status


def package(more: list[str]) -> int:
    """Build the program that runs without Python, in an environment that holds nothing else."""
    if sys.platform == "linux":
        missing = system_packages.missing_packages(with_test_tools=False)
        system_packages.install([*missing, *system_packages.missing_build_tools()])
    make_venv(PACKAGE_VENV)
    install_requirements(PACKAGE, PACKAGE_VENV)
    return subprocess.call([str(python_of(PACKAGE_VENV)), "scripts/package.py", *more], env=child_environment())


def package_windows(more: list[str]) -> int:
    """Build the Windows program and its installer: here on Windows, elsewhere in a box with wine."""
    if sys.platform == "win32":
        return package(["--installer", *more])
    return subprocess.call([sys.executable, "scripts/package_windows.py", *more])


def setup(_: list[str]) -> int:
    prepare(RUNTIME)
    return 0


def lock(more: list[str]) -> int:
    """Write all requirement files anew from pyproject.toml; `--upgrade` takes newer versions."""
    make_venv(LOCK_VENV)
    quietly_install(LOCK_VENV, "uv")
    # Nothing of this machine may get into the files: no address of an index, no path, no setting.
    impersonal = ["--no-config", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    # pip (23.2 at least) takes "coverage[toml]" of another package for unpinned where only "coverage" is pinned and a
    # newer one is out.
    impersonal.append("--no-strip-extras")
    every_machine = ["--universal", "--python-version", ".".join(map(str, OLDEST)), "--generate-hashes"]
    uv = [str(python_of(LOCK_VENV)), "-m", "uv", "--quiet", "pip", "compile", "pyproject.toml"]
    development = ["--group", "dev", "--constraint", RUNTIME, "--output-file", DEVELOPMENT]
    packaging = ["--group", "package", "--constraint", RUNTIME, "--output-file", PACKAGE]
    for options in (["--output-file", RUNTIME], development, packaging):
        command = [*uv, *impersonal, *every_machine, *options, *more]
        status = subprocess.call(command, stdout=subprocess.DEVNULL)
        if status:
            return status
    return 0


_ALL = (run, test, demo, check, screenshots, bench, kill_test, fuzz, lock, setup, package, package_windows)
COMMANDS = {command.__name__.replace("_", "-"): command for command in _ALL}


# The environment.


def prepare(requirements: str) -> None:
    """Bring the system's libraries and the virtual environment to what the requirement file asks for."""
    packages = system_packages.missing_packages(with_test_tools=requirements == DEVELOPMENT)
    if not works(VENV) and not can_make_venv() and sys.platform == "linux":
        packages.insert(0, venv_package())
    system_packages.install(packages)
    make_venv(VENV)
    install_requirements(requirements)


def works(venv: Path) -> bool:
    """Tell whether the environment has a Python that starts, is fit and has pip."""
    code = f"import sys, pip; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    try:
        return subprocess.run([python_of(venv), "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def can_make_venv() -> bool:
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


def venv_package() -> str:
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def make_venv(venv: Path) -> None:
    if works(venv):
        return
    print(f"Making {venv.relative_to(ROOT).as_posix()}", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], capture_output=True, check=False)
    if made.returncode:
        cure = venv_package() if sys.platform == "linux" else "Python from python.org"
        sys.exit(f"'{sys.executable} -m venv' does not work: please install {cure}, then try again.")


def install_requirements(name: str, venv: Path | None = None) -> None:
    """Install the pinned packages, unless exactly this file was installed before."""
    # The other files hold all of the runtime file too.
    wanted = {file: fingerprint(ROOT / file) for file in {RUNTIME, name}}
    if all(read(stamp_of(file, venv)) == value for file, value in wanted.items()):
        return
    print(f"Installing the packages of {name}", flush=True)
    quietly_install(venv or VENV, "--require-hashes", "-r", name)
    for file, value in wanted.items():
        stamp_of(file, venv).write_text(value, "ascii")


def quietly_install(venv: Path, *what: str) -> None:
    """Install with pip; SystemExit with the end of what it said when that fails."""
    pip = [str(python_of(venv)), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    failure = system_packages.failure_of([*pip, *what])
    if failure:
        sys.exit(f"{failure}\nThe Python packages could not be installed; the lines above say why.")


def stamp_of(requirements: str, venv: Path | None = None) -> Path:
    return (venv or VENV) / f"{requirements}.sha256"


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(path: Path) -> str:
    return path.read_text("ascii") if path.exists() else ""


def python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def call(*arguments: str) -> int:
    """Run the environment's Python with the arguments, from the top of the project."""
    return subprocess.call([str(python_of(VENV)), *arguments], env=child_environment(), cwd=ROOT)


def call_within(seconds: float, *arguments: str) -> int | None:
    """`call` with a limit; None when it was reached.

    Python's fault handler, where it is on, then says of each process what its threads do.
    """
    command = [str(python_of(VENV)), *arguments]
    process = subprocess.Popen(command, env=child_environment(), cwd=ROOT, start_new_session=True)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        print(f"Not finished after {seconds / 60:.0f} minutes.", file=sys.stderr, flush=True)
        end(process, "SIGABRT")
        process.wait()
        return None
    except KeyboardInterrupt:
        end(process, "SIGINT")
        process.wait()
        raise


def end(process: subprocess.Popen[bytes], name: str) -> None:
    """Send a signal to a process and its children, where there are signals."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, getattr(signal, name))


def child_environment() -> dict[str, str]:
    """Without a display Qt draws into memory; with the bare C locale it would complain about the encoding."""
    environment = dict(os.environ)
    if not has_display():
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    if environment.get("LC_ALL") in {"C", "POSIX"}:
        environment["LC_ALL"] = "C.UTF-8"
    return environment


def has_display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
