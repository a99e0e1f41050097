"""What is proposed for the executive summary and the closing chapter, in every case of a year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lkip_desktop.analysis.whole import (
    Whole,
    conclusion_text,
    first_paragraph,
    first_sentence,
    improvement_text,
    summary_text,
)
from lkip_desktop.performance.model import BudgetLine, Indicator
from lkip_desktop.performance.rules import DEFAULT_RULES, Grade
from lkip_desktop.performance.summary import summary

MONEY = (BudgetLine("b1", "6.01.02", "Program Pengawasan", "1000000", "900000"),)


def indicator(row: str, name: str, target: str, actual: str, **more: str) -> Indicator:
    made = Indicator(row, "Meningkatnya pengawasan", name, "%", "naik", target, actual)
    return replace(made, **more)


def whole(*indicators: Indicator, money: tuple[BudgetLine, ...] = MONEY, turn: int = 0) -> Whole:
    return Whole("Inspektorat", 2026, summary(indicators, money), DEFAULT_RULES, turn)


GOOD = indicator("r1", "Indeks kepuasan", "85", "87,20")
BAD = indicator(
    "r2",
    "Tindak lanjut",
    "80",
    "74,20",
    analysis="Proses hapus buku melewati tahun anggaran. Kalimat kedua.",
    follow_up="Forum triwulanan dibentuk",
)
LESS = indicator("r3", "Temuan berulang", "20", "24", direction="turun")
UNKNOWN = indicator("r4", "Skor SPIP", "3,1", "")


def test_without_indicators_nothing_is_proposed() -> None:
    assert [text(whole()) for text in (summary_text, conclusion_text, improvement_text)] == ["", "", ""]


def test_goals_results_obstacles_and_steps_stand_in_the_summary() -> None:
    text = summary_text(whole(GOOD, BAD))
    assert "1 (satu) sasaran strategis, yaitu meningkatnya pengawasan, yang diukur dengan 2 (dua) indikator" in text
    assert "1 (satu) indikator mencapai atau melampaui target, sedangkan yang belum" in text
    assert "Rp 1.000.000 terealisasi sebesar Rp 900.000 atau 90,00 %" in text
    assert "- Tindak lanjut: Proses hapus buku melewati tahun anggaran.\n" in text
    assert "Kalimat kedua" not in text
    assert text.endswith("- Forum triwulanan dibentuk.")
    assert "[lengkapi" not in text


def test_the_goal_is_named_where_it_is_recorded() -> None:
    assert summary_text(whole(replace(GOOD, goal="Terwujudnya tata kelola"))).startswith(
        "Untuk mencapai tujuan terwujudnya tata kelola, pada tahun 2026"
    )


def test_all_reached_asks_what_else_deserves_attention() -> None:
    assert "Seluruh indikator telah mencapai" in summary_text(whole(GOOD))
    assert "Seluruh indikator yang dapat dihitung telah mencapai" in summary_text(whole(GOOD, UNKNOWN))
    assert "[lengkapi: hal yang perlu diperhatikan]" in summary_text(whole(GOOD))
    assert "seluruh indikator kinerja, yaitu 1 (satu) indikator, mencapai" in conclusion_text(whole(GOOD))
    assert improvement_text(whole(GOOD)).splitlines()[1:] == [
        "1. Mempertahankan capaian indikator yang telah memenuhi target dan meningkatkan kualitas datanya."
    ]


def test_none_reached() -> None:
    assert "mencapai target; yang perlu mendapat perhatian adalah tindak" not in summary_text(whole(BAD, LESS))
    assert "mencapai target; yang perlu mendapat perhatian adalah temuan" in summary_text(whole(BAD, LESS))
    assert "belum ada yang mencapai target" in conclusion_text(whole(BAD, LESS))
    assert "diuraikan dalam Bab III" in summary_text(whole(BAD, LESS))


def test_what_missed_without_a_follow_up_and_what_lacks_data_get_a_step() -> None:
    text = improvement_text(whole(GOOD, BAD, LESS, UNKNOWN))
    assert text.splitlines()[1:] == [
        "1. Menekan temuan berulang agar memenuhi target pada tahun 2027, melalui [lengkapi: langkah perbaikan].",
        "2. Tindak lanjut: Forum triwulanan dibentuk.",
        "3. Memastikan target dan realisasi skor SPIP terukur, sehingga capaiannya dapat dihitung.",
    ]
    assert "Capaian 1 (satu) indikator belum dapat dihitung, yaitu skor SPIP." in conclusion_text(whole(BAD, UNKNOWN))


def test_nothing_computable_draws_no_conclusion() -> None:
    assert "belum dapat dihitung; sebabnya diuraikan dalam Bab III" in summary_text(whole(UNKNOWN))
    assert "telah memenuhi target" not in improvement_text(whole(UNKNOWN))
    assert "[lengkapi: kesimpulan umum" in conclusion_text(whole(UNKNOWN))
    assert "berpredikat" not in summary_text(whole(UNKNOWN)) + conclusion_text(whole(UNKNOWN))


def test_without_a_budget_no_money_is_told() -> None:
    for text in (summary_text(whole(GOOD, money=())), conclusion_text(whole(GOOD, money=()))):
        assert "Rp" not in text
        assert "  " not in text


def test_money_that_is_not_filled_in_is_asked_for() -> None:
    lacking = (*MONEY, BudgetLine("b2", "6.01.03", "Program Pendampingan", "1000000", ""))
    for text in (summary_text(whole(GOOD, money=lacking)), conclusion_text(whole(GOOD, money=lacking))):
        assert "[lengkapi: pagu dan realisasi anggaran setiap program]" in text
        assert "efisien" not in text


def test_a_grade_above_the_capped_mean_is_told() -> None:
    scale = (Grade(Decimal(110), "Istimewa"), *DEFAULT_RULES.scale)
    rules = replace(DEFAULT_RULES, scale=scale)
    made = Whole("Inspektorat", 2026, summary((replace(GOOD, actual="95"),), MONEY, rules), rules)
    assert "(predikat Sangat Tinggi), dengan perincian 1 indikator berpredikat Istimewa" in summary_text(made)


def test_another_turn_words_it_differently() -> None:
    one, other = whole(GOOD, BAD), whole(GOOD, BAD, turn=1)
    assert summary_text(one) != summary_text(other)
    assert conclusion_text(one) != conclusion_text(other)


def test_sentences_and_paragraphs() -> None:
    assert (
        first_sentence("Sesuai Perpres No. 29 Tahun 2014 tidak ada. Lalu.")
        == "Sesuai Perpres No. 29 Tahun 2014 tidak ada."
    )
    assert first_paragraph("| a |\n- satu;\ndua") == "satu."
    ended = ("Kurang auditor …", "Disebut “kurang.”", "Lihat Bab III (butir 5.)", "[lengkapi: sebab]")
    assert [first_paragraph(text) for text in ended] == list(ended)
    assert first_paragraph("Kurang auditor (dua orang)") == "Kurang auditor (dua orang)."
    assert first_paragraph("") == first_sentence(" \n") == ""


texts = st.sampled_from(["", "-", "85", "0", "WTP", "Level 3 (3,35)", "74,2", "120", "1.234", "x {y}"])


@given(st.lists(st.tuples(texts, texts, st.booleans(), st.text(max_size=9)), max_size=9), st.integers(0, 3))
def test_any_figures_give_whole_sentences(rows: list[tuple[str, str, bool, str]], turn: int) -> None:
    made = [
        indicator(f"r{n}", f"Indikator {n}", target, actual, direction="turun" if less else "naik", analysis=said)
        for n, (target, actual, less, said) in enumerate(rows)
    ]
    for text in (summary_text, conclusion_text, improvement_text):
        for line in text(whole(*made, turn=turn)).splitlines():
            assert line.rstrip()[-1] in ".!?]"


def test_what_could_not_be_counted_is_looked_for_once() -> None:
    year = whole(GOOD, BAD, UNKNOWN)
    assert [result.indicator.id for result in year.uncounted] == ["r4"]
    assert year.uncounted is year.uncounted
    assert year.missed is year.missed
