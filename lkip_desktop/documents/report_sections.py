"""The parts of a report as a tree: what each one says, whether somebody wrote it, and what the figures propose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from lkip_desktop.analysis.case import Point
from lkip_desktop.analysis.changed import Known, changed_figures
from lkip_desktop.analysis.gather import COLUMNS, TABLE, text_path
from lkip_desktop.analysis.proposals import OPEN, propose, title
from lkip_desktop.analysis.stale import Moved
from lkip_desktop.analysis.whole import conclusion_text, improvement_text, summary_text
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.cycle_rules import rules
from lkip_desktop.documents.report_build import report
from lkip_desktop.documents.report_outline import CHAPTERS, Sub, letter, outline
from lkip_desktop.documents.report_outline import TABLE as OUTLINE
from lkip_desktop.documents.report_sources import texts
from lkip_desktop.documents.report_words import Facts, name_of
from lkip_desktop.performance.summary import IndicatorResult


class Standing(StrEnum):
    """How the text of a section stands, as people read it."""

    WRITTEN = "ditulis"
    PROPOSED = "usulan"
    OPEN = "belum lengkap"
    MISSING = "belum ada"
    MOVED = "angka berubah"
    HIDDEN = "disembunyikan"
    DATA = "dari data"


UNFINISHED = (Standing.MOVED, Standing.MISSING, Standing.OPEN, Standing.PROPOSED)
"""What is counted at a part that has others below it, most pressing first."""


@dataclass(frozen=True)
class Section:
    """One part. `key` is unique; `path` is where its text is kept, empty for what has none.

    `proposal` is what the report says while nothing is written; `moved` are the figures that changed under a text.
    `chapter` and `sub` are given for sub-chapters.
    """

    key: str
    title: str
    path: str = ""
    standing: Standing | None = None
    proposal: str = ""
    note: str = ""
    moved: tuple[Moved, ...] = ()
    children: tuple[Section, ...] = ()
    chapter: str = ""
    sub: Sub | None = None

    def walk(self) -> Iterator[Section]:
        """It and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def counts(self) -> dict[Standing, int]:
        """How many texts below it stand how; what is hidden does not count."""
        found: dict[Standing, int] = {}
        for one in self.walk():
            if one.standing in UNFINISHED and one.standing is not None:
                found[one.standing] = found.get(one.standing, 0) + 1
        return {standing: found[standing] for standing in UNFINISHED if standing in found}


PATHS = {
    "background": "report_background",
    "organisation": "report_organisation",
    "issues": "report_issues",
    "renstra": "report_renstra",
    "agreement": "report_agreement",
    "achievement": "report_accountability",
    "budget": "report_budget",
    "conclusion": "report_conclusion",
    "improvement": "report_improvement",
}
"""Where the texts of the program's sub-chapters are kept."""
WRITTEN = frozenset((*PATHS.values(), "report_preface", "report_summary", "efficiency_note"))
POINTS = (*COLUMNS.values(), "follow_up")
"""The columns of an indicator that keep a text of the report."""
NOTES = {
    "law": "Disusun dari dasar hukum dalam SOP siklus ini.",
    "outline": "Kalimat baku menurut Permenpan RB 53/2014.",
    "indicators": "Tabel indikator disusun dari isian langkah analisis data.",
    "programmes": "Tabel program dan anggaran disusun dari isian langkah analisis data.",
    "annexes": "Daftar lampiran, Perjanjian Kinerja, pernyataan telah direviu, dan tabel pengukuran disusun dari data "
    "siklus. Berkas lampiran dilampirkan pada langkah penyusunan draf.",
}
"""Why a part has no text of its own."""
FOLLOW_UP = "Solusi dan tindak lanjut"
EFFICIENCY = "Uraian efisiensi"


class Proposed:
    """What the report says where nothing is written, by path: made anew only when more than texts has changed.

    `moved` is what is known of figures that moved under texts.
    """

    def __init__(self) -> None:
        self.moved: Known = {}
        self._from: tuple[object, ...] = ()
        self._texts: dict[str, str] = {}

    def of(self, emptied: Snapshot) -> dict[str, str]:
        """For a cycle whose texts were taken out."""
        made_from = (emptied.state.values, emptied.state.visits, emptied.today)
        if made_from != self._from:
            self._from, self._texts = made_from, texts(report(emptied))
        return dict(self._texts)


def is_text(path: str) -> bool:
    """Whether what is typed at a path stands in the report with its markup."""
    table, _, column = path.rpartition("/")
    inside = column in POINTS if table.startswith(f"{TABLE}/") else table.startswith(f"{OUTLINE}/")
    return path in WRITTEN or inside


def sections(snapshot: Snapshot, proposed: Proposed | None = None) -> tuple[Section, ...]:
    """The whole tree: what comes before the chapters, the chapters, the annexes.

    Who asks again and again hands over the same `proposed`.
    """
    return _Tree(snapshot, proposed or Proposed()).made()


def proposals(tree: tuple[Section, ...]) -> dict[str, str]:
    """The proposals for all texts that nobody wrote, by path; places where there is nothing to propose are left out."""
    wanted = (Standing.PROPOSED, Standing.OPEN)
    every = (one for top in tree for one in top.walk())
    return {one.path: one.proposal for one in every if one.standing in wanted and one.proposal and one.path}


