"""Chapter III of the report: how it is measured, every indicator with its analysis, and what was spent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lkip_desktop.analysis.case import Point
from lkip_desktop.analysis.gather import TABLE, text_path
from lkip_desktop.analysis.proposals import propose, title
from lkip_desktop.cycle_data import budget
from lkip_desktop.documents import report_charts as charts
from lkip_desktop.documents.report import Align, Column, Note, Paragraph, Part, Row, Subhead, Table
from lkip_desktop.documents.report_efficiency import efficiency
from lkip_desktop.documents.report_outline import chapter
from lkip_desktop.documents.report_plan_tables import money
from lkip_desktop.documents.report_words import EMPTY, Facts, actual, cell, figure, gap, how_many, name_of
from lkip_desktop.documents.report_years import years_table
from lkip_desktop.numbers import NotANumber, format_number, read_number
from lkip_desktop.performance.accumulation import unfinished_year
from lkip_desktop.performance.achievement import goal, other
from lkip_desktop.performance.budget import line_absorption
from lkip_desktop.performance.model import Indicator
from lkip_desktop.performance.rules import NOT_COMPUTABLE, MinimiseFormula
from lkip_desktop.performance.summary import IndicatorResult, ObjectiveResult


def accountability(f: Facts) -> tuple[Part, ...]:
    contents: dict[str, Iterable[Part]] = {"achievement": _achieved(f), "budget": _spent(f)}
    return chapter(f, "accountability", contents)


def _achieved(f: Facts) -> Iterator[Part]:
    yield from f.written_or("report_accountability", (Paragraph(f.say("accountability")),))
    yield f.heading(3, "method")
    yield from _method(f)
    yield f.heading(3, "overview")
    yield from _overview(f)
    turn = 0
    for number, objective in enumerate(f.results.objectives, start=1):
        yield from _objective(f, number, objective, turn)
        turn += len(objective.results)


def _spent(f: Facts) -> Iterator[Part]:
    yield f.heading(3, "absorption")
    yield from _absorption(f)
    yield f.heading(3, "efficiency")
    yield from efficiency(f)


def _method(f: Facts) -> Iterator[Part]:
    inverse = f.rules.minimise is MinimiseFormula.INVERSE
    yield Paragraph(f.say("method", "rising"))
    yield Paragraph(f.say("method", "falling_inverse" if inverse else "falling"))
    if apart := list(_without_formula(f)):
        yield Paragraph(" ".join(apart))
    cap = f.rules.cap
    averages = f.say("method", "uncapped") if cap is None else f.say("method", "capped", cap=format_number(cap))
    cut = (f.say("method", "cut"),) if f.rules.cut else ()
    yield Paragraph(" ".join((averages, *cut, f.say("method", "scale" if f.rules.regulated else "scale_own"))))
    columns = (
        f.column("number", 8, Align.CENTRE),
        f.column("interval", 52, Align.CENTRE),
        f.column("predicate", 40, Align.CENTRE),
    )
    rows = (Row((f"{n}.", *texts)) for n, texts in enumerate(_scale(f), start=1))
    yield Table(f.say("method", "table"), columns, tuple(rows), "skala")


def _without_formula(f: Facts) -> Iterator[str]:
    """How the achievements come about that no formula gives, where there are such."""
    counted = [r.indicator for r in f.results.results if r.achievement.value is not None and not r.achievement.manual]
    targets = [(one, read_number(goal(one), unit=one.unit)) for one in counted]
    if any(one.falling and target == 0 for one, target in targets):
        yield f.say("method", "zero", zero=format_number(f.rules.zero))
    if any(isinstance(target, NotANumber) for _, target in targets):
        yield f.say("method", "grades")
        if f.rules.grades:
            state, table = f.snapshot.state, "rule_grades"
            pairs = ((state.cell(table, row, "label"), state.cell(table, row, "number")) for row in state.rows(table))
            numbers = (f"{cell(label)} = {figure(number)}" for label, number in pairs if label.strip())
            yield f.say("method", "graded", numbers="; ".join(numbers))


def _scale(f: Facts) -> Iterator[tuple[str, str]]:
    above = ""
    for place, grade in enumerate(f.rules.scale):
        least = f"{format_number(grade.least)} %"
        last = place == len(f.rules.scale) - 1
        key = "from" if not above else "below" if last else "between"
        yield f.say("method", key, least=least, next=above), grade.label
        above = least


def _overview(f: Facts) -> Iterator[Part]:
    results = f.results.results
    if not results:
        yield gap(f, "overview")
        return
    yield Paragraph(f.say("overview", count=how_many(len(results))))
    yield Table(f.say("overview", "table"), _figure_columns(f), (*_figure_rows(results), _mean_row(f)), "capaian")
    yield from _remarks(f, results)
    for chart in charts.overview(f):
        yield chart
        yield Note(f.say("overview", "labels"))
    yield Paragraph(f.say("overview", "none" if f.results.mean is None else "result"))


def _figure_columns(f: Facts) -> tuple[Column, ...]:
    return (
        f.column("number", 7.5 if f.many else 5.5, Align.CENTRE),
        f.column("indicator", 25.5 if f.many else 27.5),
        f.column("unit", 11.5, Align.CENTRE),
        f.column("target", 11, Align.CENTRE),
        f.column("actual", 13, Align.CENTRE),
        f.column("achievement", 14, Align.CENTRE),
        f.column("predicate", 17.5, Align.CENTRE),
    )


def _figure_rows(results: tuple[IndicatorResult, ...]) -> Iterator[Row]:
    for number, result in enumerate(results, start=1):
        found = result.indicator
        known = result.achievement.value is not None
        shown = (result.achievement.text, result.predicate) if known else (result.achievement.text, "–")
        figures = (figure(found.target), actual(found))
        yield Row((f"{number}.", cell(found.name), cell(found.unit), *figures, *shown))


def _mean_row(f: Facts) -> Row:
    mean = f.results.mean
    shown = (NOT_COMPUTABLE, EMPTY) if mean is None else (f.rules.percent(mean), f.results.predicate)
    return Row(("", f.say("overview", "mean"), "", "", "", *shown), strong=True)


def _remarks(f: Facts, results: tuple[IndicatorResult, ...]) -> Iterator[Part]:
    """Below a table: which figures are provisional, of which quarters an unfinished year was made, why one could not be
    computed, and on what grounds it was set."""
    said = [f.say("overview", "provisional")] if any(r.indicator.provisional for r in results) else []
    years = ((name_of(result.indicator), unfinished_year(f.typed[result.indicator.id])) for result in results)
    said += [f.say("overview", "unfinished", name=name, made=made) for name, made in years if made]
    said += [text for result in results if (text := _uncomputed(f, result))]
    if said:
        yield Note("\n".join(said))


def _uncomputed(f: Facts, result: IndicatorResult) -> str:
    """Why an achievement does not follow from target and actual; empty where it does."""
    found, note = result.achievement, cell(result.indicator.manual_note).rstrip(".")
    key = "not_computable" if found.value is None else "set" if note == EMPTY else "set_because"
    if found.value is not None and not found.manual:
        return ""
    said = {"name": name_of(result.indicator), "achievement": found.text, "reason": found.reason, "note": note}
    return f.say("overview", key, **said)


def _objective(f: Facts, ordinal: int, found: ObjectiveResult, turn: int) -> Iterator[Part]:
    """A sasaran and its indicators; `turn` counts the indicators before it, so that wordings go round."""
    name = found.objective or f.say("objective", "unnamed")
    yield f.heading(3, "objective", ordinal=str(ordinal), objective=name)
    key = "none" if found.mean is None else "text"
    own = {"mean": "" if found.mean is None else f.rules.told(found.mean), "predicate": found.predicate}
    yield Paragraph(f.say("objective", key, count=how_many(len(found.results)), **own))
    caption, rows = f.say("objective", "table", ordinal=str(ordinal)), tuple(_figure_rows(found.results))
    yield Table(caption, _figure_columns(f), rows, f"sasaran-{ordinal}")
    yield from _remarks(f, found.results)
    yield (
        _comparison(f, ordinal, found) if any(map(_compared, found.results)) else gap(f, "objective", "comparison_gap")
    )
    if years := years_table(f, ordinal, found):
        yield years
    yield from charts.objective(f, ordinal, found)
    for place, result in enumerate(found.results, start=turn):
        yield f.heading(4, "indicator", name=name_of(result.indicator))
        yield from _analysis(f, result, place)


def _compared(result: IndicatorResult) -> bool:
    found = result.indicator
    return any(text.strip() for text in (found.previous, found.renstra_target, found.national))


def _comparison(f: Facts, ordinal: int, found: ObjectiveResult) -> Table:
    """Points 2 to 4 of what a report must analyse: last year, the medium-term target, a national standard."""
    columns = (
        f.column("number", 6, Align.CENTRE),
        f.column("indicator", 30),
        f.column("previous", 13, Align.CENTRE),
        f.column("actual", 13, Align.CENTRE),
        f.column("renstra", 12, Align.CENTRE),
        f.column("progress", 14, Align.CENTRE),
        f.column("national", 12, Align.CENTRE),
    )
    rows = tuple(
        Row(
            (
                f"{number}.",
                cell(result.indicator.name),
                figure(result.indicator.previous),
                actual(result.indicator),
                figure(result.indicator.renstra_target),
                _against(f, result.indicator, result.indicator.renstra_target) or "–",
                figure(result.indicator.national),
            )
        )
        for number, result in enumerate(found.results, start=1)
    )
    return Table(f.say("objective", "comparison", ordinal=str(ordinal)), columns, rows, f"perbandingan-{ordinal}")


def _against(f: Facts, indicator: Indicator, target: str) -> str:
    """The achievement against another target than the year's; empty when there is none."""
    found = other(indicator, f.rules, target, indicator.actual)
    return "" if found.value is None else found.text


