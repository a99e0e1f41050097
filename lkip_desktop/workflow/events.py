"""What happened in a cycle, one sealed event per act. Events are only ever appended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

Json = Any
GENESIS = "0" * 64


class Act(StrEnum):
    """The kinds of acts, with the keys of `Event.data`.

    CREATED   year, sop (id), sop_sha256, values (path → text or list of row ids)
    FILLED    changes (path → text, list of row ids, or None)
    ATTACHED  field (path), name, sha256, size, media_type
    DETACHED  attachment (seq of the ATTACHED event)
    RESTORED  attachment: takes a DETACHED back
    COMPLETED step, round, decision, target ("" closes), reason, answers (guard message → reason)
    UNDONE    event (seq of the act that is taken back)
    REOPENED  step, reason
    KEPT      kind, version, name, sha256, size, media_type, source ("generated" or "imported")
    PRINTED   kind, version, printer; since format 2 also letter (seq of the ISSUED event, or 0), pages, copies
    ISSUED    a letter is frozen: kind, subject (row id of the one addressed, or ""), number, sequence (0: none), year,
              date (ISO), version, replaces (seq of the ISSUED event before, or 0), about, recipient, signer (name,
              rank, nip, title, authority), head (of the history, as printed), text_sha256 (a blob: the frozen words,
              UTF-8), name, sha256, size, media_type of the PDF; where it replaces one, reason; changes as in FILLED:
              what the letter's own fields say from now on, so that nothing is typed twice
    SIGNED    the signed copy of an issued letter: letter (seq of the ISSUED event), verdict (``same``, ``different``,
              ``picture``), name, sha256, size, media_type
    IMPORTED  kind, unit (row id, or ""), changes as in FILLED, field (path that keeps the file, or ""), name, sha256,
              size, media_type of the file imported; one of kind ``report`` is also kept as a version of the report
    MERGED    taken over from another copy of the cycle: other_head, base (seq of the last common event), changes as in
              FILLED, attachments (list of field, name, sha256, size, media_type)
    PASSWORD  person (row id of the table ``people``), hash (argon2id, "" takes it away), reset (by somebody else)
    ARCHIVED  name, package_digest (SHA-256), size of the hand-over package

    COMPLETED may also hold authority: ``password`` (the official's own word) or ``paper`` (recorded from paper).
    """

    CREATED = "created"
    FILLED = "filled"
    ATTACHED = "attached"
    DETACHED = "detached"
    RESTORED = "restored"
    COMPLETED = "completed"
    UNDONE = "undone"
    REOPENED = "reopened"
    KEPT = "kept"
    PRINTED = "printed"
    ISSUED = "issued"
    SIGNED = "signed"
    IMPORTED = "imported"
    MERGED = "merged"
    PASSWORD = "password"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts: a person's name, in which role (an actor id), and for whom.

    `behalf` is empty, or names the official for whom a clerk records, with the authority: ``Plt. Inspektur Drs. A``.
    """

    name: str
    role: str = ""
    behalf: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An act that is allowed and not yet kept."""

    who: Who
    act: Act
    data: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """A kept act. `seq` counts from 1; `at` is UTC to the microsecond; `digest` chains to `previous`."""

    seq: int
    at: datetime
    who: Who
    act: Act
    data: Mapping[str, Json]
    previous: str
    digest: str


def canonical(data: Json) -> str:
    """JSON in one fixed spelling: sorted keys, no spaces, text unescaped."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(seq: int, at: datetime, who: Who, act: Act, data: Mapping[str, Json], previous: str) -> str:
    """SHA-256 in hex over the canonical JSON of an event and the digest before it."""
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    whole = [seq, stamp, who.name, who.role, who.behalf, act.value, data, previous]
    return hashlib.sha256(canonical(whole).encode()).hexdigest()


def seal(draft: Draft, seq: int, at: datetime, previous: str) -> Event:
    """The event that keeps `draft` as number `seq` after the event with digest `previous` (GENESIS for the first)."""
    sealed = digest(seq, at, draft.who, draft.act, draft.data, previous)
    return Event(seq, at, draft.who, draft.act, draft.data, previous, sealed)


def first_break(events: Iterable[Event]) -> int | None:
    """The seq at which the chain does not hold (changed, removed, inserted, out of order), or None if it is whole."""
    previous = GENESIS
    for expected, event in enumerate(events, start=1):
        sealed = digest(event.seq, event.at, event.who, event.act, event.data, event.previous)
        if event.seq != expected or event.previous != previous or event.digest != sealed:
            return expected
        previous = event.digest
    return None
