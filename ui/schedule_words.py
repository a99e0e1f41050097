"""What the schedule shows and how it says it: facts above the chart, the sentence of a bar, lines of the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lkip_desktop.schedule.calendar import WorkCalendar
from lkip_desktop.schedule.progress import Bar, Interval, Outlook, Progress
from lkip_desktop.words import MONTHS, full_date, month_name

SEPARATOR = "–"

Fact = tuple[str, str, str]
"""What it is, what it says, and the role of its colour (empty for none)."""


@dataclass(frozen=True)
class Plan:
    """What the chart shows. `titles` by step id; `today` is None once the cycle is closed."""

    progress: Progress
    calendar: WorkCalendar
    titles: dict[str, str]
    now: datetime

    @property
    def today(self) -> date | None:
        return self.now.date() if self.progress.current else None

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the grid: all that is drawn, and a day around it."""
        seen = [self.progress.started.date(), self.progress.end.date(), *(d for d, _ in self.marks)]
        for bar in self.progress.bars:
            seen += [at.date() for at in (bar.planned_start, bar.planned_end) if at]
            seen += [at.date() for stay in bar.actual for at in (stay.start, stay.end) if at]
        return min(seen) - timedelta(days=1), max(seen) + timedelta(days=1)

    @property
    def marks(self) -> tuple[tuple[date, str], ...]:
        """The days with a line through the chart, and what they are."""
        outlook = self.progress.outlook
        days: list[tuple[date, str]] = []
        if outlook:
            days = [(outlook.latest_start, "Mulai paling lambat"), (outlook.effective_deadline, "Batas waktu")]
        return (*days, *([(self.today, "Hari ini")] if self.today else []))


def facts(progress: Progress, calendar: WorkCalendar) -> tuple[Fact, ...]:
    """The lines above the chart."""
    over = progress.days_used > progress.total_days
    used = f"{progress.days_used} dari {progress.total_days}"
    return (
        *(_deadline(progress.outlook, calendar, closed=progress.current is None) if progress.outlook else ()),
        _end(progress),
        ("Hari kerja terpakai", used + (", melewati waktu SOP" if over else ""), "warn" if over else ""),
    )


def _deadline(outlook: Outlook, calendar: WorkCalendar, *, closed: bool) -> Iterator[Fact]:
    limit = full_date(outlook.effective_deadline)
    if outlook.effective_deadline != outlook.deadline:
        why = calendar.why_not(outlook.deadline)
        limit += f" ({outlook.deadline.day} {month_name(outlook.deadline.month)} adalah {why})"
    yield "Batas waktu", limit, ""
    yield "Mulai paling lambat", full_date(outlook.latest_start), ""
    if not closed:
        left = outlook.days_left
        words = f"{left} hari kerja, termasuk hari ini" if left > 0 else f"lewat {-left} hari kerja"
        yield "Sisa sampai batas", words, "danger" if left < 0 else ""


def _end(progress: Progress) -> Fact:
    late = progress.outlook is not None and progress.outlook.will_be_late
    name = "Selesai" if progress.current is None else "Perkiraan selesai"
    return name, full_date(progress.end.date()) + (", melewati batas waktu" if late else ""), "warn" if late else ""


def moment(local: datetime | None) -> str:
    """``15 Feb 2027 09.12``, or a dash."""
    return f"{local.day} {MONTHS[local.month - 1][:3]} {local.year} {local:%H.%M}" if local else SEPARATOR


def state_words(stay: Interval) -> str:
    """``selesai``, ``berjalan, terlambat``, with the round from the second on."""
    words = ["selesai" if stay.end else "berjalan"]
    if stay.late:
        words.append("terlambat")
    if stay.round > 1:
        words.append(f"putaran {stay.round}")
    return ", ".join(words)


def rows(bar: Bar, title: str) -> tuple[tuple[str, ...], ...]:
    """The table's lines of a step: one for each stay, or one that says it has not begun."""
    plan = (moment(bar.planned_start), moment(bar.planned_end))
    head = (str(bar.number), title, *plan)
    if not bar.actual:
        return ((*head, SEPARATOR, SEPARATOR, "belum dimulai"),)
    return tuple((*head, moment(stay.start), moment(stay.end), state_words(stay)) for stay in bar.actual)


def sentence(bar: Bar, title: str) -> str:
    """A bar as it is read aloud and shown in the tool tip."""
    plan = "tanpa rencana"
    if bar.planned_start and bar.planned_end:
        plan = f"rencana {moment(bar.planned_start)} sampai {moment(bar.planned_end)}"
    stays = [
        f"{state_words(stay)}: {moment(stay.start)} sampai {moment(stay.end) if stay.end else 'sekarang'}"
        for stay in bar.actual
    ]
    return "; ".join((f"Langkah {bar.number}, {title}: {plan}", *(stays or ["belum dimulai"])))


def holidays(first: date, last: date, calendar: WorkCalendar) -> tuple[str, ...]:
    """The named days off on weekdays from `first` to `last`: ``8 Februari (libur: Isra Mikraj)``."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(
        f"{day.day} {month_name(day.month)} ({calendar.why_not(day)})"
        for day in days
        if day.weekday() < 5 and not calendar.is_working_day(day)
    )
