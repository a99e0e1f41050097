"""The history as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from lkip_desktop import resources
from lkip_desktop.sop.load import parse_sop
from lkip_desktop.workflow.events import GENESIS, Act, Draft, Event, Json, Who, seal
from lkip_desktop.workflow.narrate import Narrator, Topic
from lkip_desktop.workflow.state import replay

SOP = parse_sop(resources.sop_text(), "SOP")
TITLES = {"report": "Draf LKIP", "cover-letter": "Surat Pengantar"}
SARI = Who("Sari", "analis")
START = datetime(2027, 2, 15, 1, 0, tzinfo=UTC)

Row = tuple[Act, Mapping[str, Json]] | tuple[Act, Mapping[str, Json], int]


def fill(**changes: Json) -> Row:
    return Act.FILLED, {"changes": changes}


def done(step: str, target: str, decision: str = "", reason: str = "", **answers: str) -> Row:
    data = {"step": step, "round": 1, "decision": decision, "target": target, "reason": reason, "answers": answers}
    return Act.COMPLETED, data


def attach(field: str, name: str) -> Row:
    return Act.ATTACHED, {"field": field, "name": name, "sha256": "0", "size": 1, "media_type": "application/pdf"}


def told(*rows: Row, who: Who = SARI) -> Narrator:
    """A narrator for a cycle in which these acts were done, one a minute or as many minutes later as given."""
    all_rows: list[Row] = [(Act.CREATED, {"year": 2026, "sop": SOP.id, "sop_sha256": "", "values": {}}), *rows]
    events: list[Event] = []
    at = START
    for act, data, *minutes in all_rows:
        at += timedelta(minutes=minutes[0] if minutes else 1)
        previous = events[-1].digest if events else GENESIS
        events.append(seal(Draft(who, act, data), len(events) + 1, at, previous))
    return Narrator(tuple(events), replay(SOP, events), resources.profile_fields(), TITLES)


def last(*rows: Row) -> str:
    return told(*rows).entries()[-1].text


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "Siklus 2026 dibuat menurut SOP nomor 700230/Insp/2025 (revisi 05 Mei 2025)"),
        ([fill(circular_number="1")], "Mengisi 1 isian: Nomor surat"),
        (
            [fill(circular_number="1", circular_date="2027-02-01", circular_agenda="3", circular_subject="x")],
            "Mengisi 4 isian: Nomor surat, Tanggal surat, Nomor agenda, …",
        ),
        ([fill(agency_name="Inspektorat")], "Mengisi 1 isian: Nama instansi"),
        ([fill(team=["a"], **{"team/a/name": "Budi", "team/a/duty": "Ketua"})], "Mengisi 2 isian: Anggota tim"),
        ([fill(team=["b", "a"])], "Mengubah susunan baris: Anggota tim"),
        ([attach("circular_scan", "SE 1.pdf")], "Berkas “SE 1.pdf” dilampirkan pada Pindaian surat edaran"),
        (
            [attach("circular_scan", "SE.pdf"), (Act.DETACHED, {"attachment": 2})],
            "Berkas “SE.pdf” dilepas dari Pindaian surat edaran",
        ),
        (
            [attach("circular_scan", "SE.pdf"), (Act.DETACHED, {"attachment": 2}), (Act.RESTORED, {"attachment": 2})],
            "Berkas “SE.pdf” dipasang kembali pada Pindaian surat edaran",
        ),
        (
            [done("disposisi", "format")],
            "Langkah 1 (Disposisi) selesai, diteruskan ke langkah 2, Analis Perencana",
        ),
        (
            [done("koreksi", "tanda-tangan", "ya")],
            "Langkah 6 (Koreksi Sekretaris) disetujui: Ya, diteruskan ke langkah 7, Inspektur",
        ),
        (
            [done("koreksi", "draf", "tidak", "Bab III kurang.")],
            "Langkah 6 (Koreksi Sekretaris) diputuskan: Tidak. Dikembalikan ke Tim Penyusun (langkah 4): "
            "Bab III kurang.",
        ),
        ([done("serah-terima", "")], "Langkah 10 (Serah terima) selesai. Siklus ditutup"),
        ([done("disposisi", "format"), (Act.UNDONE, {"event": 2})], "Penyelesaian langkah 1 (Disposisi) dibatalkan"),
        (
            [done("disposisi", "format"), (Act.REOPENED, {"step": "disposisi", "reason": "Salah nomor"})],
            "Langkah 1 (Disposisi) dibuka kembali: Salah nomor",
        ),
        (
            [
                done("disposisi", "format"),
                (Act.REOPENED, {"step": "disposisi", "reason": "x"}),
                (Act.UNDONE, {"event": 3}),
            ],
            "Pembukaan kembali langkah 1 (Disposisi) dibatalkan",
        ),
        (
            [(Act.PRINTED, {"kind": "cover-letter", "version": 0, "printer": "TU"})],
            "Surat Pengantar dicetak di printer TU",
        ),
    ],
)
def test_each_act_is_told_in_one_sentence(rows: list[Row], sentence: str) -> None:
    assert last(*rows) == sentence


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("generated", "Draf LKIP versi 2 dibuat dan disimpan"),
        ("imported", "Draf LKIP versi 2 diambil dari berkas “draf.docx”"),
    ],
)
def test_a_kept_document_says_where_it_came_from(source: str, sentence: str) -> None:
    data = {"kind": "report", "version": 2, "name": "draf.docx", "sha256": "0", "size": 1, "media_type": "x"}
    assert last((Act.KEPT, {**data, "source": source})) == sentence


def test_every_act_has_a_sentence_and_a_topic() -> None:
    from lkip_desktop.workflow import narrate

    assert set(narrate._SENTENCES) == set(narrate._TOPICS) == set(Act)


def test_typing_without_a_long_pause_is_one_entry() -> None:
    narrator = told(
        fill(circular_number="1"),
        fill(circular_number="12"),
        fill(circular_agenda="7"),
        (Act.FILLED, {"changes": {"circular_subject": "LKIP"}}, 31),
    )
    created, first, second = narrator.entries()
    assert created.topic is Topic.DECISION
    assert (first.text, first.topic) == ("Mengisi 2 isian: Nomor surat, Nomor agenda", Topic.FILL)
    assert first.details == ("Nomor surat: 12", "Nomor agenda: 7")
    assert (first.seq, first.last - first.first) == (4, timedelta(minutes=2))
    assert second.text == "Mengisi 1 isian: Perihal"


def test_another_person_or_act_ends_the_run() -> None:
    narrator = told(fill(circular_number="1"), attach("circular_scan", "a.pdf"), fill(circular_agenda="7"))
    assert [entry.topic for entry in narrator.entries()[1:]] == [Topic.FILL, Topic.FILE, Topic.FILL]


def test_neighbouring_acts_of_one_kind_stay_apart() -> None:
    narrator = told(attach("circular_scan", "a.pdf"), attach("circular_scan", "b.pdf"))
    assert len(narrator.entries()) == 3


def test_details_show_values_as_people_write_them() -> None:
    narrator = told(
        fill(
            circular_date="2027-02-01",
            circular_deadline="besok",
            unit_forms=["u"],
            officials=["o1"],
            circular_agenda=None,
            disposition_to="Sekretaris\nAnalis Perencana",
            letter_signer="o1",
            **{"unit_forms/u/no_data": "ya", "unit_forms/x/reason": "rusak", "officials/o1/name": "Drs. A"},
        )
    )
    assert narrator.entries()[-1].details == (
        "Tanggal surat: 1 Februari 2027",
        "Nomor agenda: dikosongkan",
        "Batas waktu penyerahan: besok",
        "Diteruskan kepada: Sekretaris, Analis Perencana",
        "Unit: 1 baris",
        "Unit, baris 1, Tidak ada data: Ya",
        "Unit, Alasan: rusak",
        "Penanda tangan: Drs. A",
        "Pejabat: 1 baris",
        "Pejabat, baris 1, Nama: Drs. A",
    )


def test_reasons_given_for_warnings_are_told() -> None:
    narrator = told(done("disposisi", "format", **{"Belum diisi: Nomor SK.": "SK menyusul"}))
    assert narrator.entries()[-1].details == ("Belum diisi: Nomor SK. Alasan: SK menyusul",)


def test_an_entry_names_the_step_it_belongs_to() -> None:
    narrator = told(
        fill(circular_number="1"),
        attach("circular_scan", "a.pdf"),
        (Act.DETACHED, {"attachment": 3}),
        done("disposisi", "format"),
        (Act.UNDONE, {"event": 5}),
        fill(circular_number="2", meeting_place="Aula"),
        (Act.PRINTED, {"kind": "receipt", "version": 0, "printer": "TU"}),
    )
    steps = [entry.step for entry in narrator.entries()]
    assert steps == ["", "disposisi", "disposisi", "disposisi", "disposisi", "disposisi", "", ""]


def test_an_unknown_document_kind_is_named_as_it_is() -> None:
    printed = {"kind": "lain", "version": 0, "printer": "TU"}
    assert last((Act.PRINTED, printed)) == "lain dicetak di printer TU"
    chosen = printed | {"letter": 0, "pages": "1,3-5", "copies": 2}
    assert last((Act.PRINTED, chosen)) == "lain dicetak di printer TU, halaman 1,3-5, 2 rangkap"
