"""One window for each person: a second start hands over its file and ends; nothing else gets in by that way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication

import main
from db.files import CycleFiles
from tests.ui.conftest import FixedClock, MakeSession
from ui import single
from ui.app import build_window
from ui.desk import Desk
from ui.opening import ask
from ui.settings import Settings
from ui.single import LONGEST, Channel, come_forward, read_message

ROOT = Path(main.__file__).resolve().parent
# Unseen windows have no channel: in these programs they do, and tell what they opened.
PROGRAM = """
import sys, main
from pathlib import Path
from ui import single
from ui.main_window import MainWindow
single.UNSEEN = ()
def tell(window, path, **how):
    print("opened", path, flush=True)
MainWindow.open_path = tell
shown = MainWindow.appear
def appear(window):
    shown(window)
    print("window", flush=True)
MainWindow.appear = appear
sys.exit(main.main(sys.argv[1:]))
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A home of its own, so that no other program's channel is met; its name is short, as a socket's must be."""
    with TemporaryDirectory(prefix="lkip-", ignore_cleanup_errors=True) as folder:
        for name in ("rumah", "jalan"):
            (Path(folder) / name).mkdir(mode=0o700)
        yield Path(folder)


@pytest.fixture
def start(place: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the real program with arguments."""
    running: list[subprocess.Popen[str]] = []
    places = {"HOME": str(place / "rumah"), "XDG_RUNTIME_DIR": str(place / "jalan")}

    def begin(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **places}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def line(process: subprocess.Popen[str]) -> str:
    """The next line that a program says; the offscreen platform's own remarks are left out."""
    assert process.stdout is not None
    while (said := process.stdout.readline().strip()).startswith("This plugin does not support"):
        pass
    return said


def test_a_second_start_hands_its_file_over_and_ends(start: Callable[..., subprocess.Popen[str]], place: Path) -> None:
    file = place / "LKIP 2026 50% & #lain.lkip"
    file.write_bytes(b"apa saja")
    first = start()
    assert line(first) == "window"
    second = start(os.path.relpath(file, ROOT))
    assert second.wait(30) == 0
    assert line(second) == ""  # no window of its own
    assert line(first) == f"opened {file}"
    third = start()
    assert third.wait(30) == 0
    assert first.poll() is None


def test_after_a_kill_the_next_start_takes_over(start: Callable[..., subprocess.Popen[str]], place: Path) -> None:
    first = start()
    assert line(first) == "window"
    first.send_signal(signal.SIGKILL)
    first.wait()
    (left,) = (place / "jalan").iterdir()
    assert left.is_socket()
    second = start()
    assert line(second) == "window"
    assert start().wait(30) == 0


def test_what_cannot_be_handed_over_gets_a_window_of_its_own(
    start: Callable[..., subprocess.Popen[str]], place: Path
) -> None:
    assert line(start()) == "window"
    missing = start(str(place / "tidak ada.lkip"))
    assert line(missing) == "window"
    assert line(missing) == f"opened {place / 'tidak ada.lkip'}"
    assert line(start("--sample")) == "window"


@pytest.fixture
def channel(tmp_path: Path, qapp: QApplication) -> Iterator[tuple[Channel, list[Path | None]]]:
    made = Channel(str(tmp_path / "saluran"))
    heard: list[Path | None] = []
    made.asked.connect(heard.append)
    assert made.listen()
    yield made, heard
    made.close()
    made.deleteLater()


def send(channel: Channel, *pieces: bytes, pause: float = 0.0) -> bytes:
    """Write pieces as another program would; what came back before the channel let go."""
    socket = QLocalSocket()
    socket.connectToServer(channel.name)
    assert socket.waitForConnected(1000)
    for piece in pieces:
        socket.write(QByteArray(piece))
        socket.flush()
        wait(lambda: False, pause)
    wait(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState, 3)
    assert socket.state() is QLocalSocket.LocalSocketState.UnconnectedState
    return socket.readAll().data()


