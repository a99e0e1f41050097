"""What a report still lacks, as the regulation and the evaluator will look at it: a list with a place to mend each.

Groups: the parts of Permenpan RB 53/2014, Lampiran II; the evaluator's *pemenuhan* and *kualitas* (Permenpan RB
88/2021, reporting); and what is doubtful in texts and figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lkip_desktop.analysis.case import Point
from lkip_desktop.analysis.changed import changed_figures
from lkip_desktop.analysis.gather import COLUMNS, TABLE, text_path
from lkip_desktop.cycle_data import Snapshot, budget, indicators, shown_pictures
from lkip_desktop.cycle_rules import rules
from lkip_desktop.errors import UserError
from lkip_desktop.numbers import is_blank
from lkip_desktop.performance.rules import EfficiencyMethod
from lkip_desktop.performance.summary import IndicatorResult, PerformanceSummary, summary
from lkip_desktop.report_texts import names_nothing, printed_texts
from lkip_desktop.workflow.events import Event
from lkip_desktop.workflow.memory import remembered_by
from lkip_desktop.workflow.state import CycleState

OPEN = re.compile(r"\[lengkapi:([^\]\n]*)\]", re.IGNORECASE)
_WORD = re.compile(r"\w")
_NAMED = 3
_SIGNS = 10


class Group(StrEnum):
    PARTS = "Isi menurut Permenpan RB 53/2014"
    FULFILMENT = "Pemenuhan pelaporan"
    QUALITY = "Kualitas pelaporan"
    DOUBTS = "Teks dan angka"


class Standing(StrEnum):
    """How an item stands, as people read it."""

    THERE = "ada"
    CHECK = "periksa"
    MISSING = "belum ada"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the check. `note` says what is missing; `where` is the path that mends it, or empty."""

    group: Group
    text: str
    standing: Standing
    note: str = ""
    where: str = ""


@dataclass(frozen=True)
class _Look:
    """A cycle as the checks see it."""

    state: CycleState
    events: tuple[Event, ...]
    today: date
    results: PerformanceSummary
    open: Mapping[str, int]
    """How many open places the report prints for each field, also in what the program proposes in its place."""
    lost: tuple[str, ...]
    """The fields that name a table, a figure or a picture which the report has not."""

    def filled(self, path: str) -> bool:
        """Whether something is written; a dash or dots are not."""
        return bool(_WORD.search(self.state.text(path)))

    def open_places(self, path: str) -> int:
        return self.open.get(path, 0)


def completeness(
    state: CycleState, events: tuple[Event, ...], today: date, style: bytes | None = None
) -> tuple[Item, ...]:
    """Every item, in the order in which a reader of the report meets it.

    `today` is the local day, `style` the office's own style document, if it has one.
    """
    look = _looked(state, events, today)
    found = (item for check in (_parts, _fulfilment, _quality, _doubts) for item in check(look))
    return (*found, *_letters(look), *_style(style))


@remembered_by("sop", "values", "attachments", "documents")
def unready(state: CycleState) -> tuple[Item, ...]:
    """What is missing in the report itself, before it is approved: files and dates of later steps are not asked for."""
    look = _looked(state, (), date(state.year + 1, 1, 1))
    found = (item for check in (_parts, _quality, _doubts) for item in check(look))
    return tuple(item for item in found if item.standing is Standing.MISSING and item.where not in _LATER)


_LATER = ("signed_report", "review_record")


def _looked(state: CycleState, events: tuple[Event, ...], today: date) -> _Look:
    from lkip_desktop.documents.report_blocks import captions
    from lkip_desktop.documents.report_build import report
    from lkip_desktop.documents.report_sources import texts

    content = report(Snapshot(state, None, today, events=events))
    printed, known = texts(content), captions(content)
    written = {path: text for path in printed_texts(state) if (text := state.text(path))}
    counts = {
        path: max(len(OPEN.findall(text)) for text in (printed.get(path, ""), written.get(path, "")))
        for path in (*printed, *(path for path in written if path not in printed))
    }
    open_ = {path: count for path, count in counts.items() if count}
    files = {str(file.id) for file in shown_pictures(state)}
    lost = tuple(path for path, text in written.items() if names_nothing(text, known.keys, known.figures, files))
    return _Look(state, events, today, summary(indicators(state), budget(state), rules(state)), open_, lost)


