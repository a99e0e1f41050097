"""What every chapter of the report needs: the cycle's facts in one value, fixed words filled in, texts as parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from lkip_desktop.analysis.case import Case
from lkip_desktop.analysis.gather import cases
from lkip_desktop.analysis.whole import Whole
from lkip_desktop.cycle_data import Snapshot, budget, indicators
from lkip_desktop.documents import facts
from lkip_desktop.documents.assets import toml
from lkip_desktop.documents.report import Align, Column, Gap, Heading, Items, Paragraph, Part, Picture, Table
from lkip_desktop.documents.report_figures import figure_words
from lkip_desktop.documents.report_text import parts_of
from lkip_desktop.numbers import rupiah
from lkip_desktop.performance.model import Indicator
from lkip_desktop.performance.rules import DEFAULT_RULES, NOT_COMPUTABLE, Rules
from lkip_desktop.performance.summary import PerformanceSummary, summary
from lkip_desktop.sop.model import FieldKind
from lkip_desktop.values import show
from lkip_desktop.words import number_in_words

EMPTY = "–"


@dataclass(frozen=True)
class Facts:
    """A cycle as the report's chapters see it."""

    snapshot: Snapshot
    rules: Rules = DEFAULT_RULES

    @cached_property
    def results(self) -> PerformanceSummary:
        return summary(indicators(self.snapshot.state), budget(self.snapshot.state), self.rules)

    @cached_property
    def typed(self) -> dict[str, Indicator]:
        """The indicators as the office wrote them, by row id: the results hold what counts of them."""
        return {indicator.id: indicator for indicator in indicators(self.snapshot.state)}

    @property
    def year(self) -> int:
        return self.snapshot.state.year

    @cached_property
    def cases(self) -> dict[str, Case]:
        """Every indicator as the proposals see it, by row id."""
        return cases(self.results, self.year, self.rules, self.renstra_year)

    @cached_property
    def figures(self) -> dict[str, str]:
        """What references to figures print, by their markup."""
        whole = {"rata-rata": "" if self.results.mean is None else self.common["mean"]}
        money = self.common if self.has_budget else {}
        names = {"pagu": "ceiling", "realisasi-anggaran": "spent", "serapan": "absorption"}
        return figure_words(self.cases, {**whole, **{name: money.get(key, "") for name, key in names.items()}})

    @property
    def renstra_year(self) -> int | None:
        """The last year of the medium-term plan, where the office says it."""
        text = self.text("renstra_end").strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None

    @property
    def whole(self) -> Whole:
        """The year as the summary and the conclusion see it."""
        return Whole(self.common["agency"], self.year, self.results, self.rules)

    @property
    def has_budget(self) -> bool:
        return bool(self.results.budget.lines)

    @cached_property
    def common(self) -> dict[str, str]:
        """What any fixed sentence may name."""
        agency, used = self.snapshot.agency, self.results.budget.absorption
        mean = self.results.mean
        return {
            "agency": facts.given(agency.short, facts.SHORT_DOTS),
            "title": agency.report_title,
            "abbreviation": agency.report_abbreviation,
            "year": str(self.year),
            "last": str(self.year - 1),
            "ceiling": rupiah(used.ceiling),
            "spent": rupiah(used.spent),
            "absorption": used.text,
            "mean": NOT_COMPUTABLE if mean is None else self.rules.told(mean),
            "predicate": self.results.predicate,
        }

    def say(self, section: str, key: str = "text", **more: str) -> str:
        """A fixed sentence of ``report.toml``, filled in; `more` goes before what is common."""
        return str(words()[section][key]).format(**{**self.common, **more})

    def says(self, section: str, key: str = "text") -> tuple[Paragraph, ...]:
        """A list of fixed paragraphs."""
        return tuple(Paragraph(text.format(**self.common)) for text in words()[section][key])

    def heading(self, level: int, key: str, **more: str) -> Heading:
        return Heading(level, self.say("headings", key, **more))

    def gap(self, section: str, key: str = "gap", **more: str) -> Gap:
        """Something of a section that only the office can say."""
        return Gap(self.say(section, key, **more))

    @property
    def annexes(self) -> tuple[str, ...]:
        """The annexes inside the report, in order; without indicators there is no agreement to show."""
        return ("pact", "reviewed", "measurement") if self.results.results else ("reviewed", "measurement")

    def annex(self, key: str) -> Heading:
        """``LAMPIRAN 2 PERNYATAAN TELAH DIREVIU``"""
        return self.heading(1, key, number=str(self.annexes.index(key) + 1))

    @property
    def many(self) -> bool:
        """Whether numbers of indicators have three digits, which take a wider column."""
        return len(self.results.results) > 99

    def column(self, key: str, share: float, align: Align = Align.LEFT) -> Column:
        return Column(self.say("columns", key), share, align)

    def text(self, path: str) -> str:
        return self.snapshot.state.text(path)

    def written(self, path: str) -> tuple[Part, ...]:
        """What a person wrote into a field, as parts; nothing for an empty one."""
        return tuple(sourced(path, self.parts(self.text(path))))

    def parts(self, text: str) -> Iterator[Part]:
        """The parts of a text in the markup that people write."""
        return parts_of(text, self.snapshot.pictures, self.figures)

    def written_or(self, path: str, proposal: Iterable[Part]) -> tuple[Part, ...]:
        """What a person wrote, or else what the data lets us propose in its place."""
        return self.written(path) or tuple(sourced(path, proposal))

    def day(self, path: str) -> date | None:
        return facts.day(self.snapshot, path)


def words() -> dict[str, Any]:
    return toml("report.toml")


def sourced(source: str, parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with the path of the field that their words belong to."""
    for part in parts:
        yield replace(part, source=source) if isinstance(part, Paragraph | Items | Gap | Table | Picture) else part


def gap(facts_: Facts, section: str, key: str = "gap", **more: str) -> Gap:
    return facts_.gap(section, key, **more)


def figure(text: str) -> str:
    """A figure of a table as typed by the office and shown its way; a dash for none."""
    shown = show(FieldKind.NUMBER, text.strip())
    return shown if shown.strip("-–—") else EMPTY


def cell(text: str) -> str:
    return " ".join(text.split()) or EMPTY


def actual(indicator: Indicator) -> str:
    """The actual figure; provisional ones are starred."""
    shown = figure(indicator.actual)
    return f"{shown} *)" if indicator.provisional and shown != EMPTY else shown


def name_of(indicator: Indicator) -> str:
    return " ".join(indicator.name.split()) or "indikator ini"


def how_many(number: int) -> str:
    """``7 (tujuh)``"""
    return f"{number} ({number_in_words(number)})"


def joined(texts: Iterable[str]) -> str:
    """``a, b, dan c``"""
    found = list(texts)
    if len(found) < 2:
        return "".join(found)
    comma = "," if len(found) > 2 else ""
    return f"{', '.join(found[:-1])}{comma} dan {found[-1]}"
