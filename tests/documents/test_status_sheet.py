"""The status sheet and the blank SOP as documents of a cycle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.catalog import KINDS, make
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.state import Attachment, Visit
from tests.documents import pdf
from tests.documents.builders import START, empty_snapshot, snapshot

WHO = Who("Rina Contoh", "analis")
WAY = ("disposisi", "format", "data", "draf", "rapat", "koreksi")


def returned(reason: str = "Analisis temuan berulang belum lengkap.") -> Snapshot:
    """A cycle that came to the correction, was sent back to the draft and waits there."""
    visits = []
    for place, step in enumerate(WAY):
        begun = START + timedelta(days=place)
        target = WAY[place + 1] if place + 1 < len(WAY) else "draf"
        decision = "tidak" if step == "koreksi" else ""
        left = begun + timedelta(hours=5)
        visits.append(
            Visit(step, 1, begun, place + 1, left, place + 2, WHO, decision, target, reason if decision else "")
        )
    visits.append(Visit("draf", 2, START + timedelta(days=7), 9))
    source = snapshot()
    scan = Attachment(20, "circular_scan", "Surat Edaran.pdf", "0" * 64, 9, "application/pdf", START, WHO)
    return replace(source, state=replace(source.state, visits=tuple(visits), attachments=(scan,)))


def text_of(kind: str, source: Snapshot, folder: Path) -> str:
    return " ".join(pdf.text(pdf.kept(make(kind, source).data, folder), "-layout").split())


def test_it_tells_where_the_cycle_stands(tmp_path: Path) -> None:
    text = text_of("status-sheet", returned(), tmp_path)
    for said in (
        "Status Siklus LKIP 2026",
        "Langkah 4 dari 10: giliran Tim Penyusun, putaran 2",
        "Surat Edaran.pdf",
        "dikembalikan ke langkah 4:",
        "sedang berjalan",
        "1 Feb 2027, 08.00",
        "26 Februari 2027",
        "LKIP 2026 · riwayat 0a1b2c3d",
    ):
        assert said in text
    assert text.count("Belum ada") >= 1
    assert text.count("Belum saatnya") >= 1


def test_the_blank_sop_says_nothing_of_the_cycle(tmp_path: Path) -> None:
    text = text_of("flowchart", returned(), tmp_path)
    assert "700230/Insp/2025" in text
    assert "giliran" not in text.lower()
    assert make("flowchart", returned()).data == make("flowchart", empty_snapshot()).data


@pytest.mark.parametrize("kind", ["flowchart", "status-sheet"])
def test_it_is_sound_embedded_and_the_same_each_time(kind: str, tmp_path: Path) -> None:
    made = make(kind, returned())
    path = pdf.kept(made.data, tmp_path)
    assert "No syntax or stream encoding errors" in pdf.run("qpdf", "--check", str(path))
    assert all(embedded for _, embedded in pdf.fonts(path))
    assert made.data == make(kind, returned()).data
    assert made.media_type == "application/pdf"


def test_a_reason_longer_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    assert text_of("status-sheet", returned("alasan " * 1500), tmp_path).count("alasan") == 1500


def test_a_cycle_outside_the_calendar_is_printed_without_due_dates(tmp_path: Path) -> None:
    source = replace(empty_snapshot(), today=date(9999, 12, 31))
    assert "Tenggat langkah ini" not in text_of("status-sheet", source, tmp_path)


def test_every_kind_can_be_made() -> None:
    for kind, known in KINDS.items():
        made = make(kind, returned())
        assert made.name.endswith(f"LKIP 2026.{known.extension}")
        assert len(made.data) > 5000
