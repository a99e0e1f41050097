"""What letters need and reportlab lacks: a double rule, a logo read once, a tick box, a QR code, a table that waits."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table

from lkip_desktop.documents import fonts
from lkip_desktop.documents.pictures import Picture, usable

TICK = "√"
# The height of Liberation Sans capitals as a share of the type size.
CAPITALS = 0.73
UNLIMITED = 100_000


class DoubleRule(Flowable):
    """A thick line with a thin one below it, the end of a letterhead. All in points."""

    def __init__(self, width: float, thick: float, thin: float) -> None:
        super().__init__()
        self.width, self.thick, self.thin = width, thick, thin
        self.height = 2 * thick + thin

    def draw(self) -> None:
        self.canv.setLineWidth(self.thick)
        self.canv.line(0, self.height - self.thick / 2, self.width, self.height - self.thick / 2)
        self.canv.setLineWidth(self.thin)
        self.canv.line(0, self.thin / 2, self.width, self.thin / 2)


class Logo(Flowable):
    """A picture of `width` × `height` points."""

    def __init__(self, picture: ImageReader, width: float, height: float) -> None:
        super().__init__()
        self.picture, self.width, self.height = picture, width, height

    def draw(self) -> None:
        self.canv.drawImage(self.picture, 0, 0, self.width, self.height, mask="auto")


def fitted_logo(data: bytes | None, room: tuple[float, float]) -> Logo | None:
    """The logo as large as fits into a width and height in points; None when there is none that can be read."""
    found = _read_logo(data)
    return Logo(found[1], *found[0].fit(*room)) if found else None


@lru_cache(maxsize=2)
def _read_logo(data: bytes | None) -> tuple[Picture, ImageReader] | None:
    """Read once for all letters: to decode an office's scan takes longer than to make ten of them."""
    picture = usable(data)
    if picture is None:
        return None
    reader = ImageReader(BytesIO(picture.png))
    # What it reads at first use, read now: letters are made on several threads.
    reader.getRGBData()  # type: ignore[no-untyped-call]
    return picture, reader


class CheckBox(Flowable):
    """A square of `size` points beside a line of text of `type_size`, ticked or empty.

    The tick is a character, so that whoever copies or searches the text finds it. The square stands level with the
    capitals of the line: reportlab sets the baseline one type size below the top.
    """

    def __init__(self, size: float, type_size: float, ticked: bool, face: str = fonts.BOLD) -> None:
        super().__init__()
        self.width, self.ticked, self.face = size, ticked, face
        self.height = size / 2 + type_size * (1 - CAPITALS / 2)

    def draw(self) -> None:
        self.canv.setLineWidth(0.8)
        self.canv.rect(0, 0, self.width, self.width)
        if self.ticked:
            self.canv.setFont(self.face, self.width * 1.15)
            self.canv.drawCentredString(self.width / 2, self.width * 0.16, TICK)


class LeadingTable(Table):
    """A table that never leaves what closes the letter alone: when only that would not fit, its last row goes along.

    `closing` is the height in points that follows and must not stand without a row. A table of one row moves whole.
    A row is broken only when it is higher than `page`, the height of an empty page. `heads` are rows that do not stand
    last on a page, below one row of headings.
    """

    closing: float = 0
    page: float = UNLIMITED
    heads: frozenset[int] = frozenset()
    _own_height: float = 0
    _rowHeights: list[float]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        wide, high = super().wrap(width, height)
        self._own_height = high
        return wide, (height + 1 if high <= height < high + self.closing else high)

    def split(self, width: float, height: float) -> list[Any]:
        # A hundredth of a point more, since heights are sums of fractions.
        room = self._own_height - self._rowHeights[-1] + 0.01 if self._own_height <= height else height
        self.splitInRow = int(sum(self._rowHeights[:2]) > self.page)
        fitting = bisect_right(list(accumulate(self._rowHeights)), room)
        if fitting - 1 in self.heads and fitting < len(self._rowHeights):
            last = next((row for row in range(fitting - 2, 0, -1) if row not in self.heads), None)
            if last is not None:
                room = sum(self._rowHeights[: last + 1]) + 0.01
            elif height < self.page - 1:
                return []
        parts: list[Any] = list(super().split(width, room))
        if parts:
            parts[-1].closing, parts[-1].page = self.closing, self.page
            gone = parts[0]._nrows - 1
            parts[-1].heads = frozenset(row - gone for row in self.heads if row > gone)
        return parts


def draw_qr(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    """A QR code as dark squares, its lower left corner at x, y; all in points. The quiet zone lies within `side`."""
    import segno

    rows = list(segno.make(text, error="m", micro=False).matrix)
    border = 2
    module = side / (len(rows) + 2 * border)
    path = canvas.beginPath()
    for down, row in enumerate(rows):
        for along, dark in enumerate(row):
            if dark:
                top = y + side - (border + down + 1) * module
                path.rect(x + (border + along) * module, top, module, module)
    canvas.drawPath(path, stroke=0, fill=1)
