"""The report before its chapters: title page, preface with its signature, executive summary."""

from __future__ import annotations

from lkip_desktop.analysis.whole import summary_text
from lkip_desktop.cycle_data import serving
from lkip_desktop.documents import facts
from lkip_desktop.documents.report import Cover, Part, Signature
from lkip_desktop.documents.report_words import Facts
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
    proposed = tuple(f.parts(summary_text(f.whole))) or (f.gap("summary"),)
    return (f.heading(1, "summary"), *f.written_or("report_summary", proposed))
