"""The flowchart of the SOP alone, and the status sheet: chart, dossier and every stay of a cycle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Spacer

from lkip_desktop.cycle_calendar import calendar, cycle_progress
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts, fonts
from lkip_desktop.documents.assets import toml
from lkip_desktop.documents.flowchart import (
    BOTTOM,
    CREATOR,
    LANGUAGE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE,
    TOP,
    ChartMeta,
    flowchart_pages,
    flowchart_pdf,
    foot,
    sop_meta,
)
from lkip_desktop.documents.letter import Column, Particulars, Table
from lkip_desktop.documents.letter_marks import LeadingTable
from lkip_desktop.documents.letter_pen import plain_pen
from lkip_desktop.documents.letter_tables import particulars, ruled_table
from lkip_desktop.errors import UserError
from lkip_desktop.overview import DossierItem, dossier
from lkip_desktop.schedule.progress import Progress
from lkip_desktop.words import long_date, month_name
from lkip_desktop.workflow.chart import row_states, sentence
from lkip_desktop.workflow.state import Visit

SIZE, TITLE_SIZE, LEAD_SIZE = 9.0, 13.0, 10.5
GAP = 10.0


def blank_sop(snapshot: Snapshot) -> bytes:
    """The flowchart of the cycle's SOP, without the cycle."""
    sop = snapshot.state.sop
    return flowchart_pdf(sop, None, sop_meta(sop))


