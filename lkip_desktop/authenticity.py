"""*Periksa keaslian*: whether a history is as it was written, and which act was changed, removed, inserted or cut off.

The seals of the events find every single change. A tail that was cut off and a chain that was written anew hold
together; they are found through heads kept elsewhere: printed on letters, in backups, in other copies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lkip_desktop.errors import UserError
from lkip_desktop.ports import Peek
from lkip_desktop.words import month_name
from lkip_desktop.workflow.events import GENESIS, Act, Event, Json, Who, canonical, digest

SHORT_HEAD = 8
_HEAD = re.compile(r"[0-9a-f]{8,64}")
_WIB = timedelta(hours=7)
_NEAR = 20
"""So many rows taken out or put in together are told from changed ones."""

ACT_WORDS = {
    Act.CREATED: "siklus dibuat",
    Act.FILLED: "isian",
    Act.ATTACHED: "berkas dilampirkan",
    Act.DETACHED: "berkas dilepas",
    Act.RESTORED: "berkas dipasang kembali",
    Act.COMPLETED: "langkah selesai",
    Act.UNDONE: "langkah dibatalkan",
    Act.REOPENED: "langkah dibuka kembali",
    Act.KEPT: "dokumen disimpan",
    Act.PRINTED: "dokumen dicetak",
    Act.ISSUED: "surat diterbitkan",
    Act.SIGNED: "berkas bertanda tangan",
    Act.IMPORTED: "impor",
    Act.MERGED: "diambil dari salinan lain",
    Act.PASSWORD: "kata sandi",
    Act.ARCHIVED: "paket arsip",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the history as it stands in a file, whatever was done to it; `at` is ISO, `data` JSON text."""

    seq: int
    at: str
    who: str
    role: str
    behalf: str
    act: str
    data: str
    previous: str
    digest: str


class Fault(StrEnum):
    """What was done to a history."""

    EMPTY = "empty"
    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    CUT = "cut"
    REWRITTEN = "rewritten"
    UNKNOWN = "unknown"
    """A head that is not there: cut, rewritten, or mistyped."""
    FILE = "file"
    """Something else is wrong in the file: an attachment that is not what its event says."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the number of the record at which it shows, 0 for the whole, and a sentence."""

    fault: Fault
    seq: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: `findings`, and sentences about what was compared and agreed."""

    count: int
    head: str
    findings: tuple[Finding, ...] = ()
    agreed: tuple[str, ...] = ()

    @property
    def genuine(self) -> bool:
        return not self.findings

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole result in words: what is wrong first."""
        if self.genuine:
            whole = f"Riwayat asli: {self.count} catatan, tidak ada yang diubah, dihapus, atau disisipkan."
            return (whole, *self.agreed)
        return (*(finding.sentence for finding in self.findings), *self.agreed)


def verify(
    records: Sequence[Record],
    copies: Iterable[Peek] = (),
    heads: Iterable[str] = (),
    faults: Iterable[str] = (),
    backups: Iterable[Peek] = (),
) -> Verdict:
    """Check a history by itself, then against other copies of the file and heads typed from paper.

    `copies` are files that a person says are copies of this one, `backups` what lies in its folder of backups, both as
    `Files.peek` gives them; `heads` are 8 to 64 hex digits, `faults` what `Files.check` said of the file. Raises
    UserError for a head that is none.
    """
    findings, agreed = list(_chain_findings(records)), []
    compared = [_letter(records, *issued) for issued in _issued(records)]
    compared += [_against_copy(records, copy, backup=True) for copy in backups]
    compared += [_against_copy(records, copy, backup=False) for copy in copies]
    compared += [_against_head(records, read_head(head)) for head in heads]
    for result in compared:
        if isinstance(result, Finding):
            findings.append(result)
        elif result:
            agreed.append(result)
    findings += [Finding(Fault.FILE, 0, fault) for fault in faults if not fault.startswith("Riwayat ")]
    return Verdict(len(records), records[-1].digest if records else "", tuple(findings), tuple(agreed))


def read_head(text: str) -> str:
    """A head as typed from a letter: 8 to 64 hex digits, spaces and capitals do not matter. Raises UserError."""
    head = "".join(text.split()).lower()
    if not _HEAD.fullmatch(head):
        raise UserError(
            f"“{text.strip()}” bukan sidik riwayat. Ketik {SHORT_HEAD} angka dan huruf (0–9, a–f) di kaki surat."
        )
    return head


