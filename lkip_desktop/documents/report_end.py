"""The end of the report: chapter IV, the list of annexes and the measurement of every indicator on wide pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count, takewhile

from lkip_desktop.analysis.whole import conclusion_text, improvement_text
from lkip_desktop.archive_plan import SIGNED_REPORT
from lkip_desktop.documents.report import Align, Column, Note, Paragraph, Part, Row, Table
from lkip_desktop.documents.report_outline import chapter
from lkip_desktop.documents.report_plan_tables import objective_heading
from lkip_desktop.documents.report_words import EMPTY, Facts, actual, cell, figure, gap
from lkip_desktop.numbers import is_blank
from lkip_desktop.performance.accumulation import QUARTERS
from lkip_desktop.performance.summary import IndicatorResult


def closing(f: Facts) -> tuple[Part, ...]:
    texts = {"conclusion": conclusion_text(f.whole), "improvement": improvement_text(f.whole)}
    contents: dict[str, Iterable[Part]] = {
        key: f.written_or(f"report_{key}", tuple(f.parts(text)) or (f.gap(key),)) for key, text in texts.items()
    }
    return chapter(f, "closing", contents)


def annexes(f: Facts) -> tuple[Part, ...]:
    columns = (f.column("number", 8, Align.CENTRE), f.column("annex", 50), f.column("remark", 42))
    rows = tuple(Row((f"{number}.", *texts)) for number, texts in enumerate(_annexes(f), start=1))
    table = Table(f.say("annexes", "table"), columns, rows)
    return (f.heading(1, "annexes"), Paragraph(f.say("annexes")), table)


def _annexes(f: Facts) -> Iterator[tuple[str, str]]:
    """Those inside the report, the dossier's records that have a file, then the files that were added as annexes.

    What is recorded from the signed report on, such as the receipt for it, is no annex of the report.
    """
    state = f.snapshot.state
    for annex in f.annexes:
        yield f.say("annexes", annex), f.say("annexes", "inside")
    names = {record.id: record.text.clean for record in state.sop.records}
    fields = takewhile(lambda field: field.id != SIGNED_REPORT, (field for _, field in state.sop.fields.values()))
    for field in (field for field in fields if field.record):
        for file in state.files(field.id):
            yield names.get(field.record, field.label), f.say("annexes", "file", name=file.name)
    for file in state.files("report_annexes"):
        yield file.name.rpartition(".")[0] or file.name, f.say("annexes", "file", name=file.name)


def measurement(f: Facts) -> tuple[Part, ...]:
    """Every indicator with all its figures, on wide pages: those of the year, then those of its quarters."""
    if not f.results.results:
        return (f.annex("measurement"), gap(f, "overview"))
    starred = any(result.indicator.provisional for result in f.results.results)
    note = (Note(f.say("overview", "provisional")),) if starred else ()
    return (
        f.annex("measurement"),
        Table(f.say("measurement", "table"), _columns(f), tuple(_rows(f, _figures)), "pengukuran"),
        *note,
        *_quarters(f),
    )


def _columns(f: Facts) -> tuple[Column, ...]:
    """Shares that are about the millimetres of a wide page, so that no heading is torn."""
    centred = (("unit", 19), ("target", 17), ("actual", 21), ("achievement", 20), ("predicate", 26))
    compared = (("previous", 21), ("renstra", 19), ("national", 20))
    return (
        f.column("number", 12 if f.many else 9, Align.CENTRE),
        f.column("indicator", 42 if f.many else 45),
        *(f.column(key, share, Align.CENTRE) for key, share in (*centred, *compared)),
        f.column("source", 40),
    )


def _quarters(f: Facts) -> Iterator[Table]:
    """Target and actual of each quarter, where one was filled in."""
    found = [result.indicator for result in f.results.results]
    if all(is_blank(text) for one in found for text in (*one.target_quarters, *one.actual_quarters)):
        return
    pairs = [(name, quarter) for quarter in QUARTERS for name in ("target", "actual")]
    columns = (
        f.column("number", 12 if f.many else 9, Align.CENTRE),
        f.column("indicator", 52),
        f.column("unit", 19, Align.CENTRE),
        *(Column(f.say("quarters", name, quarter=quarter), 20, Align.CENTRE) for name, quarter in pairs),
    )
    yield Table(f.say("quarters", "table"), columns, tuple(_rows(f, _of_quarters)))


def _rows(f: Facts, cells: Callable[[IndicatorResult], Iterator[str]]) -> Iterator[Row]:
    """A heading for each objective, then its indicators, numbered throughout."""
    numbers = count(1)
    for ordinal, objective in enumerate(f.results.objectives, start=1):
        yield Row((objective_heading(f, ordinal, objective),))
        for result in objective.results:
            yield Row((f"{next(numbers)}.", *cells(result)))


def _figures(result: IndicatorResult) -> Iterator[str]:
    found = result.indicator
    yield from (cell(found.name), cell(found.unit), figure(found.target), actual(found))
    yield from (result.achievement.text, result.predicate if result.achievement.value is not None else EMPTY)
    yield from (figure(found.previous), figure(found.renstra_target), figure(found.national), cell(found.source))


def _of_quarters(result: IndicatorResult) -> Iterator[str]:
    found = result.indicator
    yield from (cell(found.name), cell(found.unit))
    for target, reached in zip(found.target_quarters, found.actual_quarters, strict=True):
        yield from (figure(target), figure(reached))