def status_sheet(snapshot: Snapshot) -> bytes:
    """The cycle's status as PDF: the chart with states, then its dossier and its stays."""
    fonts.register()
    how = _progress(snapshot)
    late = tuple(bar.step for bar in how.bars if bar.late) if how else ()
    meta = _meta(snapshot, sentence(snapshot.state, late))
    out = BytesIO()
    # The stubs take the name of a font for a number.
    font: Any = fonts.REGULAR
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), initialFontName=font, invariant=1, lang=LANGUAGE)
    canvas.setTitle(fonts.printable(meta.title))
    canvas.setSubject("")
    canvas.setAuthor(fonts.printable(meta.agency))
    canvas.setCreator(CREATOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    counted = _fill(Canvas(BytesIO()), list(_story(snapshot, meta, how)), meta)
    first = flowchart_pages(canvas, snapshot.state.sop, row_states(snapshot.state, late), meta, more=counted)
    _fill(canvas, list(_story(snapshot, meta, how)), meta, first, first + counted)
    canvas.save()
    return out.getvalue()


def _progress(snapshot: Snapshot) -> Progress | None:
    """How the cycle keeps to its plan at the beginning of the snapshot's day; None when its dates make no sense."""
    try:
        zone = timedelta(hours=calendar(snapshot.state).offset_hours)
        morning = datetime.combine(snapshot.today, time(), UTC) - zone
        return cycle_progress(snapshot.state, max(morning, snapshot.state.visits[-1].entered))
    except (UserError, OverflowError):
        return None


def _meta(snapshot: Snapshot, said: str) -> ChartMeta:
    words, agency = _words(), snapshot.agency
    title = words["title"].format(abbreviation=agency.report_abbreviation, year=snapshot.state.year)
    about = (("Nomor SOP", snapshot.state.sop.cover.number), (words["printed"], long_date(snapshot.today)))
    return ChartMeta(title, agency.short, about, said, facts.footer(snapshot))


def _words() -> dict[str, Any]:
    found: dict[str, Any] = toml("letters.toml")["status-sheet"]
    return found


def _story(snapshot: Snapshot, meta: ChartMeta, how: Progress | None) -> Iterator[Flowable]:
    words, width, pen = _words(), PAGE_WIDTH - 2 * SIDE, plain_pen()
    yield pen.text(meta.title, bold=True, size=TITLE_SIZE)
    yield Spacer(0, GAP)
    yield from particulars(Particulars(tuple(_particulars(meta, how))), pen, width, SIZE)
    for heading, key, rows in (
        (words["dossier"], "dossier", _dossier(snapshot)),
        (words["history"], "history", _history(snapshot)),
    ):
        yield Spacer(0, GAP)
        yield pen.text(heading, bold=True, size=LEAD_SIZE)
        yield Spacer(0, GAP / 2)
        yield from ruled_table(Table(_columns(key), tuple(rows), size=SIZE), pen, width)


def _columns(key: str) -> tuple[Column, ...]:
    words = _words()
    pairs = zip(words[f"{key}_headings"], words[f"{key}_shares"], strict=True)
    return tuple(Column(heading, share, centred=heading in ("No", "Putaran")) for heading, share in pairs)


def _particulars(meta: ChartMeta, how: Progress | None) -> Iterator[tuple[str, str]]:
    words = _words()
    yield words["state"], meta.sentence
    if how is None:
        return
    yield words["started"], _moment(how.started)
    if how.current:
        yield words["due"], _moment(how.current.due)
    yield words["used"], words["used_value"].format(used=how.days_used, total=how.total_days)
    if how.outlook:
        key = "late" if how.outlook.will_be_late else "on_time"
        limit, end = long_date(how.outlook.effective_deadline), long_date(how.end.date())
        yield words["deadline"], words[key].format(date=limit, end=end)


def _dossier(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    for number, item in enumerate(dossier(snapshot.state), start=1):
        names = "\n".join(file.name for file in item.files)
        yield f"{number}.", item.record.text.clean, names or "–", _dossier_word(item)


def _dossier_word(item: DossierItem) -> str:
    words = _words()
    return str(words["present"] if item.present else words["missing"] if item.asked else words["later"])


def _history(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    state = snapshot.state
    local = calendar(state).local
    for number, visit in enumerate(state.visits, start=1):
        step = state.sop.by_id[visit.step]
        yield (
            f"{number}.",
            f"{step.number}. {step.title}",
            str(visit.round),
            _moment(local(visit.entered)),
            _moment(local(visit.left)) if visit.left else "–",
            _who(visit),
            _result(snapshot, visit),
        )


def _who(visit: Visit) -> str:
    """Who acted, for whom, and whether from paper or with the official's own password."""
    who = visit.who
    if who is None:
        return "–"
    named = f"{who.name} a.n. {who.behalf}" if who.behalf else who.name
    return ", ".join(filter(None, (named, _words()["authorities"].get(visit.authority, ""))))


def _result(snapshot: Snapshot, visit: Visit) -> str:
    """How a stay ended: forward, approved, sent back with its reason, reopened, or not yet."""
    words, sop = _words(), snapshot.state.sop
    if visit.left is None:
        return str(words["open"])
    if not visit.target:
        return str(words["closed"])
    here, there = sop.by_id[visit.step], sop.by_id[visit.target]
    taken = here.edge(visit.decision)
    if taken is None or taken.target != visit.target:
        return str(words["reopened"]).format(number=there.number, reason=visit.reason)
    if there.number <= here.number:
        return str(words["back"]).format(number=there.number, reason=visit.reason)
    return str(words["yes"] if visit.decision else words["forward"])


def _moment(at: datetime) -> str:
    """``15 Feb 2027, 09.30``"""
    return f"{_day(at.date())}, {at:%H.%M}"


def _day(day: date) -> str:
    return f"{day.day} {month_name(day.month)[:3]} {day.year}"


def _fill(canvas: Canvas, story: list[Flowable], meta: ChartMeta, before: int = 0, pages: int = 0) -> int:
    """Set the story on as many pages as it takes, after `before` pages of `pages` in all; returns how many."""
    number = before
    height = PAGE_HEIGHT - TOP - BOTTOM
    for item in story:
        if isinstance(item, LeadingTable):
            item.page = height
    while story:
        frame, left = Frame(SIDE, BOTTOM, PAGE_WIDTH - 2 * SIDE, height, 0, 0, 0, 0), len(story)
        frame.addFromList(story, canvas)
        parts: list[Flowable] = frame.split(story[0], canvas) if story else []
        if parts:
            frame.add(parts[0], canvas)
            story[:1] = parts[1:]
        elif len(story) == left:
            raise AssertionError("a part of the status sheet fits on no page")
        number += 1
        foot(canvas, meta, number, pages)
        canvas.showPage()
    return number - before
