"""The hand-over package: all of a cycle in one zip that is read without this program, and its check years later.

Nothing in it is packed: the same cycle gives the same bytes with any library, and a damaged place spoils one file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from lkip_desktop.archive_plan import Source, Written, plan
from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.errors import Cancelled, EnvironmentProblem, UserError, reason_of
from lkip_desktop.files import replacing
from lkip_desktop.office import Changed, Cycle, require_replaceable
from lkip_desktop.outside import MB, Limits, Package, open_package, visible
from lkip_desktop.ports import Progress
from lkip_desktop.workflow.events import Act, Draft, Event, Who
from lkip_desktop.workflow.transitions import Refusal

MANIFEST = "manifest-sha256.txt"
PACKAGE = Limits(file=4000 * MB, entries=20000, entry=2000 * MB, total=4000 * MB, ratio=1, depth=6)

LARGEST = 3500 * MB
"""Bytes of kept files; beyond 4 GB a zip has a form that older programs do not read."""

# The earliest time that a zip can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SHA256 = re.compile("[0-9a-f]{64}")
_ADVICE = "Paket lama, bila ada, tetap utuh. Periksa ruang dan izin folder itu, atau pilih folder lain."


@dataclass(frozen=True, slots=True)
class Archive:
    """A package that was written: where, its SHA-256 in hex, its size in bytes, and how many files it holds."""

    path: Path
    digest: str
    size: int
    files: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check of a package found; names are those inside it. `recorded` is the event that tells of it."""

    files: int
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    digest: str = ""
    recorded: Event | None = None

    @property
    def whole(self) -> bool:
        return not (self.changed or self.missing or self.added)


def write_package(
    snapshot: Snapshot,
    blob: Callable[[str], bytes],
    path: Path,
    *,
    source: Path,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Archive:
    """Write the package of a snapshot; `blob` gives the bytes kept under a digest, `source` is the cycle's own file.

    Raises UserError when the name is taken and may not be overwritten, EnvironmentProblem when it cannot be written,
    Cancelled when `progress` says so; nothing is there then.
    """
    from lkip_desktop.documents.archive_pages import made_files

    try:
        require_replaceable(path, source, overwrite=overwrite)
        sources = plan(snapshot)
        if sum(one.size for one in sources) > LARGEST:
            raise UserError("Berkas siklus ini lebih dari 3,5 GB: terlalu besar untuk satu paket arsip.")
        watch = _Watch(progress, sum(one.size for one in sources))
        with replacing(path) as partial:
            files = _write(partial, sources, blob, lambda written: made_files(snapshot, written, watch), watch)
            digest, size = _digest_of(partial)
    except OSError as error:
        raise EnvironmentProblem(f"“{path.name}” tidak dapat ditulis ({reason_of(error)}). {_ADVICE}") from error
    return Archive(path, digest, size, files)


def record(cycle: Cycle, who: Who, made: Archive) -> Changed | Refusal:
    """Note in the history that a package was made, with its SHA-256; also in a cycle that is closed."""
    data = {"name": made.path.name, "package_digest": made.digest, "size": made.size}
    return cycle.record(Draft(who, Act.ARCHIVED, data))


def verify(path: Path, events: Sequence[Event] = (), progress: Progress | None = None) -> Finding:
    """Compare every file of a package with its manifest, and the package itself with the acts of a cycle, if given.

    Raises UserError when it is no package of this program, EnvironmentProblem when it cannot be read, Cancelled.
    """
    with open_package(path, PACKAGE) as package:
        wanted, odd = _manifest(package, path.name)
        found = {name for name in package.names if name != MANIFEST}
        watch = _Watch(progress, sum(package.size(name) for name in found & set(wanted)))
        changed = [name for name in sorted(found & set(wanted)) if _digest(package, name, watch) != wanted[name]]
        changed += [MANIFEST] if odd else []
    digest, _ = _digest_of(path)
    told = (event for event in events if event.act is Act.ARCHIVED and event.data["package_digest"] == digest)
    return Finding(
        len(wanted),
        tuple(changed),
        tuple(sorted(set(wanted) - found)),
        tuple(sorted(found - set(wanted))),
        digest,
        next(told, None),
    )


def sentences(found: Finding) -> tuple[str, ...]:
    """What is wrong with a package, one sentence for each file; empty when it is whole."""
    return (
        *(f"“{visible(name)}” berubah." for name in found.changed),
        *(f"“{visible(name)}” hilang." for name in found.missing),
        *(f"“{visible(name)}” ditambahkan kemudian." for name in found.added),
    )


def _write(
    partial: Path,
    sources: Sequence[Source],
    blob: Callable[[str], bytes],
    made: Callable[[tuple[Written, ...]], Iterator[tuple[str, bytes]]],
    watch: _Watch,
) -> int:
    """Write all files and the manifest into a new zip; how many there are."""
    written: list[Written] = []
    lines: list[str] = []
    with ZipFile(partial, "w", ZIP_STORED) as target:
        for one in sources:
            data = blob(one.sha256)
            if hashlib.sha256(data).hexdigest() != one.sha256:
                raise UserError(f"“{one.path}” di dalam siklus rusak. Jalankan Bantuan ▸ Periksa berkas.")
            _add(target, one.path, data)
            written.append(Written(one, len(data)))
            lines.append(f"{one.sha256}  {one.path}\n")
            watch.tell(len(data))
        for name, data in made(tuple(written)):
            _add(target, name, data)
            lines.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
        _add(target, MANIFEST, "".join(sorted(lines, key=lambda line: line[66:])).encode())
    return len(lines)


def _add(target: ZipFile, name: str, data: bytes) -> None:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type, entry.external_attr, entry.create_system = ZIP_STORED, 0o644 << 16, 3
    target.writestr(entry, data)


def _manifest(package: Package, name: str) -> tuple[dict[str, str], bool]:
    """Name → SHA-256, as `sha256sum` writes them; and whether there are lines that this program does not write."""
    wanted: dict[str, str] = {}
    odd = False
    with suppress(KeyError, ValueError):
        for line in package.read(MANIFEST).decode("utf-8").splitlines():
            digest, gap, file = line.partition("  ")
            # Of two digests for one file either may be the false one.
            odd = odd or not gap or file in wanted
            wanted.setdefault(file, digest)
    if not any(_SHA256.fullmatch(digest) for digest in wanted.values()):
        raise UserError(f"“{name}” bukan paket arsip LKIP: daftar sidik “{MANIFEST}” tidak ada atau tidak terbaca.")
    return wanted, odd


def _digest(package: Package, name: str, watch: _Watch) -> str:
    """The SHA-256 of a file in a package; empty when it cannot be read."""
    summed = hashlib.sha256()
    try:
        for piece in package.chunks(name):
            summed.update(piece)
            watch.tell(len(piece))
    except UserError:
        return ""
    return summed.hexdigest()


def _digest_of(path: Path) -> tuple[str, int]:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest(), stream.tell()


class _Watch:
    """Progress in KB of all bytes. Raises Cancelled when the watcher wants no more."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def tell(self, more: int) -> None:
        self._done += more
        if self._progress is not None and not self._progress(self._done // 1024, max(self._total // 1024, 1)):
            raise Cancelled

    def __call__(self, done: int, total: int) -> bool:
        """While a document is made: how far it is says little, stopping counts."""
        self.tell(0)
        return True
