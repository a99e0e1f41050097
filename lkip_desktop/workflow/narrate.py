"""Tells the history in plain Indonesian: one sentence per act, and one entry for a run of typing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from lkip_desktop.sop.model import FieldKind, FormField, Step
from lkip_desktop.values import show
from lkip_desktop.workflow.events import Act, Event, Json, Who
from lkip_desktop.workflow.state import Attachment, CycleState

PAUSE = timedelta(minutes=30)
"""Typing after a longer pause begins a new entry."""

_NAMED = 3

AUTHORITY_WORDS = {"password": ", dengan kata sandi pejabatnya", "paper": ", dicatat dari persetujuan tertulis"}
"""How a decision was authorised, as a clause after it; nothing for one that asked for no password."""


class Topic(StrEnum):
    """What an entry is about, as the filter names it."""

    DECISION = "Keputusan"
    FILL = "Isian"
    FILE = "Berkas"
    DOCUMENT = "Dokumen"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: an act, or a run of typing by one person (`first` to `last`, UTC).

    `details` are further lines: typed values, reasons for warnings. `step` is a step's id, or empty.
    """

    seq: int
    first: datetime
    last: datetime
    who: Who
    topic: Topic
    text: str
    details: tuple[str, ...]
    step: str


@dataclass(frozen=True)
class Narrator:
    """Knows what the events of one cycle speak about.

    `profile` are the fields that belong to no step, `titles` the screen names of document kinds.
    """

    events: tuple[Event, ...]
    state: CycleState
    profile: Collection[FormField]
    titles: Mapping[str, str]

    def entries(self) -> tuple[Entry, ...]:
        """The whole history, oldest first."""
        return tuple(self._entry(run) for run in _runs(self.events))

    def narrate(self, *run: Event) -> str:
        """A sentence about one act, or about several FILLED events together."""
        return _SENTENCES[run[0].act](self, run)

    def _entry(self, run: tuple[Event, ...]) -> Entry:
        event = run[0]
        return Entry(
            seq=run[-1].seq,
            first=event.at,
            last=run[-1].at,
            who=event.who,
            topic=_TOPICS[event.act],
            text=self.narrate(*run),
            details=tuple(self._details(run)),
            step=self._step(run),
        )

    def _details(self, run: tuple[Event, ...]) -> Iterator[str]:
        if "changes" in run[0].data:
            for path, value in self._typed(run).items():
                yield f"{self.label(path)}: {self.shown(path, value)}"
        for text, reason in run[0].data.get("answers", {}).items():
            yield f"{text} Alasan: {reason}"

    def _typed(self, run: tuple[Event, ...]) -> dict[str, Json]:
        """What a run left behind, in the order of the forms: events keep it in the order of the paths' letters."""
        return dict(sorted(changes(run).items(), key=lambda item: self.position(item[0])))

    def position(self, path: str) -> tuple[int, int, int]:
        """Where a path stands among all fields, rows and columns, for sorting."""
        base, *rest = path.split("/")
        if len(rest) != 2:
            return self._places.get(base, len(self._places)), -1, -1
        rows, table = self.state.rows(base), self.field(base)
        columns = [column.id for column in table.columns] if table else []
        row = rows.index(rest[0]) if rest[0] in rows else len(rows)
        return self._places.get(base, len(self._places)), row, columns.index(rest[1]) if rest[1] in columns else 0

    @cached_property
    def _places(self) -> dict[str, int]:
        """Every field's place: the steps' in their order, then the profile's."""
        return {name: place for place, name in enumerate((*self.state.sop.fields, *(f.id for f in self.profile)))}

    def _step(self, run: tuple[Event, ...]) -> str:
        event = run[0]
        if event.act is Act.UNDONE:
            event = self._event(event.data["event"])
        if "step" in event.data:
            return str(event.data["step"])
        paths = self._paths(run)
        owners = {self.state.sop.fields[b][0].id for b in map(_base, paths) if b in self.state.sop.fields}
        return owners.pop() if len(owners) == 1 else ""

    def _paths(self, run: tuple[Event, ...]) -> Collection[str]:
        if "changes" in run[0].data:
            return changes(run)
        return [self._file(run[0]).field if "attachment" in run[0].data else run[0].data.get("field", "")]

    # Names

    def field(self, path: str) -> FormField | None:
        """The field or column that a path names, also when nothing is kept under it any more."""
        base, *rest = path.split("/")
        owner = self.state.sop.fields.get(base)
        found = owner[1] if owner else next((f for f in self.profile if f.id == base), None)
        if found is not None and len(rest) == 2:
            return next((column for column in found.columns if column.id == rest[1]), None)
        return found

    def label(self, path: str) -> str:
        """``Anggota tim, baris 2, Nama``; a row that is gone is left out."""
        base, *rest = path.split("/")
        table, column = self.field(base), self.field(path)
        name = table.label if table else base
        if len(rest) != 2:
            return name
        rows = self.state.rows(base)
        row = [f"baris {rows.index(rest[0]) + 1}"] if rest[0] in rows else []
        return ", ".join([name, *row, column.label if column else rest[1]])

    def shown(self, path: str, value: Json) -> str:
        """A kept value as people write it."""
        if isinstance(value, list):
            return f"{len(value)} baris"
        if not value:
            return "dikosongkan"
        field = self.field(path)
        kind = field.kind if field else FieldKind.TEXT
        if field is not None and field.id == "role" and value in self.state.sop.actor_names:
            return self.state.sop.actor_names[value]
        if kind is FieldKind.OFFICIAL:
            return self.state.cell("officials", value, "name") or "pejabat yang sudah dihapus"
        return ", ".join(show(kind, value).splitlines())

    def document(self, kind: str) -> str:
        return self.titles.get(kind, kind)

    def place(self, step_id: str) -> str:
        """``langkah 7, Inspektur``"""
        step = self.state.sop.by_id[step_id]
        return f"langkah {step.number}, {self.state.sop.actor_names[step.actor]}"

    def _event(self, seq: int) -> Event:
        return self.events[seq - 1]

    def _file(self, event: Event) -> Attachment:
        return {a.id: a for a in self.state.attachments}[event.data["attachment"]]

    # Sentences, one per act

    def created(self, run: tuple[Event, ...]) -> str:
        cover = self.state.sop.cover
        return f"Siklus {run[0].data['year']} dibuat menurut SOP nomor {cover.number} (revisi {cover.revised})"

    def filled(self, run: tuple[Event, ...]) -> str:
        typed = self._typed(run)
        paths = [path for path, value in typed.items() if not isinstance(value, list)]
        labels = list(dict.fromkeys(self.label(_base(path)) for path in paths or typed))
        names = ", ".join(labels[:_NAMED]) + (", …" if len(labels) > _NAMED else "")
        return f"Mengisi {len(paths)} isian: {names}" if paths else f"Mengubah susunan baris: {names}"

    def attached(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        return f"Berkas “{data['name']}” dilampirkan pada {self.label(data['field'])}"

    def detached(self, run: tuple[Event, ...]) -> str:
        file = self._file(run[0])
        return f"Berkas “{file.name}” dilepas dari {self.label(file.field)}"

    def restored(self, run: tuple[Event, ...]) -> str:
        file = self._file(run[0])
        return f"Berkas “{file.name}” dipasang kembali pada {self.label(file.field)}"

    def completed(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        step = self.state.sop.by_id[data["step"]]
        how = _how(step, data["decision"]) + AUTHORITY_WORDS.get(data.get("authority", ""), "")
        if not data["target"]:
            return f"{how}. Siklus ditutup"
        target = self.state.sop.by_id[data["target"]]
        if target.number > step.number:
            return f"{how}, diteruskan ke {self.place(target.id)}"
        receiver = self.state.sop.actor_names[target.actor]
        return f"{how}. Dikembalikan ke {receiver} (langkah {target.number}): {data['reason']}"

    def undone(self, run: tuple[Event, ...]) -> str:
        event = self._event(run[0].data["event"])
        what = "Pembukaan kembali" if event.act is Act.REOPENED else "Penyelesaian"
        return f"{what} {_named(self.state.sop.by_id[event.data['step']])} dibatalkan"

    def reopened(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        return f"{_capital(_named(self.state.sop.by_id[data['step']]))} dibuka kembali: {data['reason']}"

    def kept(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        title = f"{self.document(data['kind'])} versi {data['version']}"
        if data["source"] == "imported":
            return f"{title} diambil dari berkas “{data['name']}”"
        return f"{title} dibuat dan disimpan"

    def printed(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        pages = f", halaman {data['pages']}" if data.get("pages") else ""
        copies = f", {data['copies']} rangkap" if data.get("copies", 1) > 1 else ""
        return f"{self._printed_thing(data)} dicetak di printer {data['printer']}{pages}{copies}"

    def _printed_thing(self, data: Mapping[str, Json]) -> str:
        letter = data.get("letter", 0)
        return self._letter(letter) if letter else self.document(data["kind"])

    def _letter(self, seq: int) -> str:
        data = self._event(seq).data
        version = f" versi {data['version']}" if data["version"] > 1 else ""
        number = f" nomor {data['number']}" if data["number"] else ""
        return f"{self.document(data['kind'])}{number}{version}"

    def issued(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        why = f": {data['reason']}" if data.get("reason") else ""
        replaced = f", menggantikan versi {data['version'] - 1}{why}" if data["replaces"] else ""
        return f"{self._letter(run[0].seq)} diterbitkan, ditandatangani {data['signer']['name']}{replaced}"

    def signed(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        return f"Berkas bertanda tangan “{data['name']}” dilampirkan pada {self._letter(data['letter'])}"

    def imported(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        return f"{len(data['changes'])} isian diimpor dari berkas “{data['name']}”"

    def merged(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        brought = f" dan {len(data['attachments'])} berkas" if data["attachments"] else ""
        return f"{len(data['changes'])} isian{brought} diambil dari salinan lain (riwayat {data['other_head'][:8]})"

    def password(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        name = self.state.cell("people", data["person"], "name") or "orang yang sudah dihapus"
        earlier = (e.data for e in self.events[: run[0].seq - 1] if e.act is Act.PASSWORD)
        known = [one["hash"] for one in earlier if one["person"] == data["person"]]
        if not data["hash"]:
            return f"Kata sandi {name} dihapus"
        if not known or not known[-1]:
            return f"Kata sandi {name} dibuat{' oleh orang lain' if data['reset'] else ''}"
        return f"Kata sandi {name} {'diatur ulang' if data['reset'] else 'diganti'}"

    def archived(self, run: tuple[Event, ...]) -> str:
        data = run[0].data
        return f"Paket arsip “{data['name']}” dibuat (SHA-256 {data['package_digest'][:12]}…)"


def changes(run: Iterable[Event]) -> dict[str, Json]:
    """What a run of events that change values left behind: the last value of each path."""
    return {path: value for event in run for path, value in event.data["changes"].items()}


def _runs(events: Iterable[Event]) -> Iterator[tuple[Event, ...]]:
    """Each act by itself, but neighbouring fills of one person together, until a pause."""
    for (act, _), group in groupby(events, key=lambda event: (event.act, event.who)):
        run: list[Event] = []
        for event in group:
            if run and (act is not Act.FILLED or event.at - run[-1].at > PAUSE):
                yield tuple(run)
                run = []
            run.append(event)
        yield tuple(run)


def _how(step: Step, decision: str) -> str:
    if not decision:
        return f"{_capital(_named(step))} selesai"
    if decision == "ya":
        return f"{_capital(_named(step))} disetujui: Ya"
    return f"{_capital(_named(step))} diputuskan: {decision.capitalize()}"


def _named(step: Step) -> str:
    return f"langkah {step.number} ({step.title})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _base(path: str) -> str:
    return path.split("/", maxsplit=1)[0]


_SENTENCES = {
    Act.CREATED: Narrator.created,
    Act.FILLED: Narrator.filled,
    Act.ATTACHED: Narrator.attached,
    Act.DETACHED: Narrator.detached,
    Act.RESTORED: Narrator.restored,
    Act.COMPLETED: Narrator.completed,
    Act.UNDONE: Narrator.undone,
    Act.REOPENED: Narrator.reopened,
    Act.KEPT: Narrator.kept,
    Act.PRINTED: Narrator.printed,
    Act.ISSUED: Narrator.issued,
    Act.SIGNED: Narrator.signed,
    Act.IMPORTED: Narrator.imported,
    Act.MERGED: Narrator.merged,
    Act.PASSWORD: Narrator.password,
    Act.ARCHIVED: Narrator.archived,
}

_TOPICS = {
    Act.CREATED: Topic.DECISION,
    Act.FILLED: Topic.FILL,
    Act.ATTACHED: Topic.FILE,
    Act.DETACHED: Topic.FILE,
    Act.RESTORED: Topic.FILE,
    Act.COMPLETED: Topic.DECISION,
    Act.UNDONE: Topic.DECISION,
    Act.REOPENED: Topic.DECISION,
    Act.KEPT: Topic.DOCUMENT,
    Act.PRINTED: Topic.DOCUMENT,
    Act.ISSUED: Topic.DOCUMENT,
    Act.SIGNED: Topic.FILE,
    Act.IMPORTED: Topic.FILL,
    Act.MERGED: Topic.FILL,
    Act.PASSWORD: Topic.DECISION,
    Act.ARCHIVED: Topic.DOCUMENT,
}
