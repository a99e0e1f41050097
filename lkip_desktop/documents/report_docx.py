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
from docx.shared import Mm, Pt
from lxml import etree

from lkip_desktop.documents.assets import asset
from lkip_desktop.documents.docx_chart import chart_drawing, describe
from lkip_desktop.documents.docx_lists import ListNumbers, indent_of
from lkip_desktop.documents.docx_package import hole, saved
from lkip_desktop.documents.docx_style import OfficeStyle
from lkip_desktop.documents.docx_xml import (
    FIELD_END,
    PARAGRAPH_END,
    Element,
    W,
    bookmark,
    clean,
    el,
    field,
    field_start,
    paragraph,
    parsed,
    run,
    twips,
)
from lkip_desktop.documents.report import (
    Chart,
    Contents,
    Cover,
    Heading,
    Items,
    ListOfFigures,
    ListOfTables,
    Numbering,
    Part,
    Picture,
    Report,
    Section,
    Signature,
    Signatures,
    Table,
)
from lkip_desktop.documents.report_blocks import (
    FIGURE,
    TABLE,
    Beside,
    Entry,
    Key,
    Span,
    blocks,
    captions,
    figures,
    headings,
    spaced,
    tables,
)
from lkip_desktop.documents.report_cover import cover_groups, cover_logo
from lkip_desktop.documents.report_docx_tables import ruled_table, side_by_side
from lkip_desktop.documents.report_figures import figure_mark
from lkip_desktop.documents.report_grid import Grid
from lkip_desktop.documents.report_layout import figure_size, labels_of, lay_out, listed, read_picture, running_head
from lkip_desktop.documents.report_marks import AROUND, FIXED, marker, reference
from lkip_desktop.documents.report_style import measured_by, page
from lkip_desktop.errors import Cancelled

STYLE_DOCUMENT = "report-style.docx"
LANGUAGE = "id-ID"
CREATOR = "LKIP Desktop"
LOGO_ID = 1_000_000
"""The drawings' ids are unique in the document: figures count from 1, the logo stands apart."""
CONTENTS: dict[type, str] = {
    Contents: 'TOC \\o "1-3" \\h \\z \\u',
    ListOfTables: f'TOC \\h \\z \\c "{TABLE}"',
    ListOfFigures: f'TOC \\h \\z \\c "{FIGURE}"',
}
DECIMALS = {Numbering.ROMAN: "lowerRoman", Numbering.ARABIC: "decimal", Numbering.ON: "decimal"}


def report_docx(
    report: Report, watch: Callable[[int, int], bool] | None = None, style: OfficeStyle | None = None
) -> bytes:
    """The DOCX of a report, in an office's own style if one is given; equal reports give equal bytes.

    Raises Cancelled when `watch` returns False.
    """
    total = sum(len(section.parts) for section in report.sections)
    with measured_by(style.look if style else None):
        writer = _Writer(report, style)
        for done, _ in enumerate(writer.write()):
            if watch is not None and not watch(done, total):
                raise Cancelled
        return writer.saved()


