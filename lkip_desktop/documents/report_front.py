"""The report before its chapters: title page, preface with its signature, executive summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lkip_desktop.cycle_data import serving
from lkip_desktop.documents import facts
from lkip_desktop.documents.report import Cover, Paragraph, Part, Signature
from lkip_desktop.documents.report_words import Facts, gap, how_many, joined, name_of
from lkip_desktop.words import month_name


def cover(f: Facts) -> Cover:
    agency = f.snapshot.agency
    return Cover(
        title=(agency.report_title.upper(), f"({agency.report_abbreviation})", f"TAHUN {f.year}"),
        lines=(facts.given(agency.name).upper(),),
        foot=(facts.given(agency.government).upper(), str(f.year + 1)),
        logo=f.snapshot.logo,
    )


def preface(f: Facts) -> tuple[Part, ...]:
    return (f.heading(1, "preface"), *f.written_or("report_preface", f.says("preface")), signature(f))


def signature(f: Facts) -> Signature:
    """The signer of the report, else who serves as head; dated with the month, as prefaces are."""
    signed = f.day("signed_date") or f.snapshot.today
    head = serving(f.snapshot.state, facts.head_role(f.snapshot), signed)
    official = f.snapshot.official("report_signer") or head
    dated = f"{facts.place(f.snapshot)}, {month_name(signed.month)} {signed.year}"
    return Signature(dated, facts.signatory(f.snapshot, official, signed))


def executive_summary(f: Facts) -> tuple[Part, ...]:
    return (f.heading(1, "summary"), *f.written_or("report_summary", _proposal(f)))


def _proposal(f: Facts) -> Iterator[Part]:
    results = f.results
    if not results.results:
        yield gap(f, "summary", "nothing")
        return
    counts = {"objectives": how_many(len(results.objectives)), "indicators": how_many(len(results.results))}
    yield Paragraph(f.say("summary", "plan", **counts))
    yield Paragraph(" ".join(_achieved(f)))
    if f.has_budget:
        yield Paragraph(" ".join(_spent(f)))
    yield gap(f, "summary")


def _achieved(f: Facts) -> Iterator[str]:
    results = f.results
    counted = [result for result in results.results if result.achievement.value is not None]
    if counted:
        grades = Counter(result.predicate for result in counted)
        shown = (f"{number} indikator berpredikat {grade}" for grade, number in _by_scale(f, grades))
        yield f.say("summary", "mean", grades=joined(shown))
        missed = [
            name_of(r.indicator) for r in counted if r.achievement.value is not None and r.achievement.value < 100
        ]
        yield f.say("summary", "missed", names=joined(missed)) if missed else f.say("summary", "reached")
    if len(counted) < len(results.results):
        yield f.say("summary", "uncounted", number=how_many(len(results.results) - len(counted)))


def _by_scale(f: Facts, grades: Counter[str]) -> Iterator[tuple[str, int]]:
    return ((grade.label, grades[grade.label]) for grade in f.rules.scale if grades[grade.label])


def _spent(f: Facts) -> Iterator[str]:
    yield f.say("summary", "money")
    found = f.results.efficiency
    if found is not None:
        yield f.say("summary", "efficiency", achievement=f.common["mean"], label=found.label.lower())
