"""Works out where everything of a report will stand: on which page, and how high.

Word and LibreOffice fill in page numbers only when asked to; so that the lists of contents are right when the file is
first opened, the report is laid out here as they would. Each chapter begins a page, so that a difference stays small.
The PDF is painted from the same layout, which is why both have the same pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lkip_desktop.documents import pictures
from lkip_desktop.documents.report import (
    Chart,
    Contents,
    Cover,
    Figure,
    Heading,
    ListOfFigures,
    ListOfTables,
    Numbering,
    Part,
    Picture,
    Report,
    Section,
    Signatures,
    Table,
)
from lkip_desktop.documents.report_blocks import (
    SIGNING_LINES,
    Beside,
    Block,
    Captions,
    Entry,
    Key,
    Span,
    blocks,
    caption,
    captions,
    figures,
    headings,
    spaced,
    tables,
)
from lkip_desktop.documents.report_grid import BORDER, ORPHANS, Grid, grid
from lkip_desktop.documents.report_lines import Line, line_height, set_lines, width_of
from lkip_desktop.documents.report_style import MM, TextStyle, at_level, page, text_styles
from lkip_desktop.errors import UserError
from lkip_desktop.words import roman

# The width of a page number in a list of contents that is not known yet.
PAGE_NUMBER = "00"
CHART = (150.0, 64.0)
"""Width and height of a chart in millimetres."""
SIGNATURES_BEFORE = 24
"""Points above two signatures."""
PICTURE = (150.0, 110.0)
"""The most that a picture takes, in millimetres."""
PIXEL = 25.4 / 72
"""The most that a pixel takes, so that a small picture does not become a large blur."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph set in lines. `key` is the part that a list of contents names; `entry` the line of such a list."""

    lines: tuple[Line, ...]
    style: TextStyle
    before: float
    after: float
    keep_next: bool = False
    breaks: bool = False
    key: Key | None = None
    entry: Entry | None = None

    @property
    def line(self) -> float:
        return line_height(self.style)


@dataclass(frozen=True, slots=True)
class Box:
    """A chart or picture of `width` × `height` points, which its caption follows; or two signatures side by side."""

    part: Figure | Signatures
    width: float
    height: float
    before: float
    after: float = 0


Item = Text | Box | Grid
Lists = Contents | ListOfTables | ListOfFigures


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of a row, from `first` up to but not including `last`, that stand on one page; `height` in points."""

    first: int
    last: int
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Something on a page (from 1 in its section) with its top edge `y` points below the top of the text area.

    `index` is the line of a Text, or the row of a Grid, of which -1 is the heading row; `piece` is given for a row
    that is higher than a page.
    """

    page: int
    y: float
    item: Item
    index: int = 0
    piece: Piece | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """A section that is laid out: how many pages it takes, the number shown on its first, and what stands where."""

    section: Section
    pages: int
    first: int
    placed: tuple[Placed, ...]
    found: dict[Key, int]

    def label(self, number: int) -> str:
        """The number printed on a page of the section, from 1."""
        shown = self.first + number - 1
        return roman(shown) if self.section.numbering is Numbering.ROMAN else str(shown)


@dataclass
class _Flow:
    """Where the next piece goes: `page` counts from 1 in the section, `y` in points from the top of the text."""

    height: float
    page: int = 1
    y: float = 0
    gap: float = 0
    found: dict[Key, int] = field(default_factory=dict)
    placed: list[Placed] = field(default_factory=list)

    def turn(self) -> None:
        self.page, self.y, self.gap = self.page + 1, 0, 0

    def room(self, before: float) -> float:
        return self.height - self.y - self.space(before)

    def space(self, before: float) -> float:
        """Two spaces that meet count as the larger one; at the top of a page there is none."""
        return max(self.gap, before) if self.y else 0

    def between(self, text: Text) -> float:
        """The space before a text: none where its style keeps its paragraphs close, all where it begins a page."""
        before = self.placed[-1].item if self.placed else None
        if text.style.close and isinstance(before, Text) and before.style.id == text.style.id:
            return 0
        return text.before if text.breaks else self.space(text.before)

    def put(self, item: Item, index: int, height: float, piece: Piece | None = None) -> None:
        self.placed.append(Placed(self.page, self.y, item, index, piece))
        self.y += height


def lay_out(report: Report) -> tuple[Laid, ...]:
    """Every section with all that stands on its pages; lists of contents last, since they hold page numbers."""
    known = captions(report)
    lists = [n for n, one in enumerate(report.sections) if any(isinstance(part, Lists) for part in one.parts)]
    flows = {n: _section(report, n, known, {}) for n in range(len(report.sections)) if n not in lists}
    numbers = labels_of(_numbered(report, flows))
    flows |= {n: _section(report, n, known, numbers) for n in lists}
    return _numbered(report, flows)


