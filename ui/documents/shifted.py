"""Shifts the picture on every page of a PDF by moving the pages' boxes; nothing is drawn anew."""

from __future__ import annotations

import io

import pypdfium2

from lkip_desktop.printing.offsets import Offset
from ui.documents.pages import POINT_MM, one_at_a_time

_TURN_LEFT = 270


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


def _shift(page: pypdfium2.PdfPage, offset: Offset) -> None:
    width, height = page.get_size()
    if width > height:
        # Put upright by us: the queue would turn it left or right, as the printer's maker wants, and the shift with it.
        page.set_rotation((page.get_rotation() + _TURN_LEFT) % 360)
    right, up = offset.right / POINT_MM, -offset.down / POINT_MM
    # The page is shown turned clockwise by its rotation: turn the shift back into the file's own directions.
    for _ in range(page.get_rotation() // 90):
        right, up = -up, right
    boxes = page.get_mediabox(), page.get_cropbox()
    for box, put in zip(boxes, (page.set_mediabox, page.set_cropbox), strict=True):
        left, bottom, far, top = box
        put(left - right, bottom - up, far - right, top - up)
