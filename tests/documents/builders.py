"""Builds cycles for the document tests: a full one with the sample figures, an empty one, and changes to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.sop.load import load_sop
from lkip_desktop.sop.model import Sop
from lkip_desktop.workflow.state import CycleState, Visit

ROOT = Path(__file__).resolve().parent.parent.parent
START = datetime(2027, 2, 1, 1, 0, tzinfo=UTC)
TODAY = date(2027, 2, 15)
HEAD = "0a1b2c3d4e5f" + "0" * 52

PROFILE = {
    "agency_government": "PEMERINTAH KABUPATEN SERANG",
    "agency_name": "INSPEKTORAT",
    "agency_short": "Inspektorat Kabupaten Serang",
    "agency_address": "Jalan Contoh Nomor 1, Serang, Banten 42111",
    "agency_contact": "Telepon (0254) 000000, laman inspektorat.contoh.go.id, pos-el kantor@contoh.go.id",
    "agency_city": "Serang",
    "report_title": "Laporan Kinerja Instansi Pemerintah",
    "report_abbreviation": "LKIP",
    "paper": "A4",
    "time_zone": "WIB",
}
CIRCULAR = {
    "circular_sender": "Bagian Organisasi Sekretariat Daerah",
    "circular_number": "000.8.6/15/Org/2027",
    "circular_date": "2027-01-25",
    "circular_received": "2027-01-28",
    "circular_agenda": "117",
    "circular_subject": "Penyusunan LKIP Tahun 2026",
    "circular_nature": "Segera",
    "circular_deadline": "2027-02-26",
    "disposition_to": "Sekretaris\nAnalis Perencana\nTim Penyusun",
    "disposition_order": "Tindak lanjuti\nKoordinasikan dan konfirmasikan",
    "disposition_note": "Susun LKIP sesuai surat edaran dan sampaikan sebelum batas waktu.",
    "disposition_date": "2027-02-01",
}
LETTER = {
    "letter_addressee": "Sekretaris Daerah\nc.q. Kepala Bagian Organisasi Sekretariat Daerah",
    "letter_place": "Tempat",
    "letter_number": "000.8.6.3/012/Insp/2027",
    "letter_date": "2027-02-15",
    "letter_signer": "p1",
    "received_date": "2027-02-16",
    "received_time": "09.30",
    "receiver_name": "Siti Rahmawati, S.Sos.",
    "receiver_nip": "198503122010012004",
    "receiver_position": "Analis Kinerja Bagian Organisasi",
}
LETTER_ROWS = [
    {
        "item": "Dokumen Laporan Kinerja Instansi Pemerintah (LKIP) Tahun 2026",
        "amount": "2",
        "unit": "eksemplar",
        "note": "Disampaikan dengan hormat untuk dipergunakan sebagaimana mestinya",
    }
]
OFFICIALS = [
    {
        "role": "inspektur",
        "name": "Drs. Rudy Suhartanto, M.Si",
        "nip": "196706121986031003",
        "rank": "Pembina Utama Muda (IV/c)",
        "position": "Inspektur",
        "status": "definitif",
    },
    {
        "role": "sekretaris",
        "name": "Hj. Contoh Sekretaris, S.E., M.M.",
        "nip": "197001011995032001",
        "rank": "Pembina (IV/a)",
        "position": "Sekretaris",
        "status": "definitif",
    },
]
SAMPLE = (
    # objective, name, unit, direction, target, actual: the sample figures of TA 2026
    ("Meningkatnya maturitas pengawasan", "Maturitas SPIP", "skor 1–5", "naik", "3,10", "3,05"),
    ("Meningkatnya maturitas pengawasan", "Kapabilitas APIP", "level", "naik", "3", "3"),
    ("Meningkatnya tindak lanjut hasil pengawasan", "Tindak lanjut rekomendasi BPK", "%", "naik", "85", "86,50"),
    (
        "Meningkatnya tindak lanjut hasil pengawasan",
        "Tindak lanjut rekomendasi Inspektorat",
        "%",
        "naik",
        "80",
        "74,20",
    ),
    ("Meningkatnya tindak lanjut hasil pengawasan", "Temuan berulang", "temuan", "turun", "20", "24"),
    ("Meningkatnya akuntabilitas dan layanan", "Nilai SAKIP Inspektorat", "nilai", "naik", "80,50", "79,40"),
    ("Meningkatnya akuntabilitas dan layanan", "Indeks kepuasan obrik", "indeks", "naik", "85", "87,20"),
)
BUDGET = (
    ("6.01.01", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota", "16908184145", "15900000000"),
    ("6.01.02", "Program Penyelenggaraan Pengawasan", "592694700", "571000000"),
    ("6.01.03", "Program Perumusan Kebijakan, Pendampingan dan Asistensi", "141352600", "138250000"),
)


@cache
def issued_sop() -> Sop:
    return load_sop(ROOT / "resources" / "sop" / "lkip-2025-05.toml")


def rows(table: str, entries: Sequence[Mapping[str, str]], prefix: str = "r") -> dict[str, Any]:
    """Values of a table whose rows are called r1, r2 …"""
    values: dict[str, Any] = {table: [f"{prefix}{number}" for number, _ in enumerate(entries, start=1)]}
    for number, entry in enumerate(entries, start=1):
        values.update({f"{table}/{prefix}{number}/{column}": text for column, text in entry.items()})
    return values


def sample_indicators() -> list[dict[str, str]]:
    columns = ("objective", "name", "unit", "direction", "target", "actual")
    return [dict(zip(columns, entry, strict=True)) for entry in SAMPLE]


def sample_budget() -> list[dict[str, str]]:
    return [dict(zip(("code", "name", "ceiling", "spent"), entry, strict=True)) for entry in BUDGET]


def full_values() -> dict[str, Any]:
    return {
        **PROFILE,
        **CIRCULAR,
        **LETTER,
        **rows("officials", OFFICIALS, "p"),
        **rows("letter_rows", LETTER_ROWS),
        **rows("indicators", sample_indicators()),
        **rows("budget", sample_budget()),
    }


LONG_TEXT = (
    "Capaian indikator ini didukung oleh penguatan pengendalian intern pada seluruh perangkat daerah melalui "
    "pendampingan, bimbingan teknis, dan reviu berkala. "
) * 3


def analysed_indicators() -> list[dict[str, str]]:
    """The sample's indicators with everything that an analyst can add."""
    return [
        {
            **indicator,
            "previous": "2,95" if place % 2 else "70",
            "renstra_target": "90",
            "national": "3" if place % 3 == 0 else "",
            "source": "Laporan BPKP Perwakilan Banten",
            "status": "final" if place else "sementara",
            "analysis": f"{LONG_TEXT}\n{LONG_TEXT}",
            "follow_up": "Percepatan tindak lanjut melalui forum bulanan dan penetapan penanggung jawab.",
        }
        for place, indicator in enumerate(sample_indicators())
    ]


