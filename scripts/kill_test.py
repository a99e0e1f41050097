"""Kills the program at random moments of real acts and looks whether anything that it had kept is lost.

Usage: ``python scripts/kill_test.py [--kills N] [--seconds S] [--workers W] [--seed X]``. A child works on a cycle and
acknowledges each act through a pipe once the use case has returned; it is killed with SIGKILL. After each kill: what
it left half-made is cleared, the file opens without a question after a full check, its chain holds, and every act,
document, backup and migrated file that was acknowledged is there. It prints within which acts the kills fell. Ends
with status 1 when something was lost. A kill leaves the system's cache alone: what a power cut does is tried in
``tests/db/test_unclean.py``.
"""

# ruff: noqa: E402 - a script beside the project finds it only after its folder was named.
from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from db.files import CycleFiles
from db.scratch import clear
from lkip_desktop import backups, letters, office
from lkip_desktop.attachments import accept
from lkip_desktop.documents.catalog import make
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.ports import Outcome, SystemClock
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Act, Draft, Who
from lkip_desktop.workflow.state import Signer

OLD = ROOT / "tests" / "old_files" / "LKIP-2026-v1.lkip"
SCAN_BYTES = 5 * 1024 * 1024
LARGEST = 60 * 1024 * 1024
"""A cycle that has grown to this is left, and another one begun, so that the checks stay short."""
LONGEST_LIFE = 0.2
"""Seconds a child lives at most after its opening; every fourth one is counted from its birth."""
OPENED, BEGINS = "opened", "begins"
CLERK, SECRETARY, CHIEF = Who("Rina", "analis"), Who("Rina", "sekretaris"), Who("Rina", "inspektur")

Ack = dict[str, Any]
files = CycleFiles()


class Place:
    """A folder with a cycle to be worked on, and what was acknowledged in it so far."""

    def __init__(self, folder: Path, seed: Path) -> None:
        self.folder, self._seed = folder, seed
        self.exports = folder / "Dokumen"
        self.exports.mkdir(parents=True)
        self.number = 0
        self.begin_anew()

    def begin_anew(self) -> None:
        """Work on a fresh copy from now on."""
        for old in self.folder.glob("*.lkip"):
            old.unlink()
        shutil.rmtree(self.folder / backups.FOLDER, ignore_errors=True)
        self.number += 1
        self.cycle = self.folder / f"LKIP-2026-{self.number}.lkip"
        shutil.copyfile(self._seed, self.cycle)
        self.digests = [event.digest for event in files.peek(self.cycle).events]


# The child


def work(place: Place, chance: random.Random, tell: Callable[[Ack], None]) -> None:
    """Act at random until killed."""
    cycle, opening = office.open_cycle(files, place.cycle, SystemClock(), user="Rina")
    if cycle is None:
        raise SystemExit(opening.message)
    tell({"act": OPENED})
    while True:
        act = chance.choices(list(ACTS), list(ACTS.values()))[0]
        tell({BEGINS: act.__name__})
        tell(act(place, cycle, chance))


def _kept(outcome: object) -> Ack:
    assert isinstance(outcome, Changed), outcome
    return {"seq": outcome.event.seq, "digest": outcome.event.digest, "act": outcome.event.act.value}


def fill(_: Place, cycle: Cycle, chance: random.Random) -> Ack:
    return _kept(office.fill(cycle, CLERK, {"letter_number": f"000.8.3/{chance.randrange(10**6)}/ORG"}))


def move(_: Place, cycle: Cycle, chance: random.Random) -> Ack:
    """Complete a step or send it back, whichever is its turn."""
    step = cycle.state.step
    assert step is not None
    if step.id == "koreksi":
        return _kept(office.complete_step(cycle, SECRETARY, step.id, "ya"))
    return {**_kept(office.complete_step(cycle, CHIEF, step.id, "tidak", "Perbaiki tanggalnya.")), "act": "returned"}


def attach(_: Place, cycle: Cycle, chance: random.Random) -> Ack:
    file = accept("Pindaian.pdf", b"%PDF-1.4\n" + chance.randbytes(SCAN_BYTES))
    return {**_kept(office.attach_file(cycle, CLERK, "review_record", file)), "blob": file.sha256}


def issue(_: Place, cycle: Cycle, chance: random.Random) -> Ack:
    day = date(2027, 2, 26)
    order = letters.Order(
        "cover-letter", "", f"700/{chance.randrange(10**6)}/INSP", day, Signer("Drs. A"), reason="Nomor keliru"
    )
    prepared = letters.prepare(cycle, CHIEF, order, day)
    assert isinstance(prepared, letters.Prepared), prepared
    file = letters.write(prepared)
    return {**_kept(letters.issue(cycle, CHIEF, prepared, file)), "blob": file.sha256}


