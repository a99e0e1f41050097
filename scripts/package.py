"""Builds the program that runs without Python into dist, tries it, and makes what is installed from it.

Usage: ``package.py [--no-deb] [--installer] [--figures]``, called by ``make package`` in an environment of its own.
On Linux a Debian package follows, on Windows with --installer the installer (NSIS). --figures measures the start of the
built program against ``python main.py``.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PROGRAM = DIST / "lkip-desktop"
TOOL_PACKAGES = {
    "debootstrap": "debootstrap",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "makensis": "nsis",
    "Xvfb": "xvfb",
}
# What a box with wine, or a build machine, has and no installed program may bring.
FORBIDDEN = re.compile(
    r"icuuc\.dll|mscms\.dll|ucrtbase.*\.dll|api-ms-win-.*\.dll|Qt6(Qml|Quick).*|.*\.qml|pytest.*|.*\.qm", re.IGNORECASE
)
START_ROUNDS = 7


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-deb", action="store_true")
    parser.add_argument("--installer", action="store_true")
    parser.add_argument("--figures", action="store_true")
    options = parser.parse_args()
    draw_icons()
    build()
    report_size(PROGRAM, "the built program")
    status = self_test(PROGRAM)
    if status == 0 and sys.platform == "linux" and not options.no_deb:
        from package_deb import build_deb

        print(f"Debian package: {build_deb(PROGRAM, version()).relative_to(ROOT)}")
    if status == 0 and options.installer:
        print(f"Installer: {build_installer(PROGRAM).relative_to(ROOT)}")
    if options.figures:
        measure_start(PROGRAM)
    return status


def version() -> str:
    """The one version, which stands in lkip_desktop."""
    text = (ROOT / "lkip_desktop" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if found is None:
        raise ValueError("lkip_desktop/__init__.py names no version")
    return found[1]


def draw_icons() -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "make_icons.py", ROOT / "build" / "icons"], check=True)


def build() -> None:
    """Let PyInstaller follow pyinstaller.spec; SystemExit with what it said when no program comes of it."""
    print("Building the program", flush=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", str(DIST)]
    command += ["--workpath", str(ROOT / "build" / "pyinstaller"), str(ROOT / "pyinstaller.spec")]
    # With a seed of its own each build would order sets, and so its archive, in another way.
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "1"}, check=False)
    if done.returncode:
        sys.exit("PyInstaller made no program; the lines above say why.")
    strangers = forbidden_in(PROGRAM)
    if strangers:
        sys.exit(f"These files must not be shipped: {', '.join(strangers)}")


def forbidden_in(program: Path) -> list[str]:
    """Files in a built folder that must not be there."""
    return sorted(p.relative_to(program).as_posix() for p in program.rglob("*") if FORBIDDEN.fullmatch(p.name))


def self_test(program: Path) -> int:
    """Let the built program try itself; its exit status."""
    name = "lkip-desktop.exe" if sys.platform == "win32" else "lkip-desktop"
    done = subprocess.run(
        [program / name, "--self-test"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    lines = done.stdout.splitlines()
    for line in lines[:-1]:
        if not line.startswith("baik"):
            print(line)
    print(f"Self-test of the built program {version()}: {lines[-1] if lines else 'it said nothing'}", flush=True)
    return done.returncode


def build_installer(program: Path) -> Path:
    """Make the Windows installer of a built folder; its path. SystemExit when makensis is missing or refuses."""
    tool = shutil.which("makensis") or shutil.which(r"C:\Program Files (x86)\NSIS\makensis.exe")
    if tool is None:
        sys.exit("makensis is missing: install NSIS 3 from nsis.sourceforge.io (on Debian: apt-get install nsis).")
    made = DIST / f"LKIP-Desktop-{version()}-setup.exe"
    numbers = ".".join((re.findall(r"\d+", version()) + ["0"] * 4)[:4])
    words = {
        "VERSION": version(),
        "NUMBERS": numbers,
        "PROGRAM": str(program),
        "ICONS": str(ROOT / "build" / "icons"),
        "OUT": str(made),
        "SIZE_KB": str(size_of(program) // 1024),
    }
    defines = [f"-D{name}={text}" for name, text in words.items()]
    script = ROOT / "packaging" / "windows" / "installer.nsi"
    done = subprocess.run([tool, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defines, str(script)], check=False)
    if done.returncode:
        sys.exit("makensis made no installer; the lines above say why.")
    return made


# Figures


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder; a file with two names counts once."""
    files = {(s.st_dev, s.st_ino): s.st_size for p in folder.rglob("*") if p.is_file() for s in [p.stat()]}
    return sum(files.values())


def report_size(program: Path, what: str) -> None:
    """Print the size of a built folder beside that of PySide6-Essentials as pip installs it."""
    try:
        import PySide6
        import shiboken6
    except ImportError:
        print(f"Size of {what}: {size_of(program) / 2**20:.0f} MB")
        return
    alone = sum(size_of(Path(str(module.__file__)).parent) for module in (PySide6, shiboken6))
    ours = size_of(program)
    ratio = ours / alone
    against = f"{ratio:.2f}x of PySide6-Essentials alone ({alone / 2**20:.0f} MB), aim <= 1.3x"
    print(f"Size of {what}: {ours / 2**20:.0f} MB, {against}", flush=True)


def measure_start(program: Path) -> None:
    """Print how long built and unbuilt starts take to what follows the first paint at once, in turns."""
    commands = {"built": [str(program / "lkip-desktop")], "unbuilt": [sys.executable, str(ROOT / "main.py")]}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(START_ROUNDS):
        for name, command in commands.items():
            times[name].append(start_of(command))
    # The first start of each reads from the disk what the others find in memory.
    built, unbuilt = (statistics.median(times[name][1:]) for name in ("built", "unbuilt"))
    against = f"{built / unbuilt:.2f}x of python main.py ({unbuilt:.3f} s), aim <= 1.2x"
    print(f"Start to the first painted window: {built:.3f} s, {against}")


def start_of(command: list[str]) -> float:
    """Seconds from the start of a program, in a home of its own, to the log that it begins after its first paint."""
    with tempfile.TemporaryDirectory() as home:
        places = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        log = Path(home) / "LKIP Desktop" / "LKIP Desktop" / "log" / "lkip-desktop.log"
        begun = perf_counter()
        with subprocess.Popen(command, env={**os.environ, **places}, stderr=subprocess.DEVNULL) as process:
            while not log.exists() and process.poll() is None and perf_counter() < begun + 60:
                sleep(0.002)
            taken = perf_counter() - begun
            process.kill()
    return taken


if __name__ == "__main__":
    sys.exit(main())
