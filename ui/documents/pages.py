"""Reads a finished PDF page by page through PDFium, for the screen and for printers."""

from __future__ import annotations

import threading

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from lkip_desktop.errors import UserError

POINT_MM = 25.4 / 72

# PDFium keeps one state for the whole process and must not be entered by two threads at once.
_one_at_a_time = threading.Lock()


class Pages:
    """The pages of one PDF. Its methods may be called from any thread."""

    def __init__(self, data: bytes) -> None:
        """Raises UserError when `data` is no PDF that can be shown."""
        try:
            with _one_at_a_time:
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

    def image(self, index: int, scale: float, *, printing: bool = False) -> QImage:
        """A page (from 0) on white at `scale` pixels a point; each side is rounded up to a whole pixel."""
        with _one_at_a_time:
            page = self._document[index]
            bitmap = page.render(scale=scale, prefer_bgrx=True, optimize_mode="print" if printing else None)
            try:
                buffer = memoryview(bitmap.buffer)
                # The copy belongs to Qt: PDFium's buffer is gone with the bitmap.
                return QImage(buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
            finally:
                bitmap.close()
                page.close()

    def close(self) -> None:
        with _one_at_a_time:
            self._document.close()
