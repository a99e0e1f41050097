"""Takes back what colleagues changed in Word: texts field by field, remarks as corrections, figures only as a report.

The file tells from which history it was made, so a text that changed only in the program since is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from lkip_desktop.attachments import IncomingFile
from lkip_desktop.cycle_calendar import calendar
from lkip_desktop.cycle_data import Snapshot, shown_pictures
from lkip_desktop.errors import UserError
from lkip_desktop.exchange import Line, Preview, Verdict
from lkip_desktop.office import Cycle, snapshot
from lkip_desktop.ports import Progress
from lkip_desktop.report_versions import CORRECTIONS
from lkip_desktop.table_rows import fresh_ids
from lkip_desktop.words import MONTHS, long_date
from lkip_desktop.workflow.events import Event, Json
from lkip_desktop.workflow.narrate import Narrator
from lkip_desktop.workflow.state import replay
from lkip_desktop.workflow.transitions import Refusal, may_change

if TYPE_CHECKING:
    from lkip_desktop.documents.docx_read import ReadReport
    from lkip_desktop.documents.docx_remarks import Remark

Row = tuple[str, ...]
Rows = tuple[Row, ...]
REPORT = "report"
_MARKS_GONE = (
    "“{name}” tidak memuat penanda bagian dari program ini, jadi isinya tidak dapat dipasangkan dengan isian. Berkas "
    "tetap dapat disimpan sebagai versi laporan."
)
_BOTH = "Teks ini juga berubah di program sejak berkas dibuat; pilih dengan teliti."
_FOREIGN = "Berkas ini tidak dibuat dari siklus ini, jadi tidak diketahui siapa yang mengubahnya; pilih dengan teliti."
_GONE = "Teks ini tidak ada lagi di berkas Word. Bila diambil, isiannya dikosongkan; pilih dengan teliti."
_FIGURE = "Angka dan tabel berasal dari data siklus dan tidak diambil dari Word. Perbaiki datanya bila memang salah."
_FIXED = (
    "Bagian ini disusun program, bukan dari isian teks, jadi tidak diambil. Judul subbab diubah di penyusun laporan, "
    "data kantor di Profil instansi; selebihnya salin dengan tangan ke isian yang sesuai."
)
_PICTURE = (
    "Gambar dan grafik dari Word tidak diambil. Grafik berasal dari data siklus; gambar disisipkan lewat “Gambar…” di "
    "penyusun laporan bila harus ada di laporan."
)
_SETTLED = "Sudah ditandai selesai di Word; bila diambil, tercatat sudah selesai."
_REMARKS = {
    "comment": "{author}: {text} (tentang: “{about}”)",
    "reply": "{author}, membalas {about}: {text}",
    "inserted": "Ditambahkan {author}: {text}",
    "deleted": "Dihapus {author}: {text}",
    "moved": "Dipindahkan {author}: {text}",
}


_NAMELESS = ("", "author", "unknown author")
"""What programs write for a person who gave them no name."""
_FIGURES = re.compile(rf"\d+|{'|'.join(MONTHS)}")
_DATE = re.compile(rf"(?:\b\d{{1,2}} )?\b(?:{'|'.join(MONTHS)})\b(?: \d{{4}})?")
_COUNTED = re.compile(r"^\d+\. |\b(?:tabel|gambar|lampiran|halaman) \d+", re.IGNORECASE)


@dataclass(frozen=True)
class _Printed:
    """A report of a cycle: what a reader of its file finds, and by path what was typed or proposed.

    `paths` tells the field of each mark, `said` how its words are read back, `figures` what references print.
    """

    read: ReadReport
    typed: Mapping[str, str]
    paths: Mapping[str, str]
    said: Mapping[str, str]
    figures: Mapping[str, str]


@dataclass(frozen=True)
class _Sides:
    """The report as the file was made, as the cycle stands now, and the texts that the file says now.

    Without `known` the file was not made from this history, and `base` is as the cycle stands.
    """

    base: _Printed
    mine: _Printed
    theirs: Mapping[str, str]
    known: bool


def report_preview(
    cycle: Cycle, file: IncomingFile, today: date, watch: Progress = lambda done, total: True
) -> Preview:
    """What taking back an edited report would do. Nothing is changed.

    Lines that can be taken have the path of their field. Raises UserError for a file that is no DOCX or has no marks,
    Cancelled when `watch` returns False.
    """
    from lkip_desktop.documents.docx_read import read_report
    from lkip_desktop.documents.report_build import report
    from lkip_desktop.documents.report_marks import known

    now = snapshot(cycle, today)
    read = read_report(file.data, lambda head: known(report(_base(cycle, now, head) or now)))
    found = _base(cycle, now, read.head)
    mine = _printed(now, lambda *_: watch(1, 3))
    base = mine if found is None or found.state.head == now.state.head else _printed(found, lambda *_: watch(2, 3))
    paths = {**mine.paths, **base.paths}
    theirs = {paths[mark]: text for mark, text in read.texts.items() if mark in paths}
    if not theirs:
        raise UserError(_MARKS_GONE.format(name=file.name))
    sides = _Sides(base, mine, theirs, known=found is not None)
    names = Narrator(cycle.store.events(), cycle.state, cycle.profile, {})
    lines = [*_text_lines(cycle, sides, names), *_gone(cycle, sides, names), *_figure_lines(base.read, read)]
    if found is not None:
        lines.extend(_other_lines(base.read, read))
    changes: dict[str, Json] = {line.path: line.new for line in lines if line.path and line.verdict.imported}
    remarks, rows = _corrections(cycle, read)
    changes.update(rows)
    before = {path: cycle.state.values.get(path) for path in changes}
    title = f"Laporan dari “{file.name}”: {len(changes) - len(rows)} bagian berubah, {len(remarks)} catatan"
    same = sum(mine.said.get(path) == text for path, text in theirs.items())
    return Preview(
        REPORT, title, file, (*lines, *remarks), changes, before, notices=_notices(cycle, found, read), same=same
    )


def _printed(made_from: Snapshot, watch: Progress) -> _Printed:
    """The report of a cycle as a file of it would be read that nobody edited."""
    from lkip_desktop.documents.catalog import make
    from lkip_desktop.documents.docx_read import read_report
    from lkip_desktop.documents.report_build import report
    from lkip_desktop.documents.report_marks import known, paths_of
    from lkip_desktop.documents.report_sources import texts

    content = report(made_from)
    own = known(content)
    read = read_report(make("report", made_from, watch).data, lambda _: own)
    typed = texts(content)
    paths = paths_of(typed)
    said = {paths[mark]: text for mark, text in read.texts.items() if mark in paths}
    return _Printed(read, typed, paths, said, dict(content.figures))


def _notices(cycle: Cycle, base: Snapshot | None, read: ReadReport) -> tuple[str, ...]:
    if base is None:
        said = "berasal dari riwayat lain" if read.head else "tidak menyebut riwayat asalnya"
        return (f"Berkas ini {said}, jadi dibandingkan langsung dengan isi siklus sekarang.",)
    later = [event for event in cycle.store.events() if event.seq > base.state.seq]
    changed = {path for event in later for path in event.data.get("changes", ())}
    if not changed:
        return ()
    made = next(event.at for event in cycle.store.events() if event.seq == base.state.seq)
    day = long_date(calendar(cycle.state).local(made).date())
    return (f"Berkas ini dibuat dari isi siklus pada {day}; {len(changed)} isian diubah di program sesudahnya.",)


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
            state = replay(cycle.sop, events)
            pictures = {file.id: cycle.store.blob(file.sha256) for file in shown_pictures(state)}
            return replace(now, state=state, pictures=pictures)
    return None


def _text_lines(cycle: Cycle, sides: _Sides, names: Narrator) -> Iterator[Line]:
    from lkip_desktop.documents.report_text import as_typed

    for path, text in sides.theirs.items():
        base, mine = sides.base.said.get(path, ""), sides.mine.said.get(path, "")
        if _same(text, base) or _same(text, mine):
            continue
        note, verdict = "", Verdict.CHANGE
        refusal = may_change(cycle.state, path, cycle.profile)
        if isinstance(refusal, Refusal):
            note, verdict = refusal.message, Verdict.PROBLEM
        elif not sides.known:
            note, verdict = _FOREIGN, Verdict.CHECK
        elif not _same(mine, base):
            note, verdict = _BOTH, Verdict.CHECK
        elif not _folded(text):
            note, verdict = _GONE, Verdict.CHECK
        typed = cycle.state.text(path)
        old = typed if typed.strip() else sides.mine.typed.get(path, "")
        yield Line(0, names.label(path), "Teks", old, as_typed(text, old, sides.mine.figures), verdict, note, path)


def _gone(cycle: Cycle, sides: _Sides, names: Narrator) -> Iterator[Line]:
    """Texts that somebody wrote and that the file has no more: taken out, with or without their heading."""
    for path in sides.base.said:
        mine = cycle.state.text(path)
        if path in sides.theirs or not mine.strip() or path not in sides.mine.said:
            continue
        refusal = may_change(cycle.state, path, cycle.profile)
        verdict, note = (Verdict.PROBLEM, refusal.message) if isinstance(refusal, Refusal) else (Verdict.CHECK, _GONE)
        yield Line(0, names.label(path), "Teks", mine, "", verdict, note, path)


def _same(one: str, other: str) -> bool:
    """Whether two texts read alike; spaces and the case of what is left open do not count."""
    return _folded(one) == _folded(other)


def _folded(text: str) -> list[str]:
    lines = (line.replace("\u00a0", " ").replace("[Lengkapi:", "[lengkapi:") for line in text.splitlines())
    return [f"{line[: len(line) - len(line.lstrip())]}{' '.join(line.split())}" for line in lines if line.strip()]


def _figure_lines(base: ReadReport, read: ReadReport) -> Iterator[Line]:
    """What the file says otherwise in our tables, which are found by their captions: cells, rows, whole tables."""
    theirs: dict[str, list[Rows]] = {}
    for table in read.tables:
        theirs.setdefault(table.caption, []).append(table.rows)
    own = {table.caption for table in base.tables}
    renamed = [table.rows for table in read.tables if table.caption not in own]
    for table in base.tables:
        found = theirs.get(table.caption) or renamed
        if found:
            yield from _row_lines(table.caption, table.rows, found.pop(0))
        else:
            yield Line(0, table.caption, "Tabel", f"{len(table.rows) - 1} baris", "", Verdict.NOTE, _FIGURE)


def _row_lines(caption: str, own: Rows, their: Rows) -> Iterator[Line]:
    heads = own[0] if own else ()
    for place, mine, new in _row_pairs(own, their):
        if not mine or not new:
            yield Line(place, caption, "Baris", " | ".join(mine), " | ".join(new), Verdict.NOTE, _FIGURE)
            continue
        for number, (old, now) in enumerate(zip_longest(mine, new, fillvalue="")):
            if _folded(old) != _folded(now):
                column = heads[number] if number < len(heads) and len(mine) == len(heads) else "Sel"
                yield Line(place, caption, column, old, now, Verdict.NOTE, _FIGURE)


def _row_pairs(own: Rows, their: Rows) -> Iterator[tuple[int, Row, Row]]:
    """The rows that differ, each with its place and beside the one that it was; a row with no partner has an empty one.

    Where not only cells changed, rows with the same words and other figures belong together.
    """
    for _, i1, i2, j1, j2 in _apart(own, their):
        left, right = own[i1:i2], their[j1:j2]
        if len(left) == len(right):
            yield from zip(range(i1, i2), left, right, strict=True)
            continue
        words, others = ([_FIGURES.sub(" ", " | ".join(row)) for row in rows] for rows in (left, right))
        for tag, k1, k2, m1, m2 in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
            if tag == "equal":
                yield from zip(range(i1 + k1, i1 + k2), left[k1:k2], right[m1:m2], strict=True)
            else:
                yield from ((i1 + place, left[place], ()) for place in range(k1, k2))
                yield from ((j1 + place, (), right[place]) for place in range(m1, m2))


def _apart(own: Sequence[Any], their: Sequence[Any]) -> Iterator[tuple[str, int, int, int, int]]:
    """The stretches in which two sequences differ, as `SequenceMatcher` tells them."""
    found = SequenceMatcher(None, own, their, autojunk=False).get_opcodes()
    return (block for block in found if block[0] != "equal")


def _other_lines(base: ReadReport, read: ReadReport) -> Iterator[Line]:
    """What differs outside the texts and our tables: told, since no field could take it."""
    from lkip_desktop.documents.docx_read import PICTURE, Other

    own, their = ([(_lasting(one.text), one.picture) for one in side.others] for side in (base, read))
    for _, i1, i2, j1, j2 in _apart(own, their):
        for old, new in zip_longest(base.others[i1:i2], read.others[j1:j2], fillvalue=Other("", "")):
            note, column = (_PICTURE, "Gambar") if PICTURE in (old.text, new.text) else (_FIXED, "Teks tetap")
            if column != "Gambar" and _FIGURES.sub(" ", old.text) == _FIGURES.sub(" ", new.text):
                note = _FIGURE
            now = f"{new.text} diganti" if new.text == old.text else new.text
            yield Line(0, new.heading or old.heading or "Awal laporan", column, old.text, now, Verdict.NOTE, note)


def _lasting(text: str) -> str:
    """A line without its date and without what is counted: the report may have been made on another day, and Word
    counts captions and headings anew when one was put in."""
    return _COUNTED.sub(" ", _DATE.sub(" ", text))


def _corrections(cycle: Cycle, read: ReadReport) -> tuple[list[Line], dict[str, Json]]:
    """Comments and tracked changes as rows of the corrections; those that are there already are left out."""
    known = Counter(cycle.state.cell(CORRECTIONS, row, "remark") for row in cycle.state.rows(CORRECTIONS))
    if isinstance(may_change(cycle.state, CORRECTIONS, cycle.profile), Refusal):
        return [], {}
    new: list[tuple[str, Remark]] = []
    for remark in read.remarks:
        text = _remark_text(remark)
        if known[text]:
            known[text] -= 1
        else:
            new.append((text, remark))
    lines: list[Line] = []
    changes: dict[str, Json] = {}
    order = list(cycle.state.rows(CORRECTIONS))
    for row, (text, remark) in zip(fresh_ids(cycle.state, CORRECTIONS, len(new)), new, strict=True):
        order.append(row)
        section, where = remark.heading or "Umum", f"{CORRECTIONS}/{row}/remark"
        changes |= {f"{CORRECTIONS}/{row}/section": section, where: text}
        if remark.settled:
            changes[f"{CORRECTIONS}/{row}/settled"] = "ya"
        note = _SETTLED if remark.settled else ""
        lines.append(Line(0, section, "Koreksi", "", text, Verdict.NEW, note, where))
    return lines, {**changes, CORRECTIONS: order} if lines else {}


def _remark_text(remark: Remark) -> str:
    """``Ditambahkan Sekretaris, 19 Januari 2027: …``"""
    author = remark.author.strip()
    author = "tanpa nama" if author.casefold() in _NAMELESS else author
    with suppress(ValueError):
        author = f"{author}, {long_date(date.fromisoformat(remark.day))}"
    return _REMARKS[remark.kind].format(author=author, text=remark.text, about=remark.about)
