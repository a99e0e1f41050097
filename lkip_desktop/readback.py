"""Takes back what colleagues changed in Word: texts field by field, remarks as corrections, figures only as a report.

The file tells from which history it was made, so a text that changed only in the program since is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from lkip_desktop.attachments import IncomingFile
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.errors import UserError
from lkip_desktop.exchange import Line, Preview, Verdict
from lkip_desktop.office import Cycle, snapshot
from lkip_desktop.table_rows import fresh_ids
from lkip_desktop.words import MONTHS
from lkip_desktop.workflow.events import Event, Json
from lkip_desktop.workflow.narrate import Narrator
from lkip_desktop.workflow.state import CycleState, replay
from lkip_desktop.workflow.transitions import Refusal, may_change

if TYPE_CHECKING:
    from lkip_desktop.documents.docx_read import ReadReport, Remark
    from lkip_desktop.documents.report import Report

REPORT = "report"
CORRECTIONS = "corrections"
_MARKS_GONE = (
    "“{name}” tidak memuat penanda bagian dari program ini, jadi isinya tidak dapat dipasangkan dengan isian. Berkas "
    "tetap dapat disimpan sebagai versi laporan."
)
_BOTH = "Teks ini juga berubah di program sejak berkas dibuat; pilih dengan teliti."
_GONE = "Teks ini tidak ada lagi di berkas Word. Bila diambil, isiannya dikosongkan; pilih dengan teliti."
_STRUCTURED = "Teks ini memuat tabel atau gambar; salin perubahannya dengan tangan."
_FIGURE = "Angka dan tabel berasal dari data siklus dan tidak diambil dari Word. Perbaiki datanya bila memang salah."
_FIXED = (
    "Bagian ini disusun program, bukan dari isian teks, jadi tidak diambil. Judul subbab diubah di penyusun laporan, "
    "data kantor di Profil instansi; selebihnya salin dengan tangan ke isian yang sesuai."
)
_REMARKS = {
    "comment": "{author}: {text} (tentang: “{about}”)",
    "inserted": "Ditambahkan {author}: {text}",
    "deleted": "Dihapus {author}: {text}",
}


_DAY = re.compile(rf"\d+|{'|'.join(MONTHS)}")


@dataclass(frozen=True)
class _Sides:
    """The texts of every field: as the file was made, as the cycle stands now, as the file says now."""

    base: Mapping[str, str]
    mine: Mapping[str, str]
    theirs: Mapping[str, str]


def report_preview(cycle: Cycle, file: IncomingFile, today: date) -> Preview:
    """What taking back an edited report would do. Nothing is changed.

    Lines that can be taken have the path of their field. Raises UserError for a file that is no DOCX or has no marks.
    """
    from lkip_desktop.documents.docx_read import read_report
    from lkip_desktop.documents.report_build import report
    from lkip_desktop.documents.report_marks import paths_of, references
    from lkip_desktop.documents.report_sources import texts

    now = snapshot(cycle, today)
    content = report(now)
    mine = texts(content)
    read = read_report(file.data, lambda head: references(report(_base(cycle, now, head) or now)))
    base = _base(cycle, now, read.head)
    base_content = report(base) if base is not None else content
    paths = paths_of([*mine, *texts(base_content)])
    theirs = {paths[mark]: text for mark, text in read.texts.items() if mark in paths}
    if not theirs:
        raise UserError(_MARKS_GONE.format(name=file.name))
    sides = _Sides(texts(base_content), mine, theirs)
    names = Narrator(cycle.store.events(), cycle.state, cycle.profile, {})
    lines = [*_text_lines(cycle, sides, names), *_gone(cycle, sides, names), *_figure_lines(base_content, read)]
    if base is not None:
        lines.extend(_other_lines(base, read))
    changes: dict[str, Json] = {line.path: line.new for line in lines if line.path and line.verdict.imported}
    remarks, rows = _corrections(cycle, read)
    changes.update(rows)
    before = {path: cycle.state.values.get(path) for path in changes}
    title = f"Laporan dari “{file.name}”: {len(changes) - len(rows)} bagian berubah, {len(remarks)} catatan"
    same = sum(mine.get(path) == text for path, text in theirs.items())
    notices = _notices(base, read)
    return Preview(REPORT, title, file, (*lines, *remarks), changes, before, notices=notices, same=same)


def _notices(base: Snapshot | None, read: ReadReport) -> tuple[str, ...]:
    if base is not None:
        return ()
    said = "berasal dari riwayat lain" if read.head else "tidak menyebut riwayat asalnya"
    return (f"Berkas ini {said}, jadi dibandingkan langsung dengan isi siklus sekarang.",)


def chosen(seen: Preview, paths: frozenset[str]) -> Preview:
    """The preview with only those texts and remarks that a person takes; `paths` are of their lines."""
    lines = tuple(line for line in seen.lines if line.path in paths and line.verdict.imported)
    kept = {line.path for line in lines}
    rows = {line.path.split("/")[1] for line in lines if line.path.startswith(f"{CORRECTIONS}/")}
    changes = {path: value for path, value in seen.changes.items() if _taken(path, kept, rows)}
    if isinstance(changes.get(CORRECTIONS), list):
        new = {path.split("/")[1] for path in seen.changes if path.startswith(f"{CORRECTIONS}/")}
        order = [row for row in changes[CORRECTIONS] if row not in new or row in rows]
        changes = {**changes, CORRECTIONS: order} if rows else {k: v for k, v in changes.items() if k != CORRECTIONS}
    before = {path: old for path, old in seen.before.items() if path in changes}
    return replace(seen, lines=lines, changes=changes, before=before)


def _taken(path: str, kept: set[str], rows: set[str]) -> bool:
    parts = path.split("/")
    return path == CORRECTIONS or (parts[1] in rows if parts[0] == CORRECTIONS else path in kept)


def _base(cycle: Cycle, now: Snapshot, head: str) -> Snapshot | None:
    """The cycle as it stood when the file was made; None when this history never had that head."""
    events: list[Event] = []
    for event in cycle.store.events():
        events.append(event)
        if head and event.digest.startswith(head):
            return replace(now, state=replay(cycle.sop, events))
    return None


def _text_lines(cycle: Cycle, sides: _Sides, names: Narrator) -> Iterator[Line]:
    for path, text in sides.theirs.items():
        base, mine = sides.base.get(path, ""), sides.mine.get(path, "")
        if _same(text, base) or _same(text, mine):
            continue
        note, verdict = "", Verdict.CHANGE
        refusal = may_change(cycle.state, path, cycle.profile)
        if _structured(cycle.state, path):
            note, verdict = _STRUCTURED, Verdict.NOTE
        elif isinstance(refusal, Refusal):
            note, verdict = refusal.message, Verdict.PROBLEM
        elif not _same(mine, base):
            note, verdict = _BOTH, Verdict.CHECK
        elif not _folded(text):
            note, verdict = _GONE, Verdict.CHECK
        yield Line(0, names.label(path), "Teks", mine, text, verdict, note, path)


def _gone(cycle: Cycle, sides: _Sides, names: Narrator) -> Iterator[Line]:
    """Texts that somebody wrote and that the file has no more: taken out, with or without their heading."""
    for path in sides.base:
        mine = sides.mine.get(path, "")
        if path in sides.theirs or not cycle.state.text(path).strip() or not mine:
            continue
        refusal = may_change(cycle.state, path, cycle.profile)
        verdict, note = (Verdict.PROBLEM, refusal.message) if isinstance(refusal, Refusal) else (Verdict.CHECK, _GONE)
        yield Line(0, names.label(path), "Teks", mine, "", verdict, note, path)


def _structured(state: CycleState, path: str) -> bool:
    return any(line.strip().startswith(("|", "![")) for line in state.text(path).splitlines())


def _same(one: str, other: str) -> bool:
    """Whether two texts read alike; spaces and the case of what is left open do not count."""
    return _folded(one) == _folded(other)


def _folded(text: str) -> list[str]:
    lines = (" ".join(line.replace("\u00a0", " ").split()) for line in text.splitlines())
    return [line.replace("[Lengkapi:", "[lengkapi:") for line in lines if line]


def _figure_lines(content: Report, read: ReadReport) -> Iterator[Line]:
    """Cells of our tables that say something else in the file; the tables are found by their captions."""
    from lkip_desktop.documents.report import Table

    theirs = {" ".join(table.caption.split()): table for table in read.tables if table.caption}
    for part in content.parts():
        table = theirs.get(" ".join(part.caption.split())) if isinstance(part, Table) else None
        if table is None or not isinstance(part, Table):
            continue
        own = [tuple(" ".join((cell or "").split()) for cell in row.cells) for row in part.rows]
        for number, (mine, their) in enumerate(zip(own, table.rows[1:], strict=False), start=1):
            for column, old, new in zip(part.columns, mine, their, strict=False):
                if old and _folded(old) != _folded(new):
                    yield Line(number, part.caption, column.heading, old, new, Verdict.NOTE, _FIGURE)


def _other_lines(base: Snapshot, read: ReadReport) -> Iterator[Line]:
    """What differs outside the texts and the tables under captions: told, since no field could take it."""
    from lkip_desktop.documents.catalog import make
    from lkip_desktop.documents.docx_read import read_report

    made, found = read_report(make("report", base).data).others, read.others
    keys = [[_dateless(text) for _, text in lines] for lines in (made, found)]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag != "equal":
            for old, new in zip_longest(made[i1:i2], found[j1:j2], fillvalue=("", "")):
                yield Line(0, new[0] or old[0] or "Awal laporan", "Teks tetap", old[1], new[1], Verdict.NOTE, _FIXED)


def _dateless(text: str) -> str:
    """A line without figures and months: the report may have been made on another day."""
    return _DAY.sub(" ", text)


def _corrections(cycle: Cycle, read: ReadReport) -> tuple[list[Line], dict[str, Json]]:
    """Comments and tracked changes as rows of the corrections; those that are there already are left out."""
    known = {cycle.state.cell(CORRECTIONS, row, "remark") for row in cycle.state.rows(CORRECTIONS)}
    if isinstance(may_change(cycle.state, CORRECTIONS, cycle.profile), Refusal):
        return [], {}
    lines: list[Line] = []
    changes: dict[str, Json] = {}
    order = list(cycle.state.rows(CORRECTIONS))
    texts = {_remark_text(remark): remark for remark in read.remarks}
    new = [text for text in texts if text not in known]
    for row, text in zip(fresh_ids(cycle.state, CORRECTIONS, len(new)), new, strict=True):
        remark = texts[text]
        order.append(row)
        changes[f"{CORRECTIONS}/{row}/section"] = remark.heading or "Umum"
        changes[f"{CORRECTIONS}/{row}/remark"] = text
        where = f"{CORRECTIONS}/{row}/remark"
        lines.append(Line(0, remark.heading or "Umum", "Koreksi", "", text, Verdict.NEW, "", where))
    return lines, {**changes, CORRECTIONS: order} if lines else {}


def _remark_text(remark: Remark) -> str:
    author = remark.author.strip() or "tanpa nama"
    return _REMARKS[remark.kind].format(author=author, text=remark.text, about=remark.about)