def rich_snapshot() -> Snapshot:
    """Every section written, forty parts of a programme in the budget."""
    parts = [
        {
            "code": f"6.01.02.2.01.{number:04}",
            "name": f"Subkegiatan pengawasan nomor {number} dengan nama yang cukup panjang",
            "ceiling": "100000000",
            "spent": "95000000",
        }
        for number in range(1, 41)
    ]
    units = [{"name": name} for name in ("Sekretariat", "Irban Wilayah I", "Irban Wilayah II", "Irban Khusus")]
    return snapshot(
        logo=logo_png(),
        **rows("indicators", analysed_indicators()),
        **rows("budget", [*sample_budget(), *parts]),
        **rows("units", units),
        report_issues=f"{LONG_TEXT}\n- Isu pertama\n- Isu kedua\n- Isu ketiga",
        report_organisation=f"{LONG_TEXT * 2}\n{LONG_TEXT}",
    )


def many_snapshot() -> Snapshot:
    """Six objectives with long names and four indicators each, and a summary of two pages."""
    analysed = analysed_indicators()
    many = [
        {
            **analysed[place % len(analysed)],
            "objective": f"Sasaran strategis nomor {place // 4 + 1} dengan nama yang panjang sampai dua baris",
            "name": f"Indikator kinerja nomor {place + 1} dengan nama yang agak panjang",
        }
        for place in range(24)
    ]
    return snapshot(**rows("indicators", many), report_summary=f"{LONG_TEXT}\n" * 9)


def state(values: Mapping[str, Any] | None = None, sop: Sop | None = None, year: int = 2026) -> CycleState:
    definition = sop or issued_sop()
    visit = Visit(definition.first.id, 1, START, 1)
    return CycleState(definition, year, START, (visit,), dict(values or {}), seq=1, head=HEAD)


def snapshot(sop: Sop | None = None, logo: bytes | None = None, **changes: Any) -> Snapshot:
    """The full cycle with some values changed; None takes a value away."""
    values = {path: value for path, value in {**full_values(), **changes}.items() if value is not None}
    return Snapshot(state(values, sop), logo, TODAY)


def empty_snapshot() -> Snapshot:
    """A cycle in which nothing was ever filled in."""
    return Snapshot(state(), None, TODAY)


def without_fields(sop: Sop, *names: str) -> Sop:
    """The SOP with some form fields taken out."""
    steps = tuple(
        replace(step, fields=tuple(field for field in step.fields if field.id not in names)) for step in sop.steps
    )
    return replace(sop, steps=steps)


def logo_png(width: int = 220, height: int = 260) -> bytes:
    """A plain shield to stand for a coat of arms."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.polygon(
        [(10, 10), (width - 10, 10), (width - 10, height * 0.6), (width / 2, height - 10), (10, height * 0.6)],
        fill="#14532d",
    )
    draw.ellipse([width * 0.3, height * 0.2, width * 0.7, height * 0.55], fill="#facc15")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
