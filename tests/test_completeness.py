"""What a report still lacks, item by item, with the place that mends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from db.files import CycleFiles
from lkip_desktop import office
from lkip_desktop.analysis.changed import changed_figures
from lkip_desktop.attachments import accept
from lkip_desktop.completeness import Group, Item, Standing, completeness, lacking, unready
from lkip_desktop.documents.catalog import make
from lkip_desktop.documents.workbook_read import read_workbook
from lkip_desktop.office import Changed, Cycle
from lkip_desktop.ports import SystemClock
from lkip_desktop.sample import Sample, play_sample
from lkip_desktop.workflow.events import Who
from lkip_desktop.workflow.guards import COMPLETENESS, missing
from tests.documents import pdf

WHO = Who("Rina", "tim")
DAY = date(2027, 1, 20)


@pytest.fixture
def cycle(tmp_path: Path) -> Iterator[Cycle]:
    path = tmp_path / "LKIP-2026.lkip"
    play_sample(CycleFiles(), path, Sample(2026, 3, datetime(2027, 1, 18, tzinfo=UTC), ahead=True))
    opened, _ = office.open_cycle(CycleFiles(), path, SystemClock())
    assert opened is not None
    yield opened
    opened.close()


def fill(cycle: Cycle, **changes: str | None) -> None:
    done = office.fill(cycle, WHO, {path.replace("__", "/"): text for path, text in changes.items()})
    assert isinstance(done, Changed)


def items(cycle: Cycle) -> dict[str, Item]:
    return {item.text: item for item in completeness(cycle.state, cycle.store.events(), DAY)}


def test_the_evaluators_list_is_whole(cycle: Cycle) -> None:
    found = completeness(cycle.state, cycle.store.events(), DAY)
    assert sum(item.group is Group.FULFILMENT for item in found) == 6
    assert sum(item.group is Group.QUALITY for item in found) == 9
    assert {item.group for item in found} == set(Group)


def test_the_parts_come_in_the_order_of_the_report(cycle: Cycle) -> None:
    parts = [item.text for item in completeness(cycle.state, (), DAY) if item.group is Group.PARTS]
    chapters = [text.partition(":")[0] for text in parts if text.startswith("Bab")]
    assert chapters == sorted(chapters, key=["Bab I", "Bab II", "Bab III", "Bab IV"].index)
    assert parts[0] == "Kata Pengantar"
    assert parts[-1].startswith("Lampiran")


def test_measured_each_quarter_and_reported_each_year(cycle: Cycle) -> None:
    text = "Kinerja diukur dan dilaporkan secara berkala"
    assert items(cycle)[text].standing is Standing.THERE
    rows = cycle.state.rows("indicators")
    fill(cycle, **{f"indicators__{row}__actual_q{n}": None for row in rows for n in range(1, 5)})
    assert (items(cycle)[text].standing, items(cycle)[text].note) == (Standing.CHECK, "Belum ada realisasi triwulan.")


def test_an_empty_text_is_missing_until_it_is_written(cycle: Cycle) -> None:
    fill(cycle, report_issues=None)
    item = items(cycle)["Bab I: isu strategis"]
    assert (item.standing, item.where) == (Standing.MISSING, "report_issues")
    fill(cycle, report_issues="Isu pertama.")
    assert items(cycle)["Bab I: isu strategis"].standing is Standing.THERE
    fill(cycle, report_issues="Isu [lengkapi: apa] itu.")
    assert items(cycle)["Bab I: isu strategis"].note == "1 tempat masih kosong."
    assert items(cycle)["Tidak ada tempat yang belum dilengkapi"].where == "report_issues"


def test_the_second_party_of_the_agreement_is_asked_for(cycle: Cycle) -> None:
    text = "Lampiran: pihak kedua Perjanjian Kinerja"
    assert items(cycle)[text].standing is Standing.THERE
    fill(cycle, agreement_superior_name=None)
    item = items(cycle)[text]
    assert (item.standing, item.note, item.where) == (
        Standing.CHECK,
        "Titik-titik pada nama.",
        "agreement_superior_name",
    )


def test_a_text_that_the_program_proposes_is_to_be_read(cycle: Cycle) -> None:
    fill(cycle, report_preface=None)
    assert items(cycle)["Kata Pengantar"].standing is Standing.CHECK


def test_indicators_without_a_figure_are_named_and_led_to(cycle: Cycle) -> None:
    row = cycle.state.rows("indicators")[1]
    fill(cycle, **{f"indicators__{row}__renstra_target": None, f"indicators__{row}__source": None})
    item = items(cycle)["Perbandingan dengan target jangka menengah"]
    assert item.standing is Standing.MISSING
    assert cycle.state.cell("indicators", row, "name") in item.note
    assert item.where == f"indicators/{row}/renstra_target"
    assert items(cycle)["Setiap angka menyebut sumber datanya"].where == f"indicators/{row}/source"


def test_a_text_whose_figures_moved_is_named(cycle: Cycle) -> None:
    row = cycle.state.rows("indicators")[0]
    fill(cycle, **{f"indicators__{row}__point_target": "Ditulis dari angka."})
    assert items(cycle)["Teks sesuai dengan angka yang sekarang"].standing is Standing.THERE
    before = cycle.state.cell("indicators", row, "actual")
    fill(cycle, **{f"indicators__{row}__actual": "2,90"})
    item = items(cycle)["Teks sesuai dengan angka yang sekarang"]
    assert item.standing is Standing.CHECK
    moved = changed_figures(cycle.state, cycle.store.events())[f"indicators/{row}/point_target"]
    assert [(m.before, m.now) for m in moved] == [(before, "2,90")]


def test_an_unknown_reference_is_found_and_a_known_one_is_not(cycle: Cycle) -> None:
    fill(cycle, report_issues="Lihat {tabel:anggaran} dan {tabel:sasaran-1}.")
    assert "Rujukan ke tabel, gambar, dan angka" not in items(cycle)
    fill(cycle, report_issues="Lihat {tabel:entah}.")
    assert items(cycle)["Rujukan ke tabel, gambar, dan angka"].where == "report_issues"


@pytest.mark.parametrize(
    "text", ["Capaian {realisasi:r99}.", "![Foto](berkas:999)", "Lihat {gambar:tidak-ada}.", "| a |\n| {capaian:r99} |"]
)
def test_a_figure_or_a_picture_that_is_gone_is_found(cycle: Cycle, text: str) -> None:
    fill(cycle, report_issues=f"Isu. {text}" if "|" not in text else text)
    assert items(cycle)["Rujukan ke tabel, gambar, dan angka"].where == "report_issues"
    fill(cycle, report_issues="Capaian {realisasi:r1} dan {rata-rata}, lihat {gambar:serapan}.")
    assert "Rujukan ke tabel, gambar, dan angka" not in items(cycle)


def test_texts_of_hidden_sub_chapters_are_not_asked_for(cycle: Cycle) -> None:
    fill(cycle, report_issues="Lihat {tabel:entah} [lengkapi: apa].")
    fill(cycle, report_outline=["h1"], report_outline__h1__chapter="Bab I")  # type: ignore[arg-type]
    fill(cycle, report_outline__h1__key="issues", report_outline__h1__hidden="ya")
    assert "Rujukan ke tabel, gambar, dan angka" not in items(cycle)
    assert items(cycle)["Tidak ada tempat yang belum dilengkapi"].standing is Standing.THERE


def test_an_open_place_in_a_table_is_found(cycle: Cycle) -> None:
    fill(cycle, report_issues="Isu berikut.\nTabel: Isu\n| No | Isu |\n| 1 | [lengkapi: isu] |")
    assert items(cycle)["Bab I: isu strategis"].note == "1 tempat masih kosong."


@pytest.mark.parametrize("text", ["-", "…", " . "])
def test_a_dash_is_no_text(cycle: Cycle, text: str) -> None:
    row = cycle.state.rows("indicators")[2]
    fill(cycle, report_issues=text, **{f"indicators__{row}__analysis": text})
    assert items(cycle)["Bab I: isu strategis"].standing is Standing.MISSING
    cause = items(cycle)["Analisis keberhasilan dan kegagalan beserta upaya dan kendala"]
    assert (cause.standing, cause.where) == (Standing.MISSING, f"indicators/{row}/analysis")
    assert "Penyebab belum ditulis" in items(cycle)["Bab III: tujuh butir analisis setiap indikator"].note


def test_an_office_that_judges_efficiency_in_words_has_to_write_them(cycle: Cycle) -> None:
    text = "Analisis efisiensi penggunaan sumber daya"
    fill(cycle, rule_efficiency="uraian", efficiency_note=None)
    assert (items(cycle)[text].standing, items(cycle)[text].where) == (Standing.MISSING, "efficiency_note")
    fill(cycle, efficiency_note="Anggaran digunakan sesuai rencana.")
    assert items(cycle)[text].standing is Standing.THERE


def test_signs_that_the_pdf_lacks_are_named(cycle: Cycle) -> None:
    text = "Huruf dan tanda yang tidak ada pada PDF"
    fill(cycle, report_issues="Nilai ≥ 3 – “baik” é?")
    assert text not in items(cycle)
    fill(cycle, report_issues="Selesai ✓ dan 😀, \u0628\u0633\u0645.")
    found = items(cycle)[text]
    assert (found.standing, found.where) == (Standing.CHECK, "report_issues")
    assert found.note.startswith("Dalam PDF menjadi “?”: \u0628 \u0633 \u0645 ✓ 😀.")


def test_a_hidden_chapter_that_the_regulation_names_is_told(cycle: Cycle) -> None:
    fill(cycle, report_outline=["r1"], report_outline__r1__chapter="Bab I")  # type: ignore[arg-type]
    fill(cycle, report_outline__r1__key="issues", report_outline__r1__hidden="ya")
    assert "isu strategis" in items(cycle)["Susunan bab lengkap"].note


def test_every_place_that_is_named_exists(cycle: Cycle) -> None:
    known = {*cycle.sop.fields, "report"}
    for item in lacking(completeness(cycle.state, cycle.store.events(), DAY)):
        assert item.where.split("/")[0] in known, item


def test_the_sheet_prints_every_item(cycle: Cycle, tmp_path: Path) -> None:
    snapshot = office.snapshot(cycle, DAY)
    made = make("completeness", snapshot)
    text = " ".join(pdf.text(pdf.kept(made.data, tmp_path), "-layout").split())
    assert "Pemenuhan pelaporan" in text
    assert "20 Januari 2027" in text
    table = make("completeness", snapshot, ending="csv").data.decode("utf-8-sig").splitlines()
    assert len(table) == 1 + len(completeness(cycle.state, cycle.store.events(), DAY))
    (sheet,) = read_workbook("a.xlsx", make("completeness", snapshot, ending="xlsx").data)
    assert "; ".join(cell.text for cell in sheet.rows[0]) == "Kelompok; Butir; Keadaan; Keterangan"
    assert len(sheet.rows) == len(table)


def test_what_the_program_proposes_counts_as_missing_where_it_leaves_a_place_open(cycle: Cycle) -> None:
    rows = cycle.state.rows("budget")
    fill(cycle, **{f"budget__{row}__objective": None for row in rows})
    item = items(cycle)["Bab III: tujuh butir analisis setiap indikator"]
    assert (item.standing, item.note[:12]) == (Standing.MISSING, "6 dari 49 bu")
    assert item.where.endswith("/point_programmes")


def test_an_incomplete_report_is_a_warning_of_the_steps_that_approve_it(cycle: Cycle) -> None:
    approving = [step for step in cycle.sop.steps if any(use.name == "report_complete" for use in step.guards)]
    assert [step.number for step in approving] == [6, 7]
    assert not [item for item in missing(cycle.state, approving[0], "ya") if item.where == COMPLETENESS]
    fill(cycle, report_issues=None, report_renstra=None)
    (warning,) = [item for item in missing(cycle.state, approving[0], "ya") if item.where == COMPLETENESS]
    assert not warning.blocks
    assert warning.text.startswith("Laporan belum lengkap, 3 butir: Bab I: isu strategis; Bab II: ringkasan Renstra")
    assert not [item for item in missing(cycle.state, approving[0], "tidak") if item.where == COMPLETENESS]


def test_the_offices_style_document_is_told_of(cycle: Cycle) -> None:
    import docx

    out = BytesIO()
    docx.Document().save(out)
    done = office.attach_file(cycle, WHO, "report_style", accept("gaya.docx", out.getvalue()))
    assert isinstance(done, Changed)
    snapshot = office.snapshot(cycle, DAY)
    found = completeness(snapshot.state, snapshot.events, DAY, snapshot.style)[-1]
    assert (found.text, found.standing) == ("Dokumen gaya laporan", Standing.CHECK)
    assert "Butir" in found.note
    assert completeness(snapshot.state, snapshot.events, DAY, b"rusak")[-1].standing is Standing.MISSING


def test_what_is_missing_is_looked_up_again_only_when_texts_or_files_changed(cycle: Cycle) -> None:
    first = unready(cycle.state)
    assert isinstance(office.complete_step(cycle, WHO, "data", ""), Changed)
    assert unready(cycle.state) is first
    fill(cycle, report_issues=None)
    emptied = unready(cycle.state)
    assert {item.where for item in emptied} - {item.where for item in first} == {"report_issues"}
    assert isinstance(office.keep_document(cycle, WHO, "report", accept("a.docx", make_report(cycle))), Changed)
    assert unready(cycle.state) is not emptied
    fill(cycle, report_issues="Isu strategis.")
    assert unready(cycle.state) == first


def make_report(cycle: Cycle) -> bytes:
    return make("report", office.snapshot(cycle, DAY)).data