def lacking(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items that are not simply there."""
    return tuple(item for item in items if item.standing is not Standing.THERE)


# The parts that the regulation asks for.

_TEXTS = (
    ("report_preface", "Kata Pengantar", "Memakai kalimat pengantar baku; baca dan sesuaikan."),
    ("report_summary", "Ikhtisar Eksekutif", "Memakai usulan dari angka; baca dan sesuaikan."),
    ("report_background", "Bab I: latar belakang", "Memakai kalimat baku; baca dan sesuaikan."),
    ("report_organisation", "Bab I: gambaran umum organisasi, tugas, fungsi, dan SDM", ""),
    ("report_issues", "Bab I: isu strategis", ""),
    ("report_renstra", "Bab II: ringkasan Renstra", ""),
    ("report_conclusion", "Bab IV: kesimpulan", "Memakai usulan dari angka; baca dan sesuaikan."),
    ("report_improvement", "Bab IV: langkah perbaikan", "Memakai tindak lanjut setiap indikator; baca dan sesuaikan."),
)
"""Path, name, and what the report says instead of an empty text (empty: nothing)."""


def _parts(look: _Look) -> Iterator[Item]:
    for path, text, instead in _TEXTS:
        yield _text(look, path, text, instead)
        if path == "report_renstra":
            yield from _figured(look)
    yield _hidden(look)
    yield from _second_party(look)
    for field, text in (("signed_report", "LKIP yang ditandatangani"), ("review_record", "Berita acara reviu")):
        yield _file(look, field, f"Lampiran: {text}", Group.PARTS)


def _figured(look: _Look) -> Iterator[Item]:
    yield _all(look, Group.PARTS, "Bab II: Perjanjian Kinerja dengan target setiap indikator", "target", _has_target)
    yield _points(look)
    yield _budget(look)


def _text(look: _Look, path: str, text: str, instead: str) -> Item:
    if count := look.open_places(path):
        note = f"{count} tempat masih kosong." if look.filled(path) or instead else "Belum ditulis."
        return Item(Group.PARTS, text, Standing.MISSING, note, path)
    if look.filled(path):
        return Item(Group.PARTS, text, Standing.THERE, where=path)
    standing = Standing.CHECK if instead else Standing.MISSING
    return Item(Group.PARTS, text, standing, instead or "Belum ditulis.", path)


def _all(
    look: _Look, group: Group, text: str, column: str, there: Callable[[IndicatorResult], bool], what: str = ""
) -> Item:
    """Whether something holds for every indicator; those for which it does not are named."""
    results = look.results.results
    if not results:
        return Item(group, text, Standing.MISSING, "Belum ada indikator.", TABLE)
    without = [result for result in results if not there(result)]
    if not without:
        return Item(group, text, Standing.THERE, where=TABLE)
    note = f"{what or 'Belum ada'} pada {len(without)} dari {len(results)} indikator: {_names(without)}."
    return Item(group, text, Standing.MISSING, note, f"{TABLE}/{without[0].indicator.id}/{column}")


def _names(results: list[IndicatorResult]) -> str:
    names = [" ".join(result.indicator.name.split()) or "tanpa nama" for result in results[:_NAMED]]
    return "; ".join(names) + (" …" if len(results) > _NAMED else "")


def _has_target(result: IndicatorResult) -> bool:
    return not is_blank(result.indicator.target)


def _points(look: _Look) -> Item:
    """The seven points: what nobody wrote is proposed, which is to be read; causes cannot be proposed."""
    text = "Bab III: tujuh butir analisis setiap indikator"
    if not look.results.results:
        return Item(Group.PARTS, text, Standing.MISSING, "Belum ada indikator.", TABLE)
    empty = [
        result
        for result in look.results.results
        if not look.filled(text_path(result.indicator.id, Point.CAUSES))
        or look.open_places(text_path(result.indicator.id, Point.CAUSES))
    ]
    if empty:
        where = text_path(empty[0].indicator.id, Point.CAUSES)
        return Item(Group.PARTS, text, Standing.MISSING, f"Penyebab belum ditulis: {_names(empty)}.", where)
    paths = [text_path(r.indicator.id, point) for r in look.results.results for point in Point]
    if open_ := [path for path in paths if look.open_places(path)]:
        note = f"{len(open_)} dari {len(paths)} butir masih memuat tempat yang belum dilengkapi."
        return Item(Group.PARTS, text, Standing.MISSING, note, open_[0])
    proposed = sum(not look.filled(path) for path in paths)
    if proposed:
        note = f"{proposed} dari {len(paths)} butir memakai usulan dari angka; baca dan sesuaikan."
        return Item(Group.PARTS, text, Standing.CHECK, note, TABLE)
    return Item(Group.PARTS, text, Standing.THERE, where=TABLE)


def _budget(look: _Look) -> Item:
    text = "Bab III: realisasi anggaran setiap program"
    total = look.results.budget
    if not total.lines:
        return Item(Group.PARTS, text, Standing.MISSING, "Belum ada baris anggaran.", "budget")
    if total.warnings:
        return Item(Group.PARTS, text, Standing.MISSING, " ".join(total.warnings[:_NAMED]), "budget")
    return Item(Group.PARTS, text, Standing.THERE, where="budget")


def _hidden(look: _Look) -> Item:
    """Sub-chapters that the regulation names may be moved and renamed, not hidden."""
    required = {"issues": "isu strategis", "agreement": "Perjanjian Kinerja", "achievement": "capaian kinerja"}
    required |= {"budget": "realisasi anggaran", "conclusion": "kesimpulan", "improvement": "langkah perbaikan"}
    state, table = look.state, "report_outline"
    hidden = [
        required[key]
        for row in state.rows(table)
        if state.cell(table, row, "hidden") == "ya" and (key := state.cell(table, row, "key")) in required
    ]
    text = "Susunan bab lengkap"
    if hidden:
        return Item(Group.PARTS, text, Standing.MISSING, f"Disembunyikan: {', '.join(hidden)}.", table)
    return Item(Group.PARTS, text, Standing.THERE, where=table)


def _second_party(look: _Look) -> Iterator[Item]:
    """The agreement inside the report is signed by two: who the second is, only the office can say."""
    names = {"agreement_superior_name": "nama", "agreement_superior_position": "jabatan"}
    asked = [field for field in names if field in look.state.sop.fields]
    if not look.results.results or not asked:
        return
    empty = [field for field in asked if not look.filled(field)]
    note = f"Titik-titik pada {' dan '.join(names[field] for field in empty)}." if empty else ""
    standing = Standing.CHECK if empty else Standing.THERE
    yield Item(Group.PARTS, "Lampiran: pihak kedua Perjanjian Kinerja", standing, note, (empty or asked)[0])


def _file(look: _Look, field: str, text: str, group: Group) -> Item:
    there = bool(look.state.files(field))
    return Item(
        group, text, Standing.THERE if there else Standing.MISSING, "" if there else "Belum dilampirkan.", field
    )


# What the evaluator looks for.


def _fulfilment(look: _Look) -> Iterator[Item]:
    state = look.state
    made = bool(state.versions("report"))
    yield Item(
        Group.FULFILMENT,
        "Laporan telah disusun",
        Standing.THERE if made else Standing.MISSING,
        "" if made else "Draf belum dibuat.",
        "report",
    )
    yield _periodic(look)
    yield _file(look, "signed_report", "Laporan telah diformalkan (ditandatangani)", Group.FULFILMENT)
    yield _file(look, "review_record", "Laporan telah direviu", Group.FULFILMENT)
    yield _file(look, "published_proof", "Laporan telah dipublikasikan", Group.FULFILMENT)
    yield _on_time(look)


def _periodic(look: _Look) -> Item:
    """A report is made year by year on figures of each quarter: both are seen in the table of indicators."""
    text = "Kinerja diukur dan dilaporkan secara berkala"
    found = [result.indicator for result in look.results.results]
    proofs = {
        "realisasi tahun lalu": any(not is_blank(one.previous) for one in found),
        "realisasi triwulan": any(not is_blank(value) for one in found for value in one.actual_quarters),
    }
    lacking = [name for name, there in proofs.items() if not there]
    note = f"Belum ada {' dan '.join(lacking)}." if lacking else ""
    return Item(Group.FULFILMENT, text, Standing.CHECK if lacking else Standing.THERE, note, TABLE)


def _on_time(look: _Look) -> Item:
    text = "Laporan diserahkan tepat waktu"
    deadline, received = look.state.text("circular_deadline"), look.state.text("received_date")
    if received:
        late = bool(deadline) and received > deadline
        note = "Diserahkan setelah batas waktu surat edaran." if late else ""
        return Item(Group.FULFILMENT, text, Standing.CHECK if late else Standing.THERE, note, "received_date")
    late = bool(deadline) and look.today.isoformat() > deadline
    note = "Batas waktu surat edaran sudah lewat." if late else "Belum diserahkan."
    return Item(Group.FULFILMENT, text, Standing.MISSING, note, "received_date")


def _quality(look: _Look) -> Iterator[Item]:
    group = Group.QUALITY
    yield Item(group, "Disusun menurut format standar", Standing.THERE)
    yield _all(look, group, "Informasi kinerja lengkap (target dan realisasi)", "actual", _has_both)
    yield _all(look, group, "Perbandingan dengan target tahunan", "actual", _computed, "Capaian tidak dapat dihitung")
    yield _all(look, group, "Perbandingan dengan target jangka menengah", "renstra_target", _has("renstra_target"))
    yield _all(look, group, "Perbandingan dengan tahun sebelumnya", "previous", _has("previous"))
    yield _national(look)
    yield _causes(look)
    yield _efficiency(look)
    yield _improvement(look)


def _has(column: str) -> Callable[[IndicatorResult], bool]:
    return lambda result: not is_blank(getattr(result.indicator, column))


def _has_both(result: IndicatorResult) -> bool:
    return not is_blank(result.indicator.target) and not is_blank(result.indicator.actual)


def _computed(result: IndicatorResult) -> bool:
    return result.achievement.value is not None


def _national(look: _Look) -> Item:
    """A benchmark is asked for where there is one: none at all is to be looked at, not an error."""
    text = "Perbandingan dengan standar nasional"
    known = [result for result in look.results.results if not is_blank(result.indicator.national)]
    if known:
        note = f"Ada pada {len(known)} dari {len(look.results.results)} indikator."
        return Item(Group.QUALITY, text, Standing.THERE, note, TABLE)
    return Item(Group.QUALITY, text, Standing.CHECK, "Belum ada satu pun; isi bila standarnya tersedia.", TABLE)


def _causes(look: _Look) -> Item:
    def explained(result: IndicatorResult) -> bool:
        path = text_path(result.indicator.id, Point.CAUSES)
        return look.filled(path) and not look.open_places(path)

    text = "Analisis keberhasilan dan kegagalan beserta upaya dan kendala"
    return _all(look, Group.QUALITY, text, COLUMNS[Point.CAUSES], explained, "Belum ditulis")


def _efficiency(look: _Look) -> Item:
    text = "Analisis efisiensi penggunaan sumber daya"
    own = rules(look.state).efficiency is EfficiencyMethod.NARRATIVE
    if own and not look.filled("efficiency_note"):
        return Item(Group.QUALITY, text, Standing.MISSING, "Uraian efisiensi belum ditulis.", "efficiency_note")
    if look.results.efficiency is None and not look.filled("efficiency_note"):
        return Item(Group.QUALITY, text, Standing.MISSING, "Capaian atau serapan belum dapat dihitung.", "budget")
    return Item(Group.QUALITY, text, Standing.THERE, where="budget")


def _improvement(look: _Look) -> Item:
    text = "Rekomendasi perbaikan kinerja"
    if look.filled("report_improvement"):
        return Item(Group.QUALITY, text, Standing.THERE, where="report_improvement")
    missed = [r for r in look.results.results if r.achievement.value is not None and r.achievement.value < 100]
    without = [result for result in missed if not result.indicator.follow_up.strip()]
    if without:
        where = f"{TABLE}/{without[0].indicator.id}/follow_up"
        return Item(Group.QUALITY, text, Standing.MISSING, f"Belum ada tindak lanjut: {_names(without)}.", where)
    return Item(
        Group.QUALITY, text, Standing.CHECK, "Terhimpun dari tindak lanjut setiap indikator.", "report_improvement"
    )


# What is doubtful.


def _doubts(look: _Look) -> Iterator[Item]:
    yield from _open_texts(look)
    moved = changed_figures(look.state, look.events)
    text = "Teks sesuai dengan angka yang sekarang"
    if moved:
        note = f"Angka berubah setelah {len(moved)} teks ditulis."
        yield Item(Group.DOUBTS, text, Standing.CHECK, note, next(iter(moved)))
    else:
        yield Item(Group.DOUBTS, text, Standing.THERE)
    yield _all(look, Group.DOUBTS, "Setiap angka menyebut sumber datanya", "source", _has("source"), "Tanpa sumber")
    yield _provisional(look)


def _letters(look: _Look) -> Iterator[Item]:
    """Letters and signs that the fonts of the PDF lack; the DOCX shows them in another font."""
    paths = {*printed_texts(look.state), *(path for path in look.state.values if path.startswith(f"{TABLE}/"))}
    odd = {path: text for path in paths if not (text := look.state.text(path)).isascii()}
    if not odd:
        return
    from lkip_desktop.documents.fonts import unprintable

    found = {path: missing for path, text in odd.items() if (missing := unprintable(text))}
    if found:
        signs = " ".join(sorted(set("".join(found.values())))[:_SIGNS])
        note = f"Dalam PDF menjadi “?”: {signs}. Ganti atau hapus; DOCX tetap menampilkannya."
        yield Item(Group.DOUBTS, "Huruf dan tanda yang tidak ada pada PDF", Standing.CHECK, note, min(found))


def _style(style: bytes | None) -> Iterator[Item]:
    """What is to be known of the office's own style document."""
    if style is None:
        return
    from lkip_desktop.documents.docx_style import FIELD, office_style

    text = "Dokumen gaya laporan"
    try:
        notices = office_style(style).notices
    except UserError as error:
        yield Item(Group.DOUBTS, text, Standing.MISSING, str(error), FIELD)
        return
    yield Item(Group.DOUBTS, text, Standing.CHECK if notices else Standing.THERE, " ".join(notices), FIELD)


def _open_texts(look: _Look) -> Iterator[Item]:
    open_ = list(look.open)
    text = "Tidak ada tempat yang belum dilengkapi"
    if open_:
        yield Item(Group.DOUBTS, text, Standing.MISSING, f"Masih ada “[lengkapi: …]” pada {len(open_)} teks.", open_[0])
    else:
        yield Item(Group.DOUBTS, text, Standing.THERE)
    if look.lost:
        note = f"{len(look.lost)} teks merujuk tabel, gambar, atau angka yang tidak ada."
        yield Item(Group.DOUBTS, "Rujukan ke tabel, gambar, dan angka", Standing.CHECK, note, look.lost[0])


def _provisional(look: _Look) -> Item:
    text = "Angka sudah final"
    found = [result for result in look.results.results if result.indicator.provisional]
    if found:
        where = f"{TABLE}/{found[0].indicator.id}/status"
        return Item(Group.DOUBTS, text, Standing.CHECK, f"Masih sementara: {_names(found)}.", where)
    return Item(Group.DOUBTS, text, Standing.THERE)
