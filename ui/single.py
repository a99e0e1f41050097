"""One window for each person: a second start hands its file to the first over a local channel, and ends.

A message is an absolute path in UTF-8 and a zero byte, at most 4 KiB in all; no path means *come forward*. The answer
is one byte when the message was taken. Whatever else arrives is dropped.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from ui.main_window import MainWindow

LONGEST = 4096
CONNECT_MS, ANSWER_MS, PATIENCE_MS = 300, 2000, 1000
MOST_AT_ONCE = 16
TAKEN = b"\x01"
# Windows there are seen by nobody, so none can come forward.
UNSEEN = ("offscreen", "minimal", "vnc")


class Channel(QObject):
    """This person's channel on this screen. `asked` tells the path that another start was given, or None."""

    asked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self._server = QLocalServer(self)
        if sys.platform == "win32":
            # Elsewhere the folder is private, and with options Qt takes a name away from whoever listens there.
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        self._guests: set[_Guest] = set()

    def hand_over(self, file: Path | None) -> bool:
        """Give a file to the window that runs already; False when none does or when it does not take it."""
        message = _message(file)
        socket = QLocalSocket()
        if message is None or not _connected(socket, self.name):
            return False
        _let_come_forward()
        socket.write(message)
        taken = socket.waitForReadyRead(ANSWER_MS) and socket.readAll().data() == TAKEN
        socket.abort()
        return taken

    def listen(self) -> bool:
        """Become the one that files are handed to; False when another start was quicker."""
        # On Windows any number of programs may listen under one name, and a start would never hear of the others.
        if not (sys.platform == "win32" and self._answered()) and self._server.listen(self.name):
            return True
        if self._answered():
            return False
        # Left behind by a program that was killed.
        QLocalServer.removeServer(self.name)
        return self._server.listen(self.name)

    def _answered(self) -> bool:
        """Whether somebody listens."""
        probe = QLocalSocket()
        connected = _connected(probe, self.name)
        probe.abort()
        return connected

    def close(self) -> None:
        self._server.close()

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._guests) >= MOST_AT_ONCE:
                socket.abort()
                socket.deleteLater()
                continue
            guest = _Guest(socket, self)
            self._guests.add(guest)
            guest.gone.connect(self._forget)
            # Queued: opening lets events run, and the socket, which is reading now, would be deleted under itself.
            guest.asked.connect(self.asked, Qt.ConnectionType.QueuedConnection)
            guest.read()

    def _forget(self, guest: _Guest) -> None:
        self._guests.discard(guest)
        guest.deleteLater()


class _Guest(QObject):
    """One connection: read until its message is whole, too long, or late."""

    asked = Signal(object)
    gone = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._bytes, self._done = socket, b"", False
        socket.setParent(self)
        socket.setReadBufferSize(LONGEST + 1)
        socket.readyRead.connect(self.read)
        socket.disconnected.connect(self._end)
        QTimer.singleShot(PATIENCE_MS, self, self._end)

    def read(self) -> None:
        if self._done:
            return
        self._bytes += self._socket.readAll().data()
        if len(self._bytes) > LONGEST:
            self._end()
        elif b"\0" in self._bytes:
            self._take()

    def _take(self) -> None:
        good, path = read_message(self._bytes)
        if good:
            self._socket.write(TAKEN)
            self._socket.flush()
            self.asked.emit(path)
        self._end()

    def _end(self) -> None:
        if not self._done:
            self._done = True
            self._socket.disconnectFromServer()
            self.gone.emit(self)


def read_message(message: bytes) -> tuple[bool, Path | None]:
    """Whether a message is one of ours, and the file that it names; None is for coming forward alone."""
    text, zero, rest = message.partition(b"\0")
    if not zero or rest or len(message) > LONGEST:
        return False, None
    if not text:
        return True, None
    try:
        path = Path(text.decode("utf-8"))
        return (True, path) if path.is_absolute() and path.is_file() else (False, None)
    except (UnicodeDecodeError, OSError, ValueError):
        return False, None


def _message(file: Path | None) -> bytes | None:
    """What is sent for a file; None when its name cannot be sent, or nothing is there."""
    if file is None:
        return b"\0"
    path = file.resolve()
    try:
        message = str(path).encode("utf-8") + b"\0"
        return message if path.is_file() and len(message) <= LONGEST else None
    except (UnicodeEncodeError, OSError):
        return None


def _connected(socket: QLocalSocket, name: str) -> bool:
    socket.connectToServer(name)
    return socket.waitForConnected(CONNECT_MS)


def channel() -> Channel | None:
    """The channel of this person on this screen; None where there is no screen, or no safe place for a channel."""
    if QGuiApplication.platformName() in UNSEEN:
        return None
    folder = _folder()
    return Channel(f"{folder}{_key()}") if folder is not None else None


def _key() -> str:
    """Differs by person and by screen: a window on another screen cannot come forward on this one."""
    screen = [os.environ.get(name, "") for name in ("DISPLAY", "WAYLAND_DISPLAY", "SESSIONNAME")]
    whole = "\0".join([str(Path.home()), *screen])
    return f"lkip-desktop-{hashlib.sha256(whole.encode('utf-8', 'replace')).hexdigest()[:16]}"


LONGEST_FOLDER = 70
"""Bytes; a socket's whole name must fit into 107."""


def _folder() -> str | None:
    """Where the channel's name begins: empty on Windows, whose pipes have names of their own; else a private folder."""
    if sys.platform == "win32":
        return ""
    for folder in (os.environ.get("XDG_RUNTIME_DIR", ""), f"{tempfile.gettempdir()}/lkip-desktop-{os.getuid()}"):
        if folder and len(os.fsencode(folder)) <= LONGEST_FOLDER and _is_private(Path(folder)):
            return f"{folder}/"
    return None


def _is_private(folder: Path) -> bool:
    """Whether a folder is there, or can be made, for this person alone."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077


def _let_come_forward() -> None:
    """Windows lets only the program in front put another one there."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)


def come_forward(window: MainWindow, file: Path | None) -> None:
    """Bring the window to the front and open the file, if there is one and no dialog waits for an answer."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    if file is None:
        return
    waiting = QGuiApplication.modalWindow()
    if waiting is None:
        window.open_path(file)
        return
    waiting.requestActivate()
    window.banner.say(
        "info",
        f"“{file.name}” menunggu: selesaikan dahulu kotak yang sedang terbuka.",
        [("Buka sekarang", lambda: _open_waiting(window, file))],
    )


def _open_waiting(window: MainWindow, file: Path) -> None:
    window.banner.hide()
    window.open_path(file)