def bring_in(_: Place, cycle: Cycle, chance: random.Random) -> Ack:
    """A unit's workbook: its figures and the file itself in one act."""
    file = accept("Unit.pdf", b"%PDF-1.4 realisasi " + chance.randbytes(40_000))
    changes = {"archive_place": str(chance.randrange(10**6))}
    data = {"kind": "unit", "unit": "", "changes": changes, "field": "review_record", **file.described()}
    return {**_kept(cycle.record(Draft(CLERK, Act.IMPORTED, data), {file.sha256: file.data})), "blob": file.sha256}


def export(place: Place, cycle: Cycle, chance: random.Random) -> Ack:
    """Over one of three files that may be there already."""
    out = place.exports / f"Surat {chance.randrange(3)}.pdf"
    data = chance.choice(sheets(cycle))
    office.export(out, lambda _: data, source=place.cycle, overwrite=True)
    return {"act": "exported", "file": out.name, "sha256": hashlib.sha256(data).hexdigest()}


_sheets: list[bytes] = []


def sheets(cycle: Cycle) -> list[bytes]:
    """Four documents that differ. Laid out once, or the kills would fall into that and never into the writing."""
    if not _sheets:
        days = [date(2027, 2, day) for day in (23, 24, 25, 26)]
        _sheets.extend(make("status-sheet", office.snapshot(cycle, day)).data for day in days)
    return _sheets


def back_up(place: Place, cycle: Cycle, _: random.Random) -> Ack:
    made = backups.back_up(files, place.cycle, datetime.now(UTC), always=True)
    return {"act": "backed up", "path": str(made.backup.path), "seq_there": cycle.state.seq}


def migrate(place: Place, _: Cycle, chance: random.Random) -> Ack:
    old = place.folder / f"lama-{chance.randrange(10**9)}.lkip"
    shutil.copyfile(OLD, old)
    opening = files.open(old)
    assert opening.store is not None, opening
    opening.store.close()
    return {"act": "migrated", "path": str(old)}


ACTS: dict[Callable[[Place, Cycle, random.Random], Ack], int] = {
    fill: 8, move: 6, attach: 5, issue: 3, bring_in: 4, export: 4, back_up: 3, migrate: 3
}  # fmt: skip


