"""The people of a cycle and their passwords: who may sit here, whose own word an approval needs, and how to change it.

A password tells on a shared PC who acted; it does not lock the file, which anybody who has it can read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from lkip_desktop import office
from lkip_desktop.cycle_data import serving, table
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.sop.model import Step
from lkip_desktop.workflow.events import Act, Draft, Who
from lkip_desktop.workflow.state import CycleState
from lkip_desktop.workflow.transitions import PAPER, PASSWORD, Refusal, needs_word

if TYPE_CHECKING:
    from datetime import date

    from argon2 import PasswordHasher

PEOPLE = "people"
SHORTEST, LONGEST = 8, 200
MEMORY_KIB, TIME_COST, LANES = 19 * 1024, 2, 1
"""argon2id as OWASP's password storage cheat sheet advises: 19 MiB, two passes, one lane."""

FREE_TRIES = 3
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=5), timedelta(minutes=15)

WRONG = "Kata sandi tidak cocok."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works on the cycle; `id` is a row of the table ``people``, `role` an actor id or empty."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries in a row, and when the last one was (aware)."""

    count: int = 0
    last: datetime | None = None


class WrongWord(Refusal):
    """The password that was typed is why an act is not done."""


class TryBook(Protocol):
    """Keeps the wrong tries on this PC; `key` names a person in a cycle."""

    def tries(self, key: str) -> Tries: ...

    def note_tries(self, key: str, tries: Tries) -> None: ...


class MemoryBook:
    """Wrong tries for as long as the program runs."""

    def __init__(self) -> None:
        self._kept: dict[str, Tries] = {}

    def tries(self, key: str) -> Tries:
        return self._kept.get(key, Tries())

    def note_tries(self, key: str, tries: Tries) -> None:
        self._kept[key] = tries


def people(state: CycleState) -> tuple[Person, ...]:
    """Everyone with a name, in the order of the table."""
    return tuple(person for person in table(state, PEOPLE, Person) if person.name.strip())


def person_named(state: CycleState, name: str) -> Person | None:
    """The person of a name, whatever its capitals and spaces; one with a password goes first."""
    wanted = _folded(name)
    found = [person for person in people(state) if _folded(person.name) == wanted]
    return next((person for person in found if person.id in state.passwords), found[0] if found else None)


def guarded(state: CycleState, name: str) -> Person | None:
    """The person of a name if a password is set for them, else None."""
    person = person_named(state, name)
    return person if person is not None and person.id in state.passwords else None


def approver(state: CycleState, step: Step, day: date, name: str = "") -> Person | None:
    """Whose own word leaving `step` asks for: `name` if they hold the role, else who serves on a day, else the first.

    None when the step decides nothing or nobody of its role has a password.
    """
    if not needs_word(state, step):
        return None
    held = [person for person in people(state) if person.role == step.actor and person.id in state.passwords]
    official = serving(state, step.actor, day)
    for wanted in (name, official.name if official else ""):
        found = next((person for person in held if wanted and _folded(person.name) == _folded(wanted)), None)
        if found is not None:
            return found
    return held[0] if held else None


# Words


def check(cycle: Cycle, person: Person, word: str, book: TryBook) -> WrongWord | None:
    """None when `word` is the person's password, else why not; wrong tries are noted and make the next one wait."""
    kept = cycle.state.passwords.get(person.id)
    if kept is None:
        return None
    if not word:
        return WrongWord(f"Ketik dahulu kata sandi {person.name.rstrip('.')}.")
    key, now = _key(cycle, person), cycle.clock.now()
    tries = book.tries(key)
    wait = waiting(tries, now)
    if wait:
        return WrongWord(f"Terlalu banyak percobaan yang salah. Tunggu {in_words(wait)}, lalu coba lagi.")
    if _matches(kept, word):
        book.note_tries(key, Tries())
        return None
    tries = Tries(tries.count + 1, now)
    book.note_tries(key, tries)
    wait = waiting(tries, now)
    return WrongWord(f"{WRONG} Percobaan berikutnya sesudah {in_words(wait)}." if wait else WRONG)


def waiting(tries: Tries, now: datetime) -> timedelta:
    """How long the next try must wait: nothing for the first three, then 5 s, doubled each time, at most 15 minutes.

    A PC clock that was set back makes nobody wait longer than the whole delay.
    """
    if tries.count < FREE_TRIES or tries.last is None:
        return timedelta()
    doubled: int = 2 ** min(tries.count - FREE_TRIES, 20)
    delay = min(FIRST_DELAY * doubled, LONGEST_DELAY)
    return max(timedelta(), min(tries.last + delay - now, delay))


def in_words(wait: timedelta) -> str:
    """``12 detik``, ``3 menit``; rounded up."""
    seconds = -(-wait // timedelta(seconds=1))
    return f"{seconds} detik" if seconds < 60 else f"{-(-seconds // 60)} menit"


def _key(cycle: Cycle, person: Person) -> str:
    """Names the person in this cycle, wherever its file lies: by the seal of its first event."""
    return f"{cycle.store.events()[0].digest[:16]}-{person.id}"


def _hasher() -> PasswordHasher:
    # Costs 30 ms that a start without passwords does not pay.
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=LANES)


