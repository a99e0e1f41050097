"""What all letters share: look, fixed words, number, date, signer and the small print, from a snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from lkip_desktop.cycle_data import Official, Snapshot, serving
from lkip_desktop.documents import facts
from lkip_desktop.documents.assets import toml
from lkip_desktop.documents.letter import Column, Letter, Look, Part, Signatory
from lkip_desktop.documents.letter_facts import LETTER_FACTS
from lkip_desktop.documents.letter_style import has_room, usual_look
from lkip_desktop.words import full_date, long_date
from lkip_desktop.workflow.state import CycleState, Signer

EVERY = "Semua surat"
COMPARED = ("ground_list", "letter_form", "yes", "no", "not_asked")
ANCHOR = "#"


def bare(kind: str, snapshot: Snapshot, parts: tuple[Part, ...]) -> Letter:
    """What is cut out or stuck on, in the kind's look: no small print."""
    return replace(frame(kind, snapshot, parts), footer=(), qr="")


def frame(kind: str, snapshot: Snapshot, parts: tuple[Part, ...]) -> Letter:
    """A letter of these parts, in the kind's look and with its small print."""
    agency, issue = snapshot.agency, snapshot.issue
    footer = (f"{agency.report_abbreviation} {snapshot.state.year} · riwayat {head(snapshot)}",)
    return Letter(
        title=f"{title(kind)} {agency.report_abbreviation} {snapshot.state.year}",
        author=agency.short,
        look=look(kind, snapshot),
        parts=parts,
        footer=(*footer, issue.replaces[0].upper() + issue.replaces[1:]) if issue and issue.replaces else footer,
        qr=issue.qr if issue else "",
    )


def head(snapshot: Snapshot) -> str:
    """The short head of the history that a letter carries."""
    return snapshot.issue.head if snapshot.issue else snapshot.state.head[:8]


def title(kind: str) -> str:
    from lkip_desktop.documents.letter_kinds import LETTERS

    return next(letter.title for letter in LETTERS if letter.id == kind)


def look(kind: str, snapshot: Snapshot) -> Look:
    """The usual look of a kind, the agency's paper, and over them what the profile sets for all letters or this one.

    What is not written on a sheet like the others, as an envelope or labels, keeps its own paper and margins unless
    the profile names its kind. Margins that leave no room for a text are left out.
    """
    usual = usual_look(kind)
    found = _styled(replace(usual, paper=snapshot.agency.paper), snapshot.state, EVERY)
    margins = usual.margins if any(usual.margins) else found.margins
    found = _styled(replace(found, paper=usual.paper or found.paper, margins=margins), snapshot.state, title(kind))
    return found if has_room(found) else replace(found, margins=usual.margins)


def _styled(found: Look, state: CycleState, letter: str) -> Look:
    """A look and over it what the profile sets for a letter's title, or for EVERY."""
    for row in state.rows("letter_styles"):
        if state.cell("letter_styles", row, "letter") == letter:
            found = _over(found, state, row)
    return found


def _over(found: Look, state: CycleState, row: str) -> Look:
    def cell(column: str) -> str:
        return state.cell("letter_styles", row, column).strip()

    sides = zip(("top", "bottom", "left", "right"), found.margins, strict=True)
    top, bottom, left, right = (_measure(cell(name), 60) or usual for name, usual in sides)
    return replace(
        found,
        paper=cell("paper") or found.paper,
        font=cell("font") or found.font,
        size=_measure(cell("size"), 24) or found.size,
        margins=(top, bottom, left, right),
    )