def one_life(place: Place, chance: random.Random) -> list[Ack]:
    """Let a child work and kill it; what it acknowledged."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        status = 1
        try:
            work(place, chance, lambda ack: _tell(writing, ack))
        except BaseException as error:
            _tell(writing, {"failed": repr(error)})
        finally:
            os._exit(status)
    os.close(writing)
    if chance.random() < 0.75:
        # Past the opening, however busy this machine is.
        select.select([reading], [], [], 20)
    time.sleep(chance.uniform(0, LONGEST_LIFE))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with os.fdopen(reading, "rb") as stream:
        lines = stream.read().split(b"\n")
    # What stands after the last newline was cut off by the kill: it was not acknowledged.
    return [json.loads(line) for line in lines[:-1]]


def struck(acks: list[Ack]) -> str:
    """Within which act the kill fell."""
    last = acks[-1] if acks else {}
    return str(last.get(BEGINS, "opening" if not last else "between"))


def _tell(writing: int, ack: Ack) -> None:
    os.write(writing, json.dumps(ack).encode() + b"\n")


# The judge


def losses(place: Place, acks: list[Ack]) -> list[str]:
    """What is wrong after a kill, as sentences."""
    found = [f"the child failed: {ack['failed']}" for ack in acks if "failed" in ack]
    clear([place.folder, place.exports, backups.folder_of(place.cycle)])
    found += [f"left behind: {path.name}" for path in place.folder.rglob(".lkip-*")]
    place.digests += [ack["digest"] for ack in acks if "digest" in ack]
    found += _cycle_losses(place)
    found += _export_losses(place, acks)
    for ack in acks:
        if ack.get("act") == "backed up":
            found += _backup_losses(Path(ack["path"]), ack["seq_there"])
    for old in place.folder.glob("lama-*[0-9].lkip"):
        found += _migration_losses(old, str(old) in {ack.get("path") for ack in acks})
    return found


def _cycle_losses(place: Place) -> list[str]:
    opening = files.open(place.cycle, user="Juri")
    if opening.outcome is not Outcome.OPENED or opening.store is None:
        return [f"does not open: {opening.outcome} {opening.message} {opening.details}"]
    store = opening.store
    events = store.events()
    store.close()
    digests = [event.digest for event in events]
    known, place.digests = place.digests, digests
    if digests[: len(known)] != known:
        return [f"acknowledged acts are not there: {len(known)} against {len(digests)}"]
    if len(digests) > len(known) + 1:
        return [f"{len(digests) - len(known)} acts that nobody acknowledged"]
    return [f"check: {fault}" for fault in files.check(place.cycle)]


def _export_losses(place: Place, acks: list[Ack]) -> list[str]:
    """Each file is whole, and none is one that a later acknowledged export had replaced."""
    found: list[str] = []
    by_name: dict[str, list[str]] = {}
    for ack in acks:
        if ack.get("act") == "exported":
            by_name.setdefault(ack["file"], []).append(ack["sha256"])
    for name, digests in by_name.items():
        data = (place.exports / name).read_bytes()
        there = hashlib.sha256(data).hexdigest()
        # Another export over it may have ended before it was acknowledged.
        if not data.rstrip().endswith(b"%%EOF") or (there != digests[-1] and there in digests):
            found.append(f"export {name} is not whole or not the last one")
    return found


def _backup_losses(path: Path, seq: int) -> list[str]:
    # An old one may have been thinned since; the newest never.
    newest = backups.listed(path.parent)[0]
    faults = list(files.check(newest.path))
    count = len(files.peek(newest.path).events)
    return [f"backup {path.name}: {faults}, {count} acts of {seq}"] if faults or count < seq else []


def _migration_losses(old: Path, acknowledged: bool) -> list[str]:
    if old.stat().st_size < OLD.stat().st_size and not acknowledged:
        old.unlink()  # killed while this test was copying it
        return []
    opening = files.open(old)
    if opening.store is None:
        return [f"migrated file: {opening.outcome} {opening.message}"]
    events = len(opening.store.events())
    opening.store.close()
    for path in old.parent.glob(f"{old.stem}*"):
        path.unlink()
    return [] if events == len(files.peek(OLD).events) else [f"migrated file has {events} events"]


# All of it


def warm_up(place: Place) -> None:
    """Do each act once here: the children are copies of this process, and find everything loaded."""
    cycle, opening = office.open_cycle(files, place.cycle, SystemClock())
    assert cycle is not None, opening
    for act in ACTS:
        act(place, cycle, random.Random(0))
    cycle.close()
    for old in place.folder.glob("lama-*[0-9].lkip"):
        old.unlink()
    place.begin_anew()


def lives(folder: Path, seed: Path, kills: int, until: float, chance: random.Random) -> Ack:
    """Kill children one after the other; figures and losses."""
    place = Place(folder, seed)
    warm_up(place)
    acts: Counter[str] = Counter()
    within: Counter[str] = Counter()
    lost: list[str] = []
    done = 0
    while done < kills and time.monotonic() < until and len(lost) < 20:
        acks = one_life(place, random.Random(chance.random()))
        within[struck(acks)] += 1
        acks = [ack for ack in acks if BEGINS not in ack]
        acts.update(ack.get("act", "failed") for ack in acks if ack.get("act") != OPENED)
        lost += losses(place, acks)
        done += 1
        if place.cycle.stat().st_size > LARGEST:
            place.begin_anew()
    return {"kills": done, "acts": acts, "within": within, "lost": lost}


def in_parallel(folder: Path, seed: Path, options: argparse.Namespace, until: float) -> list[Ack]:
    """Share the kills among workers, each a process with a cycle of its own; their figures."""
    pipes = []
    for number in range(options.workers):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            share = -(-options.kills // options.workers)
            chance = random.Random(f"{options.seed}-{number}")
            try:
                with os.fdopen(writing, "w") as stream:
                    json.dump(lives(folder / f"{number}", seed, share, until, chance), stream)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(0)
        os.close(writing)
        pipes.append(reading)
    results = []
    for reading in pipes:
        with os.fdopen(reading) as stream:
            results.append(
                json.loads(stream.read() or '{"kills": 0, "acts": {}, "within": {}, "lost": ["a worker failed"]}')
            )
    for _ in pipes:
        os.wait()
    return results


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4))
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kill-test-") as name:
        folder = Path(name)
        seed = folder / "benih.lkip"
        play_sample(files, seed, Sample(2026, 6, datetime(2027, 2, 26, 2, tzinfo=UTC), ahead=True))
        results = in_parallel(folder, seed, options, begun + options.seconds)
    acts: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for result in results:
        acts.update(result["acts"])
        within.update(result["within"])
    lost = [loss for result in results for loss in result["lost"]]
    kills = sum(result["kills"] for result in results)
    told, where = (", ".join(f"{name} {count}" for name, count in sorted(all_.items())) for all_ in (acts, within))
    print(f"kills {kills}, acknowledged acts {acts.total()} ({told}), losses = {len(lost)}; "
          f"{time.monotonic() - begun:.0f} s, seed {options.seed}")  # fmt: skip
    print(f"  killed within: {where}")
    for loss in lost:
        print(f"  {loss}")
    return 1 if lost or not kills else 0


if __name__ == "__main__":
    sys.exit(main())
