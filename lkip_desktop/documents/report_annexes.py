"""The report's annexes that have fixed words: the performance agreement, and the statement that it was reviewed."""

from __future__ import annotations

from dataclasses import replace

from lkip_desktop.cycle_data import Official, serving
from lkip_desktop.documents import facts
from lkip_desktop.documents.letter import Signatory
from lkip_desktop.documents.letter_frame import filled, place_and_date, signatory, words
from lkip_desktop.documents.report import Items, Note, Paragraph, Part, Signature, Signatures
from lkip_desktop.documents.report_plan_tables import by_objective, programme_table, target_columns
from lkip_desktop.documents.report_words import Facts

REVIEWED = "review-statement"


def pact(f: Facts) -> tuple[Part, ...]:
    """The *Perjanjian Kinerja*: its words and tables as signed (Permenpan RB 53/2014, Lampiran I).

    Nothing without indicators. The second party, who supervises, signs on the left; the targets begin a page.
    """
    if not f.results.results:
        return ()
    official, second = _head(f), _second(f)
    first = facts.signatory(f.snapshot, official, f.snapshot.today, f.say("pact", "first_party"))
    name = official.name if official else facts.DOTS
    position = official.title if official else facts.head_title(f.snapshot, f.snapshot.today)
    return (
        f.annex("pact"),
        Paragraph(f.say("pact", "opening")),
        Items((_party(f, name, position, "first"), _party(f, second.name, second.above[-1], "second"))),
        Paragraph(f.say("pact", "promise")),
        Paragraph(f.say("pact", "supervision")),
        Signatures(second, first),
        replace(by_objective(f, f.say("pact", "table"), target_columns(f)), new_page=True),
        *((programme_table(f),) if f.has_budget else ()),
        Note(f.say("pact", "copy")),
    )


def _head(f: Facts) -> Official | None:
    return f.snapshot.official("report_signer") or serving(
        f.snapshot.state, facts.head_role(f.snapshot), f.snapshot.today
    )


def _second(f: Facts) -> Signatory:
    name = facts.given(f.text("agreement_superior_name"), f"({facts.DOTS})")
    position = facts.given(f.text("agreement_superior_position"))
    return Signatory((f.say("pact", "second_party"), position.rstrip(",")), name, ())


def _party(f: Facts, name: str, position: str, key: str) -> str:
    lines = (f.say("pact", "name", name=name), f.say("pact", "position", position=position.rstrip(",")))
    return "; ".join((*lines, f.say("pact", key)))


def reviewed(f: Facts) -> tuple[Part, ...]:
    """The statement of the reviewer in the words of its letter, to be signed by hand."""
    said = words(REVIEWED, f.snapshot)
    texts = [filled(text, f.snapshot) for text in (*said["texts"], said["closing"])]
    signer = signatory(REVIEWED, f.snapshot)
    signed = Signature(place_and_date(REVIEWED, f.snapshot), signer)
    return (f.annex("reviewed"), *(Paragraph(text) for text in texts), signed)