def _measure(text: str, most: float) -> float:
    """A length or size as typed, at most `most`; 0 when there is none or it is no figure that a page could take."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return 0
    return value if 4 <= value <= most else 0


def words(kind: str, snapshot: Snapshot) -> dict[str, Any]:
    """The fixed words of a kind over those of all letters, with what the office says in place of a sentence."""
    data = toml("letters.toml")
    state, own = snapshot.state, {}
    for wanted in (EVERY, title(kind)):
        for row in state.rows("letter_words"):
            if state.cell("letter_words", row, "letter") == wanted:
                own[state.cell("letter_words", row, "usual").strip()] = state.cell("letter_words", row, "own").strip()
    return {name: _said(value, own) for name, value in {**data["shared"], **data.get(kind, {})}.items()}


def usual_sentences(letter: str) -> tuple[str, ...]:
    """The fixed sentences of a letter (by its title, or EVERY) that an office may say in its own words.

    Those of all letters are the shared ones and what stands in several. Empty for an unknown letter.
    """
    from lkip_desktop.documents.letter_kinds import LETTERS

    data = toml("letters.toml")
    shared = list(_sentences(data["shared"]))
    own = {kind.title: list(_sentences(data.get(kind.id, {}))) for kind in LETTERS}
    if letter == EVERY:
        counted = Counter(text for texts in own.values() for text in dict.fromkeys(texts))
        return tuple(dict.fromkeys([*shared, *(text for text, many in counted.items() if many > 1)]))
    return tuple(dict.fromkeys([*own[letter], *shared])) if letter in own else ()


def _sentences(said: dict[str, Any]) -> Iterator[str]:
    """What is printed: neither lengths nor the names of lists, nor the answers that a form is compared with."""
    for name, value in said.items():
        texts = value if isinstance(value, list) else [value]
        if name not in COMPARED:
            yield from (text.strip() for text in texts if isinstance(text, str) and any(map(str.isalpha, text)))


def _said(value: Any, own: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_said(item, own) for item in value]
    return own.get(value.strip(), value) if isinstance(value, str) and own else value


def filled(text: str, snapshot: Snapshot, **more: str) -> str:
    """A fixed sentence with ``{abbreviation}``, ``{report}``, ``{year}``, ``{agency}`` and `more` put in."""
    agency = snapshot.agency
    known = {
        "abbreviation": agency.report_abbreviation,
        "report": agency.report_title,
        "year": str(snapshot.state.year),
        "agency": facts.given(agency.short, facts.SHORT_DOTS),
        **more,
    }
    for name, said in known.items():
        text = text.replace("{" + name + "}", said)
    return text


def number(kind: str, snapshot: Snapshot, dots: str = facts.DOTS) -> str:
    """The number given at the issue, else the form's, else a dotted line."""
    if snapshot.issue:
        return snapshot.issue.number or dots
    return facts.given(snapshot.state.text(LETTER_FACTS[kind].number), dots)


def day(kind: str, snapshot: Snapshot) -> date | None:
    """The date given at the issue, else the form's."""
    return snapshot.issue.date if snapshot.issue else facts.day(snapshot, LETTER_FACTS[kind].date)


def day_text(kind: str, snapshot: Snapshot, *, weekday: bool = False, dots: str = facts.DOTS) -> str:
    found = day(kind, snapshot)
    if found is None:
        return dots
    return full_date(found) if weekday else long_date(found)


def place_and_date(kind: str, snapshot: Snapshot) -> str:
    """``Serang, 15 Februari 2027``"""
    return f"{facts.place(snapshot)}, {day_text(kind, snapshot)}"


def signatory(kind: str, snapshot: Snapshot, *above: str) -> Signatory:
    """Who signs a letter, under the lines `above`: as issued, else the official of its field or of its step."""
    anchor = ANCHOR if snapshot.state.text("tte_anchor") == "ya" else ""
    if snapshot.issue:
        return replace(_issued(snapshot.issue.signer, above), anchor=anchor)
    on = day(kind, snapshot) or snapshot.today
    field = LETTER_FACTS[kind].signer
    if field:
        return replace(facts.signatory(snapshot, snapshot.official(field), on, *above), anchor=anchor)
    return replace(step_signatory(kind, snapshot, on, *above), anchor=anchor)


def step_signatory(kind: str, snapshot: Snapshot, on: date, *above: str) -> Signatory:
    """The official of the actor in whose step the letter is dated, in that official's own name."""
    dated = snapshot.state.sop.fields.get(LETTER_FACTS[kind].date)
    return role_signatory(snapshot, dated[0].actor if dated else facts.head_role(snapshot), on, *above)


def role_signatory(snapshot: Snapshot, role: str, on: date, *above: str) -> Signatory:
    """The official who serves in a role on a day, in the own office; without one, the role's name and dotted lines."""
    official = serving(snapshot.state, role, on)
    if official is None:
        name = snapshot.state.sop.actor_names.get(role, "")
        return Signatory((*above, f"{name},"), f"({facts.DOTS})", (f"NIP {facts.SHORT_DOTS}",))
    return own_name(official, *above)


def own_name(official: Official, *above: str) -> Signatory:
    """An official who signs in the own office."""
    below = tuple(text for text in (official.rank.strip(), facts.nip(official.nip)) if text)
    title = f"{facts.given(official.title)},"
    return Signatory((*above, title), facts.given(official.name, f"({facts.DOTS})"), below)


def _issued(signer: Signer, above: tuple[str, ...]) -> Signatory:
    below = tuple(text for text in (signer.rank, facts.nip(signer.nip)) if text)
    return Signatory((*above, *facts.lines(signer.authority), f"{facts.given(signer.title)},"), signer.name, below)


def named(name: str, nip: str, *above: str) -> Signatory:
    """Somebody known by name only, such as who took the minutes."""
    below = facts.nip(nip) or f"NIP {facts.SHORT_DOTS}"
    return Signatory(above, facts.given(name, f"({facts.DOTS})"), (below,))


def columns(said: dict[str, Any], centred: tuple[int, ...] = (0,), key: str = "") -> tuple[Column, ...]:
    """The columns of a table: ``headings`` and ``shares`` of the words, those at `centred` with centred cells."""
    pairs = zip(said[f"{key}headings"], said[f"{key}shares"], strict=True)
    return tuple(Column(heading, share, place in centred) for place, (heading, share) in enumerate(pairs))
