"""A page with millimetre rulers on all four edges: what a printer shifts or scales is read off the paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from lkip_desktop.documents.fonts import BOLD, REGULAR, register

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
CROSS = 50.0
"""Millimetres from the left and from the upper edge of the sheet to the cross that is measured."""

_WORDS = (
    "Halaman penggaris",
    "1. Cetak halaman ini dalam ukuran asli (tanpa penyesuaian) di kertas {paper}.",
    "2. Ukur dengan penggaris dari tepi KIRI kertas ke tengah tanda silang: seharusnya 50 mm.",
    "3. Ukur dari tepi ATAS kertas ke tengah tanda silang: seharusnya 50 mm.",
    "4. Bila hasilnya lain, isikan selisihnya di “Geser cetakan…” pada jendela Cetak:",
    "    geser ke kanan = 50 - ukuran dari kiri; geser ke bawah = 50 - ukuran dari atas.",
    "5. Ukur garis 100 mm di bawah ini. Bila panjangnya bukan 100 mm, printer mengubah ukuran:",
    "    matikan “fit to page” atau “scale” pada pengaturan printer itu.",
    "Angka pada tepi menyatakan milimeter dari tepi kiri dan tepi atas. Garis pertama yang masih tercetak",
    "pada penggaris atas menunjukkan batas cetak kiri; pada penggaris kiri, batas cetak atas.",
)


def ruler_page(width: float, height: float, paper: str, printer: str = "") -> bytes:
    """A one-page PDF of a size in millimetres; `paper` and `printer` are named in its words."""
    from reportlab.pdfgen.canvas import Canvas

    register()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width * MM, height * MM), invariant=1, lang="id")
    canvas.setTitle("Halaman penggaris")
    canvas.setAuthor("LKIP Desktop")
    for horizontal, far in ((True, False), (True, True), (False, False), (False, True)):
        _ruler(canvas, width, height, horizontal=horizontal, far=far)
    _cross(canvas, height)
    _words(canvas, height, paper, printer)
    _measure(canvas, height)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _ruler(canvas: Canvas, width: float, height: float, *, horizontal: bool, far: bool) -> None:
    """Ticks each millimetre along one edge, 10 to 14 mm deep, past what printers leave out; a number at each ten."""
    length = width if horizontal else height
    canvas.setLineWidth(0.25)
    canvas.setFont(REGULAR, 6)
    for millimetre in range(1, int(length)):
        depth = 14 if millimetre % 10 == 0 else 12 if millimetre % 5 == 0 else 10
        start, stop = (height, height - depth) if not far else (0, depth)
        if horizontal:
            canvas.line(millimetre * MM, start * MM, millimetre * MM, stop * MM)
        else:
            near, deep = (0, depth) if not far else (width, width - depth)
            # Counted from the upper edge, as one measures a sheet.
            canvas.line(near * MM, (height - millimetre) * MM, deep * MM, (height - millimetre) * MM)
        if millimetre % 10 == 0 and 20 <= millimetre <= length - 20:
            _number(canvas, width, height, millimetre, horizontal=horizontal, far=far)


def _number(canvas: Canvas, width: float, height: float, millimetre: int, *, horizontal: bool, far: bool) -> None:
    if horizontal:
        canvas.drawCentredString(millimetre * MM, (15 if far else height - 17) * MM, str(millimetre))
    else:
        canvas.drawCentredString((width - 17.5 if far else 17.5) * MM, (height - millimetre) * MM - 2, str(millimetre))


def _cross(canvas: Canvas, height: float) -> None:
    x, y = CROSS * MM, (height - CROSS) * MM
    canvas.setLineWidth(0.5)
    canvas.line(x - 6 * MM, y, x + 6 * MM, y)
    canvas.line(x, y - 6 * MM, x, y + 6 * MM)
    canvas.circle(x, y, 3 * MM)


def _words(canvas: Canvas, height: float, paper: str, printer: str) -> None:
    title, *lines = _WORDS
    canvas.setFont(BOLD, 14)
    canvas.drawString(30 * MM, (height - 72) * MM, f"{title}: {printer}" if printer else title)
    canvas.setFont(REGULAR, 9.5)
    for number, line in enumerate(lines):
        canvas.drawString(30 * MM, (height - 82 - 6.5 * number) * MM, line.format(paper=paper))


def _measure(canvas: Canvas, height: float) -> None:
    """A line of exactly 100 mm with its ends marked."""
    y = (height - 155) * MM
    canvas.setLineWidth(0.5)
    canvas.line(50 * MM, y, 150 * MM, y)
    for x in (50 * MM, 150 * MM):
        canvas.line(x, y - 3 * MM, x, y + 3 * MM)
    canvas.drawCentredString(100 * MM, y + 2 * MM, "100 mm")
