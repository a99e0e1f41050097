"""Prints a PDF on Windows: PDFium draws each page as lines and letters into the printer's device context."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes

import pypdfium2
import pypdfium2.raw as pdfium

from lkip_desktop.documents.kinds import tell
from lkip_desktop.errors import EnvironmentProblem
from lkip_desktop.ports import Progress
from lkip_desktop.printing.orders import PrintOrder, Sides
from lkip_desktop.printing.papers import Paper
from lkip_desktop.printing.queue import SAFE, JobState, QueueAnswer, refusal
from ui.documents.pages import one_at_a_time

assert sys.platform == "win32"

# wingdi.h and winspool.h
_FIELDS = {"orientation": 1, "size": 2, "length": 4, "width": 8, "copies": 0x100, "source": 0x200}
_FIELDS |= {"colour": 0x800, "duplex": 0x1000, "collate": 0x8000}
_IN, _OUT = 8, 2
_PAPERS, _PAPER_SIZES, _MAX_COPIES = 2, 3, 18
_USER_SIZE = 256
_DUPLEX = {Sides.ONE: 1, Sides.LONG: 2, Sides.SHORT: 3}
_DPI_X, _DPI_Y, _SHEET_X, _SHEET_Y, _LEFT, _TOP, _ROOM_X, _ROOM_Y = 88, 90, 110, 111, 112, 113, 8, 10
_NO_SUCH_PRINTER = 1801
_DENIED = 5
_TURNED_LEFT = 3


_DELETE = 5
_PRINTED = 0x80
_STATES = (
    (_PRINTED | 0x1000, JobState.DONE),
    (0x4 | 0x100, JobState.CANCELLED),
    # Paused, error, offline, out of paper, blocked, waiting for somebody.
    (0x1 | 0x2 | 0x20 | 0x40 | 0x200 | 0x400, JobState.STOPPED),
    (0x8 | 0x10, JobState.PRINTING),
)
"""Bits of a job's status and what they mean, the weightiest first."""


class _JobInfo(ctypes.Structure):
    """The beginning of JOB_INFO_1W."""

    _fields_ = (
        ("job", wintypes.DWORD),
        ("names", ctypes.c_void_p * 6),
        ("status", wintypes.DWORD),
    )


class _DevMode(ctypes.Structure):
    """The beginning of DEVMODEW."""

    _fields_ = (
        ("device", wintypes.WCHAR * 32),
        ("spec_version", wintypes.WORD),
        ("driver_version", wintypes.WORD),
        ("size", wintypes.WORD),
        ("extra", wintypes.WORD),
        ("fields", wintypes.DWORD),
        ("orientation", ctypes.c_short),
        ("paper", ctypes.c_short),
        ("length", ctypes.c_short),
        ("width", ctypes.c_short),
        ("scale", ctypes.c_short),
        ("copies", ctypes.c_short),
        ("source", ctypes.c_short),
        ("quality", ctypes.c_short),
        ("colour", ctypes.c_short),
        ("duplex", ctypes.c_short),
        ("y_resolution", ctypes.c_short),
        ("true_type", ctypes.c_short),
        ("collate", ctypes.c_short),
    )


class _DocInfo(ctypes.Structure):
    """DOCINFOW"""

    _fields_ = (
        ("size", ctypes.c_int),
        ("name", wintypes.LPCWSTR),
        ("output", wintypes.LPCWSTR),
        ("datatype", wintypes.LPCWSTR),
        ("type", wintypes.DWORD),
    )


_gdi = ctypes.WinDLL("gdi32", use_last_error=True)
_spool = ctypes.WinDLL("winspool.drv", use_last_error=True)
_gdi.CreateDCW.restype = wintypes.HDC
_gdi.CreateDCW.argtypes = [wintypes.LPCWSTR, wintypes.LPCWSTR, wintypes.LPCWSTR, ctypes.c_void_p]
for _name in ("DeleteDC", "StartPage", "EndPage", "EndDoc", "AbortDoc"):
    getattr(_gdi, _name).argtypes = [wintypes.HDC]
