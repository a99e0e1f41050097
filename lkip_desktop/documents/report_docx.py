"""Writes a report as DOCX: real heading styles, numbered captions, lists of contents with their page numbers inside.

Nothing is left to be updated: fields carry their results, so that Word asks no question when it opens the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm

from lkip_desktop.documents.assets import asset
from lkip_desktop.documents.docx_package import settled
from lkip_desktop.documents.docx_xml import (
    Element,
    bookmarked,
    cell,
    clean,
    el,
    field,
    field_end,
    field_start,
    paragraph,
    row,
    run,
    table,
    twips,
)
from lkip_desktop.documents.pictures import usable
from lkip_desktop.documents.report import (
    Contents,
    Cover,
    Heading,
    Items,
    ListOfTables,
    Numbering,
    Part,
    Report,
    Section,
    Table,
)
from lkip_desktop.documents.report_blocks import (
    LABEL,
    Entry,
    Key,
    blocks,
    headings,
    spaced,
    tables,
)
from lkip_desktop.documents.report_layout import keeps_whole, line_count, line_height, page_labels
from lkip_desktop.documents.report_style import MM, page, table_style, text_styles
from lkip_desktop.errors import Cancelled

STYLE_DOCUMENT = "report-style.docx"
LANGUAGE = "id-ID"
CREATOR = "LKIP Desktop"
COVER_LOGO = (34, 42)  # mm
COVER_SPACE = 54  # points before the title and the agency
NUMBERED_LIST = 1
DECIMALS = {Numbering.ROMAN: "lowerRoman", Numbering.ARABIC: "decimal", Numbering.ON: "decimal"}


def report_docx(report: Report, watch: Callable[[int, int], bool] | None = None) -> bytes:
    """The DOCX of a report; equal reports give equal bytes. Raises Cancelled when `watch` returns False."""
    writer = _Writer(report)
    total = sum(len(section.parts) for section in report.sections)
    for done, _ in enumerate(writer.write()):
        if watch is not None and not watch(done, total):
            raise Cancelled
    return writer.saved()


class _Writer:
    """Appends parts to the body; `_bookmarks` counts ids, which must be unique."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.document: DocxDocument = Document(str(asset(STYLE_DOCUMENT)))
        self.labels = page_labels(report)
        self.headings = headings(report)
        self.tables = tables(report)
        self.entries = {entry.key: entry for entry in (*self.headings, *self.tables)}
        self._bookmarks = 0

    def write(self) -> Iterator[None]:
        """Write part by part; each step lets the caller look in."""
        for number, section in enumerate(self.report.sections):
            if number:
                self._end_section()
            for position, part, after_table in spaced(section):
                for element in self._elements((number, position), part, after_table):
                    self._append(element)
                yield
            _set_section(self.document.sections[-1], section, self.report)

    def saved(self) -> bytes:
        self._set_properties()
        out = BytesIO()
        self.document.save(out)
        return settled(out.getvalue())

    def _append(self, element: Element) -> None:
        body: Any = self.document.element.body
        body.insert_element_before(element, "w:sectPr")

    def _end_section(self) -> None:
        """Begin a new section. Its mark moves into the last paragraph: one of its own could begin an empty page."""
        self.document.add_section(WD_SECTION.NEW_PAGE)
        marker: Any = self.document.element.body[-2]
        last = marker.getprevious()
        if last.tag == marker.tag and last.pPr is not None:
            last.pPr.append(marker.pPr.find(_SECTION))
            marker.getparent().remove(marker)

    def _elements(self, key: Key, part: Part, after_table: bool) -> Iterator[Element]:
        if isinstance(part, Cover):
            yield from self._cover(part)
        elif isinstance(part, Table):
            yield self._caption(key, part)
            yield _table(part, self.report.sections[key[0]].landscape)
        elif isinstance(part, Contents):
            yield from self._list('TOC \\o "1-3" \\h \\z \\u', self.headings)
        elif isinstance(part, ListOfTables):
            yield from self._list(f'TOC \\h \\z \\c "{LABEL}"', self.tables)
        else:
            yield from self._text(key, part, after_table)

    def _text(self, key: Key, part: Part, after_table: bool) -> Iterator[Element]:
        counting = self._new_list() if isinstance(part, Items) and part.numbered else None
        for block in blocks(part, after_table=after_table):
            content: tuple[Element, ...] = (run(block.text, style="Lengkapi" if block.marked else ""),)
            if isinstance(part, Heading) and key in self.entries:
                content = self._bookmark(self.entries[key], content)
            keep = False if block.style == "TandaTangan" and block.last else None
            yield paragraph(block.style, *content, before=block.before, number=counting, keep=keep)

    def _bookmark(self, entry: Entry, content: tuple[Element, ...]) -> tuple[Element, ...]:
        self._bookmarks += 1
        return bookmarked(entry.bookmark, self._bookmarks, *content)

    def _caption(self, key: Key, part: Table) -> Element:
        entry = self.entries[key]
        number = self.tables.index(entry) + 1
        label = (run(f"{LABEL} "), *field(f"SEQ {LABEL} \\* ARABIC", str(number)), run(f". {part.caption}"))
        return paragraph("Caption", *self._bookmark(entry, label))

    def _list(self, instruction: str, entries: tuple[Entry, ...]) -> Iterator[Element]:
        for place, entry in enumerate(entries):
            number = field(f"PAGEREF {entry.bookmark} \\h", self.labels[entry.key])
            link = el("hyperlink", {"anchor": entry.bookmark, "history": "1"}, run(f"{entry.text}\t"), *number)
            first = field_start(instruction) if place == 0 else ()
            last = (field_end(),) if place == len(entries) - 1 else ()
            yield paragraph(entry.style, *first, link, *last)

    def _new_list(self) -> int:
        """The id of a new numbering that begins at 1."""
        numbering: Any = self.document.part.numbering_part.element
        made = numbering.add_num(NUMBERED_LIST)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)

    def _cover(self, part: Cover) -> Iterator[Element]:
        picture = usable(part.logo)
        if picture is not None:
            width, height = picture.fit(*COVER_LOGO)
            holder = self.document.add_paragraph(style="Title")
            holder.add_run().add_picture(BytesIO(picture.png), Mm(width), Mm(height))
        for texts, style, space in _cover_groups(part, picture is not None):
            for place, text in enumerate(texts):
                yield paragraph(style, run(text), before=space if place == 0 else None)

    def _set_properties(self) -> None:
        properties = self.document.core_properties
        properties.title, properties.author = clean(self.report.title)[:255], clean(self.report.author)[:255]
        properties.language, properties.comments, properties.last_modified_by = LANGUAGE, "", CREATOR
        properties.created = properties.modified = datetime(self.report.year + 1, 1, 1, tzinfo=UTC)
        properties.revision = 1


