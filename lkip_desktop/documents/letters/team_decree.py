"""The *Keputusan* that forms the drafting team, with its annex of members: what it says, from the cycle."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import (
    Annex,
    Centred,
    Clause,
    Closing,
    CopiesTo,
    Letter,
    Part,
    Signatures,
    Table,
    Title,
)
from lkip_desktop.documents.letter_frame import columns, day_text, filled, frame, number, signatory, words

KIND = "team-decree"
UNDER = "u.b."
ACTING = ("Plt.", "Plh.", "Pj.", "Pjs.")


def team_decree(snapshot: Snapshot) -> Letter:
    """The decree of a snapshot. Layout: Permendagri 1/2023, *keputusan*."""
    said = words(KIND, snapshot)
    title = _position(snapshot)
    known = {"head": title.upper(), "title": title}
    return frame(KIND, snapshot, (*_decree(snapshot, said, known), *_annex(snapshot, said, known)))


def _position(snapshot: Snapshot) -> str:
    """The head's position in full: the official's, with the region's name unless it holds that already."""
    chosen = snapshot.official("team_decree_signer")
    on = facts.day(snapshot, "team_decree_date") or snapshot.today
    plain = chosen.position if chosen and chosen.role == facts.head_role(snapshot) else facts.head_title(snapshot, on)
    government = snapshot.agency.government.strip()
    region = government.removeprefix("PEMERINTAH ").title()
    return plain if not region or region.casefold() in plain.casefold() else f"{plain} {region}"


def _upper(text: str, snapshot: Snapshot, known: dict[str, str]) -> str:
    return filled(text, snapshot, **known).upper()


def _decree(snapshot: Snapshot, said: dict[str, Any], known: dict[str, str]) -> tuple[Part, ...]:
    about = [_upper(said[name], snapshot, known) for name in ("concerning", "subject", "issuer")]
    reasons = _texts(snapshot, "team_decree_considerations", said["considerations"], known)
    grounds = _grounds(snapshot, said)
    *clauses, last = _clauses(snapshot, said, known)
    return (
        facts.letterhead(snapshot),
        Title(_upper(said["title"], snapshot, known), said["number"].format(number=number(KIND, snapshot)), (*about,)),
        Clause(said["considering"], reasons, tuple(f"{chr(ord('a') + n % 26)}." for n in range(len(reasons)))),
        Clause(said["grounds"], grounds, tuple(f"{n}." for n in range(1, len(grounds) + 1))),
        Centred(said["decided"]),
        Clause(said["stating"], (_upper(said["stated"], snapshot, known),)),
        *clauses,
        _closing(snapshot, said, last),
    )


def _texts(snapshot: Snapshot, field: str, usual: list[str], known: dict[str, str]) -> tuple[str, ...]:
    """The lines of a field, or the usual sentences."""
    return facts.lines(snapshot.state.text(field)) or tuple(filled(text, snapshot, **known) for text in usual)


def _grounds(snapshot: Snapshot, said: dict[str, Any]) -> tuple[str, ...]:
    """The legal grounds of the form, or those that the SOP lists, each once."""
    typed = facts.lines(snapshot.state.text("team_decree_grounds"))
    lists = (entry for entry in snapshot.state.sop.lists if entry.id == said["ground_list"])
    listed = (item.clean.strip().rstrip(".;") for entry in lists for item in entry.items)
    return typed or tuple(dict.fromkeys(f"{text};" for text in listed if text)) or (facts.DOTS,)


def _clauses(snapshot: Snapshot, said: dict[str, Any], known: dict[str, str]) -> tuple[Clause, ...]:
    texts = _texts(snapshot, "team_decree_clauses", said["clauses"], known)
    names = said["ordinals"]
    return tuple(Clause(names[n] if n < len(names) else f"KE-{n + 1}", (text,)) for n, text in enumerate(texts))


def _closing(snapshot: Snapshot, said: dict[str, Any], last: Clause) -> Closing:
    copies = facts.lines(snapshot.state.text("team_decree_copies_to"))
    parts = (last, Signatures(None, _signer(snapshot, said)))
    return Closing((*parts, CopiesTo(said["copies"], copies)) if copies else parts)


def _signer(snapshot: Snapshot, said: dict[str, Any]) -> Any:
    enacted = said["enacted"].format(place=facts.place(snapshot))
    signer = signatory(KIND, snapshot, enacted, said["enacted_on"].format(date=day_text(KIND, snapshot)))
    fixed, (*authority, title) = signer.above[:2], signer.above[2:]
    acting, position = _acting(title.rstrip(","))
    full = _position(snapshot)
    position = full if not authority and position in full else position
    raised = (line if line == UNDER else line.upper().replace("A.N. ", "a.n. ") for line in authority)
    return replace(signer, above=(*fixed, *raised, f"{acting}{position.upper()},"))


def _acting(title: str) -> tuple[str, str]:
    """The short word of an acting official, as it stands before a title in capitals, and the title itself."""
    first, _, rest = title.partition(" ")
    return (f"{first} ", rest) if first in ACTING else ("", title)


def _annex(snapshot: Snapshot, said: dict[str, Any], known: dict[str, str]) -> tuple[Part, ...]:
    state = snapshot.state
    about = _upper(said["subject"], snapshot, known)
    rows = (
        (said["annex_number"], number(KIND, snapshot)),
        (said["annex_date"], day_text(KIND, snapshot).upper()),
        (said["annex_about"], about),
    )
    members = tuple(
        (f"{n}.", *(state.cell("team", row, column) for column in ("duty", "name", "position")))
        for n, row in enumerate(state.rows("team"), start=1)
    )
    blank = tuple((f"{n}.", "", "", "") for n in range(1, 6))
    return (
        Annex((said["annex"], _upper(said["annex_of"], snapshot, known)), rows),
        Title(_upper(said["members"], snapshot, known)),
        Table(columns(said), members or blank),
        Closing((Signatures(None, _signer(snapshot, said)),)),
    )
