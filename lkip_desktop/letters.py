"""What people do with the letters of a cycle: see them all, issue one, correct it, read the issued one again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from lkip_desktop import office, signers
from lkip_desktop.attachments import IncomingFile, accept, safe_name
from lkip_desktop.cycle_calendar import calendar, iso_date
from lkip_desktop.cycle_data import Issue, Official, Snapshot
from lkip_desktop.documents.catalog import KINDS, Made, make
from lkip_desktop.documents.letter_facts import LETTER_FACTS, about, recipient, steps, subjects
from lkip_desktop.documents.letter_words import letter_words
from lkip_desktop.numbering import Numbering, Running, Used, doubts, numbering, propose
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.ports import Progress
from lkip_desktop.register import Register, RegisterLine, Standing, standing
from lkip_desktop.sop.model import Needed
from lkip_desktop.words import long_date
from lkip_desktop.workflow import transitions
from lkip_desktop.workflow.events import Act, Draft, Event, Json, Who
from lkip_desktop.workflow.guards import Missing, missing
from lkip_desktop.workflow.state import CycleState, IssuedLetter, Signer
from lkip_desktop.workflow.transitions import Refusal

_TYPED = (Act.FILLED, Act.IMPORTED, Act.MERGED)
_NOBODY = (
    "Surat ini dibuat untuk setiap penerima, dan penerimanya belum dipilih. Pilih dahulu penerimanya; pengingat hanya "
    "bagi unit yang belum menyampaikan data."
)


# The letters of a cycle


@dataclass(frozen=True, slots=True)
class LetterItem:
    """A letter that a cycle has or could have: of a kind, to a subject (row id, or ""), at a step.

    `issued` are its versions, oldest first; empty while it is a draft.
    """

    step: str
    kind: str
    subject: str
    recipient: str
    issued: tuple[IssuedLetter, ...] = ()

    @property
    def title(self) -> str:
        return KINDS[self.kind].title

    @property
    def newest(self) -> IssuedLetter | None:
        return self.issued[-1] if self.issued else None

    @property
    def standing(self) -> Standing | None:
        """How its newest version stands; None for a draft."""
        return standing(self.issued[-1], ()) if self.issued else None


def is_letter(kind: str) -> bool:
    """Whether a kind of document is issued: it carries a date and somebody's signature."""
    return kind in KINDS and kind in LETTER_FACTS and bool(LETTER_FACTS[kind].date)


def items(snapshot: Snapshot) -> tuple[LetterItem, ...]:
    """Every letter of a cycle under the first step that offers it, in the SOP's order; many where each row gets one."""
    state = snapshot.state
    order = {step.id: number for number, step in enumerate(state.sop.steps)}
    first = {kind: next(iter(steps(kind, snapshot)), "") for kind in LETTER_FACTS if is_letter(kind)}
    offered = sorted((kind for kind in first if first[kind]), key=lambda kind: order[first[kind]])
    return tuple(item for kind in offered for item in _items(first[kind], kind, snapshot))


def _items(step: str, kind: str, snapshot: Snapshot) -> Iterator[LetterItem]:
    state = snapshot.state
    issued = {letter.subject: letter for letter in state.letters if letter.kind == kind}
    many = is_sent_to_each(kind)
    wanted = subjects(kind, snapshot) if many else ("",)
    for subject in dict.fromkeys((*wanted, *issued)):
        newest = issued.get(subject)
        to = newest.recipient if newest else recipient(kind, replace(snapshot, subject=subject))
        yield LetterItem(step, kind, subject, to, state.issued(kind, subject))


def current(cycle: Cycle, kind: str, subject: str = "") -> IssuedLetter | None:
    """The newest issued version of a letter, or None while it is a draft."""
    return next(reversed(cycle.state.issued(kind, subject)), None)


def is_sent_to_each(kind: str) -> bool:
    """Whether each row of a table gets its own letter of a kind."""
    return kind in LETTER_FACTS and bool(LETTER_FACTS[kind].table)


def apart(state: CycleState, kind: str, subject: str) -> bool:
    """Whether what is asked for without its recipient was issued to some: those are files of their own by now."""
    return is_sent_to_each(kind) and not subject and any(letter.kind == kind for letter in state.letters)


def first_subject(snapshot: Snapshot, kind: str) -> str:
    """To whom a kind of many letters goes next: the first without one, else the first; empty for other kinds."""
    rest = subjects(kind, snapshot) if LETTER_FACTS[kind].table else ()
    drafts = (row for row in rest if not snapshot.state.issued(kind, row))
    return next(drafts, next(iter(rest), ""))


