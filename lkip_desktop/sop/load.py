"""Reads an SOP definition from TOML into the model, strictly: whatever is not understood is an error with its place."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from lkip_desktop.errors import SopError, reason_of
from lkip_desktop.sop.check import check
from lkip_desktop.sop.model import (
    Actor,
    Cover,
    Duration,
    Edge,
    FieldKind,
    FormField,
    GuardUse,
    Needed,
    Record,
    Shape,
    Sop,
    Step,
    TextList,
    TimeUnit,
    Wording,
)
from lkip_desktop.sop.reader import Reader

MAX_BYTES = 2_000_000
_DURATION = re.compile(r"(\d{1,4}) (menit|jam|hari)", re.IGNORECASE)


def load_sop(path: Path) -> Sop:
    """The checked SOP in a file. Raises SopError with file and place, also when the file cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SopError(f"berkas SOP tidak dapat dibaca ({reason_of(error)}).", file=path.name) from error
    if len(data) > MAX_BYTES:
        raise SopError("berkas terlalu besar untuk sebuah SOP.", file=path.name)
    try:
        return parse_sop(data.decode("utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise SopError("berkas bukan teks UTF-8.", file=path.name) from error


def parse_sop(text: str, file: str = "") -> Sop:
    """The checked SOP in a TOML text; `file` only names it in errors. Raises SopError."""
    try:
        return _checked(text)
    except SopError as error:
        raise SopError(error.message, error.place, file) from error


@lru_cache(maxsize=4)
def _checked(text: str) -> Sop:
    """The home screen reads the same SOP for every cycle of a folder, and opening one reads it again."""
    reader = Reader(_toml(text))
    sop = _sop(reader, text)
    reader.close()
    check(sop)
    return sop


def load_fields(path: Path) -> tuple[FormField, ...]:
    """The form fields of a file that holds only ``[[fields]]`` (the agency's profile). Raises SopError."""
    try:
        reader = Reader(_toml(path.read_text(encoding="utf-8")))
        fields = reader.all("fields", _field, required=True)
        reader.close()
    except SopError as error:
        raise SopError(error.message, error.place, path.name) from error
    return fields


def _toml(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SopError(f"bukan TOML yang benar ({error}).") from error


def _sop(r: Reader, text: str) -> Sop:
    return Sop(
        id=r.text("id"),
        cover=_cover(r.table("cover")),
        lists=r.all("lists", _list),
        actors=r.all("actors", _actor, required=True),
        records=r.all("records", lambda t: Record(t.text("id"), _wording(t))),
        steps=r.all("steps", _step, required=True),
        total_days=r.get("total_days", int),
        text=text,
    )


def _cover(r: Reader) -> Cover:
    names = [name for name in Cover.__dataclass_fields__ if name != "name"]
    cover = Cover(name=_wording(r.table("name")), **{name: r.text(name) for name in names})
    r.close()
    return cover


def _list(r: Reader) -> TextList:
    return TextList(r.text("id"), r.text("title"), r.all("items", _wording, required=True))


def _actor(r: Reader) -> Actor:
    name = r.text("name")
    return Actor(r.text("id"), name, r.text("issued", name))


def _wording(r: Reader) -> Wording:
    issued = r.text("issued")
    return Wording(issued, r.text("clean", issued))


def _named_wording(r: Reader, key: str) -> Wording:
    table = r.table(key)
    wording = _wording(table)
    table.close()
    return wording


def _step(r: Reader) -> Step:
    return Step(
        id=r.text("id"),
        number=r.get("number", int),
        title=r.text("title"),
        activity=_named_wording(r, "activity"),
        actor=r.text("actor"),
        receiver=r.text("receiver", ""),
        shape=r.choice("shape", Shape),
        requirement=_named_wording(r, "requirement"),
        duration=_duration(r),
        output=_named_wording(r, "output"),
        verb=r.text("verb", ""),
        help=r.text("help", ""),
        edges=r.all("edges", _edge),
        fields=r.all("fields", _field),
        guards=r.all("guards", _guard),
        documents=r.texts("documents"),
    )


def _duration(r: Reader) -> Duration:
    match = _DURATION.fullmatch(r.text("time"))
    if match is None or int(match[1]) == 0:
        raise SopError("tulis seperti “15 Menit”, “1 Jam”, atau “4 Hari”.", r.at("time"))
    return Duration(int(match[1]), TimeUnit(match[2].lower()))


def _edge(r: Reader) -> Edge:
    return Edge(r.text("target"), r.text("label", ""), r.text("verb", ""))


def _field(r: Reader) -> FormField:
    kind = r.choice("kind", FieldKind)
    return FormField(
        id=r.text("id"),
        label=r.text("label"),
        kind=kind,
        needed=r.choice("needed", Needed, Needed.OPTIONAL),
        when=r.text("when", ""),
        group=r.text("group", ""),
        help=r.text("help", ""),
        default=r.text("default", ""),
        record=r.text("record", ""),
        choices=r.texts("choices"),
        columns=r.all("columns", _field, required=True) if kind is FieldKind.TABLE else (),
        width=r.get("width", int, 0),
        plain=r.get("plain", bool, False),
    )


def _guard(r: Reader) -> GuardUse:
    return GuardUse(
        name=r.text("name"),
        field=r.text("field", ""),
        columns=r.texts("columns"),
        when=r.text("when", ""),
        needed=r.choice("needed", Needed, Needed.REQUIRED),
        message=r.text("message", ""),
    )
