"""The plan of a cycle: when each step of the SOP begins and falls due along the way without returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lkip_desktop.schedule.calendar import WorkCalendar
from lkip_desktop.sop.model import Duration, Edge, Sop, Step, TimeUnit

MINUTES_A_DAY = 450  # 37 h 30 min in five days (Perpres 21/2023)


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step of a plan, local time. `step` is the id, `number` the printed one."""

    step: str
    number: int
    start: datetime
    due: datetime


def forward(sop: Sop, step: Step) -> Step | None:
    """The step that follows when nothing is sent back (plain arrow, then *ya*, then any other), or None at the end."""
    ahead = [edge for edge in step.edges if edge.target and not sop.returns(step, edge)]
    return sop.by_id[min(ahead, key=_plainness).target] if ahead else None


def way(sop: Sop, start: Step | None = None) -> tuple[Step, ...]:
    """The steps from `start` (the SOP's first) to the end, in the order in which they are done without returns."""
    steps: list[Step] = []
    step: Step | None = start or sop.first
    while step is not None:
        steps.append(step)
        step = forward(sop, step)
    return tuple(steps)


def plan(sop: Sop, start: datetime, calendar: WorkCalendar, first: Step | None = None) -> tuple[StepPlan, ...]:
    """The plan of a cycle whose step `first` (the SOP's first) begins at `start`, local time."""
    plans = []
    at = start
    for step in way(sop, first):
        begin = calendar.office_time(at)
        at = calendar.add(begin, step.duration)
        plans.append(StepPlan(step.id, step.number, begin, at))
    return tuple(plans)


def total(sop: Sop) -> tuple[int, int]:
    """Working days and office minutes of all steps on the way; returns are not counted."""
    durations = [step.duration for step in way(sop)]
    days = sum(d.amount for d in durations if d.unit is TimeUnit.DAY)
    return days, sum(_minutes(d) for d in durations)


def total_problem(sop: Sop) -> str:
    """A sentence when the steps' times do not add up to the SOP's printed total, else empty.

    Minutes are rounded up to whole days: 9 days and 3 h 30 min is printed as 10.
    """
    days, minutes = total(sop)
    needed = days + -(-minutes // MINUTES_A_DAY)
    if needed == sop.total_days:
        return ""
    return (
        f"Waktu semua langkah berjumlah {total_in_words(sop)} (dibulatkan {needed} hari), "
        f"tetapi SOP mencantumkan total {sop.total_days} hari."
    )


def total_in_words(sop: Sop) -> str:
    """``9 hari 3 jam 30 menit``"""
    days, minutes = total(sop)
    parts = ((days, "hari"), (minutes // 60, "jam"), (minutes % 60, "menit"))
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount) or "0 menit"


def _minutes(duration: Duration) -> int:
    return {TimeUnit.MINUTE: 1, TimeUnit.HOUR: 60, TimeUnit.DAY: 0}[duration.unit] * duration.amount


def _plainness(edge: Edge) -> int:
    return {"": 0, "ya": 1}.get(edge.label, 2)
