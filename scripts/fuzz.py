"""Throws damaged files and odd texts at all that reads from outside: each is taken, or refused with a sentence.

Usage: ``fuzz.py [--seconds S] [--seed N] [TARGET...]``, all targets in turn by default. What breaks a reader is left in
build/fuzz; moved to tests/fuzz_seeds/TARGET/ it is a test for ever. With atheris installed, ``--atheris TARGET`` lets
that one run guided by coverage until it is stopped.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
OUT = ROOT / "build" / "fuzz"
SEEDS = ROOT / "tests" / "fuzz_seeds"
SLOW = 5.0
"""Seconds after which a reader counts as hanging."""

MARKS = (
    b"",
    b"\x00",
    b"\xff" * 4,
    b"\xff\xfe",
    b"-1",
    b"99999999999999999999",
    b"\n",
    b'"',
    b"[",
    b"{" * 50,
    "\u202e😀".encode(),
)
LARGEST = 300_000


@dataclass(frozen=True)
class Target:
    """A reader: what it begins with, and a call that raises nothing but what `refusals` names."""

    seeds: Callable[[], list[bytes]]
    read: Callable[[bytes], object]


def refusals() -> tuple[type[Exception], ...]:
    from lkip_desktop.errors import EnvironmentProblem, UserError

    return UserError, EnvironmentProblem


# The readers


def _sop(data: bytes) -> None:
    from lkip_desktop.sop.load import load_sop

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sop.toml"
        path.write_bytes(data)
        load_sop(path)


def _sop_seeds() -> list[bytes]:
    return [
        path.read_bytes() for path in (*(ROOT / "resources/sop").glob("*.toml"), ROOT / "tests/data/sop-sebelas.toml")
    ]


def _numbers(data: bytes) -> None:
    from lkip_desktop.sop.model import FieldKind
    from lkip_desktop.values import parse, show

    text = data.decode("utf-8", "replace")
    for kind in FieldKind:
        kept = parse(kind, text)
        again = parse(kind, show(kind, kept.value))
        if not kept.problem and not again.problem and again.value != kept.value:
            raise AssertionError(f"{kind}: {kept.value!r} is shown and read as {again.value!r}")


def _number_seeds() -> list[bytes]:
    figures = ("1.250.000,50", "Level 3 (3,35)", "Rp 14.819.633.945", "-5,2 %", "1,5 juta", "3+", "1e999", "٣", "½")
    dates = ("5/5/2025", "5 Mei 2025", "2027-02-28", "31 Februari 2027", "9.00", "24:60", "0/0/0")
    return [text.encode() for text in (*figures, *dates, "19670612 198603 1 003", "ya")]


def _package(data: bytes) -> None:
    from lkip_desktop import archive
    from lkip_desktop.outside import open_package

    with open_package(data) as package:
        for name in package.names:
            package.read(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paket.zip"
        path.write_bytes(data)
        archive.verify(path)


def _package_seeds() -> list[bytes]:
    body = b"isi"
    line = f"{hashlib.sha256(body).hexdigest()}  3 Lampiran/a.pdf\n".encode()
    return [_zip({"3 Lampiran/a.pdf": body, "manifest-sha256.txt": line}), *_docx_seeds()]


def _docx(data: bytes) -> None:
    from lkip_desktop.attachments import accept
    from lkip_desktop.documents.docx_read import read_report

    accept("a.docx", data)
    read_report(data)


@cache
def _docx_seeds() -> list[bytes]:
    from docx import Document

    out, report = BytesIO(), Document(str(ROOT / "resources/documents/report-style.docx"))
    report.add_heading("BAB I PENDAHULUAN", 1)
    report.add_paragraph("Latar belakang.")
    report.add_table(2, 2)
    report.save(out)
    return [out.getvalue()]


def _workbook(data: bytes) -> None:
    from lkip_desktop.documents.workbook_read import read_csv, read_workbook

    for act in (lambda: read_workbook("a.xlsx", data), lambda: read_csv("a.csv", data)):
        try:
            act()
        except refusals():
            continue


@cache
def _workbook_seeds() -> list[bytes]:
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for row in (["Kode", "Uraian", "Pagu"], ["6.01.01", "=1+1", 12.5], ["", None, datetime(2027, 2, 1)]):
        sheet.append(row)
    book.save(out)
    return [out.getvalue(), b"Kode;Uraian;Pagu\n6.01.01;Gaji;1.250.000,50\n", 'a,b\n"c'.encode("utf-16")]


def _cycle(data: bytes) -> None:
    from db.files import CycleFiles
    from lkip_desktop.overview import cycle_card

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "siklus.lkip"
        path.write_bytes(data)
        files = CycleFiles()
        cycle_card(files.peek(path), datetime(2027, 2, 1, tzinfo=UTC))
        opening = files.open(path, read_only=True)
        if opening.store is not None:
            opening.store.close()
        list(files.check(path))


@cache
def _cycle_seeds() -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "tests/old_files").glob("*.lkip"))]


def _message(data: bytes) -> None:
    from ui.single import read_message

    read_message(data)


def _zip(entries: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, data in entries.items():
            target.writestr(name, data)
    return out.getvalue()


TARGETS = {
    "sop": Target(_sop_seeds, _sop),
    "values": Target(_number_seeds, _numbers),
    "package": Target(_package_seeds, _package),
    "docx": Target(_docx_seeds, _docx),
    "workbook": Target(_workbook_seeds, _workbook),
    "cycle": Target(_cycle_seeds, _cycle),
    "message": Target(lambda: [b"/tmp/a.lkip\0", b"\0"], _message),
}


# The damage


def damaged(seed: bytes, chance: random.Random) -> bytes:
    """A seed with some of its bytes changed; a zip often inside, so that it still opens."""
    if seed.startswith(b"PK\x03\x04") and chance.random() < 0.6:
        return _inside(seed, chance)
    data = bytearray(seed)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        _change(data, chance)
    return bytes(data[:LARGEST])


def _inside(seed: bytes, chance: random.Random) -> bytes:
    with ZipFile(BytesIO(seed)) as source:
        entries = {name: source.read(name) for name in source.namelist()}
    name = chance.choice(list(entries))
    body = bytearray(entries[name])
    for _ in range(chance.choice((1, 2, 8))):
        _change(body, chance)
    entries[name] = bytes(body)
    if chance.random() < 0.2:
        del entries[chance.choice(list(entries))]
    return _zip(entries)


def _change(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    length = chance.choice((1, 1, 4, 32, 512))
    kind = chance.randrange(5)
    if kind == 0 and at < len(data):
        data[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        data[at : at + length] = chance.choice(MARKS)
    elif kind == 2:
        data[at:at] = data[at : at + length]
    elif kind == 3:
        data[at:at] = chance.randbytes(length)
    else:
        del data[at : at + length]


# The run


@dataclass(frozen=True)
class Fault:
    """What broke a reader: the target's name, the bytes, and what was raised."""

    target: str
    data: bytes
    said: str


