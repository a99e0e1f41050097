"""The commands around one cycle: make it, say where it stands, complete its step."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from lkip_desktop import office, people, resources
from lkip_desktop.commands.tools import Tools, command, today, user_name
from lkip_desktop.cycle_calendar import cycle_progress
from lkip_desktop.errors import UserError
from lkip_desktop.overview import dossier, state_of
from lkip_desktop.ports import SystemClock
from lkip_desktop.sop.load import load_sop
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.guards import missing
from lkip_desktop.workflow.state import CycleState
from lkip_desktop.workflow.transitions import Refusal


def register(commands: Any, tools: Tools) -> None:
    """Declare ``new``, ``status`` and ``complete``."""
    new = command(commands, "new", partial(_new, tools), "buat berkas siklus baru")
    new.add_argument("file", type=Path)
    new.add_argument("--year", type=int, required=True, help="tahun yang dilaporkan")
    new.add_argument("--sample", action="store_true", help="isi dengan siklus contoh")
    new.add_argument("--until-step", type=int, metavar="N", help="contoh berdiri di langkah N (bawaan 1)")
    new.add_argument("--sop", type=Path, metavar="FILE", help="SOP lain daripada SOP bawaan")
    new.add_argument("--force", action="store_true", help="timpa berkas yang sudah ada")
    status = command(commands, "status", partial(_status, tools), "di mana siklus berdiri dan apa yang belum ada")
    status.add_argument("file", type=Path)
    status.add_argument("--json", action="store_true")
    complete = command(commands, "complete", partial(_complete, tools), "selesaikan langkah yang sedang berjalan")
    complete.add_argument("file", type=Path)
    complete.add_argument("--decision", choices=("ya", "tidak"), default="")
    complete.add_argument("--reason", default="", help="alasan pengembalian, atau jawaban atas peringatan")
    complete.add_argument("--name", default="", help="nama pencatat (bawaan: nama pengguna komputer)")
    complete.add_argument("--paper", action="store_true", help="keputusan itu dicatat dari persetujuan tertulis")


def _new(tools: Tools, options: argparse.Namespace) -> None:
    sop = load_sop(options.sop).text if options.sop else resources.sop_text()
    if options.until_step is not None and not options.sample:
        raise UserError("--until-step hanya berlaku bersama --sample.")
    if options.sample:
        from lkip_desktop.sample import Sample, play_sample

        sample = Sample(
            options.year,
            1 if options.until_step is None else options.until_step,
            datetime.now(UTC),
            ahead=True,
            sop_text=sop,
        )
        play_sample(tools.files(), options.file, sample, overwrite=options.force)
    else:
        new = office.NewCycle(options.year, sop)
        who = Who(user_name())
        office.create_cycle(tools.files(), options.file, new, who, SystemClock(), overwrite=options.force).close()


def _status(tools: Tools, options: argparse.Namespace) -> None:
    facts = status_facts(state_of(tools.files().peek(options.file)), datetime.now(UTC))
    if options.json:
        print(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        print(_status_text(facts))


def status_facts(state: CycleState, now: datetime) -> dict[str, Any]:
    """The keys of ``status --json``; `docs/baris-perintah.md` tells what each means. Times are local, ISO."""
    progress = cycle_progress(state, now)
    current, outlook, step = progress.current, progress.outlook, state.step
    decision = "ya" if step and step.decisions else ""
    found = missing(state, step, decision) if step else ()
    return {
        "year": state.year,
        "sop": state.sop.id,
        "closed": state.closed,
        "step": step.number if step else None,
        "step_id": step.id if step else None,
        "steps": len(state.sop.steps),
        "title": step.title if step else None,
        "actor": state.sop.actor_names[step.actor] if step else None,
        "round": current.round if current else None,
        "decisions": list(step.decisions) if step else [],
        "due": current.due.isoformat(timespec="minutes") if current else None,
        "late": bool(current and current.late),
        "days_used": progress.days_used,
        "total_days": progress.total_days,
        "deadline": outlook.deadline.isoformat() if outlook else None,
        "effective_deadline": outlook.effective_deadline.isoformat() if outlook else None,
        "latest_start": outlook.latest_start.isoformat() if outlook else None,
        "missing": [{"text": m.text, "field": m.where, "blocks": m.blocks} for m in found],
        "records": [{"id": i.record.id, "text": i.record.text.clean, "present": i.present} for i in dossier(state)],
        "events": state.seq,
        "head": state.head,
    }


def _status_text(facts: dict[str, Any]) -> str:
    present = sum(1 for record in facts["records"] if record["present"])
    lines = [f"Siklus {facts['year']}, SOP {facts['sop']}"]
    if facts["closed"]:
        lines.append("Siklus sudah ditutup.")
    else:
        lines.append(
            f"Langkah {facts['step']} dari {facts['steps']}: giliran {facts['actor']}, putaran {facts['round']}"
        )
        lines.append(f"Tenggat langkah: {facts['due']}{' (terlambat)' if facts['late'] else ''}")
        lines += [f"  belum ada: {m['text']}" for m in facts["missing"]]
    lines.append(f"Hari kerja terpakai: {facts['days_used']} dari {facts['total_days']}")
    lines.append(f"Batas waktu: {facts['deadline']} (hari kerja terakhir {facts['effective_deadline']})")
    lines.append(f"Pencatatan: {present} dari {len(facts['records'])}")
    return "\n".join(lines)


def _complete(tools: Tools, options: argparse.Namespace) -> None:
    with tools.opened(options.file, read_only=False) as cycle:
        step = cycle.state.step
        if step is None:
            raise UserError("Siklus ini sudah ditutup.")
        who = office.acting_for(cycle.state, step.actor, options.name or user_name(), today(cycle))
        answers = {m.text: options.reason for m in missing(cycle.state, step, options.decision) if not m.blocks}
        if options.paper:
            clerk, day, paper = Who(options.name or user_name()), today(cycle), people.Consent(paper=True)
            outcome = people.decide(
                cycle, clerk, step, options.decision, paper, people.MemoryBook(),
                day=day, reason=options.reason, answers=answers,
            )  # fmt: skip
        else:
            outcome = office.complete_step(cycle, who, step.id, options.decision, options.reason, answers)
        if isinstance(outcome, Refusal):
            raise UserError(" ".join([outcome.message, *(reason.text for reason in outcome.reasons)]))
        following = cycle.state.step
        print(f"Langkah {following.number}: {following.title}" if following else "Siklus ditutup.")
