"""Saving what is left of a damaged cycle file, and saying what could not be saved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lkip_desktop import backups
from lkip_desktop.errors import EnvironmentProblem, reason_of
from lkip_desktop.files import write_atomically
from lkip_desktop.overview import SUFFIX
from lkip_desktop.ports import Files, Progress, Rescued
from lkip_desktop.words import long_date
from lkip_desktop.workflow.events import Event


@dataclass(frozen=True, slots=True)
class Saved:
    """What a rescue made: the new file, the file with the list of what is missing, and the list."""

    path: Path
    listing: Path
    rescued: Rescued
    lines: tuple[str, ...]

    def text(self) -> str:
        return "\n".join(self.lines)


def rescued_path(damaged: Path) -> Path:
    """A free name beside a damaged file: ``LKIP-2026 (diselamatkan).lkip``."""
    path, number = damaged.with_name(f"{damaged.stem} (diselamatkan){SUFFIX}"), 2
    while path.exists():
        path = damaged.with_name(f"{damaged.stem} (diselamatkan {number}){SUFFIX}")
        number += 1
    return path


def rescue(
    files: Files, damaged: Path, target: Path, second: Path | None = None, progress: Progress | None = None
) -> Saved:
    """Make a new file of what the damaged one and its backups still hold, and beside it a list of what is missing.

    Raises UserError when nothing can be saved or `target` is taken, EnvironmentProblem, Cancelled. Nothing that was
    there is changed.
    """
    kept = backups.available(damaged, second)
    sources = [damaged, *(path for one in kept for path in (one.path, one.twin) if path is not None)]
    rescued = files.rescue(sources, target, progress)
    lines = tuple(_lines(damaged, target, rescued))
    listing = target.with_suffix(".txt")
    try:
        write_atomically(listing, ("\n".join(lines) + "\n").encode("utf-8"))
    except OSError as error:
        raise EnvironmentProblem(
            f"Isi berkas sudah diselamatkan ke “{target.name}”, tetapi daftarnya tidak dapat ditulis "
            f"({reason_of(error)})."
        ) from error
    return Saved(target, listing, rescued, lines)


def _lines(damaged: Path, target: Path, rescued: Rescued) -> list[str]:
    last = rescued.events[-1]
    lines = [
        f"Isi “{damaged.name}” diselamatkan ke “{target.name}”.",
        f"Riwayat selamat sampai {_named(last)}.",
        "Berkas yang rusak tidak diubah.",
    ]
    if not rescued.loose and not rescued.missing:
        return [*lines, "Tidak ada yang diketahui hilang. Catatan sesudahnya, bila pernah ada, tidak ditemukan."]
    if rescued.loose:
        lines.append("Catatan yang terbaca tetapi tidak tersambung, jadi tidak ikut:")
        lines += [f"- {_named(event)}" for event in rescued.loose]
    if rescued.missing:
        lines.append("Berkas yang hilang; lampirkan kembali dari aslinya:")
        lines += [f"- “{one.name}” pada {_named(one.event)}" for one in rescued.missing]
    return lines


def _named(event: Event) -> str:
    day = event.at.astimezone()
    return f"catatan ke-{event.seq} ({long_date(day.date())} pukul {day:%H.%M}, oleh {event.who.name or '–'})"
