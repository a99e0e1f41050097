"""Documents to show and print, and a real print queue."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.cups import Queue, queue

A4 = (210.0, 297.0)
F4 = (215.0, 330.0)


def pdf(*sizes: tuple[float, float]) -> bytes:
    """A PDF with one page for each size in millimetres, each with a frame and its number."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number, (width, height) in enumerate(sizes, start=1):
        canvas.setPageSize((width * mm, height * mm))
        canvas.setLineWidth(2)
        canvas.rect(20 * mm, 20 * mm, (width - 40) * mm, (height - 40) * mm)
        canvas.drawString(40 * mm, 40 * mm, f"Halaman {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="session")
def cups() -> Iterator[Queue]:
    with queue() as made:
        yield made