def reworded(snapshot: Snapshot, path: str, turn: int) -> str:
    """Another wording of the proposal for a path; the same one where there is only one."""
    f = Facts(snapshot, rules(snapshot.state))
    whole = replace(f.whole, turn=turn)
    makers = {
        "report_summary": summary_text,
        "report_conclusion": conclusion_text,
        "report_improvement": improvement_text,
    }
    if path in makers:
        return makers[path](whole)
    table, row, column = (*path.split("/"), "", "")[:3]
    point = next((point for point, name in COLUMNS.items() if name == column), None)
    if table == TABLE and point is not None and row in f.cases:
        return propose(f.cases[row], point, turn)
    return ""


class _Tree:
    """Builds the tree; what the report says where nothing is written comes from a report without texts."""

    def __init__(self, snapshot: Snapshot, proposed: Proposed) -> None:
        self.f = Facts(snapshot, rules(snapshot.state))
        self.state = snapshot.state
        self.moved: Mapping[str, tuple[Moved, ...]] = changed_figures(snapshot.state, snapshot.events, proposed.moved)
        written = {*WRITTEN, *(f"{TABLE}/{row}/{column}" for row in self.state.rows(TABLE) for column in POINTS)}
        kept = {path: value for path, value in self.state.values.items() if path not in written}
        emptied = replace(self.state, values={p: v for p, v in kept.items() if not p.startswith(f"{OUTLINE}/")})
        self.proposed = proposed.of(replace(snapshot, state=emptied))
        # The summary and the improvements gather what was written about each indicator.
        whole = self.f.whole
        self.proposed.update(
            report_summary=summary_text(whole),
            report_conclusion=conclusion_text(whole),
            report_improvement=improvement_text(whole),
        )

    def made(self) -> tuple[Section, ...]:
        front = (
            self._section("report_preface", "Kata Pengantar"),
            self._section("report_summary", "Ikhtisar Eksekutif"),
        )
        annexes = Section("annexes", "Lampiran", standing=Standing.DATA, note=NOTES["annexes"])
        return (*front, *(self._chapter(key) for key in CHAPTERS), annexes)

    def _section(self, path: str, title: str, key: str = "") -> Section:
        written, proposal = self.state.text(path), self.proposed.get(path, "")
        return Section(
            key=key or path,
            title=title,
            path=path,
            standing=self._standing(path, written, proposal),
            proposal="" if _only_gaps(proposal) else proposal,
            moved=self.moved.get(path, ()),
        )

    def _standing(self, path: str, written: str, proposal: str) -> Standing:
        if written.strip():
            if path in self.moved:
                return Standing.MOVED
            return Standing.OPEN if OPEN in written.casefold() else Standing.WRITTEN
        if _only_gaps(proposal):
            return Standing.MISSING
        return Standing.OPEN if OPEN in proposal else Standing.PROPOSED

    def _chapter(self, key: str) -> Section:
        places = iter(range(100))
        children = tuple(self._sub(key, sub, places) for sub in outline(self.f, key))
        heading = " ".join(word.capitalize() for word in self.f.say("headings", key).split()[2:])
        return Section(key, f"{CHAPTERS[key]} {heading}", children=children, chapter=key)

    def _sub(self, chapter: str, sub: Sub, places: Iterator[int]) -> Section:
        name = sub.title if sub.hidden else f"{letter(next(places)).upper()}. {sub.title}"
        path = sub.path or PATHS.get(sub.key, "")
        key = sub.row or f"{chapter}/{sub.key}"
        if path:
            made = self._section(path, name, key)
        else:
            made = Section(key, name, standing=Standing.DATA, note=NOTES.get(sub.key, ""))
        if not sub.hidden:
            below = {"achievement": self._objectives, "budget": self._efficiency}.get(sub.key)
            made = replace(made, children=tuple(below()) if below else ())
        else:
            made = replace(made, standing=Standing.HIDDEN)
        return replace(made, chapter=chapter, sub=sub)

    def _efficiency(self) -> Iterator[Section]:
        made = self._section("efficiency_note", EFFICIENCY)
        # An office whose method computes it may add words, and need not.
        found = made.standing is Standing.MISSING and self.f.results.efficiency is not None
        yield replace(made, standing=None, note="Boleh kosong: laporan sudah memuat hitungannya.") if found else made

    def _objectives(self) -> Iterator[Section]:
        for ordinal, found in enumerate(self.f.results.objectives, start=1):
            name = found.objective or self.f.say("objective", "unnamed")
            children = tuple(self._indicator(result) for result in found.results)
            yield Section(f"objective/{ordinal}", f"Sasaran {ordinal}: {name}", children=children)

    def _indicator(self, result: IndicatorResult) -> Section:
        row = result.indicator.id
        points = [
            self._section(text_path(row, point), f"{n}. {title(point)}") for n, point in enumerate(Point, start=1)
        ]
        after = self._section(f"{TABLE}/{row}/follow_up", FOLLOW_UP)
        missed = result.achievement.value is not None and result.achievement.value < 100
        if after.standing is Standing.MISSING and not missed:
            after = replace(after, standing=None, note="Boleh kosong untuk indikator yang mencapai target.")
        points.insert(points.index(points[4]) + 1, after)
        return Section(f"{TABLE}/{row}", name_of(result.indicator), children=tuple(points))


def _only_gaps(text: str) -> bool:
    """Whether a text is nothing, or only an open place."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return all(line.startswith(OPEN) and line.endswith("]") for line in lines)