def issued_file(cycle: Cycle, letter: IssuedLetter) -> Made:
    """The very file that was issued."""
    return Made(cycle.store.blob(letter.sha256), letter.name, letter.media_type)


def source(cycle: Cycle, kind: str, subject: str, today: date) -> Callable[[Progress | None], Made]:
    """What gives the document to be shown, printed or saved, to be called on any thread.

    The issued file where there is one, byte for byte; else a draft made from the cycle as it stands now.
    """
    letter = current(cycle, kind, subject)
    if letter is not None:
        found = letter
        return lambda _: issued_file(cycle, found)
    snapshot = replace(office.snapshot(cycle, today), subject=subject)
    return lambda progress: make(kind, snapshot, progress)


# Proposing


def usual_day(state: CycleState, kind: str, today: date) -> date:
    """The day that a letter's own form gives, else today."""
    return iso_date(state.text(LETTER_FACTS[kind].date)) or today


def number_for(cycle: Cycle, kind: str, subject: str, day: date, register: Register) -> str:
    """The number to propose; empty for a letter without one, or while the office's pattern cannot be used.

    A correction keeps its number; the same letter to several units has one number on one day; what was typed into the
    letter's form counts; else the next one after the register and what the other letters' forms say.
    """
    facts, state = LETTER_FACTS[kind], cycle.state
    if not facts.numbered:
        return ""
    older = current(cycle, kind, subject)
    if older is not None:
        return older.number
    if facts.table:
        others = [x for x in state.letters if x.kind == kind and x.date == day.isoformat()]
        if others:
            return others[-1].number
    typed = state.text(facts.number).strip()
    if typed and _typed(cycle.store.events(), facts.number):
        return typed
    rule = numbering(state.values)
    return "" if rule.problem else rule.write(propose(_used(cycle, kind, register, rule), day), day)


def number_doubts(cycle: Cycle, kind: str, subject: str, number: str, day: date, register: Register) -> tuple[str, ...]:
    """Sentences about a number and a day that a person may yet want."""
    rule = numbering(cycle.state.values)
    apart = [line for line in register.lines if _same_letter(cycle, kind, subject, number, line)]
    work = calendar(cycle.state)
    used = _used(cycle, kind, register, rule, apart)
    found = list(doubts(rule, number, day, used)) if LETTER_FACTS[kind].numbered else []
    if not work.is_working_day(day):
        found.append(f"{long_date(day)} bukan hari kerja.")
    if day > work.local(cycle.now()).date():
        found.append(f"{long_date(day)} belum tiba.")
    return tuple(found)


def _used(
    cycle: Cycle, kind: str, register: Register, rule: Numbering, apart: Collection[RegisterLine] = ()
) -> tuple[Used, ...]:
    """The numbers of the register, and those typed into the forms of this cycle's other letters."""
    titles = [(known.id, known.title) for known in KINDS.values()]
    return (*register.used(rule, titles, apart), *_kept_free(cycle, kind, rule))


def _kept_free(cycle: Cycle, kind: str, rule: Numbering) -> Iterator[Used]:
    state, events = cycle.state, cycle.store.events()
    issued = {letter.kind for letter in state.letters}
    for other, facts in LETTER_FACTS.items():
        text, day = state.text(facts.number).strip(), iso_date(state.text(facts.date))
        wanted = facts.numbered and is_letter(other) and other != kind and other not in issued
        if wanted and text and day is not None and _typed(events, facts.number):
            running = Running(0) if rule.problem else rule.read(text, day)
            yield Used(text, day, running, f"{KINDS[other].title} (belum terbit)")


def _same_letter(cycle: Cycle, kind: str, subject: str, number: str, line: RegisterLine) -> bool:
    """Whether a line is an earlier version of the letter, or the same letter to another unit."""
    here = line.path == cycle.store.path and line.letter.kind == kind
    sibling = bool(LETTER_FACTS[kind].table) and line.letter.number == number
    return here and (line.letter.subject == subject or sibling)


def _typed(events: tuple[Event, ...], path: str) -> bool:
    """Whether a person put the value at a path, not the beginning of the cycle or another letter."""
    last = next((event for event in reversed(events) if path in event.data.get("changes", {})), None)
    return last is not None and last.act in _TYPED


