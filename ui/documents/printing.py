"""Sends a finished PDF to a printer: the file itself through `lp` where that is, else painted page by page."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from lkip_desktop.documents.kinds import tell
from lkip_desktop.errors import EnvironmentProblem
from lkip_desktop.ports import Progress
from lkip_desktop.printing.orders import Printer, PrintOrder, Sides, Tray
from lkip_desktop.printing.papers import OFFICE_PAPERS, Paper, is_office_paper, paper_of
from lkip_desktop.printing.queue import SAFE, JobState, QueueAnswer, refusal
from ui.documents import cups
from ui.documents.pages import Pages
from ui.documents.shifted import shifted

MAX_DPI = 600

_SIDES = {
    QPrinter.DuplexMode.DuplexNone: Sides.ONE,
    QPrinter.DuplexMode.DuplexLongSide: Sides.LONG,
    QPrinter.DuplexMode.DuplexShortSide: Sides.SHORT,
}
_MODES = {sides: mode for mode, sides in _SIDES.items()}


def printer_names() -> tuple[str, ...]:
    """The names of the printers that the desktop knows now."""
    return tuple(QPrinterInfo.availablePrinterNames())


def printers(trays: Mapping[str, tuple[Tray, ...]] | None = None) -> tuple[Printer, ...]:
    """The printers that the desktop knows now, with the paper sources that were found out beside the window."""
    found = trays or {}
    infos = (info for info in QPrinterInfo.availablePrinters() if not info.isNull())
    return tuple(_printer(info, found.get(info.printerName(), ())) for info in infos)


def find_trays(names: Iterable[str]) -> dict[str, tuple[Tray, ...]]:
    """The paper sources of printers; asks each over the network, so not for the GUI thread."""
    return {name: cups.trays(name) for name in names} if cups.has_lp() else {}


def send(pdf: bytes, order: PrintOrder, watch: Progress) -> QueueAnswer:
    """Hand a PDF to the printer; the queue's answer.

    Raises EnvironmentProblem when the printer refuses, Cancelled when stopped.
    """
    if cups.has_lp():
        tell(watch, 0, 1)
        return cups.print_by_lp(shifted(pdf, order.offset), order)
    if sys.platform == "win32":
        from ui.documents.gdi import print_by_gdi

        return print_by_gdi(pdf, order, watch)
    print_by_painting(pdf, order, watch)
    return QueueAnswer(order.printer, 0, JobState.UNKNOWN)


def where(answer: QueueAnswer) -> QueueAnswer:
    """The same job as it stands now; the answer itself where the system does not tell."""
    if answer.ended:
        return answer
    if sys.platform == "win32":
        from ui.documents import gdi

        return gdi.where(answer)
    return cups.where(answer)


def cancel(answer: QueueAnswer) -> bool:
    """Take a job back; whether the queue did it."""
    if sys.platform == "win32":
        from ui.documents import gdi

        return gdi.cancel(answer)
    return cups.cancel(answer)


# Painted


def print_by_painting(pdf: bytes, order: PrintOrder, watch: Progress) -> None:
    """Paint each page on the printer. Raises EnvironmentProblem when it refuses, Cancelled when stopped."""
    info = QPrinterInfo.printerInfo(order.printer)
    if info.isNull():
        raise EnvironmentProblem(refusal(order.printer, "unknown printer"))
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(order.title)
    printer.setCopyCount(order.copies)
    printer.setCollateCopies(order.collate)
    printer.setDuplex(_MODES[order.sides])
    printer.setColorMode(QPrinter.ColorMode.GrayScale if order.grey else QPrinter.ColorMode.Color)
    paint(pdf, order, printer, watch)


def paint(pdf: bytes, order: PrintOrder, printer: QPrinter, watch: Progress) -> None:
    """Paint the ordered pages on a printer that is set up but for paper and resolution."""
    pages = Pages(shifted(pdf, order.offset))
    try:
        printer.setResolution(min(printer.resolution(), MAX_DPI))
        _set_paper(printer, order.paper)
        painter = QPainter()
        if not painter.begin(printer):
            raise EnvironmentProblem(refusal(order.printer, ""))
        try:
            # A driver may have put its own size back when the document began.
            _require_paper(printer, order)
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
        raise EnvironmentProblem(refusal(order.printer, ""))


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
    # Qt's fuzzy match would make 215 × 330 mm another form, and its own Folio is 210 × 330 mm.
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    custom = QPageSize(QSizeF(paper.width, paper.height), QPageSize.Unit.Millimeter, paper.name, exact)
    printer.setPageLayout(QPageLayout(next(known, custom), QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)


def _require_paper(printer: QPrinter, order: PrintOrder) -> None:
    sheet = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    got = paper_of(sheet.width(), sheet.height())
    if not got.same(order.paper):
        raise EnvironmentProblem(
            f"Printer “{order.printer}” mengganti kertas {order.paper} dengan {got}, jadi tidak ada yang dicetak. "
            f"{SAFE} Pilih kertas lain dengan “Sesuaikan dengan kertas”, atau simpan sebagai PDF."
        )


# What the desktop tells of a printer


def _printer(info: QPrinterInfo, trays: tuple[Tray, ...]) -> Printer:
    usual = _paper(info.defaultPageSize())
    papers = [usual]
    for paper in map(_paper, info.supportedPageSizes()):
        if is_office_paper(paper) and not any(paper.same(other) for other in papers):
            papers.append(paper)
    return Printer(
        name=info.printerName(),
        description=info.description() or info.printerName(),
        stopped=info.state() in (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error),
        papers=tuple(papers),
        usual=usual,
        custom=info.supportsCustomPageSizes(),
        default=info.isDefault(),
        sides=tuple(_SIDES[mode] for mode in info.supportedDuplexModes() if mode in _SIDES) or (Sides.ONE,),
        colour=QPrinter.ColorMode.Color in info.supportedColorModes(),
        trays=trays,
    )


def _paper(size: QPageSize) -> Paper:
    millimetres = size.size(QPageSize.Unit.Millimeter)
    paper = paper_of(millimetres.width(), millimetres.height(), size.key())
    known = next((known for known in OFFICE_PAPERS if known.same(paper)), None)
    # Qt tells F4 as 215.9 mm wide, whatever the driver said: the usual measure is nearer to the truth.
    return replace(known, key=size.key()) if known else replace(paper, name=size.name() or paper.name)