_SECTION = el("sectPr").tag


def _cover_groups(part: Cover, with_logo: bool) -> Iterator[tuple[tuple[str, ...], str, float]]:
    """The title page's lines with the space before them; the last group goes to the bottom of the page."""
    width, height = page().text_area(landscape=False)
    left = height - COVER_SPACE * 2 - (COVER_LOGO[1] * MM + COVER_SPACE if with_logo else 0)
    for texts, name in ((part.title, "Title"), (part.lines, "Subtitle"), (part.foot, "Subtitle")):
        style = text_styles()[name]
        left -= sum(line_count(text, style, width) for text in texts) * line_height(style)
    yield part.title, "Title", COVER_SPACE
    yield part.lines, "Subtitle", COVER_SPACE
    yield part.foot, "Subtitle", max(left, COVER_SPACE / 2)


def _table(part: Table, landscape: bool) -> Element:
    """A table over the whole text width; the heading row is repeated on each page."""
    shares = sum(column.share for column in part.columns)
    width, _ = page().text_area(landscape=landscape)
    widths = [twips(width * column.share / shares) for column in part.columns]
    head = row(
        [
            cell(wide, _cell_text(column.heading, "center", bold=True, keep=True), fill=table_style().head_fill)
            for wide, column in zip(widths, part.columns, strict=True)
        ],
        head=True,
    )
    whole = keeps_whole(part, landscape=landscape)
    rows = [_row(part, number, widths, whole=whole) for number in range(len(part.rows))]
    return table(widths, twips(table_style().cell * MM), [head, *rows])