# Issuing


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asks to be issued. `official` is the signer's row id or ""; `reason` why it replaces a version."""

    kind: str
    subject: str
    number: str
    day: date | None
    signer: Signer
    official: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Prepared:
    """A letter that may be issued: what it is made from, its words, its event's data, and the history's head then."""

    order: Order
    snapshot: Snapshot
    words: bytes
    data: Mapping[str, Json]
    head: str


def prepare(cycle: Cycle, who: Who, order: Order, today: date) -> Prepared | Refusal:
    """Look whether a letter may be issued, and freeze all that it is made from."""
    refusal = _refusal(cycle, who, order)
    if refusal is not None or order.day is None:
        return refusal or Refusal(transitions.CLOSED)
    changes = _changes(cycle.state, order, order.day)
    filled = replace(cycle.state, values={**cycle.state.values, **changes})
    older = current(cycle, order.kind, order.subject)
    base = office.snapshot(cycle, today)
    snapshot = replace(base, state=filled, subject=order.subject, issue=_issue(filled, order, order.day, older))
    lacking = _lacking(cycle, order.kind, snapshot)
    if lacking:
        return Refusal(f"{KINDS[order.kind].title} belum dapat diterbitkan: {len(lacking)} isian kosong.", lacking)
    words = letter_words(order.kind, snapshot).encode()
    data = _data(snapshot, order, order.day, older)
    data["text_sha256"] = hashlib.sha256(words).hexdigest()
    if changes:
        data["changes"] = changes
    return Prepared(order, snapshot, words, data, cycle.state.head)


def write(prepared: Prepared, progress: Progress | None = None) -> IncomingFile:
    """The PDF of a prepared letter; on any thread. Raises Cancelled, and UserError when it cannot be made."""
    made = make(prepared.order.kind, prepared.snapshot, progress)
    return accept(_file_name(prepared, made.name), made.data)


def issue(cycle: Cycle, who: Who, prepared: Prepared, file: IncomingFile) -> Changed | Refusal:
    """Keep an issued letter, unless the cycle has changed since it was prepared."""
    blobs = {file.sha256: file.data, prepared.data["text_sha256"]: prepared.words}
    draft = Draft(who, Act.ISSUED, {**prepared.data, **file.described()})
    return cycle.record(draft, blobs, after=prepared.head)


def drafts_beside(snapshot: Snapshot, kind: str, subject: str) -> tuple[str, ...]:
    """The others (row ids) to whom the same letter goes and is not issued yet."""
    state = snapshot.state
    rest = subjects(kind, snapshot) if LETTER_FACTS[kind].table else ()
    return tuple(other for other in rest if other != subject and not state.issued(kind, other))


def issue_each(
    cycle: Cycle, who: Who, orders: Sequence[Order], today: date, done: list[Changed], progress: Progress | None = None
) -> Refusal | None:
    """Issue several letters one after the other, each its own act, on any thread; what was kept goes into `done`.

    Stops at the first refusal, which it gives back, and where `progress` wants no more.
    """
    for number, order in enumerate(orders):
        if progress is not None and not progress(number, len(orders)):
            return None
        prepared = prepare(cycle, who, order, today)
        outcome = prepared if isinstance(prepared, Refusal) else issue(cycle, who, prepared, write(prepared))
        if isinstance(outcome, Refusal):
            return outcome
        done.append(outcome)
    return None


def draft_words(cycle: Cycle, order: Order, today: date) -> str:
    """The words of a letter as it would be issued now, whether or not it may be."""
    snapshot = replace(office.snapshot(cycle, today), subject=order.subject)
    if order.day is not None:
        older = current(cycle, order.kind, order.subject)
        filled = replace(cycle.state, values={**cycle.state.values, **_changes(cycle.state, order, order.day)})
        snapshot = replace(snapshot, state=filled, issue=_issue(filled, order, order.day, older))
    return letter_words(order.kind, snapshot)