def records_of(events: Iterable[Event]) -> tuple[Record, ...]:
    """The rows that keep events."""
    return tuple(
        Record(
            e.seq, e.at.isoformat(timespec="microseconds"), e.who.name, e.who.role, e.who.behalf, e.act.value,
            canonical(e.data), e.previous, e.digest,
        )
        for e in events
    )  # fmt: skip


# The chain by itself


def _chain_findings(records: Sequence[Record]) -> Iterator[Finding]:
    """Every place at which the seals or the links do not hold.

    `shift` is by how much the numbers under the seals run ahead of the rows' own: rows were taken out or put in and
    the rest renumbered.
    """
    if not records:
        yield Finding(Fault.EMPTY, 0, "Riwayat kosong: semua catatan hilang.")
    known: dict[str, int] = {}
    shift, sealed = 0, True
    for place, record in enumerate(records):
        before = records[place - 1] if place else None
        gap = record.seq - (before.seq if before else 0) - 1
        if gap > 0:
            yield Finding(Fault.REMOVED, record.seq - gap, _removed(record.seq - gap, record.seq - 1))
        seq = _sealed_as(record, shift)
        if seq is None:
            yield Finding(Fault.CHANGED, record.seq, f"{_capital(_named(record))} diubah sesudah ditulis.")
        elif seq - record.seq > shift:
            yield Finding(Fault.REMOVED, record.seq, _renumbered(record, seq - record.seq - shift))
        elif record.previous != (before.digest if before else GENESIS) and gap <= 0:
            yield from _unlinked(records, place, known, after_changed=not sealed)
        shift = shift if seq is None else seq - record.seq
        known[record.digest] = place
        sealed = seq is not None


def _unlinked(
    records: Sequence[Record], place: int, known: Mapping[str, int], *, after_changed: bool
) -> Iterator[Finding]:
    """A record with a good seal that does not follow the one before it."""
    record = records[place]
    if record.previous in known or (record.previous == GENESIS and place):
        for inserted in records[known.get(record.previous, -1) + 1 : place]:
            yield Finding(Fault.INSERTED, inserted.seq, f"{_capital(_named(inserted))} disisipkan kemudian.")
    elif place == 0:
        yield Finding(Fault.REMOVED, 1, f"Catatan sebelum {_named(record)} dihapus.")
    elif not after_changed:
        before = records[place - 1]
        sentence = (
            f"{_capital(_named(before))} diganti lalu disegel ulang, atau catatan sesudahnya dihapus: {_named(record)} "
            "tidak menyambung."
        )
        yield Finding(Fault.CHANGED, before.seq, sentence)


def _sealed_as(record: Record, shift: int) -> int | None:
    """The number under which a record's seal holds: its own, or another one near when rows were renumbered."""
    event = _parsed(record)
    if event is None:
        return None
    at, who, act, data = event
    near = range(max(1, record.seq - _NEAR), record.seq + _NEAR + 1)
    for seq in dict.fromkeys((record.seq + shift, record.seq, *near)):
        if digest(seq, at, who, act, data, record.previous) == record.digest:
            return int(seq)
    return None


def _parsed(record: Record) -> tuple[datetime, Who, Act, dict[str, Json]] | None:
    """What a row says, if it is spelled as the program spells it."""
    try:
        at, data, act = datetime.fromisoformat(record.at), json.loads(record.data), Act(record.act)
        spelled = at.isoformat(timespec="microseconds") == record.at and canonical(data) == record.data
    except (ValueError, RecursionError):
        return None
    if not spelled or at.utcoffset() != timedelta() or not isinstance(data, dict):
        return None
    return at, Who(record.who, record.role, record.behalf), act, data


def _removed(first: int, last: int) -> str:
    return f"Catatan ke-{first} dihapus." if first == last else f"Catatan ke-{first} sampai ke-{last} dihapus."


def _renumbered(record: Record, missing: int) -> str:
    return f"{missing} catatan sebelum {_named(record)} dihapus dan sisanya diberi nomor baru."


# Against what is kept elsewhere


