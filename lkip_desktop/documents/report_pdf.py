"""Writes a report as PDF: the same content on the same pages as the DOCX, with bookmarks and links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from lkip_desktop.documents import fonts
from lkip_desktop.documents.letter_pdf import CREATOR, LANGUAGE
from lkip_desktop.documents.report import Align, Chart, Cover, Heading, Numbering, Picture, Report, Row, Section
from lkip_desktop.documents.report_blocks import Key, Span, captions, keyed
from lkip_desktop.documents.report_chart_pdf import draw_chart
from lkip_desktop.documents.report_cover import cover_groups, cover_logo
from lkip_desktop.documents.report_grid import Grid
from lkip_desktop.documents.report_layout import (
    SIGNATURES_BEFORE,
    Box,
    Laid,
    Piece,
    Placed,
    Text,
    labels_of,
    lay_out,
    read_picture,
    running_head,
    signing_rows,
)
from lkip_desktop.documents.report_lines import Line, line_height, set_lines, width_of
from lkip_desktop.documents.report_style import MM, Look, TextStyle, measured_by, page, table_style, text_styles
from lkip_desktop.errors import Cancelled

# Liberation Sans: how far its lowest letters reach below the line they stand on, as a share of the type size.
DESCENT = 0.212
BORDER_WIDTH = 0.5
DOT_STEP = 3.6
FILL = {"head": table_style().head_fill, "group": table_style().group_fill, "mark": "FFF2CC"}


def report_pdf(report: Report, watch: Callable[[int, int], bool] | None = None, look: Look | None = None) -> bytes:
    """The PDF of a report, by the measures of an office's own style if they are given; equal reports give equal bytes.

    Raises Cancelled when `watch` returns False.
    """
    fonts.register()
    with measured_by(look):
        painter = _Painter(report)
        for done, total in painter.paint():
            if watch is not None and not watch(done, total):
                raise Cancelled
        return painter.saved()


class _Painter:
    """Draws page by page what the layout placed; `y` in it counts downwards from the top of the text area."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.laid = lay_out(report)
        self.labels = labels_of(self.laid)
        self.known = captions(report)
        self.parts = dict(keyed(report))
        self._out = BytesIO()
        font: Any = fonts.REGULAR
        self.canvas = Canvas(self._out, invariant=1, lang=LANGUAGE, initialFontName=font, pageCompression=1)
        self._level = -1

    def paint(self) -> Iterator[tuple[int, int]]:
        """Draw every page; tells pages done of all."""
        self._describe()
        total = sum(one.pages for one in self.laid)
        done = 0
        for one in self.laid:
            by_page: dict[int, list[Placed]] = {}
            for placed in one.placed:
                by_page.setdefault(placed.page, []).append(placed)
            for number in range(1, one.pages + 1):
                self._page(one, number, by_page.get(number, []))
                done += 1
                yield done, total

    def saved(self) -> bytes:
        self.canvas.save()
        return self._out.getvalue()

    def _describe(self) -> None:
        canvas: Any = self.canvas
        canvas.setTitle(fonts.printable(self.report.title))
        canvas.setSubject(fonts.printable(self.report.running[0]))
        canvas.setAuthor(fonts.printable(self.report.author))
        canvas.setCreator(CREATOR)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.showOutline()

    def _page(self, one: Laid, number: int, placed: list[Placed]) -> None:
        measures = page()
        wide = one.section.landscape
        width, height = (measures.height, measures.width) if wide else (measures.width, measures.height)
        self.canvas.setPageSize((width * MM, height * MM))
        self.left, self.top = measures.left * MM, (height - measures.top) * MM
        self.area = measures.text_area(landscape=wide)[0]
        for part in one.section.parts:
            if isinstance(part, Cover) and number == 1:
                self._cover(part)
        for item in placed:
            self._placed(item)
        if one.section.numbering is not Numbering.NONE:
            self._running(one.section, one.label(number), height * MM)
        self.canvas.showPage()

    def _placed(self, placed: Placed) -> None:
        item = placed.item
        if isinstance(item, Text):
            self._text(item, placed)
        elif isinstance(item, Grid):
            self._row(item, placed)
        else:
            self._box(item, placed)

    # Text

    def _text(self, text: Text, placed: Placed) -> None:
        line = text.lines[placed.index]
        if placed.index == 0 and text.key is not None:
            self._target(text.key, placed.y)
        if text.entry is not None and line.last:
            self._entry(text, line, placed.y)
        else:
            self._line(line, text.style, self.left, placed.y)
        if text.entry is not None:
            self._link(text.entry.key, line, placed.y, text.line)

    def _line(
        self, line: Line, style: TextStyle, left: float, y: float, align: str = "", *, bold: bool = False
    ) -> None:
        """A line of text whose box has its top at `y`; `align` goes before the style's."""
        base = self._base(style, y)
        if line.label:
            self._put(Span(line.label), style, left + line.x - style.hanging * MM, base, bold=bold)
        x, room = left + line.x, line.width
        align = align or style.align
        taken = self._taken(line, style, bold=bold)
        if align == "both" and not line.last and line.text.count(" "):
            self._spread(line, style, x, base, (room - taken) / line.text.count(" "))
            return
        x += {"center": (room - taken) / 2, "right": room - taken}.get(align, 0.0)
        for span in line.spans:
            x += self._put(span, style, x, base, bold=bold)

    def _spread(self, line: Line, style: TextStyle, x: float, base: float, more: float) -> None:
        """Words moved apart so that the line ends at the right edge."""
        space = width_of(" ", style.size, style.bold)
        for span in line.spans:
            for place, word in enumerate(span.text.split(" ")):
                if place:
                    x += space + more
                if word:
                    x += self._put(Span(word, span.bold, span.italic, span.anchor, span.marked), style, x, base)

    def _put(self, span: Span, style: TextStyle, x: float, base: float, *, bold: bool = False) -> float:
        """Draw a span on a base line; the width that it takes."""
        heavy = style.bold or span.bold or bold
        font = _face(heavy, style.italic or span.italic)
        text = fonts.printable(span.text)
        wide = width_of(text, style.size, heavy)
        if span.marked:
            self._fill(FILL["mark"], x, base - style.size * 0.25, wide, style.size * 1.15)
        self.canvas.setFont(font, style.size)
        self.canvas.drawString(x, base, text)
        key = self.known.keys.get(span.anchor) if span.anchor else None
        if key is not None:
            self._rectangle(key, x, base - style.size * 0.25, x + wide, base + style.size)
        return wide

    def _taken(self, line: Line, style: TextStyle, *, bold: bool) -> float:
        return sum(width_of(fonts.printable(s.text), style.size, style.bold or s.bold or bold) for s in line.spans)

    def _base(self, style: TextStyle, y: float) -> float:
        return self.top - y - line_height(style) + style.size * DESCENT

    def _entry(self, text: Text, line: Line, y: float) -> None:
        """The last line of an entry of a list of contents: its words, dots, and the page number at the right edge."""
        assert text.entry is not None
        style, label = text.style, self.labels[text.entry.key]
        self._line(line, style, self.left, y)
        base = self._base(style, y)
        start = self.left + line.x + width_of(fonts.printable(line.text), style.size, style.bold) + 2
        end = self.left + self.area
        number = width_of(label, style.size, style.bold)
        self._put(Span(label), style, end - number, base)
        dots = int((end - number - 2 - start) // DOT_STEP)
        for place in range(max(dots, 0)):
            self.canvas.drawString(end - number - 2 - (place + 1) * DOT_STEP, base, ".")

    def _link(self, key: Key, line: Line, y: float, height: float) -> None:
        top = self.top - y
        self._rectangle(key, self.left + line.x, top - height, self.left + self.area, top)

    def _rectangle(self, key: Key, left: float, bottom: float, right: float, top: float) -> None:
        canvas: Any = self.canvas
        canvas.linkRect("", _name(key), (left, bottom, right, top), relative=0, thickness=0)

    def _target(self, key: Key, y: float) -> None:
        """Where links and bookmarks of a part lead."""
        canvas: Any = self.canvas
        canvas.bookmarkPage(_name(key), fit="XYZ", left=0, top=self.top - y + 4)
        part = self.parts[key]
        if isinstance(part, Heading):
            self._level = min(part.level - 1, self._level + 1)
            canvas.addOutlineEntry(fonts.printable(part.text.replace("\t", " ")), _name(key), self._level, closed=True)

    # Tables

    def _row(self, grid: Grid, placed: Placed) -> None:
        head = placed.index < 0
        columns = grid.table.columns
        row = Row(tuple(c.heading for c in columns), strong=True) if head else grid.table.rows[placed.index]
        piece = placed.piece
        height = piece.height if piece else grid.head if head else grid.rows[placed.index]
        top = self.top - placed.y
        if len(row.cells) == 1 and len(columns) > 1:
            self._cell(row.cells[0] or "", self.left, top, sum(grid.widths), height, "left", fill="group", bold=True)
            return
        below = self._below(grid, placed)
        x = self.left
        for number, (text, wide) in enumerate(zip(row.cells, grid.widths, strict=True)):
            align = Align.CENTRE if head else columns[number].align
            lines = "tblr" if head else "".join(("lr", "" if text is None else "t", "" if below[number] else "b"))
            if text is None and self._first_on_page(grid, placed):
                lines += "t"
            fill = "head" if head else ""
            self._cell(
                text or "", x, top, wide, height, align.value, fill=fill, bold=row.strong, lines=lines, piece=piece
            )
            x += wide

    def _below(self, grid: Grid, placed: Placed) -> tuple[bool, ...]:
        """For each column, whether the cell under it goes on; nothing goes on under the heading or the last row."""
        rows, count = grid.table.rows, len(grid.widths)
        following = rows[placed.index + 1].cells if 0 <= placed.index + 1 < len(rows) else ()
        if placed.index < 0 or len(following) != count:
            return (False,) * count
        return tuple(text is None for text in following)

    def _first_on_page(self, grid: Grid, placed: Placed) -> bool:
        return abs(placed.y - grid.head) < 0.01

    def _cell(
        self,
        text: str,
        x: float,
        top: float,
        wide: float,
        height: float,
        align: str,
        *,
        fill: str = "",
        bold: bool = False,
        lines: str = "tblr",
        piece: Piece | None = None,
    ) -> None:
        style = text_styles()["IsiTabel"]
        if fill:
            self._fill(FILL[fill], x, top - height, wide, height)
        padding = table_style().cell * MM
        y = self.top - top + (0 if piece and piece.first else style.before)
        heavy = _heavy(style) if bold else style
        shown = slice(piece.first, piece.last) if piece else slice(None)
        for line in set_lines((Span(text),), heavy, wide - 2 * padding)[shown]:
            self._line(line, heavy, x + padding, y, align)
            y += line_height(style)
        self._borders(x, top, wide, height, lines)

    def _borders(self, x: float, top: float, wide: float, height: float, lines: str) -> None:
        self.canvas.setLineWidth(BORDER_WIDTH)
        edges = {
            "t": (x, top, x + wide, top),
            "b": (x, top - height, x + wide, top - height),
            "l": (x, top, x, top - height),
            "r": (x + wide, top, x + wide, top - height),
        }
        self.canvas.lines([edges[side] for side in lines])

    def _fill(self, colour: str, x: float, y: float, wide: float, height: float) -> None:
        self.canvas.saveState()
        self.canvas.setFillColorRGB(*(int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)))
        self.canvas.rect(x, y, wide, height, stroke=0, fill=1)
        self.canvas.restoreState()

    # Figures, signatures, the title page, and what is on every page

    def _box(self, box: Box, placed: Placed) -> None:
        part, top = box.part, self.top - placed.y
        if isinstance(part, Chart):
            draw_chart(self.canvas, part, self.left + (self.area - box.width) / 2, top - box.height, box)
        elif isinstance(part, Picture):
            x = self.left + (self.area - box.width) / 2
            image = ImageReader(BytesIO(read_picture(part).png))
            self.canvas.drawImage(image, x, top - box.height, box.width, box.height, mask="auto")
        else:
            style, half = text_styles()["IsiTandaTangan"], self.area / 2
            y = placed.y + SIGNATURES_BEFORE
            for row in signing_rows(part):
                for number, text in enumerate(row):
                    for line in set_lines((Span(text),), style, half)[:1]:
                        self._line(line, style, self.left + number * half, y)
                y += line_height(style)

    def _cover(self, part: Cover) -> None:
        y = 0.0
        logo = cover_logo(part)
        if logo is not None:
            picture, width, height = logo
            image = ImageReader(BytesIO(picture.png))
            x = self.left + (self.area - width) / 2
            self.canvas.drawImage(image, x, self.top - height, width, height, mask="auto")
            y = height
        for texts, name, space in cover_groups(part):
            style = text_styles()[name]
            y += space
            for text in texts:
                for line in set_lines((Span(text),), style, self.area):
                    self._line(line, style, self.left, y)
                    y += line_height(style)

    def _running(self, section: Section, label: str, height: float) -> None:
        """The running head over a rule, and the page number in the middle of the foot."""
        style, measures = text_styles()["Header"], page()
        base = height - measures.header * MM - style.size
        left, right = running_head(self.report, landscape=section.landscape)
        self._put(Span(left), style, self.left, base)
        wide = width_of(fonts.printable(right), style.size, style.bold)
        self._put(Span(right), style, self.left + self.area - wide, base)
        self.canvas.setLineWidth(BORDER_WIDTH)
        self.canvas.line(self.left, base - 5.5, self.left + self.area, base - 5.5)
        foot = text_styles()["Footer"]
        width = width_of(label, foot.size, foot.bold)
        self._put(Span(label), foot, self.left + (self.area - width) / 2, measures.footer * MM + foot.size * DESCENT)


def _name(key: Key) -> str:
    return f"p{key[0]}-{key[1]}"


def _face(bold: bool, italic: bool) -> str:
    if bold:
        return fonts.BOLD_ITALIC if italic else fonts.BOLD
    return fonts.ITALIC if italic else fonts.REGULAR


def _heavy(style: TextStyle) -> TextStyle:
    return replace(style, bold=True)