def _numbered(report: Report, flows: Mapping[int, _Flow]) -> tuple[Laid, ...]:
    laid: list[Laid] = []
    shown = 1
    for number, flow in sorted(flows.items()):
        section = report.sections[number]
        shown = shown if section.numbering is Numbering.ON else 1
        laid.append(Laid(section, flow.page, shown, tuple(flow.placed), flow.found))
        shown += flow.page
    return tuple(laid)


def page_labels(report: Report) -> dict[Key, str]:
    """The printed page number of every heading, table and figure: roman in the front matter, arabic after."""
    return labels_of(lay_out(report))


def labels_of(laid: Sequence[Laid]) -> dict[Key, str]:
    return {key: one.label(number) for one in laid for key, number in one.found.items()}


def _section(report: Report, number: int, known: Captions, numbers: Mapping[Key, str]) -> _Flow:
    section = report.sections[number]
    width, height = page().text_area(landscape=section.landscape)
    flow = _Flow(height)
    maker = _Maker(report, known, width, numbers)
    items = [item for at, part, beside in spaced(section) for item in maker.items((number, at), part, beside)]
    for index, item in enumerate(items):
        if isinstance(item, Grid):
            _place_grid(flow, item)
        elif isinstance(item, Box):
            _place_box(flow, item, items[index + 1 :][:1])
        else:
            _place(flow, item, items[index + 1 : index + 24])
    return flow


@dataclass(frozen=True)
class _Maker:
    """Turns the parts of a section into items for a text area of `width` points; `numbers` are known page numbers."""

    report: Report
    known: Captions
    width: float
    numbers: Mapping[Key, str]

    def items(self, key: Key, part: Part, beside: Beside) -> Iterator[Item]:
        if isinstance(part, Table):
            said = self._text(caption(self.known.labels[key], part.caption), key)
            yield replace(said, breaks=said.breaks or part.new_page)
            yield grid(part, self.width, landscape=self.report.sections[key[0]].landscape)
        elif isinstance(part, Chart | Picture):
            yield _box(part)
            yield self._text(caption(self.known.labels[key], part.caption, "KeteranganGambar"), key)
        elif isinstance(part, Signatures):
            yield Box(
                part,
                self.width,
                len(signing_rows(part)) * line_height(text_styles()["IsiTandaTangan"]) + SIGNATURES_BEFORE,
                0,
            )
        elif isinstance(part, Lists):
            yield from (self._entry(entry) for entry in listed(self.report, part))
        elif not isinstance(part, Cover):
            named = key if isinstance(part, Heading) else None
            yield from (self._text(block, named) for block in blocks(part, self.known, beside))

    def _entry(self, entry: Entry) -> Text:
        """A line of a list; its number goes to a line of its own where it has no room behind the words."""
        found = self._text(Block(entry.style, (Span(entry.text),)))
        style, lines, last = found.style, found.lines, found.lines[-1]
        words = (last.text, self.numbers.get(entry.key, PAGE_NUMBER))
        if sum(width_of(text, style.size, style.bold) for text in words) > last.width:
            lines = (*lines[:-1], replace(last, last=False), Line((Span(""),), last.x, last.width, last=True))
        return replace(found, lines=lines, entry=entry)

    def _text(self, block: Block, key: Key | None = None) -> Text:
        style = at_level(text_styles()[block.style], block.level)
        signs = block.style == "TandaTangan"
        return Text(
            lines=set_lines(block.spans, style, self.width, block.label),
            style=style,
            before=style.before if block.before is None else block.before,
            after=style.after,
            keep_next=block.keep or (style.keep_next and not (signs and block.last)),
            breaks=style.page_break,
            key=key,
        )


def running_head(report: Report, *, landscape: bool) -> tuple[str, str]:
    """The running head's left and right text; a name that would run into the other one ends in ``…``."""
    style, (width, _) = text_styles()["Header"], page().text_area(landscape=landscape)
    left, right = report.running
    room = width - width_of(left, style.size, style.bold) - 2 * style.size
    shown = right
    while shown and width_of(shown, style.size, style.bold) > room:
        right = right[:-1].rstrip()
        shown = f"{right}…"
    return left, shown


def signing_rows(part: Signatures) -> tuple[tuple[str, str], ...]:
    """The lines of two signatures, left and right, with the space to sign between."""
    above = max(len(part.left.above), len(part.right.above))
    below = max(len(part.left.below), len(part.right.below))
    columns = [
        (
            *[""] * (above - len(who.above)),
            *who.above,
            *[""] * SIGNING_LINES,
            who.name,
            *who.below,
            *[""] * (below - len(who.below)),
        )
        for who in (part.left, part.right)
    ]
    return tuple(zip(*columns, strict=True))


def listed(report: Report, part: Contents | ListOfTables | ListOfFigures) -> tuple[Entry, ...]:
    """The lines of a list of contents."""
    if isinstance(part, Contents):
        return headings(report)
    return tables(report) if isinstance(part, ListOfTables) else figures(report)