def _refusal(cycle: Cycle, who: Who, order: Order) -> Refusal | None:
    if cycle.state.closed:
        return Refusal(transitions.CLOSED)
    if not is_letter(order.kind):
        return Refusal("Dokumen ini tidak diterbitkan sebagai surat. Cetak atau simpan saja.")
    known = LETTER_FACTS[order.kind]
    if known.table and order.subject not in cycle.state.rows(known.table):
        return Refusal(_NOBODY)
    if not who.name.strip():
        return Refusal("Isi dahulu nama Anda, agar riwayat mencatat siapa yang menerbitkan.")
    if order.day is None:
        return Refusal("Isi dahulu tanggal surat.", (Missing("Belum diisi: Tanggal surat.", known.date),))
    if known.numbered and not order.number.strip():
        return Refusal("Isi dahulu nomor surat.", (Missing("Belum diisi: Nomor surat.", known.number),))
    if not order.signer.name.strip():
        return Refusal("Pilih dahulu penanda tangan surat.", (Missing("Belum diisi: Penanda tangan.", known.signer),))
    if current(cycle, order.kind, order.subject) is not None and not order.reason.strip():
        return Refusal("Surat ini sudah terbit. Versi baru memerlukan alasan, agar jelas apa yang digantikan.")
    return None


def _changes(state: CycleState, order: Order, day: date) -> dict[str, Json]:
    """What the letter's own fields say once it is issued, where that is new."""
    known = LETTER_FACTS[order.kind]
    wanted = {known.number: order.number.strip(), known.date: day.isoformat(), known.signer: order.official}
    fields = state.sop.fields
    return {path: text for path, text in wanted.items() if path in fields and text and state.text(path) != text}


def _issue(state: CycleState, order: Order, day: date, older: IssuedLetter | None) -> Issue:
    head = state.head[:8]
    abbreviation = state.text("report_abbreviation") or "LKIP"
    code = "|".join((f"{abbreviation} {state.year}", order.number.strip() or KINDS[order.kind].title, f"{day}", head))
    return Issue(order.number.strip(), day, order.signer, head, code, replaced_words(older) if older else "")


def replaced_words(older: IssuedLetter) -> str:
    """``menggantikan versi 1, nomor 000.8.6.3/012/Insp/2027, tanggal 15 Februari 2027``"""
    number = f", nomor {older.number}" if older.number else ""
    return f"menggantikan versi {older.version}{number}, tanggal {long_date(date.fromisoformat(older.date))}"


def _data(snapshot: Snapshot, order: Order, day: date, older: IssuedLetter | None) -> dict[str, Json]:
    """The keys of the ISSUED event but those of the words, the changes and the file."""
    number, rule = order.number.strip(), numbering(snapshot.state.values)
    data: dict[str, Json] = {
        "kind": order.kind,
        "subject": order.subject,
        "number": number,
        "sequence": 0 if rule.problem or not number else rule.read(number, day).number,
        "year": day.year,
        "date": day.isoformat(),
        "version": older.version + 1 if older else 1,
        "replaces": older.id if older else 0,
        "about": about(order.kind, snapshot),
        "recipient": recipient(order.kind, snapshot),
        "signer": asdict(order.signer),
        "head": snapshot.state.head[:8],
    }
    return {**data, "reason": order.reason.strip()} if older is not None else data


def _file_name(prepared: Prepared, name: str) -> str:
    """``Surat Pengantar LKIP 2026 versi 2.pdf``"""
    path = PurePath(name)
    version = f"versi {prepared.data['version']}" if prepared.data["version"] > 1 else ""
    return safe_name(" ".join(part for part in (path.stem, version) if part) + path.suffix)


class _Watched(dict[str, Any]):
    """Values that remember which of them were asked for."""

    def __init__(self, values: Mapping[str, Json]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def _lacking(cycle: Cycle, kind: str, snapshot: Snapshot) -> tuple[Missing, ...]:
    """The required fields that the letter's own words are taken from and that are empty or cannot be read."""
    watched = _Watched(snapshot.state.values)
    state = replace(snapshot.state, values=watched)
    letter_words(kind, replace(snapshot, state=state))
    known = LETTER_FACTS[kind]
    asked = watched.asked - {known.number, known.date, known.signer}
    found = [m for step in state.sop.steps for m in missing(state, replace(step, guards=()), "") if m.blocks]
    profile = [f for f in cycle.profile if f.id in asked and f.needed is Needed.REQUIRED and not state.text(f.id)]
    lacking = [Missing(f"Belum diisi dalam profil instansi: {f.label}.", f.id) for f in profile]
    return (*(m for m in found if m.where in asked), *lacking)


def signer_of(kind: str, snapshot: Snapshot, day: date) -> tuple[Official | None, Signer]:
    """The official proposed for a letter's day, and the signer as frozen; nobody while the profile knows none."""
    official = signers.proposed(kind, snapshot, day)
    if official is None:
        return None, Signer("")
    return official, signers.frozen(official, signers.authorities(kind, snapshot, official, day)[0])
