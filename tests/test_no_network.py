"""The program speaks to nobody: no network library is imported, and a whole cycle opens no socket but the local one."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("lkip_desktop", "db", "ui", "main.py")
# What opens connections, and what only exists to do so. QtNetwork is for the channel between our own starts.
NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib3", "urllib.request", "websockets", "xmlrpc", "PySide6.QtNetwork",
    "PySide6.QtWebEngineCore", "PySide6.QtWebSockets", "PySide6.QtDBus",
}  # fmt: skip
ALLOWED = {("ui/single.py", "PySide6.QtNetwork")}
LOCAL = {"QLocalServer", "QLocalSocket"}

# Every socket call of the process is seen, also those of libraries; what Qt does itself is seen by the system below.
WATCHED = """
import sys
def watch(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        where = arguments[1] if len(arguments) > 1 else arguments
        if not isinstance(where, (str, bytes)):
            sys.stderr.write(f"opened {event} {arguments!r}\\n")
            sys.stderr.flush()
            import os
            os._exit(3)
sys.addaudithook(watch)
"""


def imports(path: Path) -> set[str]:
    """The modules that a file imports, with every name taken from them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def network_imports(path: Path, name: str) -> set[str]:
    """What of the network a file imports and may not."""
    bad = {one for one in imports(path) if any(one == n or one.startswith(f"{n}.") for n in NETWORK)}
    allowed = {module for file, module in ALLOWED if file == name}
    local = {f"{module}.{part}" for module in allowed for part in LOCAL}
    return bad - allowed - local


def sources() -> list[Path]:
    return [
        path
        for room in ROOMS
        for path in ([ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py")))
    ]


def test_no_network_library_is_imported() -> None:
    found = {str(path): network_imports(path, path.relative_to(ROOT).as_posix()) for path in sources()}
    assert {path: bad for path, bad in found.items() if bad} == {}


@pytest.mark.parametrize(
    "line",
    ["import http.client", "from urllib import request", "import ssl as s", "from PySide6.QtNetwork import QTcpSocket"],
)
def test_the_import_check_finds_what_it_is_for(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.py"
    path.write_text(line, "utf-8")
    assert network_imports(path, "ui/single.py" if "Qt" in line else "ui/a.py")


def run(code: str, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    places = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", WATCHED + code, *arguments],
        cwd=ROOT, env={**os.environ, **places}, capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.socket().bind(('127.0.0.1', 0))",
        "import socket; socket.getaddrinfo('example.org', 80)",
    ],
)
def test_the_watch_finds_what_it_is_for(tmp_path: Path, code: str) -> None:
    assert run(code, tmp_path).returncode == 3


CYCLE = """
sys.path[:0] = [".", "scripts"]
import os
from pathlib import Path
from walkthrough import Clerk, OfficeClock, hush_unseen_screen, open_window, whole_cycle
from lkip_desktop import archive, office
from lkip_desktop.documents.catalog import KINDS, make
from ui import theme
from ui.app import build_application
from ui.single import Channel
from ui.tokens import LIGHT

def sockets(*kinds):
    return {line.split()[9] for kind in kinds for line in Path("/proc/net", kind).read_text().splitlines()[1:]}

def ours():
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found.add(os.readlink(entry))
        except OSError:
            pass  # the listing's own
    return {link[8:-1] for link in found if link.startswith("socket:")}

def look(step):
    outside = ours() & sockets("tcp", "tcp6", "udp", "udp6", "raw", "raw6")
    if outside:
        sys.exit(f"sockets to the outside at {step}: {outside}")

place = Path(sys.argv[1])
hush_unseen_screen()
app = build_application(["lkip"])
theme.apply(app, LIGHT)
channel = Channel(str(place / "saluran"))
assert channel.listen()
clock = OfficeClock()
window = open_window(place, clock)
window.show()
(place / "meja").mkdir()
clerk = Clerk(window, clock, place / "meja")
clerk.begin(place / "LKIP-2026.lkip")
whole_cycle(clerk, look)
cycle = clerk.work.session.cycle
snapshot = office.snapshot(cycle, clerk.today())
for kind in KINDS:
    make(kind, snapshot)
archive.write_package(snapshot, cycle.store.blob, place / "arsip.zip", source=cycle.store.path)
archive.verify(place / "arsip.zip")
look("the end")
window.close()
channel.close()
print("done")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_whole_cycle_opens_no_connection(tmp_path: Path) -> None:
    """The real window through all ten steps, then every document and the archive."""
    done = run(CYCLE, tmp_path, str(tmp_path))
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["done"]), done.stderr[-2000:]
