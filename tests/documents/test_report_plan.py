"""What was planned, how it is measured, what a changed agreement changed, and the quarters of the year."""

from __future__ import annotations

from lkip_desktop.cycle_data import Snapshot
from lkip_desktop.documents.workbook_tables import achievement_report
from tests.documents.builders import rows, sample_budget, sample_indicators, snapshot
from tests.documents.test_report import all_text, captions, opened, table_after

KEY = "Sasaran Strategis dan Indikator Kinerja Utama"
MEASURING = "Cara Pengukuran Indikator Kinerja"
BASIS = "Dasar Penetapan Target Tahun 2026"
QUARTERS = "Target dan Realisasi Triwulan Tahun 2026"
PACT = "Perjanjian Kinerja Tahun 2026"


def planned(**changes: dict[int, str]) -> Snapshot:
    """The sample with columns changed: the texts of some indicators by their place."""
    entries = sample_indicators()
    for column, texts in changes.items():
        for place, text in texts.items():
            entries[place][column] = text
    return snapshot(**rows("indicators", entries))


def test_only_key_indicators_stand_in_the_table_of_key_indicators() -> None:
    marked = opened(planned(iku={0: "ya", 4: "ya", 5: "tidak"}))
    assert [row[2] for row in table_after(marked, KEY)[1:]] == ["Maturitas SPIP", "Temuan berulang"]
    assert [row[0] for row in table_after(marked, KEY)[1:]] == ["1.", "2."]
    assert len(table_after(marked, PACT)) == 1 + 7


def test_a_sasaran_without_a_key_indicator_is_not_said_to_be_measured_by_one() -> None:
    every, others = "Keberhasilan setiap sasaran strategis diukur", "Sasaran lainnya diukur dengan indikator kinerja"
    some = all_text(opened(planned(iku={0: "ya", 4: "ya"})))
    assert others in some
    assert every not in some
    all_of_them = all_text(opened(planned(iku={0: "ya", 4: "ya", 6: "ya"})))
    assert every in all_of_them
    assert others not in all_of_them


def test_where_none_is_marked_all_indicators_are_key_indicators() -> None:
    assert len(table_after(opened(planned()), KEY)) == 1 + 7


def test_formula_source_and_unit_of_each_indicator_are_shown() -> None:
    formula = "Rekomendasi selesai ÷ seluruh rekomendasi × 100"
    document = opened(planned(formula={2: formula}, source={2: "Berita acara"}, in_charge={2: "Irban II"}))
    table = table_after(document, MEASURING)
    assert table[0] == ["No", "Indikator Kinerja", "Rumus", "Sumber Data", "Penanggung Jawab"]
    assert table[3] == ["3.", "Tindak lanjut rekomendasi BPK", formula, "Berita acara", "Irban II"]
    assert table[1][2:] == ["–", "–", "–"]


def test_no_table_of_what_nobody_said() -> None:
    found = " ".join(captions(opened(planned())))
    assert MEASURING not in found
    assert BASIS not in found
    assert QUARTERS not in found


def test_what_a_target_was_based_on_stands_beside_it() -> None:
    table = table_after(opened(planned(target_basis={1: "Target Renstra"})), BASIS)
    assert table[2] == ["2.", "Kapabilitas APIP", "3", "Target Renstra"]


def test_a_changed_target_stands_beside_the_first_one_in_both_agreements() -> None:
    document = opened(planned(target_revised={2: "87"}))
    table = table_after(document, PACT)
    assert table[0][4:] == ["Target Murni 2026", "Target Perubahan 2026"]
    assert [row[4:] for row in table[1:4]] == [["3,10", "3,10"], ["3", "3"], ["85", "87"]]
    assert "Capaian diukur terhadap target perubahan." in all_text(document)
    assert table_after(document, "Lampiran Perjanjian Kinerja")[0][4:] == table[0][4:]


def test_a_changed_budget_stands_beside_the_first_one() -> None:
    lines = sample_budget()
    lines[1]["ceiling_revised"] = "600000000"
    table = table_after(opened(snapshot(**rows("budget", lines, "b"))), "Program dan Anggaran")
    assert table[0][2:] == ["Anggaran Murni (Rp)", "Anggaran Perubahan (Rp)"]
    assert table[2][2:] == ["592.694.700", "600.000.000"]
    assert table[-1][1:] == ["Jumlah", "17.642.231.445", "17.649.536.745"]


def test_goals_stand_above_the_objectives() -> None:
    text = all_text(opened(planned(goal={0: "Terwujudnya pengawasan yang efektif"})))
    goals = "menetapkan tujuan sebagai berikut. Terwujudnya pengawasan yang efektif Tujuan tersebut dijabarkan"
    assert goals in text


def test_quarters_are_shown_as_typed_and_empty_ones_as_none() -> None:
    table = table_after(opened(planned(target_q1={2: "78"}, actual_q1={2: "83,40"}, actual_q4={2: "0"})), QUARTERS)
    assert table[0][3:5] == ["Target TW I", "Realisasi TW I"]
    found = next(row for row in table if row[1] == "Tindak lanjut rekomendasi BPK")
    assert found == ["3.", "Tindak lanjut rekomendasi BPK", "%", "78", "83,40", *["–"] * 5, "0"]


def test_a_year_that_was_made_of_some_quarters_says_which() -> None:
    entry = {**sample_indicators()[4], "actual": "", "accumulation": "kumulatif", "actual_q1": "6", "actual_q2": "7"}
    found = snapshot(**rows("indicators", [entry]))
    told = "adalah jumlah triwulan I, II; triwulan III, IV belum diisi"
    assert all_text(opened(found)).count(f"Temuan berulang: realisasi 2026 {told}.") == 2
    assert achievement_report(found).rows[1].values[-1].text == f"realisasi {told}"
