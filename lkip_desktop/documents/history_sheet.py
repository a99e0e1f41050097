"""The whole history as a document to read on paper (PDF) and as a table for a spreadsheet (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from lkip_desktop import resources
from lkip_desktop.cycle_calendar import calendar
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts, fonts
from lkip_desktop.documents.flowchart import (
    BOTTOM,
    CREATOR,
    LANGUAGE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE,
    TOP,
    ChartMeta,
    foot,
)
from lkip_desktop.documents.kinds import Watch, tell
from lkip_desktop.outside import plain_cell
from lkip_desktop.words import long_date, month_name
from lkip_desktop.workflow.narrate import Entry, Narrator

SIZE, TITLE_SIZE, LEADING = 9.0, 13.0, 1.25
GAP, PADDING, LINE = 10.0, 4.0, 0.5
COLUMNS = (("No", 5), ("Waktu", 13), ("Siapa", 17), ("Peran / atas nama", 18), ("Kegiatan", 47))
"""Headings and shares of the width."""

PIECE, LINES = 500, 6
"""Letters and lines in one cell: a longer text goes on in the next row, so that every row fits a page."""

ROWS_AT_ONCE = 60
HEADINGS = ("Catatan ke-", "Waktu", "Siapa", "Peran", "Atas nama", "Perihal", "Kegiatan", "Rincian", "Sidik")


def entries(snapshot: Snapshot) -> tuple[Entry, ...]:
    """The history of a snapshot in words, oldest first; password hashes are in none of them."""
    from lkip_desktop.documents.catalog import KINDS

    titles = {kind.id: kind.title for kind in KINDS.values()}
    return Narrator(snapshot.events, snapshot.state, resources.profile_fields(), titles).entries()


def history_csv(snapshot: Snapshot) -> bytes:
    """The history as CSV for spreadsheets: UTF-8 with a mark, semicolons as where a comma is a decimal sign.

    Times are local, ISO; no text can become a formula.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    local, names = calendar(snapshot.state).local, snapshot.state.sop.actor_names
    for entry in entries(snapshot):
        who = entry.who
        cells = (
            str(entry.seq),
            f"{local(entry.last):%Y-%m-%d %H:%M:%S}",
            who.name,
            names.get(who.role, who.role),
            who.behalf,
            entry.topic.value,
            entry.text,
            "\n".join(entry.details),
            snapshot.events[entry.seq - 1].digest,
        )
        writer.writerow([plain_cell(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def history_pdf(snapshot: Snapshot, watch: Watch) -> bytes:
    """The history as PDF, A4 landscape. Raises Cancelled when the watcher wants no more."""
    fonts.register()
    meta = _meta(snapshot)
    out = BytesIO()
    font: Any = fonts.REGULAR
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), initialFontName=font, invariant=1, lang=LANGUAGE)
    canvas.setTitle(fonts.printable(meta.title))
    canvas.setSubject("")
    canvas.setAuthor(fonts.printable(meta.agency))
    canvas.setCreator(CREATOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    told = list(_rows(snapshot))
    pages = _Pages(Canvas(BytesIO()), meta, 0)
    _set(pages, snapshot, meta, told, watch, 0)
    _set(_Pages(canvas, meta, pages.number), snapshot, meta, told, watch, 1)
    canvas.save()
    return out.getvalue()


class _Pages:
    """Sets flowables one under the other on as many pages as they take; `pages` is how many there are in all."""

    def __init__(self, canvas: Canvas, meta: ChartMeta, pages: int) -> None:
        self._canvas, self._meta, self._pages = canvas, meta, pages
        self.number = 0
        self._top = PAGE_HEIGHT - TOP

    def add(self, item: Flowable) -> None:
        """Put a flowable below the last one; what does not fit goes to the next page."""
        width = PAGE_WIDTH - 2 * SIDE
        room = self._top - BOTTOM
        _, height = item.wrapOn(self._canvas, width, room)
        if height <= room:
            item.drawOn(self._canvas, SIDE, self._top - height)
            self._top -= height
            return
        parts: list[Flowable] = item.splitOn(self._canvas, width, room)
        if not parts and self._top == PAGE_HEIGHT - TOP:
            raise AssertionError("a part of the history fits on no page")
        if parts:
            self.add(parts[0])
        self.turn()
        for part in parts[1:] or [item]:
            self.add(part)

    def turn(self) -> None:
        """End the page."""
        self.number += 1
        foot(self._canvas, self._meta, self.number, self._pages)
        self._canvas.showPage()
        self._top = PAGE_HEIGHT - TOP


def _set(
    pages: _Pages, snapshot: Snapshot, meta: ChartMeta, told: list[tuple[str, ...]], watch: Watch, pass_: int
) -> None:
    """Set everything; the first pass only counts the pages."""
    width = PAGE_WIDTH - 2 * SIDE
    about = "\n".join(f"{name}: {value}" for name, value in _about(snapshot))
    for item in (_text(meta.title, TITLE_SIZE, bold=True), Spacer(0, GAP), _text(about), Spacer(0, GAP)):
        pages.add(item)
    for start in range(0, len(told), ROWS_AT_ONCE):
        tell(watch, pass_ * len(told) + start, 2 * len(told))
        pages.add(_table(told[start : start + ROWS_AT_ONCE], width))
    pages.turn()


def _text(content: str, size: float = SIZE, *, bold: bool = False) -> Paragraph:
    """A paragraph of plain text: nothing in it is markup, its line breaks stay."""
    font = fonts.BOLD if bold else fonts.REGULAR
    style = ParagraphStyle("history", fontName=font, fontSize=size, leading=size * LEADING, splitLongWords=1)
    return Paragraph(escape(fonts.printable(content)).replace("\n", "<br/>"), style)


def _table(rows: list[tuple[str, ...]], width: float) -> Table:
    head = [_text(heading, bold=True) for heading, _ in COLUMNS]
    body = [[_text(cell) for cell in row] for row in rows]
    pen = (LINE, (0, 0, 0))
    # A line between entries, none where a long one goes on.
    begins = [0, *(number for number, row in enumerate(rows, start=1) if row[0])]
    sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    style: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR),
        ("LINEBEFORE", (0, 0), (-1, -1), *pen),
        ("LINEAFTER", (-1, 0), (-1, -1), *pen),
        *(("LINEABOVE", (0, number), (-1, number), *pen) for number in begins),
        *(("LINEBELOW", (0, number), (-1, number), *pen) for number in (0, "splitlast", -1)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *((side, (0, 0), (-1, -1), PADDING) for side in sides),
    ]
    return Table([head, *body], [width * share / 100 for _, share in COLUMNS], style=style, repeatRows=1)


def _meta(snapshot: Snapshot) -> ChartMeta:
    title = f"Riwayat Siklus {snapshot.agency.report_abbreviation} {snapshot.state.year}"
    return ChartMeta(title, snapshot.agency.short, (), "", facts.footer(snapshot))


def _about(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    yield "Instansi", snapshot.agency.short or "–"
    yield "Keadaan per", long_date(snapshot.today)
    yield "Jumlah catatan", f"{len(snapshot.events)}"
    yield "Sidik riwayat", snapshot.state.head


def _rows(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    local, names = calendar(snapshot.state).local, snapshot.state.sop.actor_names
    for entry in entries(snapshot):
        at = local(entry.last)
        when = f"{at.day} {month_name(at.month)[:3]} {at.year}, {at:%H.%M}"
        who = entry.who
        acting = f"a.n. {who.behalf}" if who.behalf else names.get(who.role, who.role)
        first, *more = _pieces("\n".join((entry.text, *entry.details)))
        yield str(entry.seq), when, who.name, acting, first
        for piece in more:
            yield "", "", "", "", piece


def _pieces(whole: str) -> Iterator[str]:
    """A text in pieces of a few lines that get a row each, so that a page ends where it is full."""
    piece: list[str] = []
    for line in (part for whole_line in whole.split("\n") for part in _cut(whole_line)):
        if piece and (len(piece) == LINES or sum(map(len, piece)) + len(line) > PIECE):
            yield "\n".join(piece)
            piece = []
        piece.append(line)
    yield "\n".join(piece)


def _cut(line: str) -> Iterator[str]:
    """A line in parts of at most PIECE letters, cut between words where there are any."""
    while len(line) > PIECE:
        cut = max(line.rfind(" ", PIECE // 2, PIECE), PIECE // 2)
        yield line[:cut]
        line = line[cut:].lstrip()
    yield line