class _Writer:
    """Writes part by part, and appends a section to the body when it is complete.

    `_bookmarks` counts ids, which must be unique; `_open` is the end of a bookmark that is still to come, and `_tail`
    the place in `_written` of the paragraph that it may have to end in.
    """

    def __init__(self, report: Report, style: OfficeStyle | None) -> None:
        self.report = report
        self.document: DocxDocument = Document(BytesIO(style.data) if style else str(asset(STYLE_DOCUMENT)))
        laid = lay_out(report)
        self.labels = labels_of(laid)
        grids = (placed.item for one in laid for placed in one.placed)
        self.grids = {id(item.table): item for item in grids if isinstance(item, Grid)}
        self.known = captions(report)
        self.entries = {entry.key: entry for entry in (*headings(report), *tables(report), *figures(report))}
        self._lists = ListNumbers(self.document)
        self._bookmarks = self._figures = 0
        self._marks: set[str] = set()
        self._source = ""
        self._written: list[str] = []
        self._filling: list[str] = []
        self._open = ""
        self._tail = 0

    def write(self) -> Iterator[None]:
        """Write part by part; each step lets the caller look in."""
        for number, section in enumerate(self.report.sections):
            if number:
                self._end_section()
            for position, part, beside in spaced(section):
                for xml in self._elements((number, position), part, beside):
                    self._written.append(xml)
                yield
            self._close()
            self._append()
            _set_section(self.document.sections[-1], section, self.report)

    def saved(self) -> bytes:
        self._set_properties()
        return saved(self.document, self._filling)

    def _append(self) -> None:
        """Put what was written before the properties of the last section, which end the body.

        Only the last paragraph becomes an element, since a section may end in it; to parse all the others, move them
        into the tree and write them again takes half the time of a report.
        """
        last = self._written.pop() if self._written[-1].endswith(PARAGRAPH_END) else ""
        end: Element = self.document.element.body[-1]
        for element in (hole(len(self._filling)), *parsed(last)):
            end.addprevious(element)
        self._filling.append("".join(self._written))
        self._written.clear()

    def _end_section(self) -> None:
        """Begin a new section. Its mark moves into the last paragraph: one of its own could begin an empty page."""
        self.document.add_section(WD_SECTION.NEW_PAGE)
        marker: Any = self.document.element.body[-2]
        last = marker.getprevious()
        if last.tag == marker.tag and last.pPr is not None:
            last.pPr.append(marker.pPr.find(_SECTION))
            marker.getparent().remove(marker)

    def _elements(self, key: Key, part: Part, beside: Beside) -> Iterator[str]:
        if isinstance(part, Cover):
            yield from self._cover(part)
        elif isinstance(part, Table):
            yield self._caption(key, part, TABLE, "Caption", self._mark(part) if part.source else "")
            self._end_here(part)
            yield ruled_table(self.grids[id(part)])
        elif isinstance(part, Chart | Picture):
            yield self._figure(key, part)
            self._end_here(part)
            yield self._caption(key, part, FIGURE, "KeteranganGambar")
        elif isinstance(part, Signatures):
            self._close()
            yield side_by_side(part)
        elif isinstance(part, Contents | ListOfTables | ListOfFigures):
            yield from self._list(CONTENTS[type(part)], listed(self.report, part))
        else:
            yield from self._text(key, part, beside)

    def _text(self, key: Key, part: Part, beside: Beside) -> Iterator[str]:
        counting = self._lists.new(part) if isinstance(part, Items) else None
        mark = self._mark(part)
        for block in blocks(part, self.known, beside):
            content = "".join([self._span(span) for span in block.spans])
            if isinstance(part, Heading) and key in self.entries:
                content = self._bookmark(self.entries[key].bookmark, content)
            keep = False if block.style == "TandaTangan" and block.last else block.keep or None
            self._tail = len(self._written)
            before, level, indent = block.before, block.level, indent_of(block)
            yield paragraph(
                block.style, mark, content, before=before, number=counting, level=level, indent=indent, keep=keep
            )
            mark = ""

    def _span(self, span: Span) -> str:
        key = self.known.keys.get(span.anchor)
        if key is not None:
            return field(f"REF {reference(self.entries[key])} \\h", span.text, bold=span.bold, italic=span.italic)
        words = run(span.text, bold=span.bold, italic=span.italic, style="Lengkapi" if span.marked else "")
        if span.figure and not span.marked:
            return self._bookmark(f"{figure_mark(span.figure, span.text)}_{self._bookmarks}", words)
        return words

    def _mark(self, part: Part) -> str:
        """The marks of a text whose field is known, or the one where words begin that belong to no field.

        One stands at the text's first word, so that what is written before it counts; the other lies around all of it
        and lasts as long as any word of it is left.
        """
        source = getattr(part, "source", "")
        if isinstance(part, Heading | Signature):
            self._close()
            return ""
        if source == self._source:
            return ""
        self._close()
        self._source = source
        name = marker(source)
        if not source or name in self._marks:
            name = f"{FIXED}{len(self._marks)}"
            self._marks.add(name)
            return self._bookmark(name, "")
        self._marks.add(name)
        self._bookmarks += 1
        start, self._open = bookmark(f"{name}{AROUND}", self._bookmarks)
        return self._bookmark(name, "") + start

    def _end_here(self, part: Table | Chart | Picture) -> None:
        """What is written next may be the last of a text."""
        if getattr(part, "source", ""):
            self._tail = len(self._written)

    def _close(self) -> None:
        """End the mark around the last text, behind its last word or table."""
        if self._open:
            last = self._written[self._tail]
            end = PARAGRAPH_END if last.endswith(PARAGRAPH_END) else ""
            self._written[self._tail] = f"{last.removesuffix(PARAGRAPH_END)}{self._open}{end}"
        self._source, self._open = "", ""

    def _bookmark(self, name: str, content: str) -> str:
        self._bookmarks += 1
        start, end = bookmark(name, self._bookmarks)
        return f"{start}{content}{end}"

    def _caption(self, key: Key, part: Table | Chart | Picture, label: str, style: str, mark: str = "") -> str:
        entry = self.entries[key]
        number = self.known.labels[key].rpartition(" ")[2]
        counted = run(f"{label} ") + field(f"SEQ {label} \\* ARABIC", number)
        if part.anchor:
            counted = self._bookmark(reference(entry), counted)
        said = self._bookmark(entry.bookmark, counted + run(f". {part.caption}"))
        return paragraph(style, mark, said, new_page=isinstance(part, Table) and part.new_page)

    def _figure(self, key: Key, part: Chart | Picture) -> str:
        """A chart or picture in a paragraph of its own, with words for who cannot see it."""
        mark = self._mark(part) if isinstance(part, Picture) else ""
        self._figures += 1
        number, name = self._figures, self.known.labels[key]
        width, height = (Mm(side) for side in figure_size(part))
        if isinstance(part, Chart):
            drawing = chart_drawing(self.document, part, number, name, width, height)
        else:
            drawing = self._picture(part, number, name, width, height)
        return paragraph("Gambar", mark, el("r", None, drawing))

    def _picture(self, part: Picture, number: int, name: str, width: int, height: int) -> str:
        holder = self.document.add_paragraph()
        drawn = holder.add_run()
        drawn.add_picture(BytesIO(read_picture(part).png), width, height)
        found: Any = drawn._r.find(f"{W}drawing")
        describe(found, number, name, part.description)
        holder._p.getparent().remove(holder._p)
        return str(etree.tostring(found, encoding="unicode"))

    def _list(self, instruction: str, entries: tuple[Entry, ...]) -> Iterator[str]:
        for place, entry in enumerate(entries):
            page_number = field(f"PAGEREF {entry.bookmark} \\h", self.labels[entry.key])
            link = el("hyperlink", {"anchor": entry.bookmark, "history": "1"}, run(f"{entry.text}\t"), page_number)
            first = field_start(instruction) if place == 0 else ""
            last = FIELD_END if place == len(entries) - 1 else ""
            yield paragraph(entry.style, first, link, last)

    def _cover(self, part: Cover) -> Iterator[str]:
        logo = cover_logo(part)
        if logo is not None:
            picture, width, height = logo
            holder = self.document.add_paragraph(style="Title")
            holder.paragraph_format.space_before = holder.paragraph_format.space_after = Pt(0)
            drawn = holder.add_run().add_picture(BytesIO(picture.png), Pt(width), Pt(height))
            describe(drawn._inline, LOGO_ID, "Lambang", f"Lambang {self.report.author}")
        for texts, style, space in cover_groups(part):
            for place, text in enumerate(texts):
                yield paragraph(style, run(text), before=space if place == 0 else 0, after=0)

    def _set_properties(self) -> None:
        properties = self.document.core_properties
        properties.subject = clean(self.report.running[0])[:255]
        properties.title, properties.author = clean(self.report.title)[:255], clean(self.report.author)[:255]
        properties.language, properties.comments, properties.last_modified_by = LANGUAGE, "", CREATOR
        properties.keywords = f"riwayat {self.report.head}" if self.report.head else ""
        properties.created = properties.modified = datetime(self.report.year + 1, 1, 1, tzinfo=UTC)
        properties.revision = 1


