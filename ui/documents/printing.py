"""Sends a finished PDF to a printer: the file itself through `lp` where that is, else painted page by page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from itertools import starmap

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from lkip_desktop.documents.kinds import tell
from lkip_desktop.errors import EnvironmentProblem, UserError
from lkip_desktop.ports import Progress
from ui.documents.pages import Pages

MAX_DPI = 600
TOLERANCE = 2.0
"""Millimetres by which a printer's paper may differ from the document's and still be the same paper."""

_SECONDS = 60
_OFFICE_PAPERS = (
    ("A4", 210, 297),
    ("F4", 215, 330),
    ("F4", 210, 330),
    ("Letter", 215.9, 279.4),
    ("Legal", 215.9, 355.6),
    ("A3", 297, 420),
    ("A5", 148, 210),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, upright, in millimetres. `key` is the printer's own name for it, empty for a size it does not list."""

    name: str
    width: float
    height: float
    key: str = ""

    def __str__(self) -> str:
        """``A4 (210 × 297 mm)``"""
        return f"{self.name} ({self.width:.0f} × {self.height:.0f} mm)"

    def same(self, other: Paper) -> bool:
        return abs(self.width - other.width) <= TOLERANCE and abs(self.height - other.height) <= TOLERANCE


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer of this PC. `papers` are its office papers; `custom` says that it takes other sizes too."""

    name: str
    description: str
    stopped: bool
    papers: tuple[Paper, ...]
    usual: Paper
    custom: bool
    default: bool

    def paper_like(self, paper: Paper) -> Paper | None:
        """The printer's own entry for a paper, or None."""
        return next((own for own in self.papers if own.same(paper)), None)


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What to print and how. `pages` count from 1, empty for all; `fit` scales each page to the paper."""

    printer: str
    title: str
    paper: Paper
    copies: int = 1
    pages: tuple[int, ...] = ()
    fit: bool = False


def paper_of(size: QSizeF) -> Paper:
    """The paper that a page of a size in millimetres needs, upright, called by its usual name."""
    width, height = sorted((size.width(), size.height()))
    found = Paper("", width, height)
    names = (known.name for known in starmap(Paper, _OFFICE_PAPERS) if found.same(known))
    return Paper(next(names, "Ukuran khusus"), width, height)


def printers() -> tuple[Printer, ...]:
    """The printers that the desktop knows now."""
    return tuple(_printer(info) for info in QPrinterInfo.availablePrinters() if not info.isNull())


def page_numbers(text: str, count: int) -> tuple[int, ...]:
    """The pages that ``1-3, 5`` means in a document of `count` pages; empty text means all (an empty tuple).

    Raises UserError with a sentence.
    """
    chosen: set[int] = set()
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        match = re.fullmatch(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6}))?", part)
        if match is None:
            raise UserError(f"“{part[:20]}” bukan halaman. Tulis misalnya 1-3, 5.")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= count:
            raise UserError(f"Halaman {part} tidak ada; dokumen ini mempunyai halaman 1 sampai {count}.")
        chosen.update(range(first, last + 1))
    return tuple(sorted(chosen))


def send(pdf: bytes, order: PrintOrder, watch: Progress) -> None:
    """Hand a PDF to the printer. Raises EnvironmentProblem when the printer refuses, Cancelled when stopped."""
    if has_lp():
        tell(watch, 0, 1)
        print_by_lp(pdf, order)
    else:
        print_by_painting(pdf, order, watch)


def has_lp() -> bool:
    """Whether this system prints through CUPS and has its command line: then PDFs go out as they are."""
    return os.name == "posix" and shutil.which("lp") is not None


# The file itself


def lp_command(order: PrintOrder) -> list[str]:
    """The call that prints the PDF on standard input."""
    command = ["lp", "-d", order.printer, "-n", str(order.copies), "-t", order.title]
    if order.pages:
        command += ["-P", ",".join(map(str, order.pages))]
    media = order.paper.key or f"Custom.{order.paper.width:.0f}x{order.paper.height:.0f}mm"
    return [*command, "-o", f"media={media}", "-o", f"print-scaling={'fit' if order.fit else 'none'}", "-"]


def print_by_lp(pdf: bytes, order: PrintOrder) -> str:
    """Queue the PDF; gives the queue's name for the job. Raises EnvironmentProblem when it is refused."""
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        answer = subprocess.run(
            lp_command(order), input=pdf, capture_output=True, env=environment, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refused(order, str(error)) from error
    job = re.search(rb"request id is (\S+)", answer.stdout)
    if answer.returncode or job is None:
        raise _refused(order, answer.stderr.decode(errors="replace").strip())
    return job[1].decode(errors="replace")


def _refused(order: PrintOrder, details: str) -> EnvironmentProblem:
    rest = f" (jawaban sistem: {details[:200]})" if details else ""
    return EnvironmentProblem(
        f"Printer “{order.printer}” tidak menerima dokumen ini{rest}. Data siklus tidak berubah. "
        "Periksa printernya lalu coba lagi, atau simpan sebagai PDF."
    )


# Painted


def print_by_painting(pdf: bytes, order: PrintOrder, watch: Progress) -> None:
    """Paint each page on the printer. Raises EnvironmentProblem when it refuses, Cancelled when stopped."""
    printer = QPrinter(QPrinterInfo.printerInfo(order.printer), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(order.title)
    printer.setCopyCount(order.copies)
    paint(pdf, order, printer, watch)


def paint(pdf: bytes, order: PrintOrder, printer: QPrinter, watch: Progress) -> None:
    """Paint the ordered pages on a printer that is set up but for paper and resolution."""
    pages = Pages(pdf)
    try:
        printer.setResolution(min(printer.resolution(), MAX_DPI))
        _set_paper(printer, order.paper)
        painter = QPainter()
        if not painter.begin(printer):
            raise _refused(order, "")
        try:
            _paint_pages(pages, order, printer, painter, watch)
        except BaseException:
            # Windows takes the whole document back; CUPS, as Qt speaks to it, still prints the pages painted so far.
            printer.abort()
            raise
        finally:
            painter.end()
    finally:
        pages.close()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise _refused(order, "")


def _paint_pages(pages: Pages, order: PrintOrder, printer: QPrinter, painter: QPainter, watch: Progress) -> None:
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    numbers = order.pages or tuple(range(1, len(pages.sizes) + 1))
    for done, number in enumerate(numbers):
        tell(watch, done, len(numbers))
        if done:
            printer.newPage()
        image = pages.image(number - 1, printer.resolution() / 72, printing=True)
        if image.width() > image.height():
            # The sheet always lies upright: CUPS turns a job as a whole, so pages of both ways would come out wrong.
            image = image.transformed(QTransform().rotate(-90))
        painter.drawImage(_place(QSizeF(image.size()), printer, fit=order.fit), image)
    tell(watch, len(numbers), len(numbers))


def _place(size: QSizeF, printer: QPrinter, *, fit: bool) -> QRectF:
    """Where a page goes on the sheet, all in the printer's pixels: centred, in its own size or fitted."""
    layout, dpi = printer.pageLayout(), printer.resolution()
    room = QRectF(layout.fullRectPixels(dpi))
    if fit:
        a_millimetre = dpi / 25.4
        margins = layout.minimumMargins() * (a_millimetre * _unit_mm(layout))
        room = room.marginsRemoved(margins)
        size = size * min(room.width() / size.width(), room.height() / size.height())
    return QRectF(room.center().x() - size.width() / 2, room.center().y() - size.height() / 2, *size.toTuple())


def _unit_mm(layout: QPageLayout) -> float:
    """How many millimetres the layout's unit has, read off its sheet."""
    return layout.fullRect(QPageLayout.Unit.Millimeter).width() / layout.fullRect().width()


def _set_paper(printer: QPrinter, paper: Paper) -> None:
    """To be done before painting begins: later, drivers ignore the size."""
    info = QPrinterInfo.printerInfo(printer.printerName())
    known = (own for own in info.supportedPageSizes() if paper.key and own.key() == paper.key)
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    custom = QPageSize(QSizeF(paper.width, paper.height), QPageSize.Unit.Millimeter, paper.name, exact)
    printer.setPageLayout(QPageLayout(next(known, custom), QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)


# What the desktop tells of a printer


def _printer(info: QPrinterInfo) -> Printer:
    usual = _paper(info.defaultPageSize())
    papers = [usual]
    for paper in map(_paper, info.supportedPageSizes()):
        if _known(paper) and not any(paper.same(other) for other in papers):
            papers.append(paper)
    return Printer(
        name=info.printerName(),
        description=info.description() or info.printerName(),
        stopped=info.state() in (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error),
        papers=tuple(papers),
        usual=usual,
        custom=info.supportsCustomPageSizes(),
        default=info.isDefault(),
    )


def _paper(size: QPageSize) -> Paper:
    upright = paper_of(size.size(QPageSize.Unit.Millimeter))
    name = upright.name if _known(upright) else size.name()
    return Paper(name or upright.name, upright.width, upright.height, size.key())


def _known(paper: Paper) -> bool:
    return any(paper.same(known) for known in starmap(Paper, _OFFICE_PAPERS))