def _analysis(f: Facts, result: IndicatorResult, place: int) -> Iterator[Part]:
    """The seven points: what the analyst wrote, or else what the figures propose."""
    found, case = result.indicator, f.cases[result.indicator.id]
    for point in Point:
        yield Subhead(title(point))
        yield from f.written_or(text_path(found.id, point), [Paragraph(propose(case, point, place))])
        if point is Point.YEARS:
            yield from charts.trend(f, result)
        if point is Point.CAUSES:
            yield from _follow_up(f, result)
    if found.source.strip():
        yield Note(f.say("objective", "source", text=cell(found.source).rstrip(".")))


def _follow_up(f: Facts, result: IndicatorResult) -> Iterator[Part]:
    path = f"{TABLE}/{result.indicator.id}/follow_up"
    missed = result.achievement.value is not None and result.achievement.value < 100
    lacking = [gap(f, "objective", "follow_up_gap", name=name_of(result.indicator))] if missed else []
    yield from f.written_or(path, lacking)


def _absorption(f: Facts) -> Iterator[Part]:
    lacking = bool(f.results.budget.warnings) or f.results.budget.absorption.value is None
    proposed = [gap(f, "budget") if lacking else Paragraph(f.say("budget"))] if f.has_budget else []
    yield from f.written_or("report_budget", proposed)
    if not f.has_budget:
        yield gap(f, "budget")
        return
    yield _budget_table(f)
    yield from charts.absorption(f)
    for warning in f.results.budget.warnings:
        yield Note(f.say("budget", "note", text=warning))


def _budget_table(f: Facts) -> Table:
    """Every row of the budget, programmes strong; the total adds up only what `summary` added."""
    columns = (
        f.column("code", 20),
        f.column("programme", 33),
        f.column("ceiling", 17.7, Align.RIGHT),
        f.column("spent", 17.7, Align.RIGHT),
        f.column("absorption", 11.6, Align.RIGHT),
    )
    lines = budget(f.snapshot.state)
    parts = any(not line.is_programme for line in lines)
    rows = [
        Row(
            (
                cell(line.code),
                cell(line.name),
                money(line.valid_ceiling),
                money(line.spent),
                line_absorption(line, f.rules).text,
            ),
            strong=parts and line.is_programme,
        )
        for line in lines
    ]
    used = f.results.budget.absorption
    sums = (format_number(used.ceiling), format_number(used.spent), used.text)
    sum_row = Row(("", f.say("budget", "total"), *sums), strong=True)
    return Table(f.say("budget", "table"), columns, (*rows, sum_row), "anggaran")
