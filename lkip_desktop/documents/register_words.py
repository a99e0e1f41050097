"""The register of letters as a sheet of words: one content for the window, the printed page and the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import KINDS
from lkip_desktop.register import RegisterLine, Standing, in_order, lines_of
from lkip_desktop.words import long_date

HEADINGS = ("No. urut", "Nomor surat", "Tanggal", "Jenis surat", "Hal", "Kepada", "Penanda tangan", "Keadaan")
SHARES = (6, 18, 11, 12, 18, 15, 12, 8)
"""Each column's part of the width of a printed sheet, in percent."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The register of a year, or of some: `lines` beside their `rows` of cells under HEADINGS."""

    title: str
    agency: str
    years: str
    made: date
    lines: tuple[RegisterLine, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """The file name to propose, without an ending."""
        return f"Register Surat {self.years}"


def sheet(snapshot: Snapshot, lines: Sequence[RegisterLine], years: str) -> Sheet:
    """A register in the order of `lines`; `years` says of which time it is."""
    made = tuple(lines)
    return Sheet("REGISTER SURAT KELUAR", snapshot.agency.short, years, snapshot.today, made, tuple(map(cells, made)))


def own_sheet(snapshot: Snapshot) -> Sheet:
    """The register of one cycle's own letters, whatever year they were issued in."""
    lines = sorted(lines_of(snapshot.state.letters, snapshot.state.year, Path()), key=in_order)
    years = dict.fromkeys(str(line.letter.year) for line in lines)
    return sheet(snapshot, lines, " dan ".join(years) or str(snapshot.today.year))


def cells(line: RegisterLine) -> tuple[str, ...]:
    """A line's cells under HEADINGS."""
    letter = line.letter
    kind = KINDS[letter.kind].title if letter.kind in KINDS else letter.kind
    version = f" (versi {letter.version})" if letter.version > 1 else ""
    return (
        str(letter.sequence) if letter.sequence else "–",
        letter.number,
        long_date(line.day),
        f"{kind}{version}",
        letter.about,
        letter.recipient,
        letter.signer.name,
        state_words(line),
    )


def state_words(line: RegisterLine) -> str:
    """How a letter stands, and whether its signed copy says something else."""
    differs = line.standing is Standing.SIGNED and line.letter.signed[-1].verdict == "different"
    return f"{line.standing} (isi berbeda)" if differs else str(line.standing)