_gdi.StartDocW.argtypes = [wintypes.HDC, ctypes.POINTER(_DocInfo)]
_gdi.GetDeviceCaps.argtypes = [wintypes.HDC, ctypes.c_int]
_spool.OpenPrinterW.argtypes = [wintypes.LPCWSTR, ctypes.POINTER(wintypes.HANDLE), ctypes.c_void_p]
_spool.ClosePrinter.argtypes = [wintypes.HANDLE]
_spool.GetJobW.argtypes = [
    *(wintypes.HANDLE, wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD),
    ctypes.POINTER(wintypes.DWORD),
]
_spool.SetJobW.argtypes = [wintypes.HANDLE, wintypes.DWORD, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD]
_spool.DocumentPropertiesW.argtypes = [
    *(wintypes.HWND, wintypes.HANDLE, wintypes.LPCWSTR, ctypes.c_void_p, ctypes.c_void_p, wintypes.DWORD)
]
_spool.DeviceCapabilitiesW.argtypes = [
    *(wintypes.LPCWSTR, wintypes.LPCWSTR, wintypes.WORD, ctypes.c_void_p, ctypes.c_void_p)
]


def print_by_gdi(pdf: bytes, order: PrintOrder, watch: Progress) -> QueueAnswer:
    """Print the ordered pages. Raises EnvironmentProblem when the printer refuses, Cancelled when stopped."""
    mode, by_hand = _mode(order)
    context = _gdi.CreateDCW("WINSPOOL", order.printer, None, mode)
    if not context:
        raise _refused(order)
    try:
        _require_paper(context, order)
        info = _DocInfo(ctypes.sizeof(_DocInfo), order.title, None, None, 0)
        job = _gdi.StartDocW(context, ctypes.byref(info))
        if job <= 0:
            raise _refused(order)
        try:
            _pages(context, pdf, order, watch, by_hand)
        except BaseException:
            _gdi.AbortDoc(context)
            raise
        if _gdi.EndDoc(context) <= 0:
            raise _refused(order)
    finally:
        _gdi.DeleteDC(context)
    return where(QueueAnswer(order.printer, job, JobState.WAITING))


def where(answer: QueueAnswer) -> QueueAnswer:
    """The same job as it stands now; Windows forgets a job when it has been printed."""
    handle = wintypes.HANDLE()
    if not _spool.OpenPrinterW(answer.printer, ctypes.byref(handle), None):
        return QueueAnswer(answer.printer, answer.job, JobState.GONE)
    try:
        needed = wintypes.DWORD()
        _spool.GetJobW(handle, answer.job, 1, None, 0, ctypes.byref(needed))
        if not needed.value:
            return QueueAnswer(answer.printer, answer.job, JobState.DONE)
        buffer = ctypes.create_string_buffer(needed.value)
        known = _spool.GetJobW(handle, answer.job, 1, buffer, needed.value, ctypes.byref(needed))
        status = _JobInfo.from_buffer(buffer).status if known else _PRINTED
    finally:
        _spool.ClosePrinter(handle)
    state = next((state for mask, state in _STATES if status & mask), JobState.WAITING)
    return QueueAnswer(answer.printer, answer.job, state)


def cancel(answer: QueueAnswer) -> bool:
    """Take a job back; whether the queue did it."""
    handle = wintypes.HANDLE()
    if not _spool.OpenPrinterW(answer.printer, ctypes.byref(handle), None):
        return False
    try:
        return bool(_spool.SetJobW(handle, answer.job, 0, None, _DELETE))
    finally:
        _spool.ClosePrinter(handle)


def _pages(context: int, pdf: bytes, order: PrintOrder, watch: Progress, by_hand: int) -> None:
    with one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            chosen = order.pages or tuple(range(1, len(document) + 1))
            for done, number in enumerate(chosen * by_hand):
                tell(watch, done, len(chosen) * by_hand)
                if _gdi.StartPage(context) <= 0:
                    raise _refused(order)
                page = document[number - 1]
                _draw(context, page, order)
                page.close()
                if _gdi.EndPage(context) <= 0:
                    raise _refused(order)
            tell(watch, 1, 1)
        finally:
            document.close()


def _draw(context: int, page: pypdfium2.PdfPage, order: PrintOrder) -> None:
    """One page in the middle of the sheet, in its own size or fitted, shifted by the printer's offset."""
    caps = {cap: _gdi.GetDeviceCaps(context, cap) for cap in (_DPI_X, _DPI_Y, _SHEET_X, _SHEET_Y, _LEFT, _TOP)}
    width, height = page.get_size()
    turned = width > height
    if turned:
        width, height = height, width
    x, y = width / 72 * caps[_DPI_X], height / 72 * caps[_DPI_Y]
    if order.fit:
        room = _gdi.GetDeviceCaps(context, _ROOM_X), _gdi.GetDeviceCaps(context, _ROOM_Y)
        scale = min(room[0] / x, room[1] / y)
        x, y = x * scale, y * scale
    left = (caps[_SHEET_X] - x) / 2 - caps[_LEFT] + order.offset.right / 25.4 * caps[_DPI_X]
    top = (caps[_SHEET_Y] - y) / 2 - caps[_TOP] + order.offset.down / 25.4 * caps[_DPI_Y]
    place = (round(left), round(top), round(x), round(y))
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_PRINTING | (pdfium.FPDF_GRAYSCALE if order.grey else 0)
    pdfium.FPDF_RenderPage(context, page, *place, _TURNED_LEFT if turned else 0, flags)


