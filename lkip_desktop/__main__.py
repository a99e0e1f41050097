"""The use cases on a command line, for technicians and for tests: ``python -m lkip_desktop …``, without Qt.

Exit status 0, or 1 with one sentence on standard error. Dates are ISO in and out.
"""

from __future__ import annotations

import argparse
import getpass
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn

from lkip_desktop import office, resources
from lkip_desktop.cycle_calendar import calendar, cycle_progress, iso_date
from lkip_desktop.errors import EnvironmentProblem, UserError, reason_of
from lkip_desktop.office import Cycle
from lkip_desktop.overview import dossier, state_of
from lkip_desktop.ports import Files, SystemClock
from lkip_desktop.schedule.plan import plan, total_in_words, total_problem
from lkip_desktop.schedule.seed import load_calendar
from lkip_desktop.sop.load import load_sop, parse_sop
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.guards import missing
from lkip_desktop.workflow.state import CycleState
from lkip_desktop.workflow.transitions import Refusal


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserError(f"Perintah tidak dapat dipahami. Lihat: {self.prog} --help")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    said = io.StringIO()
    try:
        options = _parser().parse_args(arguments)
        with redirect_stdout(said):
            options.run(options)
    except (UserError, EnvironmentProblem) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    return _say(said.getvalue())


def _say(text: str) -> int:
    """Print what a command that is done has to say; the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        print(text, end="", flush=True)
    except OSError as error:
        # Python flushes what is left at the end and would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            why = f"Perintah sudah selesai, tetapi keluarannya tidak dapat ditulis ({reason_of(error)})."
            print(why, file=sys.stderr)
        return 1
    return 0


def _parser() -> _Parser:
    parser = _Parser(prog="python -m lkip_desktop", description="Siklus LKIP tanpa jendela, untuk teknisi.")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")
    new = _command(commands, "new", _new, "buat berkas siklus baru")
    new.add_argument("file", type=Path)
    new.add_argument("--year", type=int, required=True, help="tahun yang dilaporkan")
    new.add_argument("--sample", action="store_true", help="isi dengan siklus contoh")
    new.add_argument("--until-step", type=int, metavar="N", help="contoh berdiri di langkah N (bawaan 1)")
    new.add_argument("--sop", type=Path, metavar="FILE", help="SOP lain daripada SOP bawaan")
    new.add_argument("--force", action="store_true", help="timpa berkas yang sudah ada")
    status = _command(commands, "status", _status, "di mana siklus berdiri dan apa yang belum ada")
    status.add_argument("file", type=Path)
    status.add_argument("--json", action="store_true")
    complete = _command(commands, "complete", _complete, "selesaikan langkah yang sedang berjalan")
    complete.add_argument("file", type=Path)
    complete.add_argument("--decision", choices=("ya", "tidak"), default="")
    complete.add_argument("--reason", default="", help="alasan pengembalian, atau jawaban atas peringatan")
    complete.add_argument("--name", default="", help="nama pencatat (bawaan: nama pengguna komputer)")
    export = _command(commands, "export", _export, "tulis sebuah dokumen")
    export.add_argument("file", type=Path, nargs="?")
    export.add_argument("kind", nargs="?", metavar="KIND")
    export.add_argument("out", type=Path, nargs="?")
    export.add_argument("--list", action="store_true", help="daftar jenis dokumen")
    export.add_argument("--force", action="store_true", help="timpa berkas yang sudah ada")
    check = _command(commands, "check", _check, "periksa berkas siklus")
    check.add_argument("file", type=Path)
    schedule = _command(commands, "plan", _plan, "rencana hari kerja menurut SOP")
    schedule.add_argument("--deadline", required=True, metavar="DATE")
    schedule.add_argument("--start", metavar="DATE", help="bawaan: hari mulai paling lambat")
    sop_check = _command(commands, "sop-check", _sop_check, "periksa berkas SOP")
    sop_check.add_argument("file", type=Path)
    return parser


def _command(commands: Any, name: str, run: Any, help_: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_, description=help_.capitalize() + ".")
    parser.set_defaults(run=run)
    return parser


def _files() -> Files:
    from db.files import CycleFiles
    from db.location import anywhere

    # A technician mends a file where it lies, on a stick as well.
    return CycleFiles(where=anywhere)


@contextmanager
def _opened(path: Path, *, read_only: bool) -> Iterator[Cycle]:
    cycle, opening = office.open_cycle(_files(), path, SystemClock(), user=user_name(), read_only=read_only)
    if cycle is None:
        raise UserError(opening.message)
    if cycle.store.read_only and not read_only:
        cycle.close()
        raise UserError(opening.message)
    try:
        yield cycle
    finally:
        cycle.close()


def user_name() -> str:
    """The name of the account; its number where the system knows no name."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return f"pengguna {os.getuid()}" if hasattr(os, "getuid") else "pengguna"


