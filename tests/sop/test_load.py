"""The shipped SOP is whole and worded as issued; whatever is wrong in a definition is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkip_desktop.errors import SopError
from lkip_desktop.resources import root, sop_text
from lkip_desktop.schedule.plan import total_problem
from lkip_desktop.sop.load import load_fields, load_sop, parse_sop
from lkip_desktop.sop.model import FieldKind, Shape

SHIPPED = root() / "sop" / "lkip-2025-05.toml"
ELEVEN = Path(__file__).parent.parent / "data" / "sop-sebelas.toml"


def test_the_shipped_sop_reads_as_the_flowchart_was_read() -> None:
    sop = load_sop(SHIPPED)
    assert [(s.number, s.actor, s.shape.value) for s in sop.steps] == [
        (1, "inspektur", "start"),
        (2, "analis", "process"),
        (3, "tim", "process"),
        (4, "tim", "process"),
        (5, "tim", "process"),
        (6, "sekretaris", "decision"),
        (7, "inspektur", "decision"),
        (8, "analis", "process"),
        (9, "staf", "process"),
        (10, "staf", "end"),
    ]
    arrows = {(s.number, e.label): sop.by_id[e.target].number for s in sop.steps for e in s.edges}
    assert arrows[6, "ya"] == 7
    assert arrows[6, "tidak"] == 4
    assert arrows[7, "ya"] == 8
    assert arrows[7, "tidak"] == 6
    assert sop.steps[9].receiver == "organisasi"
    assert [str(s.duration) for s in sop.steps] == [
        "15 Menit", "1 Hari", "4 Hari", "2 Hari", "1 Hari", "1 Hari", "1 Jam", "15 Menit", "1 Jam", "1 Jam",
    ]  # fmt: skip
    assert sop.total_days == 10
    assert len(sop.records) == 7


def test_issued_wording_keeps_its_errors_and_clean_wording_does_not() -> None:
    sop = load_sop(SHIPPED)
    assert "lrbnwil" in sop.steps[1].activity.issued
    assert "Irban Wilayah" in sop.steps[1].activity.clean
    assert sop.cover.name.issued.endswith("PEMERINTA (LKIP)")
    clean = "".join(
        [*(s.activity.clean + s.requirement.clean + s.output.clean for s in sop.steps)]
        + [item.clean for part in sop.lists for item in part.items]
    )
    for error in ("lrbnwil", "Menggendakan", "Inpektorat", "Pentapan", "Analisis Perencana", "Staff"):
        assert error not in clean
    assert sop.actors[2].issued == "Analisis Perencana"


def test_every_shipped_text_is_word_for_word_in_the_issued_sop() -> None:
    """The issued SOP's rows, as its own document has them."""
    sop = load_sop(SHIPPED)
    assert sop.steps[8].activity.issued == (
        "Menggendakan, mengantar surat, dan mengarsipkan dokumen LKIP Inpektorat Kab. Serang"
    )
    assert sop.steps[3].output.issued == "Draf Dokumen LKIP Inspektorat Kab. Serang"
    assert {part.title: len(part.items) for part in sop.lists} == {
        "Dasar Hukum": 6,
        "Umum": 4,
        "Kualifikasi Pelaksana": 4,
        "Keterikatan": 2,
        "Pihak-Pihak yang Terkait": 6,
        "Peralatan/Perlengkapan": 3,
        "Peringatan": 2,
    }


def test_a_second_definition_loads_and_adds_up() -> None:
    sop = load_sop(ELEVEN)
    assert len(sop.steps) == 11
    assert sum(step.shape is Shape.DECISION for step in sop.steps) == 3
    assert total_problem(sop) == ""


def test_the_profile_is_fields_only() -> None:
    fields = load_fields(root() / "profile.toml")
    assert {"agency_name", "officials", "holidays"} <= {field.id for field in fields}
    assert all(field.columns for field in fields if field.kind is FieldKind.TABLE)


BREAKS = [
    ("unknown key", 'number = 1\ntitle = "Disposisi"', 'number = 1\nnomor = 1\ntitle = "Disposisi"', "steps[0].nomor"),
    ("missing key", 'title = "Disposisi"\n', "", "steps[0].title"),
    ("wrong type", "number = 2\n", 'number = "2"\n', "steps[1].number"),
    ("unknown shape", 'shape = "start"', 'shape = "awan"', "steps[0].shape"),
    ("two starts", 'shape = "process"', 'shape = "start"', "steps"),
    ("dead target", 'target = "rapat"', 'target = "entah"', "steps[3].edges[0].target"),
    ("bad duration", 'time = "4 Hari"', 'time = "4 minggu"', "steps[2].time"),
    ("zero duration", 'time = "4 Hari"', 'time = "0 Hari"', "steps[2].time"),
    ("unknown actor", 'actor = "analis"', 'actor = "camat"', "steps[1].actor"),
    ("lost label", 'target = "draf", label = "tidak"', 'target = "draf"', "steps[5].edges"),
    ("unknown guard", 'name = "units_answered"', 'name = "entah"', "steps[1].guards[0].name"),
    ("unknown record", 'record = "sk_tim"', 'record = "sk_lain"', "records[1]"),
    ("wrong when", 'when = "ya"\nrecord = "lkip"', 'when = "mungkin"\nrecord = "lkip"', "steps[6].fields[8].when"),
    ("number out of order", "number = 3\n", "number = 4\n", "steps"),
    (
        "rows of a table",
        'needed = "required"\ndefault = "1"',
        'needed = "required"\ndefault = "1.5"',
        "steps[7].fields[4]",
    ),
    ("field twice", 'id = "circular_date"', 'id = "circular_number"', "fields"),
]


@pytest.mark.parametrize(("old", "new", "place"), [b[1:] for b in BREAKS], ids=[b[0] for b in BREAKS])
def test_a_broken_definition_is_refused_with_its_place(old: str, new: str, place: str) -> None:
    text = sop_text()
    assert old in text
    with pytest.raises(SopError) as caught:
        parse_sop(text.replace(old, new, 1), "rusak.toml")
    assert caught.value.place == place
    assert caught.value.file == "rusak.toml"
    assert "rusak.toml" in str(caught.value)


def test_a_step_that_cannot_reach_the_end_is_refused() -> None:
    text = sop_text().replace('{ target = "surat-pengantar", label = "ya"', '{ target = "koreksi", label = "ya"')
    with pytest.raises(SopError, match=r"tidak dapat dicapai|tidak ada jalan"):
        parse_sop(text)


def test_files_that_are_no_sop_are_refused(tmp_path: Path) -> None:
    for name, data in (("kosong", b""), ("biner", b"\xff\xfe\x00"), ("bukan", b"halo"), ("tabel", b"steps = 3")):
        path = tmp_path / f"{name}.toml"
        path.write_bytes(data)
        with pytest.raises(SopError) as caught:
            load_sop(path)
        assert caught.value.file == path.name
    with pytest.raises(SopError):
        load_sop(tmp_path / "tidak-ada.toml")


def test_one_text_is_read_once() -> None:
    assert parse_sop(sop_text(), "a.toml") is parse_sop(sop_text(), "b.toml")