# Setting the printer up


def _mode(order: PrintOrder) -> tuple[ctypes.Array[ctypes.c_char], int]:
    """A DEVMODE with what was ordered, and how often the pages are to be repeated since the driver does not."""
    with _opened(order) as handle:
        size = _spool.DocumentPropertiesW(None, handle, order.printer, None, None, 0)
        if size <= 0:
            raise _refused(order)
        buffer = ctypes.create_string_buffer(size)
        _spool.DocumentPropertiesW(None, handle, order.printer, buffer, None, _OUT)
        mode = _DevMode.from_buffer(buffer)
        copies = _capability(order.printer, _MAX_COPIES) >= order.copies
        _set(mode, order, copies=copies)
        _spool.DocumentPropertiesW(None, handle, order.printer, buffer, buffer, _IN | _OUT)
    return buffer, 1 if copies else order.copies


def _set(mode: _DevMode, order: PrintOrder, *, copies: bool) -> None:
    asked = {"orientation": 1, "colour": 1 if order.grey else 2, "duplex": _DUPLEX[order.sides]}
    if copies:
        asked |= {"copies": order.copies, "collate": int(order.collate)}
    if order.tray:
        asked["source"] = int(order.tray)
    number = _form(order.printer, order.paper)
    asked["paper"] = number or _USER_SIZE
    if not number:
        asked |= {"width": round(order.paper.width * 10), "length": round(order.paper.height * 10)}
        mode.fields |= _FIELDS["width"] | _FIELDS["length"]
    else:
        mode.fields &= ~(_FIELDS["width"] | _FIELDS["length"])
    for name, value in asked.items():
        setattr(mode, name, value)
        mode.fields |= _FIELDS["size" if name == "paper" else name]


def _form(printer: str, paper: Paper) -> int:
    """The driver's number for the paper nearest to a size, or 0 when it has none that is the same."""
    count = _capability(printer, _PAPERS)
    if count <= 0:
        return 0
    numbers = (wintypes.WORD * count)()
    sizes = (wintypes.POINT * count)()
    _spool.DeviceCapabilitiesW(printer, None, _PAPERS, numbers, None)
    _spool.DeviceCapabilitiesW(printer, None, _PAPER_SIZES, sizes, None)
    forms = [(Paper("", size.x / 10, size.y / 10), number) for size, number in zip(sizes, numbers, strict=True)]
    same = [(own.distance(paper), number) for own, number in forms if own.same(paper)]
    return min(same, default=(0.0, 0))[1]


def _capability(printer: str, which: int) -> int:
    return int(_spool.DeviceCapabilitiesW(printer, None, which, None, None))


def _require_paper(context: int, order: PrintOrder) -> None:
    """The driver's word is checked once more on the context itself: some put their own size back."""
    got = Paper(
        "",
        _gdi.GetDeviceCaps(context, _SHEET_X) / _gdi.GetDeviceCaps(context, _DPI_X) * 25.4,
        _gdi.GetDeviceCaps(context, _SHEET_Y) / _gdi.GetDeviceCaps(context, _DPI_Y) * 25.4,
    )
    if not got.same(order.paper):
        raise EnvironmentProblem(
            f"Printer “{order.printer}” mengganti kertas {order.paper} dengan ukuran {got.width:.0f} × "
            f"{got.height:.0f} mm, jadi tidak ada yang dicetak. {SAFE} Pilih kertas lain dengan “Sesuaikan dengan "
            "kertas”, atau simpan sebagai PDF."
        )


@contextmanager
def _opened(order: PrintOrder) -> Iterator[wintypes.HANDLE]:
    handle = wintypes.HANDLE()
    if not _spool.OpenPrinterW(order.printer, ctypes.byref(handle), None):
        raise _refused(order)
    try:
        yield handle
    finally:
        _spool.ClosePrinter(handle)


def _refused(order: PrintOrder) -> EnvironmentProblem:
    error = ctypes.get_last_error()
    known = {_NO_SUCH_PRINTER: "unknown printer", _DENIED: "access denied"}
    return EnvironmentProblem(refusal(order.printer, known.get(error, f"kesalahan Windows {error}" if error else "")))