def _matches(kept: str, word: str) -> bool:
    """Whether a word fits a kept hash; a hash from outside may not ask for more work than ours do."""
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        cost = extract_parameters(kept)
        if cost.memory_cost > MEMORY_KIB * 4 or cost.time_cost > TIME_COST * 5 or cost.parallelism > LANES * 4:
            return False
        return _hasher().verify(kept, _plain(word))
    except (InvalidHashError, VerificationError, ValueError):
        return False


def _plain(word: str) -> str:
    """One spelling for letters that keyboards write in two ways."""
    return unicodedata.normalize("NFC", word)


# Acts


def set_password(cycle: Cycle, who: Who, person: str, new: str, old: str, book: TryBook) -> Changed | Refusal:
    """Set a person's first password, or change it with the old one."""
    found = _person(cycle.state, person)
    if found is None:
        return Refusal("Orang itu tidak ada dalam daftar siklus ini.")
    refusal = check(cycle, found, old, book) or _unfit(new)
    if refusal is not None:
        return refusal
    first_by_other = found.id not in cycle.state.passwords and _folded(who.name) != _folded(found.name)
    return _record(cycle, who, found, _hasher().hash(_plain(new)), reset=first_by_other)


def remove_password(cycle: Cycle, who: Who, person: str, old: str, book: TryBook) -> Changed | Refusal:
    """Take one's own password away, with the old one."""
    found = _person(cycle.state, person)
    if found is None or found.id not in cycle.state.passwords:
        return Refusal("Orang itu tidak mempunyai kata sandi.")
    return check(cycle, found, old, book) or _record(cycle, who, found, "", reset=False)


def reset_password(cycle: Cycle, who: Who, person: str, new: str, own_word: str, book: TryBook) -> Changed | Refusal:
    """Give somebody who forgot theirs a new password: by a person in another role, with that person's own word."""
    state, found = cycle.state, _person(cycle.state, person)
    if found is None or found.id not in state.passwords:
        return Refusal("Orang itu tidak mempunyai kata sandi.")
    refusal = _may_reset(state, who, found)
    mine = guarded(state, who.name)
    if refusal is None and mine is not None:
        refusal = check(cycle, mine, own_word, book)
    return refusal or _unfit(new) or _record(cycle, who, found, _hasher().hash(_plain(new)), reset=True)


def _may_reset(state: CycleState, who: Who, person: Person) -> Refusal | None:
    if not who.name.strip():
        return Refusal("Isi dahulu nama Anda, agar riwayat mencatat siapa yang mengatur ulang.")
    if _folded(who.name) == _folded(person.name):
        return Refusal("Kata sandi sendiri diganti dengan kata sandi yang lama, bukan diatur ulang.")
    if not who.role or who.role == person.role:
        role = state.sop.actor_names.get(person.role, "orang itu")
        return Refusal(f"Kata sandi {role} hanya dapat diatur ulang oleh orang dengan peran lain.")
    return None


def _unfit(word: str) -> Refusal | None:
    if len(word) < SHORTEST:
        return Refusal(f"Kata sandi terlalu pendek. Pakai sedikitnya {SHORTEST} karakter.")
    if len(word) > LONGEST or not word.isprintable():
        return Refusal(f"Kata sandi paling panjang {LONGEST} karakter, tanpa karakter kendali.")
    return None


def _person(state: CycleState, person: str) -> Person | None:
    return next((found for found in people(state) if found.id == person), None)


def _record(cycle: Cycle, who: Who, person: Person, word: str, *, reset: bool) -> Changed | Refusal:
    return cycle.record(Draft(who, Act.PASSWORD, {"person": person.id, "hash": word, "reset": reset}))


@dataclass(frozen=True, slots=True)
class Consent:
    """How the official agrees to a decision: by `word`, typed here, or on `paper`, which a clerk records."""

    word: str = ""
    paper: bool = False


def decide(
    cycle: Cycle,
    who: Who,
    step: Step,
    decision: str,
    consent: Consent,
    book: TryBook,
    *,
    day: date,
    reason: str = "",
    answers: Mapping[str, str] | None = None,
) -> Changed | Refusal:
    """Leave a step whose official has a password. `who` sits at the PC; `day` is today in the office.

    With the word the act is the official's own; from paper it is the clerk's, on the official's behalf.
    """
    official = approver(cycle.state, step, day, who.name)
    if official is None:
        return office.complete_step(cycle, who, step.id, decision, reason, answers)
    if consent.paper:
        return _from_paper(cycle, who, step, decision, official, day, reason, answers)
    refusal = check(cycle, official, consent.word, book)
    if refusal is not None:
        return refusal
    own = Who(official.name, step.actor)
    return office.complete_step(cycle, own, step.id, decision, reason, answers, authority=PASSWORD)


def _from_paper(
    cycle: Cycle,
    who: Who,
    step: Step,
    decision: str,
    official: Person,
    day: date,
    reason: str,
    answers: Mapping[str, str] | None,
) -> Changed | Refusal:
    if _folded(who.name) == _folded(official.name):
        return Refusal("Persetujuan di atas kertas dicatat oleh orang lain. Anda sendiri menyetujui dengan kata sandi.")
    for_role = office.acting_for(cycle.state, step.actor, who.name, day)
    on_behalf = for_role if for_role.behalf else replace(for_role, behalf=official.name)
    return office.complete_step(cycle, on_behalf, step.id, decision, reason, answers, authority=PAPER)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
