"""When the program itself fails: keeps a log and a trace, and tells the person calmly what happened."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QStandardPaths, QtMsgType, QUrl, Signal, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from lkip_desktop import __version__
from lkip_desktop.errors import EnvironmentProblem, UserError
from ui.opening import set_margins

LOG_NAME = "lkip-desktop.log"
TRACE_NAME = "berhenti-mendadak.txt"
MAX_BYTES, KEPT = 500_000, 3

log = logging.getLogger("lkip")


def log_folder() -> Path:
    """Where log and trace lie: the platform's place for a program's own local data."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) / "log"


def open_folder(folder: Path) -> None:
    """Show a folder in the desktop's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class Reporter(QObject):
    """Catches what nobody else caught. Errors of other threads are shown on the window's."""

    told = Signal(str)  # a sentence: no fault of the program's, and somebody can mend it
    _caught = Signal(str, str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.dialog: QMessageBox | None = None
        self._caught.connect(self.show_dialog)

    def install(self) -> None:
        """Become the process's handler of unexpected errors. Cheap; `start_logging` follows after the first paint."""
        sys.excepthook = self.handle
        threading.excepthook = lambda args: self.handle(args.exc_type, args.exc_value, args.exc_traceback)

    def handle(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Log an unexpected error and show it once; further ones only go to the log while the dialog is open."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        if isinstance(error, (UserError, EnvironmentProblem)):
            log.info("told: %s", error)
            self.told.emit(str(error))
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("unexpected error\n%s", details)
        self._caught.emit(f"{kind.__name__}: {error}", details)

    def show_dialog(self, summary: str, details: str) -> None:
        if self.dialog is not None:
            return
        self.dialog = self._made(summary, f"LKIP Desktop {__version__} · {platform.platform()}\n{details}")
        self.dialog.open()

    def _made(self, summary: str, details: str) -> QMessageBox:
        box = QMessageBox(QApplication.activeWindow())
        box.setWindowTitle("Terjadi kesalahan pada program")
        box.setText("Program menemui kesalahan yang tidak terduga pada perintah terakhir.")
        box.setInformativeText(
            "Data yang sudah tersimpan tidak berubah. Anda dapat melanjutkan pekerjaan. Bila kesalahan ini terulang, "
            f"salin rinciannya dan kirimkan kepada pengelola program.\n\n{summary[:200]}"
        )
        box.setDetailedText(details)
        copy = box.addButton("Salin rincian", QMessageBox.ButtonRole.ActionRole)
        folder = box.addButton("Buka folder log", QMessageBox.ButtonRole.ActionRole)
        go_on = box.addButton("Lanjutkan", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        # A message box closes on every button; copying must not close it.
        copy.clicked.disconnect()
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        folder.clicked.disconnect()
        folder.clicked.connect(lambda: open_folder(self.folder))
        set_margins(box)
        box.finished.connect(self._forget)
        return box

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None


@dataclass(frozen=True)
class RunningLog:
    """The log and the trace while the program runs. `left` is the trace that the last run left, or empty."""

    left: str
    handler: logging.Handler
    trace: TextIO

    def close(self) -> None:
        """End both; what was written stays."""
        qInstallMessageHandler(None)
        faulthandler.disable()
        logging.getLogger().removeHandler(self.handler)
        self.handler.close()
        self.trace.close()


def start_logging(folder: Path) -> RunningLog | None:
    """Begin the rotating log and the trace of hard crashes.

    A folder that cannot be written costs the log and nothing else: then it is None.
    """
    from logging.handlers import RotatingFileHandler

    try:
        folder.mkdir(parents=True, exist_ok=True)
        left = _take_trace(folder / TRACE_NAME)
        trace = (folder / TRACE_NAME).open("a", encoding="utf-8")
        handler = RotatingFileHandler(folder / LOG_NAME, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return None
    faulthandler.enable(trace)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    log.setLevel(logging.INFO)
    log.info("LKIP Desktop %s, Python %s, %s", __version__, platform.python_version(), platform.platform())
    qInstallMessageHandler(_log_qt)
    return RunningLog(left, handler, trace)


def _take_trace(path: Path) -> str:
    """The trace of an earlier run, taken away so that it is told once."""
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8", errors="replace")
    path.unlink()
    return text


def _log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    levels = {QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtCriticalMsg: logging.ERROR}
    logging.getLogger("qt").log(levels.get(kind, logging.INFO), text)