def wait(until: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def test_a_whole_message_is_taken_also_in_pieces(channel: tuple[Channel, list[Path | None]], tmp_path: Path) -> None:
    made, heard = channel
    file = tmp_path / "Siklus ü.lkip"
    file.touch()
    whole = str(file).encode() + b"\0"
    assert send(made, whole) == single.TAKEN
    assert send(made, whole[:7], whole[7:], pause=0.05) == single.TAKEN
    assert send(made, b"\0") == single.TAKEN
    assert heard == [file, file, None]


def test_hostile_messages_are_dropped(channel: tuple[Channel, list[Path | None]], tmp_path: Path) -> None:
    made, heard = channel
    (tmp_path / "ada.lkip").touch()
    there = str(tmp_path / "ada.lkip").encode()
    hostile = (
        b"x" * (LONGEST + 1),
        b"/" + b"x" * LONGEST + b"\0",
        b"ada.lkip\0",
        b"../ada.lkip\0",
        b"\xff\xfe/tmp\0",
        there + b"-tidak-ada\0",
        str(tmp_path).encode() + b"\0",
        there + b"\0--perintah\0",
        b"file://" + there + b"\0",
        b"/" + b"n" * 300 + b"\0",
        b"GET / HTTP/1.1\r\n\r\n\0",
    )
    for message in hostile:
        assert send(made, message) == b"", message
    assert heard == []


def test_a_slow_writer_and_a_crowd_are_let_go(channel: tuple[Channel, list[Path | None]]) -> None:
    made, heard = channel
    begun = time.monotonic()
    assert send(made, b"/tmp") == b""
    assert 0.5 < time.monotonic() - begun < 2.5
    crowd = [QLocalSocket() for _ in range(40)]
    for socket in crowd:
        socket.connectToServer(made.name)
    wait(lambda: all(s.state() is QLocalSocket.LocalSocketState.UnconnectedState for s in crowd), 4)
    assert all(s.state() is QLocalSocket.LocalSocketState.UnconnectedState for s in crowd)
    assert send(made, b"\0") == single.TAKEN
    assert heard == [None]


def test_a_channel_lies_only_in_a_private_folder(tmp_path: Path) -> None:
    shared = tmp_path / "umum"
    shared.mkdir()
    shared.chmod(0o777)
    assert not single._is_private(shared)
    (tmp_path / "tautan").symlink_to(shared)
    assert not single._is_private(tmp_path / "tautan")
    assert single._is_private(tmp_path / "baru")


def test_only_one_can_listen(channel: tuple[Channel, list[Path | None]]) -> None:
    other = Channel(channel[0].name)
    assert not other.listen()
    assert send(channel[0], b"\0") == single.TAKEN
    other.deleteLater()


def test_messages_are_read_by_one_rule(tmp_path: Path) -> None:
    file = tmp_path / "a.lkip"
    file.touch()
    assert read_message(str(file).encode() + b"\0") == (True, file)
    assert read_message(b"\0") == (True, None)
    assert read_message(b"") == (False, None)
    assert read_message(str(file).encode()) == (False, None)


def test_the_window_opens_the_file_unless_a_dialog_waits(
    qapp: QApplication, tmp_path: Path, clock: FixedClock, make_session: MakeSession
) -> None:
    session = make_session(2)
    path = session.cycle.store.path
    session.close()
    settings = Settings(tmp_path / "pengaturan.ini")
    settings.work_folder = tmp_path
    window = build_window(qapp, settings, lambda: Desk(CycleFiles(), clock), "terang")
    window.showMinimized()
    box = ask(window, "Pertanyaan", "Menunggu jawaban.")
    come_forward(window, path)
    assert not window.isMinimized()
    assert window.work is None
    assert "menunggu" in window.banner.text.text()
    box.reject()
    window.banner.buttons[0].click()
    assert window.work is not None
    come_forward(window, None)
    assert window.work.path == path
    window.close()
    window.deleteLater()