def _row(part: Table, number: int, widths: list[int], *, whole: bool) -> Element:
    """A row. Cells that continue the one above are merged in a table on one page; else they only lack the line between,
    since a merged cell's text is torn where the page ends."""
    own, last = part.rows[number], number + 1 == len(part.rows)
    keep = (whole and not last) or len(own.cells) == 1
    if len(own.cells) == 1:
        heading = _cell_text(own.cells[0] or "", "left", bold=True, keep=keep)
        return row([cell(sum(widths), heading, span=len(widths), fill=table_style().group_fill)])
    below = (NOTHING,) * len(widths) if last else part.rows[number + 1].cells
    below = below if len(below) == len(widths) else (NOTHING,) * len(widths)
    cells = []
    for wide, column, text, under in zip(widths, part.columns, own.cells, below, strict=True):
        content = _cell_text(text or "", column.align.value, bold=own.strong, keep=keep)
        cells.append(cell(wide, content, **_joined(text is None, under is None, whole)))
    return row(cells)


def _joined(above: bool, below: bool, whole: bool) -> dict[str, Any]:
    """How a cell is joined with its neighbours in the column."""
    if whole:
        return {"merge": "continue" if above else "restart" if below else ""}
    sides = {"top": above, "bottom": below}
    return {"borders": {side: "nil" for side, joined in sides.items() if joined}}


# Stands for the cells under the last row: they continue nothing.
NOTHING = ""


def _cell_text(text: str, align: str, *, bold: bool, keep: bool) -> Element:
    """A cell's paragraph; `keep` holds its row on the page of the next one."""
    element = paragraph("IsiTabel", *([run(text, bold=bold)] if text else []), keep=True if keep else None)
    element.pPr.append(el("jc", {"val": align}))
    return element


def _set_section(docx_section: Any, section: Section, report: Report) -> None:
    measures = page()
    width, height = Mm(measures.width), Mm(measures.height)
    docx_section.orientation = WD_ORIENT.LANDSCAPE if section.landscape else WD_ORIENT.PORTRAIT
    docx_section.page_width, docx_section.page_height = (height, width) if section.landscape else (width, height)
    _number_pages(docx_section, section.numbering)
    if section.numbering is not Numbering.NONE:
        _set_running(docx_section, section, report)


def _number_pages(docx_section: Any, numbering: Numbering) -> None:
    found = docx_section._sectPr.find(el("pgNumType").tag)
    if found is not None:
        docx_section._sectPr.remove(found)
    if numbering is Numbering.NONE:
        return
    start = {} if numbering is Numbering.ON else {"start": "1"}
    element = el("pgNumType", {"fmt": DECIMALS[numbering], **start})
    docx_section._sectPr.insert_element_before(element, "w:cols", "w:titlePg", "w:docGrid")


def _set_running(docx_section: Any, section: Section, report: Report) -> None:
    """The running head, with a rule below it, and the page number in the middle of the foot."""
    left, right = report.running
    for part in (docx_section.header, docx_section.footer):
        part.is_linked_to_previous = False
    line = paragraph("Header", run(f"{left}\t{right}"))
    line.pPr.append(_right_tab(page().text_area(landscape=section.landscape)[0]))
    head = docx_section.header.paragraphs[0]._p
    _replace(head, line)
    foot = docx_section.footer.paragraphs[0]._p
    _replace(foot, paragraph("Footer", *field("PAGE", "1")))


def _right_tab(position: float) -> Element:
    """One tab at the right edge in place of the style's, which suits upright pages."""
    width = page().text_area(landscape=False)[0]
    cleared = [el("tab", {"val": "clear", "pos": str(twips(width))})] if twips(width) != twips(position) else []
    return el("tabs", None, *cleared, el("tab", {"val": "right", "pos": str(twips(position))}))


def _replace(old: Element, new: Element) -> None:
    old.getparent().replace(old, new)
