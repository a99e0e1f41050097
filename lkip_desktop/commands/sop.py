"""The commands around an SOP: check its file, plan a cycle by it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from lkip_desktop import resources
from lkip_desktop.commands.tools import Tools, command, iso_day
from lkip_desktop.schedule.plan import plan, total_in_words, total_problem
from lkip_desktop.schedule.seed import load_calendar
from lkip_desktop.sop.load import load_sop, parse_sop


def register(commands: Any, tools: Tools) -> None:
    """Declare ``plan`` and ``sop-check``."""
    schedule = command(commands, "plan", _plan, "rencana hari kerja menurut SOP")
    schedule.add_argument("--deadline", required=True, metavar="DATE")
    schedule.add_argument("--start", metavar="DATE", help="bawaan: hari mulai paling lambat")
    sop_check = command(commands, "sop-check", _sop_check, "periksa berkas SOP")
    sop_check.add_argument("file", type=Path)


def _plan(options: argparse.Namespace) -> None:
    sop = parse_sop(resources.sop_text())
    work = load_calendar(resources.root() / "holidays.toml")
    deadline = iso_day(options.deadline, "--deadline")
    latest = work.latest_start(deadline, sop.total_days)
    start = iso_day(options.start, "--start") if options.start else latest
    steps = plan(sop, work.opening(work.first_working_day(start)), work)
    limit = work.last_working_day(deadline)
    print(f"deadline\t{deadline}\neffective_deadline\t{limit}\nlatest_start\t{latest}")
    for step in steps:
        title = sop.by_id[step.step].title
        print(f"{step.number}\t{step.start:%Y-%m-%dT%H:%M}\t{step.due:%Y-%m-%dT%H:%M}\t{title}")
    print(f"start\t{steps[0].start.date()}\nend\t{steps[-1].due.date()}")
    print(f"late\t{'ya' if steps[-1].due.date() > limit else 'tidak'}")


def _sop_check(options: argparse.Namespace) -> None:
    sop = load_sop(options.file)
    print(f"{sop.id}: {len(sop.steps)} langkah, {len(sop.actors)} pelaksana, {len(sop.records)} catatan, benar.")
    print(total_problem(sop) or f"Waktu: {total_in_words(sop)}, tercantum {sop.total_days} Hari.")