_SECTION = f"{W}sectPr"
_PAGE_NUMBERS = f"{W}pgNumType"


def _set_section(docx_section: Any, section: Section, report: Report) -> None:
    measures = page()
    width, height = Mm(measures.width), Mm(measures.height)
    docx_section.orientation = WD_ORIENT.LANDSCAPE if section.landscape else WD_ORIENT.PORTRAIT
    docx_section.page_width, docx_section.page_height = (height, width) if section.landscape else (width, height)
    _number_pages(docx_section, section.numbering)
    if section.numbering is not Numbering.NONE:
        _set_running(docx_section, section, report)


def _number_pages(docx_section: Any, numbering: Numbering) -> None:
    found = docx_section._sectPr.find(_PAGE_NUMBERS)
    if found is not None:
        docx_section._sectPr.remove(found)
    if numbering is Numbering.NONE:
        return
    start = {} if numbering is Numbering.ON else {"start": "1"}
    written = parsed(el("pgNumType", {"fmt": DECIMALS[numbering], **start}))
    docx_section._sectPr.insert_element_before(*written, "w:cols", "w:titlePg", "w:docGrid")


def _set_running(docx_section: Any, section: Section, report: Report) -> None:
    """The running head, with a rule below it, and the page number in the middle of the foot."""
    left, right = running_head(report, landscape=section.landscape)
    for part in (docx_section.header, docx_section.footer):
        part.is_linked_to_previous = False
    (line,) = parsed(paragraph("Header", run(f"{left}\t{right}")))
    line.pPr.extend(parsed(_right_tab(page().text_area(landscape=section.landscape)[0])))
    _replace(docx_section.header.paragraphs[0]._p, line)
    _replace(docx_section.footer.paragraphs[0]._p, *parsed(paragraph("Footer", field("PAGE", "1"))))


def _right_tab(position: float) -> str:
    """One tab at the right edge in place of the style's, which suits upright pages."""
    width = page().text_area(landscape=False)[0]
    cleared = [el("tab", {"val": "clear", "pos": str(twips(width))})] if twips(width) != twips(position) else []
    return el("tabs", None, *cleared, el("tab", {"val": "right", "pos": str(twips(position))}))


def _replace(old: Element, new: Element) -> None:
    old.getparent().replace(old, new)
