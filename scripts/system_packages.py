"""Finds the system packages that Qt and the tests need on Linux, and installs what is missing through apt."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

# What the wheels of Qt link to and do not bring, and the Debian package of each. Where a package was renamed for
# 64-bit time (libglib2.0-0t64), the new one provides the old name.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libcups.so.2": "libcups2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}

# What the tests call, and the Debian package of each: a program's name or a file's path.
TEST_TOOLS = {
    "pdftoppm": "poppler-utils",
    "qpdf": "qpdf",
    "pandoc": "pandoc",
    "/usr/lib/libreoffice/program/libswlo.so": "libreoffice-writer-nogui",
    "/usr/lib/libreoffice/program/libsclo.so": "libreoffice-calc-nogui",
    "/usr/lib/libreoffice/program/libpyuno.so": "python3-uno",
    "/usr/share/fonts/truetype/liberation": "fonts-liberation",
    "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf": "fonts-crosextra-carlito",
    "/usr/sbin/cupsd": "cups",
    "lpstat": "cups-client",
    "ps2pdf": "ghostscript",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "dbus-run-session": "dbus-daemon",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/python3/dist-packages/pyatspi": "python3-pyatspi",
}

INSTALL = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "-q", "--no-install-recommends"]


# What building the program that runs without Python calls beside.
BUILD_TOOLS = {"objdump": "binutils"}


def missing_build_tools() -> list[str]:
    """Name the Debian packages that only a build needs and that are not on this machine."""
    return [package for tool, package in BUILD_TOOLS.items() if not _exists(tool)]


def missing_packages(*, with_test_tools: bool) -> list[str]:
    """Name the Debian packages whose library or program is not on this machine."""
    if sys.platform != "linux":
        return []
    missing = [package for library, package in QT_LIBRARIES.items() if not _loads(library)]
    if with_test_tools:
        missing += [package for tool, package in TEST_TOOLS.items() if not _exists(tool)]
    return missing


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _exists(tool: str) -> bool:
    return Path(tool).exists() if tool.startswith("/") else shutil.which(tool) is not None


def install(packages: list[str]) -> None:
    """Install the packages as root or with sudo; SystemExit with the line to type when that cannot be done."""
    if not packages:
        return
    if shutil.which("apt-get") is None:
        sys.exit(f"Please install what these packages of Debian hold, then try again: {' '.join(packages)}")
    become_root = _become_root()
    if become_root is None:
        sys.exit(_line_to_type(packages))
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    error = _apt(become_root, packages)
    if error:
        sys.exit(f"{error}\n{_line_to_type(packages)}")


def _become_root() -> list[str] | None:
    """Give what to put before a command to run it as root; None when nobody here may."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    # A person at the keyboard may type a password; nobody else is asked for one.
    sudo = ["sudo"] if sys.stdin is not None and sys.stdin.isatty() else ["sudo", "-n"]
    return sudo if subprocess.call([*sudo, "true"]) == 0 else None


def _apt(become_root: list[str], packages: list[str]) -> str:
    """Run apt-get; give the end of what it said when it failed, else an empty text."""
    prefix = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    # An index that cannot be had is apt's to complain about when a package is missing, not a failure in itself.
    failure_of([*prefix, "apt-get", "update", "-q"])
    return failure_of([*prefix, *INSTALL, *packages])


def failure_of(command: list[str]) -> str:
    """Run a command unseen; give the end of what it said when it failed, else an empty text."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    return "\n".join(done.stdout.splitlines()[-15:]) or "It said nothing." if done.returncode else ""


def _line_to_type(packages: list[str]) -> str:
    update, install = "apt-get update", f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() == 0:
        line = f"{update} && {install}"
    elif shutil.which("sudo"):
        line = f"sudo {update} && sudo {install}"
    else:
        line = f"su -c '{update} && {install}'"
    return f"System packages are missing. Please type this line as an administrator, then try again:\n  {line}"
