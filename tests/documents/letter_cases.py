"""Snapshots with everything that letters ask for, and what is hard about some; the golden pictures are made here too.

``python -m tests.documents.letter_cases KIND …`` draws the golden pictures anew: look at each before it is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from lkip_desktop.cycle_data import Issue, Snapshot
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.letter_kinds import LETTERS
from lkip_desktop.workflow.state import Signer
from tests.documents import builders
from tests.documents.builders import rows

GOLDEN = Path(__file__).with_name("golden")
KINDS = tuple(letter.id for letter in LETTERS)
BARE = ("archive-label", "address-label", "letter-labels", "envelope")
"""Letters without small print; the labels have no kop either."""

FIELDS: dict[str, Any] = {
    "team_decree_number": "700/012/Kep-Insp/2027",
    "team_decree_date": "2027-02-01",
    "team_decree_signer": "p1",
    "request_number": "000.8.6.3/005/Insp/2027",
    "request_date": "2027-02-02",
    "request_signer": "p2",
    "reminder_number": "000.8.6.3/008/Insp/2027",
    "reminder_date": "2027-02-05",
    "reminder_due": "2027-02-08",
    "invitation_number": "000.8.6.3/010/Insp/2027",
    "invitation_date": "2027-02-09",
    "invitation_signer": "p2",
    "meeting_date": "2027-02-10",
    "meeting_time": "09.00",
    "meeting_place": "Ruang Rapat Inspektorat",
    "meeting_chair": "Hj. Contoh Sekretaris, S.E., M.M.",
    "meeting_secretary": "Rina Contoh, S.A.P.",
    "meeting_discussion": "Tim memaparkan draf.\nPeserta membahas kesesuaian realisasi dengan data dukungnya.",
    "corrections_date": "2027-02-11",
    "review_number": "700.1.2.8/011/Insp/2027",
    "review_date": "2027-02-15",
    "archive_date": "2027-02-16",
    "archive_code": "000.8.6.3",
    "archive_place": "Lemari A, rak 2, bantex 14",
    "archive_active": "2",
    "archive_inactive": "3",
    "archive_fate": "Musnah",
}
TEAM = [
    {"duty": "Penanggung jawab", "name": "Drs. Rudy Suhartanto, M.Si", "position": "Inspektur"},
    {"duty": "Ketua", "name": "Budi Contoh, S.E.", "position": "Perencana Ahli Muda"},
    {"duty": "Anggota", "name": "Lilis Contoh, S.H.", "position": "Auditor Ahli Muda"},
]
UNITS = [
    {"unit": "Sekretariat", "person": "Rina Contoh, S.A.P.", "due": "2027-02-04", "returned": "2027-02-03"},
    {"unit": "Irban Wilayah I", "person": "Hendra Contoh, S.T.", "due": "2027-02-04"},
    {"unit": "Irban Khusus", "person": "Agus Contoh, S.H.", "due": "2027-02-04", "no_data": "ya"},
    {"unit": "Irban Wilayah II", "person": "", "due": "2027-02-04", "no_data": "tidak"},
]
GUESTS = [
    {"name": "Hj. Contoh Sekretaris, S.E., M.M.", "position": "Sekretaris"},
    {"name": "Budi Contoh, S.E.", "position": "Perencana Ahli Muda"},
    {"name": "Lilis Contoh, S.H.", "position": "Auditor Ahli Muda"},
]
DECISIONS = [
    {"chapter": "Bab III", "decision": "Analisis temuan berulang dilengkapi dengan perbandingan dua tahun."},
    {"chapter": "Lampiran", "decision": "Perjanjian Kinerja perubahan dilampirkan."},
]
CORRECTIONS = [
    {"section": "Bab III, indikator 5", "remark": "Cantumkan temuan tahun sebelumnya.", "settled": "ya"},
    {"section": "Bab IV", "remark": "Sesuaikan dengan hasil rapat.", "settled": "tidak"},
]
REVIEWERS = [
    {"name": "Hendra Contoh, S.T.", "nip": "198002142005011006", "position": "Auditor Ahli Madya", "duty": "Ketua tim"},
    {"name": "Maya Contoh, S.IP.", "nip": "", "position": "Auditor Ahli Muda", "duty": "Anggota"},
]
ANSWERS = [
    {"section": "I. Format", "statement": "LKj menampilkan data penting", "answer": "Ya"},
    {"section": "I. Format", "statement": "LKj menyajikan target kinerja", "answer": "Tidak", "note": "Dilengkapi"},
    {"section": "II. Substansi", "statement": "Bila tidak, telah dijelaskan", "answer": "Tidak berlaku"},
]
DISPATCHES = [
    {"recipient": "Bagian Organisasi", "way": "Diantar", "sent": "2027-02-16"},
    {"recipient": "Bappeda Kabupaten Serang", "way": "Pos", "sent": "2027-02-16", "content": "Salinan LKIP"},
]
ISSUE = Issue(
    "000.8.6.3/099/Insp/2027",
    date(2027, 2, 17),
    Signer("Dra. Penerbit Surat", "Pembina (IV/a)", "197001011995032001", "Sekretaris", "a.n. Inspektur"),
    "deadbeef",
    "LKIP 2026|deadbeef|000.8.6.3/099/Insp/2027",
    "Menggantikan versi 1, nomor 000.8.6.3/012/Insp/2027.",
)


def full(**changes: Any) -> Snapshot:
    """The full cycle of the document tests with everything that a letter may ask for, and a logo."""
    values = {
        **FIELDS,
        **rows("team", TEAM),
        **rows("unit_forms", UNITS),
        **rows("meeting_participants", GUESTS),
        **rows("meeting_decisions", DECISIONS),
        **rows("corrections", CORRECTIONS),
        **rows("review_team", REVIEWERS),
        **rows("review_items", ANSWERS),
        **rows("dispatches", DISPATCHES),
    }
    return builders.snapshot(logo=builders.logo_png(), **{**values, **changes})


def issued(**changes: Any) -> Snapshot:
    return replace(full(**changes), issue=ISSUE)


def crowded() -> Snapshot:
    """Forty of everybody, with names and titles of two lines and more."""
    name = "Prof. Dr. Raden Mas Haryo Suryodiningrat Kusumaatmadja Wiryadinata, S.E., M.M., Ak., CA."
    post = "Kepala Subbagian Perencanaan, Evaluasi, dan Pelaporan pada Sekretariat Inspektorat"
    people = [{"name": f"{name} {n}", "position": post} for n in range(1, 41)]
    return full(
        **rows("meeting_participants", people),
        **rows("team", [{**one, "duty": "Anggota"} for one in people]),
        **rows("review_team", [{**one, "duty": "Anggota"} for one in people[:12]]),
        **rows("corrections", CORRECTIONS * 20),
        **rows("meeting_decisions", DECISIONS * 20),
        **rows("review_items", ANSWERS * 12),
        **rows("dispatches", [{**DISPATCHES[0], "recipient": f"{post} {n}"} for n in range(1, 26)]),
        **rows("archive_rows", [{"code": "000.8.6.3", "description": f"{post} {n}"} for n in range(1, 41)]),
        **rows("letter_rows", builders.LETTER_ROWS * 20),
        **{"officials/p1/name": name, "officials/p1/position": post, "officials/p2/name": name},
        agency_name="INSPEKTORAT DAERAH KABUPATEN SERANG BIDANG PENGAWASAN DAN PEMBINAAN APARATUR",
        meeting_discussion=f"{builders.LONG_TEXT}\n" * 8,
        report_title="Laporan Akuntabilitas dan Kinerja Instansi Pemerintah Daerah Tahunan Lengkap dengan Lampirannya",
    )


def pictures_at(data: bytes, scale: float) -> Iterator[Image.Image]:
    """The pages of a PDF as grey pictures of 72 dpi times `scale`, drawn by the program's own renderer."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        yield page.render(scale=scale).to_pil().convert("L")
    document.close()


def sheet(data: bytes) -> Image.Image:
    """All pages below each other."""
    pages = list(pictures_at(data, 1))
    whole = Image.new("L", (max(p.width for p in pages), sum(p.height for p in pages)), 128)
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for kind in sys.argv[1:] or KINDS:
        sheet(make(kind, full()).data).quantize(16).save(GOLDEN / f"{kind}.png", optimize=True)


if __name__ == "__main__":
    main()
