"""How a running cycle keeps to its plan: what is due, what is late, when it will end and when it must begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lkip_desktop.schedule.calendar import WorkCalendar
from lkip_desktop.schedule.plan import StepPlan, forward, plan
from lkip_desktop.sop.model import Sop, Step
from lkip_desktop.workflow.state import CycleState, Visit

NEAR_PART = 4


@dataclass(frozen=True, slots=True)
class Interval:
    """One stay at a step, local time; `end` is None while it lasts. `late`: longer than the SOP's time for the step."""

    start: datetime
    end: datetime | None
    round: int
    late: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the bar chart. A step off the way without returns has no planned times.

    `late` says that one of its stays took, or takes by now, longer than the SOP's time for the step.
    """

    step: str
    number: int
    planned_start: datetime | None
    planned_end: datetime | None
    actual: tuple[Interval, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class StepStatus:
    """The open visit. `near` (amber): not late, and less than a quarter of its office time is left."""

    step: str
    number: int
    round: int
    entered: datetime
    due: datetime
    late: bool
    near: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """The deadline seen from a day.

    `effective_deadline` is the last working day not after `deadline`; `latest_start` the day, counted as the first, to
    begin all of the SOP's days. `days_left` counts working days from today to it, both counted; past it, the working
    days since then as a negative number.
    """

    deadline: date
    effective_deadline: date
    latest_start: date
    days_left: int
    will_be_late: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """All of it for one cycle at one moment. `current` is None when the cycle is closed, `outlook` without a deadline.

    `days_used` counts working days from `started` to today or to the close, both counted; `end` is the forecast of the
    end, or the end itself once the cycle is closed. All local.
    """

    started: datetime
    current: StepStatus | None
    bars: tuple[Bar, ...]
    days_used: int
    total_days: int
    end: datetime
    outlook: Outlook | None


def progress(
    state: CycleState,
    calendar: WorkCalendar,
    now: datetime,
    deadline: date | None = None,
    start: date | None = None,
) -> Progress:
    """Where a cycle stands at `now` (aware). It is planned from `start` if one was chosen, else from its first visit.

    Raises UserError when a date lies outside the calendar's years.
    """
    here = calendar.local(now)
    started = calendar.opening(start) if start else calendar.local(state.visits[0].entered)
    until = calendar.local(state.visits[-1].left or now)
    end = forecast_end(state, calendar, here)
    return Progress(
        started=started,
        current=step_status(state, calendar, here),
        bars=bars(state, plan(state.sop, started, calendar), calendar, here),
        days_used=calendar.working_days(started.date(), until.date()),
        total_days=state.sop.total_days,
        end=end,
        outlook=outlook(state.sop, calendar, deadline, here.date(), end) if deadline else None,
    )


def step_status(state: CycleState, calendar: WorkCalendar, here: datetime) -> StepStatus | None:
    """The open visit at a local moment, or None when the cycle is closed."""
    visit, step = state.visit, state.step
    if visit is None or step is None:
        return None
    entered = calendar.local(visit.entered)
    due = calendar.add(entered, step.duration)
    late = here > due
    left, whole = calendar.worked(here, due), calendar.worked(entered, due)
    near = not late and left * NEAR_PART < whole
    return StepStatus(step.id, step.number, visit.round, entered, due, late, near)


def bars(state: CycleState, plans: tuple[StepPlan, ...], calendar: WorkCalendar, here: datetime) -> tuple[Bar, ...]:
    """One bar for each step of the SOP, in its order: planned beside actual."""
    planned = {p.step: p for p in plans}
    return tuple(_bar(state, step, planned.get(step.id), calendar, here) for step in state.sop.steps)


def forecast_end(state: CycleState, calendar: WorkCalendar, here: datetime) -> datetime:
    """When the cycle ends if the current step ends when due (now, if it is late) and no step is sent back."""
    visit, step = state.visit, state.step
    if visit is None or step is None:
        return calendar.local(state.visits[-1].left or state.visits[-1].entered)
    due = calendar.add(calendar.local(visit.entered), step.duration)
    end = due if due >= here else calendar.office_time(here)
    following = forward(state.sop, step)
    return plan(state.sop, end, calendar, following)[-1].due if following else end


def outlook(sop: Sop, calendar: WorkCalendar, deadline: date, today: date, end: datetime) -> Outlook:
    """What a deadline asks of a cycle that is expected to end at `end`."""
    limit = calendar.last_working_day(deadline)
    ahead, behind = calendar.working_days(today, limit), calendar.working_days(limit, today)
    return Outlook(
        deadline=deadline,
        effective_deadline=limit,
        latest_start=calendar.latest_start(deadline, sop.total_days),
        days_left=ahead or 1 - behind,
        will_be_late=end.date() > deadline,
    )


def _bar(state: CycleState, step: Step, planned: StepPlan | None, calendar: WorkCalendar, here: datetime) -> Bar:
    actual = tuple(_interval(visit, step, calendar, here) for visit in state.stays(step.id))
    return Bar(
        step=step.id,
        number=step.number,
        planned_start=planned.start if planned else None,
        planned_end=planned.due if planned else None,
        actual=actual,
        late=any(stay.late for stay in actual),
    )


def _interval(visit: Visit, step: Step, calendar: WorkCalendar, here: datetime) -> Interval:
    start = calendar.local(visit.entered)
    end = calendar.local(visit.left) if visit.left else None
    return Interval(start, end, visit.round, (end or here) > calendar.add(start, step.duration))