def _issued(records: Sequence[Record]) -> Iterator[tuple[int, str, str]]:
    """Place, number and printed head of each letter that the history says was issued."""
    for place, record in enumerate(records):
        parsed = _parsed(record) if record.act == Act.ISSUED else None
        if parsed is not None:
            data = parsed[3]
            yield place, str(data.get("number", "")), str(data.get("head", "")).lower()


def _letter(records: Sequence[Record], place: int, number: str, head: str) -> Finding | str:
    if not _HEAD.fullmatch(head):
        return ""
    if any(record.digest.startswith(head) for record in records[:place]):
        return f"Sidik {head[:SHORT_HEAD]} pada surat nomor {number} cocok."
    sentence = (
        f"Sidik {head[:SHORT_HEAD]} yang tercetak pada surat nomor {number} tidak ada di riwayat sebelum surat itu: "
        "riwayatnya ditulis ulang."
    )
    return Finding(Fault.REWRITTEN, records[place].seq, sentence)


def _against_copy(records: Sequence[Record], copy: Peek, *, backup: bool) -> Finding | str:
    name = f"“{copy.path.name}”"
    if copy.problem or not copy.events:
        return f"{name} tidak dapat dibandingkan: {copy.problem or 'riwayatnya kosong.'}"
    theirs = [event.digest for event in copy.events]
    ours = [record.digest for record in records]
    common = next((n for n, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), None)
    if not ours:
        return f"{name} tidak dibandingkan: riwayat ini kosong."
    if common == 0:
        return _nothing_shared(records[0], copy, backup=backup)
    if common is not None:
        sentence = (
            f"Sejak {_named(records[common])} riwayat berbeda dari {name}: berkas ini ditulis ulang, atau keduanya "
            "dikerjakan terpisah."
        )
        return Finding(Fault.REWRITTEN, records[common].seq, sentence)
    if len(ours) >= len(theirs):
        return f"Seluruh {len(theirs)} catatan {name} ada di riwayat ini."
    lost = records_of(copy.events[len(ours) :])
    sentence = (
        f"{name} memuat {len(lost)} catatan yang tidak ada di sini, mulai {_named(lost[0])}: ekor riwayat dipotong, "
        "atau berkas ini salinan yang lebih lama."
    )
    return Finding(Fault.CUT, len(ours) + 1, sentence)


def _nothing_shared(first: Record, copy: Peek, *, backup: bool) -> Finding | str:
    """Not even the first record is the same: another cycle, or a chain written anew from its beginning.

    Another cycle's backups may lie in the folder, when two had one name, but it did not begin in the same moment.
    """
    name = f"“{copy.path.name}”"
    if backup and records_of(copy.events[:1])[0].at != first.at:
        return f"{name} adalah cadangan siklus lain yang pernah bernama sama, jadi tidak dibandingkan."
    sentence = (
        f"Tidak satu catatan pun sama dengan {name}: riwayat ini ditulis ulang sejak catatan pertama, atau {name} "
        "milik siklus lain."
    )
    return Finding(Fault.REWRITTEN, first.seq, sentence)


def _against_head(records: Sequence[Record], head: str) -> Finding | str:
    found = next((record for record in records if record.digest.startswith(head)), None)
    if found is not None:
        return f"Sidik {head[:SHORT_HEAD]} cocok dengan {_named(found)}."
    sentence = (
        f"Sidik {head[:SHORT_HEAD]} tidak ada di riwayat: riwayatnya dipotong atau ditulis ulang sesudah surat itu "
        "dicetak, atau sidik salah ketik."
    )
    return Finding(Fault.UNKNOWN, 0, sentence)


def _named(record: Record) -> str:
    """``catatan ke-14 (Budi, 15 Feb 2027 10.42 WIB, isian)``"""
    try:
        act = ACT_WORDS[Act(record.act)]
    except ValueError:
        act = "kegiatan tak dikenal"
    return f"catatan ke-{record.seq} ({', '.join(filter(None, (record.who[:60], _moment(record.at), act)))})"


def _moment(at: str) -> str:
    try:
        # Without the cycle's own zone, which is among what may have been changed.
        local = datetime.fromisoformat(at) + _WIB
    except (ValueError, OverflowError):
        return ""
    return f"{local.day} {month_name(local.month)[:3]} {local.year} {local:%H.%M} WIB"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
