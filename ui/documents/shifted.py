"""Shifts the picture on every page of a PDF by moving the pages' boxes; nothing is drawn anew."""

from __future__ import annotations

import io

import pypdfium2

from lkip_desktop.printing.offsets import Offset
from ui.documents.pages import POINT_MM, one_at_a_time


def shifted(pdf: bytes, offset: Offset) -> bytes:
    """The PDF with its picture shifted as the offset says, each page in its size; the very bytes without an offset."""
    if not offset:
        return pdf
    with one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for page in document:
                _shift(page, offset)
            out = io.BytesIO()
            document.save(out)
        finally:
            document.close()
    return out.getvalue()


def on_page(offset: Offset, width: float, height: float) -> Offset:
    """The offset in the reading direction of a page: one that lies is turned left to be printed on an upright sheet."""
    return Offset(-offset.down, offset.right) if width > height else offset


def _shift(page: pypdfium2.PdfPage, offset: Offset) -> None:
    seen = on_page(offset, *page.get_size())
    right, up = seen.right / POINT_MM, -seen.down / POINT_MM
    # The page is shown turned clockwise by its rotation: turn the shift back into the file's own directions.
    for _ in range(page.get_rotation() // 90):
        right, up = -up, right
    boxes = page.get_mediabox(), page.get_cropbox()
    for box, put in zip(boxes, (page.set_mediabox, page.set_cropbox), strict=True):
        left, bottom, far, top = box
        put(left - right, bottom - up, far - right, top - up)