def _box(part: Figure) -> Box:
    width, height = figure_size(part)
    style = text_styles()["Gambar"]
    return Box(part, width * MM, height * MM, style.before, style.after)


def figure_size(part: Figure) -> tuple[float, float]:
    """Width and height in millimetres at which a chart or picture is shown."""
    if isinstance(part, Chart):
        return CHART
    found = read_picture(part)
    return found.fit(min(PICTURE[0], found.width * PIXEL), min(PICTURE[1], found.height * PIXEL))


def read_picture(part: Picture) -> pictures.Picture:
    """The file of a picture as it is printed; raises UserError where it cannot be read."""
    found = pictures.usable(part.data, largest=PICTURE_PIXELS)
    if found is None:
        said = f"Gambar “{part.caption}” tidak terbaca atau terlalu besar."
        raise UserError(f"{said} Ganti berkas gambarnya, lalu buat kembali.")
    return found


PICTURE_PIXELS = 1800
"""About 300 dpi over the width of the text."""


def _place(flow: _Flow, text: Text, following: Sequence[Item]) -> None:
    if text.breaks and (flow.y or flow.page > 1):
        flow.turn()
    if flow.y and _needed(text, following) > flow.height - flow.y - flow.between(text):
        flow.turn()
    flow.y += flow.between(text)
    if text.key is not None:
        flow.found[text.key] = flow.page
    _set(flow, text)
    flow.gap = text.after


def _needed(text: Text, following: Sequence[Item]) -> float:
    """The height that must be left on the page: the text, or its first lines, with what it keeps by its side."""
    count = len(text.lines)
    if not text.keep_next:
        rest = count - ORPHANS
        return text.line * (count if rest < ORPHANS else ORPHANS) - text.style.hang
    own = count * text.line
    if not following:
        return own
    follower = following[0]
    if isinstance(follower, Grid):
        return own + text.after + follower.first
    if isinstance(follower, Box):
        return own + max(text.after, follower.before) + _box_needed(follower, following[1:])
    return own + max(text.after, follower.before) + _needed(follower, following[1:])


def _set(flow: _Flow, text: Text) -> None:
    """Set a text line by line, with at least two lines at either end of a page."""
    done, count = 0, len(text.lines)
    end = flow.height + text.style.hang + 0.01
    while (count - done) * text.line > end - flow.y:
        fit = int((end - flow.y) // text.line)
        if count - done - fit < ORPHANS:
            fit = count - done - ORPHANS
        fit = max(fit, 0)
        if not fit and not flow.y:
            fit = 1
        for index in range(done, done + fit):
            flow.put(text, index, text.line)
        done += fit
        flow.turn()
        if done >= count:
            return
    for index in range(done, count):
        flow.put(text, index, text.line)


def _place_box(flow: _Flow, box: Box, following: Sequence[Item]) -> None:
    """A figure stands on one page with its caption."""
    if flow.y and _box_needed(box, following) > flow.room(box.before):
        flow.turn()
    flow.y += flow.space(box.before)
    flow.put(box, 0, box.height)
    flow.gap = box.after


def _box_needed(box: Box, following: Sequence[Item]) -> float:
    """The height of a figure with its caption, and the space between them."""
    caption_ = following[0] if following and not isinstance(box.part, Signatures) else None
    if not isinstance(caption_, Text):
        return box.height + box.after
    return box.height + max(box.after, caption_.before) + _needed(caption_, ())


def _place_grid(flow: _Flow, found: Grid) -> None:
    flow.y += flow.gap
    flow.put(found, -1, found.head)
    flow.gap = 0
    for index, row in enumerate(found.rows):
        if found.torn(row):
            _place_torn(flow, found, index)
            continue
        if flow.y + found.kept(index) + BORDER > flow.height and flow.y > found.head:
            flow.turn()
            flow.put(found, -1, found.head)
        flow.put(found, index, row)
    # The last row has a border below it as well.
    flow.y += BORDER


def _place_torn(flow: _Flow, found: Grid, index: int) -> None:
    """A row that no page holds goes on over as many as it takes."""
    style = text_styles()["IsiTabel"]
    line = line_height(style)
    count = round((found.rows[index] - style.before - style.after - BORDER) / line)
    done = 0
    while done < count:
        before = 0.0 if done else style.before
        fit = min(count - done, int((flow.height - flow.y - BORDER - before + 0.01) // line))
        if fit < ORPHANS and flow.y > found.head:
            flow.turn()
            flow.put(found, -1, found.head)
            continue
        fit = max(fit - (count - done - fit == 1), 1)
        height = before + fit * line + (style.after + BORDER if done + fit == count else 0)
        flow.put(found, index, height, Piece(done, done + fit, height))
        done += fit
        if done < count:
            flow.turn()
            flow.put(found, -1, found.head)