def run(name: str, seconds: float, seed: int) -> tuple[int, list[Fault]]:
    """Try one target for some seconds; how many tries, and the faults, one for each place that raised."""
    target, chance = TARGETS[name], random.Random(f"{name} {seed}")
    seeds, tries = target.seeds(), 0
    faults: dict[str, Fault] = {}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = damaged(chance.choice(seeds), chance)
        tries += 1
        said = broken_by(name, data)
        if said:
            faults.setdefault(said.splitlines()[-2] + said.splitlines()[-1][:60], Fault(name, data, said))
    return tries, list(faults.values())


def broken_by(name: str, data: bytes) -> str:
    """What a reader raised that it may not, with its traceback; empty when it took or refused the bytes."""
    begun = time.monotonic()
    try:
        TARGETS[name].read(data)
    except refusals():
        return ""
    except Exception:
        return traceback.format_exc()
    took = time.monotonic() - begun
    return f"slow\n{took:.1f} s\n" if took > SLOW else ""


def kept() -> Iterator[tuple[str, Path]]:
    """Every seed of a fault once found: its target and its file."""
    for path in sorted(SEEDS.glob("*/*")):
        yield path.parent.name, path


def guided(name: str) -> None:
    """Let atheris lead, until it is stopped or finds a fault."""
    atheris = import_module("atheris")

    def one(data: bytes) -> None:
        said = broken_by(name, data)
        if said:
            raise AssertionError(said)

    corpus = Path(tempfile.mkdtemp(prefix="lkip-fuzz-"))
    for number, seed in enumerate(TARGETS[name].seeds()):
        (corpus / str(number)).write_bytes(seed)
    atheris.Setup([sys.argv[0], str(corpus)], one)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzzes everything that reads from outside.")
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], metavar="TARGET", default=[])
    parser.add_argument("--seconds", type=float, default=60, help="for all targets together")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)))
    parser.add_argument("--atheris", choices=TARGETS, help="one target, guided by coverage, when atheris is installed")
    options = parser.parse_args()
    if options.atheris:
        guided(options.atheris)
        return 0
    names = options.targets or list(TARGETS)
    found = 0
    for name in names:
        tries, faults = run(name, options.seconds / len(names), options.seed)
        found += len(faults)
        print(f"{name:10} {tries:8} tries  {len(faults)} faults", flush=True)
        for fault in faults:
            path = OUT / name / hashlib.sha256(fault.data).hexdigest()[:16]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(fault.data)
            print(f"  {path.relative_to(ROOT)}\n{fault.said}", flush=True)
    print(f"seed {options.seed}: {found} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
