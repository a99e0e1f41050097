"""Who signs a letter on its day: the official proposed, those who may, and on whose authority."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lkip_desktop.cycle_data import Official, Snapshot, officials, serving
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter_facts import LETTER_FACTS
from lkip_desktop.documents.letter_words import letter_words
from lkip_desktop.words import long_date
from lkip_desktop.workflow.state import Signer


def signing_role(kind: str, snapshot: Snapshot) -> str:
    """The role whose letter it is: the head's where a signer is chosen, else that of the step that dates it."""
    known, sop = LETTER_FACTS[kind], snapshot.state.sop
    dated = sop.fields.get(known.date)
    return facts.head_role(snapshot) if known.signer or dated is None else dated[0].actor


def proposed(kind: str, snapshot: Snapshot, day: date) -> Official | None:
    """The official chosen in the letter's form if serving on its day, else the one who serves in its role then.

    A letter whose form has names in place of officials (minutes) is signed by the one whom its draft names first.
    """
    field = LETTER_FACTS[kind].signer
    chosen = snapshot.official(field) if field else None
    if chosen is not None and chosen.serves(day):
        return chosen
    usual = serving(snapshot.state, signing_role(kind, snapshot), day)
    if field:
        return usual
    words = letter_words(kind, snapshot)
    if usual is not None and usual.name in words:
        return usual
    named = [o for o in eligible(snapshot, day) if o.serves(day) and o.name in words]
    return min(named, key=lambda official: words.index(official.name), default=usual)


def eligible(snapshot: Snapshot, day: date) -> tuple[Official, ...]:
    """The officials with those who serve on a day first, in the order of the profile."""
    named = [o for o in officials(snapshot.state) if o.name.strip()]
    return tuple(sorted(named, key=lambda o: not o.serves(day)))


def authorities(kind: str, snapshot: Snapshot, official: Official, day: date) -> tuple[str, ...]:
    """The lines above the title that are possible, the usual one first; empty where one signs in one's own office.

    An official of another role signs *a.n.* (atas nama) the letter's own official, or below that one's deputy *u.b.*
    (untuk beliau), as in Permendagri 1/2023.
    """
    role = signing_role(kind, snapshot)
    if official.role in ("", role):
        return ("",)
    head = _position(snapshot, role, day)
    roles = (actor.id for actor in snapshot.state.sop.actors if actor.id not in (role, official.role))
    deputies = (serving(snapshot.state, other, day) for other in roles)
    between = [d.position for d in deputies if d is not None and d.position.strip()]
    return (f"a.n. {head}", *(f"a.n. {head}\n{deputy}\nu.b." for deputy in dict.fromkeys(between)), "")


def frozen(official: Official, authority: str = "") -> Signer:
    """What a letter keeps of its signer."""
    return Signer(official.name.strip(), official.rank.strip(), official.nip.strip(), official.title, authority)


def doubts(kind: str, snapshot: Snapshot, official: Official, day: date) -> Iterator[str]:
    """Sentences about a signer that a person may yet want."""
    if not official.serves(day):
        yield f"Menurut profil, {official.name} tidak menjabat {official.title} pada {long_date(day)}."
    other = serving(snapshot.state, official.role, day) if official.role else None
    if other is not None and other.id != official.id and official.serves(day):
        yield f"Pada {long_date(day)} yang menjabat menurut profil: {other.title} {other.name}."
    if not official.position.strip():
        yield f"Jabatan {official.name} belum diisi dalam profil instansi."


def _position(snapshot: Snapshot, role: str, day: date) -> str:
    chief = serving(snapshot.state, role, day)
    return chief.position if chief else snapshot.state.sop.actor_names.get(role, "Pimpinan")
