"""Reads a finished PDF page by page through PDFium, for the screen and for printers."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium
from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QImage

from lkip_desktop.errors import UserError
from lkip_desktop.pdfium import turn
from ui.documents.text_layer import TextLayer

POINT_MM = 25.4 / 72
_FINE = 100
"""PDFium tells places on a device in whole pixels: a device this much finer than points loses nothing."""

one_at_a_time = turn


class Pages:
    """The pages of one PDF. Its methods may be called from any thread."""

    def __init__(self, data: bytes) -> None:
        """Raises UserError when `data` is no PDF that can be shown."""
        try:
            with one_at_a_time:
                self._document = pypdfium2.PdfDocument(data)
                self._sizes = tuple(QSizeF(*self._document.get_page_size(i)) for i in range(len(self._document)))
        except pypdfium2.PdfiumError as error:
            raise UserError("Dokumen ini tidak dapat ditampilkan: isinya bukan PDF yang utuh.") from error

    @property
    def sizes(self) -> tuple[QSizeF, ...]:
        """The size of each page in points, as it is to be read (rotation counted)."""
        return self._sizes

    def millimetres(self, index: int) -> QSizeF:
        """The size of a page (from 0) in millimetres."""
        return self._sizes[index] * POINT_MM

    def image(self, index: int, scale: float, part: QRect | None = None, *, printing: bool = False) -> QImage:
        """A page (from 0) on white at `scale` pixels a point, or `part` of it in pixels of the whole.

        Each side of the whole is rounded up to a whole pixel.
        """
        with self._page(index) as page:
            bitmap = page.render(
                scale=scale,
                crop=_crop(page.get_width() * scale, page.get_height() * scale, scale, part),
                prefer_bgrx=True,
                optimize_mode="print" if printing else None,
            )
            try:
                buffer = memoryview(bitmap.buffer)
                # The copy belongs to Qt: PDFium's buffer is gone with the bitmap.
                return QImage(buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
            finally:
                bitmap.close()

    def text(self, index: int) -> TextLayer:
        """The words of a page (from 0) with their places."""
        with self._page(index) as page:
            words = page.get_textpage()
            try:
                return _layer(page, words)
            finally:
                words.close()

    @contextmanager
    def _page(self, index: int) -> Iterator[pypdfium2.PdfPage]:
        with one_at_a_time:
            page = self._document[index]
            try:
                yield page
            finally:
                page.close()

    def close(self) -> None:
        with one_at_a_time:
            self._document.close()


def _crop(width: float, height: float, scale: float, part: QRect | None) -> tuple[float, float, float, float]:
    """What pypdfium2 is to leave out at the left, bottom, right and top, in points; it rounds up to whole pixels."""
    if part is None:
        return (0, 0, 0, 0)
    right, bottom = -(-width // 1) - part.right() - 1, -(-height // 1) - part.bottom() - 1
    left, low, far, top = (max(side - 0.5, 0.0) / scale for side in (part.left(), bottom, right, part.top()))
    return (left, low, far, top)


def _layer(page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage) -> TextLayer:
    (x0, xx, xy), (y0, yx, yy) = _axes(page)
    box = pdfium.FS_RECTF()
    here = ctypes.byref(box)
    letters: list[str] = []
    edges = array("f")
    # A report has half a million characters: what is done for each is plain arithmetic.
    for index in range(words.count_chars()):
        letters.append(_letter(pdfium.FPDFText_GetUnicode(words, index)))
        if pdfium.FPDFText_GetLooseCharBox(words, index, here):
            left, right, top, bottom = box.left, box.right, box.top, box.bottom
            x1, x2 = x0 + xx * left + xy * top, x0 + xx * right + xy * bottom
            y1, y2 = y0 + yx * left + yy * top, y0 + yx * right + yy * bottom
            edges.extend((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        else:
            edges.extend((0, 0, 0, 0))
    return TextLayer("".join(letters), edges)


def _letter(code: int) -> str:
    # Half of a pair has no meaning alone, and no file can hold it.
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code) if code else " "


def _axes(page: pypdfium2.PdfPage) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """How a place in the file becomes points from the upper left corner as read: constant, per x, per y; for each."""
    width, height = round(page.get_width() * _FINE), round(page.get_height() * _FINE)
    far = 1000.0

    def seen(x: float, y: float) -> tuple[float, float]:
        left, top = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, left, top)
        return left.value / _FINE, top.value / _FINE

    origin, along, up = seen(0, 0), seen(far, 0), seen(0, far)
    across, down = ((origin[i], (along[i] - origin[i]) / far, (up[i] - origin[i]) / far) for i in (0, 1))
    return across, down