def _new(options: argparse.Namespace) -> None:
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
        play_sample(_files(), options.file, sample, overwrite=options.force)
    else:
        new = office.NewCycle(options.year, sop)
        who = Who(user_name())
        office.create_cycle(_files(), options.file, new, who, SystemClock(), overwrite=options.force).close()


def _status(options: argparse.Namespace) -> None:
    facts = status_facts(state_of(_files().peek(options.file)), datetime.now(UTC))
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


def _complete(options: argparse.Namespace) -> None:
    with _opened(options.file, read_only=False) as cycle:
        step = cycle.state.step
        if step is None:
            raise UserError("Siklus ini sudah ditutup.")
        today = calendar(cycle.state).local(cycle.now()).date()
        who = office.acting_for(cycle.state, step.actor, options.name or user_name(), today)
        answers = {m.text: options.reason for m in missing(cycle.state, step, options.decision) if not m.blocks}
        outcome = office.complete_step(cycle, who, step.id, options.decision, options.reason, answers)
        if isinstance(outcome, Refusal):
            raise UserError(" ".join([outcome.message, *(reason.text for reason in outcome.reasons)]))
        following = cycle.state.step
        print(f"Langkah {following.number}: {following.title}" if following else "Siklus ditutup.")


def _export(options: argparse.Namespace) -> None:
    from lkip_desktop.documents.catalog import KINDS, make

    if options.list:
        for kind in KINDS.values():
            print(f"{kind.id}\t{kind.extension}\t{kind.title}")
        return
    if options.out is None:
        raise UserError("Tulis: export FILE KIND OUT, atau export --list untuk daftar jenis dokumen.")
    if options.kind not in KINDS:
        raise UserError(f"Jenis dokumen “{options.kind}” tidak dikenal. Yang ada: {', '.join(KINDS)}.")
    with _opened(options.file, read_only=True) as cycle:
        today = calendar(cycle.state).local(cycle.now()).date()
        snapshot = office.snapshot(cycle, today)
    office.export(
        options.out,
        lambda progress: make(options.kind, snapshot, progress).data,
        source=options.file,
        overwrite=options.force,
    )


def _check(options: argparse.Namespace) -> None:
    found = list(_files().check(options.file))
    if found:
        raise UserError(" ".join(found))
    print("Berkas utuh.")


def _plan(options: argparse.Namespace) -> None:
    sop = parse_sop(resources.sop_text())
    work = load_calendar(resources.root() / "holidays.toml")
    deadline = _date(options.deadline, "--deadline")
    latest = work.latest_start(deadline, sop.total_days)
    start = _date(options.start, "--start") if options.start else latest
    steps = plan(sop, work.opening(work.first_working_day(start)), work)
    limit = work.last_working_day(deadline)
    print(f"deadline\t{deadline}\neffective_deadline\t{limit}\nlatest_start\t{latest}")
    for step in steps:
        title = sop.by_id[step.step].title
        print(f"{step.number}\t{step.start:%Y-%m-%dT%H:%M}\t{step.due:%Y-%m-%dT%H:%M}\t{title}")
    print(f"start\t{steps[0].start.date()}\nend\t{steps[-1].due.date()}")
    print(f"late\t{'ya' if steps[-1].due.date() > limit else 'tidak'}")


def _date(text: str, option: str) -> date:
    day = iso_date(text)
    if day is None:
        raise UserError(f"{option} “{text}” bukan tanggal. Tulis seperti 2027-02-26.")
    return day


def _sop_check(options: argparse.Namespace) -> None:
    sop = load_sop(options.file)
    print(f"{sop.id}: {len(sop.steps)} langkah, {len(sop.actors)} pelaksana, {len(sop.records)} catatan, benar.")
    print(total_problem(sop) or f"Waktu: {total_in_words(sop)}, tercantum {sop.total_days} Hari.")


if __name__ == "__main__":
    sys.exit(main())
